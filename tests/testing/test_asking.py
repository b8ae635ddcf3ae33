"""Checkers that ask the outside world, put to the contract, the cases and the linter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import Checker, Context, Dossier, Finding
from ledger.testing import Case, assert_checker_contract, load_cases
from ledger.testing.lint.source import of_source

ADDRESS = "https://lists.example.org/closed.txt"


class Listed(Checker):
    """Checks: whether a list has the words of a claim.
    Why it matters: whoever keeps the list knows.
    Warns on: words that are not on it.
    Passes on: words that are.
    """

    name = "listed"
    version = 1
    network = "those who keep the list, for all of it"
    establishes = "that the words were on the list"
    does_not_establish = "that they are on it still"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        answer = dossier.ask(ADDRESS)
        if answer.data is None:
            yield self.abstains(answer.why, cites=[answer.record] if answer.record else [])
        elif dossier.claim.text.encode("utf-8", "replace") in answer.data:
            yield self.passes(f"It was on the list on {answer.at}.", cites=[answer.record] if answer.record else [])
        else:
            yield self.warns("It is not on the list.")


class Hopeful(Listed):
    """Checks: whether a list has the words of a claim.
    Why it matters: whoever keeps the list knows.
    Warns on: nothing.
    Passes on: whatever is not told otherwise.
    """

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        dossier.ask(ADDRESS)
        yield self.passes("Nothing speaks against it.")


class Trusting(Listed):
    """Checks: whether a list has the words of a claim.
    Why it matters: whoever keeps the list knows.
    Warns on: nothing.
    Passes on: a list that is UTF-8.
    """

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        answer = dossier.ask(ADDRESS)
        if answer.data is None:
            yield self.abstains(answer.why)
        else:
            yield self.warns(f"It has {len(answer.data.decode())} letters.")


class Elsewhere(Listed):
    """Checks: whether a list has the words of a claim.
    Why it matters: whoever keeps the list knows.
    Warns on: nothing.
    Passes on: nothing.
    """

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        yield self.abstains(dossier.ask("lists/closed.txt").why)


class Silent(Listed):
    """Checks: whether a list has the words of a claim.
    Why it matters: whoever keeps the list knows.
    Warns on: nothing.
    Passes on: nothing.
    """

    network = ""


def test_a_case_says_what_an_address_answers() -> None:
    """An answer of a case is given to the checker that asks, and its record may be cited."""
    case = Case("Mill Lane")
    assert [one.reason for one in case.findings(Listed())] == ["It was not asked yet."]
    answer = case.answer(ADDRESS, "Bridge\nMill Lane\n", at="2031-06-01T10:00:00Z")
    (finding,) = case.findings(Listed())
    assert answer.record is not None
    assert (finding.reason, finding.cites) == ("It was on the list on 2031-06-01T10:00:00Z.", (answer.record.uid,))
    case.answer(ADDRESS, why="The server says that there is no such page.")
    assert [one.reason for one in case.findings(Listed())] == ["The server says that there is no such page."]


def test_a_file_of_cases_says_it_too(tmp_path: Path) -> None:
    """What stands under `answer` in a file of cases is what the address answers."""
    about = '[[case]]\nname = "on it"\nclaim = { text = "Mill Lane" }\nexpect = [{ outcome = "pass" }]\n'
    file = tmp_path / "cases.toml"
    file.write_text(f'{about}[[case.answer]]\naddress = "{ADDRESS}"\ntext = "Mill Lane"\n')
    (case,) = load_cases(file)
    case.assert_expected(Listed())


@pytest.mark.long
def test_one_that_abstains_where_it_has_no_answer_keeps_the_contract() -> None:
    """Without an answer it passes nothing, and it takes answers that nobody expects."""
    case = Case("Mill Lane")
    case.answer(ADDRESS, "Mill Lane")
    assert_checker_contract(Listed(), [case])


@pytest.mark.long
@pytest.mark.parametrize(
    ("checker", "told"),
    [
        (Hopeful(), "it passes what it has no answer to; abstain where an answer has no data"),
        (Trusting(), "it raises UnicodeDecodeError"),
        (Elsewhere(), "'lists/closed.txt', which is no address; ask https://..."),
        (Silent(), 'a checker that asks says so: network = "what it asks, and whom"'),
    ],
    ids=["hopeful", "trusting", "elsewhere", "silent"],
)
def test_the_contract_tells_what_is_wrong(checker: Checker, told: str) -> None:
    """One that passes without an answer, breaks at a strange one, asks no address or does not say whom, is told so."""
    with pytest.raises(AssertionError) as caught:
        assert_checker_contract(checker, limit=None)
    assert told in str(caught.value)


def test_a_checker_that_imports_the_network_is_told(tmp_path: Path) -> None:
    """The line is named, with what to do; a module without a checker, such as an executor's, may import it."""
    file = tmp_path / "asks.py"
    for import_ in ("import socket", "from urllib.request import urlopen", "import requests"):
        file.write_text(f"{import_}\nfrom ledger import Checker\n\n\nclass Asks(Checker):\n    pass\n")
        slips = [slip for slip in of_source(file, hooks=False) if "asks the network" in slip.words]
        assert [(slip.line, "dossier.ask(...)" in slip.words) for slip in slips] == [(1, True)]
        file.write_text(f"{import_}\n")
        assert list(of_source(file, hooks=False)) == []
