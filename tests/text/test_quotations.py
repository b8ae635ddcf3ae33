"""Quotations: found exactly or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.text import Span, context, find, nearest, normalise, quoted

SOURCE = """\
“The north quay is not safe,” Capt. Tom Reyes told the Harbour Gazette. “We’ve found
rot in 12 of its piles—two of them gone—and we can’t wait until autumn.”

Repairs will cost $1,500,000, up from 1.2 million. The quay’s non-binding lease ends
at 10:30 on Friday; the ofﬁce stays open. It was −5 degrees. The quay is not for sale.
"""


def found(quote: str) -> list[str]:
    return [span.of(SOURCE) for span in find(quote, SOURCE)]


FAITHFUL = {
    "exact": "Repairs will cost $1,500,000",
    "straight marks": "\"We've found rot in 12 of its piles",
    "outer marks and space": " « The north quay is not safe » ",
    "line break": "We’ve found rot",
    "double hyphen": "its piles -- two of them gone -- and we can't wait",
    "spaced dash": "its piles – two of them gone – and",
    "ligature": "the office stays open",
    "inner marks": 'not safe," Capt. Tom Reyes told',
    "typed minus": "It was -5 degrees",
    "beside a dash": "two of them gone",
    "before a dash": "rot in 12 of its piles",
    "stop at the end": "for sale.",
    "possessive": "quay's non-binding lease",
}


@pytest.mark.parametrize("quote", FAITHFUL.values(), ids=FAITHFUL)
def test_faithful(quote: str) -> None:
    """The same words are found however they were typed."""
    assert len(find(quote, SOURCE)) == 1


UNFAITHFUL = {
    "digit": "rot in 13 of its piles",
    "negation dropped": "The north quay is safe",
    "negation added": "Repairs will not cost",
    "word": "the Harbour Herald",
    "case": "the north quay",
    "order": "binding non-lease",
    "omission": "The north quay is ... safe",
    "punctuation": "It was, -5 degrees",
    "inside a word": "The quay is not for sal",
    "before n't": "and we can",
    "after non-": "binding lease ends",
    "before -binding": "The quay’s non",
    "inside thousands": "500,000, up from",
    "before thousands": "cost $1,500",
    "after the decimal point": "2 million",
    "inside a time": "30 on Friday",
    "before 's": "1.2 million. The quay",
    "without its sign": "5 degrees",
}


@pytest.mark.parametrize("quote", UNFAITHFUL.values(), ids=UNFAITHFUL)
def test_unfaithful(quote: str) -> None:
    """Words that were changed, or cut inside a word or number, are not found."""
    assert found(quote) == []


def test_original_characters() -> None:
    """A place is given in the source as it was written, line break and all."""
    assert found("We've found rot") == ["We’ve found\nrot"]


def test_every_place() -> None:
    """All places are returned, in order."""
    assert found("quay is not") == ["quay is not", "quay is not"]
    assert found("a a") == []
    assert len(find("ha ha", "ha ha ha")) == 2


def test_prepared_text() -> None:
    """A prepared text gives the same places as the text itself."""
    assert find("is not", normalise(SOURCE)) == find("is not", SOURCE)


@pytest.mark.parametrize("quote", ["", "  ", '""', "...", "—"])
def test_no_words(quote: str) -> None:
    """A quotation without words stands nowhere."""
    assert found(quote) == []


def test_accent_without_a_composed_form() -> None:
    """A letter is not found without its accent, composed or not."""
    assert find("plan x", "plan x\u0302 failed") == ()
    assert find("Cafe", "Cafe\u0301 Brandt") == ()


WORDS = st.lists(
    st.sampled_from(["quay", "Né", "e\u0301te\u0301", "oﬃce", "x\u0302", "12", "1,500", "can’t", "中文"]),
    min_size=1,
    max_size=12,
)
GAPS = st.sampled_from([" ", "\n", ", ", ". ", "—", " – ", "… ", "” “", "\u00a0", " -- ", " (", ") "])


@given(WORDS, st.data())
def test_any_slice_is_found(words: list[str], data: st.DataObject) -> None:
    """Whole words cut from a text are found where they were cut."""
    text, places = "", []
    for word in words:
        text += data.draw(GAPS)
        places.append(Span(len(text), len(text) + len(word)))
        text += word
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, len(places) - 1))
    cut = Span(places[first].start, places[last].end)
    assert cut in find(cut.of(text), text)


@given(st.text(), st.text())
def test_what_is_found_has_the_same_form(quote: str, text: str) -> None:
    """Whatever is found has the form of the quotation, in any text."""
    marks = " \"'"
    for span in find(quote, f"{text} {quote} {text}"):
        form = normalise(span.of(f"{text} {quote} {text}")).text
        assert normalise(quote).text.strip(marks) in form


QUOTED = {
    "straight": ('He said, "The quay is shut." Boats moved.', ["The quay is shut."]),
    "curly": ("“The quay is shut,” he said.", ["The quay is shut,"]),
    "guillemets": ("« Le quai est fermé », dit-il.", ["Le quai est fermé"]),
    "two": ('"The quay is shut," he said. "Boats have moved."',
            ["The quay is shut,", "Boats have moved."]),
    "scare quotes": ('The "quay" and the "fish market" closed.', []),
    "apostrophes": ("The dockers' boats weren't the mayor's, 'he said it' twice.", []),
    "marks inside": ("“He said ‘shut it’ twice,” she said.", ["He said ‘shut it’ twice,"]),
    "inches": ('A 12" pipe and a 14" pipe were 9" too long here.', []),
    "after a bracket": ('("The quay is shut")', ["The quay is shut"]),
    "beside a dash": ('shut—"for the whole year"—said', ["for the whole year"]),
    "interrupted": ('"The quay is—" he said. "It is shut."', ["The quay is—", "It is shut."]),
    "not closed": ("“The quay is shut.\n\n“The boats have moved,” he said.",
                   ["The quay is shut.", "The boats have moved,"]),
    "straight not closed": ('"The quay is shut. "Boats have moved," he said.',
                            ["The quay is shut.", "Boats have moved,"]),
    "closed only": ('The quay is shut," he said to nobody at all.', []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "inner"), QUOTED.values(), ids=QUOTED)
def test_quoted(text: str, inner: list[str]) -> None:
    """Quotations of three words or more are given without their marks."""
    assert [span.of(text) for span in quoted(text)] == inner


@given(st.text(alphabet=st.sampled_from("ab \"“”«»'—(\n")) | st.text())
def test_quoted_spans(text: str) -> None:
    """Quotations come in order, do not overlap, and have no white space around them."""
    spans = quoted(text)
    assert all(before.end < after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


def test_context() -> None:
    """Prefix and suffix are the original characters beside the span, cut between words."""
    text = "The harbour master closed the north quay on Tuesday after divers found rot."
    span = Span(text.index("north"), text.index(" on"))
    assert context(text, span, width=16) == ("closed the ", " on Tuesday")


def test_context_at_the_edges() -> None:
    """At the edge of the text there is as much context as there is text."""
    assert context("It closed.", Span(3, 10)) == ("It ", "")
    assert context("It closed.", Span(0, 2)) == ("", " closed.")


def test_context_without_spaces() -> None:
    """Where there is no white space to cut at, the context is cut at its width."""
    assert context("港務局長關閉北碼頭", Span(4, 6), width=3) == ("務局長", "北碼頭")


def test_context_of_another_text() -> None:
    """A span that the text cannot hold is refused."""
    with pytest.raises(InputError, match="The text has 3 characters"):
        context("The", Span(2, 9))


@given(st.text(), st.data())
def test_context_is_beside_the_span(text: str, data: st.DataObject) -> None:
    """Prefix, span and suffix stand together in the text, and the width is kept."""
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    prefix, suffix = context(text, span, width=8)
    assert text[: span.start].endswith(prefix)
    assert text[span.end :].startswith(suffix)
    assert max(len(prefix), len(suffix)) <= 8


NEAREST = {
    "digit": "rot in 13 of its piles",
    "negation": "the north quay is safe",
    "name": "Capt. Tom Alvarez told the Harbour Gazette",
    "word dropped": "rot in 12 its piles - two of them gone",
    "case": "REPAIRS WILL COST",
}


@pytest.mark.parametrize("quote", NEAREST.values(), ids=NEAREST)
def test_nearest(quote: str) -> None:
    """A changed quotation is located, and still not found."""
    span = nearest(quote, SOURCE)
    assert span is not None
    shared = set(normalise(quote).text.lower().split())
    assert len(shared & set(normalise(span.of(SOURCE)).text.lower().split())) >= 3
    assert find(quote, SOURCE) == ()


def test_nearest_is_aligned() -> None:
    """The passage begins and ends where the quotation does, changed words included."""
    text = "In May the council voted to sell the ferry, and the mayor agreed."
    span = nearest("The board voted to sell the ship", text)
    assert span is not None
    assert span.of(text) == "the council voted to sell the ferry"


@pytest.mark.parametrize("quote", ["", "...", "Nothing like this was ever printed", "the of and to"])
def test_nothing_near(quote: str) -> None:
    """Where nothing is clearly similar, nothing is shown."""
    assert nearest(quote, SOURCE) is None


@given(st.text(), st.text())
def test_nearest_on_any_text(quote: str, text: str) -> None:
    """Any two texts can be compared, and the passage is in the text."""
    span = nearest(quote, text)
    assert span is None or span.of(text)
