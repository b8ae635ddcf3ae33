"""Only addresses of the public web are fetched, in whatever disguise another comes."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture.fetch import (
    PUBLIC,
    AddressRefused,
    FaultCode,
    Fetched,
    NetworkAccess,
    NotFetched,
    fetch,
    parse_url,
    public,
    why_barred,
)
from ledger.errors import InputError, LedgerError

Refusal = Callable[..., AddressRefused | NotFetched]

ATTACKS = """
http://127.0.0.1:8000/x http://localhost:8000/x http://0x7f000001:8000/x http://2130706433:8000/x http://127.1:8000/x
http://[::1]:8000/x http://[::ffff:127.0.0.1]:8000/x http://169.254.169.254/latest/ http://10.0.0.1/
http://0.0.0.0:8000/x file:///etc/passwd http://user:pw@127.0.0.1/ http://[fd00::1]/ http://100.64.0.1/
http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/
http://0177.0.0.1/ http://0x7f.0.0.1/ http://0x7f.1/ http://127.0.1/ http://0/ http://00/ http://0x/ http://017700000001/
http://127.0.0.1./ http://127.0.0.1../ http://127.000.000.001/ http://127.0.0.01/ http://256.256.256.256/ http://1.2.3.4.5/
http://99999999999/ http://127.0.0.1%2e/ http://%31%32%37.0.0.1/ http://127。0。0。1/ http://１２７.0.0.1/
http://127．0．0．1/ http://①②⑦.0.0.1/ http://ⓛocalhost.example/ http://loc\u200dalhost.example/ http://exampleﬁ.org/
http://localhost/ http://LOCALHOST/ http://localhost./ http://a.localhost/ http://printer.local/ http://db.internal/
http://metadata.google.internal/ http://intranet/ http://router/ http://1.0.168.192.in-addr.arpa/ http://page.onion/
http://[::]/ http://[::127.0.0.1]/ http://[0:0:0:0:0:ffff:7f00:1]/ http://[::ffff:7f00:1]/ http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::10.0.0.1]/ http://[64:ff9b:1::10.0.0.1]/ http://[64:ff9b::8.8.8.8]/ http://[2002:0a00:0001::1]/
http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/ http://[fe80::1]/ http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/
http://[fec0::1]/ http://[ff02::1]/ http://[2001:db8::1]/ http://[3fff::1]/ http://[100::1]/ http://[5f00::1]/
http://[fd00:ec2::254]/ http://[2606:4700:0:0:0:5efe:10.0.0.1]/ http://[::1 http://::1/ http://[127.0.0.1]/ http://[v1.x]/
http://[::1]x/ http://x[::1]/
http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/ http://192.0.0.192/ http://192.0.2.1/ http://198.18.0.1/
http://198.51.100.1/ http://203.0.113.1/ http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/
http://168.63.129.16/ http://100.100.100.200/ http://192.88.99.1/ http://169.254.0.1/
ftp://harbour.example/x gopher://harbour.example/ data:text/plain,x javascript:alert(1) ws://harbour.example/
//harbour.example/ harbour.example http:harbour.example http:/harbour.example http:///x http://:80/ http://@/ https://?
http://user@harbour.example/ http://:@harbour.example/ http://a@b@harbour.example/ http://harbour.example:80@127.0.0.1/
http://harbour.example:22/ http://harbour.example:25/ http://harbour.example:6379/ http://harbour.example:99999/
http://harbour.example:-1/ http://harbour.example:x/ http://harbour.example:８０/ http://harbour.example:0/
http://harbour.example\\@127.0.0.1/ http:\\\\127.0.0.1\\ http://harbour..example/ http://.example/ http://-a.example/
http://a_b!.example/ http://faß.example/
""".split()
"""Written as they are typed; the first sixteen are the classic ones."""

WITH_BLANKS = (
    "",
    " http://harbour.example/",
    "http://harbour.example/ ",
    "http://harbour.example/a b",
    "http://harbour.example/\r\nX-Evil: 1",
    "http://harbour.example/\tx",
    "ht\ntp://harbour.example/",
    "http://harbour.example\x00.org/",
    "http://harbour\u00a0.example/",
    "http://harbour.example/\u202egpj",
    "http://harbour.example/\ud800",
    "http://harbour.example/" + "x" * 5000,
)


@pytest.mark.parametrize("url", [*ATTACKS, *WITH_BLANKS])
def test_no_attack_is_fetched(url: str) -> None:
    """Each is refused as input, in one line that says what to do, without a question to any resolver or server."""

    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(AddressRefused) as caught:
        fetch(url, robots=False, network=NetworkAccess(resolve=resolve))
    assert caught.value.exit_code == InputError.exit_code
    assert "\n" not in str(caught.value) and str(caught.value).isprintable()


ON_THE_SAME_SITE = (
    "//harbour.example/",
    "harbour.example",
    "http:harbour.example",
    "http:/harbour.example",
    "http:///x",
)
"""In a Location these are proper: they stay where they are."""


@pytest.mark.parametrize("url", [url for url in ATTACKS if url not in ON_THE_SAME_SITE])
def test_no_redirect_leads_to_an_attack(url: str, site, refused: Refusal) -> None:
    """A page that sends on to one of them is refused, and nobody is asked but the page."""
    checked: list[str] = []

    def barred_after_the_first(address: str) -> str:
        checked.append(address)
        return why_barred(address) if len(checked) > 1 else ""

    def resolve(host: str, port: int) -> tuple[str, ...]:
        assert host == "harbour.example"
        return ("127.0.0.1",)

    location = url.replace(":8000", f":{site.port}").encode()
    site.pages["/"] = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    site.pages["/x"] = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"
    error = refused(site.url(), network=NetworkAccess(resolve=resolve, barred=barred_after_the_first))
    assert isinstance(error, AddressRefused)
    assert site.asked == ["/"]


def test_what_is_said_of_each_kind() -> None:
    """The message names the kind of address, and the code the kind of refusal."""
    for url, code, words in (
        ("http://127.0.0.1/", FaultCode.ADDRESS, "loopback"),
        ("http://169.254.169.254/", FaultCode.ADDRESS, "metadata"),
        ("http://10.1.2.3/", FaultCode.ADDRESS, "private"),
        ("http://100.64.0.1/", FaultCode.ADDRESS, "shared"),
        ("http://[64:ff9b::7f00:1]/", FaultCode.ADDRESS, "NAT64"),
        ("http://[2002:7f00:1::]/", FaultCode.ADDRESS, "6to4"),
        ("http://127.1/", FaultCode.HOST, "disguised"),
        ("http://１２７.0.0.1/", FaultCode.HOST, "read as others"),
        ("file:///etc/passwd", FaultCode.SCHEME, "'file'"),
        ("http://ana:secret@harbour.example/", FaultCode.CREDENTIALS, "password"),
        ("http://harbour.example:25/", FaultCode.PORT, "25"),
        ("http://harbour.example/\r\nX: 1", FaultCode.URL, "line break"),
        ("http://harbour.example\\x", FaultCode.URL, "backslash"),
    ):
        with pytest.raises(AddressRefused, match=words) as caught:
            fetch(url, robots=False)
        assert caught.value.code is code
        assert caught.value.hint
    with pytest.raises(AddressRefused) as caught:
        parse_url("http://ana:secret@harbour.example/")
    assert "secret" not in str(caught.value)


def test_a_name_that_leads_inside_is_refused(refused: Refusal) -> None:
    """A public name with a private address is no public page, and the message names both."""
    error = refused("http://inside.example/")
    assert error.code is FaultCode.ADDRESS
    assert "inside.example leads to 10.0.0.1, which is not a public address: private" in str(error)


def test_one_bad_address_refuses_all(site, refused: Refusal) -> None:
    """Of several addresses of a name, each must be public."""
    assert refused(site.url(host="mixed.example")).code is FaultCode.ADDRESS
    assert site.asked == []


def test_a_name_is_resolved_once(site, network: NetworkAccess, get: Callable[..., Fetched]) -> None:
    """A resolver that gives another answer the second time is never asked a second time."""
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return next(answers)

    site.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    page = get(site.url(), network=NetworkAccess(resolve=rebinding, barred=network.barred))
    assert (page.body, page.address, asked) == (b"ok", "127.0.0.1", ["harbour.example"])


def test_rebinding_between_redirects_is_refused(site, network: NetworkAccess, refused: Refusal) -> None:
    """Where a redirect makes a second question necessary, its answer is checked anew."""
    answers = iter([("127.0.0.1",), ("169.254.169.254",)])
    site.pages["/"] = b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
    error = refused(site.url(), network=NetworkAccess(resolve=lambda host, port: next(answers), barred=network.barred))
    assert error.code is FaultCode.ADDRESS
    assert site.asked == ["/"]


def test_a_resolver_that_answers_nonsense_is_refused() -> None:
    """What is no address is not connected to."""
    for answer in ("fe80::1%eth0", "nonsense", "", "127.1", "2130706433"):
        with pytest.raises(AddressRefused, match="not a public address"):
            fetch(
                "http://harbour.example/",
                robots=False,
                network=NetworkAccess(resolve=lambda host, port, a=answer: (a,)),
            )


PUBLIC_ONES = (
    "8.8.8.8",
    "1.1.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
)


@pytest.mark.parametrize("address", PUBLIC_ONES)
def test_public_addresses_are_public(address: str) -> None:
    """What stands just outside a reserved block is public."""
    assert public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_public_that_python_calls_private(address) -> None:
    """The rules are never laxer than the standard library's."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert why_barred(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_one_is_never_public(address) -> None:
    """Mapped, compatible, translated or tunnelled: who unpacks it decides where it leads."""
    number = int(address)
    for inside in (
        0xFFFF << 32 | number,
        number,
        0x64FF9B << 96 | number,
        0x64FF9B0001 << 88 | number,
        0x2002 << 112 | number << 80 | 1,
        0x20010000 << 96 | number,
        0x26064700 << 96 | 0x5EFE << 32 | number,
    ):
        assert why_barred(ipaddress.IPv6Address(inside))


