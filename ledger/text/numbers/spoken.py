"""Numbers in the words of a language, by its table: "treinta y cinco mil", "fünfhundertdreiundzwanzig", "三千五百".

A word adds what it is worth, or multiplies what stands before it; whatever does not fit ends the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..languages import NumberWords, table
from ..scripts import spaceless

_LETTERS = re.compile(r"[^\W\d_]+(?:'(?=[^\W\d_]))?")


class SpokenNumber(NamedTuple):
    """A number in words: its value, where it ends, the place of its last word, whether it may be an article."""

    value: Fraction
    end: int
    step: Fraction = Fraction(1)
    article: bool = False
    ordinal: bool = False


class _Piece(NamedTuple):
    word: str
    end: int
    joined: bool


def spoken_number(text: str, at: int, tag: str | None) -> SpokenNumber | None:
    """Return the number that begins at a place of a text in the words of a language; None where none does."""
    words = table(tag).numbers
    pieces = list(_pieces(text, at, words, tag))
    found = _sum(pieces, words)
    if found is not None:
        return found
    letters = _LETTERS.match(text, at)
    ordinal = words.ordinals.get(letters[0].lower()) if letters else None
    return SpokenNumber(ordinal, letters.end(), ordinal=True) if letters and ordinal is not None else None


@lru_cache
def begins(tag: str | None) -> str:
    """Return a pattern of the words with which numbers of a language begin, the longest first."""
    words = table(tag).numbers
    forms = {
        *words.words,
        *words.bare,
        *words.ordinals,
        *words.fractions,
        *words.vague,
        *words.multiples,
        *words.groups,
    }
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or "(?!)"


def _pieces(text: str, at: int, words: NumberWords, tag: str | None) -> Iterator[_Piece]:
    """Yield the number words that follow one another from a place on, and whether a joiner stands before each."""
    between, joined = "", False
    while True:
        if words.glued:
            found = _glued(text, at, words, tag)
        else:
            match = _forms(tag).match(text, at)
            found = [_Piece(match[0].lower(), match.end(), joined)] if match else []
        if not found:
            return
        yield _Piece(found[0].word, found[0].end, joined)
        yield from found[1:]
        at = found[-1].end
        gap = _gap(tag).match(text, at)
        between = gap[0] if gap else ""
        if not between and not (words.glued and spaceless(text[at : at + 1] or " ")):
            return
        joined = any(joiner in between for joiner in words.joiners)
        at += len(between)


@lru_cache
def _forms(tag: str | None) -> re.Pattern[str]:
    words = table(tag).numbers
    forms = sorted(map(re.escape, (*words.words, *words.scales)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(forms) or '(?!)'})(?![^\W_])", re.IGNORECASE)


@lru_cache
def _gap(tag: str | None) -> re.Pattern[str]:
    joiners = "|".join(map(re.escape, table(tag).numbers.joiners))
    return re.compile(rf"[ -](?:(?:{joiners})[ -])?" if joiners else "[ -]", re.IGNORECASE)


def _glued(text: str, at: int, words: NumberWords, tag: str | None) -> list[_Piece]:
    """Return the parts of a number that is one word, or of the signs of one in a script that sets no spaces."""
    if spaceless(text[at : at + 1] or " "):
        end = at
        while end < len(text) and (text[end] in words.words or text[end] in words.scales):
            end += 1
        return [_Piece(text[one], one + 1, False) for one in range(at, end)]
    letters = _LETTERS.match(text, at)
    parts = _parts(letters[0].lower(), tag) if letters else None
    if not letters or parts is None:
        return []
    pieces, place = list[_Piece](), at
    for part, joined in parts:
        place += len(part) + joined
        pieces.append(_Piece(part, place, bool(joined)))
    return pieces


@lru_cache(2_000)
def _parts(word: str, tag: str | None) -> tuple[tuple[str, int], ...] | None:
    """Return the number words that a word is made of, each with the length of the joiner before it; None if of none."""
    words = table(tag).numbers
    if not word:
        return ()
    for form in _longest(tag):
        if word.startswith(form):
            rest = word[len(form) :]
            if not rest:
                return ((form, 0),)
            for joiner in ("", *words.joiners):
                after = (
                    _parts(rest[len(joiner) :], tag) if rest.startswith(joiner) and len(rest) > len(joiner) else None
                )
                if after:
                    return ((form, 0), (after[0][0], len(joiner)), *after[1:])
    return None


@lru_cache
def _longest(tag: str | None) -> tuple[str, ...]:
    words = table(tag).numbers
    return tuple(sorted((*words.words, *words.scales), key=len, reverse=True))


def _sum(pieces: Sequence[_Piece], words: NumberWords) -> SpokenNumber | None:
    """Return what number words come to, as far as they fit one another."""
    stack: list[Fraction] = []
    room, limit, step, end, read = Fraction(10**18), 10**18, 1, 0, 0
    if len(pieces) > 1 and all(piece.word in words.words and len(piece.word) == 1 for piece in pieces):
        digits = "".join(str(words.words[piece.word]) for piece in pieces)  # 二〇二四
        return SpokenNumber(Fraction(int(digits)), pieces[-1].end) if words.glued else None
    for piece in pieces:
        value, size = words.words.get(piece.word), words.scales.get(piece.word)
        if size is not None:
            last = Fraction(0)
            while stack and stack[-1] < size:
                last += stack.pop()
            fits = size < limit if stack else True
            if not fits or (not last and piece.word not in words.bare):
                stack += [last] if last else []
                break
            if stack and stack[-1] <= last * size:
                break
            stack.append((last or Fraction(1)) * size)
            room, step = Fraction(size), size if size >= 1000 else 1
            limit = size if size >= 1000 else limit
        elif value is not None:
            inverted = words.inverted and piece.joined and stack and 0 < stack[-1] < 10 and 20 <= value < 100
            if inverted:
                stack[-1] += value
                room = Fraction(1)
            elif value < room and (value or not stack):
                stack.append(value)
                room = _room(value, words)
            elif not value:
                continue  # the zero of 一千零五
            else:
                break
            step = 1
        else:
            break
        end, read = piece.end, read + 1
    if not read:
        return None
    total = sum(stack, Fraction(0))
    return SpokenNumber(total, end, Fraction(step), article=read == 1 and total == 1)


def _room(value: Fraction, words: NumberWords) -> Fraction:
    """Return what may be added to a word must be less than: a unit to tens, tens to hundreds."""
    if value >= 100:
        return Fraction(100)
    tens = value.denominator == 1 and value >= 10 and value % 10 == 0
    return Fraction(words.rooms.get(int(value), 10) if tens else 1)
