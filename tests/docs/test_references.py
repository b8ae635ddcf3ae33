"""The reference pages say what the code, and the tested situations, say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["hooks", "checkers", "commands", "independence"])
def test_the_page_is_as_the_code_has_it(page: str) -> None:
    """A page that was written from older code fails; write it anew with: python docs/references.py"""
    spec = importlib.util.spec_from_file_location("references", DOCS / "references.py")
    assert spec is not None
    assert spec.loader is not None
    references = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(references)
    assert (DOCS / f"{page}.md").read_text(encoding="utf-8") == getattr(references, page)()
