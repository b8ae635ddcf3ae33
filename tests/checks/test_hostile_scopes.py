"""Strangers' plugins that misbehave at other places than one call: the others' findings stay what they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from ledger import checks
from ledger.book import Book
from ledger.checks import WorkerPool
from ledger.checks import pool as pools
from ledger.store import queries

pytestmark = pytest.mark.long

SAID = """
from ledger import Checker, Detector, GroupChecker, LedgerChecker, hookimpl

class Said:
    version = 1
    establishes = "that it was asked"
    does_not_establish = "anything else"
"""

REGISTER = """

@hookimpl
def ledger_register_checkers(config):
    return [Rude()]
"""


def rude(kind: str, *lines: str, first: str = "") -> str:
    """Return a plugin whose one checker, of this kind, has these lines in its class."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"{first}\n{SAID}\nclass Rude(Said, {kind}):\n    name = 'rude'\n{body}\n{REGISTER}"


def checking(*lines: str, first: str = "") -> str:
    """Return a plugin whose checker of claims does this, and then passes."""
    body = [f"    {line}" for line in (*lines, "yield self.passes('Done.')")]
    return rude("Checker", "def check(self, dossier, context):", *body, first=first)


FOR_EVER = "    while True: pass"

RUDE = {
    "hangs_in_import": "while True: pass",
    "hangs_while_registering": f"{SAID}\n@hookimpl\ndef ledger_register_checkers(config):\n{FOR_EVER}\n",
    "hangs_in_keys": rude(
        "GroupChecker", "def keys(self, claim):", FOR_EVER, "def check(self, group, context): return []"
    ),
    "hangs_in_a_group": rude(
        "GroupChecker", "def keys(self, claim): return ['all']", "def check(self, group, context):", FOR_EVER
    ),
    "hangs_over_the_ledger": rude("LedgerChecker", "def check(self, whole, context):", FOR_EVER),
    "hangs_in_a_batch": rude("Checker", "def check_many(self, dossiers, context):", FOR_EVER),
    "hangs_in_a_detector": rude("Detector", "def detect(self, dossier, context):", FOR_EVER),
    "gives_a_million_findings": checking("for _ in range(1_000_000): yield self.passes('Again.')"),
    "writes_over_its_input": checking(
        "object.__setattr__(dossier.claim, 'text', 'Forged.')", "object.__setattr__(dossier, 'evidence', ())"
    ),
    "patches_the_library": checking(
        first="import json, ledger.checker\njson.dumps = lambda *a, **k: 'forged'\n"
        "ledger.checker.Dossier.independence = property(lambda self: 1 / 0)"
    ),
    "writes_fifty_megabytes": checking(
        "for _ in range(50): os.write(1, b'x' * 1_000_000), os.write(2, b'x' * 1_000_000)", first="import os"
    ),
    "forks": checking("os.fork()", first="import os"),
    "kills_itself": checking("os.kill(os.getpid(), signal.SIGKILL)", first="import os, signal"),
    "kills_its_group": checking("os.killpg(0, signal.SIGKILL)", first="import os, signal"),
    "changes_its_surroundings": checking(
        "os.chdir('/'), os.environ.clear(), signal.signal(signal.SIGTERM, signal.SIG_IGN)", first="import os, signal"
    ),
    "closes_every_file": checking("os.closerange(0, 256)", first="import os"),
    "takes_all_memory": checking("kept = []", "while True: kept.append('x' * 50_000_000)"),
}
"""Plugins, and what they do."""

HARMLESS = {
    "writes_over_its_input",
    "patches_the_library",
    "writes_fifty_megabytes",
    "forks",
    "changes_its_surroundings",
}
"""What a run may let pass: it costs nobody but the plugin anything."""


NEVER_STARTS = {"hangs_in_import", "hangs_while_registering"}
"""Plugins of which no call is ever made: what stops them is the time that a worker may take to start."""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """Workers that stay from case to case: the one with the standard checkers sees all that the others do."""
    kept = WorkerPool(tmp_path_factory.mktemp("workers"), memory=2**30, policy="")
    yield kept
    kept.close()


@pytest.fixture
def claims(book: Book) -> Book:
    """Two claims on one source."""
    with book.together():
        speech = book.source("Speech at the harbour", author=book.agent("Marta Quell"))
        for name in ("ferry", "bridge"):
            book.evidence(book.claim(f"The {name} will run at night.", id=name), speech)
    return book


def others(book: Book) -> str:
    """What the standard checkers found, all of it but when it was recorded."""
    rows = [
        {name: value for name, value in row.items() if name not in ("run", "seq", "added")}
        for row in queries.rows(book.ledger.db, "findings", order="id")
        if row["checker"] != "rude" and row["subject"] != "ledger"
    ]
    return json.dumps(rows)


@pytest.mark.parametrize("name", RUDE)
def test_it_is_contained_recorded_and_explained(
    name: str, claims: Book, pool: WorkerPool, install: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends; the others found what they find without it; what it did to itself is a finding with a reason."""
    checks.check(claims, pool=pool)
    before = others(claims)
    install(name, RUDE[name])
    if name in NEVER_STARTS:
        monkeypatch.setattr(pools, "START_LIMIT", 3.0)
    checks.check(claims, everything=True, limit=1.0, pool=pool)
    assert others(claims) == before
    told = [row for row in queries.rows(claims.ledger.db, "findings") if row["checker"] in ("rude", name)]
    if name in HARMLESS:
        assert {row["outcome"] for row in told} <= {"pass", "error"}
    else:
        assert told, "nothing is said of it"
        assert {row["outcome"] for row in told} == {"error"}
        assert all(len(row["reason"]) > 10 for row in told)
