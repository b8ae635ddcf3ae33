"""A ledger to damage: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from ledger import book as use_cases
from ledger import checks
from ledger.book import Custody
from ledger.capture import Archive, plain_text, text_hash
from ledger.capture.reading import PLAIN, Extraction
from ledger.model import Anchor, Verdict
from ledger.store import schema

SPEECH = b"The harbour bridge was refused a permit in May, said Marta Quell.\n"

Tamper = Callable[..., Path]


def _tell(path: Path, sources: int = 0) -> None:
    """A story with a correction, a retraction, an archived copy, a verdict and check results."""
    book = use_cases.start(path, origin="desk.example", person="Ana Roa")
    with book.together():
        marta = book.agent("Marta Quell")
        speech = book.source("Speech at the harbour", author=marta)
        minutes = book.source("Minutes of the port council")
        claim = book.claim("The bridge was refused a permit in May.", id="bridge", occurred="2031-05")
        item = book.evidence(claim, speech, anchor=Anchor("was refused a permit"))
        book.evidence(claim, minutes, id="minutes-too")
        reading = Extraction(SPEECH, plain_text(SPEECH, where="speech.txt"), "text/plain", PLAIN, "speech.txt")
        Archive.of(book.ledger).put(SPEECH)
        book.capture(speech, reading, Custody())
        book.review(claim, Verdict.SUPPORTED, "The speech says so.")
    book.correct("bridge", {"topic": "harbour"}, "The topic was left out.")
    book.retract("minutes-too", "They speak of another bridge.")
    with book.together():
        for number in range(sources):
            book.source(f"Letter {number} to the council")
    checks.check(book, ["bridge"])
    assert item.anchor is not None
    assert text_hash(reading.text) == reading.text_sha256
    book.ledger.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the ledgers that are copied: one short, one long enough for stored tree hashes."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        _tell(folder / "short.db")
        _tell(folder / "long.db", sources=600)
    return folder


def _copy(made: Path, name: str, to: Path) -> Path:
    shutil.copytree(made / f"{name}.archive", to / "story.archive")
    return Path(shutil.copy(made / f"{name}.db", to / "story.db"))


@pytest.fixture
def story(made: Path, tmp_path: Path) -> Path:
    """A short ledger of this test's own."""
    return _copy(made, "short", tmp_path)


@pytest.fixture
def long_story(made: Path, tmp_path: Path) -> Path:
    """A ledger of more than 600 entries of this test's own."""
    return _copy(made, "long", tmp_path)


@pytest.fixture
def tamper() -> Tamper:
    """Change a file behind the ledger's back with raw SQL; the guards are put back unless told otherwise."""

    def change(path: Path, *statements: str, guards: bool = True) -> Path:
        db = sqlite3.connect(path, isolation_level=None)
        for name in schema.GUARDS:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        if guards:
            for sql in schema.GUARDS.values():
                db.execute(sql)
        db.close()
        return path

    return change
