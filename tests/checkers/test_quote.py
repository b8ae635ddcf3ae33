"""quote: quotations held to what is archived."""

from __future__ import annotations

import pytest
from factledger_checkers.quote import Quote

from ledger import AgentKind, Finding, Outcome
from ledger.testing import Case

TEXT = (
    "“The north quay is not safe,” Tom Reyes told the Gazette. “We found rot in 12 of its piles, and two are gone.”\n\n"
    "No, we will not sell the ferry, the mayor said. The council will pay for it unless the state helps."
)


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(Quote())
    return finding


def quoting(words: str, claim: str = "The quay is closed.", **fields: object) -> Case:
    """A claim with one quotation from an archived paper."""
    case = Case(claim)
    paper = case.source("Rot in the quay", id="paper", language="en")
    case.capture(paper, TEXT)
    case.evidence(paper, quote=words, **fields)
    return case


def test_exact_words_pass() -> None:
    """Words that stand there, however they were typed."""
    finding = said(quoting("We found rot in 12 of its piles"))
    assert (finding.outcome, finding.code) == (Outcome.PASS, "exact")
    assert finding.reason == "Word for word in “Rot in the quay”."


def test_marked_words_pass() -> None:
    """Words with their changes marked, and the reason says that there are some."""
    finding = said(quoting("We found rot … and two are gone"))
    assert (finding.outcome, finding.code) == (Outcome.PASS, "marked")
    assert finding.reason == "Word for word in “Rot in the quay”, with its changes marked."


def test_an_altered_word_is_a_problem_with_its_difference() -> None:
    """The difference is in the reason, and the passage as it stands in the details."""
    case = quoting("We found rot in 13 of its piles")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "altered")
    assert finding.reason == "Altered: “13” stands for “12” in “Rot in the quay”."
    assert finding.details == (
        "Quoted: “We found rot in 13 of its piles”",
        "In the text: “We found rot in 12 of its piles”",
        "Difference: We found rot in [-13-] [+12+] of its piles",
        "figure: “13” stands for “12” in the text",
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("The north quay is safe", "Altered: “not” is left out; it stands in “Rot in the quay”."),
        ("two are not gone", "Altered: “not” is put in; it is not in “Rot in the quay”."),
    ],
)
def test_a_negation_is_named(words: str, reason: str) -> None:
    """A "not" that was lost or put in, in words."""
    assert said(quoting(words)).reason == reason


def test_words_that_are_not_there_are_a_problem() -> None:
    """An invented quotation is not in the text; a short one neither."""
    finding = said(quoting("Ships will never pass the light at dawn"))
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "absent")
    assert (
        finding.reason == "“Ships will never pass the light at dawn” is not in the archived text of “Rot in the quay”."
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("we will not sell the ferry", "just before it stands “No”"),
        ("The council will pay for it", "just after it stands “unless”"),
        ("The north quay is … safe", "an ellipsis leaves out “not”"),
    ],
)
def test_a_misleading_cut_is_looked_at(words: str, reason: str) -> None:
    """All words are there, and what turns them round is not."""
    finding = said(quoting(words))
    assert (finding.outcome, finding.code) == (Outcome.WARN, "misleading")
    assert finding.reason == f"The words are in “Rot in the quay”, but {reason}."


def test_without_an_archived_text_it_cannot_be_told() -> None:
    """What is not archived is held to nothing, and the fix says what to do."""
    case = Case("The quay is closed.")
    case.evidence(case.source("Rot in the quay"), quote="rot in 12 of its piles")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "no_text")
    assert finding.reason == "No text of “Rot in the quay” is archived to hold its words to."
    assert finding.fix.startswith("Save its text")


def test_words_are_held_to_where_they_were_seen() -> None:
    """An article that quotes a speech is what the words are held to."""
    case = Case("The quay is closed.")
    paper = case.source("Rot in the quay")
    case.capture(paper, TEXT)
    case.evidence(case.source("Speech"), seen_in=paper, quote="We found rot in 12 of its piles")
    assert said(case).reason == "Word for word in “Rot in the quay”."


