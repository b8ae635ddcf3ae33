"""The reference pages say what the code, and the tested situations, say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def references() -> Any:
    """Return docs/references.py as a module."""
    spec = importlib.util.spec_from_file_location("references", DOCS / "references.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize("page", ["hooks", "checkers", "commands", "independence"])
def test_the_page_is_as_the_code_has_it(page: str) -> None:
    """A page that was written from older code fails; write it anew with: python docs/references.py"""
    assert (DOCS / f"{page}.md").read_text(encoding="utf-8") == getattr(references(), page)()


def test_the_schema_of_a_claim_is_as_the_records_have_it() -> None:
    """A field or word that was added to a record is in the schema; write it anew with: python docs/references.py"""
    found = references()
    assert found.SCHEMA.read_text(encoding="utf-8") == found.schema()


def test_every_field_has_a_meaning_and_every_meaning_a_field() -> None:
    """Whoever adds a field says what it is; what is said of a field that is gone goes too."""
    found = references()
    values = set(found._with_fields())
    fields = [(one, name, said) for one in values for name, _, said in found.fields_of(one)]
    assert [f"{one.__name__}.{name}" for one, name, said in fields if not said] == []
    names = {name for _, name, _ in fields}
    names |= {f"{base.__name__}.{name}" for one, name, _ in fields for base in one.__mro__}
    assert set(found.MEANINGS) - names == set()
    assert len(fields) > 300


def test_the_template_for_translators_has_every_word_of_the_pages() -> None:
    """Words of a page that were changed are in the template; write it anew with: python docs/references.py"""
    found = references()
    assert found.CATALOGUE.read_text(encoding="utf-8") == found.catalogue()
