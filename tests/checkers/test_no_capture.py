"""no-capture: what is archived of what was read, and what is missing."""

from __future__ import annotations

import pytest
from factledger_checkers.no_capture import NoCapture

from ledger import Finding, Outcome, Stance
from ledger.testing import Case


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(NoCapture())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def test_a_source_without_a_copy_is_looked_at(case: Case) -> None:
    """A source of which nothing is archived is named, with what to do."""
    case.evidence(case.source("Ferry by night"))
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "not_archived")
    assert finding.reason == "“Ferry by night” is not archived."
    assert "factledger article FILE" in finding.fix


def test_evidence_against_it_is_archived_as_well(case: Case) -> None:
    """What speaks against the claim needs a copy too; of context none is asked."""
    paper = case.source("Ferry by night")
    case.capture(paper)
    case.evidence(paper)
    case.evidence(case.source("Timetable"), contradicts=True)
    case.evidence(case.source("A map"), stance=Stance.CONTEXT)
    assert said(case).reason == "“Timetable” is not archived."


def test_of_several_sources_none_is_archived(case: Case) -> None:
    """Several sources without a copy are one finding."""
    for number in range(2):
        case.evidence(case.source(f"Paper {number}"))
    assert said(case).reason == "None of its 2 sources is archived: “Paper 0” and “Paper 1”."


def test_neither_the_source_nor_where_it_was_seen(case: Case) -> None:
    """Where neither is archived, both are named."""
    case.evidence(case.source("Speech"), seen_in=case.source("Ferry by night"))
    assert said(case).reason == "Neither “Speech” nor “Ferry by night”, where it was seen, is archived."


def test_a_copy_of_where_it_was_seen_is_what_was_read(case: Case) -> None:
    """A speech known from an archived article passes, and the reason says that the speech is not archived."""
    paper = case.source("Ferry by night")
    case.capture(paper, "It will run at night, she said.")
    case.evidence(case.source("Speech"), seen_in=paper, quote="It will run at night")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.PASS, "archived_where_seen")
    assert finding.reason == "“Ferry by night” is archived; “Speech” itself is not."


def test_a_quotation_held_to_its_copy_passes(case: Case) -> None:
    """A source with a copy in which its quoted words stand is archived."""
    paper = case.source("Ferry by night")
    case.capture(paper, "It will run at night, she said.")
    case.evidence(paper, quote="It will run at night")
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "What was read is archived.")


def test_a_quotation_held_to_nothing_is_looked_at(case: Case) -> None:
    """Words that were entered before the copy, and never held to it, are named."""
    paper = case.source("Ferry by night")
    evidence = case.evidence(paper, quote="It will run at night")
    case.capture(paper, "It will run at night, she said.")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "loose_quote")
    assert finding.reason == "A quotation from “Ferry by night” is held to no archived text."
    assert f"factledger retract {evidence.handle} " in finding.fix


def test_a_quotation_of_nothing_archived_is_one_finding(case: Case) -> None:
    """Where nothing is archived, that is said once, and not again of the quotation."""
    case.evidence(case.source("Ferry by night"), quote="It will run at night")
    assert said(case).code == "not_archived"


@pytest.mark.parametrize("words", ["[withheld]", "[sealed]"])
def test_words_that_are_kept_back_are_held_to_nothing(case: Case, words: str) -> None:
    """Of a hidden quotation nobody can say where it stands, and it is left alone."""
    paper = case.source("Ferry by night")
    case.capture(paper, "It will run at night.")
    case.evidence(paper, quote=words)
    assert said(case).outcome is Outcome.PASS


def test_a_withdrawn_source_needs_no_copy(case: Case) -> None:
    """What was withdrawn does not count, nor does what is missing of it."""
    paper = case.source("Ferry by night")
    case.evidence(paper)
    case.withdraw(paper, "")
    assert (said(case).outcome, said(case).reason) == (Outcome.ABSTAIN, "Nothing speaks for or against it.")


def test_those_that_are_not_archived_are_counted(case: Case) -> None:
    """Of several sources those without a copy are named beside how many there are."""
    for number in range(3):
        case.evidence(case.source(f"Paper {number}"))
    case.capture(case.dossier().source(case.dossier().evidence[0]))
    assert said(case).reason == "2 of its 3 sources are not archived: “Paper 1” and “Paper 2”."


def test_a_place_without_words_is_held_to_no_text(case: Case) -> None:
    """It quotes nothing that could be held to the copy; what is archived counts."""
    film = case.source("Film of the ferry")
    case.evidence(film, at="0:12-0:20")
    assert said(case).code == "not_archived"
    case.capture(film, "A transcript.")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.PASS, "archived")
