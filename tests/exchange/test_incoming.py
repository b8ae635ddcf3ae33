"""What other programs keep, brought in: references, annotations, answers of search services; item by item."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book
from ledger.errors import InputError
from ledger.exchange import import_document, read_items
from ledger.exchange.annotations import WebAnnotations
from ledger.exchange.csljson import CslJson
from ledger.exchange.factchecktools import FactCheckTools
from ledger.format import Document, Exchange, ImportItem
from ledger.model import Agent, AgentKind, Claim, Evidence, Source, SourceKind, Stance
from ledger.store import queries
from ledger.testing import Case, exported, imported

from .test_claimreview import registered

REFERENCES = [
    {"id": "lind2030", "type": "article-newspaper", "title": "Eels <i>return</i>", "container-title": "Harbour Post",
     "author": [{"family": "Lind", "given": "Bo"}, {"family": "Roa", "given": "Ana"}], "URL": "https://post.example/eels",
     "issued": {"date-parts": [[2030, 5, 2]]}, "language": "en-GB", "ISSN": "1234-5678"},
    {"id": "act", "type": "legislation", "title": "Harbour Act", "issued": {"date-parts": [["2029"]]}},
    {"id": "book", "type": "book", "title": "On eels", "publisher": "Deep Press", "DOI": "10.1/2",
     "issued": {"raw": "2028-13"}},
    {"id": "gone", "type": "book", "title": ""},
    {"id": "body", "type": "report", "title": "Count", "author": [{"literal": "Harbour Council"}],
     "issued": {"literal": "spring"}},
    "no reference",
]  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2030, 5, 2], [2030, 6]]}, "2030-05-02/2030-06"),
        ({"date-parts": [["2030", "5"]], "circa": True}, "2030-05~"),
        ({"date-parts": [[-44, 3, 15]]}, None),
        ({"date-parts": [], "raw": "2030"}, "2030"),
    ],
)
def test_a_date_of_a_reference_keeps_its_end_and_its_doubt_or_is_told(issued: Any, published: str | None) -> None:
    """A span and an estimate come in as such; a date that is not taken is named."""
    found = imported(CslJson(), json.dumps([{"id": "a", "type": "book", "title": "Eels", "issued": issued}]), "a.json")
    (source,) = (one for one in found.added if isinstance(one, Source))
    assert source.published == published
    assert bool(found.notes) == (published is None)


def test_a_name_that_is_given_two_values_is_refused() -> None:
    """Which of two values another program would read is not to be guessed; the same value twice does no harm."""
    twice = '[{"id": "a", "type": "book", "title": "Eels return", "title": "%s"}]'
    assert imported(CslJson(), twice % "Eels return", "a.json").kept == 1
    with pytest.raises(InputError, match="'title' two values"):
        imported(CslJson(), twice % "Eels gone", "a.json")


def test_references_come_in_as_sources() -> None:
    """Kind, date, address, author and house are taken; what has no field is a note; what lacks a title is refused."""
    found = imported(CslJson(), json.dumps(REFERENCES), "library.json")
    assert found.kept == 4
    assert dict(found.refused) == {"gone": "It has no title.", "reference 6": "It is no object."}
    sources = {one.title: one for one in found.added if isinstance(one, Source)}
    eels = sources["Eels return"]
    assert (eels.kind, eels.published, eels.url, eels.language) == (
        SourceKind.ARTICLE, "2030-05-02", "https://post.example/eels", "en-GB",
    )  # fmt: skip
    assert eels.note == "By Bo Lind, Ana Roa. ISSN 1234-5678."
    agents = {one.uid: one for one in found.added if isinstance(one, Agent)}
    assert (agents[eels.author or ""].name, agents[eels.publisher or ""].name) == ("Bo Lind", "Harbour Post")
    assert (sources["Harbour Act"].kind, sources["Harbour Act"].published) == (SourceKind.LAW, "2029")
    assert sources["On eels"].url == "https://doi.org/10.1/2" and sources["On eels"].published is None
    assert agents[sources["Count"].author or ""].kind is AgentKind.ORGANISATION
    assert [words for _, words in found.notes] == [
        "a date “2028-13”: no date, or more than one",
        "a date “spring”: no date, or more than one",
    ]


HYPOTHESIS: dict[str, Any] = {
    "total": 4,
    "rows": [
        {"uri": "https://post.example/1", "text": "Is that so?", "tags": ["check"],
         "document": {"title": ["Eels return"]},
         "target": [{"source": "https://post.example/1", "selector": [
             {"type": "RangeSelector", "startContainer": "/p"}, {"type": "TextPositionSelector", "start": 3, "end": 9},
             {"type": "TextQuoteSelector", "exact": "The eels are back.", "prefix": "Look: ", "suffix": " So"}]}]},
        {"uri": "https://post.example/1", "text": "a page note", "target": [{"source": "https://post.example/1"}]},
        {"uri": "https://post.example/1", "text": "a reply", "references": ["x"], "target": [{}]},
        {"uri": "file:///home/a.pdf", "target": [{"source": "file:///home/a.pdf", "selector": [
            {"type": "TextQuoteSelector", "exact": "Eels sleep."}]}]},
    ],
}  # fmt: skip


def test_what_people_marked_comes_in_as_claims_with_their_words() -> None:
    """The marked words are the claim, quoted from the page; the remark and the tags stand in the note."""
    found = imported(WebAnnotations(), json.dumps(HYPOTHESIS), "marked.json")
    assert found.kept == 1 and [reason for _, reason in found.refused] == [
        "It quotes no words of a page.",
        "It is a reply, which quotes nothing.",
        "It does not say on which page its words stand.",
    ]
    (claim,) = (one for one in found.added if isinstance(one, Claim))
    (evidence,) = (one for one in found.added if isinstance(one, Evidence))
    assert claim.text == "The eels are back." and evidence.stance is Stance.SUPPORTS and evidence.anchor is not None
    assert (evidence.anchor.exact, evidence.anchor.prefix) == ("The eels are back.", "Look: ".strip())
    assert evidence.note == "Is that so? Tags: check."


def test_our_own_annotations_come_back_as_what_they_were() -> None:
    """Claim, stance, words and note of an export are those of the import."""
    case = Case("The pier was shut for twelve days.", id="pier")
    paper = case.source("Harbour Post", id="post", url="https://post.example/1")
    case.evidence(paper, id="e", quote="We shut it for twelve days", contradicts=True, note="It gives no reason.")
    found = imported(WebAnnotations(), exported(WebAnnotations(), case), "ours.jsonld")
    (evidence,) = (one for one in found.added if isinstance(one, Evidence))
    (claim,) = (one for one in found.added if isinstance(one, Claim))
    assert found.kept == 1 and claim.text == "The pier was shut for twelve days."
    assert (evidence.stance, evidence.note) == (Stance.CONTRADICTS, "It gives no reason.")
    assert evidence.anchor is not None and evidence.anchor.exact == "We shut it for twelve days"


ANSWER: dict[str, Any] = {
    "claims": [
        {"text": "Eels fly.", "claimant": "Bo Lind", "claimDate": "2031-05-01T00:00:00Z", "claimReview": [
            {"publisher": {"name": "Harbour Check", "site": "check.example"}, "url": "https://check.example/1",
             "title": "No, eels do not fly", "reviewDate": "2031-05-02T09:00:00Z", "textualRating": "False",
             "languageCode": "en"},
            {"publisher": {"site": "other.example"}, "url": "https://other.example/7",
             "textualRating": "Missing context"}]},
        {"text": "", "claimReview": []},
        {"text": "Eels read.", "claimReview": []},
        None,
    ],
    "nextPageToken": "CAo",
}  # fmt: skip


def test_answers_of_the_fact_check_tools_come_in(book: Book) -> None:
    """One claim with two reviews of it; what is empty is refused, and that there are more pages is said."""
    found = import_document(
        book, registered(FactCheckTools()), Document(name="a.json", data=json.dumps(ANSWER).encode())
    )
    assert found.kept == 1 and len(found.refused) == 4
    assert found.refused[-1] == ("the next page", "It is not in this file: ask for it with its nextPageToken.")
    evidence = queries.rows(book.ledger.db, "evidence", claim="eels-fly")
    assert [row["stance"] for row in evidence] == ["contradicts", "context"]
    assert evidence[1]["note"] == "Rated “Missing context” by other.example."
    titles = [book.find(Source, row["source"]).title for row in evidence]
    assert titles == ["No, eels do not fly", "Fact-check by other.example: Eels fly."]


# -- how any item enters -----------------------------------------------------


class Given(Exchange):
    """A format that gives what a test wants."""

    name, title, carries, loses = "given", "what a test gives", "it", "nothing"
    media_type, suffixes = "text/plain", (".given",)

    def __init__(self, *items: ImportItem) -> None:
        self.items = items

    def read(self, document: Document) -> Any:
        return self.items


def entered(book: Book, *items: ImportItem) -> Any:
    """Enter items as a file of them would."""
    return import_document(book, registered(Given(*items)), Document(name="x", data=b""))


def test_an_item_enters_as_a_whole_or_leaves_nothing(book: Book) -> None:
    """Where one of its records cannot enter, none does, and later items that name it are refused as well."""
    agent = Agent(uid="a", handle="", name="Bo Lind")
    good = Claim(uid="c", handle="", text="Eels fly.", claimant="a")
    bad = Claim(uid="d", handle="", text="Eels swim.", said="yesterday")
    found = entered(
        book,
        ImportItem(name="bad", records=(agent, good, bad)),
        ImportItem(name="late", records=(Evidence(uid="e", handle="", claim="c", source="s"),)),
        ImportItem(name="fine", records=(Claim(uid="f", handle="", text="Eels rest."),)),
    )
    assert [name for name, _ in found.refused] == ["bad", "late"] and found.kept == 1
    assert "names the claim 'c', which did not come in" in found.refused[1][1]
    assert list(queries.names(book.ledger.db, "claim").values()) == ["Eels rest."]
    assert "Bo Lind" not in queries.names(book.ledger.db, "agent").values()


def test_records_of_an_item_may_stand_in_any_order(book: Book) -> None:
    """What is named may come after what names it."""
    records = (
        Evidence(uid="e", handle="", claim="c", source="s"),
        Claim(uid="c", handle="", text="Eels fly.", claimant="a"),
        Source(uid="s", handle="", title="Harbour Post", author="a"),
        Agent(uid="a", handle="", name="Bo Lind"),
    )
    assert entered(book, ImportItem(name="one", records=records)).kept == 1


def test_what_the_ledger_says_otherwise_is_left_alone_and_told(book: Book) -> None:
    """Of a record of the same name what differs is said; of one of the same id the item is refused."""
    book.claim("Eels fly.", id="eels", said="2031-05-01")
    same = Claim(uid="c", handle="", text="Eels fly.", said="2031-05-02")
    found = entered(book, ImportItem(name="same words", records=(same,)))
    assert found.kept == 1 and "said (“2031-05-01” in the ledger, “2031-05-02” here)" in found.notes[0][1]
    other = Claim(uid="c", handle="eels", text="Eels swim.")
    found = entered(book, ImportItem(name="same id", records=(other,)))
    assert found.kept == 0 and "eels is recorded otherwise: text" in found.refused[0][1]
    assert book.find(Claim, "eels").said == "2031-05-01"


@pytest.mark.parametrize(
    "record",
    [
        Claim(uid="c", handle="", text=5),  # type: ignore[arg-type]
        Claim(uid="c", handle="", text="Eels fly.", claimant=["a"]),  # type: ignore[arg-type]
        Claim(uid="c", handle="", text="Eels fly.", said=2031),  # type: ignore[arg-type]
        Claim(uid="c", handle="", text="Eels \ud83d."),
        Evidence(uid="e", handle="", claim="c", source=None),  # type: ignore[arg-type]
        Source(uid="s", handle="", title="Post", kind="gossip"),  # type: ignore[arg-type]
        Agent(uid={}, handle="", name="Bo"),  # type: ignore[arg-type]
    ],
    ids=["a number", "a list", "a year", "half a character", "no source", "no word of it", "no uid"],
)
def test_a_record_that_no_ledger_could_hold_is_refused(book: Book, record: Any) -> None:
    """A field of another type than its own never enters, whichever format gave it."""
    found = entered(book, ImportItem(name="one", records=(record,)))
    assert found.kept == 0 and len(found.refused) == 1
    assert queries.names(book.ledger.db, "claim") == {}


def test_an_item_without_records_is_refused(book: Book) -> None:
    """There is no way to lose an item in silence."""
    assert entered(book, ImportItem(name="empty")).refused == (("empty", "It asks for no record."),)


values = st.recursive(
    st.none() | st.integers() | st.text(max_size=15) | st.just("https://a.example/1"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "id type title author issued date-parts URL target source selector exact body purpose value tags uri "
                "items rows record handle uid name text claims claimReview factledger".split()
            ),
            inner | st.sampled_from(["TextQuoteSelector", "records/1", "claim"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("exchange", [CslJson(), WebAnnotations()], ids=lambda one: one.name)
@given(value=values)
def test_whatever_a_file_holds_nothing_breaks(exchange: Exchange, value: Any) -> None:
    """Any JSON gives items that each have a name, or is refused as a whole."""
    try:
        for item in read_items(registered(exchange), Document(name="any.json", data=json.dumps(value).encode())):
            assert item.name and (item.records or item.refused)
    except InputError as error:
        assert "any.json" in str(error)
