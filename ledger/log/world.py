"""What an entry takes from the world: the time, and randomness."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import attrs


def _now() -> datetime:
    return datetime.now(UTC)


@attrs.frozen
class World:
    """A clock (aware, UTC) and a source of random bytes; the real ones unless others are given."""

    clock: Callable[[], datetime] = _now
    entropy: Callable[[int], bytes] = secrets.token_bytes

    def instant(self) -> str:
        """Return the present as RFC 3339 text in UTC, to the microsecond."""
        return instant(self.clock())

    def uid(self) -> str:
        """Return a fresh opaque name: 128 random bits as 32 hex digits."""
        return self.entropy(16).hex()


def instant(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 text in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
