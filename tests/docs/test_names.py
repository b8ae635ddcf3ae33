"""One name has one meaning (docs/adr/0022)."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import ledger.chain
import ledger.dates
import ledger.text
import ledger.timeline

ROOT = Path(__file__).parents[2]

TWICE: dict[str, str] = {}
"""Class names that two modules have, each with the reason why both keep it."""


def classes() -> dict[str, list[str]]:
    """Return class name, without a leading underscore -> the files that have one at their top."""
    found = defaultdict(list)
    for part in ("ledger", "plugins"):
        for path in sorted((ROOT / part).rglob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    found[node.name.lstrip("_")].append(str(path.relative_to(ROOT)))
    return found


def test_a_class_name_stands_for_one_thing() -> None:
    """Whoever searches a name finds what it means, once."""
    taken = classes()
    assert len(taken) > 300
    assert {name: places for name, places in taken.items() if len(places) > 1 and name not in TWICE} == {}
    assert all(len(taken[name]) > 1 for name in TWICE), "a reason is given for a name that is taken once"


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        (ledger.text, "State", "AnchorState"),
        (ledger.chain, "State", "IndependenceState"),
        (ledger.dates, "Kind", "ExpressionKind"),
        (ledger.timeline, "Network", "TemporalNetwork"),
    ],
)
def test_an_old_public_name_is_answered_with_the_new_one(module: object, old: str, new: str) -> None:
    """A plugin that was written before goes on, and is told."""
    with pytest.warns(DeprecationWarning, match=new):
        assert getattr(module, old) is getattr(module, new)


def test_a_name_that_never_was_is_none() -> None:
    """What is renamed answers old names only."""
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        ledger.text.Nonsense  # noqa: B018
