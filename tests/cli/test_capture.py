"""Archived copies at the command line: custody, further copies, and what became of quoted words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

FIRST = "Minutes of the council.\n\nThe bridge was closed in May. Nobody was hurt.\n\nThe harbour stays open.\n"
LATER = (
    "Minutes of the council.\n\nA note was added.\n\nThe bridge was closed in May. Nobody was hurt.\n\n"
    "The harbour stays shut.\n"
)


@pytest.fixture
def minutes(factledger: Any, tmp_path: Path) -> Any:
    """A ledger with one archived document, and two claims that quote from it."""
    (tmp_path / "first.txt").write_text(FIRST)
    (tmp_path / "later.txt").write_text(LATER)
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("article", str(tmp_path / "first.txt"), "--id", "minutes")
    factledger("add", "The bridge was closed", "--id", "bridge", "--seen-in", "minutes", "--quote", "closed in May")
    factledger("add", "The harbour is open", "--id", "harbour", "--seen-in", "minutes", "--quote", "harbour stays open")
    return factledger


def copies(factledger: Any) -> list[dict[str, Any]]:
    """Return the rows of archived copies."""
    found: list[dict[str, Any]] = json.loads(factledger("list", "captures", "--json").stdout)
    return found


def test_a_later_copy_says_what_became_of_the_words(minutes: Any, tmp_path: Path) -> None:
    """One quotation moved, one is gone: both are told, with what stands there now, and no record is changed."""
    before = minutes("list", "evidence", "--json").stdout
    told = minutes("capture", "minutes", str(tmp_path / "later.txt"))
    assert "Its visible text changed." in told.stderr
    assert "Moved     bridge: “closed in May”" in told.stderr
    assert "Gone      harbour: “harbour stays open”; now: “harbour stays shut”" in told.stderr
    assert minutes("list", "evidence", "--json").stdout == before


def test_the_same_bytes_are_archived_once(minutes: Any, tmp_path: Path) -> None:
    """A copy that is the last one again is said to be known, and makes no entry."""
    told = minutes("capture", "minutes", str(tmp_path / "first.txt"))
    assert "Nothing was recorded." in told.stderr
    assert len(copies(minutes)) == 1


def test_custody_is_recorded(minutes: Any, tmp_path: Path) -> None:
    """Who made, took and gave it, when and how, original or copy, edited or not."""
    minutes("agent", "Marta Quell", "--id", "quell")
    minutes(
        *("capture", "minutes", str(tmp_path / "later.txt"), "--made-by", "quell", "--taken-from", "the clerk"),
        *("--taken-at", "2031-05-02", "--how", "sent by e-mail", "--copy", "--unedited", "--note", "Page 2 is faint."),
    )
    copy = copies(minutes)[-1]
    kept = ("made_by", "taken_from", "taken_at", "how", "original", "edited", "note")
    assert [copy[name] for name in kept] == [
        "quell", "the clerk", "2031-05-02", "sent by e-mail", 0, 0, "Page 2 is faint."
    ]  # fmt: skip


def test_a_copy_may_come_on_standard_input(minutes: Any, installed: Any) -> None:
    """A dash reads what is piped in."""
    assert installed("capture", "minutes", "-", stdin=LATER).returncode == 0
    assert copies(minutes)[-1]["how"] == "read from standard input"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("capture", "minutes", "https://desk.example/minutes"), "Nothing is fetched unless you say so."),
        (("capture", "minutes", "no-such-file.txt"), "There is no such file."),
        (("capture", "ledgers", "later.txt"), "ledgers"),
        (("capture", "minutes", "later.txt", "--taken-at", "31 May"), "is not a date"),
    ],
)
def test_what_cannot_be_taken_is_said_in_one_line(
    minutes: Any, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is recorded, and the exit code says that the call was wrong."""
    given = [str(tmp_path / one) if one == "later.txt" else one for one in arguments]
    failed = minutes(*given)
    assert failed.returncode == 2
    assert words in failed.stderr and len(failed.stderr.strip().splitlines()) == 1
    assert len(copies(minutes)) == 1


def test_a_changed_byte_in_the_archive_is_named_with_its_claims(minutes: Any, tmp_path: Path) -> None:
    """`verify` says which copy it is, and which claims quote from it."""
    (stored,) = (file for file in tmp_path.rglob("*.archive/??/*") if file.is_file())
    data = bytearray(stored.read_bytes())
    data[40] ^= 1
    stored.chmod(0o644)
    stored.write_bytes(data)
    report = minutes("verify")
    assert report.returncode == 3
    assert "copy-changed" in report.stdout
    assert "Words were quoted from it for: bridge, harbour." in report.stdout


def test_a_quotation_leads_down_to_the_archived_bytes(factledger: Any, tmp_path: Path) -> None:
    """`show` says which bytes of which copy hold the quoted words, and those bytes hold them."""
    page = "<title>Pier</title><p>The harbour &amp; pier\r\n were <b>closed</b> on Monday, „for good“.</p>".encode()
    (tmp_path / "pier.html").write_bytes(page)
    assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0
    assert factledger("source", "Pier", "--id", "pier").returncode == 0
    assert factledger("capture", "pier", "pier.html").returncode == 0
    words = "harbour & pier were closed on Monday"
    added = factledger("add", "It closed.", "--id", "shut", "--seen-in", "pier", "--quote", words)
    assert added.returncode == 0, added.stderr
    (evidence,) = json.loads(factledger("list", "evidence", "--json").stdout)
    shown = factledger("show", evidence["id"]).stdout
    found = re.search(r"in the bytes +([\d,]+) to ([\d,]+) of (\S+), counted from 0", shown)
    assert found is not None, shown
    start, end = (int(number.replace(",", "")) for number in found.groups()[:2])
    assert page[start:end] == b"harbour &amp; pier\r\n were <b>closed</b> on Monday"
    assert found[3] == json.loads(factledger("list", "captures", "--json").stdout)[0]["id"]
