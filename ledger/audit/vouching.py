"""Whose word counts for a log beside its own: a quorum of witnesses, and authorities of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ..log import Checkpoint, Note, Quorum, VerifierKey
from ..trust import Authority, require_timestamps, stamps
from .codes import ProblemCode
from .report import Notebook

NO_CERTIFICATE = "Whether the time stamps on its checkpoints are those of an authority: no certificate was given."


@attrs.frozen
class TrustAnchors:
    """What a reader got from elsewhere and trusts: keys of the log and of witnesses, a policy, certificates."""

    keys: tuple[VerifierKey, ...] = ()
    quorum: Quorum | None = None
    authorities: tuple[Authority, ...] = ()


def one_a_text(notes: Iterable[Note]) -> list[Note]:
    """Return each checkpoint once, with the signatures of all its copies."""
    found: dict[str, Note] = {}
    for note in notes:
        found[note.text] = found.get(note.text, note).plus(note.signatures)
    return list(found.values())


def check_quorum(notes: Sequence[Note], quorum: Quorum, log_key: VerifierKey | None, notebook: Notebook) -> int:
    """Return how many entries the witnesses of a policy vouch for, and say which; note it if they are too few."""
    if quorum.logs and log_key not in {party.key for party in quorum.logs}:
        notebook.add(ProblemCode.LOG_KEY, "The witness policy is for other logs than this one.", entry=0)
        return 0
    met = [(Checkpoint.read(note.text).size, names) for note in notes if quorum.met(names := _witnesses(note, quorum))]
    if not met:
        most = max((len(_witnesses(note, quorum)) for note in notes), default=0)
        notebook.add(
            ProblemCode.QUORUM,
            f"No checkpoint here bears the signatures that the witness policy asks for; "
            f"the best has {most} of {len(quorum.witnesses)}.",
        )
        return 0
    size, names = max(met)
    if not names:  # the policy asks for none
        return 0
    who = ", ".join(names)
    notebook.covered.append(f"the first {size:,} entries, seen by {len(names)} of {len(quorum.witnesses)}: {who}")
    return size


def _witnesses(note: Note, quorum: Quorum) -> tuple[str, ...]:
    """Return the names of the witnesses of a policy that signed a checkpoint."""
    return tuple(party.name for party in quorum.witnesses if note.cosigned_at(party.key) is not None)


def check_times(notes: Sequence[Note], authorities: Sequence[Authority], notebook: Notebook) -> None:
    """Say since when the entries are there by the word of each authority; note it of one that said nothing."""
    if not authorities and any(map(stamps, notes)):
        notebook.open.append(NO_CERTIFICATE)
    if authorities:
        require_timestamps()
    for authority in authorities:
        found = [(Checkpoint.read(note.text).size, said) for note in notes if (said := authority.stamped_at(note))]
        if not found:
            notebook.add(
                ProblemCode.TIMESTAMP, "No checkpoint here bears a time stamp that this certificate vouches for."
            )
            continue
        size, (name, at) = max(found)
        notebook.covered.append(f"the first {size:,} entries, there at {at:%Y-%m-%d %H:%M} UTC by the word of {name}")
