"""Which of the databases that Datasette serves is a ledger, and what is asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from .. import store
from ..errors import LedgerError
from .asking import Service, asking, current, service
from .compat import INTERNAL
from .edition import Edition, usual

DATABASE = "ledger"
"""The name under which a ledger is served: templates and addresses are made of it."""

_roles: WeakKeyDictionary[Any, store.Role | None] = WeakKeyDictionary()


def adopt(datasette: Any) -> None:
    """Serve the first ledger among the files under the name `ledger`, whatever it is called.

    Any file may be called ledger.db: each is opened and asked. One that is no ledger keeps that name.
    """
    from .database import LedgerDatabase

    found = [(name, base) for name, base in datasette.databases.items() if base.path and _role(base) is not None]
    found.sort(key=lambda one: one[0] != DATABASE)
    if not found or (found[0][0] != DATABASE and DATABASE in datasette.databases):
        return
    name, base = found[0]
    if isinstance(base, LedgerDatabase):
        return
    datasette.remove_database(name)
    datasette.add_database(LedgerDatabase(datasette, Path(base.path), is_mutable=base.is_mutable), name=DATABASE)


def ledger_path(datasette: Any) -> Path | None:
    """Return the path of the ledger that is served, or None where there is none."""
    database = getattr(datasette, "databases", {}).get(DATABASE)
    if database is None or not database.path or _role(database) is None:
        return None
    return Path(database.path)


def served(datasette: Any) -> Service:
    """Return what those who serve the ledger allow."""
    return service(datasette, working=role(datasette) == "working")


def edition(datasette: Any, *, home: bool | None = None) -> Edition:
    """Return the edition of the pages that is asked for; `home` is who asks, None for whoever does now."""
    return served(datasette).edition or usual(role(datasette), home=current.get().home if home is None else home)


def role(datasette: Any) -> store.Role | None:
    """Return what the ledger's file is for: it is worked on, it is the example, or a copy published for others."""
    return _role(datasette.databases[DATABASE])


def is_alone(datasette: Any) -> bool:
    """Return whether nothing is served beside the ledger."""
    return set(datasette.databases) <= {DATABASE, *INTERNAL}


def texts_shown(datasette: Any, request: Any) -> bool:
    """Return whether this reader may see whole archived texts: whoever serves them to their own machine alone.

    The ledger must have been opened for that, and be asked under the name of this machine and through nobody else.
    """
    service = served(datasette)
    own = service.texts and _role(datasette.databases[DATABASE]) != "published"
    return service.whole or (own and asking(request.scope).home)


def sql_allowed(datasette: Any, home: bool) -> bool:
    """Return whether whoever asks may write SQL of their own."""
    allowed = served(datasette).sql
    return home if allowed is None else allowed


def _role(database: Any) -> store.Role | None:
    """Return the role of a database's file; None if it is no ledger of this format."""
    if database not in _roles:
        try:
            store.require_current(Path(database.path))
            with store.open_ledger(Path(database.path)) as ledger:
                _roles[database] = ledger.role
        except LedgerError:
            _roles[database] = None
    return _roles[database]
