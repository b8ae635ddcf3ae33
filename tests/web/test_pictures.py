"""Pictures that a finding cites: side by side for whoever may see whole copies, and for nobody else."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ledger import checks, trust
from ledger.book import Book, Custody
from ledger.capture import Archive, Extraction
from ledger.store import queries
from ledger.web.edition import Edition

from .conftest import Serve

GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")
"""The smallest picture there is."""

PAIRS = '''
"""Claims meet that tell of the same topic; what is found cites their copies."""
from ledger import GroupChecker, hookimpl


class Pairs(GroupChecker):
    """Checks: nothing."""

    name = "pairs"
    establishes = "nothing"
    does_not_establish = "anything"

    def keys(self, claim):
        return [claim.topic] if claim.topic else []

    def check(self, group, context):
        copies = [copy for one in group.dossiers for copy in one.captures]
        yield self.warns("Look at both.", cites=[*group.claims, *copies])


@hookimpl
def ledger_register_checkers(config):
    return [Pairs()]
'''


def enter(book: Book, name: str, data: bytes, media_type: str = "image/gif") -> None:
    source = book.source(f"The {name} picture", id=f"{name}-picture", published="2031-05-02")
    book.evidence(book.claim(f"It was {name}.", id=name, topic="quay"), source)
    Archive.of(book.ledger).put(data)
    book.capture(source, Extraction(data, "", media_type, "none", f"{name}.gif"), Custody())


@pytest.fixture
def pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A plugin that cites what claims of one topic have archived."""
    info = tmp_path / "site" / "pairs-1.0.dist-info"
    info.mkdir(parents=True)
    (info.parent / "pairs.py").write_text(PAIRS, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pairs\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[factledger]\npairs = pairs\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(info.parent))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(info.parent), os.environ.get("PYTHONPATH", "")]).rstrip(":"))
    return "pairs"


def drawn(page: str) -> list[str]:
    """Return the addresses of the pictures on a page, which an address of its own site each has."""
    return re.findall(r'<img src="(/-/ledger/picture/[a-z0-9-]+)" alt="The archived picture of ', page)


def test_two_pictures_that_a_finding_cites_stand_side_by_side(
    fresh: Book, own: Serve, serving: Serve, pairs: str
) -> None:
    """Each is served as what it is, and nothing in it may run; others than this machine's own are shown none."""
    enter(fresh, "red", GIF)
    enter(fresh, "blue", GIF + b" ")
    checks.check(fresh, plugins=pairs)
    get = own(fresh.ledger.path, Edition.DESK)
    first, second = drawn(get("/ledger/claims/red").text)
    answers = [get(address) for address in (first, second)]
    assert {answer.content for answer in answers} == {GIF, GIF + b" "}
    for answer in answers:
        assert answer.headers["content-type"] == "image/gif"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    others = serving(fresh.ledger.path, Edition.DESK)
    assert drawn(others("/ledger/claims/red").text) == []
    assert others(first).status_code == 404


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        (b"<script>alert(1)</script>", "image/gif"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", "image/png"),
    ],
)
def test_what_only_says_that_it_is_a_picture_is_not_served(
    fresh: Book, own: Serve, data: bytes, media_type: str
) -> None:
    """The bytes say what they are; drawings that may hold scripts are no pictures here."""
    enter(fresh, "red", data, media_type)
    get = own(fresh.ledger.path)
    (copy,) = queries.all_kept(fresh.ledger.db, "capture")
    handle = copy.record.handle
    assert get(f"/-/ledger/picture/{handle}").status_code == 404
    assert get("/-/ledger/picture/red").status_code == 404


def test_a_picture_of_a_source_of_which_words_are_withheld_is_shown_to_nobody(
    fresh: Book, own: Serve, pairs: str
) -> None:
    """Not on the page, and not by its address."""
    enter(fresh, "red", GIF)
    enter(fresh, "blue", GIF + b" ")
    checks.check(fresh, plugins=pairs)
    address = drawn(own(fresh.ledger.path)("/ledger/claims/red").text)[0]
    assert own(fresh.ledger.path)(address).status_code == 200
    for name in ("red", "blue"):
        fresh.correct(f"{name}-picture", {"note": f"Shows Marta Quell, {name}."}, "It was not said.")
        trust.withhold(fresh, f"{name}-picture", ["note"], "She is a minor.")
    get = own(fresh.ledger.path)
    assert drawn(get("/ledger/claims/red").text) == []
    assert get(address).status_code == 404
