"""Moments in the order of time: which clock each is in, what a bar covers, and what is known without a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InputError
from ledger.book import Book, Custody
from ledger.capture import PLAIN, Extraction
from ledger.model import Relation, Verdict
from ledger.store import queries
from ledger.views import Row, Timeline, lanes, timeline
from ledger.views.clocks import RecordedTime, TimeKind
from ledger.views.lanes import drawn
from ledger.views.timeline import _gaps, _place


def told(found: Timeline) -> list[tuple[str, str]]:
    """Return (clock, words) of each row with a date."""
    return [(row.moment.clock.value, row.moment.what) for row in found.dated]


def row_of(found: Timeline, what: str) -> Row:
    (row,) = (row for row in found.rows if row.moment.what == what)
    return row


@pytest.fixture
def story(book: Book) -> Book:
    """A call, told by a report that a speech answers; two of them dated to the day, one to the month."""
    with book.together():
        paper = book.agent("The Paper")
        report = book.source("Report", id="report", publisher=paper, published="2031-05-02")
        speech = book.source("Speech", id="speech", published="2031-05")
        call = book.claim("The call took place.", id="call", occurred="2031-04-16", story="troops")
        book.evidence(call, report)
        book.evidence(call, speech, seen_in=report)
        book.link(speech, Relation.REPLIES_TO, report)
        reading = Extraction(b"Report", "Report", "text/plain", PLAIN, "report.txt")
        book.capture(report, reading, Custody(taken_at="2031-05-03T23:30:00-05:00"))
        book.inquiry("Did they call?", claim=call, asked=paper, asked_on="2031-05-01", deadline="2031-05-04")
    book.review(call, Verdict.SUPPORTED, "Two tell of it.")
    return book


def test_each_clock_is_read_off_its_own_field(story: Book) -> None:
    """The event, the report, the question, the copy, the entries and the decision each come at their own time."""
    found = timeline(story.ledger.db, ["call"])
    assert ("happened", "The call took place.") in told(found)
    assert ("published", "Report") in told(found)
    assert ("asked", "Did they call?") in told(found)
    assert ("archived", "a copy of Report") in told(found)
    assert ("decided", "supported") in told(found)
    assert ("recorded", "1 claim, 2 sources, 2 pieces of evidence, 1 archived copy and 1 question recorded") in told(
        found
    )


def test_rows_come_in_the_order_of_time(story: Book) -> None:
    """What is known to be earlier stands above."""
    shown = [what for clock, what in told(timeline(story.ledger.db, ["call"])) if clock in ("happened", "published")]
    assert shown == ["The call took place.", "Speech", "Report"]  # some day of May may be its first


def test_a_copy_taken_late_abroad_may_be_of_the_next_day(story: Book) -> None:
    """An hour before midnight in one zone is the day after in UTC: the copy is drawn over both, and told as written."""
    copy = row_of(timeline(story.ledger.db, ["call"]), "a copy of Report").moment
    assert (copy.first, copy.last) == (date(2031, 5, 3).toordinal(), date(2031, 5, 4).toordinal())
    assert copy.shown == "3 May 2031, 23:30 UTC-05:00"


def test_an_unknown_day_is_a_bar_over_what_may_be_earlier_or_later(story: Book) -> None:
    """A speech of some day in May is drawn from the first to the last of what falls into May."""
    found = timeline(story.ledger.db, ["call"], upto="2031-12")
    picture = lanes(found)
    lane = picture.lanes.index(TimeKind.PUBLISHED)
    shapes = [shown[lane] for _, shown in picture.dated]
    start = [row.moment.what for row in found.dated].index("Speech")
    assert shapes[start] == "from" and shapes[-1] == "to"
    assert set(shapes[start + 1 : -1]) == {"through"}
    (beside,) = (shown for row, shown in picture.dated if row.moment.what == "Report")
    assert beside.count("point") == 1, "the day beside the bar has a lane of its own"


def test_the_world_up_to_a_day(story: Book) -> None:
    """What surely came later is left out and counted; what may have come later is marked."""
    found = timeline(story.ledger.db, ["call"], upto="2031-05-02")
    world = [what for clock, what in told(found) if clock not in ("recorded", "decided")]
    assert world == ["The call took place.", "Did they call?", "Speech", "Report"]
    assert row_of(found, "Speech").note == "may have been later"
    assert row_of(found, "Report").note == ""
    assert found.later == 1 and found.upto == "2 May 2031"


@pytest.mark.parametrize("upto", ["XXXX-05-02", "2031-05/..", "soon", ""])
def test_a_day_without_an_end_is_refused(story: Book, upto: str) -> None:
    """The world cannot be looked at on a day of no year."""
    with pytest.raises(InputError):
        timeline(story.ledger.db, ["call"], upto=upto)


def test_order_is_known_without_a_year(book: Book) -> None:
    """16 April, the report of 2 May that tells of it and the undated speech that answers stand in that order."""
    with book.together():
        report = book.source("Report", id="report", published="XXXX-05-02")
        speech = book.source("Speech", id="speech")
        article = book.source("Article", id="article")
        call = book.claim("The call took place.", id="call", occurred="XXXX-04-16")
        book.evidence(call, report, seen_in=article)
        book.evidence(call, speech, seen_in=article)
        book.link(speech, Relation.REPLIES_TO, report)
        book.link(article, Relation.QUOTES, speech)
    found = timeline(book.ledger.db, ["call"])
    assert [row.moment.what for row in found.apart] == ["The call took place.", "Report", "Speech", "Article"]
    assert row_of(found, "Report").note == "not before what happened on 16 April, year not given"
    assert row_of(found, "Speech").note == "not before “Report”"
    assert row_of(found, "Article").note == "not before “Speech”", "what follows from that is not said again"
    assert [shown.count("open") for _, shown in lanes(found).apart] == [1, 1, 1, 1]


def test_a_claim_that_was_said_and_happened_without_a_year_is_two_moments(book: Book) -> None:
    """Neither takes the other's place, and an order is of the one that sources tell of."""
    with book.together():
        claim = book.claim("The call took place.", id="call", occurred="XXXX-04-16", said="XXXX-05-02")
        book.evidence(claim, book.source("Report", id="report"))
    found = timeline(book.ledger.db, ["call"])
    assert [(row.moment.clock.value, row.moment.shown) for row in found.apart] == [
        ("happened", "16 April, year not given"),
        ("said", "2 May, year not given"),
        ("published", "no date"),
    ]
    assert row_of(found, "Report").note == "not before what happened on 16 April, year not given"


