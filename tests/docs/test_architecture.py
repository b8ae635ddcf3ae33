"""docs/architecture.md shows the house as it stands."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
FLOORS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
    "layers"
]
PARTS = {part for floor in FLOORS for part in floor.split(" | ")}
WAYS = ("enter", "check", "publish")


def section(heading: str) -> str:
    """Return what stands under a heading, up to the next heading of its rank or higher."""
    rank = heading.index(" ")
    return re.split(rf"^#{{1,{rank}}} ", PAGE.split(f"{heading}\n")[1], flags=re.M)[0]


def drawing(heading: str) -> list[str]:
    """Return the lines of the drawing under a heading."""
    return section(heading).split("```")[1].splitlines()


def walk() -> list[tuple[str, str]]:
    """Return (way, dotted name) of everything that a claim passes."""
    return [(way, name) for way in WAYS for name in re.findall(r"^\| `([\w.]+)`", section(f"### {way}"), re.M)]


def named(dotted: str) -> Any:
    """Return what a dotted name names: imported as far as it is modules, then looked up."""
    module, _, attribute = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError:
        return getattr(named(module), attribute)


def test_the_drawn_floors_are_those_that_imports_are_held_to() -> None:
    """Each floor of import-linter's contract is drawn, in its order, and no other."""
    _, ways, _, *floors = drawing("## The floors")
    assert ways.split() == ["floor", *WAYS]
    assert [re.split(r"\s{2,}", line.strip())[0] for line in floors] == FLOORS


def test_the_one_way_names_parts_of_the_house() -> None:
    """Under each step of the one way stand parts that there are."""
    _, steps, *_, first, second = drawing("## The one way")
    assert re.findall(r"\w+", steps) == ["enter", "log", "projections", "check", "results", "axes", "publish"]
    assert set(f"{first} {second}".split()) <= PARTS


def test_every_part_is_described_once() -> None:
    """The parts that have a paragraph are the parts of the house, and the checkers and the reader beside it."""
    described = re.findall(r"\*\*`(\w+)`\*\*", section("## The parts"))
    assert sorted(described) == sorted({*PARTS, "factledger_checkers", "factledger_reader"})


@pytest.mark.parametrize("name", sorted({name for _, name in walk()}))
def test_what_a_claim_passes_is_there(name: str) -> None:
    """Every function, class and module on the way of a claim exists under its name."""
    assert named(name)


@pytest.mark.parametrize("way", WAYS)
def test_a_claim_passes_the_floors_that_are_dotted(way: str) -> None:
    """The dots of a way stand on the floors of what it passes, on each and on no other."""
    _, ways, _, *floors = drawing("## The floors")
    column = ways.index(way) + len(way) // 2
    dotted = {floor for floor, line in zip(FLOORS, floors, strict=True) if "●" in line[column - 2 : column + 3]}
    passed = {name.split(".")[1] for on, name in walk() if on == way}
    assert dotted == {floor for floor in FLOORS if passed & set(floor.split(" | "))}
