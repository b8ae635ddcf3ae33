"""One thing that is wrong with a plugin, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import attrs


@attrs.frozen
class Slip:
    """A problem at a line (from 1) of a file: what is so, and after a semicolon what to do.

    After one that is `fatal` there is nothing to try: the plugin would not be loaded.
    """

    file: Path
    line: int
    words: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}."


def line_of(text: str, words: str) -> int:
    """Return the number of the first line that holds these words, 1 if none does."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)
