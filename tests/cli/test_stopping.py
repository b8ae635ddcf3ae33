"""Commands that are told to end, or are killed: their children end, their folders go, nothing is half written."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ledger import audit, store
from ledger.book import Book
from ledger.store import scratch, scratch_folder
from tests.checks.conftest import write_plugin
from tests.terminal import Terminal, factledger

pytestmark = pytest.mark.long

ARTICLE = Path(__file__).parents[2] / "seeds" / "troop-offer.txt"
FORMATS = Path(__file__).parents[1] / "formats"

SLOW = """
import time
from ledger import Checker, hookimpl

class Slow(Checker):
    name = "slow"
    establishes = "that time passes"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        time.sleep(300)
        yield self.passes("All is well.", cites=[dossier.claim])

@hookimpl
def ledger_register_checkers(config):
    return [Slow()]
"""

ENDS = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGHUP: 143}
every_end = pytest.mark.parametrize(
    "number",
    [pytest.param(one, id=one.name, marks=() if one is signal.SIGTERM else pytest.mark.long) for one in ENDS],
)

PATIENCE = 120.0
MOMENTS = 6


class Place:
    """A folder with a ledger, temporary folders of its own, and the means to find every process that was started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.environment = {"TMPDIR": str(self.temporary)}

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Begin a command in a process that hears Ctrl-C even where the tests run in the background."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return subprocess.Popen(
                factledger(*arguments),
                cwd=self.folder,
                env=os.environ | self.environment | environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        finally:
            signal.signal(signal.SIGINT, before)

    def processes(self) -> list[int]:
        """Return the processes that have this folder's TMPDIR in their environment: the command and its children."""
        marked = f"TMPDIR={self.temporary}".encode()
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _has(entry, marked)]

    def left(self) -> list[str]:
        """Return the temporary files and folders, here and in the system's place for them."""
        beside = [path for path in self.folder.rglob("*") if ".part" in path.name and path.parent != self.temporary]
        return sorted(str(path.relative_to(self.folder)) for path in [*beside, *self.temporary.iterdir()])

    def wait_for(self, happened: Any) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < deadline, "It never happened."
            time.sleep(0.02)


def _has(process: Path, marked: bytes) -> bool:
    try:
        return marked in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A place whose processes are all ended when the test is."""
    made = Place(tmp_path)
    yield made
    for pid in made.processes():
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def slow(place: Place, book: Book) -> Place:
    """A place with a claim in its ledger, and two checkers installed that take five minutes for it."""
    book.claim("The pier was closed.")
    book.ledger.close()
    for name in ("slow", "slower"):
        write_plugin(place.folder / "site", name, SLOW.replace('"slow"', f'"{name}"'))
    place.environment |= {"PYTHONPATH": str(place.folder / "site"), "FACTLEDGER_LOAD_PLUGINS": "slow,slower"}
    return place


def busy(place: Place, *arguments: str) -> subprocess.Popen[str]:
    """Begin a check and wait until a checker is at work."""
    before = len(list(place.temporary.rglob("output-*")))
    run = place.start("check", "--limit", "300", *arguments)
    place.wait_for(lambda: len(list(place.temporary.rglob("output-*"))) > before)
    return run


@every_end
@pytest.mark.parametrize("workers", [1, 2])
def test_a_check_ends_with_its_children(slow: Place, number: int, workers: int) -> None:
    """A check that is told to end does so at once, with every process that it began, and removes its folder."""
    run = busy(slow, "--workers", str(workers))
    began = time.monotonic()
    run.send_signal(number)
    _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == ENDS[number]
    assert said.splitlines()[-1].startswith("Stopped.") and "Traceback" not in said
    assert time.monotonic() - began < PATIENCE  # the checker would take longer
    slow.wait_for(lambda: not slow.processes())
    assert slow.left() == []
    assert audit.verify(slow.folder / "ledger.db").sound


def test_what_a_killed_check_left_goes_with_the_next(slow: Place) -> None:
    """After kill -9 its checkers end by themselves; its folder goes with the next run, a living run's stays."""
    killed = busy(slow)
    workers, dead = set(slow.processes()) - {killed.pid}, set(slow.temporary.iterdir())
    assert len(workers) == 2 and len(dead) == 1
    living = busy(slow)
    killed.kill()
    killed.communicate(timeout=PATIENCE)
    slow.wait_for(lambda: not workers & set(slow.processes()))
    assert dead < set(slow.temporary.iterdir())
    slow.start("check", "--explain").communicate(timeout=PATIENCE)
    (left,) = slow.temporary.iterdir()
    assert left not in dead
    living.terminate()
    living.communicate(timeout=PATIENCE)
    slow.wait_for(lambda: not slow.processes())
    assert slow.left() == []


