"""Where a text may be cut: at a word, in every script, and never inside a number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Span, context
from ledger.text.breaks import first_break, last_break

JAPANESE = "知事は昨年、東京都の人口が1,234万5,678人になり、コンピューターは三千五百台だったと１２，３４５人に語った。"
CHINESE = "市長說，去年該市人口增至1,234萬人，其中外國人占12.5%，預算為三千五百億元。"
THAI = "ผู้ว่าราชการจังหวัดกล่าวว่าประชากร1,234คนเมื่อปีที่แล้ว"
NUMBERS = "1,234万5,678|1,234萬|12.5%|三千五百億?|１２，３４５|1,234"
WHOLE = re.compile(rf"{NUMBERS}|コンピューター|.[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")
LONGEST = 11


@pytest.mark.parametrize("text", [JAPANESE, CHINESE, THAI], ids=["Japanese", "Chinese", "Thai"])
@pytest.mark.parametrize("width", range(LONGEST, 40))
def test_no_cut_is_inside_a_number(text: str, width: int) -> None:
    """In scripts without spaces a context begins and ends between letters: numbers, loan words, signs stay whole."""
    inside = {at for one in WHOLE.finditer(text) for at in range(one.start() + 1, one.end())}
    for at in set(range(len(text))) - inside:
        before, after = context(text, Span(at, at), width=width)
        assert inside.isdisjoint({at - len(before), at + len(after)})
        for near, there in ((before, at), (after, len(text) - at)):
            assert min(width, there) - LONGEST < len(near) <= width


def test_a_number_longer_than_the_context() -> None:
    """What is longer than all that may stand is cut where it must be."""
    assert context("それは123,456,789人", Span(14, 15), width=4) == (",789", "")


def spaced(text: str, span: Span, width: int) -> tuple[str, str]:
    """The same of a text with spaces, by two patterns."""
    prefix = text[max(0, span.start - width) : span.start]
    if span.start > width and not text[span.start - width - 1].isspace():
        prefix = re.sub(r"\A\S+\s+(?=\S)", "", prefix)
    suffix = text[span.end : span.end + width]
    if span.end + width < len(text) and not text[span.end + width].isspace():
        suffix = re.sub(r"(?<=\S)\s+\S+\Z", "", suffix)
    return prefix, suffix


@given(st.text("ab1,. \n", max_size=60), st.integers(0, 60), st.integers(0, 20), st.integers(1, 24))
def test_where_words_are_spaced(text: str, start: int, size: int, width: int) -> None:
    """A text with spaces is cut at white space, where there is any."""
    span = Span(min(start, len(text)), min(start + size, len(text)))
    assert context(text, span, width=width) == spaced(text, span, width)


@given(st.text(st.characters(), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_text(text: str, start: int, end: int) -> None:
    """Whatever the text, a cut is within what was asked for, and some of it is left."""
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assert start <= first_break(text, start, end) <= max(start, end)
    assert start <= last_break(text, start, end) <= end
    if start < end:
        assert first_break(text, start, end) < end
        assert last_break(text, start, end) > start
