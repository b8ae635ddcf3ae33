"""Pages for every kind of thing that readers meet, beside claims and sources; and lists of them, a page at a time.

Each page is one line of `PAGES`: its address, the view that it shows, its template. A page of a longer list is asked
for as `?page=2`, or where a page has several lists by the name of the one, as `?about=2`. The page of an agent or an
inquiry answers as its row, `/ledger/agents/NAME`: `gate` leads here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from .. import views
from ..errors import UnknownRecord
from ..store import Ledger, chosen, lists, queries
from ..store.chosen import ClaimFilter
from ..store.paging import ListPage, page_of
from ..views import people
from .addresses import PageRequest
from .pages import MISSING, ask, page
from .proofs import refused


@attrs.frozen
class Listing:
    """A page that is nothing but a page of a list; `words` are those that were searched for, `about` whose it is."""

    page: ListPage[Any]
    origin: str
    words: str = ""
    about: str = ""


def _claims(ledger: Ledger, asked: PageRequest) -> Any:
    wanted = ClaimFilter(
        **{field.name: asked.text(field.name) for field in attrs.fields(ClaimFilter) if field.name != "words"},
        words=asked.text("q"),
    )
    return views.claim_list(ledger.db, wanted, asked.number())


def _listing(ledger: Ledger, page: ListPage[Any], **told: str) -> Listing:
    return Listing(page, queries.origin(ledger.db), **told)


def _sources(ledger: Ledger, asked: PageRequest) -> Any:
    wanted = asked.text("q")
    return _listing(ledger, lists.sources(ledger.db, wanted, asked.number()), words=wanted)


def _history(ledger: Ledger, asked: PageRequest) -> Any:
    kept = queries.by_handle(ledger.db, asked.name)
    if kept is None:
        return None
    return _listing(ledger, views.history_page(ledger.db, kept.record.uid, asked.number()), about=asked.name)


@attrs.frozen
class Served:
    """A page: a pattern of its address, its template, what it shows, and what it is of, where that may be missing."""

    path: str
    template: str
    shows: Callable[[Ledger, PageRequest], Any]
    kind: str = ""

    @property
    def route(self) -> tuple[str, Callable[..., Any]]:
        """The address and what answers, as Datasette takes them."""

        async def answer(datasette: Any, request: Any) -> Any:
            if (answer := await refused(datasette, request)) is not None:
                return answer
            asked = PageRequest(request)

            def found(ledger: Ledger) -> Any:
                try:
                    return self.shows(ledger, asked)
                except UnknownRecord:
                    return None

            view = await ask(datasette, found)
            if view is None:
                heading = f"There is no {self.kind} of this name"
                told = {"status": 404, "heading": heading, "kind": self.kind, "handle": asked.name}
                return await page(datasette, request, MISSING, told)
            return await page(datasette, request, self.template, {"view": view})

        return rf"^{self.path}$", answer


_NAME = "(?P<name>[^/.]+)"

PAGES = (
    Served("/-/ledger/claims", "factledger-claims.html", _claims),
    Served("/-/ledger/sources", "factledger-sources.html", _sources),
    Served(
        "/-/ledger/people",
        "factledger-people.html",
        lambda ledger, asked: _listing(ledger, lists.agents(ledger.db, asked.number())),
    ),
    Served(
        f"/-/ledger/agents/{_NAME}",
        "factledger-person.html",
        lambda ledger, asked: views.agent_view(ledger.db, asked.name, asked.numbers(people.PAGED)),
        "person or organisation",
    ),
    Served(
        "/-/ledger/stories",
        "factledger-stories.html",
        lambda ledger, asked: _listing(ledger, chosen.stories(ledger.db, asked.number())),
    ),
    Served(
        f"/-/ledger/stories/{_NAME}",
        "factledger-story.html",
        lambda ledger, asked: views.story_view(ledger.db, asked.name, asked.number()),
        "story",
    ),
    Served(
        "/-/ledger/inquiries",
        "factledger-inquiries.html",
        lambda ledger, asked: views.inquiry_list(ledger.db, asked.text("state"), asked.number()),
    ),
    Served(
        f"/-/ledger/inquiries/{_NAME}",
        "factledger-inquiry.html",
        lambda ledger, asked: views.inquiry_page(ledger.db, asked.name, asked.number()),
        "inquiry",
    ),
    Served(
        "/-/ledger/checkers",
        "factledger-checkers.html",
        lambda ledger, asked: _listing(ledger, page_of(lists.newest_cards(ledger.db), asked.number(), 50)),
    ),
    Served(
        f"/-/ledger/checkers/{_NAME}",
        "factledger-checker.html",
        lambda ledger, asked: views.checker_view(ledger.db, asked.name, asked.number()),
        "checker",
    ),
    Served(
        "/-/ledger/corrections",
        "factledger-corrections.html",
        lambda ledger, asked: _listing(ledger, views.corrections(ledger.db, asked.number())),
    ),
    Served(f"/-/ledger/history/{_NAME}", "factledger-history.html", _history, "record"),
)

TEMPLATES = tuple(served.template for served in PAGES)
ROUTES = [served.route for served in PAGES]
