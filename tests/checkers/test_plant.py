"""A short report with defects of time in it: each is found as soon as a claim is entered on its words."""

from __future__ import annotations

from factledger_checkers import ledger_register_checkers

from ledger import Checker, Finding, Outcome
from ledger.testing import Case

REPORT = (
    "The quarry spilled 300 barrels on 3 March 2031. Dr Ana Roa said the harbour was clean. The spill was noticed ten "
    "days after, on 20 March 2031. On Monday 4 March 2031 the warden resigned."
)
CHECKERS = {one.name: one for one in ledger_register_checkers({}) if isinstance(one, Checker)}


def problems(*names: str) -> dict[str, Finding]:
    """Return what each checker objects to in a claim that quotes the whole report."""
    case = Case("The quarry spilled 300 barrels.")
    case.evidence(case.source("Harbour Post", published="2031-04-01", language="en"), quote=REPORT)
    found = ((name, finding) for name in names for finding in case.findings(CHECKERS[name]))
    return {name: one for name, one in found if one.outcome in (Outcome.FAIL, Outcome.WARN)}


def test_the_days_between_two_sentences_are_counted() -> None:
    """Ten days after the 3rd is not the 20th; which event is meant is open, and so it is a reason to look."""
    (gap,) = problems("gap").values()
    assert gap.outcome is Outcome.WARN
    assert gap.reason == "“ten days after” in “Harbour Post”, but 17 days lie between 3 March 2031 and 20 March 2031."


def test_a_quotation_of_the_second_sentence_alone_counts_from_the_text_before_it() -> None:
    """Where the text is archived, the one date before the quoted words is that from which they count."""
    case = Case("The spill was noticed.")
    source = case.source("Harbour Post", published="2031-04-01", language="en")
    case.capture(source, REPORT)
    case.evidence(source, quote="The spill was noticed ten days after, on 20 March 2031.")
    (gap,) = case.findings(CHECKERS["gap"])
    assert gap.reason == "“ten days after” in “Harbour Post”, but 17 days lie between 3 March 2031 and 20 March 2031."


def test_the_weekday_is_held_to_its_date() -> None:
    """4 March 2031 is a Tuesday."""
    (weekday,) = problems("date-valid").values()
    assert (weekday.outcome, weekday.code) == (Outcome.FAIL, "weekday")
    assert weekday.reason.endswith("is a Tuesday, not a Monday.")
