"""What servers answer, well-behaved and not, and what is said of each."""

from __future__ import annotations

import gzip
import itertools
import socket
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.capture.fetch import USER_AGENT, AddressRefused, FaultCode, Fetched, Limits, NotFetched
from ledger.capture.fetch.coding import unpack

Get = Callable[..., Fetched]
Refusal = Callable[..., AddressRefused | NotFetched]

QUICK = Limits(body=100_000, seconds=5, redirects=4, pause=0)
HASTY = attrs.evolve(QUICK, seconds=0.4)


def test_a_page_comes_with_all_that_says_where_it_is_from(site, get: Get) -> None:
    """Bytes, status, headers in their order, address, time, and what robots.txt said."""
    site.page("/", "The bridge is open.", "200 OK", "X-Two: a", "x-two: b", "Content-Type: Text/Plain; charset=utf-8")
    page = get(site.url("/#part"))
    assert page.body == b"The bridge is open."
    assert page.sha256 == sha256(page.body).hexdigest()
    assert [pair for pair in page.headers if pair[0].lower() == "x-two"] == [("X-Two", "a"), ("x-two", "b")]
    assert (page.status, page.media_type, page.address, page.tls) == (200, "text/plain", "127.0.0.1", None)
    assert (page.url, page.final_url, page.redirects) == (site.url("/#part"), site.url("/#part"), ())
    assert (page.robots.value, page.ended, page.wire_bytes) == ("not asked", "length", 19)
    assert page.fetched_at.utcoffset() is not None
    assert f"User-Agent: {USER_AGENT}\r\n" in site.heads[0] and USER_AGENT.startswith("factledger/")
    assert f"Host: harbour.example:{site.port}\r\n" in site.heads[0]


def test_redirects_are_followed_and_told(site, get: Get) -> None:
    """Each step says who sent on, how, and where to; a relative Location is read against the page."""
    site.sends_on("/old/a", "../new?x=1#top", "301 Moved")
    site.sends_on("/new?x=1", f"http://council.example:{site.port}/last", "308 Moved")
    site.page("/last")
    page = get(site.url("/old/a"))
    assert page.final_url == site.url("/last", "council.example")
    assert [(step.status, step.to) for step in page.redirects] == [
        (301, site.url("/new?x=1#top")),
        (308, page.final_url),
    ]


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        ("400 Bad Request", FaultCode.CLIENT, "does not accept the request (400)"),
        ("401 Unauthorized", FaultCode.LOGIN, "logged in (401)"),
        ("402 Payment Required", FaultCode.LOGIN, "people who pay (402)"),
        ("403 Forbidden", FaultCode.FORBIDDEN, "refuses to show this page to a program (403)"),
        ("404 Not Found", FaultCode.GONE, "no page at this address (404)"),
        ("410 Gone", FaultCode.GONE, "removed for good (410)"),
        ("429 Too Many Requests", FaultCode.TOO_MANY_REQUESTS, "asked too often (429)"),
        ("451 Unavailable", FaultCode.LEGAL, "withheld for legal reasons (451)"),
        ("500 Oops", FaultCode.SERVER, "The server failed (500)"),
        ("503 Busy", FaultCode.SERVER, "busy or under repair (503)"),
        ("202 Accepted", FaultCode.STATUS, "not with the page (202)"),
        ("204 No Content", FaultCode.STATUS, "not with the page (204)"),
        ("206 Partial Content", FaultCode.STATUS, "not with the page (206)"),
        ("304 Not Modified", FaultCode.REDIRECT, "does not say where to (304)"),
        ("302 Found", FaultCode.REDIRECT, "does not say where to (302)"),
    ],
)
def test_a_status_without_a_page_is_never_a_page(
    status: str, code: FaultCode, words: str, site, refused: Refusal
) -> None:
    """Each has a message of its own with the number, although a body came."""
    site.page("/", "A page that must not be kept.", status)
    error = refused(site.url())
    assert (error.code, error.exit_code) == (code, 5)
    assert words in str(error)
    assert isinstance(error, NotFetched) and error.status == int(status[:3])
    assert error.hint and error.where == site.url()


