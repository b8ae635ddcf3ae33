"""What other programs are handed: each format is held to its standard, or to the library that reads it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from prov.model import ProvDocument

from ledger import store
from ledger.cli.drawn import ChainDrawing
from ledger.exchange import build_example, extract
from ledger.exchange.annotations import WebAnnotations
from ledger.exchange.datapackage import DataPackage
from ledger.exchange.provjson import prov
from ledger.format import Extract
from ledger.testing import Case, exported
from ledger.views.markdown import Markdown

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> [x](javascript:alert(1)) `a` *b* & # ~~c~~ "]]>'


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    """The example ledger, open."""
    path = tmp_path_factory.mktemp("example") / "ledger.db"
    build_example(path)
    with store.open_ledger(path) as ledger:
        yield ledger


@pytest.fixture
def whole(example: store.Ledger) -> Extract:
    """All that the example holds."""
    return extract(example, base_url="https://facts.example")


@pytest.fixture
def hostile() -> Case:
    """A claim whose every field holds what a page, a table or a CMS could run."""
    case = Case(HOSTILE, id="pier")
    who = case.agent(HOSTILE, id="who", note=HOSTILE)
    paper = case.source(HOSTILE, id="paper", publisher=who, url="https://post.example/(1)?a=<b>", note=HOSTILE)
    notice = case.source("Notice", id="notice")
    case.evidence(notice, id="e", seen_in=paper, speaker=who, quote=HOSTILE, note=HOSTILE)
    return case


# -- PROV --------------------------------------------------------------------


def test_prov_is_read_by_the_library_of_the_field(factledger: Any, example: store.Ledger) -> None:
    """The `prov` library takes the document, with a bundle for each claim, and writes what says the same."""
    text = factledger("-d", str(example.path), "export", "prov").stdout
    document = ProvDocument.deserialize(content=text, format="json")
    claims = json.loads(factledger("-d", str(example.path), "list").stdout)
    bundles = {str(bundle.identifier) for bundle in document.bundles}
    assert bundles == {f"here:bundle-{row['id']}" for row in claims}
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_prov_names_nothing_that_it_does_not_tell_of(whole: Extract) -> None:
    """Every entity, activity and agent of a relation is declared in its bundle, and the chain is in it."""
    ends = {"prov:generatedEntity", "prov:usedEntity", "prov:entity", "prov:agent", "prov:activity", "prov:delegate",
            "prov:responsible", "prov:specificEntity", "prov:generalEntity", "prov:influencee",
            "prov:influencer"}  # fmt: skip
    seen = set()
    for checked in whole.claims:
        told = prov(checked, whole)
        declared = {name for kind in ("entity", "activity", "agent") for name in told.get(kind, {})}
        for kind, members in told.items():
            if kind not in ("entity", "activity", "agent"):
                seen.add(kind)
                for relation in members.values():
                    assert {value for key, value in relation.items() if key in ends} <= declared
    assert seen >= {"wasDerivedFrom", "wasAttributedTo", "used", "wasGeneratedBy", "actedOnBehalfOf"}


# -- Web Annotation ----------------------------------------------------------


def test_annotations_are_as_the_standard_has_them(whole: Extract) -> None:
    """Each has a target with words that are selected, and bodies with a purpose of the standard's list."""
    page = json.loads("".join(WebAnnotations().write(whole)))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    quoted = [item for claim in whole.claims for item in claim.dossier.evidence if item.anchor and item.anchor.exact]
    assert len(page["items"]) == len(quoted) > 20
    assert len({one["id"] for one in page["items"]}) == len(quoted)
    for one in page["items"]:
        assert one["type"] == "Annotation" and one["motivation"] == "linking"
        assert re.fullmatch(r"(https?|urn):.+", one["target"]["source"])
        selector = one["target"]["selector"]
        assert selector["type"] in ("TextQuoteSelector", "FragmentSelector") and (
            "exact" in selector or "value" in selector
        )
        assert {body["purpose"] for body in one["body"]} <= {"identifying", "tagging", "commenting"}
        assert all(body["type"] == "TextualBody" and body["value"] for body in one["body"])


# -- data package ------------------------------------------------------------


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """Return datapackage.json and, by its name, the rows of each table."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        package = json.loads(archive.read("datapackage.json"))
        tables = {
            one["name"]: list(csv.DictReader(io.StringIO(archive.read(one["path"]).decode(), newline="")))
            for one in package["resources"]
        }
    return package, tables


def test_a_data_package_says_what_its_tables_hold(whole: Extract) -> None:
    """By the specification: columns in the schema's order, ids that are there once, references that lead somewhere."""
    package, tables = unpacked(b"".join(DataPackage().write(whole)))
    assert package["profile"] == "tabular-data-package" and re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert {"claims", "evidence", "sources", "agents", "reviews"} <= tables.keys()
    for resource in package["resources"]:
        rows, schema = tables[resource["name"]], resource["schema"]
        assert list(rows[0]) == [field["name"] for field in schema["fields"]]
        ids = [row["id"] for row in rows]
        assert schema["primaryKey"] == "id" and len(set(ids)) == len(ids)
        kinds = {field["name"]: field["type"] for field in schema["fields"]}
        for row in rows:
            assert all(row[name] in ("", "true", "false") for name, kind in kinds.items() if kind == "boolean")
            assert all(re.fullmatch(r"\d*", row[name]) for name, kind in kinds.items() if kind == "integer")
        for key in schema.get("foreignKeys", ()):
            there = {row["id"] for row in tables[key["reference"]["resource"] or resource["name"]]}
            assert {row[key["fields"]] for row in rows} - {""} <= there
    evidence = next(one for one in package["resources"] if one["name"] == "evidence")
    assert {"claim", "source", "seen_in"} <= {key["fields"] for key in evidence["schema"]["foreignKeys"]}


