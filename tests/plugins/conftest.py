"""A fresh environment with factledger in it, in which distributions are built and installed without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest


@attrs.frozen
class Environment:
    """A virtual environment of the test's own; programs run in `folder`, with these settings in their environment."""

    python: Path
    folder: Path
    settings: dict[str, str] = attrs.field(factory=dict)

    def install(self, project: Path) -> list[str]:
        """Build a project's wheel, install that, and return the names of the files in it."""
        wheels = self.folder / "wheels"
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q")
        self._run(*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(project))
        (wheel,) = wheels.glob("*.whl")
        self._run(*pip, "--python", str(self.python), "install", "--no-index", "--no-deps", str(wheel))
        with zipfile.ZipFile(wheel) as archive:
            return sorted(archive.namelist())

    def factledger(self, *arguments: str, status: int = 0) -> str:
        """Run a command there and return what it writes to stdout."""
        code = "from ledger.cli import main; main()"
        return self._run(str(self.python), "-W", "error", "-c", code, *arguments, status=status)

    def pytest(self, project: Path) -> str:
        """Run a project's own tests there, as its author would, and return what is reported."""
        options = ("-p", "no:cacheprovider", "-W", "error", "-rA")
        return self._run(str(self.python), "-B", "-m", "pytest", "--rootdir", str(project), *options, str(project))

    def findings(self, claim: str, checker: str) -> list[dict[str, Any]]:
        """Check everything, which finds a problem, and return what one checker says of one claim."""
        found = json.loads(self.factledger("check", "--json", status=1))
        return [line for line in found if (line["subject"], line["checker"]) == (claim, checker)]

    def follow(self, command: list[str]) -> str:
        """Run a command of a page as a reader would, offline; return what it prints, in either stream."""
        match command:
            case ["export", setting]:
                name, _, value = setting.partition("=")
                self.settings[name] = value
                return ""
            case ["factledger", *rest]:
                line = [str(self.python), "-W", "error", "-c", "from ledger.cli import main; main()", *rest]
            case ["python", "-m", "pip", verb, *rest]:
                there = ["--python", str(self.python), "--disable-pip-version-check", "--no-input"]
                line = [sys.executable, "-m", "pip", *there, verb, "--no-index", "--no-build-isolation", *rest]
                line += ["--no-deps"] if verb == "install" else []
            case ["python", "-m", "pytest", project]:
                return self.pytest(self.folder / project)
            case ["python", program]:
                line = [str(self.python), program]
            case _:
                raise AssertionError(f"a reader is told to run {command}")
        printed = self.folder / "printed"
        with printed.open("w", encoding="utf-8") as file:  # no pipe: into one, some commands print JSON
            done = subprocess.run(
                line, cwd=self.folder, stdout=file, stderr=file, env=self._surroundings(), timeout=120, check=False
            )
        text = printed.read_text(encoding="utf-8")
        finds = command[1:2] in (["check"], ["import"])
        assert done.returncode in ((0, 1) if finds else (0,)), text
        return text

    def _surroundings(self) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
        return mine | self.settings

    def _run(self, *command: str, status: int = 0) -> str:
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, env=self._surroundings(), timeout=120, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def environment(tmp_path: Path) -> Callable[[], Environment]:
    """Make a fresh environment that sees what is installed here, but not the other way round."""

    def make() -> Environment:
        folder = tmp_path / "surroundings"
        venv.create(folder / "env", with_pip=False, symlinks=True)
        python = folder / "env" / "bin" / "python"
        site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "env")}))
        here = sysconfig.get_path("purelib")
        (site / "here.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
        return Environment(python, folder)

    return make
