"""What two texts share: copying and rewriting are told from two who write of one thing on their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.text import ReuseKind, fingerprints, likeness, notices, related, reuse, wording

WIRE = (
    "The harbour at Kestrel Bay was closed on Monday after a crane fell onto the quay, hurting four dock workers. "
    "Port engineer Lena Quist said the crane had passed its inspection only three weeks earlier. Divers began "
    "to search "
    "the basin for a missing cable, and ships were sent to Orford, some forty miles up the coast. The port company "
    "promised to pay for every lost shift until the quay is open again."
)
REWRITTEN = (
    "Four dock workers were injured on Monday when a crane came down on the quay at Kestrel Bay, and the harbour was "
    "shut. The crane had passed inspection only three weeks before, port engineer Lena Quist told reporters. "
    "Vessels were "
    "sent to Orford, some 40 miles along the coast, while divers searched the basin for a missing cable. For "
    "every lost "
    "shift until the quay opens again the port company will pay, it promised."
)
OWN = (
    "I heard it before I saw it: steel on stone, and then nobody spoke. By the time Lena Quist ran past me the "
    "ambulances "
    "were already at the gate of Kestrel Bay. Two men sat on the kerb holding their arms. A foreman told the "
    "crews to go "
    "home, and at noon the first freighter turned away towards Orford."
)
SPEECH = "“We owe those four families an answer, and they will have it before anyone speaks of money or of schedules”"
NOTICE = (
    "Kestrel Bay Ports is a company that runs five harbours on the eastern coast and employs about nine hundred people."
)
OTHER = "A school in Varnley opened its new wing on Friday, and Jonas Weil cut a ribbon before two hundred pupils."


def of(one: str, other: str) -> ReuseKind:
    return reuse(wording(one), wording(other)).kind


def test_one_paragraph_word_for_word_is_copied() -> None:
    """Whatever stands around it: the measure says how much, the passages say where."""
    mixed = "It was a quiet week until then.\n\n" + WIRE + "\n\nOur reader writes that she is glad nobody drowned."
    assert of(mixed, WIRE) is ReuseKind.COPIED
    found = reuse(wording(mixed), wording(WIRE))
    here, there = found.passages[0]
    assert here.of(mixed) == there.of(WIRE)
    assert found.share > 0.7
    assert found.measure.endswith("in 1 passage")


def test_other_words_in_the_same_order_are_rewritten() -> None:
    """Sentences turned about and words exchanged leave enough."""
    found = reuse(wording(REWRITTEN), wording(WIRE))
    assert found.kind is not ReuseKind.NONE
    assert found.passages


def test_who_tells_it_on_their_own_copies_nobody() -> None:
    """The same people and places, and other words."""
    assert related(wording(OWN), wording(WIRE))
    assert of(OWN, WIRE) is ReuseKind.NONE


def test_a_speech_that_both_quote_is_no_sign() -> None:
    """Words in quotation marks are the speaker's."""
    assert of(f"{OWN} The governor said: {SPEECH}.", f"{WIRE} In a speech she said: {SPEECH}.") is ReuseKind.NONE


def test_what_a_body_says_of_itself_under_both_is_no_sign() -> None:
    """Nor what a page says of cookies and rights."""
    cookies = "We use cookies to make this page better. All rights reserved by the publisher of this newspaper."
    assert of(f"{OWN}\n\n{NOTICE}\n\n{cookies}", f"{WIRE}\n\n{NOTICE}\n\n{cookies}") is ReuseKind.NONE


def test_the_same_form_about_others_is_no_sign() -> None:
    """A court notice or a match report is filled with other names each time."""
    form = "{} of {} was sentenced on Tuesday to a fine of {} crowns for driving without a licence on the road to {}."
    one, other = form.format("Jan Holt", "Upper Mill", 400, "Varnley"), form.format("Ada Sorn", "Nidd", 650, "Kestrel")
    assert not reuse(wording(one), wording(other))


def test_a_notice_is_known_by_those_who_tell_of_something_else() -> None:
    """What unrelated sources carry too is left out of both."""
    line = "Those who know more about this are asked to write to the people behind the counter at any time of the day."
    mine = wording(f"{WIRE}\n\n{line}")
    others = [wording(f"{OTHER}\n\n{line}"), wording(f"Rain fell on Odda and Pernille Vik stayed at home.\n\n{line}")]
    found = notices(mine, others)
    assert found
    assert "counter" not in " ".join(mine.without(found).span(at, at + 1).of(mine.text) for at in range(20, 60))
    assert notices(mine, others[:1]) == frozenset()


