"""What a request meets before the pages: refusals in one line each, and the answer that nothing has changed.

And what every answer takes along: that nothing in it may run or come from
elsewhere, and how long it holds.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import attrs

from ..errors import LedgerError
from ..sqlite import sqlite3
from ..store import queries
from . import formats, front, versions
from .asking import PLUGIN, Asking, Service, asking, current
from .detect import DATABASE, is_alone, ledger_path, served
from .headers import policy

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Send], Awaitable[None]]

METHODS = ("GET", "HEAD")
"""What the pages answer to: nothing can be written."""

LONGEST = 8_000
"""Bytes of a query string."""

ABOUT_THE_MACHINE = re.compile(
    r"/-/(databases|settings|config|versions|plugins|metadata|threads|tasks|actor|actions|permissions|allowed|rules|check"
    r"|allow-debug|messages|patterns|debug|api)([./].*)?"
)
"""Datasette's own pages that tell of the machine, its settings, and who may do what."""

OURS = re.compile(rf"/(\.json)?|/{DATABASE}([/.].*)?|/-/ledger/.*|/-/static-plugins/{PLUGIN}/.*")
"""What is the ledger's wherever other databases are served beside it."""

ASSETS = re.compile(r"/-/static(-plugins)?/.*|/favicon\.ico")
"""Style sheets and scripts: they do not change with the ledger."""

ROW = re.compile(rf"/{DATABASE}(/(?:agents|inquiries)/[^/.]+)")
"""Rows whose page is one of ours, which Datasette has no template for that costs as little: see `kinds`."""


@attrs.frozen
class ShortAnswer:
    """An answer without a page: its status, one line, and what else a client is told."""

    status: int
    text: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


def wrapper(datasette: Any) -> Callable[[App], App]:
    """Return the ASGI middleware; other databases' pages, and a Datasette without a ledger, pass untouched."""

    def wrap(app: App) -> App:
        async def wrapped(scope: Any, receive: Any, send: Send) -> None:
            if scope["type"] != "http" or ledger_path(datasette) is None:
                await app(scope, receive, send)
                return
            request = asking(scope, datasette.setting("base_url"))
            token = current.set(request)
            try:
                await _answer(datasette, request, app, scope, receive, send)
            finally:
                current.reset(token)

        return wrapped

    return wrap


async def _answer(datasette: Any, request: Asking, app: App, scope: Any, receive: Any, send: Send) -> None:
    service = served(datasette)
    everything = service.only or is_alone(datasette)
    ours = service.only or OURS.fullmatch(request.path) is not None
    sending = _fenced(datasette, request, send, ours=ours, everything=everything)
    refusal = _refusal(datasette, service, request, scope, ours=ours, everything=everything)
    if refusal is None and ours:
        request, refusal = await _placed(datasette, attrs.evolve(request, path=formats.path_of(request)))
    if refusal is not None:
        await _say(sending, refusal)
        return
    if not ours:
        await app(scope, receive, sending)
        return
    current.set(request)
    tag = None if request.private or ASSETS.fullmatch(request.path) else await _tag(datasette, service, request, scope)
    if tag is not None:
        sending = _tagged(tag, datasette, sending)
        if tag in _given(scope):
            await sending({"type": "http.response.start", "status": 304, "headers": []})
            await sending({"type": "http.response.body", "body": b""})
            return
    await app(_plain(scope, request), receive, sending)


def _refusal(
    datasette: Any, service: Service, request: Asking, scope: Any, *, ours: bool, everything: bool
) -> ShortAnswer | None:
    """Return why a request is not answered; None if it is."""
    if (ours or everything) and not service.answers_to(request.host):
        return ShortAnswer(
            421, "This ledger is not served under that name. Those who serve it can add it: --base-url, or `hosts`.\n"
        )
    if ours and request.method not in METHODS:
        allow = (b"allow", ", ".join(METHODS).encode())
        if request.method == "OPTIONS":
            return ShortAnswer(204, "", (allow,))
        return ShortAnswer(405, "Nothing can be changed here: ask with GET.\n", (allow,))
    if ours and len(scope["query_string"]) > LONGEST:
        return ShortAnswer(414, f"This address has more than {LONGEST:,} bytes after its question mark.\n")
    if everything and ABOUT_THE_MACHINE.fullmatch(request.path) and (service.only or not request.home):
        return ShortAnswer(404, "There is nothing here.\n")
    if ours and not formats.available(datasette, request):
        there = formats.names(datasette, request.path)
        others = f" There are: {', '.join(there)}." if there else ""
        return ShortAnswer(404, f"There is no such format here.{others}\n")
    return None


