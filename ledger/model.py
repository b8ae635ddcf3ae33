"""The records of a ledger, as frozen values, and the vocabularies they use.

Left-hand names are the standards' terms (W3C PROV, CiTO, schema.org, W3C Web
Annotation, MISP admiralty scale). A field that names another record holds its
`uid` and says of which kind through `refers_to`. Dates are EDTF text
(ISO 8601-2), checked where they are entered; instants are RFC 3339 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar

import attrs


class AgentKind(StrEnum):
    """What an agent is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PROGRAM = "program"


class SourceKind(StrEnum):
    """What a source is; the kinds that a desk meets, and `document` for the rest."""

    ARTICLE = "article"
    WIRE_REPORT = "wire_report"
    STATEMENT = "statement"
    SPEECH = "speech"
    INTERVIEW = "interview"
    DATASET = "dataset"
    POST = "post"
    RECORDING = "recording"
    LAW = "law"
    DOCUMENT = "document"


class Relation(StrEnum):
    """How one source comes from another; the last two do not carry content over."""

    QUOTES = "quotes"
    CITES = "cites"
    REPRINTS = "reprints"
    TRANSLATES = "translates"
    UPDATES = "updates"
    BASED_ON = "based_on"
    REPLIES_TO = "replies_to"
    INDEPENDENT_OF = "independent_of"

    @property
    def derives(self) -> bool:
        """Whether the later source takes content from the earlier one."""
        return self not in (Relation.REPLIES_TO, Relation.INDEPENDENT_OF)


class LinkState(StrEnum):
    """A person declares a link, or a detector proposes one that a person confirms or rejects."""

    DECLARED = "declared"
    DETECTED = "detected"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Stance(StrEnum):
    """Whether evidence speaks for a claim, against it, or around it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Basis(StrEnum):
    """How the source knows what it says."""

    WITNESS = "witness"
    DOCUMENT = "document"
    TOLD = "told"
    UNKNOWN = "unknown"

    @property
    def first_hand(self) -> bool:
        """Whether a source of this basis may be called a primary source of the claim."""
        return self in (Basis.WITNESS, Basis.DOCUMENT)


class Stake(StrEnum):
    """What the source stands to gain or lose."""

    NONE_KNOWN = "none_known"
    INTERESTED = "interested"
    PARTICIPANT = "participant"
    NOT_ASSESSED = "not_assessed"


class Reliability(StrEnum):
    """How far a source has proved reliable until now: the letter of the Admiralty scale."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class Credibility(StrEnum):
    """How credible this one statement is, whoever makes it: the figure of the Admiralty scale."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class InquiryState(StrEnum):
    """What came of asking or searching."""

    AWAITING = "awaiting"
    ANSWERED = "answered"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    NOT_FOUND = "not_found"


class ExclusionReason(StrEnum):
    """Why a passage of an article needs no claim."""

    OPINION = "opinion"
    COMMON_KNOWLEDGE = "common_knowledge"
    NOT_CHECKABLE = "not_checkable"
    COVERED_ELSEWHERE = "covered_elsewhere"
    OTHER = "other"


class Verdict(StrEnum):
    """What a person decided about a claim; a house's own labels map onto these."""

    UNCHECKED = "unchecked"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    NOT_CHECKABLE = "not_checkable"


class Workflow(StrEnum):
    """How far a claim has come."""

    OPEN = "open"
    DECIDED = "decided"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Corroboration(StrEnum):
    """What the current `corroboration` result says, in order of precedence; the last: nobody looked."""

    CONTRADICTED = "contradicted"
    INDEPENDENT = "independent"
    SAME_ORIGIN = "same_origin"
    INDEPENDENCE_UNKNOWN = "independence_unknown"
    SINGLE_ORIGIN = "single_origin"
    NONE = "none"
    NOT_CHECKED = "not_checked"


class Outcome(StrEnum):
    """What a finding says; `ABSTAIN` is shown as "can't tell", never as a pass.

    `NOT_APPLICABLE` (SARIF's word) is said where there was nothing of the kind to look at: no pass either.
    """

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    ABSTAIN = "abstain"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"

    @property
    def quiet(self) -> bool:
        """Whether it asks nothing of anybody: views fold it away."""
        return self in (Outcome.PASS, Outcome.NOT_APPLICABLE)


class MissingKind(StrEnum):
    """What a finding lacks: a field of a record, a record of this kind about it, or a setting of the house."""

    FIELD = "field"
    CAPTURE = "capture"
    EVIDENCE = "evidence"
    INQUIRY = "inquiry"
    LINK = "link"
    REVIEW = "review"
    SETTING = "setting"


