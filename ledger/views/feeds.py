"""What is news in a ledger, as feeds: decisions, corrections, what happens to a story, a claim, somebody's claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

import attrs

from .. import store
from ..errors import UnknownRecord
from ..log import Entry
from ..model import Agent, Claim, Verdict
from ..store import StoredRecord, queries
from . import words

MOST = 50
"""Entries of a feed: the newest."""

MOST_CLAIMS = 200
"""Claims of a story or person that are looked through for the newest entries, those that changed last."""

OF_A_CLAIM = ("claim", "evidence", "inquiry", "review")
"""Kinds of records whose entries are news of a claim; what checks found is on its page."""


class FeedKind(StrEnum):
    """What a feed is of."""

    DECISIONS = "decisions"
    CORRECTIONS = "corrections"
    STORY = "story"
    CLAIM = "claim"
    PERSON = "person"


@attrs.frozen
class FeedEntry:
    """One entry of the log as news: its own permanent id, when, by whom, of which claim (a handle), in words."""

    id: str
    at: str
    title: str
    summary: str
    author: str
    claim: str


@attrs.frozen
class Feed:
    """A feed, newest entry first; `updated` is an instant, `table` and `handle` name the record that it is of."""

    id: str
    origin: str
    title: str
    updated: str
    entries: tuple[FeedEntry, ...]
    table: str = ""
    handle: str = ""


def feed(db: Any, kind: FeedKind, name: str = "") -> Feed:
    """Return the newest entries of a kind of news; `name` is a story's, or the handle of a claim or agent.

    Raises UnknownRecord if there is none of this name.
    """
    title, table, found = _MADE[kind](db, name)
    newest = sorted({entry.seq: entry for entry in found}.values(), key=lambda entry: -entry.seq)[:MOST]
    begun = queries.first(db)
    told = tuple(_told(db, entry) for entry in newest)
    return Feed(
        id=uuid5(UUID(begun.subject), f"{kind} {name}").urn,
        origin=queries.origin(db),
        title=title,
        updated=newest[0].at if newest else begun.at,
        entries=told,
        table=table,
        handle=name if table else "",
    )


_Found = tuple[str, str, Iterable[Entry]]


def _decisions(db: Any, _: str) -> _Found:
    newest = (queries.kept(db, uid) for uid in queries.newest(db, "review", MOST))
    return "Decisions", "", (entry for kept in newest if kept for entry in _acts(db, kept, store.ADD))


def _corrections(db: Any, _: str) -> _Found:
    corrected = queries.newest_claims(db, MOST_CLAIMS, corrected=True)
    acts = (entry for kept in _kept(db, corrected) for entry in _acts(db, kept, *store.STANDINGS))
    return "Corrections", "", (*acts, *_other_verdicts(db, corrected))


def _story(db: Any, name: str) -> _Found:
    claims = queries.newest_claims(db, MOST_CLAIMS, story=name)
    if not claims:
        raise UnknownRecord(f"There is no story {name!r}.", hint="See the timeline for those there are.")
    return f"Story: {name}", "", _of_claims(db, claims)


def _claim(db: Any, name: str) -> _Found:
    kept = queries.by_handle(db, name)
    if kept is None or not isinstance(kept.record, Claim):
        raise UnknownRecord(f"There is no claim {name!r}.", hint="See the list of claims.")
    about = queries.entries_about(db, kept.record.uid)
    return kept.record.text, "claims", (entry for entry in about if entry.record_kind in OF_A_CLAIM)


def _person(db: Any, name: str) -> _Found:
    kept = queries.by_handle(db, name)
    if kept is None or not isinstance(kept.record, Agent):
        raise UnknownRecord(f"There is no person or organisation {name!r}.", hint="See the list of people.")
    claims = queries.newest_claims(db, MOST_CLAIMS, claimant=name)
    return f"What {kept.record.name} claims", "agents", _of_claims(db, claims)


_MADE = {
    FeedKind.DECISIONS: _decisions,
    FeedKind.CORRECTIONS: _corrections,
    FeedKind.STORY: _story,
    FeedKind.CLAIM: _claim,
    FeedKind.PERSON: _person,
}


def _of_claims(db: Any, claims: Iterable[str]) -> Iterator[Entry]:
    """Yield what was entered of claims themselves, and their decisions."""
    for kept in _kept(db, claims):
        yield from _acts(db, kept, *store.ACTS)


def _kept(db: Any, claims: Iterable[str]) -> Iterator[StoredRecord]:
    """Yield the claims of these handles, each with the decisions on it."""
    for handle in claims:
        for name in (handle, *(row["id"] for row in queries.rows(db, "reviews", claim=handle))):
            if (kept := queries.by_handle(db, name)) is not None:
                yield kept


def _other_verdicts(db: Any, claims: Iterable[str]) -> Iterator[Entry]:
    """Yield the decisions by which a claim's verdict became another."""
    for handle in claims:
        before = ""
        for row in queries.rows(db, "reviews", claim=handle):
            kept = queries.by_handle(db, row["id"])
            if kept is not None and row["seconds"] is None:
                if before not in ("", row["verdict"]):
                    yield from _acts(db, kept, store.ADD)
                before = row["verdict"]


def _acts(db: Any, kept: StoredRecord, *acts: str) -> Iterator[Entry]:
    return (entry for entry in queries.entries_of(db, kept.record.uid) if entry.act in acts)


def _told(db: Any, entry: Entry) -> FeedEntry:
    kept, content = queries.kept(db, entry.subject), entry.content() or {}
    claim = _claim_of(db, kept)
    text = claim.text if claim else ""
    by = queries.kept(db, content.get("reviewer") or entry.actor)
    return FeedEntry(
        id=UUID(entry.rid).urn,
        at=entry.at,
        title=f"{_act(entry, content)}: {text}" if text else _act(entry, content),
        summary=str(content.get("reasons") or content.get("reason") or _quoted(content)),
        author=by.record.name if by is not None and isinstance(by.record, Agent) else "",
        claim=claim.handle if claim else "",
    )


def _claim_of(db: Any, kept: StoredRecord | None) -> Claim | None:
    record = kept.record if kept else None
    if record is not None and not isinstance(record, Claim):
        found = queries.kept(db, getattr(record, "claim", None) or "")
        record = found.record if found else None
    return record if isinstance(record, Claim) else None


def _act(entry: Entry, content: dict[str, Any]) -> str:
    """Return what was done, as the first words of a line: the verdict of a decision, else the record and the act."""
    if entry.kind == "review.add":
        signed = ", signed by a second person" if content.get("seconds") else ""
        return _begun((content.get("label") or words.VERDICT[Verdict(content["verdict"])]) + signed)
    return _begun(f"{words.KIND.get(entry.record_kind, entry.record_kind)} {ACT[entry.act]}")


ACT = {
    store.ADD: "recorded",
    store.CORRECT: "corrected",
    store.SUPERSEDE: "replaced",
    store.RETRACT: "retracted",
    store.REVOKE: "revoked",
    store.SETTLE: "settled",
    store.WITHHOLD: "partly withheld",
}


def _quoted(content: dict[str, Any]) -> str:
    anchor = content.get("anchor") or {}
    return f"“{anchor['exact']}”" if anchor.get("exact") else str(content.get("question") or content.get("text") or "")


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
