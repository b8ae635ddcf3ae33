"""What is read as a date, what is refused, and in which words."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import BadDate, Edtf, parse
from ledger.dates.edtf import MAX_LENGTH
from ledger.errors import InputError


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


years = st.integers(1, 9998)
marks = st.sampled_from(["", "~", "?", "%"])


@st.composite
def single_dates(draw: st.DrawFn) -> str:
    """Any one date this package reads, a moment excepted."""
    year, month = draw(years), draw(st.integers(1, 12))
    number = draw(st.integers(1, monthrange(year, month)[1]))
    written = draw(
        st.sampled_from(
            [
                f"{year:04}-{month:02}-{number:02}",
                f"{year:04}-{month:02}-XX",
                f"{year:04}-{month:02}",
                f"{year:04}-XX-XX",
                f"{year:04}-XX",
                f"{year:04}",
                f"{year:04}"[:3] + "X",
                f"{year:04}"[:2] + "XX",
                f"{year:04}-{draw(st.integers(21, 24))}",
                f"XXXX-{month:02}-{number:02}",
                f"XXXX-{month:02}-XX",
                f"XXXX-{month:02}",
            ]
        )
    )
    return written + draw(marks)


@st.composite
def any_dates(draw: st.DrawFn) -> str:
    """Any text in the grammar; a few of its intervals run backwards."""
    one, two, three = draw(single_dates()), draw(single_dates()), draw(single_dates())
    return draw(
        st.sampled_from(
            [
                one,
                f"{one}/{two}",
                f"{one}/..",
                f"../{one}",
                f"{one}/",
                f"/{one}",
                f"[{one},{two}]",
                f"[{one}, {two}..{three}]",
                f"[{one}..]",
                f"[..{one}, {two}]",
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-05-02", "2025-05-02", "2025-05-02"),
        ("2025-05", "2025-05-01", "2025-05-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02-XX", "2024-02-01", "2024-02-29"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("2025-XX-XX", "2025-01-01", "2025-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2025-02/2025-05", "2025-02-01", "2025-05-31"),
        ("[2025-05-02,2025-05-09]", "2025-05-02", "2025-05-09"),
        ("[2025-05-02..2025-05-04,2024]", "2024-01-01", "2025-05-04"),
        ("2025-05/2025-05-02", "2025-05-01", "2025-05-02"),
    ],
)
def test_bounds(text: str, earliest: str, latest: str) -> None:
    """The bounds are the first and the last day that the date can mean."""
    found = parse(text)
    assert (found.earliest, found.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-04/..", "2025-04-01", None),
        ("2025-04/", "2025-04-01", None),
        ("[2025-04..]", "2025-04-01", None),
        ("../2025-04", None, "2025-04-30"),
        ("/2025-04", None, "2025-04-30"),
        ("[..2025-04]", None, "2025-04-30"),
    ],
)
def test_open_ends(text: str, earliest: str | None, latest: str | None) -> None:
    """An end that is open or unknown has no bound."""
    found = parse(text)
    assert found.earliest == (earliest and day(earliest))
    assert found.latest == (latest and day(latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-21", "2025-03-01", "2025-12-31"),
        ("2025-22", "2024-12-01", "2026-03-31"),
        ("2025-23", "2025-03-01", "2025-12-31"),
        ("2025-24", "2024-12-01", "2026-03-31"),
    ],
)
def test_seasons_hold_for_both_hemispheres(text: str, earliest: str, latest: str) -> None:
    """A season's bounds hold it north and south, before and after the new year."""
    found = parse(text)
    assert (found.earliest, found.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    "text",
    ["XXXX-05-02", "XXXX-05", "XXXX-05-XX~", "2025-04/XXXX-05", "[2025,XXXX-05]"],
)
def test_an_unknown_year_has_no_bounds(text: str) -> None:
    """A date in which some year is missing is bounded on neither side."""
    found = parse(text)
    assert not found.year_known
    assert (found.earliest, found.latest, found.reach) == (None, None, (None, None))


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025-05", False, False),
        ("2025-05~", True, False),
        ("2025-05?", False, True),
        ("2025-05%", True, True),
        ("2025-02~/2025-05?", True, True),
    ],
)
def test_marks(text: str, approximate: bool, uncertain: bool) -> None:
    """~ makes a date approximate, ? uncertain and % both, at either end of an interval."""
    found = parse(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)


