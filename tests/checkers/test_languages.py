"""Words in a language that the readers do not know: no checker of words passes them."""

from __future__ import annotations

import pytest
from factledger_checkers import ledger_register_checkers

from ledger import Checker, Outcome
from ledger.testing import Case

OF_WORDS = ("date-valid", "gap", "office", "superlative", "tense", "vague-plural")
CHECKERS = {one.name: one for one in ledger_register_checkers({}) if isinstance(one, Checker)}
SPANISH = "El puerto cerró el 31 de febrero de 2031, según funcionarios."


def quoting(claim: str, words: str, language: str | None) -> Case:
    """Return a case whose one piece of evidence quotes words of a source in this language."""
    case = Case(claim)
    case.evidence(case.source("El Puerto", published="2031-05-02", language=language), quote=words)
    return case


@pytest.mark.parametrize("name", [name for name in OF_WORDS if name != "superlative"])
def test_quoted_words_of_another_language_are_not_read(name: str) -> None:
    """What stands in Spanish was not looked at, and is neither passed nor said to be nothing of the kind."""
    (finding,) = quoting("The harbour was closed.", SPANISH, "es").findings(CHECKERS[name])
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "Not read: Spanish, in “El Puerto”.")


@pytest.mark.parametrize("name", OF_WORDS)
def test_a_claim_without_an_english_word_has_the_language_of_its_sources(name: str) -> None:
    """A Spanish claim on Spanish sources is not read either; the language of a claim is not recorded."""
    (finding,) = quoting("El puerto cerró.", SPANISH, "es-MX").findings(CHECKERS[name])
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason.startswith("Not read: Spanish, in the claim")


@pytest.mark.parametrize("name", OF_WORDS)
@pytest.mark.parametrize("language", ["en", "en-GB", None])
def test_english_and_what_is_not_recorded_are_read(name: str, language: str | None) -> None:
    """Where no language is recorded, English is taken for granted, as it always was."""
    (finding,) = quoting("The harbour was closed.", "It was shut.", language).findings(CHECKERS[name])
    assert finding.outcome is Outcome.NOT_APPLICABLE


def test_what_is_wrong_in_english_words_is_found_beside_them() -> None:
    """Unread words hide no problem in words that are read."""
    case = quoting("The harbour was closed on 31 February 2031.", SPANISH, "es")
    assert [finding.outcome for finding in case.findings(CHECKERS["date-valid"])] == [Outcome.FAIL]
