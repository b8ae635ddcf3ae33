"""Commands that read: show, match, chain, impact."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import click

from .. import desk, views
from ..errors import InputError, unknown
from ..model import Claim, Code, Evidence, Run, Source, Stance
from ..store import Ledger, StoredRecord, queries
from ..views import words
from ..views.words import LABEL
from .frame import as_of, command, one_line, print_rows, reading, row_options, say

if TYPE_CHECKING:
    from ..views import ClaimView, SourceText, SourceView
    from ..views.evidence import EvidenceView


@command()
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="The record and what belongs to it, as JSON.")
@as_of
def show(record: str, as_json: bool, as_of: str | None) -> None:
    """Show a record with everything that belongs to it.

    Example: factledger show troop-offer
    """
    with reading(as_of, of=record) as ledger:
        kept = kept_of(ledger, record)
        if as_json:
            print_rows([_everything(ledger, kept)], "json")
            return
        lines = (
            _claim(views.claim_view(ledger.db, record))
            if isinstance(kept.record, Claim)
            else _source(views.source_view(ledger.db, record, each=None), ledger)
            if isinstance(kept.record, Source)
            else _fields(ledger, kept)
        )
        for line in lines:
            click.echo(line.rstrip())


def kept_of(ledger: Ledger, handle: str) -> StoredRecord:
    """Return what the ledger keeps under a handle; raise UnknownRecord, with what is near, if there is nothing."""
    kept = queries.by_handle(ledger.db, handle)
    if kept is None:
        raise unknown(handle, queries.handles(ledger.db).values())
    return kept


def _everything(ledger: Ledger, kept: StoredRecord) -> dict[str, Any]:
    from ..store.rows import TABLE_OF

    handle = kept.record.handle
    if kept.record.KIND not in TABLE_OF:
        raise InputError(f"{handle} is a check result.", hint="See: factledger list findings")
    everything = dict(queries.rows(ledger.db, TABLE_OF[kept.record.KIND], id=handle)[0])
    if isinstance(kept.record, Claim):
        for table, column in (
            ("evidence", "claim"),
            ("inquiries", "claim"),
            ("reviews", "claim"),
            ("findings", "subject"),
        ):
            everything[table] = queries.rows(ledger.db, table, **{column: handle})
    if isinstance(kept.record, Source):
        for table in ("captures", "links", "evidence", "exclusions"):
            everything[table] = queries.rows(ledger.db, table, source=handle)
    if isinstance(kept.record, Run):
        everything["code"] = [attrs.asdict(code) for code in kept.record.code]
    return everything


def _claim(view: ClaimView) -> Iterator[str]:
    """Yield a claim as its page shows it, top to bottom."""
    yield from _became(view)
    yield view.claim.text
    yield from _told(view)
    yield from _in_short(view)
    if view.hidden:
        yield "\nKept from you"
        yield from (f"    {line}" for line in view.hidden)
    yield "\nWhere it comes from"
    yield from (f"    {line}" for line in views.printed(view.drawing))
    yield from (f"    of one origin: {words.some(family, len(family))}" for family in view.drawing.families)
    for stance in Stance:
        if items := view.stance(stance):
            yield f"\nEvidence {words.STANCE[stance]}"
            yield from (line for item in items for line in _evidence(item))
    if view.inquiries:
        yield "\nAsked and searched"
        for asked in view.inquiries:
            yield f"    {asked.whom}: {asked.record.question} ({asked.state}; {asked.by})"
    yield from _results(view)
    for decision in view.decisions:
        yield f"\nDecision: {decision.verdict}, {decision.by}, {decision.when}"
        yield f"    {decision.record.reasons}"
    yield "\nWhat this does not establish"
    yield from (f"    {limit}" for limit in dict.fromkeys(limit for _, limit in view.limits))
    if not view.limits:
        yield "    Nobody has checked it yet, so nothing is established."


def _became(view: ClaimView) -> Iterator[str]:
    """Yield what became of a claim that does not stand as it was entered."""
    for change in view.changes:
        yield f"{change.standing.value.upper()} {words.instant(change.at)}: {change.reason}"
        yield from (f"    {name}: {before} -> {after}" for name, before, after in change.fields)
    if view.superseded_by:
        yield f"    See {view.superseded_by} instead."


def _told(view: ClaimView) -> Iterator[str]:
    return _pairs(
        ("id", view.claim.handle),
        ("claimed by", view.claimant),
        ("said", words.date(view.claim.said) if view.claim.said else ""),
        ("happened", words.date(view.claim.occurred)),
        ("topic", view.claim.topic or ""),
        ("reports", view.dossier.reports.handle if view.dossier.reports else ""),
        ("said in", ", ".join(claim.handle for claim in view.dossier.reported_by)),
    )


def _in_short(view: ClaimView) -> Iterator[str]:
    """Yield where a claim stands: its verdict, its sources, its state."""
    decided = view.decision
    yield "\nIn short"
    yield from _pairs(
        ("verdict", view.verdict + (f", by {decided.by}, {decided.when}" if decided else "")),
        ("signed by", view.second.by if view.second else ""),
        ("sources", view.corroboration),
        ("state", view.workflow),
    )
    if decided and decided.before_last_change:
        yield "    The record changed after this decision."


def _evidence(item: EvidenceView) -> Iterator[str]:
    """Yield one piece of evidence: whose words, how they know, how it was graded."""
    words_of = f" “{item.words}”" if item.words else " no words are quoted" if item.place else ""
    place = f" ({item.place})" if item.place else ""
    yield f"    {item.voice + ', ' if item.voice else ''}{item.source.title}{place}:{words_of}"
    seen = f"; seen in {item.seen_in.title}" if item.seen_in else ""
    yield f"        {item.knows}; {item.stake}{seen}{'' if item.archived else '; no archived copy'}"
    if item.grades:
        yield f"        Graded {item.grades}"
    if item.withdrawn is not None:
        yield f"        This source was withdrawn. {item.withdrawn}"


def _results(view: ClaimView) -> Iterator[str]:
    """Yield what the checkers say of a claim as it is, or was."""
    yield "\nCheck results" + (" (the record changed since; check again)" if view.stale else "")
    width = max((len(found.checker) for found in view.findings), default=0)
    for found in view.findings:
        since = f" ({words.idle(found.at)})" if found.checker in view.idle else ""
        yield f"    {LABEL[found.finding.outcome]:<12}{found.checker:<{width}}  {one_line(found.finding.reason)}{since}"
    if not view.findings:
        yield f"    None yet. Next: factledger check {view.claim.handle}"


def _source(view: SourceView, ledger: Ledger) -> Iterator[str]:
    for change in view.changes:
        yield f"{change.standing.value.upper()} {words.instant(change.at)}: {change.reason}"
        yield from (f"    {name}: {before} -> {after}" for name, before, after in change.fields)
    yield view.source.title
    yield from _pairs(
        ("id", view.source.handle),
        ("kind", view.kind),
        ("author", view.author.name if view.author else ""),
        ("publisher", view.publisher.name if view.publisher else ""),
        ("published", view.published),
        ("counts from", view.reference_date),
        ("language", view.source.language or ""),
        ("url", view.source.url or ""),
        ("note", view.source.note or ""),
    )
    for capture in view.captures.items:
        yield f"    archived    {capture.file_name or capture.handle}, {capture.size:,} bytes, sha256 {capture.sha256}"
    yield from _quoted(views.source_text(ledger, view.source, whole=True))
    for left in view.exclusions.items:
        yield f"    left out    “{one_line(left.anchor.exact)}”: {words.EXCLUSION[left.reason]}  [{left.handle}]"
    for step in view.back.items:
        yield f"    {step.label} {step.title}  [{step.handle}]"
    for step in view.forth.items:
        yield f"    {step.title}  [{step.handle}] {step.label} it"
    yield "\nClaims that stand on it"
    for carried in views.impact(ledger.db, view.source.handle):
        via = f", through {carried.via}" if carried.via else ""
        mark = f" ({carried.mark})" if carried.mark else ""
        yield f"    {carried.handle}{mark}: {carried.stance}{via}"
    if not view.rests:
        yield "    None."


def _quoted(text: SourceText) -> Iterator[str]:
    """Yield what became of the words that were quoted from a source, in its newest copy at hand."""
    from ..text import AnchorState

    if text.copy is None or not text.quotations:
        return
    yield f"    quoted      {views.states(text)}, in {views.of_copy(text.copy)}"
    for one in text.quotations:
        if one.state is not AnchorState.EXACT:
            yield f"        {one.claim.handle}: “{one_line(one.anchor.exact)}” {one.became}"


def _fields(ledger: Ledger, kept: StoredRecord) -> Iterator[str]:
    yield f"{kept.record.KIND} {kept.record.handle}"
    for name, value in _everything(ledger, kept).items():
        if name == "code":
            yield from (f"    {'made by':<18}{_code(Code(**one))}" for one in value)
        elif value not in (None, "") and name != "id":
            yield f"    {name.replace('_', ' '):<18}{value}"
    if isinstance(kept.record, Evidence) and (found := desk.bytes_of(ledger, kept.record)):
        copy, start, end = found
        yield f"    {'in the bytes':<18}{start:,} to {end:,} of {copy.handle}, counted from 0"


def _code(code: Code) -> str:
    """Return what findings were made by: plugin, distribution with its version, the beginning of its files' SHA-256."""
    distribution = f"{code.distribution} {code.version}".strip()
    known = f"{code.plugin}, of {distribution}" if code.plugin != code.distribution else distribution
    return f"{known}, sha256 {code.sha256[:12]}"


