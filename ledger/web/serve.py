"""Serving a ledger file, read-only, under the name `ledger` whatever the file is called."""

from __future__ import annotations

import errno
import re
import socket
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import click

from .. import store
from ..errors import EnvironmentFault, InputError
from ..store.merged import is_merged
from .asking import OWN, PLUGIN, Service
from .edition import read_edition

SETTINGS: Mapping[str, Any] = {"suggest_facets": False}

_WHY = {
    errno.EADDRINUSE: "it is in use",
    errno.EACCES: "it may not be opened",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


@attrs.frozen
class Site:
    """Where readers find the ledger: the site's name, None where it is not said, the path below it, and how."""

    host: str | None
    path: str
    https: bool = False


def read_site(base_url: str) -> Site:
    """Return the parts of an address such as https://facts.example.org/desk/ or /desk/; raise InputError."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    whole = parts.scheme in ("http", "https") and host
    only_path = parts.path.startswith("/") and not (parts.scheme or parts.netloc)
    if not (whole or only_path) or parts.query or parts.fragment:
        raise InputError(
            f"{base_url} is no address of a site.",
            where="--base-url",
            hint="Write https://facts.example.org/desk/, or only the path: /desk/",
        )
    below = parts.path.strip("/")
    return Site(host if whole else None, f"/{below}/" if below else "/", parts.scheme == "https")


def read_report(place: str) -> str:
    """Return the link to where errors are reported, from a page's address or one for mail; raise InputError."""
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+", place):
        return f"mailto:{place}"
    if re.fullmatch(r"(https?://|mailto:)\S+", place):
        return place
    raise InputError(
        f"{place} is neither a page nor an address for mail.",
        where="--report",
        hint="Write https://facts.example.org/contact or desk@example.org",
    )


def application(
    path: Path, *, settings: Mapping[str, Any] | None = None, immutable: bool = False, service: Service | None = None
) -> Any:
    """Return a Datasette that serves a ledger file as the database `ledger`, and nothing else.

    Raises DamagedLedger if there is no ledger at the path, EnvironmentFault if it is in another format. `immutable`
    only for a file that nobody writes to: newer entries would not be seen. `service` says to whom.
    """
    store.require_current(path)
    from datasette.app import Datasette

    told = (service or Service(hosts=())).settings() | {"only": True}
    datasette = Datasette([], settings={**SETTINGS, **(settings or {})}, metadata={"plugins": {PLUGIN: told}})
    from .database import LedgerDatabase
    from .detect import DATABASE

    datasette.remove_database("_memory")
    datasette.add_database(LedgerDatabase(datasette, path.absolute(), is_mutable=not immutable), name=DATABASE)
    return datasette


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    base_url: str = "/",
    title: str | None = None,
    report: str | None = None,
    edition: str | None = None,
    sql: bool | None = None,
    open_browser: bool = False,
    say: Callable[[str], None] | None = None,
) -> None:
    """Serve a ledger until interrupted, which is raised; `say` is told the address once it answers (else stderr is).

    Port 0 takes any that is free. With a site in `base_url` readers come through another server: nobody is then
    taken for this machine. Raises DamagedLedger, InputError for an address that is none, or EnvironmentFault if the
    port cannot be had.
    """
    site = read_site(base_url)
    alone = host in OWN and site.host is None
    service = Service(
        hosts=tuple(name.lower() for name in (site.host, host) if name),
        sql=sql if sql is not None or alone else False,
        texts=alone,
        title=title or None,
        report=read_report(report) if report else None,
        edition=read_edition(edition) if edition else None,
    )
    app = application_of(path, site, service)
    listening = listen(host, port)
    import uvicorn

    address = _address(host, listening.getsockname()[1]) + site.path
    tell = say or (lambda text: click.echo(text, err=True))

    class Server(uvicorn.Server):
        """Tells the address when it can be asked, not before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            tell(f"Serving {path} at {address} (Ctrl-C ends it)")
            if open_browser:
                webbrowser.open(address)

    with listening:
        Server(uvicorn.Config(app, log_level="warning", lifespan="on", server_header=False)).run(sockets=[listening])


def application_of(path: Path, site: Site, service: Service) -> Any:
    """Return the ASGI application of a ledger, or of a merged file with several."""
    settings = {"base_url": site.path, "force_https_urls": site.https}
    if not is_merged(path):
        return application(path, settings=settings, service=service).app()
    from .merged import MergedSite

    def member(copy: Path, *, settings: Mapping[str, Any], **told: Any) -> Any:
        return application(copy, settings={"force_https_urls": site.https, **settings}, **told)

    return MergedSite(path.absolute(), service, site.path, member)


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
    return f"http://{shown}:{port}"
