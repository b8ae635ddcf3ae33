"""Where in a plugin's own code something is: "factledger_weasel/__init__.py, line 12", as its author knows the file.

The path begins at the top package, so that what goes on record is the same on every machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from inspect import unwrap
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

NOT_THEIRS = frozenset({"ledger", "pluggy", "attr", "attrs", *sys.stdlib_module_names})
"""Top packages of which no line is a plugin's."""

METHODS = ("check", "check_many", "detect", "keys", "keys_of", "read", "write", "run")
"""Where what a plugin registers answers."""

PLACE = re.compile(r" \([^()\s]+\.py, line \d+\)")


def with_place(words: str, of: Any) -> str:
    """Return words with the place of a function, a class, or what is an instance of one, unless they name a place."""
    place = "" if PLACE.search(words) else place_of(of)
    if not place:
        return words
    return f"{words[:-1]} ({place})." if words.endswith(".") else f"{words} ({place})"


def place_of(value: Any) -> str:
    """Return where a function or class is written, or where an instance answers; "" where nobody can tell."""
    if not isinstance(value, type) and not callable(value):
        value = _answering(type(value))
    if isinstance(value, type):
        file = str(getattr(sys.modules.get(value.__module__), "__file__", None) or "")
        line = _line_of(rf"class {re.escape(value.__name__)}\b", file)
        return _said(value.__module__, file, line) if line else ""
    function = unwrap(getattr(value, "__func__", value))
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    line = _line_of(rf"(async )?def {re.escape(code.co_name)}\b", code.co_filename, code.co_firstlineno)
    return _said(function.__module__ or "", code.co_filename, line or code.co_firstlineno)


def place_in(error: BaseException) -> str:
    """Return the innermost line of the plugin's own that raised; "" if none did."""
    theirs = [(frame, line) for frame, line in _frames(error.__traceback__) if _top(_name(frame)) not in NOT_THEIRS]
    if not theirs:
        return ""
    whose = _top(_name(theirs[0][0]))
    frame, line = next((frame, line) for frame, line in reversed(theirs) if _top(_name(frame)) == whose)
    return _said(_name(frame), frame.f_code.co_filename, line)


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _answering(kind: type) -> Any:
    """Return the method of a plugin's own that answers for a class; the class where it has none."""
    own = [one for one in kind.__mro__ if _top(one.__module__) not in NOT_THEIRS]
    methods = (vars(one).get(name) for name in METHODS for one in own)
    return next((method for method in methods if hasattr(method, "__code__")), kind)


def _line_of(words: str, file: str, first: int = 1) -> int:
    """Return the first line that begins so (a pattern), of those from `first` on; 0 if the file does not show it."""
    begins = re.compile(rf"\s*{words}")
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines() if file else []
    except (OSError, ValueError):
        return 0
    return next((number for number, text in enumerate(lines, 1) if number >= first and begins.match(text)), 0)


def _said(module: str, file: str, line: int) -> str:
    parts, top = Path(file).parts, _top(module)
    at = len(parts) - 1 - parts[::-1].index(top) if top in parts else -1
    return f"{'/'.join(parts[at:])}, line {line}"


def _name(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _top(module: str) -> str:
    return module.partition(".")[0]
