"""The certificates of a time-stamp token, put into the order that DER asks for (X.690, 11.6).

OpenSSL, with which most authorities sign, writes them in the order it was given them; a strict reader then refuses the
token. They are outside of what is signed, so their order says nothing, and sorting them changes no length.
"""

from __future__ import annotations

from typing import NamedTuple

SEQUENCE = 0x30
CONTENT = 0xA0
"""[0], constructed: what a ContentInfo holds, and the certificates of SignedData (RFC 5652, 5.1)."""


class Element(NamedTuple):
    """A DER element: its tag, and where it, its content and its end lie."""

    tag: int
    start: int
    inner: int
    end: int


def sort_certificates(answer: bytes) -> bytes:
    """Return a TimeStampResp (RFC 3161, 2.4.2) with its certificates sorted; as it is if it is none, or has none."""
    try:
        response, *_ = _elements(answer, 0, len(answer))
        _, token = _elements(answer, response.inner, response.end)
        signed = _first(answer, _first(answer, token, CONTENT), SEQUENCE)
        certificates = _first(answer, signed, CONTENT)
        return _sorted(answer, certificates)
    except (ValueError, IndexError, StopIteration):
        return answer


def _sorted(answer: bytes, certificates: Element) -> bytes:
    found = sorted(answer[one.start : one.end] for one in _elements(answer, certificates.inner, certificates.end))
    return answer[: certificates.inner] + b"".join(found) + answer[certificates.end :]


def _first(data: bytes, parent: Element, tag: int) -> Element:
    return next(one for one in _elements(data, parent.inner, parent.end) if one.tag == tag)


def _elements(data: bytes, start: int, end: int) -> list[Element]:
    """Return the elements that lie side by side; raise ValueError if they do not fill the space."""
    found = []
    at = start
    while at < end:
        length, inner = data[at + 1], at + 2
        if length & 0x80:
            inner += length & 0x7F
            length = int.from_bytes(data[at + 2 : inner], "big")
        if inner + length > end:
            raise ValueError("This is no DER.")
        found.append(Element(data[at], at, inner, inner + length))
        at = inner + length
    return found
