"""Each command that writes, where descriptors, memory or disk run out: done, or one line and nothing half written."""

from __future__ import annotations

import compileall
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from ledger import audit
from ledger.book import Book
from ledger.cli.frame import code_of
from tests.terminal import factledger

PROJECT = Path(__file__).parents[2]
ARTICLE = PROJECT / "seeds" / "troop-offer.txt"
FORMATS = PROJECT / "tests" / "formats"

COMMANDS = {
    "init": ("-d", "new.db", "init", "--origin", "new.example", "--person", "Bea Ruiz"),
    "add": ("add", "The ferry sank.", "--id", "sank"),
    "agent": ("agent", "Marta Quell"),
    "source": ("source", "Minutes", "--id", "minutes"),
    "link": ("link", "sitting-1", "based_on", "sitting-2"),
    "evidence": ("evidence", "pier-1", "sitting-2", "--id", "more"),
    "inquiry": ("inquiry", "Is it open?", "--asked", "harbour-post"),
    "capture": ("capture", "sitting-1", "page.html"),
    "article": ("article", "article.txt"),
    "import": ("import", "table.csv"),
    "import a log": ("-d", "again.db", "import", "log.ndjson"),
    "check": ("check", "--fail-on", "never"),
    "review": ("review", "pier-1", "supported", "--because", "Seen."),
    "correct": ("correct", "pier-1", "topic=harbour", "--because", "It was missing."),
    "retract": ("retract", "pier-2", "--because", "A slip."),
    "withhold": ("withhold", "harbour-post", "name", "--because", "Asked."),
    "erase": ("erase",),
    "checkpoint": ("checkpoint", "-o", "desk.checkpoint"),
    "prove": ("prove", "pier-1", "-o", "pier.proof.json"),
    "key": ("key", "add", "ana-roa"),
    "publish": ("publish", "public.db", "--with-captures"),
    "backup": ("backup", "copy.db"),
    "upgrade": ("-d", "old/desk.db", "upgrade"),
    "rebuild": ("rebuild",),
    "export log": ("export", "log", "again.ndjson"),
    "export bundle": ("export", "bundle", "pier-1", "pier.bag"),
    "desk": ("desk", "article.txt", "--to-story", "article.yaml"),
    "plugin": ("plugin", "new", "round-years"),
}
"""Each command that writes, in a folder as `prepared` makes it."""

REFUSED = (2, 5)
ENDS = (0, 4, *REFUSED)
"""Done, a checker did not run, refused, or the surroundings; never "damaged" (3), which would be a false alarm."""

DISK = 6_000_000
pytestmark = pytest.mark.long

Limit = Callable[[], None]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger, its keys, and what the commands take in; modules are compiled, as `pip install` does.

    Python itself may call a module it has no memory to compile wrong in its syntax.
    """
    from ledger import book as use_cases

    for package in (PROJECT / "ledger", PROJECT / "plugins"):
        compileall.compile_dir(package, quiet=1)
    folder = tmp_path_factory.mktemp("prepared")
    before, os.environ["FACTLEDGER_KEYS"] = os.environ.get("FACTLEDGER_KEYS"), str(folder / "keys")
    book = use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa")
    _fill(book)
    book.ledger.close()
    (folder / "table.csv").write_text("text,source\n" + "".join(f"Trip {n}.,Log book\n" for n in range(300)))
    (folder / "page.html").write_text("<title>Ferry</title>" + "<p>The ferry was late again. " * 3000)
    shutil.copy(ARTICLE, folder / "article.txt")
    with tarfile.open(FORMATS / "2-2026-11-29.tar.gz") as kept:
        kept.extractall(folder / "old", filter="data")
    done = subprocess.run(factledger("export", "log", "log.ndjson"), cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0
    if before is not None:
        os.environ["FACTLEDGER_KEYS"] = before
    return folder


def _fill(book: Book) -> None:
    with book.together():
        paper = book.agent("Harbour Post")
        for number in range(20):
            source = book.source(f"Sitting {number}", publisher=paper)
            book.evidence(book.claim(f"Pier {number} was closed.", id=f"pier-{number}"), source)


def run(folder: Path, name: str, limit: Limit | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with its keys and temporary files there, under a limit."""
    (folder / "tmp").mkdir(exist_ok=True)
    surroundings = {"FACTLEDGER_KEYS": str(folder / "keys"), "TMPDIR": str(folder / "tmp"), "COLUMNS": "200"}
    return subprocess.run(
        factledger(*COMMANDS[name]),
        cwd=folder,
        env=os.environ | surroundings | {"FACTLEDGER_CONFIRM_CLOCK": "1"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        preexec_fn=limit,
        timeout=120,
    )


def held_to(folder: Path, done: subprocess.CompletedProcess[str], *, descriptors: bool = False) -> None:
    """Hold a command to how it may end, and what it leaves to what that must be.

    To remove a folder takes `descriptors`: where there are none, it goes with the next run.
    """
    assert done.returncode in ENDS, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == (done.returncode in REFUSED), done.stderr
    for path in folder.rglob("*.db"):
        report = audit.verify(path)
        assert report.sound, (path, report.problems, done.stderr)
    assert descriptors or left_in(folder) == []


def left_in(folder: Path) -> list[Path]:
    """Return what should have gone."""
    return [path for path in folder.rglob("*") if ".part" in path.name or path.parent.name == "tmp"]


def then_goes_on(folder: Path, name: str, before: subprocess.CompletedProcess[str]) -> None:
    """See that the command works once there is room, unless it was done before."""
    after = run(folder, name)
    assert after.returncode == 0 or (before.returncode == 0 and after.returncode in REFUSED), after.stderr
    held_to(folder, after)


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "desk"))


