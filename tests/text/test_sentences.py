"""Sentences: where English news prose stops, and where it only seems to."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.text import Span, sentence_of, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


ONE_SENTENCE = {
    "title": "Gen. Aldous Finch met Mr. Okafor and Dr. Lena Marsh at the depot.",
    "country": "The U.S. Coast Guard and the U.K. Treasury declined to comment.",
    "initials": "The report by J. R. Whitlow was signed by Anna K. Sorel.",
    "month": "The ferry sank on Feb. 11 and was raised on Sept. 3 last year.",
    "time": "Polls close at 8 p.m. Eastern time on Sunday.",
    "number": "Report No. 14 cites Fig. 3 on p. 9 of the annex.",
    "decimal": "Prices rose 2.5 percent to $1.3 billion, or .4 points a month.",
    "versus": "The court heard Harrow vs. Penn and Doyle v. Marsh together.",
    "company": "Shares of Brightwater Inc. Class B fell.",
    "state": "Senator Ruth Alder (R-Pa.) Tuesday withdrew.",
    "degree": "Mara Quill, Ph.D., led the survey.",
    "lower case": "They grow e.g. barley, oats etc. on the terraces.",
    "web address": "The minutes are at council.example.org/minutes.html for anyone.",
    "ellipsis inside": "We looked ... and found nothing.",
    "bracketed ellipsis": "The mayor [...] never signed the lease.",
    "remark": "The clerk signed twice (!) Monday and once Friday.",
    "question in a quotation": '"Who paid for the bridge?" she asked.',
    "name asks": '"Who paid for the bridge?" Ilse Brandt asked.',
    "statement in a quotation": '"We paid for the bridge!" said Brandt.',
    "author after a dash": '"The bridge was never paid for." — Ilse Brandt',
    "list number": "2. The bridge.",
    "no stop": "Rotten Piles Close the North Quay",
    "note after a space": "The quay was built in oak. [12]",
    "two notes": "The quay was built in oak. [ 3 ] [ 4 - 6 ]",
    "note in words": "The quay was built in oak. [citation needed]",
    "raised note": "The quay was built in oak.¹²",
    "day after a month": "The ferry sank on Sept. 11 Kestrel Bay time.",
    "for example": "They grow e.g. Barley on the terraces.",
}


@pytest.mark.parametrize("text", ONE_SENTENCE.values(), ids=ONE_SENTENCE)
def test_one_sentence(text: str) -> None:
    """A stop that belongs to a word, a number or a quotation ends no sentence."""
    assert split(text) == [text]


TWO_SENTENCES = {
    "plain": ("The quay closed.", "Boats moved."),
    "note between": ("The quay closed. [3]", "Boats moved."),
    "notes between": ("The quay closed.[3][4]", "Boats moved."),
    "raised note between": ("The quay closed.8", "Boats moved."),
    "figure that was raised": ("The quay closed. 8", "Boats moved."),
    "figure that begins": ("The quay closed.", "8 boats moved."),
    "brackets that begin": ("The quay closed.", "[The boats] moved."),
    "question": ("Who paid?", "The city did."),
    "country at the end": ("He flew home to the U.S.", "The hearing went on."),
    "company at the end": ("She sold Brightwater Inc.", "They bought it back."),
    "time at the end": ("It opened at 9 a.m.", "But nobody came."),
    "month at the end": ("It opened in Feb.", "Sales were poor."),
    "no": ("He said no.", "Marsh said yes."),
    "number first": ("Nobody was hurt.", "40 people were moved."),
    "ellipsis": ("We waited...", "Nobody came."),
    "one-character ellipsis": ("We waited…", "Nobody came."),
    "omission": ("The lease was signed. [...]", "However, no rent was paid."),
    "closing quotation mark": ('He said, "The quay is shut."', "Boats moved."),
    "curly quotation mark": ("He said, “The quay is shut.”", "“Boats moved,” she said."),
    "quotation in a quotation": ("“He said, ‘Shut it.’”", "Boats moved."),
    "abbreviation in a quotation": ('He called it "the best port in the U.S."', "Marsh agreed."),
    "two in one quotation": ('"The quay is shut.', 'We moved the boats," she said.'),
    "bracket": ("(The quay is shut.)", "Boats moved."),
    "note mark": ("The quay is shut.[12]", "Boats moved.[3]"),
    "two marks": ("The quay is shut?!", "Boats moved."),
    "ellipsis first": ("... and it was shut.", "Boats moved."),
}


@pytest.mark.parametrize("pair", TWO_SENTENCES.values(), ids=TWO_SENTENCES)
@pytest.mark.parametrize("gap", [" ", "  ", "\n\n", "\u00a0"])
def test_two_sentences(pair: tuple[str, str], gap: str) -> None:
    """A stop with white space after it ends a sentence; what closes there stays with it."""
    assert split(gap.join(pair)) == list(pair)


def test_heading_and_paragraphs() -> None:
    """A heading without a stop is a sentence, as its line is a paragraph."""
    heading = "Rotten Piles Close the North Quay"
    first = "The harbour master closed the quay on Tuesday after divers found rot in two piles."
    second = "Boats moved to the fish market, and repairs will take until the autumn of next year."
    assert split(f"{heading}\n{first} {second}\n{second}") == [heading, first, second, second]


def test_wrapped_lines() -> None:
    """Sentences reach over lines that were broken at a column."""
    prose = (
        "The harbour master, Capt. Tom Reyes, closed the north quay on Tuesday. He told the "
        "Harbour Gazette that divers had found rot in two of its timber piles. Boats moved."
    )
    text = textwrap.fill(prose, 50)
    assert [" ".join(sentence.split()) for sentence in split(text)] == split(prose)
    assert len(split(prose)) == 3


def test_a_row_of_dots() -> None:
    """A leader of dots is no row of sentences, and takes no longer than other text."""
    assert split("Contents" + "." * 100_000 + "3") == ["Contents" + "." * 100_000 + "3"]


def test_sentence_of() -> None:
    """A span belongs to the sentence it starts in, counted from 1."""
    text = "The quay closed. Boats moved. Nobody was hurt."
    spans = sentences(text)
    assert sentence_of(spans, Span(0, 3)) == 1
    assert sentence_of(spans, Span(text.index("Boats"), len(text))) == 2
    assert sentence_of(spans, Span(text.index("hurt"), len(text))) == 3


def test_sentence_of_white_space() -> None:
    """A span that starts between two sentences belongs to the second."""
    assert sentence_of(sentences("It closed.  It opened."), Span(10, 14)) == 2


def test_sentence_of_another_text() -> None:
    """A span after the last sentence belongs to no sentence of this text."""
    with pytest.raises(InputError, match="No sentence holds offset 40"):
        sentence_of(sentences("It closed."), Span(40, 44))


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\"'”)[]-\n")) | st.text())
def test_covers_everything_once(text: str) -> None:
    """Sentences hold every character that is not white space, once and in order."""
    spans = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\"'”)[]-\n"), min_size=1))
def test_sentence_of_every_sentence(text: str) -> None:
    """Each sentence starts in itself."""
    spans = sentences(text)
    assert [sentence_of(spans, span) for span in spans] == list(range(1, len(spans) + 1))
