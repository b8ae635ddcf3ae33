"""The links of a page, turned into ones that hold in a folder on any host and below any path."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from html import escape, unescape
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, urljoin, urlsplit

import attrs

from ..describe import TABLES
from ..detect import DATABASE
from .addresses import ASSETS, canonical, file_of, place_of
from .lists import FACETS

DATA_PAGE = "/-/ledger/data"

LISTED = {f"/{table}": f"/-/ledger/{table}" for table in ("claims", "sources", "inquiries")} | {
    "/agents": "/-/ledger/people",
    "/checkers": "/-/ledger/checkers",
}

INSTEAD: Mapping[str, str] = {
    **{f"/{DATABASE}{table}": LISTED.get(table, DATA_PAGE) for table in ("", *(f"/{name}" for name in TABLES))},
    f"/{DATABASE}/corrected": "/-/ledger/corrections",
}
"""Datasette's tables -> the list of ours, or the page from which all of them can be downloaded."""

NARROWED = {"q", "_search", *(facet for facets in FACETS.values() for facet in facets)}
"""Parameters by which the script of a site narrows a list."""

PAST = frozenset({"as_of", "until", "at"})
"""Parameters by which a page is asked for as it was: no page as it is may take its place."""

_LINK = re.compile(r'\s(href|src|action)="([^"]*)"')


@attrs.define
class Links:
    """What a site holds, and what its pages were found to need.

    `host` is its scheme and name, empty where it may be any; `base` the path below it. `known` are the addresses of
    its pages. `above` are the links of the site that this one is part of, in a folder of its own. `assets` and
    `further` gather what pages ask for besides: files, and pages that go on.
    """

    host: str
    base: str
    known: Container[str]
    above: Links | None = None
    assets: set[str] = attrs.field(factory=set)
    further: set[str] = attrs.field(factory=set)

    def rewritten(self, html: str, address: str) -> str:
        """Return a page whose links lead from its own file to others, without those that would lead nowhere."""
        return _LINK.sub(lambda found: self._attribute(found[1], unescape(found[2]), address), html)

    def from_root(self, html: str) -> str:
        """Return the first page, rewritten, as one that may be shown at any address below the site's path."""
        return _LINK.sub(lambda found: found[0] if found[2][:1] == "#" else self._whole(found[1], found[2]), html)

    def placed(self, text: str, address: str, *, asked_of: str) -> str:
        """Return a document for programs in which pages go by where they are found: whole, or by the way from it.

        In it they go by whole addresses of the host that it was asked of.
        """
        pattern = rf'"{re.escape(asked_of + self.base)}([^"#]*)'
        return re.sub(pattern, lambda found: f'"{self._place("/" + found[1], address)}', text)

    def way_to(self, asset: str, address: str) -> str:
        """Return the link from a page to a file that it needs."""
        return self._to(asset, dirname(file_of(address)))

    def absolute(self, address: str) -> str:
        """Return where a page is found on the web; empty where the host is not known."""
        return f"{self.host}{self.base}{place_of(file_of(address))}" if self.host else ""

    def _whole(self, name: str, link: str) -> str:
        return f' {name}="{urljoin(self.base, link)}"'

    def _place(self, own: str, address: str) -> str:
        file = file_of(canonical(own)) if canonical(own) in self.known else own.lstrip("/")
        return f"{self.host}{self.base}{place_of(file)}" if self.host else _relative(file, dirname(file_of(address)))

    def _attribute(self, name: str, link: str, address: str) -> str:
        own = self._own(link, address)
        if own is None and self.above is not None:
            return self.above._attribute(name, link, f"/{self.base.removeprefix(self.above.base)}{address[1:]}")
        if own is None:
            return f' {name}="{escape(link)}"'
        to = self._to(own, dirname(file_of(address)))
        return f' {name}="{escape(to)}"' if to else ""

    def _own(self, link: str, address: str) -> str | None:
        """Return the address of a link below the site's path; None if it leads elsewhere, or stays on its page."""
        if link.startswith("?"):
            return address.partition("?")[0] + link
        inside = link.removeprefix(self.host) if self.host else link
        if inside.startswith(self.base) and not inside.startswith("//"):
            return "/" + inside[len(self.base) :]
        return None

    def _to(self, own: str, here: str) -> str:
        """Return the way to an address; empty if the site has nothing there."""
        parts = urlsplit(own)
        if parts.path.startswith(ASSETS):
            self.assets.add(parts.path)
            return _relative(parts.path.lstrip("/"), here)
        mark = f"#{parts.fragment}" if parts.fragment else ""
        address = canonical(own.partition("#")[0])
        first = canonical(address, paged=False)
        past = {name for name, _ in parse_qsl(parts.query)} & PAST
        if address in self.known or (first in self.known and not past):
            if first != address and address not in self.known:
                self.further.add(address)
            return _relative(file_of(address), here) + mark
        path, asked = INSTEAD.get(parts.path, parts.path), {name for name, _ in parse_qsl(parts.query)}
        if path == DATA_PAGE:
            return _relative(file_of(path), here)
        if path in self.known and asked <= NARROWED:
            return _relative(file_of(path), here) + (f"?{parts.query}" if parts.query else "") + mark
        return ""


def _relative(file: str, here: str) -> str:
    place = place_of(file)
    way = relpath("/" + (place or "."), "/" + here)
    return way + "/" if place.endswith("/") or not place else way
