"""How cost grows, as a table and a plot: docs/growth.md and docs/growth.svg.

    python benchmarks/growth.py [--claims 300 1000 3000] [--within 2000]

Ledgers of a usual shape (benchmarks/scaling.py) are made in each size, a table of as many claims that is imported
(benchmarks/importing.py), and a ledger in which one object is large (benchmarks/objects.py). Each command runs in a
process of its own, and each page is asked for in one; CPU seconds and peak memory are told, and the exponent of the
growth beyond what the same costs on a ledger of eight claims: 1 is as the ledger, 2 as its square. What is larger than
all that was measured, to a million, is reckoned by that exponent. The document is written anew after each size, so that
a long run may be ended: 100,000 claims take about an hour. It holds no bars: those are in the benchmarks that it asks.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import importing
import objects
import scaling
from attrs import evolve, frozen
from costs import Cost, Line, command, page
from plot import Curve, Panel, Point, svg
from record import machine

from ledger import book as use_cases

DOCUMENT = Path(__file__).parents[1] / "docs" / "growth.md"

MARK = "<!-- below: written by benchmarks/growth.py -->\n"

WHOLE, ONE = "The whole ledger", "One claim, one page"
SINGLE = ("check one claim", "show one claim", "bundle of one claim")
"""Commands of one claim."""

PAGES = ("/", "/ledger/claims/claim-7", "/ledger/sources/article-0", "/-/ledger/claims?q=harbour", "/-/ledger/timeline")

SMALL = scaling.CLAIMS_AN_ARTICLE
FURTHER, FURTHER_WITHIN = (100_000, 1_000_000), (20_000, 100_000)
"""Sizes that are reckoned: claims of a ledger, and parts of one object."""

TITLE = "How cost grows"
DESCRIPTION = "Cost by size, both axes logarithmic: lines measured, dots reckoned. The figures are those of the tables."


def document() -> None:
    """Measure, and write the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[300, 1_000, 3_000])
    parser.add_argument("--within", type=int, default=2_000, help="parts of the one object")
    options = parser.parse_args()
    within = [options.within // 4, options.within // 2, options.within]
    lines = [line for kind in objects.KINDS for line in objects.measured(kind, within)]
    small, found = measured(SMALL), dict[str, Line]()
    for place, claims in enumerate(options.claims):
        for what, cost in measured(claims).items():
            line = found.get(what) or Line(ONE if what in SINGLE or what in PAGES else WHOLE, what, small[what], ())
            found[what] = evolve(line, costs=(*line.costs, cost))
        if place:
            sizes = options.claims[: place + 1]
            _write(
                [
                    *(Growth(line, sizes, _beyond(sizes, FURTHER)) for line in found.values()),
                    *(Growth(line, within, _beyond(within, FURTHER_WITHIN)) for line in lines),
                ]
            )


def _beyond(measured: Sequence[int], further: Sequence[int]) -> list[int]:
    return [size for size in further if size > measured[-1]]


def measured(claims: int) -> dict[str, Cost]:
    """Return what each command and page costs on a ledger of so many claims, and what its file takes."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        path, other = Path(name) / "ledger.db", Path(name) / "other.db"
        scaling.make(path, claims)
        importing.write_table(Path(name) / "all.csv", Random(1), claims)
        use_cases.start(other, origin="other.example", person="Ana Roa").ledger.close()
        found = {"import of a table": command(other, "import", "all.csv")}
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


def _time(figure: float) -> str:
    for unit, size in (("h", 3600), ("min", 60), ("s", 1)):
        if figure >= size:
            return f"{_short(figure / size)} {unit}"
    return f"{_short(1000 * figure)} ms"


def _size(figure: float) -> str:
    return f"{_short(figure / 1000)} GB" if figure >= 1000 else f"{_short(figure)} MB"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"


@frozen
class Measure:
    """What of a cost is told: in which words, with which marks at an axis, and what part of a small one is chance."""

    name: str
    of: Callable[[Cost], float]
    told: Callable[[float], str]
    marks: Sequence[float]
    chance: float


SECONDS = Measure(
    "CPU",
    lambda cost: cost.seconds,
    _time,
    (1e-4, 1e-3, 0.01, 0.1, 1, 10, 60, 600, 3_600, 36_000, 360_000, 3_600_000),
    chance=0.5,
)
MEMORY = Measure("peak memory", lambda cost: cost.memory, _size, [10.0**power for power in range(-1, 8)], chance=0.1)


@frozen
class Growth:
    """What was measured at these sizes, and the sizes to which it is reckoned further."""

    line: Line
    sizes: Sequence[int]
    further: Sequence[int]

    def measured(self, measure: Measure) -> list[Point]:
        """Return (size, figure) of what was measured."""
        return [(size, measure.of(cost)) for size, cost in zip(self.sizes, self.line.costs, strict=True)]

    def exponent(self, measure: Measure) -> float | None:
        """Return the exponent of the last step, or None where no growth can be told from chance."""
        small = measure.of(self.line.small)
        (size, before), (larger, last) = ((size, figure - small) for size, figure in self.measured(measure)[-2:])
        if not measure.chance * small < before < last:
            return None
        return math.log(last / before) / math.log(larger / size)

    def reckoned(self, measure: Measure) -> list[Point]:
        """Return (size, figure) further on, by the exponent; none where there is none."""
        small, exponent = measure.of(self.line.small), self.exponent(measure)
        if exponent is None:
            return []
        last, figure = self.measured(measure)[-1]
        return [(size, small + (figure - small) * (size / last) ** exponent) for size in self.further]


@frozen
class Section:
    """A kind of thing and a measure of it: a table, and a panel of the plot."""

    title: str
    measure: Measure
    grown: Sequence[Growth]

    def table(self) -> Iterator[str]:
        """Yield the lines of the table."""
        yield f"### {self.title}\n"
        sizes, further = self.grown[0].sizes, self.grown[0].further
        heads = [*(f"{size:,}" for size in sizes), "exponent", *(f"*{size:,}*" for size in further)]
        yield f"| | {' | '.join(heads)} |"
        yield "|---|" + "---:|" * len(heads)
        for one in self.grown:
            exponent = one.exponent(self.measure)
            cells = [self.measure.told(figure) for _, figure in one.measured(self.measure)]
            cells += ["-"] * (1 + len(further)) if exponent is None else [f"{exponent:.2f}"]
            cells += [f"*{self.measure.told(figure)}*" for _, figure in one.reckoned(self.measure)]
            yield f"| {one.line.asked} | {' | '.join(cells)} |"
        yield ""

    def panel(self) -> Panel:
        """Return the panel of the plot."""
        curves = [Curve(one.line.asked, one.measured(self.measure), one.reckoned(self.measure)) for one in self.grown]
        return Panel(self.title, curves, self.measure.marks, self.measure.told)


def sections(grown: Sequence[Growth]) -> Iterator[Section]:
    """Yield what the document has: the CPU of each kind, and the memory of what is asked of a whole ledger."""
    for kind in dict.fromkeys(one.line.kind for one in grown):
        for measure in (SECONDS, MEMORY) if kind in (WHOLE, ONE) else (SECONDS,):
            rows = [one for one in grown if one.line.kind == kind and any(map(measure.of, one.line.costs))]
            yield Section(f"{kind[0].upper()}{kind[1:]}: {measure.name}", measure, rows)


def _write(grown: Sequence[Growth]) -> None:
    load = f"Measured on {machine()}, with other work on it (load {os.getloadavg()[2]:.0f})."
    told = "\n".join(["", load, "", *(line for section in sections(grown) for line in section.table())])
    print(told)
    above = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
    DOCUMENT.write_text(above + MARK + told, encoding="utf-8")
    plot = svg(TITLE, DESCRIPTION, [one.panel() for one in sections(grown)])
    DOCUMENT.with_suffix(".svg").write_text(plot, encoding="utf-8")


if __name__ == "__main__":
    document()
