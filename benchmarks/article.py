"""How long `factledger read` takes, beside a start of Python with what it reads by.

    python benchmarks/article.py [--quick] [--data FOLDER] [--rounds N]

gum-news is the Georgetown University Multilayer corpus (CC BY and kin), a folder whose `xml/` holds GUM_*.xml: its
news, one after another, sixty thousand characters, as one article. Of every command the best round counts, since others
use the machine too:

    wall    seconds until it has ended; one core waits for the other only where both are free
    CPU     seconds of all its processes, which other load changes little

The bar is held on CPU, as a ratio to a start of the worker, which is imports alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import bars
from attrs import frozen
from offices import read

LENGTH = 60_000
MOST = 6.0
"""Times the CPU of a start of the worker."""

COMMANDS = {
    "import ledger": ["-c", "import ledger"],
    "--version": ["-c", "import sys; from ledger.cli import main; sys.argv = ['factledger', '--version']; main()"],
    "start of the worker": ["-c", "import ledger.reading.worker"],
    "read": ["-c", "import sys; from ledger.cli import main; sys.argv = ['factledger', 'read', 'article.txt']; main()"],
}


@frozen
class Time:
    """Seconds that a command took: on the clock, and of all its processes."""

    wall: float
    cpu: float


def taken(arguments: list[str], folder: Path) -> Time:
    """Return what one run takes; raise if it does not end as a reading does."""
    before, began = os.times(), time.monotonic()
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - began, os.times()
    if done.returncode not in (0, 1) or "Did not run" in done.stderr:
        raise SystemExit(f"It did not read: {done.stderr}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Time(wall, cpu)


def news(folder: Path) -> Iterator[str]:
    """Yield the texts that make one article."""
    texts = [read(path).text for path in sorted(folder.glob("xml/GUM_news_*.xml"))]
    for text, length in zip(texts, accumulate(map(len, texts), initial=0), strict=False):
        if length < LENGTH:
            yield text[: LENGTH - length]


def main() -> None:
    """Print and hold the times."""
    parser = bars.parser(__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    options = bars.sized(parser.parse_args(), rounds=3)
    if (folder := bars.data(options, "gum-news")) is not None:
        with TemporaryDirectory() as made:
            Path(made, "article.txt").write_text("\n\n".join(news(folder)), encoding="utf-8")
            measured = {name: _best(arguments, Path(made), options.rounds) for name, arguments in COMMANDS.items()}
        for name, best in measured.items():
            print(f"{name:<22}{best.wall:>6.2f} s wall{best.cpu:>8.2f} s CPU")
        bars.hold(
            "CPU of read, starts of the worker", measured["read"].cpu / measured["start of the worker"].cpu, most=MOST
        )
    bars.close()


def _best(arguments: list[str], folder: Path, rounds: int) -> Time:
    times = [taken(arguments, folder) for _ in range(rounds)]
    return Time(min(one.wall for one in times), min(one.cpu for one in times))


if __name__ == "__main__":
    main()
