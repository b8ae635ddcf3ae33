"""Archived pictures, served to whoever may see whole archived copies, and to nobody else."""

from __future__ import annotations

from typing import Any

from .. import views
from . import pages
from .detect import ledger_path, texts_shown
from .proofs import refused


async def served_picture(datasette: Any, request: Any) -> Any:
    """Answer with the bytes of an archived picture, as what they are: a browser is told to guess nothing."""
    from datasette.utils.asgi import NotFound, Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    handle, found = request.url_vars["handle"], None
    if ledger_path(datasette) is not None and texts_shown(datasette, request):
        found = await pages.ask(datasette, lambda ledger: views.picture(ledger, handle))
    if found is None:
        raise NotFound("There is no picture of this name that is shown here.")
    kind, data = found
    return Response(data, content_type=kind)


ROUTES = [(r"^/-/ledger/picture/(?P<handle>[a-z0-9_-]+)$", served_picture)]
