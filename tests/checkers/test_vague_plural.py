"""vague-plural: which plurals speak, and how many stand behind them."""

from __future__ import annotations

from time import process_time

import pytest
from factledger_checkers.vague_plural import VaguePlural

from ledger import Finding, Outcome, Relation, Stance
from ledger.testing import Case


def said(case: Case, **options: object) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(VaguePlural(), **options)
    return finding


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Some analysts warn that the listing could prepare the ground.", "Some analysts"),
        ("Some U.S. politicians call for a harder line.", "Some U.S. politicians"),
        ("Officials say that the bridge is safe.", "Officials"),
        ("The bridge is safe, according to several senior officials.", "several senior officials"),
        ("Experts, however, doubted it.", "Experts"),
        ("As a result some residents believe it.", "some residents"),
        ("Many believe that the bridge was never safe.", "Many"),
        ("A number of independent observers have questioned the count.", "A number of independent observers"),
        ("The bridge will close, said sources familiar with the plan.", "sources"),
        ("Sources close to the port say that it will close.", "Sources"),
        ("CRITICS ARGUE THAT IT COSTS TOO MUCH.", "CRITICS"),
        ("Some analysts have cautioned that it may fall.", "Some analysts"),
        ("It was a bluff, with some politicians advocating for more.", "some politicians"),
        ("Studies show that fewer lorries cross it.", "Studies"),
    ],
)
def test_an_unnumbered_group_that_speaks(text: str, group: str) -> None:
    """A plural to which something is attributed is named, with what stands behind it."""
    case = Case(text)
    case.evidence(case.source("Harbour news"))
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "vague_plural")
    assert finding.reason == f"“{group}”, by one source alone: “Harbour news”."


@pytest.mark.parametrize(
    "text",
    [
        "Two officials say that the bridge is safe.",
        "Officials have not said why the bridge was closed.",
        "Officials declined to say why.",
        "There will be witnesses and experts, Marta Quell said.",
        "12 senior experts warned of it.",
        "Both analysts agree.",
        "Some officials were arrested.",
        "Several analysts were told to leave.",
        "The officials of the port moved house.",
        "He resources says nothing of the kind.",
        "Germany says that it awesomely agrees.",
        "How many lorries will they call for?",
        "The official said that the bridge is safe.",
        "",
        "[withheld]",
    ],
)
def test_what_is_no_unnumbered_group_is_nothing_of_this_kind(text: str) -> None:
    """A number, one person, or people to whom nothing is attributed are no vague plural."""
    assert (said(Case(text)).outcome, said(Case(text)).code) == (Outcome.NOT_APPLICABLE, "no_plural")


def test_no_source_at_all_is_said() -> None:
    """A plural that nothing on record stands for is a warning too."""
    case = Case("Some analysts warn of it.")
    case.evidence(case.source("Harbour news"), stance=Stance.CONTEXT)
    assert said(case).reason == "“Some analysts”, by no source on record."


def test_quoted_words_are_read_too() -> None:
    """A plural in the words quoted for a claim is as vague as one in the claim."""
    case = Case("The listing could prepare the ground for military action.")
    case.evidence(case.source("Harbour news"), quote="critics say that it could prepare the ground")
    assert said(case).reason == "“critics”, by one source alone: “Harbour news”."


def test_a_copy_makes_no_second_voice() -> None:
    """Two papers with one origin are one voice."""
    case = Case("Some analysts warn of it.")
    wire = case.source("Wire report")
    for name in ("Harbour Post", "Island Gazette"):
        paper = case.source(name)
        case.link(paper, Relation.REPRINTS, wire)
        case.evidence(paper)
    assert said(case).reason == "“Some analysts”, by sources of one origin."


def test_sources_that_may_be_independent_pass() -> None:
    """Two sources of which nobody knows that they depend on each other are more than one voice."""
    case = Case("Some analysts warn of it.")
    case.evidence(case.source("Harbour news"))
    case.evidence(case.source("Island news"))
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "“Some analysts”: 2 voices are on record.")


def test_two_named_speakers_in_one_paper_pass() -> None:
    """One paper that names two analysts has two voices."""
    case = Case("Some analysts warn of it.")
    paper = case.source("Harbour news")
    for name in ("Ines Roa", "Tom Okafor"):
        case.evidence(paper, speaker=case.agent(name))
    assert said(case).outcome is Outcome.PASS


def test_a_withdrawn_source_is_no_voice() -> None:
    """What was withdrawn neither counts nor is read."""
    case = Case("Some analysts warn of it.")
    gone = case.source("Island news")
    case.evidence(gone, quote="many say so")
    case.withdraw(gone, "")
    case.evidence(case.source("Harbour news"))
    assert said(case).reason == "“Some analysts”, by one source alone: “Harbour news”."


def test_a_house_names_its_own_groups() -> None:
    """The setting `words` takes the place of the list, and may hold more than one word."""
    case = Case("Beach goers and analysts say that it is cold.")
    assert said(case, words=["beach goers"]).reason == "“Beach goers”, by no source on record."
    assert said(case, words=("lifeguards",)).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("words", ["analysts", [], [1], [["a"]], None, [" "], {"a": 1}])
def test_a_setting_that_is_no_list_of_words(words: object) -> None:
    """A setting that cannot be read is said, and nothing is passed."""
    finding = said(Case("Some analysts warn of it."), words=words)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "bad_setting")


@pytest.mark.parametrize(
    "piece", ["some ", "officials ", "some a", "some\t\t\n", "two some many ", "a" * 50 + " some "]
)
def test_long_texts_take_linear_time(piece: str) -> None:
    """A text made to be slow to read is read in a moment."""
    began = process_time()
    said(Case(piece * (20_000 // len(piece))))
    assert process_time() - began < 3
