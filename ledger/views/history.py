"""What happened to a record, entry by entry, in words."""

from __future__ import annotations

from enum import Enum
from typing import Any

import attrs

from .. import store, wire
from ..log import Entry
from ..model import KINDS, Anchor, ExclusionReason, Relation, Standing
from ..store import entries, queries
from ..store.entries import NamesByUid
from ..store.paging import ListPage
from ..text import place_words
from . import words

ACTS = {
    store.ADD: "recorded",
    store.CORRECT: "corrected",
    store.SUPERSEDE: "superseded",
    store.RETRACT: "retracted",
    store.REVOKE: "revoked",
    store.SETTLE: "settled",
    store.WITHHOLD: "withheld words of",
}

GRADED = f"evidence.{store.SETTLE}"

LEFT_OUT = (
    ("withheld", "entry without words that are withheld", "entries without words that are withheld"),
    ("copies", "archived work beside it", "archived works beside it"),
    ("kept_back", "kept back", "kept back"),
)
"""What a publication says of itself: its field, and how one and several read."""

DATES = ("said", "occurred", "published", "reference_date", "asked_on", "deadline")
"""Fields that hold EDTF."""


@attrs.frozen
class Event:
    """One entry: its number, instant, who entered it, what it did to which record, and why."""

    seq: int
    at: str
    actor: str
    act: str
    kind: str
    record: str
    what: str
    reason: str = ""
    by: str = ""
    about: str = ""
    """`by` is the actor's name, `about` the handle of the claim that the record concerns, if it names one."""
    clock_behind: bool = False

    @property
    def when(self) -> str:
        return words.recorded(self.at, clock_behind=self.clock_behind)


@attrs.frozen
class LaterAct:
    """A later act on a record that a reader must know of first."""

    standing: Standing
    at: str
    reason: str
    fields: tuple[tuple[str, str, str], ...] = ()
    """(field, before, after) of a correction."""


def history(db: Any, uid: str) -> tuple[Event, ...]:
    """Return what happened to a record and to what mentions it, oldest first."""
    named = NamesByUid(db)
    about = queries.entries_about(db, uid)
    return tuple(_event(db, entry, named) for entry in about if entry.kind not in store.OF_THE_FILE)


def history_page(db: Any, uid: str, number: int = 1) -> ListPage[Event]:
    """Return a page of what happened to a record and to what mentions it, newest first."""
    named = NamesByUid(db)
    return entries.entries_about(db, uid, number).each_as(lambda entry: _event(db, entry, named))


def latest(db: Any, number: int) -> tuple[Event, ...]:
    """Return the last entries that people made, newest first, however many the checks made since."""
    named = NamesByUid(db)
    return tuple(_event(db, entry, named) for entry in entries.latest_of_people(db, number))


def changes(db: Any, uid: str) -> tuple[LaterAct, ...]:
    """Return the corrections, supersession and retraction of one record, newest first."""
    before: dict[str, Any] = {}
    found = []
    named = NamesByUid(db)
    for entry in entries.entries_of(db, uid):
        if entry.body is None:
            continue
        content = entry.content()
        if entry.act == store.ADD:
            record = wire.structure({**content, "uid": uid}, KINDS[entry.record_kind])
            before = {field.name: getattr(record, field.name) for field in attrs.fields(type(record))}
            continue
        changed = content.get("changes", {})
        if entry.act in store.STANDINGS:
            standing = store.STANDINGS[entry.act]
            fields = tuple(
                (name.replace("_", " "), _shown(name, before.get(name), named), _shown(name, value, named))
                for name, value in changed.items()
            )
            found.append(LaterAct(standing, entry.at, content.get("reason", ""), fields))
        before |= changed
    return tuple(reversed(found))


def _shown(name: str, value: Any, named: NamesByUid) -> str:
    value = value.value if isinstance(value, Enum) else value
    if value is None:
        return "nothing"
    if isinstance(value, Anchor):
        return ", ".join(filter(None, (value.exact, place_words(value.fragment))))
    if name in DATES:
        return words.date(value)
    if isinstance(value, dict) and "exact" in value:
        return ", ".join(filter(None, (str(value["exact"]), place_words(value.get("fragment")))))
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return named.handle(str(value), str(value))


def _event(db: Any, entry: Entry, named: NamesByUid) -> Event:
    content = entry.content() or {}
    actor = named.handle(entry.actor, "?")
    return Event(
        seq=entry.seq,
        at=entry.at,
        actor=actor,
        act="graded" if entry.kind == GRADED else ACTS.get(entry.act, entry.act),
        kind=entry.record_kind,
        record=named.handle(entry.subject),
        what=_what(entry, content, named),
        reason=content.get("reason", "") or content.get("reasons", ""),
        by=named.agent(entry.actor, actor),
        about=named.handle(str(content.get("subject" if entry.record_kind == "result" else "claim"))),
        clock_behind=store.clock_was_behind(db, entry.seq),
    )


def _first_reason(found: dict[str, Any]) -> str:
    """Return the reason of the first finding of a set; a check that finds nothing any more has an empty one."""
    return str(found["findings"][0]["reason"]) if found["findings"] else "nothing any more."


def _what(entry: Entry, content: dict[str, Any], named: NamesByUid) -> str:
    """Return one line on what an entry holds."""
    if entry.body is None:
        return "(withheld)"
    if entry.act == store.WITHHOLD:
        return ", ".join(content.get("fields", []))
    if entry.act != store.ADD:
        changed = content.get("changes", {})
        return "; ".join(f"{name.replace('_', ' ')}: {_shown(name, value, named)}" for name, value in changed.items())
    kind = entry.record_kind
    if kind == "link":
        relation = words.RELATION[Relation(content["relation"])]
        return f"{named.handle(content['source'], '?')} {relation} {named.handle(content['comes_from'], '?')}"
    if kind == "evidence":
        stance = content.get("stance", "supports")
        anchor = content.get("anchor") or {}
        quote, place = anchor.get("exact"), place_words(anchor.get("fragment"))
        told = ", ".join(filter(None, (f"“{quote}”" if quote else "", place)))
        return f"{named.handle(content['source'], '?')} {stance} it" + (f": {told}" if told else "")
    if kind == "exclusion":
        return f"{words.EXCLUSION[ExclusionReason(content['reason'])]}: “{content['anchor']['exact']}”"
    if kind == "publication":
        left = "".join(
            f", {words.count(content[name], noun, plural)}" for name, noun, plural in LEFT_OUT if content.get(name)
        )
        return f"the first {words.count(content['size'], 'entry', 'entries')}{left}"
    if kind == "review":
        verdict = content["verdict"].replace("_", " ")
        by = content.get("reviewer")
        whose = f", by {named.agent(by, '?')}" if by and by != entry.actor else ""
        return f"{'signed: ' if content.get('seconds') else ''}{verdict}{whose}"
    if kind == "result":
        return " ".join(f"{one['checker']}: {_first_reason(one)}" for one in content["sets"])
    return str(content.get("text") or content.get("title") or content.get("name") or content.get("question") or "")
