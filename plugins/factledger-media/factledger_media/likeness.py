"""Whether two pictures show one: what is left of each when it is cropped, squeezed, framed, written on or mirrored.

A picture is found again by its parts. Where something stands out in it, at whatever size (an extreme of the difference
of two blurs), a square around it in proportion to that size is put in 40 signs of its coarse waves (of its discrete
cosine transform), turned so that its mirror image has the same. Two pictures that have such squares in common are then
laid over one another, as the squares say, and are one if their lights and shades agree there, block by block.

Squares, in place of one hash of the whole, since a crop changes the whole: see README.md, "In figures".
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

SIDE = 192
"""Pixels of the longer side of a picture as its parts are looked for."""

BLURS = 2.0 * 2 ** (np.arange(14) / 4)
"""Standard deviations of the blurs, in pixels: four to an octave."""

BEYOND = 32
"""Pixels that a picture goes on for beyond its edges, mirrored, while it is blurred."""

MOST_PARTS = 40
"""Parts that are kept of a picture: those with the most to tell them by."""

MIDDLES = np.array([0.98, 0.75, 0.55])
"""The squares in the middle of every picture that are parts of it as well, by their share of its shorter side."""

LEAST_CONTRAST = 0.3
"""Levels of grey, of 255, by which a part has to stand out."""

STRONG, LEAST_STRONG = 0.08, 14
"""What share of its strongest wave a wave needs to tell a part by, and how many such waves: an edge has few."""

GRID, REACH = 16, 3.5
"""Points of a side of a part's square; half the side, in blurs."""

UNSURE = 3
"""Signs of a part that may come out either way: those of its weakest waves. A key is made for each combination."""

SHARED_KEYS = 4
"""Keys that two pictures of one have in common, and hardly any others: those of two parts, as a rule."""

_BLOB = {(0, 0), (0, 2), (2, 0), (2, 2)}
_WAVES = [(u, v) for u in range(9) for v in range(9) if u + v <= 8 and (u, v) not in _BLOB][:40]
"""The waves of which the sign counts (down, across); those that every part has, since it stands out, are left out."""
_DOWN, _ACROSS = np.array([u for u, _ in _WAVES]), np.array([v for _, v in _WAVES])
_ODD = _ACROSS % 2 == 1
_FINENESS = np.hypot(_DOWN, _ACROSS).astype(np.float32)
_COSINES = np.cos(np.pi * (np.arange(GRID)[:, None] + 0.5) * np.arange(9) / GRID).astype(np.float32)
_BITS = 1 << np.arange(len(_WAVES), dtype=np.int64)
_COMBINATIONS = (np.arange(1 << UNSURE)[:, None] >> np.arange(UNSURE)) & 1

APART = 6
"""Signs, of 40, in which two squares of one part may differ at most."""

BLOCK, FLAT = 8, 1.0
"""Pixels of a side of the blocks that are compared, on half of SIDE; levels of grey below which a block is flat."""

LEAST_BLOCKS, LEAST_COVER = 8, 0.35
"""Blocks that have to be compared, and the share of the smaller picture that they have to lie in."""

AGREES, LEAST_AGREEING = 0.75, 0.6
"""From which correlation on two blocks agree, and how many of the blocks have to."""


@attrs.frozen(eq=False)
class Parts:
    """What a picture is found again by.

    `light` (height, width) is its light, 0 to 255, with SIDE / 2 pixels on the longer side. Of each part, `places`
    (parts, 2) is its x and y and `sizes` (parts,) its blur, in those pixels; `signs` (parts, 40) are those of its
    waves.
    `keys` are what two pictures of one have in common.
    """

    light: Floats
    places: Floats
    sizes: Floats
    signs: NDArray[np.bool_]
    keys: tuple[int, ...]

    def mirrored(self) -> Parts:
        """Return the parts of the mirror image; it has the same keys."""
        places = np.column_stack([self.light.shape[1] - 1 - self.places[:, 0], self.places[:, 1]])
        return attrs.evolve(self, light=self.light[:, ::-1], places=places, signs=self.signs ^ _ODD)


@attrs.frozen
class Overlay:
    """How one picture lies over another: what share of the smaller is in both, and of its blocks agree (percent)."""

    cover: int
    agreeing: int
    mirrored: bool


