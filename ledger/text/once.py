"""A text is read once: what a function made of a text is kept, for all who ask the same of it in this process.

A claim and its passages are read by many checkers, one after the other, and one passage stands under many claims.
`read_once` is for pure functions of texts whose results nobody can change: then nobody can tell whether it was read
anew. Keeping is bounded in characters of texts: what was not asked for among the last ones is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST_CHARACTERS = 4_000_000
"""Characters of texts of which readings are kept as recent, and again as many as older ones: what is read of 1,000
claims by all who read them, in some 10 MB."""

EACH = 200
"""Characters that any reading counts for besides its texts."""

Key = tuple[Hashable, ...]
"""A function and what it is asked of."""

_MISSING: Any = object()


class _Readings:
    """What was read lately: in two generations, of which the older is forgotten when the recent one is full."""

    def __init__(self) -> None:
        self._recent: dict[Key, Any] = {}
        self._older: dict[Key, Any] = {}
        self._characters = 0

    def get(self, key: Key) -> Any:
        found = self._recent.get(key, _MISSING)
        if found is _MISSING and (found := self._older.pop(key, _MISSING)) is not _MISSING:
            self.keep(key, found)
        return found

    def keep(self, key: Key, reading: Any) -> None:
        size = EACH + sum(len(part) for part in key if isinstance(part, str))
        if size > MOST_CHARACTERS:
            return
        self._characters += size
        if self._characters > MOST_CHARACTERS:
            self._older, self._recent, self._characters = self._recent, {}, size
        self._recent[key] = reading


_KEPT = _Readings()


def read_once(read: Callable[P, R]) -> Callable[P, R]:
    """Keep what a pure function of texts returns, and return it to whoever asks again; arguments are hashable.

    What it returns must be of a kind that does not change, such as a tuple of frozen values. Of what raises, nothing
    is kept.
    """

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        key: Key = (read, *args, *kwargs.items()) if kwargs else (read, *args)
        found = _KEPT.get(key)
        if found is _MISSING:
            found = read(*args, **kwargs)
            _KEPT.keep(key, found)
        return found  # type: ignore[no-any-return]

    return reading
