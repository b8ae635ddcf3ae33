"""What readers said, held to the article: what does not stand in its text is dropped, and said to be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..dates import BadDate, parse
from ..errors import InputError
from ..plugins import PluginFault
from ..reader import Article, LeftOut, Mention, Suggested, SuggestedAgent, SuggestedClaim, SuggestedSource, from_json
from ..text import Span

LONGEST_REASON = 500
LONGEST_NAME = 200


@attrs.frozen
class Suggestions:
    """All that readers suggest of an article, by place; what was left out and why; and the faults of plugins."""

    found: tuple[Suggested, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[PluginFault, ...] = ()


class Misplaced(Exception):
    """A suggestion names what does not stand in the text."""


def held(article: Article, reader: str, version: str, lines: Iterable[str]) -> tuple[list[Suggested], list[LeftOut]]:
    """Return what one reader said, each with whose it is, and what it or this left out: here, a line a reason."""
    words, found, left_out = _words(article.text), dict[Suggested, None](), list[LeftOut]()
    dropped: Counter[str] = Counter()
    for line in lines:
        try:
            one = attrs.evolve(from_json(json.loads(line)), reader=reader, version=version)
            _require_standing(one, article, words)
        except (InputError, Misplaced, ValueError, RecursionError) as error:
            dropped[str(error) if isinstance(error, Misplaced) else "it is no proper suggestion"] += 1
            continue
        if isinstance(one, LeftOut):
            left_out.append(one)
        else:
            found[one] = None
    for why, times in dropped.items():
        reason = f"Dropped: {why}{f' ({times:,} times)' if times > 1 else ''}."
        left_out.append(LeftOut(span=Span(0, 0), reason=reason, reader=reader, version=version))
    return list(found), left_out


def _require_standing(one: Suggested, article: Article, words: str) -> None:
    """Raise Misplaced unless every place is in the text, and every name stands in it."""
    reason = one.reason
    if not reason.strip() or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise Misplaced("its reason is empty, endless or not printable")
    for span in spans_of(one):
        if span.end > len(article.text):
            raise Misplaced(f"it ends at {span.end:,}, and the text has {len(article.text):,} characters")
        if span.start == span.end and not isinstance(one, LeftOut):
            raise Misplaced("there are no words at its place")
    for name in _names(one):
        if not name.strip() or len(name) > LONGEST_NAME or _words(name) not in words:
            raise Misplaced(f"“{_short(name)}” does not stand in the text")
    if isinstance(one, SuggestedClaim):
        for inner in (*one.quotations, *one.dates, *one.figures):
            if not one.content.start <= inner.start <= inner.end <= one.content.end:
                raise Misplaced("a quotation, date or figure stands outside of what is asserted")
    if isinstance(one, SuggestedSource) and one.published:
        try:
            parse(one.published)
        except BadDate:
            raise Misplaced(f"“{_short(one.published)}” is no date") from None


def spans_of(value: Any) -> Iterator[Span]:
    """Yield every place in the article that a suggestion names."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif isinstance(value, Suggested | Mention):
        for field in attrs.fields(type(value)):
            yield from spans_of(getattr(value, field.name))


def _names(value: Any) -> Iterator[str]:
    """Yield the names and roles in a suggestion: words that the article must have."""
    if isinstance(value, Mention | SuggestedAgent):
        yield value.name
        if value.role:
            yield value.role
    elif isinstance(value, SuggestedSource):
        yield value.name
    elif isinstance(value, tuple):
        for item in value:
            yield from _names(item)
    elif isinstance(value, Suggested):
        for field in attrs.fields(type(value)):
            yield from _names(getattr(value, field.name))


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return plain if len(plain) <= 60 else f"{plain[:57]}..."
