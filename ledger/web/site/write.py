"""Write a published copy of a ledger as a site: every page that `addresses` names, and what lies beside.

Those that nothing new can have changed are not asked for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from markupsafe import Markup

from ... import store
from ...store import AffectedPages, Ledger, queries
from ...views import words
from .. import headers, marks
from ..asking import PLUGIN
from ..detect import DATABASE
from ..serve import application
from .addresses import ASSETS, FAMILIES, file_of, is_page
from .beside import WHAT, Download, data_view, robots, sitemap, write_data
from .card import card
from .facts import claim_facts, claim_review
from .folder import DOWNLOADS, SiteFolder
from .head import data_block, shared
from .known import KnownPages
from .links import DATA_PAGE, Links
from .lists import FACETS, documents, list_address
from .options import SiteOptions
from .pages import SitePages
from .pictures import AT_ONCE, drawing, require_browser
from .search import index

DATA, MISSING = "factledger-data.html", "factledger-missing.html"
"""The templates of what only a site has."""

CARD, PICTURE = "card.svg", "card.png"
"""What lies beside the page of a claim, for sites on which it is shared."""

_CLAIM = re.compile(rf"/{DATABASE}/claims/([^/.?]+)")


def write_site(
    folder: SiteFolder,
    copy: Path,
    options: SiteOptions,
    *,
    affected: AffectedPages | None = None,
    left_out: Iterable[str] = (),
    above: Links | None = None,
) -> None:
    """Put a published copy, its data and all its pages into the folder's waiting room.

    The copy lies there too, in a folder of its own. `affected` are the pages to be made anew; None: all. `above` are
    the links of the site that this one is part of.
    """
    settings = {"base_url": options.site.path, "force_https_urls": options.site.https}
    datasette = application(copy, settings=settings, immutable=True, service=options.service)
    try:
        with store.open_ledger(copy) as ledger, closing(_pages(ledger, options)) as pages:
            writer = LedgerPages(folder, ledger, options, datasette, pages, affected, above)
            asyncio.run(writer.write(tuple(left_out)))
    finally:
        for database in datasette.databases.values():
            database.close()
        datasette.executor.shutdown()


def _pages(ledger: Ledger, options: SiteOptions) -> KnownPages:
    made = [family for family in FAMILIES if options.host or not family.placed]
    return KnownPages(made, ledger.db, beside=(DATA_PAGE, *(f"/{DOWNLOADS}/{name}" for name in WHAT)))


class LedgerPages(SitePages):
    """One run: what is known of a ledger's site, and what its pages were found to need."""

    static = f"{ASSETS}-plugins/{PLUGIN}"
    searched: ClassVar = {list_address(table): table for table in FACETS}

    def __init__(
        self,
        folder: SiteFolder,
        ledger: Ledger,
        options: SiteOptions,
        datasette: Any,
        pages: KnownPages,
        affected: AffectedPages | None,
        above: Links | None,
    ) -> None:
        links = Links(options.host, options.site.path, pages, above)
        super().__init__(folder, options, datasette.app(), links, options.title or queries.origin(ledger.db))
        self.ledger, self.db, self.datasette, self.pages, self.affected = ledger, ledger.db, datasette, pages, affected

    async def write(self, left_out: tuple[str, ...]) -> None:
        """Write everything."""
        await self.datasette.invoke_startup()
        for page in self.pages:
            if page.family.concerned(page.name, self.affected) or not self.folder.keep(page.address):
                await self.ask(page.address, page.family.asked)
        self._pictures()
        self._indexes()
        await self._data(left_out)
        if self.links.above is None:
            self.missing(await self._rendered(MISSING, heading="There is no such page"))
        await self.further()
        for address in self.folder.files.addresses_below(ASSETS) if self.affected is not None else ():
            self.folder.keep(address)
        await self.assets()
        self._found_by_machines()

    def told(self, address: str, html: str) -> Iterable[Markup]:
        """Return what a page says of itself; that of a claim with a picture, and what was decided as data."""
        found = _CLAIM.fullmatch(address)
        return self._of_claim(address, unescape(found[1])) if found else super().told(address, html)

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
                    drawn = one.name.removeprefix(self.folder.below)
                    name = drawn.removesuffix(CARD) + PICTURE
                    self.folder.put(name, png(self.folder.read(drawn)), address=one.address)

    def _indexes(self) -> None:
        for table in FACETS:
            for name, data in index(documents(self.db, table)):
                self.folder.put(f"search/{table}/{name}", data)

    async def _rendered(self, template: str, **told: Any) -> str:
        """Return a page that only a site has."""
        told |= {"factledger": True, "ledger_name": DATABASE, "words": words, "marks": marks}
        return str(await self.datasette.render_template(template, told | {"site": self.options.service}))

    async def _data(self, left_out: tuple[str, ...]) -> None:
        files = write_data(self.ledger, Path(self.ledger.path).parent)
        listed = [Download(f"{DOWNLOADS}/{one.name}", WHAT[one.name], one.stat().st_size) for one in files]
        html = await self._rendered(DATA, view=data_view(self.db, listed, left_out))
        self.page(DATA_PAGE, html, headers.OURS)

    def _found_by_machines(self) -> None:
        url = self.options.url
        if self.links.above is None:
            self.folder.put("robots.txt", robots([url] if url else []))
        if url:
            pages = ((self.links.absolute(one), self._changed(one)) for one in self.pages.in_order() if is_page(one))
            for name, data in sitemap(pages, url):
                self.folder.put(name, data)

    def _changed(self, address: str) -> str:
        """Return the day on which what a page is about changed last, if it is a claim."""
        found = _CLAIM.fullmatch(address)
        claims = queries.rows(self.db, "claims", id=unescape(found[1])) if found else ()
        return next((str(row["changed"])[:10] for row in claims), "")
