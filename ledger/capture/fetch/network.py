"""The way to a host: its addresses asked once and all checked, then a connection to one of those.

The name is never resolved a second time, so a name that answers differently the next time gains nothing.
Proxies that the environment names are not used: they would resolve the name anew, behind the check.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable

import attrs

from .addresses import why_barred
from .faults import AddressRefused, FaultCode, NotFetched, shown
from .urls import Target


class Deadline:
    """The moment when patience ends, whatever has come until then."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, where: str) -> float:
        """Return the seconds that are left; raise NotFetched if none is."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.over(where)
        return left

    def later(self, seconds: float) -> None:
        """Put the moment off by a pause that politeness asks for."""
        self._end += seconds

    def over(self, where: str) -> NotFetched:
        """Return the error that says that time is up."""
        return NotFetched(
            FaultCode.SLOW,
            f"The server took longer than {self._seconds:g} seconds.",
            where=where,
            hint="Try later, or save the page yourself and capture the file.",
        )


def ask_system(host: str, port: int) -> tuple[str, ...]:
    """Return every address that the system's resolver gives for a name; raise OSError if it gives none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


@attrs.frozen
class NetworkAccess:
    """How names are resolved, which addresses are barred, and whose certificates are trusted.

    `PUBLIC` is what everything uses. Another one exists only as a value that a program passes on purpose.
    """

    resolve: Callable[[str, int], tuple[str, ...]] = ask_system
    barred: Callable[[str], str] = why_barred
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    pause: Callable[[float], None] = time.sleep


PUBLIC = NetworkAccess()


@attrs.frozen
class Tls:
    """What a server's certificate was held to: protocol, cipher, and the SHA-256 of the certificate."""

    version: str
    cipher: str
    certificate_sha256: str


@attrs.frozen
class Connection:
    """An open socket, the address it leads to, and its encryption if any."""

    socket: socket.socket
    address: str
    tls: Tls | None


def checked_addresses(target: Target, network: NetworkAccess, deadline: Deadline) -> tuple[str, ...]:
    """Return every address of a host; raise Refused if a single one of them is not public."""
    found = (target.host,) if target.literal else _resolved(target, network, deadline)
    for address in found:
        kind = network.barred(address)
        if kind:
            name = address if target.literal else f"{target.host} leads to {shown(address)}, which"
            raise AddressRefused(
                FaultCode.ADDRESS,
                f"{name} is not a public address: {kind}.",
                where=target.url,
                hint="Only pages of the public web are fetched; save it yourself and capture the file.",
            )
    return found


def _resolved(target: Target, network: NetworkAccess, deadline: Deadline) -> tuple[str, ...]:
    """Ask in a thread of its own: the system's resolver knows no deadline."""
    answers: list[tuple[str, ...]] = []

    def ask() -> None:
        try:
            answers.append(network.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answers.append(())

    thread = threading.Thread(target=ask, daemon=True, name="resolver")
    thread.start()
    thread.join(deadline.left(target.url))
    if not answers:
        raise deadline.over(target.url)
    if not answers[0]:
        raise NotFetched(
            FaultCode.DNS,
            f"The name {target.host} is not known, or the resolver does not answer.",
            where=target.url,
            hint="Check the spelling and that this machine is online.",
        )
    return answers[0]


def connect(target: Target, network: NetworkAccess, deadline: Deadline) -> Connection:
    """Return a connection to a host by one of its checked addresses, encrypted and verified for its name if https."""
    raw, address = _reached(target, checked_addresses(target, network, deadline), deadline)
    if target.scheme == "http":
        return Connection(raw, address, None)
    try:
        raw.settimeout(deadline.left(target.url))
        secure = network.trust().wrap_socket(raw, server_hostname=target.host)
    except (OSError, ValueError, NotFetched) as error:
        raw.close()
        if isinstance(error, NotFetched):
            raise
        raise _tls_fault(error, target, deadline) from None
    certificate = secure.getpeercert(binary_form=True) or b""
    cipher = secure.cipher()
    tls = Tls(secure.version() or "", cipher[0] if cipher else "", hashlib.sha256(certificate).hexdigest())
    return Connection(secure, address, tls)


def _reached(target: Target, addresses: tuple[str, ...], deadline: Deadline) -> tuple[socket.socket, str]:
    """Try the addresses in their order, each for its share of the time that is left."""
    reason = ""
    for number, address in enumerate(addresses):
        share = deadline.left(target.url) / (len(addresses) - number)
        try:
            return socket.create_connection((address, target.port), timeout=share), address
        except TimeoutError:
            reason = "no answer"
        except OSError as error:
            reason = error.strerror or "no answer"
    deadline.left(target.url)
    raise NotFetched(
        FaultCode.CONNECTION,
        f"No connection to {target.host}, port {target.port}: {reason}.",
        where=target.url,
        hint="Try later; the site may be down.",
    )


_TLS = {
    9: (FaultCode.TLS_EXPIRED, "is not valid yet"),
    10: (FaultCode.TLS_EXPIRED, "has expired"),
    18: (FaultCode.TLS_SELF_SIGNED, "is signed by nobody but itself"),
    19: (FaultCode.TLS_SELF_SIGNED, "leads to an authority that nobody here trusts"),
    20: (FaultCode.TLS_UNTRUSTED, "is of an authority that is not known here"),
    21: (FaultCode.TLS_UNTRUSTED, "is of an authority that is not known here"),
    62: (FaultCode.TLS_NAME, "is for another name"),
    64: (FaultCode.TLS_NAME, "is for another name"),
}
"""OpenSSL's number (X509_V_ERR_...) -> what is wrong with the certificate."""


def _tls_fault(error: Exception, target: Target, deadline: Deadline) -> NotFetched:
    if isinstance(error, TimeoutError):
        return deadline.over(target.url)
    if isinstance(error, ssl.SSLCertVerificationError):
        code, what = _TLS.get(error.verify_code, (FaultCode.TLS, f"cannot be verified ({error.verify_message})"))
        return NotFetched(
            code,
            f"The certificate of {target.host} {what}, so nobody can say who answered.",
            where=target.url,
            hint="Nothing was fetched; tell the site, or save the page yourself and say so.",
        )
    return NotFetched(
        FaultCode.TLS,
        f"No secure connection to {target.host} could be made.",
        where=target.url,
        hint="The server may speak no current TLS; try later.",
    )
