"""Write docs/licences.md from what is installed: python docs/licences.py

For every package that requirements/*.txt locks: its licence as its own metadata say, and whether an installed
factledger needs it, or one of its extras, or only those who build and test it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions, requires
from pathlib import Path

HERE = Path(__file__).parent
LOCKS = HERE.parent / "requirements"

PAGE = """\
# Licences of what factledger stands on

Written by `python docs/licences.py` from the packages' own metadata, for every package that CI installs by its hash
(`requirements/*.txt`). *run*: needed by an installed factledger; *extra*: by one of its extras; *build*: only by
those who build and test it.

| package | licence | for |
|---|---|---|
"""

BESIDE = [str(path) for path in HERE.parent.glob(".venv-*/lib/*/site-packages")]
"""The environments that CI makes apart, each with packages of its own."""

LINE = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")
EXTRA = re.compile(r"extra *== *['\"]([^'\"]+)['\"]")
FOR_BUILDING = ("test", "torture")

KNOWN = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause", "pyreadline3": "BSD", "pysqlite3": "zlib"}
"""Licences of packages that are for other systems, or whose metadata say none; read in their own repositories."""


def locked() -> list[str]:
    """Return the names of all packages that are locked, sorted."""
    return sorted({name for path in LOCKS.glob("*.txt") for name in LINE.findall(path.read_text("utf-8"))})


def licence(found: Distribution) -> str:
    """Return what a package says of its licence: an SPDX expression where it gives one."""
    said = found.metadata
    named = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    text = said.get("License-Expression") or "; ".join(named) or (said.get("License") or "").partition("\n")[0]
    return text or KNOWN[found.name]


def installed(name: str) -> Distribution | None:
    """Return a package as it is installed here or in an environment apart."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return next(iter(distributions(name=name, path=BESIDE)), None)


def needed(start: Iterable[str]) -> set[str]:
    """Return these packages and all that they need, without extras."""
    found: set[str] = set()
    waiting = [normal(name) for name in start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            try:
                waiting += [normal(one) for one in requires(name) or () if not EXTRA.search(one)]
            except PackageNotFoundError:
                continue
    return found


def normal(requirement: str) -> str:
    """Return the name in a requirement, as indexes write it."""
    match = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""


def rows() -> Iterator[str]:
    own = requires("factledger") or []
    run = needed(one for one in own if not EXTRA.search(one))
    extra = needed(one for one in own if (match := EXTRA.search(one)) and match[1] not in FOR_BUILDING)
    for name in locked():
        use = "run" if name in run else "extra" if name in extra else "build"
        found = installed(name)
        yield f"| {name} | {licence(found) if found else KNOWN[name]} | {use} |\n"


if __name__ == "__main__":
    (HERE / "licences.md").write_text(PAGE + "".join(rows()), encoding="utf-8")
