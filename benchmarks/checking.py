"""What the engine costs beside the checkers themselves, and what an incremental run saves.

    python benchmarks/checking.py [--claims 100000] [--pause 400]

A ledger of that many claims, each with two pieces of evidence from shared sources with captures and publishers,
is checked with the installed standard checkers: everything new, everything again, and after one source was
changed. The floor is the same checkers called directly on ready dossiers, in one process: CPU time of this
process and of its children. What is left after the floor is taken away, divided by claims and checkers, is the
engine's own cost; targets: 100 us where every finding is new, 15 us where nothing is. Then a checker that works
for `pause` microseconds a claim is run by one worker and by two: CPU at most 1.10 times, at least 1.6 times as
fast on 2 free processors.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bars

from ledger import book as use_cases
from ledger import checks, plugins, store
from ledger.book import Book
from ledger.checker import Checker, Context
from ledger.policy import default_policy
from ledger.store import Draft, queries

TOGETHER = 10_000
STANDARD = "factledger-checkers"

BUSY = '''
"""busy: works for a while on every claim."""
import os, time
from ledger import Checker, hookimpl


class Busy(Checker):
    """Checks: nothing.
    Why it matters: it takes its time.
    Fails on: nothing.
    Passes on: everything.
    """

    name = "busy"
    establishes = "that time was spent"
    does_not_establish = "anything"

    def check(self, dossier, context):
        until = time.thread_time_ns() + 1_000 * int(os.environ["PAUSE"])
        while time.thread_time_ns() < until:
            pass
        yield self.passes("Time was spent.")


@hookimpl
def ledger_register_checkers(config):
    return [Busy()]
'''


def main() -> None:
    """Measure, and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FACTLEDGER_KEYS"] = str(folder / "keys")
        path = folder / "ledger.db"
        with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
            _fill(ledger, options.claims)
            _engine(Book(ledger), options.claims)
            if options.pause:
                _spread(Book(ledger), folder, min(options.claims, 20_000), options.pause)
    bars.close()


def _engine(book: Book, claims: int) -> None:
    loaded = plugins.load(STANDARD).checkers({})
    number = len(loaded)
    print(f"{claims:,} claims, {number} checkers, {queries.head(book.ledger.db).size:,} entries\n")
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'us a call':>11}{'engine us':>11}")
    floor = _measured(lambda: _direct(book, loaded))
    each = 1e6 / claims / number
    ready, direct = floor[2]
    print(f"{'dossiers alone':34}{ready:8.2f}{'':8}{ready * each:11.1f}")
    print(f"{'the checkers, called directly':34}{direct:8.2f}{'':8}{direct * each:11.1f}{'floor':>11}")
    new = _measured(lambda: checks.check(book, plugins=STANDARD, workers=1))
    _line("everything new", new, each, direct)
    again = _measured(lambda: checks.check(book, everything=True, plugins=STANDARD, workers=1))
    _line("everything again, nothing new", again, each, direct)
    bars.hold("findings that a second run changes", len(again[2].changed), most=0)
    idle = _measured(lambda: checks.check(book, plugins=STANDARD))
    _line("nothing changed", idle)
    book.correct("source-71", {"published": "2031-02-03"}, "The year was wrong.")
    one = _measured(lambda: checks.check(book, plugins=STANDARD))
    _line("one source changed", one)
    touched = one[2].plan.claims
    print(
        f"\n{len(touched)} claims touched: {', '.join(touched[:4])} ...; {100 * one[0] / again[0]:.2f}% of the full run"
    )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB\n")


def _line(what: str, measured: tuple[float, float, Any], each: float = 0.0, floor: float = 0.0) -> None:
    cpu, wall, _ = measured
    told = f"{cpu * each:11.1f}{(cpu - floor) * each:11.1f}" if each else ""
    print(f"{what:34}{cpu:8.2f}{wall:8.2f}{told}")
    sys.stdout.flush()


