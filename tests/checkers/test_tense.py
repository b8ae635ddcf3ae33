"""tense: past and future against the day on which they were told, and all that is no plain tense."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from factledger_checkers.tense import Tense
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Finding, Outcome
from ledger.testing import Case

from .days import DAYS, written

SEEDED = settings(derandomize=True)


def quoted(words: str, published: str | None = "2031-05-02", **fields: object) -> Finding:
    """Return the one finding on a claim without dates whose evidence quotes these words."""
    case = Case("The bridge is old.")
    case.evidence(case.source("Harbour Post", published=published, **fields), quote=words)
    (finding,) = case.findings(Tense())
    return finding


def only(case: Case) -> Finding:
    (finding,) = case.findings(Tense())
    return finding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bridge was closed on 5 May 2031.", "was closed on 5 May 2031"),
        ("On 5 May 2031, the bridge was closed.", "On 5 May 2031, the bridge was closed"),
        ("The company was founded in 2033.", "was founded in 2033"),
        ("In June 2031 the company was founded in Port Quell.", "In June 2031 the company was founded"),
        ("The dockers' strike began on 9 May 2031.", "began on 9 May 2031"),
        ("The council met in the old town hall on May 9, 2031.", "met in the old town hall on May 9, 2031"),
    ],
)
def test_a_past_that_lies_after_its_source(text: str, words: str) -> None:
    """What the source tells as past on a day after it came out is to be looked at; it never fails."""
    finding = quoted(text)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "past_ahead")
    assert finding.reason.startswith(
        f"“{words}” in “Harbour Post”: said as past on a later day: “Harbour Post” is of 2 May 2031, before "
    )
    assert finding.cites == ("evidence-2", "source-1")


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will reopen on 20 April 2031.",
        "The bridge will be reopened on 20 April 2031.",
        "The bridge is to reopen on 20 April 2031.",
        "The bridge is set to be reopened on 20 April 2031.",
        "The port plans to reopen it on 20 April 2031.",
        "On 20 April 2031, the bridge will reopen.",
        "The bridge shall be closed on 20 April 2031.",
    ],
)
def test_a_future_that_lies_before_its_source(text: str) -> None:
    """What the source tells as yet to come on a day before it came out is to be looked at."""
    finding = quoted(text)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "future_behind")
    assert finding.reason.endswith(
        ": said as yet to come on an earlier day: “Harbour Post” is of 2 May 2031, after 20 April 2031."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on 1 May 2031.",
        "The bridge was closed on 2 May 2031.",
        "The bridge was closed in May 2031.",
        "The bridge will reopen on 20 May 2031.",
        "The bridge will reopen on 2 May 2031.",
    ],
)
def test_what_fits_passes(text: str) -> None:
    """A past until the source's day and a future from it are in order."""
    assert (quoted(text).outcome, quoted(text).code) == (Outcome.PASS, "fits")


@pytest.mark.parametrize(
    "text",
    [
        "The strike was due to begin on 9 May 2031.",
        "The strike was scheduled on 9 May 2031.",
        "The strike was called for 9 May 2031.",
        "The strike was postponed until 9 May 2031.",
        "The bridge was closed by order of the port ahead of the vote on 9 May 2031.",
        "The council voted to close it on 9 May 2031.",
        "The council agreed on 9 May 2031.",
        "He said the bridge was closed on 9 May 2031.",
        "“The bridge will be closed on 9 April 2031”, it reads.",
        "If the bridge was closed on 9 May 2031, all would be lost.",
        "Was the bridge closed on 9 May 2031?",
        "The bridge, which was closed, opens on 9 May 2031.",
        "His will of 9 April 2031 was found; the will on 9 April 2031 too.",
        "The port will publish the figures collected on 9 April 2031.",
        "It will be colder than on 9 April 2031.",
        "In the novel the bridge was closed on 9 May 2031.",
        "The bridge will be closed.",
        "Die Brücke wurde am 9 May 2031 geschlossen.",
        "",
    ],
)
def test_where_the_tense_is_not_plain_nothing_is_said(text: str) -> None:
    """Plans, reported words, conditions, other clauses and other words that look like verbs are left alone."""
    assert (quoted(text).outcome, quoted(text).code) == (Outcome.NOT_APPLICABLE, "no_tense")


def test_a_date_without_its_year_is_no_finding() -> None:
    """Without a year a date may be another one: said where it matters, and only there."""
    matters = quoted("The strike began on 9 May.")
    assert matters.outcome is Outcome.ABSTAIN
    assert "no year is given" in matters.reason
    assert quoted("The strike began on 1 May.").outcome is Outcome.NOT_APPLICABLE
    assert quoted("The strike began on 9 May.", None).reason == "“began on 9 May” in “Harbour Post”: no year is given."


