"""How bodies lie in the file: what people entered as the text that it is, what checks found deflated.

Results say the same words again and again, and would be three quarters of a ledger. They are deflated against words
that they are likely to hold (RFC 1950), which lie in `ledger_words`, so that whoever has the file can read it all.
What is hashed, proven, exported and replayed is the text: that a body is a BLOB says how it is stored and nothing else.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from ..errors import DamagedLedger
from ..model import Result

DEFLATED = f"{Result.KIND}."
"""How the kinds of entries begin whose bodies are deflated."""

WORDS = Path(__file__).with_name("words.txt").read_bytes()
"""What results of the checkers at hand are made of. Other words are another format: nothing would inflate any more."""

WORDS_ID = zlib.adler32(WORDS)
"""The number by which a deflated body names the words (RFC 1950, DICTID)."""

LONGEST = 100_000_000
"""Bytes of a body: what inflates to more is none."""


def as_stored(kind: str, body: str | None) -> str | bytes | None:
    """Return an entry's body as it lies in the file."""
    if body is None or not kind.startswith(DEFLATED):
        return body
    writing = zlib.compressobj(zdict=WORDS)
    return writing.compress(body.encode()) + writing.flush()


def as_text(stored: str | bytes | None) -> str | None:
    """Return the body that lies in the file; raise DamagedLedger if what lies there is none."""
    if not isinstance(stored, bytes):
        return stored
    try:
        return inflated(stored).decode()
    except ValueError:
        raise DamagedLedger("A body is stored as what it cannot be.", hint="Run: factledger verify") from None


def inflated(stored: bytes) -> bytes:
    """Return the bytes of a body that lies there as a BLOB; raise ValueError unless it is one body and nothing more."""
    reading = zlib.decompressobj(zdict=WORDS)
    try:
        body = reading.decompress(stored, LONGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not reading.eof or reading.unused_data:
        raise ValueError("something is left over, or missing")
    return body
