"""What the times of a log tell of the clocks that made them."""

from __future__ import annotations

from collections.abc import Iterator

from ..log import Environment, was_behind

YEARS = 2
"""Between two entries so many years are worth a look."""


class ClockCheck:
    """Takes the time of each entry that differs from the one before it."""

    def __init__(self) -> None:
        self._behind: list[int] = []
        self._leaps: list[tuple[int, str, str]] = []

    def see(self, seq: int, before: str, at: str) -> None:
        """Look at an entry's time and at that of the entry before it."""
        if before and int(at[:4]) - int(before[:4]) > YEARS:
            self._leaps.append((seq, before, at))
        may_be = before and int(at[20:26]) in (0, int(before[20:26]) + 1)  # the rest is slow, and there are many
        if may_be and was_behind(at, before):
            self._behind.append(seq)

    def open(self, last: str) -> Iterator[str]:
        """Yield what remains open of the times; `last` is that of the newest entry."""
        if last > (now := Environment().instant()):
            yield (
                f"When the newest entries were made: the last says {last[:16]}Z, this machine's clock {now[:16]}Z. "
                "Times never decrease: until then every entry gets that one."
            )
        if self._behind:
            count, first = len(self._behind), self._behind[0]
            yield (
                f"When {f'{count:,} entries were' if count > 1 else 'one entry was'} made, from entry {first} on: the "
                "clock was behind the entry before, whose time was taken."
            )
        for seq, before, at in self._leaps[:1]:
            more = f" So do {len(self._leaps) - 1} others." if len(self._leaps) > 1 else ""
            yield (
                f"Whether the clock was right at entry {seq}: it says {at[:16]}Z, the entry before it {before[:16]}Z."
                + more
            )
