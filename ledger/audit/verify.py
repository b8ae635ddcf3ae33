"""One question: is this ledger intact? It says nothing about whether claims are true."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlite_utils.utils import sqlite3

from . import bare
from .copies import check_copies
from .log import LogCheck, Progress
from .opening import Opening
from .replay import replay
from .report import ALWAYS_OPEN, Notebook, Report
from .shape import check_definitions, check_role, check_structure
from .tables import compare_tables


def verify(path: Path, *, progress: Progress = lambda done, total: None) -> Report:
    """Recompute everything in a ledger file and return what does not hold.

    Whatever lies at the path, there is a report, and nothing is ever called sound of which nothing was
    verified. The file is read only. `progress` is told (entries read, entries in all).
    """
    notebook = Notebook()
    opening = Opening(notebook)
    db = bare.connect(path, notebook)
    if db is None:
        return _report(path, notebook, opening)
    with closing(db):
        log = LogCheck(db, notebook)
        with notebook.reading("the file"):
            if bare.is_ours(db, notebook):
                _check(db, path, log, opening, notebook, progress)
    return _report(path, notebook, opening, log)


def _check(
    db: sqlite3.Connection, path: Path, log: LogCheck, opening: Opening, notebook: Notebook, progress: Progress
) -> None:
    check_structure(db, notebook)
    readable = check_definitions(db, notebook)
    check_role(db, notebook)
    entries = log.entries(progress) if "ledger_entry" in readable else iter(())
    with closing(replay(path, opening.watch(entries), notebook)) as replayed:
        log.finish()
        log.tree.finish()
        check_copies(replayed, notebook)
        compare_tables(db, replayed, readable, notebook)
    with notebook.reading("ledger_checkpoint"):
        kept = bare.number_of(db, "ledger_checkpoint")
        if kept:
            notebook.open.append(f"The {kept} checkpoints kept in the file were not compared.")


def _report(path: Path, notebook: Notebook, opening: Opening, log: LogCheck | None = None) -> Report:
    size = log.tree.size if log else 0
    return Report(
        path=path,
        origin=opening.origin,
        size=size,
        root=log.tree.root.hex() if log and size else "",
        problems=notebook.problems(),
        covered=tuple(notebook.covered) if size else (),
        not_established=(*notebook.open, *ALWAYS_OPEN) if size else ("Nothing was verified.",),
    )