def test_a_mark_softens_only_its_own_end() -> None:
    """A marked date reaches as far again as it is long; an unmarked end stays hard."""
    assert parse("2025-05~").reach == (day("2025-03-31"), day("2025-07-01"))
    assert parse("2025-05~/2025-06").reach == (day("2025-03-31"), day("2025-06-30"))


def test_a_moment_holds_its_own_day_and_the_day_in_utc() -> None:
    """21:00 on 1 May, four hours behind UTC, can be given as 1 May or as 2 May."""
    found = parse("2025-05-01T21:00:00-04:00")
    assert (found.earliest, found.latest) == (day("2025-05-01"), day("2025-05-02"))
    assert found.moment == parse("2025-05-02T01:00:00Z").moment


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(lambda d: d.replace(microsecond=0)),
    st.integers(-1439, 1439),
)
def test_moments_agree_with_datetime(local: datetime, minutes: int) -> None:
    """A moment counts the same seconds in UTC as the standard library does."""
    moment = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    utc = moment.astimezone(UTC)
    seconds = utc.hour * 3600 + utc.minute * 60 + utc.second
    assert parse(moment.isoformat()).moment == utc.toordinal() * 86_400 + seconds


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 2025-05-02 ", "2025-05-02"),
        ("[2025-05-03, 2025-05-02,2025-05-03]", "[2025-05-02,2025-05-03]"),
        ("[2025]", "2025"),
        ("2025-05-02T14:03:00+00:00", "2025-05-02T14:03:00Z"),
        ("2025-05-02T14:03:00+02", "2025-05-02T14:03:00+02:00"),
    ],
)
def test_one_text_for_one_date(text: str, canonical: str) -> None:
    """Spellings of the same date become the same text, and are equal."""
    assert str(parse(text)) == canonical
    assert parse(text) == parse(canonical)
    assert hash(parse(text)) == hash(parse(canonical))


@given(years, st.integers(1, 12))
def test_days_are_counted_as_datetime_does(year: int, month: int) -> None:
    """A month runs from the standard library's number of its first day to its last."""
    found = parse(f"{year:04}-{month:02}")
    assert found.earliest == date(year, month, 1).toordinal()
    assert found.latest == date(year, month, monthrange(year, month)[1]).toordinal()


def test_year_0000_comes_right_before_year_0001() -> None:
    """Year 0000 exists in ISO 8601, is a leap year, and ends the day before day 1."""
    found = parse("0000")
    assert (found.earliest, found.latest) == (-365, 0)


def test_the_leap_day() -> None:
    """29 February can be written without a year, and in a leap year."""
    assert parse("XXXX-02-29").earliest is None
    assert parse("2024-02-29").earliest == day("2024-02-29")


@given(st.dates(date(100, 1, 1), date(9900, 12, 31)))
def test_bounds_contain_every_day_that_matches(when: date) -> None:
    """A day lies within every coarser way of writing it."""
    iso = when.isoformat()
    for text in (
        iso,
        iso[:7],
        iso[:7] + "-XX",
        iso[:4] + "-XX",
        iso[:4],
        iso[:3] + "X",
        iso[:2] + "XX",
    ):
        found = parse(text)
        assert found.earliest is not None and found.latest is not None
        assert found.earliest <= when.toordinal() <= found.latest


@given(any_dates())
def test_text_round_trips(text: str) -> None:
    """A date read back from its own text is the same date, bounds and all."""
    try:
        found = parse(text)
    except BadDate as refused:
        assert refused.code == "reversed"
        return
    again = parse(str(found))
    assert again == found
    assert (again.earliest, again.latest, again.reach) == (
        found.earliest,
        found.latest,
        found.reach,
    )


