"""A clock that was wrong once: times in a log never decrease, and what that does to later ones is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger import store
from ledger.audit import verify
from ledger.book import Book
from ledger.log import World


def test_an_entry_made_years_ahead(factledger: Callable[..., Any], tmp_path: Path) -> None:
    """After an entry by a clock that is years ahead, `verify` and `doctor` say that later ones get that time, too."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    path = tmp_path / "ledger.db"
    assert not [line for line in verify(path).not_established if "clock" in line]
    assert "ok    clock" in factledger("doctor").stdout
    ahead = World(lambda: datetime.now(UTC) + timedelta(days=2000))
    with store.open_ledger(path, write=True, world=ahead) as ledger:
        Book(ledger).claim("The ferry was late.")
    report = verify(path)
    assert report.sound
    assert [line for line in report.not_established if "this machine's clock" in line]
    assert "LOOK  clock" in factledger("doctor").stdout
