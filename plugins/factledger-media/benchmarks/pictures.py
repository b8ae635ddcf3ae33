"""Pictures found again, beside PDQ: python plugins/factledger-media/benchmarks/pictures.py [--quick]

What is set in `likeness.py` was set on pictures of seeds below 2,000; those here are of seeds from 50,000 on, and
photographs that scikit-image ships (skimage/data/_fetchers.py says of each that it is CC0, in the public domain or
free of known restrictions; none is copied here). A picture is found
where both steps find it: enough keys in common, and agreement when laid over. False is every pair of other pictures
that is said to be one. Times are CPU time of this process.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from time import process_time

import made
import numpy as np
import pdqhash
import skimage
from factledger_media.likeness import SHARED_KEYS, Parts, laid_over, parts_of
from factledger_media.pictures import Unreadable, light_of
from PIL import Image

FIRST, OTHERS = 50_000, 100_000
PDQ_DISTANCE = 31
NO_PHOTOGRAPHS = ("chessboard_GRAY.png", "chessboard_RGB.png", "color.png", "logo.png", "phantom.png", "horse.png")
"""Drawings and patterns among what scikit-image ships."""

BARS = {"found": 0.95, "false": 0, "ms a picture": 20.0}


def parts(data: bytes) -> Parts | None:
    light = light_of(data)
    return None if isinstance(light, Unreadable) else parts_of(light)


def one(here: Parts | None, there: Parts | None) -> bool:
    """Return whether two pictures meet and are one, as image-reused has it."""
    if here is None or there is None or len(set(here.keys) & set(there.keys)) < SHARED_KEYS:
        return False
    return laid_over(here, there) is not None


def pdq(image: Image.Image) -> np.ndarray:
    bits, _ = pdqhash.compute(np.asarray(image.convert("RGB")))
    return np.asarray(bits, dtype=bool)


def found(pictures: Sequence[Image.Image]) -> dict[str, tuple[float, float]]:
    """Return, for each change, what share of the changed pictures is found again: by us, by PDQ."""
    originals = [(parts(made.jpeg(image)), pdq(image)) for image in pictures]
    shares = {}
    for name, change in (*made.CHANGES.items(), ("everything", made.everything)):
        changed = [change(image, Random(number)) for number, image in enumerate(pictures)]
        ours = [one(own, parts(made.jpeg(image, 95))) for (own, _), image in zip(originals, changed, strict=True)]
        theirs = [
            int((own ^ pdq(image)).sum()) <= PDQ_DISTANCE for (_, own), image in zip(originals, changed, strict=True)
        ]
        shares[name] = (float(np.mean(ours)), float(np.mean(theirs)))
    return shares


def photographs() -> list[Image.Image]:
    folder = Path(skimage.__file__).parent / "data"
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".png", ".jpg")]
    return [Image.open(path).convert("RGB") for path in files if path.name not in NO_PHOTOGRAPHS]


def matches(known: Sequence[Parts | None]) -> tuple[int, int]:
    """Return how many pairs of these pictures meet, as a run has them meet, and how many are said to be one."""
    having = defaultdict[int, list[int]](list)
    met = 0
    told = 0
    for number, here in enumerate(known):
        shared = Counter(other for key in (here.keys if here else ()) for other in having[key])
        for other in (other for other, count in shared.items() if count >= SHARED_KEYS):
            met += 1
            told += laid_over(here, known[other]) is not None
        for key in here.keys if here else ():
            having[key].append(number)
    return met, told


def said(shares: dict[str, tuple[float, float]]) -> Iterable[str]:
    return (f"    {name:12} {ours:6.3f}   {theirs:6.3f}" for name, (ours, theirs) in shares.items())


def main(quick: bool) -> int:
    size, others, many = (30, 150, 300) if quick else (200, 2_000, 10_000)
    made_here = found([made.picture(FIRST + number) for number in range(size)])
    shipped = found(photographs())
    print(f"found again                    ours      PDQ (distance {PDQ_DISTANCE})")
    print(f"  {size} generated pictures", *said(made_here), sep="\n")
    print("  photographs of scikit-image", *said(shipped), sep="\n")
    known = [parts(made.jpeg(made.picture(OTHERS + number))) for number in range(others)]
    known += [parts(made.jpeg(photograph)) for photograph in photographs() if quick]
    met, false = matches(known)
    print(f"false, of {others:,} other pictures: {false} ({met} pairs looked at)")
    files = [made.jpeg(made.picture(2 * OTHERS + number, (480, 360))) for number in range(many)]
    began = process_time()
    known = [parts(data) for data in files]
    read = process_time()
    met, more = matches(known)
    spent = process_time()
    each = 1_000 * (spent - began) / many
    reading = 1_000 * (read - began) / many
    print(f"{many:,} pictures: {each:.1f} ms each, {reading:.1f} of it to read; {met} pairs, {more} false")
    wholes = {name: (made_here[name][0] * size + shipped[name][0] * len(photographs())) for name in made.CHANGES}
    total = sum(wholes.values()) / (len(wholes) * (size + len(photographs())))
    print(f"found again in all: {total:.3f} (bar {BARS['found']}), false: {false + more} (bar 0)")
    return int(total < BARS["found"] or false + more > 0 or each > BARS["ms a picture"])


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv))
