"""A small program that decides an article at the desk step by step, prints each once it is kept, and files it all."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger import store
from ledger.book import Book
from ledger.desk.filing import file, known_in, open_article
from ledger.desk.journal import Journal, path_of
from ledger.desk.proposals import propose
from ledger.desk.steps import Accept, after, as_suggested
from ledger.desk.worklist import PassageState
from ledger.errors import LedgerError
from ledger.reader import Nature, SuggestedClaim
from ledger.text import Span

SENTENCES = tuple(f"The ferry carried {number} passengers in May {2020 + number}." for number in range(1, 7))
ARTICLE = f"The ferry's year\n\n{' '.join(SENTENCES)}\n"

STEPS = tuple(f"step-{number}" for number in range(len(SENTENCES)))
FILED = "filed"


def main() -> None:
    path = Path(sys.argv[1])
    try:
        with store.faults_told(path), store.open_ledger(path, write=True) as ledger:
            book = Book(ledger)
            opened = open_article(book, str(path.with_name("article.txt")))
            with Journal(path_of(ledger, opened.text.sha256)) as journal:
                words = opened.text.words
                worklist = as_suggested(known_in(book, propose(words, [_suggested(words, one) for one in SENTENCES])))
                journal.begin(worklist)
                for number, handle in enumerate(STEPS):
                    step = Accept(at=number)
                    worklist = after(worklist, step)
                    journal.add(step)
                    print(handle, flush=True)
                file(book, worklist, opened)
                journal.finish()
                print(FILED, flush=True)
    except LedgerError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def kept(path: Path) -> int:
    """Return how many passages are decided in what the desk kept, or are filed."""
    with store.open_ledger(path) as ledger:
        opened = open_article(Book(ledger), str(path.with_name("article.txt")))
        filed = ledger.db.execute("SELECT count(*) FROM claims").fetchone()[0]
        journal = path_of(ledger, opened.text.sha256)
        if not journal.exists():
            return int(filed)
        with Journal(journal) as left:
            worklist = left.resume(opened.text.words)
        return max(int(filed), worklist.count(PassageState.ACCEPTED) if worklist else 0)


def _suggested(words: str, sentence: str) -> SuggestedClaim:
    start = words.index(sentence)
    span = Span(start, start + len(sentence))
    return SuggestedClaim(
        span=span, content=span, voices=(), nature=Nature.FACTUAL, reason="Read.", reader="standard", version="1"
    )
