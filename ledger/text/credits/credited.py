"""A whole text read for credits: each house once, in its strongest manner."""

from __future__ import annotations

from collections.abc import Iterable

from ..spans import Span
from .cues import Manner
from .houses import house_key, name_key
from .lines import credits_of_lines
from .names import plain_name
from .sentences import Credit, credits_within

LONGEST_TEXT = 200_000
"""Characters that are read; credits stand at the beginning, at the end, or in an article's length."""

NOBODY = frozenset(
    """he she it they we i you who this that these those one nobody somebody police officials all rights reserved own
    article section chapter law act constitution bible none legend reports unknown""".split()
)
"""What stands where a name does and is none."""

_STRONGEST = tuple(Manner)


def credits(text: str, *, known: Iterable[str] = ()) -> tuple[Credit, ...]:
    """Return whom a text credits, in the order in which it does; each house once, in its strongest manner.

    `known` are names of houses besides those that are listed, as those on record are.
    """
    text, names = text[:LONGEST_TEXT], frozenset(map(name_key, known))
    read = [*credits_within(text, names), *credits_of_lines(text, names)]
    pictures = [credit.span for credit in read if credit.manner is Manner.PHOTO]
    found: dict[str, Credit] = {}
    for credit in sorted(read, key=lambda one: (_STRONGEST.index(one.manner), one.span)):
        name = plain_name(credit.name.strip(" .,'’\""))
        if name is None or name_key(name).split()[0] in NOBODY or _in_a_picture(credit, pictures):
            continue
        found.setdefault(house_key(name), Credit(name, credit.manner, credit.span))
    return tuple(sorted(found.values(), key=lambda credit: credit.span.start))


def _in_a_picture(credit: Credit, pictures: list[Span]) -> bool:
    """Return whether the words are part of a photo credit."""
    if credit.manner is Manner.PHOTO:
        return False
    return any(one.start < credit.span.end and credit.span.start < one.end for one in pictures)
