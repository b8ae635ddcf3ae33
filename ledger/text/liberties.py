"""The words of a text as a quotation has them, where a house, an editor or a reader of print changed some.

Word is set beside word. What differs is changed in the text if a liberty is known that makes one of the other, and is
left as it is if none is: then the quotation does not stand there. So similarity only says where to look, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from attrs import frozen

from . import house, slips
from .likeness import aligned, likest
from .marks import Part, flat, is_saying, keys, stem
from .operators import limits
from .tokens import Token, Tokens, spelt

FEWEST_PER_SLIP = 6
"""Words of a quotation for each slip but the first."""

MOST_TOGETHER = 4
"""Words that one liberty makes of others."""

LONGEST_BLOCK = 40
"""Words in a row that differ and are looked at."""

MARGIN = 60
"""Tokens around the place that are kept, for what stands around a quotation."""


class Liberty(IntEnum):
    """Who changed a word, the graver the greater: an editor who marked it, a house's style, nobody who meant to."""

    MARKED = 1
    STYLE = 2
    SLIP = 3


@frozen
class TokenChange:
    """A liberty that was taken: tokens `first` to `end` of the text became `tokens`; `note` says it in words."""

    liberty: Liberty
    first: int
    end: int
    tokens: tuple[Token, ...]
    note: str


@frozen
class Mended:
    """A stretch of a text with some words as a quotation has them, and the changes that were made for it."""

    tokens: Tokens
    changes: tuple[TokenChange, ...]


def mended(parts: Sequence[Part], source: Tokens) -> Mended | None:
    """Return the place that is most like a quotation, with the liberties taken; None where none is known."""
    found: dict[int, TokenChange] = {}
    windows = []
    words = 0
    for part in parts:
        row = flat([part])
        window = likest(keys(row), source)
        words += len(row)
        if window is None:
            continue
        windows.append(window)
        for change in _changes(part, row, source, window):
            found.setdefault(change.first, change)
    changes = _apart(sorted(found.values(), key=lambda one: one.first))
    slipped = sum(one.liberty is Liberty.SLIP and bool(one.tokens) for one in changes)
    if not changes or slipped > 1 + words // FEWEST_PER_SLIP:
        return None
    low = max(0, min(window[0] for window in windows) - MARGIN)
    high = min(len(source), max(window[1] for window in windows) + MARGIN)
    tokens: list[Token] = []
    at = low
    for change in changes:
        tokens += [*source.tokens[at : change.first], *change.tokens]
        at = change.end
    return Mended(source.recast([*tokens, *source.tokens[at:high]]), tuple(changes))


def interrupted(parts: Sequence[Part], source: Tokens) -> bool:
    """Return whether a text has words among those of a quotation that it has not: then its layout may be to blame."""
    row = keys(flat(parts))
    window = likest(row, source)
    if window is None:
        return True
    codes = aligned(row, source, window)[1]
    ends = [code for code in (codes[0], codes[-1]) if code[0] == "insert"]
    return any(d - c > b - a for kind, a, b, c, d in codes if (kind, a, b, c, d) not in ends)


def _apart(changes: Sequence[TokenChange]) -> list[TokenChange]:
    kept: list[TokenChange] = []
    for change in changes:
        if not kept or change.first >= kept[-1].end:
            kept.append(change)
    return kept


def _changes(part: Part, row: Sequence[Token], source: Tokens, window: tuple[int, int]) -> Iterator[TokenChange]:
    """Yield the liberties taken with a part, set beside the stretch of the text that is most like it."""
    breaks, at = set[int](), 0
    for tokens in part.rows[:-1]:
        at += len(tokens)
        breaks.add(at)
    low, codes = aligned(keys(row), source, window)
    for number, (kind, a, b, c, d) in enumerate(codes):
        if kind == "equal" or b - a > LONGEST_BLOCK:
            continue
        head, tail = number == 0, number == len(codes) - 1
        if kind == "insert" and (head or tail):
            continue
        first, end = low + c, low + d
        if kind != "insert" and head:
            first = max(first, end - 2 * (b - a) - 1)
        if kind != "insert" and tail:
            end = min(end, first + 2 * (b - a) + 1)
        if end - first <= LONGEST_BLOCK:
            block = _Block(row[a:b], source, first, end, frozenset(one - a for one in breaks), head=head, tail=tail)
            yield from block.changes() or ()


