"""Serving a ledger file, read-only, under the name `ledger` whatever the file is called."""

from __future__ import annotations

import errno
import socket
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from .. import store
from ..errors import EnvironmentFault
from .detect import DATABASE, OWN

SETTINGS: Mapping[str, Any] = {"suggest_facets": False}

_WHY = {
    errno.EADDRINUSE: "it is in use",
    errno.EACCES: "it may not be opened",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


def application(
    path: Path, *, settings: Mapping[str, Any] | None = None, immutable: bool = False, own_machine: bool = False
) -> Any:
    """Return a Datasette that serves a ledger file as the database `ledger`, and nothing else.

    Raises DamagedLedger if there is no ledger at the path, EnvironmentFault if it is in another format. `immutable`
    only for a file that nobody writes to: newer entries would not be seen. `own_machine` says that only this machine
    can ask: then pages show the archived texts whole, and not only the passages that were quoted.
    """
    store.require_current(path)
    from datasette.app import Datasette
    from datasette.database import Database
    from sqlite_utils.utils import sqlite3

    class ReadOnlyLedger(Database):  # type: ignore[misc]
        """A ledger file that no plugin can write to, at a path of any spelling."""

        own_machine: bool

        def connect(self, write: bool = False) -> sqlite3.Connection:
            mode = "immutable=1" if immutable else "mode=ro"
            found = sqlite3.connect(f"file:{quote(self.path)}?{mode}", uri=True, check_same_thread=False)
            self._all_file_connections.append(found)
            return found

    datasette = Datasette([], settings={**SETTINGS, **(settings or {})})
    datasette.remove_database("_memory")
    database = ReadOnlyLedger(datasette, str(path.absolute()), is_mutable=not immutable)
    database.own_machine = own_machine
    datasette.add_database(database, name=DATABASE)
    return datasette


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    say: Callable[[str], None] | None = None,
) -> None:
    """Serve a ledger until interrupted; `say` is told the address once it answers (else stderr is).

    Port 0 takes any that is free. Raises DamagedLedger, or EnvironmentFault if the port cannot be had.
    """
    app = application(path, own_machine=host in (*OWN, "::1")).app()
    listening = listen(host, port)
    import uvicorn

    address = _address(host, listening.getsockname()[1])
    tell = say or (lambda text: click.echo(text, err=True))

    class Server(uvicorn.Server):
        """Tells the address when it can be asked, not before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            tell(f"Serving {path} at {address} (Ctrl-C ends it)")
            if open_browser:
                webbrowser.open(address)

    try:
        Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the way to end it
    finally:
        listening.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raise EnvironmentFault in words if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = _WHY.get(error.errno or 0, str(error.strerror or error))
        raise EnvironmentFault(
            f"Cannot serve at {host}, port {port}: {why}.", hint=f"Choose another: factledger serve --port {port + 1}"
        ) from None


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
