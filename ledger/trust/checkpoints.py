"""Signing how long the log is and what its root is, and never anything that contradicts what was signed.

The last checkpoint signed is kept in the key folder, away from the ledger: a ledger restored from an
old backup, or one that went on from another history, is not signed. Nor is one that does not go on
from the checkpoints that it keeps itself, or from the one in the folder it is published to.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from .. import store
from ..book import keys, ssh_agent
from ..errors import DamagedLedger, EnvironmentFault, InputError, reading_file
from ..log import Checkpoint, Malformed, Note, NoteSigner, VerifierKey, sign
from ..store import Ledger, StoredTree, queries

LAST = "the last one signed"


def log_key(ledger: Ledger) -> VerifierKey:
    """Return the verifier key that entry 0 names."""
    return VerifierKey.read(queries.log_key(ledger.db))


def checkpoint(ledger: Ledger, *, folder: Path | None = None) -> Note:
    """Sign the log as it stands, keep the note in the ledger and in the key folder, and return it.

    With a `folder`, a git working tree, the note is also committed there. Raises DamagedLedger, and
    signs nothing, if the log is shorter than one signed before, or does not begin with it;
    EnvironmentFault if the log key is not at hand.
    """
    ledger_id = queries.first(ledger.db).subject
    key = _signer(ledger, ledger_id)
    last = keys.folder() / f"{ledger_id}.checkpoint"
    with store.steady(ledger):
        before = [(LAST, note) for note in _read(last)]
        before += [("one kept in the ledger", note) for note in store.checkpoints(ledger.db)]
        if folder is not None:
            target = published_name(folder, key.name)
            before += [(str(target), note) for note in _read(target)]
        said = _require_growth(ledger, key.verifier, before)
        note = next((note for _, note in before if note.text == said.text), None)
        if note is None:
            note = Note(said.text, (sign(said.text, key),))
        keys.replace(last, str(note))  # before anybody can see it: a crash then leaves nothing unremembered
        if note.text not in {kept.text for kept in store.checkpoints(ledger.db)}:
            store.keep_checkpoint(ledger.db, note)
    if folder is not None:
        _commit(folder, published_name(folder, key.name), note, said.size)
    return note


def signer(ledger: Ledger) -> NoteSigner | None:
    """Return what signs as the log: the key in the key folder, else an ssh-agent that holds it; else None."""
    ledger_id, named = queries.first(ledger.db).subject, log_key(ledger)
    key = keys.held(ledger_id)
    if key is None:
        return ssh_agent.held(named)
    if key.verifier != named:
        raise EnvironmentFault(f"{keys.path_of(ledger_id)} is not the key that the ledger names.", hint="Restore it.")
    return key


def _signer(ledger: Ledger, ledger_id: str) -> NoteSigner:
    key = signer(ledger)
    if key is None:
        raise EnvironmentFault(
            f"The log key is not on this machine ({keys.path_of(ledger_id)}), and no ssh-agent holds it.",
            hint="Sign where the ledger was begun, load it with ssh-add, or bring the key here.",
        )
    return key


def _require_growth(ledger: Ledger, key: VerifierKey, before: list[tuple[str, Note]]) -> Checkpoint:
    """Return what the log says now, once it was shown to go on from everything signed before."""
    now, tree, seen = store.present(ledger), StoredTree(ledger.db), 0
    for where, note in before:
        then = Checkpoint.read(note.text)
        if not note.signed_by(key) or then.origin != now.origin:
            raise DamagedLedger(f"A checkpoint, {where}, is not one of this ledger.", hint="Nothing was signed.")
        if then.size > now.size:
            raise DamagedLedger(
                f"The log has {now.size} entries; a checkpoint of {then.size} was signed before ({where}).",
                where=str(ledger.path),
                hint="Nothing was signed. Is this an old backup? Look for the ledger that went on.",
            )
        if tree.root(then.size) != then.root:
            raise DamagedLedger(
                f"The first {then.size} entries are not those signed before ({where}).",
                where=str(ledger.path),
                hint="Nothing was signed. This is another history. Run: factledger verify",
            )
        seen = max(seen, then.size)
    store.require_hashed(ledger, start=seen)
    return now


def _read(path: Path) -> list[Note]:
    try:
        return [read_checkpoint(path)] if path.exists() else []
    except InputError as error:
        raise DamagedLedger(f"{path} holds no checkpoint.", hint="Nothing was signed. Look what it is.") from error


def read_note(path: Path) -> Note:
    """Return the signed note in a file; raise InputError, placed, if there is none."""
    try:
        with reading_file(path):
            return Note.read(path.read_bytes().decode())
    except UnicodeDecodeError:
        raise InputError("This is not text.", where=str(path), hint="Give a checkpoint.") from None
    except Malformed as error:
        raise InputError(error.message, where=str(path), hint=error.hint) from None


def read_checkpoint(path: Path) -> Note:
    """Return the checkpoint in a file; raise InputError, placed, if there is none."""
    note = read_note(path)
    try:
        Checkpoint.read(note.text)
    except Malformed as error:
        raise InputError(error.message, where=str(path), hint=error.hint) from None
    return note


def add_cosigned(ledger: Ledger, note: Note) -> Checkpoint:
    """Keep a checkpoint that came back from a witness, with its signatures; raise InputError if it is not ours."""
    said = Checkpoint.read(note.text)
    with store.steady(ledger):
        if not note.signed_by(log_key(ledger)):
            raise InputError("This checkpoint is not signed by this ledger's log key.", hint="Nothing was recorded.")
        size = queries.head(ledger.db).size
        if said.size > size or StoredTree(ledger.db).root(said.size) != said.root:
            raise DamagedLedger("This ledger does not hold what the checkpoint says.", hint="Run: factledger verify")
        if str(note) not in {str(kept) for kept in store.checkpoints(ledger.db)}:
            store.keep_checkpoint(ledger.db, note)
    return said


# -- publishing to a git working tree --------------------------------------


def published_name(folder: Path, origin: str) -> Path:
    """Return the file in a folder that holds the checkpoint of the log of this name."""
    return folder / (re.sub(r"[^A-Za-z0-9._-]+", "-", origin).strip("-.") + ".checkpoint")


def _commit(folder: Path, target: Path, note: Note, size: int) -> None:
    try:
        if not (target.exists() and read_checkpoint(target).text == note.text):
            target.write_text(str(note), encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {target}: {error.strerror}.", hint="The checkpoint was signed.") from None
    _git(folder, "add", "--", target.name)
    if _git(folder, "status", "--porcelain", "--", target.name):
        _git(folder, "commit", "--quiet", "-m", f"Checkpoint of {size} entries", "--", target.name)


def _git(folder: Path, *arguments: str) -> str:
    """Return what git wrote."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    except OSError:
        raise EnvironmentFault("git is not installed.", hint="The checkpoint was signed; commit it by hand.") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise EnvironmentFault(
            f"git could not commit in {folder}: {said[-1] if said else 'it did not say why'}",
            hint="The checkpoint was signed and lies there; commit it by hand.",
        )
    return done.stdout
