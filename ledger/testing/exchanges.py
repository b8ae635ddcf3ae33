"""For authors of formats: what one writes of a case, what it brings into a real ledger, and the contract as a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from types import ModuleType
from typing import Any

from .. import plugins
from ..errors import InputError, PluginFailed
from ..exchange import Imported, import_document, read_items, written
from ..format import CheckedClaim, Document, Exchange, Extract
from ..log import instant
from ..model import Agent, Capture, Claim, Evidence, Exclusion, Inquiry, Link, Record, Review, Source
from ..plugins import RegisteredExchange
from .case import NOW, Case
from .deadline import At, within
from .situations import situations
from .temporary import temporary_book

LIMIT = 5.0
"""Seconds that one file may take."""

MOST = 10_000
CLASSES: tuple[type[Record], ...] = (Agent, Source, Capture, Claim, Link, Evidence, Exclusion, Inquiry, Review)
CUTS = 12
"""Places at which a sample is cut off, and bytes of it that are turned."""

NO_FILE = (b"", b"\n", b"null", b"[]", b"{}", b'"', b"\xff\xfe\x00", b"[" * 5_000, b"a,b\n1,2\n", b"<html>")


def extract_of(case: Case, *, base_url: str = "") -> Extract:
    """Return what a format is handed of the claim of a case, as if a ledger held it."""
    records = {cls: case.of(cls) for cls in CLASSES}
    added = {one.uid: instant(NOW) for of_kind in records.values() for one in of_kind}
    reviews = tuple(one for one in case.of(Review) if one.claim == case.claim.uid)
    checked = CheckedClaim(dossier=case.dossier(), reviews=reviews, added=added)
    given: Mapping[type[Record], Iterable[Record]] = records
    return Extract(
        origin="desk.example",
        ledger="0" * 32,
        size=1,
        root="0" * 64,
        base_url=base_url,
        claims=(checked,),
        records=given,
    )


def exported(exchange: Exchange, case: Case, *, base_url: str = "https://facts.example") -> bytes:
    """Return the whole file that a format writes of a case; raises what it raises."""
    pieces = exchange.write(extract_of(case, base_url=base_url))
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def imported(exchange: Exchange, data: bytes | str, name: str = "sample") -> Imported:
    """Return what a file brings into a fresh ledger: `added`, `kept`, `refused` and `notes`."""
    document = _document(data, name)
    with temporary_book() as book:
        return import_document(book, _registered(exchange), document)


def assert_exchange_contract(
    exchange: Exchange, samples: Iterable[bytes | str] = (), *, limit: float | None = LIMIT
) -> None:
    """Raise AssertionError, with one sentence that says what to do, unless a format keeps the contract.

    It says what it is; it writes whatever a ledger may hold at its strangest, the same each time; it reads the samples,
    the samples cut off and with bytes turned, and what is no file of it at all: it raises nothing but InputError, gives
    an item for each thing with its name, and a sample that comes in twice adds nothing the second time. It touches no
    file and no network. It is asked in a child process; `limit=None` asks it in this one, for a debugger.
    """
    __tracebackhide__ = True  # pytest shows the sentence, not the kit
    one = _registered(exchange)
    given = [_document(sample, f"sample {number}") for number, sample in enumerate(samples, 1)]
    if one.reads and not given:
        raise AssertionError(f"{one.name} reads files, and no sample was given; give one as text or bytes.")
    if limit is None:
        _examine(one, given, lambda place: None)
    else:
        end = within(limit, partial(_examine, one, given))
        if end.hung:
            raise AssertionError(f"{one.name}, {end.at}: it takes longer than {limit:g} seconds; look for a loop.")
        if end.reached:
            raise AssertionError(f"{one.name}, {end.at}: it {end.reached}; work on what it is given alone.")
        if end.breach:
            raise AssertionError(end.breach)
        if end.status is not None:
            raise AssertionError(f"{one.name}, {end.at}: it ends the process (exit {end.status}); raise InputError.")
    for document in given if one.reads else ():
        _require_once(one, document)


def _registered(exchange: Exchange) -> RegisteredExchange:
    """Return a format as a plugin would register it; raise AssertionError with what it does not say."""
    brought = ModuleType("tried")
    vars(brought)["ledger_register_exchanges"] = plugins.hookimpl(lambda: [exchange])
    loaded = plugins.built_in(brought)
    found = loaded.exchanges()
    if not found:
        raise AssertionError(loaded.faults[0].reason)
    return found[0]


def _document(data: bytes | str, name: str) -> Document:
    return Document(name=name, data=data.encode() if isinstance(data, str) else data)


def _examine(one: RegisteredExchange, samples: list[Document], at: At) -> None:
    if one.writes:
        for case in situations():
            at(f"writing the case “{case.name}”")
            _require_same(one, f"on the case “{case.name}”", partial(_written, one, case))
    if one.reads:
        for document in samples:
            at(f"reading {document.name}")
            _require_same(one, f"on {document.name}", partial(_read, one, document))
            if not _read(one, document):
                raise AssertionError(f"{one.name}, on {document.name}: it gives no item for what is in it.")
        for document in (*_mangled(samples), *(_document(data, f"{data[:12]!r}") for data in NO_FILE)):
            at(f"reading {document.name}")
            _read(one, document)


def _written(one: RegisteredExchange, case: Case) -> list[bytes] | str:
    try:
        return list(islice(written(one, extract_of(case, base_url="https://facts.example")), MOST))
    except InputError as error:
        return str(error)
    except PluginFailed as error:
        raise _breach(one, f"the case “{case.name}”", error) from error


def _read(one: RegisteredExchange, document: Document) -> list[Any] | str:
    try:
        return list(islice(read_items(one, document), MOST))
    except InputError as error:
        return str(error)
    except PluginFailed as error:
        raise _breach(one, document.name, error) from error


def _require_same(one: RegisteredExchange, place: str, ask: partial[Any]) -> None:
    if ask() != ask():
        words = "it gives something else when asked again; keep nothing between calls, and sort what comes from a set"
        raise AssertionError(f"{one.name}, {place}: {words}.")


def _require_once(one: RegisteredExchange, document: Document) -> None:
    """Raise AssertionError unless a sample that comes in again adds nothing."""
    with temporary_book() as book:
        try:
            first, again = (import_document(book, one, document) for _ in range(2))
        except InputError as error:
            raise AssertionError(f"{one.name}, on {document.name}: it does not come in: {error}") from error
    if not first.kept:
        reason = next((reason for _, reason in first.refused), "it gives no item")
        raise AssertionError(f"{one.name}, on {document.name}: nothing of it is kept: {reason}")
    if again.added:
        words = f"it adds {again.added[0].KIND} {again.added[0].handle} once more when it comes in again"
        raise AssertionError(f"{one.name}, on {document.name}: {words}; say the same of the same thing.")


def _mangled(samples: Iterable[Document]) -> Iterator[Document]:
    """Yield samples that are cut off, and samples in which a byte is another."""
    for document in samples:
        data = document.data
        for number in range(CUTS):
            at = len(data) * number // CUTS
            yield Document(name=f"{document.name} cut off after {at} bytes", data=data[:at])
            turned = data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :] if data else b""
            yield Document(name=f"{document.name} with byte {at} turned", data=turned)


def _breach(one: RegisteredExchange, place: str, error: PluginFailed) -> AssertionError:
    fix = "Refuse an item with its reason, or raise InputError."
    return AssertionError(f"{one.name}, on {place}: {error.message} {fix}")
