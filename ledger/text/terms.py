"""The terms of a text: what it is looked for by, and what two short texts have in common.

A term is a word that says or names something, or a figure. A figure is one term however it is written ("30,000",
"30000", "30 thousand"; "forty", "40"), and so is an abbreviation ("U.S."). Web addresses are none, nor is what stands
under a post that was copied from a social network (its writer's handle, its date); a hashtag is its words. Measured on
posts that repeat checked claims, these count for more than any other order of what the index finds: see
`benchmarks/match.py`. The little words are English. Where a script sets no spaces, two letters in a row are a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from .numbers.figures import figure
from .numbers.spelling import SMALL, TENS
from .scripts import dense
from .vocabulary import stem

LITTLE = frozenset(
    """
    a about after again against ago all also am among an and any are as at away be became because become been before
    being below between both but by can cannot could did do does doing down during each either else even ever every few
    for from had has have having he her here hers herself him himself his how however i if in into is it its itself
    just last later least less like made make many may me might more most much must my myself neither never next no
    nobody none nor not now of off often on once one only onto or other our ours ourselves out over own per said same
    say saying says she should since so some still such than that the their theirs them themselves then there these
    they this those though through thus to told too toward towards under until up upon us very was we were what when
    where whether which while who whom whose why will with within without would yet you your yours yourself
    """.split()
)
"""Words that say nothing by themselves."""

_NO_TEXT = re.compile(
    r"""
      https?://\S+ | \bwww\.\S+ | \b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|gov|edu|info|ly)/\S*
    | \(@\w+\)(?:\s+\w+\s\d{1,2},\s\d{4})?(?=\W*$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_HASHTAG = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?|[0-9]+(?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_NUMERALS = frozenset((*SMALL, *TENS)) - {"one"}
_WORDS = {value: word for word, value in (*SMALL.items(), *TENS.items())}
_DIGITS = frozenset("0123456789")
_SIZES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


@frozen
class Term:
    """A word or figure: the form in which it is compared, and the ways in which texts may write it, in lower case."""

    key: str
    written: tuple[str, ...]


def terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a text in the order in which they first stand there, each once."""
    plain = _IN_HASHTAG.sub(" ", _NO_TEXT.sub(" ", text))
    found: dict[str, Term] = {}
    for term in _terms(plain):
        found.setdefault(term.key, term)
    return tuple(found.values())


def _terms(text: str) -> Iterator[Term]:
    done = 0
    for token in _TOKEN.finditer(text):
        if token.start() < done:
            continue
        word = token[0].lower()
        if word[0] in _DIGITS or word in _NUMERALS:
            term, done = _figure(text, token)
            yield term
        elif "." in word:
            letters = word.rstrip(".").split(".")
            yield Term("".join(letters), (" ".join(letters), "".join(letters)))
        elif token[0] == "US":
            yield Term("us", ("u s", "us"))
        else:
            yield from _word(word.replace("’", "'"))


def _word(word: str) -> Iterator[Term]:
    if dense(word):
        yield from (Term(pair, (pair,)) for pair in map("".join, pairwise(word)))
        return
    word = "" if word.endswith("n't") else word.partition("'")[0]
    if len(word) > 1 and word not in LITTLE:
        yield Term(stem(word), (word,))


def _figure(text: str, token: re.Match[str]) -> tuple[Term, int]:
    """Return the figure that begins with a token, and where it ends."""
    found = figure(text, token.start())
    if found is None or found.key or found.parts:
        return Term(token[0].lower(), (token[0].lower(),)), token.end()
    written = text[token.start() : found.end].lower()
    if found.value.denominator > 1:
        return Term(written, (written,)), found.end
    return Term(str(found.value), tuple(dict.fromkeys((written, *_ways(int(found.value)))))), found.end


def _ways(value: int) -> Iterator[str]:
    """Yield how a whole number may be written: in digits, with commas, in words, with a scale word."""
    yield str(value)
    if value >= 10_000:
        yield f"{value:,}"
    if value in _WORDS:
        yield _WORDS[value]
    for size, word in _SIZES:
        if value >= size and value * 10 % size == 0:
            yield f"{value / size:g} {word}"
            return
