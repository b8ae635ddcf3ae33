"""A ledger that is renamed while a command has it open: what enters, enters the moved file, or the command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit, store
from ledger.book import Book
from ledger.errors import EnvironmentFault
from ledger.store import queries
from tests.checks.conftest import write_plugin
from tests.cli.test_stopping import PATIENCE, SLOW, Place, busy
from tests.cli.test_stopping import place as place


def head(path: Path) -> int:
    """How many entries a sound ledger has."""
    assert audit.verify(path).sound
    with store.open_ledger(path) as ledger:
        return queries.head(ledger.db).size


@pytest.mark.long
def test_a_check_whose_ledger_is_renamed_says_so(place: Place, book: Book) -> None:
    """While a checker is at work the file gets another name: one line, exit code 5, and both are as they were."""
    book.claim("The pier was closed.", id="pier")
    book.ledger.close()
    write_plugin(place.folder / "site", "slow", SLOW.replace("300", "2"))
    place.environment |= {"PYTHONPATH": str(place.folder / "site"), "FACTLEDGER_LOAD_PLUGINS": "slow"}
    old, new = place.folder / "ledger.db", place.folder / "desk.db"
    before = head(old)
    run = busy(place)
    old.rename(new)
    _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 5, said
    assert "ledger.db was moved, removed or replaced while it was open." in said and "Traceback" not in said
    assert head(new) == before and not old.exists()
    again = place.start("-d", "desk.db", "check")
    again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    assert head(new) > before


@pytest.mark.parametrize("more", [False, True], ids=["closed", "written to"])
def test_entries_that_stayed_behind_are_not_lost(book: Book, tmp_path: Path, more: bool) -> None:
    """Entries made before the rename lie in the WAL of the old name; who moves it along, as is said, has them all."""
    book.claim("The pier was closed.", id="pier")
    old, new = tmp_path / "ledger.db", tmp_path / "desk.db"
    size = queries.head(book.ledger.db).size
    old.rename(new)
    if more:
        with pytest.raises(EnvironmentFault, match="moved, removed or replaced"):
            book.claim("The quay was closed.", id="quay")
    with pytest.raises(EnvironmentFault, match=r"newest entries may be in .*ledger\.db-wal"):
        book.ledger.close()
    (tmp_path / "ledger.db-wal").rename(tmp_path / "desk.db-wal")
    assert head(new) == size
