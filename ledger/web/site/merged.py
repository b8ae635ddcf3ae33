"""Write a merged file as a site: the pages over all its ledgers, and below them the site of each.

    index.html, -/claims/   what a server shows of all
    ORIGIN/                 a ledger's own site, with a line on each page that says whose it is

A claim's page shows what other newsrooms hold of it, so that every page is made again when anything came in. A file
that comes out as it was stays untouched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import attrs

from ... import store
from ...log import Checkpoint
from ...model import Verdict
from ...store.merged import Member, MergedFile, open_merged
from .. import marks
from ..addresses import folder_of, path
from ..detect import DATABASE
from ..merged import CLAIMS, STATIC, MergedSite, among
from ..serve import application_of
from .addresses import file_of, is_page, place_of
from .beside import robots, sitemap
from .folder import SiteFolder
from .links import Links
from .manifest import Manifest
from .options import SiteOptions
from .pages import FIRST, SitePages
from .run import begun
from .search import Findable, index
from .write import write_site

PAGES = (FIRST, CLAIMS)
"""The pages over all ledgers."""

INDEX = "claims"
"""The index of what is searched in all."""


def publish_merged(
    folder: SiteFolder, file: Path, options: SiteOptions, left_out: Mapping[str, Iterable[str]], *, anew: bool = False
) -> int | None:
    """Write the site of a merged file that was verified, and return how many files were removed; None: it is there.

    `left_out` is what readers of a ledger are told is not in its site, by its origin. Raises InputError if the folder
    is the site of something else.
    """
    with store.faults_told(file), open_merged(file) as opened:
        said = Checkpoint.read(opened.note.text)
        state = f"{said.size} {said.root.hex()}"
        if not begun(folder, opened.uid, options, state, anew=anew):
            return None
        members = {folder_of(one.head.origin, one.head.ledger): one for one in opened.members()}
        top = _MergedPages(folder, opened, options, members)
        with closing(top.app):
            for slug, member in members.items():
                top.write_member(slug, member, left_out[member.head.origin])
            asyncio.run(top.write())
        return folder.finish(Manifest(opened.uid, options.made_by, said.size, said.root.hex(), state))


@attrs.frozen
class _Everything:
    """What there is in the site: the pages over all, and whatever lies below the folder of a ledger."""

    members: Mapping[str, Member]

    def __contains__(self, address: object) -> bool:
        return address in PAGES or str(address).split("/")[1] in self.members


class _MergedPages(SitePages):
    """One run: the pages over all ledgers, and the sites of these."""

    static = STATIC.rstrip("/")
    searched: ClassVar = {CLAIMS: INDEX}

    def __init__(
        self, folder: SiteFolder, file: MergedFile, options: SiteOptions, members: Mapping[str, Member]
    ) -> None:
        self.app: MergedSite = application_of(file.path, options.site, options.service)
        links = Links(options.host, options.site.path, _Everything(members))
        super().__init__(folder, options, self.app, links, options.title or file.name)
        self.file, self.members = file, members

    def write_member(self, slug: str, member: Member, left_out: Iterable[str]) -> None:
        """Write the site of one ledger into a folder of its own."""
        origin, base = member.head.origin, self.options.site.path
        options = attrs.evolve(
            self.options,
            site=attrs.evolve(self.options.site, path=f"{base}{slug}/"),
            title=origin,
            among=among(self.file.path, self.file.name, base, origin),
        )
        part = attrs.evolve(self.folder, below=f"{slug}/")
        data = self.folder.beside / ".data" / slug
        data.mkdir(parents=True)
        self.file.take_out(member, data / "ledger.db")
        write_site(part, data / "ledger.db", options, left_out=left_out, above=self.links)
        part.take_data(data)

    async def write(self) -> None:
        """Write the pages over all ledgers, and what lies beside them."""
        for address in PAGES:
            await self.ask(address)
        for name, data in index(self._documents()):
            self.folder.put(f"search/{INDEX}/{name}", data)
        self.missing((await self.asker.get("/404.html")).text)
        await self.further()
        await self.assets()
        self._found_by_machines()

    def _documents(self) -> Iterator[Findable]:
        """Yield what can be searched for; the last is shown first."""
        folders = {one.head.origin: slug for slug, one in self.members.items()}
        for row in self.file.each_record("claim"):
            page = f"/{folders[row['origin']]}/{DATABASE}/claims/{path(row['id'])}"
            mark = marks.verdict(Verdict(row["verdict"])).striptags()
            yield Findable(address=place_of(file_of(page)), text=row["words"], aside=row["origin"], mark=mark)

    def _found_by_machines(self) -> None:
        url = self.options.url
        self.folder.put("robots.txt", robots([url, *(f"{url}{slug}/" for slug in self.members)] if url else []))
        if url:
            pages = sorted({*PAGES, *filter(is_page, self.links.further)})
            for name, data in sitemap(((self.links.absolute(one), "") for one in pages), url):
                self.folder.put(name, data)
