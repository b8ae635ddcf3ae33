"""Dates at the command line: what an undated article lacks, and what a claim says of the order of events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ARTICLE = """Bridge shut

The harbour council shut the bridge on Monday. "It stays shut," Marta Quell told the council.
"""


@pytest.fixture
def begun(factledger: Any, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0
    added = factledger(
        "add", "The bridge was shut.", "--id", "shut", "--seen-in", "article.txt", "--occurred", "2031-05-02"
    )
    assert added.returncode == 0, added.stderr
    assert "factledger correct bridge-shut reference_date=DATE" in added.stderr


def test_a_reference_date_turns_cannot_tell_into_an_answer(factledger: Any, begun: None) -> None:
    """An undated article cannot be held to its event; once its reference date is entered it can; the log shows it."""
    assert "“Bridge shut” has no date." in factledger("check", "shut").stdout
    done = factledger("correct", "bridge-shut", "reference_date=2031-05-05", "--because", "The reader's print says so.")
    assert done.returncode == 0, done.stderr
    again = factledger("check", "shut").stdout
    assert "has no date" not in again
    assert "published-before-event" in again.split("NO PROBLEM")[1]
    assert "5 May 2031" in factledger("show", "bridge-shut").stdout
    history = factledger("history", "bridge-shut").stdout
    assert "reference date" in history and "The reader's print says so." in history


def test_a_reference_date_can_make_a_problem_visible(factledger: Any, begun: None) -> None:
    """Given a date before the event, what could not be told is a problem."""
    factledger("correct", "bridge-shut", "reference_date=2031-05-01", "--because", "Its first page.")
    assert "PROBLEM     published-before-event" in factledger("check", "shut").stdout


def test_a_reference_date_that_is_no_date_is_refused(factledger: Any, begun: None) -> None:
    """It is held to EDTF as every other date is, and nothing is written."""
    refused = factledger("source", "A leaflet", "--reference-date", "next Monday")
    assert refused.returncode == 2
    assert "is not a date" in refused.stderr


def test_a_dated_article_asks_for_nothing(factledger: Any, begun: None, tmp_path: Path) -> None:
    """Where an article's date is given, nothing is said of a missing one."""
    (tmp_path / "other.txt").write_text("Bridge open\n\nThe bridge is open.\n", encoding="utf-8")
    assert "Undated" not in factledger("article", "other.txt", "--published", "2031-05-09").stderr
    (tmp_path / "third.txt").write_text("Bridge closed\n\nThe bridge is closed.\n", encoding="utf-8")
    assert "Undated" in factledger("article", "third.txt").stderr


def test_claims_that_order_events_both_ways_are_found(factledger: Any, begun: None) -> None:
    """Two claims entered at the command line contradict each other about what came first; each page says so."""
    factledger("add", "The strike came before the vote.", "--id", "one", "--after", "strike", "--before", "vote")
    factledger("add", "The vote came before the strike.", "--id", "two", "--after", "vote", "--before", "strike")
    printed = factledger("check").stdout
    assert "PROBLEM     event-order" in printed
    assert "One: strike came before vote; two: vote came before strike." in printed
    (row,) = [row for row in json.loads(factledger("list", "claims", "--json").stdout) if row["id"] == "one"]
    assert (row["order_earlier"], row["order_later"]) == ("strike", "vote")


def test_an_order_is_read_from_a_story_file(factledger: Any, begun: None, tmp_path: Path) -> None:
    """A story file gives the order of two events, and the days between them."""
    story = tmp_path / "strike.story.yaml"
    head = "factledger: story/1\nstory: strike\ntitle: A strike\nclaims:\n  - id: soon\n    text: The vote came soon.\n"
    story.write_text(head + "    order: {earlier: strike, later: vote, most_days: 3}\n", encoding="utf-8")
    done = factledger("import", str(story))
    assert done.returncode == 0, done.stderr
    (row,) = [row for row in json.loads(factledger("list", "claims", "--json").stdout) if row["id"] == "soon"]
    assert (row["order_earlier"], row["order_later"], row["order_most_days"]) == ("strike", "vote", 3)
    story.write_text(head + "    order: {earlier: strike, later: vote, most_days: soon}\n", encoding="utf-8")
    refused = factledger("import", str(story))
    assert refused.returncode == 2
    assert "no number of days" in refused.stderr


def test_an_order_of_one_event_is_refused(factledger: Any, begun: None) -> None:
    """Nothing comes before itself: that is said, and nothing is written."""
    refused = factledger("add", "The vote came first.", "--after", "vote", "--before", "vote")
    assert refused.returncode == 2
    assert "An order is of two events." in refused.stderr
