"""How cost grows inside one object: much evidence on a claim, many claims on a source, a long chain, many corrections.

    python benchmarks/objects.py [--most 4000] [--quick]

For each kind ledgers are made in which one object has a quarter of the most, half of it, and all of it. What is asked
of it is asked in a process of its own: a command, or its page through Datasette's own client. CPU is that of the
process less that of the same on an object with nothing in it; the exponent is that of the growth from the first size
to the last: 1 is as the object, 2 as its square. The floor is one SELECT of the object's rows, in this process.

Bars are on exponents. What grows less than the object, as a page that shows a part of it, has a small one. In the small
size most costs are tenths of a second: its bar tells squares that cost half a second or more, and nothing finer.
"""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import bars
from attrs import frozen
from costs import Cost, Line, command, page

from ledger import book as use_cases
from ledger.book import Book, Custody
from ledger.capture import PLAIN, Archive, Extraction
from ledger.model import Anchor, Relation
from ledger.store import open_ledger


@frozen
class Bar:
    """The exponent that nothing may pass whose largest costs `noticed` CPU seconds more than an empty object does."""

    exponent: float
    noticed: float


LARGE, SMALL = Bar(1.3, 1.0), Bar(1.6, 0.15)
"""Sorting is within the one, and what the start of a process adds by chance to small costs within the other."""

TIMES = 2
"""How often what changes nothing is asked; the lesser counts, as what else the machine does only adds to it."""


def evidence(book: Book, size: int) -> None:
    """Enter a claim with so many pieces of evidence, each of a source of its own."""
    pier = book.claim("The pier was closed in May.", id="it")
    for number in range(size):
        book.evidence(pier, book.source(f"Sitting {number}", published="2031-05-03"))


def source(book: Book, size: int) -> None:
    """Enter a source that carries so many claims."""
    report = book.source("Report on the piers", id="it", published="2031-05-03")
    for number in range(size):
        book.evidence(book.claim(f"Pier {number} was closed in May.", id=f"pier-{number}"), report)


def chain(book: Book, size: int) -> None:
    """Enter a claim whose source goes back over so many others."""
    last = book.source("Report 0", id="it")
    book.evidence(book.claim("The pier was closed in May.", id="pier"), last)
    for number in range(1, size + 1):
        earlier = book.source(f"Report {number}")
        book.link(last, Relation.CITES, earlier)
        last = earlier


def corrections(book: Book, size: int) -> None:
    """Enter a claim that was corrected so many times."""
    book.claim("The pier was closed in May.", id="it")
    for number in range(size):
        book.correct("it", {"text": f"The pier was closed on day {number}."}, "The day was wrong.")


def article(book: Book, size: int) -> None:
    """Enter an archived article of so many sentences, every fiftieth of them quoted."""
    sentences = [f"Pier {number} was closed in May and {number} people were told." for number in range(size)] or [
        "Nothing was said."
    ]
    whole = book.source("The piers, one by one", id="it", published="2031-05-03", language="en")
    data = " ".join(sentences).encode()
    Archive.of(book.ledger).put(data)
    book.capture(whole, Extraction(data, data.decode(), "text/plain", PLAIN, "it.txt"), Custody())
    for number, words in enumerate(sentences):
        if number % 50 == 0:
            claim = book.claim(f"Pier {number} was closed.", id=f"pier-{number}")
            book.evidence(claim, whole, anchor=Anchor(exact=words, language="en"))


@frozen
class Kind:
    """A kind of large object: what enters it (in one step or in many), what is asked of it, and its rows (SQL)."""

    enter: Callable[[Book, int], None]
    asked: Sequence[str]
    rows: str
    together: bool = True


KINDS: Mapping[str, Kind] = {
    "evidence on a claim": Kind(
        evidence, ("check it", "show it", "chain it", "/ledger/claims/it"), "SELECT * FROM evidence WHERE claim = 'it'"
    ),
    "claims on a source": Kind(
        source, ("show it", "impact it", "/ledger/sources/it"), "SELECT * FROM evidence WHERE source = 'it'"
    ),
    "sources in a chain": Kind(
        chain,
        ("check pier", "show pier", "chain pier", "/ledger/claims/pier", "/ledger/sources/it"),
        "SELECT * FROM links",
    ),
    "corrections of a claim": Kind(
        corrections, ("show it", "history it", "/ledger/claims/it"), "SELECT * FROM ledger_entry", together=False
    ),
    "sentences of an article": Kind(
        article, ("check", "show it", "/ledger/sources/it", "/-/ledger/galley/it"), "SELECT * FROM evidence"
    ),
}


def exponent(line: Line, sizes: Sequence[int], bar: Bar) -> float:
    """Return the exponent of the growth; 0 where even the largest costs next to nothing.

    A first size too small to be told from an empty object counts as its share of what is noticed.
    """
    times = sizes[-1] / sizes[0]
    first = max(line.seconds[0], bar.noticed / times)
    return math.log(line.seconds[-1] / first) / math.log(times) if line.seconds[-1] >= bar.noticed else 0.0


def main() -> None:
    """Measure each kind, and print a table."""
    parser = bars.parser(__doc__)
    parser.add_argument("--most", type=int, default=4_000)
    options = bars.sized(parser.parse_args(), most=1_000)
    sizes = [options.most // 5, options.most] if options.quick else [options.most // 4, options.most // 2, options.most]
    bar = SMALL if options.quick else LARGE
    lines = [line for name in KINDS for line in measured(name, sizes)]
    print(f"{'in one object':26}{'asked':24}" + "".join(f"{size:>10,}" for size in sizes) + f"{'exponent':>10}")
    for line in lines:
        told = "".join(f"{seconds:9.2f}s" for seconds in line.seconds)
        print(f"{line.kind:26}{line.asked:24}{told}{exponent(line, sizes, bar):10.2f}")
    for line in lines:
        if not line.asked.startswith("floor"):
            figure = exponent(line, sizes, bar)
            bars.hold(f"growth of {line.asked} with {line.kind}, exponent", figure, most=bar.exponent)
    bars.close()


def measured(name: str, sizes: Sequence[int]) -> list[Line]:
    """Return what was asked of one kind, and its floor; small is an object with nothing in it."""
    kind, found = KINDS[name], dict[str, list[Cost]]()
    for size in (0, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["FACTLEDGER_KEYS"] = str(Path(folder) / "keys")
            path = Path(folder) / "ledger.db"
            with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
                book = Book(ledger)
                with book.together() if kind.together else nullcontext():
                    kind.enter(book, size)
            for asked in kind.asked:
                found.setdefault(asked, []).append(_cost(path, asked))
            found.setdefault("floor: its rows", []).append(_floor(path, kind.rows))
    return [Line(name, asked, costs[0], tuple(costs[1:])) for asked, costs in found.items()]


def _cost(path: Path, asked: str) -> Cost:
    if asked.startswith("/"):
        return page(path, asked)
    if asked.startswith("check"):
        return command(path, *asked.split(), "--fail-on", "never")
    return min((command(path, *asked.split()) for _ in range(TIMES)), key=lambda cost: cost.seconds)


def _floor(path: Path, sql: str) -> Cost:
    with open_ledger(path) as ledger:
        began = time.process_time()
        ledger.db.execute(sql).fetchall()
        return Cost(time.process_time() - began, 0)


if __name__ == "__main__":
    main()
