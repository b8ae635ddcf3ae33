"""A story file as a flat list: one item for each record it asks for, in the order to enter them.

No ledger is needed to read a file this far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import attrs

from ..errors import InputError
from ..model import Record, Relation
from ..rules import LONGEST, require_handle
from .forms import FORMS, require_keys, scalar, text
from .lines import Fields, FilePosition, Items, Node, Scalar, did_you_mean

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


def outline(root: Node) -> Outline:
    """Return what a story file asks for; raise InputError, with the line, for the first thing amiss."""
    top = _mapping(root, "A story file")
    if "factledger" not in top.values or text(top, "factledger") != FORMAT:
        raise top.at("factledger").error("This is no story file.", f"Begin with: factledger: {FORMAT}")
    require_keys(top, TOP, ("story", "title"))
    text(top, "title")  # for those who read the file
    language = text(top, "language") if "language" in top.values else None
    recorded = text(top, "recorded") if "recorded" in top.values else None
    reader = _OutlineReader(top)
    items = reader.items()
    corrections: dict[str, list[Correction]] = {}
    for correction in reader.corrections({item.handle: item for item in items}):
        corrections.setdefault(correction.item.handle, []).append(correction)
    return Outline(language, recorded, items, corrections)


class _OutlineReader:
    """Walks through a story file; every id is taken once."""

    def __init__(self, top: Fields) -> None:
        self._top = top
        self._story = scalar(top, "story")
        _require_handle(self._story.text, self._story.place, "story")
        self._taken: dict[str, OutlineItem] = {}

    def items(self) -> tuple[OutlineItem, ...]:
        agents = [self._item("agents", fields) for fields in _each(self._top, "agents")]
        sources = [self._item("sources", fields) for fields in _each(self._top, "sources")]
        links = [self._link(node) for node in _list(self._top, "links")]
        claims = [self._item("claims", fields, story=self._story) for fields in _each(self._top, "claims")]
        parts = [item for claim in claims for item in self._parts(claim)]
        parts += self._exclusions()
        parts += self._inquiries(self._top, f"inquiry-{self._story.text}")
        return (*_in_order(agents, "part_of"), *sources, *_in_order(claims, "reports"), *links, *parts)

    def corrections(self, items: Mapping[str, OutlineItem]) -> Iterator[Correction]:
        for fields in _each(self._top, "corrections"):
            require_keys(fields, ("record", "changes", "reason"), ("record", "changes", "reason"))
            name = text(fields, "record")
            if name not in items:
                hint = did_you_mean(name, tuple(items)) or "Correct records of other files with: factledger correct"
                raise fields.at("record").error(f"There is no record {name!r} in this file.", hint, field="record")
            changes = _mapping(fields.values["changes"], "changes")
            form = next(form for form in FORMS.values() if form.cls is items[name].cls)
            require_keys(changes, form.correctable)
            yield Correction(items[name], changes, scalar(fields, "reason"))

    def _parts(self, claim: OutlineItem) -> Iterator[OutlineItem]:
        here = Scalar(claim.handle, claim.fields.place)
        for fields in _each(claim.fields, "evidence"):
            require_keys(fields, FORMS["evidence"].keys, FORMS["evidence"].required)
            yield self._item("evidence", fields, f"{claim.handle}-by-{text(fields, 'source')}", claim=here)
        yield from self._inquiries(claim.fields, f"{claim.handle}-inquiry", claim=here)
        for fields in _each(claim.fields, "reviews"):
            require_keys(fields, FORMS["reviews"].keys, FORMS["reviews"].required)
            review = self._item("reviews", fields, f"{claim.handle}-review", claim=here)
            yield review
            if "second" in fields.values:
                signed = {"seconds": Scalar(review.handle, fields.at("second")), "verdict": scalar(fields, "verdict")}
                second = _mapping(fields.values["second"], "second")
                yield self._item("second", second, f"{review.handle}-signed", claim=here, **signed)

    def _exclusions(self) -> Iterator[OutlineItem]:
        for fields in _each(self._top, "exclusions"):
            require_keys(fields, FORMS["exclusions"].keys, FORMS["exclusions"].required)
            yield self._item("exclusions", fields, f"{text(fields, 'source')}-left-out")

    def _inquiries(self, fields: Fields, base: str, **implied: Scalar) -> list[OutlineItem]:
        return [self._item("inquiries", inquiry, base, **implied) for inquiry in _each(fields, "inquiries")]

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


def _each(fields: Fields, key: str) -> Iterator[Fields]:
    return (_mapping(node, f"An entry of {key}") for node in _list(fields, key))


def _mapping(node: Node, what: str) -> Fields:
    if not isinstance(node, Fields):
        raise node.place.error(f"{what} has keys and values.", "Write: key: value")
    return node
