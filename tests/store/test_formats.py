"""Ledgers of every format that was ever written: verified as what they are, read, upgraded, no alarm at any of it.

The ledgers in tests/formats were each written by the program of its day, and hold a small story. A new format brings
one more: `python tests/formats/make.py`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import store
from ledger.audit import ProblemCode, verify
from ledger.book import Book
from ledger.store import queries, schema
from ledger.store.formats import exactly, formats, lacking, make_earlier, number_of

FOLDER = Path(__file__).parents[1] / "formats"
WRITTEN = sorted(path.name.removesuffix(".tar.gz") for path in FOLDER.glob("*.tar.gz"))
EARLIER = [name for name in WRITTEN if not name.startswith(f"{schema.FORMAT}-")]

READ = (
    *("ledger_record", "ledger_mention", "ledger_withheld", "ledger_checked", "agents", "sources", "captures", "links"),
    *("claims", "evidence", "exclusions", "inquiries", "reviews", "keys", "checkers", "runs", "findings"),
    *("publications", "ledger_naming", "ledger_said", "ledger_result", "ledger_finding"),
)
"""What is compared of every format; tables that are none any more are made for it of those that are."""

Run = Callable[..., Any]


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger as it was written then, with its archive."""
    return unpacked(request.param, tmp_path)


def unpacked(name: str, folder: Path) -> Path:
    with tarfile.open(FOLDER / f"{name}.tar.gz") as kept:
        kept.extractall(folder, filter="data")
    return folder / "desk.db"


def every(names: list[str]) -> Any:
    return pytest.mark.parametrize("ledger", names, indirect=True)


def number(path: Path) -> int:
    db = sqlite3.connect(path)
    try:
        return number_of(db)
    finally:
        db.close()


def test_what_is_defined_now_is_on_record() -> None:
    """Who changes a definition raises the format, and adds this to ledger/store/formats.toml."""
    assert "\n".join(lacking()) == ""
    assert formats()[-1].number == schema.FORMAT


def test_every_format_has_a_ledger_of_its_day() -> None:
    """For each shape that files were written in there is one to try."""
    assert len(WRITTEN) == len(formats())


@pytest.mark.table
@every(WRITTEN)
def test_an_earlier_ledger_is_intact(ledger: Path) -> None:
    """An update of the program changes nothing that verify says of a sound ledger, nor the ledger itself."""
    before = ledger.read_bytes()
    report = verify(ledger)
    assert report.problems == ()
    assert report.sound
    assert report.format == number(ledger)
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("name", WRITTEN)
def test_what_an_entry_means_never_changes(name: str, tmp_path: Path) -> None:
    """The tables that a file's entries give today are, in the columns it has, those that they gave then."""
    ledger = unpacked(name, tmp_path)
    db = sqlite3.connect(ledger)
    columns = {table: [column for _, column, *_ in db.execute(f"PRAGMA table_info({table})")] for table in READ}
    shape = exactly(schema.definitions(db))
    db.close()
    assert shape is not None
    digest = sha256()
    with store.open_ledger(ledger) as read:
        make_earlier(read.db, queries.first(read.db).subject)
        for table, names in columns.items():
            cells = ", ".join(name for name in names if f"{table}.{name}" not in shape.reckoned)
            if cells:
                digest.update(repr(sorted(read.db.execute(f"SELECT {cells} FROM {table}"), key=repr)).encode())
    assert digest.hexdigest() == tomllib.loads((FOLDER / "replays.toml").read_text()).get(name)


@pytest.mark.table
@every(EARLIER)
def test_an_earlier_ledger_is_read_and_not_written_to(ledger: Path, factledger: Run) -> None:
    """Its claims are shown, with a line that says what to do; a write says the same, exits 5 and changes nothing."""
    before, told = ledger.read_bytes(), f"is in format {number(ledger)}"
    shown = factledger("-d", str(ledger), "show", "harbour")
    assert (shown.returncode, "The harbour will close in June" in shown.stdout) == (0, True)
    assert told in shown.stderr
    assert "factledger upgrade" in shown.stderr
    refused = factledger("-d", str(ledger), "add", "The harbour is shut")
    assert refused.returncode == 5
    assert refused.stderr.count("\n") == 1
    assert "factledger upgrade" in refused.stderr
    assert told in factledger("-d", str(ledger), "serve", "--port", "0").stderr
    assert "this program writes" in factledger("-d", str(ledger), "doctor").stdout
    assert ledger.read_bytes() == before


@pytest.mark.table
@every(EARLIER)
def test_a_backup_of_an_earlier_ledger_is_the_ledger(ledger: Path, factledger: Run) -> None:
    """A backup needs no upgrade, and is in the format that it was made of."""
    copy = ledger.with_name("copy.db")
    done = factledger("-d", str(ledger), "backup", str(copy))
    assert done.returncode == 0, done.stderr
    assert number(copy) == number(ledger)
    assert verify(copy).root == verify(ledger).root


