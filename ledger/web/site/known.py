"""The addresses that a site has, in a list on disk: there are some eight for each claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import attrs

from ...store import scratch_database
from .addresses import Family

SCHEMA = "CREATE TABLE page (address TEXT PRIMARY KEY, family INTEGER, name TEXT)"

ASKED_AGAIN = 4_096
"""Addresses of which is remembered whether they are on the list: pages that all others lead to are asked for often."""


@attrs.frozen
class Page:
    """A page of the list: its address, its kind, and what it is of."""

    address: str
    family: Family
    name: str


class KnownPages:
    """The pages that a ledger's site has, in the order of their families, and the addresses of what lies `beside`."""

    def __init__(self, families: Sequence[Family], db: Any, *, beside: Iterable[str] = ()) -> None:
        self._families = families
        self._list = scratch_database(SCHEMA)
        pages = (
            (address, number, name) for number, family in enumerate(families) for address, name in family.addresses(db)
        )
        self._list.executemany("INSERT OR IGNORE INTO page VALUES (?, ?, ?)", pages)
        self._list.executemany("INSERT OR IGNORE INTO page (address) VALUES (?)", ((one,) for one in beside))
        self._has = lru_cache(ASKED_AGAIN)(self._look_up)

    def close(self) -> None:
        self._list.close()

    def __contains__(self, address: object) -> bool:
        return self._has(address)

    def __iter__(self) -> Iterator[Page]:
        made = "SELECT address, family, name FROM page WHERE family IS NOT NULL ORDER BY rowid"
        for address, number, name in self._list.execute(made):
            yield Page(address, self._families[number], name)

    def in_order(self) -> Iterator[str]:
        """Yield all addresses, sorted."""
        return (address for (address,) in self._list.execute("SELECT address FROM page ORDER BY address"))

    def _look_up(self, address: object) -> bool:
        return self._list.execute("SELECT 1 FROM page WHERE address = ?", (address,)).fetchone() is not None
