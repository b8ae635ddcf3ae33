"""How far an article has been checked: what each sentence is asked, and what a new copy does to the answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import book as use_cases
from ledger import desk
from ledger.book import Book, Custody
from ledger.capture import read
from ledger.desk import CoverageState, CoverageStep, SecondLook
from ledger.model import Claim, ExclusionReason, Source, Stance, Verdict
from ledger.reader import Nature, SuggestedClaim

MINUTES = """The harbour council met on Tuesday evening.

The chair opened the meeting. The council voted to close the old bridge by June. Nobody spoke against it.

The treasurer said that repairs would cost 4 million euros. “We have the money,” she said.

The meeting ended at ten.
"""

BRIDGE, REPAIRS = "voted to close the old bridge by June", "repairs would cost 4 million euros"
CLAIM, WORDS, EVIDENCE, DECISION = CoverageStep


def archived(book: Book, text: str = MINUTES, source: Source | None = None) -> Source:
    minutes = source or book.source("Minutes of the harbour council", id="minutes")
    desk.capture(book, minutes, read(text.encode(), where="the test"), Custody(taken_from="the clerk"))
    return minutes


def quote(book: Book, source: Source, exact: str, id: str, **more: Any) -> Claim:
    """Record a claim whose evidence is these words, of the source itself unless it is said who carries them."""
    claim = book.claim(f"A claim that rests on {id}", id=id)
    carries = more.pop("carrier", source)
    seen_in = None if carries is source else source
    anchor = more.pop("anchor", None) or desk.anchor_in(book.ledger, source, exact)
    book.evidence(claim, carries, seen_in=seen_in, anchor=anchor, **more)
    return claim


def covered(book: Book, source: Source, text: str | None = None) -> desk.Coverage:
    """Return the coverage of the newest copy, or of a text that nobody archived."""
    at_hand = desk.text_of(book.ledger, source)
    assert at_hand is not None
    if text is not None:
        at_hand = desk.Text(text, sha256(text.encode()).hexdigest())
    return desk.coverage(book.ledger, source, at_hand)


def line(found: desk.Coverage, words: str) -> desk.SentenceCoverage:
    return next(line for line in found.lines if words in line.text)


def test_each_sentence_is_asked_four_things(book: Book) -> None:
    """A claim, its words, evidence besides the article and a decision are answered one after the other."""
    minutes = archived(book)
    speech = book.source("Speech of the treasurer", id="speech")
    assert line(covered(book, minutes), BRIDGE).state is CoverageState.OPEN
    bridge = quote(book, minutes, BRIDGE, "bridge")
    found = line(covered(book, minutes), BRIDGE)
    assert (found.claims, found.state, found.answered) == (("bridge",), CoverageState.CLAIMED, {CLAIM, WORDS})
    book.evidence(bridge, speech, stance=Stance.CONTRADICTS)
    assert line(covered(book, minutes), BRIDGE).state is CoverageState.EVIDENCED
    book.review(bridge, Verdict.REFUTED, "The speech says otherwise.")
    found = line(covered(book, minutes), BRIDGE)
    assert (found.state, found.answered) == (CoverageState.DECIDED, set(CoverageStep))


def test_the_article_is_no_evidence_for_itself(book: Book) -> None:
    """Its own word, context, and what was withdrawn leave a claim without evidence; a decision may stand without it."""
    minutes = archived(book)
    speech = book.source("Speech of the treasurer", id="speech")
    repairs = quote(book, minutes, REPAIRS, "repairs", stance=Stance.CONTEXT)
    book.evidence(repairs, speech, stance=Stance.CONTEXT)
    gone = book.evidence(repairs, speech, id="gone")
    book.retract(gone.handle, "It was about another bridge.")
    assert line(covered(book, minutes), REPAIRS).state is CoverageState.CLAIMED
    book.evidence(repairs, speech, id="stands")
    assert line(covered(book, minutes), REPAIRS).state is CoverageState.EVIDENCED
    book.retract("speech", "It was never held.")
    assert line(covered(book, minutes), REPAIRS).answered == {CLAIM, WORDS}
    book.review(repairs, Verdict.NOT_ENOUGH_EVIDENCE, "Nobody else knows.")
    assert line(covered(book, minutes), REPAIRS).answered == {CLAIM, WORDS, DECISION}


def test_a_sentence_is_as_far_as_its_last_claim(book: Book) -> None:
    """Of two claims on one sentence the one that has come less far counts."""
    minutes = archived(book)
    speech = book.source("Speech of the treasurer", id="speech")
    book.review(quote(book, minutes, "close the old bridge", "one", carrier=speech), Verdict.SUPPORTED, "So it says.")
    assert line(covered(book, minutes), BRIDGE).state is CoverageState.DECIDED
    quote(book, minutes, "by June", "two")
    found = line(covered(book, minutes), BRIDGE)
    assert (found.claims, found.state, found.answered) == (("one", "two"), CoverageState.CLAIMED, {CLAIM, WORDS})


def test_words_that_were_never_held_to_a_copy_are_told_apart(book: Book) -> None:
    """Words that were recorded before anything was archived have a place in the text, and are not held to it."""
    minutes = book.source("Minutes of the harbour council", id="minutes")
    quote(book, minutes, "", "bridge", anchor=desk.unarchived(BRIDGE))
    archived(book, source=minutes)
    found = covered(book, minutes)
    assert [(one.claim, one.match and one.match.places) for one in found.quotations]
    assert WORDS not in line(found, BRIDGE).answered
    assert found.count(WORDS) == 0


def test_shares_are_rounded_down_and_count_sentences(book: Book) -> None:
    """Two of seven sentences are 28 per cent; a quotation over two sentences counts for both; empty texts have none."""
    minutes = archived(book)
    quote(book, minutes, "opened the meeting. The council voted", "both")
    found = covered(book, minutes)
    assert (len(found.lines), found.count(CLAIM), found.share(CLAIM), found.share(DECISION)) == (7, 2, 28, 0)
    assert [line.number for line in found.uncovered] == [1, 4, 5, 6, 7]
    assert [line.text for line in found.open_quotations] == ["“We have the money,” she said."]
    assert covered(book, minutes, "").share(CLAIM) == 0


def test_a_new_copy_keeps_what_is_as_it_was(book: Book) -> None:
    """Words that only moved, their sentence unchanged, ask nothing of anybody."""
    minutes = archived(book)
    book.review(quote(book, minutes, BRIDGE, "bridge"), Verdict.SUPPORTED, "The minutes are signed.")
    archived(book, "Corrected on Friday.\n\n" + MINUTES, minutes)
    found = covered(book, minutes)
    assert found.again == () and line(found, BRIDGE).number == 4
    assert line(found, BRIDGE).state is CoverageState.DECIDED


def test_a_sentence_that_reads_otherwise_is_looked_at_again(book: Book) -> None:
    """The same words in a sentence that now says no: nothing but the claim counts until somebody has looked."""
    minutes = archived(book)
    book.review(quote(book, minutes, "close the old bridge by June", "bridge"), Verdict.SUPPORTED, "As signed.")
    archived(book, MINUTES.replace("voted to close", "refused to close"), minutes)
    (again,) = covered(book, minutes).again
    found = line(covered(book, minutes), "refused")
    assert (again.claim, again.again) == ("bridge", SecondLook.SENTENCE)
    assert (found.state, found.answered) == (CoverageState.CHANGED, {CLAIM})


def test_words_that_changed_or_went_are_named(book: Book) -> None:
    """Another figure is told beside the sentence most like it; words that are gone have no sentence at all."""
    minutes = archived(book)
    quote(book, minutes, REPAIRS, "repairs")
    quote(book, minutes, "The meeting ended at ten", "ended")
    archived(book, MINUTES.replace("4 million", "7 million").replace("The meeting ended at ten.", "Goodbye."), minutes)
    found = covered(book, minutes)
    assert {one.claim: one.again for one in found.again} == dict.fromkeys(("repairs", "ended"), SecondLook.MISSING)
    assert line(found, "7 million").state is CoverageState.CHANGED
    assert line(found, "Goodbye").state is CoverageState.OPEN
    assert found.count(WORDS) == 0


@pytest.mark.parametrize("act", ["retract", "supersede"])
def test_a_claim_that_fell_leaves_its_sentence_open(book: Book, act: str) -> None:
    """A sentence whose claim was withdrawn or replaced is uncovered, and the claim is named."""
    minutes = archived(book)
    quote(book, minutes, BRIDGE, "bridge")
    if act == "retract":
        book.retract("bridge", "Nobody voted.")
    else:
        book.claim("The council voted to close the new bridge", id="new-bridge")
        book.supersede("bridge", "new-bridge", "It was the new one.")
    found = covered(book, minutes)
    assert [one.again and one.again.value for one in found.again] == [f"{act}d" if act[-1] == "e" else f"{act}ed"]
    assert line(found, BRIDGE).state is CoverageState.OPEN


def left_out(book: Book, source: Source, exact: str, reason: ExclusionReason, **more: Any) -> None:
    book.exclusion(source, desk.anchor_in(book.ledger, source, exact), reason, **more)


def test_what_a_person_left_out_needs_no_claim(book: Book) -> None:
    """A sentence that was left out, in one go or in parts, is not counted; one with a word left over is."""
    minutes = archived(book)
    left_out(book, minutes, "Nobody spoke against it.", ExclusionReason.COMMON_KNOWLEDGE)
    left_out(book, minutes, "The meeting ended", ExclusionReason.OPINION)
    found = covered(book, minutes)
    assert line(found, "Nobody").state is CoverageState.EXCLUDED
    assert line(found, "ended at ten").state is CoverageState.OPEN
    assert (len(found.to_check), len(found.uncovered), found.share(CLAIM)) == (6, 6, 0)
    left_out(book, minutes, "at ten", ExclusionReason.OPINION)
    assert line(covered(book, minutes), "ended at ten").state is CoverageState.EXCLUDED


def test_a_claim_outweighs_what_was_left_out(book: Book) -> None:
    """A sentence with a claim is counted, whoever left it out; of an article that is all left out, nothing is open."""
    minutes = archived(book)
    for sentence in SENTENCES:
        left_out(book, minutes, sentence.strip("“"), ExclusionReason.NOT_CHECKABLE)
    found = covered(book, minutes)
    assert (found.to_check, found.share(CLAIM), found.share(DECISION)) == ((), 100, 100)
    quote(book, minutes, BRIDGE, "bridge")
    found = covered(book, minutes)
    assert ([one.number for one in found.to_check], found.share(CLAIM), found.share(DECISION)) == ([3], 100, 0)


def test_what_was_left_out_is_looked_at_again(book: Book) -> None:
    """A new copy that says more in the sentence, or a claim that fell, ends what a person said of a passage."""
    minutes = archived(book)
    claim = quote(book, minutes, BRIDGE, "bridge")
    left_out(book, minutes, "Nobody spoke against it.", ExclusionReason.OPINION)
    left_out(book, minutes, "The meeting ended at ten.", ExclusionReason.COVERED_ELSEWHERE, claim=claim)
    archived(book, MINUTES.replace("Nobody spoke against it", "Nobody but the mayor spoke against it"), minutes)
    book.retract("bridge", "Nobody voted.")
    found = covered(book, minutes)
    assert {one.record.handle: one.again for one in found.excluded} == {
        "minutes-left-out": SecondLook.MISSING,
        "minutes-left-out-2": SecondLook.RETRACTED,
    }
    assert len(found.to_check) == len(found.lines)


def test_what_readers_take_sentences_for_is_told_and_counts_for_nothing(book: Book) -> None:
    """A sentence is marked if no reader finds anything to check in it; coverage is the same with and without."""
    found = covered(book, archived(book))

    def suggested(number: int, nature: Nature) -> SuggestedClaim:
        span = found.lines[number - 1].span
        return SuggestedClaim(span=span, content=span, reason="It reads so.", nature=nature)

    said = [suggested(1, Nature.FACTUAL), suggested(4, Nature.OPINION), suggested(7, Nature.OPINION)]
    said += [suggested(7, Nature.FACTUAL)]
    assert desk.natures(found, said) == {4: Nature.OPINION}
    assert len(found.uncovered) == 7


@pytest.fixture(scope="module")
def told() -> Iterator[tuple[Book, Source]]:
    """Return a ledger with a claim on every sentence of the minutes; nothing is written to it after that."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", folder)
        book = use_cases.start(Path(folder) / "told.db", origin="desk.example", person="Ana Roa")
        minutes = archived(book)
        for number, sentence in enumerate(covered(book, minutes).lines):
            quote(book, minutes, sentence.text, f"claim-{number}")
        yield book, minutes
        book.ledger.close()


