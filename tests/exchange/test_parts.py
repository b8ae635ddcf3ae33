"""A long table comes in part by part; what is on record is its beginning, and importing it again goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import store
from ledger.book import Book
from ledger.errors import InputError, InputErrors
from ledger.exchange import import_parts, import_table
from ledger.exchange import table as tables
from ledger.store import queries

Write = Callable[[str | bytes], Path]

HEADER = "id,text,claimant,occurred,source,url,quote,speaker\n"
OWN = ("agents", "sources", "claims", "evidence")
SPEAKERS = ("Ana Ito", "Bo Lindström", "Cy Mora", "Dov Keller", "Eve Okafor")


def _rows(number: int) -> list[str]:
    """Return rows of claims with two pieces of evidence each, of few people and few sources."""
    return [
        f"claim-{row // 2},{'' if row % 2 else f'Pier {row // 2} was shut.'},,,"
        f"Report {row % 7},,It was shut on day {row}.,{SPEAKERS[row % 5]}\n"
        for row in range(number)
    ]


def _held(book: Book) -> dict[str, list[dict[str, Any]]]:
    """Return what a ledger's tables say, but for when it was entered."""
    return {
        table: [
            {name: cell for name, cell in row.items() if name not in ("added", "changed")}
            for row in queries.rows(book.ledger.db, table)
        ]
        for table in OWN
    }


@pytest.fixture
def another(begun: Path, tmp_path: Path) -> Iterator[Book]:
    """A second ledger, begun as the first was."""
    shutil.copy(begun / "ledger.db", tmp_path / "another.db")
    with store.open_ledger(tmp_path / "another.db", write=True) as ledger:
        yield Book(ledger)


