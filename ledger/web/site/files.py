"""Which files a site has: those that it had and those that it is to have, none of them held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ...store import scratch_database

SCHEMA = """
CREATE TABLE had (name TEXT PRIMARY KEY, address TEXT, digest TEXT, size INTEGER) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, address TEXT, digest TEXT, size INTEGER, fresh INTEGER) WITHOUT ROWID;
CREATE INDEX had_address ON had (address);
"""


@attrs.frozen
class SiteFile:
    """A file: its name, the address that it was made of ("" of none), the SHA-256 of its bytes, and their number."""

    name: str
    address: str
    digest: str
    size: int


class SiteFiles:
    """The files of a site by their names: those it had before, and those of now.

    What it had is what may be replaced or removed, and more than a manifest lists where a run was cut off.
    """

    def __init__(self) -> None:
        self._db = scratch_database(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def remember(self, had: Iterable[SiteFile]) -> None:
        """Say what the site had; what is known of a file already stays."""
        self._db.executemany("INSERT OR IGNORE INTO had VALUES (?, ?, ?, ?)", map(attrs.astuple, had))

    def add(self, file: SiteFile, *, fresh: bool) -> None:
        """Let the site have a file; a fresh one waits to take its place."""
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", (*attrs.astuple(file), fresh))

    def __iter__(self) -> Iterator[SiteFile]:
        """Yield what the site is to have, in the order of names."""
        return self._files("file ORDER BY name")

    def __len__(self) -> int:
        return self._count("file")

    @property
    def fresh(self) -> int:
        """How many of the files wait to take their places."""
        return self._count("file WHERE fresh")

    def lacking(self, name: str, beside: str) -> Iterator[SiteFile]:
        """Yield the files of this name, in any folder, beside which there is none of the other name."""
        ours, theirs = f"/{name}", f"/{beside}"
        return self._files(
            "file AS one WHERE substr(name, -length(?1)) = ?1 AND NOT EXISTS (SELECT 1 FROM file AS other"
            " WHERE other.name = substr(one.name, 1, length(one.name) - length(?1)) || ?2) ORDER BY name",
            ours,
            theirs,
        )

    def waiting(self) -> Iterator[str]:
        """Yield the names of these."""
        return self._names("SELECT name FROM file WHERE fresh")

    def before(self) -> Iterator[SiteFile]:
        """Yield what the site had."""
        return self._files("had")

    def had(self, name: str) -> SiteFile | None:
        """Return a file as the site had it."""
        return next(self._files("had WHERE name = ?", name), None)

    def had_of(self, address: str) -> list[SiteFile]:
        """Return the files that the site had of an address."""
        return list(self._files("had WHERE address = ?", address))

    def addresses_below(self, path: str) -> list[str]:
        """Return the addresses of which the site had files that begin so."""
        return list(self._names("SELECT DISTINCT address FROM had WHERE substr(address, 1, ?) = ?", len(path), path))

    def gone(self) -> Iterator[str]:
        """Yield the names of what the site had and is not to have."""
        return self._names("SELECT name FROM had EXCEPT SELECT name FROM file")

    def ours(self) -> Iterator[str]:
        """Yield the names of what it had or is to have, in order."""
        return self._names("SELECT name FROM had UNION SELECT name FROM file ORDER BY name")

    def _files(self, which: str, *given: str) -> Iterator[SiteFile]:
        found = self._db.execute(f"SELECT name, address, digest, size FROM {which}", given)
        return (SiteFile(*row) for row in found)

    def _names(self, sql: str, *given: Any) -> Iterator[str]:
        return (name for (name,) in self._db.execute(sql, given))

    def _count(self, which: str) -> int:
        (count,) = self._db.execute(f"SELECT count(*) FROM {which}").fetchone()
        return int(count)
