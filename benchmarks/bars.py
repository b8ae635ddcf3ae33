"""What benchmarks share: a small size, where outside material lies, and bars that are held.

    options = bars.parser(__doc__).parse_args()   adds --quick, and --data or $FACTLEDGER_DATA
    folder = bars.data(options, "gum-news")       a folder of material that was not made here, or None, which is said
    bars.hold("value F1", 0.83, least=0.80, beside={"dateparser": 0.45})
                                                  prints figure, bar and what others get in the same run; a bar that
                                                  is missed makes `bars.close()` exit 1

Bars are ratios or scores, never times: those differ from machine to machine. `make bench QUICK=1` runs every file here
in its small size. What a set is, where it comes from and under which licence stands in the docstring of its benchmark.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

HELD, MISSED, ABSENT = "held  ", "MISSED", "NOT MEASURED"
"""How the lines begin that `record.py` gathers."""

_missed: list[str] = []


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows --quick and --data; a benchmark adds its own options."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--quick", action="store_true", help="the small size, for every change: seconds, not minutes")
    made.add_argument(
        "--data",
        type=Path,
        default=os.environ.get("FACTLEDGER_DATA"),
        metavar="FOLDER",
        help="where outside data sets lie, a folder each (default: $FACTLEDGER_DATA)",
    )
    return made


def sized(options: argparse.Namespace, **small: int) -> argparse.Namespace:
    """Return the options, with these values in the place of theirs where --quick was given."""
    return argparse.Namespace(**{**vars(options), **(small if options.quick else {})})


def data(options: argparse.Namespace, name: str) -> Path | None:
    """Return the folder of an outside data set; where it is not, say so and return None."""
    folder = Path(options.data) / name if options.data else None
    if folder is not None and folder.is_dir():
        return folder
    print(f"{ABSENT}  {name}: no such folder under --data or $FACTLEDGER_DATA")
    return None


def hold(
    what: str,
    figure: float,
    *,
    least: float | None = None,
    most: float | None = None,
    beside: Mapping[str, float] | None = None,
) -> None:
    """Print a figure beside its bar and beside those of peers or floors, and remember it if the bar is missed."""
    held = (least is None or figure >= least) and (most is None or figure <= most)
    bar = " and ".join(f"{sign} {limit:g}" for sign, limit in ((">=", least), ("<=", most)) if limit is not None)
    others = "".join(f"; {name} {other:.4g}" for name, other in (beside or {}).items())
    print(f"{HELD if held else MISSED}  {what}: {figure:.4g} (bar {bar}){others}")
    if not held:
        _missed.append(what)


def close() -> None:
    """End the benchmark: exit code 1 if a bar was missed."""
    if _missed:
        sys.exit(f"Not reached: {'; '.join(_missed)}")
