"""Cases made by hand: the records that each method makes, and what checkers are given of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import ledger.testing
from ledger import (
    Basis,
    Checker,
    Claim,
    Context,
    Detector,
    Dossier,
    Finding,
    Group,
    GroupChecker,
    LedgerChecker,
    LinkState,
    Outcome,
    Proposal,
    Relation,
    SourceDossier,
    Stance,
    Value,
    Whole,
)
from ledger.model import Standing
from ledger.testing import NOW, Case, Expected, read_policy


class Told(Checker):
    """A checker that says what it was told."""

    name = "told"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        yield self.passes(f"{context.now.year} {dict(context.options)}", cites=[dossier.claim])


def test_evidence_is_for_the_claim_unless_it_contradicts() -> None:
    """Evidence supports the case's claim; `contradicts` turns it, and other fields are as given."""
    case = Case("The bridge was closed.")
    paper = case.source("Bridge shut")
    case.evidence(paper, basis=Basis.WITNESS)
    case.evidence(paper, contradicts=True)
    (support,) = case.dossier().supporting
    assert (support.claim, support.source, support.basis) == (case.claim.uid, paper.uid, Basis.WITNESS)
    assert [item.stance for item in case.dossier().contradicting] == [Stance.CONTRADICTS]


def test_a_quote_finds_its_place_in_the_archived_text() -> None:
    """A quote gets its place in the newest archived text of where it was seen, and none where it does not stand."""
    case = Case("The bridge was closed.")
    speech, paper = case.source("Speech"), case.source("Bridge shut")
    copy = case.capture(paper, "She said: “We closed it.”")
    found = case.evidence(speech, seen_in=paper, quote="We closed it.", language="en").anchor
    assert found is not None
    assert (found.exact, found.start, found.end, found.text) == ("We closed it.", 11, 24, copy.text_sha256)
    lost = case.evidence(speech, seen_in=paper, quote="We opened it.").anchor
    assert lost is not None
    assert (lost.exact, lost.start, lost.text) == ("We opened it.", None, None)


def test_claims_that_report_one_another_meet_in_the_dossier() -> None:
    """`reports` adds the claim that this one reports, `reported_by` one that reports it."""
    case = Case("Quell said that the bridge is closed.")
    content = case.reports("The bridge is closed.")
    case.reported_by("The Post wrote that Quell said so.", said="2031-05-04")
    dossier = case.dossier()
    assert dossier.reports == content
    assert [claim.said for claim in dossier.reported_by] == ["2031-05-04"]
    assert [claim.text for claim in case.dossier(content).reported_by] == ["Quell said that the bridge is closed."]


def test_inquiries_and_copies_are_part_of_the_dossier() -> None:
    """Who was asked and what was archived come with the claim."""
    case = Case("The bridge was closed.")
    office = case.agent("Harbour office")
    asked = case.inquiry("Why?", asked=office, asked_on="2031-05-02")
    copy = case.capture(case.source("Bridge shut"), taken_at="2031-05-03T08:00:00.000000Z")
    dossier = case.dossier()
    assert dossier.inquiries == (asked,)
    assert asked.asked == office.uid
    assert dossier.captures == (copy,)
    assert copy.text_sha256 is None


def test_what_was_rejected_withdrawn_or_retracted_is_as_the_ledger_gives_it() -> None:
    """A rejected link is left out, a withdrawn source stays and is named, and a claim keeps its standing."""
    case = Case("The bridge was closed.", standing=Standing.RETRACTED)
    one, other = case.source("One"), case.source("Other")
    case.link(one, Relation.QUOTES, other, state=LinkState.REJECTED)
    case.withdraw(one, "It was retracted.")
    dossier = case.dossier()
    assert dossier.links == ()
    assert dossier.withdrawn == {one.uid: "It was retracted."}
    assert dossier.standing is Standing.RETRACTED
    assert case.whole().claims == ()
    assert case.whole().sources == (other,)


def test_an_id_is_taken_once() -> None:
    """An id becomes the handle, and a second record of the kind cannot have it."""
    case = Case("The bridge was closed.", id="bridge")
    assert (case.claim.handle, case.source("One", id="post").handle) == ("bridge", "post")
    with pytest.raises(ValueError, match=r"There is a source 'post' in this case already\."):
        case.source("Other", id="post")


def test_a_checker_is_told_the_time_its_options_and_the_policy(tmp_path: Path) -> None:
    """Options given to `findings` stand over those of the case, and these over the policy's."""
    (tmp_path / "house.toml").write_text('[checkers.told]\na = 1\nb = 1\nc = ["x"]\n', encoding="utf-8")
    case = Case("The bridge was closed.")
    case.options = {"b": 2}
    (plain,) = case.findings(Told())
    assert plain.reason == "2031 {'b': 2}"
    policy, later = read_policy(tmp_path / "house.toml"), datetime(2032, 1, 1, tzinfo=NOW.tzinfo)
    (finding,) = case.findings(Told(), now=later, policy=policy, d=4)
    assert finding.reason == "2032 {'a': 1, 'b': 2, 'c': ('x',), 'd': 4}"


