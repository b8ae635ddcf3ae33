"""The example ledger: what it shows, and that anybody can build it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import store
from ledger.exchange import build_example
from ledger.model import Corroboration, Outcome
from ledger.store import queries

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built from the seeds in an empty folder."""
    path = tmp_path_factory.mktemp("example") / "ledger.db"
    assert build_example(path)
    return path


def test_the_committed_example_is_what_the_seeds_give(example: Path) -> None:
    """The ledger in the repository holds the same rows as one built from the seeds now."""
    assert store.same_content(ROOT / "ledger.db", example), "run: make demo, and commit ledger.db"


def test_building_it_again_writes_nothing(example: Path) -> None:
    """Where the example stands already, it is left untouched."""
    before = example.stat().st_mtime_ns
    assert not build_example(example)
    assert example.stat().st_mtime_ns == before


def test_another_ledger_is_never_written_over(factledger: Any, ledger_path: Path) -> None:
    """`demo` refuses a path where somebody's own ledger stands."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    before = ledger_path.read_bytes()
    done = factledger("demo")
    assert done.returncode == 5
    assert "left alone" in done.stderr
    assert ledger_path.read_bytes() == before


def test_it_shows_what_an_honest_ledger_shows(example: Path) -> None:
    """The story has claims of every kind: unknown, single, same origin, contradicted, without source."""
    with store.open_ledger(example) as ledger:
        claims = queries.rows(ledger.db, "claims")
        outcomes = {found.finding.outcome for found in queries.findings(ledger.db)}
    assert len(claims) >= 10
    assert {row["corroboration"] for row in claims} >= {
        Corroboration.INDEPENDENCE_UNKNOWN.value,
        Corroboration.SINGLE_ORIGIN.value,
        Corroboration.SAME_ORIGIN.value,
        Corroboration.CONTRADICTED.value,
        Corroboration.NONE.value,
    }
    assert outcomes >= {Outcome.FAIL, Outcome.WARN, Outcome.ABSTAIN}
    assert not [row for row in claims if row["corroboration"] == Corroboration.INDEPENDENT.value]


def test_it_is_one_quiet_file(example: Path) -> None:
    """The example has the role of one, no WAL, and verifies."""
    with store.open_ledger(example) as ledger:
        assert ledger.role == "example"
        assert ledger.db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert not example.with_name("ledger.db-wal").exists()


def test_demo_says_what_it_is_and_what_next(factledger: Any) -> None:
    """`demo` prints what is wrong and what would settle most on stdout, and where to go on to on stderr."""
    done = factledger("demo")
    assert done.returncode == 0
    assert "PROBLEM" in done.stdout
    assert "factledger correct article published=DATE" in done.stdout
    assert "that can't be told" in done.stderr
    for words in ("a person decides", "serve", "init --origin"):
        assert words in done.stderr