@pytest.fixture
def three_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is three rows."""
    monkeypatch.setattr(tables, "PART", 3)
    monkeypatch.setattr(tables, "REPORTED", 1)


class TestParts:
    """What parts of a table come to."""

    pytestmark = pytest.mark.usefixtures("three_rows")

    def test_each_part_is_recorded_by_itself(self, book: Book, table: Write) -> None:
        """When a part is told of, it is on record, and nothing of the next is."""
        path = table(HEADER + "".join(_rows(8)))
        sizes = [(len(part.added), queries.count(book.ledger.db, "evidence")) for part in import_parts(book, path)]
        assert [size for _, size in sizes] == [3, 6, 8]

    def test_a_part_in_which_something_is_amiss_is_the_last(self, book: Book, table: Write) -> None:
        """Nothing of it or below it is recorded, and what is amiss further down is told too; mended, it comes in."""
        rows = _rows(12)
        good = HEADER + "".join(rows)
        rows[4] = rows[4].replace(",,,", ",,some day,", 1)
        rows[10] = rows[10].replace("Report 3", "report-3")
        path = table(HEADER + "".join(rows))
        with pytest.raises(InputErrors) as caught:
            import_table(book, path)
        assert [one.where.rpartition(":")[2] for one in caught.value.errors] == ["6 occurred", "12 source"]
        assert "2 things are amiss; its first 3 rows are recorded, and none below." in str(caught.value)
        assert queries.count(book.ledger.db, "evidence") == 3
        import_table(book, table(good))
        assert queries.count(book.ledger.db, "evidence") == 12
        assert import_table(book, table(good)).added == ()

    def test_rows_below_are_no_fault_of_the_part_that_was_not_recorded(self, book: Book, table: Write) -> None:
        """A row that adds to a claim further up is not told of where that is not on record."""
        rows = _rows(4)
        rows[2] = rows[2].replace(",,,", ",,some day,", 1)
        again = rows[0].replace("Pier 0 was shut.", "").replace("Report 0", "Other report")
        with pytest.raises(InputError, match=r":4 occurred: some day is not a date"):
            import_table(book, table(HEADER + "".join([*rows, again])))

    @pytest.mark.parametrize("stopped_at", [1, 5, 9])
    def test_an_import_that_was_stopped_goes_on(self, book: Book, another: Book, table: Write, stopped_at: int) -> None:
        """Whole parts stay, and the same file brings the rest: the tables are those of an import in one go."""
        path = table(HEADER + "".join(_rows(10)))

        def stop(rows: int) -> None:
            if rows == stopped_at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            list(import_parts(book, path, report=stop))
        assert queries.count(book.ledger.db, "evidence") == (stopped_at - 1) // 3 * 3
        import_table(book, path)
        import_table(another, path)
        assert _held(book) == _held(another)

    def test_a_rehearsal_of_a_long_table_records_nothing(self, book: Book, table: Write) -> None:
        """It says what would come in, over all parts, and later parts know what earlier ones would have brought."""
        size = queries.head(book.ledger.db).size
        rows = _rows(10)
        with book.rehearsal():
            found = import_table(book, table(HEADER + "".join(rows)))
        with (
            book.rehearsal(),
            pytest.raises(InputError, match=r"bridge\.csv:10 occurred: some day is not a date[^;]*$"),
        ):
            import_table(book, table(HEADER + "".join([*rows[:8], rows[8].replace(",,,", ",,some day,", 1)])))
        assert sum(record.KIND == "claim" for record in found.added) == 5
        assert queries.head(book.ledger.db).size == size

    def test_names_of_one_table_are_no_slips_of_each_other(self, book: Book, table: Write) -> None:
        """A name that is like one further up is no slip, whichever part that stands in; like one on record it is."""
        rows = [f",Pier {number} was shut.,Bo Lindström {number},,,,,\n" for number in range(5)]
        import_table(book, table(HEADER + "".join(rows)))
        assert queries.count(book.ledger.db, "agents") == 6
        with pytest.raises(InputError, match=r"Did you mean Bo Lindström \d\?"):
            import_table(book, table(HEADER + "".join([*rows, rows[0].replace("0", "7")])))

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
    @given(
        cells=st.lists(
            st.tuples(
                st.sampled_from(["a", "b", ""]),
                st.sampled_from(["Pier one was shut.", "Pier two was shut."]),
                st.sampled_from(["", "Bo Lind", "Cy Mora"]),
                st.sampled_from(["", "Gazette", "Herald"]),
                st.sampled_from(["", "https://a.example/1"]),
            ),
            min_size=1,
            max_size=9,
        )
    )
    def test_where_a_table_is_cut_changes_nothing(
        self, begun: Path, tmp_path: Path, cells: list[tuple[str, str, str, str, str]]
    ) -> None:
        """In parts or in one, a sound table comes to the same tables, and one that is amiss is refused."""
        path = tmp_path / "cut.csv"
        path.write_text("id,text,claimant,source,url\n" + "".join(f"{','.join(row)}\n" for row in cells))
        found = []
        for rows in (2, 100):
            shutil.copy(begun / "ledger.db", tmp_path / "cut.db")
            with store.open_ledger(tmp_path / "cut.db", write=True) as ledger, pytest.MonkeyPatch.context() as patched:
                patched.setattr(tables, "PART", rows)
                try:
                    import_table(Book(ledger), path)
                    found.append(_held(Book(ledger)))
                except InputError:
                    found.append({})
            for beside in tmp_path.glob("cut.db*"):
                beside.unlink()
        assert found[0] == found[1]


@pytest.mark.long
def test_a_killed_import_goes_on(book: Book, table: Write) -> None:
    """Killed with SIGKILL after its first part, an import leaves whole parts; importing again brings the rest."""
    path = table(HEADER + "".join(_rows(3 * tables.PART)))
    book.ledger.close()
    code = (
        "import os, signal, sys; from pathlib import Path; from ledger import store; from ledger.book import Book;"
        "from ledger.exchange import import_parts; book = Book(store.open_ledger(Path(sys.argv[1]), write=True))\n"
        "for part in import_parts(book, Path(sys.argv[2]), report=lambda rows: print(rows, flush=True)): pass"
    )
    command = [sys.executable, "-c", code, str(book.ledger.path), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if int(line) > tables.PART:
                os.kill(running.pid, signal.SIGKILL)
                break
    with store.open_ledger(book.ledger.path, write=True) as ledger:
        assert queries.count(ledger.db, "evidence") == tables.PART
        import_table(Book(ledger), path)
        assert queries.count(ledger.db, "evidence") == 3 * tables.PART
