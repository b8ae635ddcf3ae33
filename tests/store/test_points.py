"""The ledger as it was, and the tables made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ledger import book as use_cases
from ledger import store
from ledger.book import Book
from ledger.errors import DamagedLedger, InputError
from ledger.log import Environment
from ledger.model import Verdict
from ledger.store import Ledger, queries
from ledger.store.file import in_memory
from ledger.store.project import Projector

Tables = Callable[[Ledger], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def bridge(tmp_path: Path) -> Book:
    """A story told in eight entries: two at noon, then one a minute."""
    minutes = count()
    clock = lambda: datetime(2031, 5, 4, 12, tzinfo=UTC) + timedelta(minutes=next(minutes))  # noqa: E731
    book = use_cases.start(
        tmp_path / "bridge.db", origin="desk.example", person="Ana Roa", environment=Environment(clock=clock)
    )
    speech = book.source("Speech at the harbour")
    claim = book.claim("The bridge was closed in May.", id="bridge")
    book.evidence(claim, speech)
    book.review(claim, Verdict.SUPPORTED, "The speech says so.")
    book.correct("bridge", {"occurred": "2031-05"}, "The month was left out.")
    book.retract(speech.handle, "It was never given.")
    return book


def test_every_point_equals_a_fresh_replay(bridge: Book, tables: Tables) -> None:
    """The ledger as of a number of entries is what those entries give by themselves."""
    for size in range(1, 9):
        then = store.as_of(bridge.ledger, str(size))
        fresh = Ledger(bridge.ledger.path, in_memory(bridge.ledger.path), "working")
        Projector(fresh.db).apply_all(list(queries.entries(bridge.ledger.db))[:size])
        assert tables(then) == tables(fresh)
        assert queries.head(then.db).size == size
    assert tables(then) == tables(bridge.ledger)


@pytest.mark.parametrize(
    ("point", "size"),
    [
        ("1", 1),
        ("8", 8),
        ("2031-05-04T12:01:00Z", 3),
        ("2031-05-04T12:00:59.999999", 2),
        ("2031-05-04T14:03:59.5+02:00", 5),
        ("2031-05-04", 8),
        ("2040-01-01", 8),
    ],
)
def test_points(bridge: Book, point: str, size: int) -> None:
    """A point is a number of entries, an instant in any time zone, or a day, meaning its end."""
    assert queries.head(store.as_of(bridge.ledger, point).db).size == size


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ("0", "no point 0"),
        ("9", "the log has 8 entries"),
        ("2031-02-31", "no point in the log"),
        ("May 2031", "no point in the log"),
        ("-1", "no point in the log"),
        ("٣", "no point in the log"),
        ("", "no point in the log"),
        ("2030-12-31", "began after"),
    ],
)
def test_what_is_no_point(bridge: Book, point: str, says: str) -> None:
    """A point before the first entry, after the last, or that is none, is refused."""
    with pytest.raises(InputError, match=says):
        store.as_of(bridge.ledger, point)


def test_the_past_takes_no_entries(bridge: Book) -> None:
    """An earlier point is for reading: nothing can be appended to it, nor to the ledger through it."""
    then = store.as_of(bridge.ledger, "4")
    with pytest.raises(DamagedLedger):
        Book(then, actor=bridge.actor).agent("Marta Quell")
    assert queries.head(bridge.ledger.db).size == 8


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE claims SET text = 'The bridge was never closed.'",
        "DELETE FROM evidence",
        "DROP TABLE reviews",
        "CREATE TRIGGER quiet AFTER UPDATE ON claims BEGIN SELECT 1; END",
        "INSERT INTO agents VALUES ('x', 'X', 'person', NULL, NULL, 'current', '', '')",
    ],
)
def test_rebuild_makes_the_tables_anew(bridge: Book, tables: Tables, damage: str) -> None:
    """Whatever happened to the tables, rebuild gives those that the entries give, and leaves the log alone."""
    before, head = tables(bridge.ledger), queries.head(bridge.ledger.db)
    definitions = store.schema.definitions(bridge.ledger.db)
    bridge.ledger.db.execute(damage)
    assert store.rebuild(bridge.ledger) == 8
    assert tables(bridge.ledger) == before
    assert store.schema.definitions(bridge.ledger.db) == definitions
    assert queries.head(bridge.ledger.db) == head


def test_search_finds_after_a_rebuild(bridge: Book) -> None:
    """The full-text index is made anew with the tables."""
    store.rebuild(bridge.ledger)
    found = bridge.ledger.db.execute("SELECT text FROM claims_fts WHERE claims_fts MATCH 'bridge'").fetchall()
    assert found == [("The bridge was closed in May.",)]
