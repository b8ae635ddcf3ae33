"""`factledger checkers`: what a checker says of itself, and where its settings stand."""

from __future__ import annotations

import json
from typing import Any

from ledger.about import missing, parts

FOUR = """Checks: that every source
    has a date.
Why it matters: without one, nobody knows.
Warns on: none.
Passes on: dates.

More for who reads the code. Checks: nothing.
"""


def test_a_checker_is_told_part_by_part(factledger: Any) -> None:
    """All that a checker says of itself is printed under its heading, wrapped beside it."""
    done = factledger("checkers", "date-order")
    assert (done.returncode, done.stderr) == (0, "")
    name, *lines = done.stdout.splitlines()
    assert name == "date-order"
    assert [line[:20].strip() for line in lines if line[0] != " "] == [
        "Checks",
        "Why it matters",
        "Fails on",
        "Passes on",
        "Establishes",
        "Does not establish",
        "Version",
        "Plugin",
        "Settings",
    ]
    assert all(len(line) <= 100 for line in lines)
    assert "Does not establish  that a recorded date is right." in lines
    assert "Plugin              factledger-checkers" in lines
    assert lines[-1] == "Settings            none"


def test_a_checker_is_told_as_data(factledger: Any) -> None:
    """With --json, the same is one row."""
    (row,) = json.loads(factledger("checkers", "date-order", "--json").stdout)
    assert (row["checker"], row["does_not_establish"]) == ("date-order", "that a recorded date is right.")


def test_a_mistyped_checker_is_met_with_a_suggestion(factledger: Any) -> None:
    """A name that is nearly one is answered with it, another with all that there are."""
    near, far = factledger("checkers", "dateorder"), factledger("checkers", "xyz")
    assert (near.returncode, near.stderr) == (2, "Error: There is no checker 'dateorder'. Did you mean date-order?\n")
    assert far.returncode == 2
    assert far.stderr.startswith("Error: There is no checker 'xyz'. There are: ")
    assert "date-order" in far.stderr


def test_a_docstring_is_read_in_parts() -> None:
    """Parts run over lines, end at an empty one, and are known by their headings."""
    assert parts(FOUR) == {
        "Checks": "that every source has a date.",
        "Why it matters": "without one, nobody knows.",
        "Warns on": "none.",
        "Passes on": "dates.",
    }
    assert list(missing(FOUR)) == []
    assert parts("Looks at dates.") == {}
    assert list(missing("Looks at dates.")) == ["Checks", "Why it matters", "Fails on", "Passes on"]
