"""What all checkers of this package have in common, put to whatever a ledger may hold."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from itertools import islice
from random import Random
from types import MappingProxyType
from typing import Any

import attrs
import click
import pytest
from factledger_checkers import ledger_register_checkers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import (
    AgentKind,
    Basis,
    Checker,
    Context,
    Dossier,
    Finding,
    InquiryState,
    LinkState,
    Outcome,
    Relation,
    SourceKind,
    Stake,
    Stance,
)
from ledger.checker import Finder
from ledger.cli import factledger
from ledger.testing import Case, assert_checker_contract

EVERY = ledger_register_checkers({})
CHECKERS = [one for one in EVERY if isinstance(one, Checker)]
EARLIER = ("corroboration", "date-order")
"""Checkers whose fixes name a command without its arguments."""

LONGEST = 400
"""Characters of a reason: it is a line of a table."""

OFTEN = settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "[withheld]", "[sealed]", "", " ", "\n\t\x00\x1b[31m", "The \u202eegdirb\u202c", "“Ferry”",
            "İ ß Ⅷ ½ 🌉 پل\u200cها",
            "Some analysts warn of the first night ferry.", "{0} %s \\1 <b> ' \" $(ls)",
            "officials say " * 40, "e\u0301" * 90,
            "In 2022 former U.S. President Donald Trump met President-elect Joe Biden, the president of Acme.",
            "It is the most secure bridge, at most, never before.", "x" * 300,
        ]
    ),
)  # fmt: skip
DATES = st.one_of(
    st.sampled_from(
        ["2031-05-02", "2031-05~", "XXXX-05-02", "2031-05/..", "9999-12-31", "0000", "May", "", "[withheld]"]
    ),
    st.text("0123456789-XT:Z/.~? ", max_size=14),
)
TIMES = st.sampled_from(
    ["2031-05-02T10:00:00Z", "2020-01-01T00:00:00+02:00", "2031-05-02", "9999-12-31T23:59:59Z", "x"]
)
LANGUAGES = st.sampled_from(["en", "es", "en-GB", "EN", "tlh-Latn", "", "[withheld]"])
URLS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "https://www.satire.example/a",
            "http://[x",
            "https://doi.org/10.1234/ab",
            "https://web.archive.org/web/1/http://",
        ]
    ),
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case of up to some twenty records, with whatever may be missing missing."""
    case = Case(draw(WORDS), said=draw(maybe(DATES)), occurred=draw(maybe(DATES)))
    agents = [case.agent(draw(WORDS), kind=draw(st.sampled_from(AgentKind))) for _ in range(draw(st.integers(0, 3)))]
    agent = maybe(st.sampled_from(agents)) if agents else st.none()
    for one in list(agents):
        if draw(st.booleans()):
            agents.append(case.agent(draw(WORDS), part_of=one))
    sources = [
        case.source(
            draw(WORDS),
            kind=draw(st.sampled_from(SourceKind)),
            author=draw(agent),
            publisher=draw(agent),
            published=draw(maybe(DATES)),
            language=draw(maybe(LANGUAGES)),
            url=draw(maybe(URLS)),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    if draw(st.booleans()):
        case.reports(draw(WORDS))
    if draw(st.booleans()):
        case.reported_by(draw(WORDS))
    for _ in range(draw(st.integers(0, 3))):
        case.inquiry(
            draw(WORDS),
            asked=draw(agent),
            searched=draw(maybe(WORDS)),
            asked_on=draw(maybe(DATES)),
            deadline=draw(maybe(DATES)),
            state=draw(st.sampled_from(InquiryState)),
        )
    if not sources:
        return case
    some = st.sampled_from(sources)
    for _ in range(draw(st.integers(0, 4))):
        case.capture(draw(some), draw(maybe(WORDS)), taken_at=draw(maybe(TIMES)))
    for _ in range(draw(st.integers(0, 6))):
        state = draw(st.sampled_from([LinkState.DECLARED, LinkState.DETECTED, LinkState.CONFIRMED]))
        one, other = draw(some), draw(some)
        relation = draw(st.sampled_from(Relation))
        if relation.derives or one is not other:
            case.link(one, relation, other, state=state, note="Seen apart.")
    for _ in range(draw(st.integers(0, 6))):
        case.evidence(
            draw(some),
            seen_in=draw(maybe(some)),
            stance=draw(st.sampled_from(Stance)),
            quote=draw(maybe(WORDS)),
            language=draw(maybe(LANGUAGES)),
            speaker=draw(agent),
            basis=draw(st.sampled_from(Basis)),
            stake=draw(st.sampled_from(Stake)),
            named=draw(maybe(st.booleans())),
            unnamed_because=draw(maybe(WORDS)),
            original=draw(maybe(WORDS)),
        )
    for source in sources:
        if draw(st.integers(0, 5)) == 0:
            case.withdraw(source, draw(WORDS))
    rows = draw(
        st.lists(st.dictionaries(st.sampled_from(["url", "doi", "name", "title", "why", ""]), URLS), max_size=3)
    )
    if draw(st.booleans()):
        case.policy = attrs.evolve(case.policy, lists=MappingProxyType({"listed-sources": tuple(rows)}))
    return case


def answers(checker: Checker, dossier: Dossier, context: Context) -> list[Finding]:
    return list(islice(checker.check(dossier, context), 100))


def turned(dossier: Dossier, random: Random) -> Dossier:
    """Return the same records in another order."""

    def mixed(records: Any) -> Any:
        if isinstance(records, MappingProxyType):
            return MappingProxyType(dict(mixed(tuple(records.items()))))
        return tuple(random.sample(records, len(records)))

    names = ("evidence", "inquiries", "links", "captures", "sources", "agents", "reported_by", "withdrawn")
    return attrs.evolve(dossier, **{name: mixed(getattr(dossier, name)) for name in names})


def uids(dossier: Dossier) -> set[str]:
    """Return every record of a dossier."""
    records = (dossier.claim, dossier.reports, *dossier.reported_by, *dossier.evidence, *dossier.inquiries)
    others = (*dossier.links, *dossier.captures, *dossier.sources.values(), *dossier.agents.values())
    return {record.uid for record in (*records, *others) if record is not None}


@pytest.mark.table
@pytest.mark.parametrize("finder", EVERY, ids=lambda finder: finder.name)
def test_every_checker_keeps_the_contract(finder: Finder) -> None:
    """What a plugin's author is asked to keep, these keep too, whatever their kind: in time, and elsewhere."""
    assert_checker_contract(finder)


@given(case=cases())
@OFTEN
@pytest.mark.long
def test_there_is_always_something_to_read(case: Case) -> None:
    """Whatever is recorded, a checker says something: one line, a sentence, of records that it was given."""
    dossier = case.dossier()
    known = uids(dossier)
    for checker in CHECKERS:
        found = answers(checker, dossier, case.context(checker))
        assert found, checker.name
        for finding in found:
            assert readable(finding), (checker.name, finding)
            assert finding.cites and set(finding.cites) <= known, (checker.name, finding)
            assert finding.code and finding.outcome is not Outcome.ERROR, (checker.name, finding)


def readable(finding: Finding) -> bool:
    """Return whether a reason is one short line that ends as a sentence does, and its details say something."""
    plain = finding.reason.replace("\u200c", "").replace("\u200d", "")
    sentence = plain.isprintable() and bool(re.search(r"\w", plain)) and plain.endswith(".")
    return sentence and len(plain) <= LONGEST and all(line.strip() for line in finding.details)


@given(case=cases(), random=st.randoms(use_true_random=False))
@OFTEN
def test_the_order_of_entry_changes_nothing(case: Case, random: Random) -> None:
    """The same records in another order are found to say the same, and are left as they were."""
    dossier = case.dossier()
    before, other = repr(dossier), turned(dossier, random)
    for checker in CHECKERS:
        context = case.context(checker)
        found, again = answers(checker, dossier, context), answers(checker, other, context)
        if checker.name in EARLIER:
            assert Counter(map(content, found)) == Counter(map(content, again)), checker.name
        else:
            assert found == again, checker.name
    assert repr(dossier) == before


def content(finding: Finding) -> tuple[Any, ...]:
    return finding.outcome, finding.code, frozenset(finding.cites), finding.measures, finding.valid_until


COMMAND = re.compile(r'factledger ((?:"[^"]*"|[^;()"])+)')


@given(case=cases())
@OFTEN
def test_every_command_in_a_fix_is_real(case: Case) -> None:
    """What a fix says to type is taken by the command line as it stands."""
    for checker in CHECKERS:
        for finding in answers(checker, case.dossier(), case.context(checker)):
            for written in COMMAND.findall(finding.fix):
                name, *arguments = shlex.split(written)
                top = click.Context(factledger)
                command = factledger.get_command(top, name)
                assert command is not None, written
                if checker.name not in EARLIER:
                    command.make_context(name, arguments, parent=top).close()


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
def test_many_records_take_a_moment(checker: Checker) -> None:
    """Of five hundred sources a checker says no more than a reader reads, in time."""
    case = Case("Some analysts warn that it is the first night ferry.")
    first = case.source("Paper 0", language="es")
    for number in range(1, 500):
        paper = case.source(f"Paper {number}", author=case.agent(f"Ana Roa {number}"), language="es")
        case.link(paper, Relation.CITES, first)
        case.evidence(paper, quote="critics say so", language="en", named=False, seen_in=first)
        case.inquiry("Is it so?", asked=case.agent(f"Port {number}"), deadline="2031-01-01")
    found = answers(checker, case.dossier(), case.context(checker))
    assert all(len(finding.reason) <= LONGEST for finding in found)
    assert checker.name in EARLIER or all(len(finding.cites) <= 150 for finding in found)


@pytest.mark.parametrize(
    "checker", [one for one in CHECKERS if one.name not in EARLIER], ids=lambda checker: checker.name
)
def test_a_source_that_is_not_there_stops_nobody(checker: Checker) -> None:
    """Evidence of a source that the dossier does not hold is spoken of without its title."""
    case = Case("The ferry will run at night.")
    case.evidence("nowhere", seen_in="nowhere-else", basis=Basis.WITNESS, quote="at night", speaker="nobody")
    case.evidence("nowhere", contradicts=True, named=False)
    case.evidence("lost")
    case.inquiry("Will it?", asked="nobody", deadline="2031-01-01")
    assert answers(checker, case.dossier(), case.context(checker))
