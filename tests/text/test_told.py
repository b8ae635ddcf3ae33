"""Which language a text is in: what is recorded, else what it declares, else what its words tell."""

from __future__ import annotations

import pytest

from ledger.text.languages import guess, guessed, letters, tag_of

SPANISH = (
    "El alcalde de la ciudad no quiso decir por qué se cerró el puerto ni cuándo se abrirá de nuevo. "
    "Los barcos que esperaban en la bahía se fueron al norte, y con ellos una parte de los obreros, que ya no "
    "tenían nada que hacer en el muelle."
)
ENGLISH = (
    "The mayor of the city would not say why the harbour was closed, nor when it is to be opened again. "
    "The ships that had been waiting in the bay went north, and some of the workers went away with them."
)
CZECH = (
    "Starosta města nechtěl říci, proč byl přístav uzavřen ani kdy se znovu otevře. Lodě, které čekaly v zátoce, "
    "odpluly na sever a s nimi i část dělníků. O tom se na schůzi nemluvilo, i když to bylo na programu, a po ní "
    "se všichni rozešli do svých domů, jako by se nic nestalo."
)
CHINESE = "雨下了三天，河上的桥关闭了，居民要绕过邻村去看病，村长说修桥还需要一个月。" * 3


@pytest.fixture(autouse=True)
def without_a_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    """These rules are those of the program alone, whatever is installed beside it."""
    monkeypatch.setattr(guess, "detector", lambda: None)


@pytest.mark.parametrize(
    ("text", "recorded", "declared", "tag"),
    [
        (SPANISH, "es-MX", None, "es-MX"),
        (SPANISH, "de", "es", "de"),
        (SPANISH, None, "es-MX", "es-MX"),
        (SPANISH, None, "es_MX", "es-MX"),
        (SPANISH, None, None, "es-x-guess"),
        (SPANISH, None, "en", "es-x-guess"),
        (SPANISH, None, "es, en", "es-x-guess"),
        (ENGLISH, None, None, None),
        (ENGLISH, None, "en-GB", "en-GB"),
        (ENGLISH, None, "de", "en-x-guess"),
        ("Cerró.", None, None, None),
        ("Cerró.", None, "es", "es"),
        (CHINESE, None, None, "zh-x-guess"),
        (CZECH, None, None, None),
        (CZECH, None, "cs", "cs"),
        ("", None, "", None),
    ],
)
def test_what_is_recorded_counts_then_what_is_declared_then_what_words_tell(
    text: str, recorded: str | None, declared: str | None, tag: str | None
) -> None:
    """Words overrule what their document declares: many a page is declared English by its template."""
    assert tag_of(text, recorded=recorded, declared=declared) == tag


def test_a_language_that_has_not_the_letters_is_not_guessed() -> None:
    """Much of Czech is little words of Polish; "ř" and "ě" are no letters of it."""
    assert not set("řě") & letters()["pl"]
    assert guessed(CZECH) is None


def test_a_detector_is_asked_where_it_is_installed_and_words_are_not_plainly_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The detector speaks before little words and scripts do; plain English is not put to it."""
    asked = []

    def classify(text: str) -> tuple[str, float]:
        asked.append(text)
        return "cs", 1.0

    monkeypatch.setattr(guess, "detector", lambda: classify)
    assert guessed(CZECH) == "cs-x-guess"
    assert guessed(ENGLISH) is None
    assert asked == [CZECH]
