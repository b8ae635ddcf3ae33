"""What a browser is told about the ledger's pages: that nothing in them may run, or come from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .detect import DATABASE, ledger_path

Message = MutableMapping[str, Any]
App = Callable[[Any, Any, Callable[[Message], Awaitable[None]]], Awaitable[None]]

_SHARED = "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

OURS = "default-src 'none'; style-src 'self'; img-src 'self'" + _SHARED
"""For pages of ours: no script at all, so that no text in a claim can become one."""

DATASETTES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    + _SHARED
)
"""For Datasette's own table pages, which hold scripts and styles of theirs."""

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}

_OUR_PAGES = re.compile(rf"/|/{DATABASE}/(claims|sources)/[^/.]+|/-/ledger/.+")


def wrapper(datasette: Any) -> Callable[[App], App]:
    """Return the ASGI middleware; other databases' pages, and a Datasette without a ledger, pass untouched."""

    def wrap(app: App) -> App:
        async def wrapped(scope: Any, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
            policy = _policy(datasette, scope) if scope["type"] == "http" else None

            async def sending(message: Message) -> None:
                if policy and message["type"] == "http.response.start":
                    told = {**ALWAYS, "content-security-policy": policy}
                    kept = [(name, value) for name, value in message["headers"] if name.decode().lower() not in told]
                    added = [(name.encode(), value.encode()) for name, value in told.items()]
                    message = {**message, "headers": [*kept, *added]}
                await send(message)

            await app(scope, receive, sending)

        return wrapped

    return wrap


def _policy(datasette: Any, scope: Any) -> str | None:
    """Return the policy for a page of the ledger, None for any other."""
    base = datasette.setting("base_url")
    path = "/" + scope["path"].removeprefix(base) if base != "/" else scope["path"]
    ours = path == "/" or path.startswith("/-/ledger/") or re.match(rf"/{DATABASE}([/.]|$)", path)
    if not ours or not ledger_path(datasette):
        return None
    return OURS if _OUR_PAGES.fullmatch(path) else DATASETTES
