"""Copies for others: read-only, in one file, signed where that is possible, without works and withheld words."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import audit, store, trust
from ledger.audit import ProblemCode
from ledger.book import Book, keys
from ledger.errors import DamagedLedger, InputError, ReadOnly
from ledger.log import Checkpoint
from ledger.store import queries

WHY = "They were threatened."


def test_a_copy_of_everything(desk: Any, tmp_path: Path) -> None:
    """With nothing withheld the copy has the same log and tables, in the role of a published one."""
    assert trust.publish(desk.ledger, tmp_path / "public.db")
    ours, theirs = audit.verify(desk.path), audit.verify(tmp_path / "public.db")
    assert (theirs.problems, theirs.root, theirs.size) == ((), ours.root, ours.size)
    with store.open_ledger(tmp_path / "public.db") as copy:
        assert copy.role == "published"
        for table in (*store.schema.PROJECTIONS, "ledger_entry", "ledger_checkpoint"):
            every = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert copy.db.execute(every).fetchall() == desk.ledger.db.execute(every).fetchall()


def test_it_takes_no_entries(book: Book, tmp_path: Path) -> None:
    """Nobody writes to a published copy by accident."""
    trust.publish(book.ledger, tmp_path / "public.db")
    with pytest.raises(ReadOnly, match="a published copy"):
        store.open_ledger(tmp_path / "public.db", write=True)


def test_it_is_one_compact_file(desk: Any, tmp_path: Path) -> None:
    """No WAL, journal, part or archive stands beside a copy, and it has no free page; archived works stay here."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    before = set(tmp_path.iterdir())
    trust.publish(desk.ledger, tmp_path / "public.db")
    db = sqlite3.connect(tmp_path / "public.db")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    db.close()
    assert set(tmp_path.iterdir()) - before == {tmp_path / "public.db"}


def test_it_is_signed(book: Book, tmp_path: Path) -> None:
    """A fresh checkpoint is in the copy; without the log key there is none, and that is said."""
    assert trust.publish(book.ledger, tmp_path / "one.db")
    with store.open_ledger(tmp_path / "one.db") as copy:
        assert [Checkpoint.read(note.text).size for note in store.checkpoints(copy.db)] == [2]
    keys.path_of(queries.first(book.ledger.db).subject).unlink()
    book.claim("The ferry was late.")
    assert not trust.publish(book.ledger, tmp_path / "two.db")
    assert audit.verify(tmp_path / "two.db").sound


def test_two_copies_agree(desk: Any, tmp_path: Path) -> None:
    """A copy made after more entries goes on from the one before, though more of it is withheld."""
    trust.publish(desk.ledger, tmp_path / "one.db")
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    trust.publish(desk.ledger, tmp_path / "two.db")
    with store.open_ledger(tmp_path / "one.db") as one:
        (note,) = store.checkpoints(one.db)
    report = audit.verify(tmp_path / "two.db", checkpoints=[audit.OutsideCheckpoint("the first copy", note)])
    assert report.sound
    assert desk.left((tmp_path / "one.db").read_bytes())
    assert desk.left((tmp_path / "two.db").read_bytes()) == []


@pytest.mark.parametrize("taken", [Path.touch, Path.mkdir], ids=["file", "folder"])
def test_a_name_that_is_taken(book: Book, tmp_path: Path, taken: Any) -> None:
    """A copy takes nobody's place, nor the ledger's own."""
    taken(tmp_path / "public.db")
    for target in (tmp_path / "public.db", book.ledger.path):
        with pytest.raises(InputError, match="already exists"):
            trust.publish(book.ledger, target)
    with pytest.raises(InputError, match="There is no folder"):
        trust.publish(book.ledger, tmp_path / "nowhere" / "public.db")


def test_a_log_that_may_not_be_signed(book: Book, tmp_path: Path) -> None:
    """An old backup is not published either: the copy would contradict what others hold."""
    store.write_twin(book.ledger, tmp_path / "old.db")
    book.claim("The ferry was late.")
    trust.checkpoint(book.ledger)
    with store.open_ledger(tmp_path / "old.db", write=True) as old, pytest.raises(DamagedLedger, match="old backup"):
        trust.publish(old, tmp_path / "public.db")
    assert not (tmp_path / "public.db").exists()


