"""ages: what claims say of somebody's age fits one birthday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ledger import Claim, Context, Dossier, Finding, Group, GroupChecker, Setting, hookimpl, needs
from ledger.dates import parse

WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
NAME = rf"(?P<name>{WORD}(?: [A-Z]\.)? {WORD}(?: {WORD}){{0,2}})"
AGE = r"(?P<age>1?\d{1,2})"
ENDS = r"(?=[,;]|\.(?!\d)|$)"
SOMEBODY = (
    "man woman boy girl baby child teen teenager student pupil resident native citizen national worker farmer driver "
    "soldier mother father mom mum dad grandmother grandfather couple victim suspect patient farm"
)
"""Words for people: what stands before one, after an age, is no name but where they are from."""
NOBODY = rf"(?!['’]?\w| [A-ZÀ-ÖØ-Þ])(?! (?:{'|'.join(SOMEBODY.split())})\b)"
SAYS = [
    re.compile(form)
    for form in (
        rf"{NAME}, (?:aged |age )?{AGE}{ENDS}",
        rf"{NAME}[, ]+(?:is|was|who is|who was) {AGE} years old\b",
        rf"{NAME},? aged {AGE}\b",
        rf"{NAME} \({AGE}\)",
        rf"\b{AGE}-year-old {NAME}{NOBODY}",
    )
]
YEAR = 365.2425


@attrs.frozen
class DaysOfBirth:
    """The first and last day of birth (proleptic Gregorian ordinals) that a claim leaves, and the age that it gives."""

    claim: Claim
    age: int
    first: int
    last: int


class Ages(GroupChecker):
    """Checks: whether the ages that claims give of somebody fit one birthday.
    Why it matters: an age is copied from older reports, and two people may go by one name.
    Warns on: Marta Quell, 34, in a report of 2021, and Marta Quell, 31, in one of 2027.
    Passes on: Marta Quell, 34, in a report of 2021, and Marta Quell, 40, in one of 2027.
    """

    name = "ages"
    version = 1
    establishes = "that the ages which claims give of this name fit one birthday"
    does_not_establish = "that any of them is right, or that they are of one person"
    settings = (Setting("slack", 30, "Days that a report may come after the age it gives", least=0, most=3650),)

    def keys(self, claim: Claim) -> Iterator[str]:
        yield from ages(claim.text)

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        slack = context.options.get("slack", 30)
        given = [(dossier, ages(dossier.claim.text).get(group.key)) for dossier in group.dossiers]
        births = [birth for dossier, age in given if age is not None for birth in births_of(dossier, age, slack)]
        name = group.key.title()
        if len({birth.claim.uid for birth in births}) < 2:
            undated = [source for dossier, _ in given for source in undated_sources(dossier)]
            missing = [needs("published", source) for source in dict.fromkeys(undated)]
            reason = f"The ages of {name} cannot be compared: fewer than two are in a report with a date."
            yield self.abstains(reason, code="undated", cites=group.claims, missing=missing)
            return
        late, early = max(births, key=lambda birth: birth.first), min(births, key=lambda birth: birth.last)
        if late.first > early.last:
            reason = f"No one birthday makes {name} {early.age} in the one report and {late.age} in the other."
            fix = "Look up when each was born: one age is wrong or old, or there are two people of this name."
            yield self.warns(reason, code="two_birthdays", cites=[early.claim, late.claim], fix=fix)
        else:
            yield self.passes(f"The ages of {name} fit one birthday.", cites=[birth.claim for birth in births])


def ages(text: str) -> dict[str, int]:
    """Return the ages that a text gives, in years, by the last two words of the name in lower case."""
    found: dict[str, int] = {}
    for match in (match for form in SAYS for match in form.finditer(text)):
        found.setdefault(" ".join(match["name"].split()[-2:]).casefold(), int(match["age"]))
    return found


def births_of(dossier: Dossier, age: int, slack: int) -> Iterator[DaysOfBirth]:
    """Yield when somebody of this age was born, by the date of each source; `slack` is in days."""
    for item in dossier.supporting:
        published = dossier.source(item).published
        out = parse(published) if published else None
        if out is not None and out.earliest is not None and out.latest is not None:
            first, last = out.earliest - slack - int(YEAR * (age + 1)) - 1, out.latest - int(YEAR * age)
            yield DaysOfBirth(dossier.claim, age, first, last)


def undated_sources(dossier: Dossier) -> Iterator[str]:
    """Yield the uids of the supporting sources that have no date."""
    return (item.source for item in dossier.supporting if not dossier.source(item).published)


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[GroupChecker]:
    """Return the checker; its one setting is in the house's policy."""
    return [Ages()]
