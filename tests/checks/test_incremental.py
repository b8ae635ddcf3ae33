"""After any change only what stands on it is checked again, and that is as good as checking everything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    rule,
    run_state_machine_as_test,
)

from ledger import book as books
from ledger import checks
from ledger.book import Book
from ledger.checks import WorkerPool
from ledger.errors import LedgerError
from ledger.log import Environment
from ledger.model import LinkState, Relation, Stance, Verdict
from ledger.store import queries

TITLES = ["Minutes", "Bulletin", "Log book"]
TOPICS = [None, "pier", "ferry"]
WORDS = ["It was late.", "It was on time.", "It never came."]


def machine(plugin: str, pool: WorkerPool, folder: Path) -> type[RuleBasedStateMachine]:
    """Whatever is entered, changed or taken back between runs, a full run finds nothing that the last one missed."""

    numbers = count()

    class Desk(RuleBasedStateMachine):
        sources, claims, agents, links, evidence = (
            Bundle(name) for name in ("sources", "claims", "agents", "links", "evidence")
        )

        @initialize()
        def begin(self) -> None:
            self.folder = folder / str(next(numbers))
            self.folder.mkdir()
            os.environ["FACTLEDGER_KEYS"] = str(self.folder)
            random = Random(7)
            self.now = datetime(2031, 5, 1, 9, tzinfo=UTC)
            self.number = 0
            self.book: Book = books.start(
                self.folder / "desk.db",
                origin="desk.example",
                person="Ana Roa",
                environment=Environment(lambda: self.now, random.randbytes),
            )

        def name(self, kind: str) -> str:
            self.number += 1
            return f"{kind}-{self.number}"

        @rule(target=agents, owner=st.none() | agents)
        def enter_agent(self, owner: str | None) -> str:
            name = self.name("agent")
            part_of = self.book.get(owner) if owner else None
            self.book.agent(f"Paper {name}", id=name, part_of=part_of)  # type: ignore[arg-type]
            return name

        @rule(target=sources, title=st.sampled_from(TITLES), publisher=st.none() | agents)
        def enter_source(self, title: str, publisher: str | None) -> str:
            name = self.name("source")
            self.book.source(title, id=name, publisher=self.book.get(publisher) if publisher else None)  # type: ignore[arg-type]
            return name

        @rule(target=claims, text=st.sampled_from(WORDS), topic=st.sampled_from(TOPICS), reports=st.none() | claims)
        def enter_claim(self, text: str, topic: str | None, reports: str | None) -> str:
            name = self.name("claim")
            about = self.book.get(reports) if reports else None
            self.book.claim(text, id=name, topic=topic, reports=about)  # type: ignore[arg-type]
            return name

        @rule(target=evidence, claim=claims, source=sources, seen_in=st.none() | sources, against=st.booleans())
        def enter_evidence(self, claim: str, source: str, seen_in: str | None, against: bool) -> str:
            name = self.name("evidence")
            self.book.evidence(
                self.book.get(claim),  # type: ignore[arg-type]
                self.book.get(source),  # type: ignore[arg-type]
                id=name,
                seen_in=self.book.get(seen_in) if seen_in and seen_in != source else None,  # type: ignore[arg-type]
                stance=Stance.CONTRADICTS if against else Stance.SUPPORTS,
            )
            return name

        @rule(target=links, source=sources, other=sources)
        def enter_link(self, source: str, other: str) -> str | None:
            name = self.name("link")
            if source == other:
                return self.name("nothing")
            self.book.link(self.book.get(source), Relation.CITES, self.book.get(other), id=name)  # type: ignore[arg-type]
            return name

        @rule(source=sources, title=st.sampled_from(TITLES))
        def rename_source(self, source: str, title: str) -> None:
            self._try(lambda: self.book.correct(source, {"title": title}, "It reads otherwise."))

        @rule(agent=agents)
        def rename_agent(self, agent: str) -> None:
            self._try(lambda: self.book.correct(agent, {"name": self.name("Paper")}, "It was renamed."))

        @rule(claim=claims, topic=st.sampled_from(["pier", "ferry", "weather"]))
        def move_claim(self, claim: str, topic: str) -> None:
            self._try(lambda: self.book.correct(claim, {"topic": topic}, "It belongs there."))

        @rule(item=evidence, claim=claims)
        def move_evidence(self, item: str, claim: str) -> None:
            self._try(lambda: self.book.correct(item, {"claim": claim}, "It belongs there."))

        @rule(link=links, source=sources)
        def move_link(self, link: str, source: str) -> None:
            self._try(lambda: self.book.correct(link, {"source": source}, "It was that one."))

        @rule(link=links)
        def reject_link(self, link: str) -> None:
            self._try(lambda: self.book.settle(link, LinkState.REJECTED, "It is not so."))

        @rule(record=consumes(evidence) | consumes(links) | sources | claims)
        def retract(self, record: str) -> None:
            self._try(lambda: self.book.retract(record, "It was wrong."))

        @rule(claim=claims)
        def decide(self, claim: str) -> None:
            self._try(lambda: self.book.review(self.book.get(claim), Verdict.SUPPORTED, "It is so."))  # type: ignore[arg-type]

        @rule(hours=st.sampled_from([1, 30]))
        def wait(self, hours: int) -> None:
            self.now += timedelta(hours=hours)

        @rule(claim=claims)
        def check_one(self, claim: str) -> None:
            checks.check(self.book, [claim], plugins=plugin, pool=pool)

        @rule()
        def check(self) -> None:
            outcomes = checks.check(self.book, plugins=plugin, pool=pool)
            assert outcomes.called <= len(outcomes.plan.claims)

        @rule()
        def check_and_compare(self) -> None:
            checks.check(self.book, plugins=plugin, pool=pool)
            full = checks.check(self.book, everything=True, plugins=plugin, pool=pool)
            assert full.changed == (), [(one.subject, one.checker) for one in queries.findings(self.book.ledger.db)]
            assert full.links == ()

        def _try(self, action: Callable[[], object]) -> None:
            with suppress(LedgerError):  # it was retracted before, or would be a link to itself
                action()

        def teardown(self) -> None:
            if hasattr(self, "book"):
                self.check_and_compare()
                self.book.ledger.close()
                shutil.rmtree(self.folder)

    return Desk


@pytest.mark.long
def test_what_changed_is_as_good_as_everything(four_kinds: str, pool: WorkerPool, tmp_path: Path) -> None:
    """However the ledger came to be, a full run after an incremental one has no news."""
    run_state_machine_as_test(
        machine(four_kinds, pool, tmp_path),
        settings=settings(
            max_examples=int(os.environ.get("FACTLEDGER_HISTORIES", "12")),
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
