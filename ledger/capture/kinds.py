"""Which kind of document some bytes are: by their first bytes, then the declared media type, then the name."""

from __future__ import annotations

import mimetypes
import re
import zlib
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import attrs

from ..errors import InputError
from . import docx, odt, workbook

OTHER = "other"
"""The kind of what is archived and not read."""


@attrs.frozen
class DocumentKind:
    """A kind of document that is read: what it is called, how it is known, and how many bytes of it are taken."""

    spoken: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    largest: int = 64_000_000
    sure: bool = True
    """Whether its bytes tell it apart from all others."""


KINDS = {
    "plain": DocumentKind(
        "plain text",
        (".txt", ".text", ".md", ".srt", ".vtt", ".csv", ".tsv", ".log"),
        ("text/plain", "text/markdown", "text/vtt", "application/x-subrip", "text/csv", "text/tab-separated-values"),
        largest=8_000_000,
        sure=False,
    ),
    "html": DocumentKind("HTML", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), sure=False),
    "pdf": DocumentKind("PDF", (".pdf",), ("application/pdf",)),
    "docx": DocumentKind("a Word document", (".docx",), (docx.MEDIA_TYPE,)),
    "odt": DocumentKind("an OpenDocument text", (".odt",), (odt.MEDIA_TYPE,)),
    "workbook": DocumentKind("a workbook", (".xlsx", ".ods"), (workbook.XLSX, workbook.ODS)),
    "mail": DocumentKind("a mail message", (".eml", ".mbox"), ("message/rfc822", "application/mbox"), sure=False),
    "mhtml": DocumentKind(
        "a saved web page", (".mhtml", ".mht"), ("multipart/related", "application/x-mimearchive"), sure=False
    ),
    "json": DocumentKind(
        "JSON",
        (".json", ".jsonl", ".ndjson", ".jsonld"),
        ("application/json", "application/ld+json", "application/x-ndjson"),
        largest=8_000_000,
        sure=False,
    ),
    "warc": DocumentKind(
        "a web archive",
        (".warc", ".warc.gz", ".wacz"),
        ("application/warc", "application/wacz", "application/wacz+zip"),
        largest=256_000_000,
    ),
}

LARGEST = {OTHER: 256_000_000} | {name: kind.largest for name, kind in KINDS.items()}
"""Bytes that are taken of each kind of document."""

TEXT_SUFFIXES = (".txt", ".text", ".md")

_SUFFIXES = {suffix: name for name, kind in KINDS.items() for suffix in kind.suffixes}
_MEDIA_TYPES = {media: name for name, kind in KINDS.items() for media in kind.media_types}
_SURE = {OTHER, *(name for name, kind in KINDS.items() if kind.sure)}

_TAGS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<!--",
    b"<meta",
    b"<title",
    b"<script",
    b"<div",
    b"<p>",
    b"<h1",
)
_HEADER = re.compile(rb"(?:From [^\n]*\d{4}[^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_SNAPSHOT = re.compile(rb"^(?:snapshot-content-location:|from: *\"?<saved by)", re.IGNORECASE | re.M)
_PICTURES_AND_SOUND = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
)
_OFFICE = (
    (b"word/document", "docx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"xl/workbook", "workbook"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "workbook"),
    (b".warc", "warc"),
)
"""What stands unpacked in the ZIP file of each kind: the names of its parts, and OpenDocument's first."""


def kind_of(data: bytes, *, name: str | None, media_type: str | None, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind of document and a note where its signs disagree; raise InputError if it is called what it is not.

    Most kinds are known by their bytes, whatever else is said. HTML, plain text, JSON and mail have no sure mark: what
    the server declared counts, then the name, then how it begins. Without a name, it is plain text.
    """
    declared = _MEDIA_TYPES.get(_bare(media_type))
    named = _SUFFIXES.get(suffix_of(name))
    leading = _leading(data)
    if leading in _SURE:
        kind: str | None = leading
    elif {declared, named} & _SURE and (declared or named) in _SURE:
        called = KINDS[declared or named or ""].spoken
        raise InputError(f"This is not {called}, though it is called so.", where=where, hint="Save it again.")
    else:
        kind = declared or named or leading or (OTHER if name or media_type else "plain")
    assert kind is not None
    said = {"the server": declared, "the name": named, "the content": leading}
    others = [f"{who} says {_spoken(what)}" for who, what in said.items() if what and what != kind]
    return kind, (f"Read as {_spoken(kind)}, but {' and '.join(others)}.",) if others and kind != OTHER else ()


def media_type_of(data: bytes, *, name: str | None, declared: str | None) -> str:
    """Return the media type of what is not read: by its first bytes, as the server declared it, by its name."""
    guessed, _ = mimetypes.MimeTypes().guess_type(f"file{suffix_of(name)}")
    return _magic(data) or _bare(declared) or guessed or "application/octet-stream"


def suffix_of(name: str | None) -> str:
    """Return the suffix of a file name or address in lower case, `.warc.gz` whole; empty if there is none."""
    try:
        path = urlsplit(name).path if name and "://" in name else name or ""
    except ValueError:
        return ""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes[-2:]]
    return ".warc.gz" if suffixes == [".warc", ".gz"] else suffixes[-1] if suffixes else ""


def _bare(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def _spoken(kind: str) -> str:
    return KINDS[kind].spoken if kind in KINDS else "a picture, a recording or a packed file"


def _leading(data: bytes) -> str | None:
    """Return the kind that bytes begin as; None if they may be anything."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _OFFICE if mark in data), None)
    if head.startswith(b"WARC/") or _unpacked(data).startswith(b"WARC/"):
        return "warc"
    if _magic(data) is not None:
        return OTHER
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip().lower()
    if head.startswith(_TAGS) or (head.startswith(b"<?xml") and b"<html" in head):
        return "html"
    if _HEADER.match(data[:8_000].replace(b"\r\n", b"\n")):
        headers = data[:8_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        if _SNAPSHOT.search(headers):
            return "mhtml"
        return "mail" if re.search(rb"^(?:from|received|message-id):", headers, re.IGNORECASE | re.M) else None
    return None


def _unpacked(data: bytes) -> bytes:
    """Return the first bytes that gzip packed."""
    if not data.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(31).decompress(data[:4_096], 16)
    except zlib.error:
        return b""


def _magic(data: bytes) -> str | None:
    """Return the media type of a picture or a recording."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "image/heic" if brand in (b"heic", b"mif1") else "audio/mp4" if brand == b"M4A " else "video/mp4"
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(data[8:12])
    return next((media for mark, media in _PICTURES_AND_SOUND if data.startswith(mark)), None)
