"""What a query of the store costs: that of a thing does not grow with the ledger, that of all no faster than it.

The measure is the steps of SQLite's virtual machine, which no other work on the machine changes. Every query that has a
name is asked of a ledger, and of one four times as large, before and after ANALYZE: statistics change plans.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ledger import book as use_cases
from ledger import checks
from ledger.book import Book
from ledger.model import Anchor, Basis, InquiryState, Relation, SourceKind, Verdict
from ledger.sqlite import sqlite3
from ledger.store import around, chosen, entries, gather, lists, memo, newest, queries, reach, resting
from ledger.store.chosen import ClaimFilter
from ledger.store.reach import ChangedRecords

pytestmark = pytest.mark.long

MODULES: tuple[ModuleType, ...] = (around, chosen, entries, gather, lists, memo, newest, queries, reach, resting)

LESSER, TIMES = 40, 4
"""Claims of the smaller ledger, and how often they fit into the larger."""

SLACK, FEW = 1.5, 40
"""By how much the steps may differ where a query does not grow, as handles sort otherwise; and steps that are none."""

WHOLE = {
    "chosen.claim_counts": "counts every claim for the boxes beside a list",
    "chosen.claims": "counts the claims of a list",
    "chosen.corrected": "counts the claims of a list",
    "chosen.most_used": "counts every topic",
    "chosen.standing_count": "counts every claim",
    "chosen.stories": "counts the claims of each story",
    "lists.agents": "counts the people of a list",
    "lists.inquiries": "counts the inquiries of a list",
    "lists.inquiry_counts": "counts every inquiry",
    "lists.sources": "counts the sources of a list",
    "newest.corrected": "sorts the claims that changed",
    "newest.verdicts": "counts every claim",
    "queries.added_since": "all records of a kind that were added",
    "queries.addresses_at": "the addresses of all sources, when one is entered by hand: they have no index",
    "queries.all_kept": "all records of a kind",
    "queries.basis": "counts the results of a run",
    "queries.broken": "all findings that say that a check did not run",
    "queries.citing_copies_of": "all findings of the checkers that ask the outside world",
    "queries.claim_handles": "all claims",
    "queries.counted": "counts a table",
    "queries.each_row": "a whole table, where nothing is asked for",
    "queries.entries": "the whole log",
    "queries.handles": "all records",
    "queries.handles_like": "all records that begin so",
    "queries.ids_by": "all claims or sources, for many cells at once: their words and addresses have no index",
    "queries.linked": "all links",
    "queries.newest_claims": "sorts the claims by their last change",
    "queries.open_findings": "all findings that ask for something",
    "queries.ranked_claims": "ranks all claims that have the words",
    "queries.rows": "a whole table, where nothing is asked for",
    "queries.run_out": "all findings that held until now",
    "queries.source_handles": "all sources",
    "queries.stored": "the whole log",
    "queries.subjects_of": "all findings of a checker",
    "queries.unsigned": "all decided claims",
    "queries.withholdings": "the whole log",
    "reach.changed_since": "all that changed",
}
"""Queries that read all of something, and what: the others cost what they return. No line is added lightly."""

NAMED_ANYWAY = {"handles", "subject", "subjects"}
"""Parameters that may be left out, for which everything is read, and that are not."""

HELPERS = {"chosen.newest"}
"""What writes queries for others."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Return a ledger, and another one with four times as many of everything."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("plans")
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        yield _made(folder / "lesser.db", LESSER), _made(folder / "larger.db", LESSER * TIMES)


def _made(path: Path, claims: int) -> Path:
    """Make a ledger: four claims an article, one in two of them decided, inquiries, corrections, and a whole check."""
    with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        book = Book(ledger)
        with book.together():
            for number in range(claims):
                story = number // 4
                if number % 4 == 0:
                    paper = book.agent(f"Post of District {story}", id=f"paper-{story}")
                    more = {"publisher": paper, "published": f"2031-01-{1 + story % 28:02}", "language": "en"}
                    article = book.source(f"District {story}", id=f"article-{story}", kind=SourceKind.ARTICLE, **more)
                    report = book.source(f"Report {story}", id=f"report-{story}", kind=SourceKind.DOCUMENT, **more)
                    book.link(article, Relation.BASED_ON, report, id=f"link-{story}")
                claim = book.claim(
                    f"The bridge of district {number} lost {100 + number} of its visitors in May.",
                    id=f"claim-{number}", topic=f"topic {story}", story=f"story {story}", claimant=paper,
                )  # fmt: skip
                words = f"The bridge of district {number} lost {100 + number} of its visitors."
                book.evidence(claim, article, anchor=Anchor(exact=words, language="en"), speaker=paper)
                book.evidence(claim, report, basis=Basis.DOCUMENT, seen_in=article)
                if number % 2:
                    book.review(claim, Verdict.SUPPORTED, "Both say so.")
                else:
                    state = InquiryState.NO_ANSWER
                    book.inquiry("Is it so?", claim=claim, asked=paper, state=state, id=f"inquiry-{number}")
        for number in range(1, claims, 8):
            book.correct(f"claim-{number}", {"occurred": "2030-05"}, "The year was left out.")
        checks.check(book, plugins="factledger-checkers")
    return path


