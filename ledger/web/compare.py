"""The page of a claim's versions: which there are, and what differs between two of them."""

from __future__ import annotations

from typing import Any

import attrs

from .. import store, views
from ..errors import InputError, UnknownRecord
from ..views import ClaimView, Difference, Version
from . import versions
from .detect import DATABASE, served
from .pages import MISSING, VERSIONS, ask, page
from .proofs import refused
from .svg import drawing

MOST = 100
"""Versions that the page lists: the newest."""


@attrs.frozen
class VersionsPage:
    """What the page shows: the versions, newest first, how many older ones are left out, and the two that are compared.

    `before` and `after` are numbers of entries; `difference` is None where there is nothing to compare with.
    """

    claim: ClaimView
    versions: tuple[Version, ...]
    older: int
    before: int
    after: int
    difference: Difference | None

    def points(self, chosen: int) -> list[tuple[int, str]]:
        """Return what can be compared, newest first: a number of entries, and what came then; the chosen with them."""
        listed = {one.size: one.what for one in self.versions}
        return sorted((listed | ({} if chosen in listed or not chosen else {chosen: ""})).items(), reverse=True)


def _compared(ledger: store.Ledger, handle: str, since: str, until: str) -> VersionsPage:
    today = views.claim_view(ledger.db, handle)
    every = views.versions(today)
    after = store.size_at(ledger, until) if until else today.size
    known = [0, *(one.size for one in every if one.size <= after)]
    before = store.size_at(ledger, since) if since else known[-2:][0]
    new = today if after == today.size else _then(ledger, handle, after)
    difference = views.difference(_then(ledger, handle, before), new) if before else None
    return VersionsPage(today, every[: -MOST - 1 : -1], max(0, len(every) - MOST), before, after, difference)


def _then(ledger: store.Ledger, handle: str, size: int) -> ClaimView:
    with store.as_of(ledger, str(size), of=handle) as then:
        return views.claim_view(then.db, handle)


async def compare(datasette: Any, request: Any) -> Any:
    """Answer with the versions of a claim; `from` and `to` are points of the log, as `as_of` takes them."""
    from datasette.utils.asgi import NotFound

    if (answer := await refused(datasette, request)) is not None:
        return answer
    if not served(datasette).versions:
        raise NotFound("There are no versions here.")
    handle = request.url_vars["handle"]
    since, until = (request.args.get(name, "").strip() for name in ("from", "to"))
    try:
        view = await ask(datasette, lambda ledger: _compared(ledger, handle, since, until))
    except InputError as error:
        status = 404 if isinstance(error, UnknownRecord) else 400
        told = {"status": status, "heading": "These versions cannot be compared", "error": error}
        return await page(datasette, request, MISSING, told)
    row = str(datasette.urls.row(DATABASE, "claims", handle))
    trail = view.difference.trail if view.difference else None
    told = {
        "view": view,
        "at": lambda size: versions.address(row, size),
        "drawing": drawing(trail, view.claim.claim.text, lambda one: str(datasette.urls.row(DATABASE, "sources", one)))
        if trail
        else None,
    }
    return await page(datasette, request, VERSIONS, told)


ROUTES = [(r"^/-/ledger/versions/(?P<handle>[a-z0-9_-]+)$", compare)]
