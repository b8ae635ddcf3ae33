"""two-values: claims about one thing that give another number, date or name, or say no where the other says yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice

import attrs

from ledger import Claim, Context, Dossier, Finding, Group, GroupChecker, needs
from ledger.dates import before
from ledger.timeline import read

from ..common import plain
from ..languages import language_name, unread_claim
from .differing import agrees, differs
from .statement import Statement, statement

MOST_OTHERS = 5
"""Other values that a claim is shown beside."""

MOST_COMPARED = 50
"""Claims of a group that each is held against: those in the same words first."""

DATES = 1 << 12
"""Pairs of dates of which it is remembered whether they differ: the claims of a group have few."""


@attrs.frozen(cache_hash=True)
class ValueStatement:
    """What a claim says of the thing: how much of a property and in which unit, when, and what its words say."""

    amount: Decimal | None
    unit: str
    date: str
    speaker: str | None
    words: Statement


class TwoValues(GroupChecker):
    """Checks: whether another claim about the same thing gives another value, number, date or name, or denies it.
    Why it matters: one of the two is wrong, or they speak of different times; either way a reader should know.
    Warns on: "cost 4.2 million" beside "cost 4.6 million"; "rose" beside "fell"; two days of one event.
    Passes on: claims about one thing that say the same: "at least 5" beside 7, "30,000" beside "30 thousand".
    """

    name = "two-values"
    version = 6
    establishes = "that a recorded claim in much the same words, or on the same property, says the same"
    does_not_establish = "which of two is right, nor that claims in other words agree"
    reads_text = True

    def keys(self, claim: Claim) -> Iterator[str]:
        """A claim meets those on the same property, and those that share its most telling words.

        That somebody said something meets nothing: whether it is so is another claim.
        """
        if claim.value is not None:
            yield "value:" + _digest(f"{_folded(claim.value.subject)} / {_folded(claim.value.property)}")
        if claim.reports is not None:
            return
        for words in statement(claim.text).keys:
            yield "words:" + _digest(words)

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        said: dict[ValueStatement, list[Dossier]] = defaultdict(list)
        unread = {dossier.claim.uid: tag for dossier in group.dossiers if (tag := _unread(dossier))}
        for dossier in group.dossiers:
            said[_said(dossier.claim)].append(dossier)
        heard: set[str] = set()
        for mine, others in _near(list(said)):
            differing = ((what, said[one][0]) for one in others if (what := _otherwise(mine, one)))
            found = list(islice(differing, MOST_OTHERS))
            same = not found and (len(said[mine]) > 1 or any(_same(mine, one) for one in others))
            for at, dossier in enumerate(said[mine]):
                for what, other in found:
                    heard |= {dossier.claim.uid, other.claim.uid}
                    if at or dossier.claim.handle < other.claim.handle:
                        yield self._differ(what, dossier, other)
                if same and dossier.claim.uid not in unread:
                    heard.add(dossier.claim.uid)
                    yield self.passes("Another claim says the same of it.", code="agree", cites=[dossier.claim])
        for claim in group.claims:
            if claim.uid in heard:
                continue
            if tag := unread.get(claim.uid):
                reason = f"Not read: {language_name(tag)}, in the claim."
                yield self.abstains(reason, code="not_read", cites=[claim])
            else:
                yield self.not_applicable("No other claim speaks of the same.", code="alone", cites=[claim])

    def _differ(self, what: str, one: Dossier, other: Dossier) -> Finding:
        claims = (one.claim, other.claim)
        undated = [needs("occurred", claim) for claim in claims if claim.occurred is None]
        return self.warns(
            f"{what}: “{plain(one.claim.text)}” and “{plain(other.claim.text)}”.",
            code=what.lower().replace(" ", "_"),
            cites=claims,
            fix="Read both passages; if both stand, record when each holds: factledger correct",
            details=[*_passages(one), *_passages(other)],
            missing=undated or [needs("text", claim) for claim in claims],
        )


def _unread(dossier: Dossier) -> str | None:
    """Return the language of a claim that is not read; None where it is, or where its value is on record."""
    return unread_claim(dossier) if dossier.claim.value is None else None


def _near(said: list[ValueStatement]) -> Iterator[tuple[ValueStatement, list[ValueStatement]]]:
    """Yield each with those that it is held against: the same words first, and of a large group no more than some."""
    alike: dict[frozenset[str], list[ValueStatement]] = defaultdict(list)
    for one in said:
        alike[one.words.words].append(one)
    for mine in said:
        same = alike[mine.words.words]
        others = chain(same, (one for one in said if one.words.words != mine.words.words))
        yield mine, list(islice((one for one in others if one is not mine), MOST_COMPARED))


def _otherwise(mine: ValueStatement, other: ValueStatement) -> str:
    """Return what another claim says otherwise; "" where both can be so."""
    if mine.amount is not None and other.amount is not None:
        differ = mine.unit == other.unit and mine.amount != other.amount and not _apart(mine.date, other.date)
        return "Another value" if differ else ""
    if (mine.words.pronoun or other.words.pronoun) and (mine.speaker is None or mine.speaker != other.speaker):
        return ""  # who "he" or "we" is, is not known
    if not _apart(mine.date, other.date):
        return differs(mine.words, other.words)
    return "Another date" if not mine.words.numbers and mine.words == other.words else ""


def _same(mine: ValueStatement, other: ValueStatement) -> bool:
    if _apart(mine.date, other.date):
        return False
    if mine.amount is not None and other.amount is not None:
        return mine.unit == other.unit and mine.amount == other.amount
    return agrees(mine.words, other.words)


def _said(claim: Claim) -> ValueStatement:
    value = claim.value
    try:
        amount = Decimal(value.amount).normalize() if value else None
    except InvalidOperation:
        amount = None
    words = statement(claim.text, read(claim.said))
    unit = _folded(value.unit or "") if value else ""
    return ValueStatement(
        amount=amount,
        unit=unit,
        date=claim.occurred or "",
        speaker=claim.claimant if words.pronoun else None,
        words=words,
    )


@lru_cache(DATES)
def _apart(one: str, other: str) -> bool:
    """Return whether two dates surely differ."""
    if one == other or not (one and other):
        return False
    a, b = read(one), read(other)
    return a is not None and b is not None and (before(a, b) is True or before(b, a) is True)


def _passages(dossier: Dossier) -> Iterator[str]:
    """Yield the words that a claim stands on, as its sources have them."""
    for item in dossier.quoted_evidence[:2]:
        yield f"{dossier.claim.handle}, in {plain(dossier.seen_in(item).title)}: “{plain(item.anchor.exact, 300)}”"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