def _given(db: sqlite3.Connection) -> dict[str, Any]:
    """Return what parameters of a name are given: one claim, one source or agent, or a few."""
    uid = dict(db.execute("SELECT handle, uid FROM ledger_record"))
    claims, sources = ["claim-1", "claim-2"], ["article-0", "report-0"]
    (size,) = db.execute("SELECT size FROM ledger_head").fetchone()
    changed = ChangedRecords(claims={"claim-1": "claim-1"}, sources={"report-0": "report-0"})
    return {
        "asked": [], "cells": ["topic 0"], "changed": changed, "checker": "number", "checkers": ["number"],
        "claims": claims,
        "code": "no_number", "column": "topic", "forth": True, "handle": "paper-0", "handles": sources,
        "host": "district",
        "kind": "claim", "kinds": ("agent",), "made": {"article-0": ""}, "marks": [1, 2], "most": 5,
        "name": "Post of District 0", "named": None, "now": "2031-06-01T00:00:00Z", "number": 1, "prefix": "claim-1",
        "record": None, "run": "run-1", "seq": 5, "seqs": {5}, "size": size, "source": "article-0",
        "sources": sources, "state": "", "subject": "claim-1", "subjects": claims, "table": "claims",
        "title": "District 0", "uid": uid["claim-1"], "uids": [uid[one] for one in claims],
        "verdicts": ("supported",), "wanted": ["bridge"], "words": "District",
    }  # fmt: skip


def _named() -> dict[str, Callable[..., Any]]:
    """Return every query of the store, by module and name."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        if next(iter(inspect.signature(function).parameters), "") == "db"
    }


def _steps(path: Path, name: str, ask: Callable[..., Any], *, analysed: bool) -> int:
    """Return how many steps of SQLite's virtual machine a query takes."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with closing(sqlite3.connect(path)) as db:
        db.execute("BEGIN")
        if analysed:
            db.execute("ANALYZE")  # rolled back with the rest
        given = _given(db)
        if name.startswith("chosen."):
            given["wanted"] = ClaimFilter(verdict="supported", words="bridge" if name == "chosen.claims" else "")
        if name == "lists.inquiry":
            given["handle"] = "inquiry-0"
        if name in ("queries.keyed", "queries.keys_of"):
            given["made"] = ""
        if name == "around.around":
            given["record"] = queries.by_handle(db, "claim-1").record  # type: ignore[union-attr]
        parameters = [
            one
            for one in inspect.signature(ask).parameters.values()
            if one.name in given and (one.default is one.empty or one.name in NAMED_ANYWAY)
        ]
        given_by_name = {one.name: given[one.name] for one in parameters if one.kind is one.KEYWORD_ONLY}
        positional = [given[one.name] for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
        several = [kind for one in parameters if one.kind is one.VAR_POSITIONAL for kind in given[one.name]]
        db.set_progress_handler(step, 1)
        found = ask(db, *positional, *several, **given_by_name)
        if isinstance(found, Iterator):
            for _ in found:
                pass
        db.set_progress_handler(None, 0)
        db.rollback()
    return steps


@pytest.mark.parametrize("analysed", [False, True], ids=["as it is", "after ANALYZE"])
@pytest.mark.parametrize("name", sorted(set(_named()) - HELPERS))
def test_a_query_costs_what_it_returns(samples: tuple[Path, Path], name: str, analysed: bool) -> None:
    """A query of a thing takes as many steps in a ledger four times as large, and one of all things four times as many.

    One that fails here walks over every record for the sake of one: look at it with EXPLAIN QUERY PLAN.
    """
    ask = _named()[name]
    lesser, larger = (_steps(path, name, ask, analysed=analysed) for path in samples)
    most = TIMES if name in WHOLE else 1
    assert larger <= lesser * most * SLACK + FEW, f"{name}: {lesser:,} steps, then {larger:,}"


def test_what_reads_everything_is_named_once() -> None:
    """The list of what reads all of something holds queries that there are."""
    assert set(WHOLE) - set(_named()) == set()
