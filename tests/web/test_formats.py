"""A claim in other forms than its page: the whole of it as JSON, as linked data; and no form that there is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import trust
from ledger.book import Book
from ledger.model import WITHHELD, Verdict
from ledger.store import queries

from .conftest import tell

SCHEMA = json.loads(Path("ledger/web/static/claim.schema.json").read_text(encoding="utf-8"))

CLAIMS = ["troop-offer", "troop-offer-said", "pressure", "refusal", "do-more", "former-president", "analysts",
          "call-15-april", "call-16-april"]  # fmt: skip

TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
SAY_NOTHING = {"$schema", "$defs", "title", "description"}


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Yield what a value has against a schema, and every property that no part of it names.

    The words of JSON Schema that ours uses, by their definitions; one that is not known here is itself a fault.
    """
    named = set[str]()
    yield from _faults(value, schema, where, named)
    if isinstance(value, dict):
        free = schema.get("description", "").startswith("A selector")
        yield from (f"{where}: {name} is not described" for name in value.keys() - named if not free)


def _faults(value: Any, schema: dict[str, Any], where: str, named: set[str]) -> Iterator[str]:
    for word, said in schema.items():
        if word in SAY_NOTHING:
            continue
        if word == "$ref":
            yield from _faults(value, SCHEMA["$defs"][said.removeprefix("#/$defs/")], where, named)
        elif word == "type":
            kinds = [said] if isinstance(said, str) else said
            if not any(TYPES[kind](value) for kind in kinds):
                yield f"{where} is no {said}"
        elif word == "properties":
            for name in said.keys() & (value.keys() if isinstance(value, dict) else set()):
                named.add(name)
                yield from faults(value[name], said[name], f"{where}.{name}")
        elif word == "required":
            yield from (f"{where} lacks {name}" for name in said if isinstance(value, dict) and name not in value)
        elif word == "items":
            for number, item in enumerate(value if isinstance(value, list) else []):
                yield from faults(item, said, f"{where}[{number}]")
        elif word == "prefixItems":
            yield from (fault for one, part in zip(value, said, strict=True) for fault in faults(one, part, where))
        elif word == "enum":
            if value not in said:
                yield f"{where} is none of {said}"
        elif word == "const":
            if value != said:
                yield f"{where} is not {said}"
        elif word == "pattern":
            if not re.search(said, value):
                yield f"{where} does not match {said}"
        elif word == "anyOf":
            if all(list(faults(value, one, where)) for one in said):
                yield f"{where} fits none of {said}"
            named.update(value if isinstance(value, dict) else ())
        elif word == "allOf":
            for one in said:
                yield from _faults(value, one, where, named)
        else:
            yield f"{where}: {word} is not known to this test"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_schema_describes_every_claim(get: Any, claim: str) -> None:
    """Each claim of the story, whatever became of it, has the form that is promised, and nothing beyond."""
    assert list(faults(json.loads(get(f"/ledger/claims/{claim}.json").text), SCHEMA)) == []


def test_the_schema_is_no_empty_promise(get: Any) -> None:
    """What it forbids is seen: a part that is missing, one of another kind, a word that no vocabulary has."""
    told = json.loads(get("/ledger/claims/refusal.json").text)
    for spoilt in (
        {name: value for name, value in told.items() if name != "records"},
        told | {"factledger": "claim/2"},
        told | {"stale": "no"},
        told | {"axes": told["axes"] | {"verdict": "true"}},
        told | {"version": told["version"] | {"root": "00"}},
        told | {"decisions": [told["decisions"][0] | {"standing": None}]},
        told | {"surprise": 1},
    ):
        assert list(faults(spoilt, SCHEMA))


def test_the_schema_is_served_beside_the_claims(get: Any) -> None:
    """Whoever reads the JSON finds its description on the same site."""
    assert json.loads(get("/-/static-plugins/factledger/claim.schema.json").text) == SCHEMA


