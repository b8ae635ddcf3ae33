"""gap: distances, ages and anniversaries against the dates beside them, and what leaves them open."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from factledger_checkers.gap import Gap
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Finding, Outcome
from ledger.model import Order
from ledger.testing import Case

from .days import DAYS, written

SEEDED = settings(derandomize=True)
ORDINALS = {1: "first", 2: "second", 10: "tenth", 20: "twentieth", 25: "25th", 50: "fiftieth", 100: "hundredth"}


def of(text: str, **fields: object) -> list[tuple[str, str]]:
    """Return the outcome and code of each finding on a claim of this text."""
    return [(finding.outcome.value, finding.code) for finding in Case(text, **fields).findings(Gap())]


def only(case: Case) -> Finding:
    (finding,) = case.findings(Gap())
    return finding


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "On 15 May 2031, ten days after 2 May 2031, it reopened.",
            "“ten days after 2 May 2031” in the claim, but 13 days lie between 2 May 2031 and 15 May 2031.",
        ),
        (
            "Ten days after 2 May 2031, on 15 May 2031, it reopened.",
            "“Ten days after 2 May 2031” in the claim, but 13 days lie between 2 May 2031 and 15 May 2031.",
        ),
        (
            "It closed on 2 May 2031 and, ten days later, on 15 May 2031, opened.",
            "“ten days later” in the claim, but 13 days lie between 2 May 2031 and 15 May 2031.",
        ),
        (
            "On 22 May, ten days after 2 May, it reopened.",
            "“ten days after 2 May” in the claim, but 20 days lie between 2 May and 22 May.",
        ),
        (
            "On 5 July 2031, two weeks before 2 May 2031, it closed.",
            "“two weeks before 2 May 2031” in the claim, but 2 May 2031 is before 5 July 2031.",
        ),
        (
            "It was closed for 12 days, from 1 to 10 May 2031.",
            "“12 days” in the claim, but 9 days lie (10 with the first) between 1 May 2031 and 10 May 2031.",
        ),
        (
            "The 12-day strike ran from 1 May 2031 to 10 May 2031.",
            "“12-day” in the claim, but 9 days lie (10 with the first) between 1 May 2031 and 10 May 2031.",
        ),
        (
            "It was closed from 1 to 10 May, 12 days.",
            "“12 days” in the claim, but 9 days lie (10 with the first) between 1 May and 10 May.",
        ),
        (
            "It ruled for 20 years, from 2004 to 2016.",
            "“20 years” in the claim, but 11 to 13 years lie between 2004 and 2016.",
        ),
        (
            "Ann Lee, born in 1980, died aged 35 in 2025.",
            "“aged 35” in the claim: who was born in 1980, is 44 or 45 in 2025.",
        ),
        (
            "On 2 May 2028 it marked the tenth anniversary of the 2015 attack.",
            "“tenth anniversary of the 2015” in the claim, but 2 May 2028 is 13 years after 2015.",
        ),
    ],
)
def test_a_distance_that_no_reading_allows_fails(text: str, reason: str) -> None:
    """Both dates are named, with how far apart they are."""
    case = Case(text)
    finding = only(case)
    assert (finding.outcome, finding.reason, finding.cites) == (Outcome.FAIL, reason, (case.claim.uid,))


@pytest.mark.parametrize(
    "text",
    [
        "On 12 May 2031, ten days after 2 May 2031, it reopened.",
        "On 12 May, ten days after 2 May, it reopened.",
        "On 5 January 2031, ten days after 26 December, it closed.",
        "On 14 May 2031, about ten days after 2 May 2031, it closed.",
        "On 5 July 2031, more than two weeks after 2 May 2031, it closed.",
        "On 20 May 2031, two weeks after 2 May 2031, it closed.",
        "It was closed for 9 days, from 1 to 10 May 2031, and not for 10 days, from 1 to 10 May 2031.",
        "It was closed for two weeks, from 1 to 10 May 2031.",
        "It ruled for 12 years, from 2004 to 2016.",
        "Closed on 2 May 2031 after the storm of 28 April 2031, it reopened 14 days later, on 16 May 2031.",
        "On 2 May 2025 it marked the tenth anniversary of the 2015 attack.",
    ],
)
def test_a_distance_that_a_reading_allows_passes(text: str) -> None:
    """The first day counted or not, rounded, hedged, over a new year: each of these can be meant."""
    assert of(text) == [("pass", "fits")]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is old.",
        "From 1 to 10 May 2031, 3 days of rain fell.",
        "It was announced on 1 May 2031, and on 12 May 2031 it opened.",
        "She walked for 12 days and sang on 1 May 2031.",
        "Ann Lee, born in 1980, met Bob Ray, who died aged 70 in 2025.",
        "He was born in 1980 to a mother aged 25 in 1980.",
        "Ann Lee, 43, was elected.",
        "Work began ahead of the tenth anniversary of the 2015 attack, on 2 May 2024.",
        "At 24:00 weeks after 2031 it was 500 BC.",
        "",
    ],
)
def test_what_states_no_distance_between_dates_is_nothing_of_this_kind(text: str) -> None:
    """Lengths and ages that belong to no dates beside them are left alone."""
    assert of(text) == [("not_applicable", "no_distance")]


def test_a_distance_from_a_date_to_the_event() -> None:
    """What the claim counts from a date is compared with the recorded day of its event."""
    text = "The bridge reopened two days after 2 May 2031."
    outcomes = {
        day: of(text, occurred=day)[0]
        for day in ("2031-05-04", "2031-05-05", "2031-05-09", "2031-07", "2031-05", "2031-05-04~", "XXXX-05-09", None)
    }
    assert outcomes == {
        "2031-05-04": ("pass", "fits"),
        "2031-05-05": ("warn", "a_day"),
        "2031-05-09": ("fail", "apart"),
        "2031-07": ("fail", "apart"),
        "2031-05": ("abstain", "open"),
        "2031-05-04~": ("abstain", "open"),
        "XXXX-05-09": ("fail", "apart"),
        None: ("abstain", "open"),
    }
    assert only(Case(text, occurred="2031-05")).reason == (
        "“two days after 2 May 2031” in the claim: May 2031 is no one day, and leaves it open."
    )
    assert only(Case(text)).reason == "“two days after 2 May 2031” in the claim: the event has no date."


def test_the_recorded_date_may_be_of_the_earlier_event() -> None:
    """ "Closed on 2 May and opened two weeks later": either is the event."""
    text = "The bridge closed on 2 May 2031 and opened two weeks later."
    assert of(text, occurred="2031-05-02") == [("not_applicable", "no_distance")]
    assert of(text, occurred="2031-05-16") == [("pass", "fits")]
    assert of(text, occurred="2031-07-16") == [("fail", "apart")]
    text = "The bridge, closed on 1 April 2031, reopened two days after 2 May 2031."
    assert of(text, occurred="2031-04-01") == [("not_applicable", "no_distance")]
    assert of(text, occurred="2031-06-01") == [("warn", "apart")]


def test_a_distance_to_what_was_planned_is_left_open() -> None:
    """What is promised for a day is another event than the promise."""
    for text in ("He promised to reopen it ten days after 2 May 2031.", "It is due ten days after 2 May 2031."):
        assert of(text, occurred="2031-04-20") == [("abstain", "open")]
    assert of("He was banned for 12 days.", occurred="2031-05-01/2031-05-02") == [("not_applicable", "no_distance")]


def test_a_distance_to_what_has_no_date() -> None:
    """From an undated event nothing can be told, unless the claim records its order to it in days."""
    text = "The bridge closed ten days after the vote."
    (finding,) = Case(text, occurred="2031-05-02").findings(Gap())
    assert (finding.outcome, finding.reason) == (
        Outcome.ABSTAIN,
        "“ten days after” in the claim counts from something without a date.",
    )
    assert of(text, order=Order("the vote", None, 10, 10)) == [("pass", "fits")]
    assert of(text, order=Order("vote", None, 20, 30)) == [("fail", "order")]
    assert of(text, order=Order("vote", None, 20)) == [("fail", "order")]
    assert of(text, order=Order("vote", None, 9, 11)) == [("abstain", "open")]
    assert of(text, order=Order("vote", None)) == [("abstain", "open")]
    assert of(text, order=Order("storm", None, 20, 30)) == [("abstain", "open")]
    assert of(text, order=Order("vot", None, 20, 30)) == [("abstain", "open")]
    assert of("It closed ten days before the vote.", order=Order(None, "vote", 3, 4)) == [("fail", "order")]


@pytest.mark.parametrize("text", ["It was so in recent months.", "It closed a few days after the vote."])
def test_what_says_no_number_cannot_be_told(text: str) -> None:
    """ "Recent months" and "a few days" are no distance that could fit or not."""
    assert of(text, occurred="2031-05-02") == [("abstain", "open")]


def test_a_length_longer_than_the_event() -> None:
    """An event that is dated from one day to another cannot have taken longer; that it took less can be."""
    assert of("The bridge was closed for 12 days.", occurred="2031-05-01/2031-05-10") == [("warn", "longer")]
    assert of("The bridge was closed for 10 days.", occurred="2031-05-01/2031-05-10") == [("pass", "fits")]
    assert of("The bridge was closed for 5 days.", occurred="2031-05-01/2031-05-10") == [("pass", "fits")]


def test_an_age_against_a_birth_in_other_words() -> None:
    """A birth that evidence dates is compared with the age that the claim gives the same person, and both are cited."""
    outcomes = {}
    for age in (43, 44, 45, 34):
        case = Case(f"Ann Lee, {age}, was elected.", occurred="2025-05-02")
        source = case.source("Register", published="2025-05-02")
        item = case.evidence(source, quote="Ann Lee was born on 3 May 1980.")
        finding = only(case)
        outcomes[age] = finding.outcome
        assert finding.outcome is Outcome.PASS or {case.claim.uid, item.uid, source.uid} == set(finding.cites)
    assert outcomes == {43: Outcome.WARN, 44: Outcome.PASS, 45: Outcome.WARN, 34: Outcome.FAIL}
    other = Case("Bob Lee, 34, was elected.", occurred="2025-05-02")
    other.evidence(other.source("Register"), quote="Ann Lee was born on 3 May 1980.")
    assert only(other).code == "no_distance"


def test_an_age_without_a_day_cannot_be_told() -> None:
    """An age holds on a day: without one, and where the birthday of an unknown day decides, it is left open."""
    undated = Case("Ann Lee (34) was elected.")
    undated.evidence(undated.source("Register"), quote="Ann Lee was born on 3 May 1980.")
    assert (
        only(undated).reason == "“Ann Lee (34)” in the claim gives no day at which the age holds, and none is recorded."
    )
    assert of("Ann Lee, born in 1980, died aged 45 in 2025.") == [("abstain", "open")]


def test_an_age_may_be_that_of_a_later_day() -> None:
    """Who was 30 at the event may be 43 when the claim was written; nobody is younger then."""
    for age, expected in ((43, Outcome.ABSTAIN), (20, Outcome.FAIL)):
        case = Case(f"Ann Lee, {age}, was elected.", occurred="2010-06-02")
        case.evidence(case.source("Register"), quote="Ann Lee was born on 3 May 1980.")
        assert only(case).outcome is expected
    text = "The tenth anniversary of the 2015 attack was marked."
    open_end = Case(text)
    for published in (None, "2029-05-02"):
        open_end.evidence(open_end.source(f"Post of {published}", published=published))
    assert only(open_end).reason == (
        "“tenth anniversary of the 2015” in the claim: when it was written is not recorded."
    )


def test_births_that_differ_say_nothing() -> None:
    """Where two sources give the same name another birth, no age is held against either."""
    case = Case("Ann Lee, 12, was elected.", occurred="2025-05-02")
    for year in (1980, 1981):
        case.evidence(case.source(f"Register {year}"), quote=f"Ann Lee was born on 3 May {year}.")
    assert only(case).code == "no_distance"


def test_an_anniversary_against_the_record() -> None:
    """The year of the event, of the saying or of a source is that of the anniversary, or a year off, or wrong."""
    text = "The tenth anniversary of the 2015 attack was marked."
    assert [of(text, occurred=day)[0][0] for day in ("2025-05-02", "2026-01-02", "2028")] == ["pass", "warn", "fail"]
    assert of(text) == [("abstain", "open")]
    case = Case(text)
    source = case.source("Harbour Post", published="2029-05-02")
    case.evidence(source)
    assert (only(case).outcome, only(case).cites) == (Outcome.FAIL, (case.claim.uid, source.uid))


def test_words_that_evidence_quotes_are_held_against_themselves() -> None:
    """A passage that contradicts itself is found, and its source named; the claim's event is not held against it."""
    case = Case("The bridge was closed.", occurred="2031-07-02")
    source = case.source("Harbour Post")
    item = case.evidence(source, quote="It was closed for 12 days, from 1 to 10 May 2031.")
    case.evidence(source, quote="The vote came two days after 2 May 2031.")
    finding = only(case)
    assert finding.reason.startswith("“12 days” in “Harbour Post”, but 9 days lie")
    assert finding.cites == (item.uid, source.uid)


