"""Quotations: which ones a text makes, and what stands around them. How faithful one is, `comparing` says."""

from __future__ import annotations

import re
from functools import lru_cache

from .breaks import first_break, last_break
from .languages import table
from .once import read_once
from .paragraphs import paragraphs
from .scripts import SPACELESS, dense
from .spans import Span

MIN_WORDS = 3
"""Fewest words of a verbatim quotation. One or two in quotation marks are more often a
title, a term or a word the writer keeps at a distance than something somebody said."""

_WORD = re.compile(r"\w+(?:[-.,:'’]\w+)*")

_STRAIGHT = r"""(?<![^\s(\[{—–‘'-])"(?=\S)((?:[^"]|(?<=[א-ת])"(?=[א-ת]))+)(?:(?<=\S)")?"""
_SURE = r"(?<![^\s(\[{—–:,،、])"
"""What stands before a mark that opens in some languages and closes in others."""

_OPENING = '"„“«「『״»”'

_PAIRS = (
    _STRAIGHT,
    "„([^„“”]+)[“”]?",
    "“([^“”]+)”?",
    "«([^«»]+)»?",
    "「([^「」]+)」?",
    "『([^『』]+)』?",
    "״([^״]+)״",
    rf"{_SURE}»(?=\S)([^«»]+)(?<=\S)«",
    rf"{_SURE}”(?=\S)([^“”]+)(?<=\S)[”“]",
)
"""Pairs of quotation marks of all languages. Where one opens that closes in another language, it has to be closed."""


@lru_cache
def _pattern(tag: str | None) -> re.Pattern[str]:
    """Return the pairs of a language before all others, and each mark once as what opens."""
    first = [_pair(pair) for pair in table(tag).quotes if pair[0] in "„“«»”「『" and pair[0] != pair[1]]
    pairs = "|".join(dict.fromkeys([*(first if tag else ()), *_PAIRS]))
    return re.compile(f"(?=[{_OPENING}])(?:{pairs})")


@lru_cache
def _dense_word() -> re.Pattern[str]:
    """Return the pattern of a word where a script sets no spaces: two letters of it."""
    return re.compile(rf"[{SPACELESS}]{{2}}|(?:(?![{SPACELESS}])\w)+")


def _pair(pair: str) -> str:
    opens, closes = pair[0], pair[1]
    return f"{opens}([^{opens}{closes}]+){closes}?"


@read_once
def quoted(text: str, tag: str | None = None) -> tuple[Span, ...]:
    """Return the verbatim quotations in `text`: the spans inside the marks, in order.

    The marks are straight or curly double quotation marks, guillemets or corner brackets,
    as the language of `tag` sets them, if it is given: »…« and „…“ as well as «…» and “…”.
    Single ones are not counted, since most of them are apostrophes. A quotation that is
    not closed, as before a further paragraph of the same speech, ends with its
    paragraph. Quotations of fewer than `MIN_WORDS` words are left out, and one
    quotation inside another is part of the outer one.
    """
    found = []
    marks = _pattern(tag)
    for paragraph in paragraphs(text):
        for match in marks.finditer(text, paragraph.start, paragraph.end):
            inner = match[match.lastindex or 0]
            words = inner.strip()
            start = match.start(match.lastindex or 0) + inner.find(words)
            if len((_dense_word() if dense(words) else _WORD).findall(words)) >= MIN_WORDS:
                found.append(Span(start, start + len(words)))
    return tuple(found)


def context(text: str, span: Span, *, width: int = 32) -> tuple[str, str]:
    """Return the text just before and just after `span`, each of at most `width` characters.

    They are the `prefix` and `suffix` of a `TextQuoteSelector` (W3C Web Annotation
    Data Model, 4.2.4): the original characters, next to the span. Both are cut
    between words rather than inside of one, or of a number, where there is such a
    place (see `breaks`). Raises `InputError` when the text is too short to hold the span.
    """
    span.of(text)  # Refuses a span of another text.
    first = first_break(text, span.start - width, span.start)
    return text[first : span.start], text[span.end : last_break(text, span.end, span.end + width)]
