"""Which quotations a text makes, and what stands around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.text import Span, context, quoted

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
