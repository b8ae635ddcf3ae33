"""Why something was not fetched.

    InputError
    └── Refused        what was asked for is not fetched at all                  (exit 2)
    EnvironmentFault
    └── NotFetched     it was asked for, and did not come whole                  (exit 5)

Each carries a `FaultCode`, the address (`where`) and what to do about it (`hint`).
"""

from __future__ import annotations

from enum import Enum

from ...errors import EnvironmentFault, InputError


class FaultCode(Enum):
    """What stood in the way, in one word for programs."""

    URL = "url"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    HOST = "host"
    PORT = "port"
    ADDRESS = "address"
    ROBOTS = "robots"
    DOWNGRADE = "downgrade"

    DNS = "dns"
    CONNECTION = "connection"
    TLS_EXPIRED = "tls-expired"
    TLS_NAME = "tls-name"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS = "tls"
    SLOW = "slow"
    BROKE_OFF = "broke-off"
    GARBLED = "garbled"
    HEADERS = "headers"
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    ENCODING = "encoding"
    EMPTY = "empty"

    REDIRECT = "redirect"
    LOOP = "loop"
    COOKIES = "cookies"
    LOGIN = "login"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    TOO_MANY_REQUESTS = "too-many-requests"
    LEGAL = "legal"
    CLIENT = "client-error"
    SERVER = "server-error"
    STATUS = "status"


class AddressRefused(InputError):
    """This address is not fetched; no request was sent to it."""

    def __init__(self, code: FaultCode, message: str, *, where: str, hint: str = "") -> None:
        super().__init__(message, where=shown(where), hint=hint)
        self.code = code


class NotFetched(EnvironmentFault):
    """The page did not come, or did not come whole; nothing of it is kept."""

    def __init__(self, code: FaultCode, message: str, *, where: str, hint: str = "", status: int | None = None) -> None:
        super().__init__(message, where=shown(where), hint=hint)
        self.code = code
        self.status = status


def shown(text: str, longest: int = 200) -> str:
    """Return text that came from outside fit for one line of a message: shortened, control characters escaped."""
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)
