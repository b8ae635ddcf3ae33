"""The encoding of bytes that nobody named one for: a guess by chardet (extra `[encodings]`), and what else it may be.

windows-1252 is what browsers take such pages for; another one has to fit clearly better, and to read other words.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable

import attrs

from ..text.languages import letters
from .labels import codec_of

DEFAULT = "cp1252"
"""What the web's standard takes for granted."""

CLEARLY = 1.5
"""How many times as likely as the default another encoding must be (benchmarks/charsets.py).

Of two that are as likely, Windows' goes before that of ISO, as on the web.
"""

LOOKED_AT = 200_000
"""Bytes that are looked at, from the first that ASCII does not have."""

BEFORE = 2_000
"""Bytes before that one, which are words too."""


_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~–—…„“”‚‘’«»¿¡ºª°§€\u00a0]+")
"""Words, and signs that stand inside one where it was read in the wrong encoding."""


@attrs.frozen
class Guess:
    """The codec that fits best, and the next best that would read other words; `tool` is what looked, if any did."""

    codec: str
    other: str | None = None
    tool: str | None = None


def guess(data: bytes) -> Guess:
    """Return which encoding some bytes are probably in; the default where chardet is not installed."""
    try:
        from chardet import detect_all
        from chardet.enums import EncodingEra
    except ImportError:
        return Guess(DEFAULT)
    from importlib.metadata import version

    first = next((at for at, byte in enumerate(data[: 50 * LOOKED_AT]) if byte > 0x7F or byte in b"\x1b\0"), 0)
    part = data[max(0, first - BEFORE) & ~1 :][:LOOKED_AT]
    found = detect_all(part, encoding_era=EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO, ignore_threshold=True)
    likely: dict[str, float] = {}
    for one in found:
        codec = codec_of(one["encoding"])
        if codec and codec not in likely and _reads(part, codec):
            likely[codec] = one["confidence"]
    ranked = sorted(likely, key=lambda codec: (-round(likely[codec], 2), codec.startswith("iso8859")))
    best = ranked[0] if ranked else DEFAULT
    if DEFAULT in likely and likely[best] < CLEARLY * likely[DEFAULT]:
        best = DEFAULT
    best = _spelt(part, best, [codec for codec in likely if CLEARLY * likely[codec] >= likely[best]])
    words = part.decode(best, "replace")
    other = next((codec for codec in ranked if part.decode(codec, "replace") != words), None)
    return Guess(best, other, f"chardet {version('chardet')}")


def _spelt(part: bytes, best: str, others: Iterable[str]) -> str:
    """Return the encoding in which words are of one alphabet, where in the best one some are of none."""
    held = _of_one_alphabet(part, best)
    if held in (None, 1):
        return best
    found = {codec: _of_one_alphabet(part, codec) or 0 for codec in (best, *others)}
    return max(found, key=lambda codec: found[codec])


def _of_one_alphabet(part: bytes, codec: str) -> float | None:
    """Return which share of the words with other letters than ASCII's has those of one alphabet alone.

    None where they are of no script whose alphabets are known (`text.languages.letters`).
    """
    marked = [word for word in _WORD.findall(part.decode(codec, "replace").lower()) if not word.isascii()]
    alphabets = letters().values()
    known = frozenset[str]().union(*alphabets)
    if not marked or 2 * sum(word[0] in known for word in marked) < len(marked):
        return None
    return max(sum(alphabet.issuperset(word) for word in marked) for alphabet in alphabets) / len(marked)


def _reads(part: bytes, codec: str) -> bool:
    """Return whether bytes are characters of an encoding; the last of them may be cut."""
    try:
        getincrementaldecoder(codec)("strict").decode(part)
    except UnicodeDecodeError:
        return False
    return True