def test_what_is_reported_is_no_event_of_the_saying() -> None:
    """When something was said is not when it happened."""
    text = "Marta Quell said that the bridge reopened two days after 2 May 2031."
    assert of(text, reports="another", said="2031-06-04", occurred="2031-06-04") == [("not_applicable", "no_distance")]


@given(first=DAYS, length=st.integers(1, 400), wrong=st.integers(-300, 300), weeks=st.booleans(), after=st.booleans())
@SEEDED
def test_every_distance_between_two_dates(first: date, length: int, wrong: int, weeks: bool, after: bool) -> None:
    """A true distance passes; one that is off by more than its way of counting explains is found."""
    days = length * 7 if weeks else length
    unit = ("week" if weeks else "day") + ("" if length == 1 else "s")
    then = first + timedelta(days if after else -days)
    words = f"{length} {unit} {'after' if after else 'before'} {written(first)}"
    assert of(f"On {written(then)}, {words}, it opened.") == [("pass", "fits")]
    assert of(f"It opened {words}.", occurred=then.isoformat()) == [("pass", "fits")]
    off = then + timedelta(wrong)
    expected = {"pass"} if not wrong else {"warn"} if abs(wrong) == 1 else {"fail"}
    if weeks:
        expected = {"pass"} if abs(wrong) < 7 else {"fail"}
    assert {outcome for outcome, _ in of(f"On {written(off)}, {words}, it opened.")} == expected
    assert {outcome for outcome, _ in of(f"It opened {words}.", occurred=off.isoformat())} == expected


