"""Decisions as ClaimReview (schema.org), the form in which search engines and fact-check feeds take them.

    factledger          ClaimReview
    claim               claimReviewed, itemReviewed (Claim): who claims it, when, and where it is said
    decision            reviewRating: its words as alternateName; a number only where it is one end of the scale
    reasons             reviewBody
    who decided         author; the ledger's owner is the publisher

What nobody decided is no review. Between supported and refuted there is no number: 3 of 5 would say "half true".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import InputError
from ..format import CheckedClaim, Document, Exchange, Extract, ImportItem
from ..model import HIDDEN, Agent, AgentKind, Evidence, Source, SourceKind, Verdict
from . import claimreview_in
from .streaming import json_list

Json = dict[str, Any]

CONTEXT = "https://schema.org"
WORST, BEST = 1, 5
RATING = {Verdict.REFUTED: WORST, Verdict.SUPPORTED: BEST}
"""The ends of the scale; no other verdict is a number."""

WORDS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.REFUTED: "Refuted",
    Verdict.CONFLICTING: "Conflicting evidence",
    Verdict.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
    Verdict.NOT_CHECKABLE: "Cannot be checked",
}

TYPE = {
    SourceKind.ARTICLE: "NewsArticle",
    SourceKind.WIRE_REPORT: "NewsArticle",
    SourceKind.DATASET: "Dataset",
    SourceKind.POST: "SocialMediaPosting",
    SourceKind.RECORDING: "MediaObject",
    SourceKind.LAW: "Legislation",
}
"""What a source is in schema.org; all others are a CreativeWork."""


def claim_review(checked: CheckedClaim, extract: Extract) -> Json | None:
    """Return the decision of a claim as a ClaimReview, or None where nobody decided it."""
    review, claim = checked.decision, checked.claim
    if review is None or review.verdict is Verdict.UNCHECKED:
        return None
    reviewer = checked.dossier.agent(review.reviewer)
    told = as_review(
        f"{extract.address(claim)}#{review.handle}",
        at=checked.added.get(review.uid, ""),
        by=as_agent(reviewer) if reviewer else None,
        house=extract.origin,
        because=review.reasons,
        rated=rating(review.verdict, review.label or WORDS[review.verdict]),
        claimed=claim.text,
        item=_claim(checked),
    )
    return {"@context": CONTEXT, **told}


def as_review(
    address: str, *, at: str, by: Json | None, house: str, because: str, rated: Json, claimed: str, item: Json
) -> Json:
    """Return a decision as a ClaimReview: `address` is its own, a part of the claim's page, `at` an instant.

    Its author is who decided, or the house where that is not recorded; the house publishes it.
    """
    owner = {"@type": "Organization", "name": house}
    told: Json = {
        "@type": "ClaimReview",
        "@id": address,
        "url": address.partition("#")[0],
        "claimReviewed": claimed,
        "datePublished": at[:10],
        "author": by or owner,
        "publisher": owner,
        "reviewBody": because,
        "reviewRating": rated,
        "itemReviewed": item,
    }
    return {name: value for name, value in told.items() if value}


def rating(verdict: Verdict, words: str) -> Json:
    """Return a verdict as a Rating: in words, and as a number where it is one end of the scale."""
    told: Json = {"@type": "Rating", "alternateName": words}
    if verdict in RATING:
        told |= {"ratingValue": RATING[verdict], "bestRating": BEST, "worstRating": WORST}
    return told


def _claim(checked: CheckedClaim) -> Json:
    dossier, claim = checked.dossier, checked.claim
    claimant = dossier.agent(claim.claimant)
    told: Json = {"@type": "Claim", "name": claim.text}
    if claimant is not None and claimant.name not in HIDDEN:
        told["author"] = as_agent(claimant)
    if claim.said and is_day(claim.said):
        told["datePublished"] = claim.said
    works = list(_appearances(checked))
    if works:
        told["appearance"] = works
    return told


def _appearances(checked: CheckedClaim) -> Iterator[Json]:
    """Yield the works that say what is claimed: where it was seen, and what carries it."""
    dossier, told = checked.dossier, set[str]()
    for item in dossier.supporting:
        for source in (dossier.source(item), dossier.seen_in(item)):
            if source.uid not in told:
                told.add(source.uid)
                yield _work(source, item, checked)


def _work(source: Source, item: Evidence, checked: CheckedClaim) -> Json:
    dossier = checked.dossier
    author, publisher = dossier.agent(source.author), dossier.agent(source.publisher)
    told = {
        "@type": TYPE.get(source.kind, "CreativeWork"),
        "headline": source.title,
        "url": source.url,
        "inLanguage": source.language,
        "datePublished": source.published if source.published and is_day(source.published) else None,
        "author": as_agent(author) if author and author.name not in HIDDEN else None,
        "publisher": as_agent(publisher) if publisher and publisher.name not in HIDDEN else None,
    }
    return {name: value for name, value in told.items() if value}


def as_agent(agent: Agent) -> Json:
    """Return a person, an organisation or a program with its name."""
    kind = {AgentKind.PERSON: "Person", AgentKind.ORGANISATION: "Organization"}.get(agent.kind, "SoftwareApplication")
    return {"@type": kind, "name": agent.name}


def is_day(written: str) -> bool:
    """Return whether a date is one that schema.org has too: a year, a month or a day, neither about nor in part."""
    return all(part.isdigit() for part in written.split("-")) and len(written) in (4, 7, 10)


class ClaimReviewExchange(Exchange):
    """ClaimReview, out and in."""

    name = "claimreview"
    title = "decisions as ClaimReview (schema.org), in a data feed"
    carries = "of each decided claim its words, who claims it where, the verdict, the reasons and who decided"
    loses = "undecided claims, evidence but for where the claim is made, the chain, what checks found"
    media_type = "application/ld+json"
    suffixes = (".jsonld", ".json", ".html", ".ndjson")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield a DataFeed with one ClaimReview for each decided claim."""
        if not extract.base_url:
            raise InputError(
                "A ClaimReview says where it can be read.", hint="Add: --base-url https://facts.example.org"
            )
        head = {"@context": CONTEXT, "@type": "DataFeed", "name": extract.origin, "url": extract.base_url}
        reviews = (claim_review(checked, extract) for checked in extract.claims)
        yield from json_list(head, "dataFeedElement", (one for one in reviews if one is not None))

    def recognises(self, document: Document) -> bool:
        return claimreview_in.recognises(document)

    def read(self, document: Document) -> Iterable[ImportItem]:
        """Yield an item for each ClaimReview, whatever it stands in; see `claimreview_in`."""
        return claimreview_in.claim_reviews(document)
