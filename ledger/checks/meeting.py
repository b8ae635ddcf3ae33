"""Which claims meet: those that share a key, or two by two those that share several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

MOST = 200
"""Claims of one group; what more of them share is a form of words, and to hold each against each would never end."""


@attrs.frozen(slots=False)
class Meeting:
    """The keys of claims (by handle), and in how many of them two claims must agree to meet."""

    keys: Mapping[str, Sequence[str]]
    shared: int = 1

    @cached_property
    def _members(self) -> Mapping[str, list[str]]:
        """Return key -> the claims that have it, in order."""
        members: dict[str, list[str]] = defaultdict(list)
        for claim in sorted(self.keys):
            for key in self.keys[claim]:
                members[key].append(claim)
        return members

    @cached_property
    def crowded(self) -> frozenset[str]:
        """The claims that would meet too many to be held against them."""
        crowds = Counter(claim for claims in self._members.values() if len(claims) > MOST for claim in claims)
        return frozenset(claim for claim, count in crowds.items() if count >= self.shared)

    def with_keys(self, keys: Iterable[str]) -> set[str]:
        """Return the claims that one with these keys meets, or would; itself may be among them."""
        met = Counter(claim for key in keys for claim in self._meeting_by(key))
        return {claim for claim, count in met.items() if count >= self.shared}

    def groups(self, claims: Iterable[str]) -> list[tuple[str, list[str]]]:
        """Return (key, claims) of every group that one of these is in; those of the same claims side by side."""
        found = self._two_by_two(claims) if self.shared > 1 else self._by_key(claims)
        return sorted(found, key=lambda group: (group[1], group[0]))

    def _meeting_by(self, key: str) -> Sequence[str]:
        members = self._members.get(key, ())
        return members if len(members) <= MOST else ()

    def _by_key(self, claims: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        for key in {key for claim in claims for key in self.keys.get(claim, ())}:
            if len(self._meeting_by(key)) > 1:
                yield key, self._members[key]

    def _two_by_two(self, claims: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        met = {tuple(sorted((claim, one))) for claim in claims for one in self.with_keys(self.keys.get(claim, ()))}
        return ((" ".join(pair), list(pair)) for pair in met if pair[0] != pair[1])