def test_a_claim_as_json_is_the_whole_claim(get: Any) -> None:
    """Records with their entries, findings with reasons, decisions and sign-offs, chain and history are in it."""
    told = json.loads(get("/ledger/claims/troop-offer-said.json").text)
    records = {kind: {one["record"]["handle"] for one in kept} for kind, kept in told["records"].items()}
    assert records["evidence"] == {"said-speech"}
    assert records["review"] == {"said-review", "said-sign-off"}
    assert {"speech", "article"} <= records["source"]
    assert {"ana-lopez", "ben", "sheinbaum", "trump"} <= records["agent"]
    (evidence,) = (one["record"] for one in told["records"]["evidence"])
    assert evidence["original"].startswith("Propongo que")
    decided, signed = told["decisions"]
    assert (decided["verdict"], decided["by"], signed["seconds"]) == ("supported", "Ana López", decided["review"])
    assert decided["decides"] and signed["decides"]
    assert {"from": None, "to": "article", "how": "for, seen in", "against": False, "carries": True} in told["chain"][
        "edges"
    ]
    assert {event["kind"] for event in told["history"]} >= {"claim", "evidence", "review", "result"}
    assert any(finding["checker"].startswith("corroboration@") for finding in told["findings"])


def test_what_it_says_is_of_the_head(get: Any, story: Path) -> None:
    """Its version names the number of entries and the root of the ledger that it was made of."""
    from ledger import store

    with store.open_ledger(story) as ledger:
        head = queries.head(ledger.db)
    version = json.loads(get("/ledger/claims/refusal.json").text)["version"]
    assert (version["entries"], version["root"]) == (head.size, head.root.hex())


# -- linked data -------------------------------------------------------------------


def graph(answer: Any) -> dict[str, Any]:
    """Return the nodes of linked data by their ids."""
    assert answer.headers["content-type"].startswith("application/ld+json")
    return {node["@id"]: node for node in json.loads(answer.text)["@graph"]}


