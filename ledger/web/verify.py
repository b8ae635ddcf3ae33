"""The page on which a reader's own browser checks that a record stands in the log, by its proof and a checkpoint."""

from __future__ import annotations

from typing import Any

import attrs

from .. import store, trust
from ..errors import LedgerError
from ..model import Claim, Source
from ..store import queries
from ..store.rows import TABLE_OF
from .asking import PLUGIN
from .pages import MISSING, VERIFY, ask, page
from .proofs import refused


@attrs.frozen
class VerifyView:
    """A record and its log: its names, its table, the log's key, and why nothing can be checked yet, if so."""

    origin: str
    handle: str
    subject: str
    table: str
    title: str
    key: str
    why_not: str = ""

    @property
    def covered(self) -> bool:
        """Whether a checkpoint covers all entries of the record."""
        return not self.why_not


def _view(ledger: store.Ledger, handle: str) -> VerifyView | None:
    kept = queries.by_handle(ledger.db, handle)
    if kept is None:
        return None
    record = kept.record
    title = record.text if isinstance(record, Claim) else record.title if isinstance(record, Source) else handle
    table, key = TABLE_OF.get(record.KIND, ""), str(trust.log_key(ledger))
    view = VerifyView(queries.origin(ledger.db), handle, record.uid, table, title, key)
    try:
        trust.prove(ledger, trust.entries_with(ledger.db, handle), sign=False)
    except LedgerError as error:
        return attrs.evolve(view, why_not=f"{error.message} {error.hint}")
    return view


async def verify(datasette: Any, request: Any) -> Any:
    """Answer with the page that checks a record's proof in the browser, or says how to where none can be made."""
    if (answer := await refused(datasette, request)) is not None:
        return answer
    handle = request.url_vars["handle"]
    view = await ask(datasette, lambda ledger: _view(ledger, handle))
    if view is None:
        told = {"status": 404, "heading": "There is no record of this name", "kind": "claim", "handle": handle}
        return await page(datasette, request, MISSING, told)
    script = datasette.urls.path(f"/-/static-plugins/{PLUGIN}/verify.js")
    return await page(datasette, request, VERIFY, {"view": view, "script": script})


ROUTES = [(r"^/-/ledger/verify/(?P<handle>[a-z0-9_-]+)$", verify)]
