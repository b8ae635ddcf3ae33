"""Whether a title fits, on the date of its words or of what they tell of: yes, surely not, or why it cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

import attrs

from ledger import Source
from ledger.dates import parse, words
from ledger.text import quoted

from ..common import plain
from .holders import EVER, SLACK, Days, Holder, Holders, folded
from .passages import DateOfWords, PassageInTime, sentence_about, told_of
from .title_words import OPENERS, TitleForm
from .titles import Title, TitleReading, titles

ELECTED = 130
"""Days before taking office in which "-elect" is right: from November to March, as it once was."""
YEAR = 366

MOST_TITLES = 100
"""Titles of one passage that are looked at: nobody reads more."""

_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|might|imagin\w*|hypothetical\w*|possible|possibly|future|fiction\w*|novel|film|satir\w*|prank"
    r"|candidate|campaign\w*|hopeful|will|inaugurat\w*|sworn|tak(?:e|es|en|ing) office|transition)\b",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(
    r"\b(?:at (?:the|that) time|back then|in those days|during|while|terms?|(?:left|leaving|leaves|out of) office"
    r"|return\w*|impeach\w*|era|then|ago|previous\w*)\b",
    re.IGNORECASE,
)
"""What may stand in a sentence of another time than that of its words, or of what is not so."""

_STAFF = re.compile(
    r"\s+(?:administration|adviser|advisor|aide|official|appointee|staff|lawyer|attorney|speechwriter|nominee|cabinet"
    r"|press|chief|campaign|spokes|era\b|ally|allies|supporter|donor|voter)",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:universit|college|school|compan|corporat|firm|club|union|association|board|foundation|bank|society|institute"
    r"|council|chamber|chairman|executive|chief)\w*",
    re.IGNORECASE,
)


@attrs.frozen
class Judged:
    """A title, and whether it fits: None where that cannot be told. `reason` is one sentence.

    `undated` is the source whose date would tell.
    """

    fits: bool | None
    reason: str
    cites: tuple[str, ...]
    undated: Source | None = None


def judged(passage: PassageInTime, holders: Holders) -> Iterator[Judged]:
    """Yield each title that stands in the words of a passage, and whether it fits."""
    for title in islice(titles(passage.text, holders), MOST_TITLES):
        # What stands before the anchored words may qualify a title that they cut off.
        if title.start >= passage.start and title.end <= passage.end and _is_meant(passage, title):
            yield _judge(passage, title)


def _is_meant(passage: PassageInTime, title: Title) -> bool:
    """Return whether the office is that of the table: a name of another of its offices alone does not show that."""
    if title.placed:
        return True
    days = [moment.days for moment in passage.dates if moment.days is not None]
    return any(
        one.holder or (one.elsewhere and any(one.elsewhere.held(when) for when in days)) for one in title.readings
    )


def _judge(passage: PassageInTime, title: Title) -> Judged:
    shown = f"“{plain(title.words(passage.text))}”"
    told = tuple(told_of(passage, title.start))
    moments = (*passage.dates, *passage.events, *told)
    fitting = [
        (reading, moment.days)
        for moment in moments
        for reading in title.readings
        if moment.days is not None and _fits(title.form, reading, moment.days)
    ]
    if fitting:
        held = [(reading, days) for reading, days in fitting if reading.holder and reading.holder.held(days)]
        reading, days = (held or fitting)[0]
        return Judged(True, f"{shown} fits {_period(title.form, reading, days)}.", passage.cites)
    if not passage.dates:
        return Judged(None, f"{shown}: the claim has no date.", passage.cites)
    for moment in moments:
        if why := _why_open(title, moment):
            return Judged(None, f"{shown}: {why}.", passage.cites, moment.of)
    if doubt := _doubt(passage, title):
        return Judged(None, f"{shown}: {doubt}.", passage.cites)
    reading = title.readings[0]
    others = "" if len(title.readings) == 1 else f"; nor does it fit {title.readings[1].name}"
    return Judged(False, f"{shown}: {_why_wrong(title.form, reading, passage.dates[0])}{others}.", passage.cites)


def _fits(form: TitleForm, reading: TitleReading, days: Days) -> bool | None:
    """Return whether a title is right on a day within these; None where the days or the table leave it open."""
    holder, office = reading.holder, reading.office
    known = office.known_from <= days[0] and days[1] <= office.known_until
    if holder is None:
        return False if known else None
    before = holder.held_before(days)
    if before is False and not known:
        before = None
    held = holder.held(days) if known else None
    if form is TitleForm.ELECT:
        return _awaited(holder, days, held, office.known_until)
    if form is TitleForm.FORMER:
        if held is True or before is False:
            return False
        return True if held is False and before is True else None
    if form is TitleForm.CURRENT:
        return held
    if form is TitleForm.PLAIN and before and (held is False or not known):
        return None
    if form is TitleForm.HOLDING:
        return True if held else (False if before is False else None)
    return before


def _awaited(holder: Holder, days: Days, held: bool | None, known_until: float) -> bool | None:
    """Return whether it was awaited that somebody takes the office; None as well where that was long ago."""
    first, last = days
    starts = [term.start for term in holder.terms]
    if any(start[1] - ELECTED <= first and last <= start[1] + SLACK for start in starts):
        return True
    if any(start[0] - YEAR <= last and first <= start[1] + SLACK for start in starts):
        return None
    ahead = last < starts[0][0] and last + YEAR <= known_until
    return False if held or ahead else None


def _why_open(title: Title, moment: DateOfWords) -> str:
    """Return why it cannot be told whether a title fits at a moment; "" where it surely does not."""
    days = moment.days
    if days is None:
        return moment.why
    reading = next((one for one in title.readings if _fits(title.form, one, days) is None), None)
    if reading is None:
        return ""
    if days[1] > reading.office.known_until:
        return f"the table of holders was last checked on {_day(reading.office.known_until)}"
    if days[0] < reading.office.known_from:
        return f"the table of holders begins on {_day(reading.office.known_from)}"
    if title.form is TitleForm.PLAIN and reading.holder and reading.holder.held_before(days):
        return (
            f"{reading.name} was {reading.office.words} {_term(reading, days, over=True)}; "
            "the title may be a courtesy, or the words of that time"
        )
    if title.form is TitleForm.HOLDING:
        return f"{reading.name} had left the office, and the sentence may tell of an earlier time"
    if title.form is TitleForm.ELECT and reading.holder and reading.holder.held_before(days):
        return f"the sentence may tell of the time before {reading.name} took the office"
    if title.form is TitleForm.ELECT:
        return f"the table does not say on which day {reading.name} was elected"
    return f"{reading.name} took or left the office {'about that day' if days[0] == days[1] else 'in that time'}"


def _doubt(passage: PassageInTime, title: Title) -> str:
    """Return why words that do not fit may yet be right; "" where nothing speaks for it."""
    near = sentence_about(passage.text, title.start)
    if not passage.apart and any(span.start <= title.start < span.end for span in quoted(passage.text, "en")):
        return "it stands in a quotation, whose own date is not recorded"
    if title.form is TitleForm.FORMER and _STAFF.match(passage.text, title.end):
        return "“former” may belong to the word after the name"
    if title.form is TitleForm.FORMER and _ANOTHER_TIME.search(near):
        return "the sentence may tell of another time"
    if title.form is not TitleForm.FORMER and _HYPOTHETICAL.search(near):
        return "the sentence may tell of what is not so, or not yet"
    if not title.certain and _OF_SOMETHING_ELSE.search(near):
        return "it may be the title of another body"
    if not title.certain and (other := _other_bearer(passage.text, title)):
        return f"{other} may be meant"
    return ""


def _other_bearer(text: str, title: Title) -> str:
    """Return the full name of somebody else of the same surname in the text; "" where there is none."""
    own = text[title.start : title.end]
    surname = own.split()[-1]
    names = {word for one in title.readings if one.holder for form in one.holder.forms for word in form}
    known = names | OPENERS | set(folded(own).split())
    for found in re.finditer(rf"([A-Z][\w’'-]+)\s+{re.escape(surname)}(?!\w)", text):
        if folded(found[1]) not in known:
            return plain(f"{found[1]} {surname}", 40)
    return ""


def _why_wrong(form: TitleForm, reading: TitleReading, moment: DateOfWords) -> str:
    holder, office, name = reading.holder, reading.office.words, reading.name
    days = moment.days or (-EVER, EVER)
    if holder is None:
        return f"by the table, {name} was never {office} up to {_day(reading.office.known_until)}"
    if holder.held(days):
        if form is TitleForm.ELECT:
            return f"{name} was {office} already {moment.said} (from {_day(holder.stretch_at(days).start[0])})"
        return f"{name} was {office} {moment.said} ({_term(reading, days)})"
    first = holder.stretches[0].start[0]
    if days[1] < first:
        return f"{name} was not {office} before {_day(first)}, and the words are of {_bare(moment.said)}"
    return f"{name} was {office} {_term(reading, days)}, not {moment.said}"


def _period(form: TitleForm, reading: TitleReading, days: Days) -> str:
    return f"{reading.name}, {reading.office.words} {_term(reading, days, over=form is TitleForm.FORMER)}"


def _term(reading: TitleReading, days: Days, *, over: bool = False) -> str:
    """Return a time in office in words; an end that was only due when the table was checked is left out."""
    if reading.holder is None:
        return ""
    ended = [term for term in reading.holder.stretches if term.end[1] < days[0]]
    term = ended[-1] if over and ended else reading.holder.stretch_at(days)
    start = f"from {_day(term.start[0])}"
    return start if term.end[1] > reading.office.known_until else f"{start} to {_day(term.end[1])}"


def _bare(said: str) -> str:
    return said.partition(" ")[2]


@lru_cache(maxsize=1024)
def _day(number: float) -> str:
    if not 1 <= number <= date.max.toordinal():
        return "an unknown day"
    return words(parse(date.fromordinal(int(number)).isoformat()))
