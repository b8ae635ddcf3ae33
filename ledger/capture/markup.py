"""The tags, texts and raw parts of an HTML document, following the tokeniser of the HTML standard, in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

SPACES = " \t\n\f\r"

# A quotation mark opens a value only behind "="; one that never closes swallows the rest, as in a browser.
_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))*+"""
_TOKEN = re.compile(rf"<(?:(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})(>?)|(!--)|[!?/])")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""")

_RAW = frozenset("script style xmp iframe noembed noframes noscript title textarea".split())
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}

REFERENCE = r"&(?:#[xX][0-9a-fA-F]++;?|#[0-9]++;?|[a-zA-Z][a-zA-Z0-9]{0,31};?)"
LONGEST_NUMBER = 12
"""Characters of a numeric reference; a longer one names no character."""


class Kind(IntEnum):
    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    CUT = 4


class Token(NamedTuple):
    """A part of a document: `start` to `end` is its text, or a tag's attributes; `name` the element, in lower case."""

    kind: Kind
    name: str
    start: int
    end: int


def tokens(text: str) -> Iterator[tuple[Kind, str, int, int]]:
    """Iterate over a document's tokens; a last one of kind CUT names what the document ended inside of."""
    at, size = 0, len(text)
    search = _TOKEN.search
    while at < size:
        match = search(text, at)
        if match is None:
            yield Kind.TEXT, "", at, size
            return
        start = match.start()
        if start > at:
            yield Kind.TEXT, "", at, start
        at = match.end()
        if match[2] is None:
            found = _COMMENT_END.search(text, start + 2) if match[5] else None
            end = found.end() if found else 0 if match[5] else text.find(">", start + 2) + 1
            if not end:
                yield Kind.CUT, "a comment", at, size
                return
            at = end
        elif not match[4]:
            yield Kind.CUT, "a tag", at, size
            return
        else:
            name = match[2].lower()
            yield (Kind.END if match[1] else Kind.START), name, match.start(3), match.end(3)
            if name in _RAW and not match[1]:
                close = _RAW_END[name].search(text, at)
                end = close.start() if close else size
                yield Kind.RAW, name, at, end
                if close is None:
                    yield Kind.CUT, f"<{name}>", at, size
                    return
                at = end


def attributes(source: str) -> dict[str, str]:
    """Return a tag's attributes; the first of a name counts, as in a browser."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def unescape(text: str) -> str:
    """Return a text with its character references read."""
    return _REFERENCES.sub(lambda match: character(match[0]), text) if "&" in text else text


@lru_cache(4096)
def character(reference: str) -> str:
    """Return what one reference stands for; itself if it stands for nothing."""
    if reference[1] == "#" and len(reference) > LONGEST_NUMBER:
        return "\ufffd"
    return html.unescape(reference)


_REFERENCES = re.compile(REFERENCE)
