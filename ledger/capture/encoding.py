"""From bytes to characters, as a browser decides it (WHATWG Encoding; HTML, "determining the character encoding")."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

PRESCAN = 4096
"""Bytes in which a page may name its own encoding."""

# Label to Python's codec. Only these: Python also knows codecs that are no text (rot13, base64, unicode_escape, utf-7).
_CODECS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 x-unicode20utf8",
    "utf-16-le": "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2 csunicode",
    "utf-16-be": "utf-16be unicodefffe",
    "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 ascii us-ascii "
    "ibm819 cp819",
    "iso8859_2": "iso-8859-2 iso8859-2 iso_8859-2 latin2 l2",
    "iso8859_3": "iso-8859-3 latin3",
    "iso8859_4": "iso-8859-4 latin4",
    "iso8859_5": "iso-8859-5 iso8859-5 cyrillic",
    "iso8859_6": "iso-8859-6 arabic asmo-708",
    "iso8859_7": "iso-8859-7 iso8859-7 greek",
    "iso8859_8": "iso-8859-8 iso-8859-8-i hebrew logical visual",
    "iso8859_10": "iso-8859-10 latin6",
    "iso8859_13": "iso-8859-13",
    "iso8859_14": "iso-8859-14",
    "iso8859_15": "iso-8859-15 iso8859-15 latin9 l9",
    "iso8859_16": "iso-8859-16",
    "cp866": "ibm866 cp866 866",
    "koi8_r": "koi8-r koi koi8 koi8_r",
    "koi8_u": "koi8-u koi8-ru",
    "mac_roman": "macintosh mac x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "windows-874 tis-620 iso-8859-11 dos-874",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251",
    "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 latin5 l5",
    "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256",
    "cp1257": "windows-1257 cp1257 x-cp1257",
    "cp1258": "windows-1258 cp1258 x-cp1258",
    "gb18030": "gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5",
    "euc_jp": "euc-jp x-euc-jp",
    "cp932": "shift_jis shift-jis sjis ms_kanji windows-31j x-sjis",
    "iso2022_jp": "iso-2022-jp",
    "cp949": "euc-kr korean ks_c_5601-1987 ksc5601 windows-949",
}
_LABELS = {label: codec for codec, labels in _CODECS.items() for label in (codec, *labels.split())}

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(
    rb"<meta\b[^>]{0,1000}?\bcharset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_XML = re.compile(rb"\s{0,20}<\?xml\b[^>]{0,200}?\bencoding\s{0,20}=\s{0,20}[\"']([A-Za-z0-9_:.-]{1,40})[\"']")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


@attrs.frozen
class Decoded:
    """A document's characters, the encoding that gave them, what named it, and the bytes of mark before the first."""

    text: str = attrs.field(repr=False)
    encoding: str
    named_by: str
    notes: tuple[str, ...] = ()
    skipped: int = 0


def codec_of(label: str | None) -> str | None:
    """Return Python's codec for an encoding's label; None if browsers know no such label."""
    return _LABELS.get(label.strip().strip("\"'").lower()) if label else None


def charset_of(headers: Iterable[tuple[str, str]]) -> str | None:
    """Return the encoding that a server's Content-Type names, as it is written; None where it names none."""
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    _, found, charset = declared.lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'") or None if found else None


def decode(data: bytes, *, charset: str | None = None) -> Decoded:
    """Return the characters of a page: by byte order mark, header, its own word, else UTF-8, else windows-1252.

    What cannot be decoded becomes U+FFFD, and a note says in how many places.
    """
    declared = _declared(data[:PRESCAN])
    encoding, named_by, skip = _choose(data, codec_of(charset), declared)
    notes = []
    if named_by == "HTTP header" and declared and declared != encoding:
        notes.append(f"The header says {encoding}, the page says {declared}; the header was followed.")
    text = data[skip:].decode(encoding, "replace") if skip else data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken:
        notes.append(f"{broken:,} characters could not be read as {encoding}.")
    return Decoded(text, encoding, named_by, tuple(notes), skip)


def _choose(data: bytes, header: str | None, declared: str | None) -> tuple[str, str, int]:
    """Return the codec, what named it, and how many bytes of byte order mark there are."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, "byte order mark", len(mark)
    if header:
        return header, "HTTP header", 0
    if declared:
        return declared, "the page", 0
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252", "nothing; it is not UTF-8", 0
    return "utf-8", "nothing; it is valid UTF-8", 0


def _declared(head: bytes) -> str | None:
    """Return the codec that a page's first bytes name; one that could not spell those bytes is UTF-8."""
    head = _COMMENT.sub(b"", head)
    for pattern in (_META, _XML):
        for match in pattern.finditer(head):
            codec = codec_of(match[1].decode("ascii"))
            if codec:
                return "utf-8" if codec.startswith("utf-16") else codec
    return None
