"""Serving a merged file: a first page over all its ledgers, and below it the pages of each, as they always are.

    /                   whose ledgers these are, and the claims that two of them share
    /-/claims           the claims of all
    /ORIGIN/            the pages of one ledger, served by a Datasette of its own

A ledger's copy is taken out of the file when its pages are first asked for, into a folder that goes with the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import attrs
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from .. import store, views
from ..errors import LedgerError
from ..store.merged import Member, open_merged
from ..views import words
from . import headers, marks
from .addresses import MOST_DIGITS, folder_of, path
from .asking import Service, asking
from .edition import Edition

Send = Callable[[Any], Awaitable[None]]

CLAIMS = "/-/claims"
STATIC = "/-/static/"
FILES = {
    "ledger.css": b"text/css; charset=utf-8",
    "lists.css": b"text/css; charset=utf-8",
    "icon.svg": b"image/svg+xml",
    "search.js": b"text/javascript; charset=utf-8",
}
"""Our own files that pages over all ledgers ask for; the last two only those of a site."""


@attrs.frozen
class OwnAnswer:
    """An answer of our own: its status, its bytes, what they are, and further headers."""

    status: int
    body: bytes
    kind: bytes = b"text/html; charset=utf-8"
    more: Mapping[bytes, bytes] = attrs.field(factory=dict)


class MergedSite:
    """The ASGI application of a merged file, below the path `base`; `make` makes that of one ledger."""

    def __init__(self, file: Path, service: Service, base: str, make: Callable[..., Any]) -> None:
        self._path = file
        self._service = service
        self._base = base
        self._make = make
        self._apps: dict[str, Any] = {}
        self._making = asyncio.Lock()
        self._kept = ExitStack()
        self._folder = self._kept.enter_context(store.scratch_folder())
        with store.faults_told(file), open_merged(file) as opened:
            self._members = {folder_of(one.head.origin, one.head.ledger): one for one in opened.members()}
            self._name = opened.name

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """OwnAnswer a request, or have the ledger that it is for answer."""
        if scope["type"] != "http":
            await self._lifespan(receive, send)
            return
        request = asking(scope, self._base)
        slug, _, rest = request.path.removeprefix("/").partition("/")
        if slug in self._members and (rest or request.path.endswith("/")):
            try:
                app = await self._app(slug)
            except LedgerError as error:
                await _say(send, self._fault(error), bodiless=request.method == "HEAD")
                return
            await app(scope, receive, send)
            return
        await _say(send, await self._answer(request, slug, scope), bodiless=request.method == "HEAD")

    async def _app(self, slug: str) -> Any:
        """Return the application of one ledger, made when it is first asked for."""
        async with self._making:
            if slug not in self._apps:
                self._apps[slug] = await asyncio.to_thread(self._mount, slug, self._members[slug])
        return self._apps[slug]

    def _mount(self, slug: str, member: Member) -> Any:
        copy = self._folder / f"{member.number}.db"
        with store.faults_told(self._path), open_merged(self._path) as file:
            file.take_out(file.member(member.head.origin), copy)
        origin, edition = member.head.origin, self._service.edition or Edition.READER
        told = among(self._path, self._name, self._base, origin)
        service = attrs.evolve(self._service, edition=edition, title=origin, among=told)
        datasette = self._make(copy, service=service, immutable=True, settings={"base_url": f"{self._base}{slug}/"})
        for database in datasette.databases.values():
            self._kept.callback(database.close)
        return datasette.app()

    def close(self) -> None:
        """Close the ledgers, and remove what was taken out of the file."""
        self._kept.close()

    async def _lifespan(self, receive: Any, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, request: Any, slug: str, scope: Any) -> OwnAnswer:
        if not self._service.answers_to(request.host):
            return _plain(421, "This file is not served under that name. Those who serve it can add it: --base-url\n")
        if request.method not in ("GET", "HEAD"):
            return _plain(405, "Nothing can be changed here: ask with GET.\n", {b"allow": b"GET, HEAD"})
        if slug in self._members:
            return _plain(301, "", {b"location": f"{self._base}{slug}/".encode()})
        name = request.path.removeprefix(STATIC)
        if name in FILES and request.path.startswith(STATIC):
            return OwnAnswer(200, (Path(__file__).parent / "static" / name).read_bytes(), FILES[name])
        asked = parse_qs(scope["query_string"].decode("latin-1")[:8000])
        page = asked.get("page", ["1"])[0]
        number = int(page) if page.isascii() and page.isdecimal() and len(page) <= MOST_DIGITS else 1
        shown = {"/": self._first, CLAIMS: self._claims}.get(request.path)
        if shown is None:
            return OwnAnswer(404, self._page("missing", {"heading": "There is nothing here"}))
        try:
            return OwnAnswer(200, await asyncio.to_thread(shown, number, asked.get("q", [""])[0].strip()))
        except LedgerError as error:
            return self._fault(error)

    def _fault(self, error: LedgerError) -> OwnAnswer:
        """Return the page that says that what was asked for cannot be read."""
        return OwnAnswer(500, self._page("missing", {"heading": "This page cannot be shown", "error": error}))

    def _first(self, number: int, _: str) -> bytes:
        with store.faults_told(self._path), open_merged(self._path) as file:
            return self._page("front", {"view": views.merged_view(file, number)})

    def _claims(self, number: int, wanted: str) -> bytes:
        with store.faults_told(self._path), open_merged(self._path) as file:
            return self._page("claims", {"page": views.member_claims(file, wanted, number), "q": wanted})

    def _page(self, template: str, told: Mapping[str, Any]) -> bytes:
        shared = {
            "name": self._name,
            "title": self._service.title or f"Fact-checks of {words.count(len(self._members), 'newsroom')}",
            "report": self._service.report,
            "base": self._base,
            "words": words,
            "marks": marks,
            "address": self._address,
            "way": self._way,
        }
        return self._templates.get_template(f"merged-{template}.html").render({**shared, **told}).encode()

    def _address(self, origin: str) -> str:
        """Return where the pages of a ledger begin."""
        ledger = next(one.head.ledger for one in self._members.values() if one.head.origin == origin)
        return f"{self._base}{quote(folder_of(origin, ledger))}/"

    def _way(self, claim: views.MemberClaim) -> Markup:
        """Return the link to a claim's page, its words as they are."""
        return Markup('<a href="{}ledger/claims/{}">{}</a>').format(
            self._address(claim.origin), path(claim.handle), words.cut(claim.text, 300)
        )

    @cached_property
    def _templates(self) -> Environment:
        return Environment(loader=PackageLoader(__package__), autoescape=True, trim_blocks=True)


def among(file: Path, name: str, base: str, origin: str) -> dict[str, str]:
    """Return in what the pages of a ledger stand: the file, what it is called, its first page; and whose they are."""
    return {"path": str(file), "name": name, "address": base, "origin": origin}


async def _say(send: Send, answer: OwnAnswer, *, bodiless: bool) -> None:
    told = {**headers.policy("/"), b"content-type": answer.kind, b"cache-control": b"no-cache", **answer.more}
    await send({"type": "http.response.start", "status": answer.status, "headers": list(told.items())})
    await send({"type": "http.response.body", "body": b"" if bodiless else answer.body})


def _plain(status: int, text: str, more: Mapping[bytes, bytes] | None = None) -> OwnAnswer:
    return OwnAnswer(status, text.encode(), b"text/plain; charset=utf-8", more or {})
