"""Paragraphs: blank lines, one paragraph a line, and wrapped lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import paragraphs

STORY = (
    "The harbour master closed the north quay on Tuesday after divers found that two of its "
    "timber piles had rotted through, and the ferry company moved its boats to the fish market.",
    "Repairs will take until the autumn. Mayor Ilse Brandt said that the city would pay for a "
    "shuttle bus, which will leave the railway station every twenty minutes.",
)


def split(text: str) -> list[str]:
    return [" ".join(span.of(text).split()) for span in paragraphs(text)]


@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n"])
def test_blank_lines(between: str) -> None:
    """A blank line ends a paragraph, whatever it is made of."""
    assert split(between.join(STORY)) == list(STORY)


@pytest.mark.parametrize("between", ["\n", "\r\n", "\u2029"])
def test_one_paragraph_a_line(between: str) -> None:
    """In a text of long lines, each line is a paragraph, the heading too."""
    lines = ["Rotten Piles Close the North Quay", *STORY]
    assert split(between.join(lines)) == lines


@pytest.mark.parametrize("width", [45, 60, 72, 100])
def test_wrapped_lines(width: int) -> None:
    """Lines broken at a column are joined again, capitals at their start or not."""
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in STORY)
    assert split(text) == list(STORY)


def test_wrapped_lines_without_blank_lines() -> None:
    """A line that leaves room for the next word ends its paragraph."""
    text = "\n".join(textwrap.fill(paragraph, 72) for paragraph in STORY)
    assert split(text) == list(STORY)


def test_heading_over_wrapped_lines() -> None:
    """A heading shorter than the column is a paragraph of its own."""
    text = "North Quay Closed\n" + textwrap.fill(STORY[0], 72)
    assert split(text) == ["North Quay Closed", STORY[0]]


def test_lower_case_goes_on() -> None:
    """A line that begins in lower case goes on with the one before."""
    assert split("The quay\nwas closed") == ["The quay was closed"]


def test_lower_case_after_a_stop() -> None:
    """After a stop, a line that begins in lower case begins a paragraph."""
    assert split("The quay was closed.\neBay traders moved.") == [
        "The quay was closed.",
        "eBay traders moved.",
    ]


def test_list_of_short_lines() -> None:
    """Lines too short for a column are paragraphs."""
    assert split("Quays\nNorth Quay\nFish Market") == ["Quays", "North Quay", "Fish Market"]


def test_nothing() -> None:
    """A text of white space has no paragraphs."""
    assert paragraphs(" \n\t\n") == ()


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\u2028")) | st.text())
def test_covers_everything_once(text: str) -> None:
    """Paragraphs hold every character that is not white space, once and in order."""
    spans = paragraphs(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert list(spans) == sorted(spans)
    assert all(span.of(text) == span.of(text).strip() for span in spans)
