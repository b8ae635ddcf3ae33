"""Quotations beside their text: exact, marked, misleading, altered or absent; accepted only word for word."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.text import DiffPiece, Fidelity, Side, Tokens, WordChange, beside, compare

TEXT = """\
“The north quay is not safe,” Capt. Tom Reyes told the Harbour Gazette. “We’ve found rot in 12 of its
piles—two of them gone—and we can’t wait until autumn. Who will pay for it?”

No, we will not sell the ferry, the mayor said. The council will pay $1,500,000 unless the state helps.
The quay’s non-binding lease ends at 10:30 on Friday; its ofﬁce in the U.S. stays open. It was −5 degrees.
She did not say that the harbour is closed. The fleet has 40 boats, and it caught 5 million herrings in May.
The WHO asked Marta Quell to answer. The tug, according to two pilots, had no crew.
Nobody told us where the money went, but the piers were sold in June.
"""

EXACT = {
    "whole": "We’ve found rot in 12 of its piles—two of them gone—and we can’t wait until autumn.",
    "straight marks": "We've found rot in 12 of its piles",
    "dash": "rot in 12 of its piles -- two of them gone - and",
    "final comma": "we can't wait until autumn,",
    "small initial": "we've found rot in 12",
    "capital initial": "The fleet has 40 boats,",
    "across a line": "rot in 12 of its piles",
    "ligature": "its office in the US stays open",
    "clause": "its piles",
    "question": "Who will pay for it?",
    "question without its mark": "Who will pay for it",
    "with its no": "No, we will not sell the ferry",
    "with its unless": "The council will pay $1,500,000 unless the state helps.",
    "minus": "It was -5 degrees.",
}

MARKED = {
    "ellipsis": "We've found rot … and we can't wait until autumn",
    "dots": "We've found rot...and we can't wait until autumn",
    "spaced dots": "We've found rot . . . and we can't wait until autumn",
    "dots in brackets": "We've found rot [...] and we can't wait until autumn",
    "ellipsis in brackets": "We've found rot […] and we can't wait until autumn",
    "dots in round brackets": "We've found rot (...) and we can't wait until autumn",
    "two ellipses": "We've found rot … two of them … and we can't wait until autumn",
    "put in": "We've found rot [of the worst kind] in 12 of its piles",
    "replaced": "[The engineers] found rot in 12 of its piles",
    "replaced inside": "We've found rot in 12 of [the quay's] piles",
    "put in, then replaced": "We've found rot in 12 of [the] [quay's] piles",
    "emphasis": "We've found rot in 12 of its piles [emphasis added]",
}

MISLEADING = {
    "hides a negation": ("The north quay is … safe", "an ellipsis leaves out “not”"),
    "hides whose word it is": ("The tug … had no crew", "an ellipsis leaves out “according to”"),
    "brackets hide a negation": ("The north quay is [very] safe", "brackets stand for “not”"),
    "brackets put in a negation": ("The fleet has [not] 40 boats", "brackets put in “not”"),
    "brackets change a figure": ("The fleet has [50] boats", "brackets put “50” in the place of “40”"),
    "without its no": ("We will not sell the ferry", "just before it stands “No”"),
    "after not": ("sell the ferry, the mayor said", "just before it stands “not”"),
    "not said": ("the harbour is closed", "just before it stands “not”"),
    "before unless": ("The council will pay $1,500,000", "just after it stands “unless”"),
    "compound cut": ("binding lease ends at 10:30", "just before it stands “non”"),
    "figure goes on": ("it caught 5", "its last figure goes on: “5 million”"),
    "statement of a question": ("Who will pay for it.", "in the text it is a question"),
    "question of a statement": ("The fleet has 40 boats?", "in the text it is no question"),
    "another order": ("the mayor said … told the Harbour Gazette", "its parts stand in another order in the text"),
}

ALTERED = {
    "figure": ("We've found rot in 13 of its piles", "13", "12", "figure"),
    "currency": ("The council will pay €1,500,000", "€", "$", "figure"),
    "sign": ("It was 5 degrees", "", "−", "figure"),
    "negation dropped": ("The north quay is safe", "", "not", "negation"),
    "negation added": ("The fleet has not 40 boats", "not", "", "negation"),
    "contraction": ("and we can wait until autumn", "can", "can’t", "negation"),
    "word": ("We've found rust in 12 of its piles", "rust", "rot", "words"),
    "name": ("The WHO asked Marta Quist to answer", "Quist", "Quell", "words"),
    "dropped": ("rot in 12 of its piles, two gone, and we can't", "", "of them", "words"),
    "capitals": ("The who asked Marta Quell", "who", "WHO", "words"),
    "capitals back": ("Nobody told US where the money went", "US", "us", "words"),
}


@pytest.mark.parametrize("quote", EXACT.values(), ids=EXACT)
def test_the_same_words_are_exact(quote: str) -> None:
    """However they were typed, and wherever they are cut without harm."""
    found = compare(quote, TEXT)
    assert (found.fidelity, found.notes, found.changes, len(found.places)) == (Fidelity.EXACT, (), (), 1)


@pytest.mark.parametrize("quote", MARKED.values(), ids=MARKED)
def test_marked_changes_are_accepted(quote: str) -> None:
    """What an editor leaves out, puts in or replaces is said by the marks."""
    found = compare(quote, TEXT)
    assert (found.fidelity, found.changes) == (Fidelity.MARKED, ())


@pytest.mark.parametrize("quote", ["We've found rot [sic] in 12", "[w]e've found rot", "“We’ve found rot (sic) in 12”"])
def test_a_slip_and_an_initial_are_no_change(quote: str) -> None:
    """[sic] stands for nothing, and an initial in brackets is the word's."""
    assert compare(quote, TEXT).fidelity.faithful


