"""robots.txt is asked first and honoured; only a person's word goes past it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture.fetch import (
    AGENT,
    AddressRefused,
    FaultCode,
    Fetched,
    Limits,
    NotFetched,
    Robots,
    parse_robots,
    ruling,
)
from ledger.capture.fetch.robots import LARGEST, matches, normal_path

Get = Callable[..., Fetched]
Refusal = Callable[..., AddressRefused | NotFetched]

QUICK = Limits(body=100_000, seconds=5, redirects=4, pause=0)


def allowed(text: str, path: str, agent: str = AGENT) -> bool:
    return ruling(parse_robots(text.encode()), agent, path).allowed


# -- what a robots.txt says --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("Disallow: /", "/a", True),
        ("user-AGENT : *\n  DISALLOW :/a # why", "/ab", False),
        ("User-agent: *\nDisallow: /a", "/A", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/report.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/report.pdf?page=2", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: *secret", "/x/secret", False),
        ("User-agent: *\nDisallow: /a%62c", "/abc", False),
        ("User-agent: *\nDisallow: /caf%c3%a9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9/x", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: *\nDisallow: /?q=", "/?q=1", False),
        ("User-agent: factledger\nDisallow: /x\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: FactLedger/2.0\nDisallow: /x", "/a", True),
        ("User-agent: other\nUser-agent: factledger\nDisallow: /a", "/a", False),
        (
            "User-agent: factledger\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: factledger\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: fact\nDisallow: /", "/a", True),
        ("User-agent: factledgers\nDisallow: /", "/a", True),
        ("User-agent: *\nCrawl-delay: 5\nDisallow: /a", "/a", False),
        ("User-agent: x\nSitemap: /s\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("<html>User-agent: *\nnothing here", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_what_a_robots_txt_says(text: str, path: str, says: bool) -> None:
    """Groups, longest match, wildcards, ends, escapes and odd spellings, as RFC 9309 reads them."""
    assert allowed(text, path) is says


def test_the_rule_and_the_pause_are_told() -> None:
    """A ruling says by which rule, and how long to wait between two visits."""
    said = ruling(parse_robots(b"User-agent: *\nCrawl-delay: 2.5\nDisallow: /a"), AGENT, "/ab")
    assert (said.allowed, said.rule and said.rule.pattern, said.delay) == (False, "/a", 2.5)
    for odd in ("-1", "nan", "inf", "1e9", "x", "９"):
        assert ruling(parse_robots(f"User-agent: *\nCrawl-delay: {odd}".encode()), AGENT, "/").delay is None


def test_only_the_first_half_megabyte_is_read() -> None:
    """What stands behind it is ignored, as the standard allows."""
    head = b"User-agent: *\nDisallow: /a\n"
    assert not ruling(parse_robots(head + b"#" * LARGEST), AGENT, "/a").allowed
    assert ruling(parse_robots(b"#" * LARGEST + b"\n" + head), AGENT, "/a").allowed


def slow_matches(pattern: str, path: str) -> bool:
    """The definition, letter by letter."""
    reached = {0}
    for index, letter in enumerate(pattern):
        if letter == "$" and index == len(pattern) - 1:
            return len(path) in reached
        if letter == "*":
            reached = set(range(min(reached), len(path) + 1)) if reached else set()
        else:
            reached = {place + 1 for place in reached if place < len(path) and path[place] == letter}
    return bool(reached)


@given(st.text("ab*$/", max_size=8), st.text("ab$/", max_size=10))
def test_patterns_match_by_their_definition(pattern: str, path: str) -> None:
    """The quick way and the letter-by-letter one agree on every pattern and path."""
    assert matches(pattern, path) == slow_matches(pattern, path)


@given(st.text(max_size=60))
def test_a_path_has_one_spelling(path: str) -> None:
    """To spell it again changes nothing, and it is ASCII."""
    spelled = normal_path(path)
    assert spelled.isascii() and normal_path(spelled) == spelled


@given(st.binary(max_size=400), st.text(max_size=30))
def test_hostile_robots_txt_is_read_or_skipped(data: bytes, path: str) -> None:
    """Whatever bytes it holds, there is a ruling."""
    assert ruling(parse_robots(data), AGENT, path).allowed in (True, False)


# -- how it is asked ---------------------------------------------------------


def test_robots_txt_is_asked_first(site, get: Get) -> None:
    """The page says what was found."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /other", "200 OK", "Content-Type: text/plain")
    site.page("/story")
    assert get(site.url("/story"), robots=True).robots is Robots.ALLOWED
    assert site.asked == ["/robots.txt", "/story"]


