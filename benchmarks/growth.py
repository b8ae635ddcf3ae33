"""How cost grows, as a table and a plot: docs/growth.md and docs/growth.svg.

    python benchmarks/growth.py [--claims 300 1000 3000] [--within 2000] [--quick]

Ledgers of a usual shape (benchmarks/scaling.py) are made in each size, and one in which one object is large
(benchmarks/objects.py). Each command runs in a process of its own, and each page is asked for in one; CPU seconds and
peak memory are told, and the exponent of the growth beyond what the same costs on a ledger of eight claims: 1 is as
the ledger, 2 as its square. The figures at 100,000 and at a million are not measured but reckoned by that exponent.
The document is written anew after each size, so that a long run may be ended; in the small size it is not written.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bars
import objects
import scaling
from attrs import evolve, frozen
from costs import Cost, Line, command, page
from plot import Curve, Panel, Point, svg
from record import MARK, machine

from ledger import book as use_cases

DOCUMENT = Path(__file__).parents[1] / "docs" / "growth.md"

WHOLE, ONE = "The whole ledger", "One claim, one page"
SINGLE = ("check one claim", "show one claim", "bundle of one claim")
"""Commands of one claim."""

PAGES = ("/", "/ledger/claims/claim-7", "/ledger/sources/article-0", "/-/ledger/claims?q=harbour", "/-/ledger/timeline")

SMALL = scaling.CLAIMS_AN_ARTICLE
FURTHER, FURTHER_WITHIN = (100_000, 1_000_000), (20_000, 100_000)
"""Sizes that are reckoned: claims of a ledger, and parts of one object."""

NOTICED = 0.5
"""A cost that is beyond that of the small size by no more than this part of it is not told from it."""

GROWTH = 1.15
"""The exponent that no command may pass that is measured here only."""


def main() -> None:
    """Measure, and write the document."""
    options = _options()
    within = [options.within // 4, options.within // 2, options.within]
    lines = [] if options.quick else [line for kind in objects.KINDS for line in objects.measured(kind, within)]
    small, found = measured(SMALL), dict[str, Line]()
    for place, claims in enumerate(options.claims):
        for what, cost in measured(claims).items():
            line = found.get(what) or Line(ONE if what in SINGLE or what in PAGES else WHOLE, what, small[what], ())
            found[what] = evolve(line, costs=(*line.costs, cost))
        if place:
            sizes = options.claims[: place + 1]
            grown = [*(Growth(line, sizes, FURTHER) for line in found.values())]
            grown += [Growth(line, within, FURTHER_WITHIN) for line in lines]
            _write(grown, quick=options.quick)
    for one in grown:
        if one.line.asked in ("import", "check, one source changed"):
            bars.hold(f"growth of {one.line.asked}, exponent", one.exponent(seconds) or 0, most=GROWTH)
    bars.close()


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[300, 1_000, 3_000])
    parser.add_argument("--within", type=int, default=2_000, help="parts of the one object")
    options = parser.parse_args()
    if options.quick:
        options.claims = [40, 120]
    return options


def measured(claims: int) -> dict[str, Cost]:
    """Return what each command and page costs on a ledger of so many claims, and what its file takes."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        path, other = Path(name) / "ledger.db", Path(name) / "other.db"
        scaling.make(path, claims)
        command(path, "export", "story", "--out", "all.story.yaml")
        use_cases.start(other, origin="other.example", person="Ana Roa").ledger.close()
        found = {"import": command(other, "import", "all.story.yaml")}
        for what, arguments in scaling.COMMANDS.items():
            found[what] = command(path, *arguments)
            if what == "check, nothing new":
                command(path, "correct", "article-0", "title=The week", "--because", "It was wrong.")
                found["check, one source changed"] = command(path, *arguments)
        found |= {address: page(path, address) for address in PAGES}
        found["floor: SHA-256 of the file"] = scaling.hashed(path)
        found["floor: sqlite-utils, the same rows"] = evolve(scaling.inserted(path, Path(name) / "again.db"), memory=0)
        found["the file itself"] = Cost(0, path.stat().st_size / 1e6)
        return found


Measure = Callable[[Cost], float]


def seconds(cost: Cost) -> float:
    """Return the CPU seconds of a cost."""
    return cost.seconds


def memory(cost: Cost) -> float:
    """Return the megabytes of a cost."""
    return cost.memory


