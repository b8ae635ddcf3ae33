"""What appending costs, beside plain SQLite inserting the same rows with the same pragmas.

    python benchmarks/append.py [--rows 10000] [--singles 300] [--rounds 5]

Bulk is measured as CPU time, one transaction a round; single appends as durable
transactions a second on the clock of the wall. Each figure is the median of the
rounds; a ratio is the median of those of the rounds, in which both take turns. The targets are 2.5 times
plain for the log alone, and 0.7 times plain for single appends.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import bars
from sqlite_utils.utils import sqlite3

from ledger import book, store
from ledger.store import Draft, Ledger

PLAIN = "CREATE TABLE plain (seq INTEGER PRIMARY KEY, hash BLOB, env TEXT, sig TEXT, salt BLOB, body TEXT) STRICT"
INSERT = "INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?)"
ENTRIES = "SELECT seq, hash, env, sig, salt, body FROM ledger_entry WHERE seq >= ? ORDER BY seq"

ACTOR = "0" * 32

Rows = list[tuple[object, ...]]


def main() -> None:
    """Measure, and print one table."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FACTLEDGER_KEYS"] = str(folder / "keys")
        print(f"SQLite {sqlite3.sqlite_version}, {options.rows:,} rows a round, {options.rounds} rounds\n")
        print(f"{'':34}{'plain':>10}{'ledger':>10}{'ratio':>8}")
        alone = _bulk("bulk, log alone, CPU us/row", folder / "log", _opening, options.rows, options.rounds)
        _bulk("bulk, with tables, CPU us/row", folder / "tables", _source, options.rows // 5, options.rounds)
        _single("single durable appends a second", folder / "single", options.singles, options.rounds)
    bars.hold("bulk append of the log alone, times plain SQLite", alone, most=4)
    bars.close()


def _bulk(what: str, folder: Path, draft: Callable[[Ledger, int], Draft], rows: int, rounds: int) -> float:
    folder.mkdir()
    plain = _plain(folder / "plain.db")
    with _begun(folder) as ledger:
        pairs = []
        for _ in range(rounds):
            drafts = [draft(ledger, number) for number in range(rows)]
            before = store.queries.head(ledger.db).size
            ours = _cpu(store.append, ledger, drafts, actor=ACTOR)
            pairs.append((_cpu(_insert, plain, _rows(ledger, before)), ours))
    return _print(what, [1e6 * one / rows for one, _ in pairs], [1e6 * other / rows for _, other in pairs], "{:.1f}")


def _single(what: str, folder: Path, singles: int, rounds: int) -> None:
    folder.mkdir()
    plain = _plain(folder / "plain.db")
    with _begun(folder) as ledger:
        pairs = []
        for _ in range(rounds):
            drafts = [_opening(ledger, number) for number in range(singles)]
            before = store.queries.head(ledger.db).size
            start = time.perf_counter()
            for one in drafts:
                store.append(ledger, [one], actor=ACTOR)
            ours, same = time.perf_counter() - start, _rows(ledger, before)
            start = time.perf_counter()
            for row in same:
                _insert(plain, [row])
            pairs.append((time.perf_counter() - start, ours))
    _print(what, [singles / one for one, _ in pairs], [singles / other for _, other in pairs], "{:,.0f}")


def _opening(ledger: Ledger, number: int) -> Draft:
    """Return a draft of a kind that no table is made from, as large as a claim."""
    body = {"origin": f"desk-{number}.example", "text": "The bridge over the harbour was closed in May. " * 3}
    return Draft(store.INIT, ledger.environment.uid(), body)


def _source(ledger: Ledger, number: int) -> Draft:
    uid = ledger.environment.uid()
    return Draft("source.add", uid, {"handle": f"source-{uid}", "title": f"Minutes {number} of the port council"})


def _begun(folder: Path) -> Ledger:
    return book.start(folder / "ledger.db", origin="desk.example", person="Ana Roa").ledger


def _plain(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=EXTRA", "journal_mode=WAL", "secure_delete=ON"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(PLAIN)
    return db


def _rows(ledger: Ledger, start: int) -> Rows:
    return ledger.db.execute(ENTRIES, (start,)).fetchall()


def _insert(db: sqlite3.Connection, rows: Rows) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.executemany(INSERT, rows)
    db.execute("COMMIT")


def _cpu(action: Callable[..., object], *given: object, **named: object) -> float:
    start = time.process_time()
    action(*given, **named)
    return time.process_time() - start


def _print(what: str, plain: Sequence[float], ours: Sequence[float], form: str) -> float:
    ratio = median(other / one for one, other in zip(plain, ours, strict=True))
    print(f"{what:34}{form.format(median(plain)):>10}{form.format(median(ours)):>10}{ratio:>7.2f}x")
    return ratio


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--singles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    return bars.sized(parser.parse_args(), rows=2_000, singles=40, rounds=3)


if __name__ == "__main__":
    main()
