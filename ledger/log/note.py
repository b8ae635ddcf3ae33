"""Signed notes: a text, an empty line, and one line for each signature (c2sp.org/signed-note).

    <text, every line ended>

    — <key name> base64(key id || signature)

A cosignature (c2sp.org/tlog-cosignature) is such a line by a witness. It signs the time along with
the checkpoint, and begins with that time, eight bytes of seconds.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime

import attrs

from .cosignature import cosigned
from .key import ID_BYTES, Algorithm, Malformed, NoteSigner, VerifierKey, base64_bytes, is_name

MOST_SIGNATURES = 100
TIME_BYTES = 8
DASH = "\u2014 "


@attrs.frozen
class Signature:
    """One signature line: the name and id of the key it says it is by, and its bytes."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_id + self.data).decode()}"

    @classmethod
    def read(cls, line: str) -> Signature:
        """Return the signature that a line spells; raise Malformed if it spells none."""
        parts = line.removeprefix(DASH).split(" ")
        if not line.startswith(DASH) or len(parts) != 2 or not is_name(parts[0]):
            raise Malformed("This is no signature line.", hint="It looks like: \u2014 NAME BASE64")
        data = base64_bytes(parts[1])
        if len(data) <= ID_BYTES:
            raise Malformed("This signature is too short.")
        return cls(parts[0], data[:ID_BYTES], data[ID_BYTES:])


@attrs.frozen
class Note:
    """A text that ends in a line break, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)

    @classmethod
    def read(cls, said: str) -> Note:
        """Return the note that a text spells; raise Malformed if it spells none."""
        if any(ord(character) < 0x20 and character != "\n" for character in said) or not _is_unicode(said):
            raise Malformed("A signed note is text without control characters.")
        text, gap, lines = said.rpartition("\n\n")
        if not gap or not text or not lines.endswith("\n"):
            raise Malformed("This is no signed note.", hint="It is a text, an empty line and signature lines.")
        signatures = tuple(map(Signature.read, lines.removesuffix("\n").split("\n")))
        if len(signatures) > MOST_SIGNATURES:
            raise Malformed(f"This note has more than {MOST_SIGNATURES} signatures.")
        return cls(text + "\n", signatures)

    def signed_by(self, key: VerifierKey) -> bool:
        """Return whether the first line that says it is by this key is."""
        return any(verifies(self.text, signature, key) for signature in self._by(key)[:1])

    def cosigned_at(self, key: VerifierKey) -> datetime | None:
        """Return when a witness says that it signed; None if it did not, or its line does not verify."""
        for signature in self._by(key)[:1]:
            if key.algorithm.is_of_witness and verifies(self.text, signature, key):
                return _moment(signature.data)
        return None

    def _by(self, key: VerifierKey) -> list[Signature]:
        return [one for one in self.signatures if (one.name, one.key_id) == (key.name, key.id)]

    def only(self, key: VerifierKey) -> Note:
        """Return the note with the signatures that say they are by this key, and no others."""
        return Note(self.text, tuple(self._by(key)))

    def plus(self, more: Iterable[Signature]) -> Note:
        """Return the note with further signatures, each once, up to as many as a note may have."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *more)))[:MOST_SIGNATURES])


def sign(text: str, key: NoteSigner, *, now: datetime | None = None) -> Signature:
    """Return a key's signature of a text; `now` (aware) is what a cosignature says and nothing else needs."""
    data = _cosign(text, key, now) if key.algorithm.is_of_witness else key.sign(text.encode())
    return Signature(key.name, key.verifier.id, data)


def verifies(text: str, signature: Signature, key: VerifierKey) -> bool:
    """Return whether a signature is this key's, and of this text."""
    if (signature.name, signature.key_id) != (key.name, key.id) or not _is_unicode(text):
        return False
    if key.algorithm is Algorithm.ED25519:
        return key.verifies(text.encode(), signature.data)
    stamp, rest = signature.data[:TIME_BYTES], signature.data[TIME_BYTES:]
    try:
        said = cosigned(text, key.name, key.algorithm, int.from_bytes(stamp, "big"))
    except Malformed:
        return False
    return _moment(stamp) is not None and key.verifies(said, rest)


def _cosign(text: str, key: NoteSigner, now: datetime | None) -> bytes:
    seconds = int((now or datetime.now(UTC)).timestamp())
    return seconds.to_bytes(TIME_BYTES, "big") + key.sign(cosigned(text, key.name, key.algorithm, seconds))


def _moment(data: bytes) -> datetime | None:
    try:
        return datetime.fromtimestamp(int.from_bytes(data[:TIME_BYTES], "big"), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
