"""The contract of a checker: a good one keeps it, and each way to break it is told in one sentence."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import (
    Checker,
    Claim,
    Context,
    Detector,
    Dossier,
    EnvironmentFault,
    Finding,
    Group,
    GroupChecker,
    LedgerChecker,
    Outcome,
    Proposal,
    Relation,
    SourceDossier,
    Whole,
    needs,
)
from ledger.dates import parse, words
from ledger.testing import Case, assert_checker_contract

ABOUT = """Checks: that every source has a date.
Why it matters: without one, nobody knows what came first.
Fails on: a source without a date,
    wherever it stands.
Passes on: dates.
"""


class Card:
    """What the checkers here say of themselves."""

    name = "undated"
    version = 1
    establishes = "that the sources have dates"
    does_not_establish = "that the dates are right"


class Undated(Card, Checker):
    __doc__ = ABOUT

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        for item in dossier.supporting:
            source = dossier.source(item)
            if source.published:
                yield self.passes("The source has a date.", cites=[item, source])
            else:
                until = context.now + timedelta(days=1)
                yield self.fails("The source has no date.", code="undated", cites=[source], valid_until=until)
        if not dossier.supporting:
            yield self.abstains("No source is on record.", details=["Nobody\nadded one."], measures={"sources": 0})


class Batched(Undated):
    __doc__ = ABOUT

    def check_many(self, dossiers: Any, context: Context) -> Any:
        return (list(self.check(dossier, context)) for dossier in dossiers)


class Twice(Card, GroupChecker):
    __doc__ = ABOUT

    def keys(self, claim: Claim) -> Iterator[str]:
        if claim.occurred and claim.occurred.strip():
            yield claim.occurred

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        yield self.warns("Two claims are about one day.", cites=group.claims)


class Counted(Card, LedgerChecker):
    __doc__ = ABOUT

    def check(self, whole: Whole, context: Context) -> Iterator[Finding]:
        yield self.passes(f"{len(whole.claims)} claims are on record.", cites=whole.sources)


class Namesakes(Card, Detector):
    __doc__ = ABOUT.replace("Fails on", "Proposes").replace("Passes on", "Leaves alone")

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        for uid, other in dossier.sources.items():
            if uid < dossier.source.uid and other.title == dossier.source.title:
                yield Proposal(
                    source=dossier.source.uid, relation=Relation.REPRINTS, comes_from=uid, measure="The same title."
                )


@pytest.mark.table
@pytest.mark.parametrize("kind", [Undated, Batched, Twice, Counted, Namesakes])
def test_a_good_checker_keeps_the_contract(kind: type) -> None:
    """A well-behaved checker of each kind passes, in a child process and in this one."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-03"))
    assert_checker_contract(kind(), [case])
    assert_checker_contract(kind(), [case], limit=None)


def breach(checker: Any, *cases: Case, limit: float | None = 5.0) -> str:
    """Return the sentence with which a checker fails the contract."""
    with pytest.raises(AssertionError) as raised:
        assert_checker_contract(checker, cases, limit=limit)
    said = str(raised.value)
    assert len(said.splitlines()) == 1
    assert said.endswith(".")
    return said


# -- what a checker says of itself --------------------------------------------

CARDS: dict[str, tuple[dict[str, Any], str]] = {
    "no_name": ({"name": None}, "its name is None; give it one of small letters"),
    "a_name_in_capitals": ({"name": "Undated Sources"}, "its name is 'Undated Sources'; give it one of small"),
    "no_version": ({"version": None}, "its version is None; count from 1"),
    "a_version_in_words": ({"version": "the second"}, "its version is 'the second'; count from 1"),
    "no_promise": ({"establishes": " "}, "its `establishes` is missing; say it in a phrase"),
    "no_limits": ({"does_not_establish": None}, "its `does_not_establish` is missing; say it in a phrase"),
    "a_promise_in_lines": ({"establishes": "this\nand that"}, "its `establishes` is no phrase; keep it to one line"),
    "a_full_stop": ({"establishes": "that all is well."}, "ends with a full stop; leave it out"),
    "no_docstring": ({"__doc__": None}, "its docstring lacks the part “Checks: ...”; write the four parts"),
    "three_parts": ({"__doc__": ABOUT.replace("Fails on", "Then")}, "its docstring lacks the part “Fails on: ...”"),
    "an_empty_part": ({"__doc__": ABOUT.replace(" dates.", "")}, "its docstring lacks the part “Passes on: ...”"),
    "another_order": (
        {"__doc__": "\n".join(reversed(ABOUT.replace(",\n    wherever", " wherever").splitlines()))},
        "its docstring lacks the part “Why it matters: ...”",
    ),
    "an_essay": ({"__doc__": ABOUT + "word " * 500}, "its docstring has more than 2,000 characters; shorten it"),
}


