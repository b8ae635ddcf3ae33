"""What is asked of a dossier before its sources are called independent, and what never raises their number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import AgentKind, Basis, Relation, Source, SourceKind
from ledger.chain import Reason
from ledger.grounds import MOST_COMPARED, Weighing, weigh
from ledger.testing import Case

TEXTS = (
    "I stood on the quay at dawn and counted the crates as they came off. There were nineteen, each with a green "
    "stripe, and two men in oilskins argued about the twentieth, which nobody could find. A heron watched from the "
    "crane. When the lorry left I walked home along the rails and wrote everything into a copybook.",
    "From my window above the chandlery one sees the whole basin. Nothing was unloaded before seven; then a winch "
    "started, stopped, started again. My daughter drew the ship for school and put in every box she saw. Her picture "
    "hangs in the hall. Somebody laughed below, and the customs officer yawned into her sleeve until noon.",
    "Harbour cats know unloading by its sound. That morning they sat in a row under the awning of our shop before "
    "anything could be heard. I swept, sold rope, and looked over now and then: pallets, a forklift with a broken "
    "horn, a boy who held the gate. The skipper bought biscuits and paid in coins of three countries.",
)
"""Three people who saw one thing, in words of their own."""


@pytest.fixture
def case() -> Case:
    return Case("Nineteen crates came off the ship.")


def paper(case: Case, number: int, **fields: object) -> Source:
    """Return an archived article of a house of its own."""
    house = case.agent(f"House {number}", kind=AgentKind.ORGANISATION)
    source = case.source(f"Report {number}", **{"kind": SourceKind.ARTICLE, "publisher": house, **fields})
    case.capture(source, TEXTS[number % len(TEXTS)])
    return source


def two(case: Case) -> tuple[Source, Source]:
    """Return two archived reports of people who were there."""
    made = paper(case, 0), paper(case, 1)
    for source in made:
        case.evidence(source, basis=Basis.WITNESS)
    return made


def weighed(case: Case) -> Weighing:
    return weigh(case.dossier())


def reasons(case: Case) -> set[Reason]:
    """Return all that stands between the two sources of a case."""
    (pair,) = weighed(case).independence.pairs
    return {pair.reason_code, *(lack.reason for lack in pair.lacks)}


def test_two_who_were_there_are_shown_independent(case: Case) -> None:
    """Two houses, two witnesses, two archived texts without a common passage: that is enough."""
    two(case)
    assert reasons(case) == {Reason.SHOWN}
    assert weighed(case).independence.lower == 2


def test_a_witness_ends_the_trail_of_what_it_also_cites(case: Case) -> None:
    """Two witnesses who both cite a register remain two."""
    one, other = two(case)
    register = case.source("Register of ships", kind=SourceKind.DOCUMENT)
    case.link(one, Relation.CITES, register)
    case.link(other, Relation.QUOTES, register)
    assert weighed(case).independence.lower == 2


def test_a_reprint_goes_on_though_it_was_entered_as_witness(case: Case) -> None:
    """Whoever reprints a report did not see for themselves what it says."""
    one, other = two(case)
    case.link(other, Relation.REPRINTS, one)
    assert weighed(case).independence.upper == 1


def test_a_link_for_another_claim_leads_nowhere(case: Case) -> None:
    """What two papers have from one wire for another claim does not make them one for this."""
    wire = case.source("Wire", kind=SourceKind.WIRE_REPORT)
    other_claim = case.another_claim("The ship is blue.")
    for number in (0, 1):
        source = paper(case, number)
        case.evidence(source)
        case.link(source, Relation.CITES, wire, claim=other_claim)
    assert weighed(case).independence.upper == 2


def test_a_link_without_a_claim_counts_and_is_doubtful(case: Case) -> None:
    """Where nobody said for what a wire is cited, it counts, and the doubt is named."""
    wire = case.source("Wire", kind=SourceKind.WIRE_REPORT)
    for number in (0, 1):
        source = paper(case, number)
        case.evidence(source)
        case.link(source, Relation.CITES, wire)
    assert weighed(case).independence.upper == 1
    assert len(weighed(case).doubtful) == 2


def test_a_link_for_this_claim_is_not_doubtful(case: Case) -> None:
    """A link that names this claim leaves no doubt."""
    source = paper(case, 0)
    case.evidence(source)
    case.link(source, Relation.CITES, case.source("Wire"), claim=case.claim)
    assert weighed(case).doubtful == ()


def test_witnesses_of_whom_one_cites_the_other_are_not_shown(case: Case) -> None:
    """What a witness takes from another witness of the same may be this very thing."""
    one, other = two(case)
    case.link(other, Relation.CITES, one)
    assert reasons(case) == {Reason.TIED}
    assert weighed(case).independence.upper == 2


def test_one_voice_in_two_papers_is_one_origin(case: Case) -> None:
    """The speaker whom two papers quote is where both have it from."""
    speaker = case.agent("Anna Holm")
    for number in (0, 1):
        case.evidence(paper(case, number), speaker=speaker, basis=Basis.WITNESS)
    found = weighed(case)
    assert found.independence.upper == 1
    assert [found.voices[node] for node in found.independence.choke] == [speaker.uid]


def test_a_voice_and_what_it_said_elsewhere_are_one(case: Case) -> None:
    """A paper that quotes somebody, and that person's own post, are one origin."""
    speaker = case.agent("Anna Holm")
    case.evidence(paper(case, 0), speaker=speaker, basis=Basis.WITNESS)
    case.evidence(case.source("A post", kind=SourceKind.POST, author=speaker), basis=Basis.WITNESS)
    assert weighed(case).independence.upper == 1


