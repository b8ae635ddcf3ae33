"""Files of every other kind: mails, saved pages, OpenDocument, workbooks, JSON, captions, pictures, damaged ones."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from ledger.capture import read, read_again
from ledger.errors import InputError

MAIL = b"""Received: from mx.harbour.example by mx.desk.example; Fri, 2 May 2025 09:00:00 +0200\r
From: Ann Quay <ann@harbour.example>\r
To: desk@desk.example\r
Subject: =?utf-8?q?The_ferry_=E2=80=93_no_news?=\r
Date: Fri, 2 May 2025 09:00:00 +0200\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=B\r
\r
--B\r
Content-Type: multipart/alternative; boundary=A\r
\r
--A\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
The caf=E9 is shut, and the ferry stops on 12 May.\r
--A\r
Content-Type: text/html\r
\r
<p>The ferry stops on 13 May.\r
--A--\r
--B\r
Content-Type: application/pdf\r
Content-Disposition: attachment; filename=plan.pdf\r
Content-Transfer-Encoding: base64\r
\r
JVBERg==\r
--B--\r
"""

PAGE = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://harbour.example/2025/05/02/ferry\r
Subject: The ferry\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary=B\r
\r
--B\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://harbour.example/2025/05/02/ferry\r
\r
<title>The ferry</title><p>The ferry stops =E2=80=93 on <del>11</del><ins>12</ins> May.\r
--B\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
--B--\r
"""


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, words in parts.items():
            bundle.writestr(name.replace("_", "."), words)
    return out.getvalue()


def odt(body: str, meta: str = "") -> bytes:
    out = io.BytesIO()
    spaces = (
        'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text'
        ':1.0" xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:d="http://purl.org/dc/elements/1.1/"'
    )
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        bundle.writestr("content.xml", f"<o:c {spaces}>{body}</o:c>")
        bundle.writestr("meta.xml", f"<o:m {spaces}>{meta}</o:m>")
    return out.getvalue()


def test_a_mail_shows_its_head_and_its_words():
    """The plain part is read, what is attached is named, the way it took is custody, and its day is suggested."""
    found = read(MAIL, name="a.eml", where="a.eml")
    assert found.text == (
        "From: Ann Quay <ann@harbour.example>\nTo: desk@desk.example\nDate: Fri, 02 May 2025 09:00:00 +0200\n"
        "Subject: The ferry – no news\n\nThe café is shut, and the ferry stops on 12 May."
    )
    assert "The plain text was read; the message has it as HTML too." in found.notes
    assert "Attached and not read: plan.pdf (4 bytes). Save and archive what matters." in found.notes
    assert found.headers[0][0] == "Received"
    assert {(one.field, one.value) for one in found.suggestions} == {
        ("title", "The ferry – no news"),
        ("author", "Ann Quay"),
        ("published", "2025-05-02T09:00:00+02:00"),
    }
    assert read_again(MAIL, found.extractor, where="a") == found.text


def test_a_mail_is_known_without_a_name_and_a_mailbox_holds_several():
    """The head of a message tells what it is; messages stand one after the other."""
    assert read(MAIL, where="a").extractor == "mail/2"
    box = b"From a@b.example Fri May  2 09:00:00 2025\n" + MAIL + b"\nFrom c@d.example Fri May  2 10:00:00 2025\n"
    box += b"From: Bo\nSubject: Second\n\nIt rains.\n"
    found = read(box, name="a.mbox", where="a")
    assert found.text.endswith("From: Bo\nSubject: Second\n\nIt rains.")
    assert found.notes[0].startswith("The file holds 2 messages")


def test_a_page_that_a_browser_saved_as_one_file_is_read_as_the_page():
    """Its words, its day in the address, and what is struck out, as of any page."""
    found = read(PAGE, name="ferry.mhtml", where="a")
    assert found.text == "The ferry stops – on 12 May."
    assert any("“11”" in note for note in found.notes)
    assert ("published", "2025-05-02") in {(one.field, one.value) for one in found.suggestions}
    assert read_again(PAGE, found.extractor, where="a") == found.text


def test_an_opendocument_text_shows_what_its_pages_show():
    """Paragraphs, rows of tables and repeated spaces; no comments, and no words that a tracked change deleted."""
    data = odt(
        "<o:text><t:tracked-changes><t:deletion><t:p>Old words.</t:p></t:deletion></t:tracked-changes>"
        "<t:h>The ferry</t:h><t:p>It stops<t:s t:c='2'/>on <t:span>12</t:span>\n May.<o:annotation><t:p>No!</t:p>"
        "</o:annotation></t:p><b:table><b:table-row><b:table-cell><t:p>Boats</t:p></b:table-cell><b:table-cell>"
        "<t:p>14</t:p></b:table-cell></b:table-row></b:table></o:text>",
        "<d:title>Ferries</d:title><d:creator>Ann Quay</d:creator>",
    )
    found = read(data, name="a.odt", where="a")
    assert found.text == "The ferry\n\nIt stops  on 12 May.\n\nBoats\t14"
    assert found.notes == ("Deletions that are not accepted yet were left out (1).",)
    assert [one.value for one in found.suggestions] == ["The ferry", "Ferries", "Ann Quay"]
    assert read_again(data, found.extractor, where="a") == found.text


