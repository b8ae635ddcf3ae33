"""Which sets of words have most of their words in common, out of more sets than fit into memory.

Two sets share at least the part `least` of all their words only if they share one of the first words of each, where
words stand in one order, rarest first, and of n words the first n - ceil(least * n) + 1 count (prefix filtering:
Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007). So each set is compared with few others, and none
that belongs to it is left out, but for what is said at `COMMON`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from ..sqlite import sqlite3

COMMON = 300
"""Sets that have a word, beyond which it leads to none: it says too little. Sets of the same words meet in any case."""

SLACK = 1e-9
"""What a product of decimals may be too large by."""

_MEETING = """
SELECT DISTINCT other.id, other.owner, other.words FROM first mine
  JOIN first theirs ON theirs.word = mine.word AND theirs.id > mine.id JOIN wordset other ON other.id = theirs.id
WHERE mine.id = ? AND other.owner > ? AND other.size BETWEEN ? AND ? ORDER BY other.id"""

Pair = tuple[int, str, int, str, int, int]
"""Two sets by their owners and names, how many words are in both, and how many in either."""


class WordSetJoin:
    """Sets of words, each of an owner, kept in a database without a name; close it when done."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(
            "CREATE TABLE wordset (id INTEGER PRIMARY KEY, owner INTEGER, name TEXT, size INTEGER, words TEXT)"
        )
        self._db.execute("CREATE TABLE held (word TEXT, id INTEGER)")
        self._db.execute("BEGIN")
        self._size = 0

    def close(self) -> None:
        """Drop it."""
        self._db.close()

    def add(self, owner: int, name: str, words: Iterable[str]) -> None:
        """Add a set under its name; owners come in rising order."""
        ordered, number = sorted(words), self._size
        self._db.execute(
            "INSERT INTO wordset VALUES (?, ?, ?, ?, ?)", (number, owner, name, len(ordered), "\n".join(ordered))
        )
        self._db.executemany("INSERT INTO held VALUES (?, ?)", ((word, number) for word in ordered))
        self._size += 1

    def pairs(self, least: float) -> Iterator[Pair]:
        """Yield the pairs of sets of different owners that share so much: of each, the nearest one of each owner.

        Of equally near ones it is the one that was added first. A pair is there if either set has no nearer one of the
        other's owner; it comes once, the set that was added first before the other, and in that order.
        """
        self._order(least)
        self._db.execute(
            "CREATE TABLE pair (a INTEGER, b INTEGER, a_owner INTEGER, b_owner INTEGER, same INTEGER, whole INTEGER)"
        )
        for found in self._close(least):
            self._db.execute("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?)", found)
        near = "row_number() OVER (PARTITION BY {}, {} ORDER BY CAST(same AS REAL) / whole DESC, {})"
        yield from self._db.execute(
            "SELECT x.owner, x.name, y.owner, y.name, same, whole FROM ("
            f"SELECT *, {near.format('a', 'b_owner', 'b')} AS to_b, {near.format('b', 'a_owner', 'a')} AS to_a "
            "FROM pair) JOIN wordset x ON x.id = a JOIN wordset y ON y.id = b WHERE to_b = 1 OR to_a = 1 ORDER BY a, b"
        )

    def _order(self, least: float) -> None:
        """Keep of each set the words by which it is found."""
        self._db.execute("CREATE TABLE often AS SELECT word, count(*) AS n FROM held GROUP BY word")
        self._db.execute("CREATE UNIQUE INDEX often_word ON often (word)")
        self._db.create_function("leading", 1, lambda size: leading(size, least), deterministic=True)
        self._db.execute(
            "CREATE TABLE first AS SELECT word, id FROM ("
            "SELECT h.word, h.id, o.n, s.size, row_number() OVER (PARTITION BY h.id ORDER BY o.n, h.word) AS place "
            "FROM held h JOIN often o ON o.word = h.word JOIN wordset s ON s.id = h.id"
            f") WHERE place <= leading(size) AND n <= {COMMON:d}"
        )
        self._db.execute("INSERT INTO first SELECT char(10) || words, id FROM wordset WHERE size > 0")
        self._db.execute("CREATE INDEX first_word ON first (word, id)")
        self._db.execute("CREATE INDEX first_id ON first (id, word)")
        self._db.execute("DROP TABLE held")

    def _close(self, least: float) -> Iterator[tuple[int, int, int, int, int, int]]:
        owners = self._db.execute("SELECT id, owner, size, words FROM wordset ORDER BY id")
        for number, owner, size, spelt in owners:
            words = set(spelt.split("\n"))
            bounds = (ceil(least * size - SLACK), int(size / least + SLACK))
            for other, other_owner, other_spelt in self._db.execute(_MEETING, (number, owner, *bounds)):
                theirs = set(other_spelt.split("\n"))
                same, whole = len(words & theirs), len(words | theirs)
                if same >= least * whole - SLACK:
                    yield number, other, owner, other_owner, same, whole


def leading(size: int, least: float) -> int:
    """Return how many of its first words a set of so many is found by."""
    return size - ceil(least * size - SLACK) + 1
