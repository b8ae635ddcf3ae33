"""Cells of Datasette's tables, in words. A cell that is not understood is left to Datasette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from ..model import (
    Basis,
    Credibility,
    ExclusionReason,
    LinkState,
    Relation,
    Reliability,
    SourceKind,
    Stake,
    Stance,
    Standing,
)
from ..views import words
from . import marks
from .detect import DATABASE

DATES = ("said", "occurred", "published", "reference_date", "asked_on", "deadline")
INSTANTS = ("added", "changed", "decided", "checked", "taken_at", "valid_until")

_Words = tuple[type[StrEnum], Mapping[Any, str]]

WORDS: dict[tuple[str, str], _Words] = {
    ("evidence", "stance"): (Stance, words.STANCE),
    ("evidence", "basis"): (Basis, words.BASIS),
    ("evidence", "stake"): (Stake, words.STAKE),
    ("evidence", "reliability"): (Reliability, words.GRADE),
    ("evidence", "credibility"): (Credibility, words.GRADE),
    ("exclusions", "reason"): (ExclusionReason, words.EXCLUSION),
    ("links", "relation"): (Relation, words.RELATION),
    ("links", "state"): (LinkState, words.LINK_STATE),
    ("sources", "kind"): (SourceKind, words.SOURCE),
}
"""(table, column) -> the vocabulary of the column and how it reads."""

NAMED = {
    **dict.fromkeys(("claim", "reports"), "claims"),
    **dict.fromkeys(("source", "seen_in", "comes_from"), "sources"),
    **dict.fromkeys(
        (
            "author",
            "publisher",
            "speaker",
            "quoting",
            "claimant",
            "part_of",
            "asked",
            "asked_by",
            "reviewer",
            "taken_by",
        ),
        "agents",
    ),
    "seconds": "reviews",
    "run": "runs",
}
"""Columns that hold a handle -> the table it is in."""

QUERIED = {"claim": "claims", "source": "sources", "inquiry": "inquiries"}
"""The same for the answers of our queries."""

MARKS: dict[str, Callable[[str], Markup]] = {
    "verdict": marks.verdict,
    "corroboration": marks.corroboration,
    "workflow": marks.workflow,
    "outcome": marks.outcome,
}


def cell(urls: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Return a cell's content, or None to leave it as it is. `table` is None in the answer of a query."""
    if not isinstance(value, str) or not value:
        return None
    try:
        return _words(value, column, table) or _link(urls, value, column, table)
    except ValueError:  # a code of a later version
        return None


def _words(value: str, column: str, table: str | None) -> Markup | None:
    if column in DATES:
        return marks.date(value)
    if column in INSTANTS:
        return marks.instant(value)
    if column in MARKS:
        return MARKS[column](value)
    if (table, column) == ("inquiries", "state"):
        return marks.inquiry(value)
    if column == "standing":
        return marks.titled(words.STANDING[Standing(value)], value)
    if (table or "", column) in WORDS:
        vocabulary, said = WORDS[table or "", column]
        code = vocabulary(value)
        return marks.titled(said[code], code)
    return None


def _link(urls: Any, value: str, column: str, table: str | None) -> Markup | None:
    """Return a handle as a link; Datasette links them itself in tables, not on the page of a single row."""
    if table is None:
        return _row(urls, QUERIED[column], value) if column in QUERIED else None
    if table == "findings" and column == "subject":
        return _row(urls, "claims", value) if value != "ledger" else Markup("the whole ledger")
    return _row(urls, NAMED[column], value) if column in NAMED else None


def _row(urls: Any, table: str, handle: str) -> Markup:
    from datasette.utils import tilde_encode

    return Markup('<a href="{}">{}</a>').format(urls.row(DATABASE, table, tilde_encode(handle)), handle)
