"""The pages of a ledger as a server would answer with them, asked for in this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs

NOWHERE = "http://localhost"
"""The scheme and name under which pages are asked for that may lie on any host."""


@attrs.frozen
class Answer:
    """What a server would have sent; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@attrs.frozen
class Asker:
    """Asks an ASGI application for addresses below a base path, under the name of a host."""

    app: Any
    host: str
    base: str

    async def get(self, address: str) -> Answer:
        """Return the answer to GET."""
        parts = urlsplit(address)
        raw = self.base + parts.path.lstrip("/")
        scheme, _, name = (self.host or NOWHERE).partition("://")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": scheme,
            "path": unquote(raw),
            "raw_path": raw.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(b"host", name.encode())],
            "client": None,
            "server": None,
        }
        started: dict[str, Any] = {}
        body = bytearray()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                body.extend(message.get("body", b""))

        await self.app(scope, receive, send)
        headers = {key.decode().lower(): value.decode() for key, value in started["headers"]}
        return Answer(started["status"], headers, bytes(body))
