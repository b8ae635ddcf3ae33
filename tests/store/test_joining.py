"""Sets that have most of their words in common are found without comparing each with each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store import joining
from ledger.store.joining import WordSetJoin, bits_of, leading

LEAST = 0.6

Owned = Sequence[tuple[int, frozenset[str]]]

words = st.sampled_from("abcdefghijkl")
owned = st.lists(
    st.tuples(
        st.integers(0, 3), st.frozensets(words, max_size=8) | st.sampled_from([*map(frozenset, ("abc", "abcd"))])
    ),
    max_size=24,
)


def joined(sets: Owned) -> list[tuple[str, str]]:
    """Return the pairs that are found, by the places of the sets."""
    with closing(WordSetJoin()) as join:
        for place, (owner, words) in enumerate(sets):
            join.add(owner, str(place), words)
        return [(one, other) for _, one, _, other, _, _ in join.pairs(LEAST)]


def compared(sets: Owned) -> list[tuple[str, str]]:
    """Return the same by comparing all: of each set the nearest of each other owner, the first of equals."""
    shares = {
        (a, b): len(x & y) / len(x | y)
        for (a, (p, x)), (b, (q, y)) in combinations(enumerate(sets), 2)
        if p != q and x and len(x & y) / len(x | y) >= LEAST
    }
    both = {**shares, **{(b, a): share for (a, b), share in shares.items()}}

    def nearest(a: int, owner: int) -> int:
        return min((b for (one, b) in both if one == a and sets[b][0] == owner), key=lambda b: (-both[a, b], b))

    return sorted(
        ((str(a), str(b)) for a, b in shares if nearest(a, sets[b][0]) == b or nearest(b, sets[a][0]) == a),
        key=lambda pair: (int(pair[0]), int(pair[1])),
    )


@given(owned)
def test_it_finds_what_comparing_all_would(sets: Owned) -> None:
    """No pair is lost by looking at the rarest words only, and none is made up."""
    ordered = sorted(sets, key=lambda one: one[0])
    assert joined(ordered) == compared(ordered)


@given(st.integers(1, 500))
def test_enough_words_lead_to_a_set(size: int) -> None:
    """Of n words so many lead to a set that those left out are fewer than must be shared."""
    assert 1 <= leading(size, LEAST) <= size
    assert size - leading(size, LEAST) < LEAST * size
    assert size - leading(size, LEAST) + 1 >= LEAST * size - 1e-6


numbers = st.frozensets(st.integers(0, 1 << 41), max_size=90)


@given(numbers, numbers)
def test_bits_differ_in_no_more_than_words_do(one: frozenset[int], other: frozenset[int]) -> None:
    """So sets that are told apart by their bits are apart."""
    assert (bits_of(one) ^ bits_of(other)).bit_count() <= len(one ^ other)


def test_a_word_that_too_many_have_leads_to_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """But sets of the same words meet all the same."""
    monkeypatch.setattr(joining, "COMMON", 1)
    sets = [(0, frozenset("ab")), (0, frozenset("abc")), (1, frozenset("ab")), (1, frozenset("abcd"))]
    assert joined(sets) == [("0", "2")]


def test_many_of_the_same_words_meet_the_first_of_each_owner() -> None:
    """A sentence that two newsrooms have a thousand times each is not a million comparisons, nor as many pairs."""
    sets = [(number // 1_000, frozenset("abc")) for number in range(2_000)]
    assert len(joined(sets)) == 2 * 1_000 - 1
    assert joined(sets[:3] + sets[-3:]) == compared(sets[:3] + sets[-3:])
