"""Deciding, and taking back: verdicts, sign-offs, corrections, supersessions, retractions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from ledger import store
from ledger.book import Book
from ledger.errors import UnknownRecord
from ledger.model import Claim, InquiryState, LinkState, Relation, Standing, Verdict
from ledger.store import queries

Refused = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def bridge(book: Book) -> Claim:
    """A claim about a bridge."""
    return book.claim("The bridge was closed in May.", id="bridge", topic="harbour")


def axes(book: Book) -> tuple[str, str]:
    (row,) = queries.rows(book.ledger.db, "claims", id="bridge")
    return row["workflow"], row["verdict"]


# -- verdicts ----------------------------------------------------------------


def test_a_verdict_decides(book: Book, bridge: Claim) -> None:
    """A claim is open and unchecked until a person decides it; another verdict is a correction."""
    assert axes(book) == ("open", "unchecked")
    review = book.review(bridge, Verdict.SUPPORTED, "Two witnesses saw the barrier.")
    assert review.reviewer == book.actor
    assert axes(book) == ("decided", "supported")
    book.review(bridge, Verdict.REFUTED, "They saw another bridge.")
    assert axes(book) == ("corrected", "refuted")


def test_unchecked_is_no_verdict(book: Book, bridge: Claim, refused: Refused) -> None:
    """Nobody can decide that a claim is unchecked, nor decide without reasons."""
    with refused("no verdict"):
        book.review(bridge, Verdict.UNCHECKED, "Not looked at.")
    with refused("empty"):
        book.review(bridge, Verdict.SUPPORTED, " ")


def test_a_second_sign_off(book: Book, bridge: Claim, refused: Refused) -> None:
    """Another person signs the last verdict; the one who gave it cannot."""
    with refused("no verdict to sign"):
        book.second(bridge, "Read and agreed.")
    first = book.review(bridge, Verdict.SUPPORTED, "Two witnesses saw the barrier.")
    with refused("needs a second person"):
        book.second(bridge, "I still think so.")
    signed = book.second(bridge, "Read and agreed.", reviewer=book.agent("Marta Quell"))
    assert (signed.seconds, signed.verdict) == (first.uid, Verdict.SUPPORTED)
    assert axes(book) == ("decided", "supported")


def test_the_last_verdict_is_signed(book: Book, bridge: Claim, refused: Refused) -> None:
    """A retracted verdict is not signed: the one before it stands again."""
    marta = book.agent("Marta Quell")
    first = book.review(bridge, Verdict.SUPPORTED, "Two witnesses saw the barrier.")
    later = book.review(bridge, Verdict.REFUTED, "They saw another bridge.", reviewer=marta)
    book.retract(later.handle, "It was this bridge after all.")
    with refused("needs a second person"):
        book.second(bridge, "Again.")
    assert book.second(bridge, "Read and agreed.", reviewer=marta).seconds == first.uid


def test_reviewing_together(book: Book, bridge: Claim) -> None:
    """A verdict and its second sign-off can be entered in one block."""
    with book.together():
        first = book.review(bridge, Verdict.SUPPORTED, "Two witnesses saw the barrier.")
        signed = book.second(bridge, "Read and agreed.", reviewer=book.agent("Marta Quell"))
    assert signed.seconds == first.uid


# -- corrections ---------------------------------------------------------------


def test_a_correction_keeps_the_old_words_readable(book: Book, bridge: Claim) -> None:
    """The claim says the new words, its standing that they are new, and the log still has the old ones."""
    size = queries.head(book.ledger.db).size
    corrected = book.correct("bridge", {"text": "The bridge was closed in June."}, "Misheard.")
    kept = book.kept("bridge")
    assert kept.record == corrected
    assert (kept.standing, kept.reason) == (Standing.CORRECTED, "Misheard.")
    assert axes(book)[0] == "corrected"
    then = store.as_of(book.ledger, str(size))
    assert queries.rows(then.db, "claims", id="bridge")[0]["text"] == bridge.text
    first, entry = queries.entries_about(book.ledger.db, bridge.uid)
    assert entry.content() == {
        "changes": {"text": "The bridge was closed in June."},
        "reason": "Misheard.",
        "replaces": first.rid,
    }


def test_a_field_can_be_emptied(book: Book, bridge: Claim) -> None:
    """None takes back a field that need not be there."""
    book.correct("bridge", {"topic": None}, "It is no harbour bridge.")
    assert queries.rows(book.ledger.db, "claims", id="bridge")[0]["topic"] is None


@pytest.mark.parametrize(
    ("changes", "reason", "says"),
    [
        ({"text": "The bridge was closed in May."}, "Misheard.", "changes nothing"),
        ({}, "Misheard.", "changes nothing"),
        ({"text": ""}, "Misheard.", "empty"),
        ({"text": None}, "Misheard.", "needs its text"),
        ({"occurred": "in May"}, "Misheard.", "date"),
        ({"txt": "The bridge was open."}, "Misheard.", "Did you mean text"),
        ({"uid": "f" * 32}, "Misheard.", "no field 'uid'"),
        ({"handle": "ferry"}, "Misheard.", "no field 'handle'"),
        ({"claimant": "Nobody"}, "Misheard.", "There is no agent"),
        ({"reports": "bridge"}, "Misheard.", "cannot refer to itself"),
        ({"text": 5}, "Misheard.", "Not a claim"),
        ({"text": "The bridge was open."}, "", "empty"),
    ],
)
def test_corrections_that_are_refused(
    book: Book, bridge: Claim, refused: Refused, changes: dict[str, Any], reason: str, says: str
) -> None:
    """A correction changes something that can be changed, to something that may be entered, and says why."""
    with refused(says):
        book.correct("bridge", changes, reason)


def test_a_link_cannot_be_corrected_into_a_loop(book: Book, refused: Refused) -> None:
    """A correction cannot make a source come from itself."""
    speech, minutes = book.source("Speech at the harbour"), book.source("Minutes of the port council")
    link = book.link(speech, Relation.QUOTES, minutes)
    with refused("itself"):
        book.correct(link.handle, {"comes_from": speech.handle}, "Misread.")


def test_an_owner_is_somebody_else(book: Book, refused: Refused) -> None:
    """Nobody can be corrected into being part of themselves."""
    marta = book.agent("Marta Quell")
    with refused("cannot refer to itself"):
        book.correct(marta.handle, {"part_of": marta.handle}, "Self-employed.")


def test_moved_evidence_leaves_the_other_claim(book: Book, bridge: Claim) -> None:
    """Evidence corrected to another claim counts there and no longer where it was."""
    other = book.claim("The ferry sank.", id="ferry")
    item = book.evidence(bridge, book.source("Speech at the harbour"))
    book.correct(item.handle, {"claim": "ferry"}, "It is about the ferry.")
    counts = {row["id"]: row["sources"] for row in queries.rows(book.ledger.db, "claims")}
    assert counts == {"bridge": 0, other.handle: 1}


# -- taking back ---------------------------------------------------------------


def test_a_retraction_leaves_the_words(book: Book, bridge: Claim, refused: Refused) -> None:
    """A retracted claim stays readable with the reason, and is neither corrected nor retracted again."""
    book.retract("bridge", "It was never said.")
    kept = book.kept("bridge")
    assert (kept.record, kept.standing, kept.reason) == (bridge, Standing.RETRACTED, "It was never said.")
    assert axes(book)[0] == "retracted"
    with refused("already retracted"):
        book.retract("bridge", "Again.")
    with refused("already retracted"):
        book.correct("bridge", {"topic": "roads"}, "Again.")
    with refused("already retracted"):
        book.supersede("bridge", "bridge", "Again.")


def test_retracting_needs_a_reason_and_a_record(book: Book, bridge: Claim, refused: Refused) -> None:
    """Nothing is taken back without saying why, and only what is there."""
    with refused("empty"):
        book.retract("bridge", "")
    with pytest.raises(UnknownRecord, match="Did you mean bridge"):
        book.retract("brigde", "It was never said.")


def test_retracted_evidence_no_longer_counts(book: Book, bridge: Claim) -> None:
    """A claim's number of sources follows its evidence."""
    item = book.evidence(bridge, book.source("Speech at the harbour"))
    assert queries.rows(book.ledger.db, "claims", id="bridge")[0]["sources"] == 1
    book.retract(item.handle, "It is about another bridge.")
    assert queries.rows(book.ledger.db, "claims", id="bridge")[0]["sources"] == 0


