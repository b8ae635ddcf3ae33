"""Quotations: which ones a text makes, and what stands around them. How faithful one is, `comparing` says."""

from __future__ import annotations

import re

from .paragraphs import paragraphs
from .spans import Span

MIN_WORDS = 3
"""Fewest words of a verbatim quotation. One or two in quotation marks are more often a
title, a term or a word the writer keeps at a distance than something somebody said."""

_WORD = re.compile(r"\w+(?:[-.,:'’]\w+)*")
_QUOTED = re.compile(
    r"""
      (?<![^\s(\[{—–‘'-]) "(?=\S) (?P<straight>[^"]+) (?:(?<=\S)")?
    | “ (?P<curly>[^“”]+) ”?
    | « (?P<guillemets>[^«»]+) »?
    """,
    re.VERBOSE,
)


def quoted(text: str) -> tuple[Span, ...]:
    """Return the verbatim quotations in `text`: the spans inside the marks, in order.

    The marks are straight or curly double quotation marks or guillemets; single
    ones are not counted, since most of them are apostrophes. A quotation that is
    not closed, as before a further paragraph of the same speech, ends with its
    paragraph. Quotations of fewer than `MIN_WORDS` words are left out, and one
    quotation inside another is part of the outer one.
    """
    found = []
    for paragraph in paragraphs(text):
        for match in _QUOTED.finditer(text, paragraph.start, paragraph.end):
            inner = match[match.lastgroup or 0]
            words = inner.strip()
            start = match.start(match.lastgroup or 0) + inner.find(words)
            if len(_WORD.findall(words)) >= MIN_WORDS:
                found.append(Span(start, start + len(words)))
    return tuple(found)


def context(text: str, span: Span, *, width: int = 32) -> tuple[str, str]:
    """Return the text just before and just after `span`, each of at most `width` characters.

    They are the `prefix` and `suffix` of a `TextQuoteSelector` (W3C Web Annotation
    Data Model, 4.2.4): the original characters, next to the span. Both are cut at
    white space rather than inside a word, where there is any to cut at. Raises
    `InputError` when the text is too short to hold the span.
    """
    span.of(text)  # Refuses a span of another text.
    prefix = text[max(0, span.start - width) : span.start]
    if span.start > width and not text[span.start - width - 1].isspace():
        prefix = re.sub(r"\A\S+\s+(?=\S)", "", prefix)
    suffix = text[span.end : span.end + width]
    if span.end + width < len(text) and not text[span.end + width].isspace():
        suffix = re.sub(r"(?<=\S)\s+\S+\Z", "", suffix)
    return prefix, suffix
