"""The log key, in the text forms of C2SP signed notes."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256

import pytest

from ledger.log import LogKey

# The key pair of golang.org/x/mod/sumdb/note's example and tests.
SECRET = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"


def test_the_go_vector() -> None:
    """A secret of the Go implementation gives its published verifier and signer texts."""
    key = LogKey("PeterNeumann", SECRET)
    assert key.verifier == VERIFIER
    assert key.signer == SIGNER


def test_the_hash_names_key_and_log() -> None:
    """The key's hash is of the name, a line feed, the algorithm byte and the public key; another name, another hash."""
    key = LogKey("desk.example", bytes(32))
    assert key.hash == sha256(b"desk.example\n\x01" + key.public).hexdigest()[:8]
    assert LogKey("other.example", bytes(32)).hash != key.hash


def test_the_verifier_has_three_parts() -> None:
    """A verifier is name, hash, and the algorithm byte with the public key in base64."""
    key = LogKey("desk.example", bytes(range(32)))
    name, hashed, data = key.verifier.split("+", 2)
    assert (name, hashed) == ("desk.example", key.hash)
    assert b64decode(data) == b"\x01" + key.public


@pytest.mark.parametrize("show", [repr, str])
def test_the_secret_is_not_shown(show: object) -> None:
    """Printing a key does not print its secret."""
    key = LogKey("desk.example", b"\xab" * 32)
    assert "ab" * 4 not in show(key) and "xab" not in show(key)  # type: ignore[operator]
