"""Numbers: read as they are meant, and never taken for another."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.text import Agreement, Hedge, Quantity, QuantityKind, check_numbers, compare_numbers, quantities


def read(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


def agrees(claim: str, passage: str) -> bool:
    return compare_numbers(claim, passage).agrees


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("412 ships", 412, ""),
        ("1,234.5 tonnes", Fraction("1234.5"), "tonne"),
        ("1\u202f234 ships", 1234, ""),
        ("12,34,567 voters", 1_234_567, ""),
        ("two hundred and five ships", 205, ""),
        ("a dozen boats", 12, ""),
        ("half a million people", 500_000, ""),
        ("two and a half million", 2_500_000, ""),
        ("three quarters of the crew", Fraction(3, 4), "share"),
        ("one in five", Fraction(1, 5), "share"),
        ("3 of the 10 piers", Fraction(3, 10), "share"),
        ("1½ hours", Fraction(3, 2), "hour"),
        ("1 1/2 miles", Fraction(3, 2), "mile"),
        ("40 per cent", 40, "percent"),
        ("3 percentage points", 3, "percentage point"),
        ("US$3.5bn", 3_500_000_000, "USD"),
        ("5 million dollars", 5_000_000, "dollar"),
        ("€20m", 20_000_000, "EUR"),
        ("Rs 5 crore", 50_000_000, "INR"),
        ("5m people", 5_000_000, ""),
        ("a 5m wall", 5, "m"),
        ("minus 5 degrees Celsius", -5, "celsius"),
        ("\u22125C", -5, "celsius"),
        ("a 5-year lease", 5, "year"),
    ],
)
def test_what_amounts_say(text: str, value: Fraction | int, unit: str) -> None:
    """Value and unit are exact, however they are written."""
    found = read(text)
    assert (found.kind, found.low, found.high, found.unit) == (QuantityKind.AMOUNT, value, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5ft 10in", Fraction(35, 6), "foot"),
        ("5ft10in", Fraction(35, 6), "foot"),
        ("5ft and 10in", Fraction(35, 6), "foot"),
        ("5 feet and 10 inches", Fraction(35, 6), "foot"),
        ("3kg and 200g", Fraction(16, 5), "kg"),
        ("2m 30cm", Fraction(23, 10), "m"),
        ("8 stone and 3 pounds", Fraction(115, 14), "stone"),
        ("2 hours and 30 minutes", Fraction(5, 2), "hour"),
        ("£5 and 20p", Fraction(26, 5), "GBP"),
    ],
)
def test_an_amount_in_two_units(text: str, value: Fraction, unit: str) -> None:
    """A smaller unit adds to the larger one that it makes up, glued to its figure or not."""
    found = read(text)
    assert (found.low, found.high, found.unit, found.text) == (value, value, unit, text)


@pytest.mark.parametrize("text", ["{} and {}", "{} {}", "{}, {}"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40C", "104F"),
        ("40 °C", "104 °F"),
        ("40 degrees Celsius", "104 degrees Fahrenheit"),
        ("104F", "40C"),
        ("10km", "5mi"),
        ("10 miles", "500 metres"),
        ("10 mph", "5 km/h"),
        ("3 gallons", "2 litres"),
        ("3 tons", "200kg"),
        ("200g", "3kg"),
        ("half", "2 percent"),
    ],
)
def test_two_amounts_in_two_units(text: str, one: str, other: str) -> None:
    """Units of two systems, or the larger after the smaller, are two amounts, each as it is alone."""
    alone = [(read(part).low, read(part).unit) for part in (one, other)]
    assert [(found.low, found.unit) for found in quantities(text.format(one, other))] == alone


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 300 boats", Hedge.ABOUT),
        ("some 300 boats", Hedge.ABOUT),
        ("nearly 300 boats", Hedge.NEARLY),
        ("more than 300 boats", Hedge.MORE_THAN),
        ("no more than 300 boats", Hedge.UP_TO),
        ("at least 300 boats", Hedge.AT_LEAST),
        ("300 or more boats", Hedge.AT_LEAST),
        ("fewer than 300 boats", Hedge.LESS_THAN),
        ("over $300", Hedge.MORE_THAN),
        ("300 boats", Hedge.EXACT),
    ],
)
def test_what_is_said_of_an_amount(text: str, hedge: Hedge) -> None:
    """The words before or after it bound it."""
    assert read(text).hedge is hedge


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("in 2010", QuantityKind.YEAR),
        ("the 1990s", QuantityKind.DECADE),
        ("on 23 February 2006", QuantityKind.DATE),
        ("February 23, 2006", QuantityKind.DATE),
        ("on the fourth of March", QuantityKind.DATE),
        ("at 10:30", QuantityKind.TIME),
        ("at 3 p.m. sharp", QuantityKind.TIME),
        ("they won 3-2", QuantityKind.PAIR),
        ("the third pier", QuantityKind.ORDINAL),
        ("the 21st pier", QuantityKind.ORDINAL),
        ("traffic doubled", QuantityKind.MULTIPLE),
        ("a Boeing 737", QuantityKind.NAME),
        ("under Article 5", QuantityKind.NAME),
        ("in Q3", QuantityKind.NAME),
        ("1,2345 euros", QuantityKind.UNCLEAR),
        ("9" * 400, QuantityKind.UNCLEAR),
        ("10^400", QuantityKind.UNCLEAR),
        ("hundreds of boats", QuantityKind.VAGUE),
    ],
)
def test_what_a_number_is(text: str, kind: QuantityKind) -> None:
    """What is no amount is kept apart."""
    assert read(text).kind is kind


@pytest.mark.parametrize(
    "text", ["as told [3]", "call 555-123-4567", "see https://example.org/1234", "one of them", "may", ""]
)
def test_what_is_no_number(text: str) -> None:
    """Marks of notes, telephone numbers, addresses and pronouns say no number."""
    assert quantities(text) == ()


def test_ranges() -> None:
    """Scale and unit of the second figure hold for the first; "from 12 to 40" is two figures."""
    for text, low, high, unit in (
        ("between 10 and 20 million", 10_000_000, 20_000_000, ""),
        ("10-20%", 10, 20, "percent"),
        ("$5 to $10 million", 5_000_000, 10_000_000, "dollar"),
    ):
        found = read(text)
        assert (found.low, found.high, found.unit) == (low, high, unit)
    assert [one.low for one in quantities("It rose from 12 to 40.")] == [12, 40]


def test_spans_are_of_the_text_as_it_was_given() -> None:
    """Whatever characters it is set with."""
    text = "“Some\u00a0412 ships” cost US$\u00a03.5\u00a0million – or 40\u202f%."
    assert [one.span.of(text) for one in quantities(text)] == ["412", "US$\u00a03.5\u00a0million", "40\u202f%"]
    assert all(one.text == one.span.of(text) for one in quantities(text))


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("About 5 million people", "4,987,312 people"),
        ("5.1 million people", "5,087,000 people"),
        ("More than 300 boats", "312 boats"),
        ("over 300 boats", "more than 300 boats"),
        ("40% of boats", "two in five boats"),
        ("40 per cent of boats", "40% of boats"),
        ("1,200,000 euros", "€1.2m"),
        ("five boats", "5 boats"),
        ("3 miles of quay", "5 km of quay"),
        ("6 feet", "72 inches"),
        ("14 degrees Fahrenheit", "-10C"),
        ("US$5 million", "$5 million"),
        ("Three piers burned", "3 of the 10 piers burned"),
        ("between 10 and 20 boats", "10 to 20 boats"),
        ("It sank in 2006", "It sank on 23 February 2006"),
        ("23 February", "February 23, 2006"),
        ("March fourteen", "March 14"),
        ("It cost 1.2m in 2010", "It cost 1.2 million in 2010"),
        ("A third of boats", "33% of boats"),
        ("Nearly half of boats", "48% of boats"),
        ("at 3:00 p.m.", "at 15:00"),
        ("the 3rd pier", "the third pier"),
        ("twice as many boats", "two times as many boats"),
    ],
)
def test_what_says_the_same(claim: str, passage: str) -> None:
    """Other forms, units, correct roundings, and bounds that hold."""
    assert agrees(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("5 million people", "4.2 million people"),
        ("4,987,310 people", "4,987,312 people"),
        ("More than 300 boats", "300 boats"),
        ("More than 300 boats", "290 boats"),
        ("More than 30 boats", "312 boats"),
        ("fewer than 300 boats", "more than 300 boats"),
        ("300 boats", "more than 300 boats"),
        ("nearly 300 boats", "312 boats"),
        ("5 percent", "5 percentage points"),
        ("$5 million", "€5 million"),
        ("5 miles", "5 km"),
        ("5 million boats", "5 billion boats"),
        ("6 boats", "5 boats"),
        ("fifteen boats", "fifty boats"),
        ("the 4th pier", "the third pier"),
        ("They won 2-3", "They won 3-2"),
        ("4 of the 10 piers", "3 of the 10 piers"),
        ("40 ships and 12 sailors", "12 ships and 40 sailors"),
        ("It rose from 40 to 12.", "It rose from 12 to 40."),
        ("a Boeing 747", "a Boeing 737"),
        ("It sank in 2007", "It sank in 2006"),
        ("24 February 2006", "23 February 2006"),
        ("at 10:31", "at 10:30"),
        ("1.234,6 euros", "1.234,5 euros"),
        ("8" + "9" * 400, "9" * 401),
        ("one boat", "two boats"),
        ("Half of boats", "A quarter of boats"),
        ("A third of boats", "34% of boats"),
        ("It fell by 5 points to 40 percent", "It fell by 5 points to 40 percentage points"),
        ("They voted four-11", "They voted five-11"),
    ],
)
def test_what_does_not(claim: str, passage: str) -> None:
    """One digit, scale, unit, direction of a bound, or two that changed places."""
    assert not agrees(claim, passage)


def test_it_says_how_and_with_which() -> None:
    """Each number of the claim comes with its counterpart."""
    found = compare_numbers("About 5 million people in 13 towns paid 7 euros.", "4,987,312 people in 12 towns paid.")
    assert [(one.number.text, one.agreement, one.counterpart and one.counterpart.text) for one in found.numbers] == [
        ("5 million", Agreement.ROUNDED, "4,987,312"),
        ("13", Agreement.DIFFERENT, "12"),
        ("7 euros", Agreement.MISSING, None),
    ]
    assert (len(found.agreeing), len(found.disagreeing), len(found.missing)) == (1, 1, 1)


def test_more_exact_than_the_source() -> None:
    """A figure where the source has a bound or a rounded figure is not accepted, and told from a contradiction."""
    for claim, passage in (("412 boats", "more than 400 boats"), ("4,987,312 people", "about 5 million people")):
        (one,) = compare_numbers(claim, passage).vaguer
        assert not one.agreement.holds


def test_the_passage_is_chosen_by_its_words() -> None:
    """An altered number does not choose a sentence in which it stands."""
    source = "The ferry to Norvik carried 412 people. The council of Arden employs 421 people."
    (found,) = check_numbers("The ferry to Norvik carried 421 people.", source)
    assert found.passage.of(source).startswith("The ferry")
    assert not found.comparison.agrees


numerals = st.integers(2, 10**12)


@given(numerals, st.integers(0, 11), st.integers(1, 9))
def test_an_altered_digit_is_never_accepted(number: int, place: int, by: int) -> None:
    """Whichever digit it is."""
    digits = str(number)
    at = place % len(digits)
    altered = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    assume(altered[0] != "0")
    for form in ("The port had {} boats.", "The port paid ${}.", "It grew by {}% there.", "It holds {} tonnes."):
        assert not agrees(form.format(altered), form.format(number))
        assert not agrees(form.format(f"{int(altered):,}"), form.format(number))


@given(numerals)
def test_a_reformatted_number_is_the_same(number: int) -> None:
    """With commas, spaces or none; as money, by sign, code or name."""
    forms = (f"{number}", f"{number:,}", f"{number:,}".replace(",", "\u00a0"))
    for form in forms:
        assert agrees(f"The port had {form} boats.", f"The port had {number} boats.")
        assert agrees(f"The port paid {form} euros.", f"The port paid €{number:,}.")
        assert agrees(f"The port paid US${form}.", f"The port paid USD {number:,}.")
        assert agrees(f"It grew by {form} per cent.", f"It grew by {number}%.")


@given(st.integers(1, 9999))
def test_scale_words_are_the_same_as_zeros(tenths: int) -> None:
    """1.2 million is 1,200,000."""
    written = f"{tenths // 10}.{tenths % 10}"
    assert agrees(f"It cost {written} million euros.", f"It cost €{tenths * 100_000:,}.")
    assert agrees(f"It cost €{tenths * 100_000:,}.", f"It cost {written} million euros.")


@given(st.text(), st.text(alphabet="0123456789.,- $%/()[]:kmbn½²^e'aonehundred \n", max_size=200))
def test_no_text_raises(one: str, other: str) -> None:
    """Spans stand in the text in order, and a text agrees with itself or says why not."""
    for text in (one, other):
        found = quantities(text)
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))
        assert compare_numbers(text, text).numbers is not None
        check_numbers(text, other)
