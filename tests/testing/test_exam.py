"""A checker's exam: faults found and missed, false alarms, abstentions, each counted apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger import Checker, Context, Detector, Dossier, Finding, Outcome
from ledger.testing import Case, ExamResult, exam


class Capitals(Checker):
    """Warns of claims in capitals, cannot tell of those without letters."""

    name = "capitals"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        text = dossier.claim.text
        if not any(letter.isalpha() for letter in text):
            yield self.abstains("There is no letter.")
        elif text.isupper():
            yield self.warns("All in capitals.")
        elif "maybe" in text:
            yield self.fails("Odd.")
        else:
            yield self.passes("Fine.")


def test_four_things_are_counted_apart() -> None:
    """Of what was missed and what was no fault the names are told; whoever cannot tell is neither right nor wrong."""
    result = exam(
        Capitals(),
        [Case("SHUT."), Case("Shut!", name="missed"), Case("7")],
        [Case("Open."), Case("Open, maybe.", name="alarmed"), Case("1"), Case("2")],
    )
    assert result == ExamResult(found=1, missed=1, false_alarms=1, quiet=1, abstained=3, wrong=("missed", "alarmed"))
    assert str(result) == "faults found: 1 of 2; false alarms: 1 of 2; abstained: 3"


def test_what_an_alarm_is_can_be_said() -> None:
    """Where only a problem counts, what somebody should look at is no alarm."""
    result = exam(Capitals(), [Case("SHUT.")], [Case("OPEN.")], alarms=frozenset({Outcome.FAIL}))
    assert (result.found, result.missed, result.false_alarms, result.quiet) == (0, 1, 0, 1)


def test_a_detector_has_no_exam() -> None:
    """It makes proposals; the error says how to count those."""
    with pytest.raises(TypeError, match="count them with"):
        exam(Detector(), [], [])
