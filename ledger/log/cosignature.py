"""What a witness signs: a checkpoint with the second at which it was the largest one seen (c2sp.org/tlog-cosignature).

By Ed25519 the whole text behind two lines, "cosignature/v1\\ntime <seconds>\\n"; by ML-DSA-44 a structure of the
witness's name, the time, and the three lines that every checkpoint has.
"""

from __future__ import annotations

from .checkpoint import Checkpoint
from .key import Algorithm, Malformed

LABEL = b"subtree/v1\n\x00"
LONGEST = 255
"""Bytes of a name in the structure."""


def cosigned(text: str, witness: str, algorithm: Algorithm, seconds: int) -> bytes:
    """Return the bytes that a witness of this name signs; raise Malformed if the text is no checkpoint."""
    if algorithm is Algorithm.COSIGNATURE:
        return f"cosignature/v1\ntime {seconds}\n{text}".encode()
    said = Checkpoint.read(text)
    time, start, end = (number.to_bytes(8, "big") for number in (seconds, 0, said.size))
    return LABEL + _named(witness) + time + _named(said.origin) + start + end + said.root


def _named(name: str) -> bytes:
    data = name.encode()
    if not 0 < len(data) <= LONGEST:
        raise Malformed(f"A name has 1 to {LONGEST} bytes here.")
    return bytes([len(data)]) + data
