"""Words in a language that the readers do not know: no checker of words passes them."""

from __future__ import annotations

import pytest
from factledger_checkers import ledger_register_checkers

from ledger import Checker, Outcome
from ledger.testing import Case

OF_WORDS = ("arithmetic", "date-valid", "gap", "office", "speaker", "superlative", "tense", "vague-plural")
"""Checkers that look for English words of their kind in a claim and its quotations."""

OF_WORDS_HELD = ("number", "quote", "two-values")
"""Checkers that hold words to other words: what is the same in both is so in any language, and no more is said."""

OF_RECORDS = (
    "all-diagonal", "anonymous-source", "archived-before-published", "awaiting", "circular", "copied-text",
    "corroboration", "credited", "date-order", "event-order", "listed-source", "no-capture", "no-source",
    "only-secondary", "published-before-event", "stale", "translated-quote",
)  # fmt: skip
"""Checkers of dates, names, links and copies as recorded, and those that only propose."""

EVERY = {one.name: one for one in ledger_register_checkers({})}
CHECKERS = {name: one for name, one in EVERY.items() if isinstance(one, Checker)}
SPANISH = "El puerto cerró el 31 de febrero de 2031, según funcionarios."
LONG = (
    "El alcalde de la ciudad no quiso decir por qué se cerró el puerto ni cuándo se abrirá de nuevo. "
    "Los barcos que esperaban en la bahía se fueron al norte, y con ellos una parte de los obreros."
)


def test_every_checker_is_of_words_or_of_records() -> None:
    """A new checker takes its place in one of these lists, so that its answer to unread words is asked for here."""
    assert sorted((*OF_WORDS, *OF_WORDS_HELD, *OF_RECORDS)) == sorted(EVERY)


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


@pytest.mark.parametrize("name", [name for name in OF_WORDS if name != "superlative"])
def test_a_text_whose_words_tell_its_language_is_not_taken_for_english(name: str) -> None:
    """Nobody recorded a language, and the archived text is plainly Spanish; a shorter one tells nothing."""
    case = Case("The harbour was closed.")
    paper = case.source("El Puerto", published="2031-05-02")
    case.capture(paper, text=f"{SPANISH} {LONG}")
    case.evidence(paper, quote=SPANISH)
    (finding,) = case.findings(CHECKERS[name])
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "Not read: Spanish (guessed), in “El Puerto”.")


@pytest.mark.parametrize(
    ("words", "outcome", "code"),
    [
        ("El puerto viejo quizá cerrará en junio.", Outcome.PASS, "exact"),
        ("[E]l puerto viejo quizá cerrará", Outcome.PASS, "exact"),
        ("El puerto viejo […] cerrará en junio", Outcome.ABSTAIN, "not_read"),
        ("El [muelle] quizá cerrará en junio", Outcome.ABSTAIN, "not_read"),
        ("El puerto viejo nunca cerrará en junio", Outcome.FAIL, "altered"),
    ],
)
def test_what_a_cut_leaves_out_in_another_language_is_not_known(words: str, outcome: Outcome, code: str) -> None:
    """Words are compared in any language; that "quizá" is a "perhaps" is not, so that no cut passes."""
    case = Case("The harbour may close.")
    paper = case.source("El Puerto", language="es")
    case.capture(paper, text="Lo dijo el alcalde. El puerto viejo quizá cerrará en junio. No dijo más.")
    case.evidence(paper, quote=words)
    (finding,) = case.findings(CHECKERS["quote"])
    assert (finding.outcome, finding.code) == (outcome, code)
    assert outcome is not Outcome.PASS or finding.details[0].startswith("Note: not read: Spanish")


@pytest.mark.parametrize("beside", ["El puerto de Arden nunca cerró.", "El puerto de Arden cerró."])
def test_claims_in_another_language_do_not_agree(beside: str) -> None:
    """That "nunca" denies is not known, so that nobody is said to say the same."""
    case = Case("El puerto de Arden cerró.")
    paper = case.source("El Puerto", language="es")
    other = case.another_claim(beside, id="other")
    case.evidence(paper, quote=case.claim.text)
    case.evidence(paper, quote=other.text, claim=other)
    found = set(case.findings(EVERY["two-values"]))
    assert {(one.outcome, one.reason) for one in found} == {(Outcome.ABSTAIN, "Not read: Spanish, in the claim.")}


def test_what_is_wrong_in_english_words_is_found_beside_them() -> None:
    """Unread words hide no problem in words that are read."""
    case = quoting("The harbour was closed on 31 February 2031.", SPANISH, "es")
    assert [finding.outcome for finding in case.findings(CHECKERS["date-valid"])] == [Outcome.FAIL]
