"""Letters of other alphabets that pass for Latin ones."""

from __future__ import annotations

import unicodedata

import pytest

from ledger.text import lookalikes
from ledger.text.lookalikes import foreign_letters, letter_name, plain_letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("M\u0430rta Quell", ("\u0430",)),
        ("\u041cart\u0430 Quell", ("\u041c", "\u0430")),
        ("Marta Qu\u03bfell", ("\u03bf",)),
        ("Marta Quell", ()),
        ("Zoë Brontë-Ångström", ()),
        ("\u041c\u0430\u0440\u0442\u0430", ()),  # Марта: one alphabet
        ("\u0391\u03b8\u03ae\u03bd\u03b1 News", ()),  # two words of one alphabet each
        ("Boeing 737", ()),
    ],
)
def test_letters_of_another_alphabet_within_a_word(name: str, letters: tuple[str, ...]) -> None:
    """Only a word that mixes alphabets deceives; a name that is wholly of one does not."""
    assert foreign_letters(name) == letters


def test_names_that_look_alike_are_alike() -> None:
    """Case, width, spaces and alphabet do not tell names apart; letters and accents do."""
    assert plain_letters("M\u0430rta  \uff31uell") == plain_letters("marta quell")
    assert plain_letters("\u0421\u041d\u041e\u0420") == plain_letters("chop")
    assert plain_letters("Marta Quéll") != plain_letters("Marta Quell")


def test_each_letter_of_the_table_stands_for_one_latin_letter() -> None:
    """A foreign letter on the left, a Latin one of the same case or look on the right; none twice."""
    foreign = lookalikes._CYRILLIC[0] + lookalikes._GREEK[0]
    latin = lookalikes._CYRILLIC[1] + lookalikes._GREEK[1]
    assert len(foreign) == len(latin) == len(set(foreign))
    assert latin.isascii() and latin.isalpha()
    assert {unicodedata.name(letter).split()[0] for letter in foreign} == {"CYRILLIC", "GREEK"}
    assert letter_name("\u0430") == "Cyrillic small letter a"
