"""How a format is asked, ours or a stranger's: piece by piece, and whatever it raises is one line with its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs

from ..book import Book
from ..errors import InputError, PluginFailed
from ..format import Document, Exchange, Extract, ImportItem
from ..model import Record
from ..plugins import RegisteredExchange, guarded
from .entering import enter
from .lines import read_bytes
from .recorded import Imported

T = TypeVar("T")

LARGEST_DOCUMENT = 100_000_000
"""Bytes of a file that a format reads."""

MOST_ITEMS = 1_000_000
LONGEST_REASON = 500


class WholeExchange(Exchange):
    """A format of our own: a file of it enters as a whole, or in parts of which each does; all amiss is told."""

    def enter(self, book: Book, path: Path, **how: Any) -> Iterator[Imported]:
        """Record what a file says and the ledger does not have yet, and yield what came of each part of it."""
        raise NotImplementedError

    def read(self, document: Document) -> Iterable[ImportItem]:
        raise NotImplementedError


def document_of(path: Path) -> Document:
    """Return a file as formats are given it; raise InputError if it is missing, empty or too large."""
    return Document(name=str(path), data=read_bytes(path, most=LARGEST_DOCUMENT))


def written(one: RegisteredExchange, extract: Extract) -> Iterator[bytes]:
    """Yield a file of a format piece by piece; raise PluginFailed, with its name, for whatever goes wrong in it."""
    for piece in _pieces(one, partial(one.exchange.write, extract)):
        if isinstance(piece, str):
            data, reason = guarded(piece.encode)
            if data is None:
                raise _failed(one, reason)
            yield data
        elif isinstance(piece, bytes):
            yield piece
        else:
            raise _failed(one, f"it gave {type(piece).__name__}, neither text nor bytes")


def read_items(one: RegisteredExchange, document: Document) -> Iterator[ImportItem]:
    """Yield the items of a file; raise PluginFailed, with the name of the format, for whatever goes wrong in it."""
    for number, item in enumerate(_pieces(one, partial(one.exchange.read, document)), 1):
        if number > MOST_ITEMS:
            raise _failed(one, f"it gave more than {MOST_ITEMS:,} items")
        problem = _problem(item)
        if problem:
            raise _failed(one, problem)
        yield attrs.evolve(item, name=_line(item.name), refused=_line(item.refused))


def import_document(book: Book, one: RegisteredExchange, document: Document) -> Imported:
    """Enter what a file asks for, item by item; one that is refused leaves nothing behind. See `entering.enter`."""
    with book.together():
        return enter(book, read_items(one, document))


def recognised(one: RegisteredExchange, document: Document) -> bool:
    """Return whether a format says that a file is its own; one that fails is taken to say no."""
    found, _ = guarded(one.exchange.recognises, document)
    return found is True


def _problem(item: Any) -> str:
    if not isinstance(item, ImportItem):
        return f"it gave {type(item).__name__}, which is no ImportItem"
    if not isinstance(item.name, str) or not item.name.strip():
        return "it gave an item without a name"
    if not isinstance(item.records, tuple) or not all(isinstance(one, Record) for one in item.records):
        return f"its item {item.name!r:.60} has no tuple of records"
    if not isinstance(item.refused, str) or not all(isinstance(one, str) for one in item.left_out):
        return f"its item {item.name!r:.60} does not say in words what is refused or left out"
    return ""


def _pieces(one: RegisteredExchange, call: Callable[[], Iterable[T]]) -> Iterator[T]:
    """Yield what a call gives, step by step: an InputError is told as it is, everything else is the format's fault."""
    pieces = _told(one, lambda: iter(call()))
    end = object()
    while (piece := _told(one, lambda: next(pieces, end))) is not end:
        yield piece  # type: ignore[misc]


def _told(one: RegisteredExchange, call: Callable[[], T]) -> T:
    def attempt() -> tuple[T | None, InputError | None]:
        try:
            return call(), None
        except InputError as error:
            return None, error

    answer, reason = guarded(attempt)
    if answer is None:
        raise _failed(one, reason)
    value, error = answer
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def _failed(one: RegisteredExchange, reason: str) -> PluginFailed:
    return PluginFailed(
        f"The format {one.name} of {one.plugin} {one.version} failed: {reason}.".replace("..", "."),
        hint="Tell its author; nothing was written.",
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_REASON]
