"""Three newsrooms with a claim in common, and the copies that each published: made once, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from ledger import book as books
from ledger import store, trust
from ledger.book import Book
from ledger.model import Verdict

BRIDGE = "The harbour bridge was refused a permit in May 2031."
ORIGINS = {"harbour": "harbour.example", "tribune": "tribune.example", "courier": "courier.example"}


def tell(book: Book, name: str) -> None:
    """Enter what a newsroom holds: all of them the same claim, each with a verdict of its own or none."""
    with book.together():
        claim = book.claim(BRIDGE, id="bridge")
        book.source(f"Minutes of the council, read by the {name}", id="minutes")
        verdict = {"harbour": Verdict.SUPPORTED, "courier": Verdict.REFUTED}.get(name)
        if verdict is not None:
            book.review(claim, verdict, "The minutes say so.")
        if name == "tribune":
            book.claim("The council spent 30,000 dollars on a new ferry.", id="ferry")
        if name == "courier":
            book.claim("The council spent 30 thousand dollars on a ferry.", id="boat")


@attrs.frozen
class Newsrooms:
    """A test's own newsrooms: `desks` are their ledgers, `copies` what they published."""

    folder: Path

    def desk(self, name: str) -> Path:
        return self.folder / f"{name}.desk.db"

    def copy(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    @property
    def copies(self) -> list[Path]:
        return [self.copy(name) for name in ORIGINS]

    @property
    def out(self) -> Path:
        return self.folder / "all.db"

    def publish(self, name: str, change: Callable[[Book], object], *, to: str = "") -> Path:
        """Enter something at a desk, and publish a later copy."""
        target = self.copy(to or f"{name}-later")
        with store.open_ledger(self.desk(name), write=True) as ledger:
            change(Book(ledger))
            trust.publish(ledger, target)
        return target


@pytest.fixture(scope="session")
def newsrooms_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the newsrooms that are copied, with their keys."""
    folder = tmp_path_factory.mktemp("newsrooms")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        for name, origin in ORIGINS.items():
            book = books.start(folder / f"{name}.desk.db", origin=origin, person=f"Ana {name.title()}")
            with book.ledger as ledger:
                tell(book, name)
                trust.publish(ledger, folder / f"{name}.db")
    return folder


@pytest.fixture
def newsrooms(newsrooms_once: Path, tmp_path: Path) -> Newsrooms:
    """Three newsrooms of this test's own."""
    shutil.copytree(newsrooms_once / "keys", os.environ["FACTLEDGER_KEYS"], dirs_exist_ok=True)
    for path in newsrooms_once.glob("*.db"):
        shutil.copy(path, tmp_path)
    return Newsrooms(tmp_path)
