"""The index over the members: what they hold, and which of their claims are alike. It follows from the copies alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from .. import store
from ..desk import ALIKE, term_keys
from ..sqlite import sqlite3
from ..store import merged
from ..store.joining import WordSetJoin


def index_member(db: sqlite3.Connection, number: int, copy: Path) -> None:
    """Write what a member's copy holds."""
    with store.faults_told(copy), store.open_ledger(copy) as ledger:
        merged.put_records(db, number, ledger.db)


def index_alike(db: sqlite3.Connection) -> None:
    """Write which claims of different members are alike, once all are indexed.

    It is the measure of `factledger match`: of the words of both that say, name or count something, those in both.
    """
    with closing(WordSetJoin()) as join:
        for member, claim, text in merged.standing_claims(db):
            join.add(member, claim, term_keys(text))
        merged.put_alike(db, join.pairs(ALIKE))
