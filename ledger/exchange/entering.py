"""Items of a file on their way into a ledger: each enters as a whole, or is refused by name with the reason.

What the ledger has is left alone. A record that is given with a handle is the one of that handle, and must agree with
it; without one, an agent is known by its name, a source by its address or else its title, a claim by its words, and
what else there is by all that it says.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from .. import wire
from ..book import Book
from ..desk import anchor_in
from ..errors import InputError
from ..format import ImportItem
from ..model import (
    HIDDEN,
    Agent,
    Anchor,
    Claim,
    Evidence,
    Exclusion,
    Inquiry,
    Link,
    LinkState,
    Record,
    Review,
    Source,
    references,
    ungraded,
)
from ..store import queries
from .recorded import Imported, differing, versions

ENTERED: tuple[type[Record], ...] = (Agent, Source, Claim, Link, Evidence, Exclusion, Inquiry, Review)
"""What an item may ask for; an archived copy comes in as a file, and who signs is nobody's to say for others."""

TABLES: Mapping[type[Record], tuple[str, str]] = {
    Evidence: ("evidence", "claim"),
    Exclusion: ("exclusions", "source"),
    Inquiry: ("inquiries", "claim"),
    Review: ("reviews", "claim"),
    Link: ("links", "source"),
}
"""Where the like of a record is looked for: a table, and the field that both share."""


def enter(book: Book, items: Iterable[ImportItem]) -> Imported:
    """Enter what items ask for and return what came of each; inside `book.together`."""
    entering = _Entering(book)
    for item in items:
        entering.enter(item)
    return Imported(
        tuple(entering.added.values()),
        tuple(one for uid, one in entering.met.items() if uid not in entering.added),
        refused=tuple(entering.refused),
        notes=tuple(entering.notes),
        kept=entering.kept,
    )


class _Entering:
    """One file on its way into a ledger."""

    def __init__(self, book: Book) -> None:
        self.added: dict[str, Record] = {}
        self.met: dict[str, Record] = {}
        self.refused: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []
        self.kept = 0
        self._book = book
        self._known: dict[str, Record] = {}
        self._new: list[Record] = []
        self._texts = {words: handle for handle, words in queries.names(book.ledger.db, "claim").items()}
        self._addresses = {row["url"]: row["id"] for row in queries.rows(book.ledger.db, "sources") if row["url"]}
        self._like: dict[tuple[type[Record], str], dict[Record, Record]] = {}
        self._make: dict[type[Record], Callable[..., Record]] = {
            Agent: book.agent,
            Source: book.source,
            Claim: book.claim,
            Link: self._link,
            Evidence: book.evidence,
            Exclusion: book.exclusion,
            Inquiry: book.inquiry,
            Review: self._review,
        }

    def enter(self, item: ImportItem) -> None:
        """Enter an item as a whole, or note why it is refused."""
        if item.refused or not item.records:
            self.refused.append((item.name, item.refused or "It asks for no record."))
            return
        notes = [(item.name, words) for words in item.left_out]
        known: dict[str, Record] = {}
        self._new = []
        try:
            with self._book.whole():
                records = [_sound(one) for one in item.records]
                self._look_up(records)
                for record in _in_order(records, self._known):
                    known[record.uid] = self._one(record, ChainMap(known, self._known), item.name, notes)
        except InputError as error:
            self.refused.append((item.name, str(error)))
            return
        for made in self._new:
            self._remember(made)
        self.kept += 1
        self.notes += notes
        self._known |= known
        self.added |= {one.uid: one for one in self._new}
        self.met |= {one.uid: one for one in known.values()}

    def _look_up(self, records: Iterable[Record]) -> None:
        """Find what records name that is not in the file: by its id in the ledger."""
        here = {one.uid for one in records}
        for _, kind, uid in (named for one in records for named in references(one)):
            held = None if uid in here or uid in self._known else self._book.get(uid)
            if held is not None and kind in ("*", held.KIND):
                self._known[uid] = held

    def _one(self, given: Record, known: Mapping[str, Record], item: str, notes: list[tuple[str, str]]) -> Record:
        """Return the record of the ledger that is meant: the one that is there, or a new one."""
        if type(given) not in ENTERED:
            raise InputError(f"A {given.KIND} does not come in with a file.", hint="See: factledger --help")
        names = {field: known[uid].uid for field, _, uid in references(given)}
        wanted = ungraded(attrs.evolve(given, **names))
        if wanted != attrs.evolve(given, **names):
            notes.append((item, f"the grades of {given.handle or 'its evidence'}: a person gives them, in this house"))
        if isinstance(given, (Evidence, Exclusion)) and given.anchor is not None:
            wanted = self._anchored(wanted, given.anchor, known[getattr(given, "seen_in", None) or given.source])
        held = self._held(wanted)
        if held is None:
            return self._made(wanted, {name: known[uid] for name, _, uid in references(given)})
        if not given.handle or not _agrees(self._book, held, wanted):
            self._require_agreement(held, wanted, item, notes)
        return held

    def _held(self, wanted: Record) -> Record | None:
        if wanted.handle:
            held = self._book.get(wanted.handle)
            if held is not None and type(held) is not type(wanted):
                raise InputError(f"The id {wanted.handle} is taken by another record of this ledger ({held.KIND}).")
            return held
        if isinstance(wanted, Agent):
            return next(iter(self._book.named(Agent, wanted.name)), None)
        if isinstance(wanted, Source):
            return self._source(wanted)
        if isinstance(wanted, Claim):
            return self._book.get(self._texts[wanted.text]) if wanted.text in self._texts else None
        return self._alike(wanted).get(_bare(wanted))

    def _source(self, wanted: Source) -> Record | None:
        """Return the source of this address; without one, of this title, if there is one alone."""
        if wanted.url is not None:
            return self._book.get(self._addresses[wanted.url]) if wanted.url in self._addresses else None
        found = [one for one in self._book.named(Source, wanted.title) if one.author in (None, wanted.author)]
        return found[0] if len(found) == 1 else None

    def _alike(self, wanted: Record) -> dict[Record, Record]:
        """Return the records of the ledger that are about the same, by all that they say."""
        table, field = TABLES[type(wanted)]
        about = getattr(wanted, field) or ""
        key = (type(wanted), about)
        if key not in self._like:
            db = self._book.ledger.db
            kept = queries.kept(db, about)
            rows = queries.rows(db, table, **{field: kept.record.handle}) if kept else []
            held = [self._book.get(row["id"]) for row in rows]
            self._like[key] = {_bare(one): one for one in held if one is not None}
        return self._like[key]

    def _remember(self, made: Record) -> None:
        """Have later items find what an item brought."""
        if isinstance(made, Claim):
            self._texts.setdefault(made.text, made.handle)
        elif isinstance(made, Source) and made.url:
            self._addresses.setdefault(made.url, made.handle)
        elif type(made) in TABLES:
            self._alike(made)[_bare(made)] = made

    def _anchored(self, wanted: Record, given: Anchor, seen: Record) -> Record:
        """Return a record whose words are held to the archived text that they were seen in, where there is one."""
        if given.exact in HIDDEN or not isinstance(seen, Source):
            raise InputError("Its words are kept back where it comes from.")
        found = anchor_in(self._book.ledger, seen, given.exact or None, language=given.language, at=given.fragment)
        if not found.text:
            found = attrs.evolve(found, prefix=given.prefix, suffix=given.suffix)
        return attrs.evolve(wanted, anchor=found)  # type: ignore[call-arg]

    def _require_agreement(self, held: Record, wanted: Record, item: str, notes: list[tuple[str, str]]) -> None:
        """Raise InputError if a record of a handle says otherwise; note it of one that only has the same name."""
        said = _given(wanted)
        given = attrs.evolve(held, **said)
        if any(attrs.evolve(state, **said) == state for state in (ungraded(held), *versions(self._book, held))):
            return
        told = differing(held, given)
        if wanted.handle:
            raise InputError(told, hint=f"To change what is recorded: factledger correct {held.handle}")
        notes.append((item, told))

    # -- making ------------------------------------------------------------

    def _made(self, wanted: Record, names: Mapping[str, Record]) -> Record:
        if getattr(wanted, "seals", ()):
            raise InputError("Its words are sealed where it comes from.")
        values = {name: value for name, value in _given(wanted).items() if name not in ("uid", "handle")}
        made = self._make[type(wanted)](id=wanted.handle or None, **{**values, **names})
        self._new.append(made)
        return made

    def _link(self, *, id: str | None, state: LinkState = LinkState.DECLARED, measure: str = "", **more: Any) -> Record:
        if state is not LinkState.DECLARED:
            raise InputError(f"It was {state.value} there; here somebody declares it: factledger link")
        return self._book.link(id=id, **more)

    def _review(self, *, id: str | None, claim: Claim, seconds: Review | None = None, **more: Any) -> Record:
        if seconds is None:
            return self._book.review(claim, id=id, **more)
        return self._book.second(claim, more["reasons"], id=id, reviewer=more.get("reviewer"))


