"""The forms of a language's dates, as its table writes them, made into patterns and the words with which they begin.

    [{W}, ]{d} de {M}[ (de|del) {y}]

A name in braces is a slot, square brackets hold what may be left out, round ones what may stand in each other's
place; a space is any white space, an apostrophe either of its two forms, and all else stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from ..lexicon import S
from ..rule import DIGIT

_PART = re.compile(r"\{(\w+)\}|([\[\](|)])|([^{\[\](|)]+)")
_FIRST = re.compile(r"\w+")


@frozen
class Slot:
    """What may stand at a place of a form: its pattern, and the first words of that, in small letters."""

    pattern: str
    firsts: frozenset[str]

    @classmethod
    def of(cls, group: str, phrases: Mapping[str, object], *, after: str = "") -> Slot:
        """Return the slot of some phrases, the longest first, as a group of this name; `after` may follow each."""
        names = "|".join(written(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
        end = r"(?:(?<=['’])|(?!\w))"  # a word may follow "quest'"
        return cls(rf"(?P<{group}>{names}){after}{end}", frozenset(map(first_word, phrases)))


def written(words: str) -> str:
    """Return the pattern of literal words."""
    return re.escape(words).replace(r"\ ", S).replace("'", "['’]")


def first_word(phrase: str) -> str:
    """Return the first word of a phrase, or that it begins with a figure."""
    found = _FIRST.search(phrase.lower())
    word = found[0] if found else ""
    return DIGIT if word[:1].isdigit() else word


def compiled(form: str, slots: Mapping[str, Slot]) -> tuple[str, frozenset[str]]:
    """Return the pattern of a form, and the words that it can begin with; raise ValueError for a broken one."""
    parts = [(found[1], found[2], found[3]) for found in _PART.finditer(form)]
    reading = iter(parts)
    pattern, firsts, empty = _alternatives(reading, slots, "")
    if empty:
        raise ValueError(f"The form “{form}” can be empty.")
    return pattern, firsts


def _alternatives(
    parts: Iterator[tuple[str, str, str]], slots: Mapping[str, Slot], closing: str
) -> tuple[str, frozenset[str], bool]:
    """Read up to the closing bracket; return the pattern, its first words, and whether it may match nothing."""
    pattern, firsts, empty = "", frozenset[str](), False
    one, begins, bare = "", frozenset[str](), True
    for slot, mark, words in parts:
        if mark and mark in "|)]":
            pattern += f"{one}|"
            firsts, empty = firsts | begins, empty or bare
            one, begins, bare = "", frozenset(), True
            if mark == closing:
                return pattern[:-1], firsts, empty
            if mark != "|":
                raise ValueError(f"A bracket closes nothing before “{one}”.")
            continue
        if mark:
            inner, first, may_lack = _alternatives(parts, slots, ")" if mark == "(" else "]")
            piece, may_lack = f"(?:{inner})" + ("?" if mark == "[" else ""), may_lack or mark == "["
        elif slot:
            piece, first, may_lack = slots[slot].pattern, slots[slot].firsts, False
        else:
            word = first_word(words)
            piece, first, may_lack = written(words), frozenset({word} if word else ()), not word
        one += piece
        if bare:
            begins, bare = begins | first, may_lack
    if closing:
        raise ValueError("A bracket is not closed.")
    return pattern + one, firsts | begins, empty or bare
