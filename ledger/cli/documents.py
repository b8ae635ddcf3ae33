"""Documents that a command is given: a file, standard input, or an address where it says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..capture import Extraction, read, read_file
from ..errors import EnvironmentFault, InputError

if TYPE_CHECKING:  # this brings the network along, which no other command needs
    from ..desk.pages import FetchedPage

encoding_option = click.option(
    "--encoding", metavar="NAME", help="How FILE is encoded, such as windows-1251; else it is found out."
)


def fetched_page(address: str, *, robots: bool) -> FetchedPage:
    """Return a page of the web; here and below is where a command goes online for a copy."""
    from ..capture.fetch import fetch
    from ..desk.pages import page_of

    return page_of(fetch(address, robots=robots))


def rendered_page(address: str, *, robots: bool) -> FetchedPage:
    """Return a page of the web as a browser draws it, under the same rules."""
    from ..capture.chromium import find_chromium
    from ..capture.fetch import PageRequests
    from ..capture.rendering import render
    from ..desk.pages import rendered_page

    browser = find_chromium()
    if browser is None:
        raise EnvironmentFault(
            "To render a page takes Chromium, and none is installed.",
            hint="Install it (apt install chromium), or save the page from a browser and capture the file.",
        )
    return rendered_page(render(address, PageRequests(robots=robots), browser))


def read_document(
    file: str, *, encoding: str | None = None, address: str | None = None, unread: bool = False
) -> Extraction:
    """Return a document's bytes and words, from a file or (-) from standard input; with `unread`, bytes alone too.

    `address` is that of the source, where it is known: a web archive is held to it.
    """
    if file.startswith(("http://", "https://")):
        raise InputError(
            "Nothing is fetched unless you say so.", where=file, hint="Add --fetch, or save the page and give the file."
        )
    if file != "-":
        return read_file(Path(file), encoding=encoding, address=address, unread=unread)
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("Nothing comes in on standard input.", where="-", hint="Give it with < FILE.")
    data = sys.stdin.buffer.read()
    return read(data, encoding=encoding, address=address, unread=unread, where="standard input")
