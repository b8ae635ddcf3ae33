"""Pages asked of an application and put into a site's folder, with what their heads say; one set, however many ledgers.

A page is asked for as a reader of a server would ask, so that there is one set of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, ClassVar

from markupsafe import Markup

from ...errors import DamagedLedger
from .. import headers
from .addresses import canonical, file_of, is_page
from .asked import NOWHERE, Asker
from .folder import SiteFolder
from .head import canonical_link, fenced, icon, searching, shared, with_head
from .links import Links
from .options import SiteOptions

FIRST = "/"
"""The address of the front page."""

PLACED = (".atom", ".jsonld")
"""Files for programs in which pages are named by their addresses."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class SitePages:
    """What an application shows, as files: its pages, those on which they go on, and what they need besides.

    `static` is where our own files lie; `searched` are the lists that a script searches -> the index of each.
    """

    static: ClassVar[str]
    searched: ClassVar[Mapping[str, str]]

    def __init__(self, folder: SiteFolder, options: SiteOptions, app: Any, links: Links, publisher: str) -> None:
        self.folder, self.options, self.links, self.publisher = folder, options, links, publisher
        self.asker = Asker(app, options.host, options.site.path)

    async def ask(self, address: str, query: str = "") -> None:
        """Put what is answered to an address; raise DamagedLedger if it is not what was asked for."""
        answer = await self.asker.get(address + (f"?{query}" if query else ""))
        if answer.status != 200:
            told = f"{address} answered {answer.status}."
            raise DamagedLedger(told, where="the published copy", hint="Nothing was published: factledger doctor")
        if is_page(address):
            self.page(address, answer.text, answer.headers["content-security-policy"])
        else:
            body = answer.body
            if address.partition("?")[0].endswith(PLACED):
                body = self.links.placed(answer.text, address, asked_of=self.options.host or NOWHERE).encode()
            self.folder.put(file_of(address), body, address=self.first(address))

    def first(self, address: str) -> str:
        """Return the address of the page on which what a page shows begins."""
        return address if address in self.links.known else canonical(address, paged=False)

    def page(self, address: str, html: str, policy: str) -> None:
        """Put a page, with what it says of itself to others."""
        head = [*icon(self.links.way_to(f"{self.static}/icon.svg", address))]
        head += [*canonical_link(self.links.absolute(address)), *self.told(address, html)]
        if (index := self.searched.get(canonical(address, paged=False))) is not None:
            policy = headers.SEARCHED
            script = self.links.way_to(f"{self.static}/search.js", address)
            head += searching(script, index, root="../" * file_of(address).count("/"))
        whole = with_head(fenced(self.links.rewritten(html, address), policy), head)
        self.folder.put(file_of(address), whole.encode(), address=self.first(address))

    def told(self, address: str, html: str) -> Iterable[Markup]:
        """Return what a page says of itself to sites on which it is shared."""
        title = _TITLE.search(html)
        told = {"og:type": "website", "og:site_name": self.publisher, "og:title": unescape(title[1]) if title else ""}
        return shared({**told, "og:url": self.links.absolute(address), "twitter:card": "summary"})

    def missing(self, html: str) -> None:
        """Put what hosts of files answer with where there is none; they look for it at the root of the site only."""
        if self.options.host:
            page = self.links.from_root(fenced(self.links.rewritten(html, FIRST), headers.OURS))
            self.folder.put("404.html", page.encode(), address=FIRST)

    async def further(self) -> None:
        """Ask for the pages on which others go on, and for those on which these do."""
        done = {address for address in self.links.further if self.first(address) not in self.links.known}
        while due := self.links.further - done:
            for address in sorted(due):
                await self.ask(address)
            done |= due

    async def assets(self) -> None:
        """Put the files that pages were found to need."""
        for address in sorted(self.links.assets):
            answer = await self.asker.get(address)
            self.folder.put(address.lstrip("/"), answer.body, address=address)
