"""superlative: which words compare with all others, which do not, and what shows a comparison."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from factledger_checkers.superlative import Superlative

from ledger import Basis, Context, Dossier, Finding, Outcome, SourceKind
from ledger.reader import Article
from ledger.reading.unrecorded import dossiers_of
from ledger.testing import Case


def said(case: Case, **options: object) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(Superlative(), **options)
    return finding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The border is the most secure in its history.", "“most secure”"),
        ("She is the first woman to lead the port.", "“first woman”"),
        ("It is Mexico's largest bridge.", "“largest”"),
        ("It is the world’s only floating bridge.", "“only floating”"),
        ("It is the second-largest port.", "“largest”"),
        ("The first-ever night ferry ran in May.", "“first-ever”"),
        ("Its largest-ever ship came in.", "“largest-ever”"),
        ("The ferry never ran at night.", "“never”"),
        ("Prices reached a record high in May.", "“record high”"),
        ("The strike is unprecedented.", "“unprecedented”"),
        ("It won the very first prize.", "“first prize”"),
        ("It was closed for the first time since 1990.", "“for the first time”"),
        ("The port always pays its LOWEST-paid workers late.", "“always” and “LOWEST”"),
        ("No other port is as deep.", "“No  other”"),
    ],
)
def test_a_superlative_needs_a_comparison(text: str, words: str) -> None:
    """A superlative that no document or dataset supports is named."""
    case = Case(text, id="port")
    case.evidence(case.source("Speech"), basis=Basis.WITNESS)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "not_compared")
    verb = "compare" if " and " in words else "compares"
    assert finding.reason == f"{words.replace('  ', ' ')} {verb} with all others; no document or figures on record do."
    assert finding.fix == "Find the figures; then: factledger evidence port SOURCE --basis document"


@pytest.mark.parametrize(
    "text",
    [
        "First of all, the bridge was closed.",
        "At most ten lorries crossed it.",
        "At first nobody crossed it; at the latest in May everybody did.",
        "It reopened on May 1st.",
        "The First Lady crossed it.",
        "The first lady, the first minister and the First Amendment were praised.",
        "Most of the lorries turned back.",
        "Most people stayed at home, for the most part.",
        "Lasting damage is feared in the Forest of the West.",
        "Only two lorries crossed it.",
        "The first three lorries crossed it in the first half of May.",
        "It was first reported in May.",
        "The port would never accept it, and will always say so.",
        "The ship is almost always late.",
        "A first-class, first-hand report of the first-degree burns.",
        "It did its best.",
        "The best-known harbour song was sung.",
        "The records show that she was on record.",
        "Its most recent report is the first of May's.",
        "They came in the first place.",
        "",
        "[withheld]",
        "Als erste Frau leitet sie den Hafen.",
    ],
)
def test_what_is_no_superlative_is_nothing_of_this_kind(text: str) -> None:
    """Words that look like one, and idioms, are left alone."""
    assert (said(Case(text)).outcome, said(Case(text)).reason) == (
        Outcome.NOT_APPLICABLE,
        "There is no superlative in it.",
    )


def test_a_document_or_dataset_shows_a_comparison() -> None:
    """A superlative that rests on a document, or on a dataset whatever its basis, passes and names it."""
    for kind, basis in ((SourceKind.DATASET, Basis.UNKNOWN), (SourceKind.DOCUMENT, Basis.DOCUMENT)):
        case = Case("It is the largest port.")
        case.evidence(case.source("Port statistics", kind=kind), basis=basis)
        case.evidence(case.source("Speech"), basis=Basis.WITNESS)
        finding = said(case)
        assert (finding.outcome, finding.code) == (Outcome.PASS, "compared")
        assert finding.reason == "“largest” has a document or figures behind: “Port statistics”."


def test_a_document_that_was_withdrawn_or_speaks_against_it_shows_nothing() -> None:
    """Only evidence that supports the claim and stands is a comparison."""
    case = Case("It is the largest port.")
    case.evidence(case.source("Other statistics"), basis=Basis.DOCUMENT, contradicts=True)
    gone = case.source("Port statistics")
    case.evidence(gone, basis=Basis.DOCUMENT)
    case.withdraw(gone, "Miscounted.")
    assert said(case).code == "not_compared"


def test_a_reported_superlative_belongs_to_what_was_said() -> None:
    """Of a claim that somebody said so, the superlative is checked where it is claimed to be so."""
    case = Case("The council claimed that the border is the most secure in history.")
    case.reports("The border is the most secure in its history.")
    assert said(case).reason == "Reported speech: “most secure”; whether it is so is another claim."


def test_a_superlative_of_the_saying_itself_stays() -> None:
    """That somebody was the first to say so is no part of what they said."""
    case = Case("The council was the first body to claim that the border is secure.")
    case.reports("The border is secure.")
    assert said(case).code == "not_compared"


def test_a_house_names_its_own_words() -> None:
    """The setting `words` takes the place of the list; idioms stay idioms."""
    case = Case("Its first bridge is the largest, a one of a kind.")
    assert "“first bridge” compares" in said(case, words=["first"]).reason
    assert "“one of a kind” compares" in said(case, words=("one  of a kind",)).reason
    assert said(Case("First of all, it was shut."), words=["first"]).outcome is Outcome.NOT_APPLICABLE
    assert said(case, words=["(unheard"]).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("words", ["first", [], [1], [["a"]], None, [" "], {"a": 1}])
def test_a_setting_that_is_no_list_of_words(words: object) -> None:
    """A setting that cannot be read is said, and nothing is passed."""
    assert (said(Case("It."), words=words).outcome, said(Case("It."), words=words).code) == (
        Outcome.ABSTAIN,
        "bad_setting",
    )


@pytest.mark.parametrize(
    "piece", ["the first ", "the  \t ", "first-", "'s ", "never " + "a" * 99 + " ", "at the very "]
)
def test_long_texts_take_linear_time(piece: str) -> None:
    """A text made to be slow to read is read in a moment."""
    began = process_time()
    said(Case("never" + piece * (20_000 // len(piece))))
    assert process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is the longest bridge on the coast.", "“longest”"),
        ("She is the first woman to lead the port.", "“first woman”"),
        ("It was the worst storm in the port's 200-year history.", "“worst”"),
        ("Brightwater builds the world's most advanced ferry.", "“most advanced”"),
        ("The wall has never before been open to the public.", "“never”"),
        ("It is the only lighthouse in Arden.", "“only lighthouse”"),
        ("Quell was the first mayor since the war.", "“first mayor”"),
        ("Turnout reached a record high.", "“record high”"),
    ],
)
def test_running_text_that_plainly_compares(text: str, words: str) -> None:
    """In an article that is only read, what figures settle, or what says with what it compares, is named."""
    (finding,) = Superlative().check(only_read(text), context())
    assert (finding.outcome, finding.reason) == (
        Outcome.WARN,
        f"{words} compares with all others; the text names none that do.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "What is the largest ship you have seen?",
        "This is not the first time that it rained in the country.",
        "The first meeting is set to take place in Arden.",
        "It was her first letter to the council.",
        "The ferry never came.",
        "They want to build the world's largest ferry.",
        "The FIRST Global Challenge began.",
        "It is the best way to cook a herring.",
        "In my view that is the best argument of all.",
        "The biggest worry is the wind.",
        "He is on the most wanted list.",
        "The first would be to close the pier.",
        "It is the best I've ever seen.",
    ],
)
def test_running_text_that_praises_counts_off_or_tells_of_oneself(text: str) -> None:
    """What an article says in passing, and nobody would check, is left alone there."""
    (finding,) = Superlative().check(only_read(text), context())
    assert finding.outcome is Outcome.NOT_APPLICABLE


def only_read(text: str) -> Dossier:
    """Return the one sentence of an article that nobody has entered."""
    (dossier,) = dossiers_of(Article(text=text), [])
    return dossier


def context() -> Context:
    """Return what a checker is told besides."""
    return Context(datetime(2031, 7, 1, tzinfo=UTC))
