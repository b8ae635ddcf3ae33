"""The Merkle log: entries, their tree, proofs, keys, signed notes. Pure; knows nothing of claims."""

from .checkpoint import Checkpoint
from .entry import Entry, commit, leaf_bytes, read, seal, signed_text
from .key import Algorithm, Malformed, SignerKey, VerifierKey
from .note import Note, Signature, sign, verifies
from .quorum import Party, Quorum
from .submission import Submission
from .tiles import tile_path, tiles
from .tree import EMPTY_ROOT, HASH_BYTES, grow, leaf_hash, node_hash, pack, push, root, unpack
from .world import World, instant

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Algorithm",
    "Checkpoint",
    "Entry",
    "Malformed",
    "Note",
    "Party",
    "Quorum",
    "Signature",
    "SignerKey",
    "Submission",
    "VerifierKey",
    "World",
    "commit",
    "grow",
    "instant",
    "leaf_bytes",
    "leaf_hash",
    "node_hash",
    "pack",
    "push",
    "read",
    "root",
    "seal",
    "sign",
    "signed_text",
    "tile_path",
    "tiles",
    "unpack",
    "verifies",
]
