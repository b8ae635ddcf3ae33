"""Keys, of Ed25519 and for witnesses also of ML-DSA-44, in the text of C2SP signed notes (c2sp.org/signed-note).

A verifier key is `name+id+base64(algorithm || public key)`, where the id is the first four bytes of
SHA-256(name "\\n" algorithm || public key) in hex; a signer key is
`PRIVATE+KEY+name+id+base64(algorithm || secret key)`. Entry 0 holds the log's verifier key, so that
who may sign this log is part of it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

import attrs

from ..errors import InputError

if TYPE_CHECKING:  # loaded when something is signed or verified: whoever only reads a ledger does neither
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

SECRET_BYTES = 32
ID_BYTES = 4
NAME = re.compile(r"[^\s+]{1,200}")


class Algorithm(IntEnum):
    """What a signature signs: the text of a note, or the text of a checkpoint with the time of signing."""

    ED25519 = 1
    COSIGNATURE = 4
    MLDSA_COSIGNATURE = 6

    @property
    def is_of_witness(self) -> bool:
        """Whether it signs the time along with a checkpoint, as witnesses do."""
        return self is not Algorithm.ED25519

    @property
    def public_bytes(self) -> int:
        """The length of a public key."""
        return 1312 if self is Algorithm.MLDSA_COSIGNATURE else 32


class Malformed(InputError):
    """A key, note, checkpoint or proof is not in its form."""


def base64_bytes(text: str) -> bytes:
    """Return the bytes of a base64 text; raise Malformed unless it is their one spelling."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise Malformed("This is not base64.") from None
    if b64encode(data).decode() != text:
        raise Malformed("This base64 has stray bits at its end.")
    return data


def is_name(name: str) -> bool:
    """Return whether a text can name a key: no white space, no plus sign."""
    return NAME.fullmatch(name) is not None and name.isprintable()


@attrs.frozen
class VerifierKey:
    """A named public key, which anyone may have."""

    name: str
    public: bytes
    algorithm: Algorithm = Algorithm.ED25519

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature says which key made it."""
        return sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.algorithm]) + self.public).decode()}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Return whether this key's holder signed exactly these bytes."""
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

        kind = MLDSA44PublicKey if self.algorithm is Algorithm.MLDSA_COSIGNATURE else Ed25519PublicKey
        try:
            kind.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError, UnsupportedAlgorithm):
            return False
        return True

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Return the key that a text spells; raise Malformed if it spells none."""
        parts = text.split("+", 2)  # base64 has plus signs, names and ids have none
        if len(parts) != 3:
            raise Malformed("This is no verifier key.", hint="It looks like NAME+HASH+BASE64.")
        algorithm, public = _key_data(parts[2])
        if len(public) != algorithm.public_bytes:
            raise Malformed("This verifier key has not the length of its kind.", hint="Was it copied whole?")
        if not is_name(parts[0]):
            raise Malformed("The name of this verifier key cannot name a key.")
        key = cls(parts[0], public, algorithm)
        if key.id.hex() != parts[1]:
            raise Malformed("This verifier key does not match its own hash.", hint="Was it copied whole?")
        return key


class NoteSigner(Protocol):
    """Whatever signs by a named key, wherever the secret is."""

    @property
    def name(self) -> str: ...
    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def verifier(self) -> VerifierKey: ...
    def sign(self, message: bytes) -> bytes: ...


@attrs.frozen
class SignerKey:
    """A named key pair; `secret` is 32 bytes and never printed."""

    name: str
    secret: bytes = attrs.field(repr=False)
    algorithm: Algorithm = Algorithm.ED25519

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw(), self.algorithm)

    @property
    def _private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

        if self.algorithm is Algorithm.MLDSA_COSIGNATURE:
            try:
                return MLDSA44PrivateKey.from_seed_bytes(self.secret)
            except UnsupportedAlgorithm:
                raise Malformed("The cryptography library of this machine has no ML-DSA-44.") from None
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    @property
    def text(self) -> str:
        """The private text that goes to the owner's key folder and nowhere else."""
        data = b64encode(bytes([self.algorithm]) + self.secret).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.id.hex()}+{data}"

    @property
    def openssh(self) -> str:
        """The private text of an Ed25519 key as OpenSSH keeps one, without a passphrase; it has no name."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        return self._private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()

    @classmethod
    def of_openssh(cls, name: str, data: bytes, *, where: str) -> SignerKey:
        """Return the key in a private file of OpenSSH; raise Malformed, which never quotes it."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_ssh_private_key

        try:
            key = load_ssh_private_key(data, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            hint = "Take its passphrase off first: ssh-keygen -p -f FILE"
            raise Malformed("This is no private key of OpenSSH without a passphrase.", where=where, hint=hint) from None
        if not isinstance(key, Ed25519PrivateKey):
            raise Malformed("This is no Ed25519 key.", where=where)
        return cls(name, key.private_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the signature of these bytes: 64 bytes (RFC 8032), or 2,420 (FIPS 204)."""
        return self._private.sign(message)

    @classmethod
    def read(cls, text: str) -> SignerKey:
        """Return the key that a private text spells; raise Malformed, which never quotes it."""
        parts = text.strip().split("+", 4)
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"] or not is_name(parts[2]):
            raise Malformed("This is no signer key.", hint="It begins with PRIVATE+KEY+.")
        algorithm, secret = _key_data(parts[4])
        if len(secret) != SECRET_BYTES:
            raise Malformed("This signer key is not 32 bytes long.", hint="Was it copied whole?")
        key = cls(parts[2], secret, algorithm)
        if key.verifier.id.hex() != parts[3]:
            raise Malformed("This signer key does not match its own hash.", hint="Was it copied whole?")
        return key


def _key_data(text: str) -> tuple[Algorithm, bytes]:
    data = base64_bytes(text)
    if not data or data[0] not in set(Algorithm):
        raise Malformed("This key is of a kind that is not known here.")
    return Algorithm(data[0]), data[1:]
