"""Titles of office at the command line: the date that the words count from, and the house's own table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ARTICLE = """An offer of help

Norland heard that former U.S. President Donald Trump had offered help. "No," said Mayor Marta Quell.
"""
HOLDERS = """office,place,name,start,end,checked
Mayor,Kestrel Bay,Marta Quell,2026-01-01,,2026-05-01
"""


@pytest.fixture
def begun(factledger: Any, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0
    words = ("--quote", "former U.S. President Donald Trump had offered help")
    added = factledger("add", "Help was offered.", "--id", "offer", "--seen-in", "article.txt", *words)
    assert added.returncode == 0, added.stderr


def test_a_former_president_who_is_in_office_is_found_once_the_date_is_known(factledger: Any, begun: None) -> None:
    """Without a date or a year it cannot be told; with a reference date it is a problem, in one sentence."""
    title = "“former U.S. President Donald Trump”"
    assert f"{title}: “An offer of help” has no date." in factledger("check", "offer").stdout
    factledger("correct", "an-offer-of-help", "published=XXXX-05-02", "--because", "It speaks of 2 May.")
    assert f"{title}: no year is given for 2 May." in factledger("check", "offer").stdout
    factledger("correct", "an-offer-of-help", "reference_date=2025-05-02", "--because", "The print has the year.")
    checked = factledger("check", "offer")
    assert checked.returncode == 1
    assert (
        f"{title}: Donald Trump was president of the United States on 2 May 2025 (from 20 January 2025)."
        in checked.stdout
    )


def test_a_source_entered_with_its_reference_date_is_checked_at_once(factledger: Any, begun: None) -> None:
    """A claim in a source that has no file is held to that source's date."""
    factledger("source", "A leaflet", "--id", "leaflet", "--reference-date", "2023-05-02")
    factledger("add", "Former President Donald Trump spoke.", "--id", "spoke", "--in", "A leaflet")
    told = factledger("check", "spoke").stdout
    assert "office" in told.split("NO PROBLEM")[1]


def test_the_houses_table_lies_beside_its_policy(factledger: Any, begun: None, tmp_path: Path) -> None:
    """Its rows are used in the worker, and a row that cannot be used is named by its line and what is wrong with it."""
    (tmp_path / "holders.csv").write_text(HOLDERS, encoding="utf-8")
    (tmp_path / "desk.toml").write_text('[lists]\noffice-holders = "holders.csv"\n', encoding="utf-8")
    factledger("source", "A letter", "--id", "letter", "--published", "2026-02-03")
    factledger("add", "Former Mayor Quell said no.", "--id", "no", "--in", "A letter")
    told = factledger("check", "no", "--policy", "desk.toml").stdout
    assert "“Former Mayor Quell”: Marta Quell was mayor of Kestrel Bay on 3 February 2026" in told
    (tmp_path / "holders.csv").write_text(HOLDERS + "Mayor,Kestrel Bay,Ana Roa,soon,2027,\n", encoding="utf-8")
    told = factledger("check", "no", "--policy", "desk.toml").stdout
    assert "Line 3 of the table of office holders has a start that is no date: soon." in told
