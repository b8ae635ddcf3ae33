"""Eight writers at once, by themselves and while a command and a page read; beside them, plain SQLite.

    python benchmarks/writers.py [--writers 8] [--seconds 20]

Each writer is a process that appends one durable entry after another. A latency is what one append took, waiting
for the others included. Plain SQLite inserts rows of the same size with the same pragmas, BEGIN IMMEDIATE and a busy
timeout of 30 seconds, and without the ledger's lock: its writers poll, so most are quick and some starve. The targets
are 0 lost, 0 "locked" and a p99 of at most 500 ms.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

import attrs
import bars
from sqlite_utils.utils import sqlite3

from ledger import audit, book, store
from ledger.errors import LedgerError
from ledger.store import Draft

TARGET_MS = 500

PLAIN = "CREATE TABLE plain (seq INTEGER PRIMARY KEY, hash BLOB, env TEXT, sig TEXT, salt BLOB, body TEXT) STRICT"
INSERT = "INSERT INTO plain (hash, env, salt, body) VALUES (?, ?, ?, ?)"
PRAGMAS = ("synchronous=EXTRA", "journal_mode=WAL", "secure_delete=ON")

FACTLEDGER = Path(sys.executable).with_name("factledger")


@attrs.frozen
class Written:
    """What one or more writers did: seconds each append took, the subjects they were told are recorded, errors."""

    took: list[float]
    acknowledged: list[str]
    errors: list[str]


def main() -> None:
    """Measure the ledger, then plain SQLite, and print both."""
    options = _options()
    if options.work:
        logging.getLogger("ledger").setLevel(logging.ERROR)  # that a writer waits for another is what is measured here
        print(json.dumps(attrs.asdict(WORK[options.work](options.file))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FACTLEDGER_KEYS"] = str(folder / "keys")
        print(f"SQLite {sqlite3.sqlite_version}, {options.writers} writers, {options.seconds} s each\n")
        print(f"{'':24}{'written':>9}{'lost':>6}{'locked':>8}{'other':>7}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}")
        _ledger(folder / "ledger.db", options.writers, options.seconds)
        _plain(folder / "plain.db", options.writers, options.seconds)
        print(f"\nTargets of the ledger: 0 lost, 0 locked, p99 at most {TARGET_MS} ms.")
    bars.close()


def _ledger(path: Path, writers: int, seconds: float) -> None:
    """Measure the writers by themselves, then with a command and a page that read what they write."""
    with book.start(path, origin="desk.example", person="Ana Roa").ledger:
        pass
    crew, _ = _begin(seconds, *[("ledger", path)] * writers)
    alone = _sum(map(_end, crew))
    _print("ledger", alone, _missing(path, alone))
    bars.hold("entries lost or refused", _missing(path, alone) + len(alone.errors), most=0)
    with _served(path) as address:
        crew, until = _begin(seconds, *[("ledger", path)] * writers, ("page", address))
        listed, refused = _list(path, until)
        *others, pages = map(_end, crew)
    written = _sum(others)
    _print("ledger, being read", written, _missing(path, written))
    bars.hold("entries lost or refused while it is read", _missing(path, written) + len(written.errors), most=0)
    sound = "sound" if audit.verify(path).sound else "NOT SOUND"
    print(
        f"{'':6}by {listed} runs of `factledger list`, {refused} failed, and {len(pages.took)} pages, "
        f"{len(pages.errors)} failed; afterwards the log is {sound}"
    )


def _missing(path: Path, written: Written) -> int:
    with store.open_ledger(path) as ledger:
        found = {row[0] for row in ledger.db.execute("SELECT json_extract(env, '$.subject') FROM ledger_entry")}
    return len(set(written.acknowledged) - found)


def _plain(path: Path, writers: int, seconds: float) -> None:
    with _connected(path) as db:
        db.execute(PLAIN)
        crew, _ = _begin(seconds, *[("plain", path)] * writers)
        written = _sum(map(_end, crew))
        (found,) = db.execute("SELECT count(*) FROM plain").fetchone()
    _print("plain SQLite, no lock", written, len(written.acknowledged) - found)


# -- what the processes do -------------------------------------------------


def write_ledger(path: Path) -> Written:
    """Append single entries until the time is over."""
    written = Written([], [], [])
    with store.open_ledger(path, write=True) as ledger:
        until = _ready()
        while time.time() < until:
            uid = ledger.environment.uid()
            draft = Draft("source.add", uid, {"handle": uid, "title": f"Minutes of the port council, {uid}"})
            start = time.perf_counter()
            try:
                store.append(ledger, [draft], actor=uid)
                written.acknowledged.append(uid)
            except LedgerError as error:
                written.errors.append(str(error))
            written.took.append(time.perf_counter() - start)
    return written


def write_plain(path: Path) -> Written:
    """Insert single rows until the time is over, as careful programs do without a lock of their own."""
    written = Written([], [], [])
    with _connected(path) as db:
        until = _ready()
        while time.time() < until:
            row = (os.urandom(32), "e" * 250, os.urandom(16), "b" * 120)
            start = time.perf_counter()
            try:
                db.execute("BEGIN IMMEDIATE")
                db.execute(INSERT, row)
                db.execute("COMMIT")
                written.acknowledged.append("")
            except sqlite3.Error as error:
                written.errors.append(str(error))
                if db.in_transaction:
                    db.execute("ROLLBACK")
            written.took.append(time.perf_counter() - start)
    return written


def read_pages(address: Path) -> Written:
    """Ask a served ledger for pages, one after another."""
    read = Written([], [], [])
    until = _ready()
    while time.time() < until:
        for page in ("ledger/sources", "ledger/ledger_entry.json?_sort_desc=seq&_size=5"):
            start = time.perf_counter()
            try:
                with urllib.request.urlopen(f"http://{address}/{page}", timeout=30) as answer:
                    answer.read()
                read.took.append(time.perf_counter() - start)
            except OSError as error:
                read.errors.append(str(error))
    return read


def _ready() -> float:
    """Say that the work can begin, wait until all others can as well, and return when it is to end."""
    print("ready", flush=True)
    return float(sys.stdin.readline())


WORK: dict[str, Callable[[Path], Written]] = {"ledger": write_ledger, "plain": write_plain, "page": read_pages}


# -- keeping them ----------------------------------------------------------


def _begin(seconds: float, *works: tuple[str, object]) -> tuple[list[subprocess.Popen[str]], float]:
    """Start a process for each (work, file), let all begin at once, and return them and when they are to end."""
    crew = [
        subprocess.Popen(
            [sys.executable, __file__, "--work", work, "--file", str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for work, file in works
    ]
    for process in crew:
        assert process.stdout is not None
        process.stdout.readline()
    until = time.time() + seconds
    for process in crew:
        assert process.stdin is not None
        process.stdin.write(f"{until}\n")
        process.stdin.flush()
    return crew, until


def _end(process: subprocess.Popen[str]) -> Written:
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit("A process of this benchmark ended in an error.")
    return Written(**json.loads(said))


def _sum(parts: Iterable[Written]) -> Written:
    whole = Written([], [], [])
    for part in parts:
        whole.took.extend(part.took)
        whole.acknowledged.extend(part.acknowledged)
        whole.errors.extend(part.errors)
    return whole


def _list(path: Path, until: float) -> tuple[int, int]:
    """Run `factledger list` again and again; return how often, and how many failed."""
    done = failed = 0
    while time.time() < until:
        ended = subprocess.run([FACTLEDGER, "-d", path, "list", "sources", "--nl"], capture_output=True)
        done, failed = done + 1, failed + bool(ended.returncode)
    return done, failed


@contextmanager
def _served(path: Path) -> Iterator[str]:
    """Serve the ledger with `factledger serve` and give the address, host and port."""
    command = [FACTLEDGER, "-d", path, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        address = re.search(r"http://([^/\s]+)/", said)
        if address is None:
            raise SystemExit(f"The ledger could not be served: {said}")
        try:
            yield address[1]
        finally:
            server.terminate()
            server.stderr.read()


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    yield db
    db.close()


def _print(what: str, written: Written, lost: int) -> None:
    locked = sum("locked" in error or "busy" in error for error in written.errors)
    p50, p99 = _percentiles(written.took)
    print(
        f"{what:24}{len(written.acknowledged):>9,}{lost:>6}{locked:>8}{len(written.errors) - locked:>7}"
        f"{p50:>9.1f}{p99:>9.1f}{1000 * max(written.took):>9.0f}"
    )


def _percentiles(took: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 99th percentile in milliseconds."""
    cuts = quantiles(took, n=100)
    return 1000 * cuts[49], 1000 * cuts[98]


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--work", choices=sorted(WORK), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return bars.sized(parser.parse_args(), writers=4, seconds=2)


if __name__ == "__main__":
    main()