def test_a_decision_is_a_claim_review(get: Any) -> None:
    """Who decided what of which claim, when and why; a number only at the end of the scale."""
    nodes = graph(get("/ledger/claims/former-president.jsonld"))
    page = "http://localhost/ledger/claims/former-president"
    (review,) = (node for node in nodes.values() if "ClaimReview" in node["@type"])
    assert review["claimReviewed"] == "Donald Trump was a former president when he made the offer"
    assert review["reviewRating"] == {
        "@type": "Rating", "alternateName": "refuted", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert (review["author"]["name"], review["publisher"]["name"]) == ("Ana López", "desk.example.org")
    assert review["url"] == page
    assert "Claim" in nodes[review["itemReviewed"]["@id"]]["@type"]
    activity = nodes[review["prov:wasGeneratedBy"]]
    assert activity["prov:wasAssociatedWith"] == "http://localhost/ledger/agents/ana-lopez"


def test_what_nobody_decided_or_no_longer_stands_has_no_review(get: Any) -> None:
    """An open claim, a retracted and a replaced one are claims with sources, without a review."""
    for claim in ("troop-offer", "analysts", "call-15-april"):
        nodes = graph(get(f"/ledger/claims/{claim}.jsonld"))
        assert not [node for node in nodes.values() if "ClaimReview" in node["@type"]]
        assert f"http://localhost/ledger/claims/{claim}#claim" in nodes


def test_the_way_of_the_words_is_told_in_prov(get: Any) -> None:
    """Quoting, deriving, a first-hand source, a copy with its hash: each step leads to a node that is there."""
    nodes = graph(get("/ledger/claims/refusal.jsonld"))
    at = "http://localhost/ledger/sources"
    assert nodes[f"{at}/article"]["prov:wasQuotedFrom"] == [f"{at}/speech"]
    claim = nodes["http://localhost/ledger/claims/refusal#claim"]
    assert claim["prov:wasDerivedFrom"] == claim["prov:hadPrimarySource"] == [f"{at}/speech"]
    (copy,) = (node for node in nodes.values() if "sha256" in node)
    assert copy["prov:specializationOf"] == f"{at}/article"
    named = {
        end
        for node in nodes.values()
        for name, ends in node.items()
        if name.startswith("prov:w")
        for end in ends_of(ends)
    }
    assert {end for end in named if end.startswith("http")} <= nodes.keys()


def ends_of(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_hidden_words_and_hashes_are_in_no_form(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """A withheld name, and the hash of a copy that holds it, are in neither form, though the file still has them."""
    tell(fresh)
    (copy,) = queries.rows(fresh.ledger.db, "captures")
    trust.withhold(fresh, "sheinbaum", ["name"], "She asked for it.", also=["she told students"])
    get = serving(fresh.ledger.path)
    for form in ("json", "jsonld"):
        text = get(f"/ledger/claims/refusal.{form}").text
        assert "Claudia Sheinbaum" not in text
    (now,) = queries.rows(fresh.ledger.db, "captures")
    assert now["sha256"] == WITHHELD
    assert copy["sha256"] not in get("/ledger/claims/refusal.json").text + get("/ledger/claims/refusal.jsonld").text


def test_a_label_of_the_house_is_the_rating(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """The words in which a house decides are those of its review; between the ends there is no number."""
    claim = fresh.claim("The bridge was closed.", id="bridge")
    fresh.review(claim, Verdict.CONFLICTING, "Two reports differ.", label="Half of it")
    nodes = graph(serving(fresh.ledger.path)("/ledger/claims/bridge.jsonld"))
    (review,) = (node for node in nodes.values() if "ClaimReview" in node["@type"])
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Half of it"}


# -- which forms there are -----------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/?_format=xyz",
        "/?_format=json",
        "/-/ledger/timeline?_format=atom",
        "/ledger?_format=xyz",
        "/ledger/claims?_format=xyz",
        "/ledger/claims.jsonld",
        "/ledger/claims/refusal.xyz",
        "/ledger/claims/refusal?_format=xyz",
        "/ledger/claims/refusal?_format=json&_format=xyz",
        "/ledger/claims/refusal?_format=",
        "/ledger/claims/refusal.csv",
        "/ledger/sources/article.jsonld",
        "/ledger/agents/trump.xyz",
        "/ledger/claims/refusal@60.xyz",
    ],
)
def test_a_form_that_there_is_not_is_missing(get: Any, path: str) -> None:
    """No page of HTML stands in for it."""
    answer = get(path)
    assert (answer.status_code, answer.headers["content-type"][:10]) == (404, "text/plain"), path
    assert "There is no such format here." in answer.text


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("/ledger/claims/refusal?_format=json", "/ledger/claims/refusal.json"),
        ("/ledger/claims/refusal?_format=jsonld", "/ledger/claims/refusal.jsonld"),
        ("/ledger/claims/refusal@60?_format=json", "/ledger/claims/refusal@60.json"),
    ],
)
def test_a_form_can_be_asked_for_beside_the_path(get: Any, asked: str, same: str) -> None:
    """The parameter gives what the ending gives."""
    assert get(asked).text == get(same).text
    assert get("/ledger/claims?_format=json").headers["content-type"].startswith("application/json")


def test_a_claim_that_is_not_there_is_in_no_form(get: Any) -> None:
    """Its data is missing as its page is, with the reason as data."""
    for form in ("json", "jsonld"):
        answer = get(f"/ledger/claims/nobody.{form}")
        assert answer.status_code == 404
        assert "There is no claim 'nobody'" in json.loads(answer.text)["error"]
    assert get("/ledger/claims/nobody.atom").status_code == 404


def test_the_page_leads_to_its_other_forms(get: Any) -> None:
    """The head of a claim's page names its data, its linked data and its feed; every page the feeds of the ledger."""
    page = get("/ledger/claims/refusal").text
    for kind, path in (("json", "json"), ("ld+json", "jsonld"), ("atom+xml", "atom")):
        assert re.search(
            f'<link rel="alternate" type="application/{re.escape(kind)}"[^>]*href="/ledger/claims/refusal.{path}"', page
        )
    for path in ("/", "/ledger/claims/refusal", "/-/ledger/timeline"):
        assert 'title="Decisions" href="/-/ledger/decisions.atom"' in get(path).text
