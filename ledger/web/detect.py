"""Which of the databases that Datasette serves is a ledger: the one named `ledger`, if it is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from .. import store
from ..errors import LedgerError

DATABASE = "ledger"
"""The name under which a ledger is served: templates and addresses are made of it."""

_known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def ledger_path(datasette: Any) -> Path | None:
    """Return the path of the ledger that is served, or None where there is none.

    Any file may be called ledger.db: it is opened once and asked.
    """
    database = getattr(datasette, "databases", {}).get(DATABASE)
    if database is None or not database.path:
        return None
    path = Path(database.path)
    if database not in _known:
        _known[database] = _is_ledger(path)
    return path if _known[database] else None


def _is_ledger(path: Path) -> bool:
    try:
        store.open_ledger(path).close()
    except LedgerError:
        return False
    return True
