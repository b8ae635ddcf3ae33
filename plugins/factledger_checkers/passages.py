"""The words of a dossier in which dates are read: the claim's, and those that its evidence quotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs

from ledger import Checker, Dossier, Evidence, Finding
from ledger.dates import DateExpression, Edtf, Kind, expressions
from ledger.text import Span, sentences
from ledger.timeline import out_on, read

from .common import HIDDEN, by_handle, titled
from .languages import is_read, language_of, unread_claim

MOST_PASSAGES = 50
"""Pieces of evidence whose words are read; a finding says when there are more."""

MOST_LINES = 20
LONGEST_TEXT = 20_000
"""Characters of one passage that are read."""

NEAR = 400
"""Characters on either side of a date in which the rest of its sentence is read."""


@attrs.frozen
class Passage:
    """Words to read: where they stand, the records that hold them, and the date that "yesterday" in them counts from.

    `item` is the evidence that quotes them; None where they are the claim's own. `before` is what stands before them in
    the archived text, as far as it is near.
    """

    text: str
    where: str
    cites: tuple[str, ...]
    reference: Edtf | None = None
    item: Evidence | None = None
    before: str = ""

    @property
    def dates(self) -> tuple[DateExpression, ...]:
        """The date expressions of the words, the ends of ranges after their range."""
        return tuple(one for found in self.found for one in (found, *found.parts))

    @property
    def found(self) -> tuple[DateExpression, ...]:
        """The date expressions of the words, in order; none overlaps another."""
        return _found(self.text, self.reference)

    def sentence(self, span: Span) -> Span:
        """Return the sentence in which a span begins, as far as it is near."""
        whole = _sentences(self.text)
        place = bisect_right(whole, span.start, key=lambda one: one.start) - 1
        if place < 0 or whole[place].end <= span.start:
            return span
        return Span(max(whole[place].start, span.start - NEAR), min(max(whole[place].end, span.end), span.end + NEAR))

    def around(self, one: DateExpression) -> str:
        """Return the words of the sentence in which an expression stands."""
        return self.sentence(one.span).of(self.text)


def passages(dossier: Dossier) -> Iterator[Passage]:
    """Yield the claim's words, and those that evidence quotes in a language that is read, of sources not withdrawn."""
    claim = dossier.claim
    if claim.text not in HIDDEN and unread_claim(dossier) is None:
        yield Passage(claim.text[:LONGEST_TEXT], "the claim", (claim.uid,), read(claim.said))
    for item in quoting(dossier)[:MOST_PASSAGES]:
        source, words = dossier.sources.get(item.source), item.anchor.exact if item.anchor else ""
        if is_read(language_of(dossier, item)):
            where = titled(source) if source else "a source that is not on record"
            out = read(out_on(source)) if source else None
            cites = (item.uid, item.source) if source else (item.uid,)
            yield Passage(words[:LONGEST_TEXT], where, cites, out, item, _before(dossier, item))


def _before(dossier: Dossier, item: Evidence) -> str:
    """Return what stands before quoted words in the archived text; "" where they are not found at their place."""
    anchor, archived = item.anchor, dossier.texts.get(item.seen_in or item.source, "")
    if anchor is None or anchor.start is None or not archived.startswith(anchor.exact, anchor.start):
        return ""
    return archived[max(0, anchor.start - NEAR) : anchor.start]


def quoting(dossier: Dossier) -> list[Evidence]:
    """Return the evidence that quotes words to read, in the order of its handles."""
    gone = dossier.withdrawn
    found = [
        item for item in dossier.evidence if item.anchor and item.anchor.exact not in HIDDEN and item.source not in gone
    ]
    return sorted(found, key=by_handle)


def names_no_day(one: DateExpression) -> str:
    """Return why an expression that should name a date leaves it open: "recent months"; "" where it does not."""
    if one.fault or one.kind not in (Kind.DATE, Kind.RANGE):
        return ""
    before_christ = any(part.before_christ is not None for part in (one, *one.parts))
    if before_christ or one.unknown.startswith("it names no day"):
        return ""  # "44 BC" and "now" leave nothing open that anybody could fill in
    vague = one.length is not None and one.length.count is None
    return one.unknown if one.edtf is None or vague else ""


def left_open(checker: Checker, unsure: Mapping[str, tuple[str, ...]], held: int, fix: str) -> Finding:
    """Return what a checker cannot tell: why, a line each with the records it is of, and how many others hold."""
    lines = list(unsure)
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return checker.abstains(
        lines[0].removesuffix(".") + more + ".",
        code="open",
        cites=dict.fromkeys(uid for uids in list(unsure.values())[:MOST_LINES] for uid in uids),
        fix=fix,
        details=lines[:MOST_LINES] if len(lines) > 1 else (),
        measures={"hold": held, "unknown": len(lines)},
    )


def whole_day(edtf: Edtf | None) -> int | None:
    """Return the number of the one day that a date is, with its year and without a doubt; else None."""
    if edtf is None or edtf.moment is not None or edtf.approximate or edtf.uncertain:
        return None
    return edtf.earliest if edtf.earliest == edtf.latest else None


def certain(one: DateExpression) -> bool:
    """Return whether the words themselves give the value, with its year: no convention, no reckoning, no doubt."""
    edtf = one.edtf
    if edtf is None or one.unknown or one.assumed or one.offset or one.part or not edtf.year_known:
        return False
    years = [point.year for point in edtf.points]
    return bool(years) and years[-1] is not None and years[-1].rstrip("X") in one.words


@lru_cache(maxsize=512)
def _found(text: str, reference: Edtf | None) -> tuple[DateExpression, ...]:
    return expressions(text, reference=reference)


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[Span, ...]:
    return sentences(text)
