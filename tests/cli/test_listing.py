"""`factledger list`: what stands and what does not, narrowed, as wide as the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.cli import frame
from ledger.cli.frame import NARROWEST, fitting

Run = Callable[..., Any]


@pytest.fixture
def desk(factledger: Run, once: Any) -> Run:
    """A ledger with a claim of each standing."""

    @once
    def tell() -> None:
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        for name in ("stands", "changed", "replaced", "gone"):
            factledger("add", f"The {name} ferry was late.", "--id", name)
        factledger("review", "replaced", "supported", "--because", "Seen.")
        factledger("correct", "changed", "topic=ferries", "--because", "It had none.")
        factledger("supersede", "replaced", "--by", "stands", "--because", "The same.")
        factledger("retract", "gone", "--because", "Misheard.")

    return factledger


def ids(done: Any) -> list[str]:
    return [row["id"] for row in json.loads(done.stdout)]


def test_what_does_not_stand_says_so_first(desk: Run) -> None:
    """A claim that was superseded is not shown as supported, nor a retracted one as open."""
    table = {line.split()[0]: line for line in desk("list", "-t").stdout.splitlines()}
    assert table["replaced"].split()[1:3] == ["SUPERSEDED", "supported"]
    assert table["gone"].split()[1:4] == ["RETRACTED", "not", "decided"]
    assert table["changed"].split()[1:4] == ["corrected", "not", "decided"]
    assert table["stands"].split()[1:3] == ["not", "decided"]


def test_a_check_sends_nobody_to_decide_what_does_not_stand(desk: Run) -> None:
    """Of four claims two are to be decided: one was replaced, one retracted."""
    said = desk("check").stderr
    assert "2 claims are not decided. Next: factledger review" in said
    assert not {"review replaced", "review gone"} & set(re.findall("review [a-z]+", said))


def test_what_it_does_not_establish_comes_after_what_is_on_record(desk: Run) -> None:
    """A list of limits stands between nobody and the evidence."""
    desk("check", "stands")
    shown = desk("show", "stands").stdout
    heads = ["In short", "Where it comes from", "Check results", "What this does not establish"]
    assert [shown.index(head) for head in heads] == sorted(shown.index(head) for head in heads)


@pytest.mark.parametrize(
    ("standing", "found"),
    [("current", ["stands"]), ("corrected", ["changed"]), ("superseded", ["replaced"]), ("retracted", ["gone"])],
)
def test_by_standing(desk: Run, standing: str, found: list[str]) -> None:
    """Each standing can be asked for; a decided claim is a current one."""
    assert ids(desk("list", "--standing", standing)) == found


def test_by_outcome_and_checker(desk: Run) -> None:
    """Claims that have a finding of an outcome, or of a checker; and the findings themselves."""
    desk("check", "--fail-on", "never")
    narrowed = ("--outcome", "fail", "--checker", "no-source")
    assert ids(desk("list", *narrowed, "--standing", "current")) == ["stands"]
    assert ids(desk("list", "--outcome", "pass", "--checker", "no-source")) == []
    found = json.loads(desk("list", "findings", *narrowed).stdout)
    assert {(row["checker"], row["outcome"]) for row in found} == {("no-source", "fail")}
    assert set(ids(desk("list", *narrowed))) == {row["claim"] for row in found}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sources", "--outcome", "fail"], "Only claims and findings can be narrowed by outcome."),
        (["runs", "--standing", "current"], "Runs are not corrected or retracted."),
        (["agents", "--verdict", "supported"], "Only claims can be narrowed by verdict."),
    ],
)
def test_what_cannot_be_narrowed_so(desk: Run, arguments: list[str], says: str) -> None:
    """A filter that does not fit is one line, not an empty list."""
    done = desk("list", *arguments)
    assert (done.returncode, says in done.stderr) == (2, True)


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR, whatever it is set to, and any place that is no terminal, get plain words (no-color.org)."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(frame, "terminal", lambda: True)
    assert frame.coloured("PROBLEM", "red") == "\x1b[31mPROBLEM\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert frame.coloured("PROBLEM", "red") == "PROBLEM"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(frame, "terminal", lambda: False)
    assert frame.coloured("PROBLEM", "red") == "PROBLEM"


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.integers(20, 300))
def test_columns_fit_the_room(widths: list[int], room: int) -> None:
    """No column grows, none is squeezed below what can be read, and together they fit if that allows it."""
    found = fitting(widths, room)
    assert all(new <= old and new >= min(old, NARROWEST) for new, old in zip(found, widths, strict=True))
    least = [min(one, NARROWEST) for one in widths]
    gaps = 2 * (len(widths) - 1)
    assert sum(found) + gaps <= max(room, sum(least) + gaps)
    if sum(widths) + gaps <= room:
        assert found == widths
