"""A ledger as a newsroom has it after years: stories, people, wire reports, questions, decisions, corrections.

    with fill(path, claims=20_000) as book: ...

It is the ledger of benchmarks/checking.py (two pieces of evidence for each claim, ten claims to two sources), to which
come what pages show besides: who claims what, in which story, who was asked, what was decided and corrected, and one
agency's file that carries a word on nearly half of all claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import attrs
from checking import TOGETHER, story

from ledger import book as use_cases
from ledger import store
from ledger.book import Book
from ledger.store import Draft, queries

CLAIMANTS = 50
"""Claims that one person makes."""

TOLD = 200
"""Claims of one story."""

TOPICS = ("harbours", "budget", "ferries", "cranes", "tolls", "night work", "storm damage")
VERDICTS = ("supported",) * 6 + ("refuted", "refuted", "conflicting", "not_enough_evidence", "not_checkable")
STATES = ("awaiting", "answered", "declined", "no_answer", "not_found")


def fill(path: Path, claims: int) -> Book:
    """Return a new ledger at the path with so many claims, most of them decided, none of them checked."""
    book = use_cases.start(path, origin="desk.example", person="Ana Roa")
    actor, waiting = queries.first(book.ledger.db).actor, list[Draft]()
    for draft in _told(book.ledger, claims):
        waiting.append(draft)
        if len(waiting) == TOGETHER:
            store.append(book.ledger, waiting, actor=actor)
            waiting = []
    store.append(book.ledger, waiting, actor=actor)
    with book.together():
        for number in range(0, claims, 40):
            book.correct(f"claim-{number}", {"occurred": "2031-05-01"}, "A reader sent us the log of the pier.")
        for number in range(20, claims, 200):
            book.retract(f"claim-{number}", "It names no pier that there is.")
    return book


def _told(ledger: store.Ledger, claims: int) -> Iterator[Draft]:
    uid, random = ledger.environment.uid, Random(19)
    wire, agency, desk = uid(), uid(), uid()
    yield Draft("agent.add", agency, {"handle": "agency", "name": "Coast Agency", "kind": "organisation"})
    yield Draft("agent.add", desk, {"handle": "desk", "name": "Ben Okafor"})
    yield Draft("source.add", wire, {"handle": "wire", "title": "The agency's file of May", "author": agency})
    number, claimant = -1, ""
    for draft in story(ledger, claims):
        if draft.kind != "claim.add":
            if draft.kind == "evidence.add" and str(draft.body["handle"]).endswith("-1"):
                draft = attrs.evolve(draft, body={**draft.body, "speaker": claimant, "stake": "participant"})
            yield draft
            continue
        number += 1
        if number % CLAIMANTS == 0:
            claimant = uid()
            yield Draft("agent.add", claimant, {"handle": f"person-{number}", "name": f"Harbour master {number}"})
        told = {
            "claimant": claimant,
            "topic": random.choice(TOPICS),
            "story": f"The piers of district {number // TOLD}",
        }
        yield attrs.evolve(draft, body={**draft.body, **told})
        yield from _besides(ledger, number, draft.subject, claimant, wire, desk, random)


def _besides(
    ledger: store.Ledger, number: int, claim: str, claimant: str, wire: str, desk: str, random: Random
) -> Iterator[Draft]:
    uid = ledger.environment.uid
    if number % 16 < 7:
        body = {
            "handle": f"wire-{number}",
            "claim": claim,
            "source": wire,
            "stance": random.choice(("supports", "context")),
        }
        yield Draft("evidence.add", uid(), {**body, "basis": "told", "reliability": random.choice("ABC")})
    if number % 10 == 3:
        body = {"handle": f"asked-{number}", "claim": claim, "asked": claimant, "asked_by": desk}
        asked = {"question": f"Since when is pier {number} shut?", "asked_on": "2031-05-04"}
        yield Draft("inquiry.add", uid(), {**body, **asked, "state": random.choice(STATES)})
    if number % 10 < 7:
        body = {"handle": f"decided-{number}", "claim": claim, "verdict": random.choice(VERDICTS)}
        yield Draft("review.add", uid(), {**body, "reasons": "The log of the pier says so.", "reviewer": desk})
