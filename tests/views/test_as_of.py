"""A record as of an entry: made of its own surroundings alone, it reads as it does in the whole ledger of then."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import book as use_cases
from ledger import store, views
from ledger.book import Book
from ledger.errors import InputError, UnknownRecord
from ledger.model import Claim, Relation, Stance, Verdict
from ledger.store import queries


def told_at_random(book: Book, random: Random, acts: int) -> None:
    """Enter claims, sources, what comes from what and who says so; then move, correct and take back some of it."""
    claims = [book.claim(f"The bridge was closed on day {number}.") for number in range(3)]
    people = [book.agent(f"Person {number}") for number in range(3)]
    sources = [book.source(f"Report {number}", author=random.choice(people)) for number in range(5)]
    links, evidence = list[str](), list[str]()

    def act() -> None:
        one, other = random.sample(sources, 2)
        claim = random.choice(claims)
        match random.randrange(9):
            case 0:
                relation = random.choice([Relation.QUOTES, Relation.BASED_ON, Relation.REPLIES_TO])
                links.append(book.link(one, relation, other, claim=random.choice([None, claim])).handle)
            case 1 | 2:
                seen = {"seen_in": other} if random.random() < 0.5 else {}
                stance = random.choice(list(Stance))
                evidence.append(book.evidence(claim, one, stance=stance, speaker=people[0], **seen).handle)
            case 3 if evidence:
                book.correct(random.choice(evidence), {"claim": claim.handle}, "It is about the other one.")
            case 4 if links:
                end = random.choice(["source", "comes_from"])
                book.correct(random.choice(links), {end: one.handle}, "It was another report.")
            case 5:
                book.retract(random.choice([*evidence, *links, one.handle, claim.handle]), "It does not hold.")
            case 6:
                book.review(claim, random.choice([Verdict.SUPPORTED, Verdict.REFUTED]), "As the reports say.")
            case 7:
                book.inquiry("Was it closed?", claim=claim, asked=people[1], seen_in=one)
            case _:
                book.correct(claim.handle, {"reports": random.choice(claims).handle}, "It tells what the other says.")

    for _ in range(acts):
        try:
            act()
        except InputError:
            continue  # a retracted record takes nothing more


@pytest.mark.long
@given(seed=st.integers(0, 2**32))
def test_what_stands_around_a_record_is_enough(seed: int) -> None:
    """Claims and sources, at every third point of a story full of corrections, are those of the whole ledger."""
    with tempfile.TemporaryDirectory() as folder:
        book = use_cases.start(Path(folder) / "x.db", origin="desk.example", person="Ana Roa")
        told_at_random(book, Random(seed), 25)
        size = queries.head(book.ledger.db).size
        for point in {*range(12, size, 9), size}:
            then = store.as_of(book.ledger, str(point))
            for table, view in (("claims", views.claim_view), ("sources", views.source_view)):
                for row in queries.rows(then.db, table):
                    around = store.as_of(book.ledger, str(point), of=row["id"])
                    assert view(around.db, row["id"]) == view(then.db, row["id"])
        book.ledger.close()


def test_a_record_that_was_not_there_yet(fresh_claim: tuple[Book, int]) -> None:
    """Asked for at a point before it was entered, it is no record."""
    book, size = fresh_claim
    with pytest.raises(UnknownRecord, match=f"among the first {size - 1} entries"):
        store.as_of(book.ledger, str(size - 1), of="closed")
    assert views.claim_view(store.as_of(book.ledger, str(size), of="closed").db, "closed").size == size


def test_the_head_of_then_is_told(fresh_claim: tuple[Book, int]) -> None:
    """Whole or in part, the ledger of then has the root that a checkpoint of then would have signed."""
    book, size = fresh_claim
    root = queries.head(book.ledger.db).root
    book.claim("It was opened again.")
    for then in (store.as_of(book.ledger, str(size)), store.as_of(book.ledger, str(size), of="closed")):
        assert queries.head(then.db) == store.Head(size, root)


def test_others_cost_a_version_nothing(fresh_claim: tuple[Book, int]) -> None:
    """As many entries are replayed for a claim beside two hundred others, with which it shares a source, as without."""
    book, _ = fresh_claim
    source, speaker = book.source("Report"), book.agent("Marta Quell")
    book.evidence(book.find(Claim, "closed"), source, speaker=speaker)

    def replayed() -> int:
        head = queries.head(book.ledger.db).size
        then = store.as_of(book.ledger, str(head), of="closed")
        return int(then.db.execute("SELECT count(*) FROM ledger_entry").fetchone()[0])

    before = replayed()
    with book.together():
        for number in range(200):
            book.evidence(book.claim(f"Ferry {number} was late."), source, speaker=speaker)
    assert replayed() == before


@pytest.fixture
def fresh_claim(tmp_path: Path) -> Any:
    """A ledger whose last entry is a claim, and its number of entries."""
    book = use_cases.start(tmp_path / "x.db", origin="desk.example", person="Ana Roa")
    book.claim("The bridge was closed.", id="closed")
    yield book, queries.head(book.ledger.db).size
    book.ledger.close()
