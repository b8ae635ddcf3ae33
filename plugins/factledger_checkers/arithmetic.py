"""arithmetic: figures that stand beside one another come out."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Evidence, Finding, Stance
from ledger.text import Computation, ComputationRule, computations

from .common import HIDDEN, RecordNames, called, counting, plain
from .languages import is_read, taken_for, unread
from .number import around
from .passages import left_open

MOST_PASSAGES = 50
"""Pieces of evidence whose words are read; the finding says when there are more."""

READ = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.CONTEXT)
"""Evidence whose words are read."""

MOST_FOUND = 20
LONGEST_TEXT = 20_000
"""Characters of one passage that are read."""

LONGEST_WORDS = 120
_CODES = {
    ComputationRule.CHANGE: "change",
    ComputationRule.TOTAL: "total",
    ComputationRule.SHARE: "share",
    ComputationRule.EACH: "each",
}


@attrs.frozen
class ComputedPassage:
    """Words that were read, where they stand, the records that hold them, and a computation that they give."""

    words: str
    where: str
    cites: tuple[str, ...]
    one: Computation


class Arithmetic(Checker):
    """Checks: figures of the claim, and of each passage quoted for it, of which some make another.
    Why it matters: a wrong sum is seen by anyone who computes it, and it shows that one of its figures is wrong.
    Fails on: "from 200 to 100, a drop of 75 percent" in the claim; parts that do not make the total, a share that is
        not that of the whole stated, so much each that does not make the total, percent for percentage points.
    Warns on: the same in the words of a source, which may be theirs to answer for.
    Passes on: figures that come out, rounded or cut off at their last place. Only
        plain forms of English are read, and what "more than 200" makes is left open.
    """

    name = "arithmetic"
    version = 5
    establishes = "that the figures which the words plainly give as making one another do so"
    does_not_establish = "that any of the figures is right, nor anything of sums that are not in one sentence"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        found = list(_read(dossier))
        wrong = [read for read in found if read.one.holds is False]
        for read in wrong[:MOST_FOUND]:
            yield self._wrong(dossier, read)
        if wrong:
            return
        unsure = {
            f"“{plain(read.words, LONGEST_WORDS)}” in {read.where}: {read.one.words}.": read.cites
            for read in found
            if read.one.holds is None
        }
        if others := unsure | unread(dossier, *READ):
            fix = "Compute it from the figures of the source" if unsure else ""
            yield left_open(self, others, sum(read.one.holds is True for read in found), fix)
        elif found:
            yield self.passes(
                f"The figures come out: {plain(found[0].one.words, LONGEST_WORDS)}"
                + (f" (and {len(found) - 1} more)." if len(found) > 1 else "."),
                code="comes_out",
                cites=dict.fromkeys(uid for read in found[:MOST_FOUND] for uid in read.cites),
                details=[f"{read.one.words}, in {read.where}" for read in found[:MOST_FOUND]],
            )
        else:
            yield self.not_applicable("No figures that make one another.", code="no_computation", cites=[dossier.claim])

    def _wrong(self, dossier: Dossier, read: ComputedPassage) -> Finding:
        stated = plain(read.one.stated.text, LONGEST_WORDS)
        own = read.cites == (dossier.claim.uid,)
        reason = f"“{plain(read.words, LONGEST_WORDS)}” in {read.where}: {read.one.words}, not {stated}."
        made = self.fails if own else self.warns
        handle = dossier.claim.handle
        return made(
            reason,
            code=_CODES[read.one.rule],
            cites=read.cites,
            fix=f'Find the wrong figure, then: factledger correct {handle} text="..." --because "..."'
            if own
            else "Ask the source which of its figures is wrong, and say so beside the claim",
            details=[f"{read.one.rule.value}: {read.one.words}; stated: {stated}"],
        )


def _read(dossier: Dossier) -> Iterator[ComputedPassage]:
    """Yield each computation in the words of the claim and in those quoted for or against it."""
    claim = dossier.claim
    if claim.text not in HIDDEN:
        yield from _of(claim.text, called(dossier), (claim.uid,))
    told = RecordNames(dossier)
    for item in counting(dossier, *READ)[:MOST_PASSAGES]:
        words = _words(dossier, item)
        if words:
            yield from _of(words, told.title(item.source), (item.uid, item.source))


def _of(text: str, where: str, cites: tuple[str, ...]) -> Iterator[ComputedPassage]:
    text = text[:LONGEST_TEXT]
    for one in computations(text):
        yield ComputedPassage(one.span.of(text), where, cites, one)


def _words(dossier: Dossier, item: Evidence) -> str:
    """Return the words that evidence quotes, if they are read, in their whole sentence where the text is archived."""
    anchor = item.anchor
    if anchor is None or not anchor.exact or anchor.exact in HIDDEN or not is_read(taken_for(dossier, item)):
        return ""
    archived = dossier.texts.get(item.seen_in or item.source, "")
    return around(archived, anchor, taken_for(dossier, item)) if archived else anchor.exact