def _sound(record: Record) -> Record:
    """Return a record whose fields are of their types; raise InputError for one that a ledger could not hold."""
    return wire.structure(wire.unstructure(record), type(record))


def _agrees(book: Book, held: Record, wanted: Record) -> bool:
    return attrs.evolve(wanted, uid=held.uid, handle=held.handle) == ungraded(held)


def _given(wanted: Record) -> dict[str, Any]:
    """Return the fields of a record that say something."""
    fields = attrs.fields(type(wanted))
    values = {one.name: getattr(wanted, one.name) for one in fields if one.name not in ("uid", "handle")}
    return {one.name: values[one.name] for one in fields if one.name in values and values[one.name] != one.default}


def _bare(record: Record) -> Record:
    """Return what a record says, whatever it is called: of words, those alone, and not where they stand."""
    bare: Record = attrs.evolve(ungraded(record), uid="", handle="")
    if isinstance(bare, (Evidence, Exclusion)) and bare.anchor is not None:
        return attrs.evolve(bare, anchor=Anchor(bare.anchor.exact, fragment=bare.anchor.fragment))
    return bare


def _in_order(records: Iterable[Record], known: Mapping[str, Record]) -> Iterator[Record]:
    """Yield records so that each comes after those that it names; raise InputError for a name that leads nowhere."""
    there, waiting = set[str](), list(records)
    while waiting:
        ready = [one for one in waiting if all(uid in there or uid in known for _, _, uid in references(one))]
        if not ready:
            field, kind, uid = next(
                (field, kind, uid)
                for field, kind, uid in references(waiting[0])
                if uid not in there and uid not in known
            )
            of = f"the {kind} {uid!r}" if kind != "*" else repr(uid)
            raise InputError(f"Its {field.replace('_', ' ')} names {of}, which did not come in.")
        yield from ready
        there |= {one.uid for one in ready}
        waiting = [one for one in waiting if one not in ready]
