"""fusion: whose figure is borne out best, in whatever order it was entered, and never more than that."""

from __future__ import annotations

import random

import pytest
from factledger_fusion import Fusion
from factledger_fusion.calibration import ENOUGH, calibrate
from factledger_fusion.discovery import VoteTable, discover
from factledger_fusion.numbers import amount, backs
from hypothesis import given
from hypothesis import strategies as st

from ledger import Finding, LinkState, Outcome, Relation, Review, Value, Verdict
from ledger.testing import Case, assert_checker_contract

SAID = st.lists(st.tuples(st.sampled_from("abcdefgé"), st.sampled_from("xyz"), st.sampled_from(["1", "2", "10", "٣"])))


def ferry(case: Case, amount: str, *papers: str, thing: str = "drowned") -> list[str]:
    """Add a claim of this figure on sources of these papers; return their uids."""
    claim = case.another_claim(f"{amount} {thing}.", value=Value("Ferry Norvik", thing, amount))
    sources = []
    for paper in papers:
        source = case.source(f"{paper} on {thing} {amount}", publisher=agent(case, paper))
        case.evidence(source, claim=claim)
        sources.append(source.uid)
    return sources


def agent(case: Case, name: str) -> str:
    known = {one.name: one.uid for one in case.whole().agents}
    return known.get(name) or case.agent(name).uid


def found(case: Case) -> list[Finding]:
    return list(case.findings(Fusion()))


def test_sources_that_are_right_elsewhere_weigh_more() -> None:
    """Three papers that everybody else bears out stand against three that nobody does."""
    case = Case("A ferry sank.")
    good, bad = ("Post", "Radio", "Herald"), ("Star", "Sun", "Mail")
    for number in range(6):
        ferry(case, "10", *good, "Wire", "Desk", thing=f"figure {number}")
        ferry(case, str(20 + number), bad[number % 3], thing=f"figure {number}")
    ferry(case, "14", *good)
    ferry(case, "12", *bad)
    last = next(one for one in found(case) if "drowned" in one.reason)
    assert (last.outcome, last.code) == (Outcome.WARN, "borne_out_best")
    assert "3 voices say 14 and 3 voices say 12" in last.reason
    assert "14 is borne out best" in last.reason
    assert any("6 other figures" in line for line in last.details)


def test_nothing_tells_them_apart() -> None:
    """Two against two, of whom nothing else is known: it cannot tell."""
    case = Case("A ferry sank.")
    ferry(case, "14", "Post", "Radio")
    ferry(case, "12", "Star", "Sun")
    (one,) = found(case)
    assert (one.outcome, one.code) == (Outcome.ABSTAIN, "even")


def test_copies_count_once() -> None:
    """Five papers with one wire report are one voice; who was left out is named. A rejected link says nothing."""
    case = Case("A ferry sank.")
    copies = ferry(case, "12", "Star", "Sun", "Mail", "Echo")
    wire = case.source("Wire report", publisher=agent(case, "Wire"))
    links = [case.link(copy, Relation.REPRINTS, wire, state=LinkState.DETECTED, measure="91%") for copy in copies]
    ferry(case, "14", "Post")
    (one,) = found(case)
    assert (one.outcome, one.code) == (Outcome.ABSTAIN, "too_few")
    assert sum("counted once" in line for line in one.details) == 3
    assert len(links) == 4


def test_one_owner_is_one_voice() -> None:
    """Papers of one house do not outvote two houses."""
    case = Case("A ferry sank.")
    house = case.agent("The house")
    for paper in ("Star", "Sun", "Mail"):
        case.agent(paper, part_of=house)
    ferry(case, "12", "Star", "Sun", "Mail")
    ferry(case, "14", "Post", "Radio")
    (one,) = found(case)
    assert "2 voices say 14 and 1 voice says 12" in one.reason


@pytest.mark.parametrize(("one", "other"), [("12", "12.0"), ("0", "-0.00"), ("1200", "1200.000"), ("0.5", "0.50")])
def test_one_figure_in_two_spellings_is_one(one: str, other: str) -> None:
    assert amount(one) == amount(other)


def test_a_single_figure_is_no_matter_for_it() -> None:
    """Nothing is said where all agree, or where no figure is recorded."""
    case = Case("A ferry sank.")
    assert found(case) == []
    ferry(case, "12", "Star")
    ferry(case, "12.0", "Post")
    assert found(case) == []


def test_withheld_figures_are_left_out() -> None:
    case = Case("A ferry sank.")
    ferry(case, "12", "Star")
    case.another_claim("[withheld]", value=Value("Ferry Norvik", "drowned", "[withheld]"))
    assert found(case) == []


@pytest.mark.parametrize(
    ("rounded", "exact", "back"),
    [
        ("1200", "1213", 1),
        ("1213", "1200", 0),
        ("40", "40.2", 1),
        ("40", "45.2", 0),
        ("12", "12", 0),
        ("-0.5", "-0.52", 1),
    ],
)
def test_a_rounded_figure_backs_the_exact_one(rounded: str, exact: str, back: int) -> None:
    assert backs(rounded, exact) == back