def test_a_sentence_that_others_have_too_is_no_notice() -> None:
    """Only what stands as a paragraph of its own is printed under everything."""
    line = "Those who know more about this are asked to write to the people behind the counter at any time of the day."
    others = [
        wording(f"{OTHER} {line} So ended the day."),
        wording(f"Rain fell on Odda. {line} Pernille Vik stayed in."),
    ]
    assert notices(wording(f"{OWN} {line} Nobody wrote."), others) == frozenset()


def test_a_passage_of_eight_words_always_shows() -> None:
    """Texts that share so many own words in a row have a fingerprint in common."""
    words = WIRE.split()
    for start in range(len(words) - 8):
        passage = " ".join(words[start : start + 8])
        around = wording(f"Nobody had expected anything like it at all. {passage}")
        assert fingerprints(around) & fingerprints(wording(WIRE)), passage


LONG = (
    f"{WIRE} Fishermen who keep their boats in the inner basin were told to wait until Wednesday, since mud stirred up "
    "by the fall has to settle before pilots dare to pass. The crane itself, a hundred tonnes of rusting lattice, was "
    "bought second-hand from a shipyard that went bankrupt."
)
REWORDED = (
    "A shipyard that had gone bankrupt once sold the crane second-hand, a hundred tonnes of rusty lattice. Now pilots "
    "do not dare to pass: the mud which its fall has stirred must settle first, and fishermen with boats lying in the "
    "inner basin are to wait till Wednesday. Divers still search that basin, where a cable is missing. For every "
    "shift lost the company that owns the port has promised pay."
)


def test_other_words_in_another_order_are_rewritten() -> None:
    """No run of words is left; the words that tell something still stand near one another."""
    found = reuse(wording(REWORDED), wording(LONG))
    assert found.kind is ReuseKind.REWRITTEN
    assert found.measure.endswith("of its telling words, near one another as there, the rest in other words")
    assert likeness(wording(REWORDED), wording(LONG)) > 2 * likeness(wording(OWN), wording(LONG))


def test_own_words_that_another_quotes_are_seen() -> None:
    """From either side: it is then known who has whose words; what both quote is a third's."""
    plain, marked = SPEECH.strip("“”"), f"{OWN} Her column says: {SPEECH}."
    assert of(f"{plain}, as I see it. {WIRE}", marked) is ReuseKind.QUOTED
    assert of(marked, f"{plain}, as I see it. {WIRE}") is ReuseKind.QUOTES


def test_a_little_at_the_end_of_both_is_no_sign_whatever_else_is_alike() -> None:
    """A turn of phrase elsewhere does not make the notice under both a copied passage."""
    notice = "The dockers' choir of the eastern quays sings every second Friday and is glad of whoever cares to listen."
    one = f"Of the money it was a drop in the ocean, she told us. {OWN}\n\n{notice}"
    other = f"{LONG} A foreman said it was a drop in the ocean.\n\n{notice}"
    assert not reuse(wording(one), wording(other))


def test_a_text_on_one_line_is_not_taken_for_a_notice() -> None:
    """Though it says what things are, and speaks of copyright: it is a report, and compared."""
    text = f"A crane is a machine that lifts; copyright is one of its smaller worries. {WIRE}"
    assert len(wording(text).words) > 60


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """The share lies between 0 and 1, and the passages in the texts; a text of some length is all of itself."""
    found = reuse(wording(one), wording(other))
    assert 0 <= found.share <= 1
    assert 0 <= likeness(wording(one), wording(other)) <= 1
    for here, there in found.passages:
        assert here.of(one) and there.of(other)
    assert bool(found) == (found.kind is not ReuseKind.NONE)


@given(st.integers(0, 6), st.integers(0, 6))
def test_who_comes_first_does_not_matter(a: int, b: int) -> None:
    """Whether two texts hang together is the same asked from either side."""
    texts = [WIRE, REWRITTEN, OWN, OTHER, NOTICE, "", WIRE + OTHER]
    assert bool(reuse(wording(texts[a]), wording(texts[b]))) == bool(reuse(wording(texts[b]), wording(texts[a])))
