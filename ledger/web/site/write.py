"""Write a published copy of a ledger as a site: every page that `addresses` names, and what lies beside.

A page is asked for as a reader of a server would ask, so that there is one set of pages. Those that nothing new can
have changed are not asked for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ... import store
from ...errors import DamagedLedger
from ...store import AffectedPages, Ledger, queries
from ...views import words
from .. import headers, marks
from ..asking import PLUGIN
from ..detect import DATABASE
from ..serve import application
from .addresses import ASSETS, FAMILIES, canonical, file_of, is_page
from .asked import NOWHERE, Asker
from .beside import WHAT, Download, data_view, robots, sitemap, write_data
from .card import card
from .facts import claim_facts, claim_review
from .folder import DOWNLOADS, SiteFolder
from .head import canonical_link, data_block, fenced, icon, searching, shared, with_head
from .known import KnownPages
from .links import DATA_PAGE, Links
from .lists import FACETS, documents, list_address
from .options import SiteOptions
from .pictures import AT_ONCE, drawing, require_browser
from .search import index

DATA, MISSING = "factledger-data.html", "factledger-missing.html"
"""The templates of what only a site has."""

CARD, PICTURE = "card.svg", "card.png"
"""What lies beside the page of a claim, for sites on which it is shared."""

FIRST = "/"
"""The address of the front page."""

SEARCHED = {list_address(table): table for table in FACETS}
"""The lists that can be searched -> the index of each."""

SCRIPT = f"{ASSETS}-plugins/{PLUGIN}/search.js"
ICON = f"{ASSETS}-plugins/{PLUGIN}/icon.svg"

PLACED = (".atom", ".jsonld")
"""Files for programs in which pages are named by their addresses."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_CLAIM = re.compile(rf"/{DATABASE}/claims/([^/.?]+)")


def write_site(
    folder: SiteFolder,
    copy: Path,
    options: SiteOptions,
    *,
    affected: AffectedPages | None,
    left_out: Iterable[str] = (),
) -> None:
    """Put a published copy, its data and all its pages into the folder's waiting room.

    The copy lies there too, in a folder of its own. `affected` are the pages to be made anew; None: all.
    """
    settings = {"base_url": options.site.path, "force_https_urls": options.site.https}
    datasette = application(copy, settings=settings, immutable=True, service=options.service)
    try:
        with store.open_ledger(copy) as ledger, closing(_pages(ledger, options)) as pages:
            writer = SiteWriter(folder, ledger, options, datasette, pages, affected)
            asyncio.run(writer.write(tuple(left_out)))
    finally:
        for database in datasette.databases.values():
            database.close()
        datasette.executor.shutdown()


def _pages(ledger: Ledger, options: SiteOptions) -> KnownPages:
    made = [family for family in FAMILIES if options.host or not family.placed]
    return KnownPages(made, ledger.db, beside=(DATA_PAGE, *(f"/{DOWNLOADS}/{name}" for name in WHAT)))


