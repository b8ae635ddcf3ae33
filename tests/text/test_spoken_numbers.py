"""Numbers in the words of other languages than English: what they come to, and that nothing else is taken for one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Hedge, QuantityKind, quantities
from ledger.text.languages import known, table

NUMBERS = {
    "es": {
        "veintiún": 21,
        "treinta y ocho": 38,
        "ciento dos mil": 102_000,
        "dos mil quinientas": 2_500,
        "un millón doscientos mil": 1_200_000,
        "tres mil millones": 3_000_000_000,
        "medio millón": 500_000,
    },
    "fr": {
        "quatre-vingt-onze": 91,
        "soixante et onze": 71,
        "deux cent trois mille": 203_000,
        "nonante-deux": 92,
        "trois milliards": 3_000_000_000,
        "une quarantaine": 40,
        "un demi-million": None,
    },
    "de": {
        "dreiundsechzig": 63,
        "zweihundertvier": 204,
        "siebzehntausendneunhundert": 17_900,
        "anderthalb Millionen": 1_500_000,
        "drei Millionen zweihunderttausend": 3_200_000,
        "zwei Dutzend": 24,
        "hunderteins": 101,
    },
    "it": {
        "ventotto": 28,
        "trentatré": 33,
        "millenovecento": 1_900,
        "centosettantamila": 170_000,
        "due milioni": 2_000_000,
        "una ventina": 20,
    },
    "pt": {"noventa e sete": 97, "duzentas e dez": 210, "mil e cem": 1_100, "dois milhões": 2_000_000},
    "pt-BR": {"seis bilhões": 6_000_000_000, "dezesseis": 16},
    "zh": {"四十二": 42, "七千零六": 7_006, "两百万": 2_000_000, "6亿": 600_000_000},
    "ja": {"三百十": 310, "二千五百万": 25_000_000, "8万5000": 85_000},
    "ko": {"7만": 70_000, "2억": 200_000_000},
    "ru": {"14 тысяч": 14_000, "2,5 млрд": 2_500_000_000},
    "hi": {"3 लाख": 300_000, "१२": 12},
    "th": {"5 ล้าน": 5_000_000, "๑๙": 19},
    "ar": {"٤٥٠": 450, "7 مليون": 7_000_000},
    "he": {"8 מיליון": 8_000_000},
}
"""Of each language some numbers, and what they come to; None of what is read in part alone."""


@pytest.mark.parametrize(
    ("tag", "words", "value"),
    [(tag, words, value) for tag, rows in NUMBERS.items() for words, value in rows.items() if value is not None],
)
def test_a_number_in_words_comes_to_its_value(tag: str, words: str, value: int) -> None:
    """It is read whole, and with the hedge before it where the language has one."""
    (found,) = quantities(f"{words} .", tag)
    assert (found.low, found.high, found.span.end) == (value, value, len(words))


@pytest.mark.parametrize(
    ("tag", "words", "hedge"),
    [
        ("es", "más de treinta barcos", Hedge.MORE_THAN),
        ("es", "unos 300 barcos", Hedge.ABOUT),
        ("es", "300 barcos o más", Hedge.EXACT),
        ("es", "300 o más", Hedge.AT_LEAST),
        ("fr", "plus d'un million", Hedge.MORE_THAN),
        ("fr", "jusqu'à 40 navires", Hedge.UP_TO),
        ("de", "knapp 300 Schiffe", Hedge.NEARLY),
        ("de", "mindestens zwölf Schiffe", Hedge.AT_LEAST),
        ("it", "meno di 20 navi", Hedge.LESS_THAN),
        ("pt", "cerca de vinte navios", Hedge.ABOUT),
    ],
)
def test_what_is_said_of_a_number_is_read_with_it(tag: str, words: str, hedge: Hedge) -> None:
    """More than, nearly and at most are part of the number in every language that is read whole."""
    assert [one.hedge for one in quantities(words, tag)] == [hedge]


@pytest.mark.parametrize(
    ("tag", "words", "low", "unit"),
    [
        ("es", "12 por ciento", 12, "percent"),
        ("es", "tres años", 3, "year"),
        ("es", "5 millones de euros", 5_000_000, "EUR"),
        ("fr", "3,5 %", Fraction(7, 2), "percent"),
        ("fr", "deux points de pourcentage", 2, "percentage point"),
        ("de", "1.200 Tonnen", 1200, "tonne"),
        ("de", "zwei Prozent", 2, "percent"),
        ("it", "12 chilometri", 12, "km"),
        ("pt", "R$ 1.200,50", Fraction(2401, 2), "BRL"),
        ("de", "ein Drittel", Fraction(1, 3), "share"),
        ("es", "dos de cada cinco", Fraction(2, 5), "share"),
        ("fr", "la moitié", Fraction(1, 2), "share"),
    ],
)
def test_units_have_the_names_that_the_language_gives_them(tag: str, words: str, low: Fraction, unit: str) -> None:
    """So that three years are three years in any of them."""
    (found,) = quantities(words, tag)
    assert (found.low, found.unit) == (low, unit)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("es", "una mujer"),
        ("de", "eine Frau"),
        ("de", "die Einheit"),
        ("fr", "un homme"),
        ("it", "un uomo"),
        ("pt", "um navio"),
        ("de", "Achtung"),
        ("it", "il treno"),
        ("es", "el milagro"),
        ("zh", "万先生"),
    ],
)
def test_articles_and_beginnings_of_words_are_no_numbers(tag: str, words: str) -> None:
    """A one that may be an article counts nothing, and no number begins inside a word."""
    assert not quantities(words, tag)


@pytest.mark.parametrize(
    ("tag", "words", "key"),
    [
        ("es", "el 4 de junio de 2031", "2031-6-4"),
        ("de", "am 4. Juni", "-6-4"),
        ("fr", "le 1er juin 2031", "2031-6-1"),
        ("it", "nel giugno 2031", "2031-6-"),
        ("pt", "em 1º de junho de 2031", "2031-6-1"),
        ("ko", "2031년 6월 4일", "2031-6-4"),
        ("vi", "ngày 4 tháng 6 năm 2031", "2031-6-4"),
        ("th", "4 มิถุนายน 2574", "2031-6-4"),
        ("uk", "4 червня 2031", "2031-6-4"),
        ("tr", "4.6.2031", "2031-6-4"),
        ("en", "4/6/2031", "2031-6-4|2031-4-6"),
        ("en-US", "4/6/2031", "2031-4-6"),
    ],
)
def test_dates_are_no_amounts(tag: str, words: str, key: str) -> None:
    """A date is compared whole, in the order of its language; in English its figures have two readings."""
    (found,) = quantities(words, tag)
    assert (found.kind, found.key) == (QuantityKind.DATE, key)


@given(st.sampled_from(sorted(known())), st.text(max_size=60))
def test_any_text_is_read_in_any_language(tag: str, text: str) -> None:
    """What is found stands where it is said to stand, in order; nothing raises."""
    at = 0
    for one in quantities(text, tag):
        assert one.span.of(text) == one.text
        assert one.span.start >= at
        at = one.span.end


@given(st.sampled_from(["es", "fr", "de", "it", "pt"]), st.integers(0, 999))
def test_figures_are_grouped_and_pointed_as_the_language_does(tag: str, rest: int) -> None:
    """A thousand and so many is that, whatever the mark; a tenth is one after the decimal mark."""
    (grouped,) = quantities(f"7.{rest:03}", tag)
    (pointed,) = quantities(f"7,{rest:03}"[:4].rstrip("0").rstrip(",") or "0", tag)
    assert grouped.low == 7000 + rest
    assert 7 <= pointed.low < 8


def test_languages_are_whole_or_say_what_they_lack() -> None:
    """Six languages have words for numbers and for what is said of them; the others have marks and digits."""
    assert {tag for tag in known() if table(tag).whole} == {"de", "en", "es", "fr", "it", "pt"}
    assert all(table(tag).name and table(tag).decimal and table(tag).weekdays for tag in known())