def test_a_percentage_needs_two_hundred_decided_claims() -> None:
    """Below, there is only the order; from then on the error of the percentage stands beside it."""
    for decided, percentage in ((ENOUGH - 2, False), (ENOUGH, True)):
        case = Case("A ferry sank.")
        for number in range(decided // 2):
            ferry(case, "10", "Post", "Radio", "Herald", thing=f"figure {number:03}")
            ferry(case, "20", "Star", thing=f"figure {number:03}")
        for number, claim in enumerate([claim for claim in case.whole().claims if claim.value]):
            right = (claim.value is not None and claim.value.amount == "10") != (number % 20 == 0)
            case.add(
                Review,
                claim=claim,
                verdict=Verdict.SUPPORTED if right else Verdict.REFUTED,
                reasons="Counted.",
                reviewer=None,
            )
        one = found(case)[0]
        assert ("percent" in dict(one.measures)) is percentage
        assert any("off by" in line for line in one.details) is percentage


def test_calibration_turns_overconfidence_into_frequency() -> None:
    """Beliefs of .99 that hold seven times in ten become about 70%, and the error says how well that went."""
    dice = random.Random(7)
    pairs = [(0.99, dice.random() < 0.7) if number % 2 else (0.2, dice.random() < 0.1) for number in range(600)]
    curve = calibrate(pairs)
    assert curve is not None
    assert 0.63 < curve.probability(0.99) < 0.77
    assert curve.error < 0.05
    assert calibrate(pairs[: ENOUGH - 1]) is None
    assert calibrate([(0.9, True)] * 300) is None


@given(SAID, st.randoms())
def test_order_says_nothing(said: list[tuple[str, str, str]], dice: random.Random) -> None:
    """The same is believed in whatever order it was said, and however often."""
    shuffled = [*said, *said[:3]]
    dice.shuffle(shuffled)
    one, other = VoteTable(said), VoteTable(shuffled)
    assert one.facts == other.facts
    assert discover(one) == discover(other)


@given(SAID)
def test_beliefs_are_shares(said: list[tuple[str, str, str]]) -> None:
    """Each is between 0 and 1, those of one thing make at most 1, and what nobody contests is believed most."""
    table = VoteTable(said)
    belief = discover(table)
    for facts in table.rivals:
        assert all(0 <= belief[fact] <= 1 + 1e-9 for fact in facts)
        assert sum(belief[fact] for fact in facts) <= 1 + 1e-9
    assert set(table.best(belief)) == {thing for _, thing, _ in said}


def test_ties_go_to_more_voices_then_to_what_sorts_first() -> None:
    assert VoteTable([("a", "x", "2"), ("b", "x", "1")]).best([0.5, 0.5]) == {"x": "1"}
    assert VoteTable([("a", "x", "2"), ("b", "x", "1"), ("c", "x", "2")]).best([0.5, 0.5]) == {"x": "2"}


def likely(said: list[tuple[str, str, str]], thing: str) -> dict[str, float]:
    """Return value -> belief, for one of the things that are spoken of."""
    table = VoteTable(said)
    return {str(fact[1]): one for fact, one in zip(table.facts, discover(table), strict=True) if fact[0] == thing}


def test_sources_of_which_nothing_else_is_known_vote() -> None:
    """Whatever they say of things that nobody else speaks of: more voices are believed more, as many as much."""
    alone = [(source, f"{source}'s own {number}", "1") for source in "abc" for number in range(9)]
    one = likely([("a", "x", "1"), ("b", "x", "1"), ("c", "x", "2"), *alone], "x")
    assert one["1"] > one["2"]
    assert one == likely([("a", "x", "1"), ("b", "x", "1"), ("c", "x", "2")], "x")
    even = likely([("a", "x", "1"), ("c", "x", "2"), *alone], "x")
    assert even["1"] == pytest.approx(even["2"])


def test_agreement_shows_less_where_mistakes_are_alike() -> None:
    """Two that agree are believed less where the others, when wrong, all make the same mistake."""
    asked = [("a", "x", "1"), ("b", "x", "1"), ("c", "x", "2")]
    good = [(source, f"thing {number}", "0") for number in range(20) for source in ("d", "e", "f", "g")]
    alike = [(source, f"thing {number}", "9") for number in range(20) for source in ("h", "i", "j")]
    unlike = [(source, f"thing {number}", source) for number in range(20) for source in ("h", "i", "j")]
    assert likely([*asked, *good, *alike], "x")["1"] < likely([*asked, *good, *unlike], "x")["1"]


def test_who_always_goes_along_counts_in_part() -> None:
    """Four that make every mistake together do not outvote three that make their own; four of their own do."""
    for together, best in ((True, "right"), (False, "wrong")):
        said = [("abcd"[number], "x", "wrong") for number in range(4)] + [(one, "x", "right") for one in "efg"]
        dice = random.Random(3)
        for number in range(60):
            shared = "right" if dice.random() < 0.6 else f"wrong {dice.randrange(9)}"
            for source in "abcdefghijklmn":
                own = "right" if dice.random() < 0.6 else f"wrong {dice.randrange(9)}"
                said.append((source, f"thing {number}", shared if together and source in "abcd" else own))
        table = VoteTable(said)
        assert table.best(discover(table))["x"] == best


def test_no_source_counts_against_what_it_says() -> None:
    """Who is always wrong is worth nothing: to say a value does not make another one right."""
    said = [(source, f"thing {number}", "1") for number in range(20) for source in "abcd"]
    said += [("z", f"thing {number}", "2") for number in range(20)]
    without, beside = [("a", "x", "1"), ("b", "x", "2")], [("a", "x", "1"), ("b", "x", "2"), ("z", "x", "1")]
    assert likely([*said, *without], "x")["1"] == pytest.approx(0.5)
    assert likely([*said, *beside], "x")["1"] == pytest.approx(0.5)


def test_it_keeps_the_contract() -> None:
    """It answers to whatever a ledger may hold, the same every time."""
    assert_checker_contract(Fusion())
