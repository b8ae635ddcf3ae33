"""From beliefs to probabilities, learnt from claims that people have decided.

Beliefs are surer than they are right. A logistic curve through (belief, decision) pairs turns one into a probability
(Platt, 1999); how far such probabilities are off is measured on pairs that the curve was not drawn through.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

import attrs

Pair = tuple[float, bool]

ENOUGH = 200
"""Decided claims below which no probability is given."""

FOLDS = 5
BINS = 10


@attrs.frozen
class Curve:
    """`slope` and `offset` of the curve; `error` is the expected calibration error, of `pairs` decided claims."""

    slope: float
    offset: float
    error: float = 0.0
    pairs: int = 0

    def probability(self, belief: float) -> float:
        """Return how many in 1 claims of this belief were decided to hold."""
        return _logistic(self.slope * _logit(belief) + self.offset)


def calibrate(pairs: Sequence[Pair]) -> Curve | None:
    """Return the curve through all pairs with its cross-validated error; None where they are too few or all alike."""
    if len(pairs) < ENOUGH or len({held for _, held in pairs}) < 2:
        return None
    told = [
        (curve.probability(belief), held)
        for fold in range(FOLDS)
        for curve in [fit([pair for number, pair in enumerate(pairs) if number % FOLDS != fold])]
        for belief, held in pairs[fold::FOLDS]
    ]
    return attrs.evolve(fit(pairs), error=expected_error(told), pairs=len(pairs))


def fit(pairs: Sequence[Pair]) -> Curve:
    """Return the most likely curve, by Newton's method; the targets are drawn in a little, as Platt does."""
    held = sum(1 for _, one in pairs if one)
    high, low = (held + 1) / (held + 2), 1 / (len(pairs) - held + 2)
    points = [(_logit(belief), high if one else low) for belief, one in pairs]
    slope, offset = 0.0, log((held + 1) / (len(pairs) - held + 1))
    for _ in range(50):
        a = b = aa = ab = bb = 0.0
        for x, target in points:
            p = _logistic(slope * x + offset)
            away, spread = p - target, max(p * (1 - p), 1e-9)
            a, b = a + away * x, b + away
            aa, ab, bb = aa + spread * x * x, ab + spread * x, bb + spread
        aa, bb = aa + 1e-6, bb + 1e-6
        whole = aa * bb - ab * ab
        steps = (bb * a - ab * b) / whole, (aa * b - ab * a) / whole
        slope, offset = slope - steps[0], offset - steps[1]
        if max(map(abs, steps)) < 1e-9:
            break
    return Curve(slope, offset)


def expected_error(told: Sequence[Pair]) -> float:
    """Return how far probabilities are from what came of them: the mean over ten bins, by how many are in each."""
    bins: list[list[Pair]] = [[] for _ in range(BINS)]
    for probability, held in told:
        bins[min(int(probability * BINS), BINS - 1)].append((probability, held))
    return sum(abs(sum(p for p, _ in one) - sum(held for _, held in one)) for one in bins) / (len(told) or 1)


def _logit(belief: float) -> float:
    kept = min(max(belief, 1e-6), 1 - 1e-6)
    return log(kept / (1 - kept))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-min(max(x, -700.0), 700.0)))
