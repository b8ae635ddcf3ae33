"""Somebody who was asked: "did not immediately respond", "declined to comment"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import frozen

from ledger import InquiryState

from .lexicon import Lexicon, lexicon
from .phrases import Phrases
from .verbs import Words


@frozen
class Asked:
    """Runs of words: who was asked, and the question where it is given; and what came of it."""

    who: Words
    state: InquiryState
    question: Words | None
    asker: Words | None = None


def inquiries(phrases: Phrases, lex: Lexicon) -> Iterator[Asked]:
    """Yield who is said to have been asked, outside of quotations."""
    passage = phrases.passage
    joined, offsets = _joined(passage.low)
    for match in _pattern(lex.tag).finditer(joined):
        at = offsets.index(match.start())
        if passage.inside[at]:
            continue
        state = InquiryState(match.lastgroup or "")
        if state is InquiryState.ANSWERED:
            who, asker = phrases.leading(), _asker(passage.low, passage.words, at)
        else:
            who, asker = phrases.noun_phrase(phrases.group(at)), None
        if who is None or who[0] == who[1]:
            continue
        yield Asked(who, state, _question(phrases, at), asker)


@cache
def _pattern(tag: str) -> re.Pattern[str]:
    lex = lexicon(tag)
    assert lex is not None
    groups = []
    for state in (InquiryState.NO_ANSWER, InquiryState.DECLINED, InquiryState.ANSWERED):
        forms = [" ".join(form.split()) for form in lex.inquiries[state.value].split("|")]
        written = "|".join(re.sub(r"\\\((.*?)\\\)\\ ", r"(?:\1 )?", re.escape(form)) for form in forms)
        groups.append(rf"(?P<{state.value}>(?:{written})(?!\S))")
    return re.compile(rf"(?<!\S)(?:{'|'.join(groups)})")


def _joined(low: Sequence[str]) -> tuple[str, list[int]]:
    offsets, at = [], 0
    for word in low:
        offsets.append(at)
        at += len(word) + 1
    return " ".join(low), offsets


def _question(phrases: Phrases, at: int) -> Words | None:
    """Return what was asked, where it stands after the answer: asked *whether …*, questions about *…*."""
    low = phrases.passage.low
    for place in range(at, len(low) - 1):
        if low[place] in ("whether", "about", "if", "regarding", "how", "why") and not phrases.passage.inside[place]:
            return phrases.trim(place, len(low))
    return None


def _asker(low: Sequence[str], words: Sequence[str], at: int) -> Words | None:
    """Return who asked: a request for comment *from Reuters*."""
    for place in range(at, min(at + 12, len(low) - 1)):
        if low[place] in ("from", "by") and words[place + 1][0].isupper():
            end = place + 1
            while end < len(words) and words[end][0].isupper():
                end += 1
            return place + 1, end
    return None
