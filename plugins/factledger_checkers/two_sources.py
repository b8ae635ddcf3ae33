"""What is shown of two sources, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.chain import Independence, Lack, Pair, PairVerdict, Reason

from .common import RecordNames, phrase, plain

MOST_PAIRS = 40
"""Pairs explained one by one; a reader asks about no more."""


def pair_lines(told: RecordNames, found: Independence) -> Iterator[str]:
    """Yield what is shown of each two sources, a line each."""
    if len(found.sources) > MOST_PAIRS // 4:
        yield f"{len(found.sources)} sources make more pairs than are explained here."
        return
    for pair in found.pairs:
        yield f"{told.name(pair.a)} / {told.name(pair.b)}: {_pair_words(told, pair)}"


def _pair_words(told: RecordNames, pair: Pair) -> str:
    if pair.verdict is PairVerdict.INDEPENDENT:
        return {
            Reason.DECLARED: "declared independent by a person, with a reason",
            Reason.SHOWN: "shown independent: other people, other houses, each first-hand, texts compared",
        }[pair.reason_code]
    verdict = "not independent" if pair.verdict is PairVerdict.DEPENDENT else "not shown independent"
    return f"{verdict}, {'; '.join(missing_grounds(told, pair))}"


def missing_grounds(told: RecordNames, pair: Pair) -> list[str]:
    """Return in words what stands against the independence of two sources, the gravest first."""
    gravest = Lack(pair.reason_code, pair.via)
    known = any(lack.reason is gravest.reason for lack in pair.lacks)
    return list(dict.fromkeys(_lack(told, lack) for lack in (pair.lacks if known else (gravest, *pair.lacks))))


def _lack(told: RecordNames, lack: Lack) -> str:
    """Return one ground that two sources lack."""
    agents = phrase([told.agent(uid, "somebody not on record") for uid in lack.via])
    via = told.names(lack.via)
    return {
        Reason.SAME_OWNER: f"both trails belong to {agents or 'the same owner'}",
        Reason.SAME_PERSON: f"{agents} {'is' if len(lack.via) == 1 else 'are'} behind both",
        Reason.SAME_HOUSE: f"somebody behind each belongs to {agents}",
        Reason.UNNAMED: "who speaks is not named, and may be one in both",
        Reason.SAME_OBJECT: f"which document {via} {'knows' if len(lack.via) == 1 else 'know'} it from is not recorded",
        Reason.COMMON_CREDIT: f"both credit {phrase([plain(name) for name in lack.via])} for something",
        Reason.DERIVES: f"one comes from {via}",
        Reason.COMMON_ANCESTOR: f"both come from {via}",
        Reason.TIED: "one answers the other, or takes something from it",
        Reason.WITHDRAWN: f"a part of what {via} {'has' if len(lack.via) == 1 else 'have'} was withdrawn",
        Reason.NOT_FIRST_HAND: f"how {via} {'knows' if len(lack.via) == 1 else 'know'} is not stated",
        Reason.OWNER_UNKNOWN: f"the owner of {via} is not recorded",
        Reason.NOT_COMPARED: "; ".join(lack.via) or "their archived texts were not compared",
    }[lack.reason]
