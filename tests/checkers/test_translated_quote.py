"""translated-quote: quotations in the language they were spoken in, and in another."""

from __future__ import annotations

import pytest
from factledger_checkers.translated_quote import TranslatedQuote

from ledger import Finding, Outcome
from ledger.testing import Case

WORDS = "I propose that the ferry run at night"


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(TranslatedQuote())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def test_a_translation_without_its_original_is_looked_at(case: Case) -> None:
    """English words from a Spanish speech need the Spanish ones."""
    evidence = case.evidence(case.source("Speech at the harbour", language="es"), quote=WORDS, language="en")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "original_missing")
    assert finding.reason == "Translated from “Speech at the harbour”; the Spanish words are not on record."
    assert finding.fix == f'Find them; then: factledger correct {evidence.handle} original="..." --because "..."'


def test_a_translation_with_its_original_passes(case: Case) -> None:
    """Both on record is what is asked for, even where the original is kept from publication."""
    for original in ("Propongo que el ferry navegue de noche", "[withheld]"):
        case.evidence(case.source("Speech", language="es"), quote=WORDS, language="en", original=original)
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "The original words are kept.")


def test_the_language_of_the_quoting_article_stands_for_that_of_the_words(case: Case) -> None:
    """Where the quotation has no language of its own, it has that of the article it was seen in."""
    paper = case.source("Ferry by night", language="en")
    case.evidence(case.source("Speech", language="pt-BR"), seen_in=paper, quote=WORDS)
    assert said(case).reason == "Translated from “Speech”; the Portuguese words are not on record."


@pytest.mark.parametrize(("spoken", "shown"), [("en", "en-GB"), ("en-US", "en"), ("EN", "en"), ("en_GB", "en-US")])
def test_a_region_is_no_other_language(case: Case, spoken: str, shown: str) -> None:
    """en and en-GB are the same language."""
    case.evidence(case.source("Speech", language=spoken), quote=WORDS, language=shown)
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "Quoted in the language it was spoken in.")


def test_a_language_that_is_not_recorded_cannot_be_told(case: Case) -> None:
    """Without one of the two languages nothing is passed, and the fix names the record that lacks it."""
    case.evidence(case.source("Speech", id="speech"), quote=WORDS, language="en")
    finding = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "The language of “Speech” is not recorded.")
    assert "factledger correct speech language=en" in finding.fix


def test_of_an_article_without_a_language_the_article_is_named(case: Case) -> None:
    """Where the words were seen in an article of unknown language, that is what is missing."""
    paper = case.source("Ferry by night", id="paper")
    case.evidence(case.source("Speech", language="es"), seen_in=paper, quote=WORDS)
    assert said(case).reason == "The language of “Ferry by night” is not recorded."


def test_a_language_without_a_name_is_given_by_its_tag(case: Case) -> None:
    """Of a language that few know the tag is printed."""
    case.evidence(case.source("Speech", language="tlh"), quote=WORDS, language="en")
    assert said(case).reason.endswith("the tlh words are not on record.")


def test_several_translations_are_one_finding(case: Case) -> None:
    """Quotations from several languages are named together."""
    for number, language in enumerate(["es", "fr"]):
        case.evidence(case.source(f"Speech {number}", language=language), quote=WORDS, language="en")
    assert said(case).reason == "Translated from “Speech 0” and “Speech 1”; the original words are not on record."


def test_nothing_is_quoted(case: Case) -> None:
    """A claim whose evidence holds no exact words has none to translate; a withdrawn source quotes nothing."""
    case.evidence(case.source("Timetable", language="es"))
    gone = case.source("Speech", language="es")
    case.evidence(gone, quote=WORDS, language="en")
    case.withdraw(gone, "")
    assert (said(case).outcome, said(case).reason) == (Outcome.NOT_APPLICABLE, "No words are quoted.")
