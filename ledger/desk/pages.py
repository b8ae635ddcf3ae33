"""From a fetched page to what is archived of it: its words, and what a court asks of the copy."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..book import Custody
from ..capture import Extraction, read
from ..capture.encoding import charset_of
from ..capture.fetch import Fetched, Robots
from ..capture.rendering import Rendered
from ..model import Capture

SECRET = ("set-cookie", "www-authenticate", "proxy-authenticate", "authentication-info")
"""Headers that may hold what is nobody else's business."""

MOST_HEADERS, LONGEST_HEADER = 60, 500

RENDERED = "rendered by "
"""How the custody of a page begins that a browser drew."""
NOT_SEEN, LONGEST_NOT_SEEN = 3, 80
"""Lines of a rendered page that nobody saw which a note names, and characters of each."""


@attrs.frozen
class FetchedPage:
    """A fetched page: its words, and its way here."""

    reading: Extraction
    custody: Custody


def page_of(fetched: Fetched) -> FetchedPage:
    """Return what is archived of a fetched page; raise InputError if it holds no words that can be read."""
    reading = read(
        fetched.body,
        name=fetched.final_url,
        media_type=fetched.media_type or None,
        charset=charset_of(fetched.headers),
        where=fetched.final_url,
    )
    return FetchedPage(attrs.evolve(reading, file_name=None), custody_of(fetched))


def rendered_page(rendered: Rendered) -> FetchedPage:
    """Return what is archived of a page that a browser drew; raise InputError if it shows no words."""
    page = rendered.page
    reading = read(rendered.saved, media_type="multipart/related", where=page.final_url)
    custody = custody_of(page)
    missing = "".join(f", not loaded: {number:,} ({why})" for why, number in rendered.not_loaded.items())
    parts = f"parts loaded: {rendered.loaded:,}{missing}"
    how = f"{RENDERED}{rendered.version}, which ran its scripts; {parts}; {custody.how}"
    return FetchedPage(
        attrs.evolve(reading, notes=(*_of_rendering(rendered, reading), *reading.notes)),
        attrs.evolve(custody, how=how, original=False),
    )


def is_rendered(copy: Capture) -> bool:
    """Return whether a copy is of a page that a browser drew, and not what its server sent."""
    return (copy.how or "").startswith(RENDERED)


def _of_rendering(rendered: Rendered, reading: Extraction) -> list[str]:
    """Return what to know of a rendered page before relying on its words."""
    notes = [
        "Rendered: what scripts wrote for this visitor, at this time, without scrolling, clicking or logging in. "
        "It does not show what others were shown, and is not what the server sent."
    ]
    if missing := sum(rendered.not_loaded.values()):
        notes.append(f"Not loaded of the page's parts: {missing:,}; words may be missing with them.")
    seen = " ".join(rendered.seen.split()).casefold()
    lines = dict.fromkeys(" ".join(line.split()) for line in reading.text.split("\n"))
    unseen = [line for line in lines if line.casefold() not in seen]
    if unseen:
        named = ", ".join(f"“{line[:LONGEST_NOT_SEEN]}”" for line in unseen[:NOT_SEEN])
        more = f" and {len(unseen) - NOT_SEEN:,} more" if len(unseen) > NOT_SEEN else ""
        notes.append(f"In the words of the page, and not shown by the browser as it opens: {named}{more}.")
    return notes


def page_in(reading: Extraction, *, how: str) -> FetchedPage:
    """Return what is archived of a document that a person gave; of a web archive, what it says of its page too."""
    answer = reading.response
    if answer is None:
        return FetchedPage(reading, Custody(how=how, headers=_headers(reading.headers)))
    custody = Custody(how=f"{how}, a web archive", url=answer.address, headers=_headers(answer.headers))
    return FetchedPage(reading, custody)


def _headers(headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept = [(name[:80], value[:LONGEST_HEADER]) for name, value in headers if name.lower() not in SECRET]
    return tuple(kept[:MOST_HEADERS])


def custody_of(fetched: Fetched) -> Custody:
    """Return through whose hands a page came: the server that answered, and this program."""
    said = [f"fetched from {fetched.address}"]
    if fetched.redirects:
        said.append(f"led on {len(fetched.redirects)} times from {fetched.url}")
    if fetched.robots is Robots.NOT_ASKED:
        said.append("robots.txt was not asked")
    if fetched.ended == "close":
        said.append("the server gave no length: that the end was cut off cannot be excluded")
    return Custody(
        taken_from=fetched.url[:2_000],
        taken_at=fetched.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        how="; ".join(said),
        edited=False,
        url=fetched.final_url,
        headers=_headers(fetched.headers),
    )
