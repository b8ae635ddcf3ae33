"""What an article's suggestions are in the ledger already: people and sources by their names, claims by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from ..reader import (
    Article,
    Mention,
    Nature,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
    SuggestedSource,
)
from ..store import queries
from ..text import house_key
from .match import ALIKE, Match, matches


@attrs.frozen
class KnownName:
    """A record that a name may stand for: `sure` says that it has this very name, and no other record has it."""

    handle: str
    name: str
    sure: bool


def resolve(db: Any, names: Iterable[str], kind: str = "agent") -> dict[str, tuple[KnownName, ...]]:
    """Return what records of a kind ("agent", "source") each name may stand for, the surest first; none is left out.

    A record is meant by its name, whatever its letter case, its article and its form of company; an agent also by the
    last word of its name.
    """
    whole, last = defaultdict(list), defaultdict(list)
    for handle, name in queries.names(db, kind).items():
        whole[house_key(name)].append((handle, name))
        if kind == "agent":
            last[" ".join(name.split()[-1:]).casefold()].append((handle, name))
    found = {}
    for name in names:
        same = whole[house_key(name)]
        alike = last[name.split()[-1].casefold()] if len(name.split()) == 1 else []
        unsure = [pair for pair in alike if pair not in same]
        known = [KnownName(handle, each, len(same) == 1) for handle, each in same]
        known += [KnownName(handle, each, False) for handle, each in unsure]
        if known:
            found[name] = tuple(known)
    return found


def names_of(suggestions: Iterable[Suggested]) -> Iterator[str]:
    """Yield every name of a person, an organisation or a source that suggestions hold, each once."""
    names = dict.fromkeys(name for one in suggestions for name in _names(one))
    yield from names


def _names(one: Suggested) -> Iterator[str]:
    mentions: Sequence[Mention | None] = ()
    if isinstance(one, SuggestedClaim):
        mentions = one.voices
    elif isinstance(one, SuggestedInquiry):
        mentions = (one.asked, one.asked_by)
    elif isinstance(one, SuggestedAgent | SuggestedSource):
        yield one.name
    for mention in mentions:
        if mention is not None:
            yield mention.name


def recorded(db: Any, article: Article, claims: Iterable[SuggestedClaim]) -> dict[SuggestedClaim, Match]:
    """Return the claim of the ledger that each suggested one may be; only what can be checked is looked for."""
    found = {}
    for claim in claims:
        if claim.nature is Nature.FACTUAL:
            best = next(iter(matches(db, claim.content.of(article.text), most=1)), None)
            if best is not None and best.share >= ALIKE:
                found[claim] = best
    return found
