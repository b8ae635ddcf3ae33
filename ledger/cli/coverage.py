"""The command that says how far an article has been checked: coverage."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import click

from .. import views
from ..desk import Coverage, CoverageStep, CoveringQuotation, ExcludedPassage, SentenceCoverage, natures, text_of
from ..errors import InputError
from ..model import Source
from ..reader import Article, Nature, SuggestedClaim
from ..reading.ask import suggest
from ..store import Ledger
from ..text import sentence_of
from ..views import words
from .frame import CLEAN, FINDINGS, Vocabulary, command, one_line, print_rows, reading, row_options, say
from .read import kept_of, of_kind

TakenFor = Mapping[int, Nature]
"""The number of a sentence -> what a reader takes it for."""

NARROWEST = 40
"""Columns that sentences are cut to at the least."""


@command()
@click.argument("article")
@click.option("--at-least", type=click.IntRange(0, 100), metavar="PERCENT", help="Exit 1 if less has been done.")
@click.option(
    "--of", "step", type=Vocabulary(CoverageStep), default=CoverageStep.WORDS.value, show_default=True,
    help="What --at-least is measured by: a claim; its words, held to the archived copy; evidence; a decision.",
)  # fmt: skip
@row_options
def coverage(article: str, at_least: int | None, step: CoverageStep, form: str | None) -> int:
    """Show how far an archived article has been checked, and which of its sentences have no claim.

    Of each sentence: has it a claim, do the words stand in the archived copy, does something besides the article speak
    for or against it, has a person decided it? A sentence counts as soon as some of its words are quoted. Quotations
    whose words, or whose sentence, a newer copy has changed are named, and count for nothing until somebody has looked.
    What a person left out (factledger exclude) needs no claim; what a reader takes for an opinion is only marked.

    Example: factledger coverage article --at-least 80
    """
    with reading() as ledger:
        source = kept_of(ledger, of_kind(ledger, article, Source)).record
        assert isinstance(source, Source)
        view = views.galley(ledger, source, whole=True, most=None)
        found = view.coverage
        if found is None:
            hint = "Archive it: factledger article FILE (or: factledger demo)"
            raise InputError(f"No archived text is here. {view.why}", where=article, hint=hint)
        taken_for = _taken_for(ledger, source, found)
        form = form or ("table" if sys.stdout.isatty() else "json")
        if form == "json":
            click.echo(json.dumps(_all(found, taken_for), ensure_ascii=False, indent=2))
        elif form == "table":
            copy = views.of_copy(view.copy) if view.copy else ""
            for line in _told(found, taken_for, copy):
                click.echo(line)
        else:
            print_rows([_flat(_row(line, taken_for)) for line in found.lines], form)
        say("Coverage says how far somebody has looked. It does not say that anything is true.")
        if at_least is not None and found.share(step) < at_least:
            say(f"{found.share(step)} % of the sentences are covered ({step}); {at_least} % are asked for.")
            return FINDINGS
        return CLEAN


def _taken_for(ledger: Ledger, source: Source, found: Coverage) -> TakenFor:
    """Return what readers take sentences without a claim for, where they find nothing to check in them."""
    text = text_of(ledger, source)
    if text is None or not found.uncovered:
        return {}
    said = suggest(Article(text=text.words, title=source.title, language=text.language, published=source.published))
    for fault in said.faults:
        say(f"{fault.plugin}: {fault.reason}")
    taken_for = natures(found, (one for one in said.found if isinstance(one, SuggestedClaim)))
    return {line.number: taken_for[line.number] for line in found.uncovered if line.number in taken_for}


def _all(found: Coverage, taken_for: TakenFor) -> dict[str, Any]:
    return {
        "article": found.source.handle,
        "sentences": len(found.lines),
        "to_check": len(found.to_check),
        **{step.value: {"sentences": found.count(step), "percent": found.share(step)} for step in CoverageStep},
        "again": [
            {"record": one.record.handle, "claim": one.claim, "why": one.again, "sentence": _sentence(found, one)}
            for one in found.again
        ],
        "lines": [_row(line, taken_for) for line in found.lines],
    }


def _row(line: SentenceCoverage, taken_for: TakenFor) -> dict[str, Any]:
    return {
        "sentence": line.number,
        "state": line.state.value,
        **{step.value: step in line.answered for step in CoverageStep},
        "claims": list(line.claims),
        "quotes": line.quotes,
        "excluded": line.excluded[0].record.reason if line.excluded else None,
        "taken_for": taken_for.get(line.number),
        "text": line.text,
    }


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose cells are text and numbers."""
    said = {True: "yes", False: "no"}
    return {
        name: said[cell] if isinstance(cell, bool) else " ".join(cell) if isinstance(cell, list) else cell
        for name, cell in row.items()
    }


def _told(found: Coverage, taken_for: TakenFor, copy: str) -> Iterator[str]:
    """Yield what a person reads: figures first, then what to look at again, then what has no claim."""
    width = max(NARROWEST, shutil.get_terminal_size().columns)
    yield f"{found.source.title}  [{found.source.handle}]"
    none = len(found.lines) - len(found.to_check)
    needless = f" and {none:,} that {'needs' if none == 1 else 'need'} no claim" if none else ""
    yield f"{words.count(len(found.to_check), 'sentence')} to check{needless}, in {copy}"
    yield ""
    for step, said in words.STEP.items():
        yield f"{found.share(step):>5} %  {found.count(step):>5}  {step:<10}{said}"
    if found.again:
        yield "\nLook again"
        for one in found.again:
            number = _sentence(found, one)
            why = words.AGAIN[one.again] if one.again else ""
            yield _cut(f"{number or '-':>5}  {one.claim or one.record.handle}: {why}", width)
            yield _cut(f"{'':>7}“{one_line(_exact(one))}”", width)
    if found.uncovered:
        yield "\nWithout a claim"
        for line in found.uncovered:
            said = f"({words.NATURE[taken_for[line.number]]}?) " if line.number in taken_for else ""
            yield _cut(f"{line.number:>5}  {said}{line.text}", width)
        if found.open_quotations:
            count = words.count(len(found.open_quotations), "of these holds", "of these hold")
            numbers = ", ".join(str(line.number) for line in found.open_quotations)
            yield from textwrap.wrap(f"{count} a quotation: {numbers}", width)
        if taken_for:
            count = words.count(len(taken_for), "sentence marked with ? stays", "sentences marked with ? stay")
            hint = f'factledger exclude {found.source.handle} "the sentence" opinion'
            yield from textwrap.wrap(f"{count} open: a reader says so, not yet a person. If it is right: {hint}", width)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"


def _exact(one: CoveringQuotation | ExcludedPassage) -> str:
    return one.record.anchor.exact if one.record.anchor else ""


def _sentence(found: Coverage, one: CoveringQuotation | ExcludedPassage) -> int | None:
    """Return the number of the sentence in which a passage begins; None if it has no place in the text."""
    if one.span is None:
        return None
    return sentence_of([line.span for line in found.lines], one.span)


COMMANDS = (coverage,)
