"""Which addresses are due for a look, and what a look records."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.book import Book
from ledger.capture.fetch import AddressState, Probe
from ledger.desk import rot
from ledger.model import InquiryState
from ledger.store import queries

ADDRESS = "https://post.example/bridge"


@pytest.fixture
def post(factledger: Any) -> Any:
    """A ledger with one source that has an address, and one that has none."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("source", "Bridge shut", "--id", "post", "--url", ADDRESS)
    factledger("source", "Speech on the pier", "--id", "speech")
    return factledger


def test_without_being_told_nothing_is_visited(post: Any) -> None:
    """The due list names each source with an address, and says that nothing was visited."""
    told = post("link-rot", "--json")
    assert told.returncode == 0 and "1 due. Nothing was visited" in told.stderr
    assert [(row["source"], row["due"], row["looked"]) for row in json.loads(told.stdout)] == [("post", "yes", "never")]


def test_an_address_of_no_public_place_is_refused_and_recorded(post: Any) -> None:
    """A visit that may not be made is told as such, and enters the ledger as a search without an answer."""
    post("source", "Router page", "--id", "router", "--url", "http://192.168.0.1/status")
    told = post("link-rot", "router", "--online", "--json")
    assert told.returncode == 0
    assert [row["state"] for row in json.loads(told.stdout)] == ["not fetched"]
    (row,) = json.loads(post("list", "inquiries", "--json").stdout)
    assert (row["searched"], row["state"]) == ("http://192.168.0.1/status", "no_answer")


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (AddressState.UNCHANGED, InquiryState.ANSWERED),
        (AddressState.GONE, InquiryState.NOT_FOUND),
        (AddressState.ROBOTS, InquiryState.DECLINED),
        (AddressState.UNREACHABLE, InquiryState.NO_ANSWER),
    ],
)
def test_a_look_is_recorded_and_no_longer_due(book: Book, state: AddressState, answer: InquiryState) -> None:
    """Who looked where, and what came of it; until the days are over nobody needs to look again."""
    source = book.source("Bridge shut", id="post", url=ADDRESS)
    (item,) = rot.watched(book.ledger, every=lambda source: timedelta(days=30))
    (found,) = rot.look(book, [item], probe=lambda url: Probe(url, state, datetime.now(UTC)))
    assert (found.record.searched, found.record.state, found.record.seen_in) == (ADDRESS, answer, source.uid)
    (again,) = rot.watched(book.ledger, every=lambda source: timedelta(days=30))
    assert not again.due and again.found == rot.SAID[state]
    assert len(queries.rows(book.ledger.db, "inquiries")) == 1


def test_every_state_has_its_words() -> None:
    """No state of an address is left without an answer and a sentence."""
    assert set(rot.SAID) == set(AddressState)
