"""Where a claim comes from, entered at the command line: links for one claim, and origins that nobody has seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

STORY = """\
factledger: story/1
story: crates
title: Crates
agents:
  - {id: quay-post, name: Quay Post, kind: organisation}
  - {id: basin-news, name: Basin News, kind: organisation}
sources:
  - {id: wire, title: Crates counted, kind: wire_report}
  - {id: a, title: Nineteen crates, kind: article, publisher: quay-post}
  - {id: b, title: A ship unloads, kind: article, publisher: basin-news}
links:
  - {link: a cites wire, claim: blue}
claims:
  - {id: crates, text: Nineteen crates came off the ship., evidence: [{source: a}, {source: b}]}
  - {id: blue, text: The ship is blue., evidence: [{source: a}]}
"""


@pytest.fixture
def begun(factledger: Any, tmp_path: Path) -> None:
    (tmp_path / "crates.story.yaml").write_text(STORY, encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    assert factledger("import", "crates.story.yaml").returncode == 0


def rows(factledger: Any, kind: str) -> dict[str, Any]:
    return {row["id"]: row for row in json.loads(factledger("list", kind, "--json").stdout)}


def most(factledger: Any, claim: str) -> int:
    """Return how many sources of a claim could be independent, at most."""
    factledger("check", claim)
    count: int = rows(factledger, "claims")[claim]["independent_at_most"]
    return count


def test_a_story_says_for_which_claim_a_link_is(factledger: Any, begun: None) -> None:
    """`claim:` in a link of a story file is recorded, and the story can be entered again."""
    assert rows(factledger, "links")["a-cites-wire"]["claim"] == "blue"
    assert factledger("import", "crates.story.yaml").returncode == 0


def test_a_link_for_one_claim_leaves_the_others_alone(factledger: Any, begun: None) -> None:
    """`link --claim` joins two papers for that claim only."""
    factledger("link", "b", "cites", "wire", "--claim", "blue")
    assert most(factledger, "crates") == 2


def test_a_corrected_link_carries_another_claim(factledger: Any, begun: None) -> None:
    """`correct LINK claim=...` changes for which claim a link counts, and so does emptying it."""
    factledger("link", "b", "cites", "wire", "--claim", "crates")
    done = factledger("correct", "a-cites-wire", "claim=crates", "--because", "It is named for the crates.")
    assert done.returncode == 0, done.stderr
    assert most(factledger, "crates") == 1


def test_an_unknown_claim_of_a_link_is_refused(factledger: Any, begun: None) -> None:
    """A claim that is not there is named, and nothing is written."""
    done = factledger("link", "b", "cites", "wire", "--claim", "crate")
    assert done.returncode == 2
    assert "crates" in done.stderr
    assert set(rows(factledger, "links")) == {"a-cites-wire"}


def test_an_origin_that_nobody_saw_is_put_on_record(factledger: Any, begun: None) -> None:
    """`origin` makes a source of a wire by its name, and says that both have this claim from it."""
    done = factledger("origin", "Coastwire", "a", "b", "--claim", "crates")
    assert done.returncode == 0, done.stderr
    made = done.stdout.strip()
    assert rows(factledger, "sources")[made]["kind"] == "wire_report"
    assert {row["claim"] for row in rows(factledger, "links").values() if row["comes_from"] == made} == {"crates"}
    assert most(factledger, "crates") == 1


def test_an_origin_is_entered_once(factledger: Any, begun: None) -> None:
    """Who names the same origin for another source means the same origin."""
    first = factledger("origin", "Harbour memo", "a", "--kind", "document").stdout
    assert factledger("origin", "Harbour memo", "b", "--kind", "document").stdout == first


def test_an_official_is_an_origin_too(factledger: Any, begun: None) -> None:
    """What somebody said, unseen by us, is that person's statement."""
    made = factledger("origin", "Anna Holm", "a", "b", "--kind", "statement").stdout.strip()
    row = rows(factledger, "sources")[made]
    assert (row["kind"], row["author"], row["publisher"]) == ("statement", "anna-holm", None)
