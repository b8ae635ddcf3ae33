"""The checker in plugins/ that asks the outside world: a distribution of its own, answered from an archived feed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2] / "plugins" / "factledger-published-checks"
FEED = "https://checks.example.org/feed.json"

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://facts.example.org/bridge",
    "datePublished": "2031-06-02",
    "claimReviewed": "The harbour bridge was closed in May",
    "author": {"@type": "Organization", "name": "Harbour Facts"},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}


@pytest.mark.long
def test_it_installs_passes_its_tests_and_finds_what_others_published(
    environment: Callable[[], Any], tmp_path: Path
) -> None:
    """Installed it says whom it asks, asks nobody by itself, and finds in a feed that was archived."""
    project = tmp_path / PROJECT.name
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    fresh = environment()
    assert "factledger_published_checks/__init__.py" in fresh.install(project)
    assert "8 passed" in fresh.pytest(project)
    assert "no word of a claim is sent" in " ".join(fresh.factledger("checkers", "published-checks").split())
    fresh.factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    fresh.factledger("add", "The harbour bridge closed in May.", "--id", "bridge")
    (policy,) = [path.with_suffix(".policy.toml") for path in fresh.folder.glob("*.db")]
    policy.write_text(f'[checkers.published-checks]\nfeeds = ["{FEED}"]\n', encoding="utf-8")
    assert fresh.findings("bridge", "published-checks") == []
    (asked,) = json.loads(fresh.factledger("check", "--online", "--explain", "--json"))
    assert asked == {"address": FEED, "checkers": "published-checks", "claims": 1}
    (fresh.folder / "feed.json").write_text(json.dumps(REVIEW), encoding="utf-8")
    fresh.factledger("source", "The feed, saved by hand", "--id", "feed", "--url", FEED)
    fresh.factledger("capture", "feed", "feed.json")
    fresh.factledger("check", "bridge", status=1)
    (finding,) = fresh.findings("bridge", "published-checks")
    assert (finding["outcome"], finding["code"]) == ("warn", "rated_false")
    assert finding["reason"].startswith("Harbour Facts published a fact-check on 2031-06-02 of “The harbour bridge")
