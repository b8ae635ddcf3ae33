"""What came last of each kind that a front page shows: each list is read off an index, and no further than it goes.

A list is in the order in which its records were entered, newest first, unless it says otherwise.
"""

from __future__ import annotations

from typing import Any

from .queries import Db, Row, as_rows

STANDS = "('current', 'corrected')"
GONE = "('superseded', 'retracted')"
WAITING = ("awaiting", "no_answer", "declined", "not_found")
CHANGED = ("corrected", "superseded", "retracted")


def verdicts(db: Db) -> dict[str, int]:
    """Return how many claims that stand have each verdict; counted on the index of verdicts."""
    found: dict[str, int] = dict(db.execute("SELECT verdict, count(*) FROM claims GROUP BY verdict"))
    gone = db.execute(f"SELECT verdict, count(*) FROM claims WHERE workflow IN {GONE} GROUP BY verdict")
    for verdict, count in gone:
        found[verdict] -= count
    return {verdict: count for verdict, count in found.items() if count}


def decisions(db: Db, most: int) -> list[Row]:
    """Return the decisions that stand, one for each claim that stands: with its text and who decided."""
    return _rows(
        db,
        "SELECT r.id, r.claim, c.text, r.verdict, r.label, r.reasons, r.added, c.workflow, coalesce(a.name, '') AS by "
        "FROM reviews r JOIN claims c ON c.id = r.claim LEFT JOIN agents a ON a.id = r.reviewer "
        f"WHERE r.seconds IS NULL AND r.standing IN {STANDS} AND c.workflow NOT IN {GONE} "
        "AND NOT EXISTS (SELECT 1 FROM reviews later WHERE later.claim = r.claim AND later.rowid > r.rowid "
        f"AND later.seconds IS NULL AND later.standing IN {STANDS}) ORDER BY r.rowid DESC LIMIT ?",
        most,
    )


def contested(db: Db, most: int) -> list[Row]:
    """Return claims with evidence for and against that nobody has settled."""
    told = "SELECT rowid AS entered, id, text, verdict, corroboration FROM claims WHERE"
    unsettled = "verdict IN ('unchecked', 'not_enough_evidence')"
    return _several(
        db,
        most,
        f"{told} verdict = 'conflicting' AND workflow NOT IN {GONE}",
        f"{told} corroboration = 'contradicted' AND {unsettled} AND workflow NOT IN {GONE}",
    )


def corrected(db: Db, most: int) -> list[Row]:
    """Return claims that were corrected, replaced or retracted, the last changed first."""
    holes = ", ".join("?" * len(CHANGED))
    told = "SELECT id, text, workflow, changed FROM claims INDEXED BY claims_workflow"
    return _rows(db, f"{told} WHERE workflow IN ({holes}) ORDER BY changed DESC LIMIT ?", *CHANGED, most)


def unanswered(db: Db, most: int) -> list[Row]:
    """Return questions without an answer and searches that found nothing, with the name of who was asked."""
    told = (
        "SELECT i.rowid AS entered, i.id, i.question, i.state, i.claim, i.searched, i.asked_on, i.deadline, "
        "coalesce(a.name, '') AS whom FROM inquiries i LEFT JOIN agents a ON a.id = i.asked"
    )
    return _several(db, most, *(f"{told} WHERE i.standing IN {STANDS} AND i.state = '{state}'" for state in WAITING))


def stories(db: Db, most: int) -> list[str]:
    """Return the names of stories, in their own order; from each the index leads to the next."""
    found = db.execute(
        "WITH RECURSIVE named (story) AS (SELECT min(story) FROM claims UNION ALL "
        "SELECT (SELECT min(story) FROM claims WHERE story > named.story) FROM named WHERE named.story IS NOT NULL) "
        "SELECT story FROM named WHERE story IS NOT NULL LIMIT ?",
        (most,),
    )
    return [story for (story,) in found]


def failing(db: Db, most: int) -> list[str]:
    """Return the handles of claims that stand and of which a check found something wrong."""
    found = db.execute(
        "SELECT f.claim FROM findings f JOIN claims c ON c.id = f.claim "
        f"WHERE f.outcome = 'fail' AND c.workflow NOT IN {GONE} GROUP BY f.claim ORDER BY max(f.seq) DESC LIMIT ?",
        (most,),
    )
    return [claim for (claim,) in found]


def with_problems(db: Db, most: int) -> list[Row]:
    """Return claims that stand and have problems, those with most first."""
    return _rows(
        db,
        f"SELECT * FROM claims WHERE problems > 0 AND workflow NOT IN {GONE} "
        "ORDER BY problems DESC, rowid DESC LIMIT ?",
        most,
    )


def _several(db: Db, most: int, *selects: str) -> list[Row]:
    """Return the newest of what several queries find together, each asked for no more than that."""
    found = [row for sql in selects for row in _rows(db, f"{sql} ORDER BY entered DESC LIMIT ?", most)]
    return sorted(found, key=lambda row: -int(row["entered"]))[:most]


def _rows(db: Db, sql: str, *given: Any) -> list[Row]:
    return as_rows(db.execute(sql, given))
