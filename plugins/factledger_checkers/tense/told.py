"""Where words put a date into the past or the time to come: only what is plain, one verb and its date in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger.dates import DateExpression, Edtf, ExpressionKind
from ledger.text import Span

from ..passages import Passage
from . import patterns

_FARTHEST = 120
"""Characters between a verb and its date."""


@attrs.frozen
class TensedDate:
    """A date that words of its sentence put into the past or the time to come, and those words with it."""

    one: DateExpression
    past: bool
    words: str


@attrs.frozen
class _Place:
    """The sentence around a date: what stands before it without "in" or "on", and what stands behind it.

    What stands in brackets is blanked, so that places in both are those of the text. `begins` is where the sentence
    does, `on` where "in" does; `quoted` says whether a quotation is open at the date.
    """

    before: str
    behind: str
    begins: int
    on: int
    span: Span
    day: bool
    quoted: bool


def tenses(passage: Passage) -> Iterator[TensedDate]:
    """Yield each date, governed by "on" or "in", that its sentence plainly puts into the past or the time to come."""
    for one in passage.found:
        if one.kind is not ExpressionKind.DATE or one.fault or one.edtf is None or one.offset is not None:
            continue
        place = _place(passage, one, one.edtf)
        if place is None:
            continue
        if since := _since(place):
            yield TensedDate(one, True, since.of(passage.text).strip())
        elif (found := _governed(place)) is not None:
            span, past = found
            if past or not (place.quoted or _names_an_event(passage.text, one)):
                yield TensedDate(one, past, span.of(passage.text))
        elif (other := _past_without_its_verb(place)) is not None:
            yield TensedDate(one, True, other.of(passage.text).strip())


def _place(passage: Passage, one: DateExpression, edtf: Edtf) -> _Place | None:
    """Return the sentence around a date; None where it is not led in, asks, or the date is of no such kind."""
    sentence = passage.sentence(one.span)
    led = passage.text[sentence.start : one.span.start]
    on = patterns.ON.search(led)
    if on is None or sentence.of(passage.text).rstrip().endswith("?") or re.match("[0-9]{2}XX", edtf.text):
        return None
    if (on["inside"] or on["first"]).lower() == "on" and not _is_day(edtf):
        return None
    before = _masked(led[: on.start()])
    if patterns.OPENING.match(before):
        before = before[0].lower() + before[1:]
    quoted = led.count('"') % 2 == 1 or led.count("“") > led.count("”")
    behind = _masked(passage.text[one.span.end : sentence.end])
    first = sentence.start + on.start() + (0 if on["first"] else 1)
    return _Place(before, behind, sentence.start, first, one.span, _is_day(edtf), quoted)


def _masked(text: str) -> str:
    """Return a text of the same length without brackets, scare quotes, and "to" of what came about."""
    blank = patterns.BRACKETED.sub(lambda found: " " * len(found[0]), text)
    plain = patterns.SCARE_QUOTES.sub(lambda found: f" {found[1]} ", blank)
    return patterns.CAME_ABOUT.sub(lambda found: f"{found[0][:-2]}  ", plain)


def _names_an_event(text: str, one: DateExpression) -> bool:
    """Return whether a year is rather part of a name: "will be known for the goal in the 2002 final"."""
    return re.fullmatch("[0-9]{4}", one.words) is not None and text[: one.span.start].endswith(" the ")


def _since(place: _Place) -> Span | None:
    """Return where "since" stands, if of a time: "the worst since the strike in 1990"; what is so is past."""
    since = patterns.SINCE.search(place.before)
    if since is None or patterns.UNREAL.search(place.before):
        return None
    fronted = since[0].lstrip('“"').startswith(("Since", "Ever"))
    if not patterns.PERFECT.search(place.behind if fronted else place.before[: since.start()]):
        return None
    return Span(place.begins + since.start(), place.span.end)


def _governed(place: _Place) -> tuple[Span, bool] | None:
    """Return the words from a date to the verb that it belongs to, and whether that is past; None if not plainly."""
    before, behind = place.before, place.behind
    begun = patterns.CLAUSE_BEGINS.search(before) is not None
    fronted = begun or not (patterns.PAST.search(before) or patterns.FUTURE.search(before))
    short = patterns.SUBJECT.fullmatch(before)
    long = patterns.LONG_SUBJECT.fullmatch(before.rstrip())
    led = begun or patterns.HEAD.match(before) is not None
    if fronted and not (led or short or long):
        return None
    clause = behind.removeprefix(",") if fronted else before
    aside = None if fronted else patterns.ASIDE.search(clause)
    first = 0 if aside is None else aside.start()
    found = _verb(clause, before, behind, first, fronted=fronted)
    if found is None:
        return None
    verb, past = found
    if fronted and not led and not (past and (short or patterns.AT_ONCE.fullmatch(clause, 0, verb.start))):
        return None
    if clause[verb.start : verb.end] in ("was", "were") and place.day:
        return None  # "the meeting was on 9 May"
    if not (past or place.day) and "expected" in clause[verb.start : verb.end]:
        return None  # the figures of a year that is over may still be
    reported = patterns.REPORTED.search(before, first)
    if reported and not _stands_reported(place, verb, past, begun=begun, fronted=fronted):
        return None
    if fronted:
        begins = place.span.end + len(behind) - len(clause)
        return Span(place.on, begins + verb.end), past
    return Span(place.begins + verb.start, place.span.end), past


def _stands_reported(place: _Place, verb: Span, past: bool, *, begun: bool, fronted: bool) -> bool:
    """Return whether the tense of what somebody said is plain all the same."""
    if not past or place.day:
        return False
    if fronted:
        led = begun or place.before.endswith((" who", " which"))
        return led and not patterns.BY_TIMETABLE.match(place.behind.removeprefix(","), verb.start)
    return _is_reported(place.before, place.behind, verb)


def _verb(clause: str, before: str, behind: str, first: int, *, fronted: bool) -> tuple[Span, bool] | None:
    """Return where the verb that a date belongs to stands in its clause, and whether it is past; None if not plainly.

    It is the last before the date, or where the date comes first, the first behind it.
    """
    if fronted:
        clause = patterns.INSERTED.sub(lambda found: "," + " " * (len(found[0]) - 1), clause)
    ahead = list(patterns.FUTURE.finditer(clause, first))
    done = [one for one in patterns.PAST.finditer(clause, first) if _is_verb(clause, one)]
    verbs = ahead or done
    if not verbs or (ahead and done):
        return None
    past = not ahead
    verb = verbs[0 if fronted else -1]
    ends = patterns.CLAUSE_ENDS.search(behind, verb.end() if fronted else 0)
    begins = first if fronted else max(first, before.rfind(", but ", 0, verb.start()))
    own = before[begins:] + behind[: ends.start() if ends else None]
    if past and (patterns.AHEAD.search(own) or patterns.UNREAL.search(before + behind)):
        return None
    subject, between = clause[: verb.start()], clause[verb.end() :]
    away = patterns.FRONT.search(subject) if fronted else patterns.BETWEEN.search(clause, verb.end())
    compared = not past and patterns.COMPARED.search(between)
    if away or compared or len(subject if fronted else between) > _FARTHEST:
        return None
    if "," in patterns.INCLUDING.sub("", between) and re.search(r"\b(?:which|who) (?:\w+ )?$", subject):
        return None  # "the bridge, which was closed, opens on 9 May"
    named = re.search(r"[\w”\"]\.?,?\s+$", subject) or (fronted and not subject.strip())
    if not (named or verb.start() == 0) or _may_be_planned(verb, between, before, fronted=fronted):
        return None
    return Span(verb.start(), verb.end()), past


def _may_be_planned(verb: re.Match[str], between: str, before: str, *, fronted: bool) -> bool:
    """Return whether a date may be that of a plan or a figure, by the verb that it stands with."""
    word, bare = _told(verb), bool(verb.groupdict().get("did"))
    acted = (fronted and bare) or (patterns.BY_WHOM.match(between) and not patterns.TIMED.fullmatch(word))
    if bare and not fronted and word in patterns.OF_A_NOUN and not (patterns.OBJECT.match(between) or acted):
        return True
    if fronted and not bare and patterns.SUBJECT.fullmatch(before) and patterns.CHANGED.fullmatch(word):
        return True
    return patterns.PLANNED.fullmatch(word) is not None and not acted


def _told(verb: re.Match[str]) -> str:
    """Return the word of a verb that says what is done."""
    return next((word for name, word in verb.groupdict().items() if name != "verb" and word), "")


def _is_reported(before: str, behind: str, verb: Span) -> bool:
    """Return whether a verb behind one of speech is past for the speaker too, by no timetable, or is that one."""
    if not patterns.REPORTED.search(before, 0, verb.start):
        whom = 5 if before[: verb.end].endswith("told") else 0
        return len(before[verb.end :].split()) <= whom and behind.startswith(" that ")
    return not patterns.REPORTED.match(before, verb.start) and not patterns.BY_TIMETABLE.match(before, verb.start)


def _is_verb(clause: str, found: re.Match[str]) -> bool:
    return found["deemed"] is not None or not patterns.NO_VERB.search(clause[: found.start()])


def _past_without_its_verb(place: _Place) -> Span | None:
    """Return the words that tell of a date as past where the verb of its sentence does not."""
    before, behind = place.before, place.behind
    ends = patterns.CLAUSE_ENDS.search(behind)
    own = before + behind[: ends.start() if ends else None]
    if patterns.AHEAD.search(own) or patterns.FUTURE.search(own) or patterns.UNREAL.search(before + behind):
        return None
    after = patterns.AFTER_DOING.search(before)
    if after is not None and not re.search(r" to [a-z]", before[: after.start()]):
        return Span(place.begins + after.start(), place.span.end)
    if patterns.NOT_YET.search(before):
        return None
    if struck := patterns.STRUCK.search(before):
        return Span(place.begins + struck.start(), place.span.end)
    if struck := patterns.STRUCK_BEHIND.match(behind):
        return Span(place.on, place.span.end + struck.end())
    if verb := _told_behind(behind):
        return Span(place.on, place.span.end + verb)
    return None


def _told_behind(behind: str) -> int:
    """Return where the past verb ends of a clause that begins behind a date and is of its time; 0 if there is none."""
    for verb in patterns.PAST.finditer(behind):
        led = patterns.TOLD_BEHIND.fullmatch(behind, 0, verb.start())
        if led is None or not _is_verb(behind, verb):
            continue
        plain = not (patterns.PLANNED.fullmatch(_told(verb)) or patterns.BY_TIMETABLE.match(behind, verb.start()))
        return verb.end() if plain else 0
    return 0


def _is_day(edtf: Edtf) -> bool:
    return len(edtf.points) == 1 and edtf.points[0].unit == "day"
