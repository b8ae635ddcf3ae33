"""The page of an article as it reads, marked by how far each passage has been checked."""

from __future__ import annotations

from typing import Any

from .. import store, views
from ..model import Source
from ..store import queries
from ..views import Galley
from .detect import texts_shown
from .pages import GALLEY, MISSING, ask, page
from .proofs import refused


async def galley(datasette: Any, request: Any) -> Any:
    """Answer with the galley of a source; `page` counts from 1."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    handle, number = request.url_vars["handle"], request.args.get("page", "1")
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 1
    whole = texts_shown(datasette, request)

    def laid_out(ledger: store.Ledger) -> Galley | None:
        kept = queries.by_handle(ledger.db, handle)
        if kept is None or not isinstance(kept.record, Source):
            return None
        return views.galley(ledger, kept.record, whole=whole, page=wanted)

    view = await ask(datasette, laid_out)
    if view is None:
        told = {"status": 404, "heading": "There is no source of this name", "kind": "source", "handle": handle}
        return await page(datasette, request, MISSING, told)
    return await page(datasette, request, GALLEY, {"view": view, "of_copy": views.of_copy})


ROUTES = [(r"^/-/ledger/galley/(?P<handle>[a-z0-9_-]+)$", galley)]
