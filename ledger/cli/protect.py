"""Commands that keep words and keys: withhold, erase, open, key."""

from __future__ import annotations

from pathlib import Path

import click

from .. import store, trust
from ..book import keys
from ..errors import InputError
from ..log import VerifierKey
from ..model import Agent, Key
from ..store import queries
from ..store.merged import open_merged
from ..views import words
from .frame import command, ledger_path, print_rows, reading, row_options, say, writing
from .members import merged_path
from .prove import FILE, key_of, put


@command()
@click.argument("record")
@click.argument("fields", nargs=-1, metavar="FIELD...")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it in place of the words.")
@click.option("--also", multiple=True, metavar="WORDS", help="Another spelling, or a part, to take out; repeatable.")
@click.option("--erase", is_flag=True, help="Drop the words from this file and archive too. This cannot be undone.")
@click.option("--dry-run", is_flag=True, help="Say where the words stand, and record nothing.")
def withhold(
    record: str, fields: tuple[str, ...], because: str, also: tuple[str, ...], erase: bool, dry_run: bool
) -> None:
    """Keep a name, title, quotation or address of a record from everybody who gets a copy.

    The words are taken out wherever they were recorded: in notes, findings, ids, hashes of archived
    copies. The log still proves that every entry is there. This file keeps the words, unless --erase.

    Example: factledger withhold ana-roa name --because "She was threatened."
    """
    with writing() as book:
        done = trust.withhold(book, record, fields, because, also=also, erase=erase, try_only=dry_run)
    what = ", ".join(fields) or "more words"
    verb = "Would go " if dry_run else "Withheld "
    say(f"{verb} {what} of {record}, in {words.count(len(done.entries), 'entry', 'entries')}.")
    for place in done.places if dry_run else ():
        say(f"Place     entry {place.seq}, {place.kind} of {place.handle or 'the ledger'}: {', '.join(place.fields)}")
    for old, new in done.renamed:
        say(f"Renamed   {old} {'would be' if dry_run else 'is now'} {new}")
    for part, handle in done.left:
        say(f"Look      {part!r} still stands in {handle}. Is it about the same? If so, withhold it with --also.")
    for file in done.copies.files:
        say(f"Archived  {file} holds the words. It is not in published copies.")
    for copy in done.copies.unsearched:
        say(f"Look      the archived copy {copy} cannot be searched. Does it show the words?")
    if dry_run:
        say("Nothing was recorded.")
    elif erase:
        say("Erased    here. Backups and copies made before hold the words still.")
    else:
        say("Next      factledger publish copy COPY.db   (this file itself still holds the words)")


@command()
def erase() -> None:
    """Drop the words of everything that is withheld from this file. This cannot be undone.

    Example: factledger erase
    """
    with store.faults_told(ledger_path()), store.open_ledger(ledger_path(), write=True) as ledger:
        number = trust.drop(ledger)
    say(f"Erased    the words of {words.count(number, 'entry', 'entries')}. Backups made before hold them still.")


@command("open")
@click.argument("record")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file.")
def open_(record: str, output: Path | None) -> None:
    """Show one person what is withheld or sealed of a record, with the proof that this is what was recorded.

    Give the file to nobody else. They check it with: factledger check-proof FILE --key KEY --words

    Example: factledger open withheld-agent-5544dbc0 -o for-the-judge.json
    """
    with reading() as ledger:
        sheet = trust.disclose(ledger, record)
        key = trust.log_key(ledger)
    put(sheet.text, output)
    say(f"Check it  factledger check-proof {output or 'FILE'} --words --key {key}")


@click.group()
def key() -> None:
    """The keys that sign this ledger: the log's own, and those of people who sign their entries.

    Whatever runs as you can read the key folder, a plugin too, and sign another history with the log's key. Move it
    where that cannot: to an ssh-agent (`key move`), or to another machine (docs/trust.md).

    Example: factledger key show
    """


