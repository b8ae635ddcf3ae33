"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from .feeds import Feed, FeedEntry

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (section 2.2)."""

Address = Callable[[str, str], str]
"""Takes a table and a handle, "" for the front page, returns the whole address of the page."""


def atom(feed: Feed, itself: str, address: Address) -> str:
    """Return a feed as XML; `itself` is the address at which it is read."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{feed.id}</id>",
        _text("title", f"{feed.title} ({feed.origin})"),
        f"<updated>{feed.updated}</updated>",
        f"<author>{_text('name', feed.origin)}</author>",
        _link("self", itself, "application/atom+xml"),
        _link("alternate", address(feed.table, feed.handle), "text/html"),
        *(line for entry in feed.entries for line in _entry(entry, address)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(entry: FeedEntry, address: Address) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{entry.id}</id>"
    yield _text("title", entry.title)
    yield f"<updated>{entry.at}</updated>"
    if entry.author:
        yield f"<author>{_text('name', entry.author)}</author>"
    yield _link("alternate", address("claims" if entry.claim else "", entry.claim), "text/html")
    yield _text("summary", entry.summary)
    yield "</entry>"


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(_writable(text))}</{name}>"


def _link(relation: str, address: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={quoteattr(_writable(address))}/>'


def _writable(text: str) -> str:
    return NO_CHARACTER.sub("\ufffd", text)
