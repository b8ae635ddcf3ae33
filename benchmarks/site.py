"""What it costs to write a ledger as a site, beside asking for the same pages and writing nothing.

    python benchmarks/site.py [--claims 1000,10000]

A ledger of so many claims (benchmarks/checking.py: two pieces of evidence each, ten claims to two sources), of which
every tenth is decided, is published as a site by the command, in a process of its own; again with nothing entered;
and again with one claim corrected. The floor is the time of asking the published copy for the same pages through
Datasette's own client in this run, without links, heads, indexes or files. CPU of the process and its children.

Bars: what a page costs beyond the floor, how the whole grows with the claims (the exponent between the two sizes),
the second run and the run after one correction as parts of the first, and the memory of the largest beside that of
the smallest.
"""

from __future__ import annotations

import asyncio
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import attrs
import bars
import checking

from ledger import book as use_cases
from ledger import store
from ledger.book import Book
from ledger.model import Verdict
from ledger.web.serve import application
from ledger.web.site.addresses import FAMILIES

ENOUGH = 500
"""Claims from which on a site costs more than to start and to load what makes it."""

MAIN = "import sys; sys.argv[0] = 'factledger'; from ledger.cli import main; main()"


@attrs.frozen
class Cost:
    """CPU seconds, wall seconds, and the most memory of a run in MB."""

    cpu: float
    wall: float
    memory: float


@attrs.frozen
class Measured:
    """One size: pages of the site, and the costs of each run."""

    claims: int
    pages: int
    first: Cost
    again: Cost
    one: Cost
    floor: float


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", default="1000,10000", help="two sizes")
    options = bars.sized(parser.parse_args(), claims="50,200")
    sizes = [int(size) for size in options.claims.split(",")]
    print(f"{'claims':>8}{'pages':>9}{'first':>9}{'a page':>10}{'floor':>10}{'again':>8}{'one':>8}{'memory':>9}")
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        found = [_measure(Path(name) / str(size), size) for size in sizes]
    small, large = found[0], found[-1]
    each = [1000 * one.first.cpu / one.pages for one in found]
    print()
    bars.hold("CPU of a page beside its floor", each[-1] / large.floor, most=1.5)
    growth = math.log(large.first.cpu / small.first.cpu) / math.log(large.claims / small.claims)
    bars.hold("growth exponent of the first run", growth, most=1.1)
    if large.claims >= ENOUGH:
        bars.hold("a run with nothing to do, part of the first", large.again.cpu / large.first.cpu, most=0.05)
        bars.hold("a run after one correction, part of the first", large.one.cpu / large.first.cpu, most=0.25)
    else:
        print(f"NOT MEASURED  second runs as parts of the first: below {ENOUGH} claims they are the start of Python")
    bars.hold("memory of the largest beside the smallest", large.first.memory / small.first.memory, most=1.5)
    bars.close()


def _measure(folder: Path, claims: int) -> Measured:
    folder.mkdir()
    path = folder / "ledger.db"
    _fill(path, claims)
    command = ["-d", str(path), "publish", "site", str(folder / "site"), "--base-url", "https://facts.example.org/"]
    first, again = _run(command), _run(command)
    with store.open_ledger(path, write=True) as ledger:
        Book(ledger).correct("claim-7", {"occurred": "2031-05-01"}, "A reader sent us the log of the pier.")
    one = _run(command)
    pages, floor = _floor(folder / "site" / "data" / "ledger.db")
    print(
        f"{claims:8,}{pages:9,}{first.cpu:8.1f}s{1000 * first.cpu / pages:8.2f}ms{floor:8.2f}ms"
        f"{again.cpu:7.2f}s{one.cpu:7.1f}s{first.memory:6.0f} MB"
    )
    sys.stdout.flush()
    return Measured(claims, pages, first, again, one, floor)


def _fill(path: Path, claims: int) -> None:
    with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        checking._fill(ledger, claims)
        book = Book(ledger)
        with book.together():
            for number in range(0, claims, 10):
                claim = book.kept(f"claim-{number}").record
                book.review(claim, Verdict.SUPPORTED, "Both papers saw it.")  # type: ignore[arg-type]


def _run(arguments: Sequence[str]) -> Cost:
    """Return what a command costs in a process of its own."""
    begin = time.monotonic()
    running = subprocess.Popen([sys.executable, "-c", MAIN, *arguments], stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    said = running.stderr.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    running.stderr.close()
    if running.returncode:
        sys.exit(said)
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss / 1024)


def _floor(copy: Path) -> tuple[int, float]:
    """Return how many pages there are, and the CPU milliseconds of asking for one; of many, every so manieth."""
    datasette = application(copy, immutable=True)
    with store.open_ledger(copy) as ledger:
        addresses = [
            address + (f"?{family.asked}" if family.asked else "")
            for family in FAMILIES
            for address, _ in family.addresses(ledger.db)
        ]
    asked = addresses[:: max(1, len(addresses) // 2_000)]

    async def ask() -> float:
        await datasette.client.get("/")
        begin = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        for address in asked:
            await datasette.client.get(address)
        return sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - begin

    cpu = asyncio.run(ask())
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()
    return len(addresses), 1000 * cpu / len(asked)


if __name__ == "__main__":
    main()
