"""Findings as SARIF: held to what the standard requires, in our own words, with its section numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import checks
from ledger.book import Book
from ledger.exchange import import_story
from ledger.exchange.lines import FilePosition
from ledger.exchange.marks import read_marks
from ledger.exchange.sarif import sarif, sarif_text
from ledger.model import CheckerCard, Finding, Outcome
from ledger.store import RecordedFinding

KINDS = {"pass", "open", "informational", "notApplicable", "review", "fail"}
LEVELS = {"none", "note", "warning", "error"}
PROPERTIES = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "invocations", "results"},
    "driver": {"name", "version", "rules"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help", "properties"},
    "invocation": {"executionSuccessful", "toolExecutionNotifications"},
    "notification": {"level", "message", "locations", "associatedRule"},
    "result": {
        "ruleId", "ruleIndex", "kind", "level", "message", "locations", "relatedLocations", "partialFingerprints",
        "properties",
    },
    "location": {"logicalLocations", "physicalLocation", "message"},
    "logical": {"name", "fullyQualifiedName"},
    "physical": {"artifactLocation", "region"},
}  # fmt: skip
"""The properties that we write, all of them the standard's: it allows no others (3.5, 3.8)."""

CARD = CheckerCard(
    uid="c1",
    handle="date-order@2",
    name="date-order",
    version="2",
    plugin="own",
    establishes="that the dates are in order",
    does_not_establish="that a date is right",
    about="""Checks: that nothing is reported before
      it happened.
    Why it matters: a report older than its event is about another.
    Fails on: a report from the day before.
    Passes on: one from the day after.
    """,
)
PLACES = {
    "closed": FilePosition("stories/the bridge.story.yaml", 9),
    "notice": FilePosition("stories/the bridge.story.yaml", 5),
}


def found(outcome: Outcome, reason: str = "So it is.", **more: Any) -> RecordedFinding:
    """Return a recorded finding on the claim `closed`."""
    finding = Finding(outcome, reason, **{name: more.pop(name) for name in ("code", "fix", "details") if name in more})
    told = {"subject": "closed", "checker": "date-order", "version": "2", "handles": ("closed", "notice"), "seq": 7}
    return RecordedFinding(finding=finding, run="run-1", input="", at="2031-07-01T12:00:00.000000Z", **{**told, **more})


def one_run(
    *findings: RecordedFinding, places: dict[str, FilePosition] | None = None, cards: tuple[CheckerCard, ...] = (CARD,)
) -> Any:
    """Return the run of a log of these findings, held to the standard."""
    log = sarif(findings, cards, places=places or {}, version="1.0")
    hold_to_the_standard(log)
    return log["runs"][0]


def hold_to_the_standard(log: dict[str, Any]) -> None:
    """Assert what SARIF 2.1.0 requires of a log, as far as we write it."""
    assert set(log) == PROPERTIES["log"] and log["version"] == "2.1.0"  # 3.13
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert set(run) <= PROPERTIES["run"] and set(driver) <= PROPERTIES["driver"] and driver["name"]  # 3.14, 3.19
        rules = [rule["id"] for rule in driver["rules"]]
        assert len(set(rules)) == len(rules)
        for rule in driver["rules"]:
            assert set(rule) <= PROPERTIES["rule"]  # 3.49
            assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help") if name in rule)
        for invocation in run["invocations"]:
            assert set(invocation) <= PROPERTIES["invocation"]
            assert type(invocation["executionSuccessful"]) is bool  # 3.20.14: required
            for notification in invocation["toolExecutionNotifications"]:
                assert set(notification) <= PROPERTIES["notification"] and notification["level"] in LEVELS  # 3.58
                _located(notification["locations"])
                if "associatedRule" in notification:
                    assert rules[notification["associatedRule"]["index"]] == notification["associatedRule"]["id"]
        for result in run["results"]:
            assert set(result) <= PROPERTIES["result"] and result["message"]["text"]  # 3.27.11: required
            assert result["kind"] in KINDS and result["level"] in LEVELS
            assert result["kind"] == "fail" or result["level"] == "none"  # 3.27.10
            assert "ruleIndex" not in result or rules[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())  # 3.27.17
            _located(result["locations"])
            _located(result.get("relatedLocations", []))