def test_sources_that_cite_each_other_are_all_shown(book: Book) -> None:
    """A circle has no order; nothing is lost, and the timeline does not wait for ever."""
    with book.together():
        one, other = book.source("One", id="one"), book.source("Other", id="other")
        claim = book.claim("It is so.", id="so")
        book.evidence(claim, one)
        book.evidence(claim, other)
        book.link(one, Relation.CITES, other)
        book.link(other, Relation.CITES, one)
    assert {row.moment.what for row in timeline(book.ledger.db, ["so"]).apart} == {"One", "Other"}


def test_a_reference_date_places_a_source_and_says_so(book: Book) -> None:
    """An undated article stands at the day that its words count from; that it is not its own date is told."""
    claim = book.claim("It is so.", id="so")
    book.evidence(claim, book.source("Article", id="article", published="XXXX-05-02", reference_date="2031-05-02"))
    article = row_of(timeline(book.ledger.db, ["so"]), "Article")
    assert article.moment.shown == "2 May 2031"
    assert article.note == "by the day that its words count from; it says 2 May, year not given"


def test_what_was_corrected_later_stands_at_its_day(story: Book) -> None:
    """A correction is a time of the ledger: it is told beside what was recorded that day."""
    story.correct("call", {"text": "A call took place."}, "It was not the only one.")
    recorded = [row.moment.what for row in timeline(story.ledger.db, ["call"]).dated if row.moment.clock == "recorded"]
    assert any("1 claim corrected" in what for what in recorded)


def test_several_claims_share_their_sources(story: Book) -> None:
    """A source that carries two claims is one moment; each claim's verdict names its claim."""
    report = queries.by_handle(story.ledger.db, "report")
    assert report is not None
    more = story.claim("The call was tense.", id="tense", occurred="2031-04-16")
    story.evidence(more, report.record)  # type: ignore[arg-type]
    found = timeline(story.ledger.db, ["call", "tense"])
    assert sum(what == "Report" for _, what in told(found)) == 1
    assert ("decided", "supported: The call took place.") in told(found)


DAYS = st.integers(738_000, 738_030)
REACHES = st.tuples(st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS)).filter(
    lambda ends: ends != (None, None) and (None in ends or ends[0] <= ends[1])  # type: ignore[operator]
)


@given(st.lists(st.tuples(REACHES, st.sampled_from(TimeKind)), max_size=14))
def test_bars_cover_exactly_what_may_come_in_another_order(reaches: list[tuple[tuple[int, int], TimeKind]]) -> None:
    """Of every two moments, the upper one's bar reaches the lower one's row where that may have been the earlier."""
    moments = [RecordedTime(clock=clock, what=str(n), first=a, last=b) for n, ((a, b), clock) in enumerate(reaches)]
    shown = sorted(moments, key=_place)
    columns, cells = drawn(shown, ())
    for row, upper in enumerate(shown):
        assert sum(cell in ("point", "span", "from", "to", "through") for cell in cells[row]) >= 1
        for below in range(row + 1, len(shown)):
            lower = shown[below]
            may_swap = upper.last is None or lower.first is None or lower.first <= upper.last
            if may_swap and upper.first != upper.last:
                mine = [cells[below][n] for n, (clock, _) in enumerate(columns) if clock == upper.clock]
                assert any(shape in ("through", "to", "from", "point", "span") for shape in mine)


@given(st.lists(REACHES, min_size=1, max_size=10))
def test_a_gap_is_stated_only_where_nothing_above_can_reach_it(reaches: list[tuple[int, int]]) -> None:
    """Where a time is said to have passed, that much has passed since all that stands above."""
    shown = sorted((RecordedTime(clock=TimeKind.SAID, what="", first=a, last=b) for a, b in reaches), key=_place)
    for row, gap in enumerate(_gaps(shown)):
        above = [10**9 if one.last is None else one.last for one in shown[:row]]
        first = shown[row].first
        if gap:
            assert first is not None and all(first - last >= 2 for last in above)
        elif above and first is not None:
            assert first - max(above) < 2
