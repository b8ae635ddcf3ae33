"""What is wrong with a plugin, before it is installed: of its project file, its source, and of a try.

    project    pyproject.toml: the entry point, its group, what it names, what the wheel takes along
    source     the modules as they are written: hooks without a marker, private names, findings without a reason
    attempt    the modules as they run, in another process: what they register, and the contract of each checker

Each problem is one line that ends it: the file, the line, what is so, what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import InputError
from .attempt import attempted
from .project import Project, of_project
from .slip import Slip
from .source import of_source

__all__ = ["Slip", "lint"]


def lint(path: Path) -> tuple[Slip, ...]:
    """Return the problems of a plugin, by file and line: a folder with a pyproject.toml, or a single module.

    Its code is run, in a process of its own. Raises InputError where there is no plugin.
    """
    if path.is_file() and path.suffix == ".py":
        name = path.parent.resolve().name if path.name == "__init__.py" else path.stem
        project = Project(path.parent, None, ((name, path),))
    elif (path / "pyproject.toml").is_file():
        project = Project.read(path)
    elif path.is_dir():
        raise InputError("This folder has no pyproject.toml.", where=str(path), hint="Name a module, such as checks.py")
    else:
        raise InputError("There is no such plugin.", where=str(path), hint="Begin one: factledger plugin new NAME")
    return tuple(sorted(set(_problems(project)), key=lambda one: (str(one.file), one.line, one.words)))


def _problems(project: Project) -> Iterator[Slip]:
    found = [*of_project(project)]
    for _, file in project.modules:
        for written in sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]:
            found += of_source(written, hooks=written == file)
    yield from found
    if not any(one.fatal for one in found):
        for name, file in project.modules:
            yield from attempted(name, file, found)
