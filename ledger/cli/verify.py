"""The command that asks whether a ledger is intact: verify."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import trust
from ..store import FORMAT
from .frame import CLEAN, DAMAGED, SURROUNDINGS, command, ledger_path
from .outside import quorum_of
from .prove import FILE, key_of

if TYPE_CHECKING:
    from ..audit import AuditReport


@command()
@click.option("--checkpoint", "kept", type=FILE, multiple=True, metavar="FILE", help="A checkpoint kept elsewhere.")
@click.option("--key", "given", multiple=True, metavar="KEY", help="The log's verifier key, or a witness's.")
@click.option("--witnesses", "policy", type=FILE, metavar="FILE", help="A policy: which witnesses must have signed.")
@click.option("--authority", "clocks", type=FILE, multiple=True, metavar="FILE", help="A time-stamp certificate.")
@click.option("--json", "as_json", is_flag=True, help="The whole report, as JSON.")
def verify(
    kept: tuple[Path, ...], given: tuple[str, ...], policy: Path | None, clocks: tuple[Path, ...], as_json: bool
) -> int:
    """Is this ledger intact? Says nothing about whether claims are true.

    Recomputes everything from the entries. What the file alone cannot show, that entries were cut off its
    end or its history rewritten, shows against a checkpoint kept elsewhere. Exit code 3 if anything is wrong, 5 if the
    file is in a newer format than this program knows.

    Example: factledger verify --checkpoint desk.checkpoint
    """
    from .. import audit

    report = audit.verify(
        ledger_path(),
        checkpoints=[audit.OutsideCheckpoint(str(path), trust.read_checkpoint(path)) for path in kept],
        keys=[key_of(text, "--key") for text in given],
        quorum=None if policy is None else quorum_of(policy),
        authorities=[trust.Authority.read(path) for path in clocks],
        progress=_progress(),
    )
    if as_json:
        click.echo(json.dumps(_plain(report), ensure_ascii=False, indent=2))
    else:
        for line in _lines(report):
            click.echo(line)
    return CLEAN if report.sound else SURROUNDINGS if report.beyond else DAMAGED


def _progress() -> Callable[[int, int], None]:
    """Return what shows on a terminal how many entries were read."""
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo(f"\rReading ... {done:,} of {total:,} entries", err=True, nl=False)
            if done >= total:
                click.echo("\r\033[K", err=True, nl=False)

    return progress


def _lines(report: AuditReport) -> Iterator[str]:
    yield f"{'INTACT' if report.sound else 'NOT VERIFIED' if report.beyond else 'NOT INTACT'}  {report.path}"
    if 0 < report.format < FORMAT:
        yield f"            format {report.format}; this program writes {FORMAT}: factledger upgrade"
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


def _plain(report: AuditReport) -> dict[str, object]:
    return {
        "path": str(report.path),
        "sound": report.sound,
        "origin": report.origin,
        "format": report.format,
        "size": report.size,
        "root": report.root,
        "problems": [
            {
                "code": str(p.code),
                "where": p.where,
                "entry": p.entry,
                "field": p.field,
                "message": p.message,
                "hint": p.hint,
            }
            for p in report.problems
        ],
        "withheld": report.withheld,
        "covered": list(report.covered),
        "not_established": list(report.not_established),
    }


COMMANDS = (verify,)
