"""docs/executors.md: the example is an executor as it stands, and each recipe is a class of Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ledger import checks
from ledger.book import Book
from ledger.executor import Executor

PAGE = Path(__file__).parents[2] / "docs" / "executors.md"


@pytest.mark.long
def test_the_example_checks_as_it_stands(book: Book) -> None:
    """Written as the page has it, it does every partition, and a second run finds nothing new."""
    book.claim("The pier was closed in May.", id="pier")
    example, *recipes = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    made: dict[str, Any] = {}
    exec(compile(example, PAGE.name, "exec"), made)
    (executor,) = made["ledger_register_executors"]()
    assert isinstance(executor, Executor)
    options = {"workers": "1"}
    done = checks.check(book, plugins="factledger-checkers", executor=executor, options=options)
    assert done.called == 1 and checks.check(book, plugins="factledger-checkers", everything=True).changed == ()
    assert len(recipes) == 3
    for recipe in recipes:
        compile(recipe, PAGE.name, "exec")
