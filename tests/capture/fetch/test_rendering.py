"""Pages that a real browser draws, friendly and hostile, from a server on loopback: nothing goes past the rules."""

from __future__ import annotations

import os
import select
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import desk
from ledger.book import Book
from ledger.capture import chromium, read_again
from ledger.capture.fetch import AddressRefused, FaultCode, Limits, NetworkAccess, NotFetched, PageRequests
from ledger.capture.rendering import PICTURE, Rendered, render
from ledger.desk import rot
from ledger.desk.copies import copies_of
from ledger.desk.pages import rendered_page
from ledger.errors import EnvironmentFault

pytestmark = [pytest.mark.browser, pytest.mark.long]

LIMITS = Limits(body=100_000, seconds=120, redirects=4, pause=0)
PATIENT = 240.0
"""Seconds that a page which comes to rest may take on a busy machine."""

DRAWN = """<!doctype html><meta charset=utf-8><title>Harbour</title><style>.notice { display: none }</style>
<h1>Harbour news</h1><p id=words>Loading</p><p class=notice>We use biscuits.</p><script src=/drawn.js></script>"""
SCRIPT = """fetch("/words.json").then(answer => answer.json()).then(said =>
    setTimeout(() => { words.textContent = said.words }, 3000))"""


@pytest.fixture(scope="module")
def browser() -> Path:
    """Where Chromium is; without one skip with the reason, or fail where FACTLEDGER_REQUIRE_BROWSER is set."""
    if not any(map(shutil.which, chromium.NAMES)) and not os.environ.get("FACTLEDGER_REQUIRE_BROWSER"):
        pytest.skip("no Chromium is installed")
    found = chromium.find_chromium()
    assert found is not None, "no Chromium is installed"
    return found


Draw = Callable[..., Rendered]


@pytest.fixture
def draw(site, network: NetworkAccess, browser: Path) -> Draw:
    """Render the page at / of the site, or at another path."""

    def call(page: str = "", *, path: str = "/", seconds: float = PATIENT, robots: bool = True) -> Rendered:
        if page:
            site.page(path, page)
        requests = PageRequests(robots=robots, limits=LIMITS, network=network)
        return render(site.url(path), requests, browser, seconds=seconds, sandbox=False)

    return call


@pytest.fixture
def drawn(site) -> Any:
    """A page that says nothing until its scripts have run."""
    site.page("/", DRAWN)
    site.page("/drawn.js", SCRIPT, "200 OK", "Content-Type: text/javascript")
    site.page("/words.json", '{"words": "The harbour will close in June."}', "200 OK", "Content-Type: application/json")
    return site


def test_what_scripts_write_is_archived_and_can_be_quoted(drawn, draw: Draw, book: Book) -> None:
    """One copy holds the page, its parts and a picture; its words are read from its bytes alone."""
    page = rendered_page(draw())
    assert "The harbour will close in June." in page.reading.text and "Loading" not in page.reading.text
    again = read_again(page.reading.data, page.reading.extractor or "", where="copy")
    assert again == page.reading.text
    parts = {part["Content-Location"]: part for part in message_from_bytes(page.reading.data).walk()}
    assert parts[PICTURE].get_payload(decode=True).startswith(b"\x89PNG\r\n")
    source = book.source("Harbour", id="post", url=drawn.url())
    taken = desk.capture(book, source, page.reading, page.custody)
    (kept,) = copies_of(book.ledger, source)
    assert kept == taken.capture and kept.original is False and kept.url == drawn.url()
    assert (kept.how or "").startswith("rendered by Chrome/") and "parts loaded: 2" in (kept.how or "")


def test_what_a_rendering_does_not_show_is_said(drawn, draw: Draw) -> None:
    """Words that stand in the page and that nobody sees as it opens, and that others may be shown something else."""
    notes = " ".join(rendered_page(draw()).reading.notes)
    assert "not shown by the browser as it opens: “We use biscuits.”" in notes
    assert "It does not show what others were shown" in notes


def test_the_same_page_gives_the_same_words(drawn, draw: Draw, book: Book) -> None:
    """However slow the machine: the page's clock stands still while something is fetched."""
    first, again = rendered_page(draw()), rendered_page(draw())
    assert first.reading.text == again.reading.text
    source = book.source("Harbour", id="post", url=drawn.url())
    desk.capture(book, source, first.reading, first.custody)
    assert desk.capture(book, source, again.reading, again.custody).same_text


