"""Is this claim in the ledger already? Those that share its words, in the order of the full-text index.

What is asked decides more than any re-ordering of what is found: see `ledger.text.terms`.
"""

from __future__ import annotations

from typing import Any

import attrs

from ..rules import LONGEST
from ..store import queries
from ..text import terms

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
    """Return the claims that share words with a text, rarer words counting for more; best first.

    Of a text that is longer than a claim may be, what comes after that is not asked for.
    """
    asked = terms(text[: LONGEST["text"]])
    wanted = term_keys(text)
    rows = queries.ranked_claims(db, [way for term in asked for way in term.written], most)
    return [Match(row["id"], row["text"], row["verdict"], share(wanted, term_keys(row["text"]))) for row in rows]


def term_keys(text: str) -> frozenset[str]:
    """Return the words of a claim that say, name or count something, as they are compared."""
    return frozenset(term.key for term in terms(text[: LONGEST["text"]]))


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how many of all the words of two claims are in both, from 0 to 1."""
    return len(one & other) / max(1, len(one | other))