@given(first=DAYS, length=st.integers(2, 200), wrong=st.integers(-100, 100))
@SEEDED
def test_every_stretch(first: date, length: int, wrong: int) -> None:
    """A stretch of so many days passes with its first day counted or not, and is found otherwise."""
    last = written(first + timedelta(length))
    stated = length + wrong
    if stated > 1:
        expected = "pass" if wrong in (0, 1) else "fail"
        for text in (
            f"for {stated} days, from {written(first)} to {last}",
            f"from {written(first)} to {last} ({stated} days)",
        ):
            assert [outcome for outcome, _ in of(f"It was closed {text}.")] == [expected], text


@given(birth=DAYS, days=st.integers(366, 36_000), wrong=st.integers(-60, 60))
@SEEDED
def test_every_age(birth: date, days: int, wrong: int) -> None:
    """A true age passes on every day of life; one that is more than a year off is found."""
    on = birth + timedelta(days)
    years = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    if not 1 <= years + wrong <= 120:
        return
    case = Case(f"Ann Lee, {years + wrong}, was elected.", occurred=on.isoformat())
    case.evidence(case.source("Register", published=on.isoformat()), quote=f"Ann Lee was born on {written(birth)}.")
    expected = Outcome.PASS if not wrong else Outcome.WARN if abs(wrong) == 1 else Outcome.FAIL
    assert only(case).outcome is expected


@given(year=st.integers(1900, 2000), count=st.sampled_from(sorted(ORDINALS)), wrong=st.integers(-40, 40))
@SEEDED
def test_every_anniversary(year: int, count: int, wrong: int) -> None:
    """A true anniversary passes; one that is more than a year off is found."""
    text = f"The {ORDINALS[count]} anniversary of the {year} flood was marked."
    expected = "pass" if not wrong else "warn" if abs(wrong) == 1 else "fail"
    if count + wrong > 0:
        assert [outcome for outcome, _ in of(text, occurred=f"{year + count + wrong}-05-02")] == [expected]


@pytest.mark.parametrize(
    "piece",
    ["ten days after 2 May 2031, on ", "Aaaa", "Ann Lee ", "12 days, from 1 to 10 May ", "aged 43 in 2025 ", "born "],
)
def test_long_texts_take_a_moment(piece: str) -> None:
    """A text made to be slow to read is read in a moment, and no more is said than a reader reads."""
    began = process_time()
    found = Case(piece * (20_000 // len(piece)), occurred="2025-03-04").findings(Gap())
    assert process_time() - began < 3
    assert len(found) <= 20
