"""What an article's suggestions are in the ledger already."""

from __future__ import annotations

from ledger import AgentKind
from ledger.book import Book
from ledger.desk import names_of, recorded, resolve
from ledger.reader import Article, Mention, Nature, SuggestedAgent, SuggestedClaim
from ledger.text import Span


def test_a_name_is_whoever_has_it_and_a_surname_may_be(book: Book) -> None:
    """A full name is sure where one alone has it; a surname is a hint; a house is known with or without its article."""
    quell = book.agent("Marta Quell")
    book.agent("Jonas Quell")
    gazette = book.agent("The Kestrel Gazette", kind=AgentKind.ORGANISATION)
    found = resolve(book.ledger.db, ["Marta Quell", "Quell", "Kestrel Gazette", "Nobody"])
    assert [(one.handle, one.sure) for one in found["Marta Quell"]] == [(quell.handle, True)]
    assert {one.name for one in found["Quell"]} == {"Marta Quell", "Jonas Quell"}
    assert not any(one.sure for one in found["Quell"])
    assert [(one.handle, one.sure) for one in found["Kestrel Gazette"]] == [(gazette.handle, True)]
    assert "Nobody" not in found


def test_a_source_is_known_by_its_title(book: Book) -> None:
    """The last word of a title names no source."""
    source = book.source("The pier report")
    found = resolve(book.ledger.db, ["the pier report", "report"], "source")
    assert [(one.handle, one.sure) for one in found["the pier report"]] == [(source.handle, True)]
    assert "report" not in found


def test_a_claim_that_is_there_is_found_by_its_words(book: Book) -> None:
    """Only what can be checked is looked for, and only what is alike is the same."""
    text = "The pier of Kestrel Bay moved by twelve centimetres. The pier should be repaired. Nothing else is new here."
    known = book.claim("The pier of Kestrel Bay moved twelve centimetres")
    spans = [Span(0, 52), Span(53, 81), Span(82, 107)]
    natures = [Nature.FACTUAL, Nature.OPINION, Nature.FACTUAL]
    claims = [
        SuggestedClaim(span=span, reason="So.", nature=nature, content=span)
        for span, nature in zip(spans, natures, strict=True)
    ]
    found = recorded(book.ledger.db, Article(text=text), claims)
    assert {claim.span.start: match.handle for claim, match in found.items()} == {0: known.handle}


def test_the_names_in_suggestions_are_each_given_once() -> None:
    """Whoever speaks, and whoever is named."""
    span = Span(0, 1)
    claim = SuggestedClaim(
        span=span, reason="", nature=Nature.FACTUAL, content=span, voices=(Mention(span=span, name="Marta Quell"),)
    )
    agent = SuggestedAgent(span=span, reason="", name="Marta Quell")
    assert list(names_of([claim, agent])) == ["Marta Quell"]
