"""Keeping words from publication: found wherever they were recorded, and taken out of all that others get to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import attrs

from .. import rules, store
from ..book import Book
from ..capture import Archive
from ..errors import InputError
from ..log import Entry
from ..model import WITHHELD, Agent, Capture, Evidence, Exclusion, Record, Source
from ..store import Draft, Ledger, StoredRecord, queries
from .hidden import withheld_words
from .redact import Redaction, Words
from .traces import CopiesConcerned, Trace, changed_bodies, copies_with, parts_left, places_of, renamed

FIELDS: dict[type[Record], tuple[str, ...]] = {
    Agent: ("name", "part_of", "note"),
    Source: ("title", "author", "publisher", "url", "note"),
    Evidence: ("anchor", "original", "speaker", "quoting", "seen_in", "unnamed_because", "note"),
    Exclusion: ("anchor", "note"),
}
"""What can be withheld of each kind of record; the quotation is the field `anchor`, and may be called quote."""


@attrs.frozen
class Withholding:
    """What a withholding did, or would do; then its `seq`, the entry's number, is None.

    `places` are the entries whose bodies are withheld and what of them, `renamed` pairs of handles (old, new),
    `copies` what archived copies have to do with it, and `left` the (part of the words, handle) pairs that still
    stand: a person must judge these.
    """

    seq: int | None
    places: tuple[Trace, ...]
    renamed: tuple[tuple[str, str], ...]
    copies: CopiesConcerned
    left: tuple[tuple[str, str], ...]

    @property
    def entries(self) -> tuple[int, ...]:
        """The numbers of the entries whose bodies are withheld."""
        return tuple(place.seq for place in self.places)


def withhold(
    book: Book,
    handle: str,
    fields: Sequence[str],
    reason: str,
    *,
    also: Sequence[str] = (),
    erase: bool = False,
    try_only: bool = False,
) -> Withholding:
    """Withhold fields of an agent, source or piece of evidence, for a reason that readers see.

    Their words, and those in `also`, are taken out of every entry that holds them, in what everybody
    reads from now on; the recorded bodies stay in this file, and go with `erase`. With `try_only`, what would
    be done is returned and nothing is. Raises InputError, and records nothing, if there is nothing to withhold.
    """
    ledger = book.ledger
    kept = book.kept(handle)
    names = _fields(kept.record, fields, kept.withheld)
    if not names and not also:
        raise InputError("What shall be withheld?", where=handle, hint=f"Name fields, such as: {handle} name")
    rules.require_text(reason, "reason", "reason")
    texts = [text for text in (*_texts(queries.entries(ledger.db), kept.record, names), *also) if text.strip()]
    words = Words.of(texts) if texts else None
    if words is not None and words.found(queries.origin(ledger.db)):
        raise InputError(
            "These words are part of the ledger's own name.", where=handle, hint="They cannot be withheld."
        )
    if words is not None and words.found(reason):
        raise InputError(
            "The reason holds the words.", where="reason", hint="Readers will see it: say it without them."
        )
    done = _take_out(book, kept, names, words, reason, try_only=try_only)
    if done is None:
        raise InputError("These words stand nowhere.", where=handle, hint="How exactly were they recorded?")
    if erase and not try_only:
        drop(ledger)
        return attrs.evolve(done, copies=attrs.evolve(done.copies, files=()))
    return done


def renew(book: Book) -> Withholding | None:
    """Withhold what was withheld before wherever it was recorded again since; None if that is nowhere."""
    db = book.ledger.db
    last, words = max(queries.withheld(db).values(), default=None), withheld_words(book.ledger)
    if last is None or words is None:
        return None
    (entry,) = queries.entries(db, start=last, upto=last + 1)
    kept = queries.kept(db, entry.subject)
    return None if kept is None else _take_out(book, kept, (), words, (entry.content() or {})["reason"])


def _take_out(
    book: Book, kept: StoredRecord, names: tuple[str, ...], words: Words | None, reason: str, *, try_only: bool = False
) -> Withholding | None:
    """Withhold fields of a record and words wherever they stand, or see what that would do; None if it is nothing."""
    ledger = book.ledger
    looked_at = queries.head(ledger.db).size
    entries = list(queries.entries(ledger.db, upto=looked_at))
    copies = copies_with(ledger, words)
    redaction = Redaction(words, renamed(ledger.db, kept.record, names, words, copies.digests), copies.digests)
    changed = dict(changed_bodies(entries, redaction, kept.record.uid, names))
    if not changed:
        return None
    done = Withholding(
        None,
        tuple(places_of(ledger.db, entries, changed)),
        tuple(redaction.handles.items()),
        copies,
        tuple(parts_left(ledger.db, redaction, kept.record.uid, names)),
    )
    if try_only:
        return done
    body: dict[str, Any] = {
        "fields": list(names),
        "reason": reason,
        "replaces": kept.rid,
        "entries": [
            {"seq": entry.seq, "rid": entry.rid, "body": changed[entry.seq]}
            for entry in entries
            if entry.seq in changed
        ],
    }
    draft = Draft(f"{kept.record.KIND}.{store.WITHHOLD}", kept.record.uid, body)
    return attrs.evolve(done, seq=store.withhold(ledger, draft, actor=book.actor, looked_at=looked_at))


def drop(ledger: Ledger) -> int:
    """Drop the recorded bodies of everything that is withheld, and return how many entries those are.

    The archived files that hold the words are noted first, since nobody knows which they were once the bodies are gone;
    they go after those, so that none is missed in between. What a run that was broken off had noted goes as well.
    Raises EnvironmentFault if another program still reads the words.
    """
    withheld, archive, going = queries.withheld(ledger.db), Archive.of(ledger), set[str]()
    for seq in withheld:
        entry = queries.as_recorded(ledger.db, seq)
        if entry.kind != f"{Capture.KIND}.{store.ADD}" or entry.body is None:
            continue
        content, shown = entry.content() or {}, next(queries.entries(ledger.db, start=seq)).content() or {}
        if shown["sha256"] == WITHHELD:  # not where only the name of the file, say, held the words
            going |= {digest for digest in (content["sha256"], content.get("text_sha256")) if digest}
    archive.note_going(going)
    with store.steady(ledger):
        store.drop_bodies(ledger.db)
    archive.remove_going()
    store.clear_wal(ledger)
    return len(withheld)


def _fields(record: Record, given: Sequence[str], before: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    allowed = FIELDS.get(type(record))
    if allowed is None:
        kinds = ", ".join(kind.KIND for kind in FIELDS)
        raise InputError(
            f"A {record.KIND} has nothing to withhold.", where=record.handle, hint=f"Name one of: {kinds}."
        )
    names = tuple(dict.fromkeys("anchor" if name == "quote" else name.replace("-", "_") for name in given))
    for name in names:
        if name not in allowed:
            shown = ", ".join("quote" if field == "anchor" else field for field in allowed)
            raise InputError(f"{name!r} cannot be withheld.", where=record.handle, hint=f"Of it can be: {shown}.")
        if name in dict(before):
            raise InputError(f"The {name} is withheld already.", where=record.handle, hint="See: factledger show")
        if getattr(record, name) is None:
            raise InputError(f"It has no {name}.", where=record.handle, hint="There is nothing to withhold.")
    return names


def _texts(entries: Iterable[Entry], record: Record, names: Collection[str]) -> Iterator[str]:
    """Yield the words that any entry ever gave for these fields of a record, references aside."""
    kinds = {field.name: field.metadata.get("refers_to") for field in attrs.fields(type(record))}
    for entry in entries:
        if entry.subject != record.uid or entry.act == store.WITHHOLD:
            continue
        content = entry.content() or {}
        for holder in (content, content.get("changes", {})):
            for name in names:
                value = holder.get(name)
                if value is not None and not kinds[name]:
                    yield value["exact"] if isinstance(value, dict) else value
