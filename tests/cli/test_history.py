"""`history` in the time of the ledger and in the time of the world."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture
def begun(factledger: Any, once: Any) -> None:
    @once
    def tell() -> None:
        for command in (
            ("init", "--origin", "desk.example", "--person", "Ana Roa"),
            ("source", "Harbour report", "--id", "report", "--published", "2031-05-02", "--yes"),
            ("source", "Answer of the council", "--id", "answer", "--published", "2031-05-09", "--yes"),
            (
                "add",
                "The bridge was shut.",
                "--id",
                "shut",
                "--seen-in",
                "report",
                "--occurred",
                "2031-04",
                "--story",
                "port",
            ),
            ("evidence", "shut", "answer", "--stance", "contradicts"),
            ("correct", "shut", "occurred=2031-04-30", "--because", "The council says which day."),
        ):
            done = factledger(*command)
            assert done.returncode == 0, done.stderr


def world(factledger: Any, *arguments: str) -> list[dict[str, Any]]:
    done = factledger("history", *arguments, "--time", "world", "--json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_the_ledger_as_of_an_entry(factledger: Any, begun: None) -> None:
    """Before the correction there was none; its reason comes with it."""
    entries = [row["entry"] for row in json.loads(factledger("history", "shut", "--json").stdout)]
    before = json.loads(factledger("history", "shut", "--as-of", str(entries[-1]), "--json").stdout)
    assert [row["entry"] for row in before] == entries[:-1]
    assert "corrected" in factledger("history", "shut").stdout


def test_the_world_as_of_a_day(factledger: Any, begun: None) -> None:
    """On 3 May the report was out and the answer was not; what the claim says now of April is what counts."""
    rows = world(factledger, "shut", "--as-of", "2031-05-03")
    dated = {row["record"]: row["date"] for row in rows if row["clock"] in ("happened", "published")}
    assert dated == {"shut": "2031-04-30", "report": "2031-05-02"}
    told = factledger("history", "shut", "--time", "world", "--as-of", "2031-05-03").stderr
    assert "1 moment after 3 May 2031 left out." in told


def test_a_source_a_story_and_the_whole(factledger: Any, begun: None) -> None:
    """The claims of a source, of a story and of the ledger are the same here, and so is their timeline."""
    assert world(factledger, "report") == world(factledger, "--story", "port") == world(factledger) != []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("history",), "Name it; or add: --time world"),
        (("history", "shut", "--story", "port"), "Name it; or add: --time world"),
        (("history", "shut", "--story", "port", "--time", "world"), "A record and a story were both given."),
        (("history", "ana-roa", "--time", "world"), "Name a claim or a source."),
        (("history", "shutt", "--time", "world"), "shut"),
        (("history", "--story", "ports", "--time", "world"), "No claim is of a story 'ports'."),
        (("history", "shut", "--time", "world", "--as-of", "May"), "is not a date"),
        (("history", "shut", "--time", "world", "--as-of", "XXXX-05-02"), "Give a date with its year"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    factledger: Any, begun: None, arguments: tuple[str, ...], told: str
) -> None:
    """A wrong question is a usage error that says what to ask instead."""
    refused = factledger(*arguments)
    assert refused.returncode == 2
    assert told in refused.stderr and len(refused.stderr.strip().splitlines()) <= 2
    assert refused.stdout == ""
