"""Who cuts sentences, or reads figures or quotations, says in which language the text is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = {
    "beside", "check_numbers", "compare", "compare_numbers", "locate", "propose", "quantities", "quoted", "said_by",
    "sentences",
}  # fmt: skip
"""Functions of `ledger.text` and `ledger.desk` that read a text by its language, which is their last parameter."""

POSITION = {"quantities": 2, "quoted": 2, "sentences": 2}
"""How many arguments say it where it is not named: all that they take. Of the others three."""

SAYS_WHY = {
    "ledger/views/words.py": "a reason for a decision, written by the house, of which no language is recorded",
    "plugins/factledger-llm/factledger_llm/__init__.py": "words that a model repeats, held to one sentence",
}

FILES = sorted(
    path
    for folder in ("ledger", "plugins")
    for path in (ROOT / folder).rglob("*.py")
    if not {"tests", "benchmarks", ".venv", "scaffold"} & set(path.relative_to(ROOT).parts)
)


def readers_in(tree: ast.Module, name: str) -> set[str]:
    """Return which of the functions that are asked about a module takes from `ledger.text` or `ledger.desk`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            own = node.level > 0 and name.startswith(("ledger/text/", "ledger/desk/"))
            of_them = own or {"text", "desk"} & set((node.module or "").split("."))
            found |= {alias.name for alias in node.names if of_them and alias.name in ASKED}
    return found


def forgetting(name: str, written: str) -> list[str]:
    """Return the calls of a file that do not say the language, each with its line."""
    tree = ast.parse(written)
    known = readers_in(tree, name)
    return [
        f"{name}:{node.lineno}: {node.func.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known
        if not {"tag", "claim_tag"} & {one.arg for one in node.keywords}
        and len(node.args) < POSITION.get(node.func.id, 3)
    ]


def test_every_caller_says_the_language() -> None:
    """A reader that is not told the language takes English for granted, and reads "1.500" as one and a half."""
    files = {str(path.relative_to(ROOT)): path for path in FILES}
    found = {name: forgetting(name, path.read_text(encoding="utf-8")) for name, path in files.items()}
    assert [line for name, lines in found.items() if name not in SAYS_WHY for line in lines] == []


@pytest.mark.parametrize("name", SAYS_WHY)
def test_what_is_left_out_here_still_has_a_reason(name: str) -> None:
    """A file that says the language by now is no longer excused."""
    assert forgetting(name, (ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("call", ["sentences(text)", "compare(words, text)", "quoted(text[:9])"])
def test_a_caller_that_forgets_is_seen(call: str) -> None:
    """The search finds a call without the language, and none with it."""
    taken = f"from ..text import {call.partition('(')[0]}"
    assert forgetting("ledger/views/one.py", f"{taken}\n{call}")
    assert not forgetting("ledger/views/one.py", f"{taken}\n{call[:-1]}, tag=tag)")
