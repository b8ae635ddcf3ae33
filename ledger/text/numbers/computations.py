"""The computations that a text gives in its own words, found by their plain forms alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from ..once import read_once
from ..sentences import sentences
from ..spans import Span
from .computed import Computation, ComputationRule, change, each, listed, share, total
from .forms import COMPARED, DOWNWARD, FORMS, MOST_FIGURES, figure_of, mask
from .quantity import Direction, Hedge, Quantity, QuantityKind
from .reading import quantities
from .spelling import FRACTIONS, MULTIPLES, SMALL, TENS, beginnings
from .units import FACTORS
from .years import may_be_year

FARTHEST = 50
"""Times the one of two values of a thing may be of the other; what is farther was most likely misread."""

_WORDS = (*SMALL, *TENS, *MULTIPLES, *FRACTIONS)
_NUMBERS = re.compile(rf"\d+|[½¼¾⅓⅔]|\b(?={beginnings(_WORDS)})(?:{'|'.join(_WORDS)})", re.IGNORECASE)
"""What a text without two of them, at least, makes nothing of."""

_WORTH = re.compile(r"from|[Oo]f|total|all|for|altogether|than|over|[:(–—] ?[\w$€£¥]|\s-{1,2}\s")
_TWO = re.compile(r"\sto\s|\s(?:out\s)?of\s(?:the\s|its\s|their\s|all\s)?")
_INVERSE = re.compile(r"\bagainst the\b|\bexchange rate|\byields?\b")
"""Where more of one figure is less of the thing: so many yen for a dollar."""


_SOME = re.compile(r"\b(?:among|including|includes?|alone|each|every|respectively|so far|such as|like|e\.g\.|top)\b")
"""Words of a sentence whose list may be of some parts alone, or of other things."""


@read_once
def computations(text: str) -> tuple[Computation, ...]:
    """Return the computations of an English text in order, each figure made by others once; see `Computation`."""
    found = []
    for span in sentences(text, "en") if len(_NUMBERS.findall(text)) > 1 else ():
        said = span.of(text)
        figures = quantities(said, "en") if _WORTH.search(said) else ()
        if sum(1 + one.is_range + (len(one.parts) == 2) for one in figures) > 2 and len(figures) * 2 <= MOST_FIGURES:
            found += [_shifted(one, span.start) for one in _computed(said, _apart(figures, said))]
    return tuple(sorted(found, key=lambda one: one.span))


def _shifted(one: Computation, by: int) -> Computation:
    """Return a computation of one sentence with its places in the whole text."""
    stated = evolve(one.stated, span=Span(one.stated.span.start + by, one.stated.span.end + by))
    return evolve(one, span=Span(one.span.start + by, one.span.end + by), stated=stated)


def _apart(figures: Sequence[Quantity], said: str) -> list[Quantity]:
    """Return figures with the two of "from A to B", and of "A of B", each on its own."""
    apart: list[Quantity] = []
    for one in figures:
        joint = _TWO.search(one.text)
        led = said[: one.span.start].rstrip().endswith("from")
        if joint is None or not ((one.is_range and led) or (len(one.parts) == 2 and one.unit == "share")):
            apart.append(one)
            continue
        for begin, end in ((0, joint.start()), (joint.end(), len(one.text))):
            read = quantities(one.text[begin:end], "en")
            span = Span(one.span.start + begin, one.span.start + end)
            unit = one.unit if one.is_range else ""
            apart += [evolve(each, span=span, unit=each.unit or unit, hedge=one.hedge) for each in read[:1]]
    return apart


def _masked(said: str, figures: Sequence[Quantity]) -> tuple[str, list[int]]:
    """Return a sentence with one character for each figure, and for each character where it stood."""
    masked: list[str] = []
    places: list[int] = []
    done = 0
    for n, one in enumerate(figures):
        masked += [said[done : one.span.start], mask(n)]
        places += [*range(done, one.span.start), one.span.start]
        done = one.span.end
    return "".join([*masked, said[done:]]), [*places, *range(done, len(said) + 1)]


def _computed(said: str, figures: Sequence[Quantity]) -> Iterator[Computation]:
    masked, places = _masked(said, figures)
    made: set[Span] = set()
    for rule, form in FORMS:
        for match in form.finditer(masked):
            groups = match.groupdict()
            stated = _named(figures, groups.get("c") or groups.get("d") or "")[0]
            answer = None if stated.span in made else _answer(rule, match, figures, stated)
            if answer is not None:
                made.add(stated.span)
                ends = [one.span.end for one in _named(figures, match[0])]
                span = Span(places[match.start()], max(places[match.end()], *ends))
                yield Computation(rule, span, stated, answer[1], answer[0])


def _named(figures: Sequence[Quantity], masked: str) -> list[Quantity]:
    """Return the figures that characters of a masked sentence stand for."""
    return [figures[n] for one in masked if (n := figure_of(one)) is not None]


def _answer(
    rule: ComputationRule, match: re.Match[str], figures: Sequence[Quantity], stated: Quantity
) -> tuple[bool | None, str] | None:
    """Return what comes of a form that was found; None where its figures are of other kinds than it wants."""
    groups = match.groupdict()
    if rule is ComputationRule.TOTAL and "items" in groups:
        return listed(tuple(_named(figures, groups["items"])), stated) if not _SOME.search(match.string) else None
    if rule is ComputationRule.TOTAL:
        return total(tuple(_named(figures, groups["parts"])), stated)
    (one,), (other,) = _named(figures, groups["a"]), _named(figures, groups["b"])
    if not (_is_plain(one) and _is_plain(other)):
        return None
    if rule is ComputationRule.SHARE:
        return (
            share(one, other, stated) if stated.unit in ("percent", "share") and stated.way is Direction.NONE else None
        )
    if rule is ComputationRule.EACH:
        return each(one, other, stated) if one.per and not other.unit and stated.unit == one.unit else None
    way = groups.get("way")
    if not _are_alike(one, other) or _INVERSE.search(match.string):
        return None
    if way is None:
        return change(one, other, stated, None) if stated.kind is QuantityKind.MULTIPLE else None
    return change(evolve(one, hedge=Hedge.EXACT) if way in COMPARED else one, other, stated, way in DOWNWARD)


def _is_plain(one: Quantity) -> bool:
    return one.kind is QuantityKind.AMOUNT and not one.loose and not may_be_year(one, one.text)


def _are_alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures may be two values of one thing: no share and amount, none with its scale left out."""
    shares = [FACTORS.get(figure.unit, ("",))[0] in ("share", "points") for figure in (one, other)]
    near = max(one.low, other.low) <= FARTHEST * min(one.low, other.low)
    return near and (shares[0] is shares[1] or not (one.unit and other.unit))
