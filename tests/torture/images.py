"""Cuts the power at points of a recorded run, and holds what is then found to the promise.

    python -m torture.images RECORD FOLDER --part 0 --parts 2

Two programs share a record by its cut points. Prints the outcome as one line of
JSON. An image that was seen before, with as much acknowledged, is not judged
twice.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import attrs

from ledger import book as use_cases
from ledger.errors import LedgerError

from .disk import Acknowledge, Disk, Image, Operation
from .promise import goes_on, judge

LEDGER = "ledger.db"

CHANCES = (1.0, 0.0, 0.8, 0.3)
"""How likely a change that was not synced survives: all of them do, none, most, few."""

WRITES_ON = 5
"""In one image of so many the next person also enters something."""

TOLD = 20
"""Bad images that are described one by one."""


@attrs.define
class Outcome:
    """What was found in the images of some cut points."""

    cuts: int = 0
    images: int = 0
    judged: int = 0
    unborn: int = 0
    lossy: int = 0
    unsound: int = 0
    told: list[str] = attrs.field(factory=list)

    def bad(self, what: str) -> None:
        if len(self.told) < TOLD:
            self.told.append(what)


def images(operations: list[Operation], cuts: range, *, ordered: bool) -> Iterator[tuple[str, Image, frozenset[str]]]:
    """Yield what a power failure after each of these operations may leave, and what was acknowledged by then."""
    disk, acknowledged = Disk(ordered=ordered), frozenset[str]()
    for number, operation in enumerate(operations[: cuts.stop]):
        if isinstance(operation, Acknowledge):
            acknowledged |= set(operation.subjects)
        disk.apply(operation)
        if number in cuts:
            for chance in CHANCES:
                seed = f"{number} {chance}"
                what = f"{'ordered' if ordered else 'strict'} disk, cut {number}, chance {chance}"
                yield what, _with_old_index(disk.image(chance, Random(seed)), chance, Random(seed)), acknowledged


def _with_old_index(image: Image, chance: float, random: Random) -> Image:
    """Put garbage where the WAL's index was: nobody promises what becomes of it."""
    if f"{LEDGER}-wal" not in image or chance in (0.0, 1.0):
        return image
    return image | {f"{LEDGER}-shm": random.randbytes(32768)}


def try_out(operations: list[Operation], cuts: range, folder: Path) -> Outcome:
    """Judge every image of these cut points, on both kinds of disk."""
    outcome, seen = Outcome(cuts=len(cuts)), set[tuple[bytes, int]]()
    for ordered in (True, False):
        for what, image, acknowledged in images(operations, cuts, ordered=ordered):
            outcome.images += 1
            known = _digest(image), len(acknowledged)
            if known not in seen:
                seen.add(known)
                outcome.judged += 1
                _try(image, acknowledged, folder, what, outcome)
    return outcome


def _try(image: Image, acknowledged: frozenset[str], folder: Path, what: str, outcome: Outcome) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in image.items():
        (folder / name).write_bytes(data)
    path = folder / LEDGER
    found = judge(path, acknowledged)
    if not image.get(LEDGER) and not acknowledged:
        outcome.unborn += 1
        problems = _absent(path, found.problems)
    else:
        problems = found.problems
        if outcome.judged % WRITES_ON == 0 and found.kept:
            problems = goes_on(path)
    if problems:
        outcome.unsound += 1
        outcome.bad(f"{what}: {'; '.join(problems[:3])}")
    if found.lost:
        outcome.lossy += 1
        outcome.bad(f"{what}: {len(found.lost)} of {len(acknowledged)} acknowledged entries are lost")


def _absent(path: Path, problems: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong where the ledger was never begun: it is called intact, or cannot be begun now."""
    if not problems:
        return ("A ledger that is not there was called intact.",)
    path.unlink(missing_ok=True)
    try:
        use_cases.start(path, origin="desk.example", person="Ana Roa").ledger.close()
    except LedgerError as error:
        return (f"It cannot be begun again: {error}",)
    return judge(path, ()).problems


def _digest(image: Image) -> bytes:
    digest = sha256()
    for name, data in sorted(image.items()):
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.digest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--step", type=int, default=1, help="Cut after one operation in so many.")
    options = parser.parse_args()
    operations = pickle.loads(options.record.read_bytes())
    size = len(operations)
    cuts = range(options.part * size // options.parts, (options.part + 1) * size // options.parts, options.step)
    folder = options.folder.with_name(f"{options.folder.name}-{options.part}")
    print(json.dumps(attrs.asdict(try_out(operations, cuts, folder))))


if __name__ == "__main__":
    main()
