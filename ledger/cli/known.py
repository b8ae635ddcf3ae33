"""What Tab offers for a parameter that takes a record: ids, by what the parameter is called in --help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..errors import LedgerError

ANY = ""
KINDS = {
    "AGENT": "agent",
    "ARTICLE": "source",
    "CLAIM": "claim",
    "CLAIMS": "claim",
    "EARLIER": "source",
    "EVENT": "claim",
    "EVIDENCE": ANY,
    "FILE|SOURCE": "source",
    "HANDLE": ANY,
    "RECORD": ANY,
    "SOURCE": "source",
    "SOURCES": "source",
    "TARGET": ANY,
    "[RECORD|ENTRY]...": ANY,
}
"""A parameter's name or metavar, in capitals -> the kind of record that it takes."""

WITH_WORDS = ("claim", "source", "agent")
MOST = 200
"""Ids that are offered at once."""


class KnownRecord(click.ParamType[str]):
    """Text that names a record of a kind, of any where that is empty; completed from the ledger, checked elsewhere."""

    name = "text"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the ids that begin so, else those whose words do; none where there is no ledger."""
        from .. import store
        from .frame import ledger_of

        try:
            with store.open_ledger(ledger_of(ctx)) as ledger:
                found = _begun(ledger.db, self.kind, incomplete.casefold())
        except LedgerError:
            return []
        return [CompletionItem(handle, help=words) for handle, words in sorted(found.items())[:MOST]]


def complete_records(params: Iterable[click.Parameter]) -> None:
    """Have each parameter that takes any text, and is called as a record is, offer what the ledger holds."""
    for param in params:
        kind = KINDS.get((param.metavar or param.name or "").upper())
        if kind is not None and param.type is click.STRING:
            param.type = KnownRecord(kind)


def _begun(db: Any, kind: str, begun: str) -> dict[str, str | None]:
    """Return id -> words of the records that are meant."""
    from ..store import queries

    kinds = WITH_WORDS if kind == ANY else (kind,)
    known = {handle: words for one in kinds for handle, words in queries.names(db, one).items()}
    others = queries.handles_like(db, begun) - {"ledger"} if kind == ANY and begun else ()
    found: dict[str, str | None] = dict.fromkeys(others) | {
        id: words for id, words in known.items() if id.startswith(begun)
    }
    return found or {
        id: words for id, words in known.items() if any(word.startswith(begun) for word in words.casefold().split())
    }
