"""The log of heads: each copy that ever came into a merged file is a leaf of it, so that it only grows.

That is what its checkpoint signs. A list of today's heads would have another root at the same size whenever a member
went on, and whoever remembers checkpoints would have to take that for two histories.
"""

from __future__ import annotations

from collections.abc import Sequence

from .. import trust
from ..book import keys
from ..errors import DamagedLedger, EnvironmentFault, InputError
from ..log import Checkpoint, Note, SignerKey, grow, leaf_hash, root, sign
from ..store.merged import MergedFile


def checkpoint_of(name: str, heads: Sequence[str]) -> Checkpoint:
    """Return what a checkpoint of these heads says, in the tree of RFC 6962."""
    frontier: list[bytes] = []
    grow(frontier, 0, [leaf_hash(said.encode()) for said in heads])
    return Checkpoint(name, len(heads), root(frontier))


def require_signed(file: MergedFile) -> list[str]:
    """Return the heads of a file; raise DamagedLedger unless its own key signed just these."""
    heads = file.heads()
    if file.note.text != checkpoint_of(file.name, heads).text or not file.note.signed_by(file.key):
        hint = f"Nothing was written. See what else: factledger -d {file.path} verify"
        raise DamagedLedger("Its heads are not those that were signed.", where=str(file.path), hint=hint)
    return heads


def signer(file: MergedFile) -> SignerKey:
    """Return the key of a file; raise EnvironmentFault if it is not on this machine."""
    key = keys.held(file.uid)
    if key is None or key.verifier != file.key:
        raise EnvironmentFault(
            f"The key of {file.path} is not on this machine ({keys.path_of(file.uid)}).",
            hint="Merge where it was begun, or into a new file; nothing was written.",
        )
    return key


def signed(uid: str, key: SignerKey, heads: Sequence[str]) -> Note:
    """Return the signed checkpoint of heads; raise DamagedLedger if they do not go on from the last one signed."""
    last = keys.folder() / f"{uid}.checkpoint"
    if last.exists():
        try:
            before = Checkpoint.read(trust.read_checkpoint(last).text)
        except InputError as error:
            raise DamagedLedger(f"{last} holds no checkpoint.", hint="Nothing was signed. Look what it is.") from error
        if before.size > len(heads) or checkpoint_of(key.name, heads[: before.size]) != before:
            raise DamagedLedger(
                f"This does not go on from the {before.size} heads that were signed last ({last}).",
                hint="Nothing was written. Is the file an old copy? Look for the one that went on.",
            )
    text = checkpoint_of(key.name, heads).text
    return Note(text, (sign(text, key),))


def remember(uid: str, note: Note) -> None:
    """Keep what was signed last in the key folder, away from the file."""
    keys.replace(keys.folder() / f"{uid}.checkpoint", str(note))
