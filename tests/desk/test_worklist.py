"""The state of the desk by itself: whatever a person does, in whatever order, nothing of the article is lost."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import wire
from ledger.desk.proposals import propose
from ledger.desk.steps import (
    STEPS,
    Accept,
    Attribute,
    Change,
    DeskStep,
    Identify,
    LeaveOut,
    Reopen,
    Split,
    Undo,
    after,
    best_cut,
    cuts,
)
from ledger.desk.worklist import PassageDraft, PassageState, Voice, Worklist, obstacle, sentence
from ledger.model import ExclusionReason
from ledger.reader import Mention, MentionKind, Nature, SuggestedClaim, SuggestedInquiry
from ledger.text import Span

TEXT = (
    "Divers found rot in the north quay.\n"
    "“The ferry will not sail on Monday,” harbour master Ida Brandt said, and the crew was sent home. "
    "Coastwire quoted the council as saying that it would pay. It is a shame.\n"
    "The owner did not answer when asked whether the ferry was insured."
)


def place(words: str) -> Span:
    """Return where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def mention(words: str, kind: MentionKind, role: str = "") -> Mention:
    return Mention(span=place(words), name=words, kind=kind, role=role)


BRANDT = mention("Ida Brandt", MentionKind.PERSON, "harbour master")
COUNCIL = mention("council", MentionKind.ORGANISATION)
WIRE = mention("Coastwire", MentionKind.ORGANISATION)

SUGGESTED = (
    SuggestedClaim(
        span=place("“The ferry will not sail on Monday,” harbour master Ida Brandt said, and the crew was sent home."),
        reason="A quotation with its speaker.",
        nature=Nature.FACTUAL,
        content=place("The ferry will not sail on Monday"),
        voices=(BRANDT,),
    ),
    SuggestedClaim(
        span=place("Coastwire quoted the council as saying that it would pay."),
        reason="“quoted ... as saying”",
        nature=Nature.FACTUAL,
        content=place("it would pay"),
        voices=(WIRE, COUNCIL),
    ),
    SuggestedClaim(
        span=place("It is a shame."), reason="It judges.", nature=Nature.OPINION, content=place("It is a shame.")
    ),
    SuggestedInquiry(
        span=place("The owner did not answer when asked whether the ferry was insured."),
        reason="“did not answer”",
        asked=mention("The owner", MentionKind.UNNAMED),
        question=place("whether the ferry was insured"),
    ),
)
BEGUN = propose(TEXT, SUGGESTED)

NUMBERS = st.integers(-1, 7)
NAMES = st.sampled_from(["Ida Brandt", "council", "Coastwire", "The owner", "nobody", "Sam Orr", ""])
WORDS = st.sampled_from(["", "The ferry stays.", "Ida Brandt lied.", "x" * 3_000, "two\nlines", "2025-05"])
STEP = st.one_of(
    st.builds(Accept, at=NUMBERS),
    st.builds(LeaveOut, at=NUMBERS, because=st.sampled_from(ExclusionReason), note=WORDS),
    st.builds(Reopen, at=NUMBERS),
    st.builds(
        Change,
        at=NUMBERS,
        field=st.sampled_from(["text", "occurred", "said_in", "basis", "stake", "span"]),
        value=WORDS | st.sampled_from(["witness", "participant"]),
    ),
    st.builds(Split, at=NUMBERS, cut=st.integers(-5, len(TEXT) + 5)),
    st.builds(Attribute, at=NUMBERS, name=NAMES),
    st.builds(Identify, name=NAMES, agent=st.sampled_from(["", "ida"]), kept_out=st.sampled_from(["", "She asked."])),
    st.builds(Undo),
)


def taken(steps: list[DeskStep], begun: Worklist = BEGUN) -> Worklist:
    """Return the list after steps."""
    for step in steps:
        begun = after(begun, step)
    return begun


def letters(worklist: Worklist) -> set[int]:
    """Return the places of the text, white space aside, that are in some passage."""
    return {at for one in worklist.passages for at in range(one.span.start, one.span.end) if not TEXT[at].isspace()}