@pytest.mark.parametrize(("fields", "words"), CARDS.values(), ids=CARDS)
def test_a_card_that_is_not_well_formed_is_told(fields: dict[str, Any], words: str) -> None:
    """Each thing a checker fails to say of itself is a breach that names it."""
    assert words in breach(type("Odd", (Undated,), {"__doc__": ABOUT, **fields})())


def test_what_is_no_checker_is_told() -> None:
    """A class in place of an instance, a stranger's object, and a checker without its method are breaches."""
    assert "it is a class; give an instance: Undated()" in breach(Undated)
    assert "it is no checker; subclass Checker" in breach(object())
    for kind in (Checker, GroupChecker, LedgerChecker):
        bare = type("Bare", (Card, kind), {"__doc__": ABOUT, "keys": Twice.keys})
        assert "it has no method `check`; write it" in breach(bare())
    assert "it has no method `detect`" in breach(type("Bare", (Card, Detector), {"__doc__": ABOUT})())
    assert "it has no method `keys`" in breach(
        type("Bare", (Card, GroupChecker), {"__doc__": ABOUT, "check": Twice.check})()
    )


# -- what it answers -----------------------------------------------------------


def one(give: Callable[[Any, Dossier], Any]) -> Checker:
    """Return a checker that answers every dossier with one thing."""
    return type("Odd", (Undated,), {"__doc__": ABOUT, "check": lambda self, dossier, context: [give(self, dossier)]})()


def called(check: Callable[..., Any]) -> Checker:
    """Return a checker with this method."""
    return type("Odd", (Undated,), {"__doc__": ABOUT, "check": check})()


ANSWERS: dict[str, tuple[Callable[[Any, Dossier], Any], str]] = {
    "junk": (lambda me, d: "All is well.", "it gave a str for a finding; make findings with self.passes"),
    "an_error": (lambda me, d: Finding(Outcome.ERROR, "Odd."), "the outcome error is not a checker's to give"),
    "no_outcome": (lambda me, d: Finding("fine", "Odd."), "the outcome fine is not a checker's to give"),  # type: ignore[arg-type]
    "no_reason": (lambda me, d: me.passes(" "), "its reason is empty; say in one sentence"),
    "a_reason_that_is_none": (lambda me, d: me.passes(None), "its reason is empty; say in one sentence"),
    "a_reason_in_lines": (lambda me, d: me.passes("One.\nTwo."), "its reason runs over several lines; fold"),
    "a_coloured_reason": (lambda me, d: me.passes("\x1b[31mRed"), "its reason holds the control character U+001B"),
    "an_endless_reason": (lambda me, d: me.passes("z" * 2_001), "its reason has 2,001 characters; shorten"),
    "a_code_of_two_words": (lambda me, d: me.passes("Fine.", code="all well"), "its code is 'all well'; give machines"),
    "no_fix": (lambda me, d: me.passes("Fine.", fix=None), "its fix holds a NoneType; give text"),
    "a_number_for_detail": (lambda me, d: me.passes("Fine.", details=[7]), "its details holds a int; give text"),
    "a_coloured_detail": (lambda me, d: me.passes("Fine.", details=["\x07"]), "control character U+0007; leave it out"),
    "a_measure_in_parts": (lambda me, d: me.passes("Fine.", measures={"m": 0.5}), "it cannot be recorded (A float"),
    "no_cites": (lambda me, d: Finding(Outcome.PASS, "Fine.", cites=None), "its cites are no tuple; make findings"),  # type: ignore[arg-type]
    "a_list_cited": (lambda me, d: Finding(Outcome.PASS, "Fine.", cites=([],)), "it cites [], which it was not given"),  # type: ignore[arg-type]
    "measures_in_a_row": (lambda me, d: Finding(Outcome.PASS, "Fine.", measures=(7,)), "it cannot be recorded ("),  # type: ignore[arg-type]
    "endless_details": (lambda me, d: me.passes("Fine.", details=["z" * 60_000]), "at most 50,000 are taken"),
    "a_stranger_cited": (
        lambda me, d: me.passes("Fine.", cites=["nobody"]),
        "it cites 'nobody', which it was not given",
    ),
    "a_stranger_missing": (
        lambda me, d: me.warns("Look.", missing=[needs("capture", "nobody")]),
        "it misses something of 'nobody', which it was not given",
    ),
    "words_missing": (lambda me, d: me.warns("Look.", missing=["a source"]), "its missing holds a str; make each with"),
    "a_title_cited": (lambda me, d: me.passes("Fine.", cites=[d.claim.text]), "which it was not given; cite records"),
    "over_at_once": (
        lambda me, d: attrs.evolve(me.passes("Fine."), valid_until="2031-07-01T12:00:00.000000Z"),
        "its valid_until is not after the time of the run",
    ),
    "until_some_day": (
        lambda me, d: attrs.evolve(me.passes("Fine."), valid_until="soon"),
        "its valid_until is 'soon'; give an aware datetime",
    ),
}


