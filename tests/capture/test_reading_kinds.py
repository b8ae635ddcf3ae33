"""Which kind of document bytes are, and how they were encoded."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import HTML, PLAIN, Extraction, read, read_again, read_file
from ledger.errors import InputError


def test_plain_text_keeps_its_form_and_hash():
    """A text file gives the text that earlier entries recorded for it."""
    reading = read(b"\xef\xbb\xbfThe pier\r\nis open.\r", name="pier.txt", where="pier.txt")
    assert (reading.text, reading.extractor) == ("The pier\nis open.\n", PLAIN)
    assert reading.text_sha256 == sha256(b"The pier\nis open.\n").hexdigest()


def test_a_file_is_read_by_its_suffix(tmp_path):
    """The name decides between plain text and a page."""
    (tmp_path / "pier.htm").write_text("<p>The pier</p>")
    (tmp_path / "pier.txt").write_text("<p>The pier</p>")
    assert read_file(tmp_path / "pier.htm").text == "The pier"
    assert read_file(tmp_path / "pier.txt").text == "<p>The pier</p>"


def test_the_server_s_word_goes_before_the_name_and_the_difference_is_noted():
    """Signs that disagree are said, not settled in silence."""
    reading = read(b"<p>The pier</p>", name="pier.txt", media_type="text/html; charset=utf-8", where="pier")
    assert reading.extractor == HTML
    assert "the name says plain text" in reading.notes[0]


def test_a_page_is_known_without_a_name():
    """The first tag is enough where nothing else is said."""
    assert read(b"\n<!DOCTYPE html><p>The pier", where="standard input").extractor == HTML


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pier.xyz", "is not read"),
        ("pier.odt", "not an OpenDocument text"),
        ("pier.docx", "not a Word document"),
        ("pier.pdf", "not PDF"),
        ("pier.warc.gz", "not a web archive"),
    ],
)
def test_what_is_not_read_is_refused_in_one_line(name, words):
    """An unknown kind, and bytes that are not what they are called, give the reason."""
    with pytest.raises(InputError, match=words):
        read(b"The pier", name=name, where=name)


ENCODINGS = [
    ("<p>caf\u00e9</p>".encode(), None, "utf-8", "café"),
    ("<p>caf\u00e9 \u201cquay\u201d</p>".encode("cp1252"), None, "cp1252", "café “quay”"),
    ("<p>caf\u00e9</p>".encode("cp1252"), "iso-8859-1", "cp1252", "café"),
    (b"<meta charset='windows-1251'><p>" + "порт".encode("cp1251"), None, "cp1251", "порт"),
    (
        b'<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>' + "港".encode("cp932"),
        None,
        "cp932",
        "港",
    ),
    (b"<!-- <meta charset='windows-1251'> --><p>caf\xc3\xa9", None, "utf-8", "café"),
    (b"<meta charset=utf-16><p>caf\xc3\xa9", None, "utf-8", "café"),
    (b"\xff\xfe" + "<p>café".encode("utf-16-le"), "utf-8", "utf-16-le", "café"),
    (b"\xef\xbb\xbf<p>caf\xc3\xa9", "windows-1251", "utf-8", "café"),
    (b"<p>caf\xc3\xa9", "rot13", "utf-8", "café"),
]


@pytest.mark.parametrize(("data", "charset", "encoding", "shown"), ENCODINGS)
def test_the_encoding_is_found_in_the_browser_s_order(data, charset, encoding, shown):
    """Byte order mark, header, the page's own word, valid UTF-8, and windows-1252 where nothing else fits."""
    reading = read(data, name="page.html", charset=charset, where="page")
    assert (reading.encoding, reading.text) == (encoding, shown)


def test_bytes_that_do_not_fit_the_encoding_are_noted():
    """A wrong charset leaves marks, and a note that counts them."""
    reading = read(b"<p>caf\xe9 at the pier", name="page.html", charset="utf-8", where="page")
    assert reading.text == "caf\ufffd at the pier"
    assert any(note.startswith("1 characters could not be read as utf-8, which HTTP header") for note in reading.notes)
    assert "windows-1252 would fit: --encoding windows-1252." in reading.notes[0]


@given(
    st.binary(max_size=300).filter(lambda data: b"%PDF-" not in data),
    st.sampled_from(["a.html", "a.txt", "a.pdf", "a.warc", "a.warc.gz", "a.wacz", None]),
    st.sampled_from(["utf-16", "big5", "iso-2022-jp", "nonsense", None]),
    st.sampled_from([b"", b"<p>pier", b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b"]),
)
def test_any_bytes_give_a_reading_or_one_clear_line(data, name, charset, start):
    """Whatever a file holds, nothing but a Reading or an InputError comes out, and twice the same."""
    outcomes = []
    for _ in range(2):
        try:
            reading = read(start + data, name=name, charset=charset, where="file")
            assert isinstance(reading, Extraction) and reading.text.strip()
            reading.text.encode()
            outcomes.append(reading)
        except InputError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


def test_a_text_is_read_again_by_the_extractor_that_made_it():
    """The recorded name and version must be here; another version gives nothing rather than another text."""
    page = b"<p>The pier</p>"
    assert read_again(page, HTML, where="page") == "The pier"
    assert read_again(page, PLAIN, where="page") == "<p>The pier</p>"
    assert read_again(page, "html/0", where="page") is None
