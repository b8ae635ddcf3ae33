"""A disk that refuses, and processes that are killed at a system call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from . import programs
from .faults import VICTIMS
from .tracing import hindrance

FEW = 12
"""Where the promise is broken on purpose, one fault in so many is enough to see it."""


@pytest.fixture(autouse=True)
def traceable(cannot: Callable[[str], NoReturn]) -> None:
    """Skip, or fail, where no system call can be made to fail."""
    reason = hindrance()
    if reason is not None:
        cannot(reason)


def test_no_acknowledged_entry_is_lost_to_a_fault(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """Whichever call fails or kills: what was acknowledged is there, the error is one line, and work goes on."""
    counts = programs.shared("faults", tmp_path / "faults")
    tell(
        f"faults: {counts['faults']:,} met by {len(VICTIMS)} programs ({counts['killed']} killed, {counts['refused']} "
        f"ended with an error, {counts['survived']} went on): {counts['lost']} lost an entry, {counts['bad']} bad"
    )
    assert counts["lost"] == counts["bad"] == 0
    assert min(counts["killed"], counts["refused"], counts["survived"]) > 0


def test_an_entry_acknowledged_too_early_is_seen_to_be_lost(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """If an id counted as acknowledged before it was printed, some would be lost, and this harness sees it."""
    counts = programs.shared("faults", tmp_path / "faults", "--early", "--one-in", FEW)
    tell(f"faults, sabotaged (acknowledged too early): {counts['lost']} of {counts['faults']} lost, as it must be")
    assert counts["lost"] > 0


def test_upgrade_publish_withhold_merge_and_the_desk_lose_nothing(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """Killed or refused anywhere: no entry or step is lost, what is written is whole, no copy shows hidden words."""
    counts = programs.shared("commands", tmp_path / "commands")
    tell(
        f"upgrade, publish, withhold, merge, desk: {counts['faults']:,} faults ({counts['killed']} killed, "
        f"{counts['refused']} ended with an error, {counts['survived']} went on): {counts['lost']} lost, "
        f"{counts['bad']} bad, {counts['shown']} showed what is withheld"
    )
    assert counts["lost"] == counts["bad"] == counts["shown"] == 0
    assert min(counts["killed"], counts["refused"], counts["survived"]) > 0


def test_a_copy_that_shows_a_name_is_seen_to_show_it(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """A name that nobody withheld stands in published copies, and this harness sees it."""
    counts = programs.shared("commands", tmp_path / "commands", "--careless", "--one-in", 3)
    tell(f"publish, sabotaged (not withheld): {counts['shown']} copies show the name, as it must be")
    assert counts["shown"] > 0
