"""A dossier for editors and lawyers: claims with what they stand on, on one page of HTML that prints.

What is said of a claim has a footnote to the source and to the archived copy that holds the words. The page runs
nothing and loads nothing; words of others are text in it, never marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import attrs

from ..format import CheckedClaim, Exchange, Extract
from ..model import HIDDEN, Capture, Evidence, Outcome, Source, Stance
from ..text import place_words
from . import words
from .trail import printed, trail

STANCES = {
    Stance.CONTRADICTS: "What speaks against it",
    Stance.SUPPORTS: "What speaks for it",
    Stance.CONTEXT: "What is to be known besides",
}
NOT_ESTABLISHED = (Outcome.FAIL, Outcome.ERROR, Outcome.WARN, Outcome.ABSTAIN)
"""Findings that are printed, the gravest first."""

BASIS_UNKNOWN = "unknown"

_RAILS = re.compile(r"[\s│├└─]+")


@attrs.define
class _Footnotes:
    """The footnotes of the page: one for each source and place that something is taken from."""

    texts: dict[str, int] = attrs.field(factory=dict)

    def to(self, text: str) -> str:
        """Return the mark of a footnote; the same words are one note."""
        number = self.texts.setdefault(text, len(self.texts) + 1)
        return f'<sup><a href="#note-{number}" aria-label="Note {number}">{number}</a></sup>'


class DossierPage(Exchange):
    """Claims as one printable page of HTML, out."""

    name = "dossier"
    title = "claims for editors and lawyers: one page of HTML that prints"
    carries = "the claim, decisions with reasons, evidence in its words, where it comes from, what is not established"
    loses = "the archived copies themselves (their hashes are in the notes), proofs, checks that found no problem"
    media_type = "text/html"
    suffixes = (".html",)

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield the page, claim by claim."""
        notes = _Footnotes()
        titles = [(one.claim.handle, one.claim.text) for one in extract.claims]
        yield from _head(titles, extract)
        for checked in extract.claims:
            yield f'<article id="{escape(checked.claim.handle)}">\n'
            yield from _claim(checked, notes)
            yield "</article>\n"
        yield from _foot(notes, extract)