@given(any_dates())
def test_bounds_are_in_order_and_within_reach(text: str) -> None:
    """The first day is never after the last, and the reach holds both."""
    try:
        found = parse(text)
    except BadDate:
        return
    first, last = found.reach
    if found.earliest is not None and found.latest is not None:
        assert first is not None and last is not None
        assert first <= found.earliest <= found.latest <= last


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-13-40", "there is no month 13"),
        ("2025-00", "there is no month 0"),
        ("2025-05-32", "there is no day 32"),
        ("2025-05-00", "there is no day 0"),
        ("2025-04-31", "April has no day 31"),
        ("XXXX-02-30", "February has no day 30"),
        ("2025-02-29", "February 2025 has no day 29"),
        ("1900-02-29", "February 1900 has no day 29"),
        ("2025-02/2025-02-30", "February has no day 30"),
        ("2025-05-02T24:00:00Z", "there is no hour 24"),
        ("2025-05-02T23:60:00Z", "there is no minute 60"),
        ("2025-05-02T23:59:60Z", "there is no second 60"),
        ("2025-05-02T23:59:59+02:75", "there is no minute 75"),
    ],
)
def test_impossible_dates(text: str, reason: str) -> None:
    """A well-formed date that no calendar has is impossible, and the part is named."""
    with pytest.raises(BadDate) as refused:
        parse(text)
    assert refused.value.code == "impossible"
    assert refused.value.message.endswith(f"is not a date: {reason}.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing is written"),
        ("25-05-02", 'the year "25" is not four digits'),
        ("2025-5", 'the month "5" is not two digits, or XX'),
        ("2025-05-2X", 'the day "2X" is not two digits, or XX'),
        ("2025-05-02-01", "its parts are not a year, a month and a day"),
        ("May 2, 2025", '"M" has no place in one'),
        ("Tuesday", '"u" has no place in one'),
        ("05/02/2025", "it has more than one slash"),
        ("-44-03-15", 'the year "44" is not four digits'),
        ("XXXX", "it gives neither a year nor a month"),
        ("XXXX-XX-02", "it gives neither a year nor a month"),
        ("2025-XX-02", "a day needs its month"),
        ("2025-21-05", "spring (21) takes no day"),
        ("2025-05-02T14", "a time needs hours, minutes and seconds"),
        (
            "2025-05-02T14:03:00Z/..",
            "a time of day cannot stand in an interval or a set",
        ),
        ("２025", "２ is a digit of another script, and only 0 to 9 are read"),
        ("2025\n", '"\\n" has no place in one'),
        ("[2025....]", '"." has no place in one'),
    ],
)
def test_malformed_dates(text: str, reason: str) -> None:
    """A text that is no date is malformed, and the part to correct is named."""
    with pytest.raises(BadDate) as refused:
        parse(text)
    assert refused.value.code == "malformed"
    assert refused.value.message.endswith(f"is not a date: {reason}.")


@pytest.mark.parametrize("text", ["/", "../..", "../", "[..]", "[]", "[2025,]"])
def test_a_date_needs_a_date(text: str) -> None:
    """An interval or set in which nothing is dated is refused."""
    with pytest.raises(BadDate, match=r"names no date|has an empty place"):
        parse(text)


@pytest.mark.parametrize("text", ["2025-05/2025-04", "[2025-05-03..2025-05-02]", "202X/2019"])
def test_reversed_intervals(text: str) -> None:
    """An interval that ends before it can start is refused, with the order to write."""
    with pytest.raises(BadDate, match="runs backwards") as refused:
        parse(text)
    assert refused.value.code == "reversed"
    assert recommended(refused.value).year_known


def recommended(refused: BadDate) -> Edtf:
    """Read the form that a reversed interval's hint recommends."""
    written = refused.hint.removeprefix("Write the earlier date first: ").removesuffix(".")
    return parse(f"[{written}]" if ".." in written else written)


