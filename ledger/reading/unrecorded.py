"""A plain article as dossiers: each sentence as the claim that it would be if it were entered, the article its source.

Who says it, and whether they are named, is what readers suggest. Nothing here is on record, nor made to be. The
`note` of evidence is what the article calls whoever says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

import attrs

from ..checker import Dossier
from ..model import Agent, AgentKind, Basis, Claim, Evidence, Source, SourceKind
from ..reader import Article, Mention, MentionKind, SuggestedClaim
from ..text import Span, sentence_of, sentences

SOURCE = "article"
AUTHOR, PUBLISHER = "author", "publisher"
KINDS = {MentionKind.PERSON: AgentKind.PERSON}
"""What an agent is by what it was mentioned as; others that speak are organisations, as far as it matters here."""


def dossiers_of(article: Article, suggested: Iterable[SuggestedClaim]) -> tuple[Dossier, ...]:
    """Return a dossier for each sentence of an article, in order; `suggested` is what readers say of who says what."""
    spans = sentences(article.text, article.language)
    said = _voices(spans, suggested)
    own = {agent.uid: agent for agent in _agents(article)}
    source = Source(
        uid=SOURCE,
        handle=SOURCE,
        title=article.title or "the article",
        kind=SourceKind.ARTICLE,
        author=AUTHOR if AUTHOR in own else None,
        publisher=PUBLISHER if PUBLISHER in own else None,
        published=article.published,
        language=article.language,
        url=article.url,
    )
    sources, texts = MappingProxyType({SOURCE: source}), MappingProxyType({SOURCE: article.text})
    languages = MappingProxyType({SOURCE: article.language} if article.language else {})
    return tuple(
        _dossier(article.text, number, span, said[number], sources, own, texts, languages)
        for number, span in enumerate(spans)
    )


def contents_of(
    dossiers: Sequence[Dossier], article: Article, suggested: Iterable[SuggestedClaim]
) -> tuple[Dossier, ...]:
    """Return the dossiers as sentences are held against one another: of one that reports a saying, what was said."""
    spans, said = [one.read_at or Span(0, 0) for one in dossiers], defaultdict[int, list[SuggestedClaim]](list)
    for claim in suggested:
        if spans:
            said[sentence_of(spans, claim.span) - 1].append(claim)
    return tuple(_content(one, article.text, said[number]) for number, one in enumerate(dossiers))


def _content(dossier: Dossier, text: str, said: Sequence[SuggestedClaim]) -> Dossier:
    at = dossier.read_at
    if at is None or len(said) != 1 or not said[0].voices or not at.start <= said[0].content.start <= at.end:
        return dossier
    words = " ".join(said[0].content.of(text).split()).removeprefix("that ").strip('"“”«», ')
    return attrs.evolve(dossier, claim=attrs.evolve(dossier.claim, text=f"{words[:1].upper()}{words[1:]}"))


def _dossier(
    text: str,
    number: int,
    span: Span,
    voices: Sequence[Mention | None],
    sources: MappingProxyType[str, Source],
    own: dict[str, Agent],
    texts: MappingProxyType[str, str],
    languages: MappingProxyType[str, str],
) -> Dossier:
    name = f"sentence-{number + 1:05}"
    speakers = [
        _agent(f"{name}-voice-{at}", voice.name, KINDS.get(voice.kind, AgentKind.ORGANISATION))
        if voice is not None and voice.kind not in (MentionKind.UNNAMED, MentionKind.DOCUMENT)
        else None
        for at, voice in enumerate(voices)
    ]
    evidence = tuple(
        Evidence(
            uid=f"{name}-evidence-{at}",
            handle=f"{name}-evidence-{at}",
            claim=name,
            source=SOURCE,
            speaker=speaker.uid if speaker else None,
            basis=_basis(voice),
            named=None if voice is None or voice.kind is MentionKind.DOCUMENT else speaker is not None,
            note=None if voice is None else voice.name,
        )
        for at, (voice, speaker) in enumerate(zip(voices or [None], speakers or [None], strict=True))
    )
    return Dossier(
        claim=Claim(uid=name, handle=name, text=" ".join(span.of(text).split())),
        evidence=evidence,
        sources=sources,
        agents=MappingProxyType(own | {one.uid: one for one in speakers if one is not None}),
        texts=texts,
        languages=languages,
        read_at=span,
    )


def _basis(voice: Mention | None) -> Basis:
    if voice is None:
        return Basis.UNKNOWN
    return Basis.DOCUMENT if voice.kind is MentionKind.DOCUMENT else Basis.TOLD


def _voices(spans: Sequence[Span], suggested: Iterable[SuggestedClaim]) -> dict[int, list[Mention | None]]:
    """Return by the number of a sentence whose assertions stand in it, each once."""
    found: dict[int, dict[tuple[str, MentionKind], Mention | None]] = defaultdict(dict)
    for claim in suggested:
        voice = claim.speaker
        if voice is not None and spans:
            found[sentence_of(spans, claim.span) - 1].setdefault((voice.name, voice.kind), voice)
    return defaultdict(list, {number: list(voices.values()) for number, voices in found.items()})


def _agents(article: Article) -> Iterator[Agent]:
    if article.author:
        yield _agent(AUTHOR, article.author, AgentKind.PERSON)
    if article.publisher:
        yield _agent(PUBLISHER, article.publisher, AgentKind.ORGANISATION)


def _agent(uid: str, name: str, kind: AgentKind) -> Agent:
    return Agent(uid=uid, handle=uid, name=name, kind=kind)
