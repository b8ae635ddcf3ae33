"""How a ledger asks somebody else's witness by HTTP, and what it believes of the answer (c2sp.org/tlog-witness)."""

from __future__ import annotations

from ... import store
from ...capture.fetch import HttpResponse, post
from ...errors import DamagedLedger, EnvironmentFault
from ...log import Checkpoint, Malformed, Note, Party, Signature, Submission
from ...store import Ledger, StoredTree
from ..checkpoints import log_key

LONGEST = 19
"""Digits of a size."""


def submit(party: Party, sent: Submission) -> HttpResponse:
    """Return what a witness answers to a submission, whatever it is."""
    return post(f"{party.url.rstrip('/')}/add-checkpoint", sent.text.encode(), media_type="text/plain; charset=utf-8")


def ask(ledger: Ledger, note: Note, party: Party) -> Note:
    """Return a checkpoint of the ledger with a witness's signature added.

    A witness that saw another size than the ledger knows of says which; the proof is then made from there. Raises
    DamagedLedger if the witness saw more than the ledger holds, EnvironmentFault if it does not sign, or signs with
    another key than the one that is known.
    """
    own, size, tree = note.only(log_key(ledger)), Checkpoint.read(note.text).size, StoredTree(ledger.db)
    old = _last_seen(ledger, party)
    for _ in range(2):
        path = tree.consistency(old, size) if 0 < old < size else ()
        said = submit(party, Submission.of(own, old, path))
        if said.status != 409:
            break
        old = _size(said, party)
        if old > size:
            raise DamagedLedger(
                f"The witness {party.name} saw {old} entries of this log, which has {size} here.",
                hint="Is this an old backup? Look for the ledger that went on.",
            )
    return note.plus(_signatures(note, said, party))


def _last_seen(ledger: Ledger, party: Party) -> int:
    kept = store.checkpoints(ledger.db)
    return max((Checkpoint.read(note.text).size for note in kept if note.cosigned_at(party.key)), default=0)


def _size(said: HttpResponse, party: Party) -> int:
    text = said.body.decode("ascii", "replace").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise _refused(party, "it does not say what it saw")
    return int(text)


def _signatures(note: Note, said: HttpResponse, party: Party) -> list[Signature]:
    """Return the lines of an answer that are by the witness's key; others are passed over."""
    if said.status != 200:
        words = said.body[:200].decode("utf-8", "replace").strip().partition("\n")[0]
        raise _refused(party, f"{said.status}, {words if words.isprintable() else 'without words'}")
    try:
        lines = said.body.decode().removesuffix("\n").split("\n")
        found = Note(note.text, tuple(map(Signature.read, lines))).only(party.key)
    except (Malformed, UnicodeDecodeError):
        raise _refused(party, "its answer is no signature") from None
    if found.cosigned_at(party.key) is None:
        raise _refused(party, "its signature is not by the key that is known")
    return list(found.signatures)


def _refused(party: Party, why: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"The witness {party.name} did not sign: {why}.", hint="The checkpoint itself is signed and kept."
    )
