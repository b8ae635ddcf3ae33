"""What the marks of a quotation, or its ends, keep from the reader: a negation, an exception, a question mark.

Each is a note in words. They are read from the words next to the quotation and under its marks, not from the sense:
no note does not mean that nothing was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import marks
from .marks import Part, Place
from .tokens import Tokens

MOST_LEFT_OUT = 60
"""Words that an ellipsis may pass over: farther apart, they are two passages and not one."""

NEGATIONS = frozenset(
    "not no never none neither nor cannot without nothing nobody nowhere hardly barely scarcely".split()
)
DENIALS = frozenset("deny denies denied denying refuse refuses refused refusing".split())
EXCEPTIONS = frozenset("unless except excepting excluding".split())
LIMITS = NEGATIONS | EXCEPTIONS | {"only"}
TURNS = frozenset(
    {("only", "if"), ("only", "when"), ("only", "after"), ("but", "only"), ("but", "not"), ("provided", "that"),
     ("if", "not"), ("on", "condition"), ("as", "long"), ("so", "long"), ("and", "only")}
)  # fmt: skip
"""Two words that begin a condition or an exception."""

GOVERNED = frozenset("that say said says think thought believe believed mean meant claim claimed suggest true".split())
"""What may stand between a negation and the words that it governs: "did not say that ..."."""

AFFIRMED = frozenset("doubt mistake question wonder".split())
"""What "no" may stand before to say yes: "make no mistake, ..."."""

MAGNITUDES = frozenset("hundred thousand million billion trillion dozen percent per percentage m bn tn k % ‰ ½".split())
SIGNS = frozenset("-$£€¥₹₽₩₺₪₴<>±≤≥≠≈#+")

_CLOSERS = " \t\r\n\"'“”»’›)]"
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n\s*\n")


def limits(key: str) -> bool:
    """Return whether a word turns a statement round or limits it."""
    return key in LIMITS or key.endswith("n't")


def negates(key: str) -> bool:
    """Return whether a word denies."""
    return key in NEGATIONS or key.endswith("n't")


def figures(keys: Iterable[str]) -> list[str]:
    """Return the figures and the signs of figures."""
    return [key for key in keys if not key[0].isalpha()]


def inside_figure(parts: Sequence[Part], source: Tokens, first: int, end: int) -> tuple[str, str] | None:
    """Return the quoted and the written form where a quotation begins or ends inside a figure or a word; else None."""
    last = end - 1
    begins, ends = first > 0 and not source.between(first), end < len(source) and not source.between(end)
    if begins and source.keys[first - 1] in SIGNS and figures([source.keys[first]]):
        return source.written(first, first + 1), source.written(first - 1, first + 1)
    if begins and _one_word(source, first):
        return source.written(first, first + 1), source.written(first - 1, first + 1)
    if ends and (_one_word(source, end) or (source.keys[end] in MAGNITUDES and source.keys[last][0].isdigit())):
        return source.written(last, end), source.written(last, end + 1)
    return None


def _one_word(source: Tokens, at: int) -> bool:
    return source.keys[at - 1][-1].isalnum() and source.keys[at][0].isalnum()


def hidden(parts: Sequence[Part], chain: Sequence[Place], source: Tokens) -> Iterator[str]:
    """Yield what an ellipsis or a pair of brackets keeps from the reader."""
    for start, end in marks.gaps(chain):
        if end - start > MOST_LEFT_OUT:
            yield f"an ellipsis passes over {end - start} words: these are two passages"
        turning = [at for at in range(start, end) if limits(source.keys[at])]
        if turning:
            yield f"an ellipsis leaves out “{source.tokens[turning[0]].written}”"
    for part, place in zip(parts, chain, strict=True):
        for inside, start, end in marks.replaced(part, place, source):
            mine, theirs = marks.words(inside), source.keys[start:end]
            turned = any(map(limits, theirs)), any(map(limits, mine))
            if turned[0] and (not turned[1] or sorted(filter(limits, theirs)) != sorted(filter(limits, mine))):
                yield f"brackets stand for “{source.written(start, end)}”"
            elif turned[1] and not turned[0]:
                yield f"brackets put in “{' '.join(inside.split())}”"
            elif figures(theirs) and figures(mine) and figures(theirs) != figures(mine):
                yield f"brackets put “{' '.join(inside.split())}” in the place of “{source.written(start, end)}”"


def outside(quote: str, source: Tokens, first: int, end: int) -> Iterator[str]:
    """Yield what stands just outside the words and turns them round."""
    ruling = _ruling(source, first)
    if ruling is not None:
        yield f"just before it stands “{source.tokens[ruling].written}”"
    after = source.between(end)
    if end < len(source) and _ENDS.search(after) is None:
        following = (source.keys[end], source.keys[end + 1] if end + 1 < len(source) else "")
        if following[0] in EXCEPTIONS:
            yield f"just after it stands “{source.written(end, end + 1)}”"
        elif following in TURNS:
            yield f"just after it stands “{source.written(end, end + 2)}”"
        elif (
            following[0] in MAGNITUDES
            and source.keys[end - 1][0].isdigit()
            and (following[0] != "per" or following[1] == "cent")
        ):
            yield f"its last figure goes on: “{source.written(end - 1, end + 1)}”"
    asked = after.lstrip(_CLOSERS).startswith("?")
    closing = quote.rstrip(_CLOSERS)[-1:]
    if asked and closing in (".", "!"):
        yield "in the text it is a question"
    elif closing == "?" and not asked:
        yield "in the text it is no question"


def _ruling(source: Tokens, first: int) -> int | None:
    """Return the word before a token that denies what comes there; None where there is none."""
    for back in range(1, 6):
        at = first - back
        if at < 0 or _ENDS.search(source.between(at + 1)) is not None:
            return None
        key = source.keys[at]
        if back == 1 and key == "non":
            return at
        governs = back <= 2 or source.keys[first - 1] in GOVERNED
        affirms = key == "no" and at + 1 < first and source.keys[at + 1] in AFFIRMED
        if governs and not affirms and (negates(key) or key in DENIALS):
            return at
    return None