SENTENCES = [
    "The harbour council met on Tuesday evening.",
    "The chair opened the meeting.",
    "The council voted to close the old bridge by June.",
    "Nobody spoke against it.",
    "The treasurer said that repairs would cost 4 million euros.",
    "“We have the money,” she said.",
    "The meeting ended at ten.",
]
OTHERS = [
    "The council voted to close the new bridge by June.",
    "The treasurer said that repairs would cost 7 million euros.",
    "Everybody spoke against it.",
    "Rain fell.",
]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([*SENTENCES, *OTHERS]), max_size=12))
def test_no_claim_jumps_to_other_words(told: tuple[Book, Source], copy: list[str]) -> None:
    """Whatever becomes of an article, words count as held only in a sentence that reads as the one they were taken of.

    And the figures add up: each sentence is open or has a claim, and no step is answered of a sentence without one.
    """
    book, minutes = told
    found = covered(book, minutes, "\n\n".join(copy))
    for sentence in found.lines:
        assert (sentence.state is CoverageState.OPEN) == (not sentence.claims)
        assert sentence.claims or not sentence.answered
        for one in sentence.quotations:
            assert one.record.anchor is not None
            if WORDS in one.answered:
                assert sentence.text.strip("“") == one.record.anchor.exact.strip("“")
    assert len(found.uncovered) + found.count(CLAIM) == len(found.lines)
    assert found.count(CLAIM) >= found.count(WORDS) >= found.count(EVIDENCE) >= found.count(DECISION) == 0
