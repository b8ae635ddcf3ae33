"""The Merkle log: entries, their tree, the log key. Pure; knows nothing of claims."""

from .entry import Entry, commit, leaf_bytes, read, seal
from .key import LogKey
from .tree import EMPTY_ROOT, leaf_hash, node_hash, pack, push, root, unpack
from .world import World, instant

__all__ = [
    "EMPTY_ROOT",
    "Entry",
    "LogKey",
    "World",
    "commit",
    "instant",
    "leaf_bytes",
    "leaf_hash",
    "node_hash",
    "pack",
    "push",
    "read",
    "root",
    "seal",
    "unpack",
]
