"""What a page that is being rendered asks for, answered by the rules that hold for any fetching.

The browser itself reaches nothing: each thing that its page asks for comes through here or not at all.
"""

from __future__ import annotations

from collections import Counter

import attrs

from .faults import AddressRefused, FaultCode, NotFetched
from .fetch import Fetched, Rules, Visit
from .network import PUBLIC, Deadline, NetworkAccess
from .response import Limits

RENDERING = Limits(seconds=45.0)
"""Of a page and all its parts together; of the page itself and each part, as many bytes as of any page."""

MOST_PARTS = 300
MOST_BYTES = 60_000_000
"""Of a page and its parts together, unpacked."""

_TOLD = {
    FaultCode.ROBOTS: "robots.txt forbids it",
    FaultCode.ADDRESS: "no public address",
    FaultCode.HOST: "no public address",
    FaultCode.PORT: "no port of the web",
    FaultCode.SCHEME: "neither http nor https",
    FaultCode.TOO_LARGE: "too large",
    FaultCode.BOMB: "too large",
    FaultCode.SLOW: "too slow",
}
"""What is said of a part that did not come; of all others, that it failed."""


@attrs.frozen
class NotLoaded:
    """Why a part of a page is not there; `status` is what its server answered, 0 if nothing."""

    why: str
    status: int = 0


@attrs.define
class PageRequests:
    """Fetches a page and its parts one after the other, and counts what came and what did not.

    `robots` is whether each site's robots.txt is honoured. Only GET is asked: to look at a page must change nothing
    where it stands. `not_loaded` has how many parts are missing for each reason.
    """

    robots: bool = True
    limits: Limits = RENDERING
    network: NetworkAccess = PUBLIC
    loaded: int = attrs.field(default=0, init=False)
    not_loaded: Counter[str] = attrs.field(factory=Counter, init=False)
    _bytes: int = attrs.field(default=0, init=False)
    _rules: Rules = attrs.field(factory=dict, init=False)
    _deadline: Deadline | None = attrs.field(default=None, init=False)

    def page(self, url: str) -> Fetched:
        """Return the page itself, whatever stands on it; raise AddressRefused or NotFetched as `fetch` does."""
        return self._fetched(url, self.limits)

    def part(self, url: str, method: str = "GET") -> Fetched | NotLoaded:
        """Return something that the page asks for, or why it is not fetched; no pause parts those of one host."""
        found = self._part(url, method)
        if isinstance(found, NotLoaded):
            self.not_loaded[found.why] += 1
        else:
            self.loaded += 1
        return found

    def _part(self, url: str, method: str) -> Fetched | NotLoaded:
        if method != "GET":
            return NotLoaded("it would send something")
        if self.loaded + self.not_loaded.total() >= MOST_PARTS:
            return NotLoaded(f"more than {MOST_PARTS} parts")
        if self._bytes >= MOST_BYTES:
            return NotLoaded("too large")
        limits = attrs.evolve(
            self.limits, body=min(self.limits.body, MOST_BYTES - self._bytes), pause=0.0, longest_pause=0.0
        )
        try:
            return self._fetched(url, limits)
        except (AddressRefused, NotFetched) as error:
            status = error.status if isinstance(error, NotFetched) else None
            return NotLoaded(_TOLD.get(error.code, "it did not come"), status or 0)

    def _fetched(self, url: str, limits: Limits) -> Fetched:
        if self._deadline is None:
            self._deadline = Deadline(self.limits.seconds)
        visit = Visit(
            url.partition("#")[0], limits, self.robots, self.network, deadline=self._deadline, rules=self._rules
        )
        found = visit.answer()
        self._bytes += len(found.body)
        return found
