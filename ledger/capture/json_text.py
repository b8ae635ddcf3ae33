"""What a JSON file says, a value on a line behind its name: posts and answers, as platforms hand them out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..errors import InputError

JSON = "json/2"
"""The extractor of JSON: the values in the order of the file, each behind its name there, also one given twice."""

LONGEST_NAME = 80

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def json_text(document: str, *, where: str) -> str:
    """Return the values of a JSON text, or of lines of JSON, one a line; raise InputError if it is none."""
    try:
        told = _loaded(document)
    except (ValueError, RecursionError):
        told = _lines(document, where)
    text = _CONTROLS.sub("", "\n".join(f"{name}: {value}" if name else value for name, value in _values(told)))
    if not text.strip():
        raise InputError("The file holds no values.", where=where, hint="Check that it was saved.")
    return text


def _loaded(document: str) -> Any:
    """Return the values of a JSON text; an object is a tuple of pairs, of which two may have one name."""
    return json.loads(document, object_pairs_hook=tuple)


def _lines(document: str, where: str) -> list[Any]:
    found = []
    for number, line in enumerate(document.splitlines(), 1):
        try:
            found += [_loaded(line)] if line.strip() else []
        except (ValueError, RecursionError):
            raise InputError("This is not JSON.", where=f"{where}:{number}", hint="Save it again.") from None
    return found


def _values(told: Any) -> Iterator[tuple[str, str]]:
    """Iterate over the values with their names; null and empty ones are left out."""
    waiting: list[tuple[str, Any]] = [("", told)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, tuple):
            waiting.extend((key[:LONGEST_NAME], each) for key, each in reversed(value))
        elif isinstance(value, list):
            waiting.extend((name, each) for each in reversed(value))
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif value not in (None, ""):
            yield name, str(value).replace("\r\n", "\n").replace("\r", "\n")