@pytest.mark.table
@every(EARLIER)
def test_upgrading(ledger: Path, factledger: Run) -> None:
    """Upgraded, it has one entry more and is intact; what was there is kept beside it."""
    before = verify(ledger)
    done = factledger("-d", str(ledger), "upgrade")
    assert done.returncode == 0, done.stderr
    after, kept = verify(ledger), verify(ledger.with_name(f"desk.format-{before.format}.db"))
    assert (after.sound, after.format, after.size) == (True, schema.FORMAT, before.size + 1)
    assert (kept.sound, kept.format, kept.root) == (True, before.format, before.root)
    with store.open_ledger(ledger) as read:
        entry = list(queries.entries(read.db))[-1]
        assert (entry.kind, entry.content()) == ("ledger.upgrade", {"from": before.format, "to": schema.FORMAT})
    again = factledger("-d", str(ledger), "upgrade")
    assert (again.returncode, "Nothing to do" in again.stderr) == (0, True)


@pytest.mark.table
@every([EARLIER[0], EARLIER[-1]])
def test_an_upgraded_ledger_is_worked_with(ledger: Path, factledger: Run) -> None:
    """It takes entries, is checked and published like any other."""
    factledger("-d", str(ledger), "upgrade")
    assert factledger("-d", str(ledger), "add", "The harbour is shut").returncode == 0
    assert factledger("-d", str(ledger), "check", "--all").returncode in (0, 1)
    assert factledger("-d", str(ledger), "publish", str(ledger.with_name("out.db"))).returncode == 0
    assert verify(ledger.with_name("out.db")).sound


@pytest.mark.table
@every(EARLIER[-1:])
def test_a_changed_ledger_is_not_upgraded(ledger: Path, factledger: Run) -> None:
    """What is not intact stays as it is, for whoever looks into it."""
    db = sqlite3.connect(ledger)
    db.execute("UPDATE claims SET text = 'The harbour will stay open' WHERE id = 'harbour'")
    db.commit()
    db.close()
    before = ledger.read_bytes()
    done = factledger("-d", str(ledger), "upgrade")
    assert (done.returncode, "row-changed" in done.stderr) == (3, True)
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.glob("*.db")] == ["desk.db"]


@pytest.mark.table
@every(EARLIER[-1:])
def test_a_change_in_an_earlier_ledger_is_seen(ledger: Path) -> None:
    """An earlier format hides nothing: a row, an index or a guard that was changed is named."""
    db = sqlite3.connect(ledger)
    db.execute("UPDATE evidence SET basis = 'told'")
    db.execute("DROP TRIGGER ledger_entry_keep")
    db.execute("CREATE VIEW easy AS SELECT 1")
    db.commit()
    db.close()
    found = {problem.code for problem in verify(ledger).problems}
    assert {ProblemCode.ROW_CHANGED, ProblemCode.DEFINITION_MISSING, ProblemCode.DEFINITION_UNKNOWN} == found


@pytest.mark.table
@every(EARLIER[-1:])
def test_an_upgraded_ledger_cannot_be_put_back_unseen(ledger: Path, factledger: Run) -> None:
    """Its log says which format it came to: tables of an earlier one under it are a problem."""
    earlier = ledger.with_name(f"desk.format-{number(ledger)}.db")
    factledger("-d", str(ledger), "upgrade")
    kept, done = sqlite3.connect(earlier), sqlite3.connect(ledger)
    (seq, *entry) = done.execute("SELECT * FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchone()
    kept.execute("INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)", (seq, *entry))
    kept.execute(
        "UPDATE ledger_head SET (size, root, frontier) = (?, ?, ?)",
        done.execute("SELECT size, root, frontier FROM ledger_head").fetchone(),
    )
    kept.execute("DELETE FROM ledger_node")
    kept.executemany("INSERT INTO ledger_node VALUES (?, ?, ?)", done.execute("SELECT * FROM ledger_node").fetchall())
    kept.commit()
    kept.close()
    done.close()
    assert {problem.code for problem in verify(earlier).problems} == {ProblemCode.FORMAT_CHANGED}


def test_a_newer_ledger_is_told_apart_from_a_changed_number(book: Book, factledger: Run) -> None:
    """A number that the tables belie was changed, exit 3; tables that nobody knows are a newer program's, exit 5."""
    db, path = book.ledger.db, str(book.ledger.path)
    db.execute("PRAGMA user_version = 9")
    changed = factledger("-d", path, "verify")
    assert (changed.returncode, "format-changed" in changed.stdout) == (3, True)
    db.execute("CREATE TABLE wagers (id TEXT PRIMARY KEY) STRICT")
    newer = factledger("-d", path, "verify")
    assert (newer.returncode, newer.stdout.startswith("NOT VERIFIED")) == (5, True)


@pytest.mark.long
@pytest.mark.table
@every(EARLIER[-1:])
def test_killed_at_any_moment_it_is_the_old_or_the_new(ledger: Path) -> None:
    """An upgrade that is killed leaves a ledger that is intact, in one format or the other, and can be done again."""
    command = [str(Path(sys.executable).with_name("factledger")), "-d", str(ledger), "upgrade"]
    original, seen, earlier = ledger.read_bytes(), set(), number(ledger)
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - began
    for share in (0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        for beside in ledger.parent.glob("desk.*db*"):
            beside.unlink()
        ledger.write_bytes(original)
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            running.wait(whole * share)
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
        report = verify(ledger)
        assert report.sound, report.problems
        seen.add(report.format)
    assert seen <= {earlier, schema.FORMAT}
    subprocess.run(command, check=True, capture_output=True)
    assert verify(ledger).format == schema.FORMAT
