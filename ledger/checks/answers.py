"""What addresses answered when they were asked last, as it is on record: an archived copy, or a search that failed.

An answer is a copy of the source that stands at the address, however it was taken: by a run that went online, or by a
person with `factledger capture`. That nothing came is a search with the question below. The newest of both counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from ..capture import ArchiveReader
from ..checker import RecordedAnswer
from ..model import Capture, Inquiry, Source
from ..store import StoredRecord, queries
from ..store.held import withheld_copies

QUESTION = "What does it answer?"
"""What a search asks of which no answer came: by this, and the address, it is found again."""

NOT_HERE = "The archived copy of what it answered is not in the archive, or is not what was recorded."
WITHHELD = "What it answered holds words that are withheld."


class AnswersOnRecord:
    """Answers on record, read when they are asked for; those without words that are withheld or sealed."""

    def __init__(self, db: Any, reader: ArchiveReader, veil: Callable[[str], str]) -> None:
        self._db, self._reader, self._veil = db, reader, veil
        self._read: dict[str, RecordedAnswer | None] = {}

    def get(self, address: str) -> RecordedAnswer | None:
        """Return what an address answered when it was asked last, None if it never was."""
        if address not in self._read:
            self._read[address] = self._answer(address)
        return self._read[address]

    def _answer(self, address: str) -> RecordedAnswer | None:
        asked = [*self._copies(address), *self._failed(address)]
        if not asked:
            return None
        newest = max(asked, key=lambda kept: kept.first_seq)
        record = newest.record
        if isinstance(record, Inquiry):
            why = record.note or "No answer came."
            return RecordedAnswer(address=address, at=record.asked_on or newest.added, why=why, record=record)
        assert isinstance(record, Capture)
        known = RecordedAnswer(
            address=address, media_type=record.media_type, at=record.taken_at or newest.added, record=record
        )
        if record.handle in withheld_copies(self._db):
            return attrs.evolve(known, why=WITHHELD)
        data = self._reader.data(record)
        if data is None:
            return attrs.evolve(known, why=NOT_HERE)
        return attrs.evolve(known, data=self._without_hidden(data))

    def _without_hidden(self, data: bytes) -> bytes:
        """Return bytes in which hidden words are blackened, where they are text; others are given as they are."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return data
        shown = self._veil(text)
        return data if shown == text else shown.encode()

    def _copies(self, address: str) -> Iterator[StoredRecord]:
        for source in sources_at(self._db, address):
            yield from _standing(self._db, queries.rows(self._db, "captures", source=source.handle))

    def _failed(self, address: str) -> Iterator[StoredRecord]:
        rows = queries.rows(self._db, "inquiries", searched=address, question=QUESTION)
        return _standing(self._db, rows)


def sources_at(db: Any, address: str) -> list[Source]:
    """Return the standing sources of this very address, the earliest first."""
    found = (kept.record for kept in _standing(db, queries.rows(db, "sources", url=address)))
    return [record for record in found if isinstance(record, Source)]


def _standing(db: Any, rows: list[queries.Row]) -> Iterator[StoredRecord]:
    found = (queries.by_handle(db, row["id"]) for row in rows)
    return (kept for kept in found if kept is not None and kept.standing.stands)


class Answers(Mapping[str, RecordedAnswer]):
    """The answers that one call of a checker asks for: `asked` are the addresses, `missed` those never asked before."""

    def __init__(self, recorded: AnswersOnRecord) -> None:
        self._recorded = recorded
        self.asked: dict[str, RecordedAnswer | None] = {}

    @property
    def missed(self) -> list[str]:
        return [address for address, answer in self.asked.items() if answer is None]

    def __getitem__(self, address: str) -> RecordedAnswer:
        if not isinstance(address, str):
            raise TypeError(f"an address is a text, not a {type(address).__name__}")
        answer = self.asked[address] = self._recorded.get(address)
        if answer is None:
            raise KeyError(address)
        return answer

    def __iter__(self) -> Iterator[str]:
        return (address for address, answer in self.asked.items() if answer is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def records(self) -> Iterator[str]:
        """Yield the uids of the records that the answers stand on: a finding may cite them."""
        return (answer.record.uid for answer in self.asked.values() if answer is not None and answer.record is not None)
