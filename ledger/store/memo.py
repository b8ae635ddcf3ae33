"""What a run remembers to save work; nothing is lost with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import wire
from ..model import Claim
from .file import Ledger
from .project import KEPT_COLUMNS, kept_from
from .steady import steady


def claims(db: Any, handles: Sequence[str]) -> list[Claim]:
    """Return the claims of these handles, in their order."""
    holes = ", ".join("?" * len(handles))
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle IN ({holes})", handles)
    records = {record.handle: record for record in (kept_from(row).record for row in found)}
    return [record for handle in handles if isinstance(record := records.get(handle), Claim)]


def keep_keys(ledger: Ledger, checker: str, made: str, keys: Mapping[str, Iterable[str]]) -> None:
    """Remember a group checker's keys of claims (handles); those that were made otherwise are forgotten."""
    with steady(ledger):
        ledger.db.execute("DELETE FROM ledger_key WHERE checker = ? AND made <> ?", (checker, made))
        ledger.db.executemany(
            "INSERT INTO ledger_key (checker, claim, made, keys) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (checker, claim) DO UPDATE SET made = excluded.made, keys = excluded.keys",
            [(checker, claim, made, wire.dumps(list(given))) for claim, given in keys.items()],
        )
