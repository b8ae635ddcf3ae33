"""Formats go through one hook, ours and a stranger's: found by name or file, and a fault is one line with its name."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ..checks.conftest import install as install

CARDS = '''
"""A stranger's format: a card for each claim, a line each, `id: words`."""
from ledger import Claim, hookimpl
from ledger.format import Exchange, ImportItem


class Cards(Exchange):
    """Cards, out and in."""

    name = "cards"
    title = "index cards"
    carries = "the words of claims"
    loses = "everything else"
    media_type = "text/plain"
    suffixes = (".cards",)

    def write(self, extract):
        for checked in extract.claims:
            yield f"{checked.claim.handle}: {checked.claim.text}\\n"

    def read(self, document):
        for line in document.text().splitlines():
            name, _, text = line.partition(": ")
            if text:
                yield ImportItem(name=name, records=(Claim(uid=name, handle=name, text=text),))
            else:
                yield ImportItem(name=line, refused="It has no words.")


@hookimpl
def ledger_register_exchanges():
    return [Cards()]
'''


@pytest.fixture
def stranger(install: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a module as the plugin `cards`, which no test before has loaded."""
    monkeypatch.delitem(sys.modules, "cards", raising=False)
    return partial(install, "cards")


@pytest.fixture
def desk(factledger: Any) -> None:
    """A ledger with one decided claim."""
    for arguments in (
        ["init", "--origin", "desk.example", "--person", "Ana Roa"],
        ["add", "The pier was shut.", "--id", "pier", "--in", "Notice of the council"],
        ["review", "pier", "supported", "--because", "The notice says so."],
    ):
        assert factledger(*arguments).returncode == 0


def test_a_strangers_format_goes_the_way_of_ours(factledger: Any, desk: None, stranger: Any) -> None:
    """It is listed, written by its name, read by its suffix; what it refuses is told by name; again adds nothing."""
    stranger(CARDS)
    listed = json.loads(factledger("plugins").stdout)
    assert [one["formats"] for one in listed["plugins"] if one["name"] == "cards"] == [["cards"]]
    (card,) = (one for one in listed["formats"] if one["name"] == "cards")
    assert (card["plugin"], card["writes"], card["reads"], card["suffixes"]) == ("cards", True, True, [".cards"])
    assert factledger("export", "cards").stdout == "pier: The pier was shut.\n"
    Path("more.cards").write_text("tram: The tram is free.\nempty\n", encoding="utf-8")
    tried = factledger("import", "more.cards", "--dry-run")
    assert "1 of 2 items: added 1 claim; nothing is recorded" in tried.stderr and tried.returncode == 1
    done = factledger("import", "more.cards")
    assert "1 of 2 items: added 1 claim" in done.stderr and "Refused   empty: It has no words." in done.stderr
    assert "1 of 2 items: 1 there already" in factledger("import", "more.cards").stderr
    assert factledger("export", "cards", "tram").stdout == "tram: The tram is free.\n"


def test_a_name_of_ours_stays_ours(factledger: Any, desk: None, stranger: Any) -> None:
    """A plugin that calls its format as one of ours is told, and ours is asked."""
    stranger(CARDS.replace('name = "cards"', 'name = "records"'))
    assert factledger("export", "records").stdout.startswith('{"factledger": "records/1"')
    told = factledger("plugins")
    assert told.returncode == 4 and "Its exchange records has the name of factledger's own" in told.stderr


WRITES = "        for checked in extract.claims:\n"
READS = "        for line in document.text().splitlines():\n"


@pytest.mark.table
@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ("        raise RuntimeError('out of cards')\n", "RuntimeError: out of cards"),
        ("        import sys; sys.exit(3)\n", "SystemExit: 3"),
        ("        return 7\n", "TypeError"),
        ("        yield 7\n", "it gave int"),
        ("        yield None\n", "it gave NoneType"),
        ("        yield '\\ud800'\n", "UnicodeEncodeError"),
    ],
)
def test_a_fault_while_writing_is_one_line_and_no_file(
    factledger: Any, desk: None, stranger: Any, slip: str, says: str
) -> None:
    """Whatever a format does in the middle of a file, nothing of the file is there, and the line says whose it is."""
    begun = "" if "return" in slip else "        yield 'begun'\n"
    code = CARDS.replace('yield f"{checked', 'f"{checked') if "return" in slip else CARDS
    stranger(code.replace(WRITES, begun + slip + WRITES))
    done = factledger("export", "cards", "--out", "out.cards")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1), done.stderr
    assert "The format cards of cards 1 failed" in done.stderr and says in done.stderr
    assert not list(Path().glob("out.cards*"))


@pytest.mark.table
@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ("        raise RuntimeError('no card')\n", "RuntimeError: no card"),
        ("        yield 'a card'\n", "it gave str, which is no ImportItem"),
        ("        yield ImportItem(name='')\n", "it gave an item without a name"),
        ("        yield ImportItem(name='x', records=[1])\n", "no tuple of records"),
        ("        yield ImportItem(name='x', records=(1,))\n", "no tuple of records"),
        ("        yield ImportItem(name='x', refused=None)\n", "does not say in words what is refused"),
    ],
)
def test_a_fault_while_reading_leaves_nothing_behind(
    factledger: Any, desk: None, stranger: Any, slip: str, says: str
) -> None:
    """A format that breaks after its first item has brought nothing into the ledger."""
    first = "        yield ImportItem(name='one', records=(Claim(uid='u', handle='one', text='One.'),))\n"
    stranger(CARDS.replace(READS, first + slip + READS))
    Path("more.cards").write_text("tram: The tram is free.\n", encoding="utf-8")
    done = factledger("import", "more.cards")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1), done.stderr
    assert "The format cards of cards 1 failed" in done.stderr and says in done.stderr
    assert [row["id"] for row in json.loads(factledger("list").stdout)] == ["pier"]


@pytest.mark.table
@pytest.mark.parametrize(
    ("slip", "says"),
    [
        (("class Cards(Exchange)", "class Cards"), "which is no Exchange"),
        (('    loses = "everything else"\n', ""), "does not say its loses"),
        (('(".cards",)', '".cards"'), "needs suffixes such as"),
        (('"text/plain"', '"plain"'), "needs a media type"),
        (('name = "cards"', 'name = "My Cards"'), "needs a name such as"),
        (("def write(", "def writes("), ""),
        (("return [Cards()]", "return None"), "Registering its exchanges failed: Unfit: it returned None, not a list"),
    ],
)
def test_a_format_that_does_not_say_what_it_is_is_a_fault(
    factledger: Any, stranger: Any, slip: tuple[str, str], says: str
) -> None:
    """What is missing is said once, with the name of the plugin; others go on."""
    stranger(CARDS.replace(*slip))
    told = factledger("plugins")
    assert (says in told.stderr) and (told.returncode == 4) is bool(says)
    assert "prov" in {one["name"] for one in json.loads(told.stdout)["formats"]}


@pytest.mark.table
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export", "claimreveiw"], "There is no format 'claimreveiw'. Did you mean claimreview?"),
        (["export", "factchecktools"], "factchecktools is read, and not written. Try: factledger import FILE"),
        (["export", "claimreview"], "A ClaimReview says where it can be read. Add: --base-url"),
        (["export", "claimreview", "--base-url", "facts.example"], "'facts.example' is no web address"),
        (["export", "prov", "peir"], "There is no claim 'peir'. Did you mean pier?"),
        (["export", "prov", "--story", "harbour"], "No claim is of the story 'harbour'."),
        (["import", "a.json", "--format", "prov"], "prov is written, and not read."),
        (["import", "a.json", "--format", "hypothesis"], "There is no format 'hypothesis'."),
        (["import", "a.json"], "a.json: There is no such file."),
        (["import", "b.json"], "b.json: It is in no format that its name ends in"),
        (["import", "c.pdf"], "No format is read from such a file: .pdf."),
        (["import", "b.json", "--format", "csl"], "There is no list of references in it."),
        (["import", "b.json", "--format", "annotations"], "There are no annotations in it."),
        (["import", "b.json", "--format", "records"], "These are no records of factledger."),
        (["import", "d.json", "--format", "csl"], "d.json:2: This is not JSON"),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_line(factledger: Any, desk: None, arguments: list[str], says: str) -> None:
    """The line says what, where and what to do; nothing is written or recorded."""
    Path("b.json").write_text("{}", encoding="utf-8")
    Path("d.json").write_text("[\n{]", encoding="utf-8")
    before = factledger("export", "records").stdout
    done = factledger(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert says in done.stderr
    assert factledger("export", "records").stdout == before


def test_a_name_that_is_taken_is_not_written_over(factledger: Any, desk: None) -> None:
    """An export makes a new file or none."""
    Path("out.md").write_text("mine", encoding="utf-8")
    assert factledger("export", "markdown", "--out", "out.md").returncode != 0
    assert Path("out.md").read_text() == "mine"


def test_help_says_what_comes_through_and_what_does_not(factledger: Any) -> None:
    """Each format's own help has both lists, and `export --help` names every format of ours."""
    for name in ("claimreview", "datapackage", "prov", "sarif", "svg"):
        assert f"\n  {name} " in factledger("export", "--help").stdout
        told = factledger("export", name, "--help").stdout
        assert "Comes through: " in told and "Does not: " in told
