"""Answers of the Google Fact Check Tools API (`claims:search`): claims, each with the reviews that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ..format import Document, Exchange, ImportItem
from ..model import AgentKind, SourceKind
from .foreign import Json, Notes, Work, address, agent, claimant, day, host, language, plain, several, short
from .reviews import OtherReview, Rating, ReviewedClaim, item_of


class FactCheckTools(Exchange):
    """What `claims:search` answers, in."""

    name = "factchecktools"
    title = "answers of the Google Fact Check Tools API (claims:search)"
    carries = "the claims, who made them when, and each review as evidence: who rated it how, where it can be read"
    loses = "the decision, which is another house's; the order in which they were found"
    media_type = "application/json"
    suffixes = (".json",)

    def recognises(self, document: Document) -> bool:
        return b'"claims"' in document.data and b'"claimReview"' in document.data

    def read(self, document: Document) -> Iterator[ImportItem]:
        """Yield an item for each claim."""
        told = document.json()
        claims = told.get("claims") if isinstance(told, dict) else told
        if not isinstance(claims, list):
            raise InputError(
                "There is no list of claims in it.", where=document.name, hint="Is it an answer of claims:search?"
            )
        for number, claim in enumerate(claims, 1):
            yield _item(number, claim)
        if isinstance(told, dict) and told.get("nextPageToken"):
            yield ImportItem(name="the next page", refused="It is not in this file: ask for it with its nextPageToken.")


def _item(number: int, claim: Any) -> ImportItem:
    name = f"claim {number}"
    if not isinstance(claim, dict):
        return ImportItem(name=name, refused="It is no object.")
    notes = Notes()
    told = ReviewedClaim(
        text=plain(claim.get("text")),
        claimant=claimant(plain(claim.get("claimant")), AgentKind.PERSON, notes),
        said=day(claim.get("claimDate"), "the date of the claim", notes),
        reviews=tuple(_review(one, notes) for one in several(claim.get("claimReview")) if isinstance(one, dict)),
    )
    return item_of(f"{name} “{short(told.text, 40)}”" if told.text else name, told, notes)


def _review(review: Json, notes: Notes) -> OtherReview:
    url = address(review.get("url"), "the address", notes)
    publisher = review.get("publisher")
    fields: Json = publisher if isinstance(publisher, dict) else {"name": publisher}
    house = plain(fields.get("name")) or plain(fields.get("site")) or host(url)
    return OtherReview(
        work=Work(
            title=plain(review.get("title")),
            url=url,
            kind=SourceKind.ARTICLE,
            publisher=agent(house, AgentKind.ORGANISATION, "the publisher", notes),
            published=day(review.get("reviewDate"), "the date of the review", notes),
            language=language(review.get("languageCode"), notes),
        ),
        rating=Rating(words=plain(review.get("textualRating"))),
    )
