"""A story file as a flat list: one item for each record it asks for, in the order to enter them.

No ledger is needed to read a file this far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

import attrs

from ..errors import InputError
from ..model import Record, Relation
from ..rules import LONGEST, require_handle
from .faults import Faults
from .forms import FORMS, require_keys, scalar, text
from .lines import Fields, FilePosition, Items, Node, Scalar, did_you_mean

T = TypeVar("T")

FORMAT = "story/1"
TOP = (
    "factledger", "story", "title", "language", "recorded",
    "agents", "sources", "links", "claims", "exclusions", "inquiries", "corrections",
)  # fmt: skip


@attrs.frozen
class OutlineItem:
    """A record to be: its class, its handle, and its fields as written, with what is implied filled in."""

    cls: type[Record]
    handle: str
    fields: Fields


@attrs.frozen
class Correction:
    """Changes to a record of the same file, and the reason."""

    item: OutlineItem
    changes: Fields
    reason: Scalar


@attrs.frozen
class Outline:
    """All that a story file asks for.

    `language` is that of quotations that name none; `recorded` is the instant
    from which the example ledger takes its times, and as of which story tests
    check the file; `corrections` are by the handle of what they correct, in order.
    """

    language: str | None
    recorded: str | None
    items: tuple[OutlineItem, ...]
    corrections: Mapping[str, Sequence[Correction]]


def outline(root: Node, faults: Faults | None = None) -> Outline:
    """Return what a story file asks for; raise InputError for what is amiss, with the line.

    With `faults`, what is amiss with single entries is noted there, and those are left out.
    """
    noted = Faults() if faults is None else faults
    top = _mapping(root, "A story file")
    if "factledger" not in top.values or text(top, "factledger") != FORMAT:
        raise top.at("factledger").error("This is no story file.", f"Begin with: factledger: {FORMAT}")
    require_keys(top, TOP, ("story", "title"))
    text(top, "title")  # for those who read the file
    language = text(top, "language") if "language" in top.values else None
    recorded = text(top, "recorded") if "recorded" in top.values else None
    reader = _OutlineReader(top, noted)
    items = reader.items()
    corrections: dict[str, list[Correction]] = {}
    for correction in reader.corrections({item.handle: item for item in items}):
        corrections.setdefault(correction.item.handle, []).append(correction)
    if faults is None:
        noted.require_none()
    return Outline(language, recorded, items, corrections)


class _OutlineReader:
    """Walks through a story file; every id is taken once, and what is amiss with one entry keeps out no other."""

    def __init__(self, top: Fields, faults: Faults) -> None:
        self._top = top
        self._faults = faults
        self._story = scalar(top, "story")
        _require_handle(self._story.text, self._story.place, "story")
        self._taken: dict[str, OutlineItem] = {}

    def items(self) -> tuple[OutlineItem, ...]:
        agents = list(self._each("agents", lambda fields: self._item("agents", fields)))
        sources = list(self._each("sources", lambda fields: self._item("sources", fields)))
        links = [item for node in self._list(self._top, "links") for item in self._sound(node, self._link)]
        claims = list(self._each("claims", lambda fields: self._item("claims", fields, story=self._story)))
        parts = [item for claim in claims for item in self._parts(claim)]
        parts += self._each("exclusions", self._exclusion)
        parts += self._inquiries(self._top, f"inquiry-{self._story.text}")
        return (*self._in_order(agents, "part_of"), *sources, *self._in_order(claims, "reports"), *links, *parts)

    def _list(self, fields: Fields, key: str) -> tuple[Node, ...]:
        with self._faults.noted():
            return _list(fields, key)
        return ()

    def _sound(self, node: Node, read: Callable[[Node], T]) -> tuple[T, ...]:
        """Return what is read from an entry, or nothing where it is amiss."""
        given = node.values.get("id") if isinstance(node, Fields) else None
        with self._faults.noted(*([given.text] if isinstance(given, Scalar) else [])):
            return (read(node),)
        return ()

    def _each(self, key: str, read: Callable[[Fields], T], inside: Fields | None = None) -> Iterator[T]:
        """Yield what is read from each entry under a key."""
        for node in self._list(inside or self._top, key):
            yield from self._sound(node, lambda entry: read(_mapping(entry, f"An entry of {key}")))

    def _in_order(self, items: list[OutlineItem], key: str) -> list[OutlineItem]:
        with self._faults.noted(*(item.handle for item in items)):
            return _in_order(items, key)
        return []

    def corrections(self, items: Mapping[str, OutlineItem]) -> Iterator[Correction]:
        return self._each("corrections", lambda fields: self._correction(fields, items))

    def _correction(self, fields: Fields, items: Mapping[str, OutlineItem]) -> Correction:
        require_keys(fields, ("record", "changes", "reason"), ("record", "changes", "reason"))
        name = text(fields, "record")
        if name not in items:
            self._faults.require_there(name)
            hint = did_you_mean(name, tuple(items)) or "Correct records of other files with: factledger correct"
            raise fields.at("record").error(f"There is no record {name!r} in this file.", hint, field="record")
        changes = _mapping(fields.values["changes"], "changes")
        form = next(form for form in FORMS.values() if form.cls is items[name].cls)
        require_keys(changes, form.correctable)
        return Correction(items[name], changes, scalar(fields, "reason"))

    def _parts(self, claim: OutlineItem) -> Iterator[OutlineItem]:
        here = Scalar(claim.handle, claim.fields.place)

        def evidence(fields: Fields) -> OutlineItem:
            require_keys(fields, FORMS["evidence"].keys, FORMS["evidence"].required)
            return self._item("evidence", fields, f"{claim.handle}-by-{text(fields, 'source')}", claim=here)

        yield from self._each("evidence", evidence, claim.fields)
        yield from self._inquiries(claim.fields, f"{claim.handle}-inquiry", claim=here)
        for reviews in self._each("reviews", lambda fields: list(self._reviews(fields, claim, here)), claim.fields):
            yield from reviews

    def _reviews(self, fields: Fields, claim: OutlineItem, here: Scalar) -> Iterator[OutlineItem]:
        """Yield a verdict, and its sign-off."""
        require_keys(fields, FORMS["reviews"].keys, FORMS["reviews"].required)
        review = self._item("reviews", fields, f"{claim.handle}-review", claim=here)
        yield review
        if "second" in fields.values:
            signed = {"seconds": Scalar(review.handle, fields.at("second")), "verdict": scalar(fields, "verdict")}
            second = _mapping(fields.values["second"], "second")
            yield self._item("second", second, f"{review.handle}-signed", claim=here, **signed)

    def _exclusion(self, fields: Fields) -> OutlineItem:
        require_keys(fields, FORMS["exclusions"].keys, FORMS["exclusions"].required)
        return self._item("exclusions", fields, f"{text(fields, 'source')}-left-out")

    def _inquiries(self, fields: Fields, base: str, **implied: Scalar) -> Iterator[OutlineItem]:
        return self._each("inquiries", lambda inquiry: self._item("inquiries", inquiry, base, **implied), fields)

    def _link(self, node: Node) -> OutlineItem:
        """Read `article quotes speech`, alone or with a note."""
        fields = Fields({"link": node}, {"link": node.place}, node.place) if isinstance(node, Scalar) else node
        fields = _mapping(fields, "A link")
        require_keys(fields, FORMS["links"].keys, FORMS["links"].required)
        given = scalar(fields, "link")
        words = given.text.split()
        if len(words) != 3:
            raise given.place.error("A link has three words.", "Write: article quotes speech", field="link")
        if words[1] not in list(Relation):
            hint = did_you_mean(words[1], tuple(Relation)) or f"Use {', '.join(Relation)}."
            raise given.place.error(f"{words[1]!r} is no relation.", hint, field="link")
        source, relation, comes_from = (Scalar(word, given.place) for word in words)
        base = f"{words[0]}-{words[1].replace('_', '-')}-{words[2]}"
        return self._item("links", fields, base, source=source, relation=relation, comes_from=comes_from)

    def _item(self, key: str, fields: Fields, base: str = "", **implied: Scalar) -> OutlineItem:
        """Return an item under its id, or under one made of what it joins."""
        form = FORMS[key]
        require_keys(fields, tuple(name for name in form.keys if name not in implied), form.required)
        handle = text(fields, "id") if "id" in fields.values else self._free(base)
        _require_handle(handle, fields.at("id"), "id")
        if handle in self._taken:
            line = self._taken[handle].fields.at("id").line
            raise fields.at("id").error(
                f"The id {handle} was given in line {line} already.", "Choose another.", field="id"
            )
        self._taken[handle] = item = OutlineItem(form.cls, handle, fields.having(**implied))
        return item

    def _free(self, base: str) -> str:
        base = base[: LONGEST["handle"] - len("-9999")].rstrip("-_") if len(base) > LONGEST["handle"] else base
        handle, number = base, 1
        while handle in self._taken:
            number += 1
            handle = f"{base}-{number}"
        return handle


def _require_handle(handle: str, place: FilePosition, field: str) -> None:
    longest = LONGEST["handle"]
    if len(handle) > longest:
        raise place.error(f"{handle} is too long for an id.", f"Give one of at most {longest} characters.", field=field)
    try:
        require_handle(handle)
    except InputError as error:
        raise place.error(error.message, error.hint, field=field) from None


def _in_order(items: list[OutlineItem], key: str) -> list[OutlineItem]:
    """Return items so that each comes after the one it names under this key."""
    by_handle = {item.handle: item for item in items}
    before = {item.handle: [named] if (named := _named(item, key)) in by_handle else [] for item in items}
    try:
        return [by_handle[handle] for handle in TopologicalSorter(before).static_order()]
    except CycleError as error:
        item = by_handle[error.args[1][0]]
        place = item.fields.at(key)
        raise place.error(f"By {key}, {item.handle} leads back to itself.", "Break the circle.", field=key) from None


def _named(item: OutlineItem, key: str) -> str:
    return text(item.fields, key) if key in item.fields.values else ""


def _list(fields: Fields, key: str) -> tuple[Node, ...]:
    node = fields.values.get(key)
    if node is None or (isinstance(node, Scalar) and not node.text):
        return ()  # a heading with nothing under it yet
    if not isinstance(node, Items):
        raise fields.at(key).error("This is not a list.", "Begin each entry with a hyphen.", field=key)
    return node.items


def _mapping(node: Node, what: str) -> Fields:
    if not isinstance(node, Fields):
        raise node.place.error(f"{what} has keys and values.", "Write: key: value")
    return node
