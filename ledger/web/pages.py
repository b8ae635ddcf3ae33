"""What the templates are given, and the pages that answer when something is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from .. import store, views
from ..errors import LedgerError, UnknownRecord
from ..model import Finding, Stance
from ..store import Ledger, queries
from ..store.merged import open_merged
from ..views import AlikeClaim, CitedPicture, ClaimView, Lanes, QuotationView, SourceText, SourceView, words
from ..views.source import PAGED as SOURCE_LISTS
from . import addresses, compat, marks, versions
from .asking import current
from .detect import DATABASE, edition, is_alone, ledger_path, served, texts_shown
from .edition import Edition
from .svg import drawing

T = TypeVar("T")

Pictures = Mapping[Finding, tuple[CitedPicture, ...]]

HOME, CLAIM, SOURCE, MISSING, CHECKPOINTS, TIMELINE, GALLEY, ABOUT, VERSIONS, VERIFY = (
    "index.html",
    f"row-{DATABASE}-claims.html",
    f"row-{DATABASE}-sources.html",
    "factledger-missing.html",
    "factledger-checkpoints.html",
    "factledger-timeline.html",
    "factledger-galley.html",
    "factledger-about.html",
    "factledger-versions.html",
    "factledger-verify.html",
)
FRONT, DESK = "factledger-front.html", "factledger-home.html"
"""What the front page is made of, for readers and for the desk."""

OWN = "factledger-"
"""What the names of our templates begin with that Datasette has no view for."""

SHEETS = {GALLEY: ("galley.css",), VERSIONS: ("versions.css",), VERIFY: ("versions.css",)}
"""The style sheets that a template needs beside that of all."""

MOST_MOMENTS = 40
"""Pieces of evidence and inquiries whose times are put in order on a claim's page."""

PAGES = {"claims": CLAIM, "sources": SOURCE}


def is_ours(template: str) -> bool:
    """Return whether a template is one of ours; the front page is so only where `visible` says so."""
    return template in (HOME, *PAGES.values()) or template.startswith(OWN)


async def ask(datasette: Any, question: Callable[[Ledger], T], *, of: str | None = None) -> T:
    """Return what the ledger answers; it is opened for the question alone, read-only, outside the event loop.

    It answers as it was where the request asks for that. A question that is about a claim or source alone says so with
    its handle in `of`: then that does not take all of the ledger of then.
    """

    from datasette.utils.asgi import NotFound

    def asked() -> T:
        path = ledger_path(datasette)
        assert path is not None
        with store.open_ledger(path) as ledger, versions.then(ledger, current.get().size, of) as then:
            return question(then)

    try:
        return await asyncio.to_thread(asked)
    except UnknownRecord as error:
        if of is None or current.get().size is None:
            raise
        raise NotFound(str(error)) from error


async def read(datasette: Any, question: Callable[[Any], T]) -> T:
    """Return what the ledger's database answers."""
    return await ask(datasette, lambda ledger: question(ledger.db))


async def variables(
    datasette: Any, template: str, database: str | None, table: str | None, request: Any
) -> dict[str, Any]:
    """Return the variables of our templates, `factledger` among them; nothing for any other page."""
    if not is_ours(template) or request is None or ledger_path(datasette) is None:
        return {}
    found = await _variables(datasette, template, database, table, request)
    if not found:
        return {}
    told = {"site": served(datasette), "desk": edition(datasette) is Edition.DESK}
    return {**found, **told, "version": await _version(datasette, request)}


async def _version(datasette: Any, request: Any) -> versions.VersionLine | None:
    """Return which version of a page this is; None for today's."""
    size = current.get().size
    if size is None:
        return None
    at = await datasette.databases[DATABASE].execute_fn(lambda db: queries.instant_of(db, size - 1))
    return versions.line(datasette.urls.path(current.get().path), request.query_string, size, at)


async def _variables(
    datasette: Any, template: str, database: str | None, table: str | None, request: Any
) -> dict[str, Any]:
    if template.startswith(OWN):
        return _shared()
    if template == HOME:
        return await home(datasette, request)
    if database != DATABASE or table not in PAGES:
        return {}
    from datasette.utils import tilde_decode

    handle = tilde_decode(request.url_vars["pks"])
    return await (_claim if table == "claims" else _source)(datasette, request, handle)


def _shared() -> dict[str, Any]:
    return {"factledger": True, "ledger_name": DATABASE, "words": words, "marks": marks, "addresses": addresses}


async def visible(datasette: Any, request: Any) -> bool:
    """Return whether this reader may see the ledger's claims."""
    return await compat.may_view(datasette, request.actor, DATABASE, "claims")


