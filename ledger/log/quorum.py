"""Which witnesses must have signed a checkpoint for it to count: a trust policy (c2sp.org/tlog-policy).

    log <verifier key> [<url>]
    witness <name> <verifier key> [<url>]
    group <name> all|any|<k> <name>...
    quorum <name>|none

A line names only what stands above it, and each name is a member of one group at most: so every witness counts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import attrs

from .key import Malformed, VerifierKey

NONE = "none"
MOST = 1000
"""Logs, witnesses and groups of a policy together."""

_THRESHOLD = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@attrs.frozen
class Party:
    """A log or a witness: its key, what the policy calls it, and where it answers (empty: not said)."""

    name: str
    key: VerifierKey
    url: str = ""


@attrs.frozen
class WitnessGroup:
    """Witnesses and groups of which at least so many must have signed."""

    name: str
    least: int
    members: tuple[str, ...]


@attrs.frozen
class Quorum:
    """A trust policy: the logs it is for, the witnesses, and how many of which must have signed."""

    logs: tuple[Party, ...]
    witnesses: tuple[Party, ...]
    groups: tuple[WitnessGroup, ...]
    name: str

    def met(self, signed: Collection[str]) -> bool:
        """Return whether the witnesses of these names are enough."""
        holds = {NONE} | {one.name for one in self.witnesses if one.name in signed}
        for group in self.groups:  # each names only what stands above it
            if sum(member in holds for member in group.members) >= group.least:
                holds.add(group.name)
        return self.name in holds

    @classmethod
    def read(cls, text: str) -> Quorum:
        """Return the policy that a text spells; raise Malformed, placed by its line, if it spells none."""
        return _QuorumReader().read(text)


class _QuorumReader:
    """A policy, line by line."""

    def __init__(self) -> None:
        self._logs: list[Party] = []
        self._witnesses: list[Party] = []
        self._groups: list[WitnessGroup] = []
        self._quorum: str | None = None
        self._names = {NONE}
        self._members = {NONE}

    def read(self, text: str) -> Quorum:
        rules: dict[str, tuple[Callable[..., None], range]] = {
            "log": (self._log, range(1, 3)),
            "witness": (self._witness, range(2, 4)),
            "group": (self._group, range(3, MOST)),
            "quorum": (self._quorum_is, range(1, 2)),
        }
        for number, line in enumerate(text.split("\n"), 1):
            words = re.split(r"[ \t]+", line.strip(" \t"))
            rule, counts = rules.get(words[0], (None, range(0)))
            try:
                if _CONTROL.search(line):
                    raise Malformed("A witness policy holds no control character.", hint="Lines end with LF alone.")
                if words == [""] or words[0].startswith("#"):
                    continue
                if rule is None or len(words) - 1 not in counts:
                    raise Malformed("This is no line of a witness policy.", hint="They begin: " + ", ".join(rules))
                rule(*words[1:])
                if len(self._logs) + len(self._names) > MOST:
                    raise Malformed(f"A witness policy names at most {MOST}.")
            except Malformed as error:
                raise Malformed(error.message, where=f"line {number}", hint=error.hint) from None
        if self._quorum is None:
            raise Malformed("This witness policy has no quorum.", hint="Its last line is: quorum NAME")
        return Quorum(tuple(self._logs), tuple(self._witnesses), tuple(self._groups), self._quorum)

    def _log(self, key: str, url: str = "") -> None:
        found = VerifierKey.read(key)
        self._logs.append(Party(found.name, self._fresh(found, self._logs, witness=False), url))

    def _witness(self, name: str, key: str, url: str = "") -> None:
        found = self._fresh(VerifierKey.read(key), self._witnesses, witness=True)
        self._witnesses.append(Party(self._named(name), found, url))

    def _group(self, name: str, least: str, first: str, *more: str) -> None:
        members = (first, *more)
        for member in members:
            if member not in self._names:
                raise Malformed(f"{member!r:.80} is not named above.")
            if member in self._members:
                raise Malformed(f"{member!r:.80} is in a group already, or is none.")
            self._members.add(member)
        count = {"any": 1, "all": len(members)}.get(least, int(least) if _THRESHOLD.fullmatch(least) else 0)
        if not 1 <= count <= len(members):
            raise Malformed(f"Of {len(members)} members, {least!r:.20} cannot be asked for.")
        self._groups.append(WitnessGroup(self._named(name), count, members))

    def _quorum_is(self, name: str) -> None:
        if self._quorum is not None or name not in self._names:
            raise Malformed("A quorum is said once, and names what stands above it.")
        self._quorum = name

    def _named(self, name: str) -> str:
        if name in self._names:
            raise Malformed(f"{name!r:.80} is named twice.")
        self._names.add(name)
        return name

    @staticmethod
    def _fresh(key: VerifierKey, before: Collection[Party], *, witness: bool) -> VerifierKey:
        if key.algorithm.is_of_witness is not witness:
            raise Malformed(f"The key of {key.name} is of another kind.")
        if any(key.public == one.key.public for one in before):
            raise Malformed(f"The key of {key.name} stands there twice.")
        return key
