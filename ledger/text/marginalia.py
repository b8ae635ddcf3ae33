"""What stands on a line and is no part of its text: a mail's ">", the number of the line, a time, a raised note.

Each kind is known by its coming again: one line that begins with a figure has a figure, twenty that count up are
numbered. What is cut are places of a reading that is tried when the text as it stands does not have some words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FEWEST_NUMBERED = 4
"""Lines that count up one by one, after which they are taken to be numbered."""

FEWEST_TIMES = 3
"""Lines that begin with a time, in a text that is taken for a record of speech."""

FEWEST_AT_STOPS = 3
"""Raised notes at stops, of a text in which others may stand inside sentences."""

_MAIL = re.compile(r"[ \t]*(?:[>|][ \t]?)+")
_NUMBERED = re.compile(r"[ \t]*(\d{1,3})(?=[ \t]|\Z)[ \t]*")
_TIMES = re.compile(r"[ \t]*\d{1,2}:\d\d(?::\d\d)?[.,]\d{3} +--> .*|WEBVTT\b.*")
_TIME = re.compile(
    r"""[ \t]*
    (?: \[\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\] | \(\d{1,2}:\d\d(?::\d\d)?\) | \d{1,2}:\d\d(?::\d\d)?(?=\s|\Z) )
    \s*""",
    re.VERBOSE,
)
# No note: "No.9", "p.12", "vol.3".
_AT_STOP = re.compile(
    r"""(?<=[a-z)][.,;:!?"”’)])(?<!\b[Nn]o\.)(?<!\bp\.)(?<!\bpp\.)(?<!\b[Vv]ol\.)(?<!\b[Ff]ig\.)\d{1,3}(?=\s|\Z)"""
    r"""|(?<=[a-z.,;:!?"”’)])[⁰¹²³⁴-⁹]{1,3}"""
)
_INSIDE = re.compile(r"(?<=[a-z]{2})\d{1,2}(?=[\s.,;:])")


def margins(lines: Sequence[str]) -> list[int | None]:
    """Return how many characters of each line are before its text; None of a line that has none of it."""
    taken: list[int | None] = [0] * len(lines)
    for found in (_mail(lines), _times(lines), _numbers(lines)):
        for at, margin in found:
            taken[at] = margin
    return taken


def notes(text: str) -> list[tuple[int, int]]:
    """Return where raised notes stand that are set on the line: "work.9 We"."""
    found = [match.span() for match in _AT_STOP.finditer(text)]
    inside = [match.span() for match in _INSIDE.finditer(text)] if len(found) >= FEWEST_AT_STOPS else []
    return sorted([*found, *inside])


def _mail(lines: Sequence[str]) -> Iterator[tuple[int, int | None]]:
    found = [(at, match.end()) for at, line in enumerate(lines) if (match := _MAIL.match(line))]
    if len(found) > 1:
        yield from found


def _times(lines: Sequence[str]) -> Iterator[tuple[int, int | None]]:
    """Yield the lines of a caption that give its times and its number, and the times before the words of others."""
    for at, line in enumerate(lines):
        if _TIMES.match(line):
            yield at, None
            if at and lines[at - 1].strip().isdigit():
                yield at - 1, None
    found = [(at, match.end()) for at, line in enumerate(lines) if (match := _TIME.match(line))]
    for at, margin in found if len(found) >= FEWEST_TIMES else ():
        if not _TIMES.match(lines[at]):
            yield at, margin if lines[at][margin:].strip() else None


def _numbers(lines: Sequence[str]) -> Iterator[tuple[int, int | None]]:
    """Yield the numbers of lines that count up."""
    run: list[tuple[int, int]] = []
    last = 0
    for at, line in enumerate([*lines, "0"]):
        if not line.strip():
            continue
        match = _NUMBERED.match(line)
        number = int(match[1]) if match else None
        if number != last + 1:
            yield from run if len(run) >= FEWEST_NUMBERED else ()
            run = []
        if match and number is not None:
            run.append((at, match.end()))
            last = number
