"""CSL-JSON, as Zotero and other reference managers write and read it: each item is a source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ..format import Document, Exchange, Extract, ImportItem
from ..model import Agent, AgentKind, SourceKind
from ..rules import LONGEST, LONGEST_OTHER
from .citations import Citation, cited
from .foreign import Json, Notes, Work, address, agent, day, language, plain, several, short

TYPES = {
    SourceKind.ARTICLE: "article-newspaper",
    SourceKind.WIRE_REPORT: "article-newspaper",
    SourceKind.SPEECH: "speech",
    SourceKind.STATEMENT: "document",
    SourceKind.INTERVIEW: "interview",
    SourceKind.DATASET: "dataset",
    SourceKind.POST: "post",
    SourceKind.RECORDING: "broadcast",
    SourceKind.LAW: "legislation",
}
"""What a source is as an item."""

PRINTED = (SourceKind.ARTICLE, SourceKind.WIRE_REPORT, SourceKind.POST)
"""Kinds that stand in something that has a name of its own."""

KINDS = {
    "article-newspaper": SourceKind.ARTICLE,
    "article-magazine": SourceKind.ARTICLE,
    "post-weblog": SourceKind.ARTICLE,
    "post": SourceKind.POST,
    "dataset": SourceKind.DATASET,
    "speech": SourceKind.SPEECH,
    "interview": SourceKind.INTERVIEW,
    "legislation": SourceKind.LAW,
    "bill": SourceKind.LAW,
    "treaty": SourceKind.LAW,
    "broadcast": SourceKind.RECORDING,
    "motion_picture": SourceKind.RECORDING,
    "song": SourceKind.RECORDING,
}
"""What an item's type is here; all others are documents."""

DATES = ("issued", "original-date", "event-date")
IDENTIFIERS = ("DOI", "ISBN", "ISSN", "PMID")


class CslJson(Exchange):
    """CSL-JSON, in and out."""

    name = "csl"
    title = "sources from a reference manager (CSL-JSON, as Zotero exports it)"
    carries = (
        "title, kind, address, first author, publisher or container, date, language, identifiers, abstract; "
        "out: the newest copy's hash"
    )
    loses = (
        "further authors but in a note, volumes and pages but in a note, attached files, collections; "
        "out: claims, evidence, chains"
    )
    media_type = "application/vnd.citationstyles.csl+json"
    suffixes = (".json", ".csl.json")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield the sources that are cited, as a list."""
        yield "["
        for number, one in enumerate(cited(extract)):
            yield f"{',' if number else ''}\n{json.dumps(_reference(one), ensure_ascii=False, indent=1)}"
        yield "\n]\n"

    def recognises(self, document: Document) -> bool:
        try:
            told = document.json()
        except InputError:
            return False
        first = told[0] if isinstance(told, list) and told else None
        return isinstance(first, dict) and "type" in first and "title" in first and "@type" not in first

    def read(self, document: Document) -> Iterator[ImportItem]:
        """Yield an item for each reference."""
        told = document.json()
        items = told.get("items") if isinstance(told, dict) else told
        if not isinstance(items, list):
            raise InputError("There is no list of references in it.", where=document.name, hint="Export as CSL JSON.")
        for number, one in enumerate(items, 1):
            yield _item(number, one)


def _reference(cited: Citation) -> Json:
    source, day_of = cited.source, cited.published
    told: Json = {"id": source.handle, "type": TYPES.get(source.kind, "document"), "title": source.title}
    if cited.author is not None:
        told["author"] = [_named(cited.author)]
    if cited.house is not None:
        told["container-title" if source.kind in PRINTED else "publisher"] = cited.house.name
    if day_of is not None:
        told["issued"] = {"date-parts": [list(day_of.parts)]} | ({"circa": True} if day_of.about else {})
    elif source.published:
        told["issued"] = {"literal": source.published}
    if source.url:
        told["URL"] = source.url
    if source.language:
        told["language"] = source.language
    if cited.copy is not None:
        if cited.taken is not None:
            told["accessed"] = {"date-parts": [list(cited.taken.parts)]}
        told["archive"] = cited.archive
        told["archive_location"] = f"sha256:{cited.copy.sha256}"
    return told


def _named(author: Agent) -> Json:
    """Return a name in the parts that styles ask for: of a person, its last word is taken for the family's."""
    given, _, family = author.name.rpartition(" ")
    if author.kind is not AgentKind.PERSON or not given:
        return {"literal": author.name}
    return {"given": given, "family": family}