@given(st.lists(STEP, max_size=12))
def test_no_step_loses_a_word_of_the_article(steps: list[DeskStep]) -> None:
    """Each word is in a passage, the passages are in order, and one of them is in hand."""
    worklist = taken(steps)
    assert letters(worklist) == letters(BEGUN) == {at for at, one in enumerate(TEXT) if not one.isspace()}
    assert [one.span.start for one in worklist.passages] == sorted(one.span.start for one in worklist.passages)
    assert 0 <= worklist.at < len(worklist.passages)
    for one in worklist.passages:
        assert one.span.start <= one.content.start < one.content.end <= one.span.end


@given(st.lists(STEP, max_size=12))
def test_what_is_accepted_can_be_recorded(steps: list[DeskStep]) -> None:
    """Whatever was changed after it was accepted, nothing stays accepted that may not enter."""
    worklist = taken(steps)
    assert not any(obstacle(worklist, one) for one in worklist.accepted)
    assert all((one.because is not None) == (one.state is PassageState.LEFT_OUT) for one in worklist.passages)


@given(st.lists(STEP, max_size=8), STEP.filter(lambda step: not isinstance(step, Undo)))
def test_undo_takes_back_the_last_step(steps: list[DeskStep], last: DeskStep) -> None:
    """After any step that does something, undo leads to the list before it, wherever the person then was."""
    before = taken(steps)
    then = after(before, last)
    assert then is before or after(then, Undo()) is before


@given(st.lists(STEP, max_size=12))
def test_steps_are_kept_and_taken_again(steps: list[DeskStep]) -> None:
    """Written as JSON and read again, steps lead from the same beginning to the same list."""
    kept = [(step.DOES, wire.unstructure(step)) for step in steps]
    again = [wire.structure(data, STEPS[does]) for does, data in kept]
    begun = wire.structure({**wire.unstructure(BEGUN), "text": TEXT}, Worklist)
    assert begun == BEGUN
    assert taken(again, begun) == taken(steps)


def test_every_sentence_is_proposed_once() -> None:
    """Sentences of which no reader speaks are there as they are; the others as they are suggested."""
    assert [(one.text, one.voices, one.nature, bool(one.inquiry)) for one in BEGUN.passages] == [
        ("Divers found rot in the north quay.", (), Nature.FACTUAL, False),
        ("The ferry will not sail on Monday.", ("Ida Brandt",), Nature.FACTUAL, False),
        ("It would pay.", ("Coastwire", "council"), Nature.FACTUAL, False),
        ("It is a shame.", (), Nature.OPINION, False),
        ("Whether the ferry was insured.", ("The owner",), Nature.FACTUAL, True),
    ]


def test_accepting_leads_to_the_next_open_passage() -> None:
    """After the last one comes the first that was passed over."""
    worklist = after(BEGUN.in_hand(3), Accept(at=3))
    worklist = after(worklist, LeaveOut(at=4, because=ExclusionReason.OTHER, note="No."))
    assert worklist.at == 0
    assert (worklist.count(PassageState.OPEN), len(worklist.accepted), len(worklist.left_out)) == (3, 1, 1)


def test_what_is_on_record_is_not_decided_again() -> None:
    """No step changes a passage that the ledger has."""
    recorded = attrs.evolve(BEGUN.passages[0], state=PassageState.ON_RECORD)
    worklist = attrs.evolve(BEGUN, passages=(recorded, *BEGUN.passages[1:]))
    for step in (Accept(at=0), Reopen(at=0), Split(at=0, cut=7), Change(at=0, field="text", value="No.")):
        assert after(worklist, step) is worklist


def test_a_sentence_is_split_where_its_clauses_meet() -> None:
    """Both parts keep who speaks; each has its own words, and is undecided."""
    worklist = BEGUN.in_hand(1)
    cut = best_cut(worklist)
    assert cut is not None and TEXT[cut:].startswith("and the crew")
    assert cut in cuts(worklist)
    then = after(worklist, Split(at=1, cut=cut))
    assert [one.text for one in then.passages[1:3]] == [
        "The ferry will not sail on Monday.",
        "And the crew was sent home.",
    ]
    assert len(then.passages) == 6 and then.at == 1


@pytest.mark.parametrize(("cut", "splits"), [("“The", False), ("sail", True), ("\nThe owner", False)])
def test_a_cut_leaves_words_on_both_sides(cut: str, splits: bool) -> None:
    """A cut before the first word, or outside of the passage, is none."""
    assert (after(BEGUN, Split(at=1, cut=TEXT.index(cut))) is not BEGUN) is splits


