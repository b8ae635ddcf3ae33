"""The public contract of a checker: what it is given, and what it gives back.

A checker is a pure function of a frozen `Dossier` (a claim and all it stands
on) and a `Context` (a clock and options). It has no database and no network,
and the same dossier always gives the same findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from .chain import Chain, Step
from .model import (
    Agent,
    Anchor,
    Capture,
    Claim,
    Evidence,
    Finding,
    Inquiry,
    Link,
    Outcome,
    Record,
    Relation,
    Source,
    Stance,
    Standing,
)

__all__ = ["Checker", "Context", "Dossier", "Finding", "Outcome"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen
class Context:
    """What a checker may know besides the dossier: the time of the run (aware, UTC) and its options."""

    now: datetime
    options: Mapping[str, Any] = NOTHING


@attrs.frozen(kw_only=True)
class Dossier:
    """A claim and everything it stands on, as the ledger holds it now.

    `sources` are those that carry its evidence, all that these come from, and
    the trail from where the evidence was seen; `links` are those between them.
    Evidence, inquiries and links that were retracted, and links that a
    person rejected, are left out. Sources stay in whatever became of them: ask
    `withdrawn`. Mappings go from uid to record.
    """

    claim: Claim
    standing: Standing = Standing.CURRENT
    reports: Claim | None = None
    reported_by: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    links: tuple[Link, ...] = ()
    captures: tuple[Capture, ...] = ()
    sources: Mapping[str, Source] = NOTHING
    agents: Mapping[str, Agent] = NOTHING
    withdrawn: Mapping[str, str] = NOTHING

    @property
    def subject(self) -> Claim:
        return self.claim

    @property
    def supporting(self) -> tuple[Evidence, ...]:
        return self._with(Stance.SUPPORTS)

    @property
    def contradicting(self) -> tuple[Evidence, ...]:
        return self._with(Stance.CONTRADICTS)

    def _with(self, stance: Stance) -> tuple[Evidence, ...]:
        return tuple(item for item in self.evidence if item.stance is stance)

    @property
    def quoted_evidence(self) -> tuple[QuotedEvidence, ...]:
        """Evidence that holds exact words; its `anchor` is never None."""
        return tuple(item for item in self.evidence if isinstance(item.anchor, Anchor))  # type: ignore[misc]

    def source(self, of: Evidence | str) -> Source:
        """Return the source that carries this evidence, or the source of this uid."""
        return self.sources[of if isinstance(of, str) else of.source]

    def seen_in(self, item: Evidence) -> Source:
        """Return where the evidence was found: another source, or the one that carries it."""
        return self.sources[item.seen_in or item.source]

    def agent(self, uid: str | None) -> Agent | None:
        return None if uid is None else self.agents.get(uid)

    def captures_of(self, source: Source) -> tuple[Capture, ...]:
        return tuple(capture for capture in self.captures if capture.source == source.uid)

    def owner(self, source: Source) -> Agent | None:
        """Return who answers for a source: the topmost owner of its publisher, else of its author."""
        agent = self.agent(source.publisher or source.author)
        seen: set[str] = set()
        while agent is not None and agent.part_of and agent.uid not in seen:
            seen.add(agent.uid)
            agent = self.agent(agent.part_of) or agent
        return agent

    @cached_property
    def chain(self) -> Chain:
        """The graph of sources: who takes content from whom. Replies are no part of it."""
        return Chain(
            Step(link.source, link.comes_from, link.relation.value) for link in self.links if link.relation.derives
        )

    def ties(self, relation: Relation) -> Iterator[Link]:
        """Yield the links of one relation."""
        return (link for link in self.links if link.relation is relation)


@attrs.frozen(kw_only=True)
class QuotedEvidence(Evidence):
    """Evidence whose `anchor` is there; for type checkers only, never made."""

    anchor: Anchor


class Checker:
    """Base of every checker: subclass it, name it, and write `check`."""

    name: ClassVar[str]
    version: ClassVar[int | str] = 1
    establishes: ClassVar[str]
    does_not_establish: ClassVar[str]

    def check(self, dossier: Dossier, context: Context) -> Iterable[Finding]:
        """Yield findings. Yielding none means "cannot tell", never "passed"."""
        raise NotImplementedError

    def passes(self, reason: str, **more: Any) -> Finding:
        """Return "no problem found", with the reason in words a reader understands."""
        return _finding(Outcome.PASS, reason, **more)

    def warns(self, reason: str, **more: Any) -> Finding:
        """Return "look": somebody should, and the reason says why."""
        return _finding(Outcome.WARN, reason, **more)

    def fails(self, reason: str, **more: Any) -> Finding:
        """Return "problem": what was checked does not hold."""
        return _finding(Outcome.FAIL, reason, **more)

    def abstains(self, reason: str, **more: Any) -> Finding:
        """Return "can't tell", with what is missing."""
        return _finding(Outcome.ABSTAIN, reason, **more)


def _finding(
    outcome: Outcome,
    reason: str,
    *,
    code: str = "",
    cites: Iterable[Record | str] = (),
    fix: str = "",
    details: Iterable[str] = (),
    measures: Mapping[str, int] = NOTHING,
    valid_until: str | None = None,
) -> Finding:
    """Return a finding.

    `cites` are records or their uids; `code` is a short stable word for
    machines; `fix` says what would settle it; `details` are lines for a reader
    who asks why; `measures` are named whole numbers.
    """
    return Finding(
        outcome=outcome,
        reason=reason,
        code=code,
        cites=tuple(dict.fromkeys(item if isinstance(item, str) else item.uid for item in cites)),
        fix=fix,
        details=tuple(details),
        measures=tuple(sorted(measures.items())),
        valid_until=valid_until,
    )
