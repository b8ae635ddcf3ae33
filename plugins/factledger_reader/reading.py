"""The standard reader: an article's sentences as claims, with who says each and through whom, by word lists alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from ledger import InquiryState
from ledger.dates import BadDate, DateExpression, expressions
from ledger.reader import (
    NOTHING,
    Article,
    LeftOut,
    Mention,
    MentionKind,
    Reader,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
)
from ledger.text import (
    Manner,
    Quantity,
    QuantityKind,
    Span,
    credits,
    house_key,
    language,
    quantities,
    quoted,
    sentences,
)

from .attribution import Attribution, attributions
from .by_table import said_words
from .inquiries import Asked, inquiries
from .lexicon import Lexicon, lexicon
from .names import Name, Names
from .nature import nature
from .origins import sources
from .passages import TextPassage, passages
from .phrases import Phrases
from .reading_by_table import TableReading

LONGEST = 2_000_000
"""Characters of an article that are read."""

FIGURES = frozenset((QuantityKind.AMOUNT, QuantityKind.MULTIPLE, QuantityKind.PAIR, QuantityKind.VAGUE))


_KNOWN = "English and, in fewer forms, French, German, Italian, Portuguese and Spanish"


@attrs.frozen
class Said:
    """Words that are said by somebody: the voices, nearest the article first, the words that say so, and why."""

    content: Span
    voices: tuple[Mention, ...]
    cue: Span
    reason: str


class StandardReader(Reader):
    """Suggests what each sentence of an article asserts, who says it and through whom, from lists of words.

    It knows the forms of English news: verbs of saying before, after and amid what is said, "according to",
    participles, quotations that go on, surnames and pronouns, people who are not named, and people who did not answer.
    Of five other languages it knows the three commonest forms (`by_table`).
    """

    name = "standard"
    version = 7
    establishes = "who an article says has said what, where it says so in one of the usual forms"
    does_not_establish = "that they said it, or that it is so"

    def read(self, article: Article, options: Mapping[str, Any] = NOTHING) -> Iterator[Suggested]:
        """Yield claims, people and organisations, sources and inquiries; of another language, that it is not read."""
        text = article.text
        tag = (article.language or language(text) or "en").partition("-")[0].lower()
        lex, words = lexicon(tag), said_words(tag)
        if lex is None and words is None:
            yield LeftOut(span=Span(0, len(text)), reason=f"Not read: the language {tag}. This reader knows {_KNOWN}.")
            return
        if len(text) > LONGEST:
            rest = Span(LONGEST, len(text))
            yield LeftOut(span=rest, reason=f"Not read: what comes after {LONGEST:,} characters.")
            article = attrs.evolve(article, text=text[:LONGEST])
        if lex is not None:
            yield from _ArticleReading(article, lex).suggestions()
        elif words is not None:
            yield from TableReading(article, words).suggestions()


class _ArticleReading:
    """One article while it is read."""

    def __init__(self, article: Article, lex: Lexicon) -> None:
        self._article, self._text, self._lex = article, article.text, lex
        self._paragraphs = list(passages(article.text, article.language))
        self._names = Names(article.text, [one for each in self._paragraphs for one in each], lex)
        self._sentences = sentences(article.text, article.language)
        self._starts = [sentence.start for sentence in self._sentences]
        self._said: list[Said] = []
        self._asked: list[SuggestedInquiry] = []
        self._voices: dict[Span, Mention] = {}
        self._pointing = [[word] for word in lex["pointing"]]
        self._credits = credits(article.text, known=article.houses)

    def suggestions(self) -> Iterator[Suggested]:
        for paragraph in self._paragraphs:
            self._read(paragraph)
        dates = self._dates()
        yield from self._claims(dates)
        yield from self._asked
        yield from self._agents()
        houses = [one for one in self._credits if self._names.person(one.name) is None]
        yield from sources(self._article, houses, dates, self._voices.values())

    def _dates(self) -> tuple[DateExpression, ...]:
        try:
            return expressions(self._text, reference=self._article.published)
        except BadDate:
            return expressions(self._text)

    # who says what

    def _read(self, paragraph: Sequence[TextPassage]) -> None:
        spoke: list[Said] = []
        waiting: list[TextPassage] = []
        for passage in paragraph:
            phrases = Phrases(passage, self._lex)
            asked = list(inquiries(phrases, self._lex))
            for one in asked:
                self._asked.append(self._inquiry(phrases, one.who, one))
            found = [one for one in attributions(passage, self._lex) if self._counts(passage, one)]
            if asked:  # declined *to comment*: what came of asking is no promise
                found = [one for one in found if one.form != "to"]
            asker = self._asker(phrases, asked)
            said = [each for one in found for each in self._attributed(phrases, one, asker)]
            if not found and _is_quotation(passage):
                if spoke:
                    said = [self._goes_on(passage, spoke[-1])]
                else:
                    waiting.append(passage)
            elif said and waiting:
                self._said += [self._goes_on(one, said[0]) for one in waiting]
                waiting = []
            self._said += said
            spoke = said or spoke
            self._names.went_past(phrases)
        before = self._said[-1] if self._said else None
        if before is not None:  # a paragraph that is a quotation alone goes on with whoever spoke last
            self._said += [self._goes_on(one, before) for one in waiting]

    def _asker(self, phrases: Phrases, asked: Sequence[Asked]) -> Mention | None:
        """Return to whom what is said in a passage was given, where it answers a question of theirs."""
        return next((self._mention(phrases, one.asker) for one in asked if one.asker is not None), None)

    def _hearer(self, cue: Span, content: Span) -> Mention | None:
        """Return the house that was told: Quell told *the Gazette* that …"""
        within = Span(cue.start, content.start if content.start > cue.end else cue.end + 40)
        for one in self._credits:
            if one.manner not in (Manner.MENTION, Manner.INTERVIEW) or _same(one.name, self._article.publisher):
                continue
            if self._names.person(one.name) is not None:
                continue
            place = self._text.find(one.name, cue.end, within.end + len(one.name))
            if one.span.start < within.end and one.span.end > cue.start and place >= 0:
                span = Span(place, place + len(one.name))
                return Mention(span=span, name=one.name, kind=MentionKind.ORGANISATION)
        return None

    def _attributed(self, phrases: Phrases, one: Attribution, asker: Mention | None) -> Iterator[Said]:
        voices = tuple(self._mention(phrases, run) for run in (one.source, *one.inner) if run is not None)
        if not voices:
            return
        cue = phrases.passage.place(*one.cue)
        house = asker or self._hearer(cue, phrases.passage.place(*one.content[0]))
        if house is not None and not _same(house.name, voices[0].name):
            voices = (house, *voices)
        through = f", through {', '.join(voice.name for voice in voices[:-1])}" if len(voices) > 1 else ""
        reason = f"“{' '.join(cue.of(self._text).split())}”: the article has it from {voices[-1].name}{through}."
        for run in one.content:
            if run[1] - run[0] == 1 and phrases.passage.low[run[0]] in self._lex["embedded"]:
                continue  # has learned *that*, according to somebody else, …
            yield Said(phrases.passage.place(*run), voices, cue, _shortened(reason))

    def _goes_on(self, passage: TextPassage, said: Said) -> Said:
        reason = _shortened(f"A quotation beside what {said.voices[-1].name} says, without another speaker.")
        return Said(passage.span, said.voices, said.cue, reason)

    def _counts(self, passage: TextPassage, one: Attribution) -> bool:
        """Return whether somebody says it: not what is not said, nor what stands after a heading's colon.

        A name before a colon is that of a speaker if it comes again there, or is a headline's and the article's own.
        """
        if one.source is not None and passage.low[one.source[0]] in self._lex["nobody"] and one.form != "according":
            return False
        if one.form != "label" and one.source is not None and _is_dateline(passage, one.source):
            return False
        if one.form != "label" or one.source is None:
            cue = passage.low[one.cue[0] : one.cue[1]]
            return not self._lex["negations"] & set(cue) or "think" in self._lex.verbs.get(cue[-1], ())
        label = passage.place(*one.source).of(self._text)
        headline = passage.span.start == self._sentences[0].start and self._names.names_somebody(
            label, after=passage.span
        )
        return headline or (len(label) > 1 and self._text.count(f"\n{label}:") > 1)

    def _mention(self, phrases: Phrases, run: tuple[int, int]) -> Mention:
        found = self._names.mention(phrases, run)
        self._voices.setdefault(found.span, found)
        return found

    def _inquiry(self, phrases: Phrases, who: tuple[int, int], one: Asked) -> SuggestedInquiry:
        passage = phrases.passage
        number = bisect_left(self._starts, passage.span.start)
        about = self._sentences[number - 1] if number and one.state is not InquiryState.ANSWERED else None
        return SuggestedInquiry(
            span=passage.span,
            reason=f"It says what came of asking: {one.state.value.replace('_', ' ')}.",
            asked=self._mention(phrases, who),
            asked_by=None if one.asker is None else self._mention(phrases, one.asker),
            state=one.state,
            question=None if one.question is None else passage.place(*one.question),
            about=about,
        )

    # claims

    def _claims(self, dates: Sequence[DateExpression]) -> Iterator[SuggestedClaim]:
        dated = [found.span for found in dates]
        figured = [
            found.span
            for found in quantities(self._text, self._article.language)
            if found.kind in FIGURES and not self._is_known(found)
        ]
        quotes = list(quoted(self._text, self._article.language))
        asked = {one.span for one in self._asked}
        covered: set[Span] = set()
        told: set[tuple[Span, str]] = set()
        for said in self._said:
            for sentence in self._overlapping(said.content):
                content = _clipped(said.content, sentence)
                covered.add(sentence)
                if (content, said.voices[-1].name) not in told:
                    told.add((content, said.voices[-1].name))
                    yield self._claim(sentence, content, said, dated, figured, quotes)
        for sentence in self._sentences:
            if sentence not in covered and sentence not in asked:
                yield self._claim(sentence, sentence, None, dated, figured, quotes)

    def _claim(
        self,
        sentence: Span,
        content: Span,
        said: Said | None,
        dates: Sequence[Span],
        figures: Sequence[Span],
        quotes: Sequence[Span],
    ) -> SuggestedClaim:
        within = [[_clipped(one, content) for one in _among(spans, content)] for spans in (dates, figures, quotes)]
        words = content.of(self._text).split()
        kind, why = nature(
            [plain for word in words if (plain := word.strip(_MARKS))],
            self._lex,
            figures=len(within[1]),
            dates=len(within[0]),
            ends=content.of(self._text).rstrip("\"”’'»)")[-1:],
        )
        return SuggestedClaim(
            span=sentence,
            reason=why if said is None else f"{said.reason} {why}",
            nature=kind,
            content=content,
            voices=() if said is None else said.voices,
            cue=None if said is None else said.cue,
            dates=tuple(within[0]),
            figures=tuple(within[1]),
            quotations=tuple(within[2]),
        )

    def _is_known(self, figure: Quantity) -> bool:
        """Return whether a number says nothing: it points back (the two leaders), or counts an item (2.)."""
        before = self._text[max(0, figure.span.start - 8) : figure.span.start].lower()
        if figure.text.isdigit():
            return before[-1:] in ("", "\n") and self._text[figure.span.end : figure.span.end + 1] in (".", ")")
        return figure.text.isalpha() and (figure.text.lower() == "one" or before.split()[-1:] in self._pointing)

    def _overlapping(self, span: Span) -> Iterator[Span]:
        number = max(0, bisect_left(self._starts, span.start + 1) - 1)
        while number < len(self._sentences) and self._sentences[number].start < span.end:
            sentence = self._sentences[number]
            if _clipped(span, sentence).of(self._text).strip(_MARKS + " \n"):
                yield sentence
            number += 1

    # people and organisations

    def _agents(self) -> Iterator[SuggestedAgent]:
        spoken: dict[str, list[Span]] = {}
        for mention in (*self._voices.values(),):
            spoken.setdefault(mention.name, []).append(mention.span)
        for name in self._names.all:
            if name.name in spoken or _is_somebody(name):
                places = sorted({*name.spans, *spoken.get(name.name, ())})
                speaks = ", and has something from" if name.name in spoken else ""
                yield SuggestedAgent(
                    span=name.span,
                    reason=f"{_KINDS[name.kind]} that the article names{speaks}.",
                    name=name.name,
                    kind=name.kind,
                    role=name.role,
                    mentions=tuple(places),
                )


_KINDS = {
    MentionKind.PERSON: "A person",
    MentionKind.ORGANISATION: "An organisation",
    MentionKind.UNCLEAR: "A name",
}
_DASHES = frozenset("—–-")
_MARKS = "\"'“”‘’«».,;:!?()[]–—-…"


def _same(name: str, other: str | None) -> bool:
    return other is not None and house_key(name) == house_key(other)


def _is_somebody(name: Name) -> bool:
    return name.kind in (MentionKind.PERSON, MentionKind.ORGANISATION)


def _is_dateline(passage: TextPassage, run: tuple[int, int]) -> bool:
    """Return whether words are the place from which a report comes: *NORVIK, N.Y.* — Hours before …"""
    words = passage.words
    dash = next((at for at in range(1, min(8, len(words))) if words[at] in _DASHES), 0)
    place = words[0].isupper() and len(words[0]) > 3 and not any(word.islower() for word in words[:dash])
    return run[0] == 0 and dash > 0 and place


def _is_quotation(passage: TextPassage) -> bool:
    """Return whether a passage is words in quotation marks, and next to nothing beside them."""
    return len(passage) > 3 and sum(passage.inside) >= 0.8 * len(passage)


def _clipped(span: Span, within: Span) -> Span:
    start, end = max(span.start, within.start), min(span.end, within.end)
    return Span(start, max(start, end))


def _among(spans: Sequence[Span], within: Span) -> Iterator[Span]:
    """Yield those of some spans in order that overlap another."""
    at = bisect_left(spans, within.start, key=lambda span: span.end)
    while at < len(spans) and spans[at].start < within.end:
        if spans[at].end > within.start:
            yield spans[at]
        at += 1


def _shortened(reason: str) -> str:
    return reason if len(reason) <= 300 else f"{reason[:297]}..."
