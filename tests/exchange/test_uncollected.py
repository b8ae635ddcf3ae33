"""While a file comes in, Python's collector rests; afterwards it is as it was."""

import gc
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import InputError
from ledger.exchange import import_table
from ledger.exchange.uncollected import uncollected


def test_the_collector_works_again_after_a_table(book: Book, tmp_path: Path) -> None:
    """Whether the table came in or was refused."""
    table = tmp_path / "table.csv"
    table.write_text("text\nThe ferry was sold in May.\n", encoding="utf-8")
    import_table(book, table)
    assert gc.isenabled()
    table.write_text("text,said\nThe pier was sold in May.,last week\n", encoding="utf-8")
    with pytest.raises(InputError):
        import_table(book, table)
    assert gc.isenabled()


def test_it_rests_inside() -> None:
    """Also in a block within a block, and it goes on resting where it rested before."""
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
