"""Claims by what is asked for: a page of them, and how many there are of which kind.

What can be asked for has an index, so that a page costs what it shows, and what is counted is counted in an index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from ..model import Outcome
from ..text.scripts import dense
from .paging import EACH, STANDS, Db, ListPage, Row, nearest, paged, rows_of

MOST_SEARCHED = 20
"""Words of a search that are looked for."""

MARKED = "\x01", "\x02"
"""What stands before and after a word that was searched for; no text that was entered holds it."""

SEARCHED = "claims.text || ' ' || coalesce(claims.topic, '') || ' ' || coalesce(claims.story, '')"
"""What of a claim is searched."""

ASKS = (Outcome.FAIL, Outcome.ERROR, Outcome.WARN)
"""Outcomes that ask for somebody's attention, the gravest first."""

FOUND = {
    "problems": "problems > 0",
    "nothing": "problems = 0 AND checked IS NOT NULL",
    "not_checked": "checked IS NULL",
}
"""What the checks found of a claim, as far as its own row tells."""

FACETS = ("verdict", "workflow", "corroboration")


MOST_RANKED = 5_000
"""Claims that are put in order by how well they match; words that more of them have tell none from another."""

NEWEST = "claims.changed DESC, claims.rowid DESC"
"""The order of an index: what stands before a page is passed over in it."""


@attrs.frozen
class ClaimFilter:
    """Which claims are asked for: the value of each column, "" for any; `found` is a key of FOUND."""

    verdict: str = ""
    workflow: str = ""
    corroboration: str = ""
    found: str = ""
    topic: str = ""
    story: str = ""
    claimant: str = ""
    words: str = ""

    @property
    def search(self) -> str | None:
        """The words as FTS5 takes them, each of them wanted; None where nothing is searched for, or inside words."""
        if not self.words.strip() or dense(self.words):
            return None
        wanted = re.findall(r"\w+", self.words)[:MOST_SEARCHED]
        return " ".join(f'"{word}"' for word in wanted) or '""'

    @property
    def inside(self) -> tuple[str, ...]:
        """What is looked for inside of words, in a script that sets no spaces: the index has only whole ones."""
        return tuple(self.words.split()[:MOST_SEARCHED]) if dense(self.words) else ()

    def source(self, *, without: Iterable[str] = ()) -> tuple[str, list[Any]]:
        """Return what follows FROM, and what stands for its question marks."""
        tests, given, table = [], [], "claims"
        if (search := self.search) is not None:
            table = "claims_fts CROSS JOIN claims ON claims.rowid = claims_fts.rowid"
            tests.append("claims_fts MATCH ?")
            given.append(search)
        for words in self.inside:
            tests.append(f"instr({SEARCHED}, ?)")
            given.append(words)
        for column in ("verdict", "workflow", "corroboration", "topic", "story", "claimant"):
            if (value := getattr(self, column)) and column not in without:
                tests.append(f"claims.{column} = ?")
                given.append(value)
        if self.found in FOUND and "found" not in without:
            tests.append(FOUND[self.found])
        return f"{table} WHERE {' AND '.join(tests) or '1'}", given


def claims(db: Db, wanted: ClaimFilter, number: int = 1, *, total: int | None = None) -> ListPage[Row]:
    """Return a page of claims, the last changed first, or the best match where words are searched for.

    `marked` is then the claim's text with MARKED around those words, else None. `total` is how many there are, where
    that is known.
    """
    source, given = wanted.source()
    if wanted.search is None:
        return newest(db, source, given, number, total)
    if total is None:
        (total,) = db.execute(f"SELECT count(*) FROM {source}", given).fetchone()
    marked = "highlight(claims_fts, 0, char(1), char(2)) AS marked"
    order = "claims_fts.rank" if total <= MOST_RANKED else "claims_fts.rowid DESC"
    return paged(db, f"claims.*, {marked}", source, given, order, number, total=total)


def newest(db: Db, source: str, given: Sequence[Any], number: int, total: int | None = None) -> ListPage[Row]:
    """Return a page of claims, the last changed first; what stands before it is passed over by its number alone."""
    here = f"claims WHERE rowid IN (SELECT claims.rowid FROM {source} ORDER BY {NEWEST} LIMIT {{}} OFFSET {{}})"
    if total is None:
        (total,) = db.execute(f"SELECT count(*) FROM {source}", given).fetchone()
    number = nearest(number, total)
    found = db.execute(
        f"SELECT *, NULL AS marked FROM {here.format(EACH, (number - 1) * EACH)} ORDER BY {NEWEST}", given
    )
    return ListPage(tuple(rows_of(found)) if total else (), number, total)


