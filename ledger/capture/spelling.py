"""Whether two web addresses are spellings of one: http and https, a "www.", a slash at the end, marks of campaigns."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def plain_address(address: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what tells an address from others: host, path, and what is asked behind the question mark."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address, "", ()
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    if port not in (None, _PORTS.get(parts.scheme.lower())):
        host = f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    asked = tuple(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.fullmatch(pair[0]))
    return host, path, asked


def same_address(one: str, other: str) -> bool:
    """Return whether two addresses are spellings of one."""
    return plain_address(one) == plain_address(other)
