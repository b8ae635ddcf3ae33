"""What a page costs: CPU of each of ours at 300 and at 20,000 checked claims, beside Datasette's table of claims.

    python benchmarks/pages.py [--claims 300 20000] [--rounds 30] [--ledger FILE]

A newsroom's ledger (benchmarks/newsroom.py) is checked with the installed standard checkers, then every page is asked
for in turn, in one process and without a network, the peer among them: the table of claims of the same file in a
Datasette without factledger, as it comes but for the facets that it suggests, which only make it slower. CPU is that of
the whole process, the 95th of a hundred requests; the first two rounds, in which templates are compiled, are not
counted, and Python collects garbage between requests, for both alike.
The bar: no page of ours takes more than that table; and none has more than 300 kB.

`--ledger` measures a ledger that is there already, such as one that was checked on another day.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import bars
from newsroom import fill

from ledger import checks
from ledger.web.serve import application

CHECKERS = "factledger-checkers"
LARGEST = 300_000
"""Bytes of a page."""

PEER = "/ledger/claims"

PAGES = (
    "/",
    "/ledger/claims/claim-5",
    "/ledger/sources/wire",
    "/ledger/sources/source-70",
    "/ledger/agents/desk",
    "/ledger/agents/person-50",
    "/ledger/inquiries/asked-3",
    "/-/ledger/about",
    "/-/ledger/checkers",
    "/-/ledger/checkers/quote",
    "/-/ledger/checkers/quote?page=12",
    "/-/ledger/checkpoints",
    "/-/ledger/claims",
    "/-/ledger/claims?found=problems",
    "/-/ledger/claims?page=12",
    "/-/ledger/claims?page=800",
    "/-/ledger/claims?q=pier+closed",
    "/-/ledger/claims?q=pier+112",
    "/-/ledger/claims?topic=tolls&verdict=refuted",
    "/-/ledger/claims?verdict=supported&page=100",
    "/-/ledger/corrections",
    "/-/ledger/galley/source-70",
    "/-/ledger/history/wire",
    "/-/ledger/inquiries?state=no_answer",
    "/-/ledger/people",
    "/-/ledger/sources",
    "/-/ledger/sources?q=sitting",
    "/-/ledger/stories",
    "/-/ledger/stories/The~20piers~20of~20district~200",
    "/-/ledger/timeline",
)

BARE = """
import asyncio, gc, json, sys, time
from datasette.app import Datasette
from datasette.plugins import pm
for plugin in list(pm.get_plugins()):
    if getattr(plugin, "__name__", "").startswith("ledger"):
        pm.unregister(plugin)
served = Datasette([sys.argv[1]], settings={"suggest_facets": False})
async def asked():
    name = next(name for name in served.databases if not name.startswith("_"))
    took = []
    gc.disable()
    for _ in range(int(sys.argv[2])):
        start = time.process_time()
        answer = await served.client.get(f"/{name}/claims")
        took.append(time.process_time() - start)
        if len(took) % 10 == 0:
            gc.collect()
        assert answer.status_code == 200 and "factledger" not in answer.text
    print(json.dumps([took[2:], len(answer.content)]))
asyncio.run(asked())
"""


def main() -> None:
    """Measure, and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        for claims in [0] if options.ledger else options.claims:
            path = options.ledger or _checked(Path(name) / f"ledger-{claims}.db", claims)
            _measure(path, claims, options.rounds)
    bars.close()


def _checked(path: Path, claims: int) -> Path:
    book = fill(path, claims)
    checks.check(book, plugins=CHECKERS)
    book.ledger.close()
    return path


def _measure(path: Path, claims: int, rounds: int) -> None:
    command = [sys.executable, "-c", BARE, str(path), str(rounds + 2)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took, size = json.loads(done.stdout)
    peer = _p95(took)
    told = f"{claims:,} claims" if claims else str(path.name)
    print(f"\n{told}, {path.stat().st_size / 1e6:,.0f} MB, {rounds} rounds\n")
    print(f"{'page':58}{'p95 ms':>8}{'of peer':>9}{'kB':>8}")
    print(f"{'Datasette alone, ' + PEER:58}{1000 * peer:8.1f}{1:9.2f}{size / 1000:8.1f}")
    worst, largest = 0.0, 0
    for page, cost, size in asyncio.run(_asked(path, rounds)):
        print(f"{page:58}{1000 * cost:8.1f}{cost / peer:9.2f}{size / 1000:8.1f}")
        worst, largest = max(worst, cost / peer), max(largest, size)
    print()
    if not claims or claims >= 1_000:
        bars.hold(f"the dearest page of {told}, times Datasette's table", worst, most=1.0)
    bars.hold(f"bytes of the largest page of {told}", largest, most=LARGEST)


async def _asked(path: Path, rounds: int) -> list[tuple[str, float, int]]:
    """Return (page, CPU seconds, bytes) of each page that is there."""
    served = application(path)
    took: dict[str, list[float]] = {page: [] for page in PAGES}
    sizes: dict[str, int] = {}
    gc.disable()
    for number in range(rounds + 2):
        gc.collect()
        for page in PAGES:
            start = time.process_time()
            answer = await served.client.get(page)
            if number > 1:
                took[page].append(time.process_time() - start)
            sizes[page] = len(answer.content)
            assert answer.status_code == 200, (page, answer.status_code)
    return [(page, _p95(took[page]), sizes[page]) for page in PAGES]


def _p95(took: Iterable[float]) -> float:
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[300, 20_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--ledger", type=Path, help="a checked ledger of benchmarks/newsroom.py")
    options = bars.sized(parser.parse_args(), rounds=3)
    if options.quick:
        options.claims = [120]
    return options


if __name__ == "__main__":
    main()
