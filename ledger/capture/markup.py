"""The tags, texts and raw parts of an HTML document, following the tokeniser of the HTML standard, in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

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


class MarkupKind(IntEnum):
    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    CUT = 4


TEXT, START, END, RAW, CUT = MarkupKind


def tokens(text: str) -> Iterator[tuple[MarkupKind, str, int, int]]:
    """Iterate over a document's tokens: (kind, element in lower case, start and end of its text or attributes).

    A last one of kind CUT names what the document ended inside of.
    """
    at, size = 0, len(text)
    search = _TOKEN.search
    while at < size:
        match = search(text, at)
        if match is None:
            yield TEXT, "", at, size
            return
        start, end = match.span()
        if start > at:
            yield TEXT, "", at, start
        at, name = end, match[2]
        if name is None:
            found = _COMMENT_END.search(text, start + 2) if match[5] else None
            end = found.end() if found else 0 if match[5] else text.find(">", start + 2) + 1
            if not end:
                yield CUT, "a comment", at, size
                return
            at = end
        elif not match[4]:
            yield CUT, "a tag", at, size
            return
        else:
            name = name.lower()
            if match[1]:
                yield END, name, end, end
                continue
            yield START, name, *match.span(3)
            if name in _RAW:
                close = _RAW_END[name].search(text, at)
                end = close.start() if close else size
                yield RAW, name, at, end
                if close is None:
                    yield CUT, f"<{name}>", at, size
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
