"""published-checks: what other houses have published about a claim, in feeds of fact-checks (ClaimReview)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import frozen

from ledger import (
    Agent,
    Checker,
    Claim,
    Context,
    Dossier,
    Evidence,
    Finding,
    LedgerError,
    Record,
    RecordedAnswer,
    Setting,
    Source,
    Stance,
    claim_reviews,
    hookimpl,
    needs,
)
from ledger.format import Document
from ledger.text import terms

requires_api = "1.1"

ALIKE = 60
"""Percent of the words of two claims that are in both, from which on one may be the other: as `factledger match`."""

MOST = 5
"""Fact-checks that are told of one claim, those most like it."""

LONGEST = 300
"""Characters of what another house says that are repeated."""


@frozen
class Published:
    """A fact-check of a feed: what it is of, who published it when and where, and how they rate the claim."""

    text: str
    words: frozenset[str]
    house: str
    day: str
    url: str
    rated: str
    stance: Stance


class PublishedChecks(Checker):
    """Checks: whether a feed of published fact-checks has one of a claim in nearly the same words.
    Why it matters: who repeats what others have refuted should know it, and who refutes it anew may build on them.
    Warns on: “The bridge closed in May”, where another house rated that “False”.
    Passes on: the same claim, where the other house rated it “True”.
    """

    name = "published-checks"
    version = 1
    network = "the feeds that the house lists in its policy, each for all that it has; no word of a claim is sent"
    establishes = "that a fact-check of a claim in nearly these words was in the feed, and how that house rated it"
    does_not_establish = "that it is the same claim, that the other house is right, or that nobody else has checked it"
    settings = (
        Setting("feeds", (), "Addresses of feeds or pages with ClaimReview, whole"),
        Setting("alike", ALIKE, "Percent of the words of two claims that have to be in both", least=30, most=100),
    )

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        feeds = context.options.get("feeds", ())
        if not feeds:
            yield self.abstains(
                "No feed of fact-checks is named.",
                code="no_feed",
                fix='Name one in the policy: [checkers.published-checks] feeds = ["https://..."]',
                missing=[needs("checkers.published-checks.feeds")],
            )
            return
        silent = True
        read: list[tuple[RecordedAnswer, int]] = []
        for feed in feeds:
            answer = dossier.ask(feed)
            if answer.data is None:
                yield self._unknown(answer, answer.why)
                continue
            published, problem = reviews_of(answer.data)
            if problem:
                yield self._unknown(answer, problem)
                continue
            read.append((answer, len(published)))
            for one, share in like(dossier.claim.text, published, context.options.get("alike", ALIKE)):
                silent = False
                yield self._told(dossier, answer, one, share)
        if read and silent:
            yield self.not_applicable(
                f"Nothing like it is in {_feeds(read)}.",
                code="none_published",
                cites=[answer.record for answer, _ in read if answer.record],
            )

    def _unknown(self, answer: RecordedAnswer, why: str) -> Finding:
        return self.abstains(
            f"What {answer.address} has is not known: {why}",
            code="no_answer",
            cites=[answer.record] if answer.record else [],
            fix="Ask again: factledger check --online",
        )

    def _told(self, dossier: Dossier, answer: RecordedAnswer, one: Published, share: int) -> Finding:
        find = self.passes if one.stance is Stance.SUPPORTS else self.warns
        when = f" on {one.day}" if one.day else ""
        return find(
            f"{one.house or 'Somebody'} published a fact-check{when} of “{_short(one.text)}”: {one.rated}",
            code={Stance.SUPPORTS: "rated_true", Stance.CONTRADICTS: "rated_false"}.get(one.stance, "rated"),
            cites=[dossier.claim, *([answer.record] if answer.record else [])],
            fix="Read it, see whether it is the same claim, and enter it as evidence: factledger evidence",
            details=[
                f"{share}% of the words of both claims are in both; whether they say the same, a person has to see.",
                f"Where: {one.url or 'the feed gives no address'}",
                f"From: {answer.address}, as it was on {answer.at[:10]}",
            ],
            measures={"share": share},
        )


def _feeds(read: list[tuple[RecordedAnswer, int]]) -> str:
    several = [
        f"{answer.address} ({count:,} fact-check{'' if count == 1 else 's'}, as of {answer.at[:10]})"
        for answer, count in read
    ]
    return " and ".join(filter(None, [", ".join(several[:-1]), several[-1]]))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def like(text: str, published: tuple[Published, ...], alike: int) -> list[tuple[Published, int]]:
    """Return those fact-checks whose claim shares so many percent of the words with a text, most like it first."""
    mine = frozenset(term.key for term in terms(text))
    found = []
    for one in published:
        common = len(mine & one.words)
        share = 100 * common // max(1, len(mine) + len(one.words) - common)
        if share >= alike:
            found.append((one, share))
    return sorted(found, key=lambda pair: (-pair[1], pair[0].house, pair[0].day, pair[0].url, pair[0].text))[:MOST]


@lru_cache(maxsize=8)
def reviews_of(data: bytes) -> tuple[tuple[Published, ...], str]:
    """Return the fact-checks of a feed, each once, and why it has none that can be read, "" if it has.

    It is read once for all claims.
    """
    try:
        items = [item.records for item in claim_reviews(Document(name="the feed", data=data)) if item.records]
    except LedgerError as error:
        return (), error.message
    found: dict[Published, None] = {}
    for records in items:
        named = {one.uid: one for one in records}
        for claim in records:
            if isinstance(claim, Claim):
                for item in records:
                    if isinstance(item, Evidence) and item.note and item.claim == claim.uid:
                        found[_published(claim, item, named)] = None
    return tuple(found), "" if found else "It has no fact-check with a rating that can be read."


def _published(claim: Claim, item: Evidence, named: Mapping[str, Record]) -> Published:
    source = named.get(item.source)
    article = source if isinstance(source, Source) else None
    by = named.get((article.publisher or article.author or "") if article else "")
    return Published(
        text=claim.text,
        words=frozenset(term.key for term in terms(claim.text)),
        house=by.name if isinstance(by, Agent) else "",
        day=(article.published or "") if article else "",
        url=(article.url or "") if article else "",
        rated=_short(item.note or ""),
        stance=item.stance,
    )


@hookimpl
def ledger_register_checkers(config: object) -> list[Checker]:
    return [PublishedChecks()]
