"""Findings as SARIF 2.1.0, the form in which code hosts and review tools take what checkers find (OASIS standard).

    factledger          SARIF
    checker             rule                            (3.49)
    problem             result, kind fail, level error  (3.27.9, 3.27.10)
    look                result, kind fail, level warning
    can't tell          result, kind open: too little is known to decide
    no problem found    result, kind pass
    did not run         result, kind review; a notification; and the execution was not successful (3.20.14)

The same findings give the same bytes: nothing here is of the moment or of the machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from inspect import cleandoc
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..about import parts
from ..format import Exchange, Extract
from ..model import CheckerCard, Outcome
from ..store import RecordedFinding, queries
from ..version import VERSION
from .lines import FilePosition

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

KIND_AND_LEVEL = {
    Outcome.FAIL: ("fail", "error"),
    Outcome.ERROR: ("review", "none"),
    Outcome.WARN: ("fail", "warning"),
    Outcome.ABSTAIN: ("open", "none"),
    Outcome.PASS: ("pass", "none"),
    Outcome.NOT_APPLICABLE: ("notApplicable", "none"),
}
"""In the order of results on one subject. A kind other than "fail" has no level (3.27.10)."""

GRAVEST_FIRST = list(KIND_AND_LEVEL)

Json = dict[str, Any]


class Sarif(Exchange):
    """SARIF, out."""

    name = "sarif"
    title = "what checks found, as SARIF 2.1.0, for code hosts and review tools"
    carries = "every finding on record with its reason and what it cites, and what each checker establishes"
    loses = "evidence, decisions, and lines of story files: check --sarif FILE --story STORY names those"
    media_type = "application/sarif+json"
    suffixes = (".sarif",)

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield the findings about the claims that are handed out, or about all there is."""
        yield _text(sarif(extract.findings, extract.of(CheckerCard), places={}, version=VERSION))


def sarif_text(
    db: Any, subjects: Iterable[str] | None = None, *, places: Mapping[str, FilePosition] | None = None
) -> str:
    """Return the findings on record about these subjects (handles), or about all, as the text of a SARIF file.

    `places` says where records stand in story files, as `read_marks` finds them; without it, findings name
    their claim and no line.
    """
    wanted = [None] if subjects is None else sorted(set(subjects))
    found = [one for subject in wanted for one in queries.findings(db, subject)]
    cards = [kept.record for kept in queries.all_kept(db, CheckerCard.KIND) if isinstance(kept.record, CheckerCard)]
    return _text(sarif(found, cards, places=places or {}, version=VERSION))


def _text(log: Json) -> str:
    return json.dumps(log, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def sarif(
    found: Iterable[RecordedFinding], cards: Iterable[CheckerCard], *, places: Mapping[str, FilePosition], version: str
) -> Json:
    """Return a SARIF log with one run: the checkers as rules, the findings as results, in a fixed order."""
    ranked = sorted(found, key=_rank)
    used = _used(ranked, cards)
    rules = {card.name: number for number, card in enumerate(used)}
    seen: Counter[str] = Counter()
    results = [_result(one, rules, places, seen) for one in ranked]
    broken = [_notification(one, rules, places) for one in ranked if one.finding.outcome is Outcome.ERROR]
    run = {
        "tool": {"driver": {"name": "factledger", "version": version, "rules": [_rule(card) for card in used]}},
        "invocations": [{"executionSuccessful": not broken, "toolExecutionNotifications": broken}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rank(one: RecordedFinding) -> tuple[Any, ...]:
    finding = one.finding
    return (one.subject, one.checker, GRAVEST_FIRST.index(finding.outcome), finding.code, finding.reason, one.handles)


def _used(found: Sequence[RecordedFinding], cards: Iterable[CheckerCard]) -> list[CheckerCard]:
    """Return the card of each checker that found something, of its latest version, by name."""
    latest = {one.checker: one.version for one in sorted(found, key=lambda one: one.seq)}
    return sorted((card for card in cards if latest.get(card.name) == card.version), key=lambda card: card.name)


def _rule(card: CheckerCard) -> Json:
    said = parts(card.about)
    limits = f"Establishes {card.establishes}.\nDoes not establish {card.does_not_establish}."
    rule = {
        "id": card.name,
        "name": "".join(word.capitalize() for word in card.name.split("-")),
        "shortDescription": {"text": _sentence(said.get("Checks") or card.establishes)},
        "help": {"text": "\n".join([*(f"{heading}: {text}" for heading, text in said.items()), limits])},
        "properties": {
            "version": card.version,
            "plugin": card.plugin,
            "scope": card.scope,
            "establishes": card.establishes,
            "doesNotEstablish": card.does_not_establish,
        },
    }
    why = said.get("Why it matters") or ("" if said else cleandoc(card.about))
    return {**rule, "fullDescription": {"text": _sentence(why)}} if why else rule


def _result(
    one: RecordedFinding, rules: Mapping[str, int], places: Mapping[str, FilePosition], seen: Counter[str]
) -> Json:
    finding = one.finding
    kind, level = KIND_AND_LEVEL[finding.outcome]
    said = f"Did not run: {finding.reason}" if finding.outcome is Outcome.ERROR else finding.reason
    related = [
        {"message": _message(handle), **_location(handle, places)}
        for handle in one.handles
        if handle in places and handle != one.subject
    ]
    properties = {
        "outcome": finding.outcome.value,
        "code": finding.code,
        "fix": finding.fix,
        "details": list(finding.details),
        "measures": dict(finding.measures),
        "cites": list(one.handles),
        "validUntil": finding.valid_until,
    }
    result: Json = {
        "ruleId": one.checker,
        "kind": kind,
        "level": level,
        "message": _message(said),
        "locations": [_location(one.subject, places)],
        "partialFingerprints": {"findingHash/v1": _fingerprint(one, seen)},
        "properties": {name: value for name, value in properties.items() if value},
    }
    if one.checker in rules:
        result["ruleIndex"] = rules[one.checker]
    if related:
        result["relatedLocations"] = related
    return result


def _notification(one: RecordedFinding, rules: Mapping[str, int], places: Mapping[str, FilePosition]) -> Json:
    notification: Json = {
        "level": "error",
        "message": _message(f"{one.checker} did not run on {one.subject}: {one.finding.reason}"),
        "locations": [_location(one.subject, places)],
    }
    if one.checker in rules:
        notification["associatedRule"] = {"id": one.checker, "index": rules[one.checker]}
    return notification


def _location(handle: str, places: Mapping[str, FilePosition]) -> Json:
    """Return a location that names a record, and its line in a story file where that is known."""
    location: Json = {"logicalLocations": [{"name": handle, "fullyQualifiedName": handle}]}
    place = places.get(handle)
    if place is not None:
        path = PurePath(place.file)
        uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}, "region": {"startLine": place.line}}
    return location


def _fingerprint(one: RecordedFinding, seen: Counter[str]) -> str:
    """Return what stays the same from run to run, and from ledger to ledger, while the finding does.

    The reason is left out where there is a code, since it may hold a number or a date that moves on.
    """
    said = json.dumps([one.subject, one.checker, one.finding.code or one.finding.reason, sorted(one.handles)])
    seen[said] += 1
    return sha256(f"{said} {seen[said]}".encode()).hexdigest()[:32]


def _message(text: str) -> Json:
    return {"text": text.replace("{", "{{").replace("}", "}}")}  # 3.11.5: {0} would be a placeholder


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."