@given(st.integers(0, 2**32 - 1))
def test_numbers_are_no_hosts(number: int) -> None:
    """Decimal, hexadecimal and octal spellings of any address are refused, public or not."""
    for host in (str(number), hex(number), f"0{number:o}", f"{number >> 24}.{number & 0xFFFFFF}"):
        with pytest.raises(AddressRefused):
            parse_url(f"http://{host}/")


@given(st.text(max_size=80))
def test_hostile_text_is_an_address_or_a_clear_refusal(text: str) -> None:
    """Whatever is typed, the answer is a target that could be sent or an error of one line."""
    for url in (
        text,
        f"http://{text}",
        f"https://harbour.example/{text}",
        f"http://harbour.example:{text}/",
        f"http://[{text}]/",
    ):
        try:
            target = parse_url(url)
        except LedgerError as error:
            assert str(error).isprintable()
        else:
            assert target.path.isascii() and target.path.isprintable() and " " not in target.path
            assert target.host.isascii() and target.host == target.host.lower()
            assert parse_url(target.origin + target.path).path == target.path


def test_names_are_read_as_browsers_do() -> None:
    """Capital letters, a closing dot and letters of other scripts have one spelling; a path is escaped once."""
    for url, host, path in (
        ("HTTPS://Harbour.Example./A%20b?q=ä#part", "harbour.example", "/A%20b?q=%C3%A4"),
        ("https://bücher.example", "xn--bcher-kva.example", "/"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", "/"),
        ("https://harbour.example?x", "harbour.example", "/?x"),
        ("http://[2606:4700:0:0::1111]/", "2606:4700::1111", "/"),
        ("http://8.8.8.8:8080/", "8.8.8.8", "/"),
    ):
        target = parse_url(url)
        assert (target.host, target.path) == (host, path)


def test_the_network_of_everybody_is_the_strict_one() -> None:
    """What `fetch` uses unless a program passes another one bars whatever is not public."""
    assert NetworkAccess() == PUBLIC
    assert PUBLIC.barred is why_barred
