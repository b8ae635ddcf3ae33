"""The sources that claims stand on, as reference managers want them: who, when, where, and which copy is archived."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from .. import dates
from ..errors import InputError
from ..format import Extract
from ..model import HIDDEN, Agent, Capture, Source


@attrs.frozen
class CitedDay:
    """A year, month or day, as far as it is known."""

    parts: tuple[int, ...]
    about: bool

    @classmethod
    def of(cls, written: str | None) -> CitedDay | None:
        """Return the day of a date in EDTF; None of one that is no single day, month or year."""
        try:
            found = dates.parse(written) if written else None
        except InputError:
            return None
        if found is None or len(found.points) != 1 or found.readings != found.points:
            return None
        (point,) = found.points
        if point.year is None or not point.year.isdigit() or (point.month or 0) > 12:
            return None
        numbers = (int(point.year), *([point.month] if point.month else []), *([point.day] if point.day else []))
        return cls(tuple(numbers), found.approximate or found.uncertain)


@attrs.frozen
class Citation:
    """A source with the people and the newest archived copy that a reference names."""

    source: Source
    author: Agent | None
    house: Agent | None
    copy: Capture | None
    archive: str
    """The name of the ledger beside which the copy lies."""

    @property
    def published(self) -> CitedDay | None:
        return CitedDay.of(self.source.published)

    @property
    def taken(self) -> CitedDay | None:
        return CitedDay.of(self.copy.taken_at[:10] if self.copy and self.copy.taken_at else None)


def cited(extract: Extract) -> Iterator[Citation]:
    """Yield the sources of an extract, in the order in which they were entered, without those whose title is hidden."""
    agents = {one.uid: one for one in extract.of(Agent) if one.name not in HIDDEN}
    copies = {one.source: one for one in extract.of(Capture)}
    for source in extract.of(Source):
        if source.title not in HIDDEN:
            author, house = agents.get(source.author or ""), agents.get(source.publisher or "")
            yield Citation(source, author, house, copies.get(source.uid), extract.origin)