@pytest.mark.parametrize(("quote", "note"), MISLEADING.values(), ids=MISLEADING)
def test_what_marks_and_cuts_keep_back_is_noted(quote: str, note: str) -> None:
    """A quotation whose words all stand there may still turn the sense round."""
    found = compare(quote, TEXT)
    assert (found.fidelity, found.notes) == (Fidelity.MISLEADING, (note,))


@pytest.mark.parametrize(("quote", "quoted", "written", "kind"), ALTERED.values(), ids=ALTERED)
def test_a_changed_word_is_altered(quote: str, quoted: str, written: str, kind: str) -> None:
    """One word, figure or sign that is not the text's, and the difference is shown."""
    found = compare(quote, TEXT)
    assert found.fidelity is Fidelity.ALTERED
    assert found.changes == (WordChange(quoted, written),)
    assert found.changes[0].kind == kind


def test_passages_far_apart_are_two() -> None:
    """An ellipsis that passes over more than a few sentences joins what was never said together."""
    text = "The quay is old. " + "A gull sat on the pier and looked. " * 12 + "It was sold in June."
    found = compare("The quay is old … It was sold in June.", text)
    assert (found.fidelity, found.notes) == (
        Fidelity.MISLEADING,
        ("an ellipsis passes over 96 words: these are two passages",),
    )
    assert compare("The quay is old. It was sold in June.", text).fidelity is Fidelity.ALTERED


@pytest.mark.parametrize(
    "quote", ["Ships will never again pass the lighthouse at dawn", "", " … ", "[sic]", "...", "[]"]
)
def test_words_that_are_nowhere_are_absent(quote: str) -> None:
    """Nothing like it, or no words at all."""
    found = compare(quote, TEXT)
    assert (found.fidelity, found.span, found.changes) == (Fidelity.ABSENT, None, ())


def test_of_several_places_the_harmless_one_counts() -> None:
    """Words that stand once after a "not" and once alone are quoted from where they stand alone."""
    found = compare("sell the ferry", "We will not sell the ferry. They will sell the ferry.")
    assert (found.fidelity, len(found.places)) == (Fidelity.EXACT, 2)


def test_the_passage_is_where_it_says() -> None:
    """The span leads to the words in the text as it was given."""
    found = compare("we've found rot in 12 of its piles", TEXT)
    assert found.span is not None
    assert found.span.of(TEXT) == "We’ve found rot in 12 of its\npiles"


def test_marks_of_the_speaker_are_words_like_others() -> None:
    """Dots and brackets that the text itself has are no marks of an editor."""
    text = "I … I would [rather] not sell it."
    assert compare("I … I would [rather] not sell it.", text).fidelity is Fidelity.EXACT


