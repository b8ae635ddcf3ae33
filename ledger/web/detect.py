"""Which of the databases that Datasette serves is a ledger: the one named `ledger`, if it is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from .. import store
from ..errors import LedgerError

DATABASE = "ledger"
"""The name under which a ledger is served: templates and addresses are made of it."""

OWN = ("localhost", "127.0.0.1", "[::1]")
"""The names by which a machine is asked from itself alone."""

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


def texts_shown(datasette: Any, request: Any) -> bool:
    """Return whether this reader may see whole archived texts: whoever serves them to their own machine alone.

    The ledger must have been opened for that, and be asked under the name of this machine and through nobody else.
    """
    database = datasette.databases[DATABASE]
    name = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
    passed_on = any(header in request.headers for header in ("forwarded", "x-forwarded-for", "x-forwarded-host"))
    return bool(getattr(database, "own_machine", False)) and name in OWN and not passed_on


def _is_ledger(path: Path) -> bool:
    try:
        store.require_current(path)
    except LedgerError:
        return False
    return True
