"""A record in other forms than its page: a claim as JSON and as linked data, feeds; and which forms there are where."""

from __future__ import annotations

import json
import re
from typing import Any

from .. import store, views
from ..errors import UnknownRecord
from ..views import FeedKind
from ..views.atom import MEDIA_TYPE, atom
from . import versions
from .asking import Asking, current
from .detect import DATABASE, served
from .pages import ask
from .proofs import refused

OF_A_CLAIM = ("atom", "json", "jsonld")
OF_ROWS = ("blob", "csv", "db", "md")
"""What Datasette has of its own for rows, tables and the file, beside its renderers."""

PATH = re.compile(rf"/{DATABASE}(?:/(?P<table>[^/.]+)(?:/(?P<row>[^/.]+))?|/.*?)?(?:\.(?P<format>[^/.]*))?")

KINDS = {"claims": FeedKind.CLAIM, "agents": FeedKind.PERSON}
"""The tables whose records have a feed."""


def available(datasette: Any, request: Asking) -> bool:
    """Return whether what a request asks for, by an ending or by `_format`, is a form that its page has."""
    asked = PATH.fullmatch(request.path)
    wanted = {*request.formats, *([asked["format"]] if asked and asked["format"] is not None else [])}
    return wanted <= set(names(datasette, request.path))


def names(datasette: Any, path: str) -> list[str]:
    """Return the forms that there are of what lies at a path."""
    asked = PATH.fullmatch(path)
    if asked is None:
        return []
    if asked["row"] and asked["table"] == "claims":
        return list(OF_A_CLAIM)
    feeds = ["atom"] if asked["row"] and asked["table"] in KINDS else []
    return sorted({*feeds, *OF_ROWS, *datasette.renderers})


def path_of(request: Asking) -> str:
    """Return the path of the form that is asked for beside the path."""
    asked = PATH.fullmatch(request.path)
    plain = asked is not None and asked["format"] is None
    return f"{request.path}.{request.formats[0]}" if plain and request.formats else request.path


async def claim_json(datasette: Any, request: Any) -> Any:
    """Answer with the whole claim as JSON; its form is that of claim.schema.json."""
    handle = request.url_vars["handle"]
    return await _told(
        datasette, request, handle, "application/json", lambda ledger: views.claim_document(ledger, handle)
    )


async def claim_linked(datasette: Any, request: Any) -> Any:
    """Answer with the claim as JSON-LD: ClaimReview and PROV."""
    handle = request.url_vars["handle"]
    address = _addresses(datasette, request)
    return await _told(
        datasette, request, handle, "application/ld+json", lambda ledger: views.linked_data(ledger.db, handle, address)
    )


async def _told(datasette: Any, request: Any, handle: str, kind: str, made: Any) -> Any:
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    try:
        told, status = await ask(datasette, made, of=handle), 200
    except UnknownRecord as error:
        told, status = {"ok": False, "error": str(error), "status": 404}, 404
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return Response(text, status=status, content_type=f"{kind}; charset=utf-8")


def _addresses(datasette: Any, request: Any) -> Any:
    """Return what gives the whole address of a record's page; of the version that is asked for, that of its claims."""
    size = current.get().size

    def address(table: str, handle: str) -> str:
        path = datasette.urls.row(DATABASE, table, handle) if table else datasette.urls.instance()
        if size is not None and table in ("claims", "sources"):
            path = versions.address(str(path), size)
        return str(datasette.absolute_url(request, path))

    return address


async def news(datasette: Any, request: Any) -> Any:
    """Answer with a feed of the ledger: decisions, corrections, or those of a story."""
    return await _news(datasette, request, FeedKind(request.url_vars["kind"]), request.args.get("story", ""))


async def news_of(datasette: Any, request: Any) -> Any:
    """Answer with the feed of a claim or of a person's claims."""
    return await _news(datasette, request, KINDS[request.url_vars["table"]], request.url_vars["handle"])


async def _news(datasette: Any, request: Any, kind: FeedKind, name: str) -> Any:
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    if not served(datasette).feeds:
        return Response.text("There are no feeds here.\n", status=404)

    def found(ledger: store.Ledger) -> views.Feed:
        return views.feed(ledger.db, kind, name)

    try:
        told = await ask(datasette, found, of=name if kind is FeedKind.CLAIM else None)
    except UnknownRecord as error:
        return Response.text(f"{error}\n", status=404)
    itself = str(datasette.absolute_url(request, str(datasette.urls.path(request.full_path))))
    return Response(atom(told, itself, _addresses(datasette, request)), content_type=MEDIA_TYPE)


ROUTES = [
    (rf"^/{DATABASE}/claims/(?P<handle>[^/.]+)\.json$", claim_json),
    (rf"^/{DATABASE}/claims/(?P<handle>[^/.]+)\.jsonld$", claim_linked),
    (rf"^/{DATABASE}/(?P<table>claims|agents)/(?P<handle>[^/.]+)\.atom$", news_of),
    (r"^/-/ledger/(?P<kind>decisions|corrections|story)\.atom$", news),
]
