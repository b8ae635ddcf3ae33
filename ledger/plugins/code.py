"""What a plugin's findings are made by: digests of its files, and of those parts of factledger that it may import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from .installed import Installed

FOUNDATION = ("capture", "chain", "checker.py", "dates", "findings.py", "grounds", "model.py", "text", "timeline")
"""The parts of factledger on which findings depend."""


def code_of(one: Installed) -> str:
    """Return the SHA-256 (hex) of all files of a plugin's top-level package, data included; "" if it is not found.

    Nothing is imported. A namespace package has the files of all its folders.
    """
    if one.is_file:
        return _digest([Path(one.value)])
    spec = None
    with suppress(ImportError, ValueError):  # ValueError: a module that was put together by hand
        spec = find_spec(one.value.partition(":")[0].partition(".")[0])
    if spec is None:
        return ""
    places = spec.submodule_search_locations or ([spec.origin] if spec.origin else [])
    return _digest(map(Path, places))


@cache
def foundation_code() -> str:
    """Return the SHA-256 (hex) of the parts of factledger that findings depend on, as they were first seen."""
    return _digest(Path(__file__).parents[1] / part for part in FOUNDATION)


def _digest(places: Iterable[Path]) -> str:
    whole = sha256()
    for place in places:
        for name, path in sorted(_files(place)):
            whole.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, path) of a file, or of all that is in a folder but for what Python keeps there."""
    if place.is_file():
        yield place.name, place
    for path in place.rglob("*") if place.is_dir() else ():
        if path.is_file() and path.suffix != ".pyc":
            yield f"{place.name}/{path.relative_to(place).as_posix()}", path
