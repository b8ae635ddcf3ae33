"""Says which of two dates comes first, or why that cannot be said."""

from __future__ import annotations

from .days import Bounds
from .edtf import Edtf
from .words import name, words


def before(a: Edtf, b: Edtf) -> bool | None:
    """Return True when a is surely before b, False when it surely is not, else None.

    A reading is one day within the date's reach. True: every reading of a lies
    before every reading of b. False: none does, so two dates on the same day
    are False both ways. Two moments are compared to the second.

    An interval is read as one day somewhere in it. What is sure then is also
    sure of an interval that is filled from end to end.
    """
    if a.moment is not None and b.moment is not None:
        return a.moment < b.moment
    return _ordered(a.reach, b.reach)


def why_not_known(a: Edtf, b: Edtf) -> str:
    """Return in plain words why `before(a, b)` is None; "" when it is not."""
    if before(a, b) is not None:
        return ""
    for date in (a, b):
        for point in date.points:
            if point.year is None:
                return f"no year is given for {name(point)}"
    if _ordered((a.earliest, a.latest), (b.earliest, b.latest)) is not None:
        return _soft(a, b)
    if a.latest is None or b.latest is None:
        return f"no last day is given: {words(a if a.latest is None else b)}"
    if a.earliest is None or b.earliest is None:
        return f"no first day is given: {words(a if a.earliest is None else b)}"
    return _overlap(a, b)


def _ordered(a: Bounds, b: Bounds) -> bool | None:
    (a_first, a_last), (b_first, b_last) = a, b
    if a_last is not None and b_first is not None and a_last < b_first:
        return True
    if a_first is not None and b_last is not None and a_first >= b_last:
        return False
    return None


def _soft(a: Edtf, b: Edtf) -> str:
    approximate = [date for date in (a, b) if date.approximate]
    uncertain = [date for date in (a, b) if date.uncertain]
    kind = "approximate" if approximate else "uncertain"
    if len(approximate or uncertain) == 2:
        return f"both are {kind}, and they are close"
    return f"one of them is {kind}, and they are close"


def _overlap(a: Edtf, b: Edtf) -> str:
    if a == b:
        return f"they overlap: both are {words(a)}"
    # "contains" reads well of single dates only: "between 2 and 5 May contains" does not.
    if len(a.points) == len(b.points) == 1:
        for outer, inner in ((a, b), (b, a)):
            if outer.moment is None and _contains(outer, inner):
                return f"they overlap: {words(outer)} contains {words(inner)}"
    for date in (a, b):
        if date.moment is not None and date.earliest != date.latest:
            return f"{words(date)} is another day in UTC"
    return f"they overlap: {words(a)}, and {words(b)}"


def _contains(outer: Edtf, inner: Edtf) -> bool:
    bounds = (outer.earliest, inner.earliest, inner.latest, outer.latest)
    days = [day for day in bounds if day is not None]
    return len(days) == 4 and days == sorted(days)
