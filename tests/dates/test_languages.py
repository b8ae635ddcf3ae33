"""Dates in languages whose grammar is a table: what their forms read, and what they leave alone."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.dates import BadDate, ExpressionKind, before, dates_are_read, expressions, parse, words
from ledger.dates.expressions.tabled import grammar
from ledger.dates.expressions.tabled.forms import Slot, compiled
from ledger.text.languages import known, table

RULES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))["rule"]
TABLED = [code for code in sorted(known()) if grammar(code) is not None]
DATES = (ExpressionKind.DATE, ExpressionKind.RANGE)


def values(text: str, language: str) -> list[str]:
    """Return the values of a text's expressions, those of two days apart; of a length its kind, number and unit."""
    found = expressions(text, reference="2031-05-08", language=language)
    apart = [part for one in found for part in (one.parts if one.edtf is None and one.parts else (one,))]
    return [
        (one.edtf.text if one.edtf else "")
        if one.kind in DATES
        else f"{one.kind} " + (f"{one.length.count} {one.length.unit}" if one.length else "")
        for one in apart
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule['language']}: {rule['name']}")
@pytest.mark.parametrize("side", ["reads", "leaves"])
def test_a_form_reads_its_words_and_leaves_those_that_look_alike(rule: dict[str, Any], side: str) -> None:
    """Each part of a language's grammar has a positive and a negative case."""
    text, expected = rule[side]
    assert values(text, rule["language"]) == expected


def test_five_languages_are_read_beside_english_and_others_are_not() -> None:
    """Of a language without a grammar no date is read, and one can ask."""
    assert TABLED == ["de", "es", "fr", "it", "pt"]
    assert dates_are_read("es-MX")
    assert dates_are_read("en-GB")
    assert dates_are_read(None)
    assert not dates_are_read("fi")
    assert expressions("3.5.2031", language="fi") == ()


def test_a_guessed_language_leaves_the_order_of_figures_open() -> None:
    """Where the language is only guessed, 4/5/2030 is read both ways."""
    (found,) = expressions("Cerró el 4/5/2030.", language="es-x-guess")
    assert str(found.edtf) == "[2030-04-05,2030-05-04]"


@pytest.mark.parametrize("code", TABLED)
def test_odd_heaps_of_a_languages_words_give_no_error(code: str) -> None:
    """Of 300 heaps of the words of a table, every value is EDTF that reads back, over words of the text itself."""
    chance, time = random.Random(2_031), table(code).time
    pieces = [*time.days, *time.beside, *time.counted, *time.parts, *time.units, *time.seasons, *time.decades]
    pieces += [*time.eras, *time.ordinals, *table(code).months, *table(code).weekdays, *table(code).numbers.words]
    pieces += "2031 31 30. 29 0 99 9999 90 '60 XIX IV / - – , . 0000 1er".split()
    for _ in range(300):
        text = " ".join(chance.choices(pieces, k=chance.randint(1, 10)))
        end = 0
        for found in expressions(text, reference=chance.choice((None, "2031-05-08", "2031")), language=code):
            assert found.words == found.span.of(text)
            assert found.span.start >= end
            end = found.span.end
            if found.edtf is not None:
                assert parse(found.edtf.text) == found.edtf


@pytest.mark.parametrize("form", ["{day", "a (b", "a b]", "[a]", "(a|)"])
def test_a_form_that_is_not_whole_is_refused(form: str) -> None:
    """A bracket that is not closed, or a form that can be empty, is a fault of the table."""
    if form == "{day":
        assert compiled(form, {})[0]  # a brace that opens no slot stands for itself
        return
    with pytest.raises(ValueError, match=r"bracket|empty"):
        compiled(form, {"d": Slot("[0-9]+", frozenset("0"))})


@pytest.mark.parametrize(
    ("given", "edtf", "said"),
    [
        ("44 BC", "-0043", "44 BC"),
        ("44 BCE", "-0043", "44 BC"),
        ("1 BC", "0000", "1 BC"),
        ("AD 44", "0044", "0044"),
        ("44 v. Chr.", "-0043", "44 BC"),
        ("44 a. C.", "-0043", "44 BC"),
        ("15 March 44 BC", "-0043-03-15", "15 March 44 BC"),
        ("March 44 BC", "-0043-03", "March 44 BC"),
        ("15. März 44 v. Chr.", "-0043-03-15", "15 March 44 BC"),
        ("15 mars 44 av. J.-C.", "-0043-03-15", "15 March 44 BC"),
        ("-0043-03-15", "-0043-03-15", "15 March 44 BC"),
        ("-08XX", "-08XX", "the years 900 to 801 BC"),
        ("156X-12-25", "156X-12-25", "25 December of one of the years 1560 to 1569"),
        ("[-0042,-0043]", "[-0043,-0042]", "44 BC or 43 BC"),
    ],
)
def test_years_before_christ_and_days_of_open_years_are_dates(given: str, edtf: str, said: str) -> None:
    """They are written in EDTF, and said as people say them."""
    assert (str(parse(given)), words(parse(given))) == (edtf, said)


def test_years_before_christ_are_compared() -> None:
    """44 BC is before 43 BC and before the year 1; of an open year the bounds are its first and last such day."""
    assert before(parse("44 BC"), parse("-0042-01-01"))
    assert before(parse("-0043-03-15"), parse("AD 1"))
    assert not before(parse("43 BC"), parse("44 BC"))
    assert before(parse("155X-12-25"), parse("156X-12-25"))
    assert not before(parse("156X-12-25"), parse("1565"))
    assert parse("202X-02-29").latest == parse("2028-02-29").latest


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("0 BC", "there is no year 0 before Christ: 0000 is 1 BC"),
        ("29 February 44 BC", "February 44 BC has no day 29"),
        ("190X-02-30", "February has no day 30"),
    ],
)
def test_impossible_dates_before_christ_are_refused(given: str, reason: str) -> None:
    """What no calendar has is refused, with the reason."""
    with pytest.raises(BadDate, match=reason) as refused:
        parse(given)
    assert refused.value.code == "impossible"
