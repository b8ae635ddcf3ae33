"""Commands that let others rely on the log: checkpoint, prove, check-proof, witness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import store, trust
from ..catalogue import unknown
from ..errors import InputError
from ..log import Checkpoint, Entry, Malformed, VerifierKey, World, sheet
from ..store import queries
from .frame import CLEAN, DAMAGED, command, ledger_path, reading, say

FILE = click.Path(path_type=Path)


def key_of(text: str, option: str) -> VerifierKey:
    """Return the verifier key that a person gave, as text or as a file that holds it."""
    if "+" not in text and Path(text).is_file():
        text = _text(Path(text))
    try:
        return VerifierKey.read(text.strip())
    except Malformed as error:
        raise InputError(error.message, where=option, hint=error.hint) from None


@command()
@click.option("--git", "folder", type=FILE, metavar="DIR", help="Also commit it to this git working tree.")
@click.option("--add", "cosigned", type=FILE, metavar="FILE", help="Keep a checkpoint that a witness has signed.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Also write it to a file.")
def checkpoint(folder: Path | None, cosigned: Path | None, output: Path | None) -> None:
    """Sign how long the log is and what its root is, and print the note.

    Keep it where you cannot change it unseen: at a partner's, in a public repository, in print. With it,
    `verify` finds entries that were cut off the end and a history that was rewritten.

    Example: factledger checkpoint --git ../checkpoints
    """
    if folder is not None and not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", where="--git", hint="Make it first: git init DIR")
    with store.faults_told(ledger_path()), store.open_ledger(ledger_path(), write=True) as ledger:
        if cosigned is not None:
            said = trust.add_cosigned(ledger, trust.read_checkpoint(cosigned))
            say(f"Kept      the checkpoint of {said.size:,} entries, with the signatures it came with.")
            return
        note = trust.checkpoint(ledger, folder=folder)
    put(str(note), output)
    say(f"Signed    {Checkpoint.of(note).size:,} entries. Keep it somewhere else.")
    say("Later     factledger verify --checkpoint FILE")


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
    return Checkpoint.of(trust.read_checkpoint(Path(old))).size


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
    said = sheet.read_sheet(_text(file))
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
    return Checkpoint.of(note)


def _text(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read())
    except OSError as error:
        raise InputError(f"Cannot read it: {error.strerror}.", where=str(file), hint="Check the name.") from None
    except UnicodeDecodeError:
        raise InputError("This is not text.", where=str(file), hint="Give a proof.") from None


@click.group()
def witness() -> None:
    """Remember how long somebody's log was, and sign that it only grew.

    Example: factledger witness cosign desk.checkpoint --as archive.example.org --log-key desk.key
    """


@witness.command("new")
@click.argument("name")
def witness_new(name: str) -> None:
    """Begin a witness: make its key, and print the half that others may have.

    Example: factledger witness new archive.example.org
    """
    click.echo(str(trust.witness.begin(name, World())))
    say(f"Key       {trust.witness.folder() / (name + '.key')}; keep it. What is printed may go to anybody.")


@witness.command("cosign")
@click.argument("file", type=FILE)
@click.option("--as", "name", required=True, metavar="NAME", help="The witness that signs.")
@click.option("--log-key", metavar="KEY", help="The log's verifier key, at first sight.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file.")
def witness_cosign(file: Path, name: str, log_key: str | None, output: Path | None) -> None:
    """Sign a checkpoint, once it is shown to go on from the one seen last.

    FILE is a checkpoint at first sight, later a proof: factledger prove --from SIZE. What contradicts
    what was seen is refused with exit code 3, and nothing is signed.

    Example: factledger witness cosign desk.proof.json --as archive.example.org -o desk.checkpoint
    """
    given = key_of(log_key, "--log-key") if log_key else None
    note = trust.witness.cosign(name, _text(file), World(), log_key=given)
    put(str(note), output)
    said = Checkpoint.of(note)
    say(f"Signed    {said.origin}, {said.size:,} entries. The owner keeps it with: factledger checkpoint --add FILE")


COMMANDS = (checkpoint, prove, check_proof, witness)
