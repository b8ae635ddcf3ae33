"""From what readers suggest to a worklist: each sentence of an article in it once, with the claim it may make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..reader import Mention, MentionKind, Nature, Suggested, SuggestedAgent, SuggestedClaim, SuggestedInquiry
from ..text import Span, sentences
from ..text.spans import blanked
from .worklist import PassageDraft, Voice, Worklist, sentence

NO_READER = "No reader says anything of it."


def propose(text: str, suggested: Iterable[Suggested], tag: str | None = None, asides: Iterable[Span] = ()) -> Worklist:
    """Return the worklist of a text: the claims and questions that are suggested, and every other sentence as it is.

    `tag` is the language of the text, where it is known; `asides` are stretches of it that are none of the article.
    """
    found = [one for one in suggested if isinstance(one, SuggestedClaim | SuggestedInquiry | SuggestedAgent)]
    passages = list(_distinct(_passage(text, one) for one in found if not isinstance(one, SuggestedAgent)))
    passages += _others(blanked(text, asides), passages, tag)
    passages.sort(key=lambda one: (one.span.start, one.content.start, one.span.end))
    return Worklist(text=text, passages=tuple(passages), voices=_voices(found))


def _passage(text: str, one: SuggestedClaim | SuggestedInquiry) -> PassageDraft:
    by = f"{one.reader}@{one.version}" if one.reader else ""
    if isinstance(one, SuggestedInquiry):
        return PassageDraft(
            span=_hull(one.span, one.question),
            content=one.question or one.span,
            text=sentence((one.question or one.span).of(text)),
            voices=(one.asked.name,),
            reason=one.reason,
            suggested_by=by,
            inquiry=one.state,
        )
    return PassageDraft(
        span=_hull(one.span, one.content),
        content=one.content,
        text=_statement(text, one),
        voices=tuple(dict.fromkeys(voice.name for voice in one.voices)),
        nature=one.nature,
        reason=one.reason,
        suggested_by=by,
    )


def _statement(text: str, one: SuggestedClaim) -> str:
    """Return the claim: what the last voice says; where one person quotes another, that the other said it."""
    said = sentence(one.content.of(text))
    if not quotes_another(one.voices):
        return said
    return f"{one.voices[-1].name} said: “{said.replace('“', '‘').replace('”', '’')}”"


def quotes_another(voices: Sequence[Mention | Voice]) -> bool:
    """Whether a person is the last but one voice: what the last said is then what that person tells."""
    return len(voices) > 1 and voices[-2].kind in (MentionKind.PERSON, MentionKind.UNCLEAR)


def _distinct(passages: Iterable[PassageDraft]) -> Iterator[PassageDraft]:
    """Leave out what says the same of the same words: two readers may agree."""
    seen = set()
    for one in passages:
        key = (one.content, one.voices, one.inquiry)
        if key not in seen:
            seen.add(key)
            yield one


def _others(text: str, passages: Sequence[PassageDraft], tag: str | None) -> Iterator[PassageDraft]:
    """Yield the sentences of which no suggestion speaks."""
    taken = sorted((one.span for one in passages), key=lambda span: span.start)
    for span in sentences(text, tag):
        if not any(one.start < span.end and span.start < one.end for one in taken):
            yield PassageDraft(
                span=span, content=span, text=sentence(span.of(text)), nature=Nature.FACTUAL, reason=NO_READER
            )


def _voices(found: Sequence[Suggested]) -> tuple[Voice, ...]:
    """Return everybody who speaks or is asked, with the kind and office that any suggestion knows."""
    voices: dict[str, Voice] = {}
    for one in found:
        mentions: tuple[Mention, ...] = ()
        if isinstance(one, SuggestedClaim):
            mentions = one.voices
        elif isinstance(one, SuggestedInquiry):
            mentions = (one.asked,)
        for mention in mentions:
            before = voices.get(mention.name, Voice(name=mention.name))
            voices[mention.name] = _known_of(before, mention)
    for one in found:
        if isinstance(one, SuggestedAgent) and one.name in voices:
            voices[one.name] = _known_of(voices[one.name], one)
    return tuple(voices.values())


def _known_of(voice: Voice, more: Mention | SuggestedAgent) -> Voice:
    kind = more.kind if voice.kind is MentionKind.UNCLEAR else voice.kind
    return Voice(name=voice.name, kind=kind, role=voice.role or more.role)


def _hull(span: Span, other: Span | None) -> Span:
    return span if other is None else Span(min(span.start, other.start), max(span.end, other.end))
