"""What a document says of itself: title, dates, author, publisher, language, address. Suggestions, never facts.

Each says where it stands, conflicting ones are all kept, and those of one field come in an order of trust: structured
data of the article, the page's own tags, `<time>`, the page around it, the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import attrs

from .markup import RAW, START, attributes, tokens, unescape

LOOKED_AT = 2_000_000
"""Characters of a page that are searched."""
MOST = 200
"""Suggestions from one document."""
LONGEST = 500
"""Characters of a value."""
NODES = 2_000
"""Parts of a page's structured data that are looked at."""

FIELDS = ("title", "published", "modified", "author", "publisher", "language", "address")


@attrs.frozen
class Suggestion:
    """A value for a field of the source, as it is written, and where in the document it stands."""

    field: str
    value: str
    where: str


# name or property of a <meta> tag: field, and place in the order of trust
_META = {
    "article:published_time": ("published", 20),
    "og:article:published_time": ("published", 21),
    "datepublished": ("published", 22),
    "parsely-pub-date": ("published", 23),
    "pubdate": ("published", 24),
    "publishdate": ("published", 24),
    "publish-date": ("published", 24),
    "citation_publication_date": ("published", 25),
    "dc.date.issued": ("published", 25),
    "dcterms.issued": ("published", 25),
    "dcterms.created": ("published", 26),
    "dc.date": ("published", 27),
    "sailthru.date": ("published", 27),
    "date": ("published", 28),
    "article:modified_time": ("modified", 20),
    "og:updated_time": ("modified", 21),
    "datemodified": ("modified", 22),
    "dcterms.modified": ("modified", 23),
    "last-modified": ("modified", 24),
    "og:title": ("title", 20),
    "twitter:title": ("title", 22),
    "dc.title": ("title", 22),
    "citation_title": ("title", 21),
    "author": ("author", 20),
    "article:author": ("author", 21),
    "parsely-author": ("author", 22),
    "citation_author": ("author", 22),
    "dc.creator": ("author", 23),
    "og:site_name": ("publisher", 20),
    "dc.publisher": ("publisher", 21),
    "application-name": ("publisher", 23),
    "og:locale": ("language", 22),
    "content-language": ("language", 21),
    "dc.language": ("language", 21),
    "og:url": ("address", 21),
}
_LINKED = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "modified",
    "author": "author",
    "publisher": "publisher",
    "inLanguage": "language",
    "url": "address",
}
_ARTICLES = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|ClaimReview)$")
_LOOSE = re.compile(r'"(headline|datePublished|dateModified)"\s{0,9}:\s{0,9}"([^"\\\n]{1,300})"')
_TRAILING_COMMA = re.compile(r",\s*+(?=[}\]])")
_WRAPPING = re.compile(r"^\s*+(?://)?\s*+(?:<!--|<!\[CDATA\[)|(?://\s{0,9})?(?:-->|\]\]>)\s{0,99}$")

Ranked = tuple[int, Suggestion]


def from_html(source: str) -> tuple[Suggestion, ...]:
    """Return what a page says of itself in structured data, meta tags, `<time>`, `<title>` and `<html lang>`."""
    return _ordered(_found(source[:LOOKED_AT]))


def from_address(address: str | None) -> tuple[Suggestion, ...]:
    """Return the date that an address carries in its path."""
    if not address or "://" not in address:
        return ()
    path = address.partition("://")[2].partition("?")[0].partition("#")[0][:2000]
    match = re.search(r"/((?:19|20)\d\d)[/-]?(\d\d?)(?:[/-]?(\d\d?)(?!\d))?(?=[/_.-]|$)", path)
    day = _day(*match.groups()) if match else None
    return (Suggestion("published", day, f"address {match[0]}"),) if match and day else ()


_MONTHS = "january february march april may june july august september october november december".split()
_NAMED = "|".join(f"{month[:3]}(?:{month[3:]}|\\.)?" if len(month) > 3 else month for month in _MONTHS)
_DATELINES = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(rf"\b(?P<d>\d\d?)\.? (?P<m>{_NAMED}),? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_NAMED}) (?P<d>\d\d?),? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
)


def from_text(text: str, name: str | None) -> tuple[Suggestion, ...]:
    """Return a plain text's first line as its title, and the first date in its opening as the day it was published."""
    opening = text[:5000].strip()
    first = opening.partition("\n")[0].strip()
    found = [Suggestion("title", first, "first line")] if 0 < len(first) <= 200 else []
    for match in sorted(
        filter(None, (each.search(opening[:600]) for each in _DATELINES)), key=lambda each: each.start()
    )[:1]:
        month = match["m"]
        number = month if month.isdigit() else str(1 + [each[:3] for each in _MONTHS].index(month[:3].lower()))
        if day := _day(match["y"], number, match["d"]):
            found.append(Suggestion("published", day, f"dateline “{match[0]}”"))
    return (*found, *from_address(name))