async def home(datasette: Any, request: Any) -> dict[str, Any]:
    """Return what the front page shows, and as `front` the template that shows it; nothing to whom it is closed."""
    if not await visible(datasette, request):
        return {}
    desk = edition(datasette) is Edition.DESK
    template, question = (DESK, views.home_view) if desk else (FRONT, views.front_view)
    others = [name for name in datasette.databases if name not in (DATABASE, *compat.INTERNAL)]
    return {**_shared(), "front": template, "view": await read(datasette, question), "others": others}


async def _claim(datasette: Any, request: Any, handle: str) -> dict[str, Any]:
    whole = texts_shown(datasette, request)

    def asked(ledger: Ledger) -> tuple[ClaimView, Mapping[str, QuotationView], Lanes | None, Pictures]:
        found = views.claim_view(ledger.db, handle)
        shown = (item for stance in Stance for item in found.shown(stance))
        besides = views.besides(ledger, shown, whole=whole)
        short = len(found.evidence) + len(found.inquiries) <= MOST_MOMENTS
        pictures = views.cited_pictures(ledger.db, found.findings) if whole else {}
        return found, besides, views.lanes(views.timeline(ledger.db, [handle])) if short else None, pictures

    view, besides, lanes, pictures = await ask(datasette, asked, of=handle)
    among = served(datasette).among if current.get().size is None else None
    trail = view.drawing
    return {
        **_shared(),
        "view": view,
        "gist": views.gist(view),
        "elsewhere": await asyncio.to_thread(_elsewhere, among, handle) if among else (),
        "besides": besides,
        "of_copy": views.of_copy,
        "Stance": Stance,
        "timeline": lanes,
        "pictures": pictures,
        "trail": trail,
        "summary": views.summary(trail, view.axes.at_most),
        "printed": list(views.printed(trail)),
        "drawing": drawing(trail, view.claim.text, lambda source: str(datasette.urls.row(DATABASE, "sources", source))),
    }


def _elsewhere(among: Mapping[str, str], handle: str) -> tuple[tuple[str, AlikeClaim], ...]:
    """Return (address of its page, claim) of what other ledgers of a merged file have that is alike to a claim."""
    path = Path(among["path"])
    with store.faults_told(path), open_merged(path) as file:
        ids = {one.head.origin: one.head.ledger for one in file.members()}
        found = views.alike_to(file, among["origin"], handle)
    folders = [quote(addresses.folder_of(one.claim.origin, ids[one.claim.origin])) for one in found]
    return tuple(
        (f"{among['address']}{folder}/{DATABASE}/claims/{addresses.path(one.claim.handle)}", one)
        for folder, one in zip(folders, found, strict=True)
    )


async def _source(datasette: Any, request: Any, handle: str) -> dict[str, Any]:
    whole, pages = texts_shown(datasette, request), addresses.PageRequest(request).numbers(SOURCE_LISTS)

    def asked(ledger: Ledger) -> tuple[SourceView, SourceText]:
        found = views.source_view(ledger.db, handle, pages)
        return found, views.source_text(ledger, found.source, whole=whole)

    view, text = await ask(datasette, asked, of=handle)
    return {**_shared(), "view": view, "text": text, "of_copy": views.of_copy, "states": views.states}


def answer(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Return the page for what is not there, or for a ledger that cannot be read.

    None leaves the matter to Datasette: other pages, and everything that is not read by people.
    """
    from datasette.utils.asgi import NotFound

    if isinstance(exception, versions.NotMade):
        return lambda: _not_made(exception)
    parts = request.path.removeprefix(datasette.setting("base_url")).strip("/").split("/")
    if "." in parts[-1] or (parts[0] not in ("", DATABASE) and not is_alone(datasette)):
        return None
    if isinstance(exception, LedgerError):
        told = {"status": 500, "heading": "This page cannot be shown", "error": exception}
    elif isinstance(exception, NotFound) and isinstance(exception.__cause__, LedgerError):
        told = {"status": 404, "heading": "There was no such record then", "error": exception.__cause__}
    elif isinstance(exception, NotFound) and len(parts) == 3 and parts[1] in PAGES:
        kind = parts[1].removesuffix("s")
        told = {"status": 404, "heading": f"There is no {kind} of this name", "kind": kind, "handle": parts[2]}
    elif isinstance(exception, NotFound):
        told = {"status": 404, "heading": "There is nothing here"}
    else:
        return None
    return lambda: page(datasette, request, MISSING, told)


async def _not_made(exception: versions.NotMade) -> Any:
    from datasette.utils.asgi import Response

    later = {"retry-after": versions.RETRY_AFTER} if exception.status == 503 else {}
    return Response.text(f"{exception}\n", status=exception.status, headers=later)


async def page(datasette: Any, request: Any, template: str, told: dict[str, Any]) -> Any:
    """Return one of our pages that Datasette has no view for; `told` may hold its status."""
    from datasette.utils.asgi import Response

    body = await datasette.render_template(template, told, request=request)
    return Response.html(body, status=told.get("status", 200))
