"""What a person says of passages that need no claim."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.exchange import import_story
from ledger.model import Anchor, Exclusion, ExclusionReason
from ledger.store import queries

Refused = Callable[[str], AbstractContextManager[None]]

STORY = """\
factledger: story/1
story: ferry
title: The ferry
sources:
  - {id: report, title: The late ferry, kind: article, file: ferry.txt}
claims:
  - {id: late, text: The ferry was late.}
exclusions:
  - {source: report, quote: It was a sad sight., reason: opinion}
  - {source: report, quote: It came at noon., reason: covered_elsewhere, claim: late}
"""


def test_a_passage_is_left_out(book: Book) -> None:
    """It reads as it was entered, its row has the words and the reason, and it can be retracted like any record."""
    source = book.source("Minutes")
    left = book.exclusion(source, Anchor("It was a sad sight."), ExclusionReason.OPINION)
    assert book.find(Exclusion, left.handle) == left
    (row,) = queries.rows(book.ledger.db, "exclusions")
    assert (row["source"], row["quote"], row["reason"]) == ("minutes", "It was a sad sight.", "opinion")
    book.retract(left.handle, "It has a figure after all.")
    assert [row["standing"] for row in queries.rows(book.ledger.db, "exclusions")] == ["retracted"]


@pytest.mark.parametrize("reason", [one for one in ExclusionReason if one is not ExclusionReason.COVERED_ELSEWHERE])
def test_only_what_is_covered_elsewhere_names_a_claim(book: Book, refused: Refused, reason: ExclusionReason) -> None:
    """A claim beside any other reason would be read as a reason."""
    source, claim = book.source("Minutes"), book.claim("The ferry was late.")
    with refused("Only what is covered elsewhere"):
        book.exclusion(source, Anchor("It was late."), reason, claim=claim, note="So it is.")
    book.exclusion(source, Anchor("It was late."), ExclusionReason.COVERED_ELSEWHERE, claim=claim)


def test_another_reason_is_told(book: Book, refused: Refused) -> None:
    """ "Other" alone says nothing to a reader."""
    source = book.source("Minutes")
    with refused("Another reason is told"):
        book.exclusion(source, Anchor("See page 4."), ExclusionReason.OTHER)
    book.exclusion(source, Anchor("See page 4."), ExclusionReason.OTHER, note="It leads to another page.")


def test_a_story_file_leaves_passages_out(book: Book, tmp_path: Path) -> None:
    """Each is held to the archived text; the same file again adds nothing."""
    (tmp_path / "ferry.txt").write_text("The late ferry\n\nIt came at noon. It was a sad sight.\n", encoding="utf-8")
    (tmp_path / "ferry.story.yaml").write_text(STORY, encoding="utf-8")
    first = import_story(book, tmp_path / "ferry.story.yaml")
    left = [record for record in first.added if isinstance(record, Exclusion)]
    assert [(one.handle, one.reason.value) for one in left] == [
        ("report-left-out", "opinion"),
        ("report-left-out-2", "covered_elsewhere"),
    ]
    assert [one.anchor.start is not None for one in left] == [True, True]
    assert import_story(book, tmp_path / "ferry.story.yaml").added == ()


def test_what_was_done_is_not_taken_back_by_hand(book: Book, refused: Refused) -> None:
    """That a copy went out stays so."""
    out = book.publication(size=2, root="00" * 32, sha256="11" * 32, withheld=0, copies=0, kept_back=0)
    with refused("not corrected by hand"):
        book.retract(out.handle, "It should not have gone out.")
