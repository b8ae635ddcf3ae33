"""From bytes to characters, as a browser decides it (WHATWG Encoding; HTML, "determining the character encoding")."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from .guessing import Guess, guess
from .labels import codec_of, label_of

PRESCAN = 1_000_000
"""Bytes in which a page may name its own encoding; browsers go back where it comes late."""

NAMED, GUESSED = "a person", "a guess"
"""What named an encoding that neither the bytes nor a server can tell again."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
LONGEST_MARK = max(len(mark) for mark, _ in _MARKS)
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


def charset_of(headers: Iterable[tuple[str, str]]) -> str | None:
    """Return the encoding that a server's Content-Type names, as it is written; None where it names none."""
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    _, found, charset = declared.lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'") or None if found else None


def decode(data: bytes, *, charset: str | None = None, named: str | None = None, plain: bool = False) -> Decoded:
    """Return the characters of a document, and what to know of how they were read.

    What a person named counts, then a byte order mark, the server's header, the document's own word, UTF-8 where all
    bytes fit it; else it is guessed, and a note says so. A plain text has no word of its own, and one that fits UTF-8
    is UTF-8 whatever a server says. What cannot be decoded becomes U+FFFD.
    """
    header, chosen = codec_of(charset), codec_of(named)
    declared = None if plain else _declared(data[:PRESCAN])
    mark = marked(data)
    guessed: Guess | None = None
    if chosen:
        encoding, named_by = chosen, NAMED
    elif mark:
        encoding, named_by = mark[0], "byte order mark"
    elif header and not (plain and _is_utf8(data)):
        encoding, named_by = header, "HTTP header"
    elif declared:
        encoding, named_by = declared, "the page"
    elif _is_utf8(data):
        encoding, named_by = "utf-8", "nothing; it is valid UTF-8"
    else:
        guessed = guess(data)
        encoding, named_by = guessed.codec, GUESSED
    skip = mark[1] if mark and mark[0] == encoding else 0
    text = data[skip:].decode(encoding, "replace") if skip else data.decode(encoding, "replace")
    notes = [_guess_note(guessed)] if guessed else []
    if named_by == "HTTP header" and declared and declared != encoding:
        notes.append(
            f"The header says {label_of(encoding)}, the page says {label_of(declared)}; the header was followed."
        )
    if broken := text.count("\ufffd"):
        notes.append(_misfit_note(data, encoding, named_by, broken))
    return Decoded(text, encoding, named_by, tuple(notes), skip)


def marked(data: bytes) -> tuple[str, int] | None:
    """Return the codec that a byte order mark at the beginning names, and the bytes that it takes."""
    return next(((codec, len(mark)) for mark, codec in _MARKS if data.startswith(mark)), None)


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8, and no encoding that gives ASCII's bytes another meaning."""
    if 4 * data[:1_000].count(0) > len(data[:1_000]) or b"\x1b$" in data[:PRESCAN]:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess_note(found: Guess) -> str:
    said = f"No encoding is named; read as {label_of(found.codec)}, a guess"
    if found.tool is None:
        return f"{said}: what browsers take. Look closer: pip install 'factledger[encodings]'; or name it: --encoding"
    other = f"; {label_of(found.other)} may be meant too" if found.other else ""
    return f"{said} by {found.tool}{other}. If the words look wrong, name it to capture or article: --encoding NAME"


def _misfit_note(data: bytes, encoding: str, named_by: str, broken: int) -> str:
    """Return what to know of characters that are none in the encoding that was named."""
    said = f"{broken:,} characters could not be read as {label_of(encoding)}"
    if named_by in (GUESSED, NAMED):
        return f"{said}."
    better = "utf-8" if _is_utf8(data) else guess(data).codec
    fits = f"; {label_of(better)} would fit: --encoding {label_of(better)}" if better != encoding else ""
    return f"{said}, which {named_by} names{fits}."


def _declared(head: bytes) -> str | None:
    """Return the codec that a page's first bytes name; one that could not spell those bytes is UTF-8."""
    head = _COMMENT.sub(b"", head)
    for pattern in (_META, _XML):
        for match in pattern.finditer(head):
            codec = codec_of(match[1].decode("ascii"))
            if codec:
                return "utf-8" if codec.startswith("utf-16") else codec
    return None
