"""A text as words in a row, in passages that do not end within a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import frozen

from ledger.text import Span, paragraphs, sentences

_TOKEN = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}                                      # U.S.
    | (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|St|Jr|Sr|Rev|Capt|Adm|Maj)\.
    | [A-Z]\.(?=\s[A-Z])                                      # an initial
    | (?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Yy]ou|[Ww]ho|[Tt]hat|[Tt]here|[Ww]hat)(?=['’](?:s|ve|ll|d|re|m)\b)
    | (?<=\w)['’](?:s|ve|ll|d|re|m)\b
    | \d+(?:-[^\W\d_]+)+                                     # 43-year-old
    | \d[\d.,:]*\d%? | \d%
    | [^\W_]+(?:['’.&/-][^\W_]+)*
    | '' | [^\w\s]
    """,
    re.VERBOSE,
)


@frozen(eq=False)
class TextPassage:
    """Words of one or more sentences: `words` as written, `low` in small letters, and where each stands.

    `quotes` are (first, end) of the words inside quotation marks; `inside` says of each word whether it stands in one.
    """

    span: Span
    words: Sequence[str]
    low: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    quotes: Sequence[tuple[int, int]]
    inside: Sequence[bool]

    def __len__(self) -> int:
        return len(self.words)

    def place(self, first: int, end: int) -> Span:
        """Return where the words from `first` to before `end` stand in the text."""
        return Span(self.starts[first], self.ends[end - 1])

    def word_at(self, offset: int) -> int:
        """Return the number of the first word that begins at an offset or after it."""
        return bisect_left(self.starts, offset)


def passages(text: str, tag: str | None) -> Iterator[list[TextPassage]]:
    """Yield the passages of each paragraph: its sentences, joined where a quotation goes on over their end."""
    ends = iter(sentences(text, tag))
    sentence = next(ends, None)
    for paragraph in paragraphs(text):
        quotes = _quotes(text, paragraph)
        found: list[Span] = []
        while sentence is not None and sentence.end <= paragraph.end:
            if found and any(start < found[-1].end < end for start, end in quotes):
                found[-1] = Span(found[-1].start, sentence.end)
            else:
                found.append(sentence)
            sentence = next(ends, None)
        yield [_passage(text, span, [quote for quote in quotes if span.start <= quote[0] < span.end]) for span in found]


def _quotes(text: str, paragraph: Span) -> list[tuple[int, int]]:
    """Return the quotations of a paragraph with their marks; one that is not closed ends with the paragraph."""
    found: list[tuple[int, int]] = []
    at, end = paragraph.start, paragraph.end
    for match in _MARKS.finditer(text, at, end):
        if match.start() < at:
            continue
        mark = match[0]
        if mark == "”" or (mark in _STRAIGHT and not found and _CLOSING.match(text, match.start() - 1)):
            if not found:  # the quotation was opened in a paragraph before
                found.append((paragraph.start, match.end()))
            at = match.end()
            continue
        closing = _single_closing(text, match.end(), end) if mark == "‘" else _closing(text, mark, match.end(), end)
        if closing < 0 and mark == "‘":
            continue
        at = closing + len(mark) if closing >= 0 else end
        found.append((match.start(), at))
    return found


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """Return where a quotation closes; -1 if it does not. One that opens straight may close with a curly mark."""
    closing = text.find(_CLOSES[mark], start, end)
    if mark != '"':
        return closing
    curly, opened = text.find("”", start, end), text.find("“", start, end)
    other = curly >= 0 and not 0 <= opened < curly
    return curly if other and not 0 <= closing < curly else closing


def _single_closing(text: str, start: int, end: int) -> int:
    """Return where a quotation in single marks closes; -1 if it does not: the closing mark is an apostrophe as well.

    One within a word is not it; one after an s may be a plural's (the farmers’ wives), and is where no other is.
    """
    until = text.find("‘", start, end)
    marks = [match.start() for match in _SINGLE.finditer(text, start, until if until >= 0 else end)]
    return next((at for at in marks if text[at - 1] != "s"), marks[0] if marks else -1)


_CLOSES = {'"': '"', "“": "”", "«": "»", "''": "''", "‘": "’"}
_STRAIGHT = ('"', "''")
_MARKS = re.compile(r"\"|“|«|''|(?<!\w)‘(?=\w)|”")
_SINGLE = re.compile(r"’(?!\w)")
_CLOSING = re.compile(r"[.,!?…](?:\"|'')(?:\s|\Z)")


def _passage(text: str, span: Span, quotes: list[tuple[int, int]]) -> TextPassage:
    matches = list(_TOKEN.finditer(text, span.start, span.end))
    words = [match[0] for match in matches]
    starts = [match.start() for match in matches]
    inside = [False] * len(words)
    held = []
    for start, end in quotes:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        inside[first:last] = [True] * (last - first)
        held.append((first, last))
    return TextPassage(
        span,
        words,
        [word if word == "WHO" else word.lower() for word in words],
        starts,
        [match.end() for match in matches],
        held,
        inside,
    )
