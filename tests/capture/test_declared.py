"""The language that a document declares: while it is read, and of an archived copy, from its bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ledger import desk
from ledger.book import Book
from ledger.capture import Archive, ArchiveReader, Languages, read
from ledger.capture.declared import declared_language
from ledger.checks.dossiers import dossiers
from ledger.model import Capture, Source

PAGE = '<!doctype html><html lang="{}"><head><title>Puerto</title></head><body><p>{}</p></body></html>'
SPANISH = (
    "El alcalde de la ciudad no quiso decir por qué se cerró el puerto ni cuándo se abrirá de nuevo. Los barcos que "
    "esperaban en la bahía se fueron al norte, y con ellos una parte de los obreros, que ya no tenían nada que hacer. "
    "Cada familia perdió 1.500 euros."
)
MAIL = (
    b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Puerto\r\nContent-Language: es\r\n\r\nEl puerto se cierra.\r\n"
)


def packed(part: str, words: str) -> bytes:
    """Return a packed document with one part."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(part, words)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "extractor", "headers", "language"),
    [
        (PAGE.format("es-MX", "x").encode(), "html/3", (), "es-MX"),
        (b"<meta http-equiv=content-language content=fr><p>x", "html/3", (), "fr"),
        (b"<p>x", "html/3", (("Content-Language", "de"),), "de"),
        (PAGE.format("es", "x").encode(), "html/3", (("content-language", "de"),), "es"),
        (b"%PDF-1.7 1 0 obj <</Type /Catalog /Pages 2 0 R /Lang (pt-BR)>>", "pdf/2+pypdfium2-5", (), "pt-BR"),
        (b"%PDF-1.7 7 0 obj <</Type /StructElem /Lang (la)>>", "pdf/2+pypdfium2-5", (), None),
        (packed("docProps/core.xml", "<c><dc:language>it-IT</dc:language></c>"), "docx/2", (), "it-IT"),
        (packed("meta.xml", "<o><dc:language>pl</dc:language></o>"), "odt/2", (), "pl"),
        (packed("word/document.xml", "<w/>"), "docx/2", (), None),
        (b"PK\x03\x04 and no more", "docx/2", (), None),
        (b"El puerto", "plain/1", (), None),
        (b"", "", (), None),
    ],
)
def test_a_copy_declares_its_language(
    data: bytes, extractor: str, headers: tuple[tuple[str, str], ...], language: str | None
) -> None:
    """A page before its server, a PDF in its catalogue, a packed document among its properties; damage is no error."""
    assert declared_language(data, extractor, headers) == language


def test_a_mail_declares_its_language() -> None:
    """In a header, which is suggested, and kept among those that are recorded of a copy."""
    found = read(MAIL, name="puerto.eml", where="puerto.eml")
    assert [one.value for one in found.suggestions if one.field == "language"] == ["es"]
    assert ("Content-Language", "es") in found.headers


@pytest.mark.parametrize(
    ("declared", "recorded", "language"),
    [("es-MX", None, "es-MX"), ("es-MX", "es-AR", "es-AR"), ("en", None, "es-x-guess"), ("", None, "es-x-guess")],
)
def test_what_is_recorded_declared_or_guessed_is_what_the_desk_and_the_checkers_go_by(
    book: Book, declared: str, recorded: str | None, language: str
) -> None:
    """One decision, for a text while it is taken in, for the same one on record, and in what checkers are given."""
    found = read(PAGE.format(declared, SPANISH).encode(), name="puerto.html", where="puerto.html")
    taken = desk.take_in(book, found, language=recorded)
    again = desk.text_of(book.ledger, taken.source)
    assert again is not None
    claim = book.claim("Cada familia perdió 1.500 euros")
    book.evidence(claim, taken.source, anchor=desk.anchor("Cada familia perdió 1.500 euros", taken.text))
    ((dossier, _),) = dossiers(book.ledger.db, [claim.handle], ArchiveReader.of(book.ledger))
    assert taken.text.language == again.language == dossier.languages[taken.source.uid] == language
    assert dict(dossier.languages) == {taken.source.uid: language}


def test_a_source_of_which_nothing_tells_has_no_language(tmp_path: Path) -> None:
    """It is left out, as a text is that is not there; a recorded language needs no text."""
    told = Source(uid="one", handle="one", title="One", language="de")
    untold = Source(uid="two", handle="two", title="Two")
    copy = Capture(uid="c", handle="c", source="two", sha256="0" * 64, size=1, media_type="text/plain", text_sha256="0")
    found = Languages([told, untold], {}, [copy], ArchiveReader(Archive(str(tmp_path))))
    assert dict(found) == {"one": "de"}
    assert len(found) == 1
    assert "three" not in found
