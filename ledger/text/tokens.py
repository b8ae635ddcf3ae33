"""A text as the row of its words, figures and signs, each with the way back to where it stands.

Two texts that were typed or set differently have the same tokens: capitals, quotation marks, dashes and stops are
none. Signs that change a figure are: a currency, a percent sign, a minus. A word that was broken at the end of a line
("govern-" / "ment") is one token, and remembers its two halves: it may have been a compound. Where a script sets no
space between words, and in Korean, where particles stick to them, each letter is a token.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from .layout import orders
from .normal import normalise
from .once import read_once
from .scripts import HANGUL, SIGNS, SPACELESS, dense
from .spans import Span

# An accent that has no letter of its own with its base, and the vowel signs of Indic scripts, are part of a word.
_SIGNED = r"(?: (?: (?![^\W\d_]) [\u0300-\u036f\u0900-\u0963\u0971-\u0de5] )+ [^\W\d_]* )*"


def _pattern(signed: str, letter: str = r"[^\W\d_]", alone: str = "(?!)") -> re.Pattern[str]:
    """Return the pattern of a token; what `alone` matches is one wherever it stands, and `letter` is none of that."""
    return re.compile(
        rf"""
          {alone}
        | (?P<abbreviation> (?<![^\W_]) [^\W\d_] (?:\.[^\W\d_])+ (?!\w) \.? )
        | (?: (?<![^\s(\["'$£€-]) \. )? \d+ (?: [.,:](?=\d) \d+ )*
        | {letter}+ {signed} (?: ' (?=[^\W\d_]) {letter}+ {signed} )*
        | (?P<minus> (?<![^\s(\["']) - (?=[\d$£€.]) )
        | [%‰$£€¥₹₽₩₺₪₴¢°\#&@+=<>±×÷≤≥≠≈¼½¾⅓⅔⅛⅜⅝⅞²³√∞]
        """,
        re.VERBOSE,
    )


_TOKEN, _RICH = _pattern(""), _pattern(_SIGNED)


@lru_cache
def _dense_pattern() -> re.Pattern[str]:
    """Return the pattern of tokens of which some are single letters."""
    letters = SPACELESS + HANGUL
    return _pattern(_SIGNED, rf"(?:(?![{letters}])[^\W\d_])", rf"[{letters}][{SIGNS}]*")


# The marks of notes, [3], are no words of the text; nor does a bracket of its own make one.
_NOTE = re.compile(r"(?<=[^\s\[(])\[(?:\d{1,3}|[a-z]|note \d{1,3})\]|(?<=[.!?\"”’)] )\[\d{1,3}\](?=\s|\Z)")
_BREAK = re.compile(r"[-‐\u00ad][ \t]*(?:\r\n|[\r\n\f])\s*")
_SEPARATOR = "\n"


class Token(NamedTuple):
    """A word, figure or sign in comparable form (`key`), as it is written, and where."""

    key: str
    written: str
    start: int
    end: int


class Tokens:
    """The tokens of a text in one order of reading.

    `keys` are what is compared. `read` is the text in that order, which the offsets of tokens count in; `span` leads
    from tokens to the text as it was given. `halves` gives, for a word that was broken at the end of a line, its two
    parts; `tag` is the language of the text, where it is known.
    """

    def __init__(self, text: str, order: Sequence[Span] = (), tag: str | None = None) -> None:
        self.text, self.tag = text, tag
        self.read = "\n".join(text[one.start : one.end] for one in order) if order else text
        self._order = tuple(order)
        self._starts = [0, *accumulate(one.end - one.start + 1 for one in order)]
        self.halves: dict[int, tuple[Token, Token]] = {}
        self.tokens = self._joined(read(self.read))

    def __len__(self) -> int:
        return len(self.tokens)

    def __repr__(self) -> str:
        return f"<{len(self)} tokens>"

    @cached_property
    def keys(self) -> list[str]:
        """Return the tokens in comparable form."""
        return [token.key for token in self.tokens]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each key stands, in order."""
        places: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            places.setdefault(key, []).append(at)
        return places

    @cached_property
    def _row(self) -> tuple[str, list[int]]:
        """Return the keys as one string, and where in it each begins."""
        offsets = list(accumulate((len(key) + 1 for key in self.keys), initial=0))
        return _SEPARATOR + _SEPARATOR.join(self.keys) + _SEPARATOR, offsets

    @property
    def readings(self) -> Iterator[Tokens]:
        """Yield the text as it may have to be read: as it stands, then without what is the page's, down its columns."""
        yield self
        yield from self._others

    @cached_property
    def _others(self) -> tuple[Tokens, ...]:
        return tuple(Tokens(self.text, order, self.tag) for order in orders(self.text))

    def runs(self, keys: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield where these keys stand in a row, from token `start` on, whole before token `end`."""
        end = len(self) if end is None else min(end, len(self))
        if not keys or start + len(keys) > end or any(key not in self.places for key in keys):
            return
        row, offsets = self._row
        needle = _SEPARATOR + _SEPARATOR.join(keys) + _SEPARATOR
        at = row.find(needle, offsets[start], offsets[end] + 1)
        while at >= 0:
            yield bisect_right(offsets, at) - 1
            at = row.find(needle, at + 1, offsets[end] + 1)

    def last_run(self, keys: Sequence[str], start: int, end: int) -> int | None:
        """Return where these keys stand last in a row between two tokens."""
        row, offsets = self._row
        at = row.rfind(_SEPARATOR + _SEPARATOR.join(keys) + _SEPARATOR, offsets[max(0, start)], offsets[end] + 1)
        return bisect_right(offsets, at) - 1 if at >= 0 else None

    def span(self, first: int, end: int) -> Span:
        """Return where tokens `first` to `end` (exclusive) stand in the text as it was given."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        if not self._order:
            return Span(start, stop)
        low, high = (bisect_right(self._starts, at) - 1 for at in (start, stop - 1))
        pieces = self._order[low : high + 1]
        opening = self._order[low].start + start - self._starts[low]
        closing = self._order[high].start + stop - self._starts[high]
        if low == high:
            return Span(opening, closing)
        return Span(min(opening, *(one.start for one in pieces[1:])), max(closing, *(one.end for one in pieces[:-1])))

    def between(self, at: int) -> str:
        """Return what is written between token `at - 1` and token `at`; at the ends, up to the text's."""
        start = self.tokens[at - 1].end if at else 0
        return self.read[start : self.tokens[at].start if at < len(self) else len(self.read)]

    def written(self, first: int, end: int) -> str:
        """Return the words from token `first` to `end` as they stand, with what is between them, on one line."""
        if first >= end:
            return ""
        return " ".join(self.read[self.tokens[first].start : self.tokens[end - 1].end].split())

    def split_where(self, keys: Sequence[str]) -> Tokens | None:
        """Return the text with those broken words in two that `keys` have in two; None if there are none."""
        if not self.halves:
            return None
        wanted = set(pairwise(keys))
        apart = {at for at, (left, right) in self.halves.items() if (left.key, right.key) in wanted}
        if not apart:
            return None
        return self.recast(
            [one for at, token in enumerate(self.tokens) for one in (self.halves[at] if at in apart else (token,))]
        )

    def recast(self, tokens: Sequence[Token]) -> Tokens:
        """Return this text in the same order of reading with other tokens, or with some of its own."""
        made = Tokens.__new__(Tokens)
        made.text, made.read, made._order, made._starts = self.text, self.read, self._order, self._starts
        made.tag = self.tag
        made.tokens, made.halves = list(tokens), {}
        return made

    def _joined(self, tokens: Sequence[Token]) -> list[Token]:
        joined: list[Token] = []
        for token in tokens:
            if joined and self._is_broken(joined[-1], token):
                left = joined[-1]
                self.halves[len(joined) - 1] = (left, token)
                joined[-1] = Token(left.key + token.key, left.written + token.written, left.start, token.end)
            else:
                joined.append(token)
        return joined

    def _is_broken(self, left: Token, right: Token) -> bool:
        """Return whether two tokens are the halves of one word that was broken at the end of a line."""
        if self.read[left.end : left.end + 1] not in ("-", "‐", "\u00ad"):
            return False
        if not (left.key[-1:].isalpha() and right.written[:1].islower()):
            return False
        return _BREAK.fullmatch(self.read, left.end, right.start) is not None


def tokens_of(text: str | Tokens, tag: str | None = None) -> Tokens:
    """Return the tokens of a text, in the language of a tag."""
    if isinstance(text, Tokens):
        return text
    return _read(text, None if tag is None or tag.partition("-")[0] == "en" else tag)


@read_once
def _read(text: str, tag: str | None) -> Tokens:
    return Tokens(text, tag=tag)


def spelt(tokens: Sequence[Token]) -> str:
    """Return tokens as they are written, with a space between two unless they are letters that stood side by side."""
    pieces = [
        " " * bool(at and not (left.end == right.start and dense(right.key[:1]))) + right.written
        for at, (left, right) in enumerate(pairwise([Token("", "", -1, -1), *tokens]))
    ]
    return "".join(pieces)


def read(text: str) -> list[Token]:
    """Return the tokens of a text, those broken at the end of a line in two."""
    if "[" in text:
        text = _NOTE.sub(lambda note: " " * len(note[0]), text)
    if text.isascii() and "`" not in text and "--" not in text:
        return [_token(match, match.start(), match.end()) for match in _TOKEN.finditer(text)]
    normal = normalise(text)
    pattern = _TOKEN if normal.text.isascii() else _dense_pattern() if dense(normal.text) else _RICH
    return [_token(match, *normal.ends_of(*match.span())) for match in pattern.finditer(normal.text)]


def _token(match: re.Match[str], start: int, end: int) -> Token:
    written = match[0]
    key = written.replace(".", "") if match.lastgroup == "abbreviation" else written
    return Token(key.lower(), written, start, end)
