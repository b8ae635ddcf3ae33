"""Lengths, ages and what recurs: "three days", "aged 42", "every Tuesday". None of them is a date."""

from __future__ import annotations

import re

from .counts import COUNT_FIRST
from .lexicon import END, NUMBER, UNIT, UNIT_OF, WEEKDAY, WEEKDAY_OF, S, number
from .rule import DIGIT, DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind, Length, Unit

_OLDEST = 150
_EACH = {"hourly": Unit.HOUR, "daily": Unit.DAY, "weekly": Unit.WEEK, "monthly": Unit.MONTH, "yearly": Unit.YEAR,
         "annually": Unit.YEAR}  # fmt: skip
_RECURS = "|".join((*_EACH, "nightly", "fortnightly", "biweekly", "bimonthly"))


def _age(match: re.Match[str], scene: Scene) -> DateExpression | None:
    parts = match.groupdict()
    count = number(match["count"])
    unit = UNIT_OF[(parts.get("unit") or "year").lower()]
    if count is None or (unit is Unit.YEAR and count > _OLDEST):
        return None
    return scene.made(*match.span(), ExpressionKind.AGE, unknown="an age, not a date", length=Length(count, unit))


def _set(match: re.Match[str], scene: Scene) -> DateExpression | None:
    words = match[0].lower().split()
    unit = _EACH.get(words[0]) or (UNIT_OF.get(words[-1]) if len(words) == 2 else None)
    return scene.made(*match.span(), ExpressionKind.SET, unknown="it recurs", length=Length(1, unit) if unit else None)


RULES: tuple[DateRule, ...] = (
    rule(COUNT_FIRST, rf"(?P<count>{NUMBER})[ -](?P<unit>days?|weeks?|months?|years?)[ -]olds?{END}", _age),
    rule({"aged", "age"}, rf"(?:aged|age{S}of|at{S}age|age){S}(?P<count>{NUMBER})(?!{S}?(?:%|to\b|and\b))", _age),
    rule({"every", "each"}, rf"(?:every|each){S}(?:other{S}|single{S}|{NUMBER}{S})?"
         rf"(?:{UNIT}|morning|afternoon|evening|summer|winter|spring|autumn|{WEEKDAY}){END}", _set),
    rule(_RECURS.split("|"), rf"(?:{_RECURS}){END}", _set),
    rule({f"{name}s" for name in WEEKDAY_OF if len(name) > 5}, rf"(?-i:{WEEKDAY})s{END}", _set),
    rule({DIGIT, "once", "twice"}, rf"(?:once|twice){S}an?{S}{UNIT}{END}", _set),
)  # fmt: skip
