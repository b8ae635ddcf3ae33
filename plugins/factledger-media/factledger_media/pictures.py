"""Opening pictures that anybody may have made: each is read within bounds, or there is one reason why it is not."""

from __future__ import annotations

import io
import struct
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256

import attrs
import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from ledger import Capture, Dossier, Source

from .likeness import SIDE, Floats, Parts, parts_of

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")

MOST_PIXELS = 120_000_000
"""Pixels of the largest picture that is opened."""

LEAST_SIDE, LEAST_SHARE = 32, 0.15
"""Pixels of the shorter side of the smallest picture that is compared; that side's least share of the longer one."""

MOST_PICTURES = 20
"""Pictures of one claim that are looked at."""

KEPT = 16_384
"""Pictures whose parts a process keeps at hand, some 10 kB each: they are a function of the bytes alone."""

COLOURS = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX")

BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error)
"""What Pillow raises of files that are not what they say."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by the orientation that it says it has (EXIF)."""


@attrs.frozen
class Unreadable:
    """Why a picture cannot be compared, as the end of a sentence that begins with what it is called."""

    reason: str


@attrs.frozen
class Archived:
    """An archived picture, the source that shows it, and its bytes; None where they cannot be had."""

    capture: Capture
    source: Source
    data: bytes | None = attrs.field(repr=False)

    @property
    def name(self) -> str:
        return self.capture.file_name or self.capture.handle


@attrs.frozen
class Shown:
    """An archived picture: what it is found again by, or why it cannot be compared."""

    capture: Capture
    source: Source
    name: str
    parts: Parts | Unreadable


def archived(dossier: Dossier) -> Iterator[Archived]:
    """Yield the archived pictures of a claim: those of its sources, and of where they were seen; each source's once."""
    sources = {one.uid: one for item in dossier.evidence for one in (dossier.source(item), dossier.seen_in(item))}
    seen = set[tuple[str, str]]()
    for capture in dossier.captures:
        one = (capture.source, capture.sha256)
        if capture.source in sources and capture.media_type.startswith("image/") and one not in seen:
            seen.add(one)
            yield Archived(capture, sources[capture.source], dossier.blobs.get(capture.uid))
        if len(seen) == MOST_PICTURES:
            return


def shown(dossier: Dossier) -> tuple[Shown, ...]:
    """Return the archived pictures of a claim as they are compared."""
    return tuple(Shown(one.capture, one.source, one.name, _parts(one.data)) for one in archived(dossier))


_at_hand: OrderedDict[bytes, Parts | Unreadable] = OrderedDict()


def _parts(data: bytes | None) -> Parts | Unreadable:
    if data is None:
        return Unreadable("cannot be had from the archive, or has more bytes than checkers are given")
    digest = sha256(data).digest()
    if digest not in _at_hand:
        light = light_of(data)
        parts = light if isinstance(light, Unreadable) else parts_of(light)
        bare = isinstance(parts, Parts) and not parts.keys
        _at_hand[digest] = Unreadable("shows too little to be known again") if bare else parts
        if len(_at_hand) > KEPT:
            _at_hand.popitem(last=False)
    return _at_hand[digest]


def opened(data: bytes) -> Image.Image | Unreadable:
    """Return a picture of which only the head was read, or why it is not opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        return Unreadable(f"has more than {MOST_PIXELS:,} pixels")
    except UnidentifiedImageError:
        return Unreadable("is no picture of a kind that is read here (JPEG, PNG, GIF, WebP, AVIF, TIFF, BMP)")
    except BROKEN:
        return Unreadable("is damaged")
    if image.width * image.height > MOST_PIXELS:
        return Unreadable(f"has more than {MOST_PIXELS:,} pixels")
    return image


def light_of(data: bytes) -> Floats | Unreadable:
    """Return the light of a picture (0 to 255), upright, with SIDE pixels on the longer side, or why there is none."""
    image = opened(data)
    if isinstance(image, Unreadable):
        return image
    shorter, longer = sorted(image.size)
    if shorter < LEAST_SIDE or shorter < LEAST_SHARE * longer:
        return Unreadable(f"is too small or too narrow to be compared ({image.width} x {image.height} pixels)")
    if image.mode not in COLOURS:
        return Unreadable(f"has colours that are not compared ({image.mode}); a copy in ordinary RGB would be")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if image.format != "MPO" and getattr(image, "is_animated", False):
                return Unreadable("has several frames or pages; archive the one that matters")
            return _small(image)
    except BROKEN:
        return Unreadable("is damaged, or ends early")


def _small(image: Image.Image) -> Floats:
    turn = UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    scale = SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft("L", (2 * size[0], 2 * size[1]))
    if image.mode in ("P", "PA", "LA", "RGBA") or "transparency" in image.info:
        seen = image.convert("RGBA").resize(size, Image.Resampling.BOX, reducing_gap=None)
        ground = Image.new("RGBA", size, "white")
        ground.alpha_composite(seen)
        small = ground.convert("L")
    else:
        small = image.convert("L").resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    return np.asarray(small if turn is None else small.transpose(turn), dtype=np.float32)
