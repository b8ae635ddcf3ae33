"""Sources, people, inquiries and checkers, a page at a time."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from .chosen import ClaimFilter, newest
from .paging import STANDS, Db, ListPage, Row, paged, rows_of


def sources(db: Db, words: str, number: int = 1) -> ListPage[Row]:
    """Return a page of sources with the names of who speaks and who publishes, those that have the words or all."""
    table, given, order = "sources s", list[Any](), "s.id"
    wanted = ClaimFilter(words=words)
    tests = ["instr(s.title || ' ' || coalesce(s.note, ''), ?)"] * len(wanted.inside)
    given += wanted.inside
    if (search := wanted.search) is not None:
        table, order = "sources_fts f CROSS JOIN sources s ON s.rowid = f.rowid", "f.rank"
        tests, given = ["sources_fts MATCH ?"], [search]
    named = "coalesce(a.name, p.name, '') AS voice"
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    joined = f"{table} LEFT JOIN agents a ON a.id = s.author LEFT JOIN agents p ON p.id = s.publisher {where}"
    return paged(db, f"s.*, {named}", joined, given, order, number, counted=f"{table} {where}")


def of_agent(db: Db, handle: str, number: int = 1) -> ListPage[Row]:
    """Return a page of the sources that an agent speaks in or publishes."""
    given = (handle, handle)
    return paged(
        db, "*", "sources WHERE author = ? OR publisher = ?", given, "published IS NULL, published DESC, id", number
    )


def agents(db: Db, number: int = 1) -> ListPage[Row]:
    """Return a page of people, organisations and programs."""
    return paged(db, "*", "agents", (), "id", number)


def parts_of(db: Db, handle: str, number: int = 1) -> ListPage[Row]:
    """Return a page of what belongs to an organisation."""
    return paged(db, "*", "agents WHERE part_of = ?", (handle,), "id", number)


def made_by(db: Db, handle: str, number: int = 1) -> ListPage[Row]:
    """Return a page of the claims that an agent makes, the last changed first."""
    return newest(db, "claims WHERE claimant = ?", (handle,), number)


def about(db: Db, name: str, handle: str, number: int = 1) -> ListPage[Row]:
    """Return a page of the claims of others whose text has this name, best first."""
    phrase = " ".join(re.findall(r"\w+", name))
    if not phrase:
        return ListPage(())
    of_others = (
        "claims_fts CROSS JOIN claims ON claims.rowid = claims_fts.rowid "
        "WHERE claims_fts MATCH ? AND claims.claimant IS NOT ?"
    )
    order = "claims_fts.rank"
    marked = "claims.*, highlight(claims_fts, 0, char(1), char(2)) AS marked"
    return paged(db, marked, of_others, (f'text: "{phrase}"', handle), order, number)


INQUIRED = (
    "inquiries i LEFT JOIN claims c ON c.id = i.claim LEFT JOIN agents a ON a.id = i.asked "
    "LEFT JOIN agents b ON b.id = i.asked_by LEFT JOIN sources s ON s.id = i.seen_in"
)


_NAMED = "i.*, c.text AS claim_text, a.name AS whom, b.name AS by, s.title AS seen_title"


def asked(db: Db, handle: str, number: int = 1) -> ListPage[Row]:
    """Return a page of the inquiries that somebody was asked in, or asks."""
    where = "WHERE i.asked = ?1 OR i.asked_by = ?1"
    given, order = (handle,), "i.asked_on IS NULL, i.asked_on DESC, i.id"
    return paged(db, _NAMED, f"{INQUIRED} {where}", given, order, number, counted=f"inquiries i {where}")


def spoken(db: Db, handle: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return how often an agent speaks in evidence: by basis, by stake, and by how reliable a person graded it."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    found = db.execute(
        f"SELECT basis, stake, reliability FROM evidence WHERE speaker = ? AND standing IN {STANDS}", (handle,)
    )
    for row in found:
        for counter, value in zip(counts, row, strict=True):
            if value is not None:
                counter[value] += 1
    basis, stake, reliability = map(dict, counts)
    return basis, stake, reliability


def inquiries(db: Db, state: str = "", number: int = 1) -> ListPage[Row]:
    """Return a page of inquiries with names and the claim concerned, of this state or all, last asked first."""
    where = "WHERE i.state = ?" if state else ""
    order, given = "i.asked_on IS NULL, i.asked_on DESC, i.id", [state] if state else []
    return paged(db, _NAMED, f"{INQUIRED} {where}", given, order, number, counted=f"inquiries i {where}")


def inquiry(db: Db, handle: str) -> Row:
    """Return the row of an inquiry with the names and the claim that it concerns."""
    return next(rows_of(db.execute(f"SELECT {_NAMED} FROM {INQUIRED} WHERE i.id = ?", (handle,))))


def inquiry_counts(db: Db) -> dict[str, int]:
    """Return state -> how many inquiries are in it."""
    return dict(db.execute("SELECT state, count(*) FROM inquiries GROUP BY state").fetchall())


def findings_of(db: Db, checker: str, number: int = 1) -> ListPage[Row]:
    """Return a page of claims in the order of their handles, each with (outcome, reason) of what a checker found.

    The page is one of claims, as `findings` is read quickly by subject, and not in the order of handles by checker.
    """

    def line(row: Row) -> Row:
        sql = "SELECT outcome, reason FROM findings WHERE subject = ? AND checker = ? ORDER BY number"
        return {**row, "findings": db.execute(sql, (row["id"], checker)).fetchall()}

    return paged(db, "id, text", "claims", (), "id", number).each_as(line)


def newest_cards(db: Db) -> list[Row]:
    """Return the card of the newest version of each checker, by name."""
    cursor = db.execute("SELECT *, max(rowid) FROM checkers GROUP BY name ORDER BY name")
    return list(rows_of(cursor))
