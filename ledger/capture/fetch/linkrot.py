"""Whether what was captured from an address still stands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from urllib.parse import urlsplit

import attrs

from ..spelling import same_address
from ..walls import says_not_found
from .faults import AddressRefused, FaultCode, NotFetched
from .fetch import Fetched, fetch
from .network import PUBLIC, NetworkAccess
from .response import Limits


class AddressState(Enum):
    """What stands at an address now."""

    UNCHANGED = "unchanged"
    """The same bytes, or other bytes with the same text."""
    CHANGED = "changed"
    ALIVE = "alive"
    """A page stands there; nothing earlier was given to compare it with."""
    MOVED = "moved"
    """The page, unchanged or not, stands at another address now."""
    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    SOFT_404 = "soft-404"
    """The server says that all is well and shows a page that says "not found", or its front page."""
    REFUSED = "refused"
    """The server answers and does not show the page: a password, a wall, too many requests, the law."""
    UNREACHABLE = "unreachable"
    """No whole answer came: name, connection, certificate, time, or a failing server. It may be back tomorrow."""
    ROBOTS = "robots"
    """robots.txt asks not to look, so nothing is known."""
    NOT_FETCHED = "not fetched"
    """The address is none of the public web, or leads off it."""


@attrs.frozen
class Probe:
    """What was found at an address, and when; `page` is what came, `message` and `code` why nothing did."""

    url: str
    state: AddressState
    probed_at: datetime
    final_url: str = ""
    code: FaultCode | None = None
    message: str = ""
    status: int | None = None
    same_bytes: bool | None = None
    """None: no earlier hash was given."""
    same_text: bool | None = None
    """None: nobody said how to compare, or the bytes are the same anyway."""
    page: Fetched | None = attrs.field(default=None, repr=False)


_STATES = {
    FaultCode.GONE: AddressState.GONE,
    FaultCode.ROBOTS: AddressState.ROBOTS,
    **dict.fromkeys(
        (FaultCode.URL, FaultCode.SCHEME, FaultCode.CREDENTIALS, FaultCode.HOST, FaultCode.PORT, FaultCode.ADDRESS),
        AddressState.NOT_FETCHED,
    ),
    **dict.fromkeys(
        (FaultCode.DOWNGRADE, FaultCode.TOO_LARGE, FaultCode.BOMB, FaultCode.ENCODING), AddressState.NOT_FETCHED
    ),
    **dict.fromkeys(
        (FaultCode.COOKIES, FaultCode.LOGIN, FaultCode.FORBIDDEN, FaultCode.TOO_MANY_REQUESTS), AddressState.REFUSED
    ),
    **dict.fromkeys((FaultCode.LEGAL, FaultCode.CLIENT, FaultCode.STATUS), AddressState.REFUSED),
}
"""Why nothing came -> what that says of the address; all else is UNREACHABLE."""


def probe(
    url: str,
    *,
    sha256: str | None = None,
    same_text: Callable[[Fetched], bool] | None = None,
    limits: Limits = Limits(),
    robots: bool = True,
    network: NetworkAccess = PUBLIC,
) -> Probe:
    """Return what stands at an address now; never raise because of what it finds there.

    `sha256` is the earlier capture's, in hex. Pages often differ in a date or a token and say the same, so
    `same_text` may say of a page with other bytes whether its text is the earlier one.
    """
    try:
        page = fetch(url, limits=limits, robots=robots, network=network)
    except (AddressRefused, NotFetched) as error:
        return not_there(url, error)
    same_bytes = None if sha256 is None else page.sha256 == sha256.lower()
    alike = same_text(page) if same_text is not None and not same_bytes else None
    return Probe(
        url,
        _state(page, same_bytes, alike),
        page.fetched_at,
        page.final_url,
        status=page.status,
        same_bytes=same_bytes,
        same_text=alike,
        page=page,
    )


def not_there(url: str, error: AddressRefused | NotFetched) -> Probe:
    """Return what it says of an address that a page did not come."""
    state = _STATES.get(error.code, AddressState.UNREACHABLE)
    status = error.status if isinstance(error, NotFetched) else None
    return Probe(url, state, datetime.now(UTC), code=error.code, message=str(error), status=status)


def _state(page: Fetched, same_bytes: bool | None, same_text: bool | None) -> AddressState:
    same = bool(same_bytes or same_text)
    if not same and (says_not_found(page.body, page.media_type) or _front_page(page)):
        return AddressState.SOFT_404
    if _moved(page):
        return AddressState.MOVED
    if same:
        return AddressState.UNCHANGED
    return AddressState.ALIVE if same_bytes is None and same_text is None else AddressState.CHANGED


def _front_page(page: Fetched) -> bool:
    """Whether a page deep in a site was answered by sending on to the front page of the same or another site."""
    return (
        urlsplit(page.url).path.strip("/") != ""
        and urlsplit(page.final_url).path.strip("/") == ""
        and not (urlsplit(page.final_url).query)
    )


def _moved(page: Fetched) -> bool:
    """Whether the page stands elsewhere; https for http, a www and a closing slash are the same place."""
    return not same_address(page.url, page.final_url)
