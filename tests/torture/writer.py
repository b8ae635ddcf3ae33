"""A writer: enters what a desk would, for ever, and acknowledges each entry once it was recorded.

An acknowledgement is the subject's uid on a line of the writer's own file, so
every line has the same length. The mix, counted in transactions: 3 of 10 one claim, 2 a single bare draft, 3 a
source, a claim and its evidence together, 2 five to forty bare drafts.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

from ledger import store
from ledger.book import Book
from ledger.store import Draft

LINE = 33
"""Bytes of an acknowledgement: 32 hex digits and the end of the line."""

Acknowledge = Callable[[list[str]], None]


def write(path: Path, acknowledgements: Path, random: Random, *, early: bool = False) -> None:
    """Enter things until killed; `early` breaks the promise: it acknowledges before it records."""
    handle = os.open(acknowledgements, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledge(uids: list[str]) -> None:
        os.write(handle, "".join(f"{uid}\n" for uid in uids).encode())

    acts = [_too_early] if early else [_claim] * 3 + [_draft] * 2 + [_story] * 3 + [_drafts] * 2
    while True:
        with store.open_ledger(path, write=True) as ledger:
            book = Book(ledger)
            for _ in range(random.randint(1, 200)):
                random.choice(acts)(book, random, acknowledge)


def acknowledged(folder: Path) -> list[str]:
    """Return the uids that all writers together acknowledged; a line that was being written does not count."""
    return [uid for file in folder.iterdir() for uid in file.read_text().split("\n")[:-1]]


def _claim(book: Book, random: Random, acknowledge: Acknowledge) -> None:
    number = random.getrandbits(64)
    acknowledge([book.claim(f"The ferry made trip {number}.", id=f"trip-{number}").uid])


def _story(book: Book, random: Random, acknowledge: Acknowledge) -> None:
    number = random.getrandbits(64)
    with book.together():
        source = book.source(f"Log book, page {number}", id=f"page-{number}")
        claim = book.claim(f"The ferry carried {number} passengers.", id=f"load-{number}")
        evidence = book.evidence(claim, source, id=f"seen-{number}")
    acknowledge([source.uid, claim.uid, evidence.uid])


def _draft(book: Book, random: Random, acknowledge: Acknowledge) -> None:
    acknowledge(_append(book, _fresh(book, 1)))


def _drafts(book: Book, random: Random, acknowledge: Acknowledge) -> None:
    acknowledge(_append(book, _fresh(book, random.randint(5, 40))))


def _too_early(book: Book, random: Random, acknowledge: Acknowledge) -> None:
    drafts = _fresh(book, 20)
    acknowledge([draft.subject for draft in drafts])
    _append(book, drafts)


def _fresh(book: Book, count: int) -> list[Draft]:
    uids = [book.ledger.environment.uid() for _ in range(count)]
    return [Draft("source.add", uid, {"handle": uid, "title": f"Timetable {uid}", "kind": "document"}) for uid in uids]


def _append(book: Book, drafts: list[Draft]) -> list[str]:
    return [entry.subject for entry in store.append(book.ledger, drafts, actor=book.actor)]