@pytest.mark.parametrize("name", COMMANDS)
def test_where_nothing_is_short_it_is_done(folder: Path, name: str) -> None:
    """Each of these commands writes where it can: else the rest would show nothing."""
    done = run(folder, name)
    assert done.returncode == 0, done.stderr
    held_to(folder, done)


@pytest.mark.parametrize("most", [7, 10])
@pytest.mark.parametrize("name", COMMANDS)
def test_few_descriptors(folder: Path, name: str, most: int) -> None:
    """With so few open files the command is done, or says that there are too few; with more it is done."""
    done = run(folder, name, lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)))
    held_to(folder, done, descriptors=True)
    then_goes_on(folder, name, done)


@pytest.mark.parametrize("megabytes", [64, 88])
@pytest.mark.parametrize("name", COMMANDS)
def test_little_memory(folder: Path, name: str, megabytes: int) -> None:
    """With so little address space the command is done, or says that it is too little: never that a file is damaged."""
    size = megabytes * 1_000_000
    done = run(folder, name, lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
    held_to(folder, done)
    then_goes_on(folder, name, done)


LOADERS = [
    "pyexpat.so: failed to map segment from shared object",
    "_decimal.so: cannot allocate memory in static TLS block",
]


@pytest.mark.parametrize("words", LOADERS)
def test_no_room_for_code_is_little_memory(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shared object that finds no room is an error of import in Python: it is said as what it is."""
    monkeypatch.setattr(sys, "argv", ["factledger"])
    assert code_of(_that_cannot_import(words)) == 5
    assert capsys.readouterr().err == "Error: There is too little memory here for this.\n"


def test_another_error_of_import_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["factledger"])
    with pytest.raises(ImportError):
        code_of(_that_cannot_import("No module named 'pyexpat'"))


def _that_cannot_import(words: str) -> click.Group:
    @click.group(invoke_without_command=True)
    def group() -> None:
        raise ImportError(words)

    return group


@pytest.fixture
def disk(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, on which the folder is."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(options, capture_output=True).returncode != 0:
        pytest.skip("only root can have a small disk; the torture fails the n-th write instead")
    try:
        yield Path(shutil.copytree(prepared, place / "desk"))
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("free", [0, 60_000])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(disk: Path, name: str, free: int) -> None:
    """With so many bytes free the command is done, or says that the disk is full; once there is room it works."""
    (disk / "tmp").mkdir()
    filler = disk.parent / "filler"
    room = shutil.disk_usage(disk).free
    filler.write_bytes(bytes(max(room - free, 0)))
    done = run(disk, name)
    filler.unlink()
    held_to(disk, done)
    then_goes_on(disk, name, done)
