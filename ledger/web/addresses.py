"""Addresses of pages of ours: what is asked by one, and how it is written.

Each page has one, whichever way a reader came to it, so that it can be kept, cited and exported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import attrs

from ..store.chosen import FOUND, ClaimFilter

SEARCH = "q"
"""The parameter that holds the words of a search."""


MOST_DIGITS = 9
"""Digits of a page's number that are read."""


class PageRequest:
    """What a request asks of a page: what stands in its address, and after its question mark."""

    def __init__(self, request: Any) -> None:
        from datasette.utils import tilde_decode

        self._given = request.args
        self._named = {name: tilde_decode(value) for name, value in request.url_vars.items() if value}

    @property
    def name(self) -> str:
        """The handle or name at the end of the address; empty where a list is asked for."""
        return str(self._named.get("name", ""))

    def text(self, name: str) -> str:
        """Return a parameter, without white space around it."""
        return str(self._given.get(name) or "").strip()

    def number(self, name: str = "page") -> int:
        """Return which page of a list is asked for, from 1; 1 for anything that is no number."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 1

    def numbers(self, names: tuple[str, ...]) -> Mapping[str, int]:
        """Return which page of each of these lists is asked for."""
        return {name: self.number(name) for name in names}


def path(name: str) -> str:
    """Return a name as the end of an address."""
    from datasette.utils import tilde_encode

    return str(tilde_encode(name))


_READABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


def folder_of(origin: str, ledger: str) -> str:
    """Return the folder of a ledger's pages in those of a merged file: its origin, or its id where that is no name."""
    return origin if _READABLE.fullmatch(origin) else ledger


def fields(wanted: ClaimFilter) -> dict[str, str]:
    """Return what is asked for as parameters, in one order, without those that are empty."""
    found = {field.name: getattr(wanted, field.name) for field in attrs.fields(ClaimFilter)}
    return {SEARCH if name == "words" else name: value for name, value in found.items() if value}


def claims(wanted: ClaimFilter, **changes: Any) -> str:
    """Return the address of the claims that are asked for, with these changes, below that of the list."""
    return f"?{urlencode(fields(attrs.evolve(wanted, **changes)))}"


def before(wanted: ClaimFilter) -> str:
    """Return what stands before the number of a page of these claims."""
    told = urlencode(fields(wanted))
    return f"?{told}&" if told else "?"


def as_table(wanted: ClaimFilter) -> str:
    """Return the parameters by which Datasette's table shows the same claims, as far as its columns tell."""
    found = fields(wanted)
    words, looked = found.pop(SEARCH, None), found.pop("found", None)
    told = {
        **found,
        **({"_search": words} if words else {}),
        **({"problems__gt": "0"} if looked == "problems" else {}),
        **({"problems": "0"} if looked in FOUND and looked != "problems" else {}),
    }
    return f"?{urlencode(told)}" if told else ""
