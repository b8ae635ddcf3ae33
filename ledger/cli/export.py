"""Commands that hand over: export log, export bundle."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import store, views
from ..durable import settle
from ..errors import EnvironmentFault, LedgerError
from ..exchange import export_log, gather_bundle, write_bundle
from ..store import Head, queries
from ..views import words
from .frame import Command, reading, say


@click.group()
def export() -> None:
    """Hand over the whole log, or one claim with all it stands on, for people without this program.

    Example: factledger export bundle troop-offer troop-offer.bag
    """


@export.command("log", cls=Command)
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def export_log_(target: Path) -> None:
    """Write the whole log as lines of JSON to a new FILE, or to stdout with -.

    Any program can hash it again; `import` makes a ledger of it with the same root.

    Example: factledger export log desk.ndjson
    """
    with reading() as ledger:
        head = export_log(ledger, sys.stdout.buffer) if str(target) == "-" else _export_to(target, ledger)
        say(f"Exported  {queries.origin(ledger.db)}, {head.size:,} entries")
        say(f"Root      {head.root.hex()}")
        say("          It holds every word of the ledger, and is as private as that. Archived copies are not in it.")


def _export_to(target: Path, ledger: store.Ledger) -> Head:
    """Write the log to a file that appears under its name only when it is complete."""
    store.require_free(target)
    beside = target.with_name(target.name + ".part")
    try:
        with beside.open("wb") as out:
            head = export_log(ledger, out)
        settle(beside, target)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {target}: {error.strerror}.", hint="Nothing was exported.") from None
    finally:
        beside.unlink(missing_ok=True)
    return head


@export.command("bundle", cls=Command)
@click.argument("claim")
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
@click.option("--with-captures/--without-captures", default=True, show_default=True, help="The archived copies.")
def export_bundle(claim: str, target: Path, with_captures: bool) -> None:
    """Write one claim with its records, chain, archived copies and proofs as a BagIt bag: the new folder TARGET.

    It begins with data/index.html, which says how to check it years later without this program. Words
    that are withheld or sealed are not in it. It holds whole works: hand it over, do not publish it.

    Example: factledger export bundle troop-offer troop-offer.bag
    """
    store.require_free(target)
    with reading() as ledger:
        bundle = gather_bundle(ledger, claim, captures=with_captures)
        view = views.claim_view(ledger.db, claim)
        chain = "".join(f"{line}\n" for line in views.chain_lines(view))
        files = write_bundle(bundle, target, page=views.bundle_page(view, bundle), chain=chain)
    said = [words.count(len(files), "file"), words.count(sum(one.size for one in files), "byte")]
    said += [
        words.count(len(bundle.records), "record"),
        words.count(sum(1 for c in bundle.copies if c.file), "copy", "copies"),
    ]
    say(f"Bundled   {target}: {', '.join(said)}.")
    for copy in bundle.copies:
        if copy.because:
            say(f"Left out  {copy.capture.handle}: {copy.because}.")
    say(f"Read      {target / 'data' / 'index.html'}")
    say("Check it  sha256sum -c manifest-sha256.txt   (in that folder), then the proofs, as the page says")
    say(f"Key       {bundle.key}   (give it to them another way)")


COMMANDS = (export,)
