"""What stands at an address later is told as a state, never as an exception."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture.fetch import AddressState, FaultCode, Limits, NetworkAccess, Probe, probe

Look = Callable[..., Probe]

QUICK = Limits(body=100_000, seconds=5, redirects=4, pause=0)
STORY = "<title>Bridge</title><p>The harbour council met on Tuesday and kept the bridge open.</p>"
HASH = sha256(STORY.encode()).hexdigest()


@pytest.fixture
def look(site, network: NetworkAccess) -> Look:
    """Probe a path of the site within small limits."""

    def call(path: str, **more: Any) -> Probe:
        return probe(path if "://" in path else site.url(path), limits=QUICK, network=network, **more)

    return call


def test_the_same_bytes_are_unchanged(site, look: Look) -> None:
    """The page is at hand for whoever wants to compare more."""
    site.page("/story", STORY)
    found = look("/story", sha256=HASH)
    assert (found.state, found.same_bytes, found.status) == (AddressState.UNCHANGED, True, 200)
    assert found.page is not None and found.page.sha256 == HASH


def test_other_bytes_are_changed_unless_the_text_is_the_same(site, look: Look) -> None:
    """Whoever can read the page may say that its text is as it was."""
    site.page("/story", STORY + "<!-- 4711 -->")
    assert look("/story", sha256=HASH).state is AddressState.CHANGED
    same = look("/story", sha256=HASH, same_text=lambda page: b"kept the bridge open" in page.body)
    assert (same.state, same.same_bytes, same.same_text) == (AddressState.UNCHANGED, False, True)
    assert look("/story", sha256=HASH, same_text=lambda page: False).state is AddressState.CHANGED


def test_without_an_earlier_hash_a_page_is_alive(site, look: Look) -> None:
    """Nothing is said of changes that cannot be known."""
    site.page("/story", STORY)
    assert (look("/story").state, look("/story").same_bytes) == (AddressState.ALIVE, None)


def test_a_page_elsewhere_has_moved(site, look: Look) -> None:
    """The new address and whether the page is the same are told."""
    site.sends_on("/story", "/archive/story", "301 Moved")
    site.page("/archive/story", STORY)
    found = look("/story", sha256=HASH)
    assert (found.state, found.final_url, found.same_bytes) == (AddressState.MOVED, site.url("/archive/story"), True)
    site.sends_on("/tale", "/tale/", "301 Moved")
    site.page("/tale/", STORY)
    assert look("/tale", sha256=HASH).state is AddressState.UNCHANGED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("404 Not Found", AddressState.GONE),
        ("410 Gone", AddressState.GONE),
        ("401 No", AddressState.REFUSED),
        ("403 No", AddressState.REFUSED),
        ("429 Slow down", AddressState.REFUSED),
        ("451 No", AddressState.REFUSED),
        ("500 Oops", AddressState.UNREACHABLE),
        ("503 Busy", AddressState.UNREACHABLE),
    ],
)
def test_a_status_is_a_state(status: str, state: AddressState, site, look: Look) -> None:
    """A busy server may be back tomorrow; a page that is gone is gone."""
    site.page("/story", STORY, status)
    found = look("/story", sha256=HASH)
    assert (found.state, found.status, found.page) == (state, int(status[:3]), None)
    assert found.message


def test_other_reasons_are_states_too(site, look: Look) -> None:
    """Robots, walls, unknown names and addresses that are not public."""
    site.page("/wall", "<p>Please enable cookies.</p>")
    site.page("/cut", STORY, length=5000)
    for path, state, code in (
        ("/wall", AddressState.REFUSED, FaultCode.COOKIES),
        ("/cut", AddressState.UNREACHABLE, FaultCode.BROKE_OFF),
        ("http://nowhere.example/", AddressState.UNREACHABLE, FaultCode.DNS),
        ("http://inside.example/", AddressState.NOT_FETCHED, FaultCode.ADDRESS),
        ("file:///etc/passwd", AddressState.NOT_FETCHED, FaultCode.SCHEME),
        ("http://127.1/", AddressState.NOT_FETCHED, FaultCode.HOST),
    ):
        found = look(path)
        assert (found.state, found.code) == (state, code)
    site.page("/robots.txt", "User-agent: *\nDisallow: /")
    assert look("/story").state is AddressState.ROBOTS


@pytest.mark.parametrize(
    "body",
    [
        "<title>404</title><p>Sorry.</p>",
        "<h1>Page not found</h1>",
        "<p>The page you asked for could not be found.</p>",
        "<p>This article is no longer available.</p>",
        "<h1>Seite nicht gefunden</h1>",
        "<h1>Page introuvable</h1>",
        "<p>La página no existe.</p>",
    ],
)
def test_a_page_that_says_not_found_is_gone_softly(body: str, site, look: Look) -> None:
    """Whatever its status says."""
    site.page("/story", body)
    assert look("/story", sha256=HASH).state is AddressState.SOFT_404


def test_being_sent_to_the_front_page_is_gone_softly(site, look: Look) -> None:
    """A story that leads to the front page is no longer there; the front page itself is."""
    site.sends_on("/story", "/")
    site.page("/", STORY + "More of the day.")
    assert look("/story", sha256=HASH).state is AddressState.SOFT_404
    assert look("/").state is AddressState.ALIVE


def test_a_page_that_speaks_of_lost_pages_is_a_page(site, look: Look) -> None:
    """An article, and a page with the very bytes that were captured, are what they are."""
    site.page("/story", "<title>Where the pages went</title><p>" + "The archive was not found for years. " * 80)
    assert look("/story", sha256=HASH).state is AddressState.CHANGED
    lost = "<h1>Page not found</h1>"
    site.page("/lost", lost)
    assert look("/lost", sha256=sha256(lost.encode()).hexdigest()).state is AddressState.UNCHANGED


@given(st.text(max_size=60))
def test_no_address_makes_it_raise(url: str) -> None:
    """Whatever was recorded as an address, the answer is a state; no resolver of ours knows it."""

    def nobody(host: str, port: int) -> tuple[str, ...]:
        assert threading.current_thread() is not threading.main_thread()
        raise OSError

    for text in (url, f"http://{url}"):
        assert probe(text, network=NetworkAccess(resolve=nobody), limits=QUICK).state in (
            AddressState.NOT_FETCHED,
            AddressState.UNREACHABLE,
        )
