"""Where the program comes from: every package that CI installs is known by its hash, and a build can be repeated."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from ledger.version import VERSION

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PARTS = ("ledger", "plugins", "seeds", "pyproject.toml", "README.md", "LICENSE")


def requirements(path: Path) -> dict[str, str]:
    """What a lock file says: package -> the rest of its entry, hashes and all."""
    text = re.sub(r"^ *#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    return dict(line.split("==", 1) for line in text.splitlines() if line.strip())


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_package_is_known_by_its_hash(path: Path) -> None:
    """Each entry has one version and the hashes of its files, and no address is named."""
    found = requirements(path)
    assert found
    assert [name for name, rest in found.items() if "--hash=sha256:" not in rest] == []
    assert "://" not in path.read_text("utf-8")


def test_everything_that_is_needed_is_locked() -> None:
    """What the project names, for running, for extras and for tests, is in the lock that CI installs."""
    named = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    assert {name_of(one) for one in named} - set(requirements(ROOT / "requirements/test.txt")) == set()


def test_every_licence_is_listed() -> None:
    """The page of licences names each locked package once, with a licence."""
    page = (ROOT / "docs/licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \| (?:run|extra|build) \|$", page, re.MULTILINE)
    locked = {name for path in LOCKS for name in requirements(path)}
    assert sorted(name for name, _ in rows) == sorted(locked)
    assert [name for name, licence in rows if not licence.strip() or "not said" in licence] == []


def test_a_build_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built twice, in other folders, at other times, with other permissions, the wheel is the same bytes."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    digests = []
    for name, mask, year in (("one", 0o022, 1_700_000_000), ("an/other", 0o077, 1_900_000_000)):
        before = os.umask(mask)
        try:
            digests.append(built(tmp_path / name, year))
        finally:
            os.umask(before)
    assert digests[0] == digests[1]


def built(folder: Path, year: int) -> str:
    """The hash of a wheel made of a copy of the project whose files were written at a time."""
    folder.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    for path in folder.rglob("*"):
        os.utime(path, (year, year))
    (wheel,) = WheelBuilder(str(folder)).build(directory=str(folder / "dist"), versions=["standard"])
    return sha256(Path(wheel).read_bytes()).hexdigest()


def test_the_changelog_has_an_entry_for_this_version() -> None:
    """Its newest heading is the version of the program, and says what to do when upgrading."""
    newest = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1]
    assert re.match(rf"{re.escape(VERSION)} \((unreleased|\d{{4}}-\d\d-\d\d)\)\n", newest)
    assert "### Upgrading\n" in newest


def test_what_is_deprecated_says_until_when() -> None:
    """Each public name that is still answered for a while says the version that drops it, and that has not come."""
    said = (ROOT / "ledger" / "renamed.py").read_text("utf-8")
    versions = re.findall(r"\b0\.(\d+)\b", said)
    assert versions and all(int(one) > int(VERSION.split(".")[1]) for one in versions)
