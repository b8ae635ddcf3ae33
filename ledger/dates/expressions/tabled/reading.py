"""Reads the dates of a text by the forms of its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from attrs import frozen

from ....text.languages import LanguageTable, table
from ..clock import TextClock
from ..numeric import FIGURES, IN_ANY_LANGUAGE
from ..ranges import alike, inherits, joined
from ..reckon import Reference
from ..rule import DIGIT, DateRule, rule
from ..scene import Scene
from ..tense import VerbTime, sentence_start
from ..value import DateExpression, ExpressionKind
from .forms import compiled, written
from .makers import Makers
from .slots import slots

_WORD = re.compile(r"\w+")
_DIGITS = frozenset("0123456789")
_FARTHEST = 160
"""Characters behind a date in which its verb is looked for."""

_DASH = re.compile(r"\s?[-–—‒]\s?")
_STAR = r"[^\W\d_]{2,}"


@frozen(eq=False)
class Grammar:
    """The forms of a language as rules, by the words with which they begin, and what may join two dates."""

    table: LanguageTable
    rules: Mapping[str, tuple[DateRule, ...]]
    ranges: tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]
    lists: re.Pattern[str]
    cue: re.Pattern[str]
    spoken: re.Pattern[str]

    def read(self, text: str, reference: Reference) -> Iterator[DateExpression]:
        """Yield the expressions of a text, ranges joined."""
        clock = TextClock.of(text, reference, tense=self._tense, spoken=self.spoken)
        scene = Scene.of(text, reference, clock)
        yield from self._joined(self._found(scene), scene)

    def _found(self, scene: Scene) -> Iterator[DateExpression]:
        done = 0
        for word in _WORD.finditer(scene.text):
            first = word[0]
            applying = self.rules.get(DIGIT if first[0] in _DIGITS else first.lower())
            if applying is None or word.start() < done:
                continue
            best = _best(applying, scene, word.start())
            if best is not None:
                done = best.span.end
                scene.read(best)
                yield best

    def _tense(self, text: str, start: int, end: int) -> VerbTime:
        """Return the side on which the words put a date: by the verb before it, else that behind it."""
        first = sentence_start(text, start)
        cue = next(reversed(list(self.cue.finditer(text, first, start))), None)
        if cue is None:
            stop = re.compile(r"[.!?;]\s").search(text, end)
            cue = self.cue.search(text, end, min(end + _FARTHEST, stop.start() if stop else len(text)))
        if cue is None:
            return VerbTime.OPEN
        return VerbTime.AHEAD if cue["ahead"] else VerbTime.PERHAPS if cue["perhaps"] else VerbTime.PAST

    def _joined(self, found: Iterable[DateExpression], scene: Scene) -> Iterator[DateExpression]:
        """Yield expressions with neighbours made into ranges, and the first of a list with the year of the last."""
        held: DateExpression | None = None
        for one in found:
            if held is not None:
                if (whole := self._range(held, one, scene)) is not None:
                    held = whole
                    continue
                yield self._lends(held, one, scene)
            held = one
        if held is not None:
            yield held

    def _range(self, first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression | None:
        if not first.kind is last.kind is ExpressionKind.DATE or first.offset or last.offset:
            return None
        between, start = (first.span.end, last.span.start), first.span.start
        if between[1] - between[0] > 14 or first.edtf is None or last.edtf is None:
            return None
        if _DASH.fullmatch(scene.text, *between):
            return joined(scene, start, last.span.end, inherits(first, last, scene), last)
        for before, joint in self.ranges:
            led = before.search(scene.before(start)) if before is not None else None
            if joint.fullmatch(scene.text, *between) and (led or (before is None and alike(first, last))):
                start -= len(led[0]) if led else 0
                return joined(scene, start, last.span.end, inherits(first, last, scene), last)
        return None

    def _lends(self, first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression:
        dates = first.kind is last.kind is ExpressionKind.DATE
        if not dates or not self.lists.fullmatch(scene.text, first.span.end, last.span.start):
            return first
        return inherits(first, last, scene) if alike(first, last) else first


@lru_cache
def grammar(base: str) -> Grammar | None:
    """Return the grammar of dates of a language; None where its table has none."""
    known = table(base)
    time = known.time
    if not time.forms:
        return None
    makers, places = Makers(known), slots(known)
    rules: dict[str, list[DateRule]] = {}
    made = [
        rule(firsts, rf"{pattern}(?!\w)".replace("#", r"\#"), getattr(makers, kind))
        for kind, forms in time.forms.items()
        for pattern, firsts in (compiled(form, places) for form in forms)
    ]
    for one in (*IN_ANY_LANGUAGE, rule({DIGIT}, FIGURES, makers.figures), *made):
        for first in one.first:
            rules.setdefault(first, []).append(one)
    cues = "|".join(
        rf"(?P<{name}>(?<!\w)(?:{'|'.join(map(_verb, words)) or '(?!)'})(?!\w))"
        for name, words in (("ahead", time.ahead), ("perhaps", time.perhaps), ("done", time.done))
    )
    spoken = (*time.days, *(name.lower() for name in known.weekdays), *time.beside)
    return Grammar(
        known,
        {first: tuple(several) for first, several in rules.items()},
        tuple((_led(before), re.compile(rf"\s{written(between)}\s", re.I)) for before, between in time.ranges),
        re.compile(rf", |\s(?:{'|'.join(map(written, time.lists)) or '(?!)'})\s", re.I),
        re.compile(cues, re.I),
        re.compile(rf"(?<!\w)(?:{'|'.join(map(written, spoken))})(?!\w)", re.I),
    )


def _led(before: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w){written(before)}['’\s]$", re.I) if before else None


def _verb(form: str) -> str:
    return written(form).replace(r"\*", _STAR)


def _best(applying: tuple[DateRule, ...], scene: Scene, start: int) -> DateExpression | None:
    """Return what the rule with the longest match makes; the first of equals."""
    matches = [(found.end(), one, found) for one in applying if (found := one.pattern.match(scene.text, start))]
    matches.sort(key=lambda match: -match[0])
    return next((made for _, one, found in matches if (made := one.make(found, scene)) is not None), None)


__all__ = ["Grammar", "grammar"]
