"""The use cases: what a person can enter, each validated first and recorded as a whole.

Every method returns the record it made. Outside `together` each is one
transaction; inside, nothing is written before the block ends, and nothing at
all if it ends in an error.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import attrs

from .. import rules, store, wire
from ..capture import Extraction
from ..errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, UnknownRecord, did_you_mean
from ..log import Environment, VerifierKey
from ..model import (
    KINDS,
    OF_PEOPLE,
    Agent,
    AgentKind,
    Anchor,
    Basis,
    Capture,
    Claim,
    Credibility,
    Evidence,
    Exclusion,
    ExclusionReason,
    Inquiry,
    InquiryState,
    Key,
    Link,
    LinkState,
    Order,
    Publication,
    Record,
    Relation,
    Reliability,
    Review,
    Source,
    SourceKind,
    Stake,
    Stance,
    Standing,
    Value,
    Verdict,
    references,
)
from ..store import Draft, Ledger, StoredRecord, durable, queries
from . import keys, sealing
from .catalogue import Catalogue, called
from .sealing import Sealing

R = TypeVar("R", bound=Record)

FIXED = ("uid", "handle")
"""What no correction may change: others refer to a record by them."""


@attrs.frozen(kw_only=True)
class Custody:
    """Through whose hands archived bytes came: what a court asks of a copy. None is not known.

    `taken_at` is an instant or an EDTF date, now unless given; `taken_by` is who enters it unless given.
    """

    made_by: Agent | None = None
    taken_by: Agent | None = None
    taken_from: str | None = None
    taken_at: str | None = None
    how: str = "read from a file"
    original: bool | None = None
    edited: bool | None = None
    url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Book(Catalogue):
    """An open ledger that takes entries from one actor (an agent's uid; by default who began it)."""

    def __init__(self, ledger: Ledger, *, actor: str | None = None) -> None:
        super().__init__(ledger)
        self.actor = actor or beginner(ledger)
        self._ledger_id = queries.first(ledger.db).subject
        self._sealed = sealing.words(self._ledger_id)
        if ledger.writable:
            ledger.signer = keys.held(self._ledger_id, of=self.actor)
        self._drafts: list[Draft] | None = None
        self.rehearsing = False

    # -- writing ---------------------------------------------------------

    @contextmanager
    def together(self) -> Iterator[None]:
        """Record everything inside the block as one transaction, or nothing of it."""
        if self._drafts is not None:
            yield
            return
        self._drafts = []
        try:
            with self._remembering():
                yield
            if self._drafts:
                store.append(self.ledger, self._drafts, actor=self.actor)
        finally:
            self._drafts = None
            self._forget_waiting()

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Test everything inside the block as if it were to be recorded, and record nothing of it."""
        self.rehearsing, self._drafts = True, []
        try:
            with self._remembering():
                yield
        finally:
            self.rehearsing, self._drafts = False, None
            self._forget_waiting()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Take back what the block would add if it ends in an error; what waited before goes on waiting."""
        drafts = self._drafts
        records, written = len(self._pending), len(drafts or ())
        try:
            yield
        except BaseException:
            for record in list(self._pending.values())[records:]:
                self._take_back(record)
            if drafts is not None:
                del drafts[written:]
            raise

    @property
    def waiting(self) -> tuple[Record, ...]:
        """The records that the present `together` block will add."""
        return tuple(self._pending.values())

    def add(self, record: R, *, seal: Sealing | None = None) -> R:
        """Record a ready-made record, some fields of it sealed; raise InputError if it may not be entered."""
        if seal is not None:
            record, openings = sealing.seal(record, seal, self.ledger.environment)
            self._sealed += tuple(one.words for one in openings)
        record = rules.with_edtf(record)
        rules.require_enterable(record)
        sealing.require_unsealed(record, self._sealed)
        taken = self.get(record.handle)
        if taken is not None:
            raise InputError(
                f"The id {record.handle} is already taken by {called(taken)}.", where="id", hint="Choose another."
            )
        if record.handle in self._ask(queries.withheld_handles):
            raise InputError(
                f"The id {record.handle} was of a record that is withheld.",
                where="id",
                hint="To enter it again would bring its words back; if it is another record, choose another id.",
            )
        for field, kind, uid in references(record):
            self._require_reference(field, kind, uid)
        if seal is not None:  # kept before the record enters: without it nobody could ever open the seal
            sealing.keep(self._ledger_id, record.uid, openings)
        self._await(record)
        self._write(Draft(f"{record.KIND}.{store.ADD}", record.uid, store.body_of(record)))
        return record

    def _write(self, *drafts: Draft) -> None:
        if self._drafts is not None:
            self._drafts.extend(drafts)
            return
        try:
            store.append(self.ledger, drafts, actor=self.actor)
        finally:
            self._forget_waiting()

    def _require_reference(self, field: str, kind: str, uid: str) -> None:
        record = self._pending.get(uid)
        if record is None:
            kept = self._ask(queries.kept, uid)
            record = kept.record if kept else None
        if record is None or kind not in ("*", record.KIND):
            raise UnknownRecord(f"This names no {kind}.", where=field.replace("_", " "))

    # -- entering --------------------------------------------------------

    def _handle(self, given: str | None, text: str, kind: str, language: str | None = None) -> str:
        if given is not None:
            rules.require_handle(given)
            return given
        begin = rules.slug(text, language=language) or rules.unnamed(text, kind)
        if begin != rules.RESERVED and self.get(begin) is None:
            return begin
        taken = ChainMap[str, Any](self._pending_handles, self._ask(_handles_like, begin))
        found = rules.free(begin, taken, above=self._numbered.get(begin, 1))
        self._numbered[begin] = int(found.rpartition("-")[2])
        return found

    def agent(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: AgentKind | None = None,
        part_of: Agent | None = None,
        note: str | None = None,
        seal: Sealing | None = None,
    ) -> Agent:
        """Record a person, organisation or program."""
        return self.add(
            Agent(
                uid=self.ledger.environment.uid(),
                handle=self._handle(id, "sealed agent" if seal else name, "agent"),
                name=name,
                kind=kind or AgentKind.PERSON,
                part_of=_uid(part_of),
                note=note,
            ),
            seal=seal,
        )

    def source(
        self,
        title: str,
        *,
        id: str | None = None,
        kind: SourceKind | None = None,
        author: Agent | None = None,
        publisher: Agent | None = None,
        published: str | None = None,
        reference_date: str | None = None,
        language: str | None = None,
        url: str | None = None,
        note: str | None = None,
        seal: Sealing | None = None,
    ) -> Source:
        """Record one work or utterance."""
        return self.add(
            Source(
                uid=self.ledger.environment.uid(),
                handle=self._handle(id, "sealed source" if seal else title, "source", language),
                title=title,
                kind=kind or SourceKind.DOCUMENT,
                author=_uid(author),
                publisher=_uid(publisher),
                published=published,
                reference_date=reference_date,
                language=language,
                url=url,
                note=note,
            ),
            seal=seal,
        )

    def link(
        self,
        source: Source,
        relation: Relation,
        comes_from: Source,
        *,
        claim: Claim | None = None,
        id: str | None = None,
        note: str | None = None,
    ) -> Link:
        """Declare how one source stands to an earlier one, and which claim it has from there if that is known."""
        handle = id or self._handle(None, f"{source.handle} {relation} {comes_from.handle}", "link")
        return self.add(
            Link(
                uid=self.ledger.environment.uid(),
                handle=handle,
                source=source.uid,
                relation=relation,
                comes_from=comes_from.uid,
                claim=_uid(claim),
                note=note,
            )
        )

    def capture(self, source: Source, reading: Extraction, custody: Custody, *, note: str | None = None) -> Capture:
        """Record that a source's bytes were archived, what was read from them, and through whose hands they came."""
        digest = reading.sha256
        if custody.taken_at is not None:
            rules.require_date(custody.taken_at, "capture taken at")
        return self.add(
            Capture(
                uid=self.ledger.environment.uid(),
                handle=self._handle(None, f"{source.handle} copy {digest[:8]}", "capture"),
                source=source.uid,
                sha256=digest,
                size=len(reading.data),
                media_type=reading.media_type,
                text_sha256=reading.text_sha256,
                text_length=None if reading.extractor is None else len(reading.text),
                extractor=reading.extractor,
                file_name=reading.file_name,
                taken_at=custody.taken_at or self.ledger.environment.instant(),
                taken_by=_uid(custody.taken_by) or self.actor,
                taken_from=custody.taken_from or reading.file_name,
                made_by=_uid(custody.made_by),
                url=custody.url,
                how=custody.how,
                original=custody.original,
                edited=custody.edited,
                note=note,
                headers=custody.headers,
            )
        )

    def claim(
        self,
        text: str,
        *,
        id: str | None = None,
        claimant: Agent | None = None,
        said: str | None = None,
        occurred: str | None = None,
        topic: str | None = None,
        story: str | None = None,
        reports: Claim | None = None,
        value: Value | None = None,
        order: Order | None = None,
        suggested_by: str | None = None,
    ) -> Claim:
        """Record one checkable assertion."""
        return self.add(
            Claim(
                uid=self.ledger.environment.uid(),
                handle=self._handle(id, text, "claim"),
                text=text,
                claimant=_uid(claimant),
                said=said,
                occurred=occurred,
                topic=topic,
                story=story,
                reports=_uid(reports),
                value=value,
                order=order,
                suggested_by=suggested_by,
            )
        )

    def evidence(
        self,
        claim: Claim,
        source: Source,
        *,
        id: str | None = None,
        seen_in: Source | None = None,
        stance: Stance | None = None,
        anchor: Anchor | None = None,
        speaker: Agent | None = None,
        quoting: Agent | None = None,
        basis: Basis | None = None,
        stake: Stake | None = None,
        named: bool | None = None,
        unnamed_because: str | None = None,
        original: str | None = None,
        note: str | None = None,
        seal: Sealing | None = None,
    ) -> Evidence:
        """Record what a source says for, against or around a claim."""
        seen = seen_in if seen_in is not None and seen_in.uid != source.uid else None
        return self.add(
            Evidence(
                uid=self.ledger.environment.uid(),
                handle=id or self._handle(None, f"{claim.handle} by {source.handle}", "evidence"),
                claim=claim.uid,
                source=source.uid,
                seen_in=_uid(seen),
                stance=stance or Stance.SUPPORTS,
                anchor=anchor,
                speaker=_uid(speaker),
                quoting=_uid(quoting),
                basis=basis or Basis.UNKNOWN,
                stake=stake or Stake.NOT_ASSESSED,
                named=named,
                unnamed_because=unnamed_because,
                original=original,
                note=note,
            ),
            seal=seal,
        )

    def exclusion(
        self,
        source: Source,
        anchor: Anchor,
        reason: ExclusionReason,
        *,
        id: str | None = None,
        claim: Claim | None = None,
        note: str | None = None,
    ) -> Exclusion:
        """Record that a passage of an article needs no claim, and why."""
        return self.add(
            Exclusion(
                uid=self.ledger.environment.uid(),
                handle=id or self._handle(None, f"{source.handle} left out", "exclusion"),
                source=source.uid,
                anchor=anchor,
                reason=reason,
                claim=_uid(claim),
                note=note,
            )
        )

    def inquiry(
        self,
        question: str,
        *,
        id: str | None = None,
        claim: Claim | None = None,
        asked_by: Agent | None = None,
        asked: Agent | None = None,
        searched: str | None = None,
        asked_on: str | None = None,
        deadline: str | None = None,
        state: InquiryState | None = None,
        seen_in: Source | None = None,
        note: str | None = None,
    ) -> Inquiry:
        """Record who asked whom, or searched where; what was answered is evidence."""
        return self.add(
            Inquiry(
                uid=self.ledger.environment.uid(),
                handle=self._handle(id, question, "inquiry"),
                question=question,
                claim=_uid(claim),
                asked_by=_uid(asked_by),
                asked=_uid(asked),
                searched=searched,
                asked_on=asked_on,
                deadline=deadline,
                state=state or InquiryState.AWAITING,
                seen_in=_uid(seen_in),
                note=note,
            )
        )

    def key(self, agent: Agent, verifier: VerifierKey) -> Key:
        """Record the public key with which an agent signs entries from now on."""
        named = VerifierKey(agent.uid, verifier.public)  # a name of the key's own would stand in every signature
        handle = self._handle(None, f"key {named.id.hex()}", "key")
        return self.add(Key(uid=self.ledger.environment.uid(), handle=handle, agent=agent.uid, verifier=str(named)))

    def revoke(self, handle: str, reason: str) -> Key:
        """Record that a key signs nothing any more; what it signed before stays signed."""
        kept = self._standing(handle)
        if not isinstance(kept.record, Key):
            raise InputError(f"{handle} is no key.", hint="See: factledger key list")
        self._follow(kept, store.REVOKE, {"reason": _reason(reason)})
        return kept.record

    def publication(
        self, *, size: int, root: str, sha256: str, withheld: int, copies: int, kept_back: int
    ) -> Publication:
        """Record that a copy was written for others, and what was left out of it."""
        return self.add(
            Publication(
                uid=self.ledger.environment.uid(),
                handle=self._handle(None, f"publication of {size} entries", "publication"),
                size=size,
                root=root,
                sha256=sha256,
                withheld=withheld,
                copies=copies,
                kept_back=kept_back,
            )
        )

    # -- deciding --------------------------------------------------------

    def review(
        self,
        claim: Claim,
        verdict: Verdict,
        reasons: str,
        *,
        id: str | None = None,
        reviewer: Agent | None = None,
        label: str | None = None,
    ) -> Review:
        """Record a person's verdict on a claim, with reasons."""
        if verdict is Verdict.UNCHECKED:
            raise InputError("Unchecked is no verdict.", where="verdict", hint="Leave the claim undecided instead.")
        return self.add(
            Review(
                uid=self.ledger.environment.uid(),
                handle=id or self._handle(None, f"{claim.handle} review", "review"),
                claim=claim.uid,
                verdict=verdict,
                reasons=reasons,
                reviewer=_uid(reviewer) or self.actor,
                label=label,
            )
        )

    def second(self, claim: Claim, reasons: str, *, id: str | None = None, reviewer: Agent | None = None) -> Review:
        """Record that another person signs the claim's last verdict."""
        first = self._last_review(claim)
        by = _uid(reviewer) or self.actor
        if first is None:
            raise InputError("There is no verdict to sign yet.", where=claim.handle, hint="Record a review first.")
        if first.reviewer == by:
            raise InputError(
                "A second sign-off needs a second person.", where=claim.handle, hint="Name them with --by."
            )
        return self.add(
            Review(
                uid=self.ledger.environment.uid(),
                handle=id or self._handle(None, f"{claim.handle} sign-off", "review"),
                claim=claim.uid,
                verdict=first.verdict,
                reasons=reasons,
                reviewer=by,
                seconds=first.uid,
            )
        )

    def _last_review(self, claim: Claim) -> Review | None:
        found = [record for record in self._pending.values() if isinstance(record, Review)]
        rows = queries.rows(self.ledger.db, "reviews", claim=claim.handle)
        standing = [row["id"] for row in rows if Standing(row["standing"]).stands]
        found = [r for r in map(self.get, standing) if isinstance(r, Review)] + found
        verdicts = [review for review in found if review.seconds is None and review.claim == claim.uid]
        return verdicts[-1] if verdicts else None

    def correct(self, handle: str, changes: Mapping[str, Any], reason: str) -> Record:
        """Record a correction: new values for some fields, and why; the old ones stay readable.

        A field that names another record takes its handle, None empties a field.
        """
        kept = self._standing(handle)
        record = kept.record
        hidden = {field for field, _ in kept.withheld} | {seal.field for seal in getattr(record, "seals", ())}
        if not hidden.isdisjoint(changes):
            raise InputError(
                f"What was withheld or sealed is not corrected: {', '.join(sorted(hidden & changes.keys()))}.",
                where=handle,
                hint="Retract the record, and enter another.",
            )
        changes = {name: self._value(record, name, value) for name, value in changes.items()}
        corrected = wire.structure({**wire.unstructure(record), **changes}, type(record))
        if not rules.differences(record, corrected):
            raise InputError("This changes nothing.", where=handle, hint="Give a new value.")
        rules.require_enterable(corrected)
        sealing.require_unsealed(corrected, self._sealed)
        for field, kind, uid in references(corrected):
            self._require_reference(field, kind, uid)
            if uid == record.uid:
                raise InputError("A record cannot refer to itself.", where=f"{handle} {field}", hint="Name another.")
        self._follow(kept, store.CORRECT, {"changes": dict(changes), "reason": _reason(reason)})
        return corrected

    def _value(self, record: Record, name: str, value: Any) -> Any:
        """Return a corrected field's value as JSON data; raise InputError if the field cannot take it."""
        fields = {field.name: field for field in attrs.fields(attrs.resolve_types(type(record)))}
        # A decision is somebody's, and others may have signed it: only its words can be corrected.
        names = {"reasons", "label"} if isinstance(record, Review) else set(fields) - set(FIXED)
        names -= {one for one in names if fields[one].metadata.get("grade")}
        if name not in names:
            raise InputError(
                f"A {record.KIND} has no field {name!r} to correct.",
                where=record.handle,
                hint=did_you_mean(name, dict.fromkeys(names, "")) or f"It has: {', '.join(sorted(names))}.",
            )
        kind, place = fields[name].type, f"{record.handle} {name}"
        if value is None and fields[name].default is attrs.NOTHING:
            raise InputError(f"A {record.KIND} needs its {name}.", where=place, hint="Give a new value.")
        if value is None or not isinstance(value, str):
            return value
        if name in rules.DATES:
            rules.require_date(value, place)
            return rules.in_edtf(value)
        if fields[name].metadata.get("refers_to"):
            return self.find(KINDS[fields[name].metadata["refers_to"]], value).uid
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _one_of(kind, value, place)
        if kind in (str, str | None):
            return value
        if kind == bool | None and value in ("yes", "no"):
            return value == "yes"
        raise InputError(f"{name} cannot be corrected to {value!r}.", where=place, hint="Retract it and record anew.")

    def retract(self, handle: str, reason: str) -> Record:
        """Record that a record no longer stands, and why; it stays readable."""
        kept = self._standing(handle)
        if isinstance(kept.record, Key):
            raise InputError("A key is revoked.", where=handle, hint=f"Write: factledger key revoke {handle}")
        self._follow(kept, store.RETRACT, {"reason": _reason(reason)})
        return kept.record

    def supersede(self, handle: str, by: str, reason: str) -> Record:
        """Record that another record of the same kind takes this one's place."""
        kept, other = self._standing(handle), self._standing(by)
        if type(kept.record) is not type(other.record) or handle == by:
            raise InputError(f"{by} cannot take the place of {handle}.", hint="Name another record of the same kind.")
        self._follow(kept, store.SUPERSEDE, {"by": other.record.uid, "reason": _reason(reason)})
        return kept.record

    def settle(self, handle: str, state: LinkState | InquiryState, reason: str) -> Record:
        """Confirm or reject a link, or give an inquiry its outcome."""
        kept = self._standing(handle)
        fits = {Link: LinkState, Inquiry: InquiryState}.get(type(kept.record))
        if fits is None or not isinstance(state, fits):
            raise InputError(f"{handle} cannot become {state.value}.", hint="Name a link or an inquiry.")
        return self._settle(kept, "state", state, reason)

    def grade(self, evidence: Evidence, grade: Reliability | Credibility, reason: str) -> Evidence:
        """Grade the source of a piece of evidence, or what it says there; `checks.grade` asks first if it may."""
        field = "reliability" if isinstance(grade, Reliability) else "credibility"
        return self._settle(self._standing(evidence.handle), field, grade, reason)  # type: ignore[return-value]

    def _settle(self, kept: StoredRecord, field: str, value: Enum, reason: str) -> Record:
        self._follow(kept, store.SETTLE, {"changes": {field: value.value}, "reason": _reason(reason)})
        return wire.structure({**wire.unstructure(kept.record), field: value.value}, type(kept.record))

    def _standing(self, handle: str) -> StoredRecord:
        kept = self.kept(handle)
        if not isinstance(kept.record, OF_PEOPLE):
            raise InputError(
                "What was done is not corrected by hand.", where=handle, hint="Do it again: check, publish."
            )
        if kept.standing in (Standing.RETRACTED, Standing.SUPERSEDED):
            raise InputError(f"{handle} was already {kept.standing.value}.", hint=f"See: factledger history {handle}")
        return kept

    def _follow(self, kept: StoredRecord, act: str, body: dict[str, Any]) -> None:
        kind = f"{kept.record.KIND}.{act}"
        self._write(Draft(kind, kept.record.uid, {**body, "replaces": kept.rid}))


def start(
    path: Path, *, origin: str, person: str, environment: Environment | None = None, public: bytes | None = None
) -> Book:
    """Make a ledger: its file, its log key, entry 0, and the person who begins it as entry 1.

    With `public`, the 32 bytes of an Ed25519 key, the log is signed by whoever holds that, and no key is made.
    Raises InputError if the origin or name may not be used, EnvironmentFault if the path is taken.
    """
    environment = environment or Environment()
    keys.require_origin(origin)
    ledger_id, owner = environment.uid(), environment.uid()
    agent = Agent(uid=owner, handle=rules.slug(person) or "owner", name=person)
    rules.require_enterable(agent)
    key = keys.make(origin, environment) if public is None else None
    verifier = key.verifier if key is not None else VerifierKey(origin, public or b"")
    if path.exists():
        raise EnvironmentFault(f"{path} already exists.", hint="Choose another name; nothing was changed.")
    beside = path.with_name(path.name + ".part")  # a ledger is there with its first entries, or not at all
    store.discard(beside)
    try:
        with store.create_file(beside, environment=environment) as ledger:
            store.append(ledger, opening(ledger_id, origin, str(verifier), agent), actor=owner)
        store.require_whole(beside)
        if key is not None:
            keys.keep(key, ledger_id)
        durable.settle(beside, path)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {path}: {error.strerror}.", hint="No ledger was begun.") from None
    finally:
        store.discard(beside)
    try:
        return Book(store.open_ledger(path, write=True, environment=environment))
    except EnvironmentFault as error:
        raise EnvironmentFault(f"{path} was begun, but: {error.message}", hint="Run: factledger doctor") from None


def opening(ledger_id: str, origin: str, verifier: str, owner: Agent) -> tuple[Draft, ...]:
    """Return the first drafts of a ledger: entry 0 with its origin and log key, and its owner."""
    begin = {"format": store.FORMAT, "log_key": verifier, "origin": origin}
    return (
        Draft(store.INIT, ledger_id, begin),
        Draft(f"{Agent.KIND}.{store.ADD}", owner.uid, store.body_of(owner)),
    )


def _one_of(vocabulary: type[Enum], value: str, place: str) -> str:
    allowed = [word.value for word in vocabulary]
    if value not in allowed:
        raise InputError(f"{value!r} is not one of its words.", where=place, hint=f"Use {', '.join(allowed)}.")
    return value


def _handles_like(db: queries.Db, begin: str) -> dict[str, None]:
    return dict.fromkeys(queries.handles_like(db, begin))


def _uid(record: Record | None) -> str | None:
    return None if record is None else record.uid


def _reason(text: str) -> str:
    rules.require_text(text, "reason", "reason")
    return text


def beginner(ledger: Ledger) -> str:
    """Return the uid of the agent who began a ledger: the actor of entry 0."""
    first = next(queries.entries(ledger.db, upto=1), None)
    if first is None:
        raise DamagedLedger("The ledger holds no entry.", where=str(ledger.path), hint="Run: factledger verify")
    return first.actor
