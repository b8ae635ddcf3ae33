"""The run that is recorded: a ledger is begun and written to in every way that moves its files differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from ledger import book as use_cases
from ledger import store
from ledger.book import Book
from ledger.log import Environment
from ledger.model import Verdict
from ledger.store import Draft, queries

Acknowledge = Callable[[tuple[str, ...]], None]


class Script:
    """One desk's day. Its clock stands still and its randomness repeats, so that every run is the same."""

    def __init__(self, path: Path, acknowledge: Acknowledge, *, early: bool) -> None:
        self._path, self._acknowledge, self._early = path, acknowledge, early
        random = Random(20250505)
        self._world = Environment(lambda: datetime(2025, 5, 5, 9, tzinfo=UTC), random.randbytes)

    def begin(self) -> None:
        """Begin the ledger: entries 0 and 1 are acknowledged as well."""
        book = use_cases.start(self._path, origin="desk.example", person="Ana Roa", environment=self._world)
        ledger = book.ledger
        with ledger:
            self._acknowledge((queries.first(ledger.db).subject, book.actor))
            self.claims(book, "morning", 2)
            self.story(book)
            self.timetables(book, 12)

    @contextmanager
    def reopened(self, *, pages: int = 1000) -> Iterator[Book]:
        """Open the ledger as each command does; `pages` of WAL make SQLite move them to the file (it says 1000)."""
        with store.open_ledger(self._path, write=True, environment=self._world) as ledger:
            if pages != 1000:
                ledger.db.execute(f"PRAGMA wal_autocheckpoint={pages}")
            yield Book(ledger)

    def claims(self, book: Book, when: str, count: int) -> None:
        """Enter claims one by one."""
        for number in range(count):
            claim = book.claim(f"The ferry made trip {number} in the {when}.", id=f"{when}-{number}")
            self._acknowledge((claim.uid,))

    def story(self, book: Book) -> None:
        """Enter a claim with its source and evidence in one transaction, decide it, then mend and withdraw things."""
        with book.together():
            source = book.source("Log book of the ferry", id="log-book")
            claim = book.claim("The ferry carried 90 passengers.", id="load")
            evidence = book.evidence(claim, source)
        self._acknowledge((source.uid, claim.uid, evidence.uid))
        self._acknowledge((book.review(claim, Verdict.SUPPORTED, "It is in the log book.").uid,))
        book.correct("load", {"occurred": "2025-05-05"}, "The day was missing.")
        book.retract("log-book", "It was a copy.")

    def timetables(self, book: Book, count: int) -> None:
        """Append bare drafts in one transaction."""
        uids = tuple(self._world.uid() for _ in range(count))
        drafts = [Draft("source.add", uid, {"handle": uid, "title": f"Timetable {uid}"}) for uid in uids]
        if self._early:
            self._acknowledge(uids)
        store.append(book.ledger, drafts, actor=book.actor)
        if not self._early:
            self._acknowledge(uids)

    def read_on(self) -> store.Ledger:
        """Return a reader that looks at the ledger as it is now, and goes on doing so until it is closed."""
        reader = store.open_ledger(self._path)
        reader.db.execute("BEGIN")
        reader.db.execute("SELECT count(*) FROM ledger_entry").fetchone()
        return reader


def play(path: Path, acknowledge: Acknowledge, *, early: bool = False) -> None:
    """Write to a new ledger; `early` breaks the promise: the bare drafts are acknowledged before they are recorded."""
    script = Script(path, acknowledge, early=early)
    script.begin()  # in its own connection, closed: the WAL is moved to the file and removed
    for when in ("noon", "afternoon"):
        with script.reopened() as book:  # a command: open, enter, close
            script.claims(book, when, 1)
    with script.reopened(pages=40) as book:  # a server: the WAL is moved again and again, and begun anew
        script.claims(book, "evening", 6)
        reader = script.read_on()  # which holds the WAL: not all of it can be moved
        script.timetables(book, 8)
        script.claims(book, "dusk", 3)
        reader.close()
        script.claims(book, "night", 4)
