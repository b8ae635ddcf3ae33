"""number: the claim's numbers are held against the words that its evidence quotes, and nothing is guessed."""

from __future__ import annotations

import pytest
from factledger_checkers.standard import Number

from ledger import Finding, Outcome
from ledger.model import Value
from ledger.testing import Case

CLAIM = "The ferry to Norvik carried 412 people."


def said(case: Case) -> Finding:
    (finding,) = case.findings(Number())
    return finding


def quoting(quote: str, claim: str = CLAIM) -> Case:
    case = Case(claim)
    case.evidence(case.source("Arden Post"), quote=quote)
    return case


@pytest.mark.parametrize(
    ("quote", "outcome", "code"),
    [
        ("the ferry carried 412 people", Outcome.PASS, "stand"),
        ("the ferry carried four hundred and twelve people", Outcome.PASS, "stand"),
        ("the ferry carried 421 people", Outcome.FAIL, "another_number"),
        ("the ferry carried more than 400 people", Outcome.WARN, "less_exact"),
        ("the ferry carried people and goats", Outcome.WARN, "not_in_passage"),
        ("the ferry carried 412 tonnes", Outcome.WARN, "not_in_passage"),
    ],
)
def test_what_is_said(quote: str, outcome: Outcome, code: str) -> None:
    """The same, another, a less exact one, none."""
    finding = said(quoting(quote))
    assert (finding.outcome, finding.code) == (outcome, code)


def test_it_says_which_disagrees_with_which_and_where() -> None:
    """In one sentence, with every number in the details."""
    finding = said(quoting("carried 421 people on 2 May", "The ferry carried 412 people on 2 May."))
    assert finding.reason == "The claim has “412”, “Arden Post” has “421”."
    assert [line.split(",")[0] for line in finding.details] == ["“412”: different: “421”", "“2 May”: the same: “2 May”"]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("About 5 million people live in Arden.", "4,987,312 people live in Arden"),
        ("Two in five boats sank.", "40% of boats sank"),
        ("More than 300 boats sank.", "312 boats sank"),
        ("The quay is 3 miles long.", "the quay is 5 km long"),
    ],
)
def test_other_forms_pass_and_are_named(claim: str, quote: str) -> None:
    """A reader is told that the numbers are not written alike."""
    finding = said(quoting(quote, claim))
    assert (finding.outcome, finding.code) == (Outcome.PASS, "stand_otherwise")
    assert "rounded, converted or as a bound" in finding.reason


def test_no_number_and_nothing_to_compare() -> None:
    """Without a number there is no problem; without words to compare it with, nothing can be told."""
    none = said(quoting("412 people", "The ferry sank."))
    assert (none.outcome, none.code) == (Outcome.NOT_APPLICABLE, "no_number")
    case = Case(CLAIM)
    case.evidence(case.source("Arden Post"))
    assert (said(case).outcome, said(case).code) == (Outcome.ABSTAIN, "no_passage")


def test_what_speaks_against_the_claim_is_no_finding() -> None:
    """It may well have another number."""
    case = Case(CLAIM)
    case.evidence(case.source("Arden Post"), quote="the ferry carried 421 people", contradicts=True)
    assert said(case).code == "no_passage"


def test_a_number_before_the_quoted_words_stands_in_their_sentence() -> None:
    """Where the text is archived, the whole sentence counts."""
    case = Case(CLAIM)
    post = case.source("Arden Post")
    case.capture(post, text="It rained. On Monday 412 people came by the ferry to Norvik. Then 421 left.")
    case.evidence(post, quote="came by the ferry to Norvik")
    assert said(case).outcome is Outcome.PASS
    assert "the sentence of the words quoted" in said(case).details[0]


@pytest.mark.parametrize(("carried", "outcome"), [("412", Outcome.PASS), ("421", Outcome.WARN)])
def test_without_quoted_words_the_likest_sentence_is_compared_and_named(carried: str, outcome: Outcome) -> None:
    """It is less than a quotation, so another number there is for a person to look at."""
    case = Case(CLAIM)
    post = case.source("Arden Post")
    case.capture(post, text=f"The council met 412 times. The ferry to Norvik carried {carried} people. It rained.")
    case.evidence(post)
    assert said(case).outcome is outcome
    assert "most like the claim" in said(case).details[0]


def test_numbers_that_stand_in_different_sources() -> None:
    """Each has to stand in one of them."""
    case = Case("The ferry carried 412 people and 30 tonnes of salt.")
    case.evidence(case.source("Arden Post"), quote="carried 412 people")
    assert said(case).code == "not_in_passage"
    case.evidence(case.source("Norvik Herald"), quote="carried 30 tonnes of salt")
    assert said(case).outcome is Outcome.PASS


def test_the_value_is_compared_too() -> None:
    """Where the claim's text does not have it."""
    for amount, code in (("412", "stand"), ("413", "another_number")):
        case = Case("The toll is known.", value=Value("Ferry Norvik", "people aboard", amount, "people"))
        case.evidence(case.source("Arden Post"), quote="412 people were aboard")
        assert said(case).code == code


