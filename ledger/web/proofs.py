"""The pages that others check a ledger by: its checkpoints, its key, and a proof of any record.

A page signs nothing: what no checkpoint covers yet cannot be proven here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .. import store, trust, views
from ..errors import LedgerError
from ..log import Checkpoint, Note
from ..store import queries
from ..store.paging import ListPage
from .addresses import PageRequest
from .asking import current
from .detect import ledger_path, role, sql_allowed
from .pages import ABOUT, CHECKPOINTS, MISSING, ask, page, visible


@attrs.frozen
class SignedCheckpoint:
    """A checkpoint that the ledger keeps: how many entries it is of, its text, and who signed it."""

    size: int
    text: str
    names: tuple[str, ...]


@attrs.frozen
class TrustView:
    """What others check a ledger by: its length, its key, its newest checkpoint, and a page of all of them."""

    origin: str
    size: int
    key: str
    newest: SignedCheckpoint | None
    page: ListPage[SignedCheckpoint]

    @property
    def uncovered(self) -> int:
        """How many entries came after the newest checkpoint."""
        return self.size - (self.newest.size if self.newest else 0)


def _trust(ledger: store.Ledger, number: int = 1) -> TrustView:
    found = store.newest_checkpoints(ledger.db, number).each_as(_signed)
    first = found if found.number == 1 else store.newest_checkpoints(ledger.db, each=1).each_as(_signed)
    newest = first.items[0] if first.items else None
    return TrustView(queries.origin(ledger.db), queries.head(ledger.db).size, str(trust.log_key(ledger)), newest, found)


def _signed(note: Note) -> SignedCheckpoint:
    names = tuple(dict.fromkeys(one.name for one in note.signatures))
    return SignedCheckpoint(Checkpoint.read(note.text).size, str(note), names)


async def about(datasette: Any, request: Any) -> Any:
    """Answer with the page about the ledger: who keeps it, by which rules, and how it is verified."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    view, kept = await ask(datasette, lambda ledger: (views.about_view(ledger.db), _trust(ledger)))
    return await page(datasette, request, ABOUT, {"view": view, "trust": kept, "role": role(datasette)})


async def checkpoints(datasette: Any, request: Any) -> Any:
    """Answer with the page of checkpoints."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    number = PageRequest(request).number()
    view = await ask(datasette, lambda ledger: _trust(ledger, number))
    return await page(datasette, request, CHECKPOINTS, {"view": view})


async def checkpoint(datasette: Any, request: Any) -> Any:
    """Answer with the newest checkpoint as text, for programs."""
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    view = await ask(datasette, _trust)
    if view.newest is None:
        return Response.text("The ledger keeps no checkpoint.\n", status=404)
    return Response.text(view.newest.text)


async def proof(datasette: Any, request: Any) -> Any:
    """Answer with the proof of a record, as `factledger prove` writes it; the whole one tells of what belongs to it."""
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    handle, whole = request.url_vars["handle"], request.url_vars["whole"] or ""

    def made(ledger: store.Ledger) -> str | None:
        entries = (trust.entries_with if whole else trust.entries_of)(ledger.db, handle)
        return trust.prove(ledger, entries, sign=False).text if entries else None

    try:
        text = await ask(datasette, made)
    except LedgerError as error:
        told = {"status": 404, "heading": "This cannot be proven here yet", "error": error}
        return await page(datasette, request, MISSING, told)
    if text is None:
        return Response.text(f"There is no record {handle}.\n", status=404)
    name = f"{handle}{whole}.proof.json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type="application/json; charset=utf-8", headers=headers)


ROUTES = [
    (r"^/-/ledger/about$", about),
    (r"^/-/ledger/checkpoints$", checkpoints),
    (r"^/-/ledger/checkpoint$", checkpoint),
    (r"^/-/ledger/proof/(?P<handle>[a-z0-9_-]+)(?P<whole>\.whole)?\.json$", proof),
]


async def refused(datasette: Any, request: Any) -> Any:
    """Return the answer to a reader who may not see the ledger's claims; None to one who may."""
    from datasette.utils.asgi import NotFound, Response

    if ledger_path(datasette) is None:
        raise NotFound("There is no ledger here.")
    return None if await visible(datasette, request) else Response.text("Not for you.\n", status=403)


RAW: Mapping[str, tuple[str | None, ...]] = {
    "view-table": ("ledger_entry",),
    "view-database-download": (None,),
    "execute-sql": (None,),
}
"""What shows the log as it is: an action, and the tables that it does so for, None for the whole ledger."""


def refused_tables(datasette: Any, action: str) -> tuple[str | None, ...]:
    """Return for which tables nobody may do this, None among them for the whole ledger.

    Raw entries of a working file still hold words that were withheld, until they are erased; and SQL of a reader's
    own is for those to whom it is open.
    """
    path = ledger_path(datasette) if action in RAW else None
    if path is None:
        return ()
    if action == "execute-sql" and not sql_allowed(datasette, current.get().home):
        return RAW[action]
    with store.open_ledger(path) as ledger:
        return RAW[action] if queries.holds_withheld(ledger.db) else ()
