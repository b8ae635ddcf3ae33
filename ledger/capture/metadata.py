"""What a document says of itself: title, dates, author, publisher, language, address. Suggestions, never facts.

Each says where it stands, conflicting ones are all kept, and those of one field come in an order of trust: structured
data of the article, the page's own tags, `<h1>`, `<time>`, the page around it, the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from .bylines import day, edtf_of, names_in, visible, written_day
from .markup import END, RAW, START, TEXT, MarkupKind, attributes, tokens, unescape

LOOKED_AT = 2_000_000
"""Characters of a page that are searched."""
MOST = 200
"""Suggestions from one document."""
LONGEST = 500
"""Characters of a value."""
MOST_HEADINGS = 10
"""First headings of a page that may be its title."""
NODES = 2_000
"""Parts of a page's structured data that are looked at."""

FIELDS = ("title", "published", "modified", "author", "publisher", "language", "address")


@attrs.frozen
class Suggestion:
    """A value for a field of the source, and where in the document it stands."""

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
_BYLINE = re.compile(r"author|byline|date|publish", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(r"\b(?:byline|author|authors|author[-_]name|byline[-_]name)\b")
_DATE_CLASS = re.compile(r"\b(?:dateline|pubdate|publish(?:ed)?[-_]?(?:date|on|time)?|(?:post|entry)[-_]date)\b")
_TRAILING_COMMA = re.compile(r",\s*+(?=[}\]])")
_WRAPPING = re.compile(r"^\s*+(?://)?\s*+(?:<!--|<!\[CDATA\[)|(?://\s{0,9})?(?:-->|\]\]>)\s{0,99}$")

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]+")
_NO_DATE = re.compile(r"000|9999|1970-01-01T00:00:00|0$")
"""How a date begins that a program put where it had none."""
_NOBODY = frozenset("admin administrator webmaster root editor user guest unknown none null undefined".split())
"""What a program writes for an author where nobody is named."""

Ranked = tuple[int, Suggestion]


def from_html(source: str, shown: str = "") -> tuple[Suggestion, ...]:
    """Return what a page says of itself in structured data, tags, `<time>`, `<title>`, `<h1>`, bylines and datelines.

    `shown` is its visible text, whose opening is looked at for what everybody sees.
    """
    return _ordered([*_found(source[:LOOKED_AT]), *_visible(shown)])


def _visible(shown: str) -> Iterator[Ranked]:
    for field, value, written in visible(shown):
        yield from ((50, each) for each in suggestion(field, value, f"the page: “{written[:80]}”"))


def from_address(address: str | None) -> tuple[Suggestion, ...]:
    """Return the date that an address carries in its path."""
    if not address or "://" not in address:
        return ()
    path = address.partition("://")[2].partition("?")[0].partition("#")[0][:2000]
    match = re.search(r"/((?:19|20)\d\d)[/-]?(\d\d?)(?:[/-]?(\d\d?)(?!\d))?(?=[/_.-]|$)", path)
    found = day(*match.groups()) if match else None
    return (Suggestion("published", found, f"address {match[0]}"),) if match and found else ()


def from_text(text: str, name: str | None) -> tuple[Suggestion, ...]:
    """Return a plain text's first line as its title, and the first date in its opening as the day it was published."""
    opening = text[:5000].strip()
    first = opening.partition("\n")[0].strip()
    found = list(suggestion("title", first, "first line")) if len(first) <= 200 else []
    dateline = written_day(opening[:600])
    if dateline:
        found.append(Suggestion("published", dateline[0], f"dateline “{dateline[1]}”"))
    return (*found, *from_address(name))


def suggestion(field: str, value: object, where: str) -> Iterator[Suggestion]:
    """Iterate over the suggestions of one value, in one line of what shows, a date in EDTF; none of what is neither."""
    words = " ".join(_UNSEEN.sub(" ", value).split())[:LONGEST] if isinstance(value, str) else ""
    if any("\ud800" <= character <= "\udfff" for character in words):
        return
    if field in ("published", "modified"):
        said = [edtf_of(words) or ""] if not _NO_DATE.match(words) else []
    elif field == "author":
        said = _authors(words)
    elif field == "address":
        said = [words] if words.lower().startswith(("https://", "http://")) else []
    else:
        said = [words]
    yield from (Suggestion(field, each, where) for each in said if each)


