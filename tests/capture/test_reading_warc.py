"""Pages out of web archives."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import HTML, read
from ledger.errors import InputError

pytest.importorskip("warcio", reason="warcio is not installed")

PIER, QUAY = "https://harbour.example/pier", "https://harbour.example/quay"


def record(address, body, status="200 OK", media_type="text/html; charset=windows-1252", more=""):
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-05-02T10:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


ONE = record(PIER, "<p>The café at the pier".encode("cp1252"))
OTHERS = record(QUAY, b"gone", "404 Not Found") + record(QUAY + ".css", b"p {}", media_type="text/css")


def wacz(warc):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("datapackage.json", "{}")
        bundle.writestr("archive/data.warc.gz", gzip.compress(warc))
    return out.getvalue()


@pytest.mark.parametrize("data", [ONE + OTHERS, gzip.compress(OTHERS) + gzip.compress(ONE), wacz(OTHERS + ONE)])
def test_the_only_page_is_read(data):
    """Plain, zipped record by record, or bundled: the page comes out with its address, date and declared charset."""
    reading = read(data, where="pier.warc")
    assert (reading.text, reading.extractor, reading.encoding) == ("The café at the pier", HTML, "cp1252")
    assert reading.data == "<p>The café at the pier".encode("cp1252")
    assert (reading.response.address, reading.response.date) == (PIER, "2025-05-02T10:15:00Z")


def test_a_page_whose_server_named_no_kind_is_read():
    """What it is shows in its bytes, as with a file without a name."""
    bare = ONE.replace(b"Content-Type: text/html; charset=windows-1252", b"Via: " + b"x" * 40)
    assert read(bare, where="pier.warc").text == "The café at the pier"


def test_several_pages_are_named_and_one_can_be_asked_for():
    """Which page is meant is the person's to say."""
    data = ONE + record(QUAY, b"<p>The quay")
    with pytest.raises(InputError, match="several pages") as refusal:
        read(data, where="pier.warc")
    assert PIER in refusal.value.message and QUAY in refusal.value.message
    assert read(data, name=QUAY, where="pier.warc").text == "The quay"


def test_a_page_that_is_not_there_is_said_with_what_is():
    """The refusal names what the archive holds."""
    with pytest.raises(
        InputError, match=r"no page of https://harbour.example/mole; there is https://harbour.example/pier"
    ):
        read(ONE, name="https://harbour.example/mole", where="pier.warc")


def test_a_compressed_body_is_unpacked():
    """The payload is what a browser would get."""
    body = gzip.compress(b"<p>The pier")
    assert read(record(PIER, body, more="Content-Encoding: gzip\r\n"), where="pier.warc").data == b"<p>The pier"


@pytest.mark.parametrize(
    "data",
    [
        ONE[:100],
        gzip.compress(ONE)[:-20],
        wacz(ONE)[:-30],
        wacz(ONE).replace(b"\x1f\x8b", b"\0\0"),
        b"WARC/1.0\r\n\xff" * 99,
    ],
)
def test_a_damaged_archive_is_refused_in_one_line(data):
    """Cut and overwritten archives give one line with a hint."""
    with pytest.raises(InputError) as refusal:
        read(data, where="pier.warc")
    assert refusal.value.hint


def test_an_archive_that_unpacks_without_end_is_refused():
    """A bomb is stopped by the size that it unpacks to."""
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="w", compresslevel=1) as file:
        file.write(record(PIER, b"").replace(b"Content-Length: ", b"Content-Length: 9999999"))
        for _ in range(9):
            file.write(bytes(8_000_000))
    with pytest.raises(InputError, match="more than 64,000,000 bytes"):
        read(bomb.getvalue(), where="pier.warc")


@pytest.mark.parametrize(
    "spelled",
    [
        "http://harbour.example/pier", "https://www.HARBOUR.example/pier/", "https://harbour.example:443/pier#top",
        "https://harbour.example/%70ier", "https://harbour.example/pier?utm_source=letter",
    ],
)  # fmt: skip
def test_spellings_of_one_address_are_one(spelled):
    """http or https, a www, a slash, a fragment or a campaign's mark do not make another page."""
    data = ONE + record(QUAY, b"<p>The quay")
    assert read(data, address=spelled, where="a.warc").text == "The café at the pier"
    assert read(ONE, address=spelled, where="a.warc").notes == ()


def test_an_archive_of_another_address_than_the_source_s_is_said():
    """The only page is taken, and the note names both addresses."""
    (note,) = read(ONE, address=QUAY, where="a.warc").notes
    assert PIER in note and QUAY in note


@pytest.mark.parametrize("data", [ONE[:-40], gzip.compress(OTHERS) + gzip.compress(ONE)[:-20], wacz(ONE)[:-30]])
def test_an_archive_that_is_cut_off_says_so(data):
    """The end is missing, and it is not called one without a page; nothing of it is archived as if it were whole."""
    for unread in (False, True):
        with pytest.raises(InputError, match=r"cut off after [0-9,]+ bytes"):
            read(data, name="a.wacz" if data.startswith(b"PK") else "a.warc", unread=unread, where="a")


@given(st.integers(1, len(ONE) - 5))
def test_wherever_a_record_is_cut_it_is_noticed(at):
    """At any byte of its only record, an archive is not taken for a whole one."""
    with pytest.raises(InputError):
        read(ONE[:at], name="a.warc", where="a")
