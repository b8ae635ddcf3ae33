"""Commands about the ledger itself: verify, rebuild, doctor."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from .. import keys, plugins, store
from ..errors import LedgerError
from ..store import queries, sqlite_facts

if TYPE_CHECKING:
    from ..audit import Report

from .frame import CLEAN, DAMAGED, SURROUNDINGS, command, ledger_path, say


@command()
@click.option("--json", "as_json", is_flag=True, help="The whole report, as JSON.")
def verify(as_json: bool) -> int:
    """Is this ledger intact? Says nothing about whether claims are true.

    Recomputes everything from the entries. Exit code 3 if anything is wrong.

    Example: factledger verify
    """
    from .. import audit

    report = audit.verify(ledger_path())
    if as_json:
        click.echo(json.dumps(_plain(report), ensure_ascii=False, indent=2))
    else:
        for line in _lines(report):
            click.echo(line)
    return CLEAN if report.sound else DAMAGED


def _lines(report: Report) -> Iterator[str]:
    yield f"{'INTACT' if report.sound else 'NOT INTACT'}  {report.path}"
    if report.size:
        yield f"            {report.origin}, {report.size:,} entries, root {report.root}"
    for problem in report.problems:
        yield f"PROBLEM     {problem.code}: {problem.where}: {problem.message}"
        if problem.hint:
            yield f"            {problem.hint}"
    if report.covered:
        yield "Checked"
        yield from (f"    {line}" for line in report.covered)
    yield "Not established"
    yield from (f"    {line}" for line in report.not_established)


def _plain(report: Report) -> dict[str, object]:
    return {
        "path": str(report.path),
        "sound": report.sound,
        "origin": report.origin,
        "size": report.size,
        "root": report.root,
        "problems": [
            {"code": str(p.code), "where": p.where, "message": p.message, "hint": p.hint} for p in report.problems
        ],
        "covered": list(report.covered),
        "not_established": list(report.not_established),
    }


@command()
def rebuild() -> None:
    """Make all tables but the log anew, from the log.

    Example: factledger rebuild
    """
    with store.open_ledger(ledger_path(), write=True) as ledger:
        say(f"Rebuilt   every table of {ledger.path.name} from {store.rebuild(ledger):,} entries.")


@command()
def doctor() -> int:
    """Look at what surrounds the ledger: libraries, the file, its lock, keys and plugins.

    Example: factledger doctor
    """
    sound = True
    for name, words, well in _facts():
        sound &= well
        click.echo(f"{'ok' if well else 'LOOK':<6}{name:<12}{words}")
    return CLEAN if sound else SURROUNDINGS


def _facts() -> Iterator[tuple[str, str, bool]]:
    """Yield (what, in words, whether it is well)."""
    yield "python", f"{platform.python_version()} at {sys.executable}", True
    yield "factledger", f"{version('factledger')}; datasette {version('datasette')}", True
    facts = sqlite_facts()
    yield "sqlite", facts.words, facts.safe
    path = ledger_path()
    try:
        with store.open_ledger(path) as ledger:
            yield "ledger", f"{path}: {ledger.role}, {queries.head(ledger.db).size:,} entries", True
            first = queries.first(ledger.db)
            key = keys.folder() / f"{first.subject}.key"
            if ledger.role == "working":
                yield "log key", f"{key}" if key.exists() else f"not at {key}: this machine cannot sign", key.exists()
            copies = queries.rows(ledger.db, "captures")
            here = sum((ledger.archive / row["sha256"][:2] / row["sha256"]).exists() for row in copies)
            yield "archive", f"{here} of {len(copies)} archived copies are in {ledger.archive}", here == len(copies)
    except LedgerError as error:
        yield "ledger", str(error), False
    loaded = plugins.load()
    checkers = loaded.checkers({})
    yield "plugins", f"{len(loaded.loaded)} loaded, {len(checkers)} checkers", True
    for fault in loaded.faults:
        yield "plugin", f"{fault.plugin} {fault.version}: {fault.reason}", False


COMMANDS = (verify, rebuild, doctor)