def _authors(words: str) -> list[str]:
    """Return the names of an author field: of "By Ana Roa and Bo Lind" both; none of an address or of an account."""
    if "://" in words or words.startswith(("#", "/")) or words.casefold() in _NOBODY:
        return []
    names = names_in(words)
    return names if len("".join(names)) * 3 > len(words) * 2 else [words]


def _ordered(found: Iterable[Ranked]) -> tuple[Suggestion, ...]:
    ranked = sorted(dict.fromkeys(found), key=lambda each: (FIELDS.index(each[1].field), each[0]))
    return tuple(dict.fromkeys(each for _, each in ranked))[:MOST]


def _found(source: str) -> Iterator[Ranked]:
    script, titled, budget = "", "", NODES
    heading: list[str] | None = None
    headings: list[str] = []
    data: list[str] = []
    ranked: list[Ranked] = []
    marked = _Marked()
    for kind, name, start, end in tokens(source):
        if kind is START and name in ("meta", "link", "html", "time", "script") and budget > 0:
            budget -= 1
            found = attributes(source[start : min(end, start + 5000)])
            script = found.get("type", "").strip().lower() if name == "script" else ""
            ranked += _tag(name, found)
        elif kind is RAW and name == "script" and script.startswith("application/ld+json"):
            data.append(source[start:end])
        elif kind is RAW and name == "title" and not titled:
            titled = unescape(source[start : min(end, start + 5000)])
            ranked += ((25, each) for each in suggestion("title", titled, "<title>"))
        elif name == "h1" and kind in (START, END):
            if heading:
                headings.append("".join(heading))
            heading = [] if kind is START and len(headings) < MOST_HEADINGS else None
        elif kind is TEXT and heading is not None:
            heading.append(unescape(source[start : min(end, start + LONGEST)]))
        ranked += marked.see(kind, name, source, start, end)
    ranked += _headed(headings, titled)
    own = _Own.of(ranked, headings, titled)
    yield from _linked(data, own)
    yield from ranked


class _Marked:
    """Gathers the words of elements that are marked as the byline or the date of an article."""

    def __init__(self) -> None:
        self._name, self._field, self._where, self._words = "", "", "", ""

    def see(self, kind: MarkupKind, name: str, source: str, start: int, end: int) -> list[Ranked]:
        """Take notice of a token; return what an element that ends with it says."""
        if self._field:
            if kind is TEXT and len(self._words) < LONGEST:
                self._words += unescape(source[start : min(end, start + LONGEST)])
            elif kind is END and name == self._name:
                return self._said()
            if not (kind is START and name != self._name and _BYLINE.search(source, start, min(end, start + 500))):
                return []
        if kind is START and name not in ("meta", "link", "body", "html", "input", "img"):
            self._begin(name, source[start : min(end, start + 500)])
        return []

    def _begin(self, name: str, written: str) -> None:
        found = attributes(written) if name == "time" or _BYLINE.search(written) else {}
        rel, prop = found.get("rel", "").lower().split(), found.get("itemprop", "").lower()
        classes = " ".join((found.get("class", ""), found.get("id", ""))).lower()
        if "author" in rel or prop == "author" or _AUTHOR_CLASS.search(classes):
            field, where = "author", "rel=author" if "author" in rel else "byline"
        elif (name == "time" and "datetime" not in found) or prop == "datepublished" or _DATE_CLASS.search(classes):
            field, where = "published", f"<{name}>" if name == "time" else "dateline"
        else:
            return
        self._name, self._field, self._where, self._words = name, field, where, ""

    def _said(self) -> list[Ranked]:
        field, words, where = self._field, self._words, self._where
        self._field = ""
        if field == "author":
            names = [" ".join(words.split())] if where == "rel=author" and len(words.split()) < 6 else names_in(words)
            return [(27, each) for name in names for each in suggestion("author", name, where)]
        return [(31, each) for each in suggestion("published", words, f"{where} “{' '.join(words.split())[:60]}”")]


