"""Reads a text from left to right and applies the rules where a word begins one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.languages import same_language
from ...text.once import read_once
from ..edtf import Edtf
from . import absolute, counts, feasts, lengths, numeric, quarters, ranges, relative, times
from .reckon import Reference
from .rule import DIGIT, DateRule
from .scene import Scene
from .tabled import grammar
from .value import DateExpression

_WORD = re.compile(r"\w+")
_LOOKALIKE = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters of other alphabets that a pattern takes for i, s and k where capitals do not count."""
_DIGITS = frozenset("0123456789")

_RULES: dict[str, list[DateRule]] = {}
for _module in (ranges, absolute, quarters, feasts, numeric, relative, counts, lengths, times):
    for _rule in _module.RULES:
        for _first in _rule.first:
            for _form in {_first, _first.capitalize(), _first.upper()}:
                _RULES.setdefault(_form, []).append(_rule)


def expressions(
    text: str, *, reference: Edtf | str | None = None, language: str | None = None
) -> tuple[DateExpression, ...]:
    """Return the date expressions of a text, in order; none overlaps another.

    `language` is its tag ("es-MX"), None for English; of a language whose dates are not read there are none.

    `reference` is the date on which the words were written, as EDTF: the day that "yesterday"
    counts from. Without it, or where it is too coarse to tell, an expression that needs it has
    no value, or one without its year, and says why in `unknown`.

    Raises BadDate when `reference` is text that is no EDTF.
    """
    if language is not None and not same_language(language, "en"):
        return _read_by_table(text, reference, language)
    return _read(text, reference)


def dates_are_read(language: str | None) -> bool:
    """Return whether the dates of a language are read; None is English."""
    return language is None or same_language(language, "en") or grammar(language) is not None


@read_once
def _read_by_table(text: str, reference: Edtf | str | None, language: str) -> tuple[DateExpression, ...]:
    forms = grammar(language)
    return () if forms is None else tuple(forms.read(text, Reference.of(reference)))


@read_once
def _read(text: str, reference: Edtf | str | None) -> tuple[DateExpression, ...]:
    scene = Scene.of(text, Reference.of(reference))
    return tuple(ranges.join(_found(scene), scene))


def _found(scene: Scene) -> Iterator[DateExpression]:
    text, done = scene.text, 0
    rules = _RULES
    for word in _WORD.finditer(text):
        first = word[0]
        applying = rules.get(DIGIT if first[0] in _DIGITS else first)
        if applying is None or word.start() < done:
            continue
        best = _best(applying, scene, word.start())
        if best is None:
            continue
        done = best.span.end
        best = times.of_part(best, scene)
        scene.read(best)
        yield best


def _best(applying: list[DateRule], scene: Scene, start: int) -> DateExpression | None:
    """Return what the rule with the longest match makes; the first of equals."""
    matches = [(found.end(), rule, found) for rule in applying if (found := rule.pattern.match(scene.text, start))]
    matches.sort(key=lambda match: -match[0])
    for _, rule, found in matches:
        if _LOOKALIKE.search(found[0]):
            continue
        made = rule.make(found, scene)
        if made is not None:
            return made
    return None