def test_a_reporter_of_the_house_is_no_voice_beside_it(case: Case) -> None:
    """A speaker who belongs to the publisher is the publisher's own witness."""
    house = case.agent("Quay Post", kind=AgentKind.ORGANISATION)
    reporter = case.agent("Jo Lind", part_of=house)
    case.evidence(case.source("Crates", publisher=house), speaker=reporter, basis=Basis.WITNESS)
    assert weighed(case).voices == {}


def test_two_documents_by_one_author_are_not_independent(case: Case) -> None:
    """Who wrote both documents stands behind both readers, whoever published them."""
    author = case.agent("Anna Holm")
    for number in (0, 1):
        source = paper(case, number)
        house = case.agent(f"Office {number}", kind=AgentKind.ORGANISATION)
        record = case.source(f"List {number}", kind=SourceKind.DOCUMENT, author=author, publisher=house)
        case.link(source, Relation.BASED_ON, record)
        case.evidence(source, basis=Basis.DOCUMENT)
    assert Reason.SAME_PERSON in reasons(case)


def test_documents_that_nobody_owns_show_nothing(case: Case) -> None:
    """Two documents of unknown makers may be one office's."""
    for number in (0, 1):
        source = paper(case, number)
        case.link(source, Relation.BASED_ON, case.source(f"List {number}", kind=SourceKind.DOCUMENT))
        case.evidence(source, basis=Basis.DOCUMENT)
    assert Reason.OWNER_UNKNOWN in reasons(case)


def test_somebody_unnamed_may_be_who_is_named_elsewhere(case: Case) -> None:
    """One witness with a name and one without may be one."""
    case.evidence(paper(case, 0), basis=Basis.WITNESS, speaker=case.agent("Anna Holm"))
    case.evidence(paper(case, 1), basis=Basis.WITNESS, named=False, unnamed_because="Fears for the job.")
    assert Reason.UNNAMED in reasons(case)


def test_a_house_that_texts_credit_is_an_origin_on_record_or_not(case: Case) -> None:
    """Two texts under one wire's dateline have one origin, and its name is told."""
    for number in (0, 1):
        house = case.agent(f"House {number}", kind=AgentKind.ORGANISATION)
        source = case.source(f"Report {number}", publisher=house)
        case.capture(source, f"ORFORD (Coastwire) – {TEXTS[number]}")
        case.evidence(source, basis=Basis.WITNESS)
    found = weighed(case)
    assert found.independence.upper == 1
    assert set(found.absent.values()) == {"Coastwire"}


def test_a_credit_and_a_link_to_the_same_house_are_one_origin(case: Case) -> None:
    """Where one paper is linked to the wire and the other credits it, both have it from the wire."""
    wire = case.source("Wire", kind=SourceKind.WIRE_REPORT, publisher=case.agent("Coastwire"))
    linked, crediting = paper(case, 0), case.source("Report", publisher=case.agent("Quay Post"))
    case.capture(crediting, f"ORFORD (Coastwire) – {TEXTS[1]}")
    case.link(linked, Relation.REPRINTS, wire)
    for source in (linked, crediting):
        case.evidence(source)
    assert weighed(case).independence.choke == (wire.uid,)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("Nineteen crates.", "en", "their archived texts cannot be compared: too few words of its own"),
        (TEXTS[2], "nb", "their archived texts cannot be compared: two languages"),
        (f"My neighbour writes: “{TEXTS[0]}” {TEXTS[1]}", "en", "their archived texts have a passage in common"),
        (None, "en", "not both of their texts are archived"),
    ],
)
def test_texts_that_were_not_compared_say_why(case: Case, text: str | None, language: str, why: str) -> None:
    """What keeps two texts from being compared stands in the way, in words."""
    case.evidence(paper(case, 0, language="en"), basis=Basis.WITNESS)
    other = case.source("Another", publisher=case.agent("Quay Post"), language=language)
    if text is not None:
        case.capture(other, text)
    case.evidence(other, basis=Basis.WITNESS)
    (pair,) = weighed(case).independence.pairs
    assert (pair.reason_code, pair.via) == (Reason.NOT_COMPARED, (why,))


