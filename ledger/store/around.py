"""Which entries the page of one record is made of: those of the record, and of all that it shows beside it.

Found by what names what (`ledger_mention`), which holds for every point: a record that named another once is found by
it, whatever a correction made of that. There may be more than the page shows; never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..model import Record, Source
from .in_list import select_in


def around(db: Any, record: Record, size: int) -> list[int]:
    """Return the numbers, in order, of the entries before `size` that what is shown of a record is made of."""
    found = _Surroundings(db, size)
    found.take([record.uid])
    found.take(found.naming([record.uid]))
    if isinstance(record, Source):
        found.take_later_sources(record.uid)
    found.take_earlier_sources()
    return found.entries()


class _Surroundings:
    """Records found so far, by uid, each with its kind; what they name is found with them."""

    def __init__(self, db: Any, size: int) -> None:
        self._db = db
        self._size = size
        self._then = f"seq < {size:d}"
        self._found: dict[str, str] = {}

    def take(self, uids: Iterable[str]) -> None:
        """Add records, and all that these name, and so on."""
        fresh = [uid for uid in dict.fromkeys(uids) if uid not in self._found]
        while fresh:
            kinds = dict(select_in(self._db, "SELECT uid, kind FROM ledger_record WHERE uid IN ({})", fresh))
            self._found |= {uid: kinds.get(uid, "") for uid in fresh}
            named = select_in(
                self._db, f"SELECT DISTINCT target FROM ledger_mention WHERE subject IN ({{}}) AND {self._then}", fresh
            )
            fresh = [uid for uid in dict.fromkeys(uid for (uid,) in named) if uid not in self._found]

    def naming(self, uids: Iterable[str], test: str = "1") -> Iterator[str]:
        """Yield the records that name these; `test` is put to each as `r`, and to the mention as `m`."""
        sql = (
            "SELECT DISTINCT m.subject FROM ledger_mention m CROSS JOIN ledger_record r ON r.uid = m.subject "
            f"WHERE m.target IN ({{}}) AND {self._then} AND {test}"
        )
        return (uid for (uid,) in select_in(self._db, sql, uids))

    def take_earlier_sources(self) -> None:
        """Add the links of every source to what it comes from, its copies, and the same of those sources."""
        own = "json_extract(r.body, '$.source') = m.target"
        done = set[str]()
        while fresh := [uid for uid, kind in self._found.items() if kind == "source" and uid not in done]:
            done.update(fresh)
            self.take(self.naming(fresh, f"(r.kind = 'capture' OR (r.kind = 'link' AND ({own} OR {CHANGED})))"))

    def take_later_sources(self, uid: str) -> None:
        """Add the sources that come from one, directly or not, and the evidence that these carry."""
        later = "json_extract(r.body, '$.comes_from') = m.target"
        done, fresh = set[str](), [uid]
        while fresh:
            done.update(fresh)
            links = list(self.naming(fresh, f"r.kind = 'link' AND ({later} OR {CHANGED})"))
            self.take([*links, *self.naming(fresh, "r.kind = 'evidence'")])
            ends = select_in(
                self._db, f"SELECT DISTINCT target FROM ledger_mention WHERE subject IN ({{}}) AND {self._then}", links
            )
            fresh = [end for (end,) in ends if self._found.get(end) == "source" and end not in done]

    def entries(self) -> list[int]:
        """Return the numbers of the entries of all that was found, with those who made them and the checks' own."""
        self.take(uid for (uid,) in self._db.execute(OF_THE_CHECKS, (self._size, self._size)).fetchall())
        own = f"SELECT seq FROM ledger_mention WHERE target IN ({{}}) AND subject = target AND {self._then}"
        made = {seq for (seq,) in select_in(self._db, own, self._found)}
        by = f"SELECT DISTINCT json_extract(env, '$.actor') FROM ledger_entry WHERE seq IN ({{}}) AND {self._then}"
        self.take(uid for (uid,) in select_in(self._db, by, sorted(made)))
        return sorted({0, *made, *(seq for (seq,) in select_in(self._db, own, self._found))})


CHANGED = "r.last_seq > r.first_seq"
"""A record that later entries changed may have named something else before."""

OF_THE_CHECKS = """
SELECT uid FROM ledger_record WHERE kind = 'checker' AND first_seq < ? UNION
SELECT uid FROM (SELECT uid FROM ledger_record WHERE kind = 'run' AND first_seq < ? ORDER BY first_seq DESC LIMIT 1)"""
"""What results name by other names than uids: the cards of checkers; and the last run, which says which there were."""
