"""What a search of a site finds, and by what its lists can be narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from markupsafe import Markup

from ...model import Corroboration, SourceKind, Verdict
from ...store import queries
from ...views import words
from .. import marks
from ..detect import DATABASE
from .search import Findable


@attrs.frozen
class ListLine:
    """A line: where it leads ("" nowhere), its text, its mark, and what else is said of it."""

    address: str
    text: str
    mark: Markup
    aside: str


def list_address(table: str) -> str:
    """Return the address of a list, below the path of the site."""
    return f"/-/ledger/{table}"


def _claim(row: dict[str, Any]) -> ListLine:
    verdict = Verdict(row["verdict"])
    told = filter(None, (words.CORROBORATION[Corroboration(row["corroboration"])], row["topic"]))
    return ListLine(f"/{DATABASE}/claims/{row['id']}", row["text"], marks.verdict(verdict), ", ".join(told))


def _source(row: dict[str, Any]) -> ListLine:
    told = filter(
        None, (words.SOURCE[SourceKind(row["kind"])], words.date(row["published"]) if row["published"] else "")
    )
    return ListLine(f"/{DATABASE}/sources/{row['id']}", row["title"], Markup(""), ", ".join(told))


LINES = {"claims": _claim, "sources": _source}
"""A table that can be searched -> what a row of it becomes."""

FACETS = {
    "claims": ("verdict", "corroboration", "workflow", "topic", "story", "claimant"),
    "sources": ("kind", "publisher"),
}
"""What a search can be narrowed to, by the columns of Datasette's tables."""


def documents(db: Any, table: str) -> Iterator[Findable]:
    """Yield what can be searched for in a table, in the order in which it was entered."""
    line = LINES[table]
    for row in queries.each_row(db, table):
        shown = line(row)
        said = [row.get(column) or "" for column in ("topic", "story", "note")]
        people = [row.get(column) for column in ("claimant", "author", "publisher")]
        names = queries.names(db, "agent", people)
        said += [names[one] for one in people if one]
        yield Findable(
            address=shown.address.lstrip("/") + "/",
            text=shown.text,
            aside=shown.aside,
            mark=shown.mark.striptags(),
            words=" ".join(said),
            facets=tuple(f"{name}={row[name]}" for name in FACETS[table] if row[name]),
        )
