"""What is wrong with a plugin's pyproject.toml: nothing else says where its code is."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from ...errors import InputError
from ...plugins import COMMANDS, GROUP
from .slip import Slip, line_of

REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)")


@attrs.frozen
class Project:
    """A plugin's folder, its project file if it has one, and the modules that are plugins: name and file."""

    folder: Path
    file: Path | None
    modules: tuple[tuple[str, Path], ...]
    said: Mapping[str, Any] = attrs.field(factory=dict)
    text: str = ""

    @classmethod
    def read(cls, folder: Path) -> Project:
        """Return the project in a folder; raise InputError if its file is no TOML."""
        file = folder / "pyproject.toml"
        text = file.read_text(encoding="utf-8")
        try:
            said = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"This is no TOML: {error}.", where=str(file), hint="Put texts in quotes.") from None
        points = said.get("project", {}).get("entry-points", {}).get(GROUP, {})
        places = ((str(value), _file_of(folder, str(value))) for value in points.values())
        return cls(folder, file, tuple((name, place) for name, place in places if place), said, text)


def _file_of(folder: Path, module: str) -> Path | None:
    """Return the file of a module of a project, with or without a folder `src`."""
    inside = Path(*module.split("."))
    for base in (folder, folder / "src"):
        for place in (base / inside / "__init__.py", base / inside.with_suffix(".py")):
            if place.is_file():
                return place
    return None


def of_project(project: Project) -> Iterator[Slip]:
    """Yield what is wrong with a project file."""
    if project.file is None:
        return
    table = project.said.get("project", {})
    groups = table.get("entry-points", {})
    known = (GROUP, COMMANDS)

    def slip(place: str, words: str, *, fatal: bool = False) -> Slip:
        assert project.file is not None
        return Slip(project.file, line_of(project.text, place), words, fatal)

    for group in groups:
        if group not in known and (GROUP in group or difflib.get_close_matches(group, known, cutoff=0.8)):
            words = f"the entry-point group is {group!r}, which nobody asks for; name it {GROUP!r}"
            yield slip(group, words, fatal=not any(one in groups for one in known))
    if not any(one in groups for one in known) and not any(GROUP in group for group in groups):
        yield slip("[project]", f"no entry point names the plugin; add [project.entry-points.{GROUP}]", fatal=True)
    for name, value in groups.get(GROUP, {}).items():
        module, colon, attribute = str(value).partition(":")
        if colon:
            words = f"the entry point leads to {attribute!r} in {module}; name the module alone: {name} = {module!r}"
            yield slip(str(value), words, fatal=True)
        elif _file_of(project.folder, module) is None:
            there = [file.parent.name for file in project.folder.glob("*/__init__.py")]
            close = difflib.get_close_matches(module, there, n=1)
            hint = f"did you mean {close[0]}?" if close else "name the module that registers the checkers"
            yield slip(str(value), f"there is no module {module}; {hint}", fatal=True)
    yield from _of_wheel(project, slip)
    needed = [REQUIREMENT.match(str(one)) for one in table.get("dependencies", ())]
    if GROUP not in {found[1] for found in needed if found}:
        yield slip("[project]", f'it does not depend on factledger; write dependencies = ["{GROUP}"]')


def _of_wheel(project: Project, slip: Any) -> Iterator[Slip]:
    """Yield a problem for each module that the wheel would lack, where hatch is told what to take."""
    wheel = project.said.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {}).get("wheel", {})
    packages = [str(one).rstrip("/") for one in wheel.get("packages", ())]
    for name, file in project.modules if packages else ():
        root = name.partition(".")[0]
        if not any(Path(one).name == root for one in packages):
            words = f"the wheel would lack {root}, which the entry point names; add it to packages"
            yield slip("packages", words)
        elif not any((project.folder / one).exists() for one in packages):
            yield slip("packages", f"there is no folder of these; name that of {file.parent.name}")
