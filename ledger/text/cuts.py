"""What the marks of a quotation keep from the reader: a "not", an "if", a "some" under an ellipsis or brackets.

Every cut is read with one table of words (see `operators`), those at the ends of a quotation as well (see `edges`).
Each finding is a note in words. They are read from the words and what stands between them, not from the sense: no note
does not mean that nothing was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import marks
from .edges import DETERMINERS, ENDS, PAUSE, VERBS, figures, is_month
from .marks import Part, PartPosition
from .operators import Operator, OperatorKind, operators
from .tokens import Tokens

MOST_LEFT_OUT = 60
"""Words that an ellipsis may pass over: farther apart, they are two passages and not one."""

MOST_STOOD_FOR = 5
"""Words more than they have themselves that brackets may stand for."""

_LIMITING = (
    OperatorKind.NEGATION,
    OperatorKind.EXCEPTION,
    OperatorKind.QUANTITY,
    OperatorKind.DEGREE,
    OperatorKind.HEDGE,
    OperatorKind.MODAL,
)

_ALWAYS = (
    OperatorKind.NEGATION,
    OperatorKind.EXCEPTION,
    OperatorKind.CONDITION,
    OperatorKind.CONCESSION,
    OperatorKind.HEDGE,
    OperatorKind.ATTRIBUTION,
)

_ELSEWHERE = (OperatorKind.CONTRAST, OperatorKind.BELIEF, OperatorKind.REPORT, OperatorKind.ATTRIBUTION)
"""What brackets may stand for."""

MOST_BETWEEN = 2
"""Words that may stand between a "may" and the words that it governs."""


def hidden(parts: Sequence[Part], chain: Sequence[PartPosition], source: Tokens) -> Iterator[str]:
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
    while start > 0 and first - start <= MOST_STOOD_FOR and not PAUSE.search(source.between(start)):
        if ENDS.search(source.between(start)):
            break
        start -= 1
    else:
        if start:
            return
    limiting = [one for one in operators(source.keys, start, first) if one.kind in _LIMITING]
    if limiting and not is_month(source, limiting[0]):
        yield f"brackets stand for “{source.written(start, first)}”"


def _reaches(operator: Operator, source: Tokens, start: int, end: int) -> bool:
    """Return whether an operator between two tokens, which are left out, governs what is quoted."""
    if operator.kind in _ALWAYS:
        return not _is_of_time(source, operator)
    if operator.kind is OperatorKind.CONTRAST:
        return operator.first == start
    if operator.kind in (OperatorKind.REPORT, OperatorKind.BELIEF):
        return source.keys[operator.end : end] == ["that"] or (
            operator.kind is OperatorKind.REPORT and operator.end == end
        )
    if any(PAUSE.search(source.between(at)) for at in range(operator.end, end + 1)):
        return False
    if operator.kind is OperatorKind.MODAL:
        return end - operator.end <= MOST_BETWEEN and not is_month(source, operator)
    return all(key in DETERMINERS for key in source.keys[operator.end : end])


def _is_of_time(source: Tokens, operator: Operator) -> bool:
    """Return whether an "until" only ends a span of time: "from 1890 until 1970"."""
    until = source.keys[operator.first] in ("until", "till")
    return until and operator.end < len(source) and source.keys[operator.end][0].isdigit()


def _instead(inside: str, source: Tokens, start: int, end: int) -> Iterator[str]:
    """Yield what a pair of brackets keeps from the reader; `inside` is what stands in them."""
    mine, theirs = marks.words(inside), source.keys[start:end]
    said, written = _sorts(mine), _sorts(theirs)
    if written != said and (
        written or OperatorKind.NEGATION in said.values() or OperatorKind.EXCEPTION in said.values()
    ):
        instead = source.written(start, end)
        yield f"brackets stand for “{instead}”" if written else f"brackets put in “{inside}”"
    elif figures(theirs) and figures(mine) and figures(theirs) != figures(mine):
        yield f"brackets put “{inside}” in the place of “{source.written(start, end)}”"
    elif figures(theirs) and not figures(mine):
        yield f"brackets stand for “{source.written(start, end)}”"
    elif mine and _is_more(mine, source, start, end):
        yield f"brackets stand for more than a word or a name: “{source.written(start, end)}”"


def _sorts(keys: Sequence[str]) -> dict[str, OperatorKind]:
    """Return the operators among some words, those that say the same under one name."""
    found: dict[str, OperatorKind] = {}
    for one in operators(keys):
        if one.kind in _ELSEWHERE:
            continue
        written = " ".join(keys[one.first : one.end])
        found[one.kind if one.kind in (OperatorKind.MODAL, OperatorKind.NEGATION) else written] = one.kind
    return found


def _is_more(mine: Sequence[str], source: Tokens, start: int, end: int) -> bool:
    """Return whether what brackets stand for is a clause, or much longer than what is in them."""
    theirs = source.keys[start:end]
    if len(theirs) > len(mine) + MOST_STOOD_FOR:
        return True
    clause = VERBS.intersection(theirs[1:]) and not VERBS.intersection(mine) and len(theirs) > len(mine) + 1
    pauses = any(PAUSE.search(source.between(at)) for at in range(start + 1, end))
    return bool(clause) or (pauses and len(theirs) > len(mine) + 2)
