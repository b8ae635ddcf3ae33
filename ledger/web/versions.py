"""Pages as they were: which point of the log a request asks for, and the ledger of then that answers it.

A claim's or a source's page is made of its own surroundings, in memory. What is
about many records is asked of a file that holds the whole ledger of then; the
last few files are kept for whoever asks next.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs

from .. import store
from ..errors import EnvironmentFault, InputError
from ..store import Ledger, queries
from ..views import words
from .asking import Asking
from .detect import DATABASE, ledger_path

HAVE_VERSIONS = re.compile(
    rf"/|/{DATABASE}/(claims|sources)/[^/.]+|/{DATABASE}/claims/[^/.]+\.(json|jsonld)|/-/ledger/(?!ver(sions|ify)/).+"
)
"""The pages that are made by `pages.ask`; Datasette's own tables show what is there today."""

MOST_FILES, MOST_BYTES = 4, 2_000_000_000
"""What is kept of the files of then; the newest stays however large it is."""

MOST_ENTRIES = 50_000
"""Entries of which a whole ledger of then is made: some half a millisecond of work each."""

RETRY_AFTER = "20"
"""Seconds after which whoever came while a file was being made may ask again."""


class NotMade(EnvironmentFault):
    """The whole ledger of then is not made: it is too large (400), or one is just being made for somebody (503)."""

    def __init__(self, message: str, *, hint: str, status: int) -> None:
        super().__init__(message, hint=hint)
        self.status = status


@attrs.frozen
class VersionLine:
    """Which version a page is: of how many entries, until when; its permanent address, and that of today's page."""

    size: int
    at: str
    address: str
    today: str

    @property
    def until(self) -> str:
        return words.instant(self.at)


def line(path: str, query: str, size: int, at: str) -> VersionLine:
    """Return what a page says of its version; `path` and `query` are those of the request."""
    kept = urlencode([(name, value) for name, value in parse_qsl(query) if name != "as_of"])
    rest = f"?{kept}" if kept else ""
    return VersionLine(size, at, f"{address(path, size)}{rest}", f"{path}{rest}")


def address(path: str, size: int) -> str:
    """Return the permanent address of a page as it is after so many entries."""
    return f"{path}@{size}"


def size_asked(datasette: Any, request: Asking) -> int:
    """Return how many entries the log had at the point that a request asks for.

    Raises InputError for one that is none or that this page does not have, UnknownRecord for one beyond the log.
    """
    if len(set(request.points)) > 1:
        raise InputError("This asks for two points of the log.", hint="Leave one out: as_of, or the number after @.")
    if not HAVE_VERSIONS.fullmatch(request.path):
        raise InputError(
            "This page shows the ledger as it is today, and cannot show it as it was.",
            hint="The front page and the pages of claims and sources can.",
        )
    path = ledger_path(datasette)
    assert path is not None
    with store.open_ledger(path) as ledger:
        return store.size_at(ledger, request.points[0])


@contextmanager
def then(ledger: Ledger, size: int | None, of: str | None) -> Iterator[Ledger]:
    """Yield the ledger of then: today's without a size, a record's surroundings with its handle, else the whole."""
    if size is None:
        yield ledger
    else:
        with store.as_of(ledger, str(size), of=of) if of is not None else _shelf.opened(ledger, size) as found:
            yield found


class _Shelf:
    """Files that hold whole ledgers as they were, by ledger, size, and what was withheld when they were made."""

    def __init__(self) -> None:
        self._making, self._looking = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Path] = OrderedDict()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count()

    def opened(self, ledger: Ledger, size: int) -> Ledger:
        """Return the whole ledger of then, read-only; raise NotMade if it is too large, or another is being made."""
        if size > MOST_ENTRIES:
            raise NotMade(
                f"What is about many records is shown as it was for at most {MOST_ENTRIES:,} entries.",
                hint="The pages of claims and sources have no such limit.",
                status=400,
            )
        name = (str(ledger.path), ledger.id, size, len(queries.withheld(ledger.db)))
        if (found := self._open(ledger, name)) is not None:
            return found
        if not self._making.acquire(blocking=False):
            raise NotMade(
                "The ledger of an earlier time is just being made for somebody else.",
                hint=f"Ask again in {RETRY_AFTER} seconds.",
                status=503,
            )
        made = self._place()
        try:
            store.write_as_of(ledger, size, made)
            self._keep(name, made)
        finally:
            if name not in self._kept:
                store.discard(made)
            self._making.release()
        opened = self._open(ledger, name)
        assert opened is not None
        return opened

    def _place(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="factledger-")  # goes when the program ends
        return Path(self._folder.name) / f"{next(self._numbers)}.db"

    def _open(self, ledger: Ledger, name: tuple[Any, ...]) -> Ledger | None:
        with self._looking:
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            found = store.open_file(self._kept[name])
        found.path = ledger.path  # its archive lies beside the ledger itself
        return found

    def _keep(self, name: tuple[Any, ...], made: Path) -> None:
        with self._looking:
            self._kept[name] = made
            while len(self._kept) > MOST_FILES or (len(self._kept) > 1 and self._bytes() > MOST_BYTES):
                _, oldest = self._kept.popitem(last=False)
                store.discard(oldest)

    def _bytes(self) -> int:
        return sum(path.stat().st_size for path in self._kept.values())


_shelf = _Shelf()
