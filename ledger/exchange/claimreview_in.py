"""ClaimReview as others write it: a page, an object, a list, a graph or a feed, with whatever stands in its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from ..errors import InputError
from ..format import Document, ImportItem, json_of
from ..model import Agent, AgentKind, SourceKind
from .foreign import Json, Notes, Work, address, agent, claimant, day, host, language, plain, several, short
from .reviews import OtherReview, Rating, ReviewedClaim, item_of

CLAIM_REVIEW = "ClaimReview"
DEEPEST = 12
WORST, BEST = 1, 5
"""The ends of a scale of which one is said: what schema.org takes the other for."""

_PREFIX = re.compile(r"^(?:schema:|https?://(?:www\.)?schema\.org/)")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_PAGE = re.compile(rb"^\s*<")

KINDS = {
    "SocialMediaPosting": SourceKind.POST,
    "Tweet": SourceKind.POST,
    "NewsArticle": SourceKind.ARTICLE,
    "Article": SourceKind.ARTICLE,
    "VideoObject": SourceKind.RECORDING,
    "AudioObject": SourceKind.RECORDING,
    "MediaObject": SourceKind.RECORDING,
    "Dataset": SourceKind.DATASET,
    "Legislation": SourceKind.LAW,
}


def recognises(document: Document) -> bool:
    """Return whether ClaimReview is spoken of in a file."""
    return CLAIM_REVIEW.encode() in document.data


def claim_reviews(document: Document) -> Iterator[ImportItem]:
    """Yield an item for each ClaimReview of a page, list, graph or feed, and a refusal for whatever else it lists.

    Its records are a claim, and the fact-check as evidence about it: the article, who published it and when, and their
    rating in the note. Raises InputError where there is no ClaimReview in it.
    """
    values = list(_values(document))
    graph = _Graph(values)
    number = 0
    for value in values:
        for element in _elements(value):
            found = list(_reviews(element, 0))
            for one in found or [element]:
                number += 1
                yield _item(number, one, graph) if found else _other(number, one)
    if not number:
        raise InputError("There is no ClaimReview in it.", where=document.name, hint="Look into the file.")


def _values(document: Document) -> Iterator[Any]:
    """Yield the values of JSON that a file holds: one, one a line, or those of a page's scripts."""
    if _PAGE.match(document.data):
        scripts = _Scripts()
        scripts.feed(document.data.decode("utf-8", "replace"))
        for number, text in enumerate(scripts.found, 1):
            yield from _loaded([text], f"{document.name} script {number}")
        return
    text = document.text()
    lines = [line for line in text.splitlines() if line.strip()]
    whole = len(lines) < 2 or not all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines)
    yield from _loaded([text] if whole else lines, document.name)


def _loaded(texts: Iterable[str], where: str) -> Iterator[Any]:
    for number, text in enumerate(texts, 1):
        yield json_of(text, where=where, line=number)


class _Scripts(HTMLParser):
    """The JSON-LD of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "ld+json" in (dict(attrs).get("type") or "")
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


class _Graph:
    """The nodes of a file by their @id, so that a field may name one that stands elsewhere."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._nodes: dict[str, Json] = {}
        for value in values:
            self._take(value, 0)

    def _take(self, value: Any, depth: int) -> None:
        if depth > DEEPEST:
            return
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                self._nodes.setdefault(name, value)
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                self._take(one, depth + 1)

    def get(self, value: Any) -> Any:
        """Return what a value is: itself, or the node that it only names."""
        name = value.get("@id") if isinstance(value, dict) and len(value) <= 2 else None
        return self._nodes.get(name, value) if isinstance(name, str) else value


def types(value: Any) -> set[str]:
    """Return the types of a node, without the address of the vocabulary."""
    given = several(value.get("@type") or value.get("type")) if isinstance(value, dict) else []
    return {_PREFIX.sub("", one) for one in given if isinstance(one, str)}


def _elements(value: Any) -> Iterator[Any]:
    """Yield the members of a list, a graph or a feed; any other value is one."""
    if isinstance(value, list):
        for one in value:
            yield from _elements(one)
    elif isinstance(value, dict) and not types(value) & {CLAIM_REVIEW}:
        inner = _fields(value)
        within = next((inner[key] for key in ("@graph", "dataFeedElement", "itemListElement") if inner.get(key)), None)
        if within is not None:
            yield from _elements(within)
        else:
            yield value
    else:
        yield value


