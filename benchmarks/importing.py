"""What importing a story costs, beside sqlite-utils inserting the rows that come of it.

    python benchmarks/importing.py [--claims 3000] [--rounds 5] [--seed 1]

A story of words that do not exist, but of the usual shape, is written with a seed and imported as the command
does it: read, validated, logged, made into tables with full text. sqlite-utils then inserts exactly the rows
that those tables now hold into tables with the same definitions, indexes, full text and pragmas. Both are CPU
time; each figure is the median of the rounds, in which both take turns. The target is 4 times sqlite-utils.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import bars
import sqlite_utils

from ledger import book, store
from ledger.exchange import import_story, story
from ledger.model import AgentKind, Basis, Relation, SourceKind, Stake, Stance, Verdict
from ledger.store import queries, schema
from ledger.store.project import Projector

Rows = dict[str, list[dict[str, Any]]]

ORDER = {"ledger_naming": "seq, target", "ledger_finding": "subject, said, number"}
"""How rows were inserted, where no row id says so."""

SYLLABLES = "ba be bo da do fa fe ga go ha ka ke la lo ma me mo na ne pa po ra re sa so ta te va vo za".split()


def main() -> None:
    """Measure, and print the whole and its parts."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FACTLEDGER_KEYS"] = str(folder / "keys")
        path = folder / "made-up.story.yaml"
        path.write_text("\n".join(_story(random.Random(options.seed), options.claims)) + "\n")
        rounds = [_round(folder / str(number), path) for number in range(options.rounds)]
    rows, entries = rounds[0].pop("rows"), rounds[0].pop("entries")
    print(f"{options.claims:,} claims, {entries:,} entries, {rows:,} rows, {options.rounds} rounds\n")
    print(f"{'':34}{'CPU s':>8}{'us/entry':>10}{'ratio':>8}")
    for what in ("sqlite-utils, the same rows", "import", *PARTS):
        seconds = median(each[what] for each in rounds)
        ratio = median(each[what] / each["sqlite-utils, the same rows"] for each in rounds)
        print(f"{what:34}{seconds:>8.2f}{1e6 * seconds / entries:>10.0f}{ratio:>7.2f}x")
        if what == "import":
            bars.hold("import, times sqlite-utils", ratio, most=5)
    bars.close()


PARTS = ("  reading YAML", "  validation", "  the log", "  tables and full text")


def _round(folder: Path, path: Path) -> dict[str, Any]:
    """Return the CPU seconds of an import, of its parts, and of sqlite-utils."""
    folder.mkdir()
    with book.start(folder / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
        yaml, append, tables = _Stopwatch(story.read_yaml), _Stopwatch(store.append), _Stopwatch(Projector.apply_all)
        with (
            patch.object(story, "read_yaml", yaml),
            patch.object(store, "append", append),
            patch.object(Projector, "apply_all", lambda *given: tables(*given)),
        ):
            whole = _Stopwatch(import_story)
            whole(book.Book(ledger), path)
        rows = {table: queries.rows(ledger.db, table, order=ORDER.get(table, "rowid")) for table in schema.PROJECTIONS}
        entries = queries.head(ledger.db).size
    plain = _Stopwatch(_insert)
    with closing(_plain(folder / "plain.db")) as db:
        plain(db, rows)
    return {
        "sqlite-utils, the same rows": plain.seconds,
        "import": whole.seconds,
        "  reading YAML": yaml.seconds,
        "  validation": whole.seconds - yaml.seconds - append.seconds,
        "  the log": append.seconds - tables.seconds,
        "  tables and full text": tables.seconds,
        "rows": sum(map(len, rows.values())),
        "entries": entries,
    }


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


def _plain(path: Path) -> sqlite_utils.Database:
    db = sqlite_utils.Database(path)
    for pragma in ("synchronous=EXTRA", "journal_mode=WAL", "secure_delete=ON"):
        db.conn.execute(f"PRAGMA {pragma}")
    schema.create_projections(db.conn)
    return db


def _insert(db: sqlite_utils.Database, rows: Rows) -> None:
    for table, found in rows.items():
        if found:
            db.table(table).insert_all(found)


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
    parser.add_argument("--claims", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    return bars.sized(parser.parse_args(), claims=300, rounds=3)


if __name__ == "__main__":
    main()
