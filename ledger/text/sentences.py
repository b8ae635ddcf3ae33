"""The sentences of an English text.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis with
white space after it, unless the stop belongs to an abbreviation, an initial or a
list number, or the text goes on in lower case. Closing quotation marks, brackets
and note marks such as `[3]` stay with their sentence. A quotation of several
sentences is several sentences. A heading without a stop ends with its paragraph
(see `paragraphs`).

The rules are for English news prose: they know its abbreviations, and they do not
guess. Other languages come back whole or in fair pieces, never in part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..errors import InputError
from .paragraphs import paragraphs
from .spans import Span

# Stand before a name, or before what goes on: their full stop never ends a sentence.
_TITLES = frozenset(
    """
    Adm Amb Atty Brig Capt Cdr Cmdr Col Cpl Det Dr Fr Gen Gov Hon Insp Lt Maj Messrs
    Mlle Mme Mr Mrs Ms Msgr Mx Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Supt vs e.g i.e viz
    """.split()
)
# Stand before a number: only then is their full stop no end.
_NUMBERED = frozenset(
    """
    Apr Art Aug Ch Chap Dec Eq Feb Fig Figs Jan Jul Jun Mar No Nos Nov Oct Op Para Sec
    Sect Sep Sept Vol Vols approx ca cf ch div fig no nos p para pop pp sec vol
    """.split()
)
# May stand inside a sentence or end it, as initials and U.S., a.m. and Ph.D. may.
_EITHER = frozenset(
    """
    Ala Ariz Ark Assn Ave Bldg Blvd Bros Calif Co Colo Conn Corp Ct Del Dept Dist Esq
    Fla Ft Ga Govt Ill Inc Ind Intl Jr Kan Ky La Ltd Mass Md Me Mich Minn Miss Mo Mont
    Mt Neb Nev Okla Ore PLC Pa Penn Rd Rte Sq Sr St Ste Tenn Tex Univ Va Vt Wash Wis
    Wyo al
    """.split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]|Ph\.D")

# Words that open a sentence far more often than they open a name: "the U.S. The council".
_OPENERS = (
    "A|After|Although|An|And|As|At|Because|But|By|For|From|He|Her|His|How|However|I|If|In|It|"
    "Its|Many|Meanwhile|My|Nor|Of|On|Or|Our|She|Since|So|Some|That|The|Their|Then|There|These|"
    "They|This|Those|Though|To|Under|We|What|When|Where|While|Who|Why|With|Yet|You|Your"
)
_SAID = "added|answered|asked|asks|replied|said|says|shouted|told|wondered|wrote"

_QUOTES = "\"'“”„‟‘’«»‹›"
_OPENING = _QUOTES + "([¿¡"
# The marks of notes, set beside their stop in one of three ways: [3], [2-4], [citation needed]; ¹²; and, where the
# raised figure was lost, "fee.8 Yet", which no figure of a sentence is: a sentence that begins with one has a small
# letter next.
_NOTES = r"""
    (?: [ ]? \[ [ ]? (?: \d{1,3} (?:[ ]?[-–,][ ]?\d{1,3})* | [a-z] | [a-z][ a-z]{2,20}[ ]needed ) [ ]? \] )+
  | [¹²³⁰⁴-⁹]{1,3}
  | (?<![\d\s][.!?…]) [ ]? \d{1,3} (?=\s+[A-Z“"‘]|\Z)
"""
# Possessive, and only from the first mark of a row: linear on any text.
_STOP = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closing>[{_QUOTES})\]]*+(?:{_NOTES})?+[{_QUOTES})\]]*+)(?:\s+|\Z)", re.VERBOSE
)
# No sentence begins with these; a dash brings the author of a quotation.
_GOES_ON = frozenset(".…,;:!?-–—")
_BETWEEN_WORDS = re.compile(r"[^\w.]")
_SENTENCE_OPENER = re.compile(rf"[{_QUOTES}(\[]*(?:{_OPENERS})\b")
_SPEAKER = re.compile(rf"(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{_SAID})\b")
_ITEM_NUMBER = re.compile(r"\W{0,8}\d{0,3}")

_NEAR = 24
"""How far from a stop to look for an abbreviation or an opening word, in characters."""


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order.

    Together the spans cover every character that is not white space exactly once;
    none begins or ends with white space, and none reaches over a paragraph.
    """
    return tuple(sentence for paragraph in paragraphs(text) for sentence in _split(text, paragraph))


def sentence_of(spans: Sequence[Span], span: Span) -> int:
    """Return the number, counted from 1, of the sentence in which `span` starts.

    `spans` is what `sentences` returned. A start in the white space between two
    sentences counts for the second. Raises `InputError` when `span` starts after
    the last sentence.
    """
    before = bisect_right(spans, span.start, key=lambda sentence: sentence.end)
    if before == len(spans):
        raise InputError(
            f"No sentence holds offset {span.start}.",
            hint="Take the span and the sentences from the same text.",
        )
    return before + 1


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if stop.end() < paragraph.end and _ends_sentence(text, start, stop, paragraph.end):
            yield Span(start, stop.end("closing"))
            start = stop.end()
    yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Return whether the sentence that began at `start` ends at `stop`."""
    mark, next_start = stop["mark"], stop.end()
    first = text[next_start : min(next_start + _NEAR, limit)].lstrip(_OPENING)[:1]
    if first.islower() or first in _GOES_ON:
        return False
    if _ITEM_NUMBER.fullmatch(text, start, stop.start()):
        return False  # "2. The second", or an ellipsis that opens the sentence
    quotation_closes = not set(_QUOTES).isdisjoint(stop["closing"])
    if mark[-1] in "!?":
        remark = text[stop.start() - 1] in "(["  # the writer's "(!)" or "[?]"
        return not (remark or (quotation_closes and _SPEAKER.match(text, next_start, limit)))
    if mark != "." or quotation_closes:
        return True
    nearby = text[max(start, stop.start() - _NEAR) : stop.start()]
    word = _BETWEEN_WORDS.split(nearby)[-1]
    if word in _TITLES:
        return False
    if word in _NUMBERED:
        return not (first.isdigit() or stop["closing"].strip().isdigit())  # "Sept. 11", "No. 10 Road"
    if word in _EITHER or _INITIALS.fullmatch(word):
        return _SENTENCE_OPENER.match(text, next_start, limit) is not None
    return True
