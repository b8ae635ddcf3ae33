"""The sentences of a text.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis with
white space after it, unless the stop belongs to an abbreviation, an initial or a
list number, or the text goes on in lower case. Closing quotation marks, brackets
and note marks such as `[3]` stay with their sentence. A quotation of several
sentences is several sentences. A heading without a stop ends with its paragraph
(see `paragraphs`).

The rules are for news prose. Which words a full stop does not end at, the table of
the language says (see `languages`); the stops of other scripts (`。`, `।`, `۔`) are
known in every text, and those of Chinese and Japanese need no space. Thai has no stop:
its sentences are its paragraphs. A language without a table comes back whole or in
fair pieces, never in part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..errors import InputError
from .languages import SentenceWords, guessed, table
from .once import read_once
from .paragraphs import paragraphs
from .spans import Span

_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]|Ph\.D")

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
    rf"(?<![.!?…])(?P<mark>[.!?…؟۔।॥]++)(?P<closing>[{_QUOTES})\]]*+(?:{_NOTES})?+[{_QUOTES})\]]*+)(?:\s+|\Z)",
    re.VERBOSE,
)
# The stops of scripts that set no space after them, and what follows a quotation that is part of a sentence.
_WIDE = "。！？｡"
_WIDE_STOP = re.compile(rf"(?P<mark>[{_WIDE}]++)(?P<closing>[”’」』）》】\"')]*+)\s*")
_WIDE_GOES_ON = re.compile(r"[、，,：；とのはがもをにでへや]|って|など|という")
_DEPTH = {"「": 1, "『": 1, "（": 1, "」": -1, "』": -1, "）": -1}
# No sentence begins with these; a dash brings the author of a quotation.
_GOES_ON = frozenset(".…,;:!?-–—")
_BETWEEN_WORDS = re.compile(r"[^\w.]")
_ITEM_NUMBER = re.compile(r"\W{0,8}\d{0,3}")

_NOT_ENGLISH = re.compile("[\u00c0-\u024f\u0370-\u04ff]")
_TELLING, _FEWEST_WORDS = 2_000, 40
"""Characters at the beginning of a text that are asked for its language, and the fewest words that tell it."""

_NEAR = 24
"""How far from a stop to look for an abbreviation or an opening word, in characters."""


class _Rules(NamedTuple):
    """What the table of a language says, as it is asked for."""

    words: SentenceWords
    opener: re.Pattern[str]
    speaker: re.Pattern[str]


@lru_cache
def _rules(tag: str | None) -> _Rules:
    words = table(tag).sentences
    openers, said = ("|".join(map(re.escape, names)) or "(?!)" for names in (words.openers, words.said))
    return _Rules(
        words,
        re.compile(rf"[{_QUOTES}(\[]*(?:{openers})\b"),
        re.compile(rf"(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{said})\b"),
    )


def _told_by(text: str) -> str | None:
    """Return the language that a text tells, where it is long enough to, and has letters that English has not."""
    beginning = text[:_TELLING]
    tells = not beginning.isascii() and _NOT_ENGLISH.search(beginning) and len(beginning.split()) >= _FEWEST_WORDS
    return guessed(beginning) if tells else None


@read_once
def sentences(text: str, tag: str | None = None) -> tuple[Span, ...]:
    """Return the sentences of `text` in order; `tag` is its language ("de", "es-MX").

    Where it is not given, a text with letters that English has not is taken for what its words tell; else for English.

    Together the spans cover every character that is not white space exactly once;
    none begins or ends with white space, and none reaches over a paragraph.
    """
    rules = _rules(tag or _told_by(text))
    wide = not text.isascii() and any(stop in text for stop in _WIDE)
    return tuple(
        sentence
        for paragraph in paragraphs(text)
        for part in (_split_wide(text, paragraph) if wide else (paragraph,))
        for sentence in _split(text, part, rules)
    )


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


def _split_wide(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the parts of a paragraph between stops that need no space; one inside brackets of a quotation ends none."""
    start, depth, at = paragraph.start, 0, paragraph.start
    for stop in _WIDE_STOP.finditer(text, paragraph.start, paragraph.end):
        depth = max(0, depth + sum(_DEPTH.get(one, 0) for one in text[at : stop.end("closing")]))
        at = stop.end()
        goes_on = stop["closing"] and _WIDE_GOES_ON.match(text, stop.end())
        if depth == 0 and not goes_on and stop.end() < paragraph.end:
            yield Span(start, stop.end("closing"))
            start = stop.end()
    yield Span(start, paragraph.end)


def _split(text: str, paragraph: Span, rules: _Rules) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if stop.end() < paragraph.end and _ends_sentence(text, start, stop, paragraph.end, rules):
            yield Span(start, stop.end("closing"))
            start = stop.end()
    yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int, rules: _Rules) -> bool:
    """Return whether the sentence that began at `start` ends at `stop`."""
    mark, next_start = stop["mark"], stop.end()
    first = text[next_start : min(next_start + _NEAR, limit)].lstrip(_OPENING)[:1]
    if first.islower() or first in _GOES_ON:
        return False
    if _ITEM_NUMBER.fullmatch(text, start, stop.start()):
        return False  # "2. The second", or an ellipsis that opens the sentence
    quotation_closes = not set(_QUOTES).isdisjoint(stop["closing"])
    if mark[-1] in "!?؟":
        remark = text[stop.start() - 1] in "(["  # the writer's "(!)" or "[?]"
        return not (remark or (quotation_closes and rules.speaker.match(text, next_start, limit)))
    if mark != "." or quotation_closes:
        return True
    nearby = text[max(start, stop.start() - _NEAR) : stop.start()]
    word, words = _BETWEEN_WORDS.split(nearby)[-1], rules.words
    if word in words.never:
        return False
    if word in words.numbered:
        return not (first.isdigit() or stop["closing"].strip().isdigit())  # "Sept. 11", "No. 10 Road"
    if words.ordinals and word.isdigit() and len(word) <= 2:
        return False  # "3. Mai"
    if word in words.either or _INITIALS.fullmatch(word):
        return rules.opener.match(text, next_start, limit) is not None
    return True