def test_a_rendered_copy_is_not_compared_with_what_the_server_sends(drawn, draw: Draw, book: Book, network) -> None:
    """A visit without a browser sees other words, which says nothing."""
    from ledger.capture.fetch import probe

    page = rendered_page(draw())
    source = book.source("Harbour", id="post", url=drawn.url())
    desk.capture(book, source, page.reading, page.custody)
    (item,) = rot.watched(book.ledger, every=lambda source: timedelta(days=1))
    (found,) = rot.look(book, [item], probe=lambda url, **more: probe(url, limits=LIMITS, network=network, **more))
    assert found.probe.state.value == "alive"


def test_robots_txt_holds_for_the_page_and_its_parts(drawn, draw: Draw) -> None:
    """A script that may not be fetched is missing, and said to be."""
    drawn.page("/robots.txt", "User-agent: *\nDisallow: /drawn.js", "200 OK", "Content-Type: text/plain")
    found = draw()
    assert "Loading" in found.seen and found.not_loaded == {"robots.txt forbids it": 1}
    assert "/drawn.js" not in drawn.asked
    assert "will close" in draw(robots=False).seen
    drawn.page("/robots.txt", "User-agent: *\nDisallow: /", "200 OK", "Content-Type: text/plain")
    with pytest.raises(AddressRefused) as caught:
        draw()
    assert caught.value.code is FaultCode.ROBOTS


def test_a_page_leads_on_to_another(site, draw: Draw) -> None:
    """By a script, by the page's own refresh, or by its server; the address is that of the last one."""
    site.page("/there", "<p>Arrived.")
    for page in ("<script>location = '/there'</script>", "<meta http-equiv=refresh content='1;url=/there'>"):
        found = draw(page)
        assert found.seen.strip() == "Arrived." and found.page.final_url == site.url("/there")
    site.sends_on("/on", "/there")
    assert draw(path="/on").page.final_url == site.url("/there")


# -- pages that mean no good --------------------------------------------------

NO_END = {
    "a script without end": "<p>Words.<script>for (;;);</script>",
    "addresses without end": "<p>Words.<script>for (;;) history.pushState(1, '', '/' + Math.random())</script>",
}


@pytest.mark.parametrize("page", NO_END.values(), ids=NO_END)
def test_a_page_without_end_is_stopped(page: str, draw: Draw) -> None:
    """The browser is ended with all its processes."""
    with pytest.raises(NotFetched) as caught:
        draw(page, seconds=5)
    assert caught.value.code is FaultCode.SLOW


REFUSED = {
    "to itself, for ever": ("<script>location = '/?' + (+location.search.slice(1) + 1)</script>", FaultCode.LOOP),
    "to a cloud's secrets": ("<script>location = 'http://169.254.169.254/latest'</script>", FaultCode.ADDRESS),
    "to this machine": ("<script>location = 'http://localhost:631/'</script>", FaultCode.HOST),
    "sending something off": (
        "<form method=post action=/there></form><script>document.forms[0].submit()</script>",
        FaultCode.STATUS,
    ),
    "to nothing": ("<script>location = '/nowhere'</script>", FaultCode.GONE),
    "a wall": ("<p>Please enable cookies.</p>", FaultCode.COOKIES),
}


