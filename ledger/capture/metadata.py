"""What a document says of itself: title, dates, author, publisher, language. Suggestions for a person, never facts."""

from __future__ import annotations

import attrs


@attrs.frozen
class Suggestion:
    """A value for a field of the source, and where in the document it stands."""

    field: str
    value: str
    where: str


def from_html(source: str) -> tuple[Suggestion, ...]:
    return ()


def from_address(address: str | None) -> tuple[Suggestion, ...]:
    return ()


def from_text(text: str, name: str | None) -> tuple[Suggestion, ...]:
    return ()
