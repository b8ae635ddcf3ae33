"""listed-source: what a list names, and what only looks like it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import attrs
import pytest
from factledger_checkers.listed_source import ListedSource

from ledger import Finding, Outcome, Relation, Stance
from ledger.testing import Case, read_policy


def findings(case: Case, *rows: Any) -> list[Finding]:
    """Return what the checker says with a list of these lines."""
    lists = {"listed-sources": tuple(rows)}
    return case.findings(ListedSource(), policy=attrs.evolve(case.policy, lists=MappingProxyType(lists)))


def said(case: Case, **row: str) -> Finding:
    """Return the one finding with a list of one line."""
    (finding,) = findings(case, row)
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def test_without_a_list_nothing_can_be_told(case: Case) -> None:
    """A house that keeps no list is told so, and how to name one."""
    (finding,) = case.findings(ListedSource())
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "No list of retracted papers or satire was given.")
    assert "listed-sources" in finding.fix


@pytest.mark.parametrize(
    ("listed", "url"),
    [
        ("satire.example", "https://satire.example/2031/ferry"),
        ("https://www.Satire.example/", "http://satire.example"),
        ("satire.example", "https://NEWS.satire.example:8080/ferry?id=1#top"),
        ("satire.example.", "https://satire.example./ferry"),
        ("*.satire.example", "https://www.satire.example/"),
        ("paper.example/columns", "https://paper.example/columns/ferry"),
        ("paper.example/columns/", "https://www.paper.example/Columns"),
        ("https://paper.example/a?id=5", "http://paper.example/a?id=5"),
        ("paper.example/a%20b", "https://paper.example/a b/c"),
        ("satire.example", "https://web.archive.org/web/20310501000000/https://satire.example/ferry"),
        ("bücher.example", "https://xn--bcher-kva.example/ferry"),
    ],
)
def test_an_address_that_is_listed(case: Case, listed: str, url: str) -> None:
    """A site is listed with its subdomains and pages, an address with what lies below it, however it is written."""
    case.evidence(case.source("Ferry by night", url=url))
    finding = said(case, url=listed, why="Satire.")
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "listed")
    assert finding.reason == "“Ferry by night” is on the list: Satire."


@pytest.mark.parametrize(
    ("listed", "url"),
    [
        ("satire.example", "https://notsatire.example/"),
        ("satire.example", "https://satire.example.org/"),
        ("satire.example", "https://satire-example.org/satire.example"),
        ("satire.example", "https://satire.example@other.example/"),
        ("news.satire.example", "https://satire.example/"),
        ("paper.example/columns", "https://paper.example/columnists"),
        ("paper.example/a?id=5", "https://paper.example/a?id=51"),
        ("2.3.4.example", "https://1.2.3.4/"),
        ("3.4", "https://1.2.3.4/"),
        ("satire.example", "https://other.example/?from=https://satire.example/"),
        ("satire.example", "http://[broken"),
        ("satire.example", ""),
        ("satire.example", "satire"),
    ],
)
def test_an_address_that_only_looks_like_it(case: Case, listed: str, url: str) -> None:
    """A look-alike domain, a longer word and a broken address are not listed."""
    case.evidence(case.source("Ferry by night", url=url))
    assert (said(case, url=listed).outcome, said(case, url=listed).reason) == (
        Outcome.PASS,
        "Its source is not on the list.",
    )


@pytest.mark.parametrize(
    ("listed", "url", "there"),
    [
        ("10.1234/Ab.5", "https://doi.org/10.1234/ab.5", True),
        ("https://doi.org/10.1234/ab.5", "https://journal.example/doi/full/10.1234/AB.5", True),
        ("doi:10.1234/ab.5", "https://journal.example/10.1234/ab.5/pdf", True),
        ("10.1234/ab.5", "https://doi.org/10.1234/ab.55", False),
        ("10.1234/ab.5", "https://doi.org/10.1234/a", False),
    ],
)
def test_a_doi_is_found_in_an_address(case: Case, listed: str, url: str, there: bool) -> None:
    """A retracted paper is known by its DOI wherever it is read, and by the whole of it."""
    case.evidence(case.source("A study of ferries", url=url))
    assert (said(case, doi=listed).outcome is Outcome.FAIL) is there


@pytest.mark.parametrize("field", ["author", "publisher"])
def test_a_name_is_the_authors_or_publishers(case: Case, field: str) -> None:
    """A name is listed whoever's it is, author or publisher, in whatever case and spacing."""
    case.evidence(case.source("Ferry by night", **{field: case.agent("The  Island ONION")}))
    assert said(case, name="the island onion", why="Satire").outcome is Outcome.FAIL
    assert said(case, name="island onion", why="Satire").outcome is Outcome.PASS


