"""number: the figures of a claim stand in the passages that it is said to stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ledger import Anchor, Checker, Context, Dossier, Evidence, Finding, Stance, needs
from ledger.text import (
    Agreement,
    Compared,
    NumberComparison,
    Span,
    check_numbers,
    compare,
    compare_numbers,
    quantities,
    sentences,
)

from .common import HIDDEN, MOST_NAMED, RecordNames, cited, counting, phrase, plain, sources_of, words_of
from .languages import claim_language, figures_in, has_numbers_read, language_name, taken_for, unread_claim

MOST_PASSAGES = 50
"""Pieces of evidence whose passages are compared; the finding says when there are more."""

MOST_LINES = 20
LONGEST_WORDS = 40
NEAR = 2_000
"""Characters around quoted words in which their sentence is looked for."""

LONGEST_TEXT = 1_000_000
"""Characters of an archived text that are searched for a passage."""


@attrs.frozen
class Held:
    """One piece of evidence, the words that the claim was held against, where they are from, and what was found."""

    item: Evidence
    passage: str
    where: str
    comparison: NumberComparison
    language: str | None = None


class Number(Checker):
    """Checks: the numbers of the claim against the passages of the evidence for it.
    Why it matters: one changed digit, unit or "more than" makes another claim, and a reader does not see it.
    Fails on: "412 ships" where the words that the evidence quotes have 421.
    Warns on: a number that no passage has, or only less exactly; another number in the sentence of an archived text,
        none of which is quoted, that is most like the claim, or in words of a language that is not read.
    Passes on: the same numbers in other forms, rounded correctly, or converted ("40%" and "two in five").
        Figures are read with the marks of the source's language, and words for numbers in English, French, German,
        Italian, Portuguese and Spanish: what stands in no passage of another language cannot be told. Nor can what
        agrees in one of two readings: "1.500" where no language is recorded, 2/5/2024 in English.
    """

    name = "number"
    version = 8
    establishes = "that the claim's numbers stand in the passages on record, as written, rounded or converted"
    does_not_establish = "that the numbers are right, nor that they are of the same thing"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        wanted, spoken = _wanted(dossier), claim_language(dossier)
        if not quantities(wanted, spoken):
            tag = spoken or unread_claim(dossier)
            if not has_numbers_read(tag):
                reason = f"Not read: {language_name(tag)}, in the claim."
                yield self.abstains(reason, code="not_read", cites=[dossier.claim])
                return
            yield self.not_applicable("The claim has no number.", code="no_number", cites=[dossier.claim])
            return
        supporting = counting(dossier, Stance.SUPPORTS)
        held = [one for item in supporting[:MOST_PASSAGES] if (one := _held(dossier, item, wanted, spoken)) is not None]
        held = [one for one in held if one.comparison.numbers]
        if not held:
            yield self.abstains(
                "No passage or archived text of evidence for the claim to compare its numbers with.",
                code="no_passage",
                cites=[dossier.claim, *cited(supporting)],
                fix="Quote the words that hold the number, or archive the source",
                missing=[needs("anchor", item) for item in supporting[:1]] or [needs("evidence", dossier.claim)],
            )
            return
        yield self._said(dossier, held, len(supporting) > MOST_PASSAGES)

    def _said(self, dossier: Dossier, held: Sequence[Held], more: bool) -> Finding:
        details = [line for one in held for line in _lines(dossier, one)]
        details = [*details[:MOST_LINES], *([f"{len(details) - MOST_LINES} more"] if len(details) > MOST_LINES else [])]
        if more:
            details.append(f"Only the first {MOST_PASSAGES} pieces of evidence were compared.")
        quoted = [one for one in held if one.comparison.disagreeing and words_of(one.item)]
        nearest = [one for one in held if one.comparison.disagreeing and not words_of(one.item)]
        if quoted or nearest:
            return self._differs(dossier, (quoted or nearest), bool(quoted), details)
        lacking = _lacking(held)
        if open_ := [pair for pair in lacking if pair.agreement is Agreement.EITHER]:
            return self._open(dossier, held, open_[0], details)
        unread = sorted({language_name(one.language) for one in held if not has_numbers_read(one.language)})
        if lacking and unread:
            return self._unread(held, lacking, unread, details)
        if lacking:
            return self._lacks(dossier, held, lacking, details)
        where = RecordNames(dossier).titles(sources_of(one.item for one in held))
        exact = all(pair.agreement is Agreement.SAME for one in held for pair in one.comparison.numbers)
        return self.passes(
            f"The claim's numbers stand in {where}{'' if exact else ', some rounded, converted or as a bound'}.",
            code="stand" if exact else "stand_otherwise",
            cites=[dossier.claim, *cited(one.item for one in held)],
            details=details,
        )

    def _open(self, dossier: Dossier, held: Sequence[Held], pair: Compared, details: Sequence[str]) -> Finding:
        """Return that a number agrees in one of two readings, with both of them."""
        written = plain((pair.unclear or pair.number).text, LONGEST_WORDS)
        where = dossier.source(held[0].item.seen_in or held[0].item.source)
        return self.abstains(
            f"“{written}” can be read as {' or as '.join(pair.readings)}.",
            code="two_readings",
            cites=[dossier.claim, *cited(one.item for one in held)],
            fix=f'If its language is known: factledger correct {where.handle} language=... --because "..."',
            details=details,
            missing=[needs("language", where)],
        )

    def _unread(
        self, held: Sequence[Held], lacking: Sequence[Compared], languages: Sequence[str], details: Sequence[str]
    ) -> Finding:
        words = phrase([f"“{plain(pair.number.text, LONGEST_WORDS)}”" for pair in lacking[:MOST_NAMED]], len(lacking))
        return self.abstains(
            f"Not read: number words of {phrase(languages)}, in which {words} may stand.",
            code="not_read",
            cites=cited(one.item for one in held),
            details=details,
        )

    def _lacks(
        self, dossier: Dossier, held: Sequence[Held], lacking: Sequence[Compared], details: Sequence[str]
    ) -> Finding:
        words = phrase([f"“{plain(pair.number.text, LONGEST_WORDS)}”" for pair in lacking[:MOST_NAMED]], len(lacking))
        vaguer = [pair.counterpart.text for pair in lacking if pair.counterpart and pair.agreement is Agreement.VAGUER]
        return self.warns(
            f"The claim has {words}, more exact than “{plain(vaguer[0], LONGEST_WORDS)}” on record."
            if len(vaguer) == len(lacking) == 1
            else f"No passage on record has {words}.",
            code="less_exact" if vaguer else "not_in_passage",
            cites=[dossier.claim, *cited(one.item for one in held)],
            fix="Quote the words that hold the number, or say it as the words on record do",
            details=details,
        )

    def _differs(self, dossier: Dossier, held: Sequence[Held], quoted: bool, details: Sequence[str]) -> Finding:
        pair = held[0].comparison.disagreeing[0]
        theirs = pair.counterpart.text if pair.counterpart else ""
        reason = (
            f"The claim has “{plain(pair.number.text, LONGEST_WORDS)}”, "
            f"{RecordNames(dossier).title(held[0].item.source)} has “{plain(theirs, LONGEST_WORDS)}”"
        )
        where = "" if quoted else " in the sentence most like the claim"
        language = held[0].language
        unread = "" if has_numbers_read(language) else f"; number words of {language_name(language)} are not read"
        made = self.fails if quoted and not unread else self.warns
        return made(
            f"{reason}{where}{unread}.",
            code="another_number" if quoted else "another_number_nearby",
            cites=[dossier.claim, *cited(one.item for one in held)],
            fix=f'Read both, then: factledger correct {dossier.claim.handle} text="..." --because "..."',
            missing=[needs("text", dossier.claim)],
            details=details,
        )


def _wanted(dossier: Dossier) -> str:
    """Return the claim's text, and its value as words where its number is not in the text already."""
    claim = dossier.claim
    text = "" if claim.text in HIDDEN else claim.text
    value = claim.value
    if value is None or value.amount in HIDDEN:
        return text
    unit = "" if value.unit is None or value.unit in HIDDEN else value.unit
    said = f"{value.amount} {unit}".strip()
    spoken = claim_language(dossier)
    inside = compare_numbers(said, text, spoken, claim_tag=spoken)
    return text if inside.numbers and inside.agrees else f"{text}\n\n{said}."