def test_no_cell_is_a_formula(hostile: Case) -> None:
    """What a spreadsheet would run begins with an apostrophe; all else stands as it is."""
    _, tables = unpacked(exported(DataPackage(), hostile))
    assert tables["claims"][0]["text"] == f"'{HOSTILE}"
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_the_same_records_make_the_same_package(whole: Extract) -> None:
    """No time of packing is in it."""
    assert b"".join(DataPackage().write(whole)) == b"".join(DataPackage().write(whole))


# -- Markdown and pictures ---------------------------------------------------


def test_markdown_has_nothing_that_runs(hostile: Case) -> None:
    """No tag, no link and no mark comes of the words of a record."""
    text = exported(Markdown(), hostile).decode()
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    assert "<script" not in text.replace("    ", "") or "<script" not in prose
    assert not re.search(r"(?<!\\)\]\((?!https://)", prose)
    assert not re.search(r"(?<!\\)[`*_]b|(?<!\\)`", prose)
    assert "https://post.example/%281%29?a=%3Cb%3E" in prose


def test_markdown_begins_with_what_was_decided(factledger: Any, example: store.Ledger) -> None:
    """The claim, the verdict with who decided and when, then evidence with its words, then what is open."""
    told = factledger("-d", str(example.path), "export", "markdown", "troop-offer").stdout
    lines = [line for line in told.splitlines() if line]
    assert lines[0].startswith("# Donald Trump proposed") and lines[1].startswith("**Not enough evidence.**")
    assert "“I propose that the U.S. Army come in to help you”" in told
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## What speaks for it" and headings[-1] == "## What checks found"


def test_the_drawn_chain_stands_alone(hostile: Case) -> None:
    """It is an SVG that needs nothing else, runs nothing, and can be read aloud."""
    root = ElementTree.fromstring(exported(ChainDrawing(), hostile))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "style", "title", "desc", "defs", "marker", "path", "g", "a", "rect", "text", "tspan"}
    assert all(href.startswith("https://facts.example/") for one in root.iter() if (href := one.get("href")))
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    style = root.find("{http://www.w3.org/2000/svg}style")
    assert style is not None and "url(" not in (style.text or "") and "@import" not in (style.text or "")


def test_a_picture_is_of_one_claim(factledger: Any, example: store.Ledger) -> None:
    """Of several claims there is none, and the line says so."""
    done = factledger("-d", str(example.path), "export", "svg")
    assert done.returncode == 2 and "A picture is of one claim. Name it" in done.stderr


# -- bundles -----------------------------------------------------------------


def test_a_bundle_says_what_its_files_are(factledger: Any, tmp_path: Path) -> None:
    """RO-Crate: each file of the bag is described once, under its own path; copies with their hash and their source."""
    (tmp_path / "article.txt").write_text("The pier was shut on Monday.\n", encoding="utf-8")
    for arguments in (
        ["init", "--origin", "desk.example", "--person", "Ana Roa"],
        ["add", "The pier was shut.", "--id", "pier", "--seen-in", "article.txt", "--quote", "The pier was shut"],
        ["export", "bundle", "pier", "pier.bag"],
    ):
        assert factledger(*arguments).returncode == 0
    data = tmp_path / "pier.bag" / "data"
    crate = json.loads((data / "ro-crate-metadata.json").read_text("utf-8"))
    nodes = {one["@id"]: one for one in crate["@graph"]}
    assert len(nodes) == len(crate["@graph"])
    about = nodes["ro-crate-metadata.json"]
    assert about["conformsTo"]["@id"] == crate["@context"].removesuffix("/context")
    root = nodes[about["about"]["@id"]]
    assert root["@type"] == "Dataset" and {"name", "description", "datePublished", "license"} <= root.keys()
    files = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()} - {"ro-crate-metadata.json"}
    assert (
        {part["@id"] for part in root["hasPart"]} == files == {i for i, one in nodes.items() if one["@type"] == "File"}
    )
    (copy,) = (one for one in nodes.values() if "sha256" in one)
    assert (
        copy["@id"] == f"captures/{copy['sha256']}.txt"
        and nodes[copy["isBasedOn"]["@id"]]["name"] == "The pier was shut on Monday."
    )
    named = [value["@id"] for one in nodes.values() for value in one.values() if isinstance(value, dict)]
    assert set(named) - {crate["@context"].removesuffix("/context")} <= nodes.keys()
