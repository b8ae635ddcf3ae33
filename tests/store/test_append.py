"""Appending: all of it or nothing, in order, and time never runs backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import book as use_cases
from ledger import log, store, wire
from ledger.book import Book
from ledger.errors import DamagedLedger, EnvironmentFault, InputError
from ledger.log import Environment
from ledger.store import Draft, Ledger, queries
from ledger.store.project import Projector

Dump = dict[str, list[tuple[Any, ...]]]


def claim(handle: str, *, subject: str | None = None, **more: Any) -> Draft:
    """A draft of a claim; its uid is its handle's letters, or the subject's."""
    uid = (subject or handle).encode().hex().ljust(32, "0")
    return Draft("claim.add", uid, {"handle": handle, "text": f"It is {handle}."} | more)


def test_a_batch_is_a_run_of_entries(book: Book) -> None:
    """Drafts become entries in order, with one instant, and the head counts them."""
    before = queries.head(book.ledger.db).size
    entries = store.append(book.ledger, [claim("bridge"), claim("ferry")], actor=book.actor)
    assert [entry.seq for entry in entries] == [before, before + 1]
    assert len({entry.at for entry in entries}) == 1
    assert len({entry.rid for entry in entries} | {entry.salt for entry in entries}) == 4
    assert list(queries.entries(book.ledger.db, start=before)) == list(entries)
    assert queries.head(book.ledger.db).size == before + 2


def test_nothing_to_append(book: Book, everything: Callable[[Ledger], Dump]) -> None:
    """No drafts, no transaction."""
    before = everything(book.ledger)
    assert store.append(book.ledger, [], actor=book.actor) == ()
    assert everything(book.ledger) == before


@pytest.mark.parametrize(
    ("last", "error"),
    [
        (claim("ferry", value=0.5), InputError),
        (claim("bridge", subject="ferry"), InputError),
        (claim("ferry", subject="bridge"), DamagedLedger),
        (claim("ferry", text=None), InputError),
        (claim("ferry", text="\ud800"), InputError),
        (Draft("claim.correct", "f" * 32, {"changes": {}}), DamagedLedger),
        (Draft("rumour.add", "f" * 32, {"handle": "ferry"}), DamagedLedger),
    ],
    ids=[
        "no-canonical-form",
        "handle-taken",
        "uid-taken",
        "no-text",
        "half-a-surrogate",
        "nothing-to-follow",
        "unknown-kind",
    ],
)
def test_a_refused_batch_leaves_nothing(
    book: Book, everything: Callable[[Ledger], Dump], last: Draft, error: type[Exception]
) -> None:
    """If the last of several drafts cannot be recorded, none is, and the next append goes well."""
    before = everything(book.ledger)
    with pytest.raises(error):
        store.append(book.ledger, [claim("bridge"), claim("tunnel"), last], actor=book.actor)
    assert everything(book.ledger) == before
    store.append(book.ledger, [claim("bridge")], actor=book.actor)


def test_a_failure_in_the_tables_takes_the_entries_back(
    book: Book, everything: Callable[[Ledger], Dump], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries and the tables made from them are one transaction."""
    before = everything(book.ledger)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Projector, "_mention", fail)
    with pytest.raises(EnvironmentFault, match="disk is full"):
        store.append(book.ledger, [claim("bridge")], actor=book.actor)
    assert everything(book.ledger) == before


def test_a_commit_that_failed(book: Book, everything: Callable[[Ledger], Dump]) -> None:
    """Where SQLite refuses to commit, the file is looked at again: nothing stands there, and the error says so."""
    before = everything(book.ledger)
    book.ledger.db.execute("PRAGMA foreign_keys = ON")
    book.ledger.db.execute("PRAGMA defer_foreign_keys = ON")  # so that it is the COMMIT that fails
    with pytest.raises(EnvironmentFault, match=r"FOREIGN KEY constraint failed\. Nothing was recorded\."):
        store.append(book.ledger, [claim("bridge", claimant="f" * 32)], actor=book.actor)
    assert everything(book.ledger) == before
    store.append(book.ledger, [claim("ferry")], actor=book.actor)