def _held(dossier: Dossier, item: Evidence, wanted: str, spoken: str | None) -> Held | None:
    """Return the claim's numbers against the words that evidence quotes, else the most like sentences of its text."""
    source = item.seen_in or item.source
    archived, language = dossier.texts.get(source, ""), taken_for(dossier, item)
    if item.anchor is None or not item.anchor.exact:
        return _nearest(item, archived[:LONGEST_TEXT], wanted, (figures_in(language, archived[:NEAR]), spoken))
    if item.anchor.exact in HIDDEN:
        return None
    whole = around(archived, item.anchor, language) if archived else item.anchor.exact
    language = figures_in(language, whole)
    exact = compare_numbers(wanted, item.anchor.exact, language, claim_tag=spoken)
    if exact.agrees or not archived:
        return Held(item, item.anchor.exact, "the words quoted", exact, language) if exact.numbers else None
    beside = compare_numbers(wanted, whole, language, claim_tag=spoken)
    better = len(beside.agreeing) > len(exact.agreeing)
    return (
        Held(item, whole, "the sentence of the words quoted", beside, language)
        if better
        else Held(item, item.anchor.exact, "the words quoted", exact, language)
    )


def around(archived: str, anchor: Anchor, tag: str | None) -> str:
    """Return the sentences in which quoted words stand in an archived text in the language of a tag; the words alone
    where that is not plain.
    """
    found = compare(anchor.exact, archived[:LONGEST_TEXT], tag).places
    placed = [span for span in found if span.start == anchor.start] or found
    if len(placed) != 1:
        return anchor.exact
    (words,) = placed
    near = Span(max(0, words.start - NEAR), min(len(archived), words.end + NEAR))
    text = near.of(archived)
    inside = [
        span
        for span in sentences(text, tag)
        if span.end > words.start - near.start and span.start < words.end - near.start
    ]
    return text[inside[0].start : inside[-1].end] if inside else anchor.exact


