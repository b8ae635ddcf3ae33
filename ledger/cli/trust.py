"""Commands about the ledger itself: rebuild, backup, doctor."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from .. import store, trust
from ..book import keys
from ..capture import Archive
from ..errors import DamagedLedger, LedgerError
from ..exchange import back_up, upgrade_file
from ..model import Capture
from ..plugins.introduction import survey
from ..store import Ledger, library, place, queries
from ..views import words
from .frame import CLEAN, SURROUNDINGS, command, confirm_clock, ledger_path, policy_file, reading, say


@command()
def rebuild() -> None:
    """Make all tables but the log anew, from the log.

    Example: factledger rebuild
    """
    with store.open_ledger(ledger_path(), write=True) as ledger:
        say(f"Rebuilt   every table of {ledger.path.name} from {store.rebuild(ledger):,} entries.")


@command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the ledger and its archived copies to a new FILE, and verify the copy.

    Others may go on writing meanwhile. Exit code 3, and no file, if anything is wrong with the ledger.

    Example: factledger backup ../backup/desk-2031-05-04.db
    """
    try:
        with reading() as ledger:
            made, key, role = back_up(ledger, target), _log_key(ledger), ledger.role
    except DamagedLedger as error:
        raise DamagedLedger(f"{error.message} No copy was made.", where=error.where, hint=error.hint) from None
    say(f"Backed up {made.report.origin}, {made.report.size:,} entries, to {made.path}")
    say(f"Root      {made.report.root}")
    copies = words.count(made.copies, "archived copy", "archived copies")
    say(f"Archive   {copies} in {made.archive}, {made.fresh:,} new")
    if made.absent:
        say(f"          {made.absent:,} more are named in the ledger and were not beside it.")
    say("Verified  the copy: all that is in it follows from its entries.")
    if role == "working":
        say(f"Log key   not in it{f': {key}' if key.exists() else ', and not on this machine'}.")
        say("          Keep a copy of its folder somewhere else: names that were sealed are only there.")
    say("          Do not use cp on a ledger: without the -wal beside it the newest entries can be missing.")


@command()
def upgrade() -> None:
    """Bring a ledger of an earlier version of factledger to the format of this one.

    The ledger is verified first, and a verified backup is kept beside it. What its entries say is not touched: its
    tables are made anew from them, and that it was done is entered in the log. All of it happens, or nothing.

    Example: factledger upgrade
    """
    path = ledger_path()
    with store.faults_told(path):
        with store.open_ledger(path) as ledger:
            confirm_clock(ledger)
        done = upgrade_file(path)
    if done is None:
        say(f"Nothing to do: {path} is in format {store.FORMAT}, which this program writes.")
        return
    say(f"Upgraded  {path} from format {done.before} to {store.FORMAT}; its entries are as they were.")
    say(f"Backup    {done.backup}, verified: the ledger as it was. Remove it once all is well.")


def _log_key(ledger: Ledger) -> Path:
    return keys.path_of(queries.first(ledger.db).subject)


@command()
def doctor() -> int:
    """Look at what surrounds the ledger: libraries, the file, its lock, keys and plugins.

    Example: factledger doctor
    """
    sound = True
    for name, said, well in _facts():
        sound &= well
        click.echo(f"{'ok' if well else 'LOOK':<6}{name:<12}{said}")
    return CLEAN if sound else SURROUNDINGS


def _facts() -> Iterator[tuple[str, str, bool]]:
    """Yield (what, in words, whether it is well)."""
    yield "python", f"{platform.python_version()} at {sys.executable}", True
    yield "factledger", f"{version('factledger')}; datasette {version('datasette')}", True
    yield from _libraries()
    path = ledger_path()
    yield from _surroundings(path)
    try:
        with store.open_ledger(path) as ledger:
            yield "ledger", f"{path}: {ledger.role}, {queries.head(ledger.db).size:,} entries", True
            due = "" if ledger.format == store.FORMAT else f"; this program writes {store.FORMAT}: factledger upgrade"
            yield "format", f"{ledger.format}{due}", not due
            yield _clock(ledger)
            yield "pragmas", f"{_spelt(store.pragmas(ledger))}; a writer sets {_spelt(store.writer_pragmas())}", True
            key = _log_key(ledger)
            if ledger.role == "working":
                yield _signing(ledger, key)
            named = store.known_here(ledger.db, store.all_kept(ledger.db, Capture.KIND))
            copies = [kept.record.sha256 for kept in named if isinstance(kept.record, Capture)]
            here = sum(map(Archive.of(ledger).has, copies))
            yield "archive", f"{here} of {len(copies)} archived copies are in {ledger.archive}", here == len(copies)
    except LedgerError as error:
        yield "ledger", str(error), False
    yield from _plugins()


def _signing(ledger: Ledger, key: Path) -> tuple[str, str, bool]:
    """Return where the key that signs the log is."""
    if key.exists():
        return "log key", f"{key}", True
    if trust.signer(ledger) is not None:
        return "log key", f"held by the ssh-agent of this session; none at {key}", True
    return "log key", f"not at {key}, and no ssh-agent holds it: this machine cannot sign", False


def _plugins() -> Iterator[tuple[str, str, bool]]:
    """Yield what is to know of the plugins, each of which is asked in a process of its own."""
    try:
        there = survey(policy=policy_file(None))
    except LedgerError as error:
        yield "plugins", str(error), False
        return
    usable = sum(one.loaded for one in there.introductions)
    yield "plugins", f"{usable} loaded, {len(there.found['checker'])} checkers", True
    for fault in there.faults:
        yield "plugin", f"{fault.plugin} {fault.version}: {fault.reason}", False


def _clock(ledger: Ledger) -> tuple[str, str, bool]:
    """Return whether the newest entry was made by a clock that this machine's has caught up with."""
    now, (_, last) = ledger.environment.instant(), queries.end(ledger.db)
    if last > now:
        return "clock", f"{now[:16]}Z, but the newest entry says {last[:16]}Z: entries get that time until then", False
    if store.clock_doubt(ledger):
        return "clock", f"{now[:16]}Z, years after the newest entry, {last[:16]}Z: is it right?", False
    return "clock", f"{now[:16]}Z, later than the newest entry", True


def _libraries() -> Iterator[tuple[str, str, bool]]:
    """Yield what is to know of the SQLite libraries in this process."""
    facts = library.sqlite_facts()
    yield "sqlite", facts.words, facts.safe
    ours, *others = library.loaded()
    datasette = library.used_by_datasette()
    if ours == datasette:
        yield "libraries", f"sqlite-utils and Datasette both use {ours}", True
    else:
        yield "libraries", f"sqlite-utils uses {ours}, Datasette {datasette}: do not write while it is served", False
    for other in others:
        yield "", f"{other} is loaded too; nothing of factledger opens a ledger with it", True


def _surroundings(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield what is to know of the place where the ledger lies."""
    kind = place.file_system(path)
    if kind is None:
        yield "disk", "not looked at on this system; a ledger must not be written over a network", True
    elif kind in place.SHARED:
        yield "disk", f"{kind}, which other machines write to as well: the ledger can only be read here", False
    else:
        yield "disk", f"{kind}, not a network file system", True
    yield "lock", f"{store.lock_of(path)} is {'held: somebody is writing' if store.is_held(path) else 'free'}", True


def _spelt(pragmas: dict[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in pragmas.items())


COMMANDS = (rebuild, upgrade, backup, doctor)