def test_a_paper_that_changes_the_words_of_its_source_is_looked_at() -> None:
    """Where the source is archived too, the words are held to both."""
    case = Case("The quay is closed.")
    paper, speech = case.source("Rot in the quay", language="en"), case.source("Speech", language="en")
    case.capture(paper, TEXT)
    case.capture(speech, "We found rot in 11 of its piles, friends.")
    case.evidence(speech, seen_in=paper, quote="We found rot in 12 of its piles")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "source_differs")
    assert finding.reason == "The words are as in “Rot in the quay”, but altered: “12” stands for “11” in “Speech”."


def test_another_speaker_is_looked_at() -> None:
    """The text gives the words to Reyes, the ledger to Quell."""
    case = Case("The quay is closed.")
    paper = case.source("Rot in the quay")
    case.capture(paper, TEXT)
    case.evidence(paper, quote="The north quay is not safe", speaker=case.agent("Marta Quell"))
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "speaker")
    assert finding.reason == "“Rot in the quay” gives these words to Tom Reyes, not to Marta Quell."


@pytest.mark.parametrize("name", ["Tom Reyes", "Reyes", "Captain T. Reyes"])
def test_the_same_surname_is_the_same_speaker(name: str) -> None:
    """A title or an initial makes no other person."""
    case = Case("The quay is closed.")
    paper = case.source("Rot in the quay")
    case.capture(paper, TEXT)
    case.evidence(paper, quote="The north quay is not safe", speaker=case.agent(name))
    assert said(case).outcome is Outcome.PASS


def test_an_organisation_speaks_through_people() -> None:
    """A commission's words may come from anybody's mouth."""
    case = Case("The quay is closed.")
    paper = case.source("Rot in the quay")
    case.capture(paper, TEXT)
    commission = case.agent("Harbour Commission", kind=AgentKind.ORGANISATION)
    case.evidence(paper, quote="The north quay is not safe", speaker=commission)
    assert said(case).outcome is Outcome.PASS


def test_a_translation_is_called_one() -> None:
    """Words of a translation stand in the article; they are not the speaker's own."""
    case = Case("The quay is closed.")
    paper, speech = case.source("Rot in the quay", language="en"), case.source("Discurso", language="es")
    case.capture(paper, TEXT)
    case.evidence(speech, seen_in=paper, quote="We found rot in 12 of its piles", language="en")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.PASS, "translation")
    assert finding.reason == "The words are in “Rot in the quay”: a translation, not the speaker's own."


def test_the_original_is_held_to_the_original() -> None:
    """Where the speech is what is archived, its own words are looked for in it."""
    case = Case("The quay is closed.")
    speech = case.source("Discurso", language="es")
    case.capture(speech, "Hallamos podredumbre en doce de sus pilotes, amigos.")
    case.evidence(speech, quote="We found rot in twelve piles", language="en", original="Hallamos podredumbre en doce")
    assert said(case).code == "translation"


def test_a_quotation_in_the_claim_that_nothing_has_is_looked_at() -> None:
    """An invented quotation in the claim's own words."""
    case = quoting("We found rot in 12 of its piles", claim="Reyes said “all the piles are gone” on Monday.")
    _, finding = case.findings(Quote())
    assert (finding.outcome, finding.code) == (Outcome.WARN, "claim_quote")
    assert finding.reason == "The claim quotes “all the piles are gone”, which no evidence of it has."


def test_a_quotation_in_the_claim_without_any_text_cannot_be_told() -> None:
    """Nothing to hold it to is no proof against it."""
    finding = said(Case("Reyes said “all the piles are gone” on Monday."))
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "claim_quote_no_text")


def test_a_claim_without_quotations_passes() -> None:
    """Nothing quoted, nothing to hold."""
    assert said(Case("The quay is closed.")).code == "no_quote"


def test_withheld_words_cannot_be_told() -> None:
    """What is kept from publication cannot be held to anything."""
    assert said(quoting("[withheld]")).code == "withheld"


PDF = {"extractor": "pdf/2+pypdf-6.0", "media_type": "application/pdf"}


