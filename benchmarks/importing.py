"""What importing many claims costs, beside sqlite-utils inserting the rows that come of it.

    python benchmarks/importing.py [--claims 9600] [--rounds 3] [--seed 1]

A table and a story of words that do not exist, but of the usual shape, are written with a seed, each in two sizes of
which one is a quarter of the other, and imported as the command does it: read, validated, logged, made into tables with
full text. sqlite-utils then inserts exactly the rows that those tables now hold, 1,000 at a time, into tables with the
same definitions, indexes, full text and pragmas. Each import and each insertion has a process of its own, in turns;
each figure is the median of the rounds. Time is CPU time; memory is the peak, less what the process had before.

A table is recorded in parts, so its memory must not grow with it beyond one part. A story enters as a whole, and is at
most 10 MB: its memory grows with it, and is told for each byte of the file.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from math import log
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import bars
import sqlite_utils

from ledger import book, exchange, store
from ledger.exchange import story, table
from ledger.model import AgentKind, Basis, Relation, SourceKind, Stake, Stance, Verdict
from ledger.store import queries, schema
from ledger.store.project import Projector

ORDER = {"ledger_naming": "seq, target", "ledger_finding": "subject, said, number"}
"""How rows were inserted, where no row id says so."""

SYLLABLES = "ba be bo da do fa fe ga go ha ka ke la lo ma mi mo na ne pa po ra re sa so ta te va vo za".split()

PEER = "sqlite-utils, the same rows"
PARTS = ("  reading the file", "  validation", "  the log", "  tables and full text")
MOST_TIMES = {"table": 4, "story": 4.5}
CHUNK = 1_000
FOURFOLD = 4

Figures = dict[str, float]


def main() -> None:
    """Measure, and print the whole and its parts."""
    options = _options()
    if options.one:
        print(json.dumps({"import": _import, "plain": _plain}[options.one](options.folder, options.file)))
        return
    with tempfile.TemporaryDirectory() as name:
        for form, write in (("table", write_table), ("story", _write_story)):
            found = []
            for claims in (options.claims // FOURFOLD, options.claims):
                file = Path(name) / f"made-up-{claims}.{'csv' if form == 'table' else 'story.yaml'}"
                write(file, random.Random(options.seed), claims)
                found.append(_measured(Path(name), file, options.rounds))
                _tell(form, claims, found[-1])
            _hold(form, *found)
    bars.close()


def _measured(folder: Path, file: Path, rounds: int) -> Figures:
    """Return the medians of what importing a file costs, and of inserting the same rows."""
    each = []
    for number in range(rounds):
        at = folder / f"{file.name}.{number}"
        at.mkdir()
        each.append(_alone("import", at, file) | _alone("plain", at, file))
    return {what: median(one[what] for one in each) for what in each[0]} | {"bytes": file.stat().st_size}


def _alone(what: str, folder: Path, file: Path) -> Figures:
    """Return what a process of its own measures."""
    command = [sys.executable, __file__, "--one", what, "--folder", folder, "--file", file]
    environment = os.environ | {"FACTLEDGER_KEYS": str(folder / "keys")}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    figures: Figures = json.loads(done.stdout)
    return figures


def _tell(form: str, claims: int, found: Figures) -> None:
    print(f"\n{form}: {claims:,} claims, {found['entries']:,.0f} entries, {found['rows']:,.0f} rows\n")
    print(f"{'':34}{'CPU s':>8}{'ms/claim':>10}{'ratio':>8}{'peak MB':>9}")
    for what in (PEER, "import", *PARTS):
        seconds, peak = found[what], found.get(f"{what}, MB")
        memory = "" if peak is None else f"{peak:>9.0f}"
        print(f"{what:34}{seconds:>8.2f}{1e3 * seconds / claims:>10.3f}{seconds / found[PEER]:>7.2f}x{memory}")


def _hold(form: str, small: Figures, large: Figures) -> None:
    bars.hold(f"import of a {form}, times sqlite-utils", large["import"] / large[PEER], most=MOST_TIMES[form])
    growth, peer = (log(large[what] / small[what]) / log(FOURFOLD) for what in ("import", PEER))
    what = f"import of a {form}, growth exponent of CPU over that of sqlite-utils"
    bars.hold(what, growth - peer, most=0.1, beside={"ours": growth, PEER: peer})
    if form == "story":
        each = 1e6 * large["import, MB"] / large["bytes"]
        bars.hold("import of a story, bytes of memory for one of the file", each, most=40)
        return
    beside = {"of a quarter of it": small["import, MB"], PEER: large[f"{PEER}, MB"]}
    bars.hold("import of a table, MB of memory, however long it is", large["import, MB"], most=100, beside=beside)


def _import(folder: Path, file: Path) -> Figures:
    """Return what importing a file costs, and its parts."""
    yaml, append, tables = _Stopwatch(story.read_yaml), _Stopwatch(store.append), _Stopwatch(Projector.apply_all)
    cells = _Stopwatch(next)

    def rows_of(*given: Any) -> Iterator[Any]:
        rows, end = cells_of(*given), object()
        while (row := cells(rows, end)) is not end:
            yield row

    cells_of = table.rows_of
    with book.start(folder / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
        before = _memory()
        with (
            patch.object(story, "read_yaml", yaml),
            patch.object(table, "rows_of", rows_of),
            patch.object(store, "append", append),
            patch.object(Projector, "apply_all", lambda *given: tables(*given)),
        ):
            whole = _Stopwatch(_enter)
            whole(book.Book(ledger), file)
        peak = _memory() - before
        entries = queries.head(ledger.db).size
        rows = sum(queries.count(ledger.db, name) for name in schema.PROJECTIONS)
    reading = yaml.seconds + cells.seconds
    return {
        "import": whole.seconds,
        "import, MB": peak,
        "  reading the file": reading,
        "  validation": whole.seconds - reading - append.seconds,
        "  the log": append.seconds - tables.seconds,
        "  tables and full text": tables.seconds,
        "rows": rows,
        "entries": entries,
    }


def _enter(taking: book.Book, file: Path) -> None:
    if file.suffix == ".csv":
        for _ in exchange.import_parts(taking, file):
            pass
    else:
        exchange.import_story(taking, file)


def _plain(folder: Path, file: Path) -> Figures:
    """Return what inserting the rows of the ledger that was made of a file costs sqlite-utils."""
    insert = _Stopwatch(lambda name, rows: db.table(name).insert_all(rows))
    with (
        store.open_ledger(folder / "ledger.db") as ledger,
        closing(sqlite_utils.Database(folder / "plain.db")) as db,
    ):
        for pragma in ("synchronous=EXTRA", "journal_mode=WAL", "secure_delete=ON"):
            db.conn.execute(f"PRAGMA {pragma}")
        schema.create_projections(db.conn)
        before = _memory()
        for name in schema.PROJECTIONS:
            cursor = ledger.db.execute(f"SELECT * FROM {name} ORDER BY {ORDER.get(name, 'rowid')}")
            names = [column for column, *_ in cursor.description]
            rows = (dict(zip(names, row, strict=True)) for row in cursor)
            while chunk := list(islice(rows, CHUNK)):
                insert(name, chunk)
        return {PEER: insert.seconds, f"{PEER}, MB": _memory() - before}


def _memory() -> float:
    """Return the peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Stopwatch:
    """Calls a function, and adds up the CPU seconds of its calls."""

    def __init__(self, action: Callable[..., Any]) -> None:
        self._action = action
        self.seconds = 0.0

    def __call__(self, *given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return self._action(*given, **named)
        finally:
            self.seconds += time.process_time() - start


def write_table(file: Path, dice: random.Random, claims: int) -> None:
    """Write a table of so many claims in words that do not exist; what a claim says stands in its first row alone."""
    people = [f"{_words(dice, 2)} {number}" for number in range(claims // 10 + 2)]
    sources = [_source(dice, number, people) for number in range(claims // 2 + 2)]
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow("text claimant said topic source url published publisher stance quote speaker basis note".split())
        for _ in range(claims):
            text = f"{_words(dice, 14)}."
            said = [dice.choice(people), _day(dice), _words(dice, 1).lower()]
            for _ in range(dice.randint(1, 4)):
                note = f"{_words(dice, 10)}." if dice.random() < 0.3 else ""
                evidence = [dice.choice(list(Stance)), _words(dice, 20), dice.choice(people), dice.choice(list(Basis))]
                rows.writerow([text, *said, *dice.choice(sources), *evidence, note])
                said = ["", "", ""]


def _source(dice: random.Random, number: int, people: list[str]) -> list[str]:
    url = f"https://{_words(dice, 1).lower()}.example/{number}" if dice.random() < 0.5 else ""
    return [_words(dice, 8), url, _day(dice), dice.choice(people)]


def _write_story(file: Path, dice: random.Random, claims: int) -> None:
    file.write_text("\n".join(_story(dice, claims)) + "\n", encoding="utf-8")


def _story(dice: random.Random, claims: int) -> Iterator[str]:
    """Yield the lines of a story file with this many claims."""
    agents = [f"agent-{number}" for number in range(claims // 10 + 2)]
    sources = [f"source-{number}" for number in range(claims // 2 + 2)]
    yield from ("factledger: story/1", "story: made-up", f"title: {_words(dice, 6)}", "language: en", "agents:")
    for number, agent in enumerate(agents):
        yield from (f"  - id: {agent}", f"    name: {_words(dice, 2)} {number}")
        if number % 3:
            yield from (f"    kind: {AgentKind.ORGANISATION}", f"    part_of: {agents[number // 3]}")
    yield "sources:"
    for source in sources:
        yield from (f"  - id: {source}", f"    title: {_words(dice, 8)}", f"    kind: {dice.choice(list(SourceKind))}")
        yield from (f"    publisher: {dice.choice(agents)}", f"    published: {_day(dice)}", "    language: en")
        if dice.random() < 0.5:
            yield f"    url: https://{_words(dice, 1).lower()}.example/{source}"
    yield "links:"
    for number in range(1, len(sources)):
        relation = dice.choice([Relation.QUOTES, Relation.CITES, Relation.REPRINTS, Relation.BASED_ON])
        yield f"  - {sources[number]} {relation} {sources[dice.randrange(number)]}"
    yield "claims:"
    for number in range(claims):
        yield from _claim(dice, f"claim-{number}", agents, sources)


def _claim(dice: random.Random, handle: str, agents: list[str], sources: list[str]) -> Iterator[str]:
    yield from (f"  - id: {handle}", f"    text: {_words(dice, 14)}.", f"    claimant: {dice.choice(agents)}")
    yield from (f"    said: {_day(dice)}", f"    topic: {_words(dice, 1).lower()}", "    evidence:")
    for source in dice.sample(sources, dice.randint(1, 3)):
        yield from (f"      - source: {source}", f"        stance: {dice.choice(list(Stance))}")
        yield from (f"        quote: {_words(dice, 20)}", f"        speaker: {dice.choice(agents)}")
        yield from (f"        basis: {dice.choice(list(Basis))}", f"        stake: {dice.choice(list(Stake))}")
        if dice.random() < 0.3:
            yield f"        note: {_words(dice, 10)}."
    if dice.random() < 0.3:
        yield from ("    inquiries:", f"      - question: {_words(dice, 9)}?", f"        asked: {dice.choice(agents)}")
    if dice.random() < 0.5:
        verdict = dice.choice([verdict for verdict in Verdict if verdict is not Verdict.UNCHECKED])
        yield from ("    reviews:", f"      - verdict: {verdict}", f"        reviewer: {dice.choice(agents)}")
        yield f"        reasons: {_words(dice, 16)}."


def _words(dice: random.Random, number: int) -> str:
    """Return that many made-up words, the first with a capital."""
    words = ("".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(number))
    return " ".join(words).capitalize()


def _day(dice: random.Random) -> str:
    return f"{dice.randint(2015, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, default=9_600, help="of the larger size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    for own in ("--one", "--folder", "--file"):  # of a process that measures alone
        parser.add_argument(own, type=str if own == "--one" else Path, help=argparse.SUPPRESS)
    return bars.sized(parser.parse_args(), claims=2_000, rounds=1)


if __name__ == "__main__":
    main()