def test_a_folder_of_another_is_not_touched(tmp_path: Path) -> None:
    """What is locked, is a link, is no folder or is called otherwise stays; what nobody holds any more goes."""
    names = {name: tmp_path / f"{scratch.PREFIX}{name}{scratch.SUFFIX}" for name in ("dead", "locked", "link", "file")}
    for name in ("dead", "locked"):
        names[name].mkdir()
        (names[name] / "words").write_text("words")
    (tmp_path / "theirs").mkdir()
    (tmp_path / f"{scratch.PREFIX}theirs").mkdir()
    names["link"].symlink_to(tmp_path / "theirs")
    names["file"].write_text("words")
    held = os.open(names["locked"], os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with scratch_folder(tmp_path) as mine, scratch_folder(tmp_path) as other:
        assert mine.is_dir() and other.is_dir()
    os.close(held)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*(names[name].name for name in ("locked", "link", "file")), "theirs", f"{scratch.PREFIX}theirs"]
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_another_users_leftovers_stay(tmp_path: Path) -> None:
    """A dead run of another user is that user's to clean, also where this one could."""
    theirs = tmp_path / f"{scratch.PREFIX}theirs{scratch.SUFFIX}"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    with scratch_folder(tmp_path):
        assert theirs.is_dir()


def test_many_at_once_never_take_anothers_folder(tmp_path: Path) -> None:
    """While eight threads make and sweep in one place, each has its folder until it is done with it."""
    lost: list[Path] = []

    def work() -> None:
        for _ in range(50):
            with scratch_folder(tmp_path) as folder:
                (folder / "words").write_text("words")
                if not (folder / "words").exists():
                    lost.append(folder)

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == []
    assert list(tmp_path.iterdir()) == []


# -- every command that takes a while --------------------------------------


def prepared(place: Place, book: Book) -> dict[str, tuple[str, ...]]:
    """Fill a place with what the commands need, and return the commands by name."""
    with book.together():
        paper = book.agent("Harbour Post")
        for number in range(60):
            source = book.source(f"Sitting {number}", publisher=paper, published="2031-05-03")
            book.evidence(book.claim(f"Pier {number} was closed in May.", id=f"pier-{number}"), source)
    book.ledger.close()
    rows = "\n".join(f"The ferry made trip {number}.,Log book {number}" for number in range(1500))
    (place.folder / "table.csv").write_text(f"text,source\n{rows}\n")
    words = " ".join(f"<p>The ferry was {number} minutes late." for number in range(60_000))
    (place.folder / "page.html").write_text(f"<title>Ferry</title>{words}")
    shutil.copy(ARTICLE, place.folder / "article.txt")
    with tarfile.open(FORMATS / "2-2026-11-29.tar.gz") as kept:
        kept.extractall(place.folder / "old", filter="data")
    return {
        "check": ("check", "--fail-on", "never"),
        "import": ("import", "table.csv"),
        "capture": ("capture", "sitting-1", "page.html"),
        "publish": ("publish", "public.db", "--with-captures"),
        "upgrade": ("-d", "old/desk.db", "upgrade"),
        "backup": ("backup", "copy.db"),
        "export bundle": ("export", "bundle", "pier-1", "pier.bag"),
        "export log": ("export", "log", "log.ndjson"),
        "read": ("read", "article.txt"),
    }


