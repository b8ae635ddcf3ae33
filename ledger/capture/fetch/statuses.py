"""What a status that brings no page means, in words (RFC 9110, section 15; RFC 6585; RFC 7725)."""

from __future__ import annotations

from .faults import FaultCode, NotFetched, shown
from .response import HttpResponse

BY_HAND = "Save the page yourself if you may see it, and capture the file."

MEANING: dict[int, tuple[FaultCode, str, str]] = {
    401: (FaultCode.LOGIN, "The page is only for people who are logged in", BY_HAND),
    402: (FaultCode.LOGIN, "The page is only for people who pay", BY_HAND),
    403: (FaultCode.FORBIDDEN, "The server refuses to show this page to a program", BY_HAND),
    404: (FaultCode.GONE, "There is no page at this address", "Check the address, or look for an archived copy."),
    407: (FaultCode.LOGIN, "A proxy on the way asks for a password", BY_HAND),
    408: (FaultCode.SLOW, "The server gave up waiting", "Try again."),
    410: (FaultCode.GONE, "The page was removed for good", "Look for an archived copy."),
    429: (FaultCode.TOO_MANY_REQUESTS, "The server was asked too often", "Try again later."),
    451: (FaultCode.LEGAL, "The page is withheld for legal reasons", "Look for an archived copy, and note the reason."),
    503: (FaultCode.SERVER, "The server is busy or under repair", "Try again later."),
}


def fault(answer: HttpResponse, where: str) -> NotFetched | None:
    """Return the error for a status that brings no page; None for 200 and 203, which do."""
    status = answer.status
    if status in (200, 203):
        return None
    if status in MEANING:
        code, message, hint = MEANING[status]
        after = answer.header("retry-after")
        if after and status in (429, 503):
            hint = f"Try again {_when(after)}."
    elif status < 300:
        code, message, hint = FaultCode.STATUS, "The server answers, but not with the page", BY_HAND
    elif status < 400:
        code, message, hint = FaultCode.REDIRECT, "The server sends on, but does not say where to", "Check the address."
    elif status < 500:
        code, message, hint = FaultCode.CLIENT, "The server does not accept the request", "Check the address."
    else:
        code, message, hint = FaultCode.SERVER, "The server failed", "Try again later."
    return NotFetched(code, f"{message} ({status}).", where=where, hint=hint, status=status)


def _when(after: str) -> str:
    seconds = after.isascii() and after.isdigit() and len(after) < 9
    return f"in {int(after):,} seconds" if seconds else f"after {shown(after, 40)}"
