"""The timeline on a claim's page, and the page of a whole story."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.book import Book
from ledger.web import timelines

from .conftest import tell
from .test_pages import said


@pytest.fixture
def told(fresh: Book) -> Book:
    tell(fresh)
    return fresh


def lanes(page: str) -> list[str]:
    """Return the clocks that head a timeline's lanes."""
    return re.findall(r'<th scope="col" class="lane"[^>]*><span>(\w+)</span>', page)


def test_a_claim_page_draws_its_clocks_apart(get: Any) -> None:
    """Happened, published, archived, recorded: each has a lane, and a date that is not exact is a bar."""
    page = get("/ledger/claims/troop-offer").text
    assert lanes(page)[:2] == ["happened", "published"]
    assert "recorded" in lanes(page)
    assert re.search(r'<td class="lane happened from"></td>', page), "April or May reaches beyond the report of 2 May"
    assert re.search(r'<td class="lane published point"></td>', get("/ledger/claims/pressure").text)


def test_the_whole_story_up_to_a_day(told: Book, serving: Callable[[Path], Any]) -> None:
    """What came later is left out and counted; a source keeps its link."""
    get = serving(told.ledger.path)
    every, then = said(get("/-/ledger/timeline")), said(get("/-/ledger/timeline?until=2025-05-02"))
    assert "Trump pressed Mexico to let the U.S. military in" in then
    assert re.search(r"\d+ moments after 2 May 2025 left out\.", then)
    assert "recorded" in every and " recorded 1" not in then
    assert 'href="/ledger/sources/wsj-report"' in get("/-/ledger/timeline").text


def test_a_story_is_shown_alone(told: Book, serving: Callable[[Path], Any]) -> None:
    """With ?story= only its claims are there; an unknown one says so."""
    told.claim("The bridge was shut.", id="shut", occurred="2031-05", story="port & bridge")
    get = serving(told.ledger.path)
    page = get("/-/ledger/timeline?story=port+%26+bridge").text
    assert "The bridge was shut." in page and "wsj-report" not in page
    assert "No claim is recorded of this story." in said(get("/-/ledger/timeline?story=none"))
    assert 'href="/-/ledger/timeline?story=port%20%26%20bridge"' in get("/ledger/claims/shut").text


def test_a_day_that_is_none_is_told(told: Book, serving: Callable[[Path], Any]) -> None:
    """The page says what is wrong with the date, and how to write one."""
    answer = serving(told.ledger.path)("/-/ledger/timeline?until=yesterday<script>")
    assert answer.status_code == 400
    assert "is not a date" in answer.text and "<script>" not in answer.text


def test_too_many_claims_are_not_drawn(
    told: Book, serving: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that nobody could read, or wait for, asks for a story instead."""
    monkeypatch.setattr(timelines, "MOST_CLAIMS", 2)
    assert "too many claims for one page" in said(serving(told.ledger.path)("/-/ledger/timeline"))
