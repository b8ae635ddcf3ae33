"""A reader's way through the pages in a real browser, at both widths: every step by a link, and nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from .test_browser import browser, page, readers  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(page: Any, readers: str) -> Iterator[Any]:  # noqa: F811
    """Return a page that notes which hosts it asks; at the end none but the ledger's was, and the console is empty."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(readers)
    yield page
    assert asked == {urlsplit(readers).netloc}
    assert page.said == []


def follow(reader: Any, selector: str) -> str:
    """Follow the first link of a kind, and return the heading of where it leads."""
    with reader.expect_navigation() as led:
        reader.locator(f"{selector} >> visible=true").first.click()
    assert led.value.status == 200, reader.url
    return str(reader.inner_text("h1"))


def test_from_the_front_page_to_an_old_version_and_back(reader: Any) -> None:
    """Front page, claim, its source, whoever spoke there, the article as it reads, the claim as it was, the claim."""
    front = reader.url
    claim = follow(reader, "main a[href$='/claims/refusal']")
    assert "refused" in claim
    address = reader.url
    assert follow(reader, "main a[href*='/ledger/sources/']")
    assert follow(reader, "main a[href*='/ledger/agents/']")
    reader.goto(address)
    follow(reader, "main a[href*='/ledger/sources/article']")
    assert follow(reader, "main a[href*='/-/ledger/galley/']")
    assert follow(reader, "main a[href*='/ledger/claims/']")
    reader.goto(address)
    follow(reader, "section.cite a[href*='@']")
    assert "@" in reader.url
    assert "Today" in reader.inner_text("main, body")
    assert follow(reader, "a:has-text('is here')") == claim
    assert reader.url == address
    follow(reader, "header a")
    assert reader.url.rstrip("/") == front.rstrip("/")


def test_search_and_narrow(reader: Any) -> None:
    """Words find claims and are marked in them; a choice beside the list leaves those that it says, and counts them."""
    reader.fill("main input[name=q]", "army")
    with reader.expect_navigation():
        reader.press("main input[name=q]", "Enter")
    found = reader.locator("main mark").all_inner_texts()
    assert found
    assert {one.lower() for one in found} == {"army"}
    follow(reader, "nav a:has-text('Claims')")
    follow(reader, "main a:has-text('refuted')")
    assert reader.inner_text("main h2:has-text('claim')").startswith("1 claim")
    assert "former president" in reader.inner_text("main")
