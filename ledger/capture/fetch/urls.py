"""What a web address asks for, read strictly: what two programs could read in two ways is refused.

RFC 3986 and the WHATWG URL standard differ about backslashes, spaces, odd numbers and disguised dots, and attacks
live in the difference. So none of these is repaired: the address is refused, and the message says what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

import attrs

from .faults import AddressRefused, FaultCode

LONGEST = 4096
"""Characters of a web address."""

PORTS = {"http": 80, "https": 443}

BAD_PORTS = frozenset(
    (
        1719,
        1720,
        1723,
        2049,
        3659,
        4045,
        4190,
        5060,
        5061,
        6000,
        6379,
        6566,
        *range(6665, 6670),
        6679,
        6697,
        10080,
        11211,
    )
)
"""Ports from 1024 on that no web server uses: the WHATWG Fetch standard's, and two of databases."""

NOT_OF_THE_WEB = ("localhost", "local", "internal", "onion", "arpa", "lan", "home", "corp", "intranet", "invalid")
"""Last labels that no public name has (RFC 6761, 6762, 7686, 8375, and ICANN's list of collisions)."""

_DEVIATING = "ßς\u200c\u200d"
"""Characters that the two editions of IDNA spell as different names."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")


@attrs.frozen
class Target:
    """Where a request goes and what it asks for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    """Path and query as they are sent: ASCII, beginning with a slash."""

    @property
    def literal(self) -> bool:
        """Whether the host is an address and not a name."""
        return ":" in self.host or bool(_NUMERIC.fullmatch(self.host.rpartition(".")[2]))

    @property
    def authority(self) -> str:
        """The host as a Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"


def parse_url(url: str) -> Target:
    """Return what a web address asks for; raise Refused if it is none, or could be read in more than one way."""
    if not url or len(url) > LONGEST:
        raise AddressRefused(
            FaultCode.URL, f"A web address has 1 to {LONGEST:,} characters, not {len(url):,}.", where=url
        )
    for character in url:
        if character.isspace() or character == "\\" or unicodedata.category(character) in ("Cc", "Cf", "Cs"):
            raise AddressRefused(
                FaultCode.URL,
                f"A web address holds no {_named(character)}.",
                where=url,
                hint="Copy it again; a blank inside a path is written %20.",
            )
    try:
        parts = urlsplit(url)
        scheme, port = parts.scheme, parts.port
    except ValueError:
        raise AddressRefused(FaultCode.URL, "This is no web address.", where=url, hint="Copy it again.") from None
    if scheme not in PORTS:
        raise AddressRefused(
            FaultCode.SCHEME,
            f"Only http and https are fetched, not {scheme!r}."
            if scheme
            else "The address does not begin with https://.",
            where=url,
            hint="Capture a local file by its name.",
        )
    if "@" in parts.netloc:
        raise AddressRefused(
            FaultCode.CREDENTIALS,
            "The address carries a user name or a password, which would be recorded.",
            where=url.replace(parts.netloc, "…@" + parts.netloc.rpartition("@")[2], 1),
            hint="Leave out what stands before the @.",
        )
    host = _host(_bare_host(parts, url), url)
    return Target(url, scheme, host, _port(port, scheme, url), _path(parts))


def _named(character: str) -> str:
    names = {" ": "space", "\\": "backslash", "\n": "line break", "\r": "line break", "\t": "tab"}
    return names.get(character, f"character U+{ord(character):04X}")


def _bare_host(parts: SplitResult, url: str) -> str:
    host = parts.hostname or ""
    if not host:
        raise AddressRefused(
            FaultCode.HOST, "The address names no host.", where=url, hint="Write https:// and the name."
        )
    if "%" in host:
        raise AddressRefused(
            FaultCode.HOST,
            "The host is percent-encoded or carries a zone.",
            where=url,
            hint="Write the name in plain letters.",
        )
    if ("[" in parts.netloc or ":" in host) and not parts.netloc.startswith("["):
        raise AddressRefused(FaultCode.HOST, "The host is not well formed.", where=url, hint="Copy the address again.")
    return host


def _host(host: str, url: str) -> str:
    """Return a host in lower-case ASCII without a closing dot, or an address in its usual form."""
    if ":" in host or urlsplit(url).netloc.startswith("["):
        try:
            return str(IPv6Address(host))
        except AddressValueError:
            raise AddressRefused(
                FaultCode.HOST, "This is no IPv6 address.", where=url, hint="Use the name of the site."
            ) from None
    name = _ascii(host, url)
    name = name.removesuffix(".")
    labels = name.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(name))
        except AddressValueError:
            raise AddressRefused(
                FaultCode.HOST,
                "The host is a number in a disguised form (short, octal or hexadecimal).",
                where=url,
                hint="Use the name of the site.",
            ) from None
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise AddressRefused(
            FaultCode.HOST, "The host is no well-formed name.", where=url, hint="Copy the address again."
        )
    if len(labels) == 1 or labels[-1] in NOT_OF_THE_WEB:
        raise AddressRefused(
            FaultCode.HOST,
            f"{name!r} is no name of the public web.",
            where=url,
            hint="Save the page yourself and capture the file.",
        )
    return name


def _ascii(host: str, url: str) -> str:
    if host.isascii():
        return host.lower()
    folded = unicodedata.normalize("NFKC", host)
    disguised = any(not a.isascii() and unicodedata.normalize("NFKC", a).isascii() for a in host) or "。" in folded
    if disguised or any(character in _DEVIATING for character in host):
        raise AddressRefused(
            FaultCode.HOST,
            "The host holds letters, digits or dots that can be read as others.",
            where=url,
            hint="Write the name in plain letters, or in its xn-- form.",
        )
    try:
        return folded.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressRefused(
            FaultCode.HOST, "The host is no well-formed name.", where=url, hint="Copy the address again."
        ) from None


def _port(port: int | None, scheme: str, url: str) -> int:
    """80, 443, and what lies above 1023 and is no other service's: a page can stand there, a mail server cannot."""
    number = PORTS[scheme] if port is None else port
    if number not in PORTS.values() and (number < 1024 or number in BAD_PORTS):
        raise AddressRefused(
            FaultCode.PORT, f"Port {number} is not one of the web.", where=url, hint="Leave the port out."
        )
    return number


def _path(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe="/%:?#[]@!$&'()*+,;=~-._|")