@attrs.frozen
class _Own:
    """What tells the page's own article among others that its structured data has: its address, its headline."""

    addresses: frozenset[str]
    titles: tuple[str, ...]

    @classmethod
    def of(cls, ranked: Iterable[Ranked], headings: Iterable[str], title: str) -> _Own:
        said = [each for _, each in ranked]
        titles = (*(each.value for each in said if each.field == "title"), *headings, title)
        return cls(
            frozenset(_bare(each.value) for each in said if each.field == "address"),
            tuple(filter(None, (_words(one) for one in titles))),
        )

    def is_of(self, node: dict[str, Any]) -> bool:
        """Return whether a thing of the structured data is the article of this page."""
        about = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
        named = [one.get("@id") if isinstance(one, dict) else one for one in about]
        if any(isinstance(one, str) and _bare(one) in self.addresses for one in named):
            return True
        headline = _words(str(node.get("headline") or node.get("name") or ""))
        return bool(headline) and any(headline in one or one in headline for one in self.titles)


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/").removeprefix("https:").removeprefix("http:").lower()


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unescape(text).casefold()))


def _headed(headings: list[str], title: str) -> Iterator[Ranked]:
    """Iterate over the page's `<h1>`: one that its `<title>` begins with is that without the name of the house."""
    said = [each for words in headings for each in suggestion("title", words, "<h1>")]
    told = " ".join(title.casefold().split())
    best = next((each for each in said if told.startswith(each.value.casefold())), None)
    yield from ((24 if each == best else 26, each) for each in said)


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


def _linked(scripts: list[str], own: _Own) -> Iterator[Ranked]:
    """Iterate over what a page's JSON-LD suggests of its own article; where it is broken, what can still be made out.

    The page's own is what its address or its title names. One article that neither names comes behind the page's own
    tags; of several none is taken.
    """
    told: list[tuple[dict[str, Any], str]] = []
    named: dict[str, dict[str, Any]] = {}
    for script in scripts:
        nodes = _parsed(script)
        if nodes is None:
            for name, value in _LOOSE.findall(script):
                yield from ((15, each) for each in suggestion(_LINKED[name], unescape(value), f"broken JSON-LD {name}"))
        else:
            told += [(node, kind) for node in _nodes(nodes) if (kind := _article_kind(node))]
            named |= {node["@id"]: node for node in _nodes(nodes) if isinstance(node.get("@id"), str)}
    articles = [(node, kind) for node, kind in told if kind != "WebPage"]
    mine = [(node, kind) for node, kind in articles if own.is_of(node)]
    only = articles if len(articles) == 1 else []
    known = mine or not (own.titles or own.addresses) or (only and not only[0][0].get("headline"))
    for node, kind in mine or only:
        yield from _said_by(node, kind, 10 if known else 45, named)
    for node, kind in told:
        if kind == "WebPage":
            yield from _said_by(node, kind, 40, named)


def _said_by(node: dict[str, Any], kind: str, rank: int, named: dict[str, dict[str, Any]]) -> Iterator[Ranked]:
    """Iterate over what a thing says; what it calls only by an @id is looked up in `named`."""
    for name, field in _LINKED.items():
        for value in _listed(node.get(name))[:20]:
            if isinstance(value, dict):
                called = str(value.get("@id") or "")
                value = value.get("name") or named.get(called, {}).get("name") or called
            words = unescape(value) if isinstance(value, str) else str(value) if _is_count(value) else None
            yield from ((rank, each) for each in suggestion(field, words, f"JSON-LD {kind} {name}"))


def _is_count(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _article_kind(node: dict[str, Any]) -> str:
    types = [each for each in _listed(node.get("@type")) if isinstance(each, str)]
    return next((each for each in types if _ARTICLES.search(each)), "WebPage" if "WebPage" in types else "")


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
