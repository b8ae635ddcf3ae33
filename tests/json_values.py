"""The values inside JSON data, and how one is put in the place of another."""

from __future__ import annotations

from typing import Any


def places(said: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every way that leads to a value in JSON data."""
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [way, *(found for step, value in inner for found in places(value, (*way, step)))]


def exchange(said: Any, way: tuple[Any, ...], value: Any) -> Any:
    """JSON data with another value at the end of a way."""
    if not way:
        return value
    copy = dict(said) if isinstance(said, dict) else list(said)
    copy[way[0]] = exchange(copy[way[0]], way[1:], value)
    return copy
