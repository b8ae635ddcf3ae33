"""ClaimReview: what goes out follows schema.org; what comes in is kept or refused with the reason, item by item."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book
from ledger.errors import InputError
from ledger.exchange import build_example, import_document, read_items
from ledger.exchange.claimreview import ClaimReviewExchange
from ledger.exchange.factchecktools import FactCheckTools
from ledger.format import Document, Exchange
from ledger.model import Agent, Claim, Evidence, Review, Source, Verdict
from ledger.plugins import RegisteredExchange
from ledger.store import queries
from ledger.testing import Case, exported, imported

CASES = tomllib.loads(Path(__file__).with_name("claimreviews.toml").read_text("utf-8"))["review"]

# -- out ---------------------------------------------------------------------

THING = {"name": "Text", "url": "URL"}
WORK = {
    **THING,
    "headline": "Text",
    "inLanguage": "Text",
    "datePublished": "Date",
    "author": "Agent",
    "publisher": "Agent",
}
REVIEW = {"claimReviewed": "Text", "itemReviewed": "Claim", "reviewBody": "Text", "reviewRating": "Rating"}
KINDS = {
    "Agent": ("Person", "Organization", "SoftwareApplication"),
    "Work": ("NewsArticle", "CreativeWork", "Dataset", "SocialMediaPosting", "MediaObject", "Legislation"),
}
TYPES: dict[str, dict[str, str]] = {
    "DataFeed": {**THING, "dataFeedElement": "ClaimReview"},
    "ClaimReview": {**WORK, **REVIEW},
    "Claim": {**WORK, "appearance": "Work", "firstAppearance": "Work"},
    "Rating": {"alternateName": "Text", "ratingValue": "Number", "bestRating": "Number", "worstRating": "Number"},
    **dict.fromkeys(KINDS["Agent"], THING),
    **dict.fromkeys(KINDS["Work"], WORK),
}
"""Type -> property -> what may stand there, as we read schema.org; only what we write."""

NEEDED = {
    "ClaimReview": {"claimReviewed", "url", "author", "reviewRating", "itemReviewed"},
    "Rating": {"alternateName"},
    "Person": {"name"},
    "Organization": {"name"},
}
"""What search engines ask for beyond the vocabulary."""


def faults(node: Any, wanted: str, place: str = "") -> Iterator[str]:
    """Yield what is wrong with a value of which a property wants this."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from faults(one, wanted, f"{place}[{number}]")
    elif wanted == "Text":
        if not isinstance(node, str) or not node.strip():
            yield f"{place}: {node!r} is no text"
    elif wanted == "URL":
        if urlsplit(node).scheme not in ("http", "https"):
            yield f"{place}: {node!r} is no address"
    elif wanted == "Number":
        if type(node) is not int:
            yield f"{place}: {node!r} is no number"
    elif wanted == "Date":
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", node):
            yield f"{place}: {node!r} is no date"
    elif not isinstance(node, dict) or node.get("@type") not in KINDS.get(wanted, {wanted}):
        yield f"{place}: {node!r} is no {wanted}"
    else:
        kind = node["@type"]
        yield from (f"{place}: {kind} lacks {name}" for name in NEEDED.get(kind, set()) - node.keys())
        for name, value in node.items():
            if name not in ("@type", "@context", "@id"):
                known = TYPES[kind].get(name)
                yield from faults(value, known, f"{place}/{name}") if known else [f"{place}: {kind} has no {name}"]


def test_the_example_ledgers_decisions_are_as_schema_org_has_them(factledger: Any, tmp_path: Path) -> None:
    """Every decided claim of the example is a ClaimReview without a fault, and no other is."""
    build_example(tmp_path / "ledger.db")
    done = factledger("export", "claimreview", "--base-url", "https://facts.example/desk/")
    feed = json.loads(done.stdout)
    assert list(faults(feed, "DataFeed")) == []
    assert [one["claimReviewed"] for one in feed["dataFeedElement"]] == [
        "Donald Trump proposed to Claudia Sheinbaum that the U.S. Army come into Mexico.",
        *(one["claimReviewed"] for one in feed["dataFeedElement"][1:]),
    ]
    assert {one["url"] for one in feed["dataFeedElement"]} >= {"https://facts.example/desk/ledger/claims/troop-offer"}
    decided = [row for row in json.loads(factledger("list").stdout) if row["verdict"] != "unchecked"]
    assert len(feed["dataFeedElement"]) == len(decided) > 1


@pytest.mark.parametrize("verdict", [one for one in Verdict if one is not Verdict.UNCHECKED])
def test_only_the_ends_of_the_scale_are_figures(verdict: Verdict) -> None:
    """Supported is 5 of 5 and refuted 1 of 5; whatever lies between has words alone, or it would say "half true"."""
    case = Case("The pier was shut.")
    case.add(Agent, "ana", name="Ana Roa")
    case.add(Review, "one", claim=case.claim, verdict=verdict, reasons="So it is.", reviewer="agent:ana")
    (told,) = json.loads(exported(ClaimReviewExchange(), case))["dataFeedElement"]
    assert list(faults(told, "ClaimReview")) == []
    assert told["reviewRating"].get("ratingValue") == {Verdict.SUPPORTED: 5, Verdict.REFUTED: 1}.get(verdict)


