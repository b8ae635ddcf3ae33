"""What an entry takes from the world: the time, and randomness."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import attrs


def _now() -> datetime:
    return datetime.now(UTC)


@attrs.frozen
class Environment:
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


STEP = timedelta(microseconds=1)


def following(now: str, last: str) -> str:
    """Return the time of an entry: now, or one step after the entry before it where the clock is behind that.

    After a time that is none, as in a damaged file, it is that again.
    """
    if now >= last:
        return now
    try:
        return instant(datetime.fromisoformat(last) + STEP)
    except (ValueError, OverflowError):
        return last


def was_behind(at: str, before: str) -> bool:
    """Return whether an entry's time is one step after that of the one before: then no clock said it."""
    return at > before and at == following("", before)