def _located(locations: list[dict[str, Any]]) -> None:
    for location in locations:
        assert set(location) <= PROPERTIES["location"]  # 3.28
        assert all(set(logical) <= PROPERTIES["logical"] for logical in location["logicalLocations"])  # 3.33
        physical = location.get("physicalLocation")
        if physical:
            assert set(physical) == PROPERTIES["physical"]  # 3.29
            assert re.fullmatch(r"[A-Za-z0-9/._~:%-]+", physical["artifactLocation"]["uri"])  # RFC 3986
            assert physical["region"]["startLine"] >= 1  # 3.30.5


@pytest.mark.parametrize(
    ("outcome", "kind", "level"),
    [
        (Outcome.FAIL, "fail", "error"),
        (Outcome.WARN, "fail", "warning"),
        (Outcome.ABSTAIN, "open", "none"),
        (Outcome.PASS, "pass", "none"),
        (Outcome.ERROR, "review", "none"),
    ],
)
def test_outcomes_become_kinds_and_levels(outcome: Outcome, kind: str, level: str) -> None:
    """Each outcome has its kind; only problems and warnings have a level."""
    (result,) = one_run(found(outcome))["results"]
    assert (result["kind"], result["level"]) == (kind, level)
    assert result["properties"]["outcome"] == outcome.value


def test_a_result_says_what_why_and_where() -> None:
    """A result has the reason, the claim's name and line, the lines of what it cites, and what would settle it."""
    one = found(Outcome.FAIL, "Too early.", code="early", fix="Check the date.", details=("By a day.",))
    (result,) = one_run(one, places=PLACES)["results"]
    assert result["message"] == {"text": "Too early."}
    assert result["ruleId"] == "date-order" and result["ruleIndex"] == 0
    assert result["locations"] == [
        {
            "logicalLocations": [{"name": "closed", "fullyQualifiedName": "closed"}],
            "physicalLocation": {
                "artifactLocation": {"uri": "stories/the%20bridge.story.yaml"},
                "region": {"startLine": 9},
            },
        }
    ]
    assert [place["physicalLocation"]["region"]["startLine"] for place in result["relatedLocations"]] == [5]
    assert result["properties"] == {
        "outcome": "fail",
        "code": "early",
        "fix": "Check the date.",
        "details": ["By a day."],
        "cites": ["closed", "notice"],
    }


def test_without_a_story_file_only_names_are_given() -> None:
    """Where no line is known, a finding names its claim and points into no file."""
    (result,) = one_run(found(Outcome.FAIL))["results"]
    assert "physicalLocation" not in result["locations"][0] and "relatedLocations" not in result


def test_a_rule_says_what_its_checker_says() -> None:
    """A checker's docstring and limits become the rule's descriptions and help."""
    (rule,) = one_run(found(Outcome.PASS))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("date-order", "DateOrder")
    assert rule["shortDescription"]["text"] == "That nothing is reported before it happened."
    assert rule["fullDescription"]["text"] == "A report older than its event is about another."
    assert "Does not establish that a date is right." in rule["help"]["text"]
    assert "Fails on: a report from the day before." in rule["help"]["text"]
    assert rule["properties"]["doesNotEstablish"] == "that a date is right"


def test_a_checker_that_says_little_is_a_rule_too() -> None:
    """Without the four parts, a rule says what its checker establishes."""
    bare = attrs.evolve(CARD, about="")
    (rule,) = one_run(found(Outcome.PASS), cards=(bare,))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "That the dates are in order."
    assert "fullDescription" not in rule