NAMES = ("check", "import", "capture", "publish", "upgrade", "backup", "export bundle", "export log", "read")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_stopped_leaves_nothing_half_done(place: Place, book: Book, name: str) -> None:
    """Told to end at moments spread over its time, it ends so or is done; what it writes is whole or not there."""
    command = prepared(place, book)[name]
    whole = place.folder / "whole"
    shutil.copytree(place.folder, whole, ignore=lambda *_: ["whole", "tmp"])
    began = time.monotonic()
    run = place.start(*command)
    _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, said
    lasted = time.monotonic() - began
    stopped = 0
    waits = [lasted * (moment + 1) / (MOMENTS + 1) for moment in range(MOMENTS)]
    for turn, wait in enumerate(waits):
        number = list(ENDS)[turn % len(ENDS)]
        tried = again(place, whole)
        run = tried.start(*command)
        time.sleep(wait)
        run.send_signal(number)
        _, said = run.communicate(timeout=PATIENCE)
        early = run.returncode == 1 and "factledger" not in said.partition("Traceback")[0]
        early = early or run.returncode == -number  # before it hears of signals, or when it has done its work
        assert run.returncode in (0, ENDS[number]) or early, said
        stopped += run.returncode == ENDS[number]
        assert early or "Traceback" not in said, said
        tried.wait_for(lambda tried=tried: not tried.processes())
        assert [left for left in tried.left() if not left.startswith("tmp/tmp")] == []
        sound(tried)
        if turn + 1 == len(waits) < 3 * MOMENTS and not stopped:  # it was slower the first time than it is now
            waits.append(wait * 0.7)
    assert stopped > 0


def again(place: Place, whole: Path) -> Place:
    """Return a place as it was before the command."""
    for path in place.folder.iterdir():
        if path != whole:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(whole, place.folder, dirs_exist_ok=True)
    return Place(place.folder)


def sound(place: Place) -> None:
    """Hold everything that lies in a place to what it must be."""
    for path in [*place.folder.glob("*.db"), *place.folder.glob("old/*.db")]:
        report = audit.verify(path)
        assert report.sound, (path, report.problems)
    for bag in place.folder.glob("*.bag"):
        assert subprocess.run(["sha256sum", "-c", "--quiet", "tagmanifest-sha256.txt"], cwd=bag).returncode == 0
    for log in place.folder.glob("*.ndjson"):
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert lines[0]["size"] == sum("seq" in line for line in lines)


HIDDEN = """
import signal, sys, time
from ledger.cli.signals import Terminated, heeding_signals

class Last:
    def __del__(self):
        signal.raise_signal(int(sys.argv[1]))

with heeding_signals():
    try:
        Last()
        time.sleep(300)
    except KeyboardInterrupt as stop:
        print(type(stop).__name__)
"""


@pytest.mark.parametrize(("number", "said"), [(signal.SIGTERM, "Terminated\n"), (signal.SIGINT, "KeyboardInterrupt\n")])
def test_a_stop_that_comes_in_a_finaliser_is_heard(number: int, said: str) -> None:
    """Where Python would print what was raised and go on, the command stops all the same, and prints nothing."""
    command = [sys.executable, "-c", HIDDEN, str(int(number))]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.stdout, done.stderr) == (said, "")


# -- servers and the desk ----------------------------------------------------


@contextmanager
def serving(place: Place, *arguments: str, words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server, and wait until it says its address."""
    run = place.start(*arguments)
    assert run.stderr is not None
    line = run.stderr.readline()
    assert words in line, line
    yield run, re.findall(r"http://\S+", line)[0]
    run.kill()
    run.wait()


@every_end
def test_serving_ends(place: Place, book: Book, number: int) -> None:
    """`serve` answers until it is told to end, closes its port, and says by its exit code what ended it."""
    book.ledger.close()
    with serving(place, "serve", "--port", "0", words="Serving") as (run, address):
        with urllib.request.urlopen(address, timeout=PATIENCE) as page:
            assert page.status == 200
        run.send_signal(number)
        _, said = run.communicate(timeout=PATIENCE)
        assert (run.returncode, "Traceback" in said) == (ENDS[number], False), said
    assert place.processes() == []
    assert place.left() == []


@every_end
def test_the_desk_gives_the_terminal_back(place: Place, book: Book, number: int) -> None:
    """At the desk, a signal ends it as Ctrl-C does: the work is kept, it says how to go on, the screen is as before."""
    shutil.copy(ARTICLE, place.folder / "article.txt")
    before = store.queries.head(book.ledger.db)
    with Terminal(factledger("desk", "article.txt"), folder=place.folder, **place.environment) as terminal:
        terminal.until("q leave")
        terminal.type("a")
        terminal.until("1 accepted")
        os.kill(terminal.pid, number)
        code = terminal.end()
        assert code == ENDS[number], terminal.shown
        assert number == signal.SIGHUP or "factledger desk article.txt" in terminal.said
        assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h")
    assert store.queries.head(book.ledger.db) == before
    place.wait_for(lambda: not place.processes())
    assert place.left() == []