def parts_of(light: Floats) -> Parts:
    """Return what a picture is found again by, given its light (0 to 255), with SIDE pixels on the longer side."""
    levels = _blurred(light)
    steps = levels[1:] - levels[:-1]
    around = np.abs(steps)
    for axis in range(3):
        around = np.maximum(around, np.maximum(np.roll(around, 1, axis), np.roll(around, -1, axis)))
    peaks = (np.abs(steps) >= around) & (around > LEAST_CONTRAST)
    peaks[[0, -1]] = False
    level, y, x = np.nonzero(peaks)
    reach = REACH * BLURS[level]
    height, width = light.shape
    inside = (x >= reach) & (y >= reach) & (x + reach < width) & (y + reach < height)
    level, y, x = level[inside], y[inside], x[inside]
    up, down, right = (_beside(steps, level, y, x, axis) for axis in range(3))
    middles = np.full((len(MIDDLES), 2), [(width - 1) / 2, (height - 1) / 2])
    places = np.concatenate([middles, np.column_stack([x + right, y + down])]).astype(np.float32)
    sizes = np.concatenate([MIDDLES * min(height, width) / 2 / REACH, BLURS[0] * 2 ** ((level + up) / 4)])
    waves = _waves(levels, places, sizes.astype(np.float32))
    strength = np.abs(waves) * _FINENESS
    strong = (strength > STRONG * strength.max(axis=1, initial=0, keepdims=True)).sum(axis=1)
    order = np.lexsort((*places.T, sizes, -strong, np.arange(len(sizes)) >= len(MIDDLES)))[:MOST_PARTS]
    order = order[strong[order] >= LEAST_STRONG]
    half = light[: height // 2 * 2, : width // 2 * 2].reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return Parts(
        half, (places[order] - 0.5) / 2, sizes[order].astype(np.float32) / 2, waves[order] > 0, _keys(waves[order])
    )


def _keys(waves: Floats) -> tuple[int, ...]:
    """Return the keys of all parts: their signs, however the weakest come out."""
    if not len(waves):
        return ()
    lead = np.abs(np.where(_ODD, waves, 0)).argmax(axis=1)
    turn = waves[np.arange(len(waves)), lead] < 0
    signs = (waves > 0) ^ (turn[:, None] & _ODD)
    weakest = np.argsort(np.abs(waves), axis=1, kind="stable")[:, :UNSURE]
    keys = (signs @ _BITS)[:, None] ^ (_BITS[weakest] @ _COMBINATIONS.T)
    return tuple(np.unique(keys).tolist())


def _blurred(light: Floats) -> Floats:
    """Return the picture at each blur, of shape (blurs, height, width)."""
    whole = np.pad(light, BEYOND, mode="symmetric")
    waves = np.fft.rfft2(whole)
    down, across = np.fft.fftfreq(whole.shape[0])[:, None], np.fft.rfftfreq(whole.shape[1])[None, :]
    squares = down**2 + across**2
    falls = (np.exp(-2 * (np.pi * blur) ** 2 * squares).astype(np.float32) for blur in BLURS)
    return np.stack([np.fft.irfft2(waves * fall, s=whole.shape)[BEYOND:-BEYOND, BEYOND:-BEYOND] for fall in falls])


def _beside(steps: Floats, level: Numbers, y: Numbers, x: Numbers, axis: int) -> Floats:
    """Return how far beside its sample each peak lies along an axis: the top of a parabola through three samples."""
    around = []
    for shift in (-1, 0, 1):
        there = [value + (shift if number == axis else 0) for number, value in enumerate((level, y, x))]
        around.append(steps[there[0], there[1].clip(0, steps.shape[1] - 1), there[2].clip(0, steps.shape[2] - 1)])
    before, here, after = around
    bend = before + after - 2 * here
    found = np.where(bend == 0, 0, (before - after) / (2 * np.where(bend == 0, 1, bend)))
    return np.asarray(found.clip(-0.5, 0.5), dtype=np.float32)


def _waves(levels: Floats, places: Floats, sizes: Floats) -> Floats:
    """Return the waves of the square around each part, of shape (parts, 40), as they are at half its blur."""
    level = (4 * np.log2(sizes / 2 / BLURS[0])).round().clip(0, len(BLURS) - 1).astype(np.int64)
    offsets = ((np.arange(GRID) - (GRID - 1) / 2) / (GRID / 2) * REACH).astype(np.float32)
    x = places[:, 0, None] + sizes[:, None] * offsets
    y = places[:, 1, None] + sizes[:, None] * offsets
    squares = _between(levels, y[:, :, None], x[:, None, :], level[:, None, None])
    waves = np.einsum("ku,pkl,lv->puv", _COSINES, squares, _COSINES, optimize=True)
    return np.asarray(waves[:, _DOWN, _ACROSS])


def _between(levels: Floats, y: Floats, x: Floats, level: Numbers | int) -> Floats:
    """Return the light at places between pixels."""
    height, width = levels.shape[1:]
    x, y = x.clip(0, width - 1.01), y.clip(0, height - 1.01)
    left, top = x.astype(np.int64), y.astype(np.int64)
    right, low = x - left, y - top
    above = levels[level, top, left] * (1 - right) + levels[level, top, left + 1] * right
    below = levels[level, top + 1, left] * (1 - right) + levels[level, top + 1, left + 1] * right
    return np.asarray(above * (1 - low) + below * low)


