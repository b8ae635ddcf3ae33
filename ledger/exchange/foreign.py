"""What other programs' files say, taken gently: texts out of markup, dates that are dates, names that are somebody's.

What cannot be taken is never dropped in silence: it is said in `notes`, in words that stand after the name of an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import attrs

from ..model import Agent, AgentKind, Source, SourceKind
from ..rules import LONGEST

Json = dict[str, Any]

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_TAG_IN_LINE = re.compile(r"</?(?:a|b|em|i|small|span|strong|u)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NOBODY = re.compile(
    r"(?:.*\b(?:users|posts|netizens|accounts|pages|memes|messages|sources|videos|images|articles|websites|people|"
    r"tweets|reports|outlets|social media|internet|online)|"
    r"(?:facebook|instagram|twitter|x|tiktok|whatsapp|telegram) (?:post|video|photo|image|account|page|message|reel)|"
    r"(?:anonymous|multiple|several|various|numerous|many|some|unknown|viral|n/?a|none|no author|tbd)\b.*)",
    re.IGNORECASE,
)
"""Words that fact-checkers write where nobody is named as the one who claims it."""


@attrs.define
class Notes:
    """What of an item is not taken, line by line."""

    lines: list[str] = attrs.field(factory=list)

    def leave(self, what: str, value: object, why: str) -> None:
        """Note that something is left out, with its first words."""
        self.lines.append(f"{what} “{short(value)}”: {why}")


def short(value: object, most: int = 60) -> str:
    words = " ".join(str(value).split())
    return f"{words[:most]}…" if len(words) > most else words


def plain(value: Any) -> str:
    """Return a value's text in one line, without markup, entities and signs that do not show; "" for no text."""
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, list):
        return next(filter(None, map(plain, value)), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = unescape(unescape(str(value))) if "&" in str(value) else str(value)
    return " ".join(_UNSEEN.sub("", _TAG.sub(" ", _TAG_IN_LINE.sub("", text))).split())


def several(value: Any) -> list[Any]:
    """Return the members of a list, or a value alone, or none for nothing."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def day(value: Any, what: str, notes: Notes) -> str | None:
    """Return a year, month or day as EDTF; None, noted, for what is none or could be two."""
    written = plain(value)
    if not written:
        return None
    found = _DATE.fullmatch(written)
    year, month, number = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
    try:
        date(year, month or 1, number or 1)
    except ValueError:
        notes.leave(what, written, "no date, or more than one")
        return None
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{number:02}"] if number else [])])


def address(value: Any, what: str, notes: Notes) -> str | None:
    """Return a web address; None, noted, for what is none."""
    for one in several(value):
        written = plain(one.get("@id") or one.get("url") if isinstance(one, dict) else one)
        if not written:
            continue
        try:
            parts = urlsplit(written)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme in ("http", "https") and parts.netloc and " " not in written and len(written) <= LONGEST["url"]:
            return written
        notes.leave(what, written, "no web address")
    return None


def language(value: Any, notes: Notes) -> str | None:
    """Return a language's tag, as en or pt-BR; None, noted, for what is none."""
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    written = plain(value).replace("_", "-")
    if not written:
        return None
    tag = written[:3].lower() + written[3:] if written[2:3] != "-" else written[:2].lower() + written[2:]
    if _LANGUAGE.fullmatch(tag):
        return tag
    notes.leave("the language", written, "no tag such as en")
    return None


def host(url: str | None) -> str:
    """Return the name of the site of an address, such as facts.example."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def agent(name: str, kind: AgentKind, what: str, notes: Notes) -> Agent | None:
    """Return an agent of a name; None, noted, for what is too long to be one."""
    if not name:
        return None
    if len(name) > LONGEST["name"]:
        notes.leave(what, name, f"longer than a name, {LONGEST['name']} characters")
        return None
    return Agent(uid=f"agent {name.casefold()}", handle="", name=name, kind=kind)


def claimant(name: str, kind: AgentKind, notes: Notes) -> Agent | None:
    """Return who claims something; None, noted, where nobody is named: “Facebook users”."""
    if _NOBODY.fullmatch(name):
        notes.leave("the claimant", name, "nobody's name")
        return None
    return agent(name, kind, "the claimant", notes)


@attrs.frozen(kw_only=True)
class Work:
    """A work that a file tells of: an article, a post, a book."""

    title: str = ""
    url: str | None = None
    kind: SourceKind = SourceKind.DOCUMENT
    author: Agent | None = None
    publisher: Agent | None = None
    published: str | None = None
    language: str | None = None
    note: str | None = None

    def source(self) -> Source | None:
        """Return it as a source, called by its title or address; None where it has neither."""
        title = self.title[: LONGEST["title"]] or self.url or ""
        if not title:
            return None
        return Source(
            uid=f"source {self.url or title}",
            handle="",
            title=title[: LONGEST["title"]],
            kind=self.kind,
            author=self.author.uid if self.author else None,
            publisher=self.publisher.uid if self.publisher else None,
            published=self.published,
            language=self.language,
            url=self.url,
            note=self.note,
        )

    @property
    def agents(self) -> Iterator[Agent]:
        """Yield whom it is from."""
        yield from filter(None, (self.author, self.publisher))


def once(records: Iterable[Any]) -> tuple[Any, ...]:
    """Return records without those that name the same by the same uid again."""
    return tuple({one.uid: one for one in records}.values())