def test_a_title_is_the_whole_title(case: Case) -> None:
    """A title is compared word for word, whatever its quotation marks."""
    case.evidence(case.source("“Ferries, at night”"))
    assert said(case, title="Ferries at Night").outcome is Outcome.FAIL
    assert said(case, title="Ferries").outcome is Outcome.PASS


def test_the_trail_is_looked_up_too(case: Case) -> None:
    """A listed source behind those that carry the claim, and one that is only context, are warnings of their own."""
    paper, study, map_ = case.source("Ferry by night"), case.source("A study"), case.source("A map")
    case.link(paper, Relation.CITES, study)
    case.evidence(paper)
    case.evidence(map_, stance=Stance.CONTEXT)
    trail, context = findings(case, {"title": "A study", "why": "Retracted."}, {"title": "A map", "why": "Outdated."})
    assert (trail.outcome, context.outcome) == (Outcome.WARN, Outcome.WARN)
    assert trail.reason == "“A study”, which the trail runs through, is on the list: Retracted."
    assert context.reason == "“A map”, given as context, is on the list: Outdated."


def test_several_listed_sources_are_one_finding(case: Case) -> None:
    """Listed sources are named together, each with its reason among the details; no reason is said as well."""
    for name in ("Paper one", "Paper two"):
        case.evidence(case.source(name), contradicts=name == "Paper two")
    (finding,) = findings(case, {"title": "Paper one", "why": "Satire"}, {"title": "Paper two", "why": ""})
    assert finding.reason == "“Paper one” and “Paper two” are on the list."
    assert finding.details == ("“Paper one”: Satire.", "“Paper two”: no reason is given.")


def test_a_withdrawn_source_is_not_looked_up(case: Case) -> None:
    """What was withdrawn already does not count."""
    paper = case.source("Ferry by night")
    case.evidence(paper)
    case.withdraw(paper, "")
    assert said(case, title="Ferry by night").reason == "There is no source to look up."


@pytest.mark.parametrize("hidden", ["[withheld]", "[sealed]"])
def test_a_hidden_name_is_none(case: Case, hidden: str) -> None:
    """What stands in place of a hidden title or name is not looked up."""
    case.evidence(case.source(hidden, author=case.agent(hidden)))
    assert said(case, title="withheld", name="sealed").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"why": "Satire"}, "Line 3 of the list names no source."),
        ({"match": "satire.example"}, "Line 3 of the list names no source."),
        ({"url": "satire"}, "Line 3 of the list has a url that is none."),
        ({"url": "http://[x"}, "Line 3 of the list has a url that is none."),
        ({"doi": "ferries"}, "Line 3 of the list has a doi that is none."),
        ({"url": 5, None: ["x"]}, "Line 3 of the list names no source."),
        ("satire.example", "Line 3 of the list names no source."),
    ],
)
def test_a_line_that_cannot_be_used_is_said(case: Case, row: Any, reason: str) -> None:
    """A list with a broken line passes nothing; what its other lines name is found all the same."""
    case.evidence(case.source("Ferry by night"))
    found, broken = findings(case, {"title": "Ferry by night"}, row)
    assert found.outcome is Outcome.FAIL
    assert (broken.outcome, broken.code, broken.reason) == (Outcome.ABSTAIN, "bad_list", reason)


def test_the_columns_are_named_by_the_first_line_of_the_file(case: Case, tmp_path: Any) -> None:
    """A list is a CSV file beside the policy, with columns in any order and case."""
    (tmp_path / "listed.csv").write_text("Why, URL ,Note\nSatire,satire.example,x\n", encoding="utf-8")
    path = tmp_path / "policy.toml"
    path.write_text('[lists]\nlisted-sources = "listed.csv"\n', encoding="utf-8")
    case.evidence(case.source("Ferry by night", url="https://satire.example/ferry"))
    (finding,) = case.findings(ListedSource(), policy=read_policy(path))
    assert finding.reason == "“Ferry by night” is on the list: Satire."
