"""copied-text: what nobody declared shows in the words; and what that does to corroboration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factledger_checkers.standard import CopiedText, Corroborated

from ledger import Basis, LinkState, Relation, Source
from ledger.testing import Case

WIRE = (
    "The harbour at Kestrel Bay was closed on Monday after a crane fell onto the quay, hurting four dock workers. "
    "Port engineer Lena Quist said the crane had passed its inspection only three weeks earlier. Divers began "
    "to search "
    "the basin for a missing cable, and ships were sent to Orford, some forty miles up the coast."
)
REWRITTEN = (
    "Four dock workers were injured on Monday when a crane came down on the quay at Kestrel Bay, and the harbour was "
    "shut. The crane had passed its inspection only three weeks before, port engineer Lena Quist told "
    "reporters. Vessels "
    "were sent to Orford, some 40 miles up the coast, while divers searched the basin for a missing cable."
)
OWN = (
    "I heard it before I saw it: steel on stone, and then nobody spoke. By the time Lena Quist ran past me the "
    "ambulances "
    "were already at the gate of Kestrel Bay. Two men sat on the kerb holding their arms. A foreman told the "
    "crews to go "
    "home, and at noon the first freighter turned away towards Orford."
)
QUOTES = (
    "“We shall find out,” Quist said, “and whoever let that crane stand will answer for it before the year is out.”"
)


def case(**texts: str) -> Case:
    """A claim that each of these papers carries; a paper's date is the place in its name."""
    made = Case("A crane fell in the harbour of Kestrel Bay.")
    for name, text in texts.items():
        paper = made.source(name.title(), id=name, published=f"2031-05-0{name[-1]}", publisher=made.agent(name))
        made.capture(paper, text=text)
        made.evidence(paper)
    return made


def found(made: Case) -> list[tuple[str, str, str]]:
    """Return (later, relation, earlier) of what is proposed, each once."""
    proposals = made.proposals(CopiedText())
    return sorted({(one.source[7:], one.relation.value, one.comes_from[7:]) for one in proposals})


def test_two_outlets_with_one_wire_paragraph() -> None:
    """The later one is said to reprint the earlier, with the measure and the words."""
    made = case(echo_2=WIRE, herald_1=f"{WIRE}\n\nThe weather stays dry.")
    assert found(made) == [("echo_2", "reprints", "herald_1")]
    (proposal, again) = made.proposals(CopiedText())
    assert proposal == again
    assert proposal.measure == "100% of its own words, in 1 passage"
    assert proposal.note.startswith("Both: “The harbour at Kestrel Bay was closed on Monday")


def test_an_article_of_quotations_at_another_outlet() -> None:
    """What is not quoted is the same: a reprint."""
    assert found(case(one_1=f"{WIRE} {QUOTES}", two_2=f"{WIRE} {QUOTES}")) == [("two_2", "reprints", "one_1")]


def test_a_report_that_rewrites_another() -> None:
    """It is based on it, though hardly a sentence is the same."""
    assert found(case(journal_1=WIRE, globe_3=REWRITTEN)) == [("globe_3", "based_on", "journal_1")]


def test_own_words_that_another_quotes() -> None:
    """Who quotes them comes from whose own they are; who has them as own after they were quoted is based on it."""
    column = f"{OWN} {QUOTES.replace('“', '').replace('”', '')} And I shall see to it that it is not forgotten here."
    quoting = f"{WIRE} Her column says: “{QUOTES.replace('“', '').replace('”', '')} And I shall see to it.”"
    assert found(case(column_1=column, wire_2=quoting)) == [("wire_2", "quotes", "column_1")]
    assert found(case(wire_1=quoting, column_2=column)) == [("column_2", "based_on", "wire_1")]


def test_a_cut_of_one_that_no_claim_brings_beside_it() -> None:
    """Though it names hardly anybody: most of it stands there word for word."""
    made = Case("A crane fell in the harbour of Kestrel Bay.")
    cut = "Divers began to search the basin for a cable that is missing, and ships went to Orford, forty miles away."
    for name, text in (("herald_1", cut.replace("ships were", "it is said that ships were")), ("wire_1", WIRE)):
        paper = made.source(name, id=name, published="2031-05-01", publisher=made.agent(name))
        made.capture(paper, text=text)
        if name == "herald_1":
            made.evidence(paper)
    assert len(found(made)) == 1


