"""The standard reader: who says what in an article, what it sees and what it must not see side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factledger_reader import StandardReader
from hypothesis import given
from hypothesis import strategies as st

from ledger import InquiryState, Relation, SourceKind
from ledger.reader import (
    Article,
    LeftOut,
    MentionKind,
    Nature,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
    SuggestedSource,
)
from ledger.reading.held import held
from ledger.text import sentences

CASES = tomllib.loads((Path(__file__).parent / "attribution.toml").read_text("utf-8"))["case"]


def read(text: str, **known: Any) -> list[Suggested]:
    """Return what the standard reader suggests of an English text."""
    return list(StandardReader().read(Article(text=text, **{"language": "en", **known})))


def of(kind: type[Any], text: str, **known: Any) -> list[Any]:
    return [one for one in read(text, **known) if type(one) is kind]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_who_says_what(case: dict[str, Any]) -> None:
    """Each form of a sentence gives its speaker and the words that are said, and nothing where it only looks alike."""
    text = case["text"]
    claims = [one for one in of(SuggestedClaim, text) if one.voices]
    found = [(" > ".join(voice.name for voice in one.voices), one.content.of(text)) for one in claims]
    assert [name for name, _ in found] == [name for name, _, _ in case["says"]], found
    for (_, content), (_, first, last) in zip(found, case["says"], strict=True):
        assert content.startswith(first), content
        assert content.endswith(last), content


def test_what_somebody_undertakes_is_no_fact() -> None:
    """A promise is attributed, and what was promised is not to be checked; nor is a refusal to comment a promise."""
    (promise,) = of(SuggestedClaim, "Marta Quell vowed to build a new pier.")
    assert (promise.nature, promise.voices[0].name) == (Nature.NOT_CHECKABLE, "Marta Quell")
    assert "to build" in promise.reason
    assert not of(SuggestedClaim, "Marta Quell declined to comment.")


def test_every_sentence_is_a_claim_or_an_inquiry() -> None:
    """What nobody is said to say is the article's own; an answer that did not come is no claim."""
    text = "The pier moved. Marta Quell said it was sound.\n\nThe board did not respond. It rained on 3 May 2031."
    covered = {one.span for one in read(text) if isinstance(one, SuggestedClaim | SuggestedInquiry)}
    assert covered == set(sentences(text))
    own = [one for one in of(SuggestedClaim, text) if not one.voices]
    assert [one.content.of(text) for one in own] == ["The pier moved.", "It rained on 3 May 2031."]


@pytest.mark.parametrize(
    ("text", "nature", "because"),
    [
        ("The pier is 40 metres long.", Nature.FACTUAL, "a figure"),
        ("The board should repair the pier.", Nature.OPINION, "should"),
        ("The pier will be closed before the winter.", Nature.NOT_CHECKABLE, "to come"),
        ("The pier could be closed before the winter.", Nature.NOT_CHECKABLE, "may be"),
        ("The pier is really long.", Nature.OPINION, "really"),
        ("The pier really is 40 metres long.", Nature.FACTUAL, "a figure"),
        ("Who would pay for a new pier?", Nature.NOT_CHECKABLE, "question"),
        ("Not now.", Nature.NOT_CHECKABLE, "too short"),
        ("The pier was closed on 3 May by the board.", Nature.FACTUAL, "a date"),
        ("We’ve always loved the old pier.", Nature.OPINION, "“We’ve always loved”"),
        ("And I'm not worried about the pier.", Nature.OPINION, "“I'm not worried”"),
        ("I was on the pier that evening.", Nature.FACTUAL, "asserts"),
        ("I signed the contract for the pier.", Nature.FACTUAL, "asserts"),
        ("We felt the pier move.", Nature.FACTUAL, "asserts"),
        ("We are glad that 40 ships came.", Nature.FACTUAL, "a figure"),
        ("(Reporting by Ana Roa in Leeds; additional reporting by Bo Lind)", Nature.NOT_CHECKABLE, "who made it"),
        ("Reporting by the Harbour Gazette found 40 ships.", Nature.FACTUAL, "a figure"),
    ],
)
def test_what_can_be_checked(text: str, nature: Nature, because: str) -> None:
    """Facts, opinions and the rest are told apart, each with the word that tells it."""
    (claim,) = of(SuggestedClaim, text)
    assert claim.nature is nature
    assert because in claim.reason


def test_dates_figures_and_quotations_stand_with_the_claim() -> None:
    """Each is a place within what is asserted; a number that only points back is none."""
    text = "On 3 May 2031 Marta Quell said: “The pier moved by 12 centimetres, and both engineers fled the two boats.”"
    (claim,) = of(SuggestedClaim, text)
    assert [one.of(text) for one in claim.figures] == ["12 centimetres"]
    assert [one.of(text)[:14] for one in claim.quotations] == ["The pier moved"]
    (own,) = of(SuggestedClaim, "The pier moved on 3 May 2031.")
    assert [one.of("The pier moved on 3 May 2031.") for one in own.dates] == ["3 May 2031"]


