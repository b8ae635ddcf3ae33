"""The archive is part of what is verified: it is the ledger's, whatever its file is called; none of it may be gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import checks, store, trust
from ledger.audit import ProblemCode, verify
from ledger.book import Book, Custody
from ledger.capture import Archive, Extraction
from ledger.exchange import back_up
from ledger.store import queries

WHY = "She was threatened."

Run = Callable[..., Any]


@pytest.fixture
def desk(factledger: Run, tmp_path: Path) -> Run:
    """A desk with one claim, quoted from an archived article."""
    (tmp_path / "a.txt").write_text("The harbour will close in June, the port council said.\n", encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    told = ("The harbour will close.", "--id", "harbour", "--seen-in", "a.txt", "--quote", "will close in June")
    assert factledger("add", *told).returncode == 0
    return factledger


def codes(path: Path) -> set[ProblemCode]:
    return {problem.code for problem in verify(path).problems}


# -- one ledger, one archive, one lock ---------------------------------------


def test_an_archive_that_was_moved_away(desk: Run, tmp_path: Path) -> None:
    """Without its archive a ledger is not intact: the copy is named with the claim that stands on it."""
    (tmp_path / "ledger.archive").rename(tmp_path / "elsewhere")
    done = desk("verify")
    assert done.returncode == 3
    assert "copy-missing" in done.stdout
    assert "Words were quoted from it for: harbour." in done.stdout
    assert "FACTLEDGER_ARCHIVE" in done.stdout


def test_an_archive_that_is_kept_elsewhere(desk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the house says that it keeps its copies elsewhere, they are looked for there."""
    pytest.importorskip("fsspec")
    (tmp_path / "ledger.archive").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("FACTLEDGER_ARCHIVE", (tmp_path / "elsewhere").as_uri())
    assert desk("verify").returncode == 0


def test_a_ledger_that_was_renamed(desk: Run, tmp_path: Path) -> None:
    """A new name for the file is no new ledger: its copies are found, and new ones go to the same archive."""
    (tmp_path / "ledger.db").rename(tmp_path / "desk.db")
    done = desk("-d", "desk.db", "verify")
    assert done.returncode == 0
    assert "1 archived copies, hashed again" in done.stdout
    (tmp_path / "b.txt").write_text("The ferry was late.\n", encoding="utf-8")
    assert desk("-d", "desk.db", "add", "The ferry was late.", "--seen-in", "b.txt").returncode == 0
    assert [folder.name for folder in tmp_path.glob("*.archive")] == ["ledger.archive"]


