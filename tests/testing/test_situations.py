"""What every checker is asked about: the cases that a ledger may hold at its strangest."""

from __future__ import annotations

import attrs
import pytest

from ledger.model import Agent, Capture, Claim, Evidence, Inquiry, Link, Record, Source
from ledger.testing.situations import full, situations


@pytest.mark.parametrize("kind", [Agent, Source, Capture, Link, Claim, Evidence, Inquiry])
def test_the_full_case_has_every_field_of_every_record(kind: type[Record]) -> None:
    """Some record of each kind has each of its fields, so that no checker meets one for the first time in a ledger."""
    whole = full().whole()
    records = [record for field in attrs.fields(type(whole)) for record in getattr(whole, field.name)]
    for field in attrs.fields(kind):
        if not field.metadata.get("unlisted"):
            values = {repr(getattr(record, field.name)) for record in records if isinstance(record, kind)}
            assert values - {repr(None)}, field.name
            assert values - {repr(field.default)}, field.name


def test_every_case_has_a_name_of_its_own_and_two_claims() -> None:
    """A breach can be told by its case, and checkers of groups find claims that could meet."""
    cases = list(situations())
    assert len({str(case) for case in cases}) == len(cases)
    for case in cases:
        retracted = not case.dossier().standing.stands
        assert len(case.whole().claims) + retracted >= 2, str(case)


def test_the_cases_are_made_anew_each_time() -> None:
    """The same cases come again as other objects, so that no test meets what another did to them."""
    first, second = list(situations()), list(situations())
    assert [repr(case.whole()) for case in first] == [repr(case.whole()) for case in second]
    assert all(one.claim is not other.claim for one, other in zip(first, second, strict=True))
