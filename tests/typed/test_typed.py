"""Types for whoever writes a plugin: what the wheel says of its public names finds wrong arguments before a run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MYPY = ROOT / ".venv-lint" / "bin" / "mypy"
REQUIRED = "FACTLEDGER_REQUIRE_TYPES"
WRONG = Path(__file__).with_name("wrong_arguments.py")
PLUGINS = sorted(
    path.parent.name
    for path in (ROOT / "plugins").glob("factledger-*/pyproject.toml")
    if path.parent.name not in {"factledger-dask", "factledger-llm", "factledger-media"}
)
"""Distributions of examples; the others need libraries of their own, and are held to their types with these."""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python in which our wheel is installed, beside what it needs."""
    if not MYPY.exists() and not os.environ.get(REQUIRED):
        pytest.skip("no .venv-lint: `make check` makes it")
    folder = tmp_path_factory.mktemp("typed")
    venv.create(folder / "there", with_pip=False)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    wheels = folder / "wheels"
    build = [*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    subprocess.run(build, check=True, timeout=300)
    there = folder / "there" / "bin" / "python"
    (wheel,) = wheels.iterdir()
    subprocess.run([*pip, "--python", str(there), "install", *offline, str(wheel)], check=True, timeout=300)
    (place,) = (folder / "there" / "lib").glob("python*/site-packages")
    (place / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return there


def checked(python: Path, folder: Path, *arguments: str | Path) -> str:
    """Return what mypy says, strict, where nothing of this project but its wheel is to be seen.

    What it learns of the wheel is kept beside it, and read again for the next.
    """
    asked = [
        MYPY,
        "--strict",
        "--no-error-summary",
        "--config-file=",
        "--disable-error-code=import-untyped",
        "--cache-dir",
        python.parents[2] / "cache",
    ]
    done = subprocess.run(
        [*asked, "--python-executable", python, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_every_wrong_argument_is_found_and_nothing_else(python: Path, tmp_path: Path) -> None:
    """mypy names the lines that are wrong, by the wheel alone."""
    said = checked(python, tmp_path, WRONG)
    named = {int(line) for line in re.findall(r"^[^:]+:(\d+): error:", said, re.MULTILINE)}
    wrong = {number for number, line in enumerate(WRONG.read_text().splitlines(), 1) if line.endswith("# wrong")}
    assert len(wrong) > 10
    assert named == wrong, said


@pytest.mark.parametrize("name", PLUGINS)
def test_an_example_is_right_in_its_types(python: Path, tmp_path: Path, name: str) -> None:
    """Each example distribution is what it says, by the wheel alone."""
    package = ROOT / "plugins" / name / name.replace("-", "_")
    assert checked(python, tmp_path, package) == ""
