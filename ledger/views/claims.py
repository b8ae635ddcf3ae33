"""Claims in lists: those that are asked for, and those that were corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..model import Workflow
from ..store import chosen, queries
from ..store.chosen import MARKED, ClaimFilter
from ..store.paging import ListPage, Row
from . import words
from .history import LaterAct, changes

LONGEST = 400
"""Characters of a claim's text, or of words beside it, that a list shows."""

MOST_TOPICS = 12
"""Topics that are offered to choose from."""


@attrs.frozen
class ListedClaim:
    """A claim in a list: its row, the reasons of its decision and by whom, and its gravest finding.

    `pieces` are its text, cut, each with whether it was searched for.
    """

    row: Row
    pieces: tuple[tuple[str, bool], ...]
    reasons: str = ""
    by: str = ""
    finding: tuple[str, str, str] | None = None

    @property
    def stands(self) -> bool:
        """Whether it was neither replaced nor retracted."""
        return self.row["workflow"] not in (Workflow.SUPERSEDED, Workflow.RETRACTED)


@attrs.frozen
class FacetValue:
    """One value to choose claims by: how it reads, how many claims have it, and whether it is chosen."""

    value: str
    said: str
    count: int
    chosen: bool


@attrs.frozen
class ClaimList:
    """A page of the claims that were asked for, and what to choose others by: name, heading, choices."""

    origin: str
    wanted: ClaimFilter
    page: ListPage[ListedClaim]
    facets: tuple[tuple[str, str, tuple[FacetValue, ...]], ...]
    topics: tuple[tuple[str, int], ...]
    claimant: str = ""
    """The name of whoever made the claims, where only theirs are asked for."""

    @property
    def ranked(self) -> bool:
        """Whether those that match best come first; else those that were changed or entered last."""
        return bool(self.wanted.words) and self.page.total <= chosen.MOST_RANKED

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """What the claims were chosen by: (field, how the choice reads)."""
        said = {name: dict(values) for name, (_, values) in FACETS.items()}
        plain = [("topic", self.wanted.topic), ("story", self.wanted.story), ("claimant", self.claimant)]
        picked = [(name, values.get(getattr(self.wanted, name), "")) for name, values in said.items()]
        words_of_it = [("words", f"“{self.wanted.words}”" if self.wanted.words else "")]
        return tuple((name, text) for name, text in (*words_of_it, *picked, *plain) if text)


@attrs.frozen
class CorrectedClaim:
    """A claim that was corrected, replaced or retracted, or whose verdict changed, and what was said of it."""

    row: Row
    changes: tuple[LaterAct, ...]
    superseded_by: str | None


FACETS: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "verdict": ("What people decided", words.VERDICT),
    "workflow": ("Where it stands", words.WORKFLOW),
    "corroboration": ("How its sources hang together", words.CORROBORATION),
    "found": ("What the checks found", words.FOUND),
}
"""Facet -> its heading, and how its values read."""

_CUT = re.compile(rf"({MARKED[0]}|{MARKED[1]})")


def claim_list(db: Any, wanted: ClaimFilter, number: int = 1) -> ClaimList:
    """Return a page of the claims that are asked for."""
    total, counts = chosen.claim_counts(db, wanted)
    facets = tuple(
        (name, heading, tuple(_choices(said, counts[name], getattr(wanted, name))))
        for name, (heading, said) in FACETS.items()
    )
    page = listed(db, chosen.claims(db, wanted, number, total=total), findings=wanted.found == "problems")
    topics = () if wanted.topic or wanted.story else tuple(chosen.most_used(db, "topic", MOST_TOPICS))
    claimant = queries.names(db, "agent", [wanted.claimant]).get(wanted.claimant, "")
    return ClaimList(queries.origin(db), wanted, page, facets, topics, claimant)


def _choices(said: Mapping[Any, str], counts: Mapping[str, int], chosen: str) -> Iterable[FacetValue]:
    for value, words_of_it in said.items():
        if (count := counts.get(str(value), 0)) or value == chosen:
            yield FacetValue(str(value), words_of_it, count, value == chosen)


def listed(db: Any, page: ListPage[Row], *, findings: bool = False) -> ListPage[ListedClaim]:
    """Return a page of rows of claims as a list shows them, with their gravest findings if these are asked for."""
    handles = [row["id"] for row in page.items]
    reasons = chosen.reasons_of(db, handles)
    gravest = chosen.gravest(db, handles) if findings else {}

    def line(row: Row) -> ListedClaim:
        why, by = reasons.get(row["id"], ("", ""))
        return ListedClaim(row, _pieces(row["marked"] or row["text"]), cut(why), by, gravest.get(row["id"]))

    return page.each_as(line)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return the beginning of a text that is too long for a list, with a sign that it goes on."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, those between MARKED as found; after `LONGEST` characters it ends."""
    pieces, found, room = list[tuple[str, bool]](), False, LONGEST
    for piece in _CUT.split(marked):
        if piece in MARKED:
            found = piece == MARKED[0]
        elif piece:
            pieces.append((cut(piece, room), found))
            room -= len(piece)
            if room <= 0:
                break
    return tuple(pieces)


def corrections(db: Any, number: int = 1) -> ListPage[CorrectedClaim]:
    """Return a page of the claims that were corrected, replaced or retracted, or whose verdict changed."""

    def told(row: Row) -> CorrectedClaim:
        kept = queries.by_handle(db, row["id"])
        assert kept is not None
        by = queries.kept(db, kept.superseded_by) if kept.superseded_by else None
        return CorrectedClaim(row, changes(db, kept.record.uid), by.record.handle if by else None)

    return chosen.corrected(db, number).each_as(told)