def test_beside_shows_both_in_context() -> None:
    """What is in both, only quoted, and only in the text, with what stands around it."""
    side = beside("the ferry goes at nine", "People say the ferry goes at ten on most days.", width=20)
    assert (side.before, side.after) == ("People say ", " on most days.")
    assert side.pieces == (
        DiffPiece("the ferry goes at", Side.BOTH),
        DiffPiece("nine", Side.QUOTED),
        DiffPiece("ten", Side.WRITTEN),
    )
    marked = beside("[It] goes … on most days", "The ferry goes at ten on most days.")
    assert marked.pieces == (
        DiffPiece("[It]", Side.QUOTED, marked=True),
        DiffPiece("goes", Side.BOTH),
        DiffPiece("…", Side.QUOTED, marked=True),
        DiffPiece("at ten", Side.WRITTEN, marked=True),
        DiffPiece("on most days", Side.BOTH),
    )
    assert beside("Gulls cry", "Nothing here.").pieces == (DiffPiece("Gulls cry", Side.QUOTED),)


WORDS = st.sampled_from("quay ferry rot harbour gulls piles Quell Reyes mayor sold 12 40 1,500 May tide".split())
SENTENCE = st.lists(WORDS, min_size=6, max_size=30)


@given(SENTENCE, st.data())
def test_any_run_of_words_is_exact(words: list[str], data: st.DataObject) -> None:
    """Words in a row are exact, and the span has them."""
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))
    text = " ".join(words)
    quote = " ".join(words[start:end])
    found = compare(quote, text)
    assert found.fidelity is Fidelity.EXACT
    assert found.span is not None
    assert found.span.of(text) == quote


@given(SENTENCE, st.data())
def test_a_changed_word_is_never_accepted(words: list[str], data: st.DataObject) -> None:
    """Another word, figure or "not" anywhere makes it altered or absent."""
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["13", "Quist", "never", "1,600", "not"]))
    put_in = data.draw(st.booleans())
    changed = [*words[:at], other, *words[at + (not put_in) :]]
    found = compare(" ".join(changed), " ".join(words))
    assert not found.fidelity.faithful
    if found.fidelity is Fidelity.ALTERED:
        assert found.changes


@given(SENTENCE, st.data())
def test_another_order_is_never_accepted(words: list[str], data: st.DataObject) -> None:
    """Two words that changed places are a change, unless the text has them so elsewhere."""
    at = data.draw(st.integers(0, len(words) - 2))
    swapped = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    assume(swapped != words)
    assert not compare(" ".join(swapped), " ".join(words)).fidelity.faithful


@given(SENTENCE, st.data())
def test_words_left_out_under_a_mark_are_accepted(words: list[str], data: st.DataObject) -> None:
    """Any of the ellipsis forms may stand for words that do not turn the sense."""
    start = data.draw(st.integers(1, len(words) - 2))
    end = data.draw(st.integers(start, len(words) - 1))
    mark = data.draw(st.sampled_from([" … ", " ... ", " [...] ", " . . . ", " […] ", "…"]))
    quote = " ".join(words[:start]) + mark + " ".join(words[end:])
    assert compare(quote, " ".join(words)).fidelity.faithful


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_brings_it_down(quote: str, text: str) -> None:
    """Whatever is compared, an answer comes, and its span is in the text."""
    found = compare(quote, text)
    if found.span is not None:
        assert found.span.end <= len(text)
    beside(quote, text)


@given(
    st.text(st.sampled_from("ab1 .…[]()\n\f-not"), max_size=60),
    st.text(st.sampled_from("ab1 .…[]\n\f-not"), max_size=90),
)
def test_no_marks_bring_it_down(quote: str, text: str) -> None:
    """Marks without words, nested and unclosed ones are read as far as they go."""
    found = compare(quote, text)
    if found.fidelity is Fidelity.ALTERED:
        assert found.changes


@pytest.mark.long
@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a " * 20_000, "a " * 100_000),
        ("a " * 20_000 + "b", "a " * 100_000),
        ("a … " * 5_000, "a b " * 50_000),
        ("[a] b " * 5_000, "b c " * 50_000),
        ("the quay " * 120 + "x " * 120, "quay the x " * 50_000),
        ("[" * 50_000, "]" * 50_000),
        ("." * 50_000, ". " * 50_000),
        (". " * 50_000, "a. b" * 50_000),
        ("not " * 50_000, "a-\nb" * 50_000),
        ("x", "a   b\n" * 50_000),
    ],
)
def test_hostile_texts_are_read_in_time(quote: str, text: str) -> None:
    """Repetition without end is read like any text: this ends, or the run of tests does not."""
    compare(quote, Tokens(text))