@key.command("show")
def key_show() -> None:
    """Print the log's verifier key, or a merged file's, for those who check proofs.

    Example: factledger key show > desk.key
    """
    if (merged := merged_path()) is not None:
        with store.faults_told(merged), open_merged(merged) as file:
            click.echo(str(file.key))
        return
    with reading() as ledger:
        click.echo(str(trust.log_key(ledger)))


@key.command("list")
@row_options
def key_list(form: str | None) -> None:
    """List the keys with which people sign entries.

    Example: factledger key list
    """
    with reading() as ledger:
        rows = [
            {"id": row["id"], "agent": row["agent"], "standing": row["standing"], "verifier": row["verifier"]}
            for row in queries.rows(ledger.db, "keys")
        ]
    print_rows(rows, form)


@key.command("move")
@click.argument("file", type=FILE)
def key_move(file: Path) -> None:
    """Move the log's key out of the key folder, into a new FILE that ssh-add reads.

    Put FILE on a stick, or where only another user reads. To sign, load it: `ssh-add -c FILE` has every signature
    confirmed. The ssh-agent then signs checkpoints and gives the key to nobody.

    Example: factledger key move /media/stick/desk-log-key
    """
    with reading() as ledger:
        ledger_id, named = queries.first(ledger.db).subject, trust.log_key(ledger)
    gone = keys.move_out(ledger_id, file)
    say(f"Moved     the log key of {named.name}: it is in {file}, and not in {gone.parent} any more.")
    say(f"          Keep a copy of {file} apart: nobody can make it again.")
    say(f"To sign   ssh-add -c {file}, then: factledger checkpoint")


@key.command("return")
@click.argument("file", type=FILE)
def key_return(file: Path) -> None:
    """Put a log's key that was moved out back into the key folder; FILE stays.

    Example: factledger key return /media/stick/desk-log-key
    """
    with reading() as ledger:
        ledger_id, named = queries.first(ledger.db).subject, trust.log_key(ledger)
    say(f"Returned  the log key: {keys.bring_back(ledger_id, file, named)}")


@key.command("add")
@click.argument("agent")
@click.argument("verifier", required=False)
def key_add(agent: str, verifier: str | None) -> None:
    """Record the key with which a person signs entries; without VERIFIER, make one and keep it here.

    From then on, what they enter on the machine that holds the key is signed.

    Example: factledger key add ana-roa
    """
    with writing() as book:
        person = book.find(Agent, agent)
        ledger_id = queries.first(book.ledger.db).subject
        if verifier is not None:
            made = book.key(person, key_of(verifier, "VERIFIER"))
        else:
            fresh = keys.held(ledger_id, of=person.uid)  # one that could not be recorded before is taken again
            if fresh is None:
                fresh = keys.make(person.uid, book.ledger.environment)
                keys.keep(fresh, ledger_id, of=person.uid)
            elif queries.rows(book.ledger.db, "keys", verifier=str(VerifierKey(person.uid, fresh.verifier.public))):
                raise InputError(f"A key of {person.handle} is here already.", hint="See: factledger key list")
            made = book.key(person, fresh.verifier)
            path = keys.path_of(ledger_id, of=person.uid)
            say(f"Key       {path}; keep it. What {person.name} enters here is signed with it from now on.")
        say(f"Recorded  {made.handle} of {person.handle}: {VerifierKey.read(made.verifier)}")


@key.command("revoke")
@click.argument("handle", metavar="KEY")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def key_revoke(handle: str, because: str) -> None:
    """Say that a key signs nothing any more; what it signed before stays signed.

    Example: factledger key revoke key-1a2b3c4d --because "The laptop was stolen."
    """
    with writing() as book:
        gone: Key = book.revoke(handle, because)
        path = keys.path_of(queries.first(book.ledger.db).subject, of=gone.agent)
    say(f"Revoked   {handle}." + (f" Its secret is in {path}: remove it." if path.exists() else ""))


COMMANDS = (withhold, erase, open_, key)
