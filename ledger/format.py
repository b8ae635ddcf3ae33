"""The public contract of a format: what is handed out in it, and what a file of it asks to be entered.

    factledger export NAME    Extract  ->  Exchange.write  ->  text or bytes, piece by piece
    factledger import FILE    Document ->  Exchange.read   ->  ImportItem, each with its records, or why it is refused

Both directions speak in the records of `ledger`: what is read is what would be written. In a file that is read, the
`uid` of a record is any text that names it there, and the `handle` is empty where the ledger should choose one. What
the file does not hold may be named by its id in the ledger.
A format has no ledger, and holds nothing of one file back for the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import attrs

from .checker import Dossier
from .errors import InputError
from .model import Claim, Record, Review
from .store.queries import RecordedFinding
from .store.rows import TABLE_OF

__all__ = ["CheckedClaim", "Document", "Exchange", "Extract", "ImportItem", "RecordedFinding"]

R = TypeVar("R", bound=Record)

NOTHING: Mapping[Any, Any] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class CheckedClaim:
    """A claim with all it stands on, what was decided of it, and what checks found.

    `reviews` are those that stand, the earliest first; `added` maps the uid of each record here to the instant
    (RFC 3339, UTC) at which it was entered. Words that are withheld or sealed read "[withheld]" and "[sealed]".
    """

    dossier: Dossier
    reviews: tuple[Review, ...] = ()
    findings: tuple[RecordedFinding, ...] = ()
    added: Mapping[str, str] = NOTHING

    @property
    def claim(self) -> Claim:
        return self.dossier.claim

    @property
    def decision(self) -> Review | None:
        """The review that holds: the last that is no second signature."""
        return next((one for one in reversed(self.reviews) if one.seconds is None), None)


@attrs.frozen(kw_only=True)
class Extract:
    """What is handed to a format: some claims of a ledger, or all that it holds and that stands.

    `origin` and `ledger` are the ledger's name and id; `size` and `root` (hex) are of its log as it is read.
    `base_url` is where its pages are, without a slash at the end, or empty. `claims`, and the records of each class in
    `records`, may be gone through several times, and are read anew each time: keep none.
    """

    origin: str
    ledger: str
    size: int
    root: str
    base_url: str = ""
    claims: Iterable[CheckedClaim] = ()
    records: Mapping[type[Record], Iterable[Record]] = NOTHING
    findings: Iterable[RecordedFinding] = ()

    def of(self, cls: type[R]) -> Iterator[R]:
        """Yield the records of one class, in the order in which they were entered."""
        return (record for record in self.records.get(cls, ()) if isinstance(record, cls))

    def address(self, record: Record) -> str:
        """Return where a record can be read, or a name for it (URN) where the ledger is on no pages."""
        if not self.base_url:
            return f"urn:factledger:{self.ledger}:{record.handle}"
        return f"{self.base_url}/ledger/{TABLE_OF[record.KIND]}/{record.handle}"


@attrs.frozen(kw_only=True)
class Document:
    """A file that is read: its `name`, and its bytes."""

    name: str
    data: bytes = attrs.field(repr=False)

    def text(self) -> str:
        """Return the text that its bytes are in UTF-8; raise InputError, with the line, if they are none."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise InputError("This is not UTF-8 text.", where=f"{self.name}:{line}", hint="Save it as UTF-8.") from None

    def json(self) -> Any:
        """Return what it says as JSON; raise InputError, with the line, if it is none."""
        return json_of(self.text(), where=self.name)


def json_of(text: str, *, where: str, line: int = 1) -> Any:
    """Return what a text says as JSON; raise InputError if it is none, or gives one name two values.

    `line` is the one of the file that the text begins at.
    """

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) < len(pairs):
            twice = next((name for name, value in pairs if told[name] != value), None)
            if twice is not None:
                message = f"One object gives {twice!r} two values."
                raise InputError(message, where=where, hint="Keep the one that is meant.")
        return told

    try:
        return json.loads(text, strict=False, object_pairs_hook=distinct)
    except InputError:
        raise
    except json.JSONDecodeError as error:
        place = f"{where}:{line + error.lineno - 1}"
        raise InputError(f"This is not JSON: {error.msg}.", where=place, hint="Check how it was saved.") from None
    except (RecursionError, ValueError):
        raise InputError("This is not JSON that can be read.", where=where, hint="It is nested too deep.") from None


@attrs.frozen(kw_only=True)
class ImportItem:
    """One thing that a file holds, called by its `name` there: the records that it asks for, or why it is `refused`.

    `records` may name each other, and those of items before, by uid, in any order. They enter together or not at all.
    `left_out` says what of it is not taken although it is, such as "the picture: only words are read".
    """

    name: str
    records: tuple[Record, ...] = ()
    refused: str = ""
    left_out: tuple[str, ...] = ()


class Exchange:
    """Base of formats: subclass it, name it, and write `write`, or `read`, or both.

    `title` is what it is in a few words; `carries` what comes through, `loses` what does not. `suffixes` are those of
    its files, the first for those that are written.
    """

    name: ClassVar[str]
    version: ClassVar[int | str] = 1
    title: ClassVar[str]
    carries: ClassVar[str]
    loses: ClassVar[str]
    media_type: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def write(self, extract: Extract) -> Iterable[str | bytes]:
        """Yield the file piece by piece; raise InputError, before the first, if it cannot be written of this."""
        raise NotImplementedError

    def recognises(self, document: Document) -> bool:
        """Return whether a file with one of the suffixes is of this format; asked where several formats have it."""
        return True

    def read(self, document: Document) -> Iterable[ImportItem]:
        """Yield every item of a file; raise InputError if it is no file of this format."""
        raise NotImplementedError
