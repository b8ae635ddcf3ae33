"""A text as the row of its words, figures and signs, each with the way back to where it stands.

Two texts that were typed or set differently have the same tokens: capitals, quotation marks, dashes and stops are
none. Signs that change a figure are: a currency, a percent sign, a minus. A word that was broken at the end of a line
("govern-" / "ment") is one token, and remembers its two halves: it may have been a compound. Where columns were read
across, line by line, they are read down, one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .normal import normalise
from .spans import Span

_TOKEN = re.compile(
    r"""
      (?P<abbreviation> (?<![^\W_]) (?:[^\W\d_]\.){2,} )
    | \d+ (?: [.,:](?=\d) \d+ )*
    | [^\W\d_]+ (?: ' (?=[^\W\d_]) [^\W\d_]+ )*
    | (?P<minus> (?<![^\s(\["']) - (?=[\d$£€]) )
    | [%‰$£€¥°#&@+=<>½¼¾⅓⅔²³]
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"[-‐\u00ad][ \t]*(?:\r\n|\r|\n)\s*\Z")
_GUTTER = re.compile(r"(?<=\S)(?: {3,}|\t+ *)(?=\S)")
_FEWEST_LINES = 4
"""Lines in a row, each with a gap at one place, that are two columns."""

_SHARE_OF_GUTTERS = 0.8


class Token(NamedTuple):
    """A word, figure or sign in comparable form (`key`), as it is written, and where."""

    key: str
    written: str
    start: int
    end: int


class Tokens(Sequence[Token]):
    """The tokens of a text, with an index of where each stands.

    `keys` are what is compared. `halves` gives, for a word that was broken at the end of a line, its two parts.
    """

    def __init__(self, text: str, tokens: Sequence[Token] | None = None) -> None:
        self.text = text
        self.halves: dict[int, tuple[Token, Token]] = {}
        self._tokens = list(tokens) if tokens is not None else self._joined(_read(text))
        self.keys = [token.key for token in self._tokens]

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        return self._tokens[at]

    def __len__(self) -> int:
        return len(self._tokens)

    def __repr__(self) -> str:
        return f"<{len(self)} tokens>"

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Return where each key stands, in order."""
        places: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            places.setdefault(key, []).append(at)
        return places

    def runs(self, keys: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield where these keys stand in a row, from token `start` on, whole before token `end`."""
        if not keys:
            return
        end = len(self) if end is None else end
        rarest = min(range(len(keys)), key=lambda at: len(self.places.get(keys[at], ())))
        for place in self.places.get(keys[rarest], ()):
            first = place - rarest
            if start <= first and first + len(keys) <= end and self.keys[first : first + len(keys)] == keys:
                yield first

    def span(self, first: int, end: int) -> Span:
        """Return where tokens `first` to `end` (exclusive) stand in the text."""
        return Span(
            min(token.start for token in self._tokens[first:end]), max(token.end for token in self._tokens[first:end])
        )

    def between(self, at: int) -> str:
        """Return what is written between token `at - 1` and token `at`; at the ends, up to the text's."""
        start = self._tokens[at - 1].end if at else 0
        return self.text[start : self._tokens[at].start if at < len(self) else len(self.text)]

    def written(self, first: int, end: int) -> str:
        """Return tokens as they are written, one space between them."""
        return " ".join(token.written for token in self._tokens[first:end])

    def split_where(self, keys: Sequence[str]) -> Tokens | None:
        """Return the text with those broken words in two that `keys` have in two; None if there are none."""
        wanted = set(zip(keys, keys[1:], strict=False))
        apart = {at for at, (left, right) in self.halves.items() if (left.key, right.key) in wanted}
        if not apart:
            return None
        return Tokens(
            self.text,
            [one for at, token in enumerate(self._tokens) for one in (self.halves[at] if at in apart else (token,))],
        )

    def down_the_columns(self) -> Tokens | None:
        """Return the text with columns read down rather than across; None if it has none."""
        order = _columns(self.text)
        if not order:
            return None
        starts = [start for start, _ in order]
        position = {start: number for number, (start, _) in enumerate(sorted(order, key=lambda one: one[1]))}
        tokens = sorted(
            (token for token in _read(self.text)),
            key=lambda token: (position[starts[bisect_right(starts, token.start) - 1]], token.start),
        )
        made = Tokens(self.text, ())
        made._tokens = made._joined(tokens)
        made.keys = [token.key for token in made._tokens]
        return made

    def _joined(self, tokens: Sequence[Token]) -> list[Token]:
        joined: list[Token] = []
        for token in tokens:
            if joined and _is_broken(self.text, joined[-1], token):
                left = joined[-1]
                self.halves[len(joined) - 1] = (left, token)
                joined[-1] = Token(left.key + token.key, left.written + token.written, left.start, token.end)
            else:
                joined.append(token)
        return joined


def _is_broken(text: str, left: Token, right: Token) -> bool:
    """Return whether two tokens are the halves of one word that was broken at the end of a line (or of a column)."""
    if not (left.key[-1:].isalpha() and right.written[:1].islower()):
        return False
    if left.end <= right.start <= left.end + 200:
        gap = text[left.end : right.start]
        return bool(_BREAK.fullmatch(gap))
    tail = text[left.end : left.end + 2]
    return tail[:1] in "-‐\u00ad" and tail[1:].isspace() if tail else False


def _read(text: str) -> list[Token]:
    normal = normalise(text)
    found = []
    for match in _TOKEN.finditer(normal.text):
        written = match[0]
        key = written.replace(".", "") if match["abbreviation"] else written
        span = normal.span(*match.span())
        found.append(Token(key.lower() if not key.islower() else key, written, span.start, span.end))
    return found


def _columns(text: str) -> list[tuple[int, tuple[int, int, int]]]:
    """Return pieces of a text by their start, each with its place in the order of reading; nothing without columns."""
    pieces: list[tuple[int, tuple[int, int, int]]] = []
    block: list[tuple[int, str]] = []
    offset, found = 0, False
    for line in [*text.splitlines(keepends=True), ""]:
        if line.strip():
            block.append((offset, line))
        else:
            begin = block[0][0] if block else offset
            cut = _gutter([one for _, one in block])
            for start, one in block:
                gap = _gap_at(one, cut) if cut else None
                pieces.append((start, (begin, 0, start)))
                if gap is not None:
                    found = True
                    pieces.append((start + gap, (begin, 1, start)))
            pieces.append((offset, (offset, 0, offset)))
            block = []
        offset += len(line)
    return sorted(dict(reversed(pieces)).items()) if found else []


def _gutter(lines: Sequence[str]) -> int:
    """Return at which character the right-hand column of most lines begins; 0 if there is none."""
    if len(lines) < _FEWEST_LINES:
        return 0
    starts = [match.end() for line in lines for match in _GUTTER.finditer(line)]
    best = max(set(starts), key=starts.count, default=0)
    return best if best and starts.count(best) >= _SHARE_OF_GUTTERS * len(lines) else 0


def _gap_at(line: str, cut: int) -> int | None:
    return cut if len(line.rstrip()) > cut and line[:cut].rstrip() != line[:cut] else None