@pytest.mark.parametrize(("give", "words"), ANSWERS.values(), ids=ANSWERS)
def test_a_finding_of_improper_form_is_told(give: Callable[[Any, Dossier], Any], words: str) -> None:
    """Each thing that a run would refuse in a finding is a breach, with the case and the remedy."""
    said = breach(one(give))
    assert words in said
    assert said.startswith("undated, on the case “a claim with nothing around it”: ")


def raising(self: Any, dossier: Dossier, context: Context) -> Iterator[Finding]:
    yield self.passes(f"The claim begins with {dossier.claim.text[0]}.")


def test_a_checker_that_raises_is_told_with_its_line() -> None:
    """What a checker raises on strange words is a breach that names the error, the file, the line and the case."""
    said = breach(called(raising))
    line = raising.__code__.co_firstlineno + 1
    assert said == (
        "undated, on the case “empty words”: it raises IndexError: string index out of range "
        f"(test_contract.py, line {line}); answer to whatever a ledger holds, and abstain where nothing can be told."
    )


def parsing(self: Any, dossier: Dossier, context: Context) -> Iterator[Finding]:
    yield self.passes(f"It happened {words(parse(dossier.claim.occurred or '2031'))}.")


def test_an_error_is_placed_in_the_checkers_own_file() -> None:
    """What a library raises is told with the line of the checker that called it."""
    line = parsing.__code__.co_firstlineno + 1
    assert f"(test_contract.py, line {line}); answer to whatever" in breach(called(parsing))


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda self, dossier, context: None, "it returns None; yield findings, or return a list of them"),
        (lambda self, dossier, context: iter(lambda: self.passes("Again."), None), "gives more than 1,000 findings"),
        (lambda self, dossier, context: [][1], "it raises IndexError: list index out of range"),
        (lambda self, dossier, context: exit(), "it raises SystemExit"),
    ],
    ids=["returns_none", "never_ends", "raises", "exits"],
)
def test_a_call_that_gives_no_findings_is_told(check: Any, words: str) -> None:
    """A method that returns nothing, everything or an error is a breach."""
    assert words in breach(called(check))
    assert words in breach(called(check), limit=None)


