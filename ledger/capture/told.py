"""In which language the text of each source is, asked for one by one: nothing is read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..model import Capture, Source
from ..text.languages import tag_of

if TYPE_CHECKING:
    from .texts import ArchiveReader


class Languages(Mapping[str, str]):
    """The language of the text of each source, by the source's uid; of those of which something tells.

    It is what is recorded of the source, else what its newest copy declares, else what its words tell (see
    `text.languages.tag_of`). Without a reader, copies declare nothing.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        texts: Mapping[str, str],
        captures: Iterable[Capture],
        reader: ArchiveReader | None,
    ) -> None:
        self._recorded = {source.uid: source.language for source in sources}
        self._texts = texts
        self._copies = {capture.source: capture for capture in captures if capture.text_sha256} if reader else {}
        self._reader = reader
        self._found: dict[str, str | None] = {}

    def __getitem__(self, source: str) -> str:
        tag = self._recorded[source]
        if not tag:
            if source not in self._found:
                self._found[source] = self._told(source)
            tag = self._found[source]
        if not tag:
            raise KeyError(source)
        return tag

    def _told(self, source: str) -> str | None:
        text = self._texts.get(source)
        if text is None:
            return None
        copy = self._copies.get(source)
        return tag_of(text, declared=self._reader.declared(copy) if self._reader and copy else None)

    def __iter__(self) -> Iterator[str]:
        return (source for source in self._recorded if self.get(source) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<languages of {len(self._recorded)} sources>"
