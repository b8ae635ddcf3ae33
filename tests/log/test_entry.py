"""An entry is what its description says: envelope, salted body, leaf; and who may sign the log."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger import log, wire
from ledger.log import LogKey, World

TOKEN = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(
    seq=st.integers(0, 2**53 - 1),
    actor=TOKEN,
    subject=TOKEN,
    rid=TOKEN,
    body=st.text(),
    salt=st.binary(min_size=16, max_size=16),
)
def test_an_envelope_is_canonical_and_commits_to_the_body(
    seq: int, actor: str, subject: str, rid: str, body: str, salt: bytes
) -> None:
    """Whatever is recorded, the envelope is canonical JSON that names no word of the body, only its commitment."""
    text = wire.dumps({"text": body})
    at = "2031-05-02T09:00:00.000000Z"
    entry = log.seal(seq=seq, at=at, actor=actor, kind="claim.add", subject=subject, rid=rid, salt=salt, body=text)
    envelope = wire.loads(entry.envelope)
    assert envelope == {
        "actor": actor, "at": at, "body": sha256(salt + text.encode()).hexdigest(), "kind": "claim.add",
        "rid": rid, "seq": seq, "subject": subject, "v": 1,
    }  # fmt: skip
    assert entry.leaf == sha256(b"\x00" + entry.envelope.encode() + b"\n").digest()
    assert log.read(seq, entry.envelope, None, salt, text) == entry


def test_a_signature_is_part_of_the_leaf() -> None:
    """A signed entry's leaf covers the signature, after an empty line."""
    assert log.leaf_bytes("{}", None) == b"{}\n"
    assert log.leaf_bytes("{}", "signed") == b"{}\n\nsigned"


def test_the_same_body_commits_differently_each_time() -> None:
    """Two entries with the same words share no hash: a withheld body cannot be guessed from another."""
    world = World()
    one, other = log.commit(world.entropy(16), "{}"), log.commit(world.entropy(16), "{}")
    assert one != other


def test_an_entry_tells_its_kind_and_act() -> None:
    """claim.correct is the act "correct" on a claim."""
    entry = log.seal(
        seq=0, at="", actor="a", kind="claim.correct", subject="s", rid="r", salt=bytes(16), body='{"reason":"x"}'
    )
    assert (entry.record_kind, entry.act, entry.content()) == ("claim", "correct", {"reason": "x"})


def test_the_log_key_is_written_as_signed_notes_write_it() -> None:
    """The verifier text holds name, the first four bytes of the key's hash, and the public key after 0x01."""
    key = LogKey("desk.example", bytes(range(32)))
    name, short, data = key.verifier.split("+", 2)
    public = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
    assert name == "desk.example"
    assert b64decode(data) == b"\x01" + public
    assert short == sha256(b"desk.example\n\x01" + public).hexdigest()[:8]
    assert key.signer.startswith(f"PRIVATE+KEY+desk.example+{short}+")


def test_a_secret_is_never_printed() -> None:
    """The log key's text form for people leaves its secret out."""
    assert "secret" not in repr(LogKey("desk.example", bytes(32)))


def test_instants_are_utc_to_the_microsecond() -> None:
    """A moment of any zone is written as UTC, always equally long, so that texts sort as times do."""
    moment = datetime(2031, 5, 2, 11, 30, tzinfo=timezone(timedelta(hours=2)))
    assert log.instant(moment) == "2031-05-02T09:30:00.000000Z"
    assert World(clock=lambda: datetime(2031, 1, 1, tzinfo=UTC)).instant() == "2031-01-01T00:00:00.000000Z"


def test_envelopes_hold_no_handle() -> None:
    """Everything readable lives in the body; the envelope is opaque but for kind and time."""
    entry = log.seal(
        seq=0, at="2031", actor="a" * 32, kind="agent.add", subject="b" * 32, rid="c" * 32, salt=bytes(16),
        body=wire.dumps({"handle": "marta-quell", "name": "Marta Quell"}),
    )  # fmt: skip
    assert "marta" not in json.dumps(entry.envelope).lower()