def _direct(book: Book, loaded: list[Any]) -> tuple[float, float]:
    """Return CPU seconds of making every dossier, and of calling every checker on them."""
    handles = queries.claim_handles(book.ledger.db)
    contexts = [Context(datetime.now(UTC), policy=default_policy()) for _ in loaded]
    ready = direct = 0.0
    for start in range(0, len(handles), 1_000):
        begin = time.process_time()
        given = [dossier for dossier, _ in checks.dossiers(book.ledger.db, handles[start : start + 1_000])]
        middle = time.process_time()
        for dossier in given:
            for one, context in zip(loaded, contexts, strict=True):
                if isinstance(one.checker, Checker):  # those of groups and of the whole ledger are the engine's to call
                    list(one.checker.check(dossier, context))
        ready, direct = ready + middle - begin, direct + time.process_time() - middle
    return ready, direct


def _spread(book: Book, folder: Path, claims: int, pause: int) -> None:
    """Run a slow checker with one worker and with two."""
    site = folder / "site"
    info = site / "busy-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "busy.py").write_text(BUSY, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: busy\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[factledger]\nbusy = busy\n", encoding="utf-8")
    os.environ |= {"PYTHONPATH": str(site), "PAUSE": str(pause)}
    sys.path.append(str(site))
    handles = queries.claim_handles(book.ledger.db)[:claims]
    checks.check(book, handles, plugins="busy", workers=1)
    alone = _measured(lambda: checks.check(book, handles, plugins="busy", workers=1))
    both = _measured(lambda: checks.check(book, handles, plugins="busy", workers=2))
    print(f"{claims:,} claims, a checker of {pause} us")
    _line("  one worker", alone)
    _line("  two workers", both)
    print(f"  CPU {both[0] / alone[0]:.2f}x, {alone[1] / both[1]:.2f} times as fast")
    assert alone[2].run.digest == both[2].run.digest


def _fill(ledger: store.Ledger, claims: int) -> None:
    actor, waiting = ledger.environment.uid(), list[Draft]()
    for draft in story(ledger, claims):
        waiting.append(draft)
        if len(waiting) == TOGETHER:
            store.append(ledger, waiting, actor=actor)
            waiting = []
    store.append(ledger, waiting, actor=actor)


def story(ledger: store.Ledger, claims: int) -> Iterator[Draft]:
    """Yield claims, each with two pieces of evidence; ten of them share two sources, a hundred a publisher."""
    uid = ledger.environment.uid
    for number in range(claims):
        if number % 100 == 0:
            paper = uid()
            yield Draft("agent.add", paper, {"handle": f"paper-{number}", "name": f"Harbour Post {number}"})
        if number % 10 == 0:
            sources = [uid(), uid()]
            for which, source in enumerate(sources):
                body = {"handle": f"source-{number + which}", "title": f"Sitting {number + which}", "publisher": paper}
                yield Draft(
                    "source.add", source, body | {"published": "2031-05-03", "language": "en", "kind": "article"}
                )
                copy = {"handle": f"copy-{number + which}", "source": source, "sha256": "0" * 64, "size": 9}
                yield Draft("capture.add", uid(), copy | {"media_type": "text/plain", "taken_at": "2031-05-04"})
        claim = uid()
        body = {"handle": f"claim-{number}", "text": f"Pier {number} was closed in May.", "occurred": "2031-05-02"}
        yield Draft("claim.add", claim, body)
        for which, source in enumerate(sources):
            words = {"exact": f"pier {number} is shut, says the council of the port", "language": "en"}
            body = {"anchor": words, "claim": claim, "handle": f"claim-{number}-{which}", "source": source}
            yield Draft("evidence.add", uid(), body | {"basis": "witness" if which else "told", "named": True})


def _measured(action: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return (CPU seconds of this process and its children, seconds on the clock of the wall, what came back)."""
    gc.collect()
    start, begin = time.perf_counter(), _cpu()
    found = action()
    return _cpu() - begin, time.perf_counter() - start, found


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--pause", type=int, default=400, help="microseconds; 0 leaves the second part out")
    return bars.sized(parser.parse_args(), claims=300, pause=0)


if __name__ == "__main__":
    main()
