"""One article as `factledger read` prints it, read by the standard reader and checkers, without other processes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import click
from factledger_checkers import ledger_register_checkers
from factledger_reader import ledger_register_readers

from ledger.capture import read_file
from ledger.cli.annotated import lines
from ledger.desk import asides_in
from ledger.errors import InputError
from ledger.policy import default_policy
from ledger.reader import SuggestedClaim, to_json
from ledger.reading.annotate import Annotations
from ledger.reading.articles import article_of
from ledger.reading.calls import findings_of, proof_of
from ledger.reading.held import held
from ledger.reading.text_findings import text_finding
from ledger.text import sentences
from ledger.text.spans import blanked

HERE = Path(__file__).parent
ARTICLES = sorted((HERE / "articles").iterdir())
WIDTH = 100


@attrs.frozen
class Standing:
    """A checker as a registry hands it out."""

    checker: Any
    name: str
    version: str


@cache
def checkers() -> tuple[Standing, ...]:
    """Return the standard checkers that read texts."""
    found = ledger_register_checkers({})
    return tuple(Standing(one, one.name, str(one.version)) for one in found if one.reads_text)


def annotations(path: Path) -> Annotations:
    """Return what is read in an article."""
    document = read_file(path)
    whole, asides = article_of(document), asides_in(document)
    article = attrs.evolve(whole, text=blanked(whole.text, asides or ()))
    (reader,) = ledger_register_readers()
    said = [json.dumps(to_json(one)) for one in reader.read(article)]
    found, left_out = held(article, reader.name, str(reader.version), said)
    found.sort(key=lambda one: (one.span.start, one.span.end, one.KIND))
    claims = [one for one in found if isinstance(one, SuggestedClaim)]
    proof = proof_of(article, claims, default_policy(), datetime(2031, 7, 1, tzinfo=UTC))
    spans = sentences(article.text)
    findings = {
        (one.name, finding.reason): text_finding(one.name, one.version, finding, spans[number], spans)
        for one in checkers()
        for number, finding in findings_of(one, proof)
    }
    ordered = sorted(findings.values(), key=lambda one: one.order)
    return Annotations(whole, len(spans), tuple(ordered), tuple(found), tuple(left_out), asides=asides)


def reading(path: Path) -> str:
    """Return an article's reading as it is printed, or why it cannot be read."""
    try:
        told = "\n".join(line.rstrip() for line in lines(annotations(path), path.name, WIDTH))
    except InputError as error:
        told = str(error).replace(str(path), path.name)
    return f"{click.unstyle(told)}\n"


def kept(path: Path) -> Path:
    """Return where the reading of an article is kept."""
    return HERE / "readings" / f"{path.stem}.txt"
