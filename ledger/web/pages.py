"""What the templates are given, and the pages that answer when something is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from .. import store, views
from ..errors import LedgerError
from ..model import Stance
from ..store import Ledger
from ..views import Beside, ClaimView, Lanes, SourceText, SourceView, words
from . import marks
from .detect import DATABASE, ledger_path, texts_shown
from .svg import drawing

T = TypeVar("T")

HOME, CLAIM, SOURCE, MISSING, CHECKPOINTS, TIMELINE = (
    "index.html",
    f"row-{DATABASE}-claims.html",
    f"row-{DATABASE}-sources.html",
    "factledger-missing.html",
    "factledger-checkpoints.html",
    "factledger-timeline.html",
)
OURS = (HOME, CLAIM, SOURCE, MISSING, CHECKPOINTS, TIMELINE)
"""Our templates. The front page is ours only where `visible` says so."""

PAGES = {"claims": CLAIM, "sources": SOURCE}


async def ask(datasette: Any, question: Callable[[Ledger], T]) -> T:
    """Return what the ledger answers; it is opened for the question alone, read-only, outside the event loop."""

    def asked() -> T:
        path = ledger_path(datasette)
        assert path is not None
        with store.open_ledger(path) as ledger:
            return question(ledger)

    return await asyncio.to_thread(asked)


async def read(datasette: Any, question: Callable[[Any], T]) -> T:
    """Return what the ledger's database answers."""
    return await ask(datasette, lambda ledger: question(ledger.db))


async def variables(
    datasette: Any, template: str, database: str | None, table: str | None, request: Any
) -> dict[str, Any]:
    """Return the variables of our templates, `factledger` among them; nothing for any other page."""
    if template not in OURS or request is None or ledger_path(datasette) is None:
        return {}
    if template in (MISSING, CHECKPOINTS, TIMELINE):
        return _shared()
    if template == HOME:
        return await _home(datasette, request)
    if database != DATABASE or table not in PAGES:
        return {}
    from datasette.utils import tilde_decode

    handle = tilde_decode(request.url_vars["pks"])
    return await (_claim if table == "claims" else _source)(datasette, request, handle)


def _shared() -> dict[str, Any]:
    return {"factledger": True, "ledger_name": DATABASE, "words": words, "marks": marks}


async def visible(datasette: Any, request: Any) -> bool:
    """Return whether this reader may see the ledger's claims."""
    asked = [("view-table", (DATABASE, "claims")), ("view-database", DATABASE), "view-instance"]
    allowed, _ = await datasette.check_visibility(request.actor, permissions=asked)
    return bool(allowed)


async def _home(datasette: Any, request: Any) -> dict[str, Any]:
    if not await visible(datasette, request):
        return {}
    others = [name for name in datasette.databases if name not in (DATABASE, "_internal")]
    return {**_shared(), "view": await read(datasette, views.home_view), "others": others}


async def _claim(datasette: Any, request: Any, handle: str) -> dict[str, Any]:
    whole = texts_shown(datasette, request)

    def asked(ledger: Ledger) -> tuple[ClaimView, Mapping[str, Beside], Lanes]:
        found = views.claim_view(ledger.db, handle)
        besides = views.besides(ledger, found.evidence, whole=whole)
        return found, besides, views.lanes(views.timeline(ledger.db, [handle]))

    view, besides, lanes = await ask(datasette, asked)
    trail = view.drawing
    return {
        **_shared(),
        "view": view,
        "besides": besides,
        "of_copy": views.of_copy,
        "Stance": Stance,
        "timeline": lanes,
        "trail": trail,
        "summary": views.summary(trail, view.axes.at_most),
        "printed": "\n".join(views.printed(trail)),
        "drawing": drawing(trail, view.claim.text, lambda source: str(datasette.urls.row(DATABASE, "sources", source))),
        "steps": {item.record.uid: views.hearsay(view.dossier, item.record) for item in view.evidence},
        "problems": sum(not found.finding.outcome.quiet for found in view.findings),
        "report": (datasette.plugin_config("factledger") or {}).get("report"),
    }


async def _source(datasette: Any, request: Any, handle: str) -> dict[str, Any]:
    whole = texts_shown(datasette, request)

    def asked(ledger: Ledger) -> tuple[SourceView, SourceText]:
        found = views.source_view(ledger.db, handle)
        return found, views.source_text(ledger, found.source, whole=whole)

    view, text = await ask(datasette, asked)
    return {**_shared(), "view": view, "text": text, "of_copy": views.of_copy, "states": views.states}


def answer(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Return the page for a claim or source that is not there, or for a ledger that cannot be read.

    None leaves the matter to Datasette: other pages, and everything that is not read by people.
    """
    from datasette.utils.asgi import NotFound

    parts = request.path.removeprefix(datasette.setting("base_url")).strip("/").split("/")
    if "." in parts[-1] or parts[0] not in ("", DATABASE):
        return None
    if isinstance(exception, LedgerError):
        told = {"status": 500, "heading": "This page cannot be shown", "error": exception}
    elif isinstance(exception, NotFound) and len(parts) == 3 and parts[1] in PAGES:
        kind = parts[1].removesuffix("s")
        told = {"status": 404, "heading": f"There is no {kind} of this name", "kind": kind, "handle": parts[2]}
    else:
        return None
    return lambda: page(datasette, request, MISSING, told)


async def page(datasette: Any, request: Any, template: str, told: dict[str, Any]) -> Any:
    """Return one of our pages that Datasette has no view for; `told` may hold its status."""
    from datasette.utils.asgi import Response

    body = await datasette.render_template(template, told, request=request)
    return Response.html(body, status=told.get("status", 200))
