"""listed-source: no source is on a list that the house keeps.

The list is a CSV file, named under [lists] of a policy: listed-sources = "listed.csv". These are its columns; each
line fills one of the first four at least, and others are left alone:

    url     a site (example.org, with all its subdomains), or where an address begins
    doi     a DOI, looked for in the source's address
    name    the name of an author or publisher
    title   a title
    why     what is wrong with it, for readers: Retracted in 2031
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs

from ledger import Checker, Context, Dossier, Finding, Source, Stance, needs

from .common import HIDDEN, RecordNames, counting, plain

LIST = "listed-sources"
SETTING = needs(f"lists.{LIST}")
COLUMNS = ("url", "doi", "name", "title")
ARCHIVES = ("web.archive.org", "archive.org", "archive.ph", "archive.today", "archive.is")
"""Sites whose addresses hold the address of what they keep."""

MOST_LINES = 20
MOST_PARTS = 20
LONGEST_URL = 2_000
LONGEST_HOST = 253
LONGEST_WHY = 120

_DOI = re.compile(r"10\.\d{4,9}/[^\s?#]+")
_NESTED = re.compile(r"/(https?:/+[^\s]+)", re.IGNORECASE)


class ListedSource(Checker):
    """Checks: whether a source, or what it comes from, is on a list that the house keeps: retracted papers, satire.
    Why it matters: a retracted study goes on being cited, and satire goes on being believed.
    Fails on: a listed source for or against the claim; it warns where one is on the trail, or given as context.
    Passes on: no source that the list names.
    """

    name = "listed-source"
    version = 2
    establishes = "that no recorded source is on the house's list, by address, author, publisher or title"
    does_not_establish = "that the list is complete, nor that what is not on it is sound"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        rows = context.policy.lists.get(LIST)
        if rows is None:
            fix = f'Name a CSV file in the policy, under [lists]: {LIST} = "listed.csv"'
            yield self.abstains(
                "No list of retracted papers or satire was given.",
                code="no_list",
                cites=[dossier.claim],
                fix=fix,
                missing=[SETTING],
            )
            return
        listed = _listed(rows)
        sources = [source for uid, source in dossier.sources.items() if uid not in dossier.withdrawn]
        found = {source.uid: line for source in sources if (line := listed.line_of(source, dossier)) is not None}
        if found:
            yield from self._found(dossier, listed, found)
        if listed.faults:
            yield self.abstains(
                listed.faults[0],
                code="bad_list",
                cites=[dossier.claim],
                fix=f"Mend the list; its columns are {', '.join(COLUMNS)} and why.",
                missing=[SETTING],
                details=listed.faults[:MOST_LINES] if len(listed.faults) > 1 else (),
            )
        elif not sources:
            missing = [needs("evidence", dossier.claim)]
            yield self.abstains(
                "There is no source to look up.", code="no_source", cites=[dossier.claim], missing=missing
            )
        elif not found:
            count = "Its source is" if len(sources) == 1 else f"None of its {len(sources)} sources is"
            no = " not" if len(sources) == 1 else ""
            yield self.passes(f"{count}{no} on the list.", code="not_listed", cites=[dossier.claim])

    def _found(self, dossier: Dossier, listed: Listed, found: Mapping[str, int]) -> Iterator[Finding]:
        told = RecordNames(dossier)
        carry = {item.source for item in counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS)}
        around = {item.source for item in counting(dossier, Stance.CONTEXT)} - carry
        for uids, role, say, code in (
            (found.keys() & carry, "", self.fails, "listed"),
            (found.keys() - carry - around, ", which the trail runs through,", self.warns, "listed_on_trail"),
            (found.keys() & around, ", given as context,", self.warns, "listed_context"),
        ):
            if uids:
                order = told.ordered(uids)
                be = "is" if len(order) == 1 else "are"
                why = f": {listed.why[found[order[0]]]}" if len(order) == 1 else ""
                yield say(
                    f"{told.titles(order)}{role} {be} on the list{why}.",
                    code=code,
                    cites=order[:MOST_LINES],
                    fix="See what falls without it: factledger impact " + dossier.sources[order[0]].handle,
                    details=[f"{told.title(uid)}: {listed.why[found[uid]]}." for uid in order[:MOST_LINES]]
                    if len(order) > 1
                    else (),
                )


@attrs.frozen
class Listed:
    """A list, ready to be looked up: what is listed leads to its line, and that to why.

    `places` leads from a host to the (path, line) pairs listed there; `faults` says which lines cannot be used.
    """

    places: Mapping[str, list[tuple[str, int]]]
    dois: Mapping[str, int]
    names: Mapping[str, int]
    titles: Mapping[str, int]
    why: Mapping[int, str]
    faults: tuple[str, ...]

    def line_of(self, source: Source, dossier: Dossier) -> int | None:
        """Return the first line of the list that names a source."""
        agents = (dossier.agent(source.author), dossier.agent(source.publisher))
        lines = [
            *self._lines_of_address(source.url or ""),
            *(self.names.get(_folded(agent.name)) for agent in agents if agent and agent.name not in HIDDEN),
            None if source.title in HIDDEN else self.titles.get(_folded(source.title)),
        ]
        return min((line for line in lines if line is not None), default=None)

    def _lines_of_address(self, url: str) -> Iterator[int | None]:
        place = _place(url)
        if place is None:
            return
        host, path = place
        for site in _sites(host):
            yield from (line for listed, line in self.places.get(site, ()) if _begins(path, listed))
        if doi := _DOI.search(path):
            parts = doi[0].split("/")[:MOST_PARTS]
            yield from (self.dois.get("/".join(parts[:end])) for end in range(2, len(parts) + 1))
        if host in ARCHIVES and (kept := _NESTED.search(url)):
            yield from self._lines_of_address(kept[1][:LONGEST_URL])


_read_last: list[tuple[Iterable[Any], Listed]] = []


def _listed(rows: Iterable[Any]) -> Listed:
    """Return a list, read once for a whole run."""
    if not _read_last or _read_last[0][0] is not rows:
        _read_last[:] = [(rows, read_list(rows))]
    return _read_last[0][1]


def read_list(rows: Iterable[Any]) -> Listed:
    """Return a list as it was read from a CSV file; a line that cannot be used becomes a fault."""
    places: dict[str, list[tuple[str, int]]] = {}
    dois: dict[str, int] = {}
    names: dict[str, int] = {}
    titles: dict[str, int] = {}
    why: dict[int, str] = {}
    faults = []
    for line, row in enumerate(rows, 2):
        cells = _cells(row)
        place, doi = _place(cells.get("url", "")), _DOI.fullmatch(_without_resolver(cells.get("doi", "")))
        if not cells.keys() & {*COLUMNS}:
            faults.append(f"Line {line} of the list names no source.")
        elif ("url" in cells and place is None) or ("doi" in cells and doi is None):
            faults.append(
                f"Line {line} of the list has a {'url' if place is None and 'url' in cells else 'doi'} that is none."
            )
        else:
            why[line] = plain(cells.get("why", "no reason is given"), LONGEST_WHY).rstrip(".")
            if place:
                places.setdefault(place[0], []).append((place[1], line))
            for index, key in ((dois, doi and doi[0]), (names, cells.get("name")), (titles, cells.get("title"))):
                if key and (known := key if index is dois else _folded(key)):
                    index.setdefault(known, line)
    return Listed(places, dois, names, titles, why, tuple(faults))


def _cells(row: Any) -> dict[str, str]:
    """Return the cells of a line that are filled, by the names of their columns; none if it is no line."""
    if not isinstance(row, Mapping):
        return {}
    filled = ((name, cell) for name, cell in row.items() if isinstance(name, str) and isinstance(cell, str))
    return {name.strip().lower(): cell.strip() for name, cell in filled if cell.strip()}


@lru_cache(maxsize=4096)
def _place(url: str) -> tuple[str, str] | None:
    """Return the host and the rest of a web address, both as they are compared; None if it is none."""
    text = url[:LONGEST_URL].strip().lower()
    try:
        parts = urlsplit(text if "://" in text else f"//{text.lstrip('/')}")
        host = (parts.hostname or "").rstrip(".").removeprefix("*.").removeprefix("www.")
        if not host.isascii() and len(host) <= LONGEST_HOST:
            host = host.encode("idna").decode()
    except ValueError:
        return None
    if "." not in host or len(host) > LONGEST_HOST or any(map(str.isspace, host)):
        return None
    return host, unquote(parts.path).rstrip("/") + (f"?{parts.query}" if parts.query else "")


def _sites(host: str) -> Iterator[str]:
    """Yield a host and the domains that it belongs to; a numeric address belongs to none."""
    yield host
    labels = host.split(".")
    if not labels[-1].isdigit():
        yield from (".".join(labels[at:]) for at in range(1, len(labels) - 1))


def _begins(path: str, listed: str) -> bool:
    """Return whether a listed path is this one, or ends where one of its parts does."""
    return path == listed or (path.startswith(listed) and path[len(listed)] in "/?")


def _without_resolver(doi: str) -> str:
    return doi.lower().removeprefix("doi:").strip().removeprefix("https://doi.org/")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return the words of a name or title, as they are compared."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
