"""What whoever publishes a site says of it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version

import attrs

from ..asking import Service
from ..serve import Site


@attrs.frozen
class SiteOptions:
    """How a site is written.

    `site` is where it will be, `title` heads its pages, `report` is where errors are reported, `captures` is
    whether archived works are shown whole, and `cards` whether there is a PNG of each claim's card. `among` is of a
    ledger of a merged file, as it is of a `Service`.
    """

    site: Site
    title: str | None = None
    report: str | None = None
    captures: bool = False
    cards: bool = False
    among: Mapping[str, str] | None = None

    @property
    def host(self) -> str:
        """The scheme and name of where it will be; empty if that is not said."""
        return f"http{'s' if self.site.https else ''}://{self.site.host}" if self.site.host else ""

    @property
    def url(self) -> str:
        """The address of the site; empty if its host is not said."""
        return self.host + self.site.path if self.host else ""

    @property
    def service(self) -> Service:
        """What a server of these pages is told: without a host, there is nothing that feeds could name."""
        return Service(
            sql=False,
            only=True,
            title=self.title,
            report=self.report,
            whole=self.captures,
            versions=False,
            feeds=bool(self.host),
            among=self.among,
        )

    @property
    def made_by(self) -> str:
        """A digest of what pages depend on besides the ledger: these options, and the programs."""
        return sha256(repr((self, version("factledger"), version("datasette"))).encode()).hexdigest()[:32]
