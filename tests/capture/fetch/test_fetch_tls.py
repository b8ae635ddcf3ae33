"""Who answered is established by a certificate, or nothing is fetched."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from ledger.capture.fetch import AddressRefused, FaultCode, Fetched, Limits, NotFetched

Get = Callable[..., Fetched]
Refusal = Callable[..., AddressRefused | NotFetched]
Secure = Callable[..., tuple[Any, Any]]


def test_a_page_with_a_good_certificate_says_what_vouched_for_it(secure: Secure, get: Get) -> None:
    """Protocol, cipher and the certificate's hash are kept with the page."""
    site, network = secure()
    site.page("/", "The bridge is open.")
    page = get(site.url(), network=network)
    assert page.body == b"The bridge is open."
    assert page.tls is not None
    assert page.tls.version in ("TLSv1.2", "TLSv1.3")
    assert len(page.tls.certificate_sha256) == 64 and page.tls.cipher


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ({"days": -1}, FaultCode.TLS_EXPIRED, "has expired"),
        ({"name": "another.example"}, FaultCode.TLS_NAME, "is for another name"),
        ({"own": True}, FaultCode.TLS_SELF_SIGNED, "is signed by nobody but itself"),
    ],
)
def test_each_bad_certificate_has_its_message(
    kind: dict[str, Any], code: FaultCode, words: str, secure: Secure, refused: Refusal
) -> None:
    """Expired, of another name, self-signed: nothing is asked of such a server."""
    site, network = secure(**kind)
    site.page("/")
    error = refused(site.url(), network=network)
    assert (error.code, error.exit_code) == (code, 5)
    assert f"The certificate of harbour.example {words}" in str(error)
    assert site.asked == []


def test_a_certificate_of_an_unknown_authority_is_not_trusted(secure: Secure, network, refused: Refusal) -> None:
    """What this machine does not trust is not fetched."""
    site, _ = secure()
    error = refused(site.url(), network=network)
    assert error.code in (FaultCode.TLS_UNTRUSTED, FaultCode.TLS_SELF_SIGNED)


def test_a_server_that_speaks_no_tls_is_told(refused: Refusal) -> None:
    """The message speaks of the connection, not of a certificate that never came."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        error = refused(f"https://harbour.example:{listener.getsockname()[1]}/")
        thread.join(5)
    assert (error.code, "No secure connection" in str(error)) == (FaultCode.TLS, True)


def test_a_handshake_that_never_ends_is_left(refused: Refusal) -> None:
    """The time counts here too."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        limits = Limits(seconds=0.3, pause=0)
        assert refused(f"https://harbour.example:{listener.getsockname()[1]}/", limits=limits).code is FaultCode.SLOW


def test_https_does_not_lead_to_http(secure: Secure, site, refused: Refusal) -> None:
    """A redirect away from what a certificate vouches for is not followed; the message gives the address."""
    safe, network = secure()
    safe.sends_on("/", site.url("/plain"))
    site.page("/plain")
    error = refused(safe.url(), network=network)
    assert (error.code, site.url("/plain") in str(error)) == (FaultCode.DOWNGRADE, True)
    assert site.asked == []


def test_http_leads_to_https(secure: Secure, site, get: Get) -> None:
    """The other way is followed, as nearly every site asks."""
    safe, network = secure()
    site.sends_on("/", safe.url("/story"), "301 Moved")
    safe.page("/story", "The bridge is open.")
    page = get(site.url(), network=network)
    assert page.tls is not None and page.final_url == safe.url("/story")