def test_retry_after_is_passed_on(site, refused: Refusal) -> None:
    """A server that says when to come back is quoted, whatever it writes."""
    site.page("/", "", "429 Too Many", "Retry-After: 1800")
    assert "in 1,800 seconds" in refused(site.url()).hint
    site.page("/", "", "503 Busy", "Retry-After: Fri, 31 Dec 2027 23:59:59 GMT")
    assert "after Fri, 31 Dec 2027" in refused(site.url()).hint
    site.page("/", "", "429 Too Many", "Retry-After: " + "9" * 5000)
    assert len(str(refused(site.url()))) < 400


def test_a_short_body_broke_off(site, refused: Refusal) -> None:
    """Fewer bytes than announced are no page, and the message counts them."""
    site.page("/", "x" * 1200, length=5000)
    error = refused(site.url())
    assert (error.code, error.message) == (FaultCode.BROKE_OFF, "The server broke off after 1,200 of 5,000 bytes.")


def test_a_long_body_ends_where_it_says(site, get: Get) -> None:
    """What follows the announced length is not part of the page (RFC 9112, section 6.3)."""
    site.page("/", "The bridge is open. And more", length=19)
    assert get(site.url()).body == b"The bridge is open."


def test_a_body_without_a_length_ends_with_the_connection(site, get: Get) -> None:
    """It is taken, and the page says that its end is not vouched for."""
    site.pages["/"] = b"HTTP/1.0 200 OK\r\n\r\nThe bridge is open."
    page = get(site.url())
    assert (page.body, page.ended) == (b"The bridge is open.", "close")


@pytest.mark.parametrize(
    "headers", ["Content-Length: -1", "Content-Length: x", "Content-Length: 5\r\nContent-Length: 6"]
)
def test_a_length_that_is_none_is_refused(headers: str, site, refused: Refusal) -> None:
    """Negative, no number, or two that differ."""
    site.pages["/"] = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\nhello".encode()
    assert refused(site.url()).code is FaultCode.GARBLED


def test_chunks_are_put_together(site, get: Get) -> None:
    """With extensions, and with trailers that are left out."""
    site.pages["/"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nThe \r\n"
        b"10\r\nbridge is open. \r\n0\r\nX: y\r\n\r\n"
    )
    page = get(site.url())
    assert (page.body, page.ended) == (b"The bridge is open. ", "chunks")


