"""A text is read once, and nobody can tell."""

from __future__ import annotations

import pytest

from ledger.text import Span, quantities, read_once, sentences
from ledger.text.once import MOST_CHARACTERS


def test_what_was_read_is_not_read_again():
    """The second caller gets what the first one got; with other arguments it is another reading."""
    asked = []

    @read_once
    def shouted(text: str, mark: str = "!") -> str:
        asked.append((text, mark))
        return text.upper() + mark

    assert [shouted("the tide"), shouted("the tide"), shouted("the tide", mark="?"), shouted("the tide", mark="?")] == [
        "THE TIDE!", "THE TIDE!", "THE TIDE?", "THE TIDE?",
    ]  # fmt: skip
    assert asked == [("the tide", "!"), ("the tide", "?")]


def test_two_functions_do_not_mix():
    """What one function made of a text is not given for another's."""
    first, second = read_once(str.upper), read_once(str.title)
    assert (first("low water"), second("low water"), first("low water")) == ("LOW WATER", "Low Water", "LOW WATER")


def test_what_raises_is_not_kept():
    """A text that could not be read is tried again, and raises again."""
    tried = []

    @read_once
    def fails(text: str) -> str:
        tried.append(text)
        raise ValueError(text)

    for _ in range(2):
        with pytest.raises(ValueError, match="ebb"):
            fails("ebb")
    assert tried == ["ebb", "ebb"]


def test_keeping_is_bounded():
    """Texts that were not asked for among the last ones are read again: memory does not grow with a ledger."""
    asked = []

    @read_once
    def length(text: str) -> int:
        asked.append(text[:8])
        return len(text)

    size = MOST_CHARACTERS // 4
    for number in range(40):
        length(f"{number:08}" + "x" * size)
    length(f"{0:08}" + "x" * size)
    assert asked.count("00000000") == 2, "the first was forgotten"
    length(f"{39:08}" + "x" * size)
    assert asked.count("00000039") == 1, "the last was not"
    length("y" * (MOST_CHARACTERS + 1))
    length("y" * (MOST_CHARACTERS + 1))
    assert asked.count("y" * 8) == 2, "a text beyond all is not kept at all"


def test_what_is_asked_for_again_and_again_stays():
    """A text in use outlasts any number of others."""
    asked = []

    @read_once
    def length(text: str) -> int:
        asked.append(text[:8])
        return len(text)

    for number in range(40):
        length("in use")
        length(f"{number:08}" + "x" * (MOST_CHARACTERS // 4))
    assert asked.count("in use") == 1


def test_readers_of_texts_share_what_they_read():
    """The readings that checkers ask for are the same object the second time, whatever tag says English."""
    text = "The ferry took 412 people over in May."
    assert sentences(text) is sentences(text) == (Span(0, len(text)),)
    assert quantities(text) is quantities(text, "en") is quantities(text, "EN")
