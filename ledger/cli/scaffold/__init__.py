"""The first files of a plugin: a checker that works, its cases, its tests, and what makes them a distribution.

They are filled from the templates in `plugin/`, and for the module from those of
its kind in `scopes/`, beside this file; `package` in the name of one stands for the name of the module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import attrs

from ...errors import EnvironmentFault, InputError
from ...plugins import GROUP
from ...rules import slug
from ...store import scratch_folder

PREFIX = f"{GROUP}-"
"""Begins the name of a distribution, so that it is found beside its like."""

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
LONGEST_AUTHOR = 200

SUFFIX = ".template"

SCOPES = {
    "claim": ("fails claims whose sources have no date", 'without = ["speech", "law"]     # kinds of source without'),
    "group": (
        "warns of claims that have the same words",
        'without = ["weather"]      # topics that are not asked about',
    ),
    "ledger": (
        "warns of names that are on record twice",
        'without = ["Reuters"]      # names that are not asked about',
    ),
    "source": ("proposes links between sources at one address", 'without = ["post"]      # kinds that are left alone'),
}
"""The kinds of checker: what the first one does, and a setting of it."""

IMPORTED = frozenset(
    "Agent Any Checker Claim Context Detector Dossier False Finding Group GroupChecker Iterator LedgerChecker "
    "Mapping None Proposal Relation Setting SourceDossier True Whole".split()
)
"""What the checker's class cannot be called."""


@attrs.frozen
class NewPlugin:
    """A new plugin: its folder, its distribution, the files in it."""

    folder: Path
    distribution: str
    files: tuple[str, ...]


def new_plugin(
    name: str, *, scope: str = "claim", into: Path = Path(), author: str = "", taken: Collection[str] = ()
) -> NewPlugin:
    """Write a plugin with one checker of this name, of one of SCOPES, to a folder of that name, all of it or nothing.

    `taken` are the names of checkers that are installed. Raises InputError if the
    name cannot be used, the folder is there already or has nowhere to stand.
    """
    _require_name(name, taken)
    _require_author(author)
    folder = into / name
    if not into.is_dir():
        raise InputError(
            "There is no such folder.", where=str(into), hint="Make it first, or name another with --into."
        )
    if folder.exists() or folder.is_symlink():
        hint = "Choose another name, or another place with --into; nothing was changed."
        raise InputError("This is there already.", where=str(folder), hint=hint)
    words = _words(name, author, scope)
    try:
        with scratch_folder(into) as beside:
            whole = beside / name
            here, module = files(__package__), words["module"]
            made = [*_write(here / "plugin", whole, words)]
            made += _write(here / "scopes" / scope, whole / module, words, f"{module}/")
            whole.rename(folder)
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {folder}: {error.strerror}.", hint="Nothing was written.") from None
    return NewPlugin(folder, words["distribution"], tuple(sorted(made)))


def _require_name(name: str, taken: Collection[str]) -> None:
    if name.startswith(PREFIX):
        short = name.removeprefix(PREFIX) or "round-numbers"
        raise InputError(
            f"{name!r} is a name for the distribution.", where="NAME", hint=f"Give that of its checker: {short}"
        )
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        example = slug(name)[:LONGEST_NAME].strip("-")
        hint = f"Use at most {LONGEST_NAME} lower-case letters, digits and hyphens"
        fits = NAME.fullmatch(example)
        raise InputError(
            f"{name!r} cannot name a checker.",
            where="NAME",
            hint=f"{hint}, such as {example if fits else 'round-numbers'}.",
        )
    if name in taken:
        raise InputError(
            f"There is a checker {name} already.", where="NAME", hint="Choose another: see factledger checkers"
        )


def _require_author(author: str) -> None:
    if len(author) > LONGEST_AUTHOR or not all(letter.isprintable() for letter in author):
        raise InputError("This is no name.", where="--author", hint="Give it on one line: --author 'Ana Roa'")


def _words(name: str, author: str, scope: str) -> dict[str, str]:
    """Return what the templates are filled with."""
    class_name = "".join(part.capitalize() for part in name.split("-"))
    quoted = json.dumps(author.strip(), ensure_ascii=False)  # a JSON text is one of TOML, too
    says, setting = SCOPES[scope]
    return {
        "name": name,
        "says": says,
        "setting": setting,
        "class_name": f"{class_name}Checker" if class_name in IMPORTED else class_name,
        "distribution": PREFIX + name,
        "module": (PREFIX + name).replace("-", "_"),
        "authors": f"authors = [{{ name = {quoted} }}]\n" if author.strip() else "",
    }


def _write(templates: Traversable, folder: Path, words: dict[str, str], under: str = "") -> Iterator[str]:
    """Fill every template of a folder, and yield the name of each file that was written."""
    folder.mkdir()
    for template in templates.iterdir():
        name = template.name.removesuffix(SUFFIX).replace("package", words["module"])
        if template.is_dir():
            yield from _write(template, folder / name, words, f"{under}{name}/")
        elif template.name.endswith(SUFFIX):
            text = Template(template.read_text(encoding="utf-8")).substitute(words)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            yield under + name
