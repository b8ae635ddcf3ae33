"""The text around an expression: what its reader knows by the time the words are reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import define

from ...text import Span
from ..edtf import Edtf, parse
from ..point import BadDate
from .reckon import Reckoned, Reference
from .value import DateExpression, Kind, Length, Offset

_AHEAD = re.compile(
    r"\b(?:will|would|shall|going to|scheduled|plan|plans|planned|due|set to|expected|until|till|to be|upcoming|"
    r"deadline|expires?|hopes? to|'ll|’ll|won't|won’t|(?:is|are) to|ready for|starting|beginning|coming)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;]\s|\n")
_NEAR = 90
_FAR = 600
"""How many characters back an earlier date may be that "the next day" counts from."""

_NARRATED = 2
"""Years before the reference from which on a date without a year belongs to the year last written."""


@define
class Scene:
    """A text being read from left to right, its reference date, and the last date that was read in it."""

    text: str
    reference: Reference
    last: DateExpression | None = None

    def ahead(self, start: int) -> bool:
        """Return whether the sentence looks ahead, as far as the words before `start` say."""
        before = self.text[max(0, start - _NEAR) : start]
        stops = list(_STOP.finditer(before))
        return _AHEAD.search(before, stops[-1].end() if stops else 0) is not None

    def before(self, start: int, length: int = 24) -> str:
        """Return the characters before an offset."""
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int = 24) -> str:
        """Return the characters from an offset on."""
        return self.text[end : end + length]

    def made(self, start: int, end: int, kind: Kind, **more: Any) -> DateExpression:
        """Return an expression over these offsets, without a value."""
        return DateExpression(span=Span(start, end), words=self.text[start:end], kind=kind, **more)

    def valued(self, start: int, end: int, written: str, *, kind: Kind = Kind.DATE, **more: Any) -> DateExpression:
        """Return an expression of this EDTF, or why there is no such date."""
        edtf, fault, reason = read(written)
        if fault:
            more = {**more, "unknown": reason, "fault": fault, "assumed": ""}
        return self.made(start, end, kind, edtf=edtf, **more)

    def reckoned(
        self, start: int, end: int, reckon: Reckoned, *, kind: Kind = Kind.DATE, **more: Any
    ) -> DateExpression:
        """Return an expression whose value counts from the reference date, or why it has none."""
        written = self.reference.ask(reckon)
        if written is None:
            return self.made(start, end, kind, **{**more, "unknown": self.reference.missing, "assumed": ""})
        return self.valued(start, end, written, kind=kind, **more)

    def counted(
        self, start: int, end: int, reckon: Callable[[date], str], *, length: Length, after: bool, **more: Any
    ) -> DateExpression:
        """Return an expression that counts from the date last read in the text, or says that there is none near."""
        origin = self.last
        if origin is None or origin.edtf is None or start - origin.span.end > _FAR:
            return self.made(
                start, end, Kind.DATE, offset=Offset(length, after), **more,
                unknown="it counts from something that the text does not date",
            )  # fmt: skip
        offset = Offset(length, after, origin.span)
        written = Reference.of(origin.edtf).ask(reckon)
        if written is None:
            return self.made(
                start, end, Kind.DATE, offset=offset, **more, unknown=f"“{origin.words}” does not determine it"
            )
        return self.valued(
            start, end, written, offset=offset, assumed=f"counted from “{origin.words}”, the date before it", **more
        )

    def year_in_hand(self, start: int) -> str:
        """Return the year last written nearby, where the text tells of a time well before the reference; else ""."""
        last, first = self.last, self.reference.first
        if last is None or last.edtf is None or first is None or start - last.span.end > _FAR:
            return ""
        year = last.edtf.text[:4]
        told = year.isdigit() and last.words.find(year) >= 0 and int(year) <= first.year - _NARRATED
        return year if told else ""


def read(written: str) -> tuple[Edtf | None, str, str]:
    """Return the EDTF of a text, or the code and the bare reason for which it is no date."""
    try:
        return parse(written), "", ""
    except BadDate as error:
        _, _, reason = error.message.rpartition(": ")
        return None, error.code, (reason or error.message).removesuffix(".")
