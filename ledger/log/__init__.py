"""The Merkle log: entries, their tree, proofs, keys, signed notes. Pure; knows nothing of claims."""

from .checkpoint import Checkpoint
from .entry import Entry, commit, leaf_bytes, read, seal, signed_text
from .environment import Environment, following, instant, was_behind
from .key import Algorithm, Malformed, NoteSigner, SignerKey, VerifierKey
from .note import Note, Signature, sign, verifies
from .quorum import Party, Quorum
from .submission import Submission
from .tiles import tile_path, tiles
from .tree import EMPTY_ROOT, HASH_BYTES, grow, leaf_hash, node_hash, pack, push, root, unpack

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Algorithm",
    "Checkpoint",
    "Entry",
    "Environment",
    "Malformed",
    "Note",
    "NoteSigner",
    "Party",
    "Quorum",
    "Signature",
    "SignerKey",
    "Submission",
    "VerifierKey",
    "commit",
    "following",
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
    "was_behind",
]