def test_what_is_withheld_stands_in_no_format(factledger: Any, tmp_path: Path) -> None:
    """A name that is withheld is in none of the formats, neither as whose claim it is nor in a note."""
    for arguments in (
        ["init", "--origin", "desk.example", "--person", "Ana Roa"],
        ["agent", "Marta Quell", "--id", "quell"],
        ["add", "The pier was shut.", "--id", "pier", "--said-by", "quell", "--in", "Notice of the council"],
        ["review", "pier", "refuted", "--because", "It was open."],
        ["check"],
        ["withhold", "quell", "name", "--because", "A court says so.", "--also", "Marta"],
    ):
        done = factledger(*arguments)
        assert done.returncode in (0, 1), (arguments, done.stderr)
    for name in ("annotations", "claimreview", "markdown", "prov", "records", "sarif", "story"):
        done = factledger("export", name, "--base-url", "https://facts.example")
        assert (done.returncode == 0 and "The pier was shut" in done.stdout) or name in ("annotations", "sarif"), name
        assert "Quell" not in done.stdout and "Marta" not in done.stdout
    assert factledger("export", "datapackage", "--out", "all.zip").returncode == 0
    with zipfile.ZipFile("all.zip") as archive:
        assert not any(b"Quell" in archive.read(name) for name in archive.namelist())


# -- in ----------------------------------------------------------------------


def filled(text: str) -> str:
    """Return the JSON of a case: {300} stands for so many letters."""
    return re.sub(r"\{(\d+)\}", lambda number: "x" * int(number[1]), text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_dirty_review_is_kept_or_refused_with_the_reason(case: dict[str, Any]) -> None:
    """Each is one item; what is kept says what it should, what is not taken is said."""
    found = imported(ClaimReviewExchange(), f"[{filled(case['json'])}]", "reviews.json")
    names = {name for name, _ in found.refused}
    assert (found.kept or 0) + len(names) >= 1
    if "refused" in case:
        assert case["refused"] in found.refused[0][1] and found.refused[0][0].startswith("item 1")
        return
    assert found.kept == 1, found.refused
    (claim,) = (one for one in found.added if isinstance(one, Claim))
    assert claim.text == case.get("claim", claim.text)
    evidence = [one for one in found.added if isinstance(one, Evidence)]
    assert evidence[-1].stance == case.get("stance", evidence[-1].stance)
    assert ("left_out" in case) == bool(found.notes)
    assert case.get("left_out", "") in " ".join(words for _, words in found.notes)


def test_all_of_them_at_once_are_all_told_of(book: Book) -> None:
    """Fifty dirty reviews in one file: none is lost, and what comes in again adds nothing."""
    document = Document(name="all.json", data=f"[{','.join(filled(case['json']) for case in CASES)}]".encode())
    first = import_document(book, registered(ClaimReviewExchange()), document)
    assert len(CASES) >= 50
    assert first.kept == sum("refused" not in case for case in CASES)
    assert len(first.refused) >= sum("refused" in case for case in CASES)
    again = import_document(book, registered(ClaimReviewExchange()), document)
    assert (again.added, again.kept, again.refused) == ((), first.kept, first.refused)


def registered(exchange: Exchange) -> RegisteredExchange:
    """Return a format as it is registered."""
    return RegisteredExchange(
        exchange, "factledger", exchange.name, "1", "", exchange.title, exchange.carries, exchange.loses,
        exchange.media_type, exchange.suffixes, writes=False, reads=True,
    )  # fmt: skip


def test_another_houses_verdict_is_evidence_and_no_decision(book: Book) -> None:
    """Their article speaks against the claim, their rating stands in its note, and the claim stays undecided."""
    document = Document(name="one.json", data=CASES[0]["json"].encode())
    import_document(book, registered(ClaimReviewExchange()), document)
    (claim,) = [book.find(Claim, "the-pier-was-shut")]
    assert claim.claimant == book.find(Agent, "Marta Quell").uid and claim.said == "2031-05-01"
    rows = {row["stance"]: row for row in queries.rows(book.ledger.db, "evidence", claim=claim.handle)}
    assert rows["contradicts"]["note"] == "Rated “False” (1 on a scale of 1 to 5) by Harbour Check."
    source = book.find(Source, rows["contradicts"]["source"])
    assert (source.url, source.title) == (
        "https://check.example/1",
        "Fact-check by Harbour Check: The pier was shut.",
    )
    assert queries.rows(book.ledger.db, "reviews") == []


def test_a_review_that_gives_a_name_two_values_is_refused() -> None:
    """A page's script that says twice what was reviewed, and not the same, is not read as either."""
    script = '{"@type": "ClaimReview", "claimReviewed": "It rose.", "claimReviewed": "It fell."}'
    page = f'<html><script type="application/ld+json">{script}</script></html>'
    with pytest.raises(InputError, match=r"a\.html script 1: One object gives 'claimReviewed' two values"):
        imported(ClaimReviewExchange(), page, "a.html")


def test_reviews_are_found_in_a_page_and_line_by_line() -> None:
    """A saved page has them in its scripts, a feed may have one a line."""
    page = f'<html><script type="application/ld+json">{CASES[0]["json"]}</script><p>ClaimReview</p></html>'
    assert imported(ClaimReviewExchange(), page, "page.html").kept == 1
    lines = "\n".join(CASES[number]["json"] for number in (0, 1, 2))
    assert imported(ClaimReviewExchange(), lines, "feed.ndjson").kept == 3


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "@type @id @graph @value name author url text claims claimReview publisher claimReviewed itemReviewed "
                "reviewRating datePublished appearance ratingValue bestRating worstRating title textualRating".split()
            ),
            inner | st.just("ClaimReview"),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("exchange", [ClaimReviewExchange(), FactCheckTools()], ids=lambda one: one.name)
@given(value=json_values)
def test_whatever_stands_in_the_fields_nothing_breaks(exchange: Exchange, value: Any) -> None:
    """Any JSON is read to items that each have a name, or refused as a whole."""
    document = Document(name="any.json", data=json.dumps(value).encode())
    try:
        for item in read_items(registered(exchange), document):
            assert item.name and (item.records or item.refused)
    except InputError as error:
        assert "any.json" in str(error)