def test_a_copy_made_by_hand(desk: Any, tmp_path: Path) -> None:
    """A working file that is only called published still holds the words, and verify says: destroy it."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    store.write_copy(desk.ledger, tmp_path / "public.db", role="published")
    found = audit.verify(tmp_path / "public.db").problems
    assert {problem.code for problem in found} == {ProblemCode.WITHHELD_PRESENT}
    assert "Destroy" in found[0].hint


def test_a_copy_from_which_too_much_is_gone(desk: Any, tmp_path: Path) -> None:
    """A body that no withholding names may not be missing from a copy."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    trust.publish(desk.ledger, tmp_path / "public.db")
    db = sqlite3.connect(tmp_path / "public.db", isolation_level=None)
    db.execute("DROP TRIGGER ledger_entry_keep")
    db.execute("UPDATE ledger_entry SET body = NULL, salt = NULL WHERE seq = 1")
    db.execute(store.schema.GUARDS["ledger_entry_keep"])
    db.close()
    codes = {problem.code for problem in audit.verify(tmp_path / "public.db").problems}
    assert ProblemCode.BODY_MISSING in codes


def test_what_went_out_is_on_record(factledger: Any, tmp_path: Path) -> None:
    """A publication says the head of the copy, the hash of its file and what was left out; verify compares it."""
    factledger("init", "--origin", "desk.example.org", "--person", "Ana Roa")
    factledger("add", "The ferry was late.")
    assert factledger("publish", "public.db").returncode == 0
    copy = audit.verify(tmp_path / "public.db")
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        (row,) = queries.rows(ledger.db, "publications")
    digest = sha256((tmp_path / "public.db").read_bytes()).hexdigest()
    assert (row["size"], row["root"], row["sha256"], row["withheld"]) == (copy.size, copy.root, digest, 0)
    assert audit.verify(tmp_path / "ledger.db").size == copy.size + 1
    said = factledger("verify").stdout
    assert f"1 publications, that each was the log as it was then; the last on {row['added'][:10]}" in said


def test_a_publication_that_the_log_belies(book: Book, tmp_path: Path) -> None:
    """What is said to have gone out was the log as it was then, or verify says so."""
    book.publication(size=2, root="00" * 32, sha256="11" * 32, withheld=0, copies=0, kept_back=0)
    assert [problem.code for problem in audit.verify(book.ledger.path).problems] == [ProblemCode.REWRITTEN]


def _archived(factledger: Any, tmp_path: Path) -> Path:
    """A ledger with a claim from each of two archived articles, of which one names somebody."""
    (tmp_path / "one.txt").write_text("The bridge was closed, said Marta Quell.\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("The ferry was late.\n", encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("agent", "Marta Quell", "--id", "marta")
    for name in ("one", "two"):
        assert factledger("add", f"Claim {name}", "--id", name, "--seen-in", f"{name}.txt").returncode == 0
    return tmp_path


def _works(archive: Path) -> set[str]:
    return {file.read_text(encoding="utf-8") for file in archive.glob("??/*")}


def test_archived_works_go_along_when_asked_for(factledger: Any, tmp_path: Path) -> None:
    """Only --with-captures puts the archived works beside a copy; the copy is verified with them."""
    folder = _archived(factledger, tmp_path)
    assert factledger("publish", "bare.db").returncode == 0
    assert not (folder / "bare.archive").exists()
    assert factledger("publish", "public.db", "--with-captures").returncode == 0
    assert _works(folder / "public.archive") == {(folder / f"{name}.txt").read_text("utf-8") for name in ("one", "two")}
    assert "2 archived copies, hashed again" in factledger("-d", "public.db", "verify").stdout


def test_works_with_withheld_words_are_kept_back(factledger: Any, tmp_path: Path) -> None:
    """A work that holds withheld words stays here and that is said, also one that was archived later."""
    folder = _archived(factledger, tmp_path)
    factledger("withhold", "marta", "name", "--because", WHY)
    (folder / "three.txt").write_text("MARTA  QUELL left.\n", encoding="utf-8")
    factledger("add", "Claim three", "--id", "three", "--seen-in", "three.txt")
    done = factledger("publish", "public.db", "--with-captures")
    assert done.stderr.count("Left out  ") == 2
    assert _works(folder / "public.archive") == {"The ferry was late.\n"}


def test_a_taken_archive_is_not_written_into(factledger: Any, tmp_path: Path) -> None:
    """Where the folder for the works is there already, nothing is published."""
    folder = _archived(factledger, tmp_path)
    done = factledger("publish", "ledger.public", "--with-captures")
    assert done.returncode == 2
    assert "ledger.archive already exists" in done.stderr
    assert not (folder / "ledger.public").exists()


def test_a_damaged_work_is_not_published(factledger: Any, tmp_path: Path) -> None:
    """If a work is not what was archived, there is neither copy nor folder, and the exit code is 3."""
    folder = _archived(factledger, tmp_path)
    damaged = next((folder / "ledger.archive").glob("??/*"))
    damaged.chmod(0o644)
    damaged.write_bytes(b"Something else.\n")
    assert factledger("publish", "public.db", "--with-captures").returncode == 3
    assert not [path.name for path in folder.iterdir() if path.name.startswith(("public", ".archive"))]