@pytest.mark.parametrize(("page", "code"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_leads_where_nothing_is_fetched(page: str, code: FaultCode, site, draw: Draw) -> None:
    """One line, and nothing is kept."""
    for number in range(1, 10):
        site.page(f"/?{number}", page)
    with pytest.raises(NotFetched) as caught:
        draw(page)
    assert caught.value.code is code and "\n" not in str(caught.value)


INERT = {
    "dialogs": "alert(1); confirm(2); prompt(3); print()",
    "windows": "for (let n = 0; n < 20; n++) open('/window' + n)",
    "a download": "let a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x'; a.click()",
    "files": "fetch('file:///etc/passwd').then(() => document.write('READ')); location = 'file:///etc/passwd'",
    "a service worker": "navigator.serviceWorker && navigator.serviceWorker.register('/worker.js')",
    "another address shown": "history.pushState(1, '', '/elsewhere')",
    "leaving": "onbeforeunload = () => 1",
}


@pytest.mark.parametrize("script", INERT.values(), ids=INERT)
def test_what_a_page_tries_comes_to_nothing(script: str, site, draw: Draw) -> None:
    """The page is drawn, nothing opens or is saved, and nobody is asked."""
    found = draw(f"<p>Words.</p><script>{script}</script>")
    assert found.seen.split() == ["Words."] and found.page.final_url == site.url("/")
    assert set(site.asked) <= {"/robots.txt", "/"}


@attrs.frozen
class Trap:
    """Sockets on another loopback address, where a page must reach neither."""

    datagrams: socket.socket
    connections: socket.socket

    def reached(self, seconds: float = 0.0) -> list[Any]:
        return select.select([self.datagrams, self.connections], [], [], seconds)[0]


@pytest.fixture
def trap() -> Iterator[Trap]:
    """Listen where nobody may come."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        socket.create_server(("127.0.0.2", 0)) as connections,
    ):
        datagrams.bind(("127.0.0.2", 0))
        yield Trap(datagrams, connections)


WAYS = """<p id=said>Words.</p><img src=/slow>
<link rel=preconnect href=http://{tcp}/><link rel=stylesheet href=http://{tcp}/style.css>
<script>
const ways = [
    () => new WebSocket("ws://{tcp}/"),
    () => fetch("http://{tcp}/").catch(() => said.append(" barred")),
    () => fetch("http://localhost:1/"),
    () => fetch("http://169.254.169.254/latest/meta-data"),
    () => fetch("/there", {{ method: "POST", body: "x" }}),
    () => new EventSource("http://{tcp}/"),
    () => navigator.sendBeacon("http://{tcp}/", "x"),
    () => new Worker(URL.createObjectURL(new Blob(["fetch('http://{tcp}/')"]))),
    () => new WebTransport("https://{udp}/"),
    () => open("http://{tcp}/"),
    () => {{
        const talk = new RTCPeerConnection({{ iceServers: [{{ urls: "stun:{udp}" }},
            {{ urls: "turn:{tcp}?transport=tcp", username: "a", credential: "b" }}] }});
        talk.createDataChannel("x");
        talk.createOffer().then(offer => talk.setLocalDescription(offer));
    }},
];
for (const way of ways) try {{ Promise.resolve(way()).catch(() => 0) }} catch (error) {{}}
</script><iframe src=http://{tcp}/></iframe>"""


def test_nothing_goes_past_the_rules(site, draw: Draw, trap: Trap) -> None:
    """Whatever way a page knows, no connection and no datagram comes where nothing may be fetched."""

    def slow() -> bytes:
        trap.reached(2.0)  # as long as it waits, the page has time to try
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    site.pages["/slow"] = slow
    tcp, udp = ("{}:{}".format(*one.getsockname()) for one in (trap.connections, trap.datagrams))
    found = draw(WAYS.format(tcp=tcp, udp=udp))
    assert "barred" in found.seen  # the script ran
    assert not trap.reached()
    assert set(site.asked) <= {"/", "/robots.txt", "/slow"}
    assert found.not_loaded["no public address"] >= 5 and found.not_loaded["it would send something"] >= 1


def test_bodies_without_end_are_cut_off(site, draw: Draw) -> None:
    """Announced or not, of a part and of the page itself."""

    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
        while not site.stopped.is_set():
            yield b"x" * 65_536

    site.pages["/endless"] = endless
    site.page("/large", "x", length=1_000_000_000)
    found = draw("<p>Words.<script src=/endless></script><img src=/large>")
    assert found.not_loaded == {"too large": 2}
    with pytest.raises(NotFetched) as caught:
        draw(path="/endless")
    assert caught.value.code is FaultCode.TOO_LARGE


def test_a_page_that_asks_without_end_gets_no_more(site, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many parts none is fetched."""
    monkeypatch.setattr("ledger.capture.fetch.parts.MOST_PARTS", 20)
    found = draw("<p>Words.<script>setInterval(() => fetch('/part').catch(() => 0), 10)</script>")
    assert found.seen.strip() == "Words." and site.asked.count("/part") <= 20
    assert found.not_loaded["more than 20 parts"] > 0


def test_what_is_no_page_is_not_rendered(site, draw: Draw) -> None:
    """A file is fetched as it is; the line says how."""
    site.page("/report", "%PDF-", "200 OK", "Content-Type: application/pdf")
    site.page("/saved", "<p>x", "200 OK", "Content-Type: text/html", "Content-Disposition: attachment")
    for path in ("/report", "/saved"):
        with pytest.raises(NotFetched, match="--fetch"):
            draw(path=path)


def test_root_draws_no_page(monkeypatch: pytest.MonkeyPatch, network: NetworkAccess, site) -> None:
    """Chromium would draw it without its sandbox; nothing is started or fetched."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(EnvironmentFault, match="Run by root"):
        render(site.url("/"), PageRequests(network=network), Path("chromium"))
    assert site.asked == []


def test_a_browser_that_does_not_start_is_one_line(tmp_path: Path, network: NetworkAccess) -> None:
    """What is no browser, and what ends at once."""
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    for path in (broken, tmp_path / "none"):
        with pytest.raises(EnvironmentFault, match="Chromium does not start"):
            render("http://harbour.example/", PageRequests(network=network), path, sandbox=False)
