"""What two texts have in common, whose words that is, and whether they can be compared at all."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from .languages import same_language
from .passages import passages
from .reuse import COPIED_WORDS, Reuse, ReuseKind, reuse
from .spans import Span
from .wording import Wording, wording

ENOUGH = 40
"""Own words from which on a text says enough of its own to be compared."""


class Incomparable(StrEnum):
    """Why two texts cannot be compared: what they share, or do not, then shows nothing."""

    NOTHING_OWN = "nothing but quotations"
    TOO_SHORT = "too few words of its own"
    LANGUAGE_UNKNOWN = "the language is not known"
    OTHER_LANGUAGE = "two languages"


@frozen
class Common:
    """What two texts have in common.

    `own` is what the one has as its own words, changed or not, and the other too, or quotes (`Kind.QUOTES`,
    `Kind.QUOTED`): then one comes from the other, or both from a third. `both_quote` are the passages that both have in
    quotation marks, as (span in the first text, span in the second): these come from a third, whom both quote, and say
    nothing of the rest. `incomparable` says why the absence of all that shows nothing.
    """

    own: Reuse
    both_quote: tuple[tuple[Span, Span], ...]
    incomparable: Incomparable | None

    @property
    def apart(self) -> bool:
        """Whether they were compared and are no more alike than two who write on their own."""
        return self.incomparable is None and self.own.kind is ReuseKind.NONE


def in_common(
    one: str | Wording, other: str | Wording, *, languages: tuple[str | None, str | None] = (None, None)
) -> Common:
    """Return what two texts have in common; `languages` are those that are on record, and guessed otherwise."""
    here, there = (wording(text) if isinstance(text, str) else text for text in (one, other))
    why = incomparable(here, there, languages=languages)
    quoted = sorted(passages(here.quotes, there.quotes), key=lambda each: -each.length)
    return Common(
        own=reuse(here, there),
        both_quote=tuple(each.spans(here.quotes, there.quotes) for each in quoted if each.length >= COPIED_WORDS),
        incomparable=why,
    )


def incomparable(
    one: Wording, other: Wording, *, languages: tuple[str | None, str | None] = (None, None)
) -> Incomparable | None:
    """Return why two texts cannot be compared; None if they can."""
    fewest = min(len(one.words), len(other.words))
    if fewest < ENOUGH:
        quotes = any(len(each.words) < ENOUGH <= len(each.quotes.words) for each in (one, other))
        return Incomparable.NOTHING_OWN if quotes else Incomparable.TOO_SHORT
    same = same_language(languages[0] or one.language, languages[1] or other.language)
    if same is None:
        return Incomparable.LANGUAGE_UNKNOWN
    return None if same else Incomparable.OTHER_LANGUAGE
