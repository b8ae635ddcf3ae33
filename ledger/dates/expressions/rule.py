"""A rule of the grammar: the words it begins with, its pattern, and what it makes of a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from attrs import frozen

from .scene import Scene
from .value import DateExpression

Make = Callable[[re.Match[str], Scene], DateExpression | None]

DIGIT = "0"
"""Stands, among first words, for any word that begins with a digit."""


@frozen
class DateRule:
    """Tried at every word that is one of `first` (in lower case); `make` may still decline."""

    first: frozenset[str]
    pattern: re.Pattern[str]
    make: Make


def rule(first: Iterable[str], pattern: str, make: Make, *, exact: bool = False) -> DateRule:
    """Return a rule; `exact` tells capitals apart, as months and weekdays need."""
    flags = re.VERBOSE if exact else re.VERBOSE | re.IGNORECASE
    return DateRule(frozenset(first), re.compile(pattern, flags), make)