def test_what_an_opendocument_text_strikes_out_raises_or_spells_out_is_no_part_of_its_words():
    """Struck-out words are named, the number of a note is no part of a figure, and how a word is read stays out."""
    styles = (
        "<t:styles><t:style t:name='S'><t:text-properties t:text-line-through-style='solid'/></t:style>"
        "<t:style t:name='R'><t:text-properties t:text-position='super 58%'/></t:style></t:styles>"
    )
    body = (
        "<t:p>Some <t:span t:style-name='S'>90 </t:span>320<t:span t:style-name='R'>1</t:span> boats lie in "
        "<t:ruby><t:ruby-base>港</t:ruby-base><t:ruby-text>みなと</t:ruby-text></t:ruby>.</t:p>"
    )
    found = read(odt(f"{styles}<o:text>{body}</o:text>"), name="a.odt", where="a")
    assert found.text == "Some 320¹ boats lie in 港."
    assert found.notes == ("Struck out on the page, and left out of its words: “90”.",)


@pytest.mark.parametrize(
    "body",
    ["<t:p>" * 600, "<!DOCTYPE a [<!ENTITY b 'c'>]><t:p>&b;</t:p>", "<t:p>cut"],
)
def test_a_hostile_opendocument_text_is_refused(body):
    """Nesting without end, entities and broken XML end in one line; a copy of it can be archived."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        bundle.writestr("content.xml", body.replace("t:", ""))
    with pytest.raises(InputError):
        read(out.getvalue(), name="a.odt", where="a")
    assert read(out.getvalue(), name="a.odt", unread=True, where="a").extractor is None


def test_a_workbook_shows_its_sheets_row_by_row():
    """The name of a sheet, then its rows; dates and numbers as they are written in tables."""
    pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("[Content_Types].xml", "<Types/>")
        bundle.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}"><Relationship Id="r1" Type="{rels}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        bundle.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="Boats" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        bundle.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}"><Relationship '
            f'Id="r1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        bundle.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="str"><v>Year</v></c><c r="B1" t="str">'
            '<v>Boats</v></c></row><row r="2"><c r="A2"><v>2024</v></c><c r="B2"><v>12.5</v></c></row></sheetData>'
            "</worksheet>",
        )
    found = read(out.getvalue(), name="boats.xlsx", where="a")
    assert found.text == "Boats\n\nYear\tBoats\n2024\t12.5"
    assert read_again(out.getvalue(), found.extractor, where="a") == found.text


def test_json_shows_its_values_as_words():
    """Escapes are read, a name stands before each value, and lines of JSON are read like a list."""
    post = {"user": {"name": "Ann"}, "text": "The ferry “stops”\non 12 May", "likes": 14, "seen": True, "gone": None}
    found = read(json.dumps(post).encode(), name="post.json", where="a")
    assert found.text == "name: Ann\ntext: The ferry “stops”\non 12 May\nlikes: 14\nseen: true"
    assert read(b'{"a": 1}\n{"a": 2}\n', name="a.jsonl", where="a").text == "a: 1\na: 2"
    assert read(b'{"a": "rose", "a": "fell"}', name="a.json", where="a").text == "a: rose\na: fell"
    assert read(b"[" * 100_000, name="a.json", unread=True, where="a").extractor is None
    with pytest.raises(InputError, match="not JSON"):
        read(b'{"a": }', name="a.json", where="a")


def test_captions_are_read_as_text():
    """The times of captions stand in the text; quotations are held to the words around them."""
    talk = b"1\n00:00:01,000 --> 00:00:03,000\nThe ferry\n\n2\n00:00:03,000 --> 00:00:05,000\nstops in May.\n"
    assert read(talk, name="talk.srt", where="a").text.endswith("stops in May.\n")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "shot.png", "image/png"),
        (b"\xff\xd8\xff\xe0abc", "shot", "image/jpeg"),
        (b"\0\0\0\x18ftypmp42abcd", "talk.mp4", "video/mp4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "talk.wav", "audio/wav"),
        (b"anything", "what.xyz", "application/octet-stream"),
        (b"\x1f\x8b\x08\0cut", "logs.gz", "application/octet-stream"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "really.txt", "image/png"),
    ],
)
def test_what_is_not_read_is_archived_when_asked_and_refused_else(data, name, media_type):
    """Pictures, recordings and unknown files have no words; they are kept whole, and their kind is told by bytes."""
    with pytest.raises(InputError, match="not read"):
        read(data, name=name, where=name)
    kept = read(data, name=name, unread=True, where=name)
    assert (kept.data, kept.text, kept.extractor, kept.text_sha256) == (data, "", None, None)
    assert kept.media_type == media_type
    assert kept.notes == ("Archived, and not read. It can be quoted by its place only: --at",)


def test_what_is_damaged_is_archived_with_the_reason():
    """A Word file that is none is not called a web archive, and its bytes are kept."""
    data = packed(hello_txt="words")
    with pytest.raises(InputError, match="This is not a Word document, though it is called so"):
        read(data, name="a.docx", where="a")
    kept = read(data, name="a.docx", unread=True, where="a")
    assert "This is not a Word document" in kept.notes[0] and kept.extractor is None


def test_a_mail_that_nests_without_end_is_stopped():
    """Messages in messages are read in a process of its own, and end in one line or without their inner parts."""
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3_000))
    kept = read(b"From: a\nSubject: b\n" + deep, name="a.eml", unread=True, where="a")
    assert kept.data.startswith(b"From: a")