def test_two_who_write_on_their_own() -> None:
    """Nothing is proposed, whatever they quote."""
    assert found(case(witness_1=f"{OWN} {QUOTES}", wire_1=f"{WIRE} {QUOTES}")) == []


def test_a_link_on_record_is_left_alone() -> None:
    """In whatever state: what a person rejected is not proposed again."""
    for state in LinkState:
        made = case(echo_2=WIRE, herald_1=WIRE)
        echo, herald = made.given(CopiedText())
        made.link(echo.source, Relation.CITES, herald.source, state=state)
        assert found(made) == []


def test_sources_without_dates_never_run_in_a_circle() -> None:
    """Which came first is then not known, and said so; all are said to come from one, and need no more links."""
    made = Case("A crane fell in the harbour of Kestrel Bay.")
    for name in ("c", "a", "b"):
        paper: Source = made.source(name, id=name)
        made.capture(paper, text=WIRE)
        made.evidence(paper)
    assert found(made) == [("b", "reprints", "a"), ("c", "reprints", "a")]
    assert all("not recorded" in one.note for one in made.proposals(CopiedText()))


def test_first_hand_sources_of_different_owners_are_shown_independent() -> None:
    """Their archived texts are compared; what shares passages, or was not archived, is not shown."""
    for texts, code in (((WIRE, OWN), "independent"), ((WIRE, REWRITTEN), "independence_unknown")):
        made = Case("A crane fell in the harbour of Kestrel Bay.")
        for name, text in zip(("herald", "witness"), texts, strict=True):
            paper = made.source(name, publisher=made.agent(f"owner of {name}"))
            made.capture(paper, text=text)
            made.evidence(paper, basis=Basis.WITNESS)
        (finding,) = made.findings(Corroborated())
        assert finding.code == code, finding.reason


def test_it_is_recorded_and_drawn_and_a_no_is_remembered(factledger: Any, tmp_path: Path) -> None:
    """Two outlets, one wire: the ledger says one origin; a person who looked may say no, and is not asked again."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "A crane fell in the harbour.", "--id", "crane")
    for day, name, text in ((1, "herald", WIRE), (2, "echo", f"{WIRE}\nSo far.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        factledger(
            "article", f"{name}.txt", "--id", name, "--published", f"2031-05-0{day}", "--title", name.title(), "--yes"
        )
        done = factledger("evidence", "crane", name)
        assert done.returncode == 0, done.stderr
    checked = factledger("check", "--fail-on", "never", "--nl")
    assert "Two sources, one origin: both pass through" in checked.stdout, checked.stderr
    assert "“Echo” has 97% of its own words in common with it." in checked.stdout
    links = factledger("list", "links", "--nl").stdout
    assert '"state": "detected"' in links
    handle = links.split('"id": "')[1].split('"')[0]
    assert "Both: “The harbour at Kestrel Bay" in factledger("show", handle).stdout
    assert factledger("settle", handle, "rejected", "--because", "Both are our own text.").returncode == 0
    again = factledger("check", "--fail-on", "never", "--nl")
    assert "one origin" not in again.stdout
    assert '"state": "detected"' not in factledger("list", "links", "--nl").stdout


def test_passages_are_read_where_nothing_is_archived() -> None:
    """What two papers are quoted with hangs together; what a speaker said in both does not."""
    for speaker, expected in ((None, [("star_2", "reprints", "post_1")]), ("Quist", [])):
        made = Case("A crane fell in the harbour of Kestrel Bay.")
        who = made.agent(speaker) if speaker else None
        for name in ("post_1", "star_2"):
            paper = made.source(name, id=name, published=f"2031-05-0{name[-1]}", publisher=made.agent(name))
            made.evidence(paper, quote=WIRE, speaker=who)
        assert found(made) == expected