def _head(titles: list[tuple[str, str]], extract: Extract) -> Iterator[str]:
    name = titles[0][1] if len(titles) == 1 else f"{words.count(len(titles), 'claim')} of {extract.origin}"
    style = Path(__file__).with_name("dossier.css").read_text("utf-8")
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Dossier: {escape(name)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    if len(titles) > 1:
        yield f'<header><p class="kicker">Dossier</p><h1>{escape(name)}</h1></header>\n<nav aria-label="Claims"><ol>\n'
        yield from (f'<li><a href="#{escape(handle)}">{_line(text)}</a></li>\n' for handle, text in titles)
        yield "</ol></nav>\n"


def _claim(checked: CheckedClaim, notes: _Footnotes) -> Iterator[str]:
    dossier = checked.dossier
    yield f'<p class="kicker">Claim <code>{escape(checked.claim.handle)}</code></p>\n'
    yield f"<h1>{_line(checked.claim.text)}</h1>\n"
    yield from _decisions(checked)
    found = [one.finding for outcome in NOT_ESTABLISHED for one in checked.findings if one.finding.outcome is outcome]
    told = dict.fromkeys((words.OUTCOME[one.outcome].capitalize(), _line(one.reason)) for one in found)
    yield from _list("What is not established", (f'<b class="outcome">{what}</b> {why}' for what, why in told))
    for stance, heading in STANCES.items():
        items = [item for item in dossier.evidence if item.stance is stance]
        yield from _list(heading, (_evidence(checked, item, notes) for item in items))
    chain = list(printed(trail(dossier)))
    if chain:
        yield '<h2>Where it comes from</h2>\n<ul class="chain">\n'
        yield from map(_step, chain)
        yield "</ul>\n"
    yield from _list("Asked and searched", (_asked(checked, number) for number in range(len(dossier.inquiries))))


def _step(line: str) -> str:
    """Return a line of the chain, set in as deep as its rails say."""
    rails = _RAILS.match(line)
    depth = (rails.end() + 2) // 3 if rails else 0
    return f'<li style="--depth: {depth}">{_line(line[rails.end() if rails else 0 :])}</li>\n'


def _decisions(checked: CheckedClaim) -> Iterator[str]:
    if not checked.reviews:
        yield '<div class="verdict"><b>Nobody has decided this claim.</b></div>\n'
        return
    holds = checked.decision
    for review in sorted(checked.reviews, key=lambda one: one is not holds):
        who = checked.dossier.agent(review.reviewer)
        by = ", ".join(filter(None, [who.name if who else "", words.date(checked.added[review.uid][:10])]))
        verdict = (review.label or words.VERDICT[review.verdict]).strip()
        said = "Seconded" if review.seconds else verdict[:1].upper() + verdict[1:]
        earlier = "" if review is holds or review.seconds else " (earlier)"
        yield (
            f'<div class="verdict"><b>{_line(said)}{earlier}</b><p>{_line(review.reasons)}</p>'
            f'<p class="quiet">{_line(by)}</p></div>\n'
        )


def _list(heading: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield f"<h2>{heading}</h2>\n<ul>\n"
        yield from (f"<li>{item}</li>\n" for item in found)
        yield "</ul>\n"


def _evidence(checked: CheckedClaim, item: Evidence, notes: _Footnotes) -> str:
    dossier, anchor = checked.dossier, item.anchor
    source, seen = dossier.source(item), dossier.seen_in(item)
    quoted = anchor.exact if anchor and anchor.exact and anchor.exact not in HIDDEN else ""
    place = place_words(anchor.fragment) if anchor and anchor.fragment else ""
    copy = _copy(checked, seen, anchor.text if anchor else None)
    mark = notes.to(_note(checked, source, seen, copy, place))
    language = f' lang="{escape(anchor.language)}"' if anchor and anchor.language else ' dir="auto"'
    words_ = f"<blockquote{language}>“{_line(quoted)}”{mark}</blockquote>" if quoted else f"{_title(source)}{mark}"
    speaker = dossier.agent(item.speaker)
    told = [
        _line(speaker.name) if speaker else "not named" if item.named is False else "",
        _title(source) if quoted else "",
        f"seen in {_title(seen)}" if seen.uid != source.uid else "",
        _line(place),
        f"how they know: {words.BASIS[item.basis]}" if item.basis.value != BASIS_UNKNOWN else "",
        "taken back by its publisher" if source.uid in dossier.withdrawn else "",
        "" if copy or not quoted else "not held to an archived copy",
    ]
    note = f'<p class="who">{_line(item.note)}</p>' if item.note else ""
    return f'{words_}<p class="who">{" · ".join(filter(None, told))}</p>{note}'


def _copy(checked: CheckedClaim, seen: Source, text: str | None) -> Capture | None:
    """Return the copy that holds the words, or the newest of what was seen."""
    copies = checked.dossier.captures_of(seen)
    own = [one for one in copies if text and one.text_sha256 == text]
    return next(reversed(own or copies), None)


def _note(checked: CheckedClaim, source: Source, seen: Source, copy: Capture | None, place: str) -> str:
    cited = [_cited(checked, source, "" if seen.uid != source.uid else place)]
    if seen.uid != source.uid:
        cited.append(f"Seen in: {_cited(checked, seen, place)}")
    if copy is None:
        return " ".join([*cited, "No archived copy."])
    who = checked.dossier.agent(copy.taken_by)
    taken = [
        f"Archived copy <code>{escape(copy.handle)}</code>",
        words.instant(copy.taken_at) if copy.taken_at else "",
        f"taken by {_line(who.name)}" if who else "",
        _line(copy.how or ""),
        f"{copy.size:,} bytes, SHA-256 <code>{copy.sha256}</code>",
    ]
    return " ".join([*cited, ", ".join(filter(None, taken)) + "."])


def _cited(checked: CheckedClaim, source: Source, place: str) -> str:
    dossier = checked.dossier
    author, house = dossier.agent(source.author), dossier.agent(source.publisher)
    said = [
        _line(author.name) if author else "",
        _title(source),
        _line(house.name) if house else "",
        words.date(source.published) if source.published else "no date",
        _line(place),
        _link(source.url),
    ]
    return ", ".join(filter(None, said)) + "."


def _title(source: Source) -> str:
    return f"<cite>{_line(source.title)}</cite>"


def _asked(checked: CheckedClaim, number: int) -> str:
    asked = checked.dossier.inquiries[number]
    whom = checked.dossier.agent(asked.asked)
    name = whom.name if whom else asked.searched or "somebody"
    when = f", {words.date(asked.asked_on)}" if asked.asked_on else ""
    return f"{_line(name)}: {_line(asked.question)} ({words.INQUIRY[asked.state]}{when})"


def _foot(notes: _Footnotes, extract: Extract) -> Iterator[str]:
    if notes.texts:
        yield '<section class="notes"><h2>Notes</h2>\n<ol>\n'
        yield from (f'<li id="note-{number}">{text}</li>\n' for text, number in notes.texts.items())
        yield "</ol></section>\n"
    where = f" {_link(extract.base_url)}" if extract.base_url else ""
    yield (
        f"<footer><p>From the ledger {escape(extract.origin)} as of entry {extract.size:,}, root "
        f"<code>{extract.root}</code>.{where}</p><p>A copy is the one that is meant if its SHA-256 is the one given "
        "here. That a quotation stands in a copy does not show that what it says is so.</p></footer>\n"
        "</body>\n</html>\n"
    )


def _link(url: str | None) -> str:
    """Return an address as a link; what is no address of the web is text."""
    if not url:
        return ""
    return f'<a href="{escape(url)}">{escape(url)}</a>' if url.startswith(("http://", "https://")) else escape(url)


def _line(text: str) -> str:
    """Return words in one line, none of them a mark."""
    return escape(" ".join(text.split()))
