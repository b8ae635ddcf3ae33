"""Ed25519 keys, in the text forms of C2SP signed notes."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log import Algorithm, Malformed, SignerKey, VerifierKey

SECRET = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_the_published_vector() -> None:
    """The example key of Go's note package comes out as published there."""
    key = SignerKey("PeterNeumann", SECRET)
    assert str(key.verifier) == PUBLISHED
    assert key.text == "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"


def test_both_texts_read_back() -> None:
    """What a key is written as, it is read from."""
    for algorithm in Algorithm:
        key = SignerKey("desk.example", bytes(range(32)), algorithm)
        assert SignerKey.read(key.text + "\n") == key
        assert VerifierKey.read(str(key.verifier)) == key.verifier


def test_the_id_depends_on_name_and_algorithm() -> None:
    """The same bytes under another name or for another use are another key."""
    ids = {
        SignerKey(name, bytes(32), algorithm).verifier.id
        for name in ("desk.example", "other.example")
        for algorithm in Algorithm
    }
    assert len(ids) == 6


def test_the_secret_is_not_shown() -> None:
    """Neither the key's display nor its verifier text holds the secret."""
    key = SignerKey("desk.example", b"\xab" * 32)
    assert "\\xab" not in repr(key)
    assert b64encode(b"\xab" * 32).decode()[:20] not in repr(key) + str(key.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC",
        "PeterNeumann+c74f20a3+é",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_verifier_key(text: str) -> None:
    """A text that is cut, mistyped or of another kind is refused."""
    with pytest.raises(Malformed):
        VerifierKey.read(text)


def test_a_refused_signer_key_is_not_quoted() -> None:
    """The message about a mangled secret does not repeat it."""
    text = SignerKey("desk.example", b"\xab" * 32).text
    with pytest.raises(Malformed) as refused:
        SignerKey.read(text.replace("desk.example+", "desk.example+0"))
    assert "q6ur" not in str(refused.value)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_what_is_no_key_or_signature_signs_nothing(public: bytes, signature: bytes) -> None:
    """Keys and signatures of any length but their own are refused, and never raise."""
    key = SignerKey("desk.example", b"\xab" * 32)
    assert not VerifierKey("desk.example", public).verifies(b"A toll.", key.sign(b"A toll."))
    assert not key.verifier.verifies(b"A toll.", signature)