def test_withheld_words_are_not_compared() -> None:
    """What was kept from publication tells nothing."""
    assert said(quoting("[withheld]")).code == "no_passage"
    assert said(quoting("412 people", "[withheld]")).code == "no_number"


def test_a_place_without_words_is_no_passage() -> None:
    """There is nothing to compare; of an archived copy the sentence most like the claim is looked at, as without it."""
    case = Case(CLAIM)
    case.evidence(case.source("Film of the ferry"), at="0:12-0:20")
    assert said(case).code == "no_passage"
    paper = case.source("Arden Post")
    case.capture(paper, "The ferry to Norvik carried 421 people.")
    case.evidence(paper, at="page=1")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "another_number_nearby")


@pytest.mark.parametrize(
    ("claim", "quote", "language", "outcome", "code"),
    [
        ("1,500 people came.", "Es kamen 1.500 Menschen", "de", Outcome.PASS, "stand"),
        ("12 people came.", "Asistieron 12.000 personas", "es", Outcome.FAIL, "another_number"),
        ("4 ships sank.", "Se hundieron cuatro barcos de 30", "es", Outcome.PASS, "stand"),
        ("12,000 people came.", "Asistieron 12.000 personas", "es", Outcome.PASS, "stand"),
        ("Three people came.", "Es kamen drei Menschen", "de", Outcome.PASS, "stand"),
        ("Four people came.", "Es kamen drei Menschen", "de", Outcome.FAIL, "another_number"),
        ("Three people came.", "Er kwamen drie mensen", "nl", Outcome.ABSTAIN, "not_read"),
        ("4 people came.", "Er kwamen drie van de 30 mensen", "nl", Outcome.WARN, "another_number"),
        ("Asistieron 12.000 personas a la marcha.", "Asistieron 12.000 personas", "es", Outcome.PASS, "stand"),
        ("Asistieron 12 personas a la marcha.", "Asistieron 12.000 personas", "es", Outcome.FAIL, "another_number"),
        ("Asistieron doce mil personas a la marcha.", "Asistieron 12.000 personas", "es", Outcome.PASS, "stand"),
        ("大桥花费三亿元。", "大桥共花费3亿元", "zh", Outcome.PASS, "stand"),
        ("大桥花费3万元。", "大桥共花费3亿元", "zh", Outcome.WARN, "another_number"),
    ],
)
def test_figures_are_read_with_the_marks_and_words_of_the_source(
    claim: str, quote: str, language: str, outcome: Outcome, code: str
) -> None:
    """Where number words of a language are not read, what is spelt out tells nothing by its absence."""
    case = Case(claim)
    case.evidence(case.source("Arden Post"), quote=quote, language=language)
    finding = said(case)
    assert (finding.outcome, finding.code) == (outcome, code)


@pytest.mark.parametrize(
    ("claim", "quote", "language", "reason"),
    [
        ("12 boats left Arden.", "12.000 barcos de Arden", None, "“12.000” can be read as 12 or as 12,000."),
        ("12,000 boats left Arden.", "12.000 barcos de Arden", None, "“12.000” can be read as 12 or as 12,000."),
        (
            "It sank on 4 June 2031.",
            "It sank on 06/04/2031",
            None,
            "“06/04/2031” can be read as 6 April 2031 or as 4 June 2031.",
        ),
        (
            "It sank on 4 June 2031.",
            "It sank on 6.4.2031",
            "en",
            "“6.4.2031” can be read as 6 April 2031 or as 4 June 2031.",
        ),
    ],
)
def test_two_readings_that_differ_cannot_be_told_apart(
    claim: str, quote: str, language: str | None, reason: str
) -> None:
    """Where no language, or no country, says which of two marks groups and which comes first, both are named."""
    case = Case(claim)
    case.evidence(case.source("El Puerto"), quote=quote, language=language)
    finding = said(case)
    assert (finding.outcome, finding.code, finding.reason) == (Outcome.ABSTAIN, "two_readings", reason)


@pytest.mark.parametrize(
    ("quote", "language", "outcome"),
    [
        ("It sank on 06/04/2031", "en-US", Outcome.PASS),
        ("It sank on 06/04/2031", "en-GB", Outcome.FAIL),
        ("Se hundió el 04/06/2031", "es", Outcome.PASS),
        ("Es sank am 4.6.2031", "de", Outcome.PASS),
        ("Es sank am 4. Juni 2031", "de", Outcome.PASS),
        ("Il coula le 4 juillet 2031", "fr", Outcome.FAIL),
        ("It sank on 23/06/2031", None, Outcome.FAIL),
        ("2031年6月4日に沈没した", "ja", Outcome.PASS),
    ],
)
def test_dates_of_figures_go_by_the_country(quote: str, language: str | None, outcome: Outcome) -> None:
    """The day comes first, or the month, as the language or its region says."""
    case = Case("It sank on 4 June 2031.")
    case.evidence(case.source("Arden Post"), quote=quote, language=language)
    assert said(case).outcome is outcome
