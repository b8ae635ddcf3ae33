"""A ledger that a program opens: to read what it holds, and to enter what people say.

    with ledger.open("desk.db") as desk:
        for checked in desk.claims():
            print(checked.claim.text, checked.decision)

    with ledger.open("desk.db", write=True) as desk, desk.together():
        post = desk.source("Bridge shut", kind=SourceKind.ARTICLE)
        desk.evidence(desk.claim("The bridge was closed."), post, quote="it is closed")

What is read is what a format is handed (`ledger.format`): records as values, without any database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar, overload

import attrs

from . import checks, store
from .book import Book
from .book.catalogue import Catalogue
from .desk import anchor_in
from .exchange import extract
from .format import CheckedClaim, Extract, RecordedFinding
from .model import (
    Agent,
    AgentKind,
    Basis,
    Claim,
    Evidence,
    Inquiry,
    InquiryState,
    Link,
    Order,
    Record,
    Relation,
    Review,
    Source,
    SourceKind,
    Stake,
    Stance,
    Value,
    Verdict,
)

R = TypeVar("R", bound=Record)


@attrs.frozen(eq=False)
class OpenLedger:
    """An open ledger that is read: as it is when it is asked. Use it as a context manager, or close it.

    `ledger.open` makes it. What cannot be read raises LedgerError, with the place and what to do.
    """

    _catalogue: Catalogue
    _stack: ExitStack = attrs.field(factory=ExitStack, repr=False, kw_only=True)

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._catalogue.ledger.path

    def close(self) -> None:
        """Close it; what was read stays."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def origin(self) -> str:
        """The name under which its log is signed, such as desk.example.org."""
        return self.extract().origin

    def find(self, cls: type[R], name: str) -> R:
        """Return the record of a class by its handle, or by its name or title; raise UnknownRecord, with a likely one.

        InputError where several that stand have the name.
        """
        return self._catalogue.find(cls, name)

    def records(self, cls: type[R]) -> Iterator[R]:
        """Yield the records of a class that stand, in the order in which they were entered."""
        return self.extract().of(cls)

    def claims(self, *handles: str) -> Iterable[CheckedClaim]:
        """Return these claims, or all that stand: what each rests on, what was found, what was decided.

        They are read piece by piece, each time that one goes through them. Raises UnknownRecord for a handle of none.
        """
        return self.extract(*handles).claims

    def extract(self, *handles: str) -> Extract:
        """Return some claims, or all that the ledger holds and that stands, as a format is handed it."""
        return extract(self._catalogue.ledger, handles)


