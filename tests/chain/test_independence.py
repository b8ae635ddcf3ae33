"""Independence: the interval, its state, the reason of each pair, the choke point."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

import pytest

from ledger.chain import Chain, Independence, IndependenceState, Origin, Pair, PairVerdict, Reason, Step, independence
from ledger.errors import InputError


def chain_of(*lines: str) -> Chain:
    """A chain told in lines such as "article cites wsj"."""
    words = [line.split() for line in lines]
    return Chain(Step(later, earlier, relation) for later, relation, earlier in words)


def pairs_of(*lines: str) -> frozenset[frozenset[str]]:
    """Pairs told as "wsj speech"."""
    return frozenset(frozenset(line.split()) for line in lines)


def ask(
    sources: str,
    *lines: str,
    owner: Mapping[str, str] | None = None,
    first_hand: str = "",
    compared: Collection[frozenset[str]] = (),
    tied: Collection[frozenset[str]] = (),
    declared: Collection[frozenset[str]] = (),
    budget: int = 20_000,
) -> Independence:
    return independence(
        sources.split(),
        chain_of(*lines),
        owner=owner or {},
        first_hand=first_hand.split(),
        compared=compared,
        tied=tied,
        declared=declared,
        budget=budget,
    )


def interval(found: Independence) -> tuple[int, int]:
    return found.lower, found.upper


def outlets(
    *more: str,
    owner: Mapping[str, str] | None = None,
    first_hand: str = "interview survey",
    compared: Collection[frozenset[str]] = (frozenset({"herald", "post"}),),
    tied: Collection[frozenset[str]] = (),
    declared: Collection[frozenset[str]] = (),
) -> Pair:
    """Two outlets shown independent, but for what a test changes: their pair, checked against the interval."""
    found = ask(
        "herald post",
        "herald quotes interview",
        "post quotes survey",
        *more,
        owner={"herald": "Northern", "post": "Southern"} if owner is None else owner,
        first_hand=first_hand,
        compared=compared,
        tied=tied,
        declared=declared,
    )
    (pair,) = found.pairs
    assert pair == found.pair("herald", "post")
    expected = {"independent": (2, 2), "dependent": (1, 1), "unknown": (1, 2)}
    assert interval(found) == expected[pair.verdict]
    return pair


def test_no_source_is_none() -> None:
    """A claim without a source has no origin, no interval and no choke point."""
    found = ask("")
    assert (found.state, interval(found), found.origins, found.choke, found.pairs) == (
        IndependenceState.NONE,
        (0, 0),
        (),
        (),
        (),
    )


def test_one_source_is_a_single_origin() -> None:
    """One speech is one source, however often it is listed, and not its own choke point."""
    found = ask("speech speech", first_hand="speech")
    assert (found.sources, found.state, interval(found)) == (("speech",), "single_origin", (1, 1))
    assert (found.origins, found.choke) == ((Origin(("speech",)),), ())


def test_one_source_shows_where_its_trails_pass() -> None:
    """A single report is led back through the wire to the statement."""
    found = ask("article", "article cites reuters", "reuters quotes statement")
    assert found.choke == ("reuters", "statement")


def test_an_identical_wire_paragraph_is_one_origin() -> None:
    """Two outlets with a declared common source are one origin, whoever owns them."""
    found = ask(
        "herald post",
        "herald reprints reuters",
        "post reprints reuters",
        owner={"herald": "Northern", "post": "Southern"},
    )
    assert (found.state, interval(found)) == ("same_origin", (1, 1))
    assert found.choke == ("reuters",)
    assert found.pairs == (Pair("herald", "post", PairVerdict.DEPENDENT, Reason.COMMON_ANCESTOR, ("reuters",)),)


def test_a_report_that_cites_the_wsj_adds_nothing_to_the_wsj() -> None:
    """The newspaper lies on the trail of the article, and is used up by it."""
    found = ask("article wsj", "article cites wsj")
    assert (found.state, interval(found), found.choke) == ("same_origin", (1, 1), ("wsj",))
    (pair,) = found.pairs
    assert (pair.verdict, pair.reason_code, pair.via) == ("dependent", "derives", ("wsj",))


def test_a_report_with_a_second_trail_may_be_independent_of_the_wsj() -> None:
    """An article that cites the newspaper and a speech of its own may stand without the newspaper."""
    found = ask("article wsj", "article cites wsj", "article quotes speech")
    assert (found.state, interval(found)) == ("independence_unknown", (1, 2))
    (pair,) = found.pairs
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "derives", ("wsj",))


def test_an_unknown_relation_is_unknown_independence() -> None:
    """A newspaper with unnamed sources and a speech that answers it: two documents, nothing shown."""
    found = ask("wsj speech", first_hand="speech", tied={frozenset({"speech", "wsj"}): "the speech answers the report"})
    assert (found.state, interval(found)) == ("independence_unknown", (1, 2))
    (pair,) = found.pairs
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "tied", ("wsj", "speech"))


def test_seven_reports_through_one_wire_name_it() -> None:
    """What all trails pass is named, nearest the claim first."""
    reports = [f"report{n}" for n in range(7)]
    lines = [f"{report} cites reuters" for report in reports]
    found = ask(
        " ".join(reports), *lines, "reuters quotes statement", "reuters quotes embassy", "embassy cites statement"
    )
    assert (found.state, found.choke) == ("same_origin", ("reuters", "statement"))
    assert len(found.pairs) == 21


def test_two_ways_around_are_no_choke_point() -> None:
    """Where two trails are separate there is nothing that all pass."""
    assert ask("article", "article cites wsj", "article quotes speech").choke == ()


def test_a_circle_is_one_unknown_origin() -> None:
    """Two outlets that cite each other, and one that cites either, have one origin and nobody knows which."""
    found = ask("article echo herald", "article cites echo", "echo cites herald", "herald cites echo")
    assert (found.state, interval(found)) == ("same_origin", (1, 1))
    assert found.origins == (Origin(("echo", "herald"), cyclic=True),)
    assert found.pair("echo", "herald").reason_code == "derives"


def test_two_ways_into_a_circle_meet_there() -> None:
    """Reports that enter a circle by different outlets still have only the circle behind them."""
    found = ask("left right", "left cites echo", "right cites herald", "echo cites herald", "herald cites echo")
    assert (found.state, found.choke) == ("same_origin", ())
    (pair,) = found.pairs
    assert (pair.verdict, pair.reason_code, pair.via) == ("dependent", "common_ancestor", ("echo", "herald"))


def test_a_circle_with_two_ways_out_separates_trails() -> None:
    """Outlets that cite each other, each with a document of its own, are not shown dependent."""
    lines = ("left cites echo", "right cites herald", "echo cites herald", "herald cites echo")
    found = ask("left right", *lines, "echo quotes decree", "herald quotes survey")
    assert (found.state, found.upper) == ("independence_unknown", 2)


def test_contracting_owners_would_overcount() -> None:
    """An owner melted into one node would let E2 leave by A2 after X was taken by E1; in truth one trail fits."""
    lines = ("E1 cites X", "E2 cites X", "E2 cites A2", "A2 cites Y")
    assert ask("E1 E2", *lines).upper == 2
    found = ask("E1 E2", *lines, owner={"E1": "O", "A2": "O", "E2": "P"})
    assert (found.upper_at_least, found.upper, found.state) == (1, 1, "same_origin")
    (pair,) = found.pairs
    assert (pair.verdict, pair.reason_code, pair.via) == ("dependent", "same_owner", ("O",))


def test_one_owner_may_appear_twice_on_one_trail() -> None:
    """A newspaper that cites its own earlier report is still one source beside another."""
    found = ask("wsj-2 speech", "wsj-2 updates wsj-1", owner={"wsj-1": "Dow Jones", "wsj-2": "Dow Jones"})
    assert found.upper == 2


def test_unknown_owners_are_each_their_own() -> None:
    """Three unsigned leaflets may be three sources, and are shown to be one."""
    assert interval(ask("leaflet1 leaflet2 leaflet3")) == (1, 3)


def test_two_outlets_with_everything_on_record_are_shown_independent() -> None:
    """Different owners, own first-hand origins, compared, nothing between them."""
    assert outlets() == Pair("herald", "post", PairVerdict.INDEPENDENT, Reason.SHOWN)


def test_first_hand_sources_are_their_own_origins() -> None:
    """Two witnesses of different houses need no chain to be shown independent."""
    found = ask(
        "anna boris",
        owner={"anna": "Northern", "boris": "Southern"},
        first_hand="anna boris",
        compared=pairs_of("anna boris"),
    )
    assert (found.state, interval(found)) == ("independent", (2, 2))


def test_one_owner_is_one_source() -> None:
    """Two papers of one house are dependent, even if somebody declared otherwise."""
    same = {"herald": "Northern", "post": "Northern"}
    pair = outlets(owner=same, declared=pairs_of("herald post"))
    assert (pair.verdict, pair.reason_code, pair.via) == ("dependent", "same_owner", ("Northern",))


def test_one_owner_behind_both_is_one_source() -> None:
    """Two papers that draw on two services of one agency are dependent."""
    owner = {"herald": "Northern", "post": "Southern", "interview": "Agency", "survey": "Agency"}
    pair = outlets(owner=owner)
    assert (pair.verdict, pair.reason_code, pair.via) == ("dependent", "same_owner", ("Agency",))


def test_one_owner_on_a_side_trail_is_not_shown_independent() -> None:
    """A shared owner that both could do without leaves the pair unknown."""
    owner = {"herald": "Northern", "post": "Southern", "wire-a": "Agency", "wire-b": "Agency"}
    more = ("herald cites wire-a", "post cites wire-b")
    pair = outlets(*more, owner=owner, first_hand="interview survey wire-a wire-b")
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "same_owner", ("Agency",))


def test_a_shared_background_source_is_not_shown_independent() -> None:
    """Two papers with own interviews that also cite one law could be independent, but are not shown to be."""
    pair = outlets("herald cites law", "post cites law", first_hand="interview survey law")
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "common_ancestor", ("law",))


def test_the_nearest_common_ancestor_is_named() -> None:
    """Where trails meet more than once, the fewest steps from both decide."""
    pair = outlets("herald cites wire", "post cites wire", "wire quotes decree")
    assert (pair.reason_code, pair.via) == ("common_ancestor", ("wire",))


def test_a_person_may_declare_what_is_not_shown() -> None:
    """A declaration settles a missing owner, a missing comparison, hearsay and a shared background source."""
    more = ("herald cites law", "post cites law")
    pair = outlets(*more, owner={}, first_hand="", compared=(), declared=pairs_of("herald post"))
    assert (pair.verdict, pair.reason_code, pair.via) == ("independent", "declared", ())


def test_a_declaration_does_not_outweigh_a_common_origin() -> None:
    """Declared independent, shown dependent: dependent."""
    found = ask("herald post", "herald cites wire", "post cites wire", declared=pairs_of("herald post"))
    assert (found.state, interval(found), found.pairs[0].verdict) == ("same_origin", (1, 1), "dependent")


def test_declared_pairs_count_only_as_far_as_trails_reach() -> None:
    """Three outlets on the same two documents, declared independent pair by pair, are two at most."""
    lines = [f"{outlet} cites {document}" for outlet in "abc" for document in ("decree", "survey")]
    found = ask("a b c", *lines, declared=pairs_of("a b", "b c", "a c"))
    assert {pair.verdict for pair in found.pairs} == {"independent"}
    assert interval(found) == (2, 2)


def test_a_tie_between_ancestors_counts() -> None:
    """Detected reuse between the documents behind two papers keeps them from being shown independent."""
    pair = outlets(tied=pairs_of("interview survey", "interview elsewhere"))
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "tied", ("interview", "survey"))


def test_a_tie_is_told_from_the_first_source_on() -> None:
    """The tied nodes come in the order of the pair, whatever their names."""
    assert outlets(tied=pairs_of("herald survey")).via == ("herald", "survey")
    assert outlets(tied=pairs_of("interview post")).via == ("interview", "post")


def test_hearsay_is_named_by_where_it_ends() -> None:
    """An origin whose basis is not stated is named as what is missing."""
    pair = outlets(first_hand="survey")
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "not_first_hand", ("interview",))


def test_every_trail_must_end_first_hand() -> None:
    """One trail into a circle leaves it open what a paper stands on."""
    pair = outlets("post cites echo", "echo cites mirror", "mirror cites echo", first_hand="interview survey echo")
    assert (pair.reason_code, pair.via) == ("not_first_hand", ("echo", "mirror"))


def test_an_unknown_owner_is_never_different() -> None:
    """A paper whose owner nobody recorded is not shown independent of any."""
    pair = outlets(owner={"herald": "Northern"})
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "owner_unknown", ("post",))


def test_copies_that_were_not_compared_show_nothing() -> None:
    """Without a comparison of the archived copies, reuse cannot be excluded."""
    pair = outlets(compared=())
    assert (pair.verdict, pair.reason_code, pair.via) == ("unknown", "not_compared", ())


def test_lower_is_the_largest_set_of_mutually_independent_sources() -> None:
    """In a ring of five declared pairs only two are mutually independent; with three more pairs, three."""
    ring = pairs_of("a b", "b c", "c d", "d e", "e a")
    assert interval(ask("a b c d e", declared=ring)) == (2, 5)
    assert interval(ask("a b c d e", declared=ring | pairs_of("a c", "b d", "a d"))) == (4, 5)


def test_pairs_of_other_sources_are_passed_over() -> None:
    """A ledger may hand over all it has; what concerns other claims changes nothing."""
    other = pairs_of("wsj elsewhere", "here there")
    assert ask("wsj speech", compared=other, tied=other, declared=other) == ask("wsj speech")


@pytest.mark.parametrize("kind", ["compared", "tied", "declared"])
def test_a_pair_is_of_two(kind: str) -> None:
    """A pair of one is the caller's fault, and the error names the argument."""
    with pytest.raises(InputError, match=rf"{kind} holds \['wsj'\], which is not a pair"):
        ask("wsj speech", **{kind: [frozenset({"wsj"})]})  # type: ignore[arg-type]


