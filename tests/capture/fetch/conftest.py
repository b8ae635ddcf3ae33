"""Web servers on loopback that behave as they are told, and the only network that may reach them."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ledger.capture.fetch import AddressRefused, Fetched, Limits, NetworkAccess, NotFetched, fetch, why_barred

Pieces = Iterable[bytes]

QUICK = Limits(body=100_000, seconds=5, redirects=4, pause=0)

TEXT = "The harbour council met on Tuesday and voted to keep the old bridge open until the spring. " * 40


def answer(body: bytes | str = TEXT, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """An answer as a well-behaved server sends it, with more headers or a false length if wanted."""
    data = body.encode() if isinstance(body, str) else body
    size = len(data) if length is None else length
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {size}")
    if not any(one.lower().startswith("content-type") for one in headers):
        lines = (*lines, "Content-Type: text/html; charset=utf-8")
    return "\r\n".join((*lines, "", "")).encode("latin-1") + data


@attrs.define
class Site:
    """A server: `pages` maps paths to what is sent; everything else is a 404. It notes every request it gets."""

    port: int
    pages: dict[str, Any] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)
    heads: list[str] = attrs.field(factory=list)
    stopped: threading.Event = attrs.field(factory=threading.Event)
    scheme: str = "http"
    host: str = "harbour.example"

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def page(
        self, path: str, body: bytes | str = TEXT, status: str = "200 OK", *headers: str, length: int | None = None
    ) -> None:
        """Let a path be answered as a well-behaved server does, with more headers or a false length if wanted."""
        self.pages[path] = answer(body, status, *headers, length=length)

    def sends_on(self, path: str, to: str, status: str = "302 Found", *headers: str) -> None:
        """Let a path be answered by a redirect."""
        self.pages[path] = answer("", status, f"Location: {to}", *headers)

    def serve(self, connection: socket.socket) -> None:
        with closing(connection), suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65_536)
                if not piece:
                    return
                head += piece
            path = head.split(b" ")[1].decode()
            self.asked.append(path)
            self.heads.append(head.decode())
            found = self.pages.get(path, answer("nothing", "404 Not Found"))
            found = found() if callable(found) else found
            for piece in (found,) if isinstance(found, bytes) else found:
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(1)
            while connection.recv(65_536):
                pass


def listening(
    stopped: threading.Event, serve: Callable[[socket.socket], None]
) -> tuple[socket.socket, Callable[[], None]]:
    """A socket on loopback whose connections are each served in a thread; and how to end it all."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=serve, args=(connection,), daemon=True))
                threads[-1].start()

    first = threading.Thread(target=accept, daemon=True)
    first.start()

    def end() -> None:
        stopped.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (first, *threads):
            thread.join(5)

    return listener, end


@pytest.fixture
def site() -> Iterator[Site]:
    """A server without encryption, called harbour.example."""
    made = Site(0)
    listener, end = listening(made.stopped, made.serve)
    made.port = listener.getsockname()[1]
    yield made
    end()


NAMES: dict[str, tuple[str, ...]] = {
    "harbour.example": ("127.0.0.1",),
    "council.example": ("127.0.0.1",),
    "inside.example": ("10.0.0.1",),
    "mixed.example": ("127.0.0.1", "192.168.1.1"),
}


def known(host: str, port: int) -> tuple[str, ...]:
    """A resolver that knows a few names of ours."""
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


def barred(address: str) -> str:
    """As in production, save that 127.0.0.1 counts as public."""
    return "" if address == "127.0.0.1" else why_barred(address)


@pytest.fixture
def network() -> NetworkAccess:
    """Names of ours, and loopback as the only address that is not barred in addition to public ones."""
    return NetworkAccess(resolve=known, barred=barred)


@pytest.fixture
def get(network: NetworkAccess) -> Callable[..., Fetched]:
    """Fetch within small limits."""

    def call(url: str, **more: Any) -> Fetched:
        return fetch(url, **{"limits": QUICK, "robots": False, "network": network, **more})

    return call


@pytest.fixture
def refused(get: Callable[..., Fetched]) -> Callable[..., AddressRefused | NotFetched]:
    """Fetch what must not come, and return the error."""

    def call(url: str, **more: Any) -> AddressRefused | NotFetched:
        with pytest.raises((AddressRefused, NotFetched)) as caught:
            get(url, **more)
        assert "\n" not in str(caught.value)
        return caught.value

    return call


@attrs.frozen
class Certificates:
    """An authority of our own, and what it signs."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = attrs.field(factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def certificate(self, name: str, *, own: bool = False, days: int = 30, authority: bool = False) -> Path:
        """Write a certificate with its key; `own` signs itself, negative `days` ended in the past."""
        key = self.key if authority else ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = subject if own or authority else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Our authority")])
        signer = key if own else self.key
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=60))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        )
        if not authority:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        else:
            usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
            made = made.add_extension(usage, critical=True)
        signed = made.sign(signer, hashes.SHA256())
        path = self.folder / f"{name.replace(' ', '-')}-{own}-{days}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
        return path


@pytest.fixture
def secure(tmp_path: Path, network: NetworkAccess) -> Iterator[Callable[..., tuple[Site, NetworkAccess]]]:
    """Start a server with a certificate; return it and a network that trusts our authority."""
    certificates = Certificates(tmp_path)
    root = certificates.certificate("Our authority", authority=True)
    ends: list[Callable[[], None]] = []

    def start(name: str = "harbour.example", **kind: Any) -> tuple[Site, NetworkAccess]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.certificate(name, **kind))
        made = Site(0, scheme="https")

        def serve(connection: socket.socket) -> None:
            connection.settimeout(5)
            try:
                encrypted = context.wrap_socket(connection, server_side=True)
            except OSError:
                connection.close()
                return
            made.serve(encrypted)

        listener, end = listening(made.stopped, serve)
        ends.append(end)
        made.port = listener.getsockname()[1]
        return made, attrs.evolve(network, trust=lambda: ssl.create_default_context(cafile=str(root)))

    yield start
    for end in ends:
        end()
