"""Texts in other scripts and languages: words are quoted inside sentences, and stops end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Fidelity, compare, language, normalise, quoted, sentences
from ledger.text.languages import guessed, has_words_of, is_guess


@pytest.mark.parametrize(
    ("tag", "quote", "text"),
    [
        ("zh", "港口已经关闭", "据报道港口已经关闭而渡轮停运。"),
        ("zh", "港口 已经关闭", "据报道港口\n已经关闭而渡轮停运。"),
        ("zh", "票价为12元", "票价为１２元。"),
        ("ja", "港が閉まった", "船長は港が閉まったと話した。"),
        ("ja", "ガソリンがない", "店には\uff76\uff9e\uff7f\uff98\uff9dがないという。"),
        ("ja", "葛城市", "葛\U000e0100城市の港。"),
        ("th", "ท่าเรือปิด", "กัปตันกล่าวว่าท่าเรือปิดเมื่อวานนี้"),
        ("ko", "항구가 닫혔다", "선장은 항구가 닫혔다고 전했다."),
        ("ar", "الميناء مغلق منذ ٢٠٣١", "قال إن المِينَاءَ مُغْلَقٌ منـــذ 2031 تماماً"),
        ("he", 'צה"ל סגר את הנמל', "נמסר כי צה״ל סגר את הנמל אתמול."),
        ("hi", "बंदरगाह १२ दिन बंद रहा", "कप्तान ने कहा: बंदरगाह 12 दिन बंद रहा।"),
    ],
)
def test_words_stand_where_they_stand(tag: str, quote: str, text: str) -> None:
    """No edge of a word is asked for where none is written; points, widths and digits of other scripts are no words."""
    found = compare(quote, text, tag)
    assert found.fidelity is Fidelity.EXACT
    assert found.span is not None
    assert compare(quote, found.span.of(text), tag).fidelity is Fidelity.EXACT


@pytest.mark.parametrize(
    ("tag", "quote", "text"),
    [
        ("zh", "港口已经开放", "据报道港口已经关闭而渡轮停运。"),
        ("zh", "票价为13元", "票价为12元。"),
        ("zh", "票价为1", "票价为1万元。"),
        ("ja", "港が閉まった", "船長は港が閉まらないと話した。"),
        ("ko", "구가 닫혔다", "선장은 항구가 닫혔다고 전했다."),
        ("ko", "항구가 닫", "선장은 항구가 닫혔다고 전했다."),
        ("th", "ท่าเรือเปิด", "กัปตันกล่าวว่าท่าเรือปิดเมื่อวานนี้"),
        ("ar", "الميناء مغلق منذ ٢٠٣٢", "قال إن الميناء مغلق منذ 2031"),
    ],
)
def test_other_words_and_parts_of_words_are_not_taken(tag: str, quote: str, text: str) -> None:
    """A changed letter or digit is found, and so is a figure or a word of Korean that was cut off."""
    assert not compare(quote, text, tag).fidelity.stands


@pytest.mark.parametrize(
    ("tag", "quote", "text"),
    [
        ("es", "cerró el puerto viejo", "Ayer no cerró el puerto viejo de Arden."),
        ("fr", "fermé le vieux port", "Il n'a jamais fermé le vieux port."),
        ("de", "Der alte Hafen schließt", "Der alte Hafen schließt nicht im Mai."),
        ("pt", "fechou o porto velho", "Ele nunca fechou o porto velho."),
        ("it", "chiuso il vecchio porto", "Non ha chiuso il vecchio porto."),
        ("ru", "закрыли старый порт", "Вчера не закрыли старый порт."),
        ("zh", "关闭旧港口", "他们说不关闭旧港口。"),
        ("id", "menutup pelabuhan lama", "Mereka tidak menutup pelabuhan lama."),
    ],
)
def test_a_cut_that_leaves_a_negation_out_misleads(tag: str, quote: str, text: str) -> None:
    """What denies stands before the words, or after them, as the language has it."""
    assert compare(quote, text, tag).fidelity is Fidelity.MISLEADING


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Er rief: „Der Hafen bleibt heute zu“, und ging.", ["Der Hafen bleibt heute zu"]),
        ("»Der Hafen bleibt zu«, rief er. »Die Fähre fährt nicht.«", ["Der Hafen bleibt zu", "Die Fähre fährt nicht."]),
        ("Il cria : « Le port est fermé ce soir » et partit.", ["Le port est fermé ce soir"]),
        ("”Hamnen är stängd nu”, sade hon. ”Färjan går inte.”", ["Hamnen är stängd nu", "Färjan går inte."]),
        ("Powiedział: „Port jest dziś zamknięty” i wyszedł.", ["Port jest dziś zamknięty"]),
        ("船長は「港が閉まった」と話し、町は『静かな夜だった』と書いた。", ["港が閉まった", "静かな夜だった"]),
        ("他说：“港口已经关闭。”然后离开。", ["港口已经关闭。"]),
        ('הוא אמר: "צה"ל סגר את הנמל" והלך.', ['צה"ל סגר את הנמל']),
        ("The 6” pipe and the 8” pipe burst.", []),
    ],
)
def test_quotation_marks_open_and_close_as_the_language_sets_them(text: str, inner: list[str]) -> None:
    """What stands between two quotations is none."""
    assert [span.of(text) for span in quoted(text)] == inner


def test_the_language_says_which_of_two_marks_opens() -> None:
    """Of »…« and «…», where both could be meant, the text's own come first."""
    text = "»Der Hafen bleibt zu« und »er bleibt es auch«"
    assert [span.of(text) for span in quoted(text, "de")] == ["Der Hafen bleibt zu", "er bleibt es auch"]


