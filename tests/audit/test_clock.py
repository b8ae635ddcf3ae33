"""A clock that is wrong: times in a log never decrease, so it is asked about before, and said after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger import book as use_cases
from ledger import store, views
from ledger.audit import verify
from ledger.book import Book
from ledger.log import Environment, following, was_behind
from ledger.store import queries
from tests.terminal import Terminal
from tests.terminal import factledger as command_line

Run = Callable[..., Any]


@pytest.fixture
def path(factledger: Run, tmp_path: Path) -> Path:
    """A ledger that was begun just now."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    return tmp_path / "ledger.db"


def enter(path: Path, text: str, *, days: float) -> None:
    """Enter a claim while the machine's clock is so many days off."""
    world = Environment(lambda: datetime.now(UTC) + timedelta(days=days))
    with store.open_ledger(path, write=True, environment=world) as ledger:
        Book(ledger).claim(text)


def size(path: Path) -> int:
    with store.open_ledger(path) as ledger:
        return queries.head(ledger.db).size


def clock_lines(path: Path) -> list[str]:
    return [line for line in verify(path).not_established if "clock" in line]


def test_a_sound_clock_is_nothing_to_tell(path: Path, factledger: Run) -> None:
    """Where nothing is odd nothing is asked, and nothing left open."""
    assert factledger("source", "Minutes").returncode == 0
    assert clock_lines(path) == []
    assert "ok    clock" in factledger("doctor").stdout


def test_an_entry_made_years_ahead(path: Path, factledger: Run) -> None:
    """After an entry by a clock that is years ahead `verify` and `doctor` say so, and nothing enters unconfirmed."""
    enter(path, "The ferry was late.", days=2000)
    assert verify(path).sound
    assert "the last says" in clock_lines(path)[0]
    assert "LOOK  clock" in factledger("doctor").stdout
    before = size(path)
    for command in (("source", "Minutes"), ("check",), ("add", "The ferry sank."), ("publish", "out.db")):
        done = factledger(*command)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "This machine's clock says" in done.stderr and "--confirm-clock" in done.stderr
    assert size(path) == before and not path.with_name("out.db").exists()
    assert factledger("list", "claims").returncode == 0


def test_a_clock_years_after_the_newest_entry_is_asked_about(factledger: Run, tmp_path: Path) -> None:
    """The entry that would do the damage is refused first: the ledger rested, or the clock is ahead."""
    world = Environment(lambda: datetime.now(UTC) - timedelta(days=4000))
    book = use_cases.start(tmp_path / "ledger.db", origin="desk.example", person="Ana Roa", environment=world)
    book.ledger.close()
    done = factledger("source", "Minutes")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "If the clock is ahead" in done.stderr
    assert "LOOK  clock" in factledger("doctor").stdout
    assert factledger("--confirm-clock", "source", "Minutes").returncode == 0
    assert factledger("source", "More minutes").returncode == 0
    assert any("Whether the clock was right at entry 2" in line for line in clock_lines(tmp_path / "ledger.db"))


def test_a_confirmed_clock_is_taken(path: Path, factledger: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --confirm-clock, or the environment saying the same, it is entered, and the log stays sound."""
    enter(path, "The ferry was late.", days=2000)
    assert factledger("--confirm-clock", "source", "Minutes").returncode == 0
    monkeypatch.setenv("FACTLEDGER_CONFIRM_CLOCK", "1")
    assert factledger("source", "More minutes").returncode == 0
    assert verify(path).sound


def test_a_little_off_is_nobodys_business(path: Path) -> None:
    """Hours back, as after a change of zones, and months without an entry, are not asked about."""
    for off in (-0.9, 0, 1, 600):
        world = Environment(lambda off=off: datetime.now(UTC) + timedelta(days=off))
        with store.open_ledger(path, environment=world) as ledger:
            assert store.clock_doubt(ledger) is None


def test_whoever_sits_at_a_terminal_is_asked(path: Path) -> None:
    """On a terminal it is a question, once a command; No records nothing, Yes goes on."""
    enter(path, "The ferry was late.", days=2000)
    before = size(path)
    for answer, code, grown in (("n", 2, 0), ("y", 0, 1)):
        with Terminal(command_line("source", "Minutes"), folder=path.parent, columns=300) as terminal:
            terminal.until("Is it meant so?")
            terminal.type(answer, "\r")
            assert terminal.end() == code
        assert size(path) == before + grown


def test_what_was_entered_by_a_clock_set_back_says_so(path: Path, factledger: Run) -> None:
    """Its time is one step after that of the entry before; `verify`, `history` and the page say what that is."""
    enter(path, "The ferry was late.", days=2000)
    done = factledger("--confirm-clock", "add", "The pier was closed.", "--id", "pier")
    assert done.returncode == 0, done.stderr
    with store.open_ledger(path) as ledger:
        events = views.history(ledger.db, queries.uids_of(ledger.db, ["pier"])["pier"])
        assert [event.clock_behind for event in events] == [True]
        assert not any(event.clock_behind for event in views.home_view(ledger.db).latest if event.record != "pier")
    assert "the clock had been set back" in factledger("history", "pier", "--csv").stdout
    assert any("the clock was behind the entry before" in line for line in clock_lines(path))
    assert any("Whether the clock was right at entry 2" in line for line in clock_lines(path))


def test_the_step_after_a_time() -> None:
    """The present where it is later; else one microsecond on, over the ends of seconds and years; never back."""
    assert following("2031-05-04T10:00:00.000000Z", "2031-05-04T09:00:00.000000Z") == "2031-05-04T10:00:00.000000Z"
    last = "2031-12-31T23:59:59.999999Z"
    after = following("2026-01-01T00:00:00.000000Z", last)
    assert after == "2032-01-01T00:00:00.000000Z"
    assert was_behind(after, last) and not was_behind(last, last) and not was_behind(last, after)
    assert following("2026", "2031-99-99T00:00:00.000000Z") == "2031-99-99T00:00:00.000000Z"


def test_many_entries_of_one_transaction(path: Path) -> None:
    """What is entered together while the clock is behind is told as such entry by entry."""
    enter(path, "The ferry was late.", days=2000)
    world = Environment(lambda: datetime.now(UTC))
    with store.open_ledger(path, write=True, environment=world) as ledger:
        book = Book(ledger)
        before = queries.head(ledger.db).size
        with book.together():
            for number in range(5):
                book.claim(f"Pier {number} was closed.")
        numbers = range(before, queries.head(ledger.db).size)
        assert all(store.clock_was_behind(ledger.db, number) for number in numbers)
        assert not store.clock_was_behind(ledger.db, before - 1)
    assert verify(path).sound