def laid_over(one: Parts, other: Parts) -> Overlay | None:
    """Return how a picture, or its mirror image, lies over another if both show one; else None."""
    found = []
    for mirrored in (False, True):
        turned = other.mirrored() if mirrored else other
        for scale, shift in _ways(one, turned):
            cover, agreeing = _agreement(one.light, turned.light, scale, shift)
            if cover >= LEAST_COVER and agreeing >= LEAST_AGREEING:
                found.append(Overlay(min(100, round(100 * cover)), round(100 * agreeing), mirrored))
    return max(found, key=lambda overlay: (overlay.agreeing, overlay.cover, not overlay.mirrored), default=None)


TRIED = 5
"""Ways of laying one picture over another that are tried: those that most parts speak for."""


def _ways(one: Parts, other: Parts) -> Iterator[tuple[float, Floats]]:
    """Yield (scale, shift) that take places of the one to those of the other, as parts in common have it."""
    apart = (one.signs[:, None, :] ^ other.signs[None, :, :]).sum(axis=2)
    mine, theirs = np.nonzero(apart <= APART)
    if not len(mine):
        return
    scales = other.sizes[theirs] / one.sizes[mine]
    shifts = other.places[theirs] - scales[:, None] * one.places[mine]
    reached = scales[:, None, None] * one.places[mine][None] + shifts[:, None, :]
    off = np.abs(reached - other.places[theirs][None]).max(axis=2) / other.sizes[theirs]
    alike = (off < 1.5) & (np.abs(np.log(scales[:, None] / scales[None, :])) < 0.25)
    seen = set()
    for best in np.lexsort((apart[mine, theirs], -alike.sum(axis=1))):
        with_it = alike[best]
        if with_it.tobytes() in seen:
            continue
        seen.add(with_it.tobytes())
        yield _fitted(one.places[mine[with_it]], other.places[theirs[with_it]], float(scales[best]), shifts[best])
        if len(seen) == TRIED:
            return


def _fitted(here: Floats, there: Floats, scale: float, shift: Floats) -> tuple[float, Floats]:
    """Return the scale and shift that take places best to those of the other (least squares)."""
    middle, other = here.mean(axis=0), there.mean(axis=0)
    spread = float(((here - middle) ** 2).sum())
    if len(here) > 2 and spread > 50:
        scale = float(((here - middle) * (there - other)).sum()) / spread
        shift = other - scale * middle
    return scale, shift


def _agreement(one: Floats, other: Floats, scale: float, shift: Floats) -> tuple[float, float]:
    """Return what share of the smaller picture lies in both, and what share of the blocks there agrees."""
    rows, columns = (np.arange(size // BLOCK * BLOCK, dtype=np.float32) for size in one.shape)
    y, x = scale * rows + shift[1], scale * columns + shift[0]
    rows, y = rows[(y >= 0) & (y <= other.shape[0] - 1)], y[(y >= 0) & (y <= other.shape[0] - 1)]
    columns, x = columns[(x >= 0) & (x <= other.shape[1] - 1)], x[(x >= 0) & (x <= other.shape[1] - 1)]
    down, across = len(rows) // BLOCK, len(columns) // BLOCK
    if not down or not across:
        return 0.0, 0.0
    y, x = y[: down * BLOCK], x[: across * BLOCK]
    there = _between(other[None], y[:, None], x[None, :], 0)
    here = one[int(rows[0]) :, int(columns[0]) :][: down * BLOCK, : across * BLOCK]
    cover = there.size / min(one.size, other.size * max(scale, 1e-3) ** -2)
    a, b = (_blocks(light, down, across) for light in (here, there))
    telling = (a.std(axis=1) > FLAT) | (b.std(axis=1) > FLAT)
    if telling.sum() < LEAST_BLOCKS:
        return cover, 0.0
    a, b = a[telling], b[telling]
    together = (a * b).mean(axis=1) / (a.std(axis=1) * b.std(axis=1) + 1e-3)
    return cover, float((together > AGREES).mean())


def _blocks(light: Floats, down: int, across: int) -> Floats:
    """Return the blocks of a picture, each with its own light taken off, of shape (blocks, BLOCK * BLOCK)."""
    blocks = light.reshape(down, BLOCK, across, BLOCK).transpose(0, 2, 1, 3).reshape(down * across, -1)
    return np.asarray(blocks - blocks.mean(axis=1, keepdims=True))
