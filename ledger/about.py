"""What a checker says of itself in its docstring, in four parts.

    Checks: whether ...
    Why it matters: ...
    Fails on: ...            (or "Warns on", or for a detector "Proposes")
    Passes on: ...           (or for a detector "Leaves alone")

A part may run over several lines; an empty line ends it. The reference is made of these parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ASKED = (("Checks",), ("Why it matters",), ("Fails on", "Warns on", "Proposes"), ("Passes on", "Leaves alone"))
"""The four parts in their order, each under one of these headings."""

_HEADING = re.compile(rf"({'|'.join(heading for headings in ASKED for heading in headings)}):\s*")


def parts(docstring: str) -> dict[str, str]:
    """Return heading -> text, on one line each, in the order in which they are written; empty if there are none."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in docstring.strip().splitlines():
        heading = _HEADING.match(line.strip())
        if heading:
            here = found.setdefault(heading[1], [])
        elif not line.strip():
            here = []
        here.append(line.strip()[heading.end() if heading else 0 :])
    return {heading: " ".join(" ".join(lines).split()) for heading, lines in found.items()}


def missing(docstring: str) -> Iterator[str]:
    """Yield the heading of each part that is not there, is empty, or stands before one that comes first."""
    written = parts(docstring)
    places = list(written)
    last = -1
    for headings in ASKED:
        there = [places.index(heading) for heading in headings if written.get(heading)]
        if not there or min(there) < last:
            yield headings[0]
        else:
            last = max(there)
