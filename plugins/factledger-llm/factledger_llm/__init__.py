"""llm: a language model of your choice reads the article; only what stands in its text is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from ledger import hookimpl
from ledger.reader import (
    Article,
    InquiryState,
    LeftOut,
    Mention,
    MentionKind,
    Nature,
    Reader,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
)
from ledger.text import Span, compare

from .asking import SCHEMA, SYSTEM, ArticlePart, answer, parts

W = TypeVar("W", bound=StrEnum)


class LanguageModel(Reader):
    """Suggests what a language model finds in an article, by the `llm` library: any model that it knows.

    Option: `model`, its name or alias. Without it nothing is sent anywhere.
    """

    name = "llm"
    version = 1
    establishes = "what a language model takes the article to claim, in words that stand in it"
    does_not_establish = "that the article says it, or that nothing else does: a model may misread and leave out"
    asks = True

    def read(self, article: Article, options: Mapping[str, Any] = {}) -> Iterable[Suggested]:
        """Yield what the model that is named suggests; what it says that does not stand in the text is left out."""
        import llm  # seconds of imports: only where it is asked

        name, whole = str(options.get("model") or ""), Span(0, len(article.text))
        if not name:
            yield LeftOut(span=whole, reason="Not read: no model is named. Name one that `llm models` lists.")
            return
        try:
            model = llm.get_model(name)
        except llm.UnknownModelError:
            yield LeftOut(span=whole, reason=f"Not read: there is no model {name!r} here. See: llm models")
            return
        schema = SCHEMA if getattr(model, "supports_schema", False) else None
        for part in parts(article.text, article.language):
            said = model.prompt(part.prompt(article.text), system=SYSTEM, schema=schema, stream=False).text()
            found = answer(said)
            if found is None:
                yield LeftOut(span=part.span, reason=f"Not read: what {name} answered is no JSON.")
                continue
            held = HeldAnswer(article.text, part, f"The model {name} takes it so.")
            for each in found["claims"]:
                yield from held.claim(each)
            for each in found["agents"]:
                yield from held.agent(each)
            for each in found["inquiries"]:
                yield from held.inquiry(each)


class HeldAnswer:
    """A model's answer about a part of an article, held to its text."""

    def __init__(self, text: str, part: ArticlePart, reason: str) -> None:
        self._text = text
        self._part = part
        self._reason = reason

    def claim(self, said: Mapping[str, Any]) -> Iterator[Suggested]:
        """Yield a claim whose words stand in its sentence, with those of its voices and quotations that do."""
        sentence = self._sentence(said)
        content = self._place(said.get("words"), sentence)
        nature = _word(Nature, said.get("nature"))
        if sentence is None or content is None:
            yield self._left_out("a claim", said.get("words"), sentence)
            return
        if nature is None:
            yield LeftOut(span=content, reason=f"It is of no nature that there is: {_shown(said.get('nature'))}.")
            return
        voices, quotations = [], []
        for each in _listed(said.get("voices")):
            voice = self._mention(each, sentence)
            if voice is None:  # with one voice gone it is not known who speaks
                words = each.get("words") if isinstance(each, dict) else each
                yield self._left_out("a claim's speaker", words, sentence)
                return
            voices.append(voice)
        for each in _listed(said.get("quotations")):
            quotation = self._place(each, content)
            if quotation is None or not _inside(quotation, content):
                yield self._left_out("a quotation", each, sentence)
            else:
                quotations.append(quotation)
        yield SuggestedClaim(
            span=Span(min(sentence.start, content.start), max(sentence.end, content.end)),
            reason=self._reason,
            nature=nature,
            content=content,
            voices=tuple(voices),
            cue=self._place(said.get("cue"), sentence) if voices else None,
            quotations=tuple(quotations),
        )

    def agent(self, said: Mapping[str, Any]) -> Iterator[Suggested]:
        """Yield a person or an organisation whose name stands in the text, with every place where it does."""
        name = _words(said.get("name"))
        places = tuple(self._all(name))
        kind = _word(MentionKind, said.get("kind")) or MentionKind.UNCLEAR
        if not places:
            yield self._left_out("a name", said.get("name"), None)
        elif kind is not MentionKind.UNNAMED:
            role = _words(said.get("role"))
            held = role if self._place(role, None) is not None else ""
            yield SuggestedAgent(span=places[0], reason=self._reason, name=name, kind=kind, role=held, mentions=places)

    def inquiry(self, said: Mapping[str, Any]) -> Iterator[Suggested]:
        """Yield somebody who was asked, if they are named in that sentence or elsewhere in the text."""
        sentence = self._sentence(said)
        asked = self._mention(said.get("asked"), sentence) if sentence else None
        if sentence is None or asked is None:
            told = said.get("asked")
            yield self._left_out("an inquiry", told.get("words") if isinstance(told, dict) else told, sentence)
            return
        state = _word(InquiryState, said.get("state")) or InquiryState.NO_ANSWER
        yield SuggestedInquiry(span=sentence, reason=self._reason, asked=asked, state=state)

    def _sentence(self, said: Mapping[str, Any]) -> Span | None:
        number = said.get("sentence")
        return self._part.sentences.get(number) if isinstance(number, int) else None

    def _mention(self, said: Any, sentence: Span) -> Mention | None:
        if not isinstance(said, dict):
            return None
        place = self._place(said.get("words"), sentence)
        if place is None:
            return None
        name = _words(said.get("name"))
        known = name if name and self._place(name, None) is not None else place.of(self._text)
        return Mention(span=place, name=known, kind=_word(MentionKind, said.get("kind")) or MentionKind.UNCLEAR)

    def _place(self, said: Any, near: Span | None) -> Span | None:
        """Return where words stand: in a sentence as they are, or as `compare` knows them; else the nearest place."""
        words = _words(said)
        if not words:
            return None
        if near is not None:
            at = self._text.find(words, near.start, near.end)
            if at >= 0:
                return Span(at, at + len(words))
            found = compare(words, near.of(self._text))
            if found.fidelity.faithful and found.span is not None:
                return Span(near.start + found.span.start, near.start + found.span.end)
        places = list(self._all(words))
        return min(places, key=lambda one: abs(one.start - near.start) if near else 0, default=None)

    def _all(self, words: str) -> Iterator[Span]:
        at = self._text.find(words) if words else -1
        while at >= 0:
            yield Span(at, at + len(words))
            at = self._text.find(words, at + len(words))

    def _left_out(self, what: str, words: Any, sentence: Span | None) -> LeftOut:
        return LeftOut(
            span=sentence or self._part.span, reason=f"Dropped {what}: {_shown(words)} does not stand in the text."
        )


def _words(said: Any) -> str:
    return said.strip() if isinstance(said, str) else ""


def _word(vocabulary: type[W], said: Any) -> W | None:
    return vocabulary(said) if said in set(vocabulary) else None


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _shown(said: Any) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in str(said))
    return f"“{plain if len(plain) <= 80 else f'{plain[:77]}...'}”"


@hookimpl
def ledger_register_readers() -> list[Reader]:
    """Register the reader."""
    return [LanguageModel()]