def _item(number: int, one: Any) -> ImportItem:
    if not isinstance(one, dict):
        return ImportItem(name=f"reference {number}", refused="It is no object.")
    notes = Notes()
    title = plain(one.get("title")) or plain(one.get("title-short"))
    name = short(one.get("id") or title or f"reference {number}", 80)
    people = [
        _person(each, notes) for key in ("author", "speaker", "interviewer", "editor") for each in several(one.get(key))
    ]
    authors = [each for each in people if each is not None]
    house = plain(one.get("publisher")) or plain(one.get("container-title"))
    work = Work(
        title=title,
        url=address(one.get("URL"), "the address", notes) or _doi(one),
        kind=KINDS.get(plain(one.get("type")), SourceKind.DOCUMENT),
        author=authors[0] if authors else None,
        publisher=agent(house, AgentKind.ORGANISATION, "the publisher", notes),
        published=next(filter(None, (_date(one.get(key), notes) for key in DATES)), None),
        language=language(one.get("language"), notes),
        note=_note(one, authors, house)[:LONGEST_OTHER] or None,
    )
    source = work.source()
    if source is None or not title:
        return ImportItem(name=name, refused="It has no title.", left_out=tuple(notes.lines))
    if len(title) > LONGEST["title"]:
        notes.leave("the title", title, f"only its first {LONGEST['title']} characters are taken")
    return ImportItem(name=name, records=(*work.agents, source), left_out=tuple(notes.lines))


def _person(value: Any, notes: Notes) -> Agent | None:
    if not isinstance(value, dict):
        return agent(plain(value), AgentKind.PERSON, "an author", notes)
    whole = plain(value.get("literal"))
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    name = whole or " ".join(filter(None, (plain(value.get(part)) for part in parts)))
    return agent(name, AgentKind.ORGANISATION if whole else AgentKind.PERSON, "an author", notes)


def _date(value: Any, notes: Notes) -> str | None:
    """Return a date, or two as a span, as EDTF."""
    if not isinstance(value, dict):
        return day(value, "a date", notes)
    parts = value.get("date-parts")
    ends = [end for end in parts[:2] if isinstance(end, list) and end] if isinstance(parts, list) else []
    if not ends:
        return day(value.get("raw") or value.get("literal"), "a date", notes)
    days = [
        day("-".join(str(part).strip().zfill(4 - 2 * bool(at)) for at, part in enumerate(end[:3])), "a date", notes)
        for end in ends
    ]
    about = "~" if value.get("circa") else ""
    return "/".join(f"{one}{about}" for one in days) if all(days) else None


def _doi(one: Json) -> str | None:
    doi = plain(one.get("DOI"))
    return f"https://doi.org/{doi}" if doi.startswith("10.") and " " not in doi else None


def _note(one: Json, authors: list[Agent], house: str) -> str:
    """Return what else a reference says, in a line."""
    container = plain(one.get("container-title"))
    said = [
        f"By {', '.join(each.name for each in authors)}." if len(authors) > 1 else "",
        f"In {container}." if container and container != house else "",
        *(f"{key} {plain(one[key])}." for key in IDENTIFIERS if plain(one.get(key))),
        *(f"{key} {plain(one[key])}." for key in ("volume", "issue", "page") if plain(one.get(key))),
        plain(one.get("abstract")),
        plain(one.get("note")),
    ]
    return " ".join(filter(None, said))
