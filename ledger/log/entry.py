"""One line of the log: an envelope, and a body that the envelope commits to.

    body hash   hex SHA-256(salt || body), with 16 random bytes of salt
    envelope    canonical JSON {actor, at, body, kind, rid, seq, subject, v}
    leaf        SHA-256(0x00 || envelope "\\n" ["\\n" signature])

Everything that could identify somebody lives in the body: the envelope holds
random uids, an instant and a kind. So a body can later be withheld, and the
tree still proves that the entry was there. `rid` is the entry's own random
name: a retry with the same rid is the same entry, and later entries name
the one they replace by it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import attrs

from .tree import leaf_hash

ENVELOPE_VERSION = 1
SALT_BYTES = 16


@attrs.frozen
class Entry:
    """One entry as stored; `salt` and `body` are absent once withheld.

    `seq` counts from 0. `kind` is "record.act", such as "claim.add".
    """

    seq: int
    envelope: str
    signature: str | None
    salt: bytes | None
    body: str | None
    kind: str
    subject: str
    actor: str
    at: str
    rid: str
    commitment: str

    @property
    def leaf(self) -> bytes:
        """The entry's hash in the tree, 32 bytes."""
        return leaf_hash(leaf_bytes(self.envelope, self.signature))

    @property
    def record_kind(self) -> str:
        return self.kind.partition(".")[0]

    @property
    def act(self) -> str:
        return self.kind.partition(".")[2]

    def content(self) -> Any:
        """Return the body as plain JSON data; None once withheld."""
        return None if self.body is None else json.loads(self.body)


def commit(salt: bytes, body: str) -> str:
    """Return the hex commitment to a body under its salt."""
    return sha256(salt + body.encode()).hexdigest()


def leaf_bytes(envelope: str, signature: str | None) -> bytes:
    """Return the bytes that a leaf hashes."""
    return (f"{envelope}\n\n{signature}" if signature is not None else f"{envelope}\n").encode()


def signed_text(origin: str, envelope: str) -> str:
    """Return what an agent signs: an entry of the log of this name, whole by its commitment."""
    return f"factledger/v1 {origin}\n{envelope}\n"


def seal(*, seq: int, at: str, actor: str, kind: str, subject: str, rid: str, salt: bytes, body: str) -> Entry:
    """Return a new entry around a canonical body; every other argument is plain ASCII."""
    commitment = commit(salt, body)
    envelope = (
        f'{{"actor":"{actor}","at":"{at}","body":"{commitment}","kind":"{kind}",'
        f'"rid":"{rid}","seq":{seq},"subject":"{subject}","v":{ENVELOPE_VERSION}}}'
    )
    return Entry(seq, envelope, None, salt, body, kind, subject, actor, at, rid, commitment)


def read(seq: int, envelope: str, signature: str | None, salt: bytes | None, body: str | None) -> Entry:
    """Return a stored entry; raises ValueError, KeyError or TypeError on a mangled envelope."""
    said = json.loads(envelope)
    return Entry(
        seq, envelope, signature, salt, body,
        said["kind"], said["subject"], said["actor"], said["at"], said["rid"], said["body"],
    )  # fmt: skip
