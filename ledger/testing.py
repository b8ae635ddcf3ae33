"""For tests of checkers: a dossier built by hand, and what a checker says of it.

    case = Case("The bridge was closed in May.", occurred="2031-05")
    paper = case.source("Harbour Post", published="2031-06-01")
    case.evidence(paper, basis=Basis.WITNESS)
    findings = case.findings(MyChecker())

Records are made without a ledger; nothing is validated, so that a case may
also hold what no ledger would take.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from .checker import Checker, Context, Dossier
from .model import Agent, Capture, Claim, Evidence, Finding, Link, Record, Relation, Source

R = TypeVar("R", bound=Record)

NOW = datetime(2031, 7, 1, 12, tzinfo=UTC)
"""The time of a test's run, unless it gives another."""


class Case:
    """A claim with what it stands on; each method adds a record and returns it."""

    def __init__(self, text: str, **fields: Any) -> None:
        self._records: list[Record] = []
        self._withdrawn: dict[str, str] = {}
        self.claim = self._add(Claim(uid=self._uid("claim"), handle="claim", text=text, **fields))

    def agent(self, name: str, **fields: Any) -> Agent:
        return self._add(Agent(uid=self._uid("agent"), handle=self._uid("agent"), name=name, **_uids(fields)))

    def source(self, title: str, **fields: Any) -> Source:
        return self._add(Source(uid=self._uid("source"), handle=self._uid("source"), title=title, **_uids(fields)))

    def link(self, source: Source, relation: Relation, comes_from: Source, **fields: Any) -> Link:
        uid = self._uid("link")
        return self._add(
            Link(uid=uid, handle=uid, source=source.uid, relation=relation, comes_from=comes_from.uid, **fields)
        )

    def evidence(self, source: Source, **fields: Any) -> Evidence:
        uid = self._uid("evidence")
        return self._add(Evidence(uid=uid, handle=uid, claim=self.claim.uid, source=source.uid, **_uids(fields)))

    def withdraw(self, source: Source, reason: str) -> None:
        """Say that a source was retracted."""
        self._withdrawn[source.uid] = reason

    def dossier(self) -> Dossier:
        """Return the dossier as it stands."""
        return Dossier(
            claim=self.claim,
            evidence=self._of(Evidence),
            links=self._of(Link),
            captures=self._of(Capture),
            sources=MappingProxyType({source.uid: source for source in self._of(Source)}),
            agents=MappingProxyType({agent.uid: agent for agent in self._of(Agent)}),
            withdrawn=MappingProxyType(dict(self._withdrawn)),
        )

    def findings(self, checker: Checker, *, now: datetime = NOW, **options: Any) -> list[Finding]:
        """Return what a checker says of this case."""
        return list(checker.check(self.dossier(), Context(now, MappingProxyType(options))))

    def _uid(self, kind: str) -> str:
        return f"{kind}-{len(self._records)}"

    def _add(self, record: R) -> R:
        self._records.append(record)
        return record

    def _of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(record for record in self._records if isinstance(record, kind))


def _uids(fields: dict[str, Any]) -> dict[str, Any]:
    """A record given for a field stands for its uid."""
    return {name: value.uid if isinstance(value, Record) else value for name, value in fields.items()}
