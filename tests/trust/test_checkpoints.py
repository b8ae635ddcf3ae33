"""What is signed, and what is never signed: a log that is shorter, or another, than one that was signed before."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, store, trust
from ledger.audit import ProblemCode
from ledger.book import Book, keys
from ledger.errors import DamagedLedger, EnvironmentFault, InputError, LedgerError
from ledger.log import Algorithm, Checkpoint, Environment, Note, SignerKey, sign
from ledger.store import queries


def remembered(book: Book) -> Path:
    """The file in the key folder that holds the last checkpoint signed."""
    return keys.folder() / f"{queries.first(book.ledger.db).subject}.checkpoint"


def kept(path: Path) -> list[str]:
    """The notes that a ledger file keeps."""
    with store.open_ledger(path) as ledger:
        return [str(note) for note in store.checkpoints(ledger.db)]


@pytest.fixture
def refused(book: Book) -> Callable[..., LedgerError]:
    """Ask for a checkpoint that must not be signed; return the error. Nothing was signed or remembered."""

    def ask(path: Path | None = None, kind: type[LedgerError] = DamagedLedger, **more: Any) -> LedgerError:
        path = path or book.ledger.path
        before, last = kept(path), remembered(book).read_bytes() if remembered(book).exists() else None
        with store.open_ledger(path, write=True) as ledger, pytest.raises(kind) as caught:
            trust.checkpoint(ledger, **more)
        assert kept(path) == before
        assert (remembered(book).read_bytes() if remembered(book).exists() else None) == last
        return caught.value

    return ask


def as_it_is(book: Book, to: Path) -> Path:
    """A copy of the ledger file as it is now, WAL and all, as an old backup would be."""
    store.write_twin(book.ledger, to)
    return to


# -- signing -----------------------------------------------------------------


def test_what_a_checkpoint_says(book: Book) -> None:
    """Origin, size and root, signed by the key that entry 0 names; kept in the ledger and in the key folder."""
    note = trust.checkpoint(book.ledger)
    head = queries.head(book.ledger.db)
    assert Checkpoint.read(note.text) == Checkpoint("desk.example", head.size, head.root)
    assert note.signed_by(trust.log_key(book.ledger))
    assert remembered(book).read_text("utf-8") == str(note)
    assert kept(book.ledger.path) == [str(note)]


def test_only_the_owner_reads_the_key_folder(book: Book) -> None:
    """Key and last checkpoint are their owner's alone."""
    trust.checkpoint(book.ledger)
    assert {file.stat().st_mode & 0o777 for file in keys.folder().iterdir()} == {0o600}


def test_the_same_log_is_signed_once(book: Book) -> None:
    """Signed again without a new entry, a log has the same note, and keeps it once."""
    assert str(trust.checkpoint(book.ledger)) == str(trust.checkpoint(book.ledger))
    assert len(kept(book.ledger.path)) == 1
    assert audit.verify(book.ledger.path).sound


def test_a_log_that_grew(book: Book) -> None:
    """Each new size gets a note of its own, all of which verify bears out."""
    sizes = []
    for number in range(4):
        book.claim(f"The ferry was late {number} times.")
        sizes.append(Checkpoint.read(trust.checkpoint(book.ledger).text).size)
    assert sizes == sorted(set(sizes))
    report = audit.verify(book.ledger.path)
    assert report.sound
    assert "4 checkpoints kept in the file" in report.covered


def test_what_the_key_folder_forgot(book: Book) -> None:
    """With the folder's note lost, those in the ledger are still gone on from, and it is written again."""
    note = trust.checkpoint(book.ledger)
    remembered(book).unlink()
    assert str(trust.checkpoint(book.ledger)) == str(note)
    assert remembered(book).read_text("utf-8") == str(note)


# -- what is never signed ----------------------------------------------------


def test_an_old_backup(book: Book, tmp_path: Path, refused: Callable[..., LedgerError]) -> None:
    """A ledger restored from before the last checkpoint is shorter than what was signed."""
    old = as_it_is(book, tmp_path / "old.db")
    book.claim("The ferry was late.")
    trust.checkpoint(book.ledger)
    error = refused(old)
    assert error.exit_code == 3
    assert "The log has 2 entries; a checkpoint of 3 was signed before" in str(error)
    assert "old backup" in str(error)


@pytest.mark.parametrize("more", [1, 5], ids=["as long", "longer"])
def test_an_old_backup_that_went_on(book: Book, tmp_path: Path, refused: Callable[..., LedgerError], more: int) -> None:
    """Appended to until it is as long or longer, it is another history, and is not signed either."""
    old = as_it_is(book, tmp_path / "old.db")
    book.claim("The ferry was late.")
    trust.checkpoint(book.ledger)
    with store.open_ledger(old, write=True) as ledger:
        for number in range(more):
            Book(ledger).claim(f"The ferry was early {number} times.")
    assert "The first 3 entries are not those signed before" in str(refused(old))
    assert audit.verify(old).sound  # by itself it is a ledger like any other


