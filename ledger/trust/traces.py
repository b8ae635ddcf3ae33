"""Where words stand that are to be withheld: in the bodies of entries, in handles, in archived copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from .. import rules, store, wire
from ..capture import Archive, ArchiveReader
from ..log import Entry
from ..model import KINDS, WITHHELD, Capture, Record, Run
from ..store import Ledger, queries
from .hidden import legible
from .redact import Redaction, Words, new_handle

NAMING = frozenset({"name", "title"})
"""Fields that a handle is usually made of."""


@attrs.frozen
class Trace:
    """Where something is taken out: the entry, the handle of the record it is about, and the fields there."""

    seq: int
    kind: str
    handle: str
    fields: tuple[str, ...]


@attrs.frozen
class CopiesConcerned:
    """Archived copies as far as they matter to a withholding: those that hold the words, and those not searched.

    `digests` are the hashes of their bytes and texts; `files` where these lie; `unsearched` the handles of copies in
    which nothing can be read, such as images: whether they show the words is for a person to see.
    """

    digests: frozenset[str] = frozenset()
    files: tuple[Path, ...] = ()
    unsearched: tuple[str, ...] = ()


def copies_with(ledger: Ledger, words: Words | None) -> CopiesConcerned:
    """Return what archived copies have to do with the words.

    A copy whose bytes are not at hand is taken to hold them: a hash can confirm a guess.
    """
    archive, digests, unsearched = Archive.of(ledger), dict[str, None](), list[str]()
    reader = ArchiveReader(archive)
    for kept in store.known_here(ledger.db, queries.all_kept(ledger.db, Capture.KIND)) if words else ():
        capture = kept.record
        if words is None or not isinstance(capture, Capture) or capture.sha256 == WITHHELD:
            continue
        said, here = legible(archive, capture), archive.has(capture.sha256)
        if here and not said:
            unsearched.append(capture.handle)
        elif not here or any(map(words.found, said)):
            digests[capture.sha256] = None
            text = reader.text(capture)
            if capture.text_sha256 and (text is None or words.found(text)):
                digests[capture.text_sha256] = None
    files = () if archive.elsewhere else tuple(archive.path(digest) for digest in digests if archive.has(digest))
    return CopiesConcerned(frozenset(digests), files, tuple(unsearched))


def renamed(
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


def changed_bodies(
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


def places_of(db: Any, entries: Sequence[Entry], changed: Mapping[int, dict[str, Any]]) -> Iterator[Trace]:
    """Yield where bodies change; a check's result goes by what it is about."""
    handles = queries.handles(db)
    for entry in entries:
        if entry.seq in changed:
            content = entry.content() or {}
            fields = tuple(dict.fromkeys(_differing(content, changed[entry.seq])))
            handle = handles.get(entry.subject) or handles.get(content.get("subject", ""), "")
            yield Trace(entry.seq, entry.kind, handle, fields)


def _differing(before: Any, after: Any, name: str = "") -> Iterator[str]:
    """Yield the fields in which two bodies differ, such as "anchor.prefix"; those in a list by the list's name."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before:
            yield from _differing(before[key], after.get(key), f"{name}.{key}" if name else key)
    elif isinstance(before, list) and isinstance(after, list):
        for one, other in zip(before, after, strict=True):
            yield from _differing(one, other, name)
    elif before != after:
        yield name


def parts_left(db: Any, redaction: Redaction, uid: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (part of the words, handle) wherever a part still stands by itself in what everybody will read."""
    lone = [(part, Words.of([part])) for part in (redaction.words.parts() if redaction.words else ())]
    for kept in queries.all_kept(db, *KINDS) if lone else ():
        blank = names if kept.record.uid == uid else ()
        shown = redaction.of(store.body_of(kept.record), blank=blank)
        text = wire.dumps(shown)
        yield from ((part, shown["handle"]) for part, word in lone if word.found(text))
