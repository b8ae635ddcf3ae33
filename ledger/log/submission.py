"""What a log sends to a witness: from where it grew, the proof, and the checkpoint (c2sp.org/tlog-witness).

old <size>
<hash in base64>       each line of the consistency proof

<checkpoint>
"""

from __future__ import annotations

from base64 import b64encode

import attrs

from .checkpoint import LARGEST, SIZE, Checkpoint
from .key import Malformed, base64_bytes
from .note import Note
from .tree import HASH_BYTES

MOST_HASHES = 63
"""Hashes of a consistency proof: more than any log needs."""


@attrs.frozen
class Submission:
    """A checkpoint, and the proof that its log begins with the first `old` entries."""

    old: int
    path: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    @classmethod
    def of(cls, note: Note, old: int, path: tuple[bytes, ...] = ()) -> Submission:
        """Return the submission of a checkpoint."""
        return cls(old, path, note, Checkpoint.read(note.text))

    @property
    def text(self) -> str:
        """The body of the request."""
        hashes = "".join(f"{b64encode(value).decode()}\n" for value in self.path)
        return f"old {self.old}\n{hashes}\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Submission:
        """Return the submission that a text spells; raise Malformed if it spells none."""
        head, gap, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        size = first.removeprefix("old ")
        if not gap or not first.startswith("old ") or not SIZE.fullmatch(size) or int(size) > LARGEST:
            raise Malformed("This is no submission: it begins with the line: old SIZE")
        path = tuple(map(base64_bytes, lines))
        if len(path) > MOST_HASHES or any(len(value) != HASH_BYTES for value in path):
            raise Malformed(f"The proof of a submission is at most {MOST_HASHES} hashes of {HASH_BYTES} bytes.")
        return cls.of(Note.read(note), int(size), path)
