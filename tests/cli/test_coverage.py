"""`coverage`: figures, what to look at again, what has no claim, and an exit code for whoever asks for a threshold."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

ARTICLE = """Night ferry planned

The port council met on Monday. "Believe me, the ferry will run at night from June," Marta Quell told the council.

Nobody asked what it costs.
"""


@pytest.fixture
def entered(factledger: Any, tmp_path: Path, once: Any) -> None:
    """Record a claim on the quotation of the article."""

    @once
    def tell() -> None:
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger(
            "add", "The ferry will run at night.", "--id", "ferry", "--seen-in", "article.txt",
            "--quote", "the ferry will run at night from June", "--said-by", "Marta Quell", "--in",
            "speech to the council", "--basis", "witness", "--stake", "participant",
        )  # fmt: skip


def test_it_counts_and_lists_what_is_open_in_order(factledger: Any, entered: None) -> None:
    """The four figures come first, then the sentences without a claim, by number."""
    done = factledger("coverage", "night-ferry-planned", "-t")
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines() if line]
    assert [line[:4] for line in lines if "%" in line] == [
        ["25", "%", "1", "claim"], ["25", "%", "1", "words"], ["25", "%", "1", "evidence"], ["0", "%", "0", "decision"],
    ]  # fmt: skip
    assert re.findall(r"^ +(\d+)  ", done.stdout.partition("Without a claim")[2], re.M) == ["1", "2", "4"]
    assert "does not say that anything is true" in done.stderr


def test_as_json_it_says_all_of_every_sentence(factledger: Any, entered: None) -> None:
    """Programs get the figures and each sentence with what is answered of it; rows are for spreadsheets."""
    found = json.loads(factledger("coverage", "night-ferry-planned").stdout)
    assert (found["sentences"], found["to_check"], found["words"]) == (4, 4, {"sentences": 1, "percent": 25})
    (line,) = [line for line in found["lines"] if line["claims"]]
    assert (line["sentence"], line["state"], line["decision"]) == (3, "evidenced", False)
    assert set(line["claims"]) == {"ferry", "ferry-said"}
    rows = list(csv.DictReader(io.StringIO(factledger("coverage", "night-ferry-planned", "--csv").stdout)))
    assert [(row["sentence"], row["words"]) for row in rows] == [("1", "no"), ("2", "no"), ("3", "yes"), ("4", "no")]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--at-least", "25"), 0),
        (("--at-least", "26"), 1),
        (("--at-least", "25", "--of", "evidence"), 0),
        (("--at-least", "1", "--of", "decision"), 1),
        (("--at-least", "101"), 2),
        (("--of", "proof"), 2),
    ],
)
def test_a_threshold_decides_the_exit_code(factledger: Any, entered: None, asked: tuple[str, ...], code: int) -> None:
    """Less than was asked for exits 1 and says how much there is; what is no threshold exits 2."""
    done = factledger("coverage", "night-ferry-planned", *asked)
    assert done.returncode == code
    if code == 1:
        assert f"{asked[1]} % are asked for" in done.stderr


def test_a_new_copy_says_what_needs_another_look(factledger: Any, entered: None, tmp_path: Path) -> None:
    """After a re-issue with another month the claim is named, with its words, and the threshold is not met."""
    for verdict in ("ferry", "ferry-said"):
        factledger("review", verdict, "supported", "--because", "It is in the minutes.")
    assert factledger("coverage", "night-ferry-planned", "--at-least", "25", "--of", "decision").returncode == 0
    (tmp_path / "again.txt").write_text(ARTICLE.replace("June", "July").replace("Nobody", "Few"), encoding="utf-8")
    factledger("capture", "night-ferry-planned", "again.txt")
    done = factledger("coverage", "night-ferry-planned", "-t", "--at-least", "25", "--of", "decision")
    assert done.returncode == 1
    again = done.stdout.split("Look again")[1].split("Without a claim")[0]
    assert "    3  ferry: The words are not in the newest copy." in again
    assert "“the ferry will run at night from June”" in again
    found = json.loads(factledger("coverage", "night-ferry-planned").stdout)
    assert [(one["why"], one["sentence"]) for one in found["again"]] == [("missing", 3), ("missing", 3)]


def test_what_has_no_text_is_refused_in_a_line(factledger: Any, entered: None) -> None:
    """A source that nobody archived, and a claim, are no article; each error says what to do."""
    done = factledger("coverage", "speech-to-the-council")
    assert done.returncode == 2 and "No archived text is here." in done.stderr and "factledger article" in done.stderr
    done = factledger("coverage", "ferry")
    assert done.returncode == 2 and "ferry is a claim, not a source." in done.stderr


def test_what_a_reader_takes_for_an_opinion_stays_open(factledger: Any, tmp_path: Path) -> None:
    """It is marked, and counts until a person leaves it out; then it is no sentence to check."""
    opinion = "Much will depend on whether the two councils find common ground."
    (tmp_path / "article.txt").write_text(f"The council met on Monday.\n\n{opinion}\n", encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("article", "article.txt", "--id", "report", "--language", "en")
    done = factledger("coverage", "report", "-t")
    assert f"    2  (not checkable?) {opinion[:40]}" in done.stdout and "2 sentences to check, in" in done.stdout
    assert json.loads(factledger("coverage", "report").stdout)["lines"][1]["taken_for"] == "not_checkable"
    factledger("exclude", "report", opinion, "not_checkable")
    done = factledger("coverage", "report", "-t")
    assert "1 sentence to check and 1 that needs no claim" in done.stdout and "(not checkable?)" not in done.stdout