def test_a_name_that_is_kept_out_stands_in_no_words() -> None:
    """Its evidence quotes what was said and not who said it; a claim that has the name is refused, and says why."""
    kept = after(BEGUN, Identify(name="Ida Brandt", kept_out="She asked."))
    assert kept.words(kept.passages[1]) == place("The ferry will not sail on Monday")
    assert obstacle(kept, kept.passages[1]) == ""
    told = after(kept, Change(at=1, field="text", value="Brandt said that no ferry sails."))
    assert "“Brandt” is kept out" in obstacle(told, told.passages[1])
    assert after(told, Accept(at=1)) is told


def test_accepted_words_that_get_a_kept_out_name_are_open_again() -> None:
    """Keeping a name out later opens what was accepted with it."""
    worklist = after(after(BEGUN, Change(at=1, field="text", value="Ida Brandt said so.")), Accept(at=1))
    assert len(worklist.accepted) == 1
    assert not after(worklist, Identify(name="Ida Brandt", kept_out="She asked.")).accepted


@pytest.mark.parametrize(
    ("voice", "unsure"),
    [
        (Voice(name="Ida Brandt", kind=MentionKind.PERSON, role="harbour master"), False),
        (Voice(name="Ida Brandt", kind=MentionKind.PERSON), True),
        (Voice(name="Brandt"), True),
        (Voice(name="Brandt", agent="ida-brandt"), False),
        (Voice(name="Brandt", asked=True), False),
        (Voice(name="two clerks", kind=MentionKind.UNNAMED), False),
        (Voice(name="Coastwire", kind=MentionKind.ORGANISATION), False),
        (Voice(name="Coastwyre", kind=MentionKind.ORGANISATION, like="coastwire"), True),
    ],
)
def test_who_somebody_is_is_asked_only_where_needed(voice: Voice, unsure: bool) -> None:
    """Of a person without an office, a bare name, or nearly a known name; not of who is known, unnamed or a house."""
    assert voice.unsure is unsure


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("the ferry stays", "The ferry stays."),
        ("“The ferry stays,”", "The ferry stays."),
        ("“We stay.” “We go.”", "“We stay.” “We go.”"),
        ("the ferry\n  stays; ", "The ferry stays."),
        ("Does it stay?", "Does it stay?"),
        ("it is “safe.”", "It is “safe.”"),
        ("that the ferry stays", "The ferry stays."),
        ("that, in May, the ferry stays", "In May, the ferry stays."),
        ('that "no ferry will sail."', "No ferry will sail."),
        ('"How can we help you?', "How can we help you?"),
        ('the ferry stays,"', "The ferry stays."),
        ('it was "safe" and "sound"', 'It was "safe" and "sound".'),
        ("", ""),
    ],
)
def test_words_become_a_sentence(words: str, whole: str) -> None:
    """One line, one stop, and no marks around the whole of it."""
    assert sentence(words) == whole


def test_one_person_who_quotes_another_is_a_claim_of_its_own() -> None:
    """What Trump said by Sheinbaum's words is claimed as what he said: a name stands before the words."""
    told = SuggestedClaim(
        span=place("It is a shame."),
        reason="told",
        nature=Nature.FACTUAL,
        content=place("It is a shame."),
        voices=(BRANDT, mention("The owner", MentionKind.PERSON)),
    )
    assert propose(TEXT, [told]).passages[-2].text == "The owner said: “It is a shame.”"


def test_two_readers_that_agree_propose_once() -> None:
    """The same words by the same voice are one passage; another reading of them is another."""
    other = attrs.evolve(SUGGESTED[2], reader="other", version="1")
    assert propose(TEXT, (*SUGGESTED, other)) == BEGUN
    assert len(propose(TEXT, (*SUGGESTED, attrs.evolve(other, voices=(COUNCIL,)))).passages) == 6


def test_a_passage_has_what_is_said_of_it() -> None:
    """The field's defaults say that nothing is known."""
    passage = PassageDraft(span=Span(0, 1), content=Span(0, 1), text="x")
    assert passage.open and passage.left_out_as is None
