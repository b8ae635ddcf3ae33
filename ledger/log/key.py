"""The log key: Ed25519, written the way C2SP signed notes write it.

A verifier key is `name+hash+base64(0x01 || public key)`, where hash is the first
four bytes of SHA-256(name "\\n" 0x01 || public key) in hex, and a signer key
is `PRIVATE+KEY+name+hash+base64(0x01 || secret key)` (c2sp.org/signed-note).
Entry 0 holds the verifier key, so that who may sign this log is part of it.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import attrs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"


@attrs.frozen
class LogKey:
    """A named Ed25519 key pair; `secret` is 32 bytes and never printed."""

    name: str
    secret: bytes = attrs.field(repr=False)

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def hash(self) -> str:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4].hex()

    @property
    def verifier(self) -> str:
        """The public text that anyone may have."""
        return f"{self.name}+{self.hash}+{b64encode(ED25519 + self.public).decode()}"

    @property
    def signer(self) -> str:
        """The private text that goes to the owner's key folder and nowhere else."""
        return f"PRIVATE+KEY+{self.name}+{self.hash}+{b64encode(ED25519 + self.secret).decode()}"
