"""speaker: whose the quoted sentences of a text are."""

from __future__ import annotations

import pytest
from factledger_checkers.speaker import SpeakerNamed

from ledger import Finding, Outcome
from ledger.testing import Case

LOST = "The pier will not be rebuilt.\n\n“We have no money left for any pier.”\n\nThe town has 400 residents.\n"


def said(text: str, quote: str, **more: object) -> Finding:
    """Return the one finding on a claim that quotes an archived text."""
    case = Case("The pier will not be rebuilt.")
    source = case.source("Harbour news")
    case.capture(source, text)
    case.evidence(source, quote=quote, **more)
    (finding,) = case.findings(SpeakerNamed())
    return finding


def test_a_quoted_sentence_that_nobody_is_said_to_have_said() -> None:
    """A sentence in quotation marks, with no word of speaking about it, is named."""
    finding = said(LOST, "We have no money left for any pier.")
    assert (finding.outcome, finding.code) == (Outcome.WARN, "no_speaker")
    assert finding.reason == (
        "“We have no money left for any pier.”: nobody is said to have said it, in “Harbour news”."
    )


@pytest.mark.parametrize(
    "text",
    [
        LOST.replace("pier.”", "pier,” Marta Quell said."),
        LOST.replace("“We", "Quell was blunt: “We"),
        LOST.replace("The pier will", "Marta Quell told the council that the pier will"),
        LOST.replace("The town has", "Quell added that the town has"),
        LOST.replace("“We", "QUELL: “We"),
    ],
)
def test_a_speaker_in_the_text_is_enough(text: str) -> None:
    """Where the text has somebody speak about the words, whoever that is, nothing is lacking."""
    assert said(text, "We have no money left for any pier").outcome is Outcome.PASS


def test_a_speaker_on_record_is_enough() -> None:
    """Whose words they are may be known from elsewhere."""
    case = Case("The pier will not be rebuilt.")
    source = case.source("Harbour news")
    case.capture(source, LOST)
    case.evidence(source, quote="We have no money left for any pier.", speaker=case.agent("Marta Quell"))
    (finding,) = case.findings(SpeakerNamed())
    assert finding.outcome is Outcome.PASS


@pytest.mark.parametrize(
    "text",
    [
        "The song “The Last Night on the Pier” was played.\n",
        "They call it “the pier of the poor people of Arden” in the town.\n",
        "The pier is gone.\n",
    ],
)
def test_titles_terms_and_plain_words_are_no_speech(text: str) -> None:
    """What is no sentence in quotation marks needs no speaker."""
    assert said(text, text.strip().rstrip(".")).outcome is Outcome.NOT_APPLICABLE


def test_speech_that_goes_on_over_paragraphs_has_the_speaker_at_its_end() -> None:
    """A quotation that is not closed goes on, to whoever is said to speak at its end."""
    text = "The trial.\n\n“I told him to turn the ship round.\n\n“I told him twice.\n\n“That is all,” Lunde said.\n"
    assert said(text, "I told him to turn the ship round.").outcome is Outcome.PASS
