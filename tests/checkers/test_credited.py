"""credited: a text that names where it has it from is linked to there, once, and only where that is plain."""

from __future__ import annotations

import pytest
from factledger_checkers.standard import Corroborated, Credited

from ledger import AgentKind, Basis, LinkState
from ledger.testing import Case

FELL = "KESTREL BAY (Coastwire) – A crane fell onto the quay."


def case(text: str, publisher: str = "Coastwire", *, published: str | None = "2031-05-02") -> Case:
    """The Herald prints a text; a report of another's, of which nothing is archived, bears on the same claim."""
    made = Case("A crane fell in the harbour of Kestrel Bay.")
    herald = made.source("Crane falls", id="herald", published="2031-05-03", publisher=made.agent("Arden Herald"))
    made.capture(herald, text=text)
    made.evidence(herald, basis=Basis.TOLD)
    kind = AgentKind.PERSON if publisher == "Lena Quist" else AgentKind.ORGANISATION
    wire = made.source("Report", id="report", published=published, publisher=made.agent(publisher, kind=kind))
    made.evidence(wire)
    return made


def found(made: Case) -> list[tuple[str, str, str]]:
    return [(one.source[7:], one.relation.value, one.comes_from[7:]) for one in made.proposals(Credited())]


@pytest.mark.parametrize(
    ("text", "publisher", "relation"),
    [
        (FELL, "Coastwire", "based_on"),
        ("Four were hurt, The Arden Post reported on Monday.", "Arden Post", "cites"),
        ("Four were hurt, according to AP.", "The Associated Press", "cites"),
        ("Four were hurt, according to the Associated Press.", "AP", "cites"),
        ("Four were hurt, according to Quist.", "Lena Quist", "cites"),
        ("First reported by Coastwire Monday.", "Coastwire", "cites"),
        ("By Coastwire\nA crane fell.", "Coastwire", "based_on"),
        ("Meridian reported on Monday that it fell.", "Meridian", "cites"),
    ],
)
def test_who_is_named_is_linked(text: str, publisher: str, relation: str) -> None:
    """Whether or not anything of the other is archived."""
    assert found(case(text, publisher)) == [("herald", relation, "report")]


def test_the_words_that_say_so_are_the_measure() -> None:
    (proposal,) = case(FELL).proposals(Credited())
    assert proposal.measure == "it says so in a dateline: “KESTREL BAY (Coastwire) –”"


@pytest.mark.parametrize(
    "made",
    [
        case(FELL, "Coast"),
        case(FELL, "Radio Norvik"),
        case(FELL, published="2031-05-04"),
        case("Arden Herald reported it first."),
        case("A crane fell onto the quay."),
        case(FELL, "..."),
        case("A crane fell onto the quay.\nPhoto: Coastwire"),
        case("In an interview with Lena Quist we asked why it fell.", "Lena Quist"),
    ],
    ids=["part of a name", "another", "published later", "itself", "nobody", "a name of dots", "picture", "interview"],
)
def test_where_it_is_not_plain_nothing_is_proposed(made: Case) -> None:
    assert found(made) == []


def test_two_reports_of_one_house_are_for_a_person_to_tell_apart() -> None:
    made = case(FELL)
    made.evidence(made.source("Second report", publisher=made.whole().agents[-1]))
    wire = next(agent for agent in made.whole().agents if agent.name == "Coastwire")
    made.evidence(made.source("Third report", publisher=wire))
    assert found(made) == []


def test_what_a_person_rejected_stays_rejected() -> None:
    made = case(FELL)
    made.link("source:herald", "based_on", "source:report", state=LinkState.REJECTED)  # type: ignore[arg-type]
    assert found(made) == []


def test_corroboration_tells_of_it() -> None:
    """Two sources become one origin, and the reader is told by which words."""
    made = case(FELL)
    for one in made.proposals(Credited()):
        made.link(one.source, one.relation, one.comes_from, state=LinkState.DETECTED, measure=one.measure)
    (finding,) = made.findings(Corroborated())
    assert finding.code == "same_origin"
    assert any("KESTREL BAY (Coastwire)" in line and "nobody has confirmed it" in line for line in finding.details)
