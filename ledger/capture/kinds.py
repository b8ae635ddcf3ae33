"""Which kind of document some bytes are: by their first bytes, then the declared media type, then the name."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..errors import InputError

LARGEST = {"plain": 8_000_000, "html": 64_000_000, "pdf": 64_000_000, "warc": 256_000_000}
"""Bytes that are taken of each kind of document."""

TEXT_SUFFIXES = (".txt", ".text", ".md")

_SUFFIXES = {
    **dict.fromkeys(TEXT_SUFFIXES, "plain"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wacz": "warc",
}
_MEDIA_TYPES = {
    "text/plain": "plain",
    "text/markdown": "plain",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/warc": "warc",
    "application/wacz": "warc",
    "application/wacz+zip": "warc",
}
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
_SPOKEN = {"plain": "plain text", "html": "HTML", "pdf": "PDF", "warc": "a web archive"}


def kind_of(data: bytes, *, name: str | None, media_type: str | None, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind of document and a note where its signs disagree; raise InputError if it is none that is read.

    A PDF and a web archive are known by their first bytes, whatever else is said. HTML and plain text have no sure
    mark: what the server declared counts, then the name, then a first tag. What comes without a name is plain text.
    """
    declared = _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower())
    named = _SUFFIXES.get(suffix_of(name))
    leading = _leading(data)
    if leading in ("pdf", "warc"):
        kind: str | None = leading
    elif {declared, named} & {"pdf", "warc"} and (declared or named) in ("pdf", "warc"):
        kind = declared or named
        raise InputError(
            f"This is not {_SPOKEN[kind or '']}, though it is called so.", where=where, hint="Save it again."
        )
    else:
        kind = declared or named or leading or (None if name or media_type else "plain")
    if kind is None:
        raise InputError(
            f"This kind of document is not read: {media_type or suffix_of(name) or 'it has no suffix'}.",
            where=where,
            hint="Save the article as .txt, .html or .pdf.",
        )
    said = {"the server": declared, "the name": named, "the content": leading}
    others = [f"{who} says {_SPOKEN[what]}" for who, what in said.items() if what and what != kind]
    return kind, (f"Read as {_SPOKEN[kind]}, but {' and '.join(others)}.",) if others else ()


def suffix_of(name: str | None) -> str:
    """Return the suffix of a file name or address in lower case, `.warc.gz` whole; empty if there is none."""
    try:
        path = urlsplit(name).path if name and "://" in name else name or ""
    except ValueError:
        return ""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes[-2:]]
    return ".warc.gz" if suffixes == [".warc", ".gz"] else suffixes[-1] if suffixes else ""


def _leading(data: bytes) -> str | None:
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"WARC/", b"\x1f\x8b", b"PK\x03\x04")):
        return "warc"
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip().lower()
    return "html" if head.startswith(_TAGS) or (head.startswith(b"<?xml") and b"<html" in head) else None
