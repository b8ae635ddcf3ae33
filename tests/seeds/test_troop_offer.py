"""The example story shows the defects that it was chosen for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger import checks
from ledger.book import Book
from ledger.desk import CoverageStep, coverage, text_of
from ledger.exchange import import_story
from ledger.model import Claim, Evidence, Outcome, Source, Stance
from ledger.store import queries

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def told(book: Book) -> Book:
    """A ledger that holds the example story."""
    import_story(book, SEEDS / "troop-offer.story.yaml")
    return book


def test_the_story_can_be_imported_again(told: Book) -> None:
    """The example, entered twice, is recorded once."""
    again = import_story(told, SEEDS / "troop-offer.story.yaml")
    assert (again.added, again.corrected) == ((), ())


def test_the_story_shows_every_state_of_corroboration_but_confirmation(told: Book) -> None:
    """Its claims are contradicted, without a source, of one origin, of the same one, or of unknown independence."""
    found = checks.check(told).found
    states = {row["id"]: row["corroboration"] for row in queries.rows(told.ledger.db, "claims")}
    assert len(states) >= 12
    assert states["larger-role-pressed"] == "independence_unknown"
    assert states["troop-offer"] == states["troop-offer-said"] == "single_origin"
    assert states["must-do-more-stated"] == "same_origin"
    assert states["former-president"] == "contradicted"
    assert states["cartels-listed"] == "none"
    assert "independent" not in states.values()
    assert {Outcome.FAIL, Outcome.WARN, Outcome.ABSTAIN} <= {finding.outcome for _, _, finding in found}


def test_the_correction_takes_a_source_away_from_the_offer(told: Book) -> None:
    """The Journal's report was entered as support for the offer, and stands as context."""
    item = told.find(Evidence, "troop-offer-by-wsj-report")
    assert item.stance is Stance.CONTEXT
    assert told.kept(item.handle).reason is not None


def test_a_verdict_on_what_was_said_does_not_carry_over(told: Book) -> None:
    """That she said it is decided and signed by two; that it is so is left open for want of evidence."""
    rows = {row["id"]: row["verdict"] for row in queries.rows(told.ledger.db, "claims")}
    assert (rows["troop-offer-said"], rows["troop-offer"]) == ("supported", "not_enough_evidence")
    assert told.find(Claim, "troop-offer-said").reports == told.find(Claim, "troop-offer").uid
    assert told.get("troop-offer-said-review-signed") is not None


def test_every_quotation_of_the_article_is_used(told: Book) -> None:
    """Evidence quotes from most sentences of the article, and from each that holds a quotation."""
    article = told.find(Source, "article")
    text = text_of(told.ledger, article)
    assert text is not None
    covered = coverage(told.ledger, article, text)
    assert covered.open_quotations == ()
    assert 50 < covered.share(CoverageStep.WORDS) < 100


def test_no_year_is_guessed(told: Book) -> None:
    """The article names days and months and no year, and so does the ledger."""
    lines = [line for path in SEEDS.iterdir() for line in path.read_text(encoding="utf-8").splitlines()]
    seeds = "\n".join(line for line in lines if not line.startswith("recorded:"))  # the example's own clock
    assert "XXXX-05-02" in seeds
    assert not re.search(r"\b(19|20)\d\d\b", seeds)


def test_the_article_says_whose_words_it_is() -> None:
    """The retold article says in its first line what it is, and quotes nobody at length."""
    text = (SEEDS / "troop-offer.txt").read_text(encoding="utf-8")
    assert text.startswith("Written for factledger's example")
    quotations = re.findall(r"“([^”]+)”", text)
    assert quotations and max(len(quote.split()) for quote in quotations) <= 12
