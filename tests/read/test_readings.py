"""Articles of many manners, each with its reading beside it: `python tests/read/update.py` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from reading import ARTICLES, kept, reading


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_an_article_reads_as_it_did(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed of an article is what somebody looked at and kept."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert reading(path) == kept(path).read_text(encoding="utf-8")
