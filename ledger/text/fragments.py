"""Places in what is no plain text: a page, a stretch of a recording, a part of a picture.

One writing is recorded: the value of a W3C FragmentSelector (Web Annotation Data Model, 4.2.1).

    page=12  page=12&viewrect=50,60,300,150         a page of a PDF, and a part of it in its points (RFC 8118)
    t=12.5,20  t=12.5                               from one second of a recording to another, or to its end
    xywh=160,120,320,240  xywh=percent:25,25,50,50  left, top, width, height (Media Fragments URI 1.0)
    t=12.5,20&xywh=160,120,320,240                  both

`fragment` also takes what people write: "page 12", "p. 12", "0:12-0:20", and what `Fragment.words` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import attrs

from ..errors import InputError

MOST_PAGES = 1_000_000
MOST_SECONDS = 10_000_000
LONGEST = 200
"""Characters of a place as it is written."""

PDF = "http://tools.ietf.org/rfc/rfc3778"
"""By what the W3C's table names the fragments of a PDF; RFC 8118 took its place and writes a page as it did."""

MEDIA = "http://www.w3.org/TR/media-frags/"

EXAMPLES = "Write page=12, t=12.5,20 or 0:12-0:20, xywh=160,120,320,240 or xywh=percent:25,25,50,50."

DIMENSIONS = ("page", "viewrect", "t", "xywh")

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_CLOCK = r"(?:\d{1,5}:[0-5]\d|\d{1,3}):[0-5]\d(?:\.\d{1,9})?"
_TIME = re.compile(rf"{_CLOCK}|{_NUMBER.pattern}", re.ASCII)
_PAGE_WORDS = re.compile(r"(?:page|p\.?)\s*(\d+)", re.ASCII | re.IGNORECASE)
_TIME_WORDS = re.compile(rf"(?:from\s+)?({_CLOCK})(?:\s*(?:[-–]|to\b)\s*({_CLOCK}))?", re.ASCII | re.IGNORECASE)
_PART_WORDS = re.compile(r"the part ([\d.]+)(%?) by ([\d.]+)(%?) at ([\d.]+)(%?), ([\d.]+)(%?)", re.ASCII)


@attrs.frozen
class Region:
    """A rectangle: pixels of a picture, hundredths of it where `percent`, or points of a page."""

    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal
    percent: bool = False

    def __str__(self) -> str:
        return ",".join(map(_plain, (self.left, self.top, self.width, self.height)))

    @property
    def words(self) -> str:
        left, top, width, height = (
            _plain(number) + "%" * self.percent for number in (self.left, self.top, self.width, self.height)
        )
        return f"the part {width} by {height} at {left}, {top}"


@attrs.frozen
class Fragment:
    """A place: a `page`, or a time from `start` to `end` in seconds; `region` is a part of the page or of the picture.

    Pages count from 1, as a reader of PDFs counts them, whatever number is printed on them. As text it is in the one
    writing that is recorded.
    """

    page: int | None = None
    start: Decimal | None = None
    end: Decimal | None = None
    region: Region | None = None

    def __str__(self) -> str:
        return "&".join(self._dimensions())

    def _dimensions(self) -> Iterator[str]:
        if self.page is not None:
            yield f"page={self.page}"
        if self.start is not None:
            yield f"t={_plain(self.start)}" + (f",{_plain(self.end)}" if self.end is not None else "")
        if self.region is not None:
            name = "viewrect" if self.page is not None else "xywh"
            yield f"{name}={'percent:' * self.region.percent}{self.region}"

    @property
    def words(self) -> str:
        """The place in words: "page 12", "from 0:12.5 to 0:20, the part 320 by 240 at 160, 120"."""
        said = [f"page {self.page}"] if self.page is not None else []
        if self.start is not None:
            said.append(f"from {_clock(self.start)}" + (f" to {_clock(self.end)}" if self.end is not None else ""))
        return ", ".join([*said, *([self.region.words] if self.region is not None else [])])

    @property
    def conforms_to(self) -> str:
        """The address of the specification that says what the writing means."""
        return PDF if self.page is not None else MEDIA


def fragment(written: str) -> Fragment:
    """Return the place that is written; raise InputError, with how to write it, if it is none."""
    text = " ".join(written.split()).removeprefix("#")
    if len(text) > LONGEST:
        raise _wrong("This is too long for a place.")
    return _identified(text) if "=" in text else _worded(text)


def place_words(recorded: str | None) -> str:
    """Return a recorded place in words; as it stands where it cannot be read, empty where there is none."""
    if recorded is None:
        return ""
    try:
        return fragment(recorded).words
    except InputError:
        return recorded


def page_in(recorded: str | None) -> int | None:
    """Return the page that a recorded place names; None where it names none, or cannot be read."""
    try:
        return fragment(recorded).page if recorded else None
    except InputError:
        return None


def is_canonical(text: str) -> bool:
    """Return whether a text is a place in the one writing that is recorded."""
    try:
        return str(fragment(text)) == text
    except InputError:
        return False


