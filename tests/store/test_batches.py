"""However entries are divided into transactions, the tables made from them are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ledger.book import Book
from ledger.model import Relation, Stance, Verdict
from ledger.store import Ledger, queries
from ledger.store import project as projecting
from ledger.store.file import in_memory
from ledger.store.project import Projector

Dump = dict[str, list[tuple[Any, ...]]]


def _enter(book: Book) -> None:
    """A claim that is supported, contradicted and decided, whose evidence moves; and one that reports it."""
    report, minutes = book.source("Report"), book.source("Minutes")
    book.link(report, Relation.CITES, minutes)
    closed = book.claim("The bridge was closed.")
    told = book.claim("It was said that the bridge was closed.", reports=closed)
    item = book.evidence(closed, report)
    book.evidence(closed, minutes, stance=Stance.CONTRADICTS)
    book.review(closed, Verdict.REFUTED, "The minutes say otherwise.")
    book.second(closed, "So they do.", reviewer=book.agent("Ben Ito"))
    book.correct(item.handle, {"claim": told.handle}, "It is about what was said.")
    book.correct(closed.handle, {"text": "The bridge was closed in May."}, "The month was left out.")


@pytest.mark.parametrize("due", [1, 2, 10_000])
def test_a_replay_gives_the_same_however_often_axes_are_derived(
    book: Book, tables: Callable[[Ledger], Dump], monkeypatch: pytest.MonkeyPatch, due: int
) -> None:
    """Tables made entry by entry are those of a replay, whether axes are derived often or once."""
    _enter(book)
    monkeypatch.setattr(projecting, "DUE", due)
    fresh = Ledger(book.ledger.path, in_memory(book.ledger.path), "working")
    Projector(fresh.db).apply_all(queries.entries(book.ledger.db))
    assert tables(fresh) == tables(book.ledger)
    fresh.close()
