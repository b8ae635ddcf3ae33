"""Merged files on the command line: one line for each copy, ORIGIN/ID wherever a record is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..merged.conftest import Newsrooms
from ..merged.conftest import newsrooms as newsrooms
from ..merged.conftest import newsrooms_once as newsrooms_once


@pytest.fixture
def merged_file(factledger: Any, newsrooms: Newsrooms) -> str:
    """A merged file of three newsrooms in the test's folder."""
    done = factledger("merge", "all.db", *(copy.name for copy in newsrooms.copies), "--name", "facts.example")
    assert done.returncode == 0
    assert "Merged    all.db: 3 ledgers as facts.example, each verified." in done.stderr
    return "all.db"


def test_a_copy_that_is_refused_has_its_line_and_its_exit_code(factledger: Any, newsrooms: Newsrooms) -> None:
    """Damaged: 3; nothing that can be merged: 2; the others are merged in either case."""
    newsrooms.copy("tribune").write_bytes(b"\0" * 9_000)
    done = factledger("merge", "all.db", "harbour.db", "tribune.db", "courier.desk.db")
    assert done.returncode == 3
    assert "REFUSED   tribune.db: This is no SQLite file." in done.stderr
    assert "REFUSED   courier.desk.db: This is a desk's own ledger" in done.stderr
    assert "Added     harbour.example: " in done.stderr
    assert factledger("merge", "all.db", "courier.desk.db").returncode == 2
    done = factledger("merge", "none.db", "tribune.db")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (3, "Nothing was written.")


def test_merging_again_is_told(factledger: Any, merged_file: str) -> None:
    """Nothing is added, and the exit code is that of a clean end."""
    done = factledger("merge", merged_file, "courier.db", "harbour.db", "tribune.db")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "Unchanged all.db: 3 ledgers, nothing added.")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("show", "tribune.example/ferry"), "The council spent 30,000 dollars on a new ferry."),
        (("chain", "harbour.example/bridge"), "refused a permit"),
        (("history", "courier.example/boat"), "30 thousand dollars"),
        (("impact", "tribune.example/minutes", "--json"), "[]"),
        (("prove", "tribune.example/ferry"), "30,000 dollars"),
    ],
)
def test_a_record_is_named_by_its_origin_and_its_id(
    factledger: Any, merged_file: str, command: tuple[str, ...], words: str
) -> None:
    """Every command that reads a record reads it in the ledger that it is in."""
    done = factledger("-d", merged_file, *command)
    assert (done.returncode, words in done.stdout) == (0, True), done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("show", "bridge"), ["all.db", "holds several ledgers", "ORIGIN/ID"]),
        (("show", "harbor.example/bridge"), ["no ledger 'harbor.example'", "Did you mean harbour.example?"]),
        (("show", "harbour.example/brigde"), ["brigde", "Did you mean bridge?"]),
        (("show", "/bridge"), ["no ledger ''"]),
        (("prove", "harbour.example/bridge", "courier.example/bridge"), ["not records of one ledger"]),
        (("retract", "harbour.example/bridge", "--because", "x"), ["all.db", "takes no entries", "merge the copy"]),
        (("add", "It rained."), ["all.db", "holds several ledgers"]),
        (("check",), ["all.db", "holds several ledgers"]),
        (("publish", "copy", "copy.db"), ["holds published copies", "Pass it on as it is", "extract ORIGIN COPY"]),
        (("publish", "site", "site", "--with-captures"), ["No archived works", "Leave out --with-captures"]),
        (("list", "evidence"), ["A merged file lists claims, sources, agents, members, alike."]),
        (("list", "--verdict", "refuted"), ["not narrowed", "extract"]),
        (("extract", "harbor.example", "one.db"), ["Did you mean harbour.example?"]),
        (("extract", "harbour.example", "harbour.db"), ["harbour.db: This is taken."]),
        (("checkpoint", "--git", "."), ["signed when it is merged"]),
        (("merge", "harbour.db", "courier.db"), ["harbour.db: This is there already, and is no merged file."]),
        (("merge", "new.db", "courier.db", "--name", "two words"), ["two-words"]),
        (("merge", "gone/new.db", "courier.db"), ["no folder gone"]),
        (("merge", "all.db", "courier.db", "--key", "nonsense"), ["no verifier key"]),
    ],
)
def test_what_cannot_be_done_is_one_line(
    factledger: Any, merged_file: str, command: tuple[str, ...], words: list[str]
) -> None:
    """It says what, where, and what to do; the file stays as it was."""
    before = Path(merged_file).read_bytes()
    done = factledger("-d", merged_file, *command)
    assert done.returncode == 2, done
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert Path(merged_file).read_bytes() == before


