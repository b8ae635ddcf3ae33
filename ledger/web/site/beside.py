"""What lies beside the pages: the data to download, and the lists by which machines find the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
from markupsafe import Markup

from ... import store, trust
from ...exchange import export_log
from ...store import Ledger, queries

AT_MOST = 10_000
"""Addresses in one sitemap; five times as many may be (sitemaps.org)."""


@attrs.frozen
class Download:
    """A file of the data: its name below the folder of the site, what it is, and how many bytes it has."""

    path: str
    what: str
    size: int


@attrs.frozen
class DataView:
    """What the page of the data shows."""

    origin: str
    size: int
    root: str
    files: tuple[Download, ...]
    left_out: tuple[str, ...]


def data_view(db: Any, files: Iterable[Download], left_out: Iterable[str]) -> DataView:
    """Return what the page of the data shows."""
    head = queries.head(db)
    return DataView(queries.origin(db), head.size, head.root.hex(), tuple(files), tuple(left_out))


CHECKPOINT = "checkpoint.txt"

WHAT = {
    "ledger.db": "The ledger as an SQLite file, without what is withheld.",
    "ledger.ndjson": "Its log as lines of JSON, for any program: hashed again, it comes to the same root.",
    CHECKPOINT: "Its newest signed checkpoint: keep it, and later copies can be held to it.",
    "log.key": "The key that the checkpoint is checked with. Compare it with one that you got another way.",
}


def write_data(ledger: Ledger, folder: Path) -> list[Path]:
    """Write the log, the newest checkpoint and the key beside a published copy, and return all files to download."""
    with (folder / "ledger.ndjson").open("wb") as out:
        export_log(ledger, out)
    notes = store.checkpoints(ledger.db)
    if notes:
        (folder / CHECKPOINT).write_text(str(notes[-1]), encoding="utf-8")
    (folder / "log.key").write_text(f"{trust.log_key(ledger)}\n", encoding="utf-8")
    return [folder / name for name in WHAT if (folder / name).exists()]


def sitemap(pages: Iterable[tuple[str, str]], url: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of the sitemap, or of several and the one that lists them.

    `pages` are absolute addresses, each with the day on which it changed ("" if that is not known), `url` that of
    the site.
    """
    pages, names = iter(pages), list[str]()
    part, following = list(islice(pages, AT_MOST)), list(islice(pages, AT_MOST))
    if part and not following:
        yield "sitemap.xml", _xml("urlset", "url", part)
        return
    while part:
        names.append(f"sitemap-{len(names) + 1}.xml")
        yield names[-1], _xml("urlset", "url", part)
        part, following = following, list(islice(pages, AT_MOST))
    if names:
        yield "sitemap.xml", _xml("sitemapindex", "sitemap", [(url + name, "") for name in names])


def robots(urls: Iterable[str]) -> bytes:
    """Return what crawlers are told: all may be read; of these sites there are sitemaps.

    They look for it at the root of a host only.
    """
    return "".join(["User-agent: *\nAllow: /\n", *(f"Sitemap: {url}sitemap.xml\n" for url in urls)]).encode()


def _xml(root: str, element: str, entries: Iterable[tuple[str, str]]) -> bytes:
    lines = [
        Markup("<{0}><loc>{1}</loc>{2}</{0}>").format(
            element, page, Markup("<lastmod>{}</lastmod>").format(day) if day else ""
        )
        for page, day in entries
    ]
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (start + "\n".join(lines) + f"\n</{root}>\n").encode()
