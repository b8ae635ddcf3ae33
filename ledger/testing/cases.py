"""Cases read from a TOML file that stands beside a checker: what it fails on and what it passes, side by side.

    [[case]]
    name = "a source older than the event"
    claim = { text = "The bridge was closed.", occurred = "2031-05-02" }
    expect = [{ outcome = "fail", code = "source_before_event", reason_contains = "older" }]

    [[case.source]]
    id = "post"
    title = "Bridge shut"
    published = "2031-05-01"

    [[case.evidence]]
    source = "post"
    basis = "witness"

    [[case.answer]]
    address = "https://feeds.example.org/reviews.json"
    text = "{}"

An `answer` is for a checker that says `network`; with `why` in place of `text`, nothing came.
What may stand under `claim`, `agent`, `source`, `capture`, `link`, `evidence` and `inquiry` are the fields of these
records; another record is named by its id. One table may stand for a list of one. Of several claims the first is the
one that the case is about. A file holds only what a ledger would take; for what it would not, make a `Case` by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast

import attrs

from .. import rules
from ..errors import InputError
from ..exchange.forms import RecordForm, require_keys, text
from ..exchange.lines import Fields, FilePosition, Items, Node, Scalar, did_you_mean, placed, read_text
from ..exchange.values import Named, read
from ..model import Agent, Capture, Claim, Evidence, Inquiry, Link, Record, Source, Standing
from ..policy import read_policy
from .case import Case
from .expected import Expected

FORMS: Mapping[str, RecordForm] = {
    "claim": RecordForm(Claim, more=("standing",)),
    "agent": RecordForm(Agent, needs=("id",)),
    "source": RecordForm(Source, more=("withdrawn",), needs=("id",)),
    "capture": RecordForm(
        Capture, implied=("sha256", "size", "media_type", "text_sha256", "text_length", "extractor"), more=("text",)
    ),
    "link": RecordForm(Link),
    "evidence": RecordForm(Evidence, implied=("anchor",), more=("quote", "at", "language")),
    "inquiry": RecordForm(Inquiry),
}
"""By the key under which records of this form stand, in the order in which they are made."""

TOLD = ("name", "now", "policy", "options", "expect", "answer")
NEEDED = {
    "name": 'name = "a source without a date"',
    "claim": 'claim = { text = "..." }',
    "expect": 'expect = [{ outcome = "fail" }], or expect = [] if the checker says nothing',
}
"""What every case has, and how it is written."""


def load_cases(path: str | Path) -> tuple[Case, ...]:
    """Return the cases of a TOML file; raise InputError, with the case and the field, for the first thing amiss."""
    path = Path(path)
    file = _At(path.name, 0)
    written = _parsed(path)
    require_keys(_fields(written, file), ("case",))
    tables = written.get("case", [])
    found: dict[str, Case] = {}
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        if not isinstance(table, dict):
            raise file.error("case is not a table.", "Write [[case]] on a line of its own.")
        name = table.get("name")
        title = f"“{name}”" if isinstance(name, str) and name.strip() else str(number)
        at = _At(path.name, 0, f"case {title}")
        case = _CaseReader(table, at, path.parent).case()
        if case.name in found:
            raise at.error("Another case has this name.", "Give each a name of its own.", field="name")
        found[case.name] = case
    if not found:
        raise file.error("The file holds no case.", "Begin with [[case]] on a line of its own.")
    return tuple(found.values())


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path), parse_float=_Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"This is no TOML: {error}.", where=path.name, hint="Put texts in quotes.") from None
    except RecursionError:
        raise InputError("This is nested too deep.", where=path.name, hint="Check the brackets.") from None


class _Decimal(float):
    """A number as a policy has it, for options, and as it was written, for a claim's figure."""

    def __init__(self, written: str) -> None:
        self.written = written


@attrs.frozen
class _At(FilePosition):
    """A place in a file by the names of what stands there: lines are not told by TOML's reader."""

    within: str = ""

    def error(self, message: str, hint: str = "", *, field: str = "") -> InputError:
        where = ", ".join(filter(None, (self.file, self.within, field)))
        # The readers of story files, which are used here, say how it is written in YAML.
        return InputError(message, hint=re.sub(r"(\w+): (\.\.\.|some words)", r'\1 = "\2"', hint), where=where)


