"""date-valid: which written dates cannot be, which only look so, and what the record has the other way round."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from factledger_checkers.date_valid import DateValid
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Finding, Outcome
from ledger.testing import Case

from .days import DAYS, MONTHS, written

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SEEDED = settings(derandomize=True)


def said(case: Case) -> list[Finding]:
    return case.findings(DateValid())


def of(text: str, **fields: str) -> list[tuple[str, str]]:
    """Return the outcome and code of each finding on a claim of this text."""
    return [(finding.outcome.value, finding.code) for finding in said(Case(text, **fields))]


def quoted(words: str, published: str | None, **fields: str) -> Finding:
    """Return the one finding on a claim without dates whose evidence quotes these words."""
    case = Case("The bridge was closed.", **fields)
    case.evidence(case.source("Harbour Post", published=published), quote=words)
    (finding,) = said(case)
    return finding


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It closed on 31 February 2025.", "“31 February 2025” in the claim cannot be: February has no day 31."),
        ("It closed on 29 February 2023.", "“29 February 2023” in the claim cannot be: February 2023 has no day 29."),
        ("It closed on June 31.", "“June 31” in the claim cannot be: June has no day 31."),
        ("It closed on 31/02/2024.", "“31/02/2024” in the claim cannot be: February has no day 31."),
        ("It closed in 2023-W54.", "“2023-W54” in the claim cannot be: 2023 has no week 54 (ISO 8601)."),
        ("It closed on Wednesday May 2 2025.", "“Wednesday May 2 2025” in the claim is a Friday, not a Wednesday."),
        ("It closed on 2 May 2025 (Monday).", "“2 May 2025 (Monday)” in the claim is a Friday, not a Monday."),
        ("It closed on 2 May 2025, a Monday.", "“2 May 2025, a Monday” in the claim is a Friday, not a Monday."),
        (
            "It was out Fri Apr  7 17:27:24 BST 2005.",
            "“Fri Apr  7 2005” in the claim is a Thursday, not a Friday.",
        ),
        (
            "It was closed from 10 May 2031 to 1 May 2031.",
            "“from 10 May 2031 to 1 May 2031” in the claim runs backwards: 1 May 2031 is before 10 May 2031.",
        ),
    ],
)
def test_a_date_that_cannot_be_fails(text: str, reason: str) -> None:
    """What no calendar has is a problem, and the reason says what is there instead."""
    case = Case(text)
    (finding,) = said(case)
    assert (finding.outcome, finding.reason, finding.cites) == (Outcome.FAIL, reason, (case.claim.uid,))


@pytest.mark.parametrize(
    "text",
    [
        "It closed on 29 February 2024.",
        "It closed on Friday May 2 2025, and on Fri Apr  7 17:27:24 BST 2006.",
        "A lamp of 1500W75 and a score of 21-45 May be seen.",
        "The Edmonton Sun, August 16, 2008, had it.",
        "They wed 2 May 2025.",
        "It ran from November 2024 to February 2025, and from 28 December to 3 January.",
        "On Tuesday, 7 November 1917 the palace fell; on Wednesday, 7 November 1917 too.",
        "Am 31. Februar 2025 geschlossen.",
    ],
)
def test_what_can_be_passes(text: str) -> None:
    """Right dates, and names and numbers beside them, are left alone."""
    assert [outcome for outcome, _ in of(text)] == ["pass"]


@pytest.mark.parametrize(
    "text",
    ["The bridge is old.", "It is now open.", "In February 30 workers died; in May 45 did.", "It fell in 44 BC.", ""],
)
def test_where_no_date_is_written_nothing_is_passed(text: str) -> None:
    """Words without a day of the calendar are nothing of this kind."""
    assert [outcome for outcome, _ in of(text)] == ["not_applicable"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It closed on Wednesday, 2 May.", "no year is given to tell the weekday by"),
        ("It was so in recent months.", "it needs a reference date"),
        ("It closed on 29 February.", "only leap years have it"),
        ("There is no 31 February 2025: 31 February 2025 does not exist.", "speaks of a mistake"),
        ("It was wrongly dated 31 February 2025.", "speaks of a mistake"),
        ("It closed on 29 February 1900.", "in another calendar"),
        ("It was moved from 10 May 2031 to 1 May 2031.", "which may be meant"),
        ("It grew between 2023 and 2019.", "which may be meant"),
    ],
)
def test_what_cannot_be_told_is_said(text: str, why: str) -> None:
    """An open date, a date told as a mistake and another calendar are no problem, and no pass either."""
    (finding,) = said(Case(text))
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "open")
    assert why in finding.reason


@pytest.mark.parametrize("text", ["from 10 to 1 May 2031", "10-1 May 2031", "between 10 May 2031 and 1 May 2031"])
def test_an_interval_that_may_be_meant_is_a_warning(text: str) -> None:
    """Where the first day may be of another month, or the words may name no order, somebody should look."""
    assert of(f"It was closed {text}.") == [("warn", "reversed")]


def test_the_year_of_a_weekday_comes_from_the_source() -> None:
    """Without a year, the date of the source gives it where it is near; a wrong weekday is then to be looked at."""
    wrong = quoted("It closed on Wednesday, 2 May.", "2025-05-03")
    assert (wrong.outcome, wrong.code) == (Outcome.WARN, "weekday")
    assert wrong.reason == "“Wednesday, 2 May” in “Harbour Post” is a Friday in the year of its words, 3 May 2025."
    assert quoted("It closed on Friday, 2 May.", "2025-05-03").outcome is Outcome.PASS
    for published in (None, "2025", "XXXX-05-03", "2025-11-03"):
        assert quoted("It closed on Wednesday, 2 May.", published).outcome is Outcome.ABSTAIN, published


def test_the_year_of_a_weekday_comes_from_the_record() -> None:
    """A claim whose event is recorded on that day of the year has its year."""
    assert of("It closed on Wednesday, 2 May.", occurred="2025-05-02") == [("fail", "weekday")]
    assert of("It closed on Friday, 2 May.", occurred="2025-05-02") == [("pass", "can_be")]


def test_day_and_month_swapped_against_the_record() -> None:
    """3 April where 4 March is recorded is a likely swap: a problem where the words are certain, else a warning."""
    case = Case("It closed on 3 April 2025.", occurred="2025-03-04")
    (finding,) = said(case)
    assert (finding.outcome, finding.code, finding.cites) == (Outcome.FAIL, "swapped", (case.claim.uid,))
    assert finding.reason == (
        "“3 April 2025” in the claim; the event is recorded as 4 March 2025: day and month are swapped."
    )
    assert of("It closed on 3 April.", occurred="2025-03-04") == [("warn", "swapped")]
    assert of("It closed on 3 April 2025, after 9 March 2025.", occurred="2025-03-04") == [("warn", "swapped")]
    saying = quoted("It closes on 3 April 2025.", "2025-04-04", said="2025-03-04")
    assert (saying.outcome, saying.code) == (Outcome.WARN, "swapped")
    assert of("It closes on 3 April 2025.", said="2025-03-04", occurred="2025-04-03") == [("pass", "can_be")]


@pytest.mark.parametrize(
    "text",
    [
        "It closed on 4 March 2025.",
        "It closed on 03/04/2025.",
        "It closed on 3 April 2024.",
        "It closed on 5 April 2025.",
        "It closed on 3 April 2025, as voted on 4 March 2025.",
        "It closed in April 2025.",
    ],
)
def test_another_date_is_no_swap(text: str) -> None:
    """The recorded date among others, both orders at once, another year and another day are no swap."""
    assert of(text, occurred="2025-03-04") == [("pass", "can_be")]


def test_words_against_the_claim_are_no_swap() -> None:
    """Evidence that contradicts the claim may well have another date."""
    case = Case("It was closed.", occurred="2025-03-04")
    case.evidence(case.source("Harbour Post"), quote="It closed on 3 April 2025.", contradicts=True)
    assert [finding.outcome for finding in said(case)] == [Outcome.PASS]


@pytest.mark.parametrize(
    ("text", "occurred"),
    [
        ("It closed at 11:30 p.m. EST on 2 May 2031.", "2031-05-03"),
        ("It closed at 2031-05-02T23:30:00-05:00.", "2031-05-03"),
        ("It closed on 3 May 2031.", "2031-05-02T23:30:00-05:00"),
    ],
)
def test_a_day_apart_where_the_zone_explains_it(text: str, occurred: str) -> None:
    """The day that a moment has in UTC, recorded beside its own, is asked about; and only where an offset is given."""
    (finding,) = said(Case(text, occurred=occurred))
    assert (finding.outcome, finding.code) == (Outcome.WARN, "zone")
    assert finding.reason.endswith(": a day apart, which the zone may explain.")


@pytest.mark.parametrize(
    ("text", "occurred"),
    [
        ("It closed at 11:30 p.m. on 2 May 2031.", "2031-05-03"),
        ("It closed at 11:30 p.m. EST on 2 May 2031.", "2031-05-02"),
        ("It closed at 11:30 a.m. EST on 2 May 2031.", "2031-05-03"),
        ("It closed on 2 May 2031.", "2031-05-02T23:30:00-05:00"),
        ("It closed on 3 May 2031.", "2031-05-02"),
    ],
)
def test_a_day_apart_without_a_zone_to_explain_it(text: str, occurred: str) -> None:
    """Without an offset, or where UTC has the same day, nothing is said."""
    assert of(text, occurred=occurred) == [("pass", "can_be")]


def test_what_is_reported_is_found_where_it_is_claimed() -> None:
    """Of a claim that somebody said so, the reported date is checked where it is claimed to be so."""
    case = Case("The council said that it closed on 31 February 2025.")
    case.reports("It closed on 31 February 2025.")
    assert [finding.outcome for finding in said(case)] == [Outcome.NOT_APPLICABLE]


def test_where_the_words_stand_is_named_and_cited() -> None:
    """Quoted words name their source, and words in another language or of a withdrawn source are not read."""
    case = Case("The bridge was closed.")
    source = case.source("Harbour Post")
    item = case.evidence(source, quote="It closed on 31 February 2025.")
    case.evidence(source, quote="It closed on 30 February 2025.", language="es")
    gone = case.source("Old Post")
    case.evidence(gone, quote="It closed on 29 February 2025.")
    case.withdraw(gone, "Invented.")
    (finding,) = said(case)
    assert finding.reason == "“31 February 2025” in “Harbour Post” cannot be: February has no day 31."
    assert finding.cites == (item.uid, source.uid)


@given(day=DAYS, stated=st.integers(0, 6), reference=st.none() | st.integers(-20, 20))
@SEEDED
def test_every_weekday_of_every_day(day: date, stated: int, reference: int | None) -> None:
    """The weekday of a date with its year passes, and any other is found; both ways of writing it."""
    published = None if reference is None else (day + timedelta(reference)).isoformat()
    name = WEEKDAYS[stated]
    for text in (f"{name}, {written(day)}", f"{written(day)} ({name})", f"{written(day)}, a {name}"):
        finding = quoted(f"It closed on {text}.", published)
        assert finding.outcome is (Outcome.PASS if stated == day.weekday() else Outcome.FAIL), text
    if published is not None:
        finding = quoted(f"It closed on {name}, {day.day} {MONTHS[day.month - 1]}.", published)
        assert finding.outcome is (Outcome.PASS if stated == day.weekday() else Outcome.WARN), finding


@given(first=DAYS, length=st.integers(1, 300), joint=st.sampled_from(["from {} to {}", "from {} until {}"]))
@SEEDED
def test_every_interval_both_ways(first: date, length: int, joint: str) -> None:
    """An interval passes forwards and is found backwards."""
    ends = written(first), written(first + timedelta(length))
    assert of(f"It was closed {joint.format(*ends)}.") == [("pass", "can_be")]
    assert of(f"It was closed {joint.format(*reversed(ends))}.") == [("fail", "reversed")]


@given(year=st.integers(1930, 2090), month=st.integers(1, 12), day=st.integers(1, 31))
@SEEDED
def test_every_day_that_may_be(year: int, month: int, day: int) -> None:
    """A day of the calendar passes, any other is found, however it is written."""
    try:
        date(year, month, day)
        expected = ("pass", "can_be")
    except ValueError:
        expected = ("fail", "impossible")
    name = MONTHS[month - 1]
    for text in (f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month:02}-{day:02}"):
        assert of(f"It closed on {text}.") == [expected], text


@given(day=DAYS)
@SEEDED
def test_every_swap_is_found_and_no_other(day: date) -> None:
    """Recorded as written passes; recorded with day and month swapped fails, where that is another day."""
    text = f"It closed on {written(day)}."
    assert of(text, occurred=day.isoformat()) == [("pass", "can_be")]
    if day.day <= 12 and day.day != day.month:
        assert of(text, occurred=f"{day.year}-{day.day:02}-{day.month:02}") == [("fail", "swapped")]


@pytest.mark.parametrize(
    "piece", ["31 February 2025 ", "from 10 to 1 May ", "May ", "Sun ", "2 May 2025, a ", "the  \t"]
)
def test_long_texts_take_a_moment(piece: str) -> None:
    """A text made to be slow to read is read in a moment, and no more is said than a reader reads."""
    began = process_time()
    found = said(Case(piece * (20_000 // len(piece)), occurred="2025-03-04"))
    assert process_time() - began < 3
    assert len(found) <= 20
