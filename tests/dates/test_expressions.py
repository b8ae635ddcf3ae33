"""Date expressions: what is found in English text, what it is worth, and what is left open."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import DateExpression, ExpressionKind, Unit, expressions, parse

THURSDAY = "2031-05-08"


def one(text: str, reference: str | None = None) -> DateExpression:
    """Return the only expression of a text."""
    (found,) = expressions(text, reference=reference)
    return found


def value(text: str, reference: str | None = None) -> str | None:
    found = one(text, reference)
    return None if found.edtf is None else found.edtf.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge closed on 2 May 2031.", "2031-05-02"),
        ("The bridge closed on May 2, 2031.", "2031-05-02"),
        ("The bridge closed on the 2nd of May, 2031.", "2031-05-02"),
        ("The second of May 2031 was wet.", "2031-05-02"),
        ("Friday, 2 May 2031: the bridge closes.", "2031-05-02"),
        ("closed 2031-05-02", "2031-05-02"),
        ("closed 2031-05-02T14:03:00+02:00", "2031-05-02T14:03:00+02:00"),
        ("closed 2 may 2031", "2031-05-02"),
        ("It opened in May 2031.", "2031-05"),
        ("It opened in Sept. 2031.", "2031-09"),
        ("It opened in 1987.", "1987"),
        ("The quay of the 1960s is gone.", "196X"),
        ("The 20th century was kind to the port.", "19XX"),
        ("The nineteenth century was not.", "18XX"),
        ("In summer 2031 the ferry ran.", "2031-22"),
        ("Tonnage fell in Q3 2031.", "2031-07/2031-09"),
        ("Tonnage fell in the third quarter of 2031.", "2031-07/2031-09"),
        ("Tonnage fell in the first half of 2031.", "2031-01/2031-06"),
        ("It closed on Christmas Eve 2031.", "2031-12-24"),
        ("It is week 2031-W18.", "2031-04-28/2031-05-04"),
        ("The wall was built in AD 79.", "0079"),
    ],
)
def test_a_date_that_says_all_has_its_value(text: str, expected: str) -> None:
    """What is written out needs no reference date."""
    found = one(text)
    assert (found.edtf and found.edtf.text, found.unknown, found.assumed) == (expected, "", "")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("between 2 and 5 May 2031", "2031-05-02/2031-05-05", "between 2 and 5 May 2031"),
        ("on 2-5 May 2031", "2031-05-02/2031-05-05", "2-5 May 2031"),
        ("on May 2–5, 2031", "2031-05-02/2031-05-05", "May 2–5, 2031"),
        ("from March to June 2031", "2031-03/2031-06", "from March to June 2031"),
        ("from November to February 2031", "2030-11/2031-02", "from November to February 2031"),
        ("from 30 April to 2 May 2031", "2031-04-30/2031-05-02", "from 30 April to 2 May 2031"),
        ("the siege (1914–18)", "1914/1918", "1914–18"),
        ("from 2004 to 2009", "2004/2009", "from 2004 to 2009"),
        ("on 2-5 May", "XXXX-05-02/XXXX-05-05", "2-5 May"),
    ],
)
def test_two_dates_make_a_range(text: str, expected: str, words: str) -> None:
    """The ends share the month or year that one of them has; each is kept in `parts`."""
    found = one(text)
    assert (found.kind, found.edtf and found.edtf.text, found.words) == (ExpressionKind.RANGE, expected, words)
    assert len(found.parts) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed yesterday.", "2031-05-07"),
        ("It opens tomorrow.", "2031-05-09"),
        ("It closed last Tuesday.", "2031-05-06"),
        ("It closed on Tuesday.", "2031-05-06"),
        ("It will open on Tuesday.", "2031-05-13"),
        ("It opens next month.", "2031-06"),
        ("It closed last year.", "2030"),
        ("It closed last week.", "2031-04-28/2031-05-04"),
        ("It closed two weeks ago.", "2031-04-21/2031-04-27"),
        ("It closed twenty-one days ago.", "2031-04-17"),
        ("It closed a decade ago.", "2021"),
        ("It has run for the past 30 years.", "2001/2031-05-08"),
        ("It closed on May 2.", "2031-05-02"),
        ("It closed in November.", "2030-11"),
        ("It closed last summer.", "2030-22"),
        ("It closed on the 2nd.", "2031-05-02"),
        ("It closed several years ago.", "[..2031-05-08]"),
    ],
)
def test_relative_words_count_from_the_reference_date(text: str, expected: str) -> None:
    """With the day on which they were written, relative words have a value."""
    assert value(text, THURSDAY) == expected


@pytest.mark.parametrize("text", ["yesterday", "last Tuesday", "next month", "two weeks ago", "in recent months"])
def test_relative_words_have_no_value_without_a_reference(text: str) -> None:
    """Nothing is guessed: what is missing is said."""
    found = one(text)
    assert found.edtf is None
    assert found.unknown == "it needs a reference date: the day on which the words were written"


def test_a_day_without_a_year_keeps_its_day() -> None:
    """Without a reference date, "May 2" is the second of May of some year."""
    found = one("It closed on May 2.")
    assert (found.edtf and found.edtf.text, found.unknown) == ("XXXX-05-02", "no year is given")


def test_a_coarse_reference_gives_only_what_it_determines() -> None:
    """Of an article of May 2031, last year is known and yesterday is not."""
    assert value("It closed last year.", "2031-05") == "2030"
    assert value("It closed on May 2.", "2031-05") == "2031-05-02"
    yesterday = one("It closed yesterday.", "2031-05")
    assert (yesterday.edtf, yesterday.unknown) == (None, "the reference date 2031-05 does not determine it")


def test_a_convention_is_named() -> None:
    """Where the words leave a choice, the value says by what convention it was read."""
    assert one("It closed on May 2.", THURSDAY).assumed == "the year is not written: the nearest is taken"
    assert one("It closed yesterday.", THURSDAY).assumed == ""


def test_numbers_that_can_be_read_both_ways_stay_both() -> None:
    """3/4/2031 is 4 March or 3 April; 13/4/2031 can only be 13 April."""
    both = one("dated 3/4/2031")
    assert both.edtf is not None
    assert (both.edtf.text, both.unknown) == (
        "[2031-03-04,2031-04-03]",
        "which is the day and which the month is open",
    )
    assert value("dated 13/4/2031") == value("dated 4/13/2031") == "2031-04-13"


def test_a_day_that_does_not_exist_is_said_to_be_impossible() -> None:
    """31 February has no value, and the fault is named."""
    found = one("It opened on 31 February 2031.")
    assert (found.edtf, found.fault, found.unknown) == (None, "impossible", "February has no day 31")


def test_a_range_that_runs_backwards_is_said_to() -> None:
    """From 2031 to 2029 is reversed, where both ends are written."""
    found = one("It ran from 5 May 2031 to 2 May 2031.")
    assert (found.edtf, found.fault) == (None, "reversed")


def test_a_weekday_stands_beside_its_date() -> None:
    """Weekday and date are both given, whether or not they agree."""
    found = one("On Wednesday, 2 May 2031, it closed.")
    assert (found.weekday, found.edtf and found.edtf.text) == (2, "2031-05-02")


def test_what_counts_from_the_text_says_from_where() -> None:
    """ "Two days later" counts from the date before it, and names its place."""
    text = "The bridge closed on 2 May 2031 and opened two days later."
    first, later = expressions(text)
    assert later.offset is not None
    assert (later.edtf and later.edtf.text, later.offset.of, later.offset.after) == ("2031-05-04", first.span, True)
    assert later.assumed == "counted from “2 May 2031”, the date before it"


def test_a_length_before_a_date_counts_from_it() -> None:
    """ "Two days after 2 May 2031" is one expression with a value."""
    assert value("It opened two days after 2 May 2031.") == "2031-05-04"


def test_a_length_before_an_event_has_no_value() -> None:
    """ "Two days after the flood" counts from something without a date."""
    found = one("It opened two days after the flood.")
    assert found.offset is not None
    assert (found.edtf, found.offset.of, found.days) == (None, None, 2)


@pytest.mark.parametrize(
    ("text", "kind", "count", "unit"),
    [
        ("It took three days.", ExpressionKind.DURATION, 3, Unit.DAY),
        ("It took a dozen weeks.", ExpressionKind.DURATION, 12, Unit.WEEK),
        ("The pilot, aged 42, resigned.", ExpressionKind.AGE, 42, Unit.YEAR),
        ("A 42-year-old pilot resigned.", ExpressionKind.AGE, 42, Unit.YEAR),
        ("The pilot is 42 years old.", ExpressionKind.AGE, 42, Unit.YEAR),
    ],
)
def test_lengths_and_ages_are_no_dates(text: str, kind: ExpressionKind, count: int, unit: Unit) -> None:
    """They have a length, and no value."""
    found = one(text, THURSDAY)
    assert found.length is not None
    assert (found.kind, found.length.count, found.length.unit, found.edtf) == (kind, count, unit, None)


@pytest.mark.parametrize("text", ["It sails every Tuesday.", "It sails daily.", "It sails on Tuesdays."])
def test_what_recurs_is_no_date(text: str) -> None:
    """A weekly crossing has no one day."""
    found = one(text, THURSDAY)
    assert (found.kind, found.edtf) == (ExpressionKind.SET, None)


def test_a_time_keeps_its_offset() -> None:
    """A zone of one meaning is kept as an offset; one of several is not."""
    assert one("at 3 p.m. EST").clock == "15:00-05:00"
    assert one("at 14:30 GMT").clock == "14:30Z"
    assert one("at 14:30 +02:00").clock == "14:30+02:00"
    assert one("at 14:30 CST").clock == "14:30"


def test_a_fiscal_year_is_not_the_calendar_year() -> None:
    """It is uncertain whose year it is, and the value says so."""
    found = one("Tonnage fell in fiscal 2031.")
    assert found.edtf is not None
    assert found.edtf.uncertain
    assert found.unknown.startswith("whose fiscal year it is")


@pytest.mark.parametrize(
    "text",
    [
        "April Smith met June and her friend August.",
        "The council may march on the harbour.",
        "March on the capital!",
        "May may.",
        "It carried 1500 people over 2000 metres for $1999.",
        "The second officer took a second look.",
        "The score was 3-2; see 4.5 and 12/13.",
        "Ward 10, room 2031b, version 2.5.2031.7",
        "٢ مايو ٢٠٣١ · 二〇三一年五月二日 · २ मई २०३१",
        "on the 22nd floor",
        "2 ſeptember",
        "1" + "0" * 400,
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    """Names, counts, scores and digits of other scripts are no dates."""
    assert [found.words for found in expressions(text, reference=THURSDAY) if found.edtf is not None] == []


def test_years_before_christ_are_kept_and_not_compared() -> None:
    """44 BC is found with its year, which has no EDTF; of a span both ends are before Christ."""
    found = one("In 44 BC the harbour silted up.")
    assert (found.edtf, found.before_christ, found.unknown) == (None, 44, "years before Christ are not compared")
    for text in ("the war (240-238 BC)", "from 240 to 238 BC"):
        assert [part.before_christ for part in one(text).parts] == [240, 238]


_PIECES = (
    "May may March 31 February 2 2031 1999 99 0 00 31st 22nd second of the last next Tuesday Wed. week weeks ago later "
    "before after two twenty-one a an few days day from to between and - – / . , 3/4/2031 31/31/2031 2031-02-30 "
    "2031-W53 2031-W99 BC AD century centuries 9999 year years past 999999 fiscal FY Q3 Q9 quarter of half aged 42 "
    "-year-old every 25:99 12:30 pm Z +99:99 1990s '90s sixties ſ İ ı K ٣ 二 \u202f \n \t ’s early mid- late "
    "Christmas Eve 0000 2100 decade ago hence following previous the end"
).split(" ")


def test_odd_strings_give_no_error_and_no_invented_day() -> None:
    """Of 10,000 heaps of date words, every value is EDTF that reads back, over words of the text itself."""
    chance = random.Random(2_031)
    for _ in range(10_000):
        text = chance.choice(("", " ")).join(chance.choices(_PIECES, k=chance.randint(1, 12)))
        reference = chance.choice(
            (None, "2031-05-08", "2031", "XXXX-05", "9999-12-31", "0001-01-01", "../2031", "2031?")
        )
        end = 0
        for found in expressions(text, reference=reference):
            assert found.words == found.span.of(text)
            assert found.span.start >= end
            end = found.span.end
            assert found.edtf is not None or found.unknown
            if found.edtf is not None:
                assert parse(found.edtf.text) == found.edtf
                assert not found.fault


@given(st.text(max_size=200), st.sampled_from([None, "2031-05-08", "2031-05", "2031"]))
def test_any_text_can_be_read(text: str, reference: str | None) -> None:
    """No text at all raises."""
    for found in expressions(text, reference=reference):
        assert found.words == found.span.of(text)


@given(st.dates(), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y"]))
def test_every_day_written_out_is_read_back(day: date, written: str) -> None:
    """Whatever day is written in full, from the year 1000 on, is that day."""
    if day.year >= 1000 and day.year < 2200:
        assert value(day.strftime(written)) == day.isoformat()
