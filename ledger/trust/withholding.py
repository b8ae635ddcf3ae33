"""Keeping words from publication: found wherever they were recorded, and taken out of all that others get to see."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from .. import rules, store, wire
from ..book import Book
from ..capture import Archive, plain_text
from ..errors import InputError
from ..log import Entry
from ..model import KINDS, WITHHELD, Agent, Capture, Evidence, Record, Run, Source
from ..store import Draft, Ledger, queries
from .redact import Redaction, Words, new_handle

FIELDS: dict[type[Record], tuple[str, ...]] = {
    Agent: ("name", "part_of", "note"),
    Source: ("title", "author", "publisher", "url", "note"),
    Evidence: ("anchor", "original", "speaker", "quoting", "seen_in", "unnamed_because", "note"),
}
"""What can be withheld of each kind of record; the quotation is the field `anchor`, and may be called quote."""

NAMING = frozenset({"name", "title"})
"""Fields that a handle is usually made of."""


@attrs.frozen
class Withholding:
    """What a withholding did.

    `seq` is its entry's number, `entries` those whose bodies are withheld, `renamed` pairs of handles
    (old, new), `copies` the archived files that hold the words, and `left` the (part of the words,
    handle) pairs that still stand: a person must judge these.
    """

    seq: int
    entries: tuple[int, ...]
    renamed: tuple[tuple[str, str], ...]
    copies: tuple[Path, ...]
    left: tuple[tuple[str, str], ...]


def withhold(
    book: Book,
    handle: str,
    fields: Sequence[str],
    reason: str,
    *,
    also: Sequence[str] = (),
    erase: bool = False,
) -> Withholding:
    """Withhold fields of an agent, source or piece of evidence, for a reason that readers see.

    Their words, and those in `also`, are taken out of every entry that holds them, in what everybody
    reads from now on; the recorded bodies stay in this file, and go with `erase`. Raises InputError,
    and records nothing, if there is nothing to withhold.
    """
    ledger = book.ledger
    kept = book.kept(handle)
    names = _fields(kept.record, fields, kept.withheld)
    if not names and not also:
        raise InputError("What shall be withheld?", where=handle, hint=f"Name fields, such as: {handle} name")
    rules.require_text(reason, "reason", "reason")
    looked_at = queries.head(ledger.db).size
    entries = list(queries.entries(ledger.db, upto=looked_at))
    texts = [text for text in (*_texts(entries, kept.record, names), *also) if text.strip()]
    words = Words.of(texts) if texts else None
    if words is not None and words.found(queries.origin(ledger.db)):
        raise InputError(
            "These words are part of the ledger's own name.", where=handle, hint="They cannot be withheld."
        )
    if words is not None and words.found(reason):
        raise InputError(
            "The reason holds the words.", where="reason", hint="Readers will see it: say it without them."
        )
    copies = _copies(ledger, entries, words)
    redaction = Redaction(words, _renamed(ledger.db, kept.record, names, words, copies.keys()), copies.keys())
    changed = dict(_changed(entries, redaction, kept.record.uid, names))
    if not changed:
        raise InputError("These words stand nowhere.", where=handle, hint="How exactly were they recorded?")
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
    files = tuple(dict.fromkeys(path for path in copies.values() if path is not None))
    seq = store.withhold(ledger, draft, actor=book.actor, looked_at=looked_at)
    if erase:
        drop(ledger)
    renamed = tuple((old, new) for old, new in redaction.handles.items())
    return Withholding(seq, tuple(changed), renamed, () if erase else files, tuple(_left(ledger.db, words)))


def drop(ledger: Ledger) -> int:
    """Drop the recorded bodies of everything that is withheld, and return how many entries those are.

    The archived files that hold the words go first: once the bodies are gone, nobody knows which they were.
    Raises EnvironmentFault if another program still reads the words.
    """
    withheld = queries.withheld(ledger.db)
    for seq in withheld:
        entry = queries.as_recorded(ledger.db, seq)
        if entry.kind != f"{Capture.KIND}.{store.ADD}" or entry.body is None:
            continue
        content, shown = entry.content() or {}, next(queries.entries(ledger.db, start=seq)).content() or {}
        if shown["sha256"] == WITHHELD:  # not where only the name of the file, say, held the words
            for digest in (content["sha256"], content.get("text_sha256")):
                if digest:
                    Archive.of(ledger).remove(digest)
    with store.steady(ledger):
        store.drop_bodies(ledger.db)
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


def _texts(entries: Sequence[Entry], record: Record, names: Collection[str]) -> Iterator[str]:
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


def _copies(ledger: Ledger, entries: Sequence[Entry], words: Words | None) -> dict[str, Path | None]:
    """Return the hashes of archived copies, and of their texts, that hold the words, with their files.

    A copy whose bytes are not at hand is taken to hold them: a hash can confirm a guess.
    """
    archive, found = Archive.of(ledger), dict[str, Path | None]()
    if words is None:
        return found
    for entry in entries:
        content = entry.content() if entry.kind == f"{Capture.KIND}.{store.ADD}" else None
        if not content or content["sha256"] == WITHHELD:
            continue
        data = archive.get(content["sha256"])
        if data is None or _may_hold(data, words):
            found[content["sha256"]] = None if data is None else archive.path(content["sha256"])
            if content.get("text_sha256"):
                text = content["text_sha256"]  # of a plain text both hashes are mostly the same
                held = archive.get(text) is not None
                found.setdefault(text, archive.path(text) if held else None)
    return found


def _may_hold(data: bytes, words: Words) -> bool:
    try:
        return words.found(plain_text(data, where="the archive"))
    except InputError:
        return True  # no text that can be searched


def _renamed(
    db: Any, record: Record, names: Collection[str], words: Words | None, digests: Collection[str]
) -> dict[str, str]:
    """Return new handles for the records whose own give the words away, or a hash of a text that holds them."""
    found = {}
    naming = bool(NAMING & set(names))
    parts = {rules.slug(part) for part in words.parts()} if words and naming else set[str]()
    hashes = {digest[:8] for digest in digests}
    for kept in queries.all_kept(db, *KINDS):
        one = kept.record
        telling = not (parts | hashes).isdisjoint(re.split("[-_]", one.handle))
        if telling or (one.uid == record.uid and naming) or (words and words.hinted(one.handle)):
            found[one.handle] = new_handle(one.KIND, one.uid)
    return found


def _changed(
    entries: Sequence[Entry], redaction: Redaction, uid: str, names: Collection[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (entry's number, the body that stands in for it) for every entry that holds the words.

    A run's digest is made of all that was found, and of the handles it was found about: it goes from the
    first run on that can have seen the words, whether or not what it found was news.
    """
    runs = set()
    for entry in entries:
        content = entry.content()
        if not content or entry.kind in store.OF_THE_FILE:
            continue
        stand_in = redaction.of(content, blank=names if entry.subject == uid and entry.act != store.WITHHOLD else ())
        if stand_in != content:
            if entry.record_kind == "result":
                runs.add(content["run"])
            _require_readable(entry, stand_in)
            yield entry.seq, stand_in
    telling = bool(redaction.handles)
    for entry in entries:
        telling = telling or entry.subject in runs
        if telling and entry.kind == f"{Run.KIND}.{store.ADD}":
            content = entry.content() or {}
            if content.get("digest") != WITHHELD:
                yield entry.seq, redaction.of(content) | {"digest": WITHHELD}


def _require_readable(entry: Entry, stand_in: dict[str, Any]) -> None:
    if entry.act == store.ADD:
        wire.structure({**stand_in, "uid": entry.subject}, KINDS[entry.record_kind])


def _left(db: Any, words: Words | None) -> Iterator[tuple[str, str]]:
    """Yield (part of the words, handle) wherever a part still stands by itself."""
    lone = [(part, Words.of([part])) for part in (words.parts() if words else ())]
    for kept in queries.all_kept(db, *KINDS) if lone else ():
        text = wire.dumps(store.body_of(kept.record))
        yield from ((part, kept.record.handle) for part, word in lone if word.found(text))
