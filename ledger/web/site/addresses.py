"""Which addresses a site is made of, and in which file each of them lies.

A new kind of page comes in as a line of `FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import attrs

from ...log import Checkpoint, Entry
from ...rules import slug
from ...store import AffectedPages, checkpoints, queries
from ...trust import entries_of, entries_with
from ...views import stories
from ..detect import DATABASE

ASSETS = "/-/static"
"""Where style sheets and scripts lie; their addresses end in a digest that a file needs none of."""

_ANY = "{}"

Handles = Callable[[Any], Iterable[str]]
"""Takes a ledger's database, returns the names of what there is of a kind."""


@attrs.frozen
class Family:
    """Addresses of one kind: `path` has {} where the name stands of what they are `of`, and nothing for one page alone.

    `follows` says which records a page is about, so that it is made anew when one of those may be shown otherwise;
    without it, whenever anything was entered. `asked` is the query by which the answer is had, where readers need none.
    `placed` is whether it says where it is itself, so that a site has it only if its host is known.
    """

    path: str
    of: Handles | None = None
    follows: str | None = None
    asked: str = ""
    placed: bool = False

    def addresses(self, db: Any) -> Iterator[tuple[str, str]]:
        """Yield (address, name) of every page of this kind, below the path of the site."""
        if self.of is None:
            yield self.path, ""
        else:
            from datasette.utils import tilde_encode

            asked = "?" in self.path
            for name in self.of(db):
                yield canonical(self.path.replace(_ANY, quote(name) if asked else tilde_encode(name))), name

    def concerned(self, name: str, affected: AffectedPages | None) -> bool:
        """Return whether a page may show something else; `affected` is None where any may."""
        return affected is None or self.follows is None or name in getattr(affected, self.follows)


def _stories(db: Any) -> Iterable[str]:
    return (name for name in stories(db) if name)


_claims = queries.claim_handles


def _size_signed(db: Any) -> int:
    return max((Checkpoint.read(note.text).size for note in checkpoints(db)), default=0)


def _provable(of: Handles, entries: Callable[[Any, str], Sequence[Entry]]) -> Handles:
    """Return what gives those handles of which a checkpoint covers all entries: only these can be proven."""

    def found(db: Any) -> Iterable[str]:
        size = _size_signed(db)
        everything = size >= queries.head(db).size
        return (name for name in of(db) if everything or all(one.seq < size for one in entries(db, name)))

    return found


def _signed(db: Any) -> Iterable[str]:
    return ["checkpoint"] if checkpoints(db) else []


def _sources(db: Any) -> Iterable[str]:
    """Return the handle of every source, also of those that do not stand any more: their pages say so."""
    return sorted(queries.names(db, "source"))


def _checkers(db: Any) -> Iterable[str]:
    return sorted({row["name"] for row in queries.rows(db, "checkers")})


def _handles(table: str) -> Handles:
    return lambda db: (row["id"] for row in queries.each_row(db, table, order="id"))


RECORDS: tuple[tuple[Handles, str | None], ...] = (
    (_handles("agents"), None),
    (_handles("inquiries"), None),
    (_claims, "claims"),
    (_sources, "sources"),
)
"""What has a page of its own and can be proven: the handles of all of it, and what they follow."""

LISTED = ("claims", "sources", "inquiries", "people", "stories", "checkers", "corrections")
"""The lists, each of which has a page at /-/ledger/ and goes on."""

FAMILIES = (
    Family("/"),
    Family("/-/ledger/about"),
    Family("/-/ledger/checkpoints"),
    Family("/-/ledger/{}", _signed),
    Family("/-/ledger/timeline"),
    Family("/-/ledger/timeline?story={}", _stories),
    *(Family(f"/-/ledger/{name}") for name in LISTED),
    Family("/-/ledger/stories/{}", _stories),
    Family("/-/ledger/checkers/{}", _checkers),
    Family(f"/{DATABASE}/agents/{{}}", _handles("agents")),
    Family(f"/{DATABASE}/agents/{{}}.json", _handles("agents"), asked="_shape=array"),
    Family(f"/{DATABASE}/inquiries/{{}}", _handles("inquiries")),
    Family(f"/{DATABASE}/inquiries/{{}}.json", _handles("inquiries"), asked="_shape=array"),
    Family(f"/{DATABASE}/claims/{{}}", _claims, "claims"),
    Family(f"/{DATABASE}/claims/{{}}.json", _claims, "claims"),
    Family(f"/{DATABASE}/claims/{{}}.jsonld", _claims, "claims"),
    Family(f"/{DATABASE}/sources/{{}}", _sources, "sources"),
    Family(f"/{DATABASE}/sources/{{}}.json", _sources, "sources", "_shape=array"),
    Family("/-/ledger/galley/{}", _sources, "sources"),
    *(Family("/-/ledger/proof/{}.json", _provable(of, entries_of), follows) for of, follows in RECORDS),
    *(Family("/-/ledger/proof/{}.whole.json", _provable(of, entries_with), follows) for of, follows in RECORDS),
    *(Family("/-/ledger/verify/{}", of, follows) for of, follows in RECORDS),
    *(Family(f"/-/ledger/{name}.atom", placed=True) for name in ("decisions", "corrections")),
    Family("/-/ledger/story.atom?story={}", _stories, placed=True),
    Family(f"/{DATABASE}/agents/{{}}.atom", _handles("agents"), placed=True),
    Family(f"/{DATABASE}/claims/{{}}.atom", _claims, "claims", placed=True),
)
"""Everything that a site asks its ledger for; lists and downloads are made beside."""

FILES = ("/-/ledger/checkpoint",)
"""What is a file for programs though its name does not say so."""


LONGEST = 120
"""Bytes of a folder's name, below what every file system takes."""


def is_page(address: str) -> bool:
    """Return whether an address is of a page for people: it gets a folder, so that it needs no ending."""
    path = address.partition("?")[0]
    return path not in FILES and "." not in path.rpartition("/")[2]


def canonical(address: str, *, paged: bool = True) -> str:
    """Return an address in its one spelling; without `paged`, that of the page on which its list begins.

    A parameter that is but a number says which page of a list is asked for.
    """
    path, _, query = address.partition("?")
    asked = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if paged or not value.isdecimal()]
    return path + ("?" + urlencode(kept) if kept else "")


def file_of(address: str) -> str:
    """Return the file in which an address lies, relative to the folder of the site; queries become folders."""
    path, _, query = address.partition("?")
    asked = [part for name, value in parse_qsl(query, keep_blank_values=True) for part in (slug(name), _folder(value))]
    if not is_page(address):
        stem, dot, ending = path.lstrip("/").partition(".") if asked else (path.lstrip("/"), "", "")
        return "/".join([stem, *asked]) + dot + ending
    parts = [part if len(part) <= LONGEST else _folder(part) for part in path.split("/") if part]
    return "/".join([*parts, *asked, "index.html"])


def _folder(value: str) -> str:
    """Return a value as the name of a folder, a different one for each value."""
    short = slug(value)[:60]
    return short if short == value else f"{short}-{sha256(value.encode()).hexdigest()[:8]}"


def place_of(file: str) -> str:
    """Return the address by which a file is asked for on any host: that of its folder, if it is a page."""
    return quote(file.removesuffix("index.html") if file.rpartition("/")[2] == "index.html" else file)
