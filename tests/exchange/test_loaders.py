"""Reading YAML is faster where PyYAML has its C loader, and comes to the same everywhere."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.exchange.example import seed
from ledger.exchange.lines import Node, read_yaml

needs_c = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML has no C loader here")

STORY = """\
factledger: story/1
title: 'The bridge''s toll'   # a comment
sources: [{id: a, title: "A \\u00e9 report"}, {id: b}]
claims:
  - id: closed
    text: >-
      The bridge
      was shut.

    value: {subject: toll, amount: -1.5}
  - text: |
      Is it so?
    occurred: 2025
"""

ODD = [
    *"\t \n:-#,[]{}'\"|>&*!?%@`~\\a\ufeff",
    "\n  ",
    "- ",
    ": ",
    " #",
    "? ",
    "---\n",
    "...\n",
    "|#",
    ">1\n",
    "\\x41",
    "!!str ",
]


def told(text: str) -> Node | str:
    """What is read, or the error."""
    try:
        return read_yaml(text, "story")
    except InputError as error:
        return str(error)


def without_c(text: str) -> Node | str:
    """What is read, or the error, on a machine that has only the Python loader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        return told(text)


@needs_c
def test_the_example_reads_the_same() -> None:
    """The example story comes to the same texts on the same lines."""
    text = seed().read_text()
    assert told(text) == without_c(text)


@needs_c
@given(st.lists(st.tuples(st.integers(0, len(STORY)), st.sampled_from(ODD)), max_size=3))
def test_odd_texts_read_the_same(slips: list[tuple[int, str]]) -> None:
    """A story with slips of the pen reads the same, or is refused in the same words."""
    text = STORY
    for at, odd in slips:
        text = text[:at] + odd + text[at:]
    assert told(text) == without_c(text)
