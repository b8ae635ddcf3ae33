"""How cost grows with a ledger: checking, verifying, publishing and one object's commands, each as a whole command.

    python benchmarks/scaling.py [--claims 1000 4000] [--quick]

A ledger of a usual shape is made: eight claims an article, 2.5 pieces of evidence a claim, a wire report behind every
second article, a tenth of the sources with an archived text that holds the words quoted. Then each command is run in a
process of its own, and its CPU time (its children's included) and peak memory are printed, with the exponent of the
growth from one size to the next: 1 is as the ledger. The floor is sqlite-utils inserting the rows of all tables again,
and for `verify` SHA-256 over the file. Bars are on exponents and ratios, which differ little between machines.

Memory is to be flat: 200 MB at the most with 100,000 claims. Held is how much more a command takes at the largest size
than at the smallest, so that Python and what it imports count for nothing. Allowed is what its caches fill with once,
whatever the size of the ledger, and what leads to those 200 MB for each thousand claims more. In the small size caches
are not full, so that only a list which takes tens of kilobytes a claim would show.
"""

from __future__ import annotations

import hashlib
import math
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import bars
import sqlite_utils
from attrs import frozen
from costs import Cost, command, page

from ledger import book as use_cases
from ledger.book import Book, Custody
from ledger.capture import PLAIN, Archive, Extraction
from ledger.model import Anchor, Basis, Relation, SourceKind
from ledger.store.file import CACHE

CLAIMS_AN_ARTICLE = 8
TOGETHER = 500
"""Articles of one transaction."""

COMMANDS: Mapping[str, Sequence[str]] = {
    "check, all new": ("check", "--all", "--fail-on", "never"),
    "check, nothing new": ("check", "--fail-on", "never"),
    "check one claim": ("check", "claim-7", "--fail-on", "never"),
    "verify": ("verify",),
    "publish": ("publish", "out.db"),
    "backup": ("backup", "kept.db"),
    "export log": ("export", "log", "log.ndjson"),
    "rebuild": ("rebuild",),
    "show one claim": ("show", "claim-7"),
    "bundle of one claim": ("export", "bundle", "claim-7", "claim-7.bag"),
    "todo": ("todo",),
}
HOME = "/"
"""The front page of a served ledger, which counts what is open in it."""

KILOBYTES = 15
"""What a claim may take in the file, its evidence and a full check of it included."""

GROWTH = 1.15
"""The exponent that no whole command may pass; from size to size on a busy machine."""

PASSING = 8
READING, WORKING = PASSING + CACHE // 1024, 2 * CACHE // 1024
"""MB that SQLite and the allocator take at the most: where a file passes by once; where a ledger is read, also the
pages that a connection keeps; where it is worked through, those of a second connection, on a scratch file."""

FLAT: Mapping[str, int] = {
    "verify": PASSING,
    "publish": PASSING,
    "backup": PASSING,
    "bundle of one claim": PASSING,
    "export log": READING,
    "rebuild": WORKING,
    "check, all new": WORKING,
    "check, nothing new": READING,
    "todo": READING,
    HOME: READING,
}
"""Commands, and the page, whose memory is not to grow with the ledger, and what their caches may take."""

A_THOUSAND = 1.4
"""MB for each thousand claims more: from the 60 that these commands take at a thousand to 200 at 100,000."""


def main() -> None:
    """Measure each size, and print the growth."""
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000, 4_000])
    options = parser.parse_args()
    sizes = [200, 600] if options.quick else options.claims
    costs: dict[str, list[Cost]] = {}
    for claims in sizes:
        with tempfile.TemporaryDirectory() as name:
            os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
            path = Path(name) / "ledger.db"
            make(path, claims)
            before = path.stat().st_size
            for what, arguments in COMMANDS.items():
                costs.setdefault(what, []).append(command(path, *arguments))
            costs.setdefault(HOME, []).append(page(path, HOME))
            whole = path.stat().st_size / claims / 1000
            costs.setdefault("floor: SHA-256 of the file", []).append(hashed(path))
            costs.setdefault("floor: sqlite-utils, the same rows", []).append(inserted(path, Path(name) / "again.db"))
            print(f"{claims:,} claims: {before / claims / 1000:.1f} kB a claim before a check, {whole:.1f} kB after it")
    bars.hold(f"{sizes[-1]:,} claims, kB a claim of the whole file", whole, most=KILOBYTES)
    _print(sizes, costs)
    bars.close()