def test_a_source_without_a_date_cannot_be_told() -> None:
    """Without the day of its source a tense is held against nothing."""
    finding = quoted("The bridge was closed on 5 May 2031.", None)
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason == "“was closed on 5 May 2031” in “Harbour Post”: it has no date to compare with."
    assert quoted("The bridge was closed on 5 May 2031.", None, reference_date="2031-05-02").outcome is Outcome.WARN


def test_somebody_s_words_may_be_older_than_their_source() -> None:
    """What a person is quoted with in a later report may have been said before the day that it speaks of."""
    case = Case("The bridge is old.")
    speaker = case.agent("Marta Quell")
    paper = case.source("Harbour Post", published="2031-05-02")
    case.evidence(paper, quote="The bridge will reopen on 20 April 2031.", speaker=speaker)
    assert only(case).reason.endswith(": when these words were said is not recorded.")
    own = Case("The bridge is old.")
    speaker = own.agent("Marta Quell")
    speech = own.source("Speech", author=speaker, published="2031-05-02")
    own.evidence(speech, quote="The bridge will reopen on 20 April 2031.", speaker=speaker)
    assert only(own).outcome is Outcome.WARN


def test_a_day_off_may_be_the_zone() -> None:
    """On the other side of the Earth it is another day."""
    for text in ("The bridge was closed on 3 May 2031.", "The bridge will reopen on 1 May 2031."):
        assert quoted(text).outcome is Outcome.ABSTAIN
        assert "the zone of its clock explains" in quoted(text).reason


@pytest.mark.parametrize("text", ["It was so in recent months.", "It rose over the past few years."])
def test_what_names_no_day_cannot_be_told(text: str) -> None:
    """ "Recent months" is no day to compare with."""
    assert only(Case(text, said="2031-05-02")).outcome is Outcome.ABSTAIN


def test_a_claim_is_held_against_all_its_sources() -> None:
    """A claim's past is ahead only of all of its sources and of its saying: one that is later can tell of it."""
    case = Case("The bridge was closed on 9 May 2031.")
    early = case.source("Harbour Post", published="2031-05-02")
    case.evidence(early)
    assert (only(case).code, only(case).cites) == ("past_ahead", (case.claim.uid, early.uid))
    case.evidence(case.source("Old Post"))
    assert only(case).outcome is Outcome.ABSTAIN
    later = Case("The bridge was closed on 9 May 2031.")
    for published in ("2031-05-02", "2031-05-10"):
        later.evidence(later.source(f"Post of {published}", published=published))
    assert only(later).outcome is Outcome.PASS
    saying = Case("The bridge will close on 9 May 2031.", said="2031-05-22")
    assert (only(saying).code, only(saying).cites) == ("future_behind", (saying.claim.uid,))
    assert only(Case("The bridge was closed on 9 May 2031.")).outcome is Outcome.ABSTAIN


def test_the_words_of_a_saying_are_told_as_said() -> None:
    """Of a claim that something was said, the past is that of the saying."""
    case = Case("Marta Quell told them it was closed on 9 May 2031.", reports="another", said="2031-05-02")
    assert only(case).code == "no_tense"


@given(day=DAYS, away=st.integers(-2_000, 2_000), future=st.booleans(), fronted=st.booleans())
@SEEDED
def test_every_day_on_either_side(day: date, away: int, future: bool, fronted: bool) -> None:
    """A tense on the right side of its source passes, on the wrong one it is found, and a day off is left open."""
    verb = "will open" if future else "opened"
    when = written(day + timedelta(away))
    finding = quoted(f"On {when}, the bridge {verb}." if fronted else f"The bridge {verb} on {when}.", day.isoformat())
    ahead = -away if future else away
    assert finding.outcome is (Outcome.PASS if ahead <= 0 else Outcome.ABSTAIN if ahead == 1 else Outcome.WARN)


@pytest.mark.parametrize(
    "piece", ["was ", "It was closed on 9 May 2031 ", "On 9 May 2031, ", "will be was  ", "is to "]
)
def test_long_texts_take_a_moment(piece: str) -> None:
    """A text made to be slow to read is read in a moment, and no more is said than a reader reads."""
    began = process_time()
    found = Case(piece * (20_000 // len(piece)), said="2025-03-04").findings(Tense())
    assert process_time() - began < 3
    assert len(found) <= 20
