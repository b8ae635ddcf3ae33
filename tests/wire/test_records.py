"""Records to JSON and back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import wire
from ledger.model import KINDS, Agent, Anchor, Claim, Evidence, FindingSet, Link, Record, Relation, Result, Value
from ledger.wire import NotCanonical

LONG_NUMBER = re.compile(r"\d{16}")


def records() -> st.SearchStrategy[Record]:
    """Any record of any kind, but for numbers too large for JSON."""
    drawn = st.sampled_from(list(KINDS.values())).flatmap(st.from_type)
    return drawn.filter(lambda record: not LONG_NUMBER.search(repr(record)))


@given(records())
def test_round_trip(record: Record) -> None:
    """Every record comes back from its canonical JSON as it was."""
    text = wire.dumps(wire.unstructure(record))
    assert wire.structure(wire.loads(text), type(record)) == record


@pytest.mark.parametrize("cls", KINDS.values())
def test_every_kind_says_its_name(cls: type[Record]) -> None:
    """A record's kind is the key it is found under."""
    assert KINDS[cls.KIND] is cls


def test_defaults_are_left_out() -> None:
    """Fields at their default are not written, so that an agent is little more than a name."""
    agent = Agent(uid="a" * 32, handle="marta-quell", name="Marta Quell")
    assert wire.unstructure(agent) == {"uid": "a" * 32, "handle": "marta-quell", "name": "Marta Quell"}


def test_vocabularies_become_words() -> None:
    """Enums and tuples become text and lists, as JSON has only those."""
    link = Link(uid="1", handle="l", source="s", relation=Relation.REPRINTS, comes_from="o")
    assert wire.unstructure(link)["relation"] == "reprints"
    found = Result(uid="1", handle="r", subject="c", run="2", sets=(FindingSet("date-order", "1", ()),))
    assert wire.unstructure(found)["sets"] == [{"checker": "date-order", "version": "1", "findings": []}]


def test_parts_of_a_record() -> None:
    """A claim's value and a quotation's anchor travel inside their records."""
    claim = Claim(uid="1", handle="toll", text="The toll is 4.50.", value=Value("ferry", "toll", "4.50", "EUR"))
    assert wire.structure(wire.unstructure(claim), Claim) == claim
    item = Evidence(uid="2", handle="e", claim="1", source="3", anchor=Anchor("4.50", start=12, end=16))
    assert wire.structure(wire.unstructure(item), Evidence) == item


def test_a_place_is_written_only_where_there_is_one() -> None:
    """Anchors of older ledgers keep their bytes, and are read as without a place; words may be empty beside one."""
    old = '{"end":16,"exact":"4.50","start":12}'
    assert wire.dumps(wire.unstructure(wire.structure(wire.loads(old), Anchor))) == old
    assert wire.structure(wire.loads(old), Anchor).fragment is None
    alone = Anchor("", fragment="page=12")
    assert wire.dumps(wire.unstructure(alone)) == '{"exact":"","fragment":"page=12"}'
    assert wire.structure(wire.unstructure(alone), Anchor) == alone


def test_unknown_fields_are_ignored() -> None:
    """A field that a newer version wrote does not keep this one from reading the rest."""
    data = {"uid": "1", "handle": "marta", "name": "Marta Quell", "shoe_size": 44}
    assert wire.structure(data, Agent).name == "Marta Quell"


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        "agent",
        None,
        {"uid": "1", "handle": "marta"},
        {"uid": "1", "handle": "marta", "name": None},
        {"uid": "1", "handle": "marta", "name": 5},
        {"uid": "1", "handle": "marta", "name": ["Marta"]},
        {"uid": "1", "handle": "marta", "name": "Marta Quell", "kind": "robot"},
        {"uid": "1", "handle": "marta", "name": "Marta Quell", "kind": None},
        {"uid": "1", "handle": "marta", "name": "Marta Quell", "part_of": 7},
    ],
)
def test_what_is_no_agent(data: Any) -> None:
    """A missing field, another type or an unknown word is refused; nothing is bent into shape."""
    with pytest.raises(NotCanonical, match="Not a"):
        wire.structure(data, Agent)
