"""Keeping a ledger from the command line: backup, export and import, and folders one may not write to."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import store


@pytest.fixture
def begun(factledger: Any, tmp_path: Path, once: Any) -> Path:
    """A ledger with one claim from an archived article, in a folder of its own."""

    @once
    def tell() -> None:
        (tmp_path / "article.txt").write_text("The ferry will run at night.\n", encoding="utf-8")
        (tmp_path / "else").mkdir()
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("add", "The ferry will run at night.", "--id", "ferry", "--seen-in", "article.txt")

    return tmp_path / "ledger.db"


def root(factledger: Any, path: str) -> str:
    return str(json.loads(factledger("-d", path, "verify", "--json").stdout)["root"])


def test_backup_says_what_it_did(factledger: Any, begun: Path) -> None:
    """`backup` says how much it copied, the root, that the copy was verified, and what is not in it."""
    done = factledger("backup", "else/desk.db")
    assert done.returncode == 0
    assert done.stdout == ""
    for words in (
        "Backed up desk.example",
        "to else/desk.db",
        root(factledger, "ledger.db"),
        "1 archived copy in else/desk.archive, 1 new",
        "Verified",
        os.environ["FACTLEDGER_KEYS"],
        "Do not use cp",
    ):
        assert words in done.stderr, words
    assert factledger("-d", "else/desk.db", "verify").returncode == 0


def files(ledger: Path) -> list[Path]:
    """List what lies around a ledger, but for what SQLite keeps beside it while it is read."""
    return sorted(path for path in ledger.parent.rglob("*") if not path.name.startswith("ledger.db-"))


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("ledger.db", "the ledger itself"),
        ("./else/../ledger.db", "the ledger itself"),
        ("article.txt", "taken"),
        ("else", "taken"),
        ("nowhere/desk.db", "no folder nowhere"),
    ],
)
@pytest.mark.parametrize("command", ["backup", "export log", "export bundle ferry"])
def test_names_that_are_refused(factledger: Any, begun: Path, command: str, target: str, says: str) -> None:
    """A name that cannot be had is refused in one line, and nothing is written."""
    before = files(begun)
    done = factledger(*command.split(), target)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr or (command != "backup" and "taken" in done.stderr)
    assert files(begun) == before


def test_a_damaged_ledger_has_no_backup(factledger: Any, begun: Path) -> None:
    """Of a damaged ledger `backup` makes no copy, says so and why in one line, and ends with 3."""
    with store.open_ledger(begun, write=True) as ledger:
        ledger.db.execute("UPDATE claims SET text = 'The ferry sank.'")
    done = factledger("backup", "else/desk.db")
    assert done.returncode == 3
    (line,) = done.stderr.strip().splitlines()
    assert "The ferry sank." in line
    assert "No copy was made." in line
    assert "Run: factledger verify" in line
    assert list((begun.parent / "else").iterdir()) == []


def test_a_file_cut_short_has_no_backup(factledger: Any, begun: Path) -> None:
    """What SQLite itself cannot read is not copied either, and that is said."""
    cut = begun.with_name("cut.db")
    factledger("backup", "cut.db")
    os.truncate(cut, 5 * 4096)
    done = factledger("-d", "cut.db", "backup", "else/desk.db")
    assert done.returncode == 3
    assert "No copy was made." in done.stderr
    assert list((begun.parent / "else").iterdir()) == []


def test_a_log_out_and_in_again(factledger: Any, begun: Path) -> None:
    """`export log` and `import` make a second ledger with the same root."""
    done = factledger("export", "log", "desk.ndjson")
    assert done.returncode == 0
    assert root(factledger, "ledger.db") in done.stderr
    done = factledger("-d", "again.db", "import", "desk.ndjson")
    assert done.returncode == 0
    assert root(factledger, "again.db") == root(factledger, "ledger.db")
    assert factledger("-d", "again.db", "show", "ferry").stdout == factledger("show", "ferry").stdout


def test_a_log_on_stdout(installed: Any, begun: Path) -> None:
    """`export log -` writes the log to stdout as UTF-8, whatever the terminal speaks, and its messages to stderr."""
    installed("add", "The café will close.")
    done = installed("export", "log", "-", PYTHONIOENCODING="utf-8")
    narrow = installed("export", "log", "-", PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert narrow.stdout == done.stdout
    assert json.loads(done.stdout.splitlines()[0])["factledger"] == "log/1"
    assert "café" in done.stdout
    (begun.parent / "any.txt").write_text(done.stdout, encoding="utf-8")
    assert installed("-d", "again.db", "import", "any.txt").returncode == 0


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (["desk.ndjson"], "ledger.db: This is taken"),
        (["gone.ndjson"], "There is no such file"),
        (["desk.ndjson", "article.txt"], "Import it by itself"),
        (["article.txt"], "No format is read from such a file: .txt."),
    ],
)
def test_imports_that_are_refused(factledger: Any, begun: Path, files: list[str], says: str) -> None:
    """A log that cannot be imported as asked is refused in one line, and the ledger stays as it is."""
    factledger("export", "log", "desk.ndjson")
    before = root(factledger, "ledger.db")
    done = factledger("import", *files)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr
    assert root(factledger, "ledger.db") == before


def test_a_damaged_log_leaves_no_file(factledger: Any, begun: Path) -> None:
    """Neither a half-written export nor a half-made ledger stays behind."""
    factledger("export", "log", "desk.ndjson")
    log = (begun.parent / "desk.ndjson").read_text(encoding="utf-8")
    (begun.parent / "desk.ndjson").write_text(log.replace("at night", "by night"), encoding="utf-8")
    done = factledger("-d", "again.db", "import", "desk.ndjson")
    assert done.returncode == 2
    assert "No ledger was made." in done.stderr
    with store.open_ledger(begun, write=True) as ledger:
        ledger.db.execute("UPDATE ledger_head SET root = zeroblob(32)")
    assert factledger("export", "log", "more.ndjson").returncode == 3
    names = {path.name for path in begun.parent.iterdir()}
    assert not {name for name in names if name.startswith(("again", "more"))}


@pytest.fixture
def unwritable(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the ledger in a folder that neither this user nor, for the test, an administrator can write to."""
    with store.open_ledger(begun, write=True):
        folder = tmp_path_factory.mktemp("unwritable")
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o005:
            above.chmod(0o755)
    path = Path(shutil.copy(begun, folder))
    path.chmod(0o444)
    folder.chmod(0o555)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    yield path
    os.seteuid(me)
    folder.chmod(0o755)


@pytest.mark.parametrize("command", [["list"], ["show", "ferry"], ["agent", "Marta Quell"], ["export", "log", "-"]])
def test_a_folder_that_cannot_be_written_to(factledger: Any, unwritable: Path, command: list[str]) -> None:
    """A ledger in such a folder cannot be opened by SQLite: one line says why, and what to do."""
    done = factledger("-d", str(unwritable), *command)
    assert done.returncode == 5
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"Error: {unwritable}: SQLite needs to write beside it, even for reading")
    assert "Copy ledger.db, with ledger.db-wal if there is one" in line
