"""What rests on a source, and what it comes from, a page at a time."""

from __future__ import annotations

from ..model import Relation
from .paging import EACH, STANDS, Db, ListPage, Row, paged

CARRIED = (
    "e.stance, e.quote, e.fragment, c.id AS claim, c.text, c.verdict, c.workflow, "
    "coalesce(r.standing, 'current') AS standing"
)
ON_IT = "(SELECT rowid FROM evidence WHERE source = ?1 UNION SELECT rowid FROM evidence WHERE seen_in = ?1)"
_CLAIM = "JOIN claims c ON c.id = e.claim LEFT JOIN ledger_record r ON r.handle = c.id"


def carried(
    db: Db, source: str, number: int = 1, *, total: int | None = None, each: int | None = EACH
) -> ListPage[Row]:
    """Return a page of the standing evidence that a source carries, or that was seen in it, with its claims.

    `elsewhere` says of each whether it was only seen here; `total` is how many there are, where that is known.
    """
    mine = f"WHERE e.rowid IN {ON_IT} AND +e.standing IN {STANDS}"
    columns = f"{CARRIED}, e.source <> ?1 AS elsewhere"
    listed = f"evidence e {_CLAIM} {mine}"
    return paged(
        db, columns, listed, (source,), "e.rowid", number, counted=f"evidence e {mine}", total=total, each=each
    )


def carried_counts(db: Db, source: str) -> tuple[int, int]:
    """Return how much standing evidence a source carries, or was seen in it; and of how many claims."""
    counts = "count(*), count(DISTINCT e.claim)"
    sql = f"SELECT {counts} FROM evidence e WHERE e.rowid IN {ON_IT} AND +e.standing IN {STANDS}"
    evidence, claims = db.execute(sql, (source,)).fetchone()
    return int(evidence), int(claims)


DERIVES = ", ".join(f"'{relation}'" for relation in Relation if relation.derives)

BEHIND = f"""
WITH RECURSIVE
  step(later, earlier) AS NOT MATERIALIZED (
    SELECT source, comes_from FROM links
      WHERE +standing IN {STANDS} AND state <> 'rejected' AND relation IN ({DERIVES})),
  after(id) AS (SELECT later FROM step WHERE earlier = :source UNION SELECT later FROM step JOIN after ON earlier = id),
  before(id) AS (SELECT :source UNION SELECT earlier FROM step JOIN before ON later = id),
  later(evidence, claim, via) AS (
    SELECT e.rowid, e.claim, e.source FROM after JOIN evidence e ON e.source = after.id
      WHERE after.id <> :source AND +e.standing IN {STANDS}
    UNION ALL
    SELECT e.rowid, e.claim, e.seen_in FROM after JOIN evidence e ON e.seen_in = after.id
      WHERE after.id <> :source AND +e.standing IN {STANDS} AND +e.source IN (SELECT id FROM before)),
  fallen(evidence, claim, via) AS (
    SELECT min(evidence), claim, via FROM later WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.claim = later.claim
      AND (+e.source = :source OR +e.seen_in = :source) AND +e.standing IN {STANDS}) GROUP BY claim)
"""
"""Which claims stand on a source through later ones: they have evidence that a later one carries, or that was seen
there and is of this source or of one before it."""


def through(db: Db, source: str, number: int = 1, *, each: int | None = EACH) -> ListPage[Row]:
    """Return a page of the claims that stand on a source through others only, each with one of these."""
    listed = f"fallen f JOIN evidence e ON e.rowid = f.evidence {_CLAIM} JOIN sources s ON s.id = f.via"
    columns = f"{CARRIED}, f.via, s.title AS via_title, e.source <> f.via AS elsewhere"
    given = {"source": source}
    return paged(db, columns, listed, given, "c.id", number, counted="fallen", ahead=BEHIND, each=each)


def steps(db: Db, source: str, *, forth: bool, number: int = 1, each: int | None = EACH) -> ListPage[Row]:
    """Return a page of the links from a source to what it comes from, or (`forth`) of those that lead to it."""
    here, there = ("comes_from", "source") if forth else ("source", "comes_from")
    linked = (
        f"links l JOIN sources s ON s.id = l.{there} WHERE l.{here} = ? AND l.state <> 'rejected' "
        f"AND +l.standing IN {STANDS}"
    )
    return paged(db, "l.relation, l.state, l.note, s.id, s.title", linked, (source,), "l.rowid", number, each=each)


def captures_of(db: Db, source: str, number: int = 1, *, each: int | None = EACH) -> ListPage[Row]:
    """Return a page of the archived copies of a source, oldest first."""
    return paged(db, "id", "captures WHERE source = ?", (source,), "rowid", number, each=each)
