"""Stories, inquiries and checkers as a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..about import parts
from ..errors import UnknownRecord
from ..model import Inquiry, InquiryState, Outcome
from ..store import StoredRecord, chosen, lists, queries
from ..store.chosen import ClaimFilter
from ..store.paging import ListPage, Row
from . import words
from .claims import FACETS, ListedClaim, listed
from .hidden import Hidden, hidden
from .history import Event, LaterAct, changes, history_page
from .lanes import Lanes, lanes
from .timeline import timeline

MOST_ON_TIMELINE = 60
"""Claims of a story whose moments its page draws."""

MOST_ARTICLES = 5


@attrs.frozen
class StoryView:
    """A story: how many claims have which verdict, in what it was told, a page of its claims, and its timeline.

    `lanes` is None where there are more claims than `MOST_ON_TIMELINE`.
    """

    name: str
    verdicts: Mapping[str, int]
    articles: tuple[Row, ...]
    claims: ListPage[ListedClaim]
    lanes: Lanes | None
    origin: str


def story_view(db: Any, name: str, number: int = 1) -> StoryView | None:
    """Return the view of a story; None if no claim is of one of this name."""
    wanted = ClaimFilter(story=name)
    total, counts = chosen.claim_counts(db, wanted)
    if not total:
        return None
    claims = chosen.claims(db, wanted, number, total=total)
    verdicts = {value: counts["verdict"][value] for value in FACETS["verdict"][1] if value in counts["verdict"]}
    drawn = claims.total <= MOST_ON_TIMELINE
    handles = chosen.handles_of(db, wanted, MOST_ON_TIMELINE) if drawn else []
    return StoryView(
        name=name,
        verdicts=verdicts,
        articles=tuple(chosen.articles(db, handles or [row["id"] for row in claims.items], MOST_ARTICLES)),
        claims=listed(db, claims),
        lanes=lanes(timeline(db, handles)) if handles else None,
        origin=queries.origin(db),
    )


@attrs.frozen
class InquiryPage:
    """An inquiry: who asked whom or searched where, when, and what came of it."""

    inquiry: Inquiry
    kept: StoredRecord
    row: Row
    changes: tuple[LaterAct, ...]
    events: ListPage[Event]
    hidden: tuple[Hidden, ...]
    origin: str


def inquiry_page(db: Any, handle: str, number: int = 1) -> InquiryPage:
    """Return the view of an inquiry; raise UnknownRecord if there is none."""
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Inquiry):
        raise UnknownRecord(f"There is no inquiry {handle!r}.", hint="See: factledger list inquiries")
    inquiry = kept.record
    return InquiryPage(
        inquiry,
        kept,
        lists.inquiry(db, handle),
        changes(db, inquiry.uid),
        history_page(db, inquiry.uid, number),
        hidden(db, (inquiry.uid, inquiry.asked, inquiry.asked_by, inquiry.claim)),
        queries.origin(db),
    )


@attrs.frozen
class InquiryList:
    """A page of inquiries, of one state or all, and how many are in which: (state, how it reads, how many)."""

    page: ListPage[Row]
    state: str
    states: tuple[tuple[str, str, int], ...]
    origin: str


def inquiry_list(db: Any, state: str = "", number: int = 1) -> InquiryList:
    """Return a page of inquiries, the last asked first."""
    counts = lists.inquiry_counts(db)
    states = tuple((one.value, words.INQUIRY[one], counts[one]) for one in InquiryState if one in counts)
    return InquiryList(lists.inquiries(db, state, number), state, states, queries.origin(db))


@attrs.frozen
class CheckerView:
    """A checker: what each version says of itself, newest first, and what it says of each claim, a page at a time.

    A line has a claim and (outcome, reason) of what was found of it.
    """

    cards: tuple[Row, ...]
    lines: ListPage[tuple[Row, tuple[tuple[Outcome, str], ...]]]
    active: bool
    """Whether it had a part in the last run."""
    origin: str

    @property
    def card(self) -> Row:
        return self.cards[0]

    @property
    def about(self) -> Mapping[str, str]:
        """The parts of what it says of itself, by their headings; empty where it is not written in parts."""
        return parts(self.card["about"])


def checker_view(db: Any, name: str, number: int = 1) -> CheckerView | None:
    """Return the view of a checker; None if none of this name is on record."""
    cards = queries.rows(db, "checkers", order="rowid DESC", name=name)
    if not cards:
        return None
    rank = words.GRAVEST_FIRST.index

    def line(row: Row) -> tuple[Row, tuple[tuple[Outcome, str], ...]]:
        told = [(Outcome(outcome), reason) for outcome, reason in row["findings"]]
        return row, tuple(sorted(told, key=lambda one: rank(one[0])))

    lines = lists.findings_of(db, name, number).each_as(line)
    return CheckerView(tuple(cards), lines, name in queries.last_checkers(db), queries.origin(db))
