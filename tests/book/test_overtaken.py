"""Two people at one record: whoever comes second is told, and nothing comes back to life."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import InputError
from ledger.model import Verdict
from ledger.store import open_ledger, queries
from ledger.views import claim_view


def test_a_correction_that_was_overtaken_is_refused(book: Book, ledger_path: Path) -> None:
    """A correction prepared before somebody else retracted the record does not bring it back."""
    claim = book.claim("The bridge was closed.", id="bridge")
    with (
        open_ledger(ledger_path, write=True) as elsewhere,
        pytest.raises(InputError, match="in the meantime"),
        book.together(),
    ):
        book.correct(claim.handle, {"topic": "harbour"}, "It had none.")
        Book(elsewhere).retract(claim.handle, "Nobody said it.")
    kept = queries.by_handle(book.ledger.db, claim.handle)
    assert kept is not None
    assert not kept.standing.stands


def test_a_decision_is_not_corrected(book: Book) -> None:
    """A verdict that somebody may have signed is changed by a new review, never under the signature."""
    claim = book.claim("The bridge was closed.", id="bridge")
    bo = book.agent("Bo Lind")
    review = book.review(claim, Verdict.SUPPORTED, "Two minutes of it are on record.")
    book.second(claim, "Agreed.", reviewer=bo)
    with pytest.raises(InputError, match="no field 'verdict'"):
        book.correct(review.handle, {"verdict": "refuted"}, "A slip.")
    book.review(claim, Verdict.REFUTED, "The recording is of another bridge.")
    view = claim_view(book.ledger.db, claim.handle)
    assert (view.verdict, view.second) == ("refuted", None)


def test_a_name_is_kept_out_or_given(book: Book) -> None:
    """Evidence cannot both name a speaker and say why they are not named."""
    claim, source = book.claim("The bridge was closed."), book.source("A call")
    speaker = book.agent("Bo Lind")
    with pytest.raises(InputError, match="kept out"):
        book.evidence(claim, source, speaker=speaker, unnamed_because="She would lose her post.")


def test_the_ledgers_own_handle_is_taken(book: Book) -> None:
    """No record can be called "ledger": findings about the whole ledger are filed under it."""
    with pytest.raises(InputError, match="the ledger itself"):
        book.claim("The bridge was closed.", id="ledger")
    assert book.agent("Ledger").handle == "ledger-2"
