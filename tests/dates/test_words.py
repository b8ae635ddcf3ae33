"""Dates as a reader sees them, and the package's public face."""

from __future__ import annotations

import doctest

import pytest

import ledger.dates
from ledger.dates import parse, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-05-02", "2 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        ("2025-05-XX", "a day in May 2025"),
        ("2025-XX-XX", "a day in 2025"),
        ("2025-XX", "a month in 2025"),
        ("202X", "the 2020s"),
        ("20XX", "the years 2000 to 2099"),
        ("2025-21", "spring 2025"),
        ("2025-24~", "about winter 2025"),
        ("XXXX-05-02", "2 May, year not given"),
        ("XXXX-05-XX", "a day in May, year not given"),
        ("XXXX-05%", "about May, uncertain, year not given"),
        ("2025-05~", "about May 2025"),
        ("2025?", "2025, uncertain"),
        ("2025-05-02T14:03:00Z", "2 May 2025, 14:03 UTC"),
        ("2025-05-02T14:03:09+02:00", "2 May 2025, 14:03:09 UTC+02:00"),
        ("2025-02/2025-05", "between February and May 2025"),
        ("2025-05-02/2025-05-04", "between 2 and 4 May 2025"),
        ("2025-04-30/2025-05-04", "between 30 April and 4 May 2025"),
        ("2024-12/2025-02", "between December 2024 and February 2025"),
        ("2024/2025", "between 2024 and 2025"),
        ("2025-04~/2025-06?", "between about April 2025 and June 2025 (uncertain)"),
        ("XXXX-05-02/XXXX-05-04", "between 2 and 4 May, year not given"),
        ("2025-04/..", "from April 2025 on"),
        ("../2025-04", "until April 2025"),
        ("2025-04/", "from April 2025, end unknown"),
        ("/2025-04", "until April 2025, start unknown"),
        ("[2025-05-02,2025-05-03]", "2 or 3 May 2025"),
        ("[2025-05-02,2025-05-03,2025-05-09]", "2, 3 or 9 May 2025"),
        ("[2025-04,2025-05]", "April or May 2025"),
        ("[2025-05-02,2025-06]", "2 May 2025 or June 2025"),
        ("[2025-05-03,XXXX-05-02]", "3 May 2025 or 2 May (year not given)"),
        ("[2025-05-02..2025-05-04]", "between 2 and 4 May 2025"),
        ("[2024,2025-05..]", "2024 or May 2025 or later"),
        ("[..2024]", "2024 or earlier"),
    ],
)
def test_words(text: str, expected: str) -> None:
    """Each form has plain words, and what dates share is said once."""
    assert words(parse(text)) == expected


def test_the_package_example_runs() -> None:
    """The example that introduces the package gives what it says."""
    result = doctest.testmod(ledger.dates)
    assert result.attempted and not result.failed


def test_public_names() -> None:
    """What is exported is sorted, and is what is there."""
    names = list(ledger.dates.__all__)
    assert names == sorted(names)
    assert all(hasattr(ledger.dates, name) for name in names)