def _pairs(*pairs: tuple[str, str]) -> Iterator[str]:
    return (f"    {name:<12}{value}" for name, value in pairs if value)


@command()
@click.argument("text")
@click.option("--most", type=click.IntRange(1, 50), default=10, show_default=True, metavar="N")
@row_options
def match(text: str, most: int, form: str | None) -> None:
    """Is this claim in the ledger already? Show those that share words with TEXT, most alike first.

    Example: factledger match "Trump offered to send troops to Mexico"
    """
    with reading() as ledger:
        found = desk.matches(ledger.db, sys.stdin.read() if text == "-" else text, most=most)
        rows = [
            {"claim": one.handle, "alike": f"{one.share:.0%}", "verdict": one.verdict, "text": one.text}
            for one in found
        ]
        print_rows(rows, form, widths=(28, 6, 20, 70))
        say("Alike is the share of words in common; it does not say that two claims mean the same.")


@command()
@click.argument("claim")
@as_of
def chain(claim: str, as_of: str | None) -> None:
    """Show where a claim comes from, step by step, as a tree.

    Example: factledger chain troop-offer
    """
    with reading(as_of, of=claim) as ledger:
        view = views.claim_view(ledger.db, of_kind(ledger, claim, Claim))
        for line in views.chain_lines(view):
            click.echo(line)


