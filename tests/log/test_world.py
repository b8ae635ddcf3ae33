"""What an entry takes from the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from ledger.log import Environment, instant


def test_instants_are_utc() -> None:
    """An instant is written in UTC to the microsecond, so that text order is time order."""
    moment = datetime(2031, 5, 4, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert instant(moment) == "2031-05-04T12:00:00.000000Z"
    assert Environment(clock=lambda: datetime(2031, 5, 4, tzinfo=UTC)).instant() == "2031-05-04T00:00:00.000000Z"


def test_uids_are_sixteen_random_bytes() -> None:
    """A uid is 32 hex digits of what the source of randomness gives."""
    assert Environment(entropy=lambda size: b"\x0f" * size).uid() == "0f" * 16
    assert Environment().uid() != Environment().uid()
