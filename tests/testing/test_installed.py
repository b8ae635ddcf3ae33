"""A real run of an installed plugin, as an author asks for it in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from ledger.model import Outcome, Relation
from ledger.testing import Case, Expected, assert_found_when_installed

pytestmark = pytest.mark.long

FILE = '''
"""weasel: words that name nobody."""
from ledger import Checker, Setting, hookimpl


class Weasel(Checker):
    """Checks: whether a claim says who says so.
    Why it matters: what nobody said cannot be checked.
    Warns on: “Some say the bridge is shut.”
    Passes on: “Marta Quell says the bridge is shut.”
    """

    name = "weasel"
    version = 1
    establishes = "that the claim has none of the listed phrases"
    does_not_establish = "that whoever is named said it"
    settings = (Setting("words", ("some say",), "Phrases that name nobody"),)

    def check(self, dossier, context):
        for words in context.options.get("words", ("some say",)):
            if words in dossier.claim.text.casefold():
                yield self.warns(f"“{words}” names nobody.", code="nobody", cites=[dossier.claim])


@hookimpl
def ledger_register_checkers(config):
    return [Weasel()]
'''


@contextmanager
def loaded(file: Path, text: str) -> Iterator[Any]:
    """Write a plugin that is one file, and yield it as a module, as its author's test has it."""
    file.write_text(text, encoding="utf-8")
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = sys.modules[file.stem] = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules[file.stem]


@pytest.fixture
def weasel(tmp_path: Path) -> Iterator[Any]:
    """Return a checker of such a plugin."""
    with loaded(tmp_path / "weasel.py", FILE) as module:
        yield module.Weasel()


def case(text: str, *expect: Expected, **options: Any) -> Case:
    made = Case(text, id="bridge")
    made.expect, made.options = expect, options
    return made


WARNS = Expected(outcome=Outcome.WARN, code="nobody", cites=("bridge",))


def test_what_cases_expect_is_found_by_a_run(weasel: Any, tmp_path: Path) -> None:
    """With settings, archived copies and withdrawn sources: all that a case may hold enters the ledger."""
    archived = case("Some say the bridge is shut.", WARNS)
    archived.evidence(post := archived.source("Bridge shut", id="post"))
    archived.capture(post, "The bridge is shut, some say.")
    archived.withdraw(post, "Its author took it back.")
    cases = [archived, case("They say the bridge is shut.", WARNS, words=["they say"]), case("The bridge is shut.")]
    assert_found_when_installed(weasel, cases, plugins_dir=tmp_path)


def test_what_a_run_does_not_find_is_told_beside_what_it_finds(weasel: Any, tmp_path: Path) -> None:
    """Also where a case expects nothing, and something is found."""
    for wrong, found in (
        (case("The bridge is shut.", WARNS), "found     nothing more"),
        (case("Some say so."), "found     warn, code nobody, cites bridge: ““some say” names nobody.”"),
    ):
        with pytest.raises(AssertionError, match="a run does not find what it expects") as raised:
            assert_found_when_installed(weasel, [wrong], plugins_dir=tmp_path)
        assert found in str(raised.value)


def test_a_plugin_that_is_not_installed_is_told_with_what_to_do(weasel: Any, tmp_path: Path) -> None:
    """Neither an entry point nor a named folder leads to it; nor does a test pass that has no case."""
    (empty := tmp_path / "empty").mkdir()
    with pytest.raises(AssertionError, match="no entry point leads to weasel; python -m pip install -e"):
        assert_found_when_installed(weasel, [case("Some say so.", WARNS)])
    with pytest.raises(AssertionError, match=r"no file of .*empty is weasel; name its folder"):
        assert_found_when_installed(weasel, [case("Some say so.", WARNS)], plugins_dir=empty)
    with pytest.raises(AssertionError, match="there is no case"):
        assert_found_when_installed(weasel, [], plugins_dir=tmp_path)


def test_a_setting_that_is_refused_and_a_record_that_no_ledger_takes_are_named(weasel: Any, tmp_path: Path) -> None:
    """What a house could not write, and what nobody could enter, fails by the name of its case."""
    with pytest.raises(AssertionError, match=r"on the case “Some say so.”: .*word"):
        assert_found_when_installed(weasel, [case("Some say so.", WARNS, word=["x"])], plugins_dir=tmp_path)
    with pytest.raises(AssertionError, match="on the case “ ”: "):
        assert_found_when_installed(weasel, [case(" ")], plugins_dir=tmp_path)


LINKS = """
from ledger import Detector, Proposal, Relation, hookimpl


class SameAddress(Detector):
    name = "same-address"
    version = 1
    establishes = "nothing: a link that it proposes waits for a person"
    does_not_establish = "that two addresses lead to two works"

    def detect(self, dossier, context):
        for other in dossier.sources.values():
            if other.url == dossier.source.url and other.handle < dossier.source.handle:
                yield Proposal(
                    source=dossier.source.uid,
                    relation=Relation.REPRINTS,
                    comes_from=other.uid,
                    measure=f"both are at {other.url}",
                )


@hookimpl
def ledger_register_checkers(config):
    return [SameAddress()]
"""


def test_what_a_detector_proposes_in_a_run_is_compared_as_well(tmp_path: Path) -> None:
    """The links that the run records are the proposals that a case expects."""
    made = case(
        "The bridge was shut.",
        Expected(relation=Relation.REPRINTS, source="second", comes_from="first", measure_contains="both are at"),
    )
    for name in ("first", "second"):
        made.evidence(made.source("Bridge shut", id=name, url="https://post.example/bridge"))
    with loaded(tmp_path / "same_address.py", LINKS) as module:
        assert_found_when_installed(module.SameAddress(), [made], plugins_dir=tmp_path)
