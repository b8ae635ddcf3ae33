"""A published site holds no withheld word: in no page, picture, index, list, data or name of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import store, trust
from ledger.store import queries

pytestmark = pytest.mark.long

WHY = "They were threatened."


def traces(folder: Path, desk: Any) -> dict[str, list[str]]:
    """Return file -> what of the name is still in its bytes or in its own name."""
    found = {}
    for file in folder.rglob("*"):
        said = desk.left(str(file.relative_to(folder))) + (desk.left(file.read_bytes()) if file.is_file() else [])
        if said:
            found[str(file.relative_to(folder))] = said
    return found


@pytest.mark.parametrize("more", [[], ["--with-captures"]], ids=["passages", "captures"])
def test_no_byte_of_a_site_says_it(desk: Any, factledger: Any, tmp_path: Path, more: list[str]) -> None:
    """Named in every kind of field, in several spellings: the site has neither name nor slug nor hash of it."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    desk.ledger.close()
    done = factledger("publish", "site", "public", "--base-url", "https://facts.example.org/desk/", *more)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "public/ledger/claims/bridge/index.html").exists()
    assert traces(tmp_path / "public", desk) == {}


def test_what_is_withheld_later_goes_from_a_site(desk: Any, factledger: Any, tmp_path: Path) -> None:
    """A site that said the name says it nowhere after the next run; pages under old addresses are gone."""
    desk.ledger.close()
    assert factledger("publish", "site", "public").returncode == 0
    assert traces(tmp_path / "public", desk)
    assert factledger("withhold", desk.story.handle, "name", "--because", WHY).returncode == 0
    assert factledger("publish", "site", "public").returncode == 0
    assert traces(tmp_path / "public", desk) == {}


def test_cards_need_an_address(desk: Any, factledger: Any, tmp_path: Path) -> None:
    """A picture is named by its whole address: without one nothing is drawn, and nothing written."""
    desk.ledger.close()
    wrong = factledger("publish", "site", "public", "--cards")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "--cards" in wrong.stderr and "Add --base-url URL." in wrong.stderr
    assert not (tmp_path / "public").exists()


def test_a_site_is_on_record(desk: Any, factledger: Any, tmp_path: Path) -> None:
    """What went out is an entry: the head of its copy, and what was left out; one with nothing to do is none."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    desk.ledger.close()
    done = factledger("publish", "site", "public", "--with-captures")
    told = ["a work with the name", "another", "where to report an error", "what needs the site's address"]
    assert done.stderr.count("Left out  ") == len(told)
    with store.open_ledger(desk.path) as ledger:
        (row,) = queries.rows(ledger.db, "publications")
    assert (row["copies"], row["kept_back"]) == (0, 2)
    assert row["withheld"] > 10
    assert "Unchanged" in factledger("publish", "site", "public", "--with-captures").stderr
    with store.open_ledger(desk.path) as ledger:
        assert len(queries.rows(ledger.db, "publications")) == 1
    assert factledger("verify").returncode == 0
    assert factledger("-d", "public/data/ledger.db", "verify").returncode == 0


def test_archived_works_only_when_asked_for(factledger: Any, tmp_path: Path) -> None:
    """A source's page shows the passages that were quoted, with --with-captures the whole work, which lies beside."""
    (tmp_path / "one.txt").write_text(
        "The ferry was late.\n\nNobody knew why the harbour was dark.\n", encoding="utf-8"
    )
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "The ferry was late", "--id", "ferry", "--seen-in", "one.txt", "--quote", "The ferry was late.")
    assert factledger("publish", "site", "bare").returncode == 0
    assert factledger("publish", "site", "whole", "--with-captures").returncode == 0
    for name, shown in (("bare", False), ("whole", True)):
        pages = b"".join(file.read_bytes() for file in (tmp_path / name).rglob("*.html"))
        assert (b"harbour was dark" in pages) is shown
        works = [file.read_bytes() for file in (tmp_path / name / "data").rglob("*.archive/??/*")]
        assert any(b"harbour was dark" in work for work in works) is shown
    said = factledger("-d", "whole/data/ledger.db", "verify").stdout
    assert "1 archived copies, hashed again" in said or "2 archived copies, hashed again" in said
