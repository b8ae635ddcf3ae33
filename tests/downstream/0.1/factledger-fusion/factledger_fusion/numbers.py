"""Decimal numbers as people give them: the same in another spelling, and rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def amount(text: str) -> str:
    """Return a decimal number in one spelling: "12.0" and "12" are one value."""
    number = Decimal(text).normalize()
    return "0" if not number else f"{number:f}"


def backs(rounded: str, exact: str) -> float:
    """Return 1 if the first number is the second one rounded, else 0: who says 1,200 also speaks for 1,213."""
    one, other = Decimal(rounded).normalize(), Decimal(exact).normalize()
    step = Decimal(1).scaleb(int(one.as_tuple().exponent))
    if one == other or not one or step <= Decimal(1).scaleb(int(other.as_tuple().exponent)):
        return 0.0
    return float((other / step).quantize(Decimal(1), ROUND_HALF_UP) * step == one)
