"""News of a ledger as Atom (RFC 4287): what every feed must have, what each is of, and when it changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest

from ledger.book import Book
from ledger.model import Verdict
from ledger.views import feeds

from .conftest import agent

FEEDS = [
    "/-/ledger/decisions.atom",
    "/-/ledger/corrections.atom",
    "/ledger/claims/refusal.atom",
    "/ledger/agents/sheinbaum.atom",
]
ATOM = "{http://www.w3.org/2005/Atom}"


def read(answer: Any) -> ElementTree.Element:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.text)


def text(element: ElementTree.Element, name: str) -> str:
    """Return the words of the one child of this name."""
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def titles(answer: Any) -> list[str]:
    return [text(entry, "title") for entry in read(answer).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_the_standard_asks_for(get: Any, path: str) -> None:
    """Feed and entries have one id, title and instant each (4.1.1, 4.1.2); the newest comes first and dates it."""
    feed = read(get(path))
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        UUID(text(element, "id").removeprefix("urn:uuid:"))
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    assert text(feed.find(f"{ATOM}author"), "name") == "desk.example.org"  # type: ignore[arg-type]
    assert all(text(author, "name") for author in feed.iter(f"{ATOM}author"))
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    dates = [text(entry, "updated") for entry in entries]
    assert dates == sorted(dates, reverse=True) and text(feed, "updated") == dates[0]


@pytest.mark.parametrize("path", FEEDS)
def test_the_links_of_a_feed_lead_somewhere(get: Any, path: str) -> None:
    """Itself and the page that it is of are whole addresses on this site, and answer."""
    links = {(one.get("rel"), one.get("href") or "") for one in read(get(path)).iter(f"{ATOM}link")}
    assert ("self", f"http://localhost{path}") in links
    for relation, address in links:
        parts = urlsplit(address)
        assert (parts.scheme, parts.hostname) == ("http", "localhost")
        answer = get(parts.path)
        assert relation == "self" or answer.status_code == 200 or parts.path.startswith("/ledger/agents/"), address


def test_what_the_feeds_are_of(get: Any) -> None:
    """Decisions with their verdicts, corrections with their acts; a claim's own news, and somebody's."""
    assert titles(get("/-/ledger/decisions.atom")) == [
        "Supported: Sheinbaum refused the offer of U.S. troops",
        "Refuted: Donald Trump was a former president when he made the offer",
        "Supported, signed by a second person: Sheinbaum said that Trump proposed sending the U.S. Army into Mexico",
        "Supported: Sheinbaum said that Trump proposed sending the U.S. Army into Mexico",
    ]
    assert [title.partition(":")[0] for title in titles(get("/-/ledger/corrections.atom"))] == [
        "Claim retracted",
        "Claim replaced",
        "Claim corrected",
    ]
    assert [title.partition(":")[0] for title in titles(get("/ledger/claims/refusal.atom"))] == [
        "Claim corrected",
        "Supported",
        "Evidence recorded",
        "Claim recorded",
    ]
    person = titles(get("/ledger/agents/sheinbaum.atom"))
    assert len(person) == 6
    assert all("Sheinbaum" in title for title in person)


def test_a_story_has_a_feed(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """All that is entered and decided of its claims, and nothing of others; a story that is not there has none."""
    mine = fresh.claim("The bridge was closed.", story="Bridge & ferry")
    fresh.claim("The museum was opened.", story="Museum")
    fresh.review(mine, Verdict.SUPPORTED, "It was.")
    get = serving(fresh.ledger.path)
    answer = get("/-/ledger/story.atom?story=Bridge+%26+ferry")
    assert titles(answer) == ["Supported: The bridge was closed.", "Claim recorded: The bridge was closed."]
    assert 'href="http://localhost/-/ledger/story.atom?story=Bridge+%26+ferry"' in answer.text.replace("&amp;", "&")
    for path in ("/-/ledger/story.atom?story=None", "/-/ledger/story.atom", "/ledger/agents/nobody.atom"):
        missing = get(path)
        assert (missing.status_code, missing.text.count("\n")) == (404, 1), path


def test_a_verdict_that_became_another_is_a_correction(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """The first decision is none, a second one with the same verdict neither."""
    claim = fresh.claim("The bridge was closed.", id="bridge")
    for verdict in (Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.REFUTED):
        fresh.review(claim, verdict, f"It is {verdict}.")
    get = serving(fresh.ledger.path)
    assert titles(get("/-/ledger/corrections.atom")) == ["Refuted: The bridge was closed."]


def test_ids_stay_when_the_ledger_goes_on(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """An entry keeps its id in every feed and for ever, a feed its own, wherever the ledger is served."""
    claim = fresh.claim("The bridge was closed.", id="bridge")
    fresh.review(claim, Verdict.SUPPORTED, "It was.")
    get = serving(fresh.ledger.path)
    ids = lambda path: re.findall("<id>(.*?)</id>", get(path).text)  # noqa: E731
    decisions, own = ids("/-/ledger/decisions.atom"), ids("/ledger/claims/bridge.atom")
    assert decisions[1] == own[1]
    assert decisions[0] != own[0]
    fresh.correct("bridge", {"topic": "Bridges"}, "It had none.")
    assert ids("/ledger/claims/bridge.atom") == [own[0], *ids("/ledger/claims/bridge.atom")[1:2], *own[1:]]
    assert ids("/-/ledger/decisions.atom") == decisions


def test_a_feed_is_as_long_as_it_may_be(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """Only the newest entries are in it, in whatever number there are others."""
    claim = fresh.claim("The bridge was closed.", id="bridge")
    for number in range(feeds.MOST + 5):
        fresh.review(claim, Verdict.SUPPORTED, f"Reason {number}.")
    found = read(serving(fresh.ledger.path)("/-/ledger/decisions.atom"))
    summaries = [text(entry, "summary") for entry in found.iter(f"{ATOM}entry")]
    assert summaries == [f"Reason {number}." for number in range(feeds.MOST + 4, 4, -1)]


def test_an_empty_feed_is_a_feed(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """Where nothing was decided yet, it is dated by the beginning of the ledger."""
    feed = read(serving(fresh.ledger.path)("/-/ledger/decisions.atom"))
    assert not feed.findall(f"{ATOM}entry")
    assert text(feed, "updated").startswith("2025-05-05")


def test_who_has_the_newest_feed_is_told_so(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """An unchanged feed is answered in no words; the next entry makes it another."""
    get = serving(fresh.ledger.path)
    first = get("/-/ledger/decisions.atom")
    again = get("/-/ledger/decisions.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    fresh.review(fresh.claim("The bridge was closed."), Verdict.SUPPORTED, "It was.")
    assert get("/-/ledger/decisions.atom", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_withheld_name_is_in_no_feed(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """What was entered before the name was withheld is told without it."""
    from ledger import trust

    eve = fresh.agent("Eve Withheld-Person", id="eve")
    fresh.claim("The bridge was closed.", id="bridge", claimant=eve)
    get = serving(fresh.ledger.path)
    assert "Eve Withheld-Person" in get("/ledger/agents/eve.atom").text
    handle = dict(trust.withhold(fresh, agent(fresh, "Eve Withheld-Person").handle, ["name"], "Asked.").renamed).get(
        "eve", "eve"
    )
    found = get(f"/ledger/agents/{handle}.atom")
    assert found.status_code == 200
    assert "Withheld-Person" not in found.text + get("/ledger/claims/bridge.atom").text
