"""image-date: what a picture says of when and where it was taken, beside what the claim says."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

import attrs
from PIL import ExifTags, Image

from ledger import Checker, Claim, Context, Dossier, Finding, needs
from ledger.dates import BadDate, Edtf, before, parse, words

from .pictures import BROKEN, Archived, Unreadable, archived, opened

EARTH_KM = 6371.0

LONGEST = 60
"""Characters of a camera's name that are told."""


class ImageDate(Checker):
    """Checks: what an archived picture itself says of when and where it was taken, against the claim's date and places.
    Why it matters: a picture of last year cannot show what happened today.
    Warns on: a picture that says it is older than the event, was taken after it or after it was published, or far from
        a place that the claim names and that the house has in [checkers.image-date] places.
    Passes on: a day of taking that agrees with the claim's, give or take a day for clocks and time zones.
    """

    name = "image-date"
    version = 1
    establishes = "that what the picture's own data say of day and place agrees with the claim"
    does_not_establish = (
        "when or where the picture was taken: such data are easily edited, camera clocks are often wrong, most "
        "platforms remove them, and a picture of a screen or a print has those of the second taking"
    )
    reads_captures = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        several = False
        for picture in archived(dossier):
            several = True
            yield from self._of(picture, dossier.claim, context.options.get("places", {}))
        if not several:
            yield self.not_applicable("No picture is archived with it.")

    def _of(self, picture: Archived, claim: Claim, places: Mapping[str, Any]) -> Iterator[Finding]:
        said = taking_of(picture.data) if picture.data is not None else Unreadable("cannot be had from the archive")
        about: dict[str, Any] = {"cites": [picture.capture, picture.source]}
        if isinstance(said, Unreadable):
            yield self.abstains(f"The picture {picture.name} {said.reason}.", code="unreadable", **about)
            return
        about["details"] = said.details
        yield from self._placed(picture, said, claim, places, about)
        if said.day is None:
            reason = f"The picture {picture.name} does not say when it was taken: most platforms remove that."
            yield self.abstains(reason, code="no_date", fix="Ask whoever took it for the original file.", **about)
            return
        taken, near = words(parse(said.day.isoformat())), _give_or_take(said.day)
        says = f"The picture {picture.name} says that it was taken on {taken}"
        published = _date(picture.source.published)
        if published and before(published, near):
            reason = f"{says}, after it was published ({words(published)}): its clock is wrong, or it was edited."
            yield self.warns(reason, code="taken_after_published", **about)
            return
        occurred = _date(claim.occurred)
        if occurred is None:
            fix = f"If the claim is of one day: factledger correct {claim.handle} --occurred DATE"
            reason = f"{says}; the claim gives no date to hold that against."
            yield self.abstains(reason, code="no_event_date", missing=[needs("occurred", claim)], fix=fix, **about)
        elif before(near, occurred):
            reason = f"{says}, before what the claim dates ({words(occurred)})."
            yield self.warns(reason, code="older_than_event", fix="Find where it was first published.", **about)
        elif before(occurred, near):
            reason = f"{says}, after what the claim dates ({words(occurred)}): it cannot show it as it happened."
            yield self.warns(reason, code="taken_after_event", **about)
        else:
            yield self.passes(f"{says}; that agrees with the claim ({words(occurred)}).", code="agrees", **about)

    def _placed(
        self, picture: Archived, said: Taking, claim: Claim, places: Mapping[str, Any], about: Mapping[str, Any]
    ) -> Iterator[Finding]:
        if said.place is None:
            return
        for name, near in sorted(places.items()):
            if not _is_circle(near):
                reason = f"The policy's place {name} is not [latitude, longitude, kilometres]."
                yield self.abstains(reason, code="bad_place", missing=[needs("checkers.image-date.places")])
            elif name.casefold() in claim.text.casefold():
                away = kilometres(said.place, (near[0], near[1]))
                says = f"The picture {picture.name} says that it was taken {round(away):,} km from {name}"
                if away > near[2]:
                    reason = f"{says}, of which the claim speaks."
                    yield self.warns(reason, code="elsewhere", measures={"kilometres": round(away)}, **about)


@attrs.frozen
class Taking:
    """What a picture says of its taking: the day as its clock had it, the place in degrees, and lines for readers."""

    day: date | None = None
    place: tuple[float, float] | None = None
    details: tuple[str, ...] = ()


def taking_of(data: bytes) -> Taking | Unreadable:
    """Return what a picture's own data (EXIF) say of its taking, or why they cannot be read."""
    image = opened(data)
    if isinstance(image, Unreadable):
        return image
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif = image.getexif()
            taken, where = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        day = _day(taken.get(ExifTags.Base.DateTimeOriginal))
        place = _place(where)
        told = (
            ("clock", taken.get(ExifTags.Base.DateTimeOriginal)),
            ("time zone", taken.get(ExifTags.Base.OffsetTimeOriginal)),
            ("changed", exif.get(ExifTags.Base.DateTime)),
            ("camera", exif.get(ExifTags.Base.Model)),
            ("program", exif.get(ExifTags.Base.Software)),
            ("place", None if place is None else f"{place[0]:.5f}, {place[1]:.5f}"),
        )
    except (*BROKEN, ZeroDivisionError, Image.DecompressionBombError):
        return Unreadable("has data of its taking that cannot be read")
    return Taking(day, place, tuple(f"It says: {what} {_plain(value)}." for what, value in told if _plain(value)))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two places, in degrees, are from one another (haversine formula)."""
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _day(clock: Any) -> date | None:
    """Return the day of a time as EXIF writes it, "2031:05:02 14:03:00"; None where there is none."""
    try:
        return date.fromisoformat(str(clock)[:10].replace(":", "-"))
    except ValueError:
        return None


def _place(where: Mapping[int, Any]) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees; None where they are not both given, or are none."""
    degrees = []
    for which, sides, most in ((ExifTags.GPS.GPSLatitude, "NS", 90), (ExifTags.GPS.GPSLongitude, "EW", 180)):
        parts, side = where.get(which), where.get(which - 1)
        if not isinstance(parts, tuple) or len(parts) != 3 or side not in tuple(sides):
            return None
        value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
        if not 0 <= value <= most:
            return None
        degrees.append(value if side == sides[0] else -value)
    return (degrees[0], degrees[1]) if any(degrees) else None


def _is_circle(near: Any) -> bool:
    numbers = isinstance(near, Sequence) and not isinstance(near, str) and len(near) == 3
    return numbers and all(isinstance(number, (int, float)) for number in near)


def _plain(value: Any) -> str:
    """Return a value of a picture's data as one short printable line."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value or "")).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _give_or_take(day: date) -> Edtf:
    """Return a day as one of three: the clock of a camera may be that of another zone."""
    beside = timedelta(days=1)
    if date.min + beside > day or day > date.max - beside:
        return parse(day.isoformat())
    return parse(f"{(day - beside).isoformat()}/{(day + beside).isoformat()}")


def _date(text: str | None) -> Edtf | None:
    try:
        return parse(text) if text else None
    except BadDate:
        return None
