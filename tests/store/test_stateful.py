"""Random stories against a simple model: the tables always say what was entered, and are what a replay gives."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from ledger import audit, store
from ledger import book as use_cases
from ledger.errors import InputError
from ledger.model import Claim, Source, Stance, Verdict
from ledger.store import queries
from ledger.store.file import in_memory
from ledger.store.project import Projector
from ledger.store.schema import PROJECTIONS

words = st.sampled_from(["bridge", "ferry", "toll", "harbour", "minutes", "council", "closed", "May"])
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)


@attrs.define
class Told:
    """What the model knows of a claim."""

    text: str
    standing: str = "current"
    verdicts: list[str] = attrs.field(factory=list)
    sources: dict[str, str] = attrs.field(factory=dict)  # evidence -> source, where it supports


class Story(RuleBasedStateMachine):
    """Claims, sources, evidence and verdicts come, are corrected, moved and taken back."""

    claims: Bundle[Claim] = Bundle("claims")
    sources: Bundle[Source] = Bundle("sources")
    evidence: Bundle[str] = Bundle("evidence")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        os.environ["FACTLEDGER_KEYS"] = self.folder.name
        self.book = use_cases.start(Path(self.folder.name) / "x.db", origin="desk.example", person="Ana Roa")
        self.told: dict[str, Told] = {}
        self.size = 2

    @rule(target=claims, text=texts)
    def claim(self, text: str) -> Claim:
        claim = self.book.claim(text)
        self.told[claim.handle] = Told(text)
        self.size += 1
        return claim

    @rule(target=sources, title=texts)
    def source(self, title: str) -> Source:
        self.size += 1
        return self.book.source(title)

    @rule(target=evidence, claim=claims, source=sources, stance=st.sampled_from(Stance))
    def stand(self, claim: Claim, source: Source, stance: Stance) -> str:
        item = self.book.evidence(claim, source, stance=stance)
        if stance is Stance.SUPPORTS:
            self.told[claim.handle].sources[item.handle] = source.handle
        self.size += 1
        return item.handle

    @rule(item=evidence, claim=claims)
    def move(self, item: str, claim: Claim) -> None:
        try:
            self.book.correct(item, {"claim": claim.handle}, "It is about the other one.")
        except InputError:
            return
        self.size += 1
        for told in self.told.values():
            source = told.sources.pop(item, None)
            if source is not None:
                self.told[claim.handle].sources[item] = source
                break

    @rule(item=consumes(evidence))
    def drop(self, item: str) -> None:
        self.book.retract(item, "It says something else.")
        self.size += 1
        for told in self.told.values():
            told.sources.pop(item, None)

    @rule(claim=claims, verdict=st.sampled_from([Verdict.SUPPORTED, Verdict.REFUTED]))
    def decide(self, claim: Claim, verdict: Verdict) -> None:
        self.book.review(claim, verdict, "So it is written.")
        self.told[claim.handle].verdicts.append(verdict.value)
        self.size += 1

    @rule(claim=claims, text=texts)
    def correct(self, claim: Claim, text: str) -> None:
        told = self.told[claim.handle]
        refused = told.standing == "retracted" or told.text == text
        try:
            self.book.correct(claim.handle, {"text": text}, "It was misread.")
        except InputError:
            assert refused
            return
        assert not refused
        told.text, told.standing = text, "corrected"
        self.size += 1

    @rule(claim=claims)
    def retract(self, claim: Claim) -> None:
        if self.told[claim.handle].standing == "retracted":
            with pytest.raises(InputError, match="already retracted"):
                self.book.retract(claim.handle, "Again.")
            return
        self.book.retract(claim.handle, "It was never said.")
        self.told[claim.handle].standing = "retracted"
        self.size += 1

    @rule(targets=(claims,), texts=st.lists(texts, min_size=2, max_size=3), fails=st.booleans())
    def together(self, texts: list[str], fails: bool) -> Any:
        made: list[Claim] = []
        try:
            with self.book.together():
                made += [self.book.claim(text) for text in texts]
                if fails:
                    self.book.claim(" ")
        except InputError:
            return multiple()
        self.told |= {claim.handle: Told(claim.text) for claim in made}
        self.size += len(made)
        return multiple(*made)

    @invariant()
    def the_tables_say_what_was_entered(self) -> None:
        db = self.book.ledger.db
        assert queries.head(db).size == self.size
        rows = {row["id"]: row for row in queries.rows(db, "claims")}
        assert rows.keys() == self.told.keys()
        for handle, told in self.told.items():
            row = rows[handle]
            assert row["text"] == told.text
            assert row["verdict"] == (told.verdicts[-1] if told.verdicts else "unchecked")
            assert row["sources"] == len(set(told.sources.values()))
            changed = told.standing == "corrected" or len(set(told.verdicts)) > 1
            usual = "corrected" if changed else "decided" if told.verdicts else "open"
            assert row["workflow"] == ("retracted" if told.standing == "retracted" else usual)

    @invariant()
    def the_tables_are_what_a_replay_gives(self) -> None:
        ledger = self.book.ledger
        fresh = in_memory(ledger.path)
        Projector(fresh).apply_all(queries.entries(ledger.db))
        for table in PROJECTIONS:
            query = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert ledger.db.execute(query).fetchall() == fresh.execute(query).fetchall()
        fresh.close()

    def teardown(self) -> None:
        assert audit.verify(self.book.ledger.path).problems == ()
        assert store.rebuild(self.book.ledger) == self.size
        assert audit.verify(self.book.ledger.path).problems == ()
        self.book.ledger.close()
        self.folder.cleanup()


TestStory = pytest.mark.long(Story.TestCase)
TestStory.settings = settings(max_examples=25, stateful_step_count=15)
