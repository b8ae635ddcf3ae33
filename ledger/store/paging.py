"""A page of a longer list: the rows of that page alone, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from ..sqlite import sqlite3

Db = sqlite3.Connection
Row = dict[str, Any]
T = TypeVar("T")
U = TypeVar("U")

EACH = 25
"""Lines on one page of a list."""

STANDS = "('current', 'corrected')"
"""The standings of what still counts, as SQL."""


@attrs.frozen
class ListPage(Generic[T]):
    """One page of a list: its items, its number (from 1), how many items there are in all, and a page's most."""

    items: tuple[T, ...]
    number: int = 1
    total: int = 0
    each: int = EACH

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.each))

    @property
    def first(self) -> int:
        """The place of its first item in the whole list, from 1; 0 of an empty list."""
        return (self.number - 1) * self.each + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The place of its last item in the whole list."""
        return self.first + len(self.items) - 1 if self.items else 0

    def each_as(self, make: Callable[[T], U]) -> ListPage[U]:
        """Return the same page with something else in the place of each item."""
        return ListPage(tuple(map(make, self.items)), self.number, self.total, self.each)


def page_of(items: Sequence[T], number: int, each: int | None = EACH) -> ListPage[T]:
    """Return one page of a list that is at hand, or all of it for `each` None; the nearest where there is none."""
    most = each or max(len(items), 1)
    number = nearest(number, len(items), most)
    return ListPage(tuple(items[(number - 1) * most : number * most]), number, len(items), most)


def nearest(number: int, total: int, each: int = EACH) -> int:
    """Return the number of the page of so many lines that is nearest to the one asked for."""
    return min(max(number, 1), max(1, -(-total // each)))


def paged(
    db: Db,
    columns: str,
    source: str,
    given: Sequence[Any] | Mapping[str, Any],
    order: str,
    number: int,
    *,
    counted: str = "",
    ahead: str = "",
    total: int | None = None,
    each: int | None = EACH,
) -> ListPage[Row]:
    """Return a page of `SELECT columns FROM source ORDER BY order`, or all of it for `each` None.

    `counted` is what holds as many rows as `source` where that joins more than it counts, `total` how many these are
    where that is known; `ahead` stands before both.
    """
    if total is None:
        (total,) = db.execute(f"{ahead} SELECT count(*) FROM {counted or source}", given).fetchone()
    most = each or max(total, 1)
    if not total:
        return ListPage((), each=most)
    number = nearest(number, total, most)
    cursor = db.execute(
        f"{ahead} SELECT {columns} FROM {source} ORDER BY {order} LIMIT {most:d} OFFSET {(number - 1) * most:d}", given
    )
    return ListPage(tuple(rows_of(cursor)), number, total, most)


def rows_of(cursor: sqlite3.Cursor) -> Iterator[Row]:
    """Return what a query found, each row by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
