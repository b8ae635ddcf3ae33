"""Words held to an archived text at entry: what is taken, what is recorded of it, and what is refused."""

from __future__ import annotations

import pytest

from ledger import desk
from ledger.errors import InputError
from ledger.text import Fidelity

WORDS = (
    "The mayor said that the north quay of Kestrel Bay is not safe. We have found rot in 12 of its piles, "
    "and the harbor board knows it.\n\nNo, we will not sell the ferry."
)
TEXT = desk.Text(WORDS, "0" * 64)

TAKEN = {
    "final comma": ("We have found rot in 12 of its piles,", Fidelity.EXACT),
    "small initial": ("we have found rot in 12 of its piles", Fidelity.EXACT),
    "initial in brackets": ("[w]e have found rot", Fidelity.EXACT),
    "brackets": ("[The divers] found rot in 12 of its piles", Fidelity.MARKED),
    "ellipsis": ("We have found rot … and the harbor board knows it", Fidelity.MARKED),
    "spelling": ("the harbour board knows it", Fidelity.STYLED),
    "short form": ("We've found rot in 12 of its piles", Fidelity.STYLED),
    "after its no": ("sell the ferry", Fidelity.MISLEADING),
}


@pytest.mark.parametrize(("quote", "grade"), TAKEN.values(), ids=TAKEN)
def test_entry_takes_what_the_checker_accepts(quote: str, grade: Fidelity) -> None:
    """What is recorded has the same grade as what was given, and its place is the passage it stands for."""
    anchor = desk.anchor(quote, TEXT)
    found = desk.compared(TEXT, anchor)
    assert found.fidelity is grade
    assert found.span is not None
    assert (anchor.start, anchor.text) == (found.span.start, TEXT.sha256)
    assert anchor.end is not None and anchor.end >= found.span.end


@pytest.mark.parametrize("quote", ["we have found rot in 12 of its piles,", "WE HAVE FOUND ROT IN 12 OF ITS PILES"])
def test_the_texts_own_words_are_recorded(quote: str) -> None:
    """Where the words given are the text's, they are recorded as the text has them."""
    assert desk.anchor(quote, TEXT).exact.startswith("We have found rot in 12 of its piles")


def test_words_with_marks_are_kept_as_given() -> None:
    """What an editor marked is recorded, and can be held to its passage later."""
    anchor = desk.anchor("[The divers] found rot in 12 of its piles", TEXT)
    assert anchor.exact == "[The divers] found rot in 12 of its piles"
    assert WORDS[anchor.start : anchor.end] == "found rot in 12 of its piles"


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("We have found rot in 13 of its piles", "We have found rot in 12 of its piles"),
        ("the north quay of Kestrel Bay is safe", "the north quay of Kestrel Bay is not safe"),
        ("the harbor board denies it", "the harbor board knows it"),
    ],
)
def test_what_is_altered_is_refused_with_the_passage(quote: str, nearest: str) -> None:
    """A figure, a "not" or a word that is another one is never taken."""
    with pytest.raises(InputError, match="These words are not in the text") as refused:
        desk.anchor(quote, TEXT)
    assert nearest in refused.value.hint
