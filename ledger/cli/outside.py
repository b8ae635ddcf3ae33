"""Commands that hold the log to the outside world: checkpoint, witness."""

from __future__ import annotations

from pathlib import Path

import click

from .. import store, trust
from ..errors import EnvironmentFault, InputError
from ..log import Algorithm, Checkpoint, Environment, Malformed, Note, Quorum
from ..store import Ledger
from ..store.merged import open_merged
from .frame import CLEAN, SURROUNDINGS, command, ledger_path, say
from .members import merged_path
from .prove import FILE, key_of, put, text_of


def quorum_of(path: Path) -> Quorum:
    """Return the witness policy in a file; raise InputError, placed, if there is none."""
    try:
        return Quorum.read(text_of(path))
    except Malformed as error:
        raise InputError(
            error.message, where=", ".join(filter(None, (str(path), error.where))), hint=error.hint
        ) from None


@command()
@click.option("--git", "folder", type=FILE, metavar="DIR", help="Also commit it to this git working tree.")
@click.option("--add", "cosigned", type=FILE, metavar="FILE", help="Keep a checkpoint that a witness has signed.")
@click.option("--witnesses", "policy", type=FILE, metavar="FILE", help="Ask the witnesses of this policy to sign it.")
@click.option("--timestamp", "clock", metavar="URL", help="Ask this time-stamp authority (RFC 3161) for the time.")
@click.option("--authority", type=FILE, metavar="FILE", help="Its certificate; no other time is taken.")
@click.option("--tiles", type=FILE, metavar="DIR", help="Also write the log there, for tile clients and mirrors.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Also write it to a file.")
def checkpoint(
    folder: Path | None,
    cosigned: Path | None,
    policy: Path | None,
    clock: str | None,
    authority: Path | None,
    tiles: Path | None,
    output: Path | None,
) -> int:
    """Sign how long the log is and what its root is, and print the note.

    Keep it where you cannot change it unseen: at a partner's, in a public repository, in print. With it,
    `verify` finds entries that were cut off the end and a history that was rewritten. Witnesses and
    authorities are asked over the network, and only where an option says so. Of a merged file it is the one
    that was signed when it was merged.

    Example: factledger checkpoint --git ../checkpoints
    """
    if (merged := merged_path()) is not None:
        if any((folder, cosigned, policy, clock, authority, tiles)):
            raise InputError("Of a merged file the checkpoint is signed when it is merged.", hint="Give -o FILE only.")
        with store.faults_told(merged), open_merged(merged) as file:
            put(str(file.note), output)
        say("Later     factledger verify --checkpoint FILE")
        return CLEAN
    if authority is not None and clock is None:
        raise InputError("A certificate alone asks nobody.", where="--authority", hint="Give --timestamp URL too.")
    quorum = None if policy is None else quorum_of(policy)
    certificate = None if authority is None else trust.Authority.read(authority)
    if folder is not None and not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", where="--git", hint="Make it first: git init DIR")
    with store.faults_told(ledger_path()), store.open_ledger(ledger_path(), write=True) as ledger:
        if cosigned is not None:
            said = trust.add_cosigned(ledger, trust.read_checkpoint(cosigned))
            say(f"Kept      the checkpoint of {said.size:,} entries, with the signatures it came with.")
            return CLEAN
        note = trust.checkpoint(ledger, folder=folder)
        say(f"Signed    {Checkpoint.read(note.text).size:,} entries. Keep it somewhere else.")
        if clock is not None:
            note = trust.stamp(note, clock, certificate)
            trust.add_cosigned(ledger, note)
            say("Stamped   by the authority; verify --authority FILE checks it.")
        met = quorum is None
        if quorum is not None:
            note, met = _witnessed(ledger, note, quorum)
        if tiles is not None:
            written = trust.write_tiles(ledger, tiles)
            say(f"Tiles     of {written.size:,} entries in {tiles}: serve the folder as it is.")
    put(str(note), output)
    say("Later     factledger verify --checkpoint FILE")
    return CLEAN if met else SURROUNDINGS


def _witnessed(ledger: Ledger, note: Note, quorum: Quorum) -> tuple[Note, bool]:
    """Ask each witness of a policy, keep what comes; return the note, and whether enough have signed."""
    for party in quorum.witnesses:
        if not party.url:
            continue
        try:
            note = trust.witness.ask(ledger, note, party)
        except (EnvironmentFault, InputError) as error:
            say(f"NOT SEEN  {error}")
        else:
            trust.add_cosigned(ledger, note)
            say(f"Seen      by {party.name}")
    met = quorum.met([party.name for party in quorum.witnesses if note.cosigned_at(party.key)])
    if not met:
        say("LOOK      Fewer have signed than the policy asks for. Ask again: the checkpoint stays.")
    return note, met


@click.group()
def witness() -> None:
    """Remember how long somebody's log was, and sign that it only grew.

    Example: factledger witness cosign desk.checkpoint --as archive.example.org --log-key desk.key
    """


@witness.command("new")
@click.argument("name")
@click.option("--ml-dsa", "lasting", is_flag=True, help="A key that withstands quantum computers, and is long.")
def witness_new(name: str, lasting: bool) -> None:
    """Begin a witness: make its key, and print the half that others may have.

    Example: factledger witness new archive.example.org
    """
    kind = Algorithm.MLDSA_COSIGNATURE if lasting else Algorithm.COSIGNATURE
    click.echo(str(trust.witness.begin(name, Environment(), kind)))
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
    note = trust.witness.cosign(name, text_of(file), Environment(), log_key=given)
    put(str(note), output)
    said = Checkpoint.read(note.text)
    say(f"Signed    {said.origin}, {said.size:,} entries. The owner keeps it with: factledger checkpoint --add FILE")


@witness.command("know")
@click.argument("log_key", metavar="KEY")
@click.option("--as", "name", required=True, metavar="NAME", help="The witness.")
def witness_know(log_key: str, name: str) -> None:
    """Let a witness sign for the log of this verifier key, got from its owner by another way.

    Example: factledger witness know desk.key --as archive.example.org
    """
    key = key_of(log_key, "KEY")
    trust.witness.know(name, key)
    say(f"Known     {key.name}: {name} signs what it shows to have only grown.")


@witness.command("serve")
@click.option("--as", "name", required=True, metavar="NAME", help="The witness that answers.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("-p", "--port", default=7380, show_default=True, type=click.IntRange(0, 65535))
def witness_serve(name: str, host: str, port: int) -> None:
    """Answer by HTTP as a witness, for the logs it knows. Ctrl-C ends it.

    Put it behind a server that speaks https if it is asked over the Internet.

    Example: factledger witness serve --as archive.example.org
    """
    trust.witness.serve(
        name, host=host, port=port, say=lambda url: say(f"Answering as {name} at {url} (Ctrl-C ends it)")
    )


COMMANDS = (checkpoint, witness)