class Breaks:
    """A connection that complains after each COMMIT, as when a disk fails once the entries are safe."""

    def __init__(self, db: sqlite3.Connection, then: Callable[[], object]) -> None:
        self._db = db
        self._then = then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def execute(self, sql: str, *values: Any) -> Any:
        done = self._db.execute(sql, *values)
        if sql == "COMMIT":
            self._then()
            raise sqlite3.OperationalError("disk I/O error")
        return done


def test_a_commit_that_only_seemed_to_fail(book: Book) -> None:
    """Where the entries stand in the file after all, appending succeeded."""
    book.ledger.db = Breaks(book.ledger.db, lambda: None)  # type: ignore[assignment]
    (entry,) = store.append(book.ledger, [claim("bridge")], actor=book.actor)
    assert list(queries.entries(book.ledger.db, start=entry.seq)) == [entry]


def test_a_commit_of_which_nobody_knows(book: Book, tmp_path: Path) -> None:
    """Where the file cannot be opened any more, the error says that it is not known."""
    path = book.ledger.path
    book.ledger.db = Breaks(book.ledger.db, lambda: path.rename(tmp_path / "gone"))  # type: ignore[assignment]
    with pytest.raises(EnvironmentFault, match="Whether it was recorded is not known"):
        store.append(book.ledger, [claim("bridge")], actor=book.actor)
    (tmp_path / "gone").rename(path)


@pytest.mark.parametrize(
    "damage",
    ["UPDATE ledger_head SET size = size - 1", "UPDATE ledger_head SET root = zeroblob(32)", "DELETE FROM ledger_head"],
)
def test_a_head_that_does_not_fit_is_not_built_on(book: Book, damage: str) -> None:
    """Nothing is appended to a log whose head says otherwise than its entries."""
    book.ledger.db.execute(damage)
    with pytest.raises(DamagedLedger, match="factledger verify"):
        store.append(book.ledger, [claim("bridge")], actor=book.actor)


def test_the_stored_root_is_that_of_the_entries(book: Book) -> None:
    """After many appends of several sizes, head and stored nodes are those of a tree grown anew."""
    for number in range(0, 600, 60):
        drafts = [claim(f"claim-{number + each}") for each in range(60)]
        store.append(book.ledger, drafts, actor=book.actor)
    frontier: list[bytes] = []
    nodes = []
    for entry in queries.entries(book.ledger.db):
        log.push(frontier, entry.seq, entry.leaf, lambda *node: nodes.append(node))
    assert book.ledger.db.execute("SELECT root, frontier FROM ledger_head").fetchone() == (
        log.root(frontier),
        log.pack(frontier),
    )
    assert book.ledger.db.execute("SELECT level, idx, hash FROM ledger_node ORDER BY 1, 2").fetchall() == nodes
    assert len(nodes) == 2


def test_every_body_is_canonical(book: Book) -> None:
    """What is stored is the canonical spelling of what was given."""
    (entry,) = store.append(book.ledger, [claim("bridge", topic="harbour")], actor=book.actor)
    assert wire.loads(entry.body or "") == {"handle": "bridge", "text": "It is bridge.", "topic": "harbour"}


def backwards(*years: int) -> Callable[[], datetime]:
    """A clock that shows these years one after the other, then the last for ever."""
    shown: Iterator[int] = chain(years, repeat(years[-1]))
    return lambda: datetime(next(shown), 5, 4, tzinfo=UTC)


def test_time_never_runs_backwards(tmp_path: Path) -> None:
    """With a clock that jumps back, an entry bears the time of the one before it."""
    environment = Environment(clock=backwards(2031, 2030, 1999, 2032, 2031))
    with use_cases.start(
        tmp_path / "x.db", origin="desk.example", person="Ana Roa", environment=environment
    ).ledger as ledger:
        for handle in ("bridge", "ferry", "tunnel", "port"):
            store.append(ledger, [claim(handle)], actor="a" * 32)
        times = [entry.at for entry in queries.entries(ledger.db)]
    assert times == sorted(times)
    assert [at[:4] for at in times] == ["2031", "2031", "2031", "2031", "2032", "2032"]