class _CaseReader:
    """One case on its way from its table."""

    def __init__(self, table: Mapping[str, Any], at: _At, folder: Path) -> None:
        self._table = table
        self._at = at
        self._folder = folder
        self._uids: dict[tuple[type[Record], str], str] = {}

    def case(self) -> Case:
        require_keys(_fields(self._table, self._at), (*FORMS, *TOLD))
        for key, example in NEEDED.items():
            if key not in self._table:
                raise self._at.error("This is missing.", f"Add: {example}", field=key)
        written = {key: list(self._records(key)) for key in FORMS}
        for key, records in written.items():
            for fields in records:
                require_keys(fields, FORMS[key].keys, [name for name in FORMS[key].required if name != "claim"])
                self._name(FORMS[key].cls, fields)
        if not written["claim"]:
            raise self._at.error("There is no claim.", f"Add: {NEEDED['claim']}")
        case = self._begun(written["claim"][0])
        for key, records in written.items():
            for fields in records[key == "claim" :]:
                self._add(case, FORMS[key], fields)
        for fields in self._records("answer"):
            require_keys(fields, ("address", "text", "why", "at"), ("address",))
            said = {key: text(fields, key) for key in fields.values}
            case.answer(said["address"], said.get("text", ""), why=said.get("why", ""), at=said.get("at", ""))
        case.expect = tuple(map(self._expected, self._records("expect")))
        return case

    def _records(self, key: str) -> Iterator[Fields]:
        """Yield each table that stands under a key; one may stand for a list of one."""
        value = self._table.get(key, [])
        for number, item in enumerate(value if isinstance(value, list) else [value], 1):
            at = attrs.evolve(self._at, within=f"{self._at.within}, {key} {number}")
            if not isinstance(item, dict):
                raise at.error("This is not a table.", f"Write [[case.{key}]] and its fields under it.")
            yield _fields(item, at)

    def _name(self, cls: type[Record], fields: Fields) -> None:
        """Take the id of a record, so that any other may name it."""
        if "id" not in fields.values:
            return
        id = text(fields, "id")
        with placed(fields, "id"):
            rules.require_handle(id)
        if id in {taken for _, taken in self._uids}:
            raise fields.place.error(f"The id {id} is already taken.", "Choose another.", field="id")
        self._uids[cls, id] = f"{cls.KIND}:{id}"

    def _begun(self, fields: Fields) -> Case:
        """Return the case with the claim that it is about, and what checkers are told."""
        values = self._values(FORMS["claim"], fields)
        standing = _word(Standing, fields, "standing") if "standing" in fields.values else Standing.CURRENT
        told = _fields(self._table, self._at)
        case = Case(name=text(told, "name"), standing=standing, **values)
        self._require(case.claim, fields)
        if "now" in told.values:
            case.now = _moment(told)
        if "policy" in told.values:
            case.policy = read_policy(self._folder / text(told, "policy"))
        case.options = self._options()
        return case

    def _add(self, case: Case, form: RecordForm, fields: Fields) -> None:
        values = self._values(form, fields)
        if form.cls is Capture:
            record: Record = case.capture(text=text(fields, "text") if "text" in fields.values else None, **values)
        elif form.cls is Evidence:
            with placed(fields):
                record = case.evidence(**values)
        elif form.cls is Inquiry:
            record = case.inquiry(**values)
        else:
            record = case.add(form.cls, **values)
        self._require(record, fields)
        if isinstance(record, Source) and "withdrawn" in fields.values:
            case.withdraw(record, text(fields, "withdrawn"))

    def _values(self, form: RecordForm, fields: Fields) -> dict[str, Any]:
        """Return the fields of a record by name: other records by their uid, and the words of a quotation."""
        values = {name: self._found(value, fields, name) for name, value in read(form.cls, fields).items()}
        more = ("id", "quote", "at", "language") if form.cls is Evidence else ("id",)
        return values | {key: text(fields, key) for key in more if key in fields.values}

    def _found(self, value: Any, fields: Fields, name: str) -> Any:
        if not isinstance(value, Named):
            return value
        uid = self._uids.get((value.cls, value.id))
        if uid is None:
            known = [id for cls, id in self._uids if cls is value.cls]
            hint = (
                did_you_mean(value.id, known) or f"Give the id of one of this case: {', '.join(known) or 'none yet'}."
            )
            raise fields.place.error(f"There is no {value.cls.KIND} {value.id!r}.", hint, field=name)
        return uid

    def _require(self, record: Record, fields: Fields) -> None:
        with placed(fields):
            rules.require_enterable(record)

    def _expected(self, fields: Fields) -> Expected:
        require_keys(fields, tuple(field.name for field in attrs.fields(Expected)))
        if not fields.values:
            raise fields.place.error("This expects nothing.", 'Say at least: outcome = "fail"')
        values = read(cast(Any, Expected), fields.only(*(key for key in fields.values if key != "cites")))
        if "cites" in fields.values:
            node = fields.values["cites"]
            values["cites"] = tuple(self._cited(item, fields) for item in getattr(node, "items", (node,)))
        for name in ("source", "comes_from"):
            if name in values:
                self._found(Named(Source, values[name]), fields, name)
        return Expected(**values)

    def _cited(self, node: Node, fields: Fields) -> str:
        known = [id for _, id in self._uids] + ["claim"] * ((Claim, "claim") not in self._uids)
        if not isinstance(node, Scalar) or node.text not in known:
            word = node.text if isinstance(node, Scalar) else "?"
            hint = did_you_mean(word, known) or f"Give ids of this case: {', '.join(known)}."
            raise fields.place.error(f"There is no record {word!r}.", hint, field="cites")
        return node.text

    def _options(self) -> Mapping[str, Any]:
        options = self._table.get("options", {})
        if not isinstance(options, dict):
            raise self._at.error(
                "This is not a table.", "Write [case.options] and the settings under it.", field="options"
            )
        return options


def _moment(fields: Fields) -> datetime:
    written = text(fields, "now")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise fields.place.error(f"{written!r} is no moment.", "Write: now = 2031-07-01T12:00:00Z", field="now")
    return moment


def _word(words: Any, fields: Fields, key: str) -> Any:
    written = text(fields, key)
    known = [word.value for word in words]
    if written not in known:
        hint = did_you_mean(written, known) or f"Use one of: {', '.join(known)}."
        raise fields.place.error(f"It cannot be {written!r}.", hint, field=key)
    return words(written)


def _fields(table: Mapping[str, Any], at: FilePosition) -> Fields:
    """Return a table as the readers of story files take it."""
    return Fields({key: _node(value, at) for key, value in table.items()}, dict.fromkeys(table, at), at)


def _node(value: Any, at: FilePosition) -> Node:
    """Return a value as the readers of story files take it: every word and number as it was written."""
    if isinstance(value, dict):
        return _fields(value, at)
    if isinstance(value, list):
        return Items(tuple(_node(item, at) for item in value), at)
    if isinstance(value, bool):
        return Scalar("yes" if value else "no", at)
    if isinstance(value, _Decimal):
        return Scalar(value.written, at)
    return Scalar(value.isoformat() if isinstance(value, (date, datetime, time)) else str(value).strip(), at)