async def _placed(datasette: Any, request: Asking) -> tuple[Asking, ShortAnswer | None]:
    """Return a request with the number of entries of the point that it asks for, or why there is none."""
    if not request.points:
        return request, None
    if not served(datasette).versions:
        return request, ShortAnswer(404, "Pages are not shown as they were here.\n")
    try:
        size = await asyncio.to_thread(versions.size_asked, datasette, request)
    except (LedgerError, sqlite3.Error) as error:
        return request, ShortAnswer(404 if isinstance(error, LookupError) else 400, f"{error}\n")
    return attrs.evolve(request, size=size), None


async def _say(send: Send, refusal: ShortAnswer) -> None:
    told = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": told})
    await send({"type": "http.response.body", "body": refusal.text.encode()})


def _fenced(datasette: Any, request: Asking, send: Send, *, ours: bool, everything: bool) -> Send:
    """Return a `send` that adds the headers of a fence, and leaves out the body for HEAD."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            status = message["status"]
            if ours or (everything and (status >= 400 or ASSETS.fullmatch(request.path))):
                message = _with(message, policy(request.path))
            message = _with(message, _moved(message, datasette.setting("base_url")) if ours else {})
        elif ours and request.method == "HEAD":
            message = {**message, "body": b""}
        await send(message)

    return sending


def _tagged(tag: str, datasette: Any, send: Send) -> Send:
    """Return a `send` that says which state of the ledger a page is of; whoever keeps it asks again before using it."""
    kept = b"private, no-cache" if served(datasette).texts else b"public, no-cache"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = any(name.lower() == b"set-cookie" for name, _ in message["headers"])
            if own or message["status"] not in (200, 304):
                message = _with(message, {b"cache-control": b"no-store"})
            else:
                message = _with(message, {b"etag": tag.encode(), b"cache-control": kept})
        await send(message)

    return sending


def _with(message: Message, told: Mapping[bytes, bytes]) -> Message:
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in told]
    return {**message, "headers": [*kept, *told.items()]}


def _moved(message: Message, base: str) -> Mapping[bytes, bytes]:
    """Return the way to where an answer sends us, below the path of the site."""
    start = base.encode()
    for name, value in message["headers"]:
        if name.lower() == b"location" and value.startswith(b"/") and not value.startswith(start):
            return {b"location": start + value.lstrip(b"/")}
    return {}


def _plain(scope: Any, request: Asking) -> Any:
    """Return the scope as Datasette is best asked: below its base path, HEAD as GET, and for pages of ours as ours."""
    row = ROW.fullmatch(request.path)
    within = f"/-/ledger{row[1]}" if row else front.ADDRESS if request.path == "/" else request.path
    path = within.encode("latin-1")
    return {**scope, "method": "GET" if request.method == "HEAD" else request.method, "raw_path": path}


async def _tag(datasette: Any, service: Service, request: Asking, scope: Any) -> str | None:
    """Return what changes with anything that a page is made of: log, file, programs, settings, day, address."""
    path = ledger_path(datasette)
    assert path is not None
    try:
        head = await datasette.databases[DATABASE].execute_fn(queries.head)
    except (LedgerError, sqlite3.Error):  # the page itself says what is wrong
        return None
    files = [file.stat() for end in ("", "-wal") if (file := path.with_name(path.name + end)).exists()]
    made_of = (
        head.size,
        head.root.hex(),
        [(file.st_size, file.st_mtime_ns) for file in files],
        version("factledger"),
        version("datasette"),
        service,
        datetime.now(UTC).date(),  # what is late, or due, is so by the day
        request.home,
        request.path,
        request.size,
        scope["query_string"],
    )
    return f'W/"{head.root.hex()[:16]}-{sha256(repr(made_of).encode()).hexdigest()[:16]}"'


def _given(scope: Any) -> list[str]:
    given = b",".join(value for name, value in scope["headers"] if name.lower() == b"if-none-match")
    return [one.strip() for one in given.decode("latin-1").split(",")]