class SameAmount(GroupChecker):
    """A checker of claims that give one figure."""

    name = "same-amount"

    def keys(self, claim: Claim) -> Iterator[str]:
        if claim.value:
            yield claim.value.property

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        yield self.warns(group.key, cites=group.claims)


class Census(LedgerChecker):
    """A checker that counts."""

    name = "census"

    def check(self, whole: Whole, context: Context) -> Iterator[Finding]:
        yield self.passes(" ".join(claim.handle for claim in whole.claims))


class Reprints(Detector):
    """A detector that takes the same text for a reprint."""

    name = "reprints"

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        for uid in dossier.sources:
            if uid < dossier.source.uid and dossier.text == "The same.":
                yield Proposal(
                    source=dossier.source.uid, relation=Relation.REPRINTS, comes_from=uid, measure="All of its words."
                )


def test_claims_that_share_a_key_meet_in_the_order_of_their_handles() -> None:
    """A group checker sees each group of two claims or more, once for each key."""
    case = Case("The bridge carries 12 t.", id="b", value=Value("bridge", "load", "12"))
    case.another_claim("The bridge carries 15 t.", id="a", value=Value("bridge", "load", "15"))
    case.another_claim("The bridge is 90 m long.", id="c", value=Value("bridge", "length", "90"))
    (finding,) = case.findings(SameAmount())
    assert finding.reason == "load"
    assert finding.cites == ("claim:a", "claim:b")


def test_a_checker_of_the_whole_is_given_all_of_it() -> None:
    """A ledger checker is called once, with every claim."""
    case = Case("The bridge was closed.", id="b")
    case.another_claim("The ferry runs.", id="a")
    assert [finding.reason for finding in case.findings(Census())] == ["a b"]


def test_a_detector_is_asked_about_every_source_that_stands() -> None:
    """A detector's proposals come from each source with its text; asking it for findings says what to ask for."""
    case = Case("The bridge was closed.")
    first, second, gone = case.source("First"), case.source("Second"), case.source("Gone")
    for source in (second, gone):
        case.capture(source, "The same.")
    case.withdraw(gone, "It was retracted.")
    (proposal,) = case.proposals(Reprints())
    assert (proposal.source, proposal.comes_from) == (second.uid, first.uid)
    with pytest.raises(TypeError, match=r"ask for case\.proposals"):
        case.findings(Reprints())


def test_what_is_expected_is_compared_line_by_line() -> None:
    """assert_expected passes on what is expected, and otherwise shows both lists with a mark."""
    case = Case("The bridge was closed.", name="a bridge")
    case.expect = (Expected(outcome=Outcome.PASS, reason_contains="2031", cites=("claim",)),)
    case.assert_expected(Told())
    case.expect = (*case.expect, Expected(outcome=Outcome.FAIL, code="closed"))
    with pytest.raises(AssertionError) as raised:
        case.assert_expected(Told())
    assert str(raised.value) == (
        "told does not say what the case “a bridge” expects.\n"
        "  same  expected  outcome ‘pass’, reason with ‘2031’, cites claim\n"
        "        found     pass, cites claim: “2031 {}”\n"
        "  LOOK  expected  outcome ‘fail’, code ‘closed’\n"
        "        found     nothing more"
    )


@pytest.mark.parametrize(
    "expected",
    [
        Expected(relation=Relation.QUOTES),
        Expected(source="b"),
        Expected(comes_from="a"),
        Expected(measure_contains="None"),
        Expected(outcome=Outcome.PASS),
    ],
    ids=str,
)
def test_a_proposal_that_is_not_the_one_expected_is_told(expected: Expected) -> None:
    """Each field of a proposal is held against what is expected of it."""
    case = Case("The bridge was closed.", name="a bridge")
    case.source("First", id="b")
    case.capture(case.source("Second", id="c"), "The same.")
    case.expect = (
        Expected(relation=Relation.REPRINTS, source="c", comes_from="b", measure_contains="All of its words"),
    )
    case.assert_expected(Reprints())
    case.expect = (expected,)
    with pytest.raises(AssertionError, match=r"found     c reprints b: “All of its words\.”"):
        case.assert_expected(Reprints())


def test_what_is_no_finding_is_shown_as_it_is() -> None:
    """A checker that gives anything else is told apart from one that says something else."""

    class Odd(Told):
        def check(self, dossier: Dossier, context: Context) -> Any:
            return ["All is well."]

    with pytest.raises(AssertionError, match=r"found     'All is well\.', which is no finding"):
        Case("The bridge was closed.").assert_expected(Odd())


def test_the_kit_says_what_is_public() -> None:
    """The kit's __all__ is sorted, and each name in it is there and says what it is."""
    names = list(ledger.testing.__all__)
    assert names == sorted(names, key=lambda word: (not word.isupper(), not word[0].isupper(), word))
    assert all(getattr(ledger.testing, name).__doc__ for name in names)


def test_the_kit_needs_no_pytest() -> None:
    """Every name of the kit can be imported where pytest is not installed, and no other attribute is made up."""
    code = """
        import sys
        sys.modules["pytest"] = None
        import ledger.testing
        for name in ledger.testing.__all__:
            getattr(ledger.testing, name)
    """
    done = subprocess.run([sys.executable, "-c", "if True:" + code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        ledger.testing.nothing  # noqa: B018
