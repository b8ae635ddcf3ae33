"""The pages that others check a ledger by: its checkpoints, its key, and a proof of any record.

A page signs nothing: what no checkpoint covers yet cannot be proven here.
"""

from __future__ import annotations

from typing import Any

import attrs

from .. import store, trust
from ..errors import LedgerError
from ..log import Checkpoint
from ..store import queries
from .detect import DATABASE, ledger_path
from .pages import CHECKPOINTS, MISSING, ask, page, visible


@attrs.frozen
class Signed:
    """A checkpoint that the ledger keeps: how many entries it is of, its text, and who signed it."""

    size: int
    text: str
    names: tuple[str, ...]


@attrs.frozen
class Trust:
    """What the checkpoint page shows, newest checkpoint first."""

    origin: str
    size: int
    key: str
    signed: tuple[Signed, ...]

    @property
    def uncovered(self) -> int:
        """How many entries came after the newest checkpoint."""
        return self.size - max((one.size for one in self.signed), default=0)


def _trust(ledger: store.Ledger) -> Trust:
    notes = reversed(store.checkpoints(ledger.db))
    signed = tuple(
        Signed(Checkpoint.of(note).size, str(note), tuple(dict.fromkeys(one.name for one in note.signatures)))
        for note in notes
    )
    head = queries.head(ledger.db)
    return Trust(queries.origin(ledger.db), head.size, str(trust.log_key(ledger)), signed)


async def checkpoints(datasette: Any, request: Any) -> Any:
    """Answer with the page of checkpoints."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    view = await ask(datasette, _trust)
    return await page(datasette, request, CHECKPOINTS, {"view": view})


async def checkpoint(datasette: Any, request: Any) -> Any:
    """Answer with the newest checkpoint as text, for programs."""
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    view = await ask(datasette, _trust)
    if not view.signed:
        return Response.text("The ledger keeps no checkpoint.\n", status=404)
    return Response.text(view.signed[0].text)


async def proof(datasette: Any, request: Any) -> Any:
    """Answer with the proof of a record, as `factledger prove` writes it."""
    from datasette.utils.asgi import Response

    if (answer := await refused(datasette, request)) is not None:
        return answer
    handle = request.url_vars["handle"]

    def made(ledger: store.Ledger) -> str | None:
        entries = trust.entries_of(ledger.db, handle)
        return trust.prove(ledger, entries, sign=False).text if entries else None

    try:
        text = await ask(datasette, made)
    except LedgerError as error:
        told = {"status": 404, "heading": "This cannot be proven here yet", "error": error}
        return await page(datasette, request, MISSING, told)
    if text is None:
        return Response.text(f"There is no record {handle}.\n", status=404)
    name = f"{handle}.proof.json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type="application/json; charset=utf-8", headers=headers)


ROUTES = [
    (r"^/-/ledger/checkpoints$", checkpoints),
    (r"^/-/ledger/checkpoint$", checkpoint),
    (r"^/-/ledger/proof/(?P<handle>[a-z0-9_-]+)\.json$", proof),
]


async def refused(datasette: Any, request: Any) -> Any:
    """Return the answer to a reader who may not see the ledger's claims; None to one who may."""
    from datasette.utils.asgi import NotFound, Response

    if ledger_path(datasette) is None:
        raise NotFound("There is no ledger here.")
    return None if await visible(datasette, request) else Response.text("Not for you.\n", status=403)


RAW = {("view-table", (DATABASE, "ledger_entry")), ("execute-sql", DATABASE), ("view-database-download", DATABASE)}


def guards(datasette: Any, action: str, resource: Any) -> bool:
    """Return whether this would show words that were withheld: raw entries of a working file still hold them."""
    if (action, tuple(resource) if isinstance(resource, list) else resource) not in RAW:
        return False
    path = ledger_path(datasette)
    if path is None:
        return False
    with store.open_ledger(path) as ledger:
        return queries.holds_withheld(ledger.db)
