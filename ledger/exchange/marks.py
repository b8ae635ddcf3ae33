"""What a story file shows without a ledger: where each record stands in it, and the moment it speaks from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import attrs

from .. import dates
from ..errors import InputError
from .forms import scalar
from .lines import Fields, FilePosition, Node, Scalar, read_text, read_yaml
from .outline import Outline, outline

DATED = ("published", "reference_date", "said", "occurred", "asked_on")
"""Keys that hold the date of something that has happened. A deadline has not."""

UNDATED = date(2000, 1, 1)
"""The day of a story without dates: nothing in it can come before or after."""


@attrs.frozen
class Marks:
    """Where each record of a story file stands, by its handle, and the moment (aware, UTC) the file speaks from.

    That moment is when it was `recorded`, if it says so; else the beginning of the day after the last on which
    anything in it happened. So it is the same tomorrow, and nothing it tells of lies ahead of it.
    """

    places: Mapping[str, FilePosition]
    moment: datetime


def read_marks(path: Path) -> Marks:
    """Return what a story file shows; raise InputError, with the line, for the first thing amiss."""
    root = read_yaml(read_text(path), str(path))
    told = outline(root)
    places = {item.handle: item.fields.at("id") for item in told.items}
    return Marks(places, _recorded(root) or _after(_last_day(told)))


def _recorded(root: Node) -> datetime | None:
    if not isinstance(root, Fields) or "recorded" not in root.values:
        return None
    written = scalar(root, "recorded")
    try:
        moment = datetime.fromisoformat(written.text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        hint = "Write: 2031-07-01T12:00:00Z"
        raise written.place.error(f"{written.text!r} is no instant.", hint, field="recorded") from None


def _after(day: int | None) -> datetime:
    following = UNDATED if day is None else date.fromordinal(min(day + 1, date.max.toordinal()))
    return datetime.combine(following, time(), UTC)


def _last_day(told: Outline) -> int | None:
    """Return the last day on which anything in a story happened; None if no date in it has a year."""
    return max((day for text in _dates(told) if (day := _day(text)) is not None), default=None)


def _dates(told: Outline) -> Iterator[str]:
    corrected = [correction.changes for corrections in told.corrections.values() for correction in corrections]
    for fields in (*(item.fields for item in told.items), *corrected):
        for key in DATED:
            node = fields.values.get(key)
            if isinstance(node, Scalar):
                yield node.text


def _day(text: str) -> int | None:
    """Return the last day that a date can mean, or the first if it has no end; None if it cannot be told."""
    try:
        written = dates.parse(text)
    except InputError:
        return None  # whoever enters the story says what is wrong with it
    day = written.earliest if written.latest is None else written.latest
    return day if day is not None and day > 0 else None