@pytest.mark.parametrize(
    ("chunks", "code"),
    [
        (b"zz\r\nhello\r\n0\r\n\r\n", FaultCode.GARBLED),
        (b"-5\r\nhello\r\n0\r\n\r\n", FaultCode.GARBLED),
        (b"\r\nhello\r\n0\r\n\r\n", FaultCode.GARBLED),
        (b"3\r\nhello\r\n0\r\n\r\n", FaultCode.GARBLED),
        (b"ff\r\nhello", FaultCode.BROKE_OFF),
        (b"5\r\nhello\r\n", FaultCode.BROKE_OFF),
        (b"5\r\nhello\r\n0\r\n", FaultCode.BROKE_OFF),
        (b"ffffffffffffffff\r\n" + b"x" * 200_000, FaultCode.TOO_LARGE),
        (b"1" * 100_000, FaultCode.HEADERS),
    ],
)
def test_broken_chunks_are_no_page(chunks: bytes, code: FaultCode, site, refused: Refusal) -> None:
    """Sizes that are none, pieces that do not fit, and an end that does not come."""
    site.pages["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    assert refused(site.url()).code is code


def test_an_unknown_transfer_coding_is_refused(site, refused: Refusal) -> None:
    """What cannot be unpacked is not guessed at."""
    site.pages["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
    error = refused(site.url())
    assert (error.code, "Transfer-Encoding" in str(error)) == (FaultCode.GARBLED, True)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", FaultCode.BROKE_OFF),
        (b"HTTP/1.1 200", FaultCode.BROKE_OFF),
        (b"HTTP/1.1 200 OK\r\nContent-", FaultCode.BROKE_OFF),
        (b"SSH-2.0-OpenSSH_9.6\r\n", FaultCode.BROKE_OFF),
        (b"220 mail.example ESMTP\r\n\r\n", FaultCode.GARBLED),
        (b"\r\n\r\n", FaultCode.GARBLED),
        (b"\x16\x03\x01\x00\x00\n", FaultCode.GARBLED),
        (b"HTTP/1.1 999 OK\r\n\r\n", FaultCode.GARBLED),
        (b"HTTP/2 200 OK\r\n\r\n", FaultCode.GARBLED),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", FaultCode.GARBLED),
        (b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n", FaultCode.GARBLED),
        (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", FaultCode.GARBLED),
        (b"HTTP/1.1 100 Go on\r\n\r\n" * 20, FaultCode.GARBLED),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", FaultCode.HEADERS),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", FaultCode.HEADERS),
        (b"H" * 200_000, FaultCode.HEADERS),
    ],
)
def test_what_is_no_web_server_gets_a_clear_message(sent: bytes, code: FaultCode, site, refused: Refusal) -> None:
    """Silence, other protocols, and headers without end."""
    site.pages["/"] = sent
    assert refused(site.url()).code is code


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda data: b"HTTP/1.1 200 OK\r\n" + data)))
def test_no_answer_makes_more_than_a_clear_error(sent: bytes, site, get: Get) -> None:
    """Whatever bytes come, there is a page or an error of one line."""
    site.pages["/"] = sent
    try:
        page = get(site.url())
    except (AddressRefused, NotFetched) as error:
        assert str(error).isprintable()
    else:
        assert page.body


# -- size and time -----------------------------------------------------------


def test_an_announced_size_is_refused_before_it_comes(site, refused: Refusal) -> None:
    """The message says how much was announced and how much is taken."""
    site.page("/", "x", length=20_000_001)
    error = refused(site.url())
    assert error.code is FaultCode.TOO_LARGE
    assert "larger than 100,000 bytes: 20,000,001 bytes are announced" in str(error)


def test_an_endless_body_is_cut_off(site, refused: Refusal) -> None:
    """A server that sends on and on is left as soon as the limit is reached."""
    site.pages["/"] = lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n\r\n"], itertools.repeat(b"bridge " * 5000))
    error = refused(site.url())
    assert (error.code, "sends on and on" in str(error)) == (FaultCode.TOO_LARGE, True)


def test_endless_headers_are_cut_off(site, refused: Refusal) -> None:
    """So is one that never comes to its body."""
    site.pages["/"] = lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n"], (b"X-%d: y\r\n" % n for n in itertools.count()))
    assert refused(site.url()).code is FaultCode.HEADERS


def test_a_bomb_is_not_unpacked(site, refused: Refusal) -> None:
    """A body that unpacks to more than is taken stops there, and the message says what it is."""
    site.page("/", gzip.compress(b"\0" * 20_000_000, mtime=0), "200 OK", "Content-Encoding: gzip")
    error = refused(site.url())
    assert error.code is FaultCode.BOMB
    assert "unpack to more than 100,000" in str(error)


def test_a_bomb_of_many_members_is_not_unpacked(site, refused: Refusal) -> None:
    """Thousands of empty gzip members only keep a reader busy."""
    site.page("/", gzip.compress(b"", mtime=0) * 4000, "200 OK", "Content-Encoding: gzip")
    assert refused(site.url()).code is FaultCode.ENCODING