def test_superseding(book: Book, bridge: Claim, refused: Refused) -> None:
    """A claim gives way to a better one of its kind, which is named; never to itself or to what has fallen."""
    better = book.claim("The bridge was closed from May to July.", id="bridge-2")
    speech = book.source("Speech at the harbour", id="speech")
    for by, says in (("bridge", "cannot take the place"), ("speech", "cannot take the place"), ("bridg", "no record")):
        with refused(says):
            book.supersede("bridge", by, "More exact.")
    book.supersede("bridge", "bridge-2", "More exact.")
    kept = book.kept("bridge")
    assert (kept.standing, kept.superseded_by) == (Standing.SUPERSEDED, better.uid)
    assert axes(book)[0] == "superseded"
    with refused("already superseded"):
        book.supersede("bridge-2", "bridge", "Back again.")
    assert speech in [book.get("speech")]


def test_links_and_inquiries_are_settled(book: Book, bridge: Claim, refused: Refused) -> None:
    """A link is confirmed or rejected, an inquiry gets its outcome; that is no correction."""
    link = book.link(book.source("Speech"), Relation.QUOTES, book.source("Minutes"))
    asked = book.inquiry("Was it closed?", searched="harbour archive")
    assert book.settle(link.handle, LinkState.REJECTED, "Other words.").state is LinkState.REJECTED  # type: ignore[attr-defined]
    book.settle(asked.handle, InquiryState.NOT_FOUND, "The archive burnt down.")
    assert queries.rows(book.ledger.db, "links")[0]["state"] == "rejected"
    (row,) = queries.rows(book.ledger.db, "inquiries")
    assert (row["state"], row["standing"]) == ("not_found", "current")
    for handle, state in ((link.handle, InquiryState.ANSWERED), ("bridge", LinkState.CONFIRMED)):
        with refused("cannot become"):
            book.settle(handle, state, "Because.")


def test_check_results_are_not_corrected_by_hand(book: Book, bridge: Claim, refused: Refused) -> None:
    """What a checker found is changed by checking again, not by writing."""
    from ledger.model import Run

    run = Run(
        uid=book.ledger.environment.uid(), handle="run-2", checkers=(), looked_at=2, subjects=0, counts=(),
        options="none", policy="none", digest="0" * 64,
    )  # fmt: skip
    book.add(run)
    with refused("not corrected by hand"):
        book.retract("run-2", "I do not like it.")
