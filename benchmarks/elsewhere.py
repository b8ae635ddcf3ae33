"""Sentences of other languages that were not written here, with one thing in them changed.

The sentences are those of the `ud-xx` treebanks (see `sentences` for what they are): claims and quotations of
themselves, which must be accepted, and altered ones, which must not.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import treebanks

from ledger.text.languages import table

SIX = "de es fr it pt".split()
"""Languages that are read whole, beside English."""

OTHERS = "ar he hi id ja ko pl ru th tr uk vi zh".split()

_RUN = re.compile(r"\d+")


def said(folder: Path, code: str) -> list[str]:
    """Return the sentences of a treebank that are neither short nor long."""
    found = [text for text, _ in treebanks.rows(folder, each=1, spaced=code == "vi")]
    return [one for one in found if 20 <= len(one) <= 300]


def with_figures(sentences: list[str], code: str) -> list[str]:
    """Return the sentences that have a number in digits, or, in a language that is read whole, in words."""
    words = _number_words(code)
    return [one for one in sentences if re.search(r"\d", one) or (words and words.search(one))]


def altered_figures(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield how a sentence was altered, and the sentence: another digit, one more, one less, another number word."""
    runs = list(_RUN.finditer(text))
    if runs:
        run = rng.choice(runs)
        at = rng.randrange(run.start(), run.end())
        other = rng.choice([digit for digit in "123456789" if digit != str(int(text[at]))])
        yield "another digit", text[:at] + other + text[at + 1 :]
        yield "a digit more", text[: run.end()] + rng.choice("123456789") + text[run.end() :]
        if len(run[0]) > 1:
            yield "a digit less", text[: run.end() - 1] + text[run.end() :]
    pattern = _number_words(code)
    found = list(pattern.finditer(text)) if pattern else []
    if found:
        words = table(code).numbers.words
        one = rng.choice(found)
        value = words[one[0].lower()]
        like = [word for word, other in words.items() if other != value and other > 1 and (other < 10) == (value < 10)]
        yield "another word", text[: one.start()] + rng.choice(sorted(like)) + text[one.end() :]


def _number_words(code: str) -> re.Pattern[str] | None:
    known = table(code)
    if not known.whole or code == "en":
        return None
    words = [word for word, value in known.numbers.words.items() if value > 1 and len(word) > 2]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?![\w-])", re.I)


def quotations(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, bool, str]]:
    """Yield quotations of a text: what kind they are, whether they are faithful, and the words."""
    spaced = " " in text.strip()
    if spaced:
        words = text.split()
        if len(words) < 6:
            return
        size = rng.randrange(4, min(12, len(words)))
        first = rng.randrange(0, len(words) - size + 1)
        quote = " ".join(words[first : first + size])
        taken, between = quote.split(), " "
    else:
        size = rng.randrange(8, min(24, max(9, len(text) - 1)))
        first = rng.randrange(0, max(1, len(text) - size))
        while first and (re.match(r"[A-Za-z0-9.,]", text[first]) or unicodedata.category(text[first])[0] == "M"):
            first -= 1
        end = first + size
        while end < len(text) and (
            re.match(r"[A-Za-z0-9.,万億亿萬千百]", text[end]) or unicodedata.category(text[end])[0] == "M"
        ):
            end += 1
        quote = text[first:end].strip()
        taken, between = list(quote), ""
    yield "word for word", True, quote
    yield "over two lines", True, quote.replace(" ", "\n", 1) if spaced else quote[:4] + "\n" + quote[4:]
    inner = [at for at in range(1, len(taken) - 1) if any(map(str.isalpha, taken[at]))]
    if inner:
        at = rng.choice(inner)
        yield "a word left out", False, between.join(taken[:at] + taken[at + 1 :])
        other = rng.choice(_letters(text)) if not spaced else rng.choice(text.split())
        if other.lower().strip(".,;:!?") != taken[at].lower().strip(".,;:!?"):
            yield "another word", False, between.join([*taken[:at], other, *taken[at + 1 :]])
    for run in list(_RUN.finditer(quote))[:1]:
        digit = rng.choice([one for one in "123456789" if one != str(int(quote[run.start()]))])
        yield "another digit", False, quote[: run.start()] + digit + quote[run.start() + 1 :]
    denials = [word for word in (*table(code).negations, *table(code).negations_after) if len(taken) > 2]
    if denials:
        at = rng.randrange(1, len(taken))
        yield "a negation put in", False, between.join([*taken[:at], rng.choice(denials), *taken[at:]])
        there = [at for at in range(1, len(taken) - 1) if taken[at].lower() in denials]
        if there:
            yield "a negation left out", False, between.join(taken[: there[0]] + taken[there[0] + 1 :])


def _letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalpha()]
