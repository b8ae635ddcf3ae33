"""What a story file shows without a ledger: where its records stand, and the moment it speaks from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.errors import InputError
from ledger.exchange.marks import read_marks

Write = Callable[[str], Path]

STORY = """\
factledger: story/1
story: bridge
title: The bridge
sources:
  - id: notice
    title: Notice
claims:
  - text: The bridge was closed.
    id: closed
    evidence:
      - {source: notice}
"""


def test_every_record_has_its_line(story: Write) -> None:
    """A record stands where its id is written, or, if it has none, where it begins."""
    marks = read_marks(story(STORY))
    lines = {handle: place.line for handle, place in marks.places.items()}
    assert lines == {"notice": 5, "closed": 9, "closed-by-notice": 11}
    assert {Path(place.file).name for place in marks.places.values()} == {"bridge.story.yaml"}


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ("", datetime(2000, 1, 1, tzinfo=UTC)),
        ("said: XXXX-03-04", datetime(2000, 1, 1, tzinfo=UTC)),
        ("said: 2031-03-04", datetime(2031, 3, 5, tzinfo=UTC)),
        ("said: 2031-03", datetime(2031, 4, 1, tzinfo=UTC)),
        ("occurred: 2031-03-04/2031-12-31", datetime(2032, 1, 1, tzinfo=UTC)),
        ("occurred: 2031-03-04/..", datetime(2031, 3, 5, tzinfo=UTC)),
        ("occurred: 9999-12-31", datetime(9999, 12, 31, tzinfo=UTC)),
        ("occurred: next summer", datetime(2000, 1, 1, tzinfo=UTC)),
        ("inquiries: [{question: Why, asked_on: 2031-05-01, deadline: 2031-05-09}]", datetime(2031, 5, 2, tzinfo=UTC)),
    ],
)
def test_a_story_speaks_from_after_the_last_it_tells_of(story: Write, fields: str, moment: datetime) -> None:
    """The moment is the day after the last on which anything happened; a deadline has not happened."""
    assert read_marks(story(STORY.replace("    id: closed", f"    id: closed\n    {fields}"))).moment == moment


def test_corrected_dates_count(story: Write) -> None:
    """What a correction dates anew may be the last that the story tells of."""
    correction = "corrections:\n  - {record: notice, changes: {published: 2031-06-01}, reason: It is on its page.}\n"
    assert read_marks(story(STORY + correction)).moment == datetime(2031, 6, 2, tzinfo=UTC)


def test_a_story_may_say_when_it_was_recorded(story: Write) -> None:
    """`recorded` goes before all dates; without a zone it is in UTC."""
    text = STORY.replace("    id: closed", "    id: closed\n    said: 2031-03-04")
    zoned = text.replace("title: The bridge", "title: The bridge\nrecorded: 2031-01-01T01:30:00+02:00")
    bare = text.replace("title: The bridge", "title: The bridge\nrecorded: 2031-01-01")
    assert read_marks(story(zoned)).moment == datetime(2030, 12, 31, 23, 30, tzinfo=UTC)
    assert read_marks(story(bare)).moment == datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("written", ["yesterday", "2031-02-30", "0001-01-01T00:00:00+02:00"])
def test_recorded_must_be_an_instant(story: Write, written: str) -> None:
    """Another word for `recorded` is an error with its line, and so is an instant before all calendars."""
    path = story(STORY.replace("title: The bridge", f"title: The bridge\nrecorded: {written}"))
    with pytest.raises(InputError, match=r"bridge\.story\.yaml:4 recorded: .* is no instant\."):
        read_marks(path)