def test_a_page_that_is_forbidden_is_not_asked_for(site, refused: Refusal) -> None:
    """The message names the rule and the ways that are left."""
    site.page("/robots.txt", "User-agent: factledger\nDisallow: /st")
    site.page("/story")
    error = refused(site.url("/story"), robots=True)
    assert (error.code, error.exit_code) == (FaultCode.ROBOTS, 2)
    assert "asks programs not to fetch this page (/st)" in str(error)
    assert site.asked == ["/robots.txt"]


def test_a_persons_word_goes_past_it(site, get: Get) -> None:
    """Then it is not asked, and the page says so."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /")
    site.page("/story")
    assert get(site.url("/story"), robots=False).robots is Robots.NOT_ASKED
    assert site.asked == ["/story"]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "401 No", "403 Forbidden", "429 Slow down"])
def test_a_site_without_one_forbids_nothing(status: str, site, get: Get) -> None:
    """Any 4xx means that there is none (RFC 9309, section 2.3.1.3)."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /", status)
    site.page("/story")
    assert get(site.url("/story"), robots=True).robots is Robots.NONE


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nUser-agent: *",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://nowhere.example/\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_site_that_cannot_say_counts_as_a_no(sent: bytes, site, refused: Refusal) -> None:
    """A server that fails to say what it allows has not allowed it (section 2.3.1.4)."""
    site.pages["/robots.txt"] = sent
    site.page("/story")
    error = refused(site.url("/story"), robots=True)
    assert (error.code, "counts as a no" in str(error)) == (FaultCode.ROBOTS, True)
    assert "/story" not in site.asked


def test_redirects_to_it_are_followed_five_times(site, get: Get, refused: Refusal) -> None:
    """To any host that is public; after five it counts as none."""
    site.page("/story")
    site.sends_on("/robots.txt", f"http://council.example:{site.port}/1")
    for number in range(1, 5):
        site.sends_on(f"/{number}", f"/{number + 1}")
    site.page("/5", "User-agent: *\nDisallow: /")
    assert refused(site.url("/story"), robots=True).code is FaultCode.ROBOTS
    site.sends_on("/5", "/6")
    site.page("/6", "User-agent: *\nDisallow: /")
    assert get(site.url("/story"), robots=True).robots is Robots.NONE


def test_a_large_one_is_read_as_far_as_it_counts(site, get: Get) -> None:
    """It is cut at half a megabyte, announced or not, and the page comes."""
    site.page("/story")
    text = b"User-agent: *\nDisallow: /other\n" + b"# the harbour council\n" * 40_000
    site.page("/robots.txt", text)
    assert get(site.url("/story"), robots=True).robots is Robots.ALLOWED
    site.pages["/robots.txt"] = b"HTTP/1.1 200 OK\r\n\r\n" + text
    assert get(site.url("/story"), robots=True).robots is Robots.ALLOWED


def test_the_site_that_is_redirected_to_is_asked_too(site, refused: Refusal) -> None:
    """Every host on the way has its say, each once."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /private")
    site.sends_on("/a", "/b")
    site.sends_on("/b", f"http://council.example:{site.port}/private")
    assert refused(site.url("/a"), robots=True).code is FaultCode.ROBOTS
    assert site.asked == ["/robots.txt", "/a", "/b", "/robots.txt"]


def test_what_keeps_a_host_from_answering_is_said_as_it_is(refused: Refusal) -> None:
    """A host that is unknown or not public is not reported as one that forbids."""
    assert refused("http://nowhere.example/", robots=True).code is FaultCode.DNS
    assert refused("http://inside.example/", robots=True).code is FaultCode.ADDRESS


# -- politeness --------------------------------------------------------------


def test_two_visits_to_one_host_are_a_pause_apart(site, network, get: Get) -> None:
    """A pause of its own length or of the site's wish, up to a limit."""
    waited: list[float] = []
    polite = attrs.evolve(network, pause=waited.append)
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 100")
    site.page("/story")
    get(site.url("/story"), robots=True, network=polite, limits=attrs.evolve(QUICK, longest_pause=20))
    assert len(waited) == 1 and 19 < waited[0] <= 20


def test_one_request_at_a_time_for_a_host(site, get: Get) -> None:
    """Visitors in several threads take turns."""
    here: list[int] = []
    most: list[int] = []
    guard = threading.Lock()

    def counted():
        with guard:
            here.append(1)
            most.append(len(here))
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        site.stopped.wait(0.02)
        with guard:
            here.pop()
        yield b"The bridge is open."

    site.pages["/story"] = counted
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: get(site.url("/story")), range(4)))
    assert (len(pages), max(most)) == (4, 1)
