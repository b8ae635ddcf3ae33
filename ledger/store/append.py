"""The one way into the log: a list of drafts becomes entries, or nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from .. import wire
from ..errors import DamagedLedger, InputError, LedgerError
from ..log import Entry, SignerKey, following, grow, pack, root, seal, sign, signed_text, unpack
from ..log.entry import SALT_BYTES
from ..model import Standing
from ..sqlite import sqlite3
from . import queries
from .bodies import as_stored
from .file import Ledger, fault, open_file, unfinished
from .fold import Overtaken
from .lock import exclusive
from .moved import require_in_place
from .project import Projector


@attrs.frozen
class Draft:
    """An entry to be: its kind ("claim.add"), the uid it is about, and its body as JSON data."""

    kind: str
    subject: str
    body: dict[str, Any]


def append(ledger: Ledger, drafts: Sequence[Draft], *, actor: str) -> tuple[Entry, ...]:
    """Append the drafts in one durable transaction and return their entries.

    `actor` is the uid of the agent who enters them. Raises InputError if a body
    has no canonical form or a handle is taken, DamagedLedger if the head does
    not fit the entries, EnvironmentFault if the file was moved; then nothing was written.
    """
    if not drafts:
        return ()
    bodies = [wire.dumps(draft.body) for draft in drafts]  # bad input fails before the lock is taken
    db = ledger.db
    with exclusive(ledger.path):
        require_in_place(ledger.path, ledger.opened)
        try:
            db.execute("BEGIN IMMEDIATE")
            entries = insert(ledger, drafts, bodies, actor)
            Projector(db).apply_all(entries)
            _commit(ledger, entries[-1])
        except Overtaken:
            raise InputError(
                "Somebody changed this record in the meantime.", hint="Nothing was recorded. Look at it, and try again."
            ) from None
        except sqlite3.IntegrityError as error:
            raise _taken(error) from None
        except sqlite3.Error as error:
            raise fault(error, ledger.path) from None
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
    return entries


def _commit(ledger: Ledger, last: Entry) -> None:
    try:
        ledger.db.execute("COMMIT")
    except sqlite3.Error as error:
        if ledger.db.in_transaction:
            ledger.db.execute("ROLLBACK")
        stands = _stands(ledger, last)
        if not stands:
            raise unfinished(error, ledger.path, looked=stands is False) from None


def _stands(ledger: Ledger, entry: Entry) -> bool | None:
    """Return whether the file, opened afresh, holds an entry; None if it cannot be opened."""
    try:
        with open_file(ledger.path) as fresh:
            found = fresh.db.execute("SELECT env FROM ledger_entry WHERE seq = ?", (entry.seq,)).fetchone()
    except (LedgerError, sqlite3.Error):
        return None
    return bool(found == (entry.envelope,))


def insert(ledger: Ledger, drafts: Sequence[Draft], bodies: Sequence[str], actor: str) -> tuple[Entry, ...]:
    db = ledger.db
    size, stored_root, packed = db.execute("SELECT size, root, frontier FROM ledger_head").fetchone() or (-1, b"", b"")
    count, last = queries.end(db)
    frontier = unpack(packed)
    if count != size or root(frontier) != stored_root:
        raise DamagedLedger(
            f"The head says {size} entries, the log has {count}.",
            where=str(ledger.path),
            hint="Nothing was appended. Run: factledger verify",
        )
    now = ledger.environment.instant()
    signer = _standing_signer(ledger)
    origin = queries.origin(db) if signer else ""
    nodes: list[tuple[int, int, bytes]] = []
    entries: list[Entry] = []
    leaves: list[bytes] = []

    def keep(level: int, index: int, value: bytes) -> None:
        nodes.append((level, index, value))

    for draft, body in zip(drafts, bodies, strict=True):
        last = following(now, last)  # time never runs backwards in a log, whatever the machine's clock does
        entry = seal(
            seq=size + len(entries),
            at=last,
            actor=actor,
            kind=draft.kind,
            subject=draft.subject,
            rid=ledger.environment.uid(),
            salt=ledger.environment.entropy(SALT_BYTES),
            body=body,
        )
        if signer is not None:
            line = str(sign(signed_text(origin, entry.envelope), signer))
            entry = attrs.evolve(entry, signature=line)
        leaves.append(entry.leaf)
        entries.append(entry)
    grow(frontier, size, leaves, keep)
    rows = [
        (e.seq, leaf, e.envelope, e.signature, e.salt, as_stored(e.kind, e.body))
        for e, leaf in zip(entries, leaves, strict=True)
    ]
    db.executemany("INSERT INTO ledger_entry (seq, hash, env, sig, salt, body) VALUES (?, ?, ?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO ledger_node VALUES (?, ?, ?)", nodes)
    db.execute(
        "UPDATE ledger_head SET size = ?, root = ?, frontier = ?",
        (size + len(entries), root(frontier), pack(frontier)),
    )
    return tuple(entries)


def _standing_signer(ledger: Ledger) -> SignerKey | None:
    """Return the actor's key if the ledger knows it and it was not revoked."""
    signer = ledger.signer
    if signer is None:
        return None
    found = ledger.db.execute(
        "SELECT 1 FROM keys WHERE verifier = ? AND standing = ?", (str(signer.verifier), Standing.CURRENT.value)
    ).fetchone()
    return signer if found else None


def _taken(error: Exception) -> InputError:
    if "handle" in str(error):
        return InputError("Somebody else has just used that id.", hint="Nothing was recorded. Try again with another.")
    return InputError(f"The ledger refused the entry ({error}).", hint="Nothing was recorded.")
