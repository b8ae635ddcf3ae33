"""How a record is written in YAML, as people write and `story` reads it: its keys that are not at their default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any

import attrs
import yaml

from ..model import Link, Order, Record, Value, references
from .forms import FORMS

PLAIN = re.compile(r"[A-Za-z“‘][^\n:#\"\\{}\[\]&*!|>%@`]*[^\s:#\"\\{}\[\]&*!|>%@`,]")
"""A text that YAML reads as it is, without quotation marks."""


def fields(key: str, record: Record, id_of: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a record that stands under `key`, and what is written there; its id is not among them."""
    form, names = FORMS[key], {field: uid for field, _, uid in references(record)}
    if isinstance(record, Link):
        yield "link", f"{id_of(record.source)} {record.relation.value} {id_of(record.comes_from)}"
    for name in form.own:
        value = getattr(record, name)
        if name in names:
            yield name, id_of(names[name])
        elif value != attrs.fields_dict(type(record))[name].default:
            yield name, value


def item(pairs: Iterable[tuple[str, Any]], indent: str) -> Iterator[str]:
    """Yield the lines of an entry of a list."""
    for number, (name, value) in enumerate(pairs):
        yield f"{indent}{'  ' if number else '- '}{name}: {scalar(value)}"


def scalar(value: Any) -> str:
    """Return a value as it stands after a key in YAML: as it is where that is safe, else in quotation marks."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Value | Order):
        parts = ((one.name, getattr(value, one.name)) for one in attrs.fields(type(value)))
        return f"{{{', '.join(f'{name}: {_quoted(str(part))}' for name, part in parts if part is not None)}}}"
    words = str(value.value if isinstance(value, Enum) else value)
    return words if PLAIN.fullmatch(words) and words.isprintable() else _quoted(words)


def _quoted(words: str) -> str:
    written: str = yaml.safe_dump(words, default_style='"', allow_unicode=True, width=10**9)
    return written.rstrip("\n")


def comment(words: str, indent: str) -> str:
    """Return words as a comment of one line."""
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return f"{indent}# {' '.join(plain.split())}"
