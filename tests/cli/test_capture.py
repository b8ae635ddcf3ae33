"""Archived copies at the command line: custody, further copies, and what became of quoted words."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

FIRST = "Minutes of the council.\n\nThe bridge was closed in May. Nobody was hurt.\n\nThe harbour stays open.\n"
LATER = (
    "Minutes of the council.\n\nA note was added.\n\nThe bridge was closed in May. Nobody was hurt.\n\n"
    "The harbour stays shut.\n"
)


@pytest.fixture
def minutes(factledger: Any, tmp_path: Path, once: Any) -> Any:
    """A ledger with one archived document, and two claims that quote from it."""

    @once
    def tell() -> None:
        (tmp_path / "first.txt").write_text(FIRST)
        (tmp_path / "later.txt").write_text(LATER)
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("article", str(tmp_path / "first.txt"), "--id", "minutes")
        factledger("add", "The bridge was closed", "--id", "bridge", "--seen-in", "minutes", "--quote", "closed in May")
        factledger(
            "add", "The harbour is open", "--id", "harbour", "--seen-in", "minutes", "--quote", "harbour stays open"
        )

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


def test_any_file_is_archived_and_what_can_be_done_with_it_is_said(minutes: Any, tmp_path: Path) -> None:
    """A screenshot has no words: it is kept, quoted by place, and the words of the earlier copy stay the source's."""
    (tmp_path / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    told = minutes("capture", "minutes", "shot.png")
    assert told.returncode == 0
    assert "Note      Archived, and not read. It can be quoted by its place only: --at" in told.stderr
    assert "One of the two is not read" in told.stderr
    copy = copies(minutes)[-1]
    assert (copy["media_type"], copy["text_sha256"], copy["extractor"]) == ("image/png", None, None)
    assert minutes("evidence", "bridge", "minutes", "--at", "xywh=1,1,20,20").returncode == 0
    assert (
        minutes("evidence", "bridge", "minutes", "--quote", "Nobody was hurt.", "--stance", "context").returncode == 0
    )
    assert minutes("verify").returncode == 0
    assert minutes("check").returncode in (0, 1)


def test_what_could_not_be_read_then_is_read_when_it_can_be(minutes: Any, tmp_path: Path) -> None:
    """The same bytes are archived again only where their words were not read the first time."""
    (tmp_path / "talk.xyz").write_bytes(b"The quay is new.")
    minutes("source", "Talk", "--id", "talk")
    minutes("capture", "talk", "talk.xyz")
    (tmp_path / "talk.txt").write_bytes(b"The quay is new.")
    assert "Archived" in minutes("capture", "talk", "talk.txt").stderr
    assert "Known" in minutes("capture", "talk", "talk.txt").stderr


def test_a_suggestion_can_be_taken_over_as_it_is_printed(minutes: Any, tmp_path: Path) -> None:
    """Each line that begins with "factledger" is a command that works."""
    (tmp_path / "page.html").write_text(
        '<html lang=en><meta property="article:published_time" content="2025-05-02T10:00:00.000+0200">'
        "<p>By Ann O'Quay | 3 May 2025<p>The quay is new."
    )
    minutes("source", "Page", "--id", "page")
    told = minutes("capture", "page", "page.html").stderr
    commands = [shlex.split(line.strip())[1:] for line in told.splitlines() if line.strip().startswith("factledger ")]
    assert len(commands) == 4
    assert [minutes(*command).returncode for command in commands] == [0] * 4
    (row,) = [one for one in json.loads(minutes("list", "sources", "--json").stdout) if one["id"] == "page"]
    assert (row["published"], row["language"]) == ("2025-05-02T10:00:00+02:00", "en")
    assert row["author"] == "ann-oquay"


def test_an_encoding_can_be_named(minutes: Any, tmp_path: Path) -> None:
    """For a copy and for an article; one that no browser knows is refused with some that there are."""
    (tmp_path / "ru.txt").write_bytes("Паром не ходит".encode("cp1251"))
    minutes("source", "Ferry", "--id", "ferry")
    assert minutes("capture", "ferry", "ru.txt", "--encoding", "windows-1251").returncode == 0
    assert minutes("add", "The ferry stops", "--seen-in", "ferry", "--quote", "не ходит").returncode == 0
    told = minutes("capture", "ferry", "ru.txt", "--encoding", "klingon")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1) and "No encoding is called 'klingon'" in told.stderr
    (tmp_path / "pl.txt").write_bytes("Prom nie kursuje od piątku".encode("iso8859_2"))
    assert "piątku" in minutes("article", "pl.txt", "--encoding", "iso-8859-2").stdout


def test_nothing_that_is_given_twice_is_dropped_in_silence(minutes: Any) -> None:
    """Two quotations are two pieces of evidence; the error says how to enter the second."""
    told = minutes(
        "add", "It was shut", "--seen-in", "minutes", "--quote", "closed in May", "--quote", "Nobody was hurt"
    )
    assert told.returncode == 2
    assert "--quote is given twice, and takes one." in told.stderr and "factledger evidence CLAIM SOURCE" in told.stderr


@pytest.mark.parametrize("claim", ["-5 degrees were measured", "-5", "- five men came"])
def test_a_claim_that_begins_with_a_dash_is_told_how_to_enter(minutes: Any, claim: str) -> None:
    """It is taken for an option; the command that is printed works."""
    told = minutes("add", claim)
    assert told.returncode == 2 and "Put -- before it" in told.stderr
    assert minutes("add", "--", claim).returncode == 0
    assert "No such option" in minutes("add", "--quot", "x").stderr