@pytest.mark.parametrize(
    ("text", "who", "state"),
    [
        ("The Harbour Board did not immediately respond to a request for comment.", "Harbour Board", "no_answer"),
        ("Marta Quell could not be reached.", "Marta Quell", "no_answer"),
        ("Marta Quell declined to comment.", "Marta Quell", "declined"),
        ("A spokesman for the board would not say whether the pier was sound.", "spokesman for the board", "declined"),
    ],
)
def test_who_was_asked_and_did_not_answer(text: str, who: str, state: str) -> None:
    """Somebody who did not answer is an inquiry, with what came of it."""
    (inquiry,) = of(SuggestedInquiry, f"The pier moved. {text}")
    assert inquiry.asked.name.removeprefix("A ") == who
    assert inquiry.state is InquiryState(state)
    assert inquiry.about is not None


@pytest.mark.parametrize(
    "text",
    [
        "The pump did not immediately restart.",
        "“We did not respond to that,” Marta Quell said.",
        "The prices declined.",
    ],
)
def test_what_is_no_inquiry(text: str) -> None:
    """A thing that does not answer, and words in a quotation, are none."""
    assert of(SuggestedInquiry, text) == []


def test_what_was_asked_stands_with_the_inquiry() -> None:
    """The question is a place in the article, where it is given."""
    text = "The board did not respond when asked whether the pier was sound."
    (inquiry,) = of(SuggestedInquiry, text)
    assert inquiry.question is not None
    assert inquiry.question.of(text) == "whether the pier was sound"


def test_people_and_organisations_are_resolved_within_the_article() -> None:
    """All mentions of one are one suggestion, by the fullest name; what is said of them is their role."""
    text = (
        "Harbour master Piet Odman and Dr Marta Quell met the Harbour Safety Council (HSC). "
        "Quell said the pier was sound. The HSC said that it was not. Odman left."
    )
    found = {one.name: one for one in of(SuggestedAgent, text)}
    assert found["Marta Quell"].kind is MentionKind.PERSON
    assert found["Marta Quell"].role == "Dr"
    assert [span.of(text) for span in found["Marta Quell"].mentions] == ["Marta Quell", "Quell"]
    assert found["Harbour Safety Council"].kind is MentionKind.ORGANISATION
    assert "The HSC" in {span.of(text) for span in found["Harbour Safety Council"].mentions}
    assert "Odman" not in found


def test_where_an_article_comes_from() -> None:
    """A wire's dateline is the origin of the whole; a house that is credited within, of something in it."""
    wire = "KESTREL BAY (Reuters) - A pier moved on Friday, the board said."
    (whole,) = of(SuggestedSource, wire)
    assert (whole.name, whole.whole, whole.kind, whole.relation) == (
        "Reuters", True, SourceKind.WIRE_REPORT, Relation.REPRINTS,
    )  # fmt: skip
    within = "The pier moved, first reported by The Guardian on 3 May 2031, and again a day later."
    (one,) = of(SuggestedSource, within)
    assert (one.whole, one.published) == (False, "2031-05-03")


def test_another_language_is_not_read_and_said_to_be() -> None:
    """Words of a language without its list are left out whole."""
    (left_out,) = read("Satama suljetaan kesäkuussa, sanoi Marta Quell.", language="fi")
    assert isinstance(left_out, LeftOut)
    assert "fi" in left_out.reason


PIECES = (
    "Marta Quell", "said", "that", "the pier", "“", "”", '"', ",", ".", "\n\n", "according to", "who", "Reuters", ":",
    "as saying", "quoted", "did not respond", "They", "and", "told", "(", ")", "3 May", "''", "which", "with", "saying",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=200))
def test_whatever_the_text_all_that_is_suggested_stands_in_it(text: str) -> None:
    """No text breaks the reader, and nothing that it suggests is dropped for not standing there."""
    import json

    from ledger.reader import to_json

    article = Article(text=text, language="en")
    lines = [json.dumps(to_json(one)) for one in StandardReader().read(article)]
    found, left_out = held(article, "standard", "1", lines)
    assert left_out == []
    assert len(found) == len(set(lines))


@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("\n", "\r\n"), str.rstrip], ids=["", "CRLF", "no end"]
)
def test_line_ends_do_not_matter(change: Callable[[str], str]) -> None:
    """The same is found of a text with the line ends of another system, and without its last."""
    text = change("The pier moved.\n\n“It is rotten,” Marta Quell said.\n")
    assert [one.speaker.name for one in of(SuggestedClaim, text) if one.speaker] == ["Marta Quell"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Odman says that the pier is sound.", MentionKind.UNCLEAR),
        ("Management said that the pier is sound, and the management left.", MentionKind.UNNAMED),
        ("Sailors said that the pier is sound.", MentionKind.UNNAMED),
    ],
)
def test_a_name_with_which_a_sentence_begins_is_no_unnamed_source(text: str, kind: MentionKind) -> None:
    """A capital tells a name also there, unless the word is a list's, a plural, or small elsewhere in the text."""
    (claim,) = [one for one in of(SuggestedClaim, text) if one.voices]
    assert claim.voices[0].kind is kind