class _Block:
    """Words of a quotation and of the text that stand at one place and differ."""

    def __init__(
        self, mine: Sequence[Token], source: Tokens, first: int, end: int, breaks: frozenset[int],
        *, head: bool, tail: bool,
    ) -> None:  # fmt: skip
        self.mine, self.source, self.first, self.end = mine, source, first, end
        self._skips = breaks | ({0} if head else set()) | ({len(mine)} if tail else set())
        self._inner = not (head or tail)
        self._best = lru_cache(maxsize=None)(self._find)

    def changes(self) -> tuple[TokenChange, ...] | None:
        """Return the liberties that make all of one out of the other; None where some word has none."""
        found = self._best(0, self.first)
        return None if found is None else found[1]

    def _find(self, i: int, j: int) -> tuple[int, tuple[TokenChange, ...]] | None:
        if i == len(self.mine) and (j == self.end or i in self._skips):
            return 0, ()
        ways = []
        for i2, j2, change in self._steps(i, j):
            rest = self._best(i2, j2)
            if rest is not None:
                cost = 10 ** int(change.liberty) if change else 0
                ways.append((cost + rest[0], ((change,) if change else ()) + rest[1]))
        return min(ways, key=lambda way: way[0], default=None)

    def _steps(self, i: int, j: int) -> Iterator[tuple[int, int, TokenChange | None]]:
        tokens = self.source.tokens
        if j < self.end:
            if i in self._skips:
                yield i, j + 1, None
            written = tokens[j].written
            if tokens[j].key in slips.FILLERS:
                yield i, j + 1, TokenChange(Liberty.SLIP, j, j + 1, (), f"“{written}” is left out")
            if i < len(self.mine) and self.mine[i].key == tokens[j].key:
                yield i + 1, j + 1, None
        for i2 in range(i + 1, min(len(self.mine), i + MOST_TOGETHER) + 1):
            if self._inner and is_saying(self.mine[i:i2]):
                said = spelt(self.mine[i:i2])
                made = self._made(i, i2, j, j)
                yield i2, j, TokenChange(Liberty.STYLE, j, j, made, f"“{said}” is the writer's")
            for j2 in range(j + 1, min(self.end, j + MOST_TOGETHER) + 1):
                change = self._taken(i, i2, j, j2)
                if change is not None:
                    yield i2, j2, change

    def _taken(self, i: int, i2: int, j: int, j2: int) -> TokenChange | None:
        """Return the liberty that makes some words of others; None where none does."""
        mine, theirs = [one.key for one in self.mine[i:i2]], self.source.keys[j:j2]
        said = spelt(self.mine[i:i2])
        written = self.source.written(j, j2)
        made = self._made(i, i2, j, j2)
        if len(mine) == len(theirs) == 1 and (begun := stem(self.mine[i])):
            if theirs[0].startswith(begun) and len(theirs[0]) <= len(begun) + MOST_TOGETHER and not limits(theirs[0]):
                return TokenChange(Liberty.MARKED, j, j2, made, f"“{said}” stands for “{written}”")
            return None
        liberty = house.same(mine, theirs)
        if liberty is not None:
            return TokenChange(Liberty.STYLE, j, j2, made, f"“{said}” stands for “{written}” ({liberty})")
        if slips.parted(mine, theirs) or (len(mine) == 1 and self._is_misread(mine[0], j, j2)):
            return TokenChange(Liberty.SLIP, j, j2, made, f"“{said}” stands where the text has “{written}”")
        return None

    def _is_misread(self, mine: str, j: int, j2: int) -> bool:
        """Return whether some tokens of the text that stand without a space between them are one word, misread."""
        tokens, places = self.source.tokens[j:j2], self.source.places
        if any(left.end != right.start for left, right in pairwise(tokens)):
            return False
        theirs = "".join(token.key for token in tokens)
        return slips.misread(mine, theirs, len(places.get(mine, ())), len(places.get(theirs, ())))

    def _made(self, i: int, i2: int, j: int, j2: int) -> tuple[Token, ...]:
        """Return words of the quotation as tokens of the text, standing where those do that they are made of."""
        tokens = self.source.tokens
        if i2 - i == j2 - j:
            return tuple(
                Token(mine.key, theirs.written, theirs.start, theirs.end)
                for mine, theirs in zip(self.mine[i:i2], tokens[j:j2], strict=True)
            )
        start = tokens[j].start if j < j2 else tokens[j - 1].end if j else 0
        end = tokens[j2 - 1].end if j < j2 else start
        return tuple(Token(mine.key, mine.written, start, end) for mine in self.mine[i:i2])
