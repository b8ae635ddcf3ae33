"""Pages and texts whose encoding nobody named, or named wrongly: what they are read as, and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import read, read_again
from ledger.capture.labels import codec_of, label_of
from ledger.capture.plain import shown
from ledger.capture.reading import in_bytes
from ledger.errors import InputError
from ledger.text import has_pages, pages

WRITTEN = [
    ("windows-1251", "Паром не ходит с пятницы, сообщил начальник причала жителям острова."),
    ("koi8-r", "Паром не ходит с пятницы, сообщил начальник причала жителям острова."),
    ("gb18030", "渡轮从周五起停航，码头负责人对岛上的居民说，修理要花两个星期。"),
    ("big5", "渡輪從週五起停航，碼頭負責人對島上的居民說，修理要花兩個星期。"),
    ("shift_jis", "フェリーは金曜日から運休していると、桟橋の責任者が島の住民に語った。"),
    ("euc-jp", "フェリーは金曜日から運休していると、桟橋の責任者が島の住民に語った。"),
    ("euc-kr", "여객선은 금요일부터 운항하지 않는다고 부두 책임자가 섬 주민들에게 말했다."),
    ("iso-8859-7", "Το πλοίο δεν ταξιδεύει από την Παρασκευή, είπε ο υπεύθυνος στους κατοίκους του νησιού."),
    ("windows-1254", "Vapur cuma gününden beri çalışmıyor, dedi iskele müdürü ada halkına; onarım iki hafta sürecek."),
    ("windows-1250", "Prom nie kursuje od piątku, powiedział kierownik przystani mieszkańcom wyspy; naprawa potrwa."),
    ("windows-1252", "Die Fähre fährt seit Freitag nicht, sagte der Leiter des Anlegers den Bewohnern für später."),
    ("iso-2022-jp", "フェリーは金曜日から運休していると、桟橋の責任者が語った。"),
]


@pytest.mark.parametrize(("encoding", "words"), WRITTEN)
@pytest.mark.parametrize("name", ["ferry.html", "ferry.txt"])
def test_an_encoding_that_nobody_named_is_guessed_and_said_to_be_a_guess(encoding, words, name):
    """The words are right, the note names the encoding as a guess and how to say it, and they are read again so."""
    pytest.importorskip("chardet", reason="chardet is not installed")
    data = words.encode(codec_of(encoding))
    data = b"<p>%s</p>" % data if name.endswith("html") else data
    found = read(data, name=name, where=name)
    assert found.text == words
    assert "a guess by chardet" in found.notes[0] and "--encoding" in found.notes[0]
    assert read_again(data, found.extractor, where=name) == words
    place = in_bytes(data, found.extractor, (3, 7), where=name)
    if encoding == "iso-2022-jp":  # its bytes mean nothing without what stands before them
        assert place is None
    else:
        assert data[slice(*place)] == words[3:7].encode(codec_of(encoding))


def test_without_a_library_browsers_default_is_taken_and_said(monkeypatch):
    """Nothing is guessed by nobody: windows-1252 is named as such."""
    monkeypatch.setitem(__import__("sys").modules, "chardet", None)
    found = read("Паром не ходит".encode("cp1251"), name="a.txt", where="a.txt")
    assert found.encoding == "cp1252"
    assert "read as windows-1252, a guess: what browsers take. Look closer: pip install" in found.notes[0]


def test_few_letters_beyond_ascii_are_read_as_browsers_do():
    """One é in a line is no reason to think of Greek."""
    assert read(b"<p>The caf\xe9 by the quay", name="a.html", where="a").text == "The café by the quay"


@pytest.mark.parametrize("name", ["ferry.html", "ferry.txt"])
def test_what_a_person_names_counts_before_all_else(name):
    """It is taken even where the bytes would be UTF-8, is part of the extractor's name, and is read again so."""
    data = "Ä".encode()
    found = read(data, name=name, encoding="windows-1251", where=name)
    assert (found.text, found.encoding, found.notes) == ("Г„", "cp1251", ())
    assert found.extractor.endswith("+cp1251")
    assert read_again(data, found.extractor, where=name) == "Г„"


def test_an_encoding_that_browsers_do_not_know_is_refused():
    """rot13 and utf-7 are codecs of Python, and no encodings of pages."""
    for odd in ("rot13", "utf-7", "base64", "what"):
        with pytest.raises(InputError, match="No encoding is called"):
            read(b"abc", name="a.txt", encoding=odd, where="a.txt")


def test_a_page_may_name_its_encoding_late():
    """A declaration behind thousands of bytes of scripts counts, as browsers go back for it."""
    words = "Паром не ходит"
    data = b"<html><script>" + b"//x\n" * 3_000 + b"</script><meta charset=windows-1251><p>" + words.encode("cp1251")
    found = read(data, name="a.html", where="a")
    assert (found.text, found.notes) == (words, ())


def test_a_declared_encoding_that_does_not_fit_is_said_with_one_that_would():
    """The page says UTF-8 and is not: nothing is put right in silence."""
    data = b'<meta charset="utf-8"><p>' + "Паром не ходит с пятницы".encode("cp1251")
    notes = read(data, name="a.html", where="a").notes
    assert "could not be read as utf-8, which the page names" in notes[0]
    assert notes[0].endswith("windows-1251 would fit: --encoding windows-1251.")


def test_a_text_in_utf_16_is_read():
    """Notepad's and Excel's "Unicode" has a mark; without one it is known by its empty bytes."""
    for encoding in ("utf-16", "utf-16-le"):
        assert read("The ferry stops.\r\nIt rains.".encode(encoding), name="a.txt", where="a").text == (
            "The ferry stops.\nIt rains."
        )


def test_every_label_has_a_codec_and_the_codec_a_usual_label():
    """What a note names can be given to --encoding."""
    for label in ("windows-1251", "shift_jis", "gb18030", "euc-kr", "iso-8859-2", "utf-16", "utf-8", "big5"):
        assert label_of(codec_of(label)) == label


def test_form_feeds_part_pages():
    """What pdftotext writes has pages, and one at the end is none; their words get their page."""
    found = read(b"The ferry\nstops.\n\n\fIt rains.\n\f", name="a.txt", where="a")
    assert found.text == "The ferry\nstops.\n\n\fIt rains."
    assert has_pages(found.extractor)
    assert [page.of(found.text) for page in pages(found.text)] == ["The ferry\nstops.", "It rains."]


def test_a_line_break_inside_a_paragraph_is_one():
    """Word processors copy it as a vertical tab; of whatever sign, a line ends there."""
    reading = read(b"The ferry\x0bstops.\rIt rains.", name="a.txt", where="a")
    assert reading.text == "The ferry\nstops.\nIt rains."


@given(st.text(alphabet="ab \t\r\n\f\vé", min_size=1, max_size=40))
def test_every_letter_of_a_text_leads_to_where_it_stands(document):
    """With line ends of all kinds and form feeds, each letter leads to the same letter of the file."""
    try:
        text, offsets = shown(document, where="a")
    except InputError:
        return
    for at, letter in enumerate(text):
        if letter in "abé":
            start, end = offsets.span(at, at + 1)
            assert document[start:end] == letter
    assert [one for one in text if one in "abé"] == [one for one in document if one in "abé"]
