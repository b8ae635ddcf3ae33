"""Checkpoints (c2sp.org/tlog-checkpoint), by this code and by logs in operation."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log import EMPTY_ROOT, Algorithm, Checkpoint, Malformed, Note, SignerKey, VerifierKey, sign

ROOT = bytes(range(32))
SPELT = b64encode(ROOT).decode()
DESK = SignerKey("desk.example", b"\x07" * 32)

# Go's checksum database: its checkpoint is the one that C2SP's specification shows under another name.
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB = """go.sum database tree
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""

# A log of Certificate Transparency: two signatures of its own, the first of a kind unknown here, and four witnesses.
ARCHE_KEY = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
WITNESSES = (
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
)
ARCHE = (
    "arche2025h1.staging.ct.transparency.dev\n"
    "1432088532\n"
    "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n"
    "\n"
    "\u2014 arche2025h1.staging.ct.transparency.dev "
    "zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4k"
    "JXFbon5Ch9MNL5zRNZ55lvGt0=\n"
    "\u2014 arche2025h1.staging.ct.transparency.dev "
    "ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n"
    "\u2014 transparency.dev/DEV:witness-little-garden "
    "2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==\n"
    "\u2014 witness1.smartit.nu/witness1 "
    "pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==\n"
    "\u2014 remora.n621.de "
    "2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n"
    "\u2014 witness.stagemole.eu "
    "Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==\n"
)


# -- published checkpoints -----------------------------------------------------


def test_a_checkpoint_of_the_go_checksum_database() -> None:
    """The checkpoint that the specification shows verifies with the published key of the log it was taken from."""
    note = Note.read(SUMDB)
    assert note.signed_by(VerifierKey.read(SUMDB_KEY))
    found = Checkpoint.read(note.text)
    assert (found.origin, found.size) == ("go.sum database tree", 20852163)
    assert found.text == note.text


def test_a_checkpoint_with_witnesses() -> None:
    """A log's checkpoint in operation verifies with its key, and says when each witness signed it."""
    note = Note.read(ARCHE)
    assert str(note) == ARCHE
    assert note.signed_by(VerifierKey.read(ARCHE_KEY))
    for witness in WITNESSES:
        key = VerifierKey.read(witness)
        assert key.algorithm is Algorithm.COSIGNATURE
        assert note.cosigned_at(key) == datetime(2026, 5, 23, 21, 50, 24, tzinfo=UTC)
    assert Checkpoint.read(note.text).size == 1_432_088_532


@pytest.mark.parametrize(("old", "new"), [("1432088532", "1432088533"), ("U7WM", "U7WN"), ("2025h1.s", "2025h2.s")])
def test_a_changed_checkpoint_with_witnesses(old: str, new: str) -> None:
    """Another size, root or origin in its text, and neither the log nor a witness signed that."""
    text, gap, lines = ARCHE.partition("\n\n")
    note = Note.read(text.replace(old, new) + gap + lines)
    assert not note.signed_by(VerifierKey.read(ARCHE_KEY))
    assert not any(note.cosigned_at(VerifierKey.read(witness)) for witness in WITNESSES)


# -- their form ----------------------------------------------------------------


def test_three_lines() -> None:
    """A checkpoint is its origin, its size and its root, and reads back from the note that signs it."""
    said = Checkpoint("desk.example", 7, ROOT)
    assert said.text == f"desk.example\n7\n{SPELT}\n"
    note = Note(said.text, (sign(said.text, DESK),))
    assert Checkpoint.read(Note.read(str(note)).text) == said


@pytest.mark.parametrize("size", [0, 1, 2**53, 2**63 - 1])
def test_sizes(size: int) -> None:
    """An empty log has a checkpoint, and so has the longest that 63 bits can count."""
    said = Checkpoint("desk.example", size, EMPTY_ROOT)
    assert Checkpoint.read(said.text) == said


def test_further_lines_mean_nothing() -> None:
    """Lines after the third are allowed and read over; they are signed all the same."""
    said = Checkpoint("desk.example", 7, ROOT)
    text = f"{said.text}harbour 9\nferry\n"
    assert Checkpoint.read(text) == said
    note = Note(text, (sign(text, DESK),))
    assert note.signed_by(DESK.verifier)
    assert not Note(said.text, note.signatures).signed_by(DESK.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "desk.example\n7\n",
        f"desk.example\n7\n{SPELT}",
        f"\n7\n{SPELT}\n",
        f"desk.example\n\n{SPELT}\n",
        f"desk.example\n7\n{SPELT}\n\nmore\n",
        f"desk.example\n7\n{SPELT}\n\n",
        *(
            f"desk.example\n{size}\n{SPELT}\n"
            for size in ("07", "00", "-1", "+7", " 7", "7 ", "7.0", "7e0", "0x7", "1_0", "\u0667", "seven", "7\r")
        ),
        f"desk.example\n{2**63}\n{SPELT}\n",
        f"desk.example\n{10**19}\n{SPELT}\n",
        f"desk.example\n{'9' * 5000}\n{SPELT}\n",
        f"desk.example\n7\n{SPELT.removesuffix('=')}\n",
        f"desk.example\n7\n{b64encode(ROOT[:31]).decode()}\n",
        f"desk.example\n7\n{b64encode(ROOT + ROOT[:1]).decode()}\n",
        f"desk.example\n7\n{SPELT[:-2]}9=\n",
        f"desk.example\n7\n{SPELT.replace('B', '-', 1)}\n",
        f"desk.example\n7\n{ROOT.hex()}\n",
    ],
    ids=count(),
)
def test_what_is_no_checkpoint(text: str) -> None:
    """A size or root that is not spelt in the one way, a missing or an empty line: refused."""
    with pytest.raises(Malformed):
        Checkpoint.read(text)


# -- hostile texts -------------------------------------------------------------

pieces = st.sampled_from(
    ["\n", "\r", "desk.example", "0", "7", "-", "9" * 5000, SPELT, SPELT[:-1], "=", "\ud800", "\u0667", "\x00", " "]
)
anything = st.characters(codec=None)
hostile = st.lists(pieces | st.text(anything, max_size=5), max_size=9).map("".join)
lined = st.tuples(st.text(anything, max_size=9), st.text("0123456789", max_size=21), hostile | st.just(SPELT)).map(
    lambda lines: "\n".join(lines) + "\n"
)


@settings(derandomize=True)
@given(said=hostile | lined)
def test_hostile_checkpoints(said: str) -> None:
    """A text either is refused as no checkpoint, or begins with the checkpoint's own three lines."""
    try:
        found = Checkpoint.read(said)
    except Malformed:
        return
    assert said.startswith(found.text)


@settings(derandomize=True)
@given(
    origin=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60),
    size=st.integers(0, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
)
def test_any_checkpoint_reads_back(origin: str, size: int, root: bytes) -> None:
    """Whatever the origin, size and root, a checkpoint is read as it was written."""
    said = Checkpoint(origin, size, root)
    assert Checkpoint.read(said.text) == said
