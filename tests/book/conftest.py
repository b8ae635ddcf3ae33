"""What the tests of the use cases share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from ledger.book import Book
from ledger.errors import InputError
from ledger.store import queries

Refused = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def refused(book: Book) -> Refused:
    """Expect the block to be refused with these words, and the ledger to be no longer than before."""

    @contextmanager
    def expect(says: str) -> Iterator[None]:
        before = queries.head(book.ledger.db)
        with pytest.raises(InputError, match=says) as caught:
            yield
        assert queries.head(book.ledger.db) == before
        assert book.waiting == ()
        assert str(caught.value)

    return expect