@attrs.frozen(eq=False)
class WritableLedger(OpenLedger):
    """An open ledger that also takes entries, by the person who began it.

    Each method records at once what it returns; inside `together` all is recorded at its end, or nothing. `id` is the
    handle, made of the words where none is given. What cannot be recorded raises InputError, and nothing is written.
    """

    _catalogue: Book

    def together(self) -> AbstractContextManager[None]:
        """Record everything inside the block as one transaction, or nothing of it if it ends in an error."""
        return self._catalogue.together()

    def agent(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: AgentKind | None = None,
        part_of: Agent | None = None,
        note: str | None = None,
    ) -> Agent:
        """Record a person, organisation or program; `part_of` is the owner."""
        return self._catalogue.agent(name, id=id, kind=kind, part_of=part_of, note=note)

    def source(
        self,
        title: str,
        *,
        id: str | None = None,
        kind: SourceKind | None = None,
        author: Agent | None = None,
        publisher: Agent | None = None,
        published: str | None = None,
        language: str | None = None,
        url: str | None = None,
        note: str | None = None,
    ) -> Source:
        """Record one work or utterance; `published` is a date (EDTF), `language` a tag (BCP 47)."""
        return self._catalogue.source(
            title, id=id, kind=kind, author=author, publisher=publisher, published=published, language=language,
            url=url, note=note,
        )  # fmt: skip

    def link(
        self,
        source: Source,
        relation: Relation,
        comes_from: Source,
        *,
        id: str | None = None,
        claim: Claim | None = None,
        note: str | None = None,
    ) -> Link:
        """Declare how one source stands to an earlier one, and which claim it has from there if that is known."""
        return self._catalogue.link(source, relation, comes_from, id=id, claim=claim, note=note)

    def claim(
        self,
        text: str,
        *,
        id: str | None = None,
        claimant: Agent | None = None,
        said: str | None = None,
        occurred: str | None = None,
        topic: str | None = None,
        story: str | None = None,
        reports: Claim | None = None,
        value: Value | None = None,
        order: Order | None = None,
    ) -> Claim:
        """Record one checkable assertion; `said` and `occurred` are dates (EDTF)."""
        return self._catalogue.claim(
            text, id=id, claimant=claimant, said=said, occurred=occurred, topic=topic, story=story, reports=reports,
            value=value, order=order,
        )  # fmt: skip

    def evidence(
        self,
        claim: Claim,
        source: Source,
        *,
        id: str | None = None,
        quote: str | None = None,
        at: str | None = None,
        language: str | None = None,
        seen_in: Source | None = None,
        stance: Stance | None = None,
        speaker: Agent | None = None,
        quoting: Agent | None = None,
        basis: Basis | None = None,
        stake: Stake | None = None,
        named: bool | None = None,
        unnamed_because: str | None = None,
        original: str | None = None,
        note: str | None = None,
    ) -> Evidence:
        """Record what a source says for, against or around a claim.

        `quote` are its exact words, in a `language`, held to the archived text of where they were seen; `at` is a
        page, a time or a part of a picture.
        """
        words = quote is not None or at is not None
        anchor = (
            anchor_in(self._catalogue.ledger, seen_in or source, quote, language=language, at=at) if words else None
        )
        return self._catalogue.evidence(
            claim, source, id=id, seen_in=seen_in, stance=stance, anchor=anchor, speaker=speaker, quoting=quoting,
            basis=basis, stake=stake, named=named, unnamed_because=unnamed_because, original=original, note=note,
        )  # fmt: skip

    def inquiry(
        self,
        question: str,
        *,
        id: str | None = None,
        claim: Claim | None = None,
        asked_by: Agent | None = None,
        asked: Agent | None = None,
        searched: str | None = None,
        asked_on: str | None = None,
        deadline: str | None = None,
        state: InquiryState | None = None,
        seen_in: Source | None = None,
        note: str | None = None,
    ) -> Inquiry:
        """Record who asked whom, or searched where; what was answered is evidence."""
        return self._catalogue.inquiry(
            question, id=id, claim=claim, asked_by=asked_by, asked=asked, searched=searched, asked_on=asked_on,
            deadline=deadline, state=state, seen_in=seen_in, note=note,
        )  # fmt: skip

    def review(
        self,
        claim: Claim,
        verdict: Verdict,
        reasons: str,
        *,
        id: str | None = None,
        reviewer: Agent | None = None,
        label: str | None = None,
    ) -> Review:
        """Record a person's verdict on a claim, with reasons. A program decides nothing: give the person's own."""
        return self._catalogue.review(claim, verdict, reasons, id=id, reviewer=reviewer, label=label)

    def correct(self, handle: str, changes: Mapping[str, Any], reason: str) -> Record:
        """Record new values for some fields of a record, and why; the old ones stay readable.

        A field that names another record takes its handle, None empties a field.
        """
        return self._catalogue.correct(handle, changes, reason)

    def retract(self, handle: str, reason: str) -> Record:
        """Record that a record no longer stands, and why; it stays readable."""
        return self._catalogue.retract(handle, reason)

    def check(self, *, policy: Path | None = None) -> tuple[RecordedFinding, ...]:
        """Check what changed since the last run, as `factledger check` does, and return all findings on record.

        The plugins that are installed are loaded in processes of their own; one that fails is a finding. `policy` is a
        house's file. Not inside `together`.
        """
        checks.check(self._catalogue, policy=policy)
        return tuple(self.extract().findings)


@overload
def open(path: Path | str, *, write: Literal[False] = False) -> OpenLedger: ...
@overload
def open(path: Path | str, *, write: Literal[True]) -> WritableLedger: ...
@overload
def open(path: Path | str, *, write: bool) -> OpenLedger | WritableLedger: ...
def open(path: Path | str, *, write: bool = False) -> OpenLedger | WritableLedger:
    """Open a ledger's file, to read it or also to `write`; close it, or use it as a context manager.

    Raises DamagedLedger if there is none or it is no ledger, ReadOnly if it takes no entries, EnvironmentFault if it
    is in a format that this version does not write.
    """
    place = Path(path)
    with ExitStack() as stack:
        stack.enter_context(store.faults_told(place))
        held = stack.enter_context(store.open_ledger(place, write=write))
        book = Book(held) if write else None  # may raise: then the file is closed
        kept = stack.pop_all()
        return WritableLedger(book, stack=kept) if book else OpenLedger(Catalogue(held), stack=kept)
