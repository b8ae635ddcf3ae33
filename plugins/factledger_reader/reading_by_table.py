"""An article in a language beside English as claims: what each sentence asserts, and who says it in the usual forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger.dates import BadDate, DateExpression, expressions
from ledger.reader import Article, LeftOut, Mention, MentionKind, Nature, Suggested, SuggestedAgent, SuggestedClaim
from ledger.text import Manner, Quantity, QuantityKind, Span, credits, house_key, quantities, quoted, sentences

from .by_table import Attributed, SaidWords, attributed, in_full
from .origins import sources

FIGURES = frozenset((QuantityKind.AMOUNT, QuantityKind.MULTIPLE, QuantityKind.PAIR, QuantityKind.VAGUE))
MOSTLY = 0.8
"""The share of a sentence inside quotation marks with which it is a quotation."""

MOST_BESIDE = 3
"""Words that may stand beside such a quotation: "ha aggiunto"."""

SHORTEST = 3
"""Words that a sentence has to have to assert something."""


@attrs.frozen
class _Utterance:
    """What a sentence is said to say, and by whom."""

    content: Span
    mention: Mention
    cue: Span
    reason: str


class TableReading:
    """One article while it is read, by the words of its language."""

    def __init__(self, article: Article, words: SaidWords) -> None:
        self._article, self._text, self._words = article, article.text, words
        self._sentences = sentences(article.text, words.tag)
        self._quotes = quoted(article.text, words.tag)
        self._credits = credits(article.text, known=article.houses)
        self._said = dict(self._voices())

    def suggestions(self) -> Iterator[Suggested]:
        """Yield claims, those who speak, sources, and in one line what is not told in this language."""
        dates = self._dates()
        mentions = list(dict.fromkeys(said.mention for said in self._said.values()))
        figures = tuple(one for one in quantities(self._text, self._words.tag) if one.kind in FIGURES)
        for sentence in self._sentences:
            yield self._claim(sentence, dates, figures)
        yield from self._agents(mentions)
        yield from sources(self._article, self._credits, dates, mentions)
        yield LeftOut(
            span=Span(0, len(self._text)),
            reason=f"Not told of {self._words.name}: who is meant by a pronoun, who was asked, and what is a view.",
        )

    def _dates(self) -> tuple[DateExpression, ...]:
        language = self._article.language or self._words.tag
        try:
            return expressions(self._text, reference=self._article.published, language=language)
        except BadDate:
            return expressions(self._text, language=language)

    def _voices(self) -> Iterator[tuple[Span, _Utterance]]:
        """Yield sentences with who says what in them, also those of a quotation that goes on over their end."""
        before: tuple[Span, _Utterance] | None = None
        for sentence in self._sentences:
            found = attributed(self._text, sentence, self._quotes, self._words)
            if found is None:
                if before is not None and self._goes_on(before[0], sentence):
                    reason = f"A quotation beside what {before[1].mention.name} says, without another speaker."
                    before = sentence, attrs.evolve(before[1], content=sentence, reason=reason)
                    yield before
                else:
                    before = None
                continue
            mention = self._mention(found)
            cue = " ".join(found.cue.of(self._text).split())
            said = _Utterance(found.content, mention, found.cue, f"“{cue}”: the article has it from {mention.name}.")
            before = sentence, said
            yield before
            over = [
                quote for quote in self._quotes if quote.start < found.content.end and found.content.start < quote.end
            ]
            for other in self._sentences:
                inside = any(quote.start <= other.end and other.start <= quote.end for quote in over)
                if inside and other != sentence:
                    reason = f"A quotation beside what {mention.name} says, without another speaker."
                    yield other, attrs.evolve(said, content=other, reason=reason)

    def _goes_on(self, before: Span, sentence: Span) -> bool:
        """Return whether a sentence is a quotation that goes on with what the one before it in its paragraph quotes.

        Beside the quotation a verb may stand, and nobody who could be another speaker.
        """
        quotes = [quote for quote in self._quotes if quote.start < sentence.end and sentence.start < quote.end]
        rest = sentence.of(self._text)
        for quote in quotes:
            rest = rest.replace(quote.of(self._text), " ")
        inside = sum(quote.end - quote.start for quote in quotes) >= MOSTLY * (sentence.end - sentence.start)
        alone = len(rest.split()) <= MOST_BESIDE and rest == rest.lower()
        return inside and alone and "\n\n" not in self._text[before.end : sentence.start]

    def _mention(self, found: Attributed) -> Mention:
        """Return who speaks, by the fullest name that the article has for them."""
        written = found.source.of(self._text)
        name = in_full(self._text, written, self._words)
        known = any(house_key(credit.name) == house_key(name) for credit in self._credits)
        person = re.fullmatch(r"(?:[^\W\d_a-z][^\W\d_A-Z]+\s){1,3}[^\W\d_a-z][\w'’-]+", name) is not None
        kind = MentionKind.ORGANISATION if known else MentionKind.PERSON if person else MentionKind.UNCLEAR
        return Mention(span=found.source, name=name, kind=kind)

    def _claim(
        self, sentence: Span, dates: tuple[DateExpression, ...], figures: tuple[Quantity, ...]
    ) -> SuggestedClaim:
        said = self._said.get(sentence)
        content = sentence if said is None else said.content
        words = content.of(self._text).split()
        question = content.of(self._text).rstrip("\"”’'») ").endswith("?")
        held = [
            tuple(one for one in spans if content.start <= one.start and one.end <= content.end)
            for spans in ([date.span for date in dates], [figure.span for figure in figures], list(self._quotes))
        ]
        nature, why = Nature.FACTUAL, "It asserts something."
        if question or len(words) < SHORTEST:
            nature = Nature.NOT_CHECKABLE
            why = "It is a question." if question else "It is too short to assert anything."
        return SuggestedClaim(
            span=sentence,
            reason=why if said is None else f"{said.reason} {why}"[:300],
            nature=nature,
            content=content,
            voices=() if said is None else (said.mention,),
            cue=None if said is None else said.cue,
            dates=held[0],
            figures=held[1],
            quotations=held[2],
        )

    def _agents(self, mentions: list[Mention]) -> Iterator[SuggestedAgent]:
        named: dict[str, list[Mention]] = {}
        for mention in mentions:
            named.setdefault(mention.name, []).append(mention)
        photographers = {credit.name for credit in self._credits if credit.manner is Manner.PHOTO}
        for name, several in named.items():
            if several[0].kind is MentionKind.UNCLEAR or name in photographers:
                continue
            places = {Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self._text)}
            who = "A person" if several[0].kind is MentionKind.PERSON else "An organisation"
            yield SuggestedAgent(
                span=min(places, default=several[0].span),
                reason=f"{who} that the article names, and has something from.",
                name=name,
                kind=several[0].kind,
                mentions=tuple(sorted(places | {one.span for one in several})),
            )
