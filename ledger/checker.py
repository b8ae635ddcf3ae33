"""The public contract of a checker: what it is given, and what it gives back.

    what you subclass    what it is given                      when it is called
    Checker              Dossier: a claim, all it stands on    for every claim
    GroupChecker         Group: claims that share a key        for every key that two claims share
    LedgerChecker        Whole: every record                   once
    Detector             SourceDossier: a source, its text     for every source, before the claims are checked

A checker is a pure function of what it is given, which is frozen, and of a
`Context` (a clock, its options, the house's policy). It has no database and no
network, and the same dossier always gives the same findings. One that needs to
know what the outside world says names what it asks (`network`), and takes the
archived answer from its dossier (`ask`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from .chain import Chain, Independence, Step
from .finder import Finder, FindingParts, needs
from .grounds import Weighing, weigh
from .model import (
    Agent,
    Anchor,
    Capture,
    Claim,
    Evidence,
    Finding,
    Inquiry,
    Link,
    Outcome,
    Relation,
    Review,
    Source,
    Stance,
    Standing,
)
from .policy import Policy, default_policy
from .settings import Setting
from .text import Span

__all__ = [
    "Checker",
    "Context",
    "Detector",
    "Dossier",
    "Finder",
    "Finding",
    "FindingParts",
    "Group",
    "GroupChecker",
    "LedgerChecker",
    "Outcome",
    "Proposal",
    "QuotedEvidence",
    "RecordedAnswer",
    "Setting",
    "SourceDossier",
    "Whole",
    "needs",
]


NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen
class Context:
    """What a checker may know besides the dossier.

    `now` is the time of the run (aware, UTC); `options` are the checker's own
    settings, the table [checkers.NAME] of the policy.
    """

    now: datetime
    options: Mapping[str, Any] = NOTHING
    policy: Policy = attrs.field(factory=default_policy)


NOT_ASKED = "It was not asked yet."
"""Why nothing is known of an address of which there is neither a copy nor a search on record."""


@attrs.frozen(kw_only=True)
class RecordedAnswer:
    """What an address answered when it was asked last, as it is archived, or why nothing is known of it.

    `data` are the bytes, None where there are none: `why` then says in a sentence what stood in the way, else it is
    empty. `at` is when it was asked (RFC 3339, or a day), empty where it never was. `record` is the archived copy, or
    the search that found nothing, to be cited; None where it was not asked yet.
    """

    address: str
    data: bytes | None = attrs.field(default=None, repr=False)
    media_type: str = ""
    at: str = ""
    why: str = ""
    record: Capture | Inquiry | None = None


@attrs.frozen(kw_only=True)
class Dossier:
    """A claim and everything it stands on, as the ledger holds it now.

    `sources` are those that carry its evidence, all that these come from, and
    the trail from where the evidence was seen; `links` are those between them that may carry this claim.
    Evidence, inquiries and links that were retracted, and links that a
    person rejected, are left out. Sources stay in whatever became of them: ask
    `withdrawn`. Mappings go from uid to record; `texts` from the uid of a source
    to the visible text of its newest archived copy, read when asked for.

    `blobs` are for checkers that say `reads_captures`: from the uid of an archived copy to its bytes, as they were
    archived, read when asked for. A copy is left out that is not in the archive, is not what was recorded, has more
    than 50 million bytes, or holds what was withheld.

    `languages` are those of the texts: from the uid of a source to a tag, as it is recorded, else as the archived copy
    declares, else as its words tell, which is marked as a guess: "es-x-guess". Sources of which nothing tells are left
    out.

    `answers` are for checkers that say `network`: from an address to what it answered. Take them by `ask`.

    `read_at` is for a sentence of a plain text that is only read, of which nothing is on record (see `reads_text`):
    where it stands in the text of its one source. None for a claim on record.
    """

    claim: Claim
    standing: Standing = Standing.CURRENT
    reports: Claim | None = None
    reported_by: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    links: tuple[Link, ...] = ()
    captures: tuple[Capture, ...] = ()
    sources: Mapping[str, Source] = NOTHING
    agents: Mapping[str, Agent] = NOTHING
    withdrawn: Mapping[str, str] = NOTHING
    texts: Mapping[str, str] = attrs.field(default=NOTHING, eq=False, repr=False)
    blobs: Mapping[str, bytes] = attrs.field(default=NOTHING, eq=False, repr=False)
    languages: Mapping[str, str] = attrs.field(default=NOTHING, eq=False, repr=False)
    answers: Mapping[str, RecordedAnswer] | None = attrs.field(default=None, eq=False, repr=False)
    read_at: Span | None = None

    @property
    def subject(self) -> Claim:
        return self.claim

    @property
    def supporting(self) -> tuple[Evidence, ...]:
        return self._with(Stance.SUPPORTS)

    @property
    def contradicting(self) -> tuple[Evidence, ...]:
        return self._with(Stance.CONTRADICTS)

    def _with(self, stance: Stance) -> tuple[Evidence, ...]:
        return tuple(item for item in self.evidence if item.stance is stance)

    @property
    def quoted_evidence(self) -> tuple[QuotedEvidence, ...]:
        """Evidence that holds exact words; its `anchor` is never None, nor a place alone."""
        return tuple(item for item in self.evidence if item.anchor is not None and item.anchor.exact)  # type: ignore[misc]

    def source(self, of: Evidence | str) -> Source:
        """Return the source that carries this evidence, or the source of this uid."""
        return self.sources[of if isinstance(of, str) else of.source]

    def seen_in(self, item: Evidence) -> Source:
        """Return where the evidence was found: another source, or the one that carries it."""
        return self.sources[item.seen_in or item.source]

    def agent(self, uid: str | None) -> Agent | None:
        return None if uid is None else self.agents.get(uid)

    def captures_of(self, source: Source) -> tuple[Capture, ...]:
        return tuple(capture for capture in self.captures if capture.source == source.uid)

    def owner(self, source: Source) -> Agent | None:
        """Return who answers for a source: the topmost owner of its publisher, else of its author."""
        agent = self.agent(source.publisher or source.author)
        seen: set[str] = set()
        while agent is not None and agent.part_of and agent.uid not in seen:
            seen.add(agent.uid)
            agent = self.agent(agent.part_of) or agent
        return agent

    def ask(self, address: str) -> RecordedAnswer:
        """Return what this address answered when it was asked last: see `Checker.network`.

        Nothing is sent: what is not on record yet is asked by a run that goes online, which then asks the checker
        again. Raises LookupError for a checker that does not say `network`.
        """
        if self.answers is None:
            raise LookupError('a checker that asks says so: network = "what it asks, and whom"')
        return self.answers.get(address) or RecordedAnswer(address=address, why=NOT_ASKED)

    @cached_property
    def weighing(self) -> Weighing:
        """How the supporting sources hang together for this claim; withdrawn ones do not count."""
        return weigh(self)

    @property
    def independence(self) -> Independence:
        """How many of the supporting sources are independent, at least and at most, and why."""
        return self.weighing.independence

    @cached_property
    def chain(self) -> Chain:
        """The graph of sources: who takes content from whom. Replies are no part of it.

        What of it carries this claim to whoever supports it is the chain of its `weighing`.
        """
        return Chain(
            Step(link.source, link.comes_from, link.relation.value) for link in self.links if link.relation.derives
        )

    def ties(self, relation: Relation) -> Iterator[Link]:
        """Yield the links of one relation."""
        return (link for link in self.links if link.relation is relation)


@attrs.frozen(kw_only=True)
class QuotedEvidence(Evidence):
    """Evidence whose `anchor` is there; for type checkers only, never made."""

    anchor: Anchor


@attrs.frozen(kw_only=True)
class Group:
    """Claims that share a key, in the order of their handles, each with all it stands on."""

    key: str
    dossiers: tuple[Dossier, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(dossier.claim for dossier in self.dossiers)


@attrs.frozen(kw_only=True)
class Whole:
    """Every record that counts, each kind in the order of its handles: what was retracted is left out.

    `graded` is the evidence that a person graded both for its source and for what it says; `reviews` are what people
    decided, in the order in which they did: a new one alone is no reason to check again. A kind is read when a
    checker first looks at it: one that needs a few records alone is faster for leaving the others.
    """

    claims: Sequence[Claim] = ()
    evidence: Sequence[Evidence] = ()
    graded: Sequence[Evidence] = ()
    inquiries: Sequence[Inquiry] = ()
    sources: Sequence[Source] = ()
    links: Sequence[Link] = ()
    captures: Sequence[Capture] = ()
    agents: Sequence[Agent] = ()
    reviews: Sequence[Review] = ()


@attrs.frozen(kw_only=True)
class SourceDossier:
    """A source, what is archived of it, and the other sources it may have taken from.

    `text` is the visible text of its newest archived copy; where none is
    archived, the passages that evidence quotes as its own words, a line each;
    else None; `evidence` is what was found in it. `beside` are the texts of sources
    that bear on a claim that it bears on, `near` those of others that share
    words with it, from uid, the nearest ones. `alongside` are the sources that bear
    on a claim that it bears on, archived or not. `sources` are all that stand,
    itself among them, and `agents` all agents, from uid to record.
    """

    source: Source
    text: str | None = None
    captures: tuple[Capture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    links: tuple[Link, ...] = ()
    beside: Mapping[str, str] = NOTHING
    near: Mapping[str, str] = NOTHING
    alongside: tuple[Source, ...] = ()
    sources: Mapping[str, Source] = NOTHING
    agents: Mapping[str, Agent] = NOTHING


@attrs.frozen(kw_only=True)
class Proposal:
    """A link that was detected: the later source, how it stands to the earlier one, and what shows it.

    `measure` says in words what was measured ("83% of its five-word runs"); `note` holds the passages.
    """

    source: str
    relation: Relation
    comes_from: str
    measure: str
    note: str = ""


class Checker(Finder):
    """A checker of claims, one by one: subclass it, name it, and write `check`.

    One that needs to know what the outside world says has `network`: in a phrase, what it asks and whom, for a person
    who decides whether that may leave the machine. It takes each answer from `dossier.ask(address)`, and passes
    nothing of which it has none. Addresses are asked by `check --online` alone, by the rules of `capture --fetch`;
    every answer is archived, so that the finding can be made again without a network.
    """

    network: ClassVar[str] = ""

    def check(self, dossier: Dossier, context: Context) -> Iterable[Finding]:
        """Yield findings on one claim. Yielding none means "cannot tell", never "passed"."""
        (found,) = self.check_many((dossier,), context)
        return found

    def check_many(self, dossiers: Sequence[Dossier], context: Context) -> Iterable[Iterable[Finding]]:
        """Return the findings on each of many claims, in their order; write it where a batch saves work.

        The findings on a claim must not depend on which others are in the batch.
        """
        return [self.check(dossier, context) for dossier in dossiers]


class GroupChecker(Finder):
    """A checker of claims that belong together: those that share a key meet, wherever they stand.

    Where likeness shows only in several keys together, such as the parts of a picture, `shared_keys` says in how many:
    if it is more than 1, claims meet two by two that share as many, each two once. At most 200 claims meet by one key.
    """

    shared_keys: ClassVar[int] = 1

    def keys(self, claim: Claim) -> Iterable[str]:
        """Yield the keys of a claim, of its own fields alone, such as what its value is of."""
        raise NotImplementedError

    def keys_of(self, dossier: Dossier) -> Iterable[str]:
        """Yield the keys of a claim and all it stands on; write it in place of `keys` where its own fields do not do.

        They are asked for again when anything of that was changed.
        """
        return self.keys(dossier.claim)

    def check(self, group: Group, context: Context) -> Iterable[Finding]:
        """Yield findings on claims that share a key, two at least.

        A finding is filed under each claim of the group that it cites; a claim that none
        cites is filed as "cannot tell".
        """
        raise NotImplementedError


class LedgerChecker(Finder):
    """A checker of everything at once, for what no pair of claims shows."""

    def check(self, whole: Whole, context: Context) -> Iterable[Finding]:
        """Yield findings, each filed under the claims it cites, or under the ledger if it cites none.

        Yielding none files nothing.
        """
        raise NotImplementedError


class Detector(Finder):
    """Proposes links of a source that nobody has declared; a person confirms or rejects each.

    A source is looked at when it, a copy or a link of it is entered or changed,
    not when another source is: propose links in both directions.
    """

    def detect(self, dossier: SourceDossier, context: Context) -> Iterable[Proposal]:
        """Yield proposals; one for a link that is on record, in whatever state, is not recorded again."""
        raise NotImplementedError