SENTENCES = {
    "hi": ["कप्तान आया।", "बंदरगाह बंद था।"],
    "ur": ["کپتان آیا۔", "بندرگاہ بند تھی؟"],
    "ar": ["وصل القبطان.", "هل الميناء مغلق؟", "لا أحد يعلم."],
    "de": ["Er kam am 3. Mai mit Dr. Lenz u. a. nach Arden.", "Der Hafen war zu."],
    "es": ["Llegó el Sr. Quell a las 3 p.m. con la Dra. Vela.", "¿Estaba cerrado el puerto?", "No lo dijo."],
    "fr": ["M. Quell vint avec Mme Vela, etc.", "Le port était fermé."],
    "it": ["Il sig. Quell venne con la dott.ssa Vela.", "Il porto era chiuso."],
    "pt": ["O Sr. Quell veio com a Dra. Vela.", "O porto estava fechado."],
    "ru": ["В 2031 г. порт закрыли.", "Капитан А. Квелл уехал."],
    "pl": ["Przybył 3. dnia dr Quell.", "Port był zamknięty."],
}


@pytest.mark.parametrize(("tag", "several"), SENTENCES.items(), ids=SENTENCES)
def test_sentences_end_as_the_language_has_it(tag: str, several: list[str]) -> None:
    """After its own stops, and not after its abbreviations and ordinals."""
    text = " ".join(several)
    assert [span.of(text) for span in sentences(text, tag)] == several


def test_stops_that_need_no_space() -> None:
    """In Chinese and Japanese; what stands in corner brackets is part of the sentence around it."""
    text = "船長は「港は閉まった。船は出ない。」と話した。町は静かだ！なぜ？"
    assert [span.of(text) for span in sentences(text, "ja")] == [
        "船長は「港は閉まった。船は出ない。」と話した。",
        "町は静かだ！",
        "なぜ？",
    ]


LETTERS = st.text(st.sampled_from("港口は。「」กาเ็กี항구가 אבגדַ״ مَيناءـ। १२٣a b'\ufe0f\U000e0100"), max_size=60)


@given(LETTERS, st.data())
def test_what_stands_in_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    """Any words of any script, from one white space to another, stand in their text; their span holds them, whole."""
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first:])
    found = compare(quote, text)
    if normalise(quote).text.strip(" '\"-.,।。「」") and found.fidelity is not Fidelity.ABSENT:
        assert found.span is not None
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert compare(found.span.of(text), text).fidelity is not Fidelity.ALTERED


@given(LETTERS)
def test_sentences_of_any_script_cover_the_text(text: str) -> None:
    """Every character that is no white space is in one sentence, once."""
    spans = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_a_guessed_language_says_that_it_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its tag; English is taken for granted, and a script that several languages share is no language.

    So it is without a detector, which would tell these languages, too.
    """
    monkeypatch.setattr("ledger.text.languages.guess.detector", lambda: None)
    text = "La alcaldesa no quiso decir por qué se cerró el puerto, ni cuándo se abrirá de nuevo para los barcos."
    assert guessed(text) == "es-x-guess"
    assert is_guess(guessed(text))
    assert guessed("The mayor did not say when the port would be opened again for the ships of the town.") is None
    assert language("Порт закрыт с мая") == "CYRILLIC"
    assert (
        guessed("Порт закрыт с мая, и что это за новый порт, для них было не так ясно, как и для нас.") == "ru-x-guess"
    )
    assert (guessed("港口已经关闭"), guessed("港が閉まった")) == ("zh-x-guess", "ja-x-guess")
    assert guessed("बंदरगाह बंद रहा") is None
    assert guessed("항구가 닫혔다") == "ko-x-guess"
    assert has_words_of("Cerró el puerto", "es")
    assert not has_words_of("Ports closed", "es")


@pytest.mark.parametrize(
    ("tag", "quote", "text"),
    [
        ("es", "El puerto … cerrará en mayo", "El puerto no se cerrará en mayo."),
        ("vi", "Bến cảng … đóng cửa", "Bến cảng không đóng cửa hôm nay."),
        ("zh", "港口…关闭", "港口不会关闭。"),
    ],
)
def test_an_ellipsis_that_stands_for_a_negation_misleads(tag: str, quote: str, text: str) -> None:
    """In the language of the text, where that is known."""
    assert compare(quote, text, tag).fidelity is Fidelity.MISLEADING


def test_a_long_text_tells_by_which_rules_its_sentences_end() -> None:
    """Nobody has to say that it is German: its words do; of a short one English is taken for granted."""
    text = (
        "Der Rat tagte am 3. Mai mit Hrn. Lenz und der Bürgermeisterin. Er beschloss, dass der Hafen für die Schiffe "
        "bis zum Sommer geschlossen bleibt, und dass die Fähre nicht fährt. Das sagte auch die Sprecherin der Stadt, "
        "die sich mit dem Rat nicht einig ist und den Hafen für sicher hält."
    )
    assert len(sentences(text)) == len(sentences(text, "de")) == 3
    assert [span.of("Am 3. Mai kam er.") for span in sentences("Am 3. Mai kam er.", "de")] == ["Am 3. Mai kam er."]