def test_a_site_is_written_again_only_if_something_was_merged(factledger: Any, merged_file: str) -> None:
    """The command says whose ledgers it wrote, or that there was nothing to do."""
    done = factledger("-d", merged_file, "publish", "site", "site", "--base-url", "https://facts.example/")
    assert (done.returncode, "3 ledgers as facts.example, each verified." in done.stderr) == (0, True)
    assert Path("site/harbour.example/ledger/claims/bridge/index.html").is_file()
    done = factledger("-d", merged_file, "publish", "site", "site", "--base-url", "https://facts.example/")
    assert (done.returncode, done.stderr) == (0, "Unchanged site: nothing was merged since it was written.\n")


def test_a_changed_file_has_no_site(factledger: Any, merged_file: str) -> None:
    """It is verified first: what is wrong is one line, and no folder is left."""
    from sqlite_utils.utils import sqlite3

    db = sqlite3.connect(merged_file)
    db.execute("UPDATE record SET verdict = 'supported' WHERE id = 'boat'")
    db.commit()
    db.close()
    done = factledger("-d", merged_file, "publish", "site", "site")
    assert (done.returncode, done.stderr.count("\n"), Path("site").exists()) == (3, 1, False)
    assert "boat" in done.stderr and "Nothing was published" in done.stderr


def test_members_are_only_of_merged_files(factledger: Any, newsrooms: Newsrooms) -> None:
    """A ledger is told apart from a merged file in words."""
    done = factledger("-d", "harbour.db", "list", "members")
    assert (done.returncode, "Only a merged file lists members." in done.stderr) == (2, True)
    done = factledger("-d", "harbour.db", "extract", "harbour.example", "x.db")
    assert (done.returncode, "This is no merged file." in done.stderr) == (2, True)


def test_lists_say_whose_each_record_is(factledger: Any, merged_file: str) -> None:
    """Claims by ORIGIN/ID, members with how far they are signed, pairs with both verdicts."""
    claims = json.loads(factledger("-d", merged_file, "list", "--json").stdout)
    assert [row["id"] for row in claims] == [
        "courier.example/boat",
        "courier.example/bridge",
        "harbour.example/bridge",
        "tribune.example/bridge",
        "tribune.example/ferry",
    ]
    members = json.loads(factledger("-d", merged_file, "list", "members", "--json").stdout)
    assert [(row["origin"], row["claims"], row["entries"] == row["signed"]) for row in members] == [
        ("courier.example", 2, True),
        ("harbour.example", 1, True),
        ("tribune.example", 2, True),
    ]
    done = factledger("-d", merged_file, "list", "alike", "--json")
    first = json.loads(done.stdout)[0]
    assert (first["claim"], first["verdict"], first["other"], first["other_verdict"]) == (
        "courier.example/bridge",
        "refuted",
        "harbour.example/bridge",
        "supported",
    )
    assert "does not say that two claims mean the same" in done.stderr


def test_verify_looks_at_every_ledger(factledger: Any, merged_file: str) -> None:
    """Named behind the command or before it; a checkpoint that was kept holds the file to it."""
    factledger("-d", merged_file, "checkpoint", "-o", "kept.checkpoint")
    key = factledger("-d", merged_file, "key", "show").stdout.strip()
    done = factledger("verify", merged_file, "--checkpoint", "kept.checkpoint", "--key", key)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "INTACT  all.db"
    assert all(f"{name}.example: " in done.stdout for name in ("harbour", "tribune", "courier"))
    told = json.loads(factledger("-d", merged_file, "verify", "--json").stdout)
    assert (told["sound"], told["name"], len(told["members"])) == (True, "facts.example", 3)
    assert "no ledger nobody.example here" in factledger("verify", merged_file, "--key", _stray(key)).stderr


def _stray(key: str) -> str:
    from ledger.log import VerifierKey

    return str(VerifierKey("nobody.example", VerifierKey.read(key).public))


def test_verify_names_what_was_changed(factledger: Any, merged_file: str) -> None:
    """A ledger that is not the one that came in is a problem with its origin, and the exit code is 3."""
    from sqlite_utils.utils import sqlite3

    db = sqlite3.connect(merged_file)
    db.execute("UPDATE part SET data = substr(data, 1, 4096) WHERE member = 1")
    db.commit()
    db.close()
    done = factledger("verify", merged_file)
    assert done.returncode == 3
    assert "PROBLEM     member-changed: harbour.example: The copy is not the one that came in last." in done.stdout


def test_a_ledger_is_taken_out_as_it_came_in(factledger: Any, newsrooms: Newsrooms, merged_file: str) -> None:
    """It verifies by itself, and is the newsroom's own copy to the byte."""
    done = factledger("-d", merged_file, "extract", "harbour.example", "out.db")
    assert (done.returncode, done.stderr.startswith("Taken out out.db: harbour.example: ")) == (0, True)
    assert Path("out.db").read_bytes() == newsrooms.copy("harbour").read_bytes()
    assert factledger("-d", "out.db", "verify").returncode == 0
