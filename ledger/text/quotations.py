"""Quotations: where they stand in a source, and which ones a text makes.

A quotation is found when its words stand in the source exactly, once both are
brought to one form by `normalise`. Nothing is matched loosely: one changed digit
or one lost "not" makes another statement, and similarity does not see the
difference. `nearest` measures similarity, and is for error messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from operator import eq

from .normal import Normal, normalise
from .paragraphs import paragraphs
from .spans import Span

MIN_WORDS = 3
"""Fewest words of a verbatim quotation. One or two in quotation marks are more often a
title, a term or a word the writer keeps at a distance than something somebody said."""

SIMILAR = 0.6
"""Least share of words in common, in order, of a passage that `nearest` will show."""

_OUTER = " \"'"
_WORD = re.compile(r"\w+(?:[-.,:'’]\w+)*")
_QUOTED = re.compile(
    r"""
      (?<![^\s(\[{—–‘'-]) "(?=\S) (?P<straight>[^"]+) (?:(?<=\S)")?
    | “ (?P<curly>[^“”]+) ”?
    | « (?P<guillemets>[^«»]+) »?
    """,
    re.VERBOSE,
)
# A place inside a word or a number: un|usual, do|n't, non|-|binding, 1|,|500, U|.|S, -|5.
_INSIDE = re.compile(
    r"""
      (?<=\w)(?=\w)
    | (?<=\w)(?=[-.'][^\W_]) | (?<=[^\W_][-.'])(?=\w)
    | (?<=\d)(?=[,:/]\d)     | (?<=\d[,:/])(?=\d)
    | (?<![.\w][-.])(?<=[-.])(?=\d)
    """,
    re.VERBOSE,
)


def find(quote: str, text: str | Normal) -> tuple[Span, ...]:
    """Return every place where the words of `quote` stand in `text`, in order.

    The words stand there exactly after `normalise`: same case, digits, punctuation
    and order. Quotation marks and white space around `quote` are ignored. A place
    that begins or ends inside a word or a number is none: "can" is not in "can't",
    nor "500" in "1,500". Spans are offsets in the original text; empty when the
    words stand nowhere, or when `quote` has no words.

    Give `text` as a `Normal` when looking for many quotes in it.
    """
    words = normalise(quote).text.strip(_OUTER)
    if not _WORD.search(words):
        return ()
    source = _normal(text)
    found = []
    start = source.text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_inside_word(source.text, start) or _inside_word(source.text, end)):
            found.append(source.span(start, end))
        start = source.text.find(words, start + 1)
    return tuple(found)


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


def nearest(quote: str, text: str | Normal) -> Span | None:
    """Return the passage of `text` most like `quote`, if one is clearly like it.

    This locates and never accepts: it is for saying "did you mean" after `find`
    has found nothing. A passage that differs in one digit or one "not" is very
    similar and says something else.
    """
    wanted = [word[0].lower() for word in _WORD.finditer(normalise(quote).text)]
    source = _normal(text)
    places = list(_WORD.finditer(source.text))
    words = [place[0].lower() for place in places]
    size = min(len(wanted), len(words))
    if not size:
        return None
    first = max(
        _richest_windows(wanted, words, size),
        key=lambda at: sum(map(eq, wanted, words[at : at + size])),
        default=None,
    )
    if first is None:
        return None
    last = first + size - 1
    if SequenceMatcher(None, wanted, words[first : last + 1]).ratio() < SIMILAR:
        return None
    return source.span(places[first].start(), places[last].end())


def _richest_windows(wanted: list[str], words: list[str], size: int) -> list[int]:
    """Return where the windows of `size` words begin that share most words with `wanted`.

    There are none when even the best shares too few to be `SIMILAR` in any order.
    """
    missing = Counter(wanted)
    shared = 0
    scores = []
    for at, word in enumerate(words):
        missing[word] -= 1
        shared += missing[word] >= 0
        if at >= size:
            left = words[at - size]
            shared -= missing[left] >= 0
            missing[left] += 1
        if at >= size - 1:
            scores.append(shared)
    best = max(scores)
    if best < SIMILAR * (len(wanted) + size) / 2:
        return []
    return [at for at, score in enumerate(scores) if score == best]


def _normal(text: str | Normal) -> Normal:
    return text if isinstance(text, Normal) else normalise(text)


def _inside_word(text: str, at: int) -> bool:
    # An accent that has no composed form is a character of its own, and part of its word.
    accented = at < len(text) and unicodedata.category(text[at]).startswith("M")
    return accented or _INSIDE.match(text, at) is not None
