"""Which sets of words have most of their words in common, out of more sets than fit into memory.

Two sets share at least the part `least` of all their words only if they share one of the first words of each, where
words stand in one order, rarest first, and of n words the first n - ceil(least * n) + 1 count (prefix filtering:
Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007). The sets come smallest first, so that of those that
came before even fewer words count. What stands behind the words that two were found to share says how much they can
share at most (after Xiao, Wang, Lin, Yu and Wang 2011). So each set is compared with few others, and none that belongs
to it is left out, but for what is said at `COMMON`.

Nothing is sorted that grows with the sets: SQLite would do that in memory.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from .scratch import scratch_database

COMMON = 300
"""Sets that have a word, beyond which it leads to none: it says too little. Sets of the same words meet in any case."""

SLACK = 1e-9
"""What a product of decimals may be too large by."""

TABLES = (
    "CREATE TABLE named (id INTEGER PRIMARY KEY, owner INTEGER, name TEXT, first INTEGER)",
    """CREATE TABLE wordset (
      id INTEGER PRIMARY KEY, owner INTEGER, size INTEGER, words TEXT, UNIQUE (words, owner)
    )""",
    "CREATE INDEX wordset_size ON wordset (size)",
    "CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT UNIQUE, often INTEGER)",
    "CREATE TABLE numbered (id INTEGER PRIMARY KEY, owner INTEGER, words BLOB)",
    "CREATE TABLE lead (word INTEGER PRIMARY KEY, sets BLOB)",
    """CREATE TABLE nearest (
      id INTEGER, owner INTEGER, other INTEGER, same INTEGER, whole INTEGER, PRIMARY KEY (id, owner)
    ) WITHOUT ROWID""",
    "CREATE TABLE pair (a INTEGER, b INTEGER, same INTEGER, whole INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
)
"""The sets as they came, those of the same words of one owner once, the words and how many sets have them, the sets as
numbers of words, the sets that a word leads to (their numbers and bits in turn), and what was found."""

_NUMBERS = "SELECT often << 32 | word.id FROM json_each(?) CROSS JOIN word ON word.word = value"
"""The numbers of words, which are in the order of how rare they are."""

_LED_TO = "SELECT word, sets FROM json_each(?) CROSS JOIN lead ON word = value"
_NEAR = "SELECT n.id, owner, words FROM json_each(?) CROSS JOIN numbered n ON n.id = value WHERE owner <> ?"

_NEARER = """
INSERT INTO nearest VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET other = excluded.other, same = excluded.same, whole = excluded.whole
WHERE (excluded.same * whole, other) > (same * excluded.whole, excluded.other)"""

Pair = tuple[int, str, int, str, int, int]
"""Two sets by their owners and names, how many words are in both, and how many in either."""


class WordSetJoin:
    """Sets of words, each of an owner, kept in a scratch database; close it when done."""

    def __init__(self) -> None:
        self._db = scratch_database()
        for sql in TABLES:
            self._db.execute(sql)
        self._db.execute("BEGIN")
        self._size = 0

    def close(self) -> None:
        """Drop it."""
        self._db.close()

    def add(self, owner: int, name: str, words: frozenset[str]) -> None:
        """Add a set under its name."""
        ordered = sorted(words)
        spelt = json.dumps(ordered)
        found = self._db.execute("SELECT id FROM wordset WHERE words = ? AND owner = ?", (spelt, owner)).fetchone()
        first = found[0] if found else self._size
        self._db.execute("INSERT INTO named VALUES (?, ?, ?, ?)", (self._size, owner, name, first))
        self._size += 1
        if found is None:
            self._db.execute("INSERT INTO wordset VALUES (?, ?, ?, ?)", (first, owner, len(ordered), spelt))
            counted = "INSERT INTO word (word, often) VALUES (?, 1) ON CONFLICT DO UPDATE SET often = often + 1"
            self._db.executemany(counted, ((word,) for word in ordered))

    def pairs(self, least: float) -> Iterator[Pair]:
        """Yield the pairs of sets of different owners that share so much: of each, the nearest one of each owner.

        Of equally near ones it is the one that was added first. A pair is there if either set has no nearer one of the
        other's owner; it comes once, the set that was added first before the other, and in that order.
        """
        for number, owner, other, other_owner, same, whole in self._close(least):
            self._db.execute(_NEARER, (number, other_owner, other, same, whole))
            self._db.execute(_NEARER, (other, owner, number, same, whole))
        self._db.execute(
            "INSERT OR IGNORE INTO pair SELECT min(named.id, other), max(named.id, other), same, whole "
            "FROM named CROSS JOIN nearest ON nearest.id = first"
        )
        yield from self._db.execute(
            "SELECT x.owner, x.name, y.owner, y.name, same, whole FROM pair "
            "CROSS JOIN named x ON x.id = a CROSS JOIN named y ON y.id = b ORDER BY a, b"
        )

    def _close(self, least: float) -> Iterator[tuple[int, int, int, int, int, int]]:
        """Yield the pairs of sets of different owners that share so much, each once."""
        part = least / (1 + least)  # of the words of both, counted twice where in both, this is in both
        sets = "SELECT id, owner, size, words FROM wordset WHERE size > 0 ORDER BY size, id"
        for number, owner, size, spelt in self._db.execute(sets):
            words = array("Q", sorted(word for (word,) in self._db.execute(_NUMBERS, (spelt,))))
            rare = bisect_left(words, (COMMON + 1) << 32)
            leads: Sequence[int] = words[: min(rare, leading(size, least))] or [self._same_words(spelt)]
            led = {lead: array("Q", packed) for lead, packed in self._db.execute(_LED_TO, (json.dumps([*leads]),))}
            mine, bits, apart = set(words), bits_of(words), int(2 * size * (1 - 2 * part) + SLACK)
            for other, other_owner, packed in self._near(led.values(), owner, bits, apart):
                same = len(mine.intersection(array("Q", packed)))
                whole = size + len(packed) // words.itemsize - same
                if same >= least * whole - SLACK:
                    yield number, owner, other, other_owner, same, whole
            self._db.execute("INSERT INTO numbered VALUES (?, ?, ?)", (number, owner, words.tobytes()))
            this, none = array("Q", (number, bits)), array("Q")
            rows = ((lead, led.get(lead, none) + this) for lead in leads[: leading(size, 2 * part)])
            self._db.executemany("INSERT OR REPLACE INTO lead VALUES (?, ?)", rows)

    def _near(self, led: Iterable[array[int]], owner: int, bits: int, apart: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield (number, owner, words) of the sets of others that differ in so many bits at most."""
        near = {
            other
            for sets in led
            for other, theirs in zip(sets[::2], sets[1::2], strict=True)
            if (bits ^ theirs).bit_count() <= apart
        }
        yield from self._db.execute(_NEAR, (json.dumps([*near]), owner))

    def _same_words(self, spelt: str) -> int:
        """Return a number that only sets of just these words have, and no word."""
        return -1 - int(self._db.execute("SELECT min(id) FROM wordset WHERE words = ?", (spelt,)).fetchone()[0])


def bits_of(words: Iterable[int]) -> int:
    """Return the bits that numbers of words set, of 64: two sets differ in at least as many words as bits."""
    bits = 0
    for word in words:
        bits |= 1 << (word & 63)
    return bits


def leading(size: int, least: float) -> int:
    """Return how many of its first words a set of so many is found by."""
    return size - ceil(least * size - SLACK) + 1