class Standing(StrEnum):
    """What later entries made of a record."""

    CURRENT = "current"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"

    @property
    def stands(self) -> bool:
        """Whether the record still counts."""
        return self in (Standing.CURRENT, Standing.CORRECTED)


WITHHELD = "[withheld]"
SEALED = "[sealed]"
HIDDEN = (WITHHELD, SEALED)
"""What stands in a field whose words were kept from publication, or never entered."""


def unlisted() -> Any:
    """Return a field of a record that its row in the readable table has no column for."""
    return attrs.field(default=(), metadata={"unlisted": True})


def grade() -> Any:
    """Return a field that a person fills later, one grade at a time; nobody enters it with the record."""
    return attrs.field(default=None, metadata={"grade": True})


def refers_to(kind: str, *, optional: bool = True) -> Any:
    """Return a field that holds the uid of a record of this kind."""
    default = None if optional else attrs.NOTHING
    return attrs.field(default=default, metadata={"refers_to": kind})


@attrs.frozen
class Anchor:
    """Exact words in a text (W3C TextQuoteSelector and TextPositionSelector), or a place in what is no text.

    `start` and `end` are 0-based code points, end exclusive, in the text whose
    SHA-256 is `text`; all three are absent where no text was archived.
    `fragment` is a page, a time or a part of a picture, as `ledger.text.fragments`
    writes it (W3C FragmentSelector); only with it may `exact` be empty.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    text: str | None = None
    language: str | None = None
    fragment: str | None = None


@attrs.frozen
class Value:
    """A claim's figure in parts: whose, of what, how much, in which unit.

    `amount` is decimal text, never a float.
    """

    subject: str
    property: str
    amount: str
    unit: str | None = None


@attrs.frozen
class Order:
    """What a claim says of the order of two events: a claim's id or words name each, None is the claim's own event.

    `least_days` and `most_days` are how many days may lie between them.
    """

    earlier: str | None = None
    later: str | None = None
    least_days: int | None = None
    most_days: int | None = None


@attrs.frozen
class Seal:
    """A field's words, kept out of the ledger: only their salted SHA-256 (hex) entered, and a reason for readers.

    Who keeps the words and the salt can show them to somebody later, and that they are these.
    """

    field: str
    commitment: str
    because: str


@attrs.frozen
class Missing:
    """What a finding lacks: `field` of the record whose uid is `record`, or a record of another kind about it.

    Of a setting, `field` is its name in the house's policy ("lists.listed-sources"), and there is no record.
    """

    kind: MissingKind
    record: str | None = None
    field: str = ""


@attrs.frozen
class Finding:
    """What one checker says of one subject.

    `cites` are uids of records; `details` are lines for a reader who asks why;
    `measures` are (name, whole number) pairs; `valid_until` is an instant after
    which the finding must be made again; `missing` is what would settle it, all of it together.
    """

    outcome: Outcome
    reason: str
    code: str = ""
    cites: tuple[str, ...] = ()
    fix: str = ""
    details: tuple[str, ...] = ()
    measures: tuple[tuple[str, int], ...] = ()
    valid_until: str | None = None
    missing: tuple[Missing, ...] = ()


@attrs.frozen
class FindingSet:
    """All that one checker found on one subject; `input` is the digest of what it saw."""

    checker: str
    version: str
    findings: tuple[Finding, ...]
    input: str = ""


@attrs.frozen(kw_only=True)
class Record:
    """What every record has: an opaque `uid` and a readable, URL-safe `handle`."""

    KIND: ClassVar[str] = ""
    uid: str
    handle: str


R = TypeVar("R", bound=Record)


@attrs.frozen(kw_only=True)
class Agent(Record):
    """A person, organisation or program; `part_of` names its owner or syndicate (PROV Agent)."""

    KIND: ClassVar[str] = "agent"
    name: str
    kind: AgentKind = AgentKind.PERSON
    part_of: str | None = refers_to("agent")
    note: str | None = None
    seals: tuple[Seal, ...] = unlisted()


@attrs.frozen(kw_only=True)
class Source(Record):
    """One work or utterance; author or speaker and publisher are apart (PROV Entity).

    `reference_date` is what "yesterday" in it counts from, where it is not known when it was published.
    """

    KIND: ClassVar[str] = "source"
    title: str
    kind: SourceKind = SourceKind.DOCUMENT
    author: str | None = refers_to("agent")
    publisher: str | None = refers_to("agent")
    published: str | None = None
    reference_date: str | None = None
    language: str | None = None
    url: str | None = None
    note: str | None = None
    seals: tuple[Seal, ...] = unlisted()


@attrs.frozen(kw_only=True)
class Capture(Record):
    """The bytes of a source at one time, and their custody.

    `sha256` and `size` (bytes) are of the raw bytes; `text_sha256` and
    `text_length` (code points) of the visible text that `extractor` read.
    `made_by` made what was captured, `taken_by` made the copy, of what `taken_from`
    gave; `url` is the address that answered, `headers` what it said of its answer.
    """

    KIND: ClassVar[str] = "capture"
    source: str = refers_to("source", optional=False)
    sha256: str
    size: int
    media_type: str
    text_sha256: str | None = None
    text_length: int | None = None
    extractor: str | None = None
    file_name: str | None = None
    taken_at: str | None = None
    taken_by: str | None = refers_to("agent")
    taken_from: str | None = None
    made_by: str | None = refers_to("agent")
    url: str | None = None
    how: str | None = None
    original: bool | None = None
    edited: bool | None = None
    note: str | None = None
    headers: tuple[tuple[str, str], ...] = unlisted()


@attrs.frozen(kw_only=True)
class Link(Record):
    """A typed step: `source` stands in this relation to the earlier source `comes_from`.

    `claim` is the claim that it carries over; where nobody said so it may carry any. `measure` says how a detected
    link was measured.
    """

    KIND: ClassVar[str] = "link"
    source: str = refers_to("source", optional=False)
    relation: Relation
    comes_from: str = refers_to("source", optional=False)
    claim: str | None = refers_to("claim")
    state: LinkState = LinkState.DECLARED
    measure: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class Claim(Record):
    """One checkable assertion.

    "Was it said?" and "is it so?" are two claims: a saying names the claim whose
    content it `reports`, and a verdict on one never carries over to the other.
    `suggested_by` is the reader, as name@version, whose suggestion a person took.
    """

    KIND: ClassVar[str] = "claim"
    text: str
    claimant: str | None = refers_to("agent")
    said: str | None = None
    occurred: str | None = None
    topic: str | None = None
    story: str | None = None
    reports: str | None = refers_to("claim")
    value: Value | None = None
    order: Order | None = None
    suggested_by: str | None = None


@attrs.frozen(kw_only=True)
class Evidence(Record):
    """A claim stands on, or against, a source.

    `source` carries the claim; `seen_in` is where it was found, when that is
    another source. `quoting` is the person whose words the speaker reports.
    `reliability` grades the source, `credibility` what it says here.
    """

    KIND: ClassVar[str] = "evidence"
    claim: str = refers_to("claim", optional=False)
    source: str = refers_to("source", optional=False)
    seen_in: str | None = refers_to("source")
    stance: Stance = Stance.SUPPORTS
    anchor: Anchor | None = None
    speaker: str | None = refers_to("agent")
    quoting: str | None = refers_to("agent")
    basis: Basis = Basis.UNKNOWN
    stake: Stake = Stake.NOT_ASSESSED
    named: bool | None = None
    unnamed_because: str | None = None
    original: str | None = None
    reliability: Reliability | None = grade()
    credibility: Credibility | None = grade()
    note: str | None = None
    seals: tuple[Seal, ...] = unlisted()


@attrs.frozen(kw_only=True)
class Exclusion(Record):
    """A passage of an article that needs no claim, and why; `claim` is the one that covers it elsewhere.

    The term is that of systematic reviews (PRISMA 2020): what was looked at and left out, each with its reason.
    """

    KIND: ClassVar[str] = "exclusion"
    source: str = refers_to("source", optional=False)
    anchor: Anchor
    reason: ExclusionReason
    claim: str | None = refers_to("claim")
    note: str | None = None


@attrs.frozen(kw_only=True)
class Inquiry(Record):
    """Who asked whom, or searched where, for what, and what came of it."""

    KIND: ClassVar[str] = "inquiry"
    question: str
    claim: str | None = refers_to("claim")
    asked_by: str | None = refers_to("agent")
    asked: str | None = refers_to("agent")
    searched: str | None = None
    asked_on: str | None = None
    deadline: str | None = None
    state: InquiryState = InquiryState.AWAITING
    seen_in: str | None = refers_to("source")
    note: str | None = None


@attrs.frozen(kw_only=True)
class Review(Record):
    """A person's decision on a claim, with reasons; `seconds` signs another's review."""

    KIND: ClassVar[str] = "review"
    claim: str = refers_to("claim", optional=False)
    verdict: Verdict
    reasons: str
    reviewer: str | None = refers_to("agent")
    label: str | None = None
    seconds: str | None = refers_to("review")


@attrs.frozen(kw_only=True)
class CheckerCard(Record):
    """What one version of a checker says of itself, recorded once."""

    KIND: ClassVar[str] = "checker"
    name: str
    version: str
    plugin: str
    establishes: str
    does_not_establish: str
    about: str = ""
    scope: str = "claim"


@attrs.frozen(kw_only=True)
class Code:
    """What a plugin's findings are made by: its distribution and version, the SHA-256 of its files, its checkers.

    The one of `plugin` "factledger" is of those parts of factledger itself that findings depend on.
    """

    plugin: str
    distribution: str
    version: str
    sha256: str
    checkers: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Run(Record):
    """One call of the checkers: which, on what, and the digest of what they found.

    `looked_at` is the number of entries the log had; `subjects` how many claims were called for, and `covers`
    whether after it every claim is checked as of then; `counts` are (outcome, number) pairs of what was found
    anew or again; `recorded` is the number of results that follow it: fewer, and it was broken off. `code` is by
    what the findings were made; runs of earlier versions, and the example's, do not say.
    """

    KIND: ClassVar[str] = "run"
    checkers: tuple[str, ...]
    looked_at: int
    subjects: int
    counts: tuple[tuple[str, int], ...]
    options: str
    policy: str
    digest: str
    plugins: tuple[str, ...] = ()
    covers: bool = False
    recorded: int = 0
    code: tuple[Code, ...] = ()


@attrs.frozen(kw_only=True)
class Result(Record):
    """The full finding sets of those checkers whose set changed for this subject in this run."""

    KIND: ClassVar[str] = "result"
    subject: str = refers_to("*", optional=False)
    run: str = refers_to("run", optional=False)
    sets: tuple[FindingSet, ...]


@attrs.frozen(kw_only=True)
class Key(Record):
    """A public key with which an agent signs entries (C2SP verifier key, named by the agent's uid)."""

    KIND: ClassVar[str] = "key"
    agent: str = refers_to("agent", optional=False)
    verifier: str


@attrs.frozen(kw_only=True)
class Publication(Record):
    """A copy that was written for others: its head, the SHA-256 of its file (hex), and what was left out of it.

    `size` and `root` (hex) are of the log as it is in the copy, which ends before this entry; `withheld` counts the
    entries whose words are not in it, `copies` the archived works beside it, `kept_back` those that hide something.
    """

    KIND: ClassVar[str] = "publication"
    size: int
    root: str
    sha256: str
    withheld: int = 0
    copies: int = 0
    kept_back: int = 0


OF_PEOPLE = (Agent, Source, Capture, Link, Claim, Evidence, Exclusion, Inquiry, Review, Key)
"""The records that people enter and may correct or retract."""

KINDS: dict[str, type[Record]] = {cls.KIND: cls for cls in (*OF_PEOPLE, CheckerCard, Run, Result, Publication)}


def references(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield (field, kind, uid) for every other record that this one names."""
    for name, kind in _references(type(record)):  # type: ignore[arg-type]  # attrs' classes hash, mypy cannot see it
        uid = getattr(record, name)
        if uid is not None:
            yield name, kind, uid
    if isinstance(record, Result):
        findings = [finding for one in record.sets for finding in one.findings]
        cited = dict.fromkeys(uid for finding in findings for uid in finding.cites)
        missing = dict.fromkeys(one.record for finding in findings for one in finding.missing if one.record)
        yield from (("cites", "*", uid) for uid in cited)
        yield from (("missing", "*", uid) for uid in missing)


def ungraded(record: R) -> R:
    """Return a record as it was entered, before anybody graded it."""
    return attrs.evolve(record, **dict.fromkeys(grades(type(record))))  # type: ignore[arg-type]  # as above


@cache
def grades(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record's class that a grade goes into."""
    return tuple(field.name for field in attrs.fields(cls) if field.metadata.get("grade"))


@cache
def _references(cls: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return (field, kind) of each field that names another record."""
    return tuple(
        (field.name, field.metadata["refers_to"]) for field in attrs.fields(cls) if "refers_to" in field.metadata
    )
