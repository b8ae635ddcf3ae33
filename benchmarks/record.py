"""Run every benchmark, and gather the figures that have a bar in one table: BENCHMARKS.md.

    make bench            in full size: what stands below the mark in BENCHMARKS.md is written anew
    make bench QUICK=1    in the small size that every change must hold; --write writes that, else nothing is written

A benchmark is a file here with a `main()`. What it prints of bars, by `bars.hold`, and of material that is not at hand
is gathered; all that it prints is shown. The exit code is 1 if a bar was missed or a benchmark ended otherwise.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import bars

from ledger.sqlite import sqlite3

HERE = Path(__file__).parent
TABLE = HERE.parent / "BENCHMARKS.md"
MARK = "<!-- below: written by make bench -->\n"

_LINE = re.compile(
    rf"(?P<state>{bars.HELD}|{bars.MISSED})  (?P<what>.+): (?P<figure>\S+) \(bar (?P<bar>[^)]+)\)(?P<beside>.*)"
)
_ABSENT = re.compile(rf"{bars.ABSENT}  (\S+): no such folder")


@attrs.frozen
class Run:
    """What a benchmark printed (lines), its exit code, and the CPU seconds that it and its children took."""

    file: Path
    lines: tuple[str, ...]
    code: int
    cpu: float


def main() -> None:
    """Run all, show what they print, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the small size; nothing is written without --write")
    parser.add_argument("--write", action="store_true", help="write the table in the small size, too; it says so")
    parser.add_argument("only", nargs="*", help="names of benchmarks; nothing is written")
    options = parser.parse_args()
    runs = [run(file, quick=options.quick) for file in benchmarks() if not options.only or file.stem in options.only]
    if (options.write or not options.quick) and not options.only:
        above = TABLE.read_text(encoding="utf-8").partition(MARK)[0]
        TABLE.write_text(above + MARK + "\n".join(table(runs, quick=options.quick)) + "\n", encoding="utf-8")
    failed = [one.file.name for one in runs if one.code]
    if failed:
        sys.exit(f"Not as it should be: {', '.join(failed)}")


def benchmarks() -> list[Path]:
    """Return the files that measure something, by name."""
    return sorted(one for one in HERE.glob("*.py") if one != Path(__file__) and "\n    main()" in one.read_text())


def run(file: Path, *, quick: bool) -> Run:
    """Run one benchmark as a program of its own and show what it prints."""
    print(f"== {file.name}", flush=True)
    before = _cpu()
    command = [sys.executable, str(file), *(["--quick"] if quick else [])]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as program:
        for line in program.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    cpu = _cpu() - before
    print(f"({file.name}: {cpu:,.1f} CPU seconds)", flush=True)
    return Run(file, tuple(lines), program.returncode, cpu)


def table(runs: list[Run], *, quick: bool) -> Iterator[str]:
    """Yield the lines of the table: every figure with its bar, then what was not measured."""
    yield f"\nMeasured {'in the small size ' if quick else ''}on {_machine()}.\n"
    yield "| benchmark | figure | ours | bar | beside, in the same run |"
    yield "|---|---|---|---|---|"
    for one in runs:
        for found in filter(None, map(_LINE.fullmatch, one.lines)):
            state = "" if found["state"] == bars.HELD else " **missed**"
            cells = (found["what"], found["figure"] + state, found["bar"], found["beside"].removeprefix("; "))
            yield f"| [{one.file.stem}](benchmarks/{one.file.name}) | {' | '.join(cell or '-' for cell in cells)} |"
    absent = {found[1] for one in runs for found in map(_ABSENT.match, one.lines) if found}
    if absent:
        yield f"\nNot measured here, because they were not at hand: the sets {', '.join(sorted(absent))}."
    ended = [one.file.name for one in runs if one.code and not any(line.startswith(bars.MISSED) for line in one.lines)]
    if ended:
        yield f"\nEnded otherwise: {', '.join(ended)}."
    yield f"\nAll of it took {sum(one.cpu for one in runs):,.0f} CPU seconds."


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processors ({platform.machine()}) with {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    main()
