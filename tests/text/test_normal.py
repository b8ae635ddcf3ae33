"""The comparable form, and the way back."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.text import Span, normalise

TYPESET = st.text(alphabet=st.sampled_from("ab 1\n\t\u00a0\u00ad\u200b-–—…“’′ﬁ²½é\u0301\u0308ｶﾞ\u1112\u1161\u11ab"))

FORMS = {
    "curly quotation marks": ("“It’s shut”", '"It\'s shut"'),
    "guillemets": ("«It is shut»", '"It is shut"'),
    "primes": ("6′2″ tall", "6'2\" tall"),
    "typed accents": ("it´s and it`s", "it's and it's"),
    "hyphens": ("well‐known non‑stop", "well-known non-stop"),
    "en dash": ("pages 5–10", "pages 5-10"),
    "minus": ("−5 degrees", "-5 degrees"),
    "em dash": ("the quay—now shut—reopens", "the quay - now shut - reopens"),
    "spaced em dash": ("the quay — now shut", "the quay - now shut"),
    "double hyphen": ("the quay -- now shut", "the quay - now shut"),
    "spaced en dash": ("the quay – now shut", "the quay - now shut"),
    "ellipsis": ("we waited… then left", "we waited... then left"),
    "ligatures": ("the ﬁrst oﬃce ﬂoor", "the first office floor"),
    "soft hyphens": ("har\u00adbour mas\u00adter", "harbour master"),
    "invisible": ("\ufeffhar\u200bbour", "harbour"),
    "white space": ("the\u00a0quay \t is\n\nshut", "the quay is shut"),
    "full width": ("ＡＢＣ　１２", "ABC 12"),
    "composed accents": ("Cafe\u0301 Zoë", "Café Zoë"),
    "half-width katakana": ("ｶﾞ", "ガ"),
}

KEPT = ("Case Stays", "10²", "H₂O", "1½", "①", "1,500.25", "can't", "x\u0302", "🌉", "中文。")


@pytest.mark.parametrize(("written", "form"), FORMS.values(), ids=FORMS)
def test_forms(written: str, form: str) -> None:
    """Ways of typing or setting the same words come to one form."""
    assert normalise(written).text == form


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    """What makes another word or number is kept."""
    assert normalise(text).text == text


SPANS = {
    "plain": ("the quay", "quay", "quay"),
    "after a soft hyphen": ("har\u00adbour", "bour", "bour"),
    "over a soft hyphen": ("har\u00adbour", "rb", "r\u00adb"),
    "white space": ("the \n quay", "e q", "e \n q"),
    "part of a ligature": ("oﬃce", "fi", "ﬃ"),
    "ellipsis": ("wait… now", "...", "…"),
    "composed accent": ("Cafe\u0301 bar", "é", "e\u0301"),
    "dash without spaces": ("quay—now", "- n", "—n"),
    "dash with spaces": ("quay — now", "y -", "y —"),
}


@pytest.mark.parametrize(("text", "part", "original"), SPANS.values(), ids=SPANS)
def test_span(text: str, part: str, original: str) -> None:
    """A stretch of the form maps to what was written there."""
    normal = normalise(text)
    start = normal.text.index(part)
    assert normal.span(start, start + len(part)).of(text) == original


def test_empty_stretch() -> None:
    """An empty stretch maps to a position."""
    normal = normalise("oﬃce")
    assert normal.span(1, 1) == Span(1, 1)
    assert normal.span(6, 6) == Span(4, 4)
    assert normalise("").span(0, 0) == Span(0, 0)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 9)])
def test_span_outside(start: int, end: int) -> None:
    """Offsets outside the form are refused."""
    with pytest.raises(InputError, match="has no characters"):
        normalise("quay").span(start, end)


@given(TYPESET | st.text())
def test_every_character_maps_back(text: str) -> None:
    """Each character came from where it maps to, and only invisible ones came to nothing."""
    normal = normalise(text)
    spans = [normal.span(at, at + 1) for at in range(len(normal.text))]
    for character, span in zip(normal.text, spans, strict=True):
        assert character in (normalise(span.of(text)).text or " ")
    for before, after in pairwise([Span(0, 0), *spans, Span(len(text), len(text))]):
        assert before.start <= after.start
        assert before.end <= after.end
        assert normalise(text[before.end : after.start]).text == ""


@given(TYPESET)
def test_whole_text_maps_back(text: str) -> None:
    """A stretch of the form, taken back to the original, has that form again."""
    normal = normalise(text)
    for start in range(len(normal.text)):
        original = normal.span(start, len(normal.text)).of(text)
        assert normalise(original).text.endswith(normal.text[start:].lstrip(" "))


@given(TYPESET | st.text())
def test_composition_does_not_matter(text: str) -> None:
    """Composed and decomposed accents have the same form."""
    composed = normalise(unicodedata.normalize("NFC", text)).text
    assert normalise(unicodedata.normalize("NFD", text)).text == composed


@given(TYPESET | st.text())
def test_one_space_at_a_time(text: str) -> None:
    """No two spaces stand together, and no other white space is left."""
    form = normalise(text).text
    assert "  " not in form
    assert not any(character.isspace() and character != " " for character in form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("donâ€™t â€œgoâ€\x9d", 'don\'t "go"'),
        ("the cafÃ© â€“ Â£5", "the café - £5"),
        ("don\x92t \x93go\x94", 'don\'t "go"'),
        ("Ã é â", "Ã é â"),
    ],
)
def test_bytes_that_were_misread_are_read_again(text: str, form: str) -> None:
    """UTF-8 and Windows-1252 that somebody read as Windows-1252 or Latin-1 are what they were; other letters stay."""
    assert normalise(text).text == form


def test_what_was_misread_maps_back_whole() -> None:
    """A character leads back to all that was read in its place."""
    assert normalise("cafÃ©").span(3, 4) == Span(3, 5)