@pytest.mark.parametrize("text", ["2025-05-02/2025-05", "2025/2025-02", "XXXX-05/XXXX-04"])
def test_an_interval_that_may_run_forwards_is_kept(text: str) -> None:
    """One reading in the right order is enough for an interval to be read."""
    assert parse(text).text == text


def test_a_refusal_is_an_input_error_with_a_form_that_works() -> None:
    """A bad date is bad input, and its hint shows dates that can be read."""
    with pytest.raises(InputError) as refused:
        parse("2025-13-40")
    assert str(refused.value) == (
        "2025-13-40 is not a date: there is no month 13. "
        "Write 2025-05-02, 2025-05, or XXXX-05-02 when the year is unknown."
    )


@pytest.mark.parametrize("text", ["9" * 10**6, "[" * 10**6, "2025," * 10**5, "1" * (MAX_LENGTH + 1)])
def test_huge_texts_are_refused_by_length(text: str) -> None:
    """A text longer than any date is refused unread, and not repeated in the message."""
    with pytest.raises(BadDate, match="too long") as refused:
        parse(text)
    assert len(str(refused.value)) < 200


@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.characters(), max_size=60),
        st.text(alphabet="0123456789X-/.[],~?%TZ:+ ", max_size=40),
        st.text(alphabet="0123456789٠١２３²Ⅷ-/", max_size=12),
        st.builds("{}{}".format, any_dates(), st.characters()),
    )
)
def test_hostile_text_is_a_date_or_a_bad_date(text: str) -> None:
    """Whatever the text, it is read or refused on one printable line."""
    try:
        parse(text)
    except BadDate as refused:
        assert str(refused).isprintable()
        assert refused.hint


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2025-05-02T14:03:00.000Z", "2025-05-02T14:03:00Z"),
        ("2025-05-02T14:03:00,5+0200", "2025-05-02T14:03:00+02:00"),
        ("2025-05-02T14:03Z", "2025-05-02T14:03:00Z"),
        ("2025-05-02T14:03", "2025-05-02T14:03:00"),
        ("2025-05-02 14:03:00 UTC", "2025-05-02T14:03:00Z"),
        ("20250502T140300-0330", "2025-05-02T14:03:00-03:30"),
        ("20250502", "2025-05-02"),
        ("2025-5-2", "2025-05-02"),
        ("2025.05.02", "2025-05-02"),
        ("Fri, 02 May 2025 14:03:00 +0200", "2025-05-02T14:03:00+02:00"),
        ("2025-Q2", "2025-34"),
    ],
)
def test_dates_as_programs_write_them_are_read(written: str, edtf: str) -> None:
    """What pages, mails and spreadsheets carry is one date, written in EDTF."""
    assert parse(written) == parse(edtf)
    assert str(parse(written)) == edtf


@pytest.mark.parametrize(
    "written", ["20250230", "2025-13-01T10:00:00.000Z", "2025-05-02T25:00", "05.02.2025", "1746180000"]
)
def test_what_is_no_sure_date_is_refused(written: str) -> None:
    """A day that there is not, one of two, and a bare count are no dates, however they are written."""
    with pytest.raises(BadDate):
        parse(written)


def test_a_time_without_a_zone_is_of_its_day_and_no_moment() -> None:
    """It cannot be put in order with others of that day."""
    found = parse("2025-05-02T14:03:00")
    assert (found.moment, found.earliest, found.latest) == (
        None,
        parse("2025-05-02").earliest,
        parse("2025-05-02").latest,
    )


def test_a_quarter_is_three_months() -> None:
    """33 to 36 stand where a month stands, and take no day."""
    assert (parse("2025-34").earliest, parse("2025-34").latest) == (parse("2025-04").earliest, parse("2025-06").latest)
    assert (parse("2024-33").earliest, parse("2024-33").latest) == (parse("2024-01").earliest, parse("2024-03").latest)
    with pytest.raises(BadDate, match="takes no day"):
        parse("2025-34-01")
