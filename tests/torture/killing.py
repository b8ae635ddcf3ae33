"""Keeps four writers and a reader at work on one ledger, and kills writers until enough was acknowledged.

    python -m torture.killing LEDGER FOLDER --entries 50000 --seed 1 [--early]

Writers are forked from this process, which never opens the ledger itself: a fork costs a
hundredth of starting Python, so more of the time goes into being killed. Prints
what was done as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from ledger import store

from .writer import LINE, write

WRITERS = 4

ALL_AT_ONCE = 8
"""One round in so many kills every writer: the next to come finds a WAL that nobody has open."""


class Crew:
    """The processes that are killed and replaced."""

    def __init__(self, path: Path, folder: Path, random: Random, *, early: bool) -> None:
        self._path, self._folder, self._random, self._early = path, folder, random, early
        self._alive: list[int] = []
        self.begun = self.killed = self.gave_up = 0

    def fill(self) -> None:
        """Start writers until there are as many as there should be."""
        while len(self._alive) < WRITERS:
            self.begun += 1
            file, random = self._folder / f"writer-{self.begun}", Random(self._random.getrandbits(64))
            self._alive.append(_fork(partial(write, self._path, file, random, early=self._early)))

    def kill(self, count: int) -> None:
        """Kill so many writers; one that had ended by itself gave up, which none may."""
        victims = self._random.sample(self._alive, count)
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        for pid in victims:
            self._alive.remove(pid)
            _, status = os.waitpid(pid, 0)
            self.killed += os.WIFSIGNALED(status)
            self.gave_up += not os.WIFSIGNALED(status)


def main() -> None:
    options = _options()
    random = Random(options.seed)
    acknowledgements = options.folder / "acknowledged"
    acknowledgements.mkdir()
    looks = options.folder / "looks"
    looks.touch()
    reader = _fork(partial(read, options.ledger, looks))
    crew = Crew(options.ledger, acknowledgements, random, early=options.early)
    start, rounds = time.monotonic(), 0
    crew.fill()
    while sum(file.stat().st_size for file in acknowledgements.iterdir()) < options.entries * LINE:
        time.sleep(random.uniform(0.005, 0.2))
        rounds += 1
        crew.kill(WRITERS if rounds % ALL_AT_ONCE == 0 else 1)
        crew.fill()
    crew.kill(WRITERS)
    os.kill(reader, signal.SIGKILL)
    _, status = os.waitpid(reader, 0)
    if crew.gave_up or not os.WIFSIGNALED(status):
        sys.exit(f"{crew.gave_up} writers gave up, and the reader {'not' if os.WIFSIGNALED(status) else 'too'}.")
    seconds = round(time.monotonic() - start)
    print(json.dumps({"seconds": seconds, "killed": crew.killed, "looks": looks.stat().st_size}))


def read(path: Path, looks: Path) -> None:
    """Look at the ledger again and again, as a page does: it only grows, and its head fits its entries."""
    size = 0
    with looks.open("ab", buffering=0) as noted:
        while True:
            with store.open_ledger(path) as ledger:
                for _ in range(50):
                    found = "SELECT size, (SELECT max(seq) + 1 FROM ledger_entry), (SELECT count(*) FROM claims)"
                    head, entries, _claims = ledger.db.execute(f"{found} FROM ledger_head").fetchone()
                    if head != entries or head < size:
                        raise AssertionError(f"The head says {head}, there are {entries} entries, and were {size}.")
                    size = head
                    noted.write(b".")
                    time.sleep(0.005)


def _fork(work: Callable[[], None]) -> int:
    """Run the work in a child process and return its id; a child that fails says why."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        traceback.print_exc()
        os._exit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--early", action="store_true", help="Acknowledge before recording: to see that it is seen.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