def claim_counts(db: Db, wanted: ClaimFilter) -> tuple[int, dict[str, dict[str, int]]]:
    """Return how many claims are asked for; and facet -> value -> how many, with all of it but the facet itself."""
    source, given = wanted.source(without=(*FACETS, "found"))
    if not given:  # read in its own order, the table is read once; by an index it is read all over
        source = source.replace("claims", "claims NOT INDEXED", 1)
    what = " ".join(f"WHEN {test} THEN '{name}'" for name, test in FOUND.items())
    sql = f"SELECT verdict, workflow, corroboration, CASE {what} END, count(*) FROM {source} GROUP BY 1, 2, 3, 4"
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*FACETS, "found")}
    total = 0
    for *values, count in db.execute(sql, given):
        told = dict(zip(counts, values, strict=True))
        others = [name for name in counts if getattr(wanted, name) not in ("", told[name])]
        total += 0 if others else count
        for name in counts:
            if others in ([], [name]):
                counts[name][told[name]] += count
    return total, {name: dict(found) for name, found in counts.items()}


def standing_count(db: Db, wanted: ClaimFilter) -> int:
    """Return how many of the claims that are asked for stand: they were neither replaced nor retracted."""
    source, given = wanted.source()
    gone = f"SELECT count(*) FROM {source} AND claims.workflow IN ('superseded', 'retracted')"
    return int(db.execute(f"SELECT (SELECT count(*) FROM {source}) - ({gone})", (*given, *given)).fetchone()[0])


def handles_of(db: Db, wanted: ClaimFilter, most: int) -> list[str]:
    """Return the handles of the claims that are asked for and stand, at most so many."""
    source, given = wanted.source()
    stands = "claims.workflow NOT IN ('superseded', 'retracted')"
    found = db.execute(f"SELECT claims.id FROM {source} AND {stands} ORDER BY claims.rowid LIMIT ?", (*given, most))
    return [handle for (handle,) in found]


def articles(db: Db, claims: Sequence[str], most: int) -> list[Row]:
    """Return the sources that most evidence of these claims was seen in: id, title, kind and how many claims."""
    holes = ", ".join("?" * len(claims))
    cursor = db.execute(
        "SELECT s.id, s.title, s.kind, count(DISTINCT e.claim) AS claims "
        "FROM evidence e JOIN sources s ON s.id = e.seen_in "
        f"WHERE e.claim IN ({holes}) AND +e.standing IN {STANDS} GROUP BY s.id ORDER BY claims DESC, s.id LIMIT ?",
        (*claims, most),
    )
    return list(rows_of(cursor))


def most_used(db: Db, column: str, most: int) -> list[tuple[str, int]]:
    """Return the values of an indexed column of claims that most claims have, with how many."""
    return db.execute(
        f"SELECT {column}, count(*) FROM claims WHERE {column} IS NOT NULL "
        f"GROUP BY {column} ORDER BY 2 DESC, 1 LIMIT ?",
        (most,),
    ).fetchall()


def reasons_of(db: Db, claims: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return claim -> (the reasons of the decision that stands, by whom) of those that have one."""
    found = {}
    for claim in claims:
        row = db.execute(
            "SELECT v.reasons, coalesce(a.name, '') FROM reviews v LEFT JOIN agents a ON a.id = v.reviewer "
            f"WHERE v.claim = ? AND v.seconds IS NULL AND v.standing IN {STANDS} ORDER BY v.rowid DESC LIMIT 1",
            (claim,),
        ).fetchone()
        if row is not None:
            found[claim] = row
    return found


def gravest(db: Db, claims: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return claim -> (outcome, checker, reason) of the gravest finding that asks for attention, where one does."""
    rank = " ".join(f"WHEN '{outcome}' THEN {number}" for number, outcome in enumerate(ASKS))
    holes = ", ".join("?" * len(ASKS))
    found = {}
    for claim in claims:
        row = db.execute(
            f"SELECT outcome, checker, reason FROM findings WHERE subject = ? AND +outcome IN ({holes}) "
            f"ORDER BY CASE outcome {rank} END, checker LIMIT 1",
            (claim, *ASKS),
        ).fetchone()
        if row is not None:
            found[claim] = row
    return found


def stories(db: Db, number: int = 1) -> ListPage[Row]:
    """Return a page of stories: name, how many claims, how many of them are decided, and when one last changed."""
    columns = "story, count(*) AS claims, sum(decided IS NOT NULL) AS decided, max(changed) AS changed"
    named = f"(SELECT {columns} FROM claims WHERE story IS NOT NULL GROUP BY story)"
    return paged(db, "*", named, (), "changed DESC, story", number)


def corrected(db: Db, number: int = 1) -> ListPage[Row]:
    """Return a page of claims that were corrected, replaced or retracted, or whose verdict changed, newest first."""
    told = "claims WHERE workflow IN ('corrected', 'superseded', 'retracted')"
    return newest(db, told, (), number)