def _nearest(item: Evidence, archived: str, wanted: str, tags: tuple[str | None, str | None]) -> Held | None:
    """Return the claim's numbers against the sentence most like it; `tags` are the languages of the text and of it."""
    found = check_numbers(wanted, archived, tags[0], claim_tag=tags[1])
    if not found:
        return None
    passage = " ".join(one.passage.of(archived) for one in found)
    pairs = tuple(pair for one in found for pair in one.comparison.numbers)
    return Held(
        item,
        passage,
        "the sentence of its archived text that is most like the claim",
        NumberComparison(pairs),
        tags[0],
    )


def _lacking(held: Sequence[Held]) -> list[Compared]:
    """Return the claim's numbers that stand in no passage, each once."""
    standing = {pair.number.span for one in held for pair in one.comparison.agreeing}
    lacking = {pair.number.span: pair for one in held for pair in one.comparison.numbers}
    return [pair for span, pair in sorted(lacking.items()) if span not in standing]


def _lines(dossier: Dossier, held: Held) -> Iterator[str]:
    """Yield a line for each number of the claim, as one source has it."""
    told = RecordNames(dossier)
    for pair in held.comparison.numbers:
        theirs = f" “{plain(pair.counterpart.text, LONGEST_WORDS)}”" if pair.counterpart else ""
        yield (
            f"“{plain(pair.number.text, LONGEST_WORDS)}”: {pair.agreement.value}{':' if theirs else ''}{theirs}, "
            f"{told.title(held.item.seen_in or held.item.source)}, in {held.where}: “{plain(held.passage, 200)}”"
        )