def _print(sizes: Sequence[int], costs: Mapping[str, Sequence[Cost]]) -> None:
    print(f"\n{'':36}" + "".join(f"{f'{size:,}':>9}{'ms each':>9}{'MB':>6}" for size in sizes) + f"{'exponent':>10}")
    for what, found in costs.items():
        row = "".join(
            f"{cost.seconds:9.2f}{1000 * cost.seconds / size:9.2f}{cost.memory:6.0f}"
            for size, cost in zip(sizes, found, strict=True)
        )
        growth = math.log(found[-1].seconds / found[0].seconds) / math.log(sizes[-1] / sizes[0])
        print(f"{what:36}{row}{growth:10.2f}")
    for what in ("check, all new", "verify", "publish"):
        found = costs[what]
        growth = math.log(found[-1].seconds / found[0].seconds) / math.log(sizes[-1] / sizes[0])
        bars.hold(f"growth of {what}, exponent", growth, most=GROWTH)
    more = (sizes[-1] - sizes[0]) / 1000
    for what, caches in FLAT.items():
        grown = costs[what][-1].memory - costs[what][0].memory
        bars.hold(f"memory of {what}, MB for {1000 * more:,.0f} claims more", grown, most=caches + A_THOUSAND * more)


def hashed(path: Path) -> Cost:
    """Return what it costs to read a file and hash it."""
    started = time.process_time()
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    return Cost(max(time.process_time() - started, 1e-4), 0)


def inserted(path: Path, again: Path) -> Cost:
    """Return what it costs sqlite-utils to insert the rows of a ledger's tables into a new file."""
    db, copy = sqlite_utils.Database(path), sqlite_utils.Database(again)
    started = time.process_time()
    for table in db.tables:
        if not table.name.startswith("ledger_entry") and "_fts" not in table.name:
            copy[table.name].insert_all(table.rows, batch_size=1_000)
    return Cost(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def make(path: Path, claims: int, seed: int = 1) -> None:
    """Make a ledger of that many claims."""
    draw = random.Random(seed)
    with use_cases.start(path, origin="desk.example", person="Ana Roa").ledger as ledger:
        book, archive = Book(ledger), Archive.of(ledger)
        articles = _articles(draw, claims)
        while True:
            with book.together():
                entered = sum(1 for _ in zip(range(TOGETHER), (_enter(book, archive, one) for one in articles)))  # noqa: B905
            if entered < TOGETHER:
                break


@frozen
class Made:
    """An article of the ledger: its number, its claims' numbers, and the draws that decide on the rest."""

    number: int
    claims: range
    draw: random.Random


def _articles(draw: random.Random, claims: int) -> Iterator[Made]:
    for number, first in enumerate(range(0, claims, CLAIMS_AN_ARTICLE)):
        yield Made(number, range(first, min(first + CLAIMS_AN_ARTICLE, claims)), draw)


PLACES = "harbour school market bridge theatre library airport hospital station reservoir".split()
DEEDS = ("was closed", "cost more than planned", "lost a tenth of its visitors", "was sold", "is to be rebuilt")


def _enter(book: Book, archive: Archive, one: Made) -> None:
    """Enter an article, what it draws on, and its claims with their evidence."""
    draw, tag = one.draw, one.number
    paper = book.agent(f"Post of District {tag // 4}", id=f"paper-{tag // 4}") if tag % 4 == 0 else None
    paper = paper or book.get(f"paper-{tag // 4}")
    day = f"2031-{1 + tag % 12:02}-{1 + tag % 28:02}"
    kinds = {"publisher": paper, "published": day, "language": "en"}
    article = book.source(f"District {tag} this week", id=f"article-{tag}", kind=SourceKind.ARTICLE, **kinds)
    report = book.source(f"Report {tag} of the council", id=f"report-{tag}", kind=SourceKind.DOCUMENT, **kinds)
    if tag % 2:
        book.link(article, Relation.BASED_ON, report)
    sentences = []
    for number in one.claims:
        place, deed = draw.choice(PLACES), draw.choice(DEEDS)
        figure = f"{draw.randrange(2, 9_000):,}"
        text = f"The {place} of district {number} {deed} and {figure} people were told in May."
        claim = book.claim(text, id=f"claim-{number}", occurred=f"2030-{1 + number % 12:02}", topic=place)
        words = f"The {place} of district {number} {deed}, and {figure} people were told."
        sentences.append(words)
        anchor = Anchor(exact=words, language="en")
        book.evidence(claim, article, anchor=anchor)
        book.evidence(claim, report, basis=Basis.DOCUMENT)
        if number % 2:
            book.evidence(claim, report, anchor=anchor, seen_in=article, id=f"claim-{number}-seen")
    if tag % 5 == 0:  # one of two sources an article: a tenth of all
        data = " ".join([*sentences, "Nothing else was said of it at the sitting."]).encode()
        archive.put(data)
        reading = Extraction(data, data.decode(), "text/plain", PLAIN, f"article-{tag}.txt")
        book.capture(article, reading, Custody())


if __name__ == "__main__":
    main()
