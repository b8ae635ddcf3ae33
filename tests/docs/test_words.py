"""docs/words.md has the words that the program uses, and says them as it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.model import KINDS
from ledger.views import words

PAGE = (Path(__file__).parents[2] / "docs" / "words.md").read_text("utf-8")


def table(of: str) -> dict[str, str]:
    """Return code -> how it is shown, of the table whose first column has this heading."""
    rows = re.search(rf"^\| {of} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.M)
    assert rows is not None
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", rows[1], re.M))


def test_every_kind_of_record_is_explained() -> None:
    """The table of records has each kind that can enter, and no other."""
    assert table("record").keys() == KINDS.keys()


@pytest.mark.parametrize(
    "name", ["workflow", "verdict", "corroboration", "outcome", "exclusion", "stance", "basis", "stake"]
)
def test_a_vocabulary_is_shown_as_the_program_shows_it(name: str) -> None:
    """Each word of a vocabulary stands in its table, with the words that pages and commands use for it."""
    assert table(name) == {word.value: shown for word, shown in getattr(words, name.upper()).items()}
