"""Who a text says has said some words: only where it says so plainly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Span, said_by

WORDS = "the quay is not safe"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Today the quay is not safe,” said Marta Quell.", "Marta Quell"),
        ("“Today the quay is not safe,” said harbour master Tom Reyes on Monday.", "Tom Reyes"),
        ("“Today the quay is not safe,” Quell told reporters.", "Quell"),
        ("“Today the quay is not safe,” Marta Quell, the mayor, said.", "Marta Quell"),
        ("Marta Quell said: “Today the quay is not safe.”", "Marta Quell"),
        ("The wind fell. Quell told the Gazette, “Today the quay is not safe.”", "Quell"),
        ("According to Tom Reyes, “today the quay is not safe” at all.", "Tom Reyes"),
        ("“Today the quay is not safe,” according to Tom Reyes.", "Tom Reyes"),
        ("“It is old,” Quell said. “Today the quay is not safe.”", "Quell"),
        ("“It is gone.” Reyes said: “Today the quay is not safe.”", "Reyes"),
        ("REYES: I know that the quay is not safe, yes.", "REYES"),
        # Where it is not plain, nobody is named.
        ("“Today the quay is not safe,” she said.", None),
        ("“Today the quay is not safe,” the mayor said.", None),
        ("“Today the quay is not safe,” said the mayor on Monday.", None),
        ("“Today the quay is not safe.” Reyes said: “It is gone.”", None),
        ("“It is old,” Quell said. “Today the quay is not safe,” he answered.", None),
        ("Quell said: “Today the quay is not safe,” according to Reyes.", None),
        ("Marta Quell said the quay is not safe.", None),
        ("The quay was closed in May since the quay is not safe.", None),
    ],
)
def test_speaker(text: str, name: str | None) -> None:
    """A name beside the quotation, and none where that takes guessing."""
    start = text.index(WORDS)
    assert said_by(text, Span(start, start + len(WORDS))) == name


@given(st.text(st.sampled_from('Aa “”".,:\n')), st.integers(0, 50), st.integers(0, 50))
def test_no_text_brings_it_down(text: str, start: int, size: int) -> None:
    """Any place of any text has a name or none."""
    end = min(len(text), start + size)
    said_by(text, Span(min(start, end), end))
