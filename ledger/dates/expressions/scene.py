"""The text around an expression: what its reader knows by the time the words are reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import define

from ...text import Span
from ..edtf import Edtf, parse
from ..point import BadDate
from .clock import TextClock
from .reckon import Reckoned, Reference, is_quarter
from .value import DateExpression, ExpressionKind, Length, Offset, Unit

ELSEWHERE = "the text tells of another time than its own"
UNDATED_ORIGIN = "it counts from something that the text does not date"

_FAR = 600
"""How many characters back an earlier date may be that "the next day" counts from."""

_OF_QUARTER = 1_500
"""How many characters back a quarter may be that "the quarter" means."""

_THAT_QUARTER = "the quarter is that of"


@define
class Scene:
    """A text being read from left to right, its reference date, and the last date that was read in it."""

    text: str
    reference: Reference
    clock: TextClock
    last: DateExpression | None = None
    quarter: DateExpression | None = None

    @classmethod
    def of(cls, text: str, reference: Reference, clock: TextClock | None = None) -> Scene:
        """Return the scene of a text of which nothing has been read; its clock is that of an English text."""
        return cls(text, reference, clock or TextClock.of(text, reference))

    def read(self, one: DateExpression) -> None:
        """Take note of an expression that has been read."""
        if one.edtf is not None and one.kind in (ExpressionKind.DATE, ExpressionKind.RANGE):
            self.last = one
            self.clock.read(one)
            if self._is_told_of(one, one.edtf):
                self.quarter = one

    def _is_told_of(self, one: DateExpression, edtf: Edtf) -> bool:
        """Return whether an expression is a quarter that is over, and none that is named beside another."""
        hand = self.quarter
        if one.offset is not None or one.unknown or not is_quarter(edtf.text) or not self._is_over(edtf):
            return False
        return hand is None or hand.edtf == edtf or not one.assumed.startswith(_THAT_QUARTER)

    def _is_over(self, edtf: Edtf) -> bool:
        on = self.reference.last
        return on is None or edtf.latest is None or edtf.latest < on.toordinal()

    def before(self, start: int, length: int = 24) -> str:
        """Return the characters before an offset."""
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int = 24) -> str:
        """Return the characters from an offset on."""
        return self.text[end : end + length]

    def with_article(self, start: int) -> int:
        """Return where an expression begins with the article before it, if there is one."""
        return start - 4 if self.before(start, 4).lower() in ("the ", "the\n") else start

    def made(self, start: int, end: int, kind: ExpressionKind, **more: Any) -> DateExpression:
        """Return an expression over these offsets, without a value."""
        return DateExpression(span=Span(start, end), words=self.text[start:end], kind=kind, **more)

    def valued(
        self, start: int, end: int, written: str, *, kind: ExpressionKind = ExpressionKind.DATE, **more: Any
    ) -> DateExpression:
        """Return an expression of this EDTF, or why there is no such date."""
        edtf, fault, reason = read(written)
        if fault:
            more = {**more, "unknown": reason, "fault": fault, "assumed": ""}
        return self.made(start, end, kind, edtf=edtf, **more)

    def without_year(self, start: int, end: int, month: int, day: int | None = None, **more: Any) -> DateExpression:
        """Return a month, or a day of it, that is written without a year: with the one that the clock gives."""
        rest = f"-{month:02}" if day is None else f"-{month:02}-{day:02}"
        written, why = self.clock.year(start, end, month, day)
        valued = self.valued(start, end, written + rest, assumed=why, **more) if written else None
        if valued is not None and not valued.fault:
            return valued
        return self.valued(start, end, f"XXXX{rest}", **{"unknown": "no year is given" if written else why, **more})

    def reckoned(
        self,
        start: int,
        end: int,
        reckon: Reckoned,
        *,
        kind: ExpressionKind = ExpressionKind.DATE,
        spoken: bool = True,
        **more: Any,
    ) -> DateExpression:
        """Return an expression whose value counts from the reference date, or why it has none.

        `spoken` words ("last week") have none in a history: who says them there says them on another day.
        """
        if spoken and self.clock.elsewhere:
            return self.made(start, end, kind, **{**more, "unknown": ELSEWHERE, "assumed": ""})
        written = self.reference.ask(reckon)
        if written is None:
            return self.made(start, end, kind, **{**more, "unknown": self.reference.missing, "assumed": ""})
        return self.valued(start, end, written, kind=kind, **more)

    def in_hand(self, start: int, end: int, **more: Any) -> DateExpression:
        """Return "the year" of a history: the one it was last in."""
        hand = self.clock.hand
        if hand is None:
            return self.made(start, end, ExpressionKind.DATE, **more, unknown=ELSEWHERE)
        return self.valued(
            start, end, f"{hand.year:04}", assumed=f"the year is that of “{hand.words}”, before it in the text", **more
        )

    def of_quarter(
        self, start: int, end: int, *, year: int | None = None, shift: int = 0, far: int = _OF_QUARTER, **more: Any
    ) -> DateExpression | None:
        """Return the quarter that is told of, or its like in another year; None where none is told of.

        The year is given, or counts from that of the quarter by `shift`.
        """
        hand = self.quarter
        if hand is None or hand.edtf is None or start - hand.span.end > far:
            return None
        number = int(hand.edtf.text[:4]) + shift if year is None else year
        written = "/".join(f"{number:04}{end_[4:]}" for end_ in hand.edtf.text.split("/"))
        assumed = f"{_THAT_QUARTER} “{hand.words}”, before it in the text"
        offset = Offset(Length(abs(shift), Unit.YEAR), shift >= 0, hand.span) if shift else None
        return self.valued(start, end, written, assumed=assumed, offset=offset, **more)

    def counted(
        self, start: int, end: int, reckon: Callable[[date], str], *, length: Length, after: bool, **more: Any
    ) -> DateExpression:
        """Return an expression that counts from the date last read in the text, or says that there is none near."""
        origin = self.last
        if origin is None or origin.edtf is None or start - origin.span.end > _FAR:
            return self.made(
                start, end, ExpressionKind.DATE, offset=Offset(length, after), **more, unknown=UNDATED_ORIGIN
            )
        offset = Offset(length, after, origin.span)
        if not after and origin.offset is not None and not origin.offset.after and origin.offset.length == length:
            # "... a year earlier, ... a year earlier": both compare with one year.
            return self.made(
                start, end, ExpressionKind.DATE, offset=offset, edtf=origin.edtf, assumed=origin.assumed, **more
            )
        written = Reference.of(origin.edtf).ask(reckon)
        if written is None:
            return self.made(
                start,
                end,
                ExpressionKind.DATE,
                offset=offset,
                **more,
                unknown=f"“{origin.words}” does not determine it",
            )
        return self.valued(
            start, end, written, offset=offset, assumed=f"counted from “{origin.words}”, the date before it", **more
        )


def read(written: str) -> tuple[Edtf | None, str, str]:
    """Return the EDTF of a text, or the code and the bare reason for which it is no date."""
    try:
        return parse(written), "", ""
    except BadDate as error:
        _, _, reason = error.message.rpartition(": ")
        return None, error.code, (reason or error.message).removesuffix(".")
