"""What happened to a record, entry by entry, in words."""

from __future__ import annotations

from enum import Enum
from typing import Any

import attrs

from .. import store, wire
from ..log import Entry
from ..model import KINDS, Anchor, Relation, Standing
from ..store import queries
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

    @property
    def when(self) -> str:
        return words.instant(self.at)


@attrs.frozen
class Change:
    """A later act on a record that a reader must know of first."""

    standing: Standing
    at: str
    reason: str
    fields: tuple[tuple[str, str, str], ...] = ()
    """(field, before, after) of a correction."""


def history(db: Any, uid: str) -> tuple[Event, ...]:
    """Return what happened to a record and to what mentions it, oldest first."""
    handles, names = queries.handles(db), queries.names(db, "agent")
    about = queries.entries_about(db, uid)
    return tuple(_event(entry, handles, names) for entry in about if entry.kind not in store.OF_THE_FILE)


def latest(db: Any, number: int) -> tuple[Event, ...]:
    """Return the last entries that people made, newest first."""
    handles, names = queries.handles(db), queries.names(db, "agent")
    size = queries.head(db).size
    found = [
        _event(entry, handles, names)
        for entry in queries.entries(db, start=max(0, size - 20 * number))
        if entry.record_kind not in ("ledger", "run", "result", "checker")
    ]
    return tuple(reversed(found[-number:]))


def changes(db: Any, uid: str) -> tuple[Change, ...]:
    """Return the corrections, supersession and retraction of one record, newest first."""
    before: dict[str, Any] = {}
    found = []
    handles = queries.handles(db)
    for entry in queries.entries_about(db, uid):
        if entry.subject != uid or entry.body is None:
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
                (name.replace("_", " "), _shown(name, before.get(name), handles), _shown(name, value, handles))
                for name, value in changed.items()
            )
            found.append(Change(standing, entry.at, content.get("reason", ""), fields))
        before |= changed
    return tuple(reversed(found))


def _shown(name: str, value: Any, handles: dict[str, str]) -> str:
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
    return handles.get(str(value), str(value))


def _event(entry: Entry, handles: dict[str, str], names: dict[str, str]) -> Event:
    content = entry.content() or {}
    actor = handles.get(entry.actor, "?")
    return Event(
        seq=entry.seq,
        at=entry.at,
        actor=actor,
        act="graded" if entry.kind == GRADED else ACTS.get(entry.act, entry.act),
        kind=entry.record_kind,
        record=handles.get(entry.subject, ""),
        what=_what(entry, content, handles),
        reason=content.get("reason", "") or content.get("reasons", ""),
        by=names.get(actor, actor),
        about=handles.get(str(content.get("claim")), ""),
    )


def _what(entry: Entry, content: dict[str, Any], handles: dict[str, str]) -> str:
    """Return one line on what an entry holds."""
    if entry.body is None:
        return "(withheld)"
    if entry.act == store.WITHHOLD:
        return ", ".join(content.get("fields", []))
    if entry.act != store.ADD:
        changed = content.get("changes", {})
        return "; ".join(f"{name.replace('_', ' ')}: {_shown(name, value, handles)}" for name, value in changed.items())
    kind = entry.record_kind
    if kind == "link":
        relation = words.RELATION[Relation(content["relation"])]
        return f"{handles.get(content['source'], '?')} {relation} {handles.get(content['comes_from'], '?')}"
    if kind == "evidence":
        stance = content.get("stance", "supports")
        anchor = content.get("anchor") or {}
        quote, place = anchor.get("exact"), place_words(anchor.get("fragment"))
        told = ", ".join(filter(None, (f"“{quote}”" if quote else "", place)))
        return f"{handles.get(content['source'], '?')} {stance} it" + (f": {told}" if told else "")
    if kind == "review":
        verdict = content["verdict"].replace("_", " ")
        return f"{'signed: ' if content.get('seconds') else ''}{verdict}"
    if kind == "result":
        return " ".join(f"{one['checker']}: {one['findings'][0]['reason']}" for one in content["sets"])
    return str(content.get("text") or content.get("title") or content.get("name") or content.get("question") or "")
