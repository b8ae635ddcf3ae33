"""published-before-event: no source tells of an event before it happened."""

from __future__ import annotations

from factledger_checkers.published_before_event import PublishedBeforeEvent

from ledger import Finding, Outcome
from ledger.testing import Case


def said(case: Case) -> list[Finding]:
    return case.findings(PublishedBeforeEvent())


def test_a_source_before_its_event_fails() -> None:
    """A report older than its event is a problem that names both dates, and the records that say so."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    source = case.source("Bridge shut", published="2031-05-01")
    item = case.evidence(source)
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "source_before_event")
    assert finding.reason == "“Bridge shut” is older than the event it is cited for (1 May 2031 is before 2 May 2031)."
    assert finding.cites == (case.claim.uid, source.uid, item.uid)


def test_a_source_of_the_day_or_later_passes() -> None:
    """A report of the day of the event, and one of the next, are in order."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-02"))
    case.evidence(case.source("Bridge still shut", published="2031-05-03"))
    (finding,) = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.PASS, "No source is older than the event (2 compared).")


def test_what_has_no_year_cannot_be_told() -> None:
    """2 May without a year is compared with nothing, and that is the reason given."""
    case = Case("The bridge was closed.", occurred="XXXX-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-01"))
    (finding,) = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason == "The event and “Bridge shut”: no year is given for 2 May."


def test_without_a_date_or_a_source_nothing_passes() -> None:
    """An undated event, an undated source and no source at all are each said."""
    undated = Case("The bridge was closed.")
    alone = Case("The bridge was closed.", occurred="2031-05-02")
    leaflet = Case("The bridge was closed.", occurred="2031-05-02")
    leaflet.evidence(leaflet.source("A leaflet"))
    assert [said(case)[0].reason for case in (undated, alone, leaflet)] == [
        "The event has no date.",
        "No source supports the claim.",
        "“A leaflet” has no date.",
    ]


def test_of_a_saying_the_event_is_the_saying() -> None:
    """A report may tell of words about a day to come, and not of words that were not said yet."""
    case = Case(
        "Marta Quell said that the bridge would close.", reports="another", said="2031-05-04", occurred="2031-06-01"
    )
    case.evidence(case.source("Bridge to shut", published="2031-05-05"))
    early = Case("Marta Quell said that the bridge would close.", reports="another", said="2031-05-04")
    early.evidence(early.source("Bridge to shut", published="2031-05-03"))
    assert [said(one)[0].outcome for one in (case, early)] == [Outcome.PASS, Outcome.FAIL]
