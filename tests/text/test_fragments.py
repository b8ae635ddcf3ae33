"""Places in what is no plain text: one writing, in words and back, and what is no place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.text import Fragment, Region, fragment, page_in, place_words
from ledger.text.fragments import MEDIA, MOST_PAGES, PDF, is_canonical

WHOLE = st.integers(0, 99_999).map(Decimal)
NUMBERS = st.decimals(0, 99_999, places=3)
SECONDS = st.decimals(0, 999_999, places=3)


@st.composite
def regions(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal]) -> Region:
    left, top, width, height = (draw(numbers) for _ in range(4))
    return Region(left, top, width or Decimal(1), height or Decimal(1))


@st.composite
def shares(draw: st.DrawFn) -> Region:
    left, top = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    width, height = draw(st.integers(1, 100 - left)), draw(st.integers(1, 100 - top))
    return Region(*map(Decimal, (left, top, width, height)), percent=True)


@st.composite
def places(draw: st.DrawFn) -> Fragment:
    """A place of any kind that can be recorded."""
    if draw(st.booleans()):
        return Fragment(page=draw(st.integers(1, MOST_PAGES)), region=draw(st.none() | regions(NUMBERS)))
    region = draw(st.none() | regions(WHOLE) | shares())
    start = draw(SECONDS if region is None else st.none() | SECONDS)
    end = None if start is None else draw(st.none() | SECONDS.filter(lambda end: end > start))
    return Fragment(start=start, end=end, region=region)


@given(places())
@example(Fragment(start=Decimal("3599.999"), end=Decimal(3600)))
@example(Fragment(start=Decimal(0)))
def test_a_place_is_read_back_from_its_writing_and_from_its_words(place: Fragment) -> None:
    """What is recorded, and what a reader is told, say the same place; the writing is the only one."""
    assert fragment(str(place)) == place
    assert fragment(place.words) == place
    assert is_canonical(str(place))
    assert str(fragment(place.words)) == str(place)
    assert place_words(str(place)) == place.words
    assert page_in(str(place)) == place.page


@given(st.text(max_size=60) | st.from_regex(r"(page|t|xywh|viewrect)=[0-9.,:a-z%&=-]{0,20}", fullmatch=True))
def test_any_text_is_a_place_or_is_refused_in_one_line(text: str) -> None:
    """Nothing else comes out of it, and what is taken has one writing."""
    try:
        place = fragment(text)
    except InputError as error:
        assert error.hint and error.where == "at"
        assert not is_canonical(text)
    else:
        assert fragment(str(place)) == place
        assert str(fragment(str(place))) == str(place)


@pytest.mark.parametrize(
    ("written", "recorded", "words"),
    [
        ("page=12", "page=12", "page 12"),
        ("#page=012", "page=12", "page 12"),
        ("p. 12", "page=12", "page 12"),
        ("Page 12", "page=12", "page 12"),
        ("page=3&viewrect=5,6.50,30,15", "page=3&viewrect=5,6.5,30,15", "page 3, the part 30 by 15 at 5, 6.5"),
        ("t=12.50,20", "t=12.5,20", "from 0:12.5 to 0:20"),
        ("t=npt:10,20", "t=10,20", "from 0:10 to 0:20"),
        ("t=,20", "t=0,20", "from 0:00 to 0:20"),
        ("t=0:12,1:02:03", "t=12,3723", "from 0:12 to 1:02:03"),
        ("0:12-0:20", "t=12,20", "from 0:12 to 0:20"),
        ("0:12 – 0:20", "t=12,20", "from 0:12 to 0:20"),
        ("from 75:30", "t=4530", "from 1:15:30"),
        ("xywh=160,120,320,240", "xywh=160,120,320,240", "the part 320 by 240 at 160, 120"),
        ("xywh=pixel:160,120,320,240", "xywh=160,120,320,240", "the part 320 by 240 at 160, 120"),
        ("xywh=percent:25,25,50,50", "xywh=percent:25,25,50,50", "the part 50% by 50% at 25%, 25%"),
        (
            "xywh=1,2,3,4&t=5,6",
            "t=5,6&xywh=1,2,3,4",
            "from 0:05 to 0:06, the part 3 by 4 at 1, 2",
        ),
    ],
)  # fmt: skip
def test_what_people_write(written: str, recorded: str, words: str) -> None:
    """One writing is recorded of many, and a reader is told it in words."""
    place = fragment(written)
    assert (str(place), place.words) == (recorded, words)
    assert place.conforms_to == (PDF if place.page else MEDIA)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "This is empty"),
        ("12", "could say several"),
        ("12-20", "could say several"),
        ("page 3-5", "could say several"),
        ("page=0", "There is no page 0"),
        ("page=-1", "'-1' is no number of a page"),
        ("page=xii", "'xii' is no number of a page"),
        ("page=٣", "is no number of a page"),
        ("page=9999999", "There is no page 9999999"),
        ("page=1&page=2", "page is given twice"),
        ("page=1&t=3", "A page has no time"),
        ("page=1&xywh=1,2,3,4", "a part of it is given otherwise"),
        ("viewrect=1,2,3,4", "no page is given"),
        ("zoom=3", "'zoom' says no place"),
        ("t=20,10", "The end, 0:10, is not after the start, 0:20"),
        ("0:20-0:20", "The end, 0:20, is not after the start, 0:20"),
        ("t=NaN", "'NaN' is no time"),
        ("t=1e5", "'1e5' is no time"),
        ("t=-5", "'-5' is no time"),
        ("t=0:75", "'0:75' is no time"),
        ("t=5,", "The end is missing"),
        ("t=smpte:10:12:33,10:12:35", "Times of the kind 'smpte' are not read"),
        ("t=99999999", "No recording has a minute 1,666,666"),
        ("xywh=1,2,3", "it takes four whole numbers"),
        ("xywh=1.5,2,3,4", "it takes four whole numbers"),
        ("xywh=nan,2,3,4", "it takes four whole numbers"),
        ("xywh=1,2,0,4", "without width or height"),
        ("xywh=percent:60,0,50,10", "60% and 50% lead beyond the right edge"),
        ("xywh=percent:0,1,10,100", "1% and 100% lead beyond the lower edge"),
        ("xywh=cm:1,2,3,4", "not measured in 'cm'"),
        ("page 1, the part 5% by 5% at 1%, 2%", "in one measure"),
        ("the part 5% by 5 at 1, 2", "in one measure"),
        ("the part of it", "says no part"),
        ("page=1" * 40, "too long"),
    ],
)  # fmt: skip
def test_what_is_no_place(written: str, says: str) -> None:
    """The message says what is wrong, the hint how to write it."""
    with pytest.raises(InputError, match=says) as refusal:
        fragment(written)
    assert refusal.value.hint and "\n" not in str(refusal.value)


def test_a_place_that_cannot_be_read_is_shown_as_it_stands() -> None:
    """What another ledger recorded is neither lost nor taken for a page."""
    assert place_words("page=[withheld]") == "page=[withheld]"
    assert place_words(None) == ""
    assert page_in("page=[withheld]") is None
    assert page_in(None) is None
