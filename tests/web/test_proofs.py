"""The pages that others check a ledger by, and what raw pages keep to themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import trust
from ledger.book import Book
from ledger.log.sheet import read_sheet

from .conftest import agent, tell
from .test_pages import said

WHY = "They asked not to be named."

RAW = [
    "/ledger/ledger_entry",
    "/ledger/ledger_entry.json",
    "/ledger/ledger_entry/1",
    "/ledger?sql=select+body+from+ledger_entry",
    "/ledger.json?sql=select+body+from+ledger_entry",
    "/ledger.db",
]


@pytest.fixture
def told(fresh: Book) -> Book:
    tell(fresh)
    return fresh


def test_a_ledger_without_a_checkpoint_says_so(told: Book, serving: Callable[[Path], Any]) -> None:
    """Nothing is signed by looking: the page says that nobody can hold the ledger to anything yet."""
    get = serving(told.ledger.path)
    assert "nobody can hold this ledger to what it says today" in said(get("/-/ledger/checkpoints"))
    assert get("/-/ledger/checkpoint").status_code == 404
    refused = get("/-/ledger/proof/troop-offer.json")
    assert refused.status_code == 404
    assert "This cannot be proven here yet" in refused.text


def test_the_checkpoint_page_shows_what_to_compare(told: Book, serving: Callable[[Path], Any]) -> None:
    """The key, each checkpoint with its size, and how many entries came later; the note itself for programs."""
    note = trust.checkpoint(told.ledger)
    told.claim("It came later", id="later")
    get = serving(told.ledger.path)
    words = said(get("/-/ledger/checkpoints"))
    assert str(trust.log_key(told.ledger)) in words
    assert "Compare it with one you got another way" in words
    assert "the last 1 came after its newest checkpoint" in words
    given = get("/-/ledger/checkpoint")
    assert given.headers["content-type"].startswith("text/plain")
    assert given.text == str(note)


def test_many_checkpoints_are_paged(told: Book, serving: Callable[[Path], Any]) -> None:
    """The newest comes first, a page shows 25 of them, and each page counts from the newest of all."""
    for number in range(26):
        told.claim(f"Trip {number} was late.", id=f"trip-{number}")
        trust.checkpoint(told.ledger)
    get = serving(told.ledger.path)
    newest, oldest = (trust_sizes(get(f"/-/ledger/checkpoints{query}").text) for query in ("", "?page=2"))
    assert (len(newest), len(oldest)) == (25, 1)
    assert newest == sorted(newest, reverse=True) and newest[-1] > oldest[0]
    assert "came after its newest" not in said(get("/-/ledger/checkpoints?page=2"))
    assert "1 to 25 of 26" in said(get("/-/ledger/checkpoints"))


def trust_sizes(page: str) -> list[int]:
    """Return of how many entries each checkpoint on a page is."""
    return [int(size) for size in re.findall(r"<h3>(\d+) entries</h3>", page)]


def test_a_downloaded_proof_holds_without_the_ledger(told: Book, serving: Callable[[Path], Any]) -> None:
    """The file that the page of verifying links to is checked with nothing but the key; a changed word is seen."""
    trust.checkpoint(told.ledger)
    get = serving(told.ledger.path)
    assert 'href="/-/ledger/verify/troop-offer"' in get("/ledger/claims/troop-offer").text
    assert 'href="/-/ledger/proof/troop-offer.whole.json"' in get("/-/ledger/verify/troop-offer").text
    given = get("/-/ledger/proof/troop-offer.json")
    assert given.headers["content-disposition"] == 'attachment; filename="troop-offer.proof.json"'
    key = trust.log_key(told.ledger)
    assert trust.check_sheet(read_sheet(given.text), key).holds
    changed = given.text.replace("sending the U.S. Army", "sending a U.S. envoy")
    assert changed != given.text
    assert not trust.check_sheet(read_sheet(changed), key).holds
    assert get("/-/ledger/proof/nobody.json").status_code == 404


def test_raw_pages_are_shut_while_the_file_still_holds_withheld_words(
    told: Book, serving: Callable[[Path], Any]
) -> None:
    """Between `withhold` and `erase` the log has the words: its raw rows, SQL and the file itself are not served."""
    get = serving(told.ledger.path)
    assert [get(path, follow_redirects=True).status_code for path in RAW[:5]] == [200] * 5
    trust.withhold(told, agent(told, "Ben Okafor").handle, ["name"], WHY)
    get = serving(told.ledger.path)
    assert [get(path, follow_redirects=True).status_code for path in RAW] == [403] * 6
    assert get("/ledger/claims").status_code == get("/ledger/claims/troop-offer").status_code == 200
    trust.drop(told.ledger)
    get = serving(told.ledger.path)
    assert [get(path, follow_redirects=True).status_code for path in RAW[:5]] == [200] * 5
    assert "Okafor" not in "".join(get(path).text for path in RAW[:5])


def test_what_is_kept_from_readers_is_told_with_its_reason(told: Book, serving: Callable[[Path], Any]) -> None:
    """A page that shows a record with withheld words says which field, and why."""
    handle = dict(trust.withhold(told, "speech", ["title"], WHY).renamed)["speech"]
    get = serving(told.ledger.path)
    words = said(get(f"/ledger/sources/{handle}"))
    assert "Kept from you" in words and WHY in words
    assert "Speech at a university" not in words
    assert WHY in said(get("/ledger/claims/troop-offer"))
