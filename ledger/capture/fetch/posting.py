"""One question sent to a service that a person named: a witness, a time-stamp authority.

Unlike a page, such a service may stand anywhere, on the desk's own machine too: the address comes from a person and not
from a record, and of the answer nothing counts but a signature that is checked. Redirects are not followed.
"""

from __future__ import annotations

from contextlib import closing

from .faults import NotFetched
from .fetch import ACCEPTS
from .network import Deadline, NetworkAccess, connect
from .response import HttpResponse, Limits, ask
from .urls import parse_url

NAMED = NetworkAccess(barred=lambda address: "")
"""Any address: a person named it."""

LIMITS = Limits(body=100_000, seconds=30.0)


def post(url: str, body: bytes, *, media_type: str, limits: Limits = LIMITS) -> HttpResponse:
    """Return what a service answers to these bytes, whatever its status; raise NotFetched if nothing comes."""
    target, deadline = parse_url(url), Deadline(limits.seconds)
    headers = (*ACCEPTS, ("Accept-Encoding", "identity"), ("Content-Type", media_type))
    try:
        with closing(connect(target, NAMED, deadline).socket) as line:
            return ask(line, target, headers, deadline=deadline, limits=limits, post=body)
    except NotFetched as error:  # as of a page, but for what to do
        hint = "Check the address, or try later."
        raise NotFetched(error.code, error.message, where=error.where, hint=hint, status=error.status) from None
