"""Raised figures: the mark of a footnote, or a power. "million³" is not "million3", and 10⁶ is not 106."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LENGTH = re.compile(r"\b(?:[cdkmµ]?m|ft|yd|mi|in)\Z")


def raised(figures: str, before: str) -> str:
    """Return figures as raised characters; behind a unit of length, as people write them (km2)."""
    return figures if _LENGTH.search(before) else figures.translate(_RAISED)
