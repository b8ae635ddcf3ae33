"""Copies that show in passages alone: nothing of either source is archived."""

from __future__ import annotations

import json
from typing import Any

PASSAGE = (
    "The harbour at Kestrel Bay was closed on Monday after a crane fell onto the quay, hurting four dock workers. "
    "Divers began to search the basin for a missing cable, and ships were sent to Orford, forty miles up the coast."
)


def test_two_papers_quoted_with_one_passage_are_one_origin(factledger: Any) -> None:
    """The link is detected and counts; a rejected one is not detected again when a passage is added."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "A crane fell onto the quay at Kestrel Bay.", "--id", "crane")
    for number, paper in enumerate(("post", "star"), 3):
        factledger("source", f"Report of the {paper}", "--id", paper, "--published", f"2031-05-0{number}", "--yes")
        factledger("evidence", "crane", paper, "--quote", PASSAGE)
    factledger("check")
    (link,) = json.loads(factledger("list", "links", "--json").stdout)
    assert (link["source"], link["relation"], link["comes_from"], link["state"]) == (
        "star",
        "reprints",
        "post",
        "detected",
    )
    assert json.loads(factledger("list", "claims", "--json").stdout)[0]["corroboration"] == "same_origin"
    factledger("settle", link["id"], "rejected", "--because", "Both printed our own release.")
    factledger("evidence", "crane", "star", "--quote", "Ships were sent to Orford.", "--id", "more")
    factledger("check")
    assert [one["state"] for one in json.loads(factledger("list", "links", "--json").stdout)] == ["rejected"]
