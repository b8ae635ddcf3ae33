"""What is made of each kind of form: one function for each name that may stand under `forms` in a language's table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import frozen

from ....text.languages import LanguageTable
from ...days import year_before_christ
from ..ranges import joined
from ..reckon import Reckoned, nearest_weekday, quarter, shifted, unit_at, weekday_beside, weekend, year
from ..relative import MIDDLE_OF, stretch
from ..scene import UNDATED_ORIGIN, Scene
from ..tense import VerbTime
from ..value import DateExpression, ExpressionKind, Length, Offset, Unit
from .slots import counts, units

_Made = DateExpression | None
_Match = re.Match[str]

_ROMAN = {"i": 1, "v": 5, "x": 10}
_NEAREST = "the nearest such {} is taken"
_CENTURY = "the century is not written: the latest is taken"
_TIME = "a time of day, without its date"
_LEAST_YEAR, _LAST_YEAR = 1800, 2100
"""Between these, four figures are a year where nothing says so but a language's habit."""

_NEAR = 600
"""Characters back to a date of whose month a day may be that stands alone."""

_COUNTED_AFTER = re.compile(r"\s?[%°€$£]|\s(?:[^\W\d_]+\b)")
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Þ]")


@frozen(slots=False)
class Makers:
    """The functions of one language; each takes a match of a form and the scene, and may decline."""

    table: LanguageTable

    # what its words mean

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return counts(self.table)

    @cached_property
    def _units(self) -> Mapping[str, Unit | str]:
        return units(self.table)

    @cached_property
    def _weekdays(self) -> Mapping[str, int]:
        return self.table.time.weekdays or {name.lower(): at for at, name in enumerate(self.table.weekdays)}

    def _number(self, words: str) -> int | None:
        digits = re.sub(r"[.\s\u00a0\u202f]", "", words)
        return int(digits) if digits.isdecimal() else self._counts.get(_plain(words))

    def _ordinal(self, words: str) -> int | None:
        """Return the number of "XIX", "3.", "tercero" or "treize"."""
        plain = _plain(words)
        for end in ("", *sorted(self.table.numbers.ordinal_marks, key=len, reverse=True)):
            roman = plain.removesuffix(end)
            if roman and not set(roman) - set(_ROMAN):
                return _roman(roman)
        if digits := re.match(r"[0-9]+", plain):
            return int(digits[0])
        return self.table.time.ordinals.get(plain, self._counts.get(plain))

    def _day_of(self, words: str) -> int:
        digits = re.match(r"[0-9]+", words)
        return int(digits[0]) if digits else 1

    def _month_of(self, words: str) -> int:
        return self.table.month_of[_plain(words).rstrip(".")]

    def _length(self, match: _Match) -> Length | None:
        unit, count = self._units[_plain(match["unit"])], match.groupdict().get("count") or ""
        number = self._number(count)
        known = number is not None or not count or _plain(count) in self.table.time.some
        return Length(number, unit) if known and isinstance(unit, Unit) else None

    def _more(self, match: _Match) -> dict[str, Any]:
        parts = match.groupdict()
        more: dict[str, Any] = {}
        if parts.get("part"):
            more["part"] = self.table.time.parts[_plain(parts["part"])]
        if parts.get("weekday"):
            more["weekday"] = self._weekdays[_plain(parts["weekday"])]
        if parts.get("era") and parts.get("year") and self.table.time.eras[_plain(parts["era"])] < 0:
            more["before_christ"] = int(parts["year"])
        return more

    def _beside(self, match: _Match) -> int:
        return self.table.time.beside[_plain(match["beside"])]

    # dates by themselves

    def day(self, match: _Match, scene: Scene) -> _Made:
        """A day and its month, with or without a year, an era and a weekday."""
        number, day, parts = self._month_of(match["month"]), self._day_of(match["day"]), match.groupdict()
        more = self._more(match)
        if written := self._written(parts.get("year"), parts.get("era")):
            return scene.valued(*match.span(), f"{written}-{number:02}-{day:02}", **more)
        if day == 0 or re.search(r"[0-9][.,/-]$|[$£€]$", scene.before(match.start(), 2)):
            return None
        return scene.without_year(*match.span(), number, day, **more)

    def days(self, match: _Match, scene: Scene) -> _Made:
        """A stretch of days of one month: "3-5 May"."""
        first, last = self._ends(match, scene)
        return joined(scene, *match.span(), first, last)

    def two_days(self, match: _Match, scene: Scene) -> _Made:
        """Two days of one month that are named together: "3 and 5 May"."""
        first, last = self._ends(match, scene)
        if first.edtf is None or last.edtf is None:
            return None
        return scene.made(*match.span(), ExpressionKind.RANGE, unknown="it names two days", parts=(first, last))

    def _ends(self, match: _Match, scene: Scene) -> list[DateExpression]:
        number, written = self._month_of(match["month"]), match.groupdict().get("year")
        days = [self._day_of(match[name]) for name in ("day", "last")]
        why = "" if written else "no year is given"
        if not written:
            written, why = scene.clock.year(*match.span(), number, days[0] or None)
        texts = [f"{written or 'XXXX'}-{number:02}-{day:02}" for day in days]
        more: dict[str, Any] = {"assumed": why} if written and why else {"unknown": why}
        return [
            scene.valued(*match.span(name), text, **more) for name, text in zip(("day", "last"), texts, strict=True)
        ]

    def month(self, match: _Match, scene: Scene) -> _Made:
        """A month of a year."""
        written = self._written(match["year"], match.groupdict().get("era"))
        text = f"{written}-{self._month_of(match['month']):02}"
        return scene.valued(*match.span(), text, **self._more(match))

    def month_alone(self, match: _Match, scene: Scene) -> _Made:
        """A month without a year, unless a name stands there."""
        name = match["month"]
        capital = name[:1].isupper() and not self.table.months[0][:1].isupper()
        if capital and _NAME_AFTER.match(scene.text, match.end()):
            return None
        if name[:1].islower() and self.table.months[0][:1].isupper():
            return None
        return scene.without_year(*match.span(), self._month_of(name), **self._more(match))

    def year(self, match: _Match, scene: Scene) -> _Made:
        """Four figures that stand where a year would, and count nothing."""
        number, time = int(match["year"]), self.table.time
        before = scene.before(match.start("year"), 24)
        if re.search(r"[\w$£€#./:_-]$|[0-9],$", before):
            return None
        led = bool(match.groupdict().get("part")) or match.start() < match.start("year")
        led = led or any(before.lower().endswith((f" {word} ", f"\n{word} ")) for word in time.year_after)
        led = led or f"{before.lower().lstrip()} ".startswith(tuple(f"{word}  " for word in time.year_after))
        led = led or before.endswith(("(", "[", "/")) or self._goes_on(match.start(), scene)
        usual = _LEAST_YEAR <= number <= _LAST_YEAR
        if not led and not usual:
            return None
        counted = _COUNTED_AFTER.match(scene.text, match.end())
        if counted and not led and (not time.bare_years or counted[0].strip()[:1].isupper()):
            return None
        if counted and (counted[0].strip()[:1] in "%°€$£" or _plain(counted[0].strip()) in self.table.numbers.units):
            return None
        return scene.valued(*match.span(), match["year"], **self._more(match))

    def old_year(self, match: _Match, scene: Scene) -> _Made:
        """A year of an era: "44 v. Chr."."""
        written = self._written(match["year"], match["era"])
        return scene.valued(*match.span(), written or "", **self._more(match))

    def named_year(self, match: _Match, scene: Scene) -> _Made:
        """A year of any length behind a word that says that it is one: "the year 578"."""
        return scene.valued(*match.span(), match["year"].zfill(4), **self._more(match))

    def decade(self, match: _Match, scene: Scene) -> _Made:
        """The seventies, where words like "the years" stand with their figures."""
        digits = match["decade"].lstrip("'’")
        more = self._more(match)
        if len(digits) == 4 and digits.isdecimal():
            return scene.valued(*match.span(), f"{digits[:3]}X", **more)
        digit = digits[0] if digits.isdecimal() else str(self.table.time.decades[_plain(digits)])

        def latest(on: date) -> str:
            century = on.year // 100 - (int(digit) > on.year % 100 // 10)
            return f"{century:02}{digit}X"

        if scene.reference.first is None:
            return scene.made(*match.span(), ExpressionKind.DATE, unknown="the century is not written", **more)
        return scene.reckoned(*match.span(), latest, assumed=_CENTURY, spoken=False, **more)

    def century(self, match: _Match, scene: Scene) -> _Made:
        """A century: 1900 to 1999, as EDTF and common use have it; before Christ, counted back."""
        number = self._ordinal(match["century"])
        if number is None or not 1 <= number <= 30:
            return None
        era = self.table.time.eras.get(_plain(match.groupdict().get("era") or ""), 1)
        return scene.valued(*match.span(), f"{'-' * (era < 0)}{number - 1:02}XX", **self._more(match))

    def season(self, match: _Match, scene: Scene) -> _Made:
        """A season of a year."""
        season = self.table.time.seasons[_plain(match["season"])]
        return scene.valued(*match.span(), f"{match['year']}-{season}", **self._more(match))

    def quarter(self, match: _Match, scene: Scene) -> _Made:
        """A quarter of a year that is written, or counts from now."""
        return self._share(match, scene, 4)

    def half(self, match: _Match, scene: Scene) -> _Made:
        """A half of a year that is written, or counts from now."""
        return self._share(match, scene, 2)

    def figures(self, match: _Match, scene: Scene) -> _Made:
        """A date of figures, in the order of the language; in both orders where that is not known."""
        if re.search(r"[\w/.-]$", scene.before(match.start(), 1)) or re.match(
            r"[/-]\w|[.,][0-9]", scene.after(match.end())
        ):
            return None
        first, second, written = int(match["first"]), int(match["second"]), match["year"]
        orders = {"dmy": [(first, second)], "mdy": [(second, first)]}.get(self.table.order)
        days = orders or [pair for pair in dict.fromkeys([(first, second), (second, first)]) if pair[1] <= 12]
        texts = sorted(f"{written}-{month:02}-{day:02}" for day, month in days if 0 < month <= 12)
        if len(texts) == 2:
            why = "which is the day and which the month is open"
            return scene.valued(*match.span(), f"[{','.join(texts)}]", unknown=why)
        return scene.valued(*match.span(), texts[0]) if texts else None

    # dates that count from elsewhere

    def deictic(self, match: _Match, scene: Scene) -> _Made:
        """A day that counts from today."""
        away, before = self.table.time.days[_plain(match["deictic"])], scene.before(match.start())
        if _plain(before).endswith(tuple(f" {word} " for word in self.table.time.noun_after)):
            return None
        if match[0][:1].isupper() and self.table.months[0][:1].isupper() and re.search(r"[^\W_],?\s$", before):
            return None  # a noun, where nouns have capitals: "am Morgen"
        return scene.reckoned(*match.span(), lambda on: unit_at(on, Unit.DAY, away), **self._more(match))

    def day_alone(self, match: _Match, scene: Scene) -> _Made:
        """ "the 8th": of the month that is told of, or of the one that is."""
        day, last = self._day_of(match["day"]), scene.last
        point = last.edtf.points[-1] if last is not None and last.edtf is not None and last.edtf.points else None
        shift = self._beside(match) if match.groupdict().get("beside") else 0
        told = last is not None and not shift and match.start() - last.span.end < _NEAR
        if told and last is not None and point is not None and point.year and point.month and point.month <= 12:
            assumed = f"the month is that of “{last.words}”, named before it"
            return scene.valued(*match.span(), f"{point.year}-{point.month:02}-{day:02}", assumed=assumed)

        def reckon(on: date) -> str:
            away = -(shift < 0 and day >= on.day) + (shift > 0 and day <= on.day)
            return f"{unit_at(on, Unit.MONTH, away)}-{day:02}"

        assumed = "the month is not written: that of the reference date is taken"
        return scene.reckoned(*match.span(), reckon, assumed=assumed)

    def unit(self, match: _Match, scene: Scene) -> _Made:
        """ "last week", "this year"."""
        unit, shift = self._units[_plain(match["unit"])], self._beside(match)
        if unit is Unit.DAY or _plain(match["unit"]) in self.table.time.plurals:
            return None
        reckon: Reckoned
        if isinstance(unit, Unit):
            whole = unit
            if whole in (Unit.HOUR, Unit.MINUTE):
                return None
            if whole is Unit.YEAR and shift == 0 and scene.clock.elsewhere:
                return scene.in_hand(*match.span(), **self._more(match))
            reckon = lambda on: unit_at(on, whole, shift)  # noqa: E731
        else:
            reckon = lambda on: weekend(on + timedelta(7 * shift))  # noqa: E731
        return scene.reckoned(*match.span(), reckon, **self._more(match))

    def unit_now(self, match: _Match, scene: Scene) -> _Made:
        """ "the end of the year": of the one that is."""
        unit = self._units[_plain(match["unit"])]
        no_day = isinstance(unit, Unit) and unit not in (Unit.HOUR, Unit.MINUTE, Unit.DAY)
        if not no_day or _plain(match["unit"]) in self.table.time.plurals or _plain(match[0]) in self._units:
            return None
        assert isinstance(unit, Unit)
        if unit is Unit.YEAR and scene.clock.elsewhere:
            return scene.in_hand(*match.span(), **self._more(match))
        return scene.reckoned(*match.span(), lambda on: unit_at(on, unit, 0), **self._more(match))

    def year_word(self, match: _Match, scene: Scene) -> _Made:
        """A year that has a word of its own: "Vorjahr"."""
        away = self.table.time.years[_plain(match["year_word"])]
        return scene.reckoned(*match.span(), lambda on: year(on.year + away), **self._more(match))

    def unit_counted(self, match: _Match, scene: Scene) -> _Made:
        """ "the following day", "the same year": beside the date before it in the text."""
        unit, shift = self._units[_plain(match["unit"])], self.table.time.counted[_plain(match["counted"])]
        if not isinstance(unit, Unit) or unit in (Unit.HOUR, Unit.MINUTE):
            return None
        length = Length(abs(shift), unit)
        return scene.counted(*match.span(), lambda on: unit_at(on, unit, shift), length=length, after=shift >= 0)

    def day_beside(self, match: _Match, scene: Scene) -> _Made:
        """ "3 March last year"."""
        shift, month, day = self._beside(match), self._month_of(match["month"]), match.groupdict().get("day")
        rest = f"-{month:02}" + (f"-{self._day_of(day):02}" if day else "")
        return scene.reckoned(*match.span(), lambda on: f"{year(on.year + shift)}{rest}", **self._more(match))

    def day_of_month(self, match: _Match, scene: Scene) -> _Made:
        """ "the 3rd of this month"."""
        shift, day = self._beside(match), self._day_of(match["day"])
        if self._units[_plain(match["unit"])] is not Unit.MONTH:
            return None
        return scene.reckoned(
            *match.span(), lambda on: f"{unit_at(on, Unit.MONTH, shift)}-{day:02}", **self._more(match)
        )

    def month_beside(self, match: _Match, scene: Scene) -> _Made:
        """ "last March": the nearest that is over."""
        shift, target = self._beside(match), self._month_of(match["month"])
        day = match.groupdict().get("day") or ""
        rest = f"-{target:02}" + (f"-{self._day_of(day):02}" if day else "")

        def reckon(on: date) -> str:
            there, here = (target, self._day_of(day)), (on.month, on.day)
            if not day:
                there, here = (target, 0), (on.month, 0)
            now = on.year - (shift < 0 and there >= here) + (shift > 0 and there <= here)
            return f"{year(now)}{rest}"

        assumed = _NEAREST.format("month") if shift else ""
        return scene.reckoned(*match.span(), reckon, assumed=assumed, **self._more(match))

    def season_beside(self, match: _Match, scene: Scene) -> _Made:
        """ "this summer", "last winter", of the northern year."""
        shift, season = self._beside(match), self.table.time.seasons[_plain(match["season"])]
        middle = MIDDLE_OF[season]

        def reckon(on: date) -> str:
            now = on.year - (shift < 0 and on.month <= middle + 1) + (shift > 0 and on.month >= middle - 1)
            return f"{year(now)}-{season}"

        assumed = "the nearest such season, of the northern year, is taken"
        return scene.reckoned(*match.span(), reckon, assumed=assumed, **self._more(match))

    def season_of_year(self, match: _Match, scene: Scene) -> _Made:
        """ "the summer of last year"."""
        shift, season = self._beside(match), self.table.time.seasons[_plain(match["season"])]
        return scene.reckoned(*match.span(), lambda on: f"{year(on.year + shift)}-{season}", **self._more(match))

    def season_alone(self, match: _Match, scene: Scene) -> _Made:
        """ "in the summer": of the year that the clock gives."""
        season = self.table.time.seasons[_plain(match["season"])]
        written, why = scene.clock.year(*match.span(), MIDDLE_OF[season], None)
        if written:
            return scene.valued(*match.span(), f"{written}-{season}", assumed=why)
        return scene.made(*match.span(), ExpressionKind.DATE, unknown=why)

    def weekend(self, match: _Match, scene: Scene) -> _Made:
        """ "at the weekend": the one that is, or has just been, unless the sentence looks ahead."""
        ahead = scene.clock.tense(scene.text, *match.span()) in (VerbTime.AHEAD, VerbTime.PERHAPS)

        def reckon(on: date) -> str:
            return weekend(on - timedelta(0 if ahead or on.weekday() > 4 else 7))

        return scene.reckoned(*match.span(), reckon, assumed="the nearest weekend is taken")

    def weekday(self, match: _Match, scene: Scene) -> _Made:
        """A weekday: the nearest, before the reference unless the sentence looks ahead."""
        target, said = self._weekdays[_plain(match["weekday"])], match.groupdict().get("beside")
        shift = self.table.time.beside[_plain(said)] if said else 0
        reckon: Reckoned
        if shift:
            reckon = lambda on: weekday_beside(on, target, after=shift > 0)  # noqa: E731
            return scene.reckoned(*match.span(), reckon, assumed=_NEAREST.format("day"))
        told, on = scene.clock.tense(scene.text, *match.span()), scene.reference.first
        open_ = told in (VerbTime.PERHAPS, VerbTime.OPEN)
        if open_ and (on is None or on.weekday() != target):
            return scene.made(*match.span(), ExpressionKind.DATE, unknown="its sentence may look ahead or back")
        future = told is VerbTime.AHEAD
        reckon = lambda on: nearest_weekday(on, target, future=future)  # noqa: E731
        assumed = f"the nearest such day {'to come' if future else 'that has been'} is taken"
        return scene.reckoned(*match.span(), reckon, assumed=assumed)

    def ago(self, match: _Match, scene: Scene) -> _Made:
        """ "two years ago"."""
        return self._away(match, scene, -1)

    def ahead(self, match: _Match, scene: Scene) -> _Made:
        """ "in two weeks"."""
        return self._away(match, scene, 1)

    def later(self, match: _Match, scene: Scene) -> _Made:
        """ "two years later": from the date before it in the text."""
        return self._off(match, scene, 1)

    def earlier(self, match: _Match, scene: Scene) -> _Made:
        """ "two years before": from the date before it in the text."""
        return self._off(match, scene, -1)

    def after_event(self, match: _Match, scene: Scene) -> _Made:
        """ "two days after ...": what it counts from has no date here."""
        return self._of_event(match, scene, after=True)

    def before_event(self, match: _Match, scene: Scene) -> _Made:
        """ "two days before ..."."""
        return self._of_event(match, scene, after=False)

    def stretch_back(self, match: _Match, scene: Scene) -> _Made:
        """ "the last two weeks"."""
        length = self._length(match)
        return None if length is None else stretch(scene, *match.span(), length, back=True)

    def stretch_ahead(self, match: _Match, scene: Scene) -> _Made:
        """ "the next two weeks"."""
        length = self._length(match)
        return None if length is None else stretch(scene, *match.span(), length, back=False)

    # what is no date

    def duration(self, match: _Match, scene: Scene) -> _Made:
        """A length."""
        length = self._length(match)
        if length is None or (length.count == 1 and length.unit in (Unit.MINUTE, Unit.DAY)):
            return None
        return scene.made(*match.span(), ExpressionKind.DURATION, unknown="a length, not a date", length=length)

    def unnumbered(self, match: _Match, scene: Scene) -> _Made:
        """ "for years": a length of which no number is said."""
        length = self._length(match)
        if length is None or _plain(match["unit"]) not in self.table.time.plurals:
            return None
        return scene.made(*match.span(), ExpressionKind.DURATION, unknown="how long is not said", length=length)

    def age(self, match: _Match, scene: Scene) -> _Made:
        """How old somebody is."""
        length = Length(self._number(match["count"]), Unit.YEAR)
        if length.count is None:
            return None
        return scene.made(*match.span(), ExpressionKind.AGE, unknown="an age, not a date", length=length)

    def every(self, match: _Match, scene: Scene) -> _Made:
        """What recurs."""
        word, named = match.groupdict().get("unit"), match.groupdict().get("recurs")
        unit = self._units[_plain(word)] if word else Unit(self.table.time.recurs[_plain(named)]) if named else None
        length = Length(1, unit) if isinstance(unit, Unit) else None
        return scene.made(*match.span(), ExpressionKind.SET, unknown="it recurs", length=length)

    def time(self, match: _Match, scene: Scene) -> _Made:
        """A time of day."""
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > 24:
            return None
        return scene.made(*match.span(), ExpressionKind.TIME, unknown=_TIME, clock=f"{hour:02}:{minute:02}")

    def vague(self, match: _Match, scene: Scene) -> _Made:
        """ "now", "recently": a time without a day."""
        when = self.table.time.vague[_plain(match["vague"])]
        unknown = f"it names no day {'to come' if when == 'to come' else f'of the {when}'}"
        return scene.made(*match.span(), ExpressionKind.DATE, unknown=unknown)

    # what several of them share

    def _goes_on(self, start: int, scene: Scene) -> bool:
        """Return whether a number stands in a row of years: "in 1988, 1994 and 2000"."""
        last = scene.last
        if last is None or not 2 <= start - last.span.end <= 6 or not last.words[-4:].isdecimal():
            return False
        joint = _plain(scene.text[last.span.end : start]).strip()
        return joint == "," or joint in self.table.time.lists

    def _written(self, digits: str | None, era: str | None) -> str | None:
        if digits is None:
            return None
        if era and self.table.time.eras[_plain(era)] < 0:
            return year_before_christ(int(digits))
        return digits.zfill(4)

    def _share(self, match: _Match, scene: Scene, of: int) -> _Made:
        number, parts = self._ordinal(match["ordinal"]), match.groupdict()
        if number is None or not 1 <= number <= of:
            return None

        def share(whole: int) -> str:
            return quarter(whole, number) if of == 4 else f"{year(whole)}-{6 * number - 5:02}/{whole}-{6 * number:02}"

        if parts.get("year"):
            return scene.valued(*match.span(), share(int(match["year"])))
        shift = self._beside(match)
        return scene.reckoned(*match.span(), lambda on: share(on.year + shift))

    def _away(self, match: _Match, scene: Scene, direction: int) -> _Made:
        length = self._length(match)
        if length is None:
            return None
        if length.count is None:
            vague = "how many is not said"
            if direction < 0:
                return scene.reckoned(*match.span(), lambda on: f"[..{on.isoformat()}]", unknown=vague, length=length)
            return scene.made(*match.span(), ExpressionKind.DATE, unknown=vague, length=length)
        if length.unit in (Unit.HOUR, Unit.MINUTE):
            why = "it counts from a time of day"
            return scene.made(*match.span(), ExpressionKind.TIME, unknown=why, length=length)
        return scene.reckoned(*match.span(), lambda on: shifted(on, length, direction), length=length)

    def _of_event(self, match: _Match, scene: Scene, *, after: bool) -> _Made:
        length = self._length(match)
        if length is None:
            return None
        why = "it counts from something without a date"
        return scene.made(*match.span(), ExpressionKind.DATE, length=length, offset=Offset(length, after), unknown=why)

    def _off(self, match: _Match, scene: Scene, direction: int) -> _Made:
        length = self._length(match)
        if length is None or length.unit in (Unit.HOUR, Unit.MINUTE):
            return None
        if length.count is None:
            offset = Offset(length, direction > 0)
            return scene.made(*match.span(), ExpressionKind.DATE, offset=offset, unknown=UNDATED_ORIGIN)
        reckon: Reckoned = lambda on: shifted(on, length, direction)  # noqa: E731
        return scene.counted(*match.span(), reckon, length=length, after=direction > 0)


def _plain(words: str) -> str:
    """Return words as tables have them: in small letters, one space between them, straight apostrophes."""
    return re.sub(r"\s+", " ", words.lower().replace("’", "'"))


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
