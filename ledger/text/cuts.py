"""What the marks of a quotation, or its ends, keep from the reader: a "not", an "if", a "some", a question mark.

Every cut is read with one table of words (see `operators`): those under an ellipsis, those that brackets stand for,
and those just outside the quotation, which govern it. Each finding is a note in words. They are read from the words
and what stands between them, not from the sense: no note does not mean that nothing was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import marks
from .marks import Part, Place
from .operators import Kind, Operator, negates, operator_at, operators
from .tokens import Tokens

MOST_LEFT_OUT = 60
"""Words that an ellipsis may pass over: farther apart, they are two passages and not one."""

MOST_STOOD_FOR = 5
"""Words more than they have themselves that brackets may stand for."""

FARTHEST = 40
"""Words before a quotation, in its sentence, among which the beginning of a condition is looked for."""

GOVERNED = frozenset("that say said says think thought believe believed mean meant claim claimed suggest true".split())
"""What may stand between a negation and the words that it governs: "did not say that ..."."""

AFFIRMED = frozenset("doubt mistake question wonder".split())
"""What "no" may stand before to say yes: "make no mistake, ..."."""

ASKING = frozenset(
    "ask asks asked asking know knows knew see sure wonder wonders wondered tell told as even say".split()
)
"""After these "if" means whether, or is part of "as if": no condition begins."""

DETERMINERS = frozenset("of the these those this that his her its our their my your a an all".split())
"""What may stand between a quantity and the words that it is of: "some of the ships"."""

VERBS = frozenset(
    """is are was were be been am has have had do does did will would shall should can may might could must said says
    told asked wants want made make went goes came come took take gave give think know""".split()
)
"""Words that what stands for a name, or for a thing, cannot hide."""

MAGNITUDES = frozenset("hundred thousand million billion trillion dozen percent per percentage m bn tn k % ‰ ½".split())
SIGNS = frozenset("-$£€¥₹₽₩₺₪₴<>±≤≥≠≈#+")

_LIMITING = (Kind.NEGATION, Kind.EXCEPTION, Kind.QUANTITY, Kind.DEGREE, Kind.HEDGE, Kind.MODAL)
OPENING = (Kind.CONDITION, Kind.CONCESSION)

_ALWAYS = (Kind.NEGATION, Kind.EXCEPTION, Kind.CONDITION, Kind.CONCESSION, Kind.HEDGE)
MOST_PAUSES = 4
"""Commas and dashes inside the clause that a sentence begins with."""

MOST_BETWEEN = 2
"""Words that may stand between a "may" and the words that it governs."""

_JOINING = frozenset("and but that or so".split())
_BEFORE_CLAUSE = (",", ";", "“", "—", '"')
_CLOSERS = " \t\r\n\"'“”»’›)]"
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?:\[[^\]]{1,20}\])*\s|\n\s*\n")
_PAUSE = re.compile(r"[,;:()—–]|\s-|--")


def figures(keys: Iterable[str]) -> list[str]:
    """Return the figures and the signs of figures."""
    return [key for key in keys if not key[0].isalpha()]


def inside_figure(source: Tokens, first: int, end: int) -> tuple[str, str] | None:
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


# ------------------------------------------------------------------- under the marks


def hidden(parts: Sequence[Part], chain: Sequence[Place], source: Tokens) -> Iterator[str]:
    """Yield what an ellipsis or a pair of brackets keeps from the reader."""
    for start, end in marks.gaps(chain):
        if end - start > MOST_LEFT_OUT:
            yield f"an ellipsis passes over {end - start} words: these are two passages"
        left_out = next((one for one in operators(source.keys, start, end) if _reaches(one, source, start, end)), None)
        if left_out is not None:
            yield f"an ellipsis leaves out “{source.written(left_out.first, left_out.end)}”"
    for part, place in zip(parts, chain, strict=True):
        for inside, start, end in marks.replaced(part, place, source):
            yield from _instead(" ".join(inside.split()), source, start, end)
    if begins_in_brackets(parts):
        yield from _instead_of_subject(source, chain[0].first)


def begins_in_brackets(parts: Sequence[Part]) -> bool:
    """Return whether a quotation begins with words in brackets: "[The port] is shut"."""
    return bool(parts[0].brackets) and not parts[0].rows[0]


def _instead_of_subject(source: Tokens, first: int) -> Iterator[str]:
    """Yield what brackets at the beginning keep back, where only a few words stand before those that are quoted."""
    start = first
    while start > 0 and first - start <= MOST_STOOD_FOR and not _PAUSE.search(source.between(start)):
        if _ENDS.search(source.between(start)):
            break
        start -= 1
    else:
        if start:
            return
    limiting = [one for one in operators(source.keys, start, first) if one.kind in _LIMITING]
    if limiting and not _is_month(source, limiting[0]):
        yield f"brackets stand for “{source.written(start, first)}”"


def _reaches(operator: Operator, source: Tokens, start: int, end: int) -> bool:
    """Return whether an operator between two tokens, which are left out, governs what is quoted."""
    if operator.kind in _ALWAYS:
        return not _is_of_time(source, operator)
    if operator.kind is Kind.CONTRAST:
        return operator.first == start
    if operator.kind in (Kind.REPORT, Kind.BELIEF):
        return source.keys[operator.end : end] == ["that"] or (operator.kind is Kind.REPORT and operator.end == end)
    if any(_PAUSE.search(source.between(at)) for at in range(operator.end, end + 1)):
        return False
    if operator.kind is Kind.MODAL:
        return end - operator.end <= MOST_BETWEEN and not _is_month(source, operator)
    return all(key in DETERMINERS for key in source.keys[operator.end : end])


def _is_of_time(source: Tokens, operator: Operator) -> bool:
    """Return whether an "until" only ends a span of time: "from 1890 until 1970"."""
    until = source.keys[operator.first] in ("until", "till")
    return until and operator.end < len(source) and source.keys[operator.end][0].isdigit()


def _is_month(source: Tokens, operator: Operator) -> bool:
    return source.tokens[operator.first].written == "May"


def _instead(inside: str, source: Tokens, start: int, end: int) -> Iterator[str]:
    """Yield what a pair of brackets keeps from the reader; `inside` is what stands in them."""
    mine, theirs = marks.words(inside), source.keys[start:end]
    said, written = _sorts(mine), _sorts(theirs)
    if written != said and (written or Kind.NEGATION in said.values() or Kind.EXCEPTION in said.values()):
        instead = source.written(start, end)
        yield f"brackets stand for “{instead}”" if written else f"brackets put in “{inside}”"
    elif figures(theirs) and figures(mine) and figures(theirs) != figures(mine):
        yield f"brackets put “{inside}” in the place of “{source.written(start, end)}”"
    elif figures(theirs) and not figures(mine):
        yield f"brackets stand for “{source.written(start, end)}”"
    elif mine and _is_more(mine, source, start, end):
        yield f"brackets stand for more than a word or a name: “{source.written(start, end)}”"


def _sorts(keys: Sequence[str]) -> dict[str, Kind]:
    """Return the operators among some words, those that say the same under one name."""
    found: dict[str, Kind] = {}
    for one in operators(keys):
        if one.kind in (Kind.CONTRAST, Kind.BELIEF, Kind.REPORT):
            continue
        written = " ".join(keys[one.first : one.end])
        found[one.kind if one.kind in (Kind.MODAL, Kind.NEGATION) else written] = one.kind
    return found


def _is_more(mine: Sequence[str], source: Tokens, start: int, end: int) -> bool:
    """Return whether what brackets stand for is a clause, or much longer than what is in them."""
    theirs = source.keys[start:end]
    if len(theirs) > len(mine) + MOST_STOOD_FOR:
        return True
    clause = VERBS.intersection(theirs[1:]) and not VERBS.intersection(mine) and len(theirs) > len(mine) + 1
    pauses = any(_PAUSE.search(source.between(at)) for at in range(start + 1, end))
    return bool(clause) or (pauses and len(theirs) > len(mine) + 2)


# ------------------------------------------------------------------- at the ends


def outside(quote: str, source: Tokens, first: int, end: int, *, opens: bool = True) -> Iterator[str]:
    """Yield what stands just outside the words and turns them round.

    `opens` says whether the quotation begins with the first of them, and not with brackets that stand for others.
    """
    before = _denied(source, first) if opens else None
    before = before or (_governed(source, first, end) if opens else None) or _under_condition(source, first)
    if before is not None:
        yield f"just before it stands “{source.written(before.first, before.end)}”"
    after = source.between(end)
    if end < len(source) and _ENDS.search(after) is None:
        goes_on = _goes_on(source, first, end)
        if goes_on is not None:
            yield f"just after it stands “{source.written(goes_on.first, goes_on.end)}”"
        elif _figure_goes_on(source, end):
            yield f"its last figure goes on: “{source.written(end - 1, end + 1)}”"
    asked = after.lstrip(_CLOSERS).startswith("?")
    closing = quote.rstrip(_CLOSERS)[-1:]
    if asked and closing in (".", "!"):
        yield "in the text it is a question"
    elif closing == "?" and not asked:
        yield "in the text it is no question"


def _denied(source: Tokens, first: int) -> Operator | None:
    """Return the word before a token that denies what comes there; None where there is none."""
    for back in range(1, 6):
        at = first - back
        if at < 0 or _ENDS.search(source.between(at + 1)) is not None:
            return None
        key = source.keys[at]
        if back == 1 and key == "non":
            return Operator(Kind.NEGATION, at, at + 1)
        governs = back <= 2 or source.keys[first - 1] in GOVERNED
        affirms = key == "no" and at + 1 < first and source.keys[at + 1] in AFFIRMED
        if governs and not affirms and (negates(key) or key in _DENIALS):
            return Operator(Kind.NEGATION, at, at + 1)
    return None


def _figure_goes_on(source: Tokens, end: int) -> bool:
    """Return whether a figure at the end of a quotation is one of thousands, or of percent."""
    following = source.keys[end : end + 2]
    grows = following[0] in MAGNITUDES and (following[0] != "per" or following[-1] == "cent")
    return grows and source.keys[end - 1][0].isdigit()


_DENIALS = frozenset("deny denies denied denying refuse refuses refused refusing".split())


def _governed(source: Tokens, first: int, end: int) -> Operator | None:
    """Return the operator that ends where a quotation begins, and that what is quoted hangs from; else None."""
    for back in range(1, 6):
        at = first - back
        if at < 0 or _ENDS.search(source.between(at + 1)) is not None:
            return None
        found = operator_at(source.keys, at, first)
        if found is None:
            continue
        rest = source.keys[found.end : first]
        paused = any(_PAUSE.search(source.between(between)) for between in range(found.end, first + 1))
        if found.kind in (Kind.REPORT, Kind.BELIEF):
            that = rest[-1:] in (["that"], ["whether"], ["if"])
            if (that and len(rest) <= 2) or (found.kind is Kind.REPORT and not rest and not paused):
                return found
        elif paused:
            return None
        elif found.kind in (Kind.QUANTITY, Kind.DEGREE):
            said = VERBS.intersection(source.keys[first:end])
            if (not rest and (said or found.kind is Kind.DEGREE)) or (rest and DETERMINERS.issuperset(rest)):
                return found
        elif found.kind in (Kind.MODAL, Kind.HEDGE, Kind.CONDITION, Kind.EXCEPTION) and not rest:
            return None if _is_month(source, found) else found
    return None


def _under_condition(source: Tokens, first: int) -> Operator | None:
    """Return the "if" or "although" of the clause that ends, with a comma, where a quotation begins; else None."""
    if first == 0 or "," not in source.between(first) or source.keys[first] in ("and", "or", "but"):
        return None
    pauses = 0
    for at in range(first - 1, max(-1, first - 1 - FARTHEST), -1):
        starts = at == 0 or _ENDS.search(source.between(at)) is not None
        opens = starts or source.between(at).strip()[:1] in _BEFORE_CLAUSE or source.keys[at - 1] in _JOINING
        found = operator_at(source.keys, at, first)
        begins = found is not None and (found.kind in OPENING or source.keys[at] == "unless")
        if begins and opens and (starts or pauses <= 1):
            return found
        pauses += _PAUSE.search(source.between(at)) is not None
        if starts or pauses > MOST_PAUSES:
            return None
    return None


def _goes_on(source: Tokens, first: int, end: int) -> Operator | None:
    """Return the operator with which the sentence goes on after a quotation; None where it is none that limits it."""
    found = operator_at(source.keys, end)
    if found is None:
        return None
    if found.kind in (Kind.CONCESSION, Kind.CONTRAST):
        return found
    if found.kind is Kind.EXCEPTION:
        return found if found.end - found.first > 1 or source.keys[end] != "only" else None
    if found.kind is Kind.CONDITION:
        word = source.keys[end]
        asks = source.keys[end - 1] in ASKING and word in ("if", "whether")
        return None if asks or word == "whether" else found
    return None
