"""The table of file kinds in docs/evidence.md says what the readers do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ledger.capture import read
from ledger.capture.kinds import KINDS

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "evidence.md").read_text("utf-8").splitlines()
    if line.startswith("|") and line.count("|") == 6
][2:]
OTHERS = ROWS[-1]


def suffixes(row: list[str]) -> set[str]:
    return set(re.findall(r"`(\.[a-z.]+)`", row[0]))


def test_every_kind_that_is_read_has_its_row() -> None:
    """Each row names the suffixes of one kind, and no kind is without one."""
    assert sorted(map(sorted, map(suffixes, ROWS[:-1]))) == sorted(sorted(kind.suffixes) for kind in KINDS.values())
    assert suffixes(OTHERS) == set()


def test_what_a_kind_needs_is_an_extra() -> None:
    """The second column names extras that there are."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    needed = {name for row in ROWS for name in re.findall(r"`([a-z]+)`", row[1])}
    assert needed == {"pdf", "sheets", "warc"} and needed <= set(extras)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:20])
def test_what_is_read_is_held_and_what_is_not_has_a_place_only(row: list[str]) -> None:
    """Only what is not read is quoted by place alone, and nobody holds it."""
    unread = row[2] == "nothing"
    assert unread == (row is OTHERS or row == OTHERS)
    assert (row[3].startswith("place"), row[4] == "yes") == (unread, not unread)


def test_whatever_is_given_is_archived() -> None:
    """Under every suffix of the table, bytes that are nothing of the kind are kept, with the reason."""
    for suffix in sorted(set().union(*map(suffixes, ROWS)) - {".warc", ".warc.gz", ".wacz"}):
        data = b"\x00\x01\x02 nothing of the kind"
        kept = read(data, name=f"a{suffix}", unread=True, where="a")
        assert kept.data == data and (kept.extractor is None) == bool(kept.notes and "not read" in kept.notes[0])
