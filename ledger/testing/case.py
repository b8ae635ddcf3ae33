"""A case: a claim and the records around it, made by hand, without a ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from ..capture import Languages
from ..checker import (
    NOTHING,
    Checker,
    Context,
    Detector,
    Dossier,
    Finder,
    Group,
    GroupChecker,
    Proposal,
    RecordedAnswer,
    SourceDossier,
    Whole,
)
from ..checks.meeting import Meeting
from ..model import (
    Agent,
    Anchor,
    Capture,
    Claim,
    Evidence,
    Finding,
    Inquiry,
    Link,
    LinkState,
    Record,
    Relation,
    Review,
    Source,
    Stance,
    Standing,
)
from ..policy import Policy, default_policy
from ..text import fragment
from .expected import Expected, difference

R = TypeVar("R", bound=Record)
Given = Dossier | Group | Whole | SourceDossier

NOW = datetime(2031, 7, 1, 12, tzinfo=UTC)
"""The time of a test's run, unless it gives another."""


class Case:
    """A claim with what it stands on; each method adds a record and returns it.

    Records are made without a ledger; nothing is validated, so that a case may
    also hold what no ledger would take. A record given for a field stands for its uid.
    `name` heads a test; `now`, `options` and `policy` are what a checker is told;
    `expect` is what it should say.
    """

    def __init__(
        self, text: str, *, id: str = "", name: str = "", standing: Standing = Standing.CURRENT, **fields: Any
    ) -> None:
        self.name = name or text
        self.now = NOW
        self.options: Mapping[str, Any] = {}
        self.policy: Policy = default_policy()
        self.expect: tuple[Expected, ...] = ()
        self._records: dict[str, Record] = {}
        self._texts: dict[str, str] = {}
        self._blobs: dict[str, bytes] = {}
        self._withdrawn: dict[str, str] = {}
        self._answers: dict[str, RecordedAnswer] = {}
        self._standing = standing
        self._main = self.add(Claim, id or "claim", text=text, **fields).uid

    def __str__(self) -> str:
        return self.name

    @property
    def claim(self) -> Claim:
        """The claim that the case is about."""
        claim = self._records[self._main]
        assert isinstance(claim, Claim)
        return claim

    # -- adding records --------------------------------------------------

    def add(self, cls: type[R], id: str = "", **fields: Any) -> R:
        """Add a record of any kind, with its fields as they are given."""
        number = f"{cls.KIND}-{len(self._records)}"
        uid = f"{cls.KIND}:{id}" if id else number
        if uid in self._records:
            raise ValueError(f"There is a {cls.KIND} {id!r} in this case already.")
        record = cls(uid=uid, handle=id or number, **{name: _uid(value) for name, value in fields.items()})
        self._records[uid] = record
        return record

    def agent(self, name: str, *, id: str = "", **fields: Any) -> Agent:
        return self.add(Agent, id, name=name, **fields)

    def source(self, title: str, *, id: str = "", **fields: Any) -> Source:
        return self.add(Source, id, title=title, **fields)

    def link(
        self, source: Source | str, relation: Relation, comes_from: Source | str, *, id: str = "", **fields: Any
    ) -> Link:
        return self.add(Link, id, source=source, relation=relation, comes_from=comes_from, **fields)

    def evidence(
        self,
        source: Source | str,
        *,
        id: str = "",
        contradicts: bool = False,
        quote: str | None = None,
        at: str | None = None,
        language: str | None = None,
        **fields: Any,
    ) -> Evidence:
        """Add evidence for the claim, or for another `claim`; `quote`, `language` and `at`, a page, make its anchor."""
        if contradicts:
            fields["stance"] = Stance.CONTRADICTS
        if quote is not None:
            fields["anchor"] = self._anchor(quote, language, fields.get("seen_in") or source)
        if at is not None:
            fields["anchor"] = attrs.evolve(fields.get("anchor") or Anchor(""), fragment=str(fragment(at)))
        return self.add(Evidence, id, **{"claim": self.claim, "source": source, **fields})

    def inquiry(self, question: str, *, id: str = "", **fields: Any) -> Inquiry:
        """Add who was asked, or what was searched, about the claim."""
        return self.add(Inquiry, id, **{"question": question, "claim": self.claim, **fields})

    def capture(
        self, source: Source | str, text: str | None = None, *, id: str = "", data: bytes | None = None, **fields: Any
    ) -> Capture:
        """Add an archived copy of a source; `text` is what a reader sees of it, `data` are its bytes."""
        data = (text or "").encode("utf-8", "surrogatepass") if data is None else data
        digest = sha256(data).hexdigest()
        made: dict[str, Any] = {"source": source, "sha256": digest, "size": len(data), "media_type": "text/plain"}
        if text is not None:
            made |= {"text_sha256": digest, "text_length": len(text), "extractor": "plain/1"}
        capture = self.add(Capture, id, **{**made, **fields})
        if text is not None:
            self._texts[capture.uid] = text
        self._blobs[capture.uid] = data
        return capture

    def answer(
        self,
        address: str,
        text: str = "",
        *,
        data: bytes | None = None,
        why: str = "",
        at: str = "",
        media_type: str = "",
    ) -> RecordedAnswer:
        """Add what an address answered, for checkers that say `network`; with `why`, that nothing came, and why not."""
        data = None if why else text.encode() if data is None else data
        uid, at = f"answer:{address}", at or "2031-06-30T12:00:00Z"
        record: Capture | Inquiry
        if data is None:
            record = Inquiry(uid=uid, handle=address, question="What does it answer?", searched=address, note=why)
        else:
            digest, size = sha256(data).hexdigest(), len(data)
            record = Capture(uid=uid, handle=address, source=uid, sha256=digest, size=size, media_type="text/plain")
        made = RecordedAnswer(address=address, data=data, why=why, at=at, media_type=media_type, record=record)
        self._answers[address] = made
        return made

    def another_claim(self, text: str, *, id: str = "", **fields: Any) -> Claim:
        """Add a claim beside the one that the case is about."""
        return self.add(Claim, id, text=text, **fields)

    def reports(self, text: str, *, id: str = "", **fields: Any) -> Claim:
        """Add the claim whose content this one reports."""
        content = self.another_claim(text, id=id, **fields)
        self._records[self._main] = attrs.evolve(self.claim, reports=content.uid)
        return content

    def reported_by(self, text: str, *, id: str = "", **fields: Any) -> Claim:
        """Add a claim that this one's content was said."""
        return self.another_claim(text, id=id, reports=self.claim, **fields)

    def withdraw(self, source: Source, reason: str) -> None:
        """Say that a source was retracted."""
        self._withdrawn[source.uid] = reason

    def withdrawn(self) -> tuple[tuple[str, str], ...]:
        """Return the handles of the sources that were retracted, each with its reason."""
        return tuple((self._records[uid].handle, reason) for uid, reason in self._withdrawn.items())

    def blob(self, capture: Capture) -> bytes:
        """Return the bytes of an archived copy."""
        return self._blobs[capture.uid]

    def _anchor(self, quote: str, language: str | None, seen: Source | str) -> Anchor:
        """Return words with their place in the source's archived text, where they stand in it exactly."""
        uid = _uid(seen)
        capture = next((one for one in reversed(self.of(Capture)) if one.source == uid), None)
        start = self._texts[capture.uid].find(quote) if capture and capture.uid in self._texts else -1
        if capture is None or start < 0:
            return Anchor(exact=quote, language=language)
        return Anchor(exact=quote, start=start, end=start + len(quote), text=capture.text_sha256, language=language)

    # -- what checkers are given -----------------------------------------

    def dossier(self, claim: Claim | None = None) -> Dossier:
        """Return the dossier of a claim, by default of the one that the case is about, with every source there is."""
        claim = claim or self.claim
        reports = self._records.get(claim.reports or "")
        return Dossier(
            claim=claim,
            standing=self._standing if claim.uid == self._main else Standing.CURRENT,
            reports=reports if isinstance(reports, Claim) else None,
            reported_by=tuple(other for other in self.of(Claim) if other.reports == claim.uid),
            evidence=tuple(item for item in self.of(Evidence) if item.claim == claim.uid),
            inquiries=tuple(inquiry for inquiry in self.of(Inquiry) if inquiry.claim == claim.uid),
            links=tuple(link for link in self.of(Link) if link.state is not LinkState.REJECTED),
            captures=self.of(Capture),
            sources=_by_uid(self.of(Source)),
            agents=_by_uid(self.of(Agent)),
            withdrawn=MappingProxyType(dict(self._withdrawn)),
            texts=(texts := self._newest_texts()),
            languages=Languages(self.of(Source), texts, (), None),
            blobs=MappingProxyType(dict(self._blobs)),
            answers=MappingProxyType(dict(self._answers)) if self._answers else None,
        )

    def _dossier_for(self, checker: Finder, claim: Claim) -> Dossier:
        """Return a dossier as this checker is given it: one that says `network` may ask."""
        dossier = self.dossier(claim)
        return attrs.evolve(dossier, answers=dossier.answers or NOTHING) if getattr(checker, "network", "") else dossier

    def _texts_told(self) -> dict[str, str]:
        """Return the text of each source by uid: of its newest copy, else the passages quoted as its own words."""
        quoted: dict[str, dict[str, None]] = defaultdict(dict)
        copied = {capture.source for capture in self.of(Capture)}
        for item in self.of(Evidence):
            seen = item.seen_in or item.source
            if item.anchor and item.anchor.exact and not item.speaker and not item.quoting and seen not in copied:
                quoted[seen][item.anchor.exact] = None
        return {uid: "\n".join(lines) for uid, lines in quoted.items()} | self._newest_texts()

    def _newest_texts(self) -> dict[str, str]:
        """Return source -> the visible text of its newest archived copy."""
        newest = {capture.source: capture.uid for capture in self.of(Capture)}
        return {source: self._texts[uid] for source, uid in newest.items() if uid in self._texts}

    def groups(self, checker: GroupChecker) -> tuple[Group, ...]:
        """Return the claims that share a key of this checker, for every key that two of them share."""
        claims = {claim.handle: claim for claim in self._standing_claims()}
        keys = {name: tuple(dict.fromkeys(checker.keys_of(self.dossier(claim)))) for name, claim in claims.items()}
        return tuple(
            Group(key=key, dossiers=tuple(self.dossier(claims[name]) for name in names))
            for key, names in Meeting(keys, checker.shared_keys).groups(claims)
        )

    def whole(self) -> Whole:
        """Return all records that count, as a checker of the whole ledger is given them."""
        evidence = _by_handle(self.of(Evidence))
        return Whole(
            claims=_by_handle(self._standing_claims()),
            evidence=evidence,
            graded=tuple(item for item in evidence if item.reliability and item.credibility),
            inquiries=_by_handle(self.of(Inquiry)),
            sources=_by_handle(self._standing_sources()),
            links=_by_handle(link for link in self.of(Link) if link.state is not LinkState.REJECTED),
            captures=_by_handle(self.of(Capture)),
            agents=_by_handle(self.of(Agent)),
            reviews=tuple(self.of(Review)),
        )

    def source_dossier(self, source: Source) -> SourceDossier:
        """Return a source, its archived text, and the others, as a detector is given them."""
        captures = tuple(capture for capture in self.of(Capture) if capture.source == source.uid)
        texts = self._texts_told()
        others = {uid: text for uid, text in texts.items() if uid != source.uid}
        claims = {item.claim for item in self.of(Evidence) if item.source == source.uid}
        beside = {item.source for item in self.of(Evidence) if item.claim in claims}
        return SourceDossier(
            source=source,
            text=texts.get(source.uid),
            captures=captures,
            evidence=tuple(item for item in self.of(Evidence) if source.uid in (item.source, item.seen_in)),
            links=tuple(link for link in self.of(Link) if source.uid in (link.source, link.comes_from)),
            beside={uid: text for uid, text in others.items() if uid in beside},
            near={uid: text for uid, text in others.items() if uid not in beside},
            alongside=_by_handle(
                one for one in self._standing_sources() if one.uid in beside and one.uid != source.uid
            ),
            sources=_by_uid(self._standing_sources()),
            agents=_by_uid(self.of(Agent)),
        )

    def given(self, checker: Finder) -> Iterator[Given]:
        """Yield all that a checker of this kind is asked about: each claim, group or source, or the whole."""
        if isinstance(checker, Checker):
            yield from (self._dossier_for(checker, claim) for claim in self.of(Claim))
        elif isinstance(checker, GroupChecker):
            yield from self.groups(checker)
        elif isinstance(checker, Detector):
            yield from map(self.source_dossier, self._standing_sources())
        else:
            yield self.whole()

    def context(
        self, checker: Finder, *, now: datetime | None = None, policy: Policy | None = None, **options: Any
    ) -> Context:
        """Return what the checker may know besides: the time, its options over those of the policy, the policy."""
        policy = policy or self.policy
        return Context(now or self.now, _frozen({**policy.of(checker.name), **self.options, **options}), policy)

    # -- what they say ---------------------------------------------------

    def findings(
        self, checker: Finder, *, now: datetime | None = None, policy: Policy | None = None, **options: Any
    ) -> list[Finding]:
        """Return what a checker says of this case: of its claim, of its groups of claims, or of all of it."""
        if isinstance(checker, Detector):
            raise TypeError("A detector makes proposals: ask for case.proposals(detector).")
        given = [self._dossier_for(checker, self.claim)] if isinstance(checker, Checker) else self.given(checker)
        context = self.context(checker, now=now, policy=policy, **options)
        return [finding for one in given for finding in ask(checker, one, context)]

    def proposals(
        self, detector: Detector, *, now: datetime | None = None, policy: Policy | None = None, **options: Any
    ) -> list[Proposal]:
        """Return the links that a detector proposes for the sources of this case."""
        context = self.context(detector, now=now, policy=policy, **options)
        return [proposal for one in self.given(detector) for proposal in ask(detector, one, context)]

    def assert_expected(self, checker: Finder) -> None:
        """Raise AssertionError, with both lists, unless a checker says what the case expects, in that order."""
        __tracebackhide__ = True  # pytest shows the lists, not the kit
        found = self.proposals(checker) if isinstance(checker, Detector) else self.findings(checker)
        words = difference(self.expect, found, self.handles())
        if words:
            raise AssertionError(f"{checker.name} does not say what the case “{self.name}” expects.\n{words}")

    def handles(self) -> dict[str, str]:
        """Return the handle of every record here by its uid."""
        answered = {one.record.uid: one.address for one in self._answers.values() if one.record is not None}
        return {uid: record.handle for uid, record in self._records.items()} | answered

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of one class, in the order in which they were added."""
        return tuple(record for record in self._records.values() if isinstance(record, kind))

    def _standing_claims(self) -> list[Claim]:
        return [claim for claim in self.of(Claim) if claim.uid != self._main or self._standing.stands]

    def _standing_sources(self) -> list[Source]:
        return [source for source in self.of(Source) if source.uid not in self._withdrawn]


def ask(checker: Any, given: Given, context: Context) -> Iterable[Any]:
    """Return what a checker of any kind says of what it is given."""
    call = checker.detect if isinstance(given, SourceDossier) else checker.check
    answer: Iterable[Any] = call(given, context)
    return answer


def _uid(value: Any) -> Any:
    return value.uid if isinstance(value, Record) else value


def _by_uid(records: Iterable[R]) -> Mapping[str, R]:
    return MappingProxyType({record.uid: record for record in records})


def _by_handle(records: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(records, key=lambda record: record.handle))


def _frozen(value: Any) -> Any:
    """Return settings as a checker gets them from a policy: tables that cannot be written to, lists as tuples."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
