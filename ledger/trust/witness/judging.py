"""What a witness makes of a submission: its signature, or why not (c2sp.org/tlog-witness, c2sp.org/tlog-cosignature).

It signs what goes on from the last checkpoint it signed, and remembers that before it signs.
"""

from __future__ import annotations

from enum import IntEnum

import attrs

from ...errors import DamagedLedger, InputError, LedgerError
from ...log import EMPTY_ROOT, Checkpoint, Environment, Note, Signature, Submission, VerifierKey, sign
from ...log.proof import consistent
from ...log.sheet import ConsistencySheet, read_sheet
from ...store import exclusive
from .memory import WitnessedLog, held, know, place_of, read_seen, write_seen


class Why(IntEnum):
    """Why nothing was signed, as the status that HTTP has for it."""

    MALFORMED = 400
    UNSIGNED = 403
    UNKNOWN_LOG = 404
    STALE = 409
    INCONSISTENT = 422


@attrs.frozen
class Refusal:
    """Why a witness does not sign, in words; `size` is that of the last checkpoint it signed."""

    why: Why
    words: str
    size: int = 0


UNKNOWN = Refusal(Why.UNKNOWN_LOG, "This witness does not know that log.")


def judge(sent: Submission, seen: WitnessedLog | None) -> WitnessedLog | Refusal:
    """Return what a witness will have seen of a log once it signs a submission, or why it does not sign."""
    said = sent.checkpoint
    if seen is None:
        return UNKNOWN
    if said.origin != seen.key.name or not sent.note.signed_by(seen.key):
        return Refusal(Why.UNSIGNED, "The checkpoint is not signed by this log's key.")
    before = Checkpoint(said.origin, 0, EMPTY_ROOT) if seen.note is None else Checkpoint.read(seen.note.text)
    if sent.old > said.size:
        return Refusal(Why.MALFORMED, "The old size is larger than the checkpoint's.", before.size)
    if sent.old != before.size:
        return Refusal(Why.STALE, f"This witness last saw {before.size} entries.", before.size)
    if not _grew(before, said, sent.path):
        return Refusal(Why.INCONSISTENT, f"It does not go on from the {before.size} entries seen here.", before.size)
    return WitnessedLog(seen.key, sent.note.only(seen.key))


def _grew(before: Checkpoint, now: Checkpoint, path: tuple[bytes, ...]) -> bool:
    if before.size == 0:  # everything goes on from nothing, and there is no proof of it
        return not path and (now.size > 0 or now.root == EMPTY_ROOT)
    return consistent(before.size, now.size, before.root, now.root, path)


def answer(name: str, sent: Submission, environment: Environment) -> Signature | Refusal:
    """Return a witness's signature of a submitted checkpoint, or why it does not sign."""
    signer, place = held(name), place_of(name, sent.checkpoint.origin)
    if not place.exists():  # no lock for what is not known: a visitor could fill the folder with them
        return UNKNOWN
    with exclusive(place):
        found = judge(sent, read_seen(place))
        if isinstance(found, Refusal):
            return found
        write_seen(place, found)  # before it signs: a crash then leaves nothing unremembered
        signature = sign(sent.note.text, signer, now=environment.clock())
        write_seen(place, attrs.evolve(found, note=sent.note.only(found.key).plus([signature])))
    return signature


def cosign(name: str, said: str, environment: Environment, *, log_key: VerifierKey | None = None) -> Note:
    """Return the checkpoint in a text with the witness's signature added, once it is known to go on from the last.

    `said` is a checkpoint, or a consistency sheet from the size last seen. At first sight of a log its key must be
    given, since nothing else says whose log it is. Raises DamagedLedger for a log that contradicts what the witness
    saw, InputError for what cannot be judged; nothing is then signed.
    """
    held(name)
    note, sheet = _read(said)
    checkpoint = Checkpoint.read(note.text)
    seen = read_seen(place_of(name, checkpoint.origin))
    key = _trusted_key(seen, log_key, checkpoint)
    if sheet is not None and (fault := next(iter(sheet.faults(key)), None)):
        raise DamagedLedger(fault, hint="Nothing was signed.")
    before = 0 if seen is None or seen.note is None else Checkpoint.read(seen.note.text).size
    # Without a proof from where it looked last there is one case that needs none: the same size again.
    if sheet is not None and before:
        sent = Submission.of(note, sheet.size, sheet.path)
    else:
        sent = Submission.of(note, checkpoint.size if before else 0)
    judged = judge(sent, seen or WitnessedLog(key))
    if not isinstance(judged, Refusal):
        know(name, key)
        signed = answer(name, sent, environment)  # judged anew: another may have been signed in the meantime
        if not isinstance(signed, Refusal):
            return note.plus([signed])
        judged = signed
    raise _in_words(judged, sent)


def _in_words(refused: Refusal, sent: Submission) -> LedgerError:
    size, before = sent.checkpoint.size, refused.size
    if refused.why is Why.UNSIGNED:
        return DamagedLedger(refused.words, hint="Nothing was signed.")
    if refused.why is Why.INCONSISTENT:
        return DamagedLedger(
            f"The log's first {before} entries are not those that this witness saw.",
            hint="Nothing was signed. Its history was rewritten: keep both checkpoints.",
        )
    if size < before:
        return DamagedLedger(
            f"The log says it has {size} entries; this witness saw {before}.",
            hint="Nothing was signed. Entries are gone: ask the log's owner, and keep both checkpoints.",
        )
    return InputError(
        f"This witness last saw {before} entries and needs a proof from there.",
        hint=f"Ask the log's owner for: factledger prove --from {before}",
    )


def _trusted_key(seen: WitnessedLog | None, given: VerifierKey | None, checkpoint: Checkpoint) -> VerifierKey:
    key = seen.key if seen is not None else given
    if key is None:
        raise InputError(
            f"This witness has not seen the log {checkpoint.origin} before.",
            hint="Give its verifier key, got from its owner by another way: --log-key KEY",
        )
    if given is not None and given != key:
        raise InputError("This is not the log key that this witness knows.", hint="Nothing was signed.")
    if key.name != checkpoint.origin:
        raise InputError(f"The key is of {key.name}, the checkpoint of {checkpoint.origin}.", hint="Give its own key.")
    return key


def _read(said: str) -> tuple[Note, ConsistencySheet | None]:
    """Return the checkpoint in a text, and the sheet that it came in, if it did."""
    if not said.lstrip().startswith("{"):
        return Note.read(said), None
    sheet = read_sheet(said)
    if not isinstance(sheet, ConsistencySheet):
        raise InputError("This proves entries, not growth.", hint="Ask for: factledger prove --from SIZE")
    return sheet.note, sheet
