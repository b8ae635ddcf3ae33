"""Who asks, and for what: what a request tells of itself, and what those who serve the ledger allow.

Those who serve say it as settings of the plugin, so that `factledger serve` and
plain `datasette` follow the same rules (docs/trust.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl

import attrs

from .edition import Edition

PLUGIN = "factledger"
"""The name under which Datasette serves our static files, and finds our settings."""

OWN = ("localhost", "127.0.0.1", "::1")
"""The names by which a machine is asked from itself alone."""

PASSED_ON = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
"""Headers by which a server that stands between says so."""

OF_A_VERSION = re.compile(r"(?P<page>/[^@]*)@(?P<point>[0-9]+)(?P<format>\.[a-z]+)?")
"""The permanent address of a page as it was after so many entries."""


@attrs.frozen
class Service:
    """What is served, and to whom.

    `hosts` are the names that it answers to beside those of its own machine and bare addresses; None: any. `sql` is
    whether readers may ask in SQL of their own; None: on their own machine only. `texts` is whether they see archived
    texts whole there, `whole` whether everybody does. `only` says that nothing but the ledger is served. `title` heads
    the pages; `report` is where errors are reported. `edition` is for whom the pages are made; None: see
    `edition.usual`. `versions` is whether pages can be seen as they were: those of a site of files cannot. `feeds` is
    whether there are any: they name whole addresses, which a site of files for any host has not.
    `among` is of a ledger that is served out of a merged file: the file's `path`, its `name`, the `address` of its
    first page, and the `origin` of this one.
    """

    hosts: tuple[str, ...] | None = None
    sql: bool | None = None
    texts: bool = False
    whole: bool = False
    only: bool = False
    title: str | None = None
    report: str | None = None
    versions: bool = True
    feeds: bool = True
    edition: Edition | None = None
    among: Mapping[str, str] | None = None

    def settings(self) -> dict[str, Any]:
        """Return it as the settings of the plugin."""
        return {key: value for key, value in attrs.asdict(self).items() if value is not None}

    def answers_to(self, host: str) -> bool:
        """Return whether a request under this name is meant for what is served here.

        A page elsewhere can point a name of its own at this machine and read what it answers (DNS rebinding); it
        cannot do so with an address, as no name is looked up for that.
        """
        return self.hosts is None or host in (*OWN, *self.hosts) or _is_address(host)


@attrs.frozen
class Asking:
    """A request: its method, its name for us, its path as Datasette reads it, and the SQL that it brings.

    `home` is whether it comes from this machine, under its own name and through nobody; `private` whether it says who
    asks; `formats` are those it asks for beside its path. `points` are those that it asks for, as written: the ledger
    is then to be seen as it was there, and `size` is how many entries it had, once that is looked up.
    """

    method: str = "GET"
    host: str = ""
    path: str = "/"
    sql: tuple[str, ...] = ()
    home: bool = False
    private: bool = False
    formats: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    size: int | None = None


NOBODY = Asking()

current: ContextVar[Asking] = ContextVar("factledger_asking", default=NOBODY)
"""The request that is being answered."""


def service(datasette: Any, *, working: bool) -> Service:
    """Return what is asked for in Datasette's configuration; a working ledger answers to no name that is not given."""
    found: Mapping[str, Any] = datasette.plugin_config(PLUGIN) or {}
    told = {key: value for key, value in found.items() if key in {field.name for field in attrs.fields(Service)}}
    hosts = told.pop("hosts", () if working else None)
    if told.get("edition") is not None:  # whoever misspells the desk's shows none of it
        told["edition"] = Edition.DESK if told["edition"] == Edition.DESK else Edition.READER
    return Service(hosts=None if hosts is None else tuple(name.lower() for name in hosts), **told)


def asking(scope: Mapping[str, Any], base: str = "/") -> Asking:
    """Return what an ASGI scope tells; `base` is the path that the ledger is served under."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    host = _name(headers.get(b"host", b"").decode("latin-1"))
    server = (scope.get("server") or ("",))[0]
    raw = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    whole = "/" + raw[len(base) :] if raw.startswith(base) else raw  # a server between may have taken it off
    version = OF_A_VERSION.fullmatch(whole)
    return Asking(
        method=scope["method"],
        host=host,
        path=version["page"] + (version["format"] or "") if version else whole,
        formats=tuple(value for name, value in query if name == "_format"),
        points=(*([version["point"]] if version else ()), *(value for name, value in query if name == "as_of")),
        sql=tuple(text for name, value in query if name in ("sql", "_where") and (text := value.strip("; \t\r\n"))),
        home=host in OWN and server in OWN and not any(header in headers for header in PASSED_ON),
        private=b"cookie" in headers or b"authorization" in headers,
    )


def _name(host: str) -> str:
    """Return the name in a Host header, without its port and the brackets of an address."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
