"""A house's policy in daily use: its own words for verdicts, and decisions that two people sign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

POLICY = """
[sign_off]
second = ["supported"]

[labels]
"Mostly true" = "supported"
"Wrong" = "refuted"
"""


@pytest.fixture
def house(factledger: Any, tmp_path: Path) -> Any:
    """A ledger with a claim and two people, and the house's policy beside it."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("agent", "Ben Ide", "--id", "ben")
    factledger("source", "Bridge shut", "--id", "post")
    factledger("add", "The bridge was closed.", "--id", "bridge", "--in", "Bridge shut")
    (tmp_path / "ledger.policy.toml").write_text(POLICY, encoding="utf-8")
    return factledger


def test_the_policy_in_force_is_shown(house: Any, tmp_path: Path) -> None:
    """Every setting says whose it is; the digest is the one that runs record."""
    shown = house("policy", "--json")
    assert shown.returncode == 0, shown.stderr
    whose = {f"{row['table']}.{row['setting']}": (row["value"], row["from"]) for row in json.loads(shown.stdout)}
    beside = "ledger.policy.toml"
    assert whose["sign_off.second"] == ('["supported"]', beside)
    assert whose["labels.Wrong"] == ('"refuted"', beside)
    assert whose["stale.default"] == ("365", "factledger")
    house("check")
    (run,) = json.loads(house("list", "runs", "--json").stdout)
    assert f"SHA-256   {run['policy']}," in shown.stderr
    (tmp_path / "other.toml").write_text("[sign_of]\n", encoding="utf-8")
    wrong = house("policy", "--policy", "other.toml")
    assert wrong.returncode == 2
    assert wrong.stderr == "Error: other.toml: There is no setting `sign_of`. Did you mean sign_off?\n"


def test_a_setting_is_added(house: Any, tmp_path: Path) -> None:
    """`--set` adds to the house's file what it does not have; what cannot be in force changes nothing."""
    (tmp_path / "satire.csv").write_text("title,why\nThe Daily Fool,satire\n", encoding="utf-8")
    assert house("policy", "--set", "lists.listed-sources=satire.csv").returncode == 0
    assert house("policy", "--set", "stale.law=30").returncode == 0
    file = tmp_path / "ledger.policy.toml"
    after = file.read_text(encoding="utf-8")
    assert after == POLICY + '\n[lists]\nlisted-sources = "satire.csv"\n\n[stale]\nlaw = 30\n'
    for change, says in (
        ("stale.law=60", "has its stale.law already"),
        ("lists.x=gone.csv", "There is no such file"),
        ("law=60", "is no setting"),
        ("sign_off.third=true", "There is no setting"),
    ):
        refused = house("policy", "--set", change)
        assert (refused.returncode, says in refused.stderr) == (2, True), refused.stderr
    assert file.read_text(encoding="utf-8") == after


def test_a_house_without_a_file_begins_one(factledger: Any, tmp_path: Path) -> None:
    """The first setting makes the file beside the ledger, where it is in force."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    shown = factledger("policy", "--set", "checkers.awaiting.days=7", "--csv")
    assert "checkers,awaiting" in shown.stdout
    assert (tmp_path / "ledger.policy.toml").read_text(encoding="utf-8") == "[checkers.awaiting]\ndays = 7\n"


def test_a_label_says_the_verdict(house: Any) -> None:
    """The house's words, in any capitals, stand for a verdict; both are shown."""
    done = house("review", "bridge", "--label", "Wrong", "--because", "It was open.")
    assert done.returncode == 0, done.stderr
    assert "Decided   bridge: Wrong (" in done.stderr
    assert "second person" not in done.stderr
    assert '"verdict": "refuted"' in house("list", "claims", "--json").stdout


def test_a_label_that_is_unknown_or_means_something_else_is_one_line(house: Any) -> None:
    """Nothing is decided, and the line says what there is."""
    unknown = house("review", "bridge", "--label", "Half true", "--because", "Who knows.")
    assert (unknown.returncode, unknown.stderr) == (
        2,
        "Error: --label: The house's policy has no label “Half true”. It has: Mostly true, Wrong.\n",
    )
    other = house("review", "bridge", "refuted", "--label", "mostly true", "--because", "Who knows.")
    assert other.returncode == 2
    assert "In this house “mostly true” means supported, not refuted." in other.stderr


def test_a_decision_waits_until_a_second_person_signs(house: Any) -> None:
    """It is said when the decision is made and when the claim is checked, until somebody else has signed."""
    decided = house("review", "bridge", "--label", "Mostly true", "--because", "Two saw it.")
    assert "Waits     for a second person: factledger review bridge --second --by NAME" in decided.stderr
    waits = "1 decided claim waits for a second person. Next: factledger review bridge --second --by NAME"
    assert waits in house("check", "bridge").stderr
    assert house("review", "bridge", "--second").returncode == 2  # Ana Roa decided it
    assert house("review", "bridge", "--second", "--by", "ben").returncode == 0
    assert "second person" not in house("check", "bridge").stderr
    house("review", "bridge", "--label", "Mostly true", "--because", "A third saw it, too.")
    assert waits in house("check", "bridge").stderr


def test_how_a_ledger_is_served_is_no_rule(house: Any) -> None:
    """Title and address are set like the rest, and change no finding: the hash that runs record stays."""
    before = house("policy").stderr
    for setting in ("serve.title=The desk's ledger", "serve.report=desk@example.org"):
        assert house("policy", "--set", setting).returncode == 0
    after = house("policy")
    assert "The desk's ledger" in after.stdout
    assert _digest(after.stderr) == _digest(before)


def _digest(told: str) -> str:
    return told.partition("SHA-256")[2].split()[0]


def test_what_is_no_address_is_said_before_anything_is_served(house: Any, tmp_path: Path) -> None:
    """An address of a site or of a person that is none, given or in the policy, is one line with what to write."""
    for given, says in (
        (("--base-url", "desk"), "desk is no address of a site."),
        (("--report", "us"), "us is neither"),
    ):
        wrong = house("serve", *given)
        assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
        assert says in wrong.stderr and "Write https://" in wrong.stderr
    with (tmp_path / "ledger.policy.toml").open("a", encoding="utf-8") as file:
        file.write("[serve]\nbase_url = 7\n")
    wrong = house("serve")
    assert wrong.stderr.startswith("Error: ledger.policy.toml: [serve] base_url: This is text.")
