"""Whether the machine's clock can be believed: times in a log never decrease, so one wrong entry stays in the way."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..log import was_behind
from . import queries
from .file import Ledger
from .queries import Db

BEHIND = timedelta(days=1)
"""So far may the clock be behind the newest entry before somebody is asked: more than zones and drift explain."""

AHEAD = timedelta(days=2 * 365)
"""So far may it be after the newest entry: longer than ledgers rest that somebody writes to."""


def clock_doubt(ledger: Ledger) -> str | None:
    """Return why the time that an entry would get now may be wrong, None where nothing speaks for that."""
    now, (_, last) = ledger.environment.clock(), queries.end(ledger.db)
    try:
        since = now - datetime.fromisoformat(last)
    except ValueError:  # no entry, or a damaged one
        return None
    said = f"This machine's clock says {ledger.environment.instant()[:16]}Z, the newest entry {last[:16]}Z."
    if since < -BEHIND:
        return f"{said} What is entered now gets a time just after that one."
    if since > AHEAD:
        return f"{said} If the clock is ahead, no entry can have an earlier time any more."
    return None


def clock_was_behind(db: Db, seq: int) -> bool:
    """Return whether the clock was behind the entry before when this one was made: its time is no clock's."""
    found = db.execute(
        "SELECT json_extract(env, '$.at') FROM ledger_entry WHERE seq IN (?, ?) ORDER BY seq DESC", (seq, seq - 1)
    ).fetchall()
    return len(found) == 2 and was_behind(found[0][0], found[1][0])
