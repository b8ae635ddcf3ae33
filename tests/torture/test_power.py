"""A power failure at every point of a recorded run."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

from . import programs
from .disk import UNRECORDED, Acknowledge, Disk, Operation

SPARSE = 40
"""Where the promise is broken on purpose, one cut point in so many is enough to see it."""


@pytest.fixture
def record(tmp_path: Path, cannot: Callable[[str], NoReturn]) -> Callable[..., Path]:
    """Record the run, in a process where apsw takes the place of the usual SQLite, and return the record's file."""
    if find_spec("apsw") is None:
        cannot("The power cannot be cut without apsw: pip install -e '.[torture]'")

    def play(*switches: str) -> Path:
        folder, file = tmp_path / "recorded", tmp_path / "record"
        folder.mkdir()
        programs.run("recorder", folder, file, *switches)
        return file

    return play


def cut(record: Path, folder: Path, *, step: int = 1) -> Counter[str]:
    """Judge the images of every cut point and return the counts; what is wrong with the first bad ones is printed."""

    return programs.shared("images", record, folder / "images", "--step", step)


def operations(record: Path) -> list[Operation]:
    return list(pickle.loads(record.read_bytes()))


def test_no_acknowledged_entry_is_lost_to_a_power_failure(
    record: Callable[..., Path], tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Wherever the power fails, what is found is sound and holds what was acknowledged, or says that it is nothing."""
    played = record()
    counts = cut(played, tmp_path)
    promised = sum(len(done.subjects) for done in operations(played) if isinstance(done, Acknowledge))
    tell(
        f"power: {counts['cuts']:,} cut points, {counts['images']:,} images ({counts['judged']:,} of them different), "
        f"{promised} entries acknowledged; {counts['lossy']} images lost one, {counts['unsound']} are unsound, "
        f"{counts['unborn']} before the ledger was begun"
    )
    assert counts["lossy"] == counts["unsound"] == 0
    assert counts["unborn"] > 0
    assert counts["cuts"] == len(operations(played)) > 1000


def test_what_is_simulated_is_what_happened(record: Callable[..., Path], tmp_path: Path) -> None:
    """With every change kept, the simulated disk holds the very bytes that the run left on the real one."""
    disk = Disk(ordered=False)
    for operation in operations(record()):
        disk.apply(operation)
    real = {
        file.name: file.read_bytes()
        for file in (tmp_path / "recorded").iterdir()
        if file.is_file() and not file.name.endswith(UNRECORDED)
    }
    assert disk.image(1.0, Random(1)) == real


@pytest.mark.parametrize("broken", ["--weakened", "--early"])
def test_a_broken_promise_is_seen(
    broken: str, record: Callable[..., Path], tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Without syncing, or acknowledged before it is recorded, entries are lost, and this harness sees it."""
    counts = cut(record(broken), tmp_path, step=SPARSE)
    tell(
        f"power, sabotaged ({broken.strip('-')}): {counts['lossy']} of {counts['judged']} images lost an entry, "
        f"{counts['unsound']} unsound, as it must be"
    )
    assert counts["lossy"] > 0
