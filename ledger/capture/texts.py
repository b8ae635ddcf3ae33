"""The visible text of archived copies, read again from their bytes when somebody asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from ..errors import LedgerError
from ..model import Capture, Source
from ..store import Ledger
from ..text import Span
from .archive import Archive
from .encoding import charset_of
from .reading import asides, in_bytes, read_again, text_hash

KEPT = 4_000_000
"""Characters of texts that are kept at hand."""

LARGEST_BLOB = 50_000_000
"""Bytes of the largest archived copy that checkers are given."""


class ArchiveReader:
    """Reads archived copies of one archive; keeps the texts that were read last.

    `veil` is what a text becomes before anybody gets it; it keeps every place in it.
    """

    def __init__(self, archive: Archive, veil: Callable[[str], str] = str) -> None:
        self._archive = archive
        self._veil = veil
        self._kept: OrderedDict[str, str] = OrderedDict()

    @classmethod
    def of(cls, ledger: Ledger, veil: Callable[[str], str] = str) -> ArchiveReader:
        """Return a reader of a ledger's archive."""
        return cls(Archive.of(ledger), veil)

    def text(self, capture: Capture) -> str | None:
        """Return a copy's visible text; None if it is not here, is not what was recorded, or cannot be read."""
        digest = capture.text_sha256 or ""
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        text = self._read(capture)
        text = None if text is None else self._veil(text)
        if text is not None and len(text) <= KEPT:
            self._kept[digest] = text
            while sum(map(len, self._kept.values())) > KEPT:
                self._kept.popitem(last=False)
        return text

    def declared(self, capture: Capture) -> str | None:
        """Return the language that a copy declares for its text; None where it does not, or is not here."""
        from .declared import declared_language  # with it come the readers of pages

        data = self._sound(capture.sha256) if capture.extractor else None
        return declared_language(data or b"", capture.extractor or "", capture.headers)

    def language(self, source: Source, capture: Capture, text: str) -> str | None:
        """Return the language of a copy's text: as recorded of its source, else as declared, else as its words tell."""
        if source.language:
            return source.language
        from ..text.languages import tag_of

        return tag_of(text, declared=self.declared(capture))

    def data(self, capture: Capture) -> bytes | None:
        """Return a copy's bytes; None if they are not here, are not what was recorded, or are very many."""
        return self._sound(capture.sha256) if capture.size <= LARGEST_BLOB else None

    def holds(self, capture: Capture) -> bool:
        """Return whether anything of a copy is in the archive, sound or not."""
        return any(self._archive.get(digest) is not None for digest in (capture.sha256, capture.text_sha256) if digest)

    def in_bytes(self, capture: Capture, start: int, end: int) -> tuple[int, int] | None:
        """Return the (start, end) of the archived bytes that a span of the copy's visible text was read from.

        None where they are not here, are not what was recorded, or keep no such places (PDF).
        """
        data = self._sound(capture.sha256) if capture.extractor else None
        if data is None or self.text(capture) is None:
            return None
        charset = charset_of(capture.headers)
        try:
            return in_bytes(data, capture.extractor or "", (start, end), charset=charset, where=capture.handle)
        except LedgerError:
            return None

    def asides(self, capture: Capture) -> tuple[Span, ...] | None:
        """Return the lines of a copy's visible text that are none of its article; None where no part can be told."""
        data = self._sound(capture.sha256) if capture.extractor else None
        try:
            charset = charset_of(capture.headers)
            return asides(data, capture.extractor, charset=charset, where=capture.handle) if data is not None else ()
        except LedgerError:
            return ()

    def _read(self, capture: Capture) -> str | None:
        """Return the visible text as it was kept, or else as it is read again from the bytes."""
        kept = self._sound(capture.text_sha256)
        if kept is not None:
            return kept.decode()
        data = self._sound(capture.sha256) if capture.extractor else None
        if data is None:
            return None
        try:
            name, charset = capture.extractor or "", charset_of(capture.headers)
            text = read_again(data, name, charset=charset, where=capture.handle)
        except LedgerError:
            return None
        return text if text is not None and text_hash(text) == capture.text_sha256 else None

    def _sound(self, digest: str | None) -> bytes | None:
        data = self._archive.get(digest) if digest else None
        return data if data is not None and sha256(data).hexdigest() == digest else None


class Texts(Mapping[str, str]):
    """The visible text of the newest copy of each source that can be read, by the source's uid.

    `asked` says whether a text was asked for, which may have been there or not.
    """

    def __init__(self, reader: ArchiveReader, captures: Iterable[Capture]) -> None:
        self._reader = reader
        self._captures = {capture.source: capture for capture in captures if capture.text_sha256}
        self.asked = False

    def __getitem__(self, source: str) -> str:
        self.asked = True
        text = self._reader.text(self._captures[source])
        if text is None:
            raise KeyError(source)
        return text

    def __iter__(self) -> Iterator[str]:
        return (source for source in self._captures if self.get(source) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<texts of {len(self._captures)} sources>"


class Blobs(Mapping[str, bytes]):
    """The bytes of archived copies, by the copy's uid; of those that can be had. `asked` is as that of texts."""

    def __init__(self, reader: ArchiveReader, captures: Iterable[Capture]) -> None:
        self._reader = reader
        self._captures = {capture.uid: capture for capture in captures}
        self.asked = False

    def __getitem__(self, uid: str) -> bytes:
        self.asked = True
        data = self._reader.data(self._captures[uid])
        if data is None:
            raise KeyError(uid)
        return data

    def __iter__(self) -> Iterator[str]:
        return (uid for uid in self._captures if uid in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<bytes of {len(self._captures)} archived copies>"
