"""Checkpoints: how long a log was, and its root, in three lines (c2sp.org/tlog-checkpoint).

    <origin>
    <size in decimal>
    <root in base64>

Signed as a note by the log key, and kept where the log's owner cannot reach it, a
checkpoint is what a cut or rewritten log is caught by.
"""

from __future__ import annotations

import re
from base64 import b64encode

import attrs

from .key import Malformed, base64_bytes
from .tree import HASH_BYTES

LARGEST = 2**63 - 1
SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@attrs.frozen
class Checkpoint:
    """The first `size` entries of the log named `origin` have this root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that a note signs."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return the checkpoint that a note's text spells; further lines are allowed and mean nothing here."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise Malformed("This is no checkpoint.", hint="It has three lines: origin, size and root.")
        origin, size, root = lines[:3]
        if not SIZE.fullmatch(size) or int(size) > LARGEST:
            raise Malformed("The size of this checkpoint is no whole number.")
        data = base64_bytes(root)
        if len(data) != HASH_BYTES:
            raise Malformed("The root of this checkpoint is not 32 bytes long.")
        return cls(origin, int(size), data)
