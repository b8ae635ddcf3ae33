"""Sources of one origin are told as one: in the boxes of the drawing, under it, and on the command line."""

from __future__ import annotations

from ledger import Basis, Relation
from ledger.testing import Case
from ledger.views.trail import Trail, summary, trail
from ledger.web.boxes import tags


def drawn(*, with_witness: bool = True) -> Trail:
    """Three papers with one wire report, and, if wanted, a witness whom a fourth quotes."""
    case = Case("A crane fell.")
    wire = case.source("Report", publisher=case.agent("Coastwire"))
    for name in ("Post", "Star", "Mail"):
        paper = case.source(name, publisher=case.agent(name))
        case.link(paper, Relation.REPRINTS, wire)
        case.evidence(paper)
    if with_witness:
        said = case.source("Statement", author=case.agent("Quist"))
        echo = case.source("Echo", publisher=case.agent("Echo"))
        case.link(echo, Relation.QUOTES, said)
        case.evidence(said, basis=Basis.WITNESS)
        case.evidence(echo)
        case.evidence(case.source("Sun", publisher=case.agent("Sun")), basis=Basis.WITNESS)
    return trail(case.dossier())


def told(drawing: Trail) -> dict[str, list[str]]:
    return {node.voice: [tag for tag in tags(node) if "rigin" in tag] for node in drawing.nodes}


def test_each_box_says_with_how_many_it_has_one_origin() -> None:
    """Where there are several origins they have letters; who stands apart has none."""
    assert told(drawn()) == {
        "Post": ["Origin A, with 2 others"],
        "Star": ["Origin A, with 2 others"],
        "Mail": ["Origin A, with 2 others"],
        "Coastwire": [],
        "Quist": ["Origin B, with 1 other"],
        "Echo": ["Origin B, with 1 other"],
        "Sun": [],
    }
    assert told(drawn(with_witness=False))["Post"] == ["One origin with 2 others"]


def test_it_is_said_in_a_sentence_too() -> None:
    assert summary(drawn()).endswith("Of one origin: Post, Star and Mail. Of one origin: Quist and Echo.")


def test_two_that_merely_hang_together_are_no_family() -> None:
    """A report with a second source of its own is not one with the others, though they share the first."""
    case = Case("A crane fell.")
    wire, clerk = case.source("Wire"), case.source("Clerk")
    for name, behind in (("Post", [wire]), ("Star", [wire, clerk])):
        paper = case.source(name)
        for source in behind:
            case.link(paper, Relation.CITES, source)
        case.evidence(paper)
    assert trail(case.dossier()).families == ()
