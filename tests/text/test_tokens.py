"""Tokens: words, figures and signs in comparable form, however a page was set."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Tokens
from ledger.text.layout import orders


def keys(text: str) -> list[str]:
    return Tokens(text).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “north” quay—closed", "the 'north' quay -- closed"),
        ("the ofﬁce is oﬀ", "the office is off"),
        ("a\u00a0quay of 1,500\u202ftons", "a quay of 1,500 tons"),
        ("un\u00adsafe", "unsafe"),
        ("the har-\nbour", "the harbour"),
        ("the har\u00ad\n  bour", "the harbour"),
        ("the har-\n\fbour", "the harbour"),
        ("the U.S. Navy", "the US navy"),
        ("in the U.S, they", "in the US they"),
        ("rot in its piles[12] and", "rot in its piles and"),
        ("5 % of it", "5% of it"),
    ],
)
def test_the_same_words_have_the_same_tokens(one: str, other: str) -> None:
    """How words are typed or set is no difference."""
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-5 degrees", "5 degrees"),
        ("$5", "€5"),
        ("5%", "5"),
        ("1.5", "1,5"),
        ("1-5", "15"),
        (".5 of it", "5 of it"),
        ("10²", "102"),
        ("1½", "11/2"),
        ("can", "can't"),
        ("[3] of them", "of them"),
    ],
)
def test_what_changes_a_figure_or_a_word_is_a_token(one: str, other: str) -> None:
    """Signs, decimal marks and negations are compared."""
    assert keys(one) != keys(other)


def test_a_broken_word_may_have_been_a_compound() -> None:
    """A word broken at its hyphen is in two where the other has it in two."""
    text = Tokens("a well-\nknown quay")
    assert text.keys == ["a", "wellknown", "quay"]
    split = text.split_where(["well", "known"])
    assert split is not None
    assert split.keys == ["a", "well", "known", "quay"]
    assert text.split_where(["a", "quay"]) is None


@given(st.text(st.sampled_from("aé1.- \n\f\u00ad[]$'ﬁU"), max_size=60))
def test_tokens_stand_where_they_say(text: str) -> None:
    """Spans are in the text and in order, and a token begins at its span."""
    tokens = Tokens(text)
    ends = 0
    for at in range(len(tokens)):
        span = tokens.span(at, at + 1)
        assert ends <= span.start < span.end <= len(text)
        ends = span.end


HEADED = """\
The council has said that it will close the
north quay and that the ferry will go on from

THE HARBOUR GAZETTE                  12

the fish market until the work is done. The
engineer had found rot in the piles of the

THE HARBOUR GAZETTE                  13

quay.
"""

COLUMNED = """\
The council will close        Divers found rot in the
the north quay. The fer-      piles. The engineer had
ry will go on from the        asked for money in May.
fish market. It takes         Nobody answered before
one hour more.                the autumn.
"""


def test_heads_of_pages_are_left_out_in_another_order() -> None:
    """A head that comes again with another number is no part of the sentence around it."""
    (order,) = orders(HEADED)
    read = Tokens(HEADED, order)
    assert "GAZETTE" not in read.read
    assert list(read.runs("go on from the fish market".split()))
    assert not list(Tokens(HEADED).runs("go on from the fish market".split()))


def test_a_line_that_turns_a_sentence_round_is_no_head() -> None:
    """An answer that comes again is never taken for the head of a page."""
    assert orders("Did you see it?\n\nNo, never\n\nDid you sell it?\n\nNo, never\n\n") == ()


def test_columns_are_read_down() -> None:
    """A sentence goes on in the next line of its column, and a word broken there is one."""
    readings = list(Tokens(COLUMNED).readings)
    assert any(list(one.runs("quay the ferry will go on".split())) for one in readings[1:])
    assert any(list(one.runs("one hour more divers found rot".split())) for one in readings[1:])


@pytest.mark.parametrize("text", ["", "One line.", "Two  spaces.  After stops.\nAs typists  do.\nAnd again.  So."])
def test_plain_text_has_one_order(text: str) -> None:
    """Prose without heads and columns is only read as it stands."""
    assert orders(text) == ()


@given(st.text(st.sampled_from("a1 \n\f-"), max_size=200))
def test_an_order_has_no_word_twice(text: str) -> None:
    """An order leaves lines out or puts them elsewhere, and repeats none."""
    for order in orders(text):
        spans = sorted(order)
        assert all(a.end <= b.start for a, b in pairwise(spans))
