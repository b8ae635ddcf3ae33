"""Cosignatures by Ed25519 and by ML-DSA-44 (c2sp.org/tlog-cosignature)."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log import Algorithm, Checkpoint, Malformed, Note, Signature, SignerKey, VerifierKey, sign, verifies
from ledger.log.cosignature import cosigned

SAID = Checkpoint("desk.example/log", 608, bytes(range(32)))
AT = datetime(2031, 5, 4, 12, tzinfo=UTC)
SECONDS = int(AT.timestamp())
KINDS = [kind for kind in Algorithm if kind.is_of_witness]


def witness(kind: Algorithm, name: str = "w.example/1") -> SignerKey:
    return SignerKey(name, bytes(range(32)), kind)


def test_what_ed25519_signs() -> None:
    """Two lines, and the text as it is."""
    said = cosigned(SAID.text, "w.example/1", Algorithm.COSIGNATURE, SECONDS)
    assert said == f"cosignature/v1\ntime {SECONDS}\n{SAID.text}".encode()


def test_what_mldsa_signs() -> None:
    """Label, witness, time, origin, from nothing up to the size, and the root; names behind their length."""
    said = cosigned(SAID.text + "more\n", "w.example/1", Algorithm.MLDSA_COSIGNATURE, SECONDS)
    assert said == b"".join(
        [
            b"subtree/v1\n\0",
            b"\x0bw.example/1",
            SECONDS.to_bytes(8, "big"),
            b"\x10desk.example/log",
            bytes(8),
            (608).to_bytes(8, "big"),
            bytes(range(32)),
        ]
    )


@pytest.mark.parametrize(
    "text", ["", "a\n", "desk.example\n5\nAAAA\n", f"{'x' * 256}\n5\n{b64encode(bytes(32)).decode()}\n"]
)
def test_what_mldsa_cannot_sign(text: str) -> None:
    """What is no checkpoint, or has a name longer than the structure holds, is not signed and not believed."""
    key = witness(Algorithm.MLDSA_COSIGNATURE)
    with pytest.raises(Malformed):
        sign(text, key, now=AT)
    assert not verifies(text, Signature(key.name, key.verifier.id, bytes(2428)), key.verifier)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cosignature_is_of_one_checkpoint_witness_and_time(kind: Algorithm) -> None:
    """Another size, root, origin, witness or second, and it does not verify."""
    key = witness(kind)
    line = sign(SAID.text, key, now=AT)
    assert Note(SAID.text, (line,)).cosigned_at(key.verifier) == AT
    others = [
        attrs.evolve(SAID, size=609),
        attrs.evolve(SAID, root=bytes(32)),
        attrs.evolve(SAID, origin="desk.example/lot"),
    ]
    assert not any(verifies(other.text, line, key.verifier) for other in others)
    later = attrs.evolve(line, data=(SECONDS + 1).to_bytes(8, "big") + line.data[8:])
    assert not verifies(SAID.text, later, key.verifier)
    stranger = SignerKey(key.name, b"\x01" * 32, kind).verifier
    assert not verifies(SAID.text, attrs.evolve(line, key_id=stranger.id), stranger)


def test_mldsa_signs_its_own_name() -> None:
    """The same key under another name is another witness, whose line this is not."""
    kind = Algorithm.MLDSA_COSIGNATURE
    line, other = sign(SAID.text, witness(kind), now=AT), witness(kind, "v.example/1").verifier
    assert not verifies(SAID.text, Signature(other.name, other.id, line.data), other)


def test_the_id_that_others_compute() -> None:
    """The id of a key of these 32 bytes is the one that the implementation in Go gives it."""
    assert witness(Algorithm.MLDSA_COSIGNATURE, "w.example/ml").verifier.id.hex() == "927dcf32"


@settings(derandomize=True)
@given(st.binary(max_size=40), st.sampled_from(KINDS))
def test_no_bytes_are_a_cosignature_by_chance(data: bytes, kind: Algorithm) -> None:
    """Lines of any length are refused, and never raise."""
    key = witness(kind).verifier
    for size in (len(data), 72, 2428):
        line = Signature(key.name, key.id, (data + bytes(size))[:size] or b"x")
        assert Note(SAID.text, (line,)).cosigned_at(key) is None


def test_keys_have_the_length_of_their_kind() -> None:
    """A key that is cut, or of another kind than it says, is refused."""
    short, long = (str(witness(kind).verifier) for kind in KINDS)
    for text in (short, long):
        name, number, data = text.split("+", 2)
        with pytest.raises(Malformed):
            VerifierKey.read(f"{name}+{number}+{data[:-8]}")
    forged = VerifierKey("w.example/1", bytes(32), Algorithm.MLDSA_COSIGNATURE)
    with pytest.raises(Malformed, match="length of its kind"):
        VerifierKey.read(str(forged))