class SiteWriter:
    """One run: what is known of the site, and what pages were found to need."""

    def __init__(
        self,
        folder: SiteFolder,
        ledger: Ledger,
        options: SiteOptions,
        datasette: Any,
        pages: KnownPages,
        affected: AffectedPages | None,
    ) -> None:
        self.folder, self.ledger, self.db, self.options, self.datasette = folder, ledger, ledger.db, options, datasette
        self.affected, self.pages = affected, pages
        self.publisher = options.title or queries.origin(self.db)
        self.links = Links(options.host, options.site.path, pages)
        self.asker = Asker(datasette.app(), options.host, options.site.path)

    async def write(self, left_out: tuple[str, ...]) -> None:
        """Write everything."""
        await self.datasette.invoke_startup()
        for page in self.pages:
            if page.family.concerned(page.name, self.affected) or not self.folder.keep(page.address):
                await self._ask(page.address, page.family.asked)
        self._pictures()
        self._indexes()
        await self._data(left_out)
        await self._missing()
        await self._further()
        await self._assets()
        self._found_by_machines()

    async def _ask(self, address: str, query: str = "") -> None:
        answer = await self.asker.get(address + (f"?{query}" if query else ""))
        if answer.status != 200:
            told = f"{address} answered {answer.status}."
            raise DamagedLedger(told, where="the published copy", hint="Nothing was published: factledger doctor")
        if is_page(address):
            self._page(address, answer.text, answer.headers["content-security-policy"])
        else:
            body = answer.body
            if address.partition("?")[0].endswith(PLACED):
                body = self.links.placed(answer.text, address, asked_of=self.options.host or NOWHERE).encode()
            self.folder.put(file_of(address), body, address=self._first(address))

    def _first(self, address: str) -> str:
        """Return the address of the page on which what a page shows begins."""
        return address if address in self.pages else canonical(address, paged=False)

    def _page(self, address: str, html: str, policy: str) -> None:
        """Put a page, with what it says of itself to others."""
        found = _CLAIM.fullmatch(address)
        head = [*icon(self.links.way_to(ICON, address)), *canonical_link(self.links.absolute(address))]
        head += self._of_claim(address, unescape(found[1])) if found else self._of_page(address, html)
        if (table := SEARCHED.get(canonical(address, paged=False))) is not None:
            policy = headers.SEARCHED
            head += searching(self.links.way_to(SCRIPT, address), table, root="../" * file_of(address).count("/"))
        whole = with_head(fenced(self.links.rewritten(html, address), policy), head)
        self.folder.put(file_of(address), whole.encode(), address=self._first(address))

    def _of_page(self, address: str, html: str) -> Iterable[Markup]:
        title = _TITLE.search(html)
        told = {"og:type": "website", "og:site_name": self.publisher, "og:title": unescape(title[1]) if title else ""}
        return shared({**told, "og:url": self.links.absolute(address), "twitter:card": "summary"})

    def _of_claim(self, address: str, handle: str) -> Iterator[Markup]:
        facts = claim_facts(self.db, handle)
        beside = file_of(address).removesuffix("index.html")
        self.folder.put(f"{beside}{CARD}", card(facts, self.publisher), address=address)
        url = self.links.absolute(address)
        picture = f"{self.options.url}{beside}{PICTURE}" if self.options.cards and url else ""
        yield from shared(
            {
                "description": facts.reason or facts.decided,
                "og:type": "article",
                "og:site_name": self.publisher,
                "og:title": f"{facts.label}: {facts.text}",
                "og:description": f"{facts.decided}. {facts.reason}".rstrip(),
                "og:url": url,
                "og:image": picture,
                "og:image:alt": f"{facts.label}: {facts.text}" if picture else "",
                "twitter:card": "summary_large_image" if picture else "summary",
            }
        )
        review = claim_review(facts, url=url, house=self.publisher)
        if review is not None:
            yield data_block(review)

    def _pictures(self) -> None:
        """Draw the cards of the pages that were made anew."""
        lacking = self.folder.files.lacking(CARD, PICTURE) if self.options.cards else iter(())
        while some := list(islice(lacking, AT_ONCE)):
            with drawing(require_browser()) as png:
                for one in some:
                    name = one.name.removesuffix(CARD) + PICTURE
                    self.folder.put(name, png(self.folder.read(one.name)), address=one.address)

    def _indexes(self) -> None:
        for table in FACETS:
            for name, data in index(documents(self.db, table)):
                self.folder.put(f"search/{table}/{name}", data)

    async def _rendered(self, template: str, **told: Any) -> str:
        """Return a page that only a site has."""
        told |= {"factledger": True, "ledger_name": DATABASE, "words": words, "marks": marks}
        return str(await self.datasette.render_template(template, told | {"site": self.options.service}))

    async def _missing(self) -> None:
        """Put what hosts of files answer with where there is none; they look for it at the root of the site only."""
        if self.options.host:
            html = self.links.rewritten(await self._rendered(MISSING, heading="There is no such page"), FIRST)
            self.folder.put("404.html", self.links.from_root(fenced(html, headers.OURS)).encode(), address=FIRST)

    async def _data(self, left_out: tuple[str, ...]) -> None:
        files = write_data(self.ledger, Path(self.ledger.path).parent)
        listed = [Download(f"{DOWNLOADS}/{one.name}", WHAT[one.name], one.stat().st_size) for one in files]
        html = await self._rendered(DATA, view=data_view(self.db, listed, left_out))
        self._page(DATA_PAGE, html, headers.OURS)

    async def _further(self) -> None:
        """Ask for the pages on which others go on, and for those on which these do."""
        done = {address for address in self.links.further if self._first(address) not in self.pages}
        while due := self.links.further - done:
            for address in sorted(due):
                await self._ask(address)
            done |= due

    async def _assets(self) -> None:
        for address in self.folder.files.addresses_below(ASSETS) if self.affected is not None else ():
            self.folder.keep(address)
        for address in sorted(self.links.assets):
            answer = await self.asker.get(address)
            self.folder.put(address.lstrip("/"), answer.body, address=address)

    def _found_by_machines(self) -> None:
        url = self.options.url
        self.folder.put("robots.txt", robots(url))
        if url:
            pages = ((self.links.absolute(one), self._changed(one)) for one in self.pages.in_order() if is_page(one))
            for name, data in sitemap(pages, url):
                self.folder.put(name, data)

    def _changed(self, address: str) -> str:
        """Return the day on which what a page is about changed last, if it is a claim."""
        found = _CLAIM.fullmatch(address)
        claims = queries.rows(self.db, "claims", id=unescape(found[1])) if found else ()
        return next((str(row["changed"])[:10] for row in claims), "")