def test_a_ledger_by_another_name(desk: Run, tmp_path: Path) -> None:
    """Through a symbolic link there is the same archive and the same lock."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "desk.db").symlink_to("../ledger.db")
    (tmp_path / "b.txt").write_text("The ferry was late.\n", encoding="utf-8")
    told = ("The ferry was late.", "--id", "ferry", "--seen-in", "b.txt", "--quote", "ferry was late")
    assert desk("-d", "sub/desk.db", "add", *told).returncode == 0
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["desk.db"]
    assert "2 archived copies, hashed again" in desk("verify").stdout
    desk("check", "ferry")
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        (found,) = [one.finding for one in queries.findings(ledger.db, "ferry") if one.checker == "quote"]
    assert found.code == "exact"
    with store.exclusive(tmp_path / "sub" / "desk.db"):
        assert store.is_held(tmp_path / "ledger.db")


def test_a_file_with_two_names(desk: Run, tmp_path: Path) -> None:
    """Hard links cannot be told apart from the file, and each would get a WAL of its own: nothing is written."""
    os.link(tmp_path / "ledger.db", tmp_path / "other.db")
    done = desk("-d", "other.db", "add", "The ferry was late.")
    assert done.returncode == 5
    assert "hard links" in done.stderr
    assert desk("-d", "other.db", "list").returncode == 0


def test_another_ledger_of_the_same_name(desk: Run, tmp_path: Path) -> None:
    """A ledger begun where another one was does not take over what that one archived."""
    (tmp_path / "ledger.db").rename(tmp_path / "old.db")
    desk("init", "--origin", "new.example", "--person", "Ben Okafor")
    (tmp_path / "b.txt").write_text("The ferry was late.\n", encoding="utf-8")
    assert desk("add", "The ferry was late.", "--seen-in", "b.txt").returncode == 0
    for name in ("ledger.db", "old.db"):
        assert "1 archived copies, hashed again" in desk("-d", name, "verify").stdout
    assert len(list(tmp_path.glob("*.archive"))) == 2


def test_an_archive_of_an_earlier_version(desk: Run, tmp_path: Path) -> None:
    """An archive that does not say whose it is goes by its name, and says so once a copy is put there."""
    mark = tmp_path / "ledger.archive" / "ledger-id"
    mark.unlink()
    assert desk("verify").returncode == 0
    (tmp_path / "b.txt").write_text("The ferry was late.\n", encoding="utf-8")
    desk("add", "The ferry was late.", "--seen-in", "b.txt")
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        assert mark.read_text(encoding="ascii").strip() == ledger.id


@pytest.mark.parametrize("role", ["published", "example"])
def test_a_ledger_that_is_meant_to_be_without(desk: Run, tmp_path: Path, role: store.Role) -> None:
    """A ledger that says itself that it was handed on without its archive is intact; what was not compared is named."""
    (tmp_path / "given").mkdir()
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        store.write_copy(ledger, tmp_path / "given" / "copy.db", role=role)
    report = verify(tmp_path / "given" / "copy.db")
    assert report.problems == ()
    assert any("handed on without its archive: " in line for line in report.not_established)


def vacuum(path: Path) -> Path:
    return sql(path, "VACUUM")


def reindex(path: Path) -> Path:
    return sql(path, "REINDEX", "ANALYZE")


def without_wal(path: Path) -> Path:
    return sql(path, "PRAGMA journal_mode=DELETE")


def rebuilt(path: Path) -> Path:
    with store.open_ledger(path, write=True) as ledger:
        store.rebuild(ledger)
    return path


def backed_up(path: Path) -> Path:
    (path.parent / "backup").mkdir()
    with store.open_ledger(path) as ledger:
        return back_up(ledger, path.parent / "backup" / "desk.db").path


def copied(path: Path) -> Path:
    shutil.copytree(path.with_suffix(".archive"), path.parent / "new" / "story.archive")
    return Path(shutil.copy(path, path.parent / "new" / "other.db"))


def sql(path: Path, *statements: str) -> Path:
    db = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        db.execute(statement)
    db.close()
    return path


TENDED = [vacuum, reindex, without_wal, rebuilt, backed_up, copied]


@pytest.mark.parametrize("tend", TENDED, ids=[tend.__name__ for tend in TENDED])
@pytest.mark.parametrize("hide", [False, True], ids=["open", "withheld"])
def test_no_false_alarm(
    story: Path, withhold_name: Callable[[Path], None], tend: Callable[[Path], Path], hide: bool
) -> None:
    """Whatever is done to keep a ledger, it stays intact with its one copy, also where a name in it is withheld."""
    if hide:
        withhold_name(story)
    report = verify(tend(story))
    assert report.problems == ()
    assert "1 archived copies, hashed again" in report.covered


# -- withheld words ----------------------------------------------------------


@pytest.fixture
def withhold_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Withhold the name of the speaker, which stands in the one archived copy."""

    def withhold(path: Path) -> None:
        monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path / "no-keys"))
        with store.open_ledger(path, write=True) as ledger:
            done = trust.withhold(Book(ledger), "marta-quell", ["name"], WHY)
        assert len(done.copies.files) == 1

    return withhold


def test_a_withheld_copy_that_was_changed(story: Path, withhold_name: Callable[[Path], None]) -> None:
    """A copy whose hash others may not see is hashed for who holds the file: a changed byte is a problem."""
    withhold_name(story)
    (file,) = story.with_suffix(".archive").glob("??/*")
    file.write_bytes(file.read_bytes().replace(b"May", b"Mai"))
    assert codes(story) == {ProblemCode.COPY_CHANGED}
    assert "for: bridge." in verify(story).problems[0].message
    file.unlink()
    assert codes(story) == {ProblemCode.COPY_MISSING}