@command()
@click.argument("source")
@row_options
@as_of
def impact(source: str, form: str | None, as_of: str | None) -> None:
    """Show what falls if a source is retracted: every claim that stands on it.

    Example: factledger impact wsj-report
    """
    with reading(as_of) as ledger:
        handle = of_kind(ledger, source, Source)
        carried = views.impact(ledger.db, handle)
        rows = [
            {
                "claim": one.handle,
                "standing": one.standing.value,
                "stance": one.stance,
                "through": one.via,
                "text": one.text,
            }
            for one in carried
        ]
        print_rows(rows, form, widths=(30, 10, 20, 20, 50))
        say(f"{words.count(len(carried), 'claim')} {'stands' if len(carried) == 1 else 'stand'} on {handle}.")


def of_kind(ledger: Ledger, handle: str, kind: type[Claim] | type[Source]) -> str:
    """Return the handle if it names a record of this kind; raise UnknownRecord or InputError if not."""
    kept = queries.by_handle(ledger.db, handle)
    if kept is None:
        known = queries.names(ledger.db, kind.KIND)
        raise unknown(handle, known)
    if not isinstance(kept.record, kind):
        raise InputError(f"{handle} is a {kept.record.KIND}, not a {kind.KIND}.", hint=f"See: factledger show {handle}")
    return handle


COMMANDS = (show, match, chain, impact)
