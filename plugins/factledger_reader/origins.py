"""Where an article, or something in it, comes from: its credits, and the documents that speak in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ledger import Relation, SourceKind
from ledger.dates import DateExpression, ExpressionKind
from ledger.reader import Article, Mention, MentionKind, SuggestedSource
from ledger.text import Credit, Manner

WHOLE = {Manner.DATELINE: Relation.REPRINTS, Manner.CREDIT: Relation.REPRINTS}
"""Manners in which the article as a whole is said to come from somebody."""

NO_SOURCE = frozenset((Manner.PHOTO, Manner.INTERVIEW))
"""Of a picture, and of a talk that the article's own house had."""

KINDS = {
    "statement": SourceKind.STATEMENT, "speech": SourceKind.SPEECH, "interview": SourceKind.INTERVIEW,
    "post": SourceKind.POST, "tweet": SourceKind.POST, "poll": SourceKind.DATASET, "survey": SourceKind.DATASET,
    "data": SourceKind.DATASET, "figures": SourceKind.DATASET, "law": SourceKind.LAW, "bill": SourceKind.LAW,
    "article": SourceKind.ARTICLE,
}  # fmt: skip
"""What a document is, by the word for it."""

NEAR = 24
"""Characters after a credit in which the day of what is credited stands: "a report from the Gazette *on May 2*"."""


def sources(
    article: Article, credits: Iterable[Credit], dates: Sequence[DateExpression], voices: Iterable[Mention]
) -> Iterator[SuggestedSource]:
    """Yield whom the article credits, and the documents that are said to say something."""
    for credit in credits:
        if credit.manner in NO_SOURCE:
            continue
        whole = credit.manner.whole
        yield SuggestedSource(
            span=credit.span,
            reason=f"It is credited in the article ({credit.manner.value}).",
            name=credit.name,
            kind=SourceKind.WIRE_REPORT if whole else SourceKind.ARTICLE,
            relation=WHOLE.get(credit.manner, Relation.CITES),
            whole=whole,
            published=None if whole else _dated(article.text, credit.span.end, dates),
        )
    named: set[str] = set()
    for voice in voices:
        if voice.kind is MentionKind.DOCUMENT and voice.name.lower() not in named:
            named.add(voice.name.lower())
            head = next((word for word in voice.name.lower().split() if word.rstrip("s") in KINDS), "")
            yield SuggestedSource(
                span=voice.span,
                reason="A document is said to say something.",
                name=voice.name,
                kind=KINDS.get(head.rstrip("s"), SourceKind.DOCUMENT),
            )


def _dated(text: str, end: int, dates: Sequence[DateExpression]) -> str | None:
    """Return the day that stands just after a credit (EDTF)."""
    for date in dates:
        if end <= date.span.start <= end + NEAR and date.kind is ExpressionKind.DATE and date.edtf is not None:
            between = text[end : date.span.start]
            return str(date.edtf) if not set(between) & set(".;:,\n") else None
    return None
