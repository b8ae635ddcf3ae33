"""Is this claim in the ledger already? Those that share most of its words, best first."""

from __future__ import annotations

from typing import Any

import attrs

from ..store import queries
from ..text import stems

CANDIDATES = 50
"""Claims that the full-text ranking gives to be compared word by word."""

ALIKE = 0.6
"""Of the words of two claims that say or name something, those in both, from which on one may be the other."""


@attrs.frozen
class Match:
    """A claim like a text: `share` is of all their words that say, name or count something, those in both (0 to 1)."""

    handle: str
    text: str
    verdict: str
    share: float


def matches(db: Any, text: str, *, most: int = 10) -> list[Match]:
    """Return the claims that share words with a text, most alike first; equals keep the order of the ranking."""
    wanted = stems(text)
    found = [
        Match(row["id"], row["text"], row["verdict"], len(wanted & words) / max(1, len(wanted | words)))
        for row in queries.ranked_claims(db, text, CANDIDATES)
        if (words := stems(row["text"])) & wanted
    ]
    return sorted(found, key=lambda one: -one.share)[:most]
