"""The page of a whole story in the order of time, up to a day of the reader's choice."""

from __future__ import annotations

from typing import Any

import attrs

from .. import store, views
from ..errors import InputError
from ..store import chosen, queries
from ..store.chosen import ClaimFilter
from ..views import Lanes
from .pages import TIMELINE, ask, page
from .proofs import refused

MOST_CLAIMS = 60
"""Claims whose moments one page shows."""

MOST_STORIES = 40
"""Stories to choose from, those with most claims; the list of stories has them all."""


@attrs.frozen
class StoryPage:
    """What the page shows: the story asked for, those there are with their number of claims, and its timeline."""

    origin: str
    story: str
    until: str
    stories: tuple[tuple[str, int], ...]
    claims: int
    found: Lanes | None
    error: InputError | None = None


def _story(ledger: store.Ledger, story: str, until: str) -> StoryPage:
    wanted = ClaimFilter(story=story)
    claims = chosen.standing_count(ledger.db, wanted)
    found, error = None, None
    try:
        if claims <= MOST_CLAIMS:
            handles = chosen.handles_of(ledger.db, wanted, MOST_CLAIMS)
            found = views.lanes(views.timeline(ledger.db, handles, upto=until or None))
    except InputError as wrong:
        error = wrong
    stories = dict(chosen.most_used(ledger.db, "story", MOST_STORIES)) | ({story: claims} if story else {})
    return StoryPage(queries.origin(ledger.db), story, until, tuple(stories.items()), claims, found, error)


async def timeline(datasette: Any, request: Any) -> Any:
    """Answer with the timeline of a story, or of all claims; `until` is an EDTF date."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    story, until = (request.args.get(name, "").strip() for name in ("story", "until"))
    view = await ask(datasette, lambda ledger: _story(ledger, story, until))
    return await page(datasette, request, TIMELINE, {"view": view, "status": 400 if view.error else 200})


ROUTES = [(r"^/-/ledger/timeline$", timeline)]
