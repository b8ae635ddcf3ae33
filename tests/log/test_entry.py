"""An entry: envelope, commitment, leaf."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import log, wire

uids = st.binary(min_size=16, max_size=16).map(bytes.hex)
bodies = st.dictionaries(
    st.sampled_from(["text", "note", "title"]), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
AT = "2031-05-04T12:00:00.000000Z"


def bridge(**changes: object) -> log.Entry:
    """An entry about the bridge."""
    given_ = {
        "seq": 4,
        "at": AT,
        "actor": "a" * 32,
        "kind": "claim.add",
        "subject": "c" * 32,
        "rid": "d" * 32,
        "salt": b"0123456789abcdef",
        "body": '{"text":"The bridge was closed in May."}',
    }
    return log.seal(**(given_ | changes))  # type: ignore[arg-type]


def test_the_commitment_is_salt_then_body() -> None:
    """A body is committed to as the hex SHA-256 of its salt and its bytes."""
    entry = bridge(body='{"text":"El puente se cerró."}')
    assert entry.commitment == sha256(b"0123456789abcdef" + '{"text":"El puente se cerró."}'.encode()).hexdigest()


def test_the_leaf_is_the_envelope_and_a_line_end() -> None:
    """An unsigned entry's leaf is SHA-256 of a zero byte, the envelope and a line feed."""
    entry = bridge()
    assert entry.leaf == sha256(b"\x00" + entry.envelope.encode() + b"\n").digest()


@pytest.mark.parametrize("signature", ["", "\u2014 desk.example signed"])
def test_a_signature_is_part_of_the_leaf(signature: str) -> None:
    """A signature, even an empty one, stands two line feeds after the envelope."""
    data = log.leaf_bytes('{"v":1}', signature)
    assert data == b'{"v":1}\n\n' + signature.encode()
    assert data != log.leaf_bytes('{"v":1}', None)


def test_the_body_does_not_enter_the_leaf() -> None:
    """A body can be withheld later: with the same commitment the leaf stays."""
    entry = bridge()
    withheld = log.read(4, entry.envelope, None, None, None)
    assert withheld.leaf == entry.leaf
    assert withheld.content() is None


@given(
    seq=st.integers(0, 2**53 - 1),
    actor=uids,
    subject=uids,
    rid=uids,
    salt=st.binary(min_size=16, max_size=16),
    body=bodies,
)
def test_every_envelope_is_canonical(
    seq: int, actor: str, subject: str, rid: str, salt: bytes, body: dict[str, str]
) -> None:
    """What seal writes is canonical JSON, and reading it gives the same entry."""
    text = wire.dumps(body)
    entry = bridge(seq=seq, actor=actor, subject=subject, rid=rid, salt=salt, body=text)
    said = wire.loads(entry.envelope)
    assert said == {
        "actor": actor, "at": AT, "body": entry.commitment, "kind": "claim.add",
        "rid": rid, "seq": seq, "subject": subject, "v": 1,
    }  # fmt: skip
    assert log.read(seq, entry.envelope, None, salt, text) == entry
    assert entry.content() == body


@pytest.mark.parametrize(("kind", "record", "act"), [("claim.add", "claim", "add"), ("ledger.init", "ledger", "init")])
def test_a_kind_is_a_record_and_an_act(kind: str, record: str, act: str) -> None:
    """The kind says what the entry is about and what it does."""
    entry = bridge(kind=kind)
    assert (entry.record_kind, entry.act) == (record, act)


@pytest.mark.parametrize("envelope", ["", "{", "[]", "{}", "7", json.dumps({"kind": "claim.add"})])
def test_a_mangled_envelope_is_refused(envelope: str) -> None:
    """Reading an envelope that is none raises one of the errors the docstring names."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        log.read(0, envelope, None, None, None)
