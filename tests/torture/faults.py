"""Lets the n-th system call on a ledger's files kill its process or fail, for every n, and looks at what is left.

    python -m torture.faults FOLDER --part 0 --parts 2 [--early]

Two programs share the faults. Prints the outcome as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from ledger import book as use_cases
from ledger import store
from ledger.book import Book
from ledger.errors import LedgerError

from .entering import IDS
from .promise import goes_on, judge
from .tracing import Ended, Tracer

KILL, BROKEN, FULL = "signal=SIGKILL", "error=EIO", "error=ENOSPC"

FAULTS = {
    "openat": (KILL, BROKEN, FULL),
    "pread64": (BROKEN,),
    "pwrite64": (KILL, BROKEN, FULL),
    "fsync": (KILL, BROKEN, FULL),
    "fdatasync": (KILL, BROKEN, FULL),
    "ftruncate": (KILL, BROKEN, FULL),
    "fallocate": (BROKEN, FULL),
    "rename": (KILL, BROKEN, FULL),
    "unlink": (KILL, BROKEN),
    "flock": (KILL, BROKEN),
}
"""System calls, and what is done to one of them; a full disk stays full: from there on each call fails."""

MOST = 40
"""Of one call and fault so many are tried, evenly spread: beginning a ledger alone writes 250 times."""

NAMES = tuple(f"ledger.db{part}{end}" for part in ("", ".part") for end in ("", "-wal", "-shm", "-journal", ".lock"))

ERRORS = (2, 3, 5)
"""Exit codes of a fault that was met and told: usage, a damaged file, the surroundings."""


@attrs.frozen
class Victim:
    """A command, what lies in its folder when it begins, and the ids it prints one by one as they are recorded."""

    name: str
    command: tuple[str, ...]
    beginning: str
    ids: tuple[str, ...] = ()


VICTIMS = (
    Victim("init", ("factledger", "-d", "{}", "init", "--origin", "desk.example", "--person", "Ana Roa"), "nothing"),
    Victim("one source", ("factledger", "-d", "{}", "source", "Minutes", "--id", "minutes"), "ledger", ("minutes",)),
    Victim(
        "one source after a crash",
        ("factledger", "-d", "{}", "source", "Minutes", "--id", "minutes"),
        "crashed",
        ("minutes",),
    ),
    Victim("several claims", ("entering", "{}"), "ledger", IDS),
)


@attrs.define
class Outcome:
    """What became of the ledgers."""

    faults: int = 0
    killed: int = 0
    refused: int = 0
    survived: int = 0
    lost: int = 0
    bad: int = 0
    told: list[str] = attrs.field(factory=list)

    def count(self, ended: Ended) -> None:
        """Count a fault by how its victim ended."""
        self.faults += 1
        self.killed += ended.code < 0
        self.refused += ended.code > 0
        self.survived += ended.code == 0

    def tell(self, victim: Victim, ended: Ended, what: str, wrong: list[str]) -> None:
        """Keep what is wrong after a fault: the first of each kind."""
        kind = f"{victim.name}, {what.partition(':when=')[0]}"
        if not any(line.startswith(kind) for line in self.told):
            self.told.append(f"{victim.name}, {what}: {'; '.join(wrong)} (it ended with {ended.code}: {ended.last})")


def prepare(folder: Path) -> None:
    """Make what the victims begin with: nothing, a ledger, and one whose last writer died and left its WAL."""
    for name in ("nothing", "ledger", "crashed"):
        (folder / name).mkdir(parents=True)
    path = folder / "ledger" / "ledger.db"
    with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        book = Book(ledger)
        for number in range(10):
            book.claim(f"The ferry was {number} minutes late.")
        # By another program: closing a file that this process has open in SQLite would drop its locks.
        subprocess.run(["cp", path, f"{path}-wal", folder / "crashed"], check=True)


def try_out(folder: Path, *, part: int, parts: int, early: bool = False) -> Outcome:
    """Meet one fault of so many, each in a fresh folder; `early` takes the next id for acknowledged."""
    outcome, tracer = Outcome(), Tracer()
    prepare(folder / "beginnings")
    number = 0
    for victim in VICTIMS:
        counts = _run(tracer, victim, folder, tuple(FAULTS)).calls
        for call, fault, when in spread(FAULTS, counts, MOST):
            number += 1
            if number % parts == part:
                inject = f"{call}:{fault}:when={when}{'+' if fault == FULL else ''}"
                ended = _run(tracer, victim, folder, (call,), inject)
                _look(victim, ended, folder / "run" / "ledger.db", inject, outcome, early=early)
    tracer.close()
    return outcome


def spread(
    faults: Mapping[str, tuple[str, ...]], counts: Mapping[str, int], most: int
) -> Iterator[tuple[str, str, int]]:
    """Yield (call, fault, which of the calls) of the faults of each call: so many at the most, evenly spread."""
    for call, kinds in faults.items():
        tried = min(counts[call], most)
        for fault in kinds:
            for step in range(tried):
                yield call, fault, 1 + step * counts[call] // tried


def _run(tracer: Tracer, victim: Victim, folder: Path, calls: Sequence[str], fault: str = "") -> Ended:
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(folder / "beginnings" / victim.beginning, run)
    command = [word.format(run / "ledger.db") for word in victim.command]
    return tracer.run(command, run, calls, [run, *(run / name for name in NAMES)], fault)


def _look(victim: Victim, ended: Ended, path: Path, what: str, outcome: Outcome, *, early: bool) -> None:
    """Count how a victim ended and note what it broke."""
    if not ended.reached:
        return
    outcome.count(ended)
    promised = victim.ids[: len(ended.said) + 1] if early else ended.said
    lost, wrong = _left(victim, ended, path, promised)
    outcome.lost += bool(lost)
    outcome.bad += bool(wrong)
    if lost or wrong:
        outcome.tell(victim, ended, what, [*(f"{handle} is lost" for handle in sorted(lost)), *wrong])


def _left(victim: Victim, ended: Ended, path: Path, promised: Sequence[str]) -> tuple[set[str], list[str]]:
    """Return the ids that were promised and are not there, and all else that is wrong."""
    wrong = list(manners(ended))
    said_nothing = "Nothing was recorded" in ended.complained
    if victim.beginning == "nothing" and ended.code:
        if path.exists():
            wrong += ["It said that nothing was recorded, and began a ledger."] if said_nothing else []
        else:
            wrong += _begun_again(path)
    wrong += judge(path, ()).problems
    found = _ids(path)
    pending = victim.ids[len(ended.said) : len(ended.said) + 1]
    if said_nothing and (found & set(pending) or ended.said == victim.ids != ()):
        wrong.append("It said that nothing was recorded, and something was.")
    return set(promised) - found, wrong + list(goes_on(path))


def _begun_again(path: Path) -> list[str]:
    try:
        use_cases.start(path, origin="desk.example", person="Ana Roa").ledger.close()
    except LedgerError as error:
        return [f"It cannot be begun again: {error}"]
    return []


def manners(ended: Ended) -> Iterator[str]:
    """Yield how a program's last words fail: it ends with one line that says what is wrong."""
    lines = ended.complained.splitlines()
    errors = [line for line in lines if line.startswith("Error: ")]
    if "Traceback" in ended.complained:
        yield "It ended in a traceback."
    if ended.code > 0 and (ended.code not in ERRORS or lines[-1:] != errors or len(errors) != 1):
        yield f"It ended with {ended.code} and these words."
    if ended.code == 0 and errors:
        yield "It complained, and called that success."


def _ids(path: Path) -> set[str]:
    try:
        with store.faults_told(path), store.open_ledger(path) as ledger:
            return {row[0] for row in ledger.db.execute("SELECT handle FROM ledger_record")}
    except LedgerError:
        return set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--one-in", type=int, default=1, help="Meet only one fault in so many.")
    parser.add_argument("--early", action="store_true", help="Take the next id for acknowledged.")
    options = parser.parse_args()
    folder = Path(os.path.abspath(f"{options.folder}-{options.part}"))
    parts = options.parts * options.one_in
    print(json.dumps(attrs.asdict(try_out(folder, part=options.part, parts=parts, early=options.early))))


if __name__ == "__main__":
    main()