def _day(year: str, month: str, day: str | None) -> str | None:
    try:
        return (
            date(int(year), int(month), int(day)).isoformat() if day else date(int(year), int(month), 1).isoformat()[:7]
        )
    except ValueError:
        return None


def suggestion(field: str, value: object, where: str) -> Iterator[Suggestion]:
    """Iterate over the suggestion of one value, its white space collapsed; none if there are no words."""
    words = " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""
    dated = field not in ("published", "modified") or any(character.isdigit() for character in words)
    if words and dated and not any("\ud800" <= character <= "\udfff" or character < " " for character in words):
        yield Suggestion(field, words, where)


def _ordered(found: Iterable[Ranked]) -> tuple[Suggestion, ...]:
    ranked = sorted(dict.fromkeys(found), key=lambda each: (FIELDS.index(each[1].field), each[0]))
    return tuple(dict.fromkeys(each for _, each in ranked))[:MOST]


def _found(source: str) -> Iterator[Ranked]:
    script, titled, budget = "", False, NODES
    for kind, name, start, end in tokens(source):
        if kind is START and name in ("meta", "link", "html", "time", "script") and budget > 0:
            budget -= 1
            found = attributes(source[start : min(end, start + 5000)])
            script = found.get("type", "").strip().lower() if name == "script" else ""
            yield from _tag(name, found)
        elif kind is RAW and name == "script" and script.startswith("application/ld+json"):
            yield from _linked(source[start:end])
        elif kind is RAW and name == "title" and not titled:
            titled = True
            yield from (
                (25, each) for each in suggestion("title", unescape(source[start : min(end, start + 5000)]), "<title>")
            )


def _tag(name: str, found: dict[str, str]) -> Iterator[Ranked]:
    """Iterate over what one tag suggests."""
    if name == "meta":
        for key in ("property", "name", "itemprop", "http-equiv"):
            label = found.get(key, "").strip().lower()
            if label in _META:
                field, rank = _META[label]
                value = found.get("content", "").replace("_", "-") if field == "language" else found.get("content")
                yield from ((rank, each) for each in suggestion(field, value, f"meta {label}"))
    elif name == "link" and "canonical" in found.get("rel", "").lower().split():
        yield from ((20, each) for each in suggestion("address", found.get("href"), "link canonical"))
    elif name == "html":
        yield from (
            (20, each) for each in suggestion("language", found.get("lang") or found.get("xml:lang"), "<html lang>")
        )
    elif name == "time":
        marked = found.get("itemprop", "").lower()
        field = "modified" if marked == "datemodified" else "published"
        rank = 29 if marked == "datepublished" or "pubdate" in found else 30
        yield from ((rank, each) for each in suggestion(field, found.get("datetime"), "<time>"))


def _linked(source: str) -> Iterator[Ranked]:
    """Iterate over what a page's JSON-LD suggests; where it is broken, over what can still be made out."""
    nodes = _parsed(source)
    if nodes is None:
        for name, value in _LOOSE.findall(source):
            yield from ((15, each) for each in suggestion(_LINKED[name], unescape(value), f"broken JSON-LD {name}"))
        return
    for node in _nodes(nodes):
        types = [each for each in _listed(node.get("@type")) if isinstance(each, str)]
        kind = next((each for each in types if _ARTICLES.search(each)), "WebPage" if "WebPage" in types else "")
        rank = 40 if kind == "WebPage" else 10
        for name, field in _LINKED.items() if kind else ():
            for value in _listed(node.get(name))[:20]:
                words = value.get("name") or value.get("@id") if isinstance(value, dict) else value
                words = unescape(words) if isinstance(words, str) else None
                yield from ((rank, each) for each in suggestion(field, words, f"JSON-LD {kind} {name}"))


def _parsed(source: str) -> Any:
    stripped = _WRAPPING.sub("", _WRAPPING.sub("", source[:LOOKED_AT].strip()).strip()).strip().rstrip(";")
    for attempt in (stripped, _TRAILING_COMMA.sub("", stripped)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    """Iterate over the things a page is about; those it only links to are others' articles."""
    waiting, seen = [parsed], 0
    while waiting and seen < NODES:
        seen += 1
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:NODES]))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntityOfPage", "mainEntity") if key in node)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
