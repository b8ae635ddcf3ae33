"""The words that turn a statement round, limit it or take it back: one table, for every cut of a quotation.

A cut that keeps one of them from the reader makes another statement: "it is … safe" of "it is not safe", "ships sank"
of "some ships sank", "the port is shut" of "they deny that the port is shut".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from attrs import frozen


class OperatorKind(StrEnum):
    """What an operator does to a statement."""

    NEGATION = "negation"
    EXCEPTION = "exception"
    CONDITION = "condition"
    CONCESSION = "concession"
    CONTRAST = "contrast"
    MODAL = "modal"
    HEDGE = "hedge"
    QUANTITY = "quantity"
    DEGREE = "degree"
    REPORT = "report"
    BELIEF = "belief"
    ATTRIBUTION = "attribution"


TABLE: dict[OperatorKind, str] = {
    OperatorKind.NEGATION: """
        not no never none neither nor cannot without nothing nobody nowhere hardly barely scarcely rarely seldom
        no_longer far_from anything_but""",
    OperatorKind.EXCEPTION: """
        unless except excepting excluding only other_than save_for but_only but_not and_only only_if only_when
        only_after only_until""",
    OperatorKind.CONDITION: """
        if until till assuming lest whether provided_that providing_that as_long_as so_long_as on_condition in_case
        in_the_event if_not even_if""",
    OperatorKind.CONCESSION: "although though albeit even_though",
    OperatorKind.CONTRAST: "but however whereas",
    OperatorKind.MODAL: "may might could",
    OperatorKind.HEDGE: """
        allegedly reportedly apparently supposedly purportedly ostensibly presumably seemingly probably possibly
        perhaps maybe potentially likely unlikely conceivably arguably alleged suspected
        appears_to appear_to appeared_to seems_to seem_to seemed_to""",
    OperatorKind.QUANTITY: "some few several many most half_of a_few a_handful_of a_number_of",
    OperatorKind.DEGREE: """
        nearly almost roughly approximately partly partially largely mostly mainly sometimes occasionally
        virtually practically up_to at_least at_most at_best at_worst more_than less_than fewer_than as_many_as
        as_much_as as_few_as as_little_as close_to an_estimated""",
    OperatorKind.REPORT: """
        claim claims claimed claiming allege alleges alleging doubt doubts doubted doubting deny denies denied denying
        dispute disputes disputed disputing reject rejects rejected hope hopes hoped hoping fear fears feared fearing
        wish wishes wished suspect suspects assume assumes assumed assuming pretend pretends pretended suppose supposes
        imagine imagines imagined speculate speculates speculated allegation allegations rumour rumours rumor rumors
        suspicion suspicions myth no_evidence not_true not_clear""",
    OperatorKind.BELIEF: """
        think thinks thought believe believes believed guess guesses suggest suggests suggested argue argues argued
        expect expects expected predict predicts predicted insist insists insisted idea theory notion belief suggestion
        possibility chance likelihood threat possible unlikely unclear false untrue""",
    OperatorKind.ATTRIBUTION: "according_to",
}
"""An operator of several words is written with _ between them. A belief takes a statement back with "that" alone,
and whose word something is matters where it is passed over, not where a quotation begins after it."""


@frozen
class Operator:
    """An operator in a row of words: what it does, its first word, and the one after its last."""

    kind: OperatorKind
    first: int
    end: int


_Row = tuple[tuple[str, ...], OperatorKind]


def _rows() -> dict[str, tuple[_Row, ...]]:
    rows: dict[str, list[_Row]] = {}
    for kind, written in TABLE.items():
        for one in written.split():
            words = tuple(one.split("_"))
            rows.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(found, key=lambda row: -len(row[0]))) for first, found in rows.items()}


_ROWS = _rows()


def operators(keys: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[Operator]:
    """Yield the operators between two places of a row of words, in order; of two that begin together, the longer."""
    end = len(keys) if end is None else min(end, len(keys))
    at = max(0, start)
    while at < end:
        found = operator_at(keys, at, end)
        if found is not None:
            yield found
        at = found.end if found is not None else at + 1


def operator_at(keys: Sequence[str], at: int, end: int | None = None) -> Operator | None:
    """Return the operator that begins at a word, the longest; None where none does."""
    end = len(keys) if end is None else min(end, len(keys))
    if not 0 <= at < end:
        return None
    key = keys[at]
    for words, kind in _ROWS.get(key, ()):
        if at + len(words) <= end and tuple(keys[at : at + len(words)]) == words:
            return Operator(kind, at, at + len(words))
    return Operator(OperatorKind.NEGATION, at, at + 1) if key.endswith("'t") else None


def negates(key: str) -> bool:
    """Return whether a word denies: not, never, isn't."""
    found = operator_at((key,), 0)
    return found is not None and found.kind is OperatorKind.NEGATION


def limits(key: str) -> bool:
    """Return whether a word turns a statement round or makes an exception."""
    found = operator_at((key,), 0)
    return found is not None and found.kind in (OperatorKind.NEGATION, OperatorKind.EXCEPTION)