def test_two_forks(book: Book, tmp_path: Path, refused: Callable[..., LedgerError]) -> None:
    """Of two ledgers that went on from one, the first signed is the only one signed."""
    trust.checkpoint(book.ledger)
    fork = as_it_is(book, tmp_path / "fork.db")
    book.claim("The ferry was late.")
    with store.open_ledger(fork, write=True) as ledger:
        Book(ledger).claim("The ferry was early.")
        trust.checkpoint(ledger)
    assert "another history" in str(refused())
    assert "another history" in str(refused())


def test_an_entry_edited_since(book: Book, tmp_path: Path, refused: Callable[..., LedgerError]) -> None:
    """An entry whose envelope is no longer what was hashed is not signed."""
    trust.checkpoint(book.ledger)
    book.claim("The ferry was late.")
    db = book.ledger.db
    guard = store.schema.GUARDS["ledger_entry_keep"]
    db.execute("DROP TRIGGER ledger_entry_keep")
    db.execute("UPDATE ledger_entry SET env = replace(env, 'claim.add', 'rumor.add') WHERE seq = 2")
    db.execute(guard)
    assert "Entry 2 was changed" in str(refused())


def test_a_head_that_does_not_fit(book: Book, refused: Callable[..., LedgerError]) -> None:
    """A head with another root than the entries give is not signed."""
    book.ledger.db.execute("UPDATE ledger_head SET root = zeroblob(32)")
    assert "The head does not fit the log" in str(refused())


@pytest.mark.parametrize("said", ["", "nonsense", "desk.example\n2\nAAAA\n\n— desk.example AAAAAA==\n", "\x00", "é"])
def test_a_mangled_memory(book: Book, refused: Callable[..., LedgerError], said: str) -> None:
    """Where the key folder holds no checkpoint any more, nothing is signed until somebody looked."""
    trust.checkpoint(book.ledger)
    remembered(book).write_bytes(said.encode("latin-1" if said == "é" else "utf-8"))
    assert "holds no checkpoint" in str(refused())


def test_a_memory_that_was_changed(book: Book, refused: Callable[..., LedgerError]) -> None:
    """A note whose size was edited by hand is not by the log key, so it cannot make a fork pass."""
    book.claim("The ferry was late.")
    note = trust.checkpoint(book.ledger)
    remembered(book).write_text(str(note).replace("\n3\n", "\n2\n"), encoding="utf-8")
    assert "is not one of this ledger" in str(refused())


def test_the_memory_of_another_ledger(book: Book, refused: Callable[..., LedgerError]) -> None:
    """A note by the right key, but of another log, is nothing that this one can go on from."""
    key = keys.held(queries.first(book.ledger.db).subject)
    assert key is not None
    said = Checkpoint("other.example", 1, bytes(32)).text
    keys.replace(remembered(book), str(Note(said, (sign(said, key),))))
    assert "is not one of this ledger" in str(refused())


# -- keys --------------------------------------------------------------------


def test_without_the_key(book: Book, refused: Callable[..., LedgerError]) -> None:
    """Without the log key nothing is signed, and the message says where the key belongs."""
    path = keys.path_of(queries.first(book.ledger.db).subject)
    path.unlink()
    error = refused(kind=EnvironmentFault)
    assert str(path) in str(error)
    assert error.exit_code == 5


@pytest.mark.parametrize("name", ["desk.example", "other.example"])
def test_with_another_key(book: Book, refused: Callable[..., LedgerError], name: str) -> None:
    """A key that entry 0 does not name signs nothing, whatever it calls itself."""
    path = keys.path_of(queries.first(book.ledger.db).subject)
    path.write_text(keys.make(name, Environment()).text + "\n", encoding="ascii")
    assert "is not the key that the ledger names" in str(refused(kind=EnvironmentFault))


def test_with_a_broken_key(book: Book, refused: Callable[..., LedgerError]) -> None:
    """A key file that holds no key is named, and what it holds is not."""
    path = keys.path_of(queries.first(book.ledger.db).subject)
    path.write_text("PRIVATE+KEY+secret\n", encoding="ascii")
    error = refused(kind=EnvironmentFault)
    assert "holds no key" in str(error)
    assert "secret" not in str(error)


# -- git ---------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git working tree with nobody's settings."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana Roa")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@desk.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    return folder