def _reviews(value: Any, depth: int) -> Iterator[Json]:
    """Yield every ClaimReview in a value, wherever it stands."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        if CLAIM_REVIEW in types(value):
            yield _fields(value)
            return
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _reviews(one, depth + 1)


def _fields(value: Any) -> Json:
    return {_PREFIX.sub("", str(key)): one for key, one in value.items()} if isinstance(value, dict) else {}


def _other(number: int, value: Any) -> ImportItem:
    kind = ", ".join(sorted(types(value))) or {dict: "an object", str: "a text", type(None): "nothing"}.get(
        type(value), "a " + type(value).__name__
    )
    return ImportItem(name=f"item {number}", refused=f"It is {kind}, and no ClaimReview.")


def _item(number: int, review: Json, graph: _Graph) -> ImportItem:
    notes = Notes()
    reviewed = [_fields(graph.get(one)) for one in several(review.get("itemReviewed")) if isinstance(one, dict)]
    item = reviewed[0] if reviewed else {}
    if len(reviewed) > 1:
        notes.leave("itemReviewed", f"{len(reviewed)} of them", "only the first is read")
    told = ReviewedClaim(
        text=_claimed(review, item, notes),
        claimant=_claimant(item, graph, notes),
        said=day(item.get("datePublished") or item.get("dateCreated"), "the date of the claim", notes),
        works=tuple(_works(item, graph, notes)),
        reviews=(_review(review, graph, notes),),
    )
    words = short(told.text, 40) or short(told.reviews[0].work.url or "")
    return item_of(f"item {number} “{words}”" if words else f"item {number}", told, notes)


def _claimed(review: Json, item: Json, notes: Notes) -> str:
    given = [text for text in map(plain, several(review.get("claimReviewed"))) if text]
    for other in given[1:]:
        notes.leave("claimReviewed", other, "only the first is read")
    if given:
        return given[0]
    return next(filter(None, (plain(item.get(key)) for key in ("text", "name", "headline", "description"))), "")


def _claimant(item: Json, graph: _Graph, notes: Notes) -> Agent | None:
    given = several(item.get("author") or item.get("creator"))
    if not given and types(item) & {"Person", "Organization"}:
        given = [item]
    for other in given[1:]:
        notes.leave("the claimant", _name(graph.get(other)), "only the first is read")
    return claimant(*_named(given[0], AgentKind.PERSON, graph), notes) if given else None


def _agent(
    value: Any, what: str, graph: _Graph, notes: Notes, kind: AgentKind = AgentKind.ORGANISATION
) -> Agent | None:
    for other in several(value)[1:]:
        notes.leave(what, _name(graph.get(other)), "only the first is read")
    return agent(*_named(next(iter(several(value)), None), kind, graph), what, notes)


def _named(value: Any, kind: AgentKind, graph: _Graph) -> tuple[str, AgentKind]:
    """Return a name, and what bears it, where that is said."""
    value = graph.get(value)
    given = types(value)
    if given & {"Organization", "NewsMediaOrganization", "GovernmentOrganization", "Corporation"}:
        kind = AgentKind.ORGANISATION
    elif "Person" in given:
        kind = AgentKind.PERSON
    return _name(value), kind


def _name(value: Any) -> str:
    """Return the name of a node or, where only an address is given, that of its site."""
    fields = _fields(value)
    name = plain(fields.get("name") or fields.get("legalName")) if isinstance(value, dict) else plain(value)
    url = name if name.startswith(("http://", "https://")) else "" if name else plain(fields.get("url"))
    return host(url) or name


def _works(item: Json, graph: _Graph, notes: Notes) -> Iterator[Work]:
    """Yield where the claim is made, as far as there is an address or a title."""
    for key in ("firstAppearance", "appearance"):
        for one in several(item.get(key)):
            yield _work(graph.get(one), graph, notes)
    if item.get("url") or item.get("sameAs"):
        yield _work({**item, "url": item.get("url") or item.get("sameAs")}, graph, notes)


def _work(value: Any, graph: _Graph, notes: Notes) -> Work:
    if not isinstance(value, dict):
        return Work(url=address(value, "an appearance", notes))
    fields = _fields(value)
    kind = next((KINDS[one] for one in sorted(types(value)) if one in KINDS), SourceKind.DOCUMENT)
    own = not types(value) & {"Claim", "Person", "Organization"}
    return Work(
        title=plain(fields.get("headline") or fields.get("name")) if own else "",
        url=address(fields.get("url") or fields.get("@id"), "an appearance", notes),
        kind=kind,
        author=_agent(fields.get("author"), "an author", graph, notes, AgentKind.PERSON) if own else None,
        publisher=_agent(fields.get("publisher"), "a publisher", graph, notes),
        published=day(fields.get("datePublished"), "a date", notes) if own else None,
        language=language(fields.get("inLanguage"), notes),
    )


def _review(review: Json, graph: _Graph, notes: Notes) -> OtherReview:
    url = address(review.get("url") or review.get("mainEntityOfPage"), "the address", notes)
    author = _agent(review.get("author"), "the reviewer", graph, notes)
    publisher = _agent(review.get("publisher"), "the publisher", graph, notes)
    house = publisher or (author if author and author.kind is AgentKind.ORGANISATION else None)
    if house is None and host(url):
        house = agent(host(url), AgentKind.ORGANISATION, "the site", notes)
    work = Work(
        title=plain(review.get("headline") or review.get("name")),
        url=url,
        kind=SourceKind.ARTICLE,
        author=author if author and author.kind is AgentKind.PERSON else None,
        publisher=house,
        published=day(review.get("datePublished") or review.get("dateCreated"), "the date of the review", notes),
        language=language(review.get("inLanguage"), notes),
    )
    rating = graph.get(next(iter(several(review.get("reviewRating"))), None))
    explained = plain(_fields(rating).get("ratingExplanation")) if isinstance(rating, dict) else ""
    reasons = " ".join(dict.fromkeys(filter(None, [explained, plain(review.get("reviewBody"))])))
    return OtherReview(work=work, rating=_rating(rating), reasons=reasons)


def _rating(value: Any) -> Rating:
    if not isinstance(value, dict):
        return Rating(words=plain(value))
    fields: Mapping[str, Any] = _fields(value)
    words = plain(fields.get("alternateName") or fields.get("name") or fields.get("description"))
    number = _number(fields.get("ratingValue"))
    if number is None and not words:
        words = plain(fields.get("ratingValue"))
    worst, best = _number(fields.get("worstRating")), _number(fields.get("bestRating"))
    if number is None or (worst is None and best is None):
        return Rating(
            words=words or ("" if number is None else f"{number:g}")
        )  # a figure without its scale says nothing
    worst, best = WORST if worst is None else worst, BEST if best is None else best
    return Rating(words=words, number=number, worst=worst, best=best)


def _number(value: Any) -> float | None:
    written = plain(value)
    return float(written.replace(",", ".")) if _NUMBER.fullmatch(written) and len(written) < 20 else None