def test_a_copy_of_which_nobody_knows_the_hash(
    story: Path, tmp_path: Path, withhold_name: Callable[[Path], None]
) -> None:
    """A published copy, and a ledger whose words were erased, say that there is a copy that was not compared."""
    withhold_name(story)
    (tmp_path / "public").mkdir()
    with store.open_ledger(story, write=True) as ledger:
        trust.publish(ledger, tmp_path / "public" / "copy.db")
        trust.drop(ledger)
    for path in (tmp_path / "public" / "copy.db", story):
        report = verify(path)
        assert report.problems == ()
        assert any("hashes are withheld" in line for line in report.not_established)


def test_checks_that_do_not_need_the_name(story: Path, withhold_name: Callable[[Path], None]) -> None:
    """With the name withheld every check says of the quotation what it said before, and no finding has the name."""

    def found(path: Path) -> list[tuple[str, str, str]]:
        with store.open_ledger(path, write=True) as ledger:
            checks.check(Book(ledger), ["bridge"], everything=True)
            return sorted(
                (one.checker, one.finding.outcome, one.finding.code) for one in queries.findings(ledger.db, "bridge")
            )

    before = found(story)
    withhold_name(story)
    assert found(story) == before
    with store.open_ledger(story) as ledger:
        bodies = [entry.body or "" for entry in queries.entries(ledger.db)]
    assert not [body for body in bodies if "Quell" in body]


def test_what_was_withheld_stays_withheld(story: Path, tmp_path: Path, withhold_name: Callable[[Path], None]) -> None:
    """A name that comes in again after it was withheld is taken out again before a copy is published."""
    withhold_name(story)
    with store.open_ledger(story, write=True) as ledger:
        book = Book(ledger)
        book.claim("The council met Marta Quell.", id="met")
        assert trust.renew(book) is not None
        assert trust.renew(book) is None
        trust.publish(ledger, tmp_path / "public.db")
    assert b"Quell" not in (tmp_path / "public.db").read_bytes()
    assert verify(tmp_path / "public.db").problems == ()
    assert verify(story).problems == ()


def test_only_the_copies_that_hold_the_words(factledger: Run, tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    """A document without the name keeps its hash, whatever kind it is; one that says it of its author does not."""
    (tmp_path / "report.pdf").write_bytes(pdf("The permit was refused."))
    (tmp_path / "letter.pdf").write_bytes(pdf("The permit was refused.", info="/Author(Marta Quell)"))
    (tmp_path / "note.txt").write_text("Marta Quell was there.\n", encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("agent", "Marta Quell", "--id", "marta")
    for name, file in (("report", "report.pdf"), ("letter", "letter.pdf"), ("note", "note.txt")):
        factledger("source", f"A {name}", "--id", name)
        assert factledger("capture", name, file).returncode == 0, file
    assert factledger("withhold", "marta", "name", "--because", WHY).returncode == 0
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        rows = {row["source"]: row["sha256"] for row in queries.rows(ledger.db, "captures")}
        assert [name for name, digest in rows.items() if digest == "[withheld]"] == ["letter", "note"]
        assert Archive.of(ledger).has(rows["report"])
    assert "3 archived copies, hashed again" in factledger("verify").stdout


def test_a_copy_that_cannot_be_searched(book: Book) -> None:
    """A picture is no copy that holds the words, and no copy that does not: it is named for a person to look at."""
    photo = book.source("A photo", id="photo")
    data = b"\x89PNG\r\n\x1a\n" + bytes(100)
    book.agent("Marta Quell", id="marta")
    Archive.of(book.ledger).put(data)
    capture = book.capture(photo, Extraction(data, "", "image/png", "none@1"), Custody())
    done = trust.withhold(book, "marta", ["name"], WHY, try_only=True)
    assert done.copies == trust.traces.CopiesConcerned(unsearched=(capture.handle,))