def git(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_commits(book: Book, repository: Path) -> None:
    """Each checkpoint is one commit of one file, and nothing else in the working tree is touched."""
    git(repository, "init", "--quiet")
    (repository / "notes.txt").write_text("mine", encoding="utf-8")
    git(repository, "add", "notes.txt")
    trust.checkpoint(book.ledger, folder=repository)
    book.claim("The ferry was late.")
    note = trust.checkpoint(book.ledger, folder=repository)
    trust.checkpoint(book.ledger, folder=repository)
    assert git(repository, "log", "--format=%s") == ["Checkpoint of 3 entries", "Checkpoint of 2 entries"]
    assert git(repository, "log", "--format=", "--name-only") == ["desk.example.checkpoint"] * 2
    assert (repository / "desk.example.checkpoint").read_text("utf-8") == str(note)
    assert git(repository, "status", "--porcelain") == ["A  notes.txt"]


def test_a_folder_that_is_no_repository_yet(book: Book, repository: Path) -> None:
    """The checkpoint is signed and lies there; once the folder is a repository, asking again commits it."""
    with pytest.raises(EnvironmentFault, match="git could not commit"):
        trust.checkpoint(book.ledger, folder=repository)
    assert (repository / "desk.example.checkpoint").exists()
    git(repository, "init", "--quiet")
    trust.checkpoint(book.ledger, folder=repository)
    assert git(repository, "log", "--format=%s") == ["Checkpoint of 2 entries"]


def test_without_git(book: Book, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, the message says that the checkpoint was signed."""
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(EnvironmentFault, match="git is not installed") as error:
        trust.checkpoint(book.ledger, folder=repository)
    assert "was signed" in error.value.hint


def test_what_was_published_last(
    book: Book, repository: Path, tmp_path: Path, refused: Callable[..., LedgerError]
) -> None:
    """The note in the working tree is remembered too: a restored backup with its keys is caught by it."""
    git(repository, "init", "--quiet")
    old = as_it_is(book, tmp_path / "old.db")
    book.claim("The ferry was late.")
    trust.checkpoint(book.ledger, folder=repository)
    remembered(book).unlink()
    assert "old backup" in str(refused(old, folder=repository))
    (repository / "desk.example.checkpoint").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert "holds no checkpoint" in str(refused(folder=repository))


# -- what comes back from a witness --------------------------------------------


def cosigned(note: Note, name: str = "archive.example.org") -> Note:
    key = SignerKey(name, Environment().entropy(32), Algorithm.COSIGNATURE)
    return note.plus([sign(note.text, key, now=Environment().clock())])


def test_a_cosigned_checkpoint(book: Book) -> None:
    """A note that came back with more signatures is kept beside the first, once, and later ones go on from both."""
    note = cosigned(trust.checkpoint(book.ledger))
    for _ in range(2):
        assert trust.add_cosigned(book.ledger, note).size == 2
    assert kept(book.ledger.path)[1:] == [str(note)]
    book.claim("The ferry was late.")
    trust.checkpoint(book.ledger)
    assert audit.verify(book.ledger.path).sound


def test_a_foreign_checkpoint(book: Book, tmp_path: Path) -> None:
    """A note of another ledger, or one that only a witness signed, is not kept."""
    note = trust.checkpoint(book.ledger)
    fresh = keys.make("desk.example", Environment())
    for foreign in (Note(note.text, (sign(note.text, fresh),)), Note(note.text, cosigned(note).signatures[1:])):
        with pytest.raises(InputError, match="not signed by this ledger's log key"):
            trust.add_cosigned(book.ledger, foreign)
    assert kept(book.ledger.path) == [str(note)]


def test_a_checkpoint_of_another_history(book: Book, tmp_path: Path) -> None:
    """A note by the right key of entries that this ledger does not have means damage."""
    fork = as_it_is(book, tmp_path / "fork.db")
    book.claim("The ferry was late.")
    note = trust.checkpoint(book.ledger)
    with store.open_ledger(fork, write=True) as ledger:
        for _ in range(2):
            with pytest.raises(DamagedLedger, match="does not hold what the checkpoint says"):
                trust.add_cosigned(ledger, note)
            Book(ledger).claim("The ferry was early.")


# -- what the ledger keeps of itself -----------------------------------------


@pytest.mark.parametrize(
    "row",
    ["(2, 'desk.example')", "(2, '')", "(2, CAST(x'ff' AS TEXT))", "(7, (SELECT note FROM ledger_checkpoint))"],
)
def test_mangled_rows(book: Book, row: str) -> None:
    """A row that is no checkpoint is told by verify, as what it is, and does not stop the rest."""
    trust.checkpoint(book.ledger)
    book.ledger.db.execute(f"INSERT INTO ledger_checkpoint (size, note) VALUES {row}")
    (problem,) = audit.verify(book.ledger.path).problems
    assert (problem.code, problem.table) == (ProblemCode.CHECKPOINT_FORM, "ledger_checkpoint")


def test_a_copy_elsewhere_is_what_counts(book: Book, tmp_path: Path) -> None:
    """Given a note kept elsewhere, verify says how far it reaches, and what is still open."""
    note = trust.checkpoint(book.ledger)
    given = [audit.OutsideCheckpoint("at the notary's", note)]
    assert any("No checkpoint kept elsewhere" in line for line in audit.verify(book.ledger.path).not_established)
    report = audit.verify(book.ledger.path, checkpoints=given, keys=[trust.log_key(book.ledger)])
    assert report.sound
    assert any("after the newest checkpoint" in line for line in report.not_established)
    book.claim("The ferry was late.")
    report = audit.verify(book.ledger.path, checkpoints=given)
    assert any("cover 2 of 3 entries" in line for line in report.not_established)
    shutil.rmtree(keys.folder())
    assert audit.verify(book.ledger.path, checkpoints=given).sound  # no key is needed to verify
