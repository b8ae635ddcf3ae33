"""The contract of readers: what is suggested can be written down and read again; what is none is refused."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InputError, InquiryState, Relation, SourceKind, hookimpl
from ledger import reader as contract
from ledger.plugins import Hooks, Plugins
from ledger.reader import (
    LeftOut,
    Mention,
    MentionKind,
    Nature,
    Reader,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
    SuggestedSource,
    from_json,
    to_json,
)
from ledger.text import Span

spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
mentions = st.builds(
    Mention, span=spans, name=words, kind=st.sampled_from(MentionKind), plural=st.booleans(), role=words
)
places = st.lists(spans, max_size=3).map(tuple)
voices = st.lists(mentions, max_size=2).map(tuple)
every: dict[str, Any] = {"span": spans, "reason": words, "reader": words, "version": words}
suggestions = st.one_of(
    st.builds(
        SuggestedClaim, **every, nature=st.sampled_from(Nature), content=spans, voices=voices, cue=st.none() | spans,
        quotations=places, dates=places, figures=places,
    ),
    st.builds(SuggestedAgent, **every, name=words, kind=st.sampled_from(MentionKind), role=words, mentions=places),
    st.builds(
        SuggestedSource, **every, name=words, kind=st.sampled_from(SourceKind), relation=st.sampled_from(Relation),
        whole=st.booleans(), published=st.none() | words,
    ),
    st.builds(
        SuggestedInquiry, **every, asked=mentions, asked_by=st.none() | mentions, state=st.sampled_from(InquiryState),
        question=st.none() | spans, about=st.none() | spans,
    ),
    st.builds(LeftOut, **every),
)  # fmt: skip


@given(suggestions)
def test_a_suggestion_is_the_same_after_it_was_written_down(one: Suggested) -> None:
    """A reader runs in another process: nothing is lost on the way."""
    assert from_json(to_json(one)) == one


@pytest.mark.parametrize(
    "data",
    [None, [], "claim", {}, {"suggests": "verdict"}, {"suggests": ["claim"]}, {"suggests": "claim", "span": [1, 2]},
     {"suggests": "left_out", "reason": "x", "span": {"start": 5, "end": 2}},
     {"suggests": "left_out", "reason": 7, "span": {"start": 1, "end": 2}}],
)  # fmt: skip
def test_what_is_no_suggestion_is_refused(data: Any) -> None:
    """Neither another shape nor a place that ends before it begins passes."""
    with pytest.raises(InputError):
        from_json(data)


def test_the_speaker_is_the_voice_farthest_from_the_article() -> None:
    """Of nested voices the last one asserts; without any, the article does."""
    span = Span(0, 1)
    near, far = (Mention(span=span, name=name) for name in ("Coastwire", "Marta Quell"))
    claim = SuggestedClaim(span=span, reason="", nature=Nature.FACTUAL, content=span, voices=(near, far))
    assert claim.speaker == far
    assert attrs.evolve(claim, voices=()).speaker is None


def test_what_is_public_is_listed() -> None:
    """Every name of the contract is there, and says what it is."""
    assert sorted(contract.__all__) == contract.__all__
    assert all(getattr(contract, name).__doc__ for name in contract.__all__)


class Plain(Reader):
    """Suggests nothing."""

    name = "plain"
    establishes = "nothing"
    does_not_establish = "anything"


def registered(*readers: Any) -> Plugins:
    """Return plugins of which each registers one of these."""
    import pluggy

    from ledger.plugins import GROUP, Plugin

    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    plugins = Plugins(manager)
    for number, reader in enumerate(readers):

        class Bringing:
            @hookimpl
            def ledger_register_readers(self, one: Any = reader) -> list[Any]:
                return [one]

        manager.register(Bringing(), name=f"p{number}")
        plugins.loaded.append(Plugin(f"p{number}", "d", "1", ("ledger_register_readers",)))
    return plugins


@pytest.mark.parametrize(
    ("reader", "because"),
    [
        (object(), "which is no Reader"),
        (type("Unsaid", (Plain,), {"establishes": ""})(), "does not say its establishes"),
        (type("Badly", (Plain,), {"name": "Not A Name"})(), "needs a name such as"),
        (type("Maybe", (Plain,), {"asks": "perhaps"})(), "whether it asks"),
    ],
)
def test_what_cannot_be_a_reader_is_a_fault(reader: Any, because: str) -> None:
    """It is said, and the others are there."""
    plugins = registered(reader, Plain())
    assert [one.name for one in plugins.readers()] == ["plain"]
    assert because in plugins.faults[0].reason


def test_two_readers_of_a_name_are_faults_that_name_each_other() -> None:
    """No reader takes the place of another: neither runs."""
    plugins = registered(Plain(), Plain())
    assert plugins.readers() == []
    assert [(fault.plugin, fault.reason) for fault in plugins.faults] == [
        ("p0", "Its reader plain has the name of one from p1; neither runs."),
        ("p1", "Its reader plain has the name of one from p0; neither runs."),
    ]