SAID = (
    "the bell under the pier rings by itself on the first night of frost, and whoever counts its strokes aloud "
    "must leave the harbour before dawn"
)


@pytest.mark.parametrize(("quote", "at_most"), [("rings by itself on the first night of frost", 1), (None, 2)])
def test_whoever_both_quote_is_one_origin_of_what_they_quote(case: Case, quote: str | None, at_most: int) -> None:
    """Two papers that stand on words which both quote have one origin; two that stand on other words have not."""
    for number, own in enumerate(TEXTS[:2]):
        source = case.source(f"Paper {number}", publisher=case.agent(f"House {number}"), language="en")
        case.capture(source, f"{own} “{SAID},” it was said in the hall.")
        case.evidence(source, quote=quote or own.split(".")[0])
    found = weighed(case)
    assert found.independence.upper == at_most
    assert [name.startswith("whoever said “the bell under the pier") for name in found.absent.values()] == [True] * (
        2 - at_most
    )


def test_what_rests_on_withdrawn_sources_alone_does_not_count(case: Case) -> None:
    """Two papers fall with the study behind them, also where they come to it in a circle."""
    study = case.source("Study", kind=SourceKind.DOCUMENT)
    papers = [paper(case, number) for number in (0, 1)]
    for source, other in zip(papers, reversed(papers), strict=True):
        case.evidence(source)
        case.link(source, Relation.BASED_ON, study)
        case.link(source, Relation.BASED_ON, other)
    case.withdraw(study, "Invented.")
    found = weighed(case)
    assert found.independence.sources == ()
    assert found.resting == dict.fromkeys((one.uid for one in papers), study.uid)


def test_sources_beyond_those_compared_are_never_shown(case: Case) -> None:
    """Nothing is shown of a source that was not looked at, however many are."""
    author = case.agent("Anna Holm")
    for number in range(MOST_COMPARED):
        case.evidence(case.source(f"Note {number}"))
    for number in (0, 1):
        case.evidence(paper(case, number, author=author), basis=Basis.WITNESS)
    assert weighed(case).independence.lower == 1


Change = Callable[[Case, list[Source]], object]


def _voice_in_two(case: Case, sources: list[Source]) -> None:
    voice = case.agent("Anna Holm")
    for source in sources[:2]:
        case.evidence(source, speaker=voice)


def _unnamed_in_two(case: Case, sources: list[Source]) -> None:
    for source in sources[:2]:
        case.evidence(source, named=False, unnamed_because="Fear.")


def _one_another(relation: Relation) -> Change:
    return lambda case, sources: case.link(sources[0], relation, sources[1])


def _one_a_wire(relation: Relation) -> Change:
    return lambda case, sources: case.link(sources[2], relation, case.source("A wire", kind=SourceKind.WIRE_REPORT))


DERIVING = [relation for relation in Relation if relation.derives]

CHANGES: dict[str, Change] = {
    **{f"one {relation} another": _one_another(relation) for relation in (*DERIVING, Relation.REPLIES_TO)},
    **{f"one {relation} a wire": _one_a_wire(relation) for relation in DERIVING},
    "a source is withdrawn": lambda case, sources: case.withdraw(sources[1], "Taken back."),
    "a text credits a wire": lambda case, sources: case.capture(sources[0], f"ORFORD (Coastwire) – {TEXTS[0]}"),
    "a text copies another": lambda case, sources: case.capture(sources[1], TEXTS[0]),
    "a text shows nothing": lambda case, sources: case.capture(sources[2], "Crates."),
    "a voice in two": _voice_in_two,
    "somebody unnamed in two": _unnamed_in_two,
}
"""What may be learnt of sources that is no ground for their independence."""


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=4), st.lists(st.sampled_from(Basis), min_size=3, max_size=3))
def test_nothing_learnt_against_independence_raises_what_is_shown(names: list[str], bases: list[Basis]) -> None:
    """Links, replies, credits, voices, withdrawals and worse texts never raise the number of independent sources."""
    case = Case("Nineteen crates came off the ship.")
    sources = [paper(case, number) for number in range(3)]
    for source, basis in zip(sources, bases, strict=True):
        case.evidence(source, basis=basis)
    lower = weighed(case).independence.lower
    for name in names:
        CHANGES[name](case, sources)
        now = weighed(case).independence.lower
        assert now <= lower, name
        lower = now