def paged(*pages: str, quote: str | None = "The north quay is not safe", at: str = "page=2") -> Case:
    """A claim with one quotation from a page of an archived PDF."""
    case = Case("The quay is closed.")
    report = case.source("Rot in the quay", id="report", language="en")
    case.capture(report, "\n\n\f".join(pages), **PDF)
    case.evidence(report, quote=quote, at=at)
    return case


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        (("It rained.", "The north quay is not safe, he said."), "exact"),
        (("The north quay is not safe.", "The north quay is not safe."), "exact"),
        (("It rained.", "The north quay is", "not safe, he said."), "exact"),
        (("The north quay is not safe.", "It rained."), "page"),
        (("It rained.", "It snowed.", "The north quay is not safe."), "page"),
        (("It rained.", "The north quay is", "", "not safe."), "exact"),
        (("It rained. The north quay is not safe.",), "no_such_page"),
        (("It rained.", "The north quay is safe."), "altered"),
    ],
)
def test_words_are_held_to_the_page_that_is_given(pages: tuple[str, ...], code: str) -> None:
    """They begin on it, once at least; on another page they are shown there, beyond the last there is none."""
    finding = said(paged(*pages))
    assert finding.code == code
    assert finding.outcome is {"exact": Outcome.PASS, "altered": Outcome.FAIL}.get(code, Outcome.WARN)


def test_both_pages_are_named() -> None:
    """The reason says where the words are, and where they were said to be."""
    reason = said(paged("The north quay is not safe.", "It rained.")).reason
    assert reason == "The words are in “Rot in the quay”, but on page 1, not on page 2."
    last = said(paged("It rained. The north quay is not safe.", at="page=7")).reason
    assert last == "The archived copy of “Rot in the quay” has no page 7; its last is page 1."


def test_a_page_is_held_to_nothing_that_has_no_pages() -> None:
    """A transcript, or a copy in which pages were not marked yet, says nothing of pages: the words alone count."""
    for extractor in ("plain/1", "pdf/1+pypdf-6.0"):
        case = Case("The quay is closed.")
        report = case.source("Rot in the quay", language="en")
        case.capture(report, "The north quay is not safe.", extractor=extractor)
        case.evidence(report, quote="The north quay is not safe", at="page=9")
        assert said(case).code == "exact"


def test_a_place_without_words_is_not_taken_for_a_pass() -> None:
    """Nobody but a person sees what is there; a page that is not there is told."""
    finding = said(paged("It rained.", "It snowed.", quote=None, at="page=2"))
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "no_words")
    assert "only a place (page 2): what is there is not compared." in finding.reason
    assert said(paged("It rained.", quote=None, at="page=2")).code == "no_such_page"
    film = Case("The quay is closed.")
    film.evidence(film.source("Film"), at="0:12-0:20")
    assert said(film).code == "no_words"


def test_another_style_passes_with_a_note() -> None:
    """A figure that is written out, or another spelling, is no change, and is noted."""
    finding = said(quoting("We found rot in twelve of its piles"))
    assert (finding.outcome, finding.code) == (Outcome.PASS, "styled")
    assert finding.reason == "Word for word in “Rot in the quay”, in another style."
    assert finding.details == ("Note: “twelve” stands for “12” (figures).",)


def test_a_text_that_came_out_wrong_is_looked_at() -> None:
    """Words of a scan are probably those that are quoted: a warning with the words that differ."""
    case = Case("The quay is closed.")
    paper = case.source("Rot in the quay", language="en")
    case.capture(paper, TEXT.replace("found", "fouud"))
    case.evidence(paper, quote="We found rot in 12 of its piles")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "likely")
    assert "“found” stands where the text has “fouud”" in finding.reason
    assert "Difference: We [-found-] [+fouud+] rot in 12 of its piles" in finding.details


def test_a_cut_is_shown_beside_what_it_keeps_back() -> None:
    """The details have the words and the passage with what stands around it."""
    finding = said(quoting("The council will pay for it"))
    assert any(line.startswith("In the text: ") and "unless the state helps" in line for line in finding.details)
