"""Where recorded words stand in another version of their text."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from ledger import Anchor
from ledger.text import AnchorState, Span, compare, context, locate

MINUTES = (
    "Minutes of the harbour council.\n\nThe bridge was closed in May. Nobody was hurt.\n\n"
    "In June the quay was paved. The bridge was closed in May, said the warden, for want of rivets.\n\n"
    "The meeting ended."
)


def anchored(words: str, text: str, *, number: int = 0) -> Anchor:
    """Return an anchor of the words where they stand for the `number`th time."""
    place = compare(words, text).places[number]
    prefix, suffix = context(text, place)
    return Anchor(exact=place.of(text), prefix=prefix, suffix=suffix, start=place.start, end=place.end)


def test_words_that_stand_where_they_stood_are_exact() -> None:
    """Nothing changed: the state is exact and the span the recorded one."""
    anchor = anchored("Nobody was hurt", MINUTES)
    place = locate(anchor, MINUTES, before=MINUTES)
    assert (place.state, place.span) == (AnchorState.EXACT, Span(anchor.start or 0, anchor.end or 0))


def test_words_whose_text_grew_above_them_have_moved() -> None:
    """A note put in above shifts the passage: it is found, and said to have moved."""
    later = MINUTES.replace("council.", "council. Present: twelve members.")
    place = locate(anchored("the quay was paved", MINUTES), later, before=MINUTES)
    assert place.state is AnchorState.MOVED
    assert place.span is not None and place.span.of(later) == "the quay was paved"


def test_the_first_of_two_alike_sentences_is_told_from_the_second() -> None:
    """Both stand in both versions: what is around each tells which is which."""
    later = "A correction was made. " + MINUTES
    for number in (0, 1):
        place = locate(anchored("The bridge was closed in May", MINUTES, number=number), later, before=MINUTES)
        assert place.state is AnchorState.MOVED
        assert place.span == compare("The bridge was closed in May", later).places[number]


def test_a_look_alike_is_never_taken_for_a_passage_that_is_gone() -> None:
    """The quoted sentence was taken out; the same words further down are not it."""
    later = MINUTES.replace("The bridge was closed in May. Nobody was hurt.\n\n", "")
    place = locate(anchored("The bridge was closed in May", MINUTES), later, before=MINUTES)
    assert place.state is AnchorState.AMBIGUOUS
    assert place.span is None and len(place.places) == 1


def test_two_copies_of_one_passage_are_ambiguous() -> None:
    """A paragraph that now stands twice, the same all around, could be either."""
    paragraph = "In the morning the ferry was late. It had met fog off Kestrel Bay. Nobody complained. "
    text = "Report. " + paragraph * 1 + "End."
    later = "Report. " + (paragraph + "Report. ") * 2 + "End."
    assert locate(anchored("It had met fog", text), later, before=text).state is AnchorState.AMBIGUOUS


def test_a_changed_digit_is_missing_and_shown() -> None:
    """Words that are there with another figure are not there; the passage most like them is shown."""
    text = "The council counted 412 ships in the basin. They were towed."
    later = text.replace("412", "421")
    place = locate(anchored("The council counted 412 ships", text), later, before=text)
    assert place.state is AnchorState.MISSING and place.span is None
    assert place.nearest is not None and place.nearest.of(later) == "The council counted 421 ships"


def test_without_the_earlier_text_prefix_and_suffix_tell() -> None:
    """An anchor whose text was never archived is still told by the words it was recorded with."""
    anchor = attrs.evolve(anchored("The bridge was closed in May", MINUTES, number=1), start=None, end=None)
    later = "A correction was made. " + MINUTES
    place = locate(anchor, later)
    assert place.span == compare("The bridge was closed in May", later).places[1]


SENTENCES = st.lists(
    st.sampled_from(
        "The bridge was closed.|Nobody was hurt.|The ferry was late.|It met fog.|Rain fell on the quay.|"
        "The warden resigned.|Twelve ships left.|The crane fell.|No cargo was lost.|The lamp went out.".split("|")
    ),
    min_size=3,
    max_size=14,
)


@given(SENTENCES, st.data())
def test_no_edit_makes_words_jump(sentences: list[str], data: st.DataObject) -> None:
    """Whatever sentences are put in or taken out: what is said to be the passage is the passage, or nothing is."""
    at = data.draw(st.integers(0, len(sentences) - 1))
    numbered = list(enumerate(sentences))
    text = " ".join(sentences)
    start = len(" ".join(sentences[:at])) + (at > 0)
    words = sentences[at].removesuffix(".")
    prefix, suffix = context(text, Span(start, start + len(words)))
    anchor = Anchor(exact=words, prefix=prefix, suffix=suffix, start=start, end=start + len(words))
    kept = data.draw(st.sets(st.sampled_from(range(len(sentences)))))
    added = data.draw(st.lists(st.tuples(st.integers(0, len(sentences)), st.just("A note was added."))))
    later = [(number, one) for number, one in numbered if number in kept]
    for position, note in added:
        later.insert(min(position, len(later)), (-1, note))
    new = " ".join(one for _, one in later)
    place = locate(anchor, new, before=text)
    if at not in kept:
        unsure = place.state in (AnchorState.MISSING, AnchorState.AMBIGUOUS)
        assert unsure or _unknowable(sentences, at, kept)
    elif place.span is not None:
        before = [number for number, _ in later].index(at)
        true = len(" ".join(one for _, one in later[:before])) + (before > 0)
        several = sentences.count(sentences[at]) > 1
        assert place.span.start == true or (several and _unknowable(sentences, at, kept))


def _unknowable(sentences: list[str], at: int, kept: set[int]) -> bool:
    """Return whether what is left can also come of keeping the passage: then nobody can know whether it was."""
    shown = [sentences[number] for number in sorted(kept)]
    return any(
        _within(shown[:place], sentences[:at]) and _within(shown[place + 1 :], sentences[at + 1 :])
        for place, one in enumerate(shown)
        if one == sentences[at]
    )


def _within(few: list[str], many: list[str]) -> bool:
    """Return whether the sentences stand in that order among the others."""
    rest = iter(many)
    return all(one in rest for one in few)
