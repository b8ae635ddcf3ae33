"""two-values: claims about one thing that give another number, another date, or say no where the other says yes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256

import attrs

from ledger import Claim, Context, Dossier, Finding, Group, GroupChecker
from ledger.dates import BadDate, before, parse
from ledger.text import stems

from .common import plain

MOST_OTHERS = 5
"""Other values that a claim is held against."""

FEWEST_WORDS = 3
"""Words besides numbers that two claims have to share to be about one thing."""

_DENIES = re.compile(r"\b(?:not|no|never|nobody|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)


@attrs.frozen
class Said:
    """What a claim says of the thing: how much and in which unit, which numbers, when, and whether it denies it."""

    amount: Decimal | None
    unit: str
    numbers: frozenset[int]
    date: str
    denies: bool


class TwoValues(GroupChecker):
    """Checks: whether another claim about the same thing gives another value, number or date, or denies it.
    Why it matters: one of the two is wrong, or they speak of different times; either way a reader should know.
    Warns on: two claims in the same words with other numbers; one value of a property in a unit, and another.
    Passes on: claims about one thing that agree.
    """

    name = "two-values"
    version = 1
    establishes = "that no recorded claim in the same words, or on the same property, says otherwise"
    does_not_establish = "which of two is right, nor that claims in other words agree"

    def keys(self, claim: Claim) -> Iterator[str]:
        """A claim meets those on the same property, and those whose words are the same but for numbers."""
        if claim.value is not None:
            yield "value:" + _digest(f"{_folded(claim.value.subject)} / {_folded(claim.value.property)}")
        words = stems(claim.text, numerals=False)
        if len(words) >= FEWEST_WORDS:
            yield "words:" + _digest(" ".join(map(str, sorted(words))))

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        said = {dossier.claim.uid: _said(dossier.claim) for dossier in group.dossiers}
        different: dict[Said, Dossier] = {}
        for dossier in group.dossiers:
            different.setdefault(said[dossier.claim.uid], dossier)
        for dossier in group.dossiers:
            mine = said[dossier.claim.uid]
            found = [
                (what, other) for what, other in _otherwise(mine, different) if other.claim.uid != dossier.claim.uid
            ]
            for what, other in found[:MOST_OTHERS]:
                if dossier.claim.handle < other.claim.handle or different[mine] is not dossier:
                    yield self._differ(what, dossier, other)
            if not found:
                yield self.passes("No claim about the same says otherwise.", code="agree", cites=[dossier.claim])

    def _differ(self, what: str, one: Dossier, other: Dossier) -> Finding:
        return self.warns(
            f"{what}: “{plain(one.claim.text)}” and “{plain(other.claim.text)}”.",
            code=what.lower().replace(" ", "_"),
            cites=[one.claim, other.claim],
            fix="Read both passages; if both stand, record when each holds: factledger correct",
            details=[*_passages(one), *_passages(other)],
        )


def _otherwise(mine: Said, others: Mapping[Said, Dossier]) -> Iterator[tuple[str, Dossier]]:
    """Yield what differs, and a claim that says it, of the values that cannot both hold."""
    for theirs, dossier in others.items():
        if theirs.denies != mine.denies:
            yield "One denies it", dossier
        elif _apart(mine.date, theirs.date):
            if mine.numbers == theirs.numbers and mine.amount is None and theirs.amount is None:
                yield "Another date", dossier
        elif mine.amount is not None and theirs.amount is not None:
            if mine.unit == theirs.unit and mine.amount != theirs.amount:
                yield "Another value", dossier
        elif mine.numbers != theirs.numbers:
            yield "Another number", dossier


def _said(claim: Claim) -> Said:
    value = claim.value
    try:
        amount = Decimal(value.amount).normalize() if value else None
    except InvalidOperation:
        amount = None
    return Said(
        amount=amount,
        unit=_folded(value.unit or "") if value else "",
        numbers=stems(claim.text) - stems(claim.text, numerals=False),
        date=claim.occurred or "",
        denies=_DENIES.search(claim.text) is not None,
    )


def _apart(one: str, other: str) -> bool:
    """Return whether two dates surely differ."""
    try:
        a, b = (parse(one), parse(other)) if one and other else (None, None)
    except BadDate:
        return False
    return a is not None and b is not None and (before(a, b) is True or before(b, a) is True)


def _passages(dossier: Dossier) -> Iterator[str]:
    """Yield the words that a claim stands on, as its sources have them."""
    for item in dossier.quoted_evidence[:2]:
        yield f"{dossier.claim.handle}, in {plain(dossier.seen_in(item).title)}: “{plain(item.anchor.exact, 300)}”"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
