"""What people enter, and what they decide about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from .. import rules, store, wire
from ..capture import Extraction
from ..errors import InputError
from ..log import VerifierKey
from ..model import (
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
from ..store import StoredRecord, queries
from . import sealing
from .correcting import correction
from .sealing import Sealing
from .writing import Writer


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


class Book(Writer):
    """What people enter, and what they decide about it, one method for each."""

    # -- entering --------------------------------------------------------

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
        corrected, data = correction(self, kept, changes)
        sealing.require_unsealed(corrected, self._sealed)
        for field, kind, uid in references(corrected):
            self._require_reference(field, kind, uid)
            if uid == corrected.uid:
                raise InputError("A record cannot refer to itself.", where=f"{handle} {field}", hint="Name another.")
        self._follow(kept, store.CORRECT, {"changes": data, "reason": _reason(reason)})
        return corrected

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


def _uid(record: Record | None) -> str | None:
    return None if record is None else record.uid


def _reason(text: str) -> str:
    rules.require_text(text, "reason", "reason")
    return text
