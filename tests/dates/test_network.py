"""The temporal network: what can hold together, and the fewest records that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.network import ORIGIN, Conflict, Constraint, Recurring, TemporalNetwork

Found = Conflict | None


def order(earlier: str, later: str, gap: int = 0, record: str = "") -> Constraint:
    return Constraint(earlier, later, gap, (record or f"{earlier}-{later}",), f"{earlier} before {later}")


def not_before(moment: str, day: int) -> Constraint:
    return Constraint(ORIGIN, moment, day, (f"{moment}-first",), f"{moment} is not before {day}")


def not_after(moment: str, day: int) -> Constraint:
    return Constraint(moment, ORIGIN, -day, (f"{moment}-last",), f"{moment} is not after {day}")


def on(moment: str, month: int, day: int) -> Recurring:
    def following(start: int) -> int:
        while (date.fromordinal(start).month, date.fromordinal(start).day) != (month, day):
            start += 1
        return start

    return Recurring(moment, following, (f"{moment}-on",), f"{moment} was on {day}/{month}")


def ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def possible(constraints: Sequence[Constraint], days: range) -> bool:
    """Try every assignment of days, for few moments and days."""
    moments = sorted({name for one in constraints for name in (one.earlier, one.later)} - {ORIGIN})

    def assign(chosen: dict[str, int]) -> bool:
        at = {ORIGIN: 0, **chosen}
        known = [one for one in constraints if one.earlier in at and one.later in at]
        if any(at[one.later] < at[one.earlier] + one.gap for one in known):
            return False
        if len(chosen) == len(moments):
            return True
        return any(assign({**chosen, moments[len(chosen)]: day}) for day in days)

    return assign({})


def test_orders_that_can_hold_have_no_conflict() -> None:
    """A strike before a vote before a speech, with days that allow it."""
    network = TemporalNetwork(
        [order("strike", "vote"), order("vote", "speech"), not_before("strike", 5), not_after("speech", 5)]
    )
    assert network.conflicts() == ()


def test_two_orders_both_ways_are_a_conflict() -> None:
    """Each strictly before the other cannot be, whatever the dates."""
    (conflict,) = TemporalNetwork([order("strike", "vote", 1), order("vote", "strike", 1)]).conflicts()
    assert conflict.records == ("strike-vote", "vote-strike")
    assert conflict.because == ("strike before vote", "vote before strike")


def test_a_longer_circle_is_told_in_its_order() -> None:
    """The circle is read from one event to the next."""
    (conflict,) = TemporalNetwork(
        [order("c", "a", 1), order("a", "b", 1), order("b", "c", 1), order("a", "x", 1)]
    ).conflicts()
    assert len(conflict.records) == 3
    reasons = [one for one in conflict.reasons if isinstance(one, Constraint)]
    assert all(one.later == next_.earlier for one, next_ in pairwise(reasons))


def test_a_date_too_late_through_others_names_only_what_matters() -> None:
    """A first day, two orders and a last day; an order beside them is not in the explanation."""
    network = TemporalNetwork(
        [
            not_before("call", 20),
            order("call", "report"),
            order("report", "speech"),
            not_after("speech", 18),
            order("call", "elsewhere"),
            not_before("report", 3),
        ]
    )
    (conflict,) = network.conflicts()
    assert conflict.records == ("call-first", "call-report", "report-speech", "speech-last")


def test_each_of_two_conflicts_is_told() -> None:
    """One that was found does not hide another."""
    network = TemporalNetwork(
        [not_before("a", 9), order("a", "b"), not_after("b", 1), order("a", "c"), not_after("c", 2)]
    )
    assert len(network.conflicts()) == 2


def test_what_is_added_to_a_sound_network_is_refused_when_it_cannot_hold() -> None:
    """The constraint that does not fit is left out, and what fits afterwards is taken."""
    network = TemporalNetwork([not_before("a", 3), order("a", "b", 2)])
    refused = network.add(not_after("b", 4))
    assert refused is not None and refused.records == ("a-b", "a-first", "b-last")
    assert network.add(not_after("b", 5)) is None
    assert network.conflicts() == ()


def test_an_order_of_a_moment_with_itself() -> None:
    """Nothing is a day before itself; on its own day it is."""
    network = TemporalNetwork()
    assert network.add(order("a", "a")) is None
    assert network.add(order("a", "a", 1)) is not None
    assert len(TemporalNetwork([order("a", "a", 1)]).conflicts()) == 1


def test_a_day_of_a_year_unknown_is_looked_for_between_its_neighbours() -> None:
    """No 2 May lies between June and December of one year; one lies between June and the next June."""
    orders = [order("event", "report"), order("report", "quoted"), not_before("event", ordinal(2031, 6, 1))]
    sound = TemporalNetwork([*orders, not_after("quoted", ordinal(2032, 6, 1))], [on("report", 5, 2)])
    assert sound.conflicts() == ()
    (conflict,) = TemporalNetwork(
        [*orders, not_after("quoted", ordinal(2031, 12, 1))], [on("report", 5, 2)]
    ).conflicts()
    assert conflict.records == ("event-first", "event-report", "quoted-last", "report-on", "report-quoted")


def test_days_of_unknown_years_in_an_order_can_hold() -> None:
    """16 April, then 2 May, then a speech: some year allows it, so nothing is wrong."""
    network = TemporalNetwork(
        [order("call", "report"), order("report", "speech")], [on("call", 4, 16), on("report", 5, 2)]
    )
    assert network.conflicts() == ()


def test_days_that_recur_within_a_circle_come_to_an_end() -> None:
    """Two days without a year that are to lie closer than they ever do are not looked for without end."""
    within = [order("call", "report"), order("report", "call", -3), not_before("call", ordinal(2031, 1, 1))]
    assert TemporalNetwork(within, [on("call", 4, 16), on("report", 5, 2)]).conflicts() == ()


small = st.lists(
    st.builds(
        lambda kind, a, b, gap, record: (
            order(a, b, gap % 4 - 1, f"r{record}")
            if kind == 0
            else not_before(a, gap)
            if kind == 1
            else not_after(a, gap)
        ),
        st.integers(0, 2),
        st.sampled_from("abc"),
        st.sampled_from("abc"),
        st.integers(0, 5),
        st.integers(0, 6),
    ),
    max_size=9,
)


@given(small)
def test_a_conflict_is_found_where_no_days_fit_and_nowhere_else(constraints: list[Constraint]) -> None:
    """The network agrees with trying every day for every moment."""
    assert bool(TemporalNetwork(constraints).conflicts()) is not possible(constraints, range(-6, 14))


@given(small)
def test_every_record_of_an_explanation_is_needed(constraints: list[Constraint]) -> None:
    """The records named contradict one another; without any one of them the rest can hold."""
    for conflict in TemporalNetwork(constraints).conflicts(most=3):
        named = [one for one in constraints if set(one.records) <= set(conflict.records)]
        assert not possible(named, range(-6, 14))
        for record in conflict.records:
            assert possible([one for one in named if record not in one.records], range(-6, 14))


@given(small)
def test_adding_one_by_one_refuses_what_all_at_once_would(constraints: list[Constraint]) -> None:
    """What an addition takes or refuses is what a look at the whole finds."""
    network, taken = TemporalNetwork(), list[Constraint]()
    for constraint in constraints:
        refused: Found = network.add(constraint)
        sound = possible([*taken, constraint], range(-6, 14))
        assert (refused is None) is sound
        if sound:
            taken.append(constraint)


@pytest.mark.long
def test_a_long_chain_below_a_circle_is_read_in_one_pass() -> None:
    """Fifty thousand orders after a pair that is held together are no trouble, in whatever order they come."""
    chain = [order(f"e{number}", f"e{number + 1}", 1) for number in range(50_000)]
    held = [order("x", "e0"), order("e0", "x", -2), not_before("x", 1)]
    (conflict,) = TemporalNetwork([*chain[::-1], *held, not_after("e50000", 50_000)]).conflicts()
    assert len(conflict.records) == 50_003
