"""What a log sends to a witness (c2sp.org/tlog-witness)."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log import Checkpoint, Malformed, Note, SignerKey, Submission, sign

DESK = SignerKey("desk.example", b"\x07" * 32)
SAID = Checkpoint("desk.example", 5, b"\x02" * 32)
NOTE = Note(SAID.text, (sign(SAID.text, DESK),))
HASH = b64encode(bytes(32)).decode()


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple))
def test_what_is_written_is_read_again(old: int, path: tuple[bytes, ...]) -> None:
    """A submission survives the way as text."""
    sent = Submission.of(NOTE, old, path)
    assert Submission.read(sent.text) == sent
    assert sent.checkpoint == SAID


def test_how_it_is_written() -> None:
    """The old size, a line for each hash, an empty line, and the checkpoint."""
    assert Submission.of(NOTE, 3, (bytes(32),)).text == f"old 3\n{HASH}\n\n{NOTE}"
    assert Submission.of(NOTE, 0).text == f"old 0\n\n{NOTE}"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "old",
        "old ",
        "old -1",
        "old 03",
        "old 3 ",
        "Old 3",
        "old 99999999999999999999",
        "old 9223372036854775808",
        "old ٣",
        "old 3\nnot base64!",
        f"old 3\n{HASH}x",
        "old 3\nAAAA",
        "old 3\n" + "\n".join([HASH] * 64),
        f"old 3\n {HASH}",
    ],
)
def test_what_is_no_submission(head: str) -> None:
    """A head that is cut, padded, too long or in other digits is refused, and so is one without a checkpoint."""
    with pytest.raises(Malformed):
        Submission.read(f"{head}\n\n{NOTE}")


@pytest.mark.parametrize("text", ["", "old 3", "old 3\n", "old 3\n\n", "old 3\n\nnothing", f"old 3\n{NOTE}"])
def test_a_head_without_a_checkpoint(text: str) -> None:
    """There is nothing to sign."""
    with pytest.raises(Malformed):
        Submission.read(text)


@given(st.text(max_size=200))
def test_no_text_makes_more_than_a_clear_error(text: str) -> None:
    """Whatever is sent, it is refused, or a submission that is written as it was read."""
    with suppress(Malformed):
        assert Submission.read(text).text == text
