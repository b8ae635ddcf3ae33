"""Enter and check stories under another chance: `python retold.py SEED FOLDER STORY ...`, all that is said as JSON.

The seed decides the ids of the records; in whose order Python goes through a set, PYTHONHASHSEED decides.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from ledger import book, checks
from ledger.checks import WorkerPool
from ledger.cli import main
from ledger.exchange import import_story
from ledger.log import Environment
from ledger.store import queries

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
APART = ("seq", "run", "input", "at", "added")
"""What a row of a finding says of when and by which run."""


def retold(story: Path, folder: Path, random: Random) -> Iterator[tuple[str, Any]]:
    """Yield (what was asked, what is said): every row of a finding, and what the commands print."""
    path = folder / f"{story.stem}.db"
    chance = Environment(lambda: NOW, random.randbytes)
    told = book.start(path, origin="desk.example", person="Ana Roa", environment=chance)
    with told.ledger as ledger:
        import_story(told, story)
        checks.check(told)
        rows = queries.rows(ledger.db, "findings", order="seq, checker, number")
        yield "findings", [{name: row[name] for name in row if name not in APART} for row in rows]
        claims = sorted(row["id"] for row in queries.rows(ledger.db, "claims"))
        sources = sorted(row["id"] for row in queries.rows(ledger.db, "sources"))
    about = [("show", one) for one in claims] + [("impact", one) for one in sources]
    for arguments in (("todo",), ("todo", "--json"), ("list",), *about, ("check", "--all")):
        yield " ".join(arguments), printed("-d", str(path), *arguments)


def printed(*arguments: str) -> str:
    """Return what a command prints."""
    said = io.StringIO()
    sys.argv = ["factledger", *arguments]
    with redirect_stdout(said), redirect_stderr(said), suppress(SystemExit):
        main()
    return said.getvalue()


if __name__ == "__main__":
    seed, folder, *stories = sys.argv[1:]
    kept = WorkerPool(Path(folder) / "pool", memory=checks.MEMORY, policy="")
    checks.check = partial(checks.check, pool=kept)
    random = Random(int(seed))
    json.dump({Path(one).stem: dict(retold(Path(one), Path(folder), random)) for one in stories}, sys.stdout)
    kept.close()
