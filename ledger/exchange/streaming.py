"""JSON written piece by piece, however much of it there is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def json_list(head: Mapping[str, Any], key: str, items: Iterable[Any]) -> Iterator[str]:
    """Yield an object with the fields of `head` and a list of items under `key`, an item a line."""
    yield f'{_written(head)[:-1]}, "{key}": ['
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_written(item)}"
    yield "\n]}\n"


def json_object(head: Mapping[str, Any], key: str, members: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Yield an object with the fields of `head` and an object of (name, value) members under `key`, one a line."""
    yield f'{_written(head)[:-1]}, "{key}": {{'
    for number, (name, value) in enumerate(members):
        yield f"{',' if number else ''}\n{_written(name)}: {_written(value)}"
    yield "\n}}\n"


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