@pytest.mark.parametrize("opening", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"])
def test_a_server_that_drips_is_left(opening: bytes, site, refused: Refusal) -> None:
    """A byte now and then keeps no connection open: the time is counted over everything."""

    def dripping() -> Iterator[bytes]:
        yield opening
        while not site.stopped.wait(0.02):
            yield b"x"

    site.pages["/"] = dripping
    error = refused(site.url(), limits=HASTY)
    assert (error.code, error.message) == (FaultCode.SLOW, "The server took longer than 0.4 seconds.")


def test_a_server_that_says_nothing_is_left(site, refused: Refusal) -> None:
    """Silence ends at the same moment."""

    def silent() -> Iterator[bytes]:
        site.stopped.wait(5)
        yield b""

    site.pages["/"] = silent
    assert refused(site.url(), limits=HASTY).code is FaultCode.SLOW


def test_a_resolver_that_says_nothing_is_left(site, network, refused: Refusal) -> None:
    """The time for the name counts too."""

    def silent(host: str, port: int) -> tuple[str, ...]:
        site.stopped.wait(5)
        return ()

    assert refused(site.url(), limits=HASTY, network=attrs.evolve(network, resolve=silent)).code is FaultCode.SLOW


def test_many_slow_redirects_share_one_time(site, refused: Refusal) -> None:
    """A way of many slow steps is as long as one slow step may be."""

    def step(path: str, to: str) -> None:
        def pieces() -> Iterator[bytes]:
            site.stopped.wait(0.15)
            yield f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()

        site.pages[path] = pieces

    for number in range(4):
        step(f"/{number}", f"/{number + 1}")
    assert refused(site.url("/0"), limits=HASTY).code is FaultCode.SLOW


# -- packed bodies -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("gzip", gzip.compress(b"The bridge is open.", mtime=0)),
        ("x-gzip", gzip.compress(b"The bridge is open.", mtime=0)),
        ("gzip", gzip.compress(b"The bridge ", mtime=0) + gzip.compress(b"is open.", mtime=0)),
        ("gzip", gzip.compress(b"The bridge is open.", mtime=0) + b"\0\0padding"),
        ("GZIP", gzip.compress(b"The bridge is open.", mtime=0)),
        ("deflate", zlib.compress(b"The bridge is open.")),
        ("deflate", zlib.compress(b"The bridge is open.")[2:-4]),
        ("identity", b"The bridge is open."),
    ],
)
def test_a_packed_page_is_unpacked(name: str, data: bytes, site, get: Get) -> None:
    """gzip and both kinds of deflate that servers send; the size on the way is told."""
    site.page("/", data, "200 OK", f"Content-Encoding: {name}")
    page = get(site.url())
    assert (page.body, page.wire_bytes) == (b"The bridge is open.", len(data))


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("br", b"x", FaultCode.ENCODING, "packed as 'br'"),
        ("gzip, gzip", b"x", FaultCode.ENCODING, "packed as 'gzip, gzip'"),
        ("gzip", b"The bridge is open.", FaultCode.ENCODING, "says it is packed as gzip and is not"),
        ("gzip", gzip.compress(b"The bridge is open.", mtime=0)[:-6], FaultCode.BROKE_OFF, "before its end"),
        ("deflate", b"\xff\xff\xff", FaultCode.ENCODING, "and is not"),
        ("gzip", gzip.compress(b"", mtime=0), FaultCode.EMPTY, "empty page"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_no_page(
    name: str, data: bytes, code: FaultCode, words: str, site, refused: Refusal
) -> None:
    """Encodings nobody asked for, false ones, and cut ones."""
    site.page("/", data, "200 OK", f"Content-Encoding: {name}")
    error = refused(site.url())
    assert (error.code, words in str(error)) == (code, True)


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_members_cut_anywhere_unpack_to_what_was_packed(data: bytes, pieces: int) -> None:
    """However a gzip stream is made of members, its text is theirs in a row."""
    size = max(1, len(data) // pieces)
    parts = [data[at : at + size] for at in range(0, len(data), size)] or [b""]
    packed = b"".join(map(gzip.compress, parts[:900]))
    assert unpack(packed, "gzip", most=10_000, where="here") == b"".join(parts[:900])


# -- walls and circles -------------------------------------------------------


def test_an_empty_page_is_no_page(site, refused: Refusal) -> None:
    """Nothing is not archived as something."""
    site.page("/", "")
    assert refused(site.url()).code is FaultCode.EMPTY


def test_a_circle_is_no_page(site, refused: Refusal) -> None:
    """Redirects that come back are told apart from a long way."""
    site.sends_on("/", "/a")
    site.sends_on("/a", "/")
    error = refused(site.url())
    assert (error.code, "in a circle, back to" in str(error)) == (FaultCode.LOOP, True)
    for number in range(9):
        site.sends_on(f"/{number}", f"/{number + 1}")
    assert "more than 4 times" in str(refused(site.url("/0")))


def test_a_circle_that_sets_cookies_is_a_cookie_wall(site, refused: Refusal) -> None:
    """It is said that the site wants cookies, which a circle alone does not say."""
    site.sends_on("/", "/?seen=1", "302 Found", "Set-Cookie: seen=1")
    site.sends_on("/?seen=1", "/")
    error = refused(site.url())
    assert (error.code, "keep no cookies" in str(error)) == (FaultCode.COOKIES, True)


@pytest.mark.parametrize(
    "body",
    [
        "<html><title>One moment</title><p>Please enable cookies to go on.</p>",
        "<p>Your browser must accept all our cookies.</p>",
        "<p>Bitte Cookies in Ihrem Browser aktivieren.</p>",
        "<html><noscript>Cookies are required to see this site.</noscript><script>go()</script>",
    ],
)
def test_a_page_that_only_asks_for_cookies_is_a_cookie_wall(body: str, site, refused: Refusal) -> None:
    """A short page that says so is not what was asked for."""
    site.page("/", body)
    error = refused(site.url())
    assert (error.code, "asks for cookies" in str(error)) == (FaultCode.COOKIES, True)


def test_a_page_that_only_asks_for_a_password_is_a_login_page(site, refused: Refusal) -> None:
    """Also where a redirect led to it."""
    site.sends_on("/story", "/login?next=/story")
    site.page("/login?next=/story", '<form>Member <input name=a> <input name="b" type="password"></form>')
    error = refused(site.url("/story"))
    assert (error.code, "asks for a password" in str(error)) == (FaultCode.LOGIN, True)


def test_an_article_about_cookies_and_passwords_is_an_article(site, get: Get) -> None:
    """A page with words of its own is taken, whatever form stands at its head."""
    words = "The council explained why its site asks readers to accept cookies and who reads them. " * 30
    site.page("/", f'<form><input type="password"></form><p>Please enable cookies.</p><p>{words}</p>')
    assert b"The council explained" in get(site.url()).body


@pytest.mark.parametrize(
    "body", ["<" * 90_000, "<script>" * 10_000, "&#" + "9" * 9000 + ";", "<input " * 12_000, "\0\xff<p"]
)
def test_hostile_pages_are_only_bytes(body: str, site, get: Get) -> None:
    """What reads a page for walls stumbles over nothing."""
    site.page("/", body.encode("latin-1"))
    assert get(site.url()).body == body.encode("latin-1")


def test_an_unknown_name_and_a_closed_port_are_told_apart(site, refused: Refusal) -> None:
    """The first is spelling or no network, the second a server that is down."""
    error = refused("http://nowhere.example/")
    assert (error.code, "nowhere.example is not known" in str(error)) == (FaultCode.DNS, True)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    error = refused(f"http://harbour.example:{port}/")
    assert (error.code, f"No connection to harbour.example, port {port}" in str(error)) == (FaultCode.CONNECTION, True)
