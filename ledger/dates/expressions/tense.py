"""Says whether the words around a date put it into the past or into the time to come."""

from __future__ import annotations

import re
from enum import StrEnum

_FARTHEST = 240
"""Characters on either side of a date in which its verb is looked for."""

_STOP = re.compile(
    r"[.!?;\n](?:(?<=\n)\s*\n|(?<=;)\s|(?:(?<=[a-z0-9)\]%”\"’'][a-z0-9)\]%”\"’'].)|(?=[”\"’')]))[”\"’')]*\s+"
    r"(?=[A-Z“\"‘'`(]))"
)
"""Between two sentences; "Oct. 31" and "Mr. Holt" are no ends of one."""

_DONE = (
    "was|were|had|did|said|told|became|began|bought|bound|broke|brought|built|came|caught|chose|cut|dealt|drew|drove|"
    "fell|felt|flew|fought|found|froze|gave|got|grew|heard|held|hit|kept|knew|laid|led|left|lent|lost|made|meant|met|"
    "paid|quit|ran|rode|rose|sank|sang|saw|sent|shot|shut|sold|sought|spent|spoke|split|spread|stole|stood|struck|"
    "swore|taught|threw|thought|took|went|woke|won|wore|wrote|(?!hundred|sacred|naked|wicked|need|feed|speed|seed|indeed|un[a-z]+ed|[a-z]+ceed)[a-z]{2,}ed"
)
_PLANNED = "due|scheduled|expected|planned|slated|supposed|set|likely|intended|projected|poised"
_STARTS = (
    "arrive|depart|meet|arrives|begins|closes|convenes|ends|expires|faces|launches|leaves|meets|opens|resumes|returns|starts|"
    "visits|votes"
)
_HOPES = (
    "plans? to|planning to|scheduled|expects? to|expected to|intends? to|hopes? to|hoping to|slated|due|"
    "payable|upcoming"
)
_BE = r"(?:(?: to)?(?: \w+ly| not| also| now)? be(?: \w+ly)? (?!to )\w+)?"
"""Behind a verb of what is to come, its participle, which is no past: "will be named"."""

_CUE = re.compile(
    rf"(?P<past>\bhad (?:\w+ ){{0,2}}(?:{_PLANNED})(?: to \w+)?\b|\bcould(?:n['’]t| not) be \w+ed\b)|"
    rf"(?P<ahead>\b(?:(?:will|shall|won['’]t|going to|{_HOPES}|"
    rf"(?:is|are|be|['’]re|['’]s) (?:\w+ly |now |still |not )?(?:to|{_PLANNED})|ready for|{_STARTS}){_BE})\b|"
    rf"['’]ll\b{_BE})|"
    rf"(?P<perhaps>\b(?:(?:would|can|could|may|might|must|should|wouldn['’]t|plans?|planned|expected|coming|hopes?|"
    rf"(?:was|were) (?:\w+ly )?(?:to|{_PLANNED})|deferred|delayed|extended|postponed|set (?:to|for)|deadline|effective|"
    rf"starting|beginning|as (?:soon|early|late) as|no later than|until|till){_BE}|to be \w+)\b)|"
    rf"(?P<done>\b(?:{_DONE})\b)"
)

_NEAR = 30
_BESIDE = re.compile(
    r"\b(?:(?P<past>since (?:early |late |mid-?)?)|(?P<ahead>as (?:soon|early) as |"
    r"(?<!\bnot )(?<!\bup )(?:until|till) (?:[0-9:]+ ?[ap]\.?m\.? (?:[A-Z]{3} )?|noon |midnight )?))$"
)
"""Words at a date that say its side whatever the verb: "shut since March", "put off until Tuesday"."""


class VerbTime(StrEnum):
    """On which side of the day of the words a date lies by their verbs."""

    PAST = "past"
    AHEAD = "ahead"
    PERHAPS = "perhaps ahead"
    OPEN = "open"


def tense(text: str, start: int, end: int) -> VerbTime:
    """Return the side on which the words put the date at these offsets: by the verb before it, else that behind it."""
    if beside := _BESIDE.search(text, max(0, start - _NEAR), start):
        return VerbTime.PAST if beside["past"] else VerbTime.AHEAD
    first = sentence_start(text, start)
    cue = next(reversed(list(_CUE.finditer(text, first, start))), None)
    if cue is None:
        stop = _STOP.search(text, end, end + _FARTHEST)
        cue = _CUE.search(text, end, stop.start() if stop else end + _FARTHEST)
    if cue is None:
        return VerbTime.OPEN
    return VerbTime.AHEAD if cue["ahead"] else VerbTime.PERHAPS if cue["perhaps"] else VerbTime.PAST


def sentence_start(text: str, start: int) -> int:
    """Return where the sentence of an offset begins, as far as it is near."""
    first = max(0, start - _FARTHEST)
    # One character more, for the capital with which a sentence begins.
    return max((stop.end() for stop in _STOP.finditer(text, first, start + 1)), default=first)
