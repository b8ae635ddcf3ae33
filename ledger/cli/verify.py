"""The command that asks whether a ledger is intact: verify."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import merged, trust
from ..errors import InputError
from ..store import FORMAT
from ..store.merged import is_merged
from ..views import words
from .frame import CLEAN, DAMAGED, SURROUNDINGS, command, ledger_path
from .merge import vouchers_of
from .outside import quorum_of
from .prove import FILE, key_of

if TYPE_CHECKING:
    from ..audit import AuditReport, Problem
    from ..merged import Vouchers


@command()
@click.argument("file", type=FILE, required=False)
@click.option("--checkpoint", "kept", type=FILE, multiple=True, metavar="FILE", help="A checkpoint kept elsewhere.")
@click.option("--key", "given", multiple=True, metavar="KEY", help="The log's verifier key, or a witness's.")
@click.option("--witnesses", "policy", type=FILE, metavar="FILE", help="A policy: which witnesses must have signed.")
@click.option("--authority", "clocks", type=FILE, multiple=True, metavar="FILE", help="A time-stamp certificate.")
@click.option("--json", "as_json", is_flag=True, help="The whole report, as JSON.")
def verify(
    file: Path | None,
    kept: tuple[Path, ...],
    given: tuple[str, ...],
    policy: Path | None,
    clocks: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Is this ledger, or FILE, intact? Says nothing about whether claims are true.

    Recomputes everything from the entries. What the file alone cannot show, that entries were cut off its
    end or its history rewritten, shows against a checkpoint kept elsewhere. Of a merged file every ledger
    in it is verified; keys and checkpoints hold the one that they name. Exit code 3 if anything is wrong,
    5 if the file is in a newer format than this program knows.

    Example: factledger verify --checkpoint desk.checkpoint
    """
    from .. import audit

    path = file or ledger_path()
    if is_merged(path):
        if policy is not None or clocks:
            hint = "Take a ledger out of it first: factledger extract ORIGIN FILE"
            raise InputError("Witnesses and time stamps are of one ledger.", where=str(path), hint=hint)
        return _verify_merged(path, vouchers_of(given, kept), as_json=as_json)
    report = audit.verify(
        path,
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


def _verify_merged(path: Path, vouchers: Vouchers, *, as_json: bool) -> int:
    report = merged.verify(path, vouchers=vouchers, progress=_members_progress())
    if as_json:
        members = [_plain(member) for member in report.members]
        told = {"path": str(report.path), "sound": report.sound, "name": report.name, "heads": report.heads}
        told |= {"root": report.root, "problems": list(map(_problem, report.problems)), "members": members}
        told |= {"covered": list(report.covered), "not_established": list(report.not_established)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return CLEAN if report.sound else DAMAGED
    click.echo(f"{'INTACT' if report.sound else 'NOT INTACT'}  {report.path}")
    ledgers = words.count(len(report.members), "ledger")
    click.echo(f"            {report.name}, {ledgers}, {words.count(report.heads, 'head')}, root {report.root}")
    for line in _found(report.problems, report.covered, report.not_established):
        click.echo(line)
    return CLEAN if report.sound else DAMAGED


def _members_progress() -> Callable[[str, int, int], None]:
    """Return what shows on a terminal which ledger is being verified."""
    shown = sys.stderr.isatty()

    def progress(origin: str, done: int, total: int) -> None:
        if shown:
            told = f"Verifying {origin}, {done + 1} of {total}" if origin else ""
            click.echo(f"\r\033[K{told}", err=True, nl=False)

    return progress


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
    yield from _found(report.problems, report.covered, report.not_established)


def _found(problems: Sequence[Problem], covered: Sequence[str], open_: Sequence[str]) -> Iterator[str]:
    for problem in problems:
        yield f"PROBLEM     {problem.code}: {problem.where}: {problem.message}"
        if problem.hint:
            yield f"            {problem.hint}"
    if covered:
        yield "Checked"
        yield from (f"    {line}" for line in covered)
    yield "Not established"
    yield from (f"    {line}" for line in open_)


def _plain(report: AuditReport) -> dict[str, object]:
    return {
        "path": str(report.path),
        "sound": report.sound,
        "origin": report.origin,
        "format": report.format,
        "size": report.size,
        "root": report.root,
        "problems": list(map(_problem, report.problems)),
        "withheld": report.withheld,
        "covered": list(report.covered),
        "not_established": list(report.not_established),
    }


def _problem(one: Problem) -> dict[str, object]:
    return {
        "code": str(one.code),
        "where": one.where,
        "entry": one.entry,
        "field": one.field,
        "message": one.message,
        "hint": one.hint,
    }


COMMANDS = (verify,)
