"""What verifying costs: the log beside bare hashing of the same bytes, and all of `verify` in its parts.

    python benchmarks/verifying.py [--entries 100000] [--claims 5000] [--rounds 5]

The log part reads every entry, hashes it, grows the tree, and checks body, form, order, time and kind. Its floor
is SHA-256 of the same envelopes and bodies, in memory already: CPU time, the median of the rounds, in which both
take turns. The target is 5 times the floor. The whole is measured once, on a ledger of that many claims, each
with two pieces of evidence, in seconds on the clock of the wall.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import bars

from ledger import book, store
from ledger.audit import bare, verify
from ledger.audit.log import LogCheck
from ledger.audit.report import Notebook
from ledger.store import Draft, Ledger

BATCH = 10_000
"""Entries of one transaction."""

PART = "  {:32}{:>9.2f}"


def main() -> None:
    """Measure, and print both."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FACTLEDGER_KEYS"] = str(folder / "keys")
        _log_part(folder / "log.db", options.entries, options.rounds)
        _whole(folder / "whole.db", options.claims)
    bars.close()


def _log_part(path: Path, entries: int, rounds: int) -> None:
    with book.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        _append(ledger, (_opening(ledger, number) for number in range(entries)))
        rows = ledger.db.execute("SELECT CAST(env AS BLOB), salt, CAST(body AS BLOB) FROM ledger_entry").fetchall()
    pairs = [(_cpu(_hash, rows), _cpu(_check, path)) for _ in range(rounds)]
    floor, ours = (1e6 * median(times) / len(rows) for times in zip(*pairs, strict=True))
    ratio = median(check / bare_hashing for bare_hashing, check in pairs)
    print(f"{len(rows):,} entries, {rounds} rounds, CPU us/entry\n")
    print(f"  bare hashing {floor:.2f}, log part of verify {ours:.2f}, ratio {ratio:.2f}x\n")
    bars.hold("the log's part of verify, times bare hashing", ratio, most=9)


def _hash(rows: list[tuple[bytes, bytes, bytes]]) -> None:
    for envelope, salt, body in rows:
        sha256(b"\x00" + envelope + b"\n").digest()
        sha256(salt + body).hexdigest()


def _check(path: Path) -> None:
    notebook = Notebook()
    db = bare.connect(path, notebook)
    assert db is not None
    with closing(db):
        log = LogCheck(db, notebook)
        for _ in log.checked(lambda done, total: None):
            pass
        log.finish()
        log.tree.finish()
    assert not notebook.problems()


def _whole(path: Path, claims: int) -> None:
    with book.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        _append(ledger, _story(ledger, claims))
        size = store.queries.head(ledger.db).size
    structure, replay, log, tables = (_Stopwatch() for _ in range(4))
    module = sys.modules[verify.__module__]
    with (
        patch.object(module, "check_structure", structure.around(module.check_structure)),
        patch.object(module, "replay", replay.around(module.replay)),
        patch.object(LogCheck, "checked", log.along(LogCheck.checked)),
        patch.object(module, "compare_tables", tables.around(module.compare_tables)),
    ):
        start = time.perf_counter()
        report = verify(path)
        whole = time.perf_counter() - start
    assert report.sound, report.problems
    print(f"{claims:,} claims, {size:,} entries, seconds\n")
    print(PART.format("verify", whole))
    print(PART.format("  SQLite's integrity check", structure.seconds))
    print(PART.format("  the log", log.seconds))
    print(PART.format("  replay", replay.seconds - log.seconds))
    print(PART.format("  comparison of the tables", tables.seconds))


class _Stopwatch:
    """Adds up the seconds that calls of a function take, or the steps of a generator."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, action: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return action(*given, **named)
            finally:
                self.seconds += time.perf_counter() - start

        return timed

    def along(self, action: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def timed(*given: Any) -> Iterator[Any]:
            step = self.around(action(*given).__next__)
            while True:
                try:
                    item = step()
                except StopIteration:
                    return
                yield item

        return timed


def _append(ledger: Ledger, drafts: Iterator[Draft]) -> None:
    actor, waiting = ledger.environment.uid(), list[Draft]()
    for draft in drafts:
        waiting.append(draft)
        if len(waiting) == BATCH:
            store.append(ledger, waiting, actor=actor)
            waiting = []
    store.append(ledger, waiting, actor=actor)


def _opening(ledger: Ledger, number: int) -> Draft:
    """Return a draft of a kind that no table is made from, as large as a claim."""
    body = {"origin": f"desk-{number}.example", "text": "The bridge over the harbour was closed in May. " * 3}
    return Draft(store.INIT, ledger.environment.uid(), body)


def _story(ledger: Ledger, claims: int) -> Iterator[Draft]:
    """Yield claims, each with two pieces of evidence; ten of them share a source."""
    for number in range(claims):
        if number % 10 == 0:
            source = ledger.environment.uid()
            yield Draft("source.add", source, {"handle": f"source-{number}", "title": f"Minutes of sitting {number}"})
        claim = ledger.environment.uid()
        yield Draft("claim.add", claim, {"handle": f"claim-{number}", "text": f"Pier {number} was closed in May."})
        for each in ("a", "b"):
            words = {"exact": f"pier {number} is shut for the {each} season, says the council of the port"}
            body = {"anchor": words, "claim": claim, "handle": f"claim-{number}-{each}", "source": source}
            yield Draft("evidence.add", ledger.environment.uid(), body)


def _cpu(action: Callable[..., object], *given: object) -> float:
    start = time.process_time()
    action(*given)
    return time.process_time() - start


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    return bars.sized(parser.parse_args(), entries=5_000, claims=200, rounds=3)


if __name__ == "__main__":
    main()