def test_the_version_that_found_is_the_rule() -> None:
    """Of a checker's versions, the one with the newest finding is described, and each rule stands once."""
    old = attrs.evolve(CARD, version="1", establishes="less")
    findings = (found(Outcome.PASS, version="1", seq=3), found(Outcome.FAIL, version="2", seq=7))
    (rule,) = one_run(*findings, cards=(old, CARD))["tool"]["driver"]["rules"]
    assert rule["properties"]["version"] == "2"


def test_what_did_not_run_is_said_three_times() -> None:
    """An error is a notification, makes the execution unsuccessful, and stands among the results as not reviewed."""
    run = one_run(found(Outcome.ERROR, "It took too long."), found(Outcome.PASS))
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "date-order did not run on closed: It took too long."
    assert notification["associatedRule"] == {"id": "date-order", "index": 0}
    assert [result["message"]["text"] for result in run["results"]] == ["Did not run: It took too long.", "So it is."]


def test_a_plugin_without_a_checker_is_named() -> None:
    """A plugin that could not be loaded has no rule, and is not dropped."""
    run = one_run(found(Outcome.ERROR, subject="ledger", checker="broken", version="?", handles=()), cards=())
    assert not run["invocations"][0]["executionSuccessful"]
    assert "associatedRule" not in run["invocations"][0]["toolExecutionNotifications"][0]
    assert run["results"][0]["ruleId"] == "broken"


def test_braces_are_no_placeholders() -> None:
    """What stands in braces is doubled, so that no reader puts an argument there (3.11.5)."""
    (result,) = one_run(found(Outcome.FAIL, "He wrote {0} and {."))["results"]
    assert result["message"]["text"] == "He wrote {{0}} and {{."


def test_fingerprints_outlive_a_number_that_moves_on() -> None:
    """A finding keeps its fingerprint while its code and what it cites stay; each finding has its own."""

    def prints(*findings: RecordedFinding) -> list[str]:
        return [result["partialFingerprints"]["findingHash/v1"] for result in one_run(*findings)["results"]]

    (march,) = prints(found(Outcome.WARN, "31 days old.", code="old"))
    (april,) = prints(found(Outcome.WARN, "61 days old.", code="old", seq=9))
    assert march == april
    twice = prints(found(Outcome.WARN, code="old"), found(Outcome.WARN, code="old"), found(Outcome.WARN, code="new"))
    assert len(set(twice)) == 3
    assert prints(found(Outcome.WARN, "One.")) != prints(found(Outcome.WARN, "Two."))


def test_the_order_of_findings_does_not_matter() -> None:
    """The same findings in another order give the same bytes."""
    findings = [found(outcome, f"Reason {number}.") for number, outcome in enumerate(Outcome)]
    log = sarif(findings, [CARD], places=PLACES, version="1.0")
    assert json.dumps(sarif(findings[::-1], [CARD], places=PLACES, version="1.0")) == json.dumps(log)


def test_a_checked_ledger_is_told_whole(book: Book, story: Callable[[str], Path]) -> None:
    """Of a real run, every finding on record is a result with its line; asking for one claim gives its own."""
    path = story(
        "factledger: story/1\nstory: bridge\ntitle: The bridge\nclaims:\n"
        "  - {id: closed, text: The bridge was closed.}\n  - {id: open, text: The bridge is open.}\n"
    )
    import_story(book, path)
    checks.check(book)
    text = sarif_text(book.ledger.db, places=read_marks(path).places)
    assert text == sarif_text(book.ledger.db, places=read_marks(path).places)
    log = json.loads(text)
    hold_to_the_standard(log)
    lines = {
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in log["runs"][0]["results"]
        if result["locations"][0]["logicalLocations"][0]["name"] in ("closed", "open")
    }
    assert lines == {5, 6}
    (run,) = json.loads(sarif_text(book.ledger.db, ["open"]))["runs"]
    assert {result["locations"][0]["logicalLocations"][0]["name"] for result in run["results"]} == {"open"}
