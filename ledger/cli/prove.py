"""Commands that show others what is in the log: prove, check-proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import trust
from ..errors import InputError, reading_file, unknown
from ..log import Checkpoint, Entry, Malformed, VerifierKey, sheet
from ..store import queries
from .frame import CLEAN, DAMAGED, command, reading, say

FILE = click.Path(path_type=Path)


def key_of(text: str, option: str) -> VerifierKey:
    """Return the verifier key that a person gave, as text or as a file that holds it."""
    if "+" not in text and Path(text).is_file():
        text = text_of(Path(text))
    try:
        return VerifierKey.read(text.strip())
    except Malformed as error:
        raise InputError(error.message, where=option, hint=error.hint) from None


@command()
@click.argument("names", nargs=-1, metavar="[RECORD|ENTRY]...")
@click.option(
    "--from", "old", metavar="SIZE|FILE", help="Prove that the log went on from here: entries, or a checkpoint."
)
@click.option("--to", "new", type=click.IntRange(1), metavar="SIZE", help="... to the checkpoint of this size.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file.")
def prove(names: tuple[str, ...], old: str | None, new: int | None, output: Path | None) -> None:
    """Write a proof that others can check without this ledger.

    Of a record or entry: that it stands in the log of a signed checkpoint. With --from: that the log
    only grew since. Words that were withheld stay out.

    Example: factledger prove troop-offer -o troop-offer.proof.json
    """
    if bool(names) == (old is not None):
        raise InputError("Say what to prove.", hint="Name records or entries, or give --from SIZE.")
    with reading() as ledger:
        if old is not None:
            made: sheet.InclusionSheet | sheet.ConsistencySheet = trust.prove_growth(ledger, _size(old), new)
        else:
            made = trust.prove(ledger, [entry for name in names for entry in _entries(ledger.db, name)])
        key = trust.log_key(ledger)
    put(made.text, output)
    where = output or "FILE"
    say(f"Check it  factledger check-proof {where} --key {key}")


def _size(old: str) -> int:
    if old.isascii() and old.isdigit():
        return int(old[:20])  # no log is as long as that
    return Checkpoint.read(trust.read_checkpoint(Path(old)).text).size


def _entries(db: Any, name: str) -> list[Entry]:
    found = trust.entries_of(db, name)
    if not found:
        raise unknown(name, queries.handles(db).values())
    return found


def put(text: str, output: Path | None) -> None:
    """Write a text to a file, or to stdout."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"Cannot write it: {error.strerror}.", where=str(output), hint="Give another name.") from None


@command("check-proof")
@click.argument("file", type=FILE)
@click.option("--key", required=True, metavar="KEY", help="The log's verifier key, got from its owner.")
@click.option("--checkpoint", "kept", type=FILE, metavar="FILE", help="An earlier checkpoint that you kept.")
@click.option("--words", is_flag=True, help="Print the recorded words too.")
def check_proof(file: Path, key: str, kept: Path | None, words: bool) -> int:
    """Check a proof with nothing but the file and the log's key. No ledger is needed.

    Exit code 3 if it does not hold.

    Example: factledger check-proof troop-offer.proof.json --key "$(cat desk.key)"
    """
    said = sheet.read_sheet(text_of(file))
    verifier = key_of(key, "--key")
    earlier = None if kept is None else _earlier(kept, verifier)
    answer = trust.check_sheet(said, verifier, earlier=earlier)
    click.echo(f"{'HOLDS' if answer.holds else 'DOES NOT HOLD'}  {file}")
    for fault in answer.faults:
        click.echo(f"PROBLEM     {fault}")
    if answer.holds and isinstance(said, sheet.InclusionSheet):
        click.echo(f"            {said.checkpoint.origin}, {said.checkpoint.size:,} entries")
    for line in answer.shows:
        click.echo(f"            {line}")
    if words and answer.holds and isinstance(said, sheet.InclusionSheet):
        for one in said.entries:
            click.echo(f"    {one.entry.seq}: {one.entry.body or '(withheld)'}")
    click.echo("Not shown")
    for line in answer.not_shown:
        click.echo(f"    {line}")
    return CLEAN if answer.holds else DAMAGED


def _earlier(kept: Path, key: VerifierKey) -> Checkpoint:
    note = trust.read_checkpoint(kept)
    if not note.signed_by(key):
        raise InputError("Your checkpoint is not signed by this key.", where=str(kept), hint="Is it of this log?")
    return Checkpoint.read(note.text)


def text_of(file: Path) -> str:
    """Return the text in a file that a person named; raise InputError if it cannot be read."""
    try:
        with reading_file(file), click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read())
    except UnicodeDecodeError:
        raise InputError("This is not text.", where=str(file), hint="Give a proof.") from None


COMMANDS = (prove, check_proof)
