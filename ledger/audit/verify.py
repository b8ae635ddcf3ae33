"""One question: is this ledger intact? It says nothing about whether claims are true."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ..log import Quorum, VerifierKey
from ..sqlite import sqlite3
from ..store import Format
from ..trust import Authority
from . import bare
from .caches import check_search
from .checkpoints import OutsideCheckpoint, check_checkpoints, check_publications
from .copies import CopyCheck
from .log import LogCheck, Progress
from .opening import FirstEntryCheck
from .replay import replay
from .report import ALWAYS_OPEN, AuditReport, Notebook
from .shape import check_definitions, check_role, check_structure, check_words
from .signatures import Signatures
from .tables import compare_tables
from .vouching import TrustAnchors
from .withheld import Withheld


def verify(
    path: Path,
    *,
    checkpoints: Sequence[OutsideCheckpoint] = (),
    keys: Sequence[VerifierKey] = (),
    quorum: Quorum | None = None,
    authorities: Sequence[Authority] = (),
    archive: bool = True,
    progress: Progress = lambda done, total: None,
) -> AuditReport:
    """Recompute everything in a ledger file and in its archive, and return what does not hold.

    Whatever lies at the path, there is a report, and nothing is ever called sound of which nothing was
    verified. The file is read only. `checkpoints`, `keys` (the log's, or witnesses'), the `quorum` of witnesses
    and the `authorities` of time were got elsewhere: they show what the file alone cannot. Without `archive` the
    file alone is looked at. `progress` is told
    (entries read, entries in all).
    """
    notebook = Notebook()
    opening = FirstEntryCheck(notebook)
    db = bare.connect(path, notebook)
    if db is None:
        return _report(path, notebook, opening)
    with closing(db):
        withheld = Withheld(db, notebook)
        log = LogCheck(db, notebook, withheld.found)
        due: Format | None = None
        with notebook.reading("the file"):
            due = bare.format_of(db, notebook)
            if due is not None:
                _check(db, path, due, log, opening, withheld, notebook, archive, progress)
                trusted = TrustAnchors(tuple(keys), quorum, tuple(authorities))
                check_checkpoints(db, log.tree.size, opening.key, checkpoints, trusted, notebook)
    return _report(path, notebook, opening, log, len(withheld.found), due)


def _check(
    db: sqlite3.Connection,
    path: Path,
    due: Format,
    log: LogCheck,
    opening: FirstEntryCheck,
    withheld: Withheld,
    notebook: Notebook,
    archive: bool,
    progress: Progress,
) -> None:
    check_structure(db, notebook)
    readable = check_definitions(db, notebook, due)
    check_role(db, notebook)
    check_words(db, notebook, due)
    if "ledger_entry" in readable:
        withheld.read()
    signatures = Signatures(notebook, lambda: opening.origin)
    entries = log.entries(progress) if "ledger_entry" in readable else iter(())
    watched = withheld.watch(signatures.watch(opening.watch(entries)))
    with closing(replay(path, watched, notebook, withheld.found.values(), due)) as replayed:
        log.finish()
        signatures.finish()
        withheld.finish()
        log.tree.finish()
        opening.finish(due)
        check_publications(db, replayed, notebook)
        if archive:
            CopyCheck(replayed, opening.ledger_id, withheld.role, withheld.copies, notebook).run()
        else:
            notebook.open.append("Archived copies were not looked at.")
        compare_tables(db, replayed, readable, due, opening.ledger_id, notebook)
        if due.current:
            check_search(db, notebook)


def _report(
    path: Path,
    notebook: Notebook,
    opening: FirstEntryCheck,
    log: LogCheck | None = None,
    withheld: int = 0,
    due: Format | None = None,
) -> AuditReport:
    size = log.tree.size if log else 0
    return AuditReport(
        path=path,
        origin=opening.origin,
        format=due.number if due else 0,
        size=size,
        root=log.tree.root.hex() if log and size else "",
        problems=notebook.problems(),
        withheld=withheld,
        covered=tuple(notebook.covered) if size else (),
        not_established=(*notebook.open, *ALWAYS_OPEN) if size else ("Nothing was verified.",),
    )