def writing_to_the_claim(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    object.__setattr__(dossier.claim, "text", dossier.claim.text.strip() + "!")
    return [self.passes("Fine.")]


def test_a_checker_that_changes_what_it_is_given_is_told() -> None:
    """Writing to a record is a breach, whether Python refuses it or not."""
    assert "it changes what it was given; work on a copy" in breach(called(writing_to_the_claim))

    def assigning(self: Any, dossier: Dossier, context: Context) -> None:
        dossier.claim.text = "Something else."  # type: ignore[misc]

    assert "FrozenInstanceError" in breach(called(assigning))


# -- the same again ------------------------------------------------------------


def test_a_checker_that_remembers_is_told() -> None:
    """Findings that change from one call to the next, by memory or by chance, are a breach."""

    class Counting(Undated):
        __doc__ = ABOUT
        calls = 0

        def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
            self.calls += 1
            yield self.passes(f"This is call {self.calls}.")

    again = "it says something else when asked again; keep nothing between calls"
    assert again in breach(Counting())
    by_chance = one(lambda me, d: me.passes(f"It is {random.random()}."))
    assert "it takes something at random" in breach(by_chance)
    assert again in breach(by_chance, limit=None)


def test_a_checker_that_keeps_its_first_answer_is_told() -> None:
    """A checker whose answer was that to an earlier question is found out by the batch in another order."""

    class Stuck(Undated):
        __doc__ = ABOUT

        def check_many(self, dossiers: Any, context: Context) -> Any:
            found = [list(self.check(dossier, context)) for dossier in dossiers]
            return [found[0]] * len(found)

    assert "check_many finds something else than check does; let no dossier see the others" in breach(Stuck())


def test_a_batch_with_too_few_answers_is_told() -> None:
    """check_many that leaves a dossier without an answer is a breach that counts them."""

    class Lazy(Undated):
        __doc__ = ABOUT

        def check_many(self, dossiers: Any, context: Context) -> Any:
            return [self.check(dossier, context) for dossier in dossiers[1:]]

    assert re.search(r"check_many gives (\d+) answers to (\d+) dossiers; give one for each", breach(Lazy()))


def test_a_checker_that_looks_at_the_first_record_is_told() -> None:
    """Findings that depend on the order in which records come are a breach."""

    def first(self: Any, dossier: Dossier, context: Context) -> Iterator[Finding]:
        for item in dossier.evidence[:1]:
            yield self.passes(f"The first source is “{' '.join(dossier.source(item).title.split())}”.", cites=[item])

    assert "when the same records come in another order; sort them" in breach(called(first))


def test_naming_the_same_things_in_another_order_is_no_breach() -> None:
    """A reason may name things in the order of the records, as long as it names the same."""

    def named(self: Any, dossier: Dossier, context: Context) -> Iterator[Finding]:
        yield self.passes(f"Seen: {', '.join(item.handle for item in dossier.evidence)}.", cites=dossier.evidence)

    assert_checker_contract(called(named), limit=None)


SETS = '''
from ledger import Checker

class Sets(Checker):
    """{about}"""

    name = "sets"
    establishes = "nothing"
    does_not_establish = "anything"

    def check(self, dossier, context):
        words = {{"bridge", "harbour", "ferry", "pier", "lighthouse", "quay"}}
        yield self.passes(f"Words: {{', '.join({order}(words))}}.")
'''


@pytest.mark.parametrize("order", ["list", "sorted"])
def test_the_order_of_a_set_is_told(order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence made from an unsorted set changes between processes, and is a breach; a sorted one is none."""
    (tmp_path / f"sets_{order}.py").write_text(SETS.format(about=ABOUT, order=order), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    checker = import_module(f"sets_{order}").Sets()
    if order == "sorted":
        assert_checker_contract(checker)
    else:
        assert "in another interpreter, folder, language and time zone; sort what comes from a set" in breach(checker)


def test_a_checker_that_needs_what_a_test_set_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that breaks off in a fresh interpreter is a breach that says how."""
    code = SETS.format(about=ABOUT, order="sorted").replace("words = ", "READY[0]; words = ") + "\nREADY = []\n"
    (tmp_path / "unready.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = import_module("unready")
    module.READY.append(True)
    assert "it breaks off in a fresh interpreter (IndexError: list index out of range)" in breach(module.Sets())


# -- its time and its place ------------------------------------------------------


def spinning(self: Any, dossier: Dossier, context: Context) -> None:
    while True:
        with suppress(BaseException):
            time.sleep(0)


def backtracking(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    return [self.passes("Fine.")] if re.match(r"(a+)+$", "a" * 60 + "b") is None else []


@pytest.mark.parametrize("check", [spinning, backtracking])
def test_a_checker_that_hangs_is_killed_and_told(check: Any) -> None:
    """A loop that swallows everything, and a regular expression that never comes back, end in a breach."""
    began = time.monotonic()
    said = breach(called(check), limit=0.5)
    assert time.monotonic() - began < 10
    assert "it takes longer than 0.5 seconds; look for a loop without an end, or a regular expression" in said


def test_a_system_that_cannot_watch_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be forked, the contract asks for limit=None rather than to be taken for kept."""
    monkeypatch.delattr(os, "fork")
    with pytest.raises(EnvironmentFault, match=r"Use Linux or macOS, or limit=None\."):
        assert_checker_contract(Undated())
    assert_checker_contract(Undated(), limit=None)


def test_a_checker_that_ends_the_process_is_told() -> None:
    """A checker that ends or kills its process is a breach, and the tests go on."""
    assert "it ends the process (exit 9)" in breach(called(lambda self, dossier, context: os._exit(9)))
    assert "it ends the process (exit 0)" in breach(called(lambda self, dossier, context: os._exit(0)))


def looks_up(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    with suppress(OSError):
        socket.getaddrinfo("desk.example", 443)
    return [self.passes("Fine.")]


def connects(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    socket.socket().connect(("127.0.0.1", 9))
    return []


def writes(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    Path("notes.txt").write_text("A note.")
    return []


def starts(self: Any, dossier: Dossier, context: Context) -> list[Finding]:
    subprocess.run(["true"])
    return []


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (looks_up, "it asks the network for a name; answer from the dossier and the context alone"),
        (connects, "it opens a network connection"),
        (writes, "it writes a file"),
        (starts, "it starts a process"),
    ],
)
def test_a_checker_that_reaches_out_is_told(
    check: Any, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network, files and programs are refused to a checker under test, and a breach even if it swallows that."""
    monkeypatch.chdir(tmp_path)
    assert words in breach(called(check))
    assert not list(tmp_path.iterdir())


# -- checkers of groups, and detectors ---------------------------------------------

KEYS: dict[str, tuple[Callable[..., Any], str]] = {
    "one_text": (lambda self, claim: "bridge", "its keys are one text, each letter a key; yield the key instead"),
    "no_text": (lambda self, claim: [None], "one of its keys is no text"),
    "by_chance": (lambda self, claim: [str(random.random())], "a claim has other keys when asked again"),
    "endless": (lambda self, claim: iter(lambda: "bridge", None), "a claim has more than 1,000 keys"),
    "raising": (lambda self, claim: [claim.occurred.strip()], "it raises AttributeError: 'NoneType' object"),
}


@pytest.mark.parametrize(("keys", "words"), KEYS.values(), ids=KEYS)
def test_keys_that_nothing_can_meet_under_are_told(keys: Callable[..., Any], words: str) -> None:
    """Each way to give no proper keys is a breach."""
    assert words in breach(type("Odd", (Twice,), {"__doc__": ABOUT, "keys": keys})())


def test_a_group_or_a_whole_is_looked_at_as_closely_as_a_claim() -> None:
    """Checkers of groups and of the whole ledger are held to what they cite, too."""
    for kind in (Twice, Counted):
        odd = type("Odd", (kind,), {"__doc__": ABOUT, "check": lambda self, *given: [self.passes("Odd.", cites=["x"])]})
        assert "it cites 'x', which it was not given" in breach(odd())


def proposing(**fields: Any) -> Detector:
    """Return a detector that makes one proposal for each source, with some fields of its own."""

    def detect(self: Any, dossier: SourceDossier, context: Context) -> Iterator[Any]:
        other = next((uid for uid in dossier.sources if uid != dossier.source.uid), None)
        if other:
            given = {"source": dossier.source.uid, "relation": Relation.CITES, "comes_from": other, "measure": "Odd."}
            yield Proposal(
                **{**given, **{key: given[value] if value == "source" else value for key, value in fields.items()}}
            )

    return type("Odd", (Namesakes,), {"__doc__": ABOUT, "detect": detect})()


PROPOSALS: dict[str, tuple[dict[str, Any], str]] = {
    "independence": (
        {"relation": Relation.INDEPENDENT_OF},
        "propose how content travels: only a person declares independence",
    ),
    "no_relation": ({"relation": "copies"}, "it proposes copies; propose how content travels"),
    "nobody": ({"comes_from": "nobody"}, "it names 'nobody', which is no source that stands"),
    "itself": ({"comes_from": "source"}, "it proposes a link that is not of this source to another"),
    "a_list": ({"source": []}, "it names [], which is no source that stands"),
    "no_measure": ({"measure": ""}, "its measure is empty"),
    "no_note": ({"note": None}, "its note is no text"),
}


@pytest.mark.parametrize(("fields", "words"), PROPOSALS.values(), ids=PROPOSALS)
def test_a_proposal_of_improper_form_is_told(fields: dict[str, Any], words: str) -> None:
    """Each thing that a run would refuse in a proposal is a breach; the same detector without it keeps the contract."""
    assert words in breach(proposing(**fields))


def test_a_detector_that_gives_findings_is_told() -> None:
    """A detector that gives anything but proposals is a breach."""
    odd = type("Odd", (Namesakes,), {"__doc__": ABOUT, "detect": lambda self, *given: [self.passes("Odd.")]})
    assert "it gave a Finding for a proposal; yield Proposal(" in breach(odd())


def test_the_cases_of_the_author_are_asked_too() -> None:
    """A checker that breaks only on an author's case, with its options, breaks the contract by that case's name."""

    def check(self: Any, dossier: Dossier, context: Context) -> Iterator[Finding]:
        if "ferry" in dossier.claim.text:
            yield self.passes(context.options["ferry"])

    case = Case("The ferry runs.", name="a ferry")
    assert "on the case “a ferry”: it raises KeyError: 'ferry'" in breach(called(check), case)
    case.options = {"ferry": "It runs."}
    assert_checker_contract(called(check), [case], limit=None)