@pytest.mark.parametrize("pair", [("wsj", "wsj"), ("wsj", "elsewhere")])
def test_a_pair_is_asked_of_the_sources(pair: tuple[str, str]) -> None:
    """Only two different sources of the claim have a pair."""
    with pytest.raises(InputError, match="are not two sources of this claim") as refused:
        ask("wsj speech").pair(*pair)
    assert "wsj, speech" in refused.value.hint


def test_past_the_budget_the_proven_bounds_are_told() -> None:
    """Without a step to spare the trap stays open between one and two, and is not called one origin."""
    found = ask(
        "E1 E2", "E1 cites X", "E2 cites X", "E2 cites A2", "A2 cites Y", owner={"E1": "O", "A2": "O"}, budget=0
    )
    assert found.lower <= found.upper_at_least < found.upper == 2
    assert found.state == "independence_unknown"


def test_many_sources_on_a_long_chain_are_counted() -> None:
    """Two hundred papers on twenty thousand links, all through two agencies, are two at most, and cost no recursion."""
    papers = [f"paper{n}" for n in range(200)]
    steps = [Step(paper, f"{agency}0", "cites") for paper in papers for agency in ("afp", "reuters")]
    steps += [Step(f"{agency}{n}", f"{agency}{n + 1}", "cites") for agency in ("afp", "reuters") for n in range(10_000)]
    found = independence(papers, Chain(steps), owner={paper: paper for paper in papers}, first_hand=())
    assert (found.upper_at_least, found.upper, found.choke) == (2, 2, ())
    assert found.pair("paper0", "paper199").reason_code == "common_ancestor"


def test_two_hundred_mutually_shown_sources_all_count() -> None:
    """Beyond twenty sources lower stays exact where nothing stands in the way."""
    witnesses = [f"witness{n}" for n in range(200)]
    every = [frozenset(pair) for pair in combinations(witnesses, 2)]
    found = independence(
        witnesses, Chain(), owner={name: name for name in witnesses}, first_hand=witnesses, compared=every
    )
    assert interval(found) == (200, 200)
