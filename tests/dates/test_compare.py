"""Which date comes first, and the words for not knowing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import before, parse, why_not_known

WINDOW = range(date(2024, 2, 20).toordinal(), date(2024, 3, 11).toordinal())


def iso(number: int) -> str:
    return date.fromordinal(number).isoformat()


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, set[int]]:
    """A date within the window as text, with every day it can mean."""
    days = sorted(draw(st.sets(st.sampled_from(WINDOW), min_size=1, max_size=4)))
    first, last = days[0], days[-1]
    filled = set(range(first, last + 1))
    return draw(
        st.sampled_from(
            [
                (iso(first), {first}),
                (f"{iso(first)}/{iso(last)}", filled),
                (f"[{iso(first)}..{iso(last)}]", filled),
                (f"[{','.join(map(iso, days))}]", set(days)),
            ]
        )
    )


dates = st.one_of(
    spans().map(lambda span: span[0]),
    st.sampled_from(
        [
            *("2024", "2024-02", "202X", "2023-24", "XXXX-02-28"),
            *("2024?", "2024-03~", "2024-02-28~", "2023/2024-02%"),
            *("2024-03/..", "../2024-02", "/2024-02-25", "[2024-03..]"),
            *("2024-02-28T23:00:00Z", "2024-02-28T23:30:00-02:00"),
        ]
    ),
)


@given(spans(), spans())
def test_before_agrees_with_trying_every_day(a: tuple[str, set[int]], b: tuple[str, set[int]]) -> None:
    """True means every pair of days is in order, False that none is, None that some are."""
    pairs = {x < y for x in a[1] for y in b[1]}
    expected = None if len(pairs) == 2 else pairs.pop()
    assert before(parse(a[0]), parse(b[0])) is expected


@given(dates, dates)
def test_before_is_antisymmetric(a: str, b: str) -> None:
    """When a is before b, b is not before a."""
    if before(parse(a), parse(b)):
        assert before(parse(b), parse(a)) is False


@given(dates, dates)
def test_a_reason_is_given_exactly_when_it_is_needed(a: str, b: str) -> None:
    """There is a reason for not knowing when, and only when, nothing is known."""
    known = before(parse(a), parse(b)) is not None
    assert (why_not_known(parse(a), parse(b)) == "") is known


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2025-05-01", "2025-05-02", True),
        ("2025-05-02", "2025-05-02", False),
        ("2025-04", "2025-05", True),
        ("2025-05", "2025-05-01", False),
        ("2025-05", "2025-05-02", None),
        ("../2025-04", "2025-05/..", True),
        ("2025-05/..", "2025-05-01", False),
        ("2025-05/..", "2030", None),
        ("XXXX-05-02", "2025", None),
        ("2025-05~", "2025-06-15", None),
        ("2025-05~", "2025-08", True),
        ("2025-05-02~", "2025-05-02~", None),
        ("2024?", "2027", True),
    ],
)
def test_before(a: str, b: str, expected: bool | None) -> None:
    """A date is before another when no reading of the two contradicts it."""
    assert before(parse(a), parse(b)) is expected


def test_moments_are_compared_to_the_second() -> None:
    """Two moments of one day are in order, whatever their zones."""
    morning, noon = (
        parse("2025-05-02T09:00:00-04:00"),
        parse("2025-05-02T15:30:00+02:00"),
    )
    assert before(morning, noon) is True
    assert before(noon, morning) is False


def test_a_moment_is_not_before_its_own_day() -> None:
    """A moment and the day it falls on are the same date, both ways."""
    moment, its_day = parse("2025-05-02T14:03:00Z"), parse("2025-05-02")
    assert before(moment, its_day) is False
    assert before(its_day, moment) is False


def test_a_day_that_differs_in_utc_cannot_be_ordered() -> None:
    """An evening whose day is another one in UTC is not called earlier than that day."""
    evening = parse("2025-05-01T21:00:00-04:00")
    assert before(evening, parse("2025-05-02")) is None
    assert before(parse("2025-05-01"), evening) is None


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("XXXX-05-02", "2025", "no year is given for 2 May"),
        ("2025", "[2024,XXXX-05]", "no year is given for May"),
        ("2025-05", "2025-05-02", "they overlap: May 2025 contains 2 May 2025"),
        ("2025-05-02", "2025", "they overlap: 2025 contains 2 May 2025"),
        ("2025", "2025", "they overlap: both are 2025"),
        (
            "2025-02/2025-05",
            "2025-04",
            "they overlap: between February and May 2025, and April 2025",
        ),
        ("2025-05~", "2025-06-15", "one of them is approximate, and they are close"),
        ("2025?", "2026-03", "one of them is uncertain, and they are close"),
        ("2025-05~", "2025-06~", "both are approximate, and they are close"),
        ("2025-04/..", "2030", "no last day is given: from April 2025 on"),
        ("2020", "../2025-05", "no first day is given: until May 2025"),
        (
            "2025-05-01T21:00:00-04:00",
            "2025-05-02",
            "1 May 2025, 21:00 UTC-04:00 is another day in UTC",
        ),
        (
            "2025-05",
            "2025-05-02T14:03:00Z",
            "they overlap: May 2025 contains 2 May 2025, 14:03 UTC",
        ),
    ],
)
def test_why_not_known(a: str, b: str, reason: str) -> None:
    """The reason for not knowing names what is missing, soft or shared."""
    assert why_not_known(parse(a), parse(b)) == reason
