"""The page of a whole story in the order of time, up to a day of the reader's choice."""

from __future__ import annotations

from typing import Any

import attrs

from .. import store, views
from ..errors import InputError
from ..store import queries
from ..views import Lanes
from .pages import TIMELINE, ask, page
from .proofs import refused

MOST_CLAIMS = 300
"""Claims whose moments one page shows."""


@attrs.frozen
class Story:
    """What the page shows: the story asked for, those there are with their number of claims, and its timeline."""

    origin: str
    story: str
    until: str
    stories: tuple[tuple[str, int], ...]
    claims: int
    found: Lanes | None
    error: InputError | None = None


def _story(ledger: store.Ledger, story: str, until: str) -> Story:
    stories = views.stories(ledger.db)
    handles = stories.get(story, []) if story else [one for claims in stories.values() for one in claims]
    found, error = None, None
    try:
        if len(handles) <= MOST_CLAIMS:
            found = views.lanes(views.timeline(ledger.db, handles, upto=until or None))
    except InputError as wrong:
        error = wrong
    named = tuple((name, len(claims)) for name, claims in stories.items() if name)
    return Story(queries.origin(ledger.db), story, until, named, len(handles), found, error)


async def timeline(datasette: Any, request: Any) -> Any:
    """Answer with the timeline of a story, or of all claims; `until` is an EDTF date."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    story, until = (request.args.get(name, "").strip() for name in ("story", "until"))
    view = await ask(datasette, lambda ledger: _story(ledger, story, until))
    return await page(datasette, request, TIMELINE, {"view": view, "status": 400 if view.error else 200})


ROUTES = [(r"^/-/ledger/timeline$", timeline)]
