"""date-valid: a date that is written can be, and is not another way round than the one on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding, Missing, Stance
from ledger.dates import DateExpression, Edtf, ExpressionKind, words
from ledger.timeline import read

from .almanac import (
    WEEKDAYS,
    day_number,
    only_julian,
    surely_backwards,
    surely_impossible,
    weekdays_of,
    written_weekday,
    year_behind,
    years_beside,
)
from .common import plain
from .languages import unread
from .passages import (
    MOST_PASSAGES,
    Passage,
    certain,
    is_vague,
    lacking,
    left_open,
    names_no_day,
    passages,
    quoting,
    read_again,
    whole_day,
)

MOST_FOUND = 20
FIX = "Add when the words were said or the source was published, or write the date with its year."

NEAR = 31
"""Days from the date of the words within which a day and month with a weekday are of the nearest year."""

_DOUBTED = re.compile(
    r"\b(?:no such|there (?:is|was|are) no|do(?:es)? ?n[o']t exist|non-?existent|impossible|fictional|fictitious|typo|"
    r"misprint\w*|mistak\w+|wrong\w*|erroneous\w*|invalid|incorrect\w*|misdated|misstated|nor?mally no)\b",
    re.IGNORECASE,
)
"""Words that speak of such a date as a mistake: who reports it does not make it."""


@attrs.frozen
class RecordedDay:
    """A day on record for the claim, and what it is the day of."""

    what: str
    edtf: Edtf


class DateValid(Checker):
    """Checks: the dates written in a claim and in the words quoted for it, by the calendar and against its own record.
    Why it matters: a date that cannot be was copied wrongly, and so may be the one beside it that can.
    Fails on: 31 February; "from 10 May to 1 May 2025"; "Wednesday May 2 2025", a Friday; "3 April 2025" where 4 March
        is recorded.
    Warns on: the same where the year is that nearest to the source, or the words leave another reading; a day apart
        where the recorded day is that of the moment in UTC.
    Passes on: dates that the calendar has. Older dates may follow the Julian calendar, and pass if they can be there.
    """

    name = "date-valid"
    version = 4
    establishes = "that the dates written in English in the claim and its quoted words are in the calendar"
    does_not_establish = "that they are the right dates, nor that what is written without figures or months was read"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        problems: list[Finding] = []
        unsure = unread(dossier)
        missing: list[Missing] = []
        held = 0
        recorded = _recorded(dossier)
        for passage in passages(dossier):
            reported = dossier.reports.text if dossier.reports and passage.item is None else None
            read_to = 0
            for one in passage.dates:
                if one.span.start < read_to or (reported is not None and one.words in reported):
                    continue
                named = written_weekday(passage, one)
                read_to = one.span.start + len(named[1]) if named else read_to
                fault, why = self._fault(dossier, passage, one, recorded)
                if fault is not None:
                    problems.append(fault)
                elif why:
                    unsure.setdefault(f"“{plain(one.words)}” in {passage.where}: {why}.", passage.cites)
                    missing += lacking(dossier, passage, worded=is_vague(one))
                else:
                    held += one.edtf is not None
            if passage.item is None or passage.item.stance is Stance.SUPPORTS:
                problems.extend(self._against_record(dossier, passage, recorded))
        if problems:
            yield from problems[:MOST_FOUND]
        elif unsure:
            yield left_open(self, unsure, held, FIX, missing)
        elif held:
            more = "; the first 50 passages were read" if len(quoting(dossier)) > MOST_PASSAGES else ""
            reason = f"{'The date' if held == 1 else 'The dates'} written can be ({held} read{more})."
            yield self.passes(reason, code="can_be", cites=[dossier.claim])
        else:
            yield self.not_applicable("No date is written.", code="no_date", cites=[dossier.claim])

    def _fault(
        self, dossier: Dossier, passage: Passage, one: DateExpression, recorded: list[RecordedDay]
    ) -> tuple[Finding | None, str]:
        """Return what is wrong with one date by the calendar, or why that cannot be told; nothing where it can be."""
        fault, why = self._by_calendar(dossier, passage, one, recorded)
        if fault is not None and _DOUBTED.search(passage.around(one)):
            return None, "the sentence itself speaks of a mistake"
        return fault, why

    def _by_calendar(
        self, dossier: Dossier, passage: Passage, one: DateExpression, recorded: list[RecordedDay]
    ) -> tuple[Finding | None, str]:
        if one.fault == "impossible":
            sure = surely_impossible(passage, one)
            if one.parts or sure is None:
                return None, ""
            if only_julian(one):
                return None, "it was a day in another calendar only"
            reason = f"{_place(passage, one)} cannot be: {one.unknown}."
            return self._made(sure, dossier, passage, reason, "impossible"), ""
        if one.fault == "reversed":
            sure = surely_backwards(passage, one)
            first, last = (words(part.edtf) for part in one.parts if part.edtf)
            if sure is None:
                return None, f"{last} is before {first}, which may be meant"
            reason = f"{_place(passage, one)} runs backwards: {last} is before {first}."
            return self._made(sure, dossier, passage, reason, "reversed"), ""
        named = written_weekday(passage, one)
        if named is not None and one.edtf is not None:
            behind = year_behind(passage, one)
            edtf = read(f"{behind}-{_day_of(one.edtf)}") if behind and _day_of(one.edtf) else one.edtf
            number, shown = named
            return self._weekday(
                dossier, passage, edtf or one.edtf, number, f"{shown} {behind}" if behind else shown, recorded
            )
        if one.edtf is not None and one.edtf.text == "XXXX-02-29":
            return None, "only leap years have it, and no year is given"
        return None, names_no_day(one)

    def _weekday(
        self, dossier: Dossier, passage: Passage, one: Edtf, named: int, shown: str, recorded: list[RecordedDay]
    ) -> tuple[Finding | None, str]:
        """Compare a weekday with its date: with its year as written, else as recorded, else as the source has it."""
        place = f"“{plain(shown)}” in {passage.where}"
        if not _day_of(one):
            return None, ""
        if one.year_known and one.text[:4] in shown:
            number = whole_day(one)
            right = None if number is None else weekdays_of(number)
            if right is None or named in right:
                return None, ""
            reason = f"{place} is a {WEEKDAYS[right[0]]}, not a {WEEKDAYS[named]}."
            return self._made(len(right) == 1, dossier, passage, reason, "weekday"), ""
        for record in recorded:
            number = whole_day(record.edtf)
            if number is not None and _day_of(record.edtf) == _day_of(one):
                right = weekdays_of(number)
                if named in right:
                    return None, ""
                reason = f"{place} is a {WEEKDAYS[right[0]]} if it is {record.what}, {words(record.edtf)}."
                sure = passage.item is None and len(right) == 1
                return self._made(sure, dossier, passage, reason, "weekday", record=True), ""
        right_name, why = _nearby(passage.reference, one, named)
        if not right_name or passage.reference is None:
            return None, why
        reason = f"{place} is a {right_name} in the year of its words, {words(passage.reference)}."
        return self._made(False, dossier, passage, reason, "weekday"), ""

    def _against_record(self, dossier: Dossier, passage: Passage, recorded: list[RecordedDay]) -> Iterator[Finding]:
        """Yield where day and month are the other way round on record, or the day is that of another zone."""
        days = [
            one
            for one in passage.found
            if one.kind is ExpressionKind.DATE and one.edtf is not None and _day_of(one.edtf)
        ]
        for record in recorded:
            if any(_may_be(one.edtf, record.edtf) for one in passage.found):
                continue
            beside = f"{record.what} is recorded as {words(record.edtf)}"
            for one in days:
                if _swapped(one.edtf, record.edtf) and not any(_may_be(one.edtf, other.edtf) for other in recorded):
                    # What was said on 4 March may well be of 3 April.
                    sure = certain(one) and len(days) == 1 and record.what == "the event"
                    reason = f"{_place(passage, one)}; {beside}: day and month {'are' if sure else 'may be'} swapped."
                    yield self._made(sure, dossier, passage, reason, "swapped", record=True)
            apart = [written for written, moment in _moments(passage) if _a_day_apart(moment, record.edtf)]
            if len(days) == 1 and certain(days[0]) and _a_day_apart(record.edtf, days[0].edtf):
                apart.append(days[0].words)
            for written in apart:
                reason = f"“{plain(written)}” in {passage.where}; {beside}: a day apart, which the zone may explain."
                yield self._made(False, dossier, passage, reason, "zone", record=True)

    def _made(
        self, sure: bool, dossier: Dossier, passage: Passage, reason: str, code: str, *, record: bool = False
    ) -> Finding:
        """Return a problem, or where it is not sure a reason to look; `record` cites the claim, whose date it is."""
        claim = dossier.claim
        return (self.fails if sure else self.warns)(
            reason,
            code=code,
            cites=[*passage.cites, *([claim] if record else [])],
            fix=f'Read the source again, then: factledger correct {claim.handle} text="..." --because "..."',
            missing=read_again(dossier, passage),
        )


def _nearby(reference: Edtf | None, one: Edtf, named: int) -> tuple[str, str]:
    """Return the weekday that a day without its year has by the date of the words, where that is not the one named.

    Else why it cannot be told; neither where it fits, or may be of a year beside it.
    """
    if reference is None or reference.earliest is None or reference.latest is None:
        return "", "no year is given to tell the weekday by"
    out = reference.earliest
    if reference.latest - out > NEAR:
        return "", f"{words(reference)} does not give the year to tell the weekday by"
    month, day = int(one.text[5:7]), int(one.text[8:10])
    beside = [number for year in years_beside(out) if (number := day_number(year, month, day)) is not None]
    nearest = min(beside, key=lambda number: abs(number - out), default=None)
    fitting = [number for number in beside if named in weekdays_of(number)]
    if nearest is None or nearest in fitting:
        return "", ""
    if abs(nearest - out) > NEAR:
        return "", "" if fitting else "the weekday is of another year, which is not given"
    return WEEKDAYS[weekdays_of(nearest)[0]], ""


def _place(passage: Passage, one: DateExpression) -> str:
    return f"“{plain(one.words)}” in {passage.where}"


def _recorded(dossier: Dossier) -> list[RecordedDay]:
    """Return the days on record for the claim that can be read."""
    pairs = (("the event", dossier.claim.occurred), ("the saying", dossier.claim.said))
    return [RecordedDay(what, edtf) for what, text in pairs if (edtf := read(text)) is not None]


def _day_of(edtf: Edtf) -> str:
    """Return the month and day of a date that is one day, as MM-DD; else ""."""
    point = edtf.points[0]
    alone = len(edtf.readings) == len(edtf.points) == 1 and "/" not in edtf.text
    return f"{point.month:02}-{point.day:02}" if alone and point.month and point.day else ""


def _swapped(written: Edtf | None, recorded: Edtf) -> bool:
    """Return whether two days of one year, as far as it is written, differ by day and month alone."""
    if written is None:
        return False
    one, other = _day_of(written), _day_of(recorded)
    years = {point.year for edtf in (written, recorded) for point in edtf.points} - {None}
    return bool(one) and len(years) < 2 and one != other and one == f"{other[3:]}-{other[:2]}"


def _may_be(written: Edtf | None, recorded: Edtf) -> bool:
    """Return whether words may mean the recorded day: one of their readings does, its year left open or the same."""
    if written is None:
        return False
    pairs = ((one, other) for one in written.points for other in recorded.points)
    return any(
        (one.unit, one.month, one.day) == (other.unit, other.month, other.day)
        and (one.year == other.year or None in (one.year, other.year))
        for one, other in pairs
    )


def _moments(passage: Passage) -> Iterator[tuple[str, Edtf]]:
    """Yield the moments that the words give with their offset: in one, or as a date and a time in one sentence."""
    for one in passage.found:
        moment = one.edtf if one.edtf is not None and one.edtf.moment is not None else _moment(one, one.clock)
        if moment is not None:
            yield one.words, moment
    for time in passage.found:
        if time.kind is not ExpressionKind.TIME:
            continue
        sentence = passage.sentence(time.span)
        beside = [one for one in passage.found if sentence.start <= one.span.start < sentence.end and one is not time]
        if len(beside) == 1 and (moment := _moment(beside[0], time.clock)) is not None:
            yield f"{time.words}, {beside[0].words}", moment


def _moment(day: DateExpression, clock: str) -> Edtf | None:
    """Return the moment that a time of day with its offset makes of a date; None where it makes none."""
    zone = re.fullmatch(r"([0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})", clock)
    if zone is None or day.edtf is None or not certain(day) or not whole_day(day.edtf):
        return None
    return read(f"{day.edtf.text}T{zone[1]}:00{zone[2]}")


def _a_day_apart(moment: Edtf, day: Edtf | None) -> bool:
    """Return whether a day is that of a moment in UTC, and not the day that the clock beside it showed."""
    number = whole_day(day)
    if moment.moment is None or day is None or number is None:
        return False
    return number == moment.moment // 86_400 and day.text != moment.text[:10]