def _identified(text: str) -> Fragment:
    """Read dimensions as they stand behind the # of an address."""
    given: dict[str, str] = {}
    for part in text.split("&"):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in DIMENSIONS:
            raise _wrong(f"{name!r} says no place that can be recorded.")
        if name in given:
            raise _wrong(f"{name} is given twice.", "Give one place; a second one is evidence of its own.")
        given[name] = value
    if "page" in given and given.keys() & {"t", "xywh"}:
        raise _wrong(
            "A page has no time, and a part of it is given otherwise.", "Write page=12&viewrect=50,60,300,150."
        )
    if "viewrect" in given and "page" not in given:
        raise _wrong("A viewrect is a part of a page, and no page is given.", "Write page=12&viewrect=50,60,300,150.")
    page = _page(given["page"]) if "page" in given else None
    start, end = _times(given["t"]) if "t" in given else (None, None)
    if page is not None:
        region = _region(given["viewrect"], _NUMBER) if "viewrect" in given else None
    else:
        region = _xywh(given["xywh"]) if "xywh" in given else None
    return Fragment(page, start, end, region)


def _worded(text: str) -> Fragment:
    """Read a place in words; what could be two places is none."""
    head, comma, part = text.partition(", the part ")
    if text.startswith("the part "):
        head, part = "", text
    elif comma:
        part = f"the part {part}"
    page = _PAGE_WORDS.fullmatch(head)
    times = _TIME_WORDS.fullmatch(head)
    if (head and not page and not times) or not text:
        raise _wrong(f"{text!r} says no place, or could say several." if text else "This is empty.")
    start, end = _range(times[1], times[2]) if times else (None, None)
    region = _part(part, of_page=page is not None) if part else None
    return Fragment(_page(page[1]) if page else None, start, end, region)


def _page(value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise _wrong(f"{value!r} is no number of a page.", "Write page=12, the page on which it begins.")
    if not 1 <= int(value) <= MOST_PAGES:
        raise _wrong(f"There is no page {int(value)}.", "Pages count from 1, the first of the file.")
    return int(value)


def _times(value: str) -> tuple[Decimal, Decimal | None]:
    unit, colon, rest = value.partition(":")
    if colon and unit.isalpha():
        if unit != "npt":
            raise _wrong(f"Times of the kind {unit!r} are not read.", "Write seconds from the beginning: t=12.5,20.")
        value = rest
    start, comma, end = (piece.strip() for piece in value.partition(","))
    if comma and not end:
        raise _wrong("The end is missing.", "Write t=12.5,20, or t=12.5 for all that follows.")
    return _range(start or "0" if comma else start, end)


def _range(start: str, end: str | None) -> tuple[Decimal, Decimal | None]:
    first, last = _seconds(start), _seconds(end) if end else None
    if last is not None and last <= first:
        raise _wrong(
            f"The end, {_clock(last)}, is not after the start, {_clock(first)}.",
            "Write the earlier one first: t=12,20.",
        )
    return first, last


def _seconds(value: str) -> Decimal:
    if not _TIME.fullmatch(value):
        raise _wrong(f"{value!r} is no time.", "Write seconds, 12.5, or 0:12.5, or 1:02:12.5.")
    total = Decimal(0)
    for part in value.split(":"):
        total = total * 60 + Decimal(part)
    if total > MOST_SECONDS:
        raise _wrong(f"No recording has a minute {int(total // 60):,}.", "Write seconds, or hours:minutes:seconds.")
    return total


def _xywh(value: str) -> Region:
    unit, colon, numbers = value.partition(":")
    if colon and unit not in ("pixel", "percent"):
        raise _wrong(
            f"A picture is not measured in {unit!r}.", "Write xywh=160,120,320,240, or xywh=percent:25,25,50,50."
        )
    return _region(numbers if colon else value, _WHOLE, percent=unit == "percent")


def _part(text: str, *, of_page: bool) -> Region:
    match = _PART_WORDS.fullmatch(text)
    if match is None:
        raise _wrong(f"{text!r} says no part.")
    width, height, left, top = match.group(1, 3, 5, 7)
    signs = set(match.group(2, 4, 6, 8))
    if len(signs) > 1 or (of_page and signs == {"%"}):
        raise _wrong("A part is given in one measure, that of a page in points.")
    return _region(",".join((left, top, width, height)), _NUMBER if of_page else _WHOLE, percent=signs == {"%"})


def _region(value: str, number: re.Pattern[str], *, percent: bool = False) -> Region:
    pieces = [piece.strip() for piece in value.split(",")]
    if len(pieces) != 4 or not all(map(number.fullmatch, pieces)):
        kind = "whole numbers" if number is _WHOLE else "numbers"
        raise _wrong(
            f"{value!r} is no part: it takes four {kind}.", "Give left, top, width and height: 160,120,320,240."
        )
    left, top, width, height = map(Decimal, pieces)
    if not width or not height:
        raise _wrong("A part without width or height shows nothing.", "Give left, top, width and height.")
    if percent:
        for start, size, side in ((left, width, "right"), (top, height, "lower")):
            if start + size > 100:
                raise _wrong(
                    f"{start}% and {size}% lead beyond the {side} edge of the picture.",
                    "Give left, top, width and height in percent; none leads beyond 100.",
                )
    return Region(left, top, width, height, percent)


def _clock(seconds: Decimal) -> str:
    """Return seconds as 0:12.5 or 1:02:12.5."""
    hours, minutes = divmod(int(seconds // 60), 60)
    rest = seconds % 60
    whole, dot, part = _plain(rest).partition(".")
    return f"{hours}:{minutes:02}:{whole:>02}{dot}{part}" if hours else f"{minutes}:{whole:>02}{dot}{part}"


def _plain(number: Decimal) -> str:
    """Return a number in digits, without zeros that say nothing."""
    return format(number.normalize(), "f")


def _wrong(message: str, hint: str = EXAMPLES) -> InputError:
    return InputError(message, where="at", hint=hint)