@frozen
class Growth:
    """What was measured at these sizes, and the sizes to which it is reckoned further."""

    line: Line
    sizes: Sequence[int]
    further: Sequence[int]

    def figures(self, of: Measure) -> list[float]:
        """Return the figure at each size."""
        return [of(cost) for cost in self.line.costs]

    def exponent(self, of: Measure) -> float | None:
        """Return the exponent of the last step, or None where its sizes cannot be told from the small one."""
        small = of(self.line.small)
        before, last = (figure - small for figure in self.figures(of)[-2:])
        if min(before, last) <= NOTICED * small:
            return None
        return math.log(last / before) / math.log(self.sizes[-1] / self.sizes[-2])

    def reckoned(self, of: Measure) -> list[Point]:
        """Return (size, figure) further on, by the exponent; none where there is none."""
        small, exponent = of(self.line.small), self.exponent(of)
        if exponent is None:
            return []
        last = self.figures(of)[-1] - small
        return [(size, small + last * (size / self.sizes[-1]) ** exponent) for size in self.further]


def _write(grown: Sequence[Growth], *, quick: bool) -> None:
    told = "\n".join(_told(grown))
    print(told)
    if not quick:
        above = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
        DOCUMENT.write_text(above + MARK + told + "\n", encoding="utf-8")
        DOCUMENT.with_suffix(".svg").write_text(drawn(grown), encoding="utf-8")


def _told(grown: Sequence[Growth]) -> Iterator[str]:
    """Yield the lines of the document's tables."""
    load = f"{os.getloadavg()[2]:.0f}"
    yield f"\nMeasured on {machine()}, with other work on it (load {load}).\n"
    for kind in dict.fromkeys(one.line.kind for one in grown):
        of_kind = [one for one in grown if one.line.kind == kind]
        yield from _table(f"{kind.capitalize()}: CPU", of_kind, seconds, time_told)
        if kind in (WHOLE, ONE):
            yield from _table(f"{kind}: peak memory", of_kind, memory, memory_told)


def _table(title: str, grown: Sequence[Growth], of: Measure, told: Callable[[float], str]) -> Iterator[str]:
    rows = [one for one in grown if any(one.figures(of))]
    sizes, further = rows[0].sizes, rows[0].further
    yield f"### {title}\n"
    heads = [*(f"{size:,}" for size in sizes), "exponent", *(f"*{size:,}*" for size in further)]
    yield f"| | {' | '.join(heads)} |"
    yield "|---|" + "---:|" * len(heads)
    for one in rows:
        exponent = one.exponent(of)
        cells = [told(figure) for figure in one.figures(of)]
        cells += ["-"] * (1 + len(further)) if exponent is None else [f"{exponent:.2f}"]
        cells += [f"*{told(figure)}*" for _, figure in one.reckoned(of)]
        yield f"| {one.line.asked} | {' | '.join(cells)} |"
    yield ""


def drawn(grown: Sequence[Growth]) -> str:
    """Return the plot: CPU of each kind, and memory of commands on the whole ledger."""
    kinds = list(dict.fromkeys(one.line.kind for one in grown))
    panels = [_panel(f"{kind.capitalize()}: CPU", kind, grown, seconds, TIMES) for kind in kinds]
    panels.insert(1, _panel(f"{WHOLE}: peak memory", WHOLE, grown, memory, MEMORIES))
    return svg(
        "How cost grows", "Cost by size, both logarithmic; dotted lines are reckoned. All figures: the tables.", panels
    )


def _panel(title: str, kind: str, grown: Sequence[Growth], of: Measure, marks: Sequence[float]) -> Panel:
    curves = []
    for one in grown:
        if one.line.kind == kind and any(one.figures(of)):
            measured = list(zip(one.sizes, one.figures(of), strict=True))
            curves.append(Curve(one.line.asked, measured, one.reckoned(of)))
    return Panel(title, curves, marks, time_told if of is seconds else memory_told)


TIMES = (1e-4, 1e-3, 0.01, 0.1, 1, 10, 60, 600, 3_600, 36_000, 360_000, 3_600_000)
MEMORIES = (0.1, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""What may stand at the axes: seconds, and megabytes."""


def time_told(figure: float) -> str:
    """Return seconds in the unit that reads best."""
    for unit, size in (("h", 3600), ("min", 60), ("s", 1), ("ms", 1e-3)):
        if figure >= size:
            return f"{_short(figure / size)} {unit}"
    return f"{_short(1000 * figure)} ms"


def memory_told(figure: float) -> str:
    """Return megabytes in the unit that reads best."""
    return f"{_short(figure / 1000)} GB" if figure >= 1000 else f"{_short(figure)} MB"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"


if __name__ == "__main__":
    main()
