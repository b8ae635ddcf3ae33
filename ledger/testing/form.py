"""The form of what a checker says: of itself, in a finding, in a proposal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from .. import about, wire
from ..checker import Checker, Context, Detector, Finder, GroupChecker, LedgerChecker, Proposal, SourceDossier
from ..log import instant
from ..model import Finding, Missing, Outcome, Record, Relation
from ..plugins import LONGEST_TEXT, NAME, VERSION
from .case import Given

LONGEST_REASON = 2_000
LONGEST_FINDING = 50_000
LONGEST_MEASURE = 5_000
"""Characters that a run takes; of a finding, written as JSON."""

EXAMPLES = {
    "establishes": "that the recorded dates do not contradict the order of events",
    "does_not_establish": "that a recorded date is right",
}
"""What a checker says of what a pass means."""

KINDS = (Checker, GroupChecker, LedgerChecker, Detector)


def of_card(checker: Any) -> Iterator[str]:
    """Yield what is wrong with how a checker introduces itself, and what to do about it."""
    if isinstance(checker, type):
        yield f"it is a class; give an instance: {checker.__name__}()"
        return
    if not isinstance(checker, KINDS):
        yield "it is no checker; subclass Checker, GroupChecker, LedgerChecker or Detector"
        return
    name, version = getattr(checker, "name", None), getattr(checker, "version", None)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        yield f"its name is {name!r}; give it one of small letters, digits and hyphens, such as date-order"
    if not isinstance(version, (int, str)) or not VERSION.fullmatch(str(version)):
        yield f"its version is {version!r}; count from 1, and raise it whenever its findings may change"
    for field in EXAMPLES:
        yield from _of_phrase(field, getattr(checker, field, None))
    for heading in about.missing(type(checker).__doc__ or ""):
        yield (
            f"its docstring lacks the part “{heading}: ...”; write the four parts in order: "
            "Checks, Why it matters, Fails on, Passes on"
        )
    if len(type(checker).__doc__ or "") > LONGEST_TEXT:
        yield f"its docstring has more than {LONGEST_TEXT:,} characters; shorten it"
    yield from _of_methods(type(checker))


def _of_phrase(field: str, text: Any) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"its `{field}` is missing; say it in a phrase, such as {EXAMPLES[field]!r}"
    elif len(text) > LONGEST_TEXT or not text.isprintable():
        yield f"its `{field}` is no phrase; keep it to one line of at most {LONGEST_TEXT:,} characters"
    elif text.rstrip().endswith("."):
        yield f"its `{field}` ends with a full stop; leave it out, since a sentence is made around it"


def _of_methods(cls: type[Finder]) -> Iterator[str]:
    needs = {
        Checker: ("check", "check_many"),
        GroupChecker: ("check",),
        LedgerChecker: ("check",),
        Detector: ("detect",),
    }
    for kind, names in needs.items():
        if issubclass(cls, kind) and all(getattr(cls, name) is getattr(kind, name) for name in names):
            yield f"it has no method `{names[0]}`; write it"
    if issubclass(cls, GroupChecker) and (cls.keys, cls.keys_of) == (GroupChecker.keys, GroupChecker.keys_of):
        yield "it has no method `keys`; write it, so that claims which share a key meet"


def of_answer(found: Any, given: Given, context: Context) -> Iterator[str]:
    """Yield what is wrong with one finding or proposal, and what to do about it."""
    if isinstance(given, SourceDossier):
        yield from _of_proposal(found, given)
    elif type(found) is not Finding:
        yield f"it gave a {type(found).__name__} for a finding; make findings with self.passes, warns, fails, abstains"
    else:
        yield from _of_finding(found, given, context)


def of_answers(found: Sequence[Any]) -> Iterator[str]:
    """Yield what is wrong with several findings or proposals beside each other."""
    for number, one in enumerate(found):
        if one in found[:number]:
            yield f"it says twice: {getattr(one, 'reason', getattr(one, 'measure', one))!r:.80}; say it once"
    passed = {frozenset(one.cites) for one in found if isinstance(one, Finding) and one.outcome is Outcome.PASS}
    for one in found:
        if isinstance(one, Finding) and one.outcome is Outcome.FAIL and frozenset(one.cites) in passed:
            yield "it says of the same records that they pass and that they fail; cite what each is about, or say one"


def _of_finding(finding: Finding, given: Given, context: Context) -> Iterator[str]:
    if not isinstance(finding.outcome, Outcome) or finding.outcome is Outcome.ERROR:
        yield f"the outcome {finding.outcome!s} is not a checker's to give; use passes, warns, fails or abstains"
    yield from _of_sentence("reason", finding.reason, LONGEST_REASON)
    for name in ("cites", "details", "measures", "missing"):
        if not isinstance(getattr(finding, name), tuple):
            yield f"its {name} are no tuple; make findings with self.passes, warns, fails or abstains"
            return
    for name, text in (("code", finding.code), ("fix", finding.fix), *(("details", line) for line in finding.details)):
        if not isinstance(text, str):
            yield f"its {name} holds a {type(text).__name__}; give text"
        elif _control(text):
            yield f"its {name} holds the control character U+{ord(_control(text)):04X}; leave it out"
    if any(character.isspace() for character in str(finding.code)):
        yield f"its code is {finding.code!r}; give machines one short word, such as source_before_event"
    known = set(uids(given))
    strange = [uid for uid in finding.cites if not isinstance(uid, str) or uid not in known]
    if strange:
        yield f"it cites {strange[0]!r}, which it was not given; cite records that it was given, or their uids"
    for one in finding.missing:
        if type(one) is not Missing:
            yield f"its missing holds a {type(one).__name__}; make each with ledger.needs"
        elif one.record is not None and one.record not in known:
            yield f"it misses something of {one.record!r}, which it was not given; name records that it was given"
    yield from _of_written(finding)
    yield from _of_valid_until(finding.valid_until, context.now)


def _of_sentence(name: str, text: Any, longest: int) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"its {name} is empty; say in one sentence what was found, or what is missing"
    elif len(text.splitlines()) > 1:
        yield f"its {name} runs over several lines; fold what it quotes into one, and put more into details"
    elif _control(text):
        yield f"its {name} holds the control character U+{ord(_control(text)):04X}; leave it out"
    elif len(text) > longest:
        yield f"its {name} has {len(text):,} characters; shorten what it quotes, at most {longest:,} are taken"


def _of_written(finding: Finding) -> Iterator[str]:
    try:
        text = wire.dumps(wire.unstructure(finding))
        if len(text) > LONGEST_FINDING:
            yield f"with its details it has {len(text):,} characters; at most {LONGEST_FINDING:,} are taken"
        elif wire.structure(wire.loads(text), Finding) != finding:
            yield "it is not the same when it is recorded and read back; give text and whole numbers only"
    except (AttributeError, TypeError, ValueError) as error:
        said = getattr(error, "message", str(error)).rstrip(".")
        yield f"it cannot be recorded ({said}); give text and whole numbers only"


def _of_valid_until(text: str | None, now: datetime) -> Iterator[str]:
    if text is None:
        return
    try:
        moment = datetime.fromisoformat(text)
        proper = instant(moment) == text
    except (TypeError, ValueError):
        proper = False
    if not proper:
        yield f"its valid_until is {text!r}; give an aware datetime to self.passes, warns, fails or abstains"
    elif moment <= now:
        yield "its valid_until is not after the time of the run; give the next moment at which time alone changes it"


def _of_proposal(proposal: Any, dossier: SourceDossier) -> Iterator[str]:
    if type(proposal) is not Proposal:
        yield f"it gave a {type(proposal).__name__} for a proposal; yield Proposal(source=..., relation=..., ...)"
        return
    ends = (proposal.source, proposal.comes_from)
    if not isinstance(proposal.relation, Relation) or proposal.relation is Relation.INDEPENDENT_OF:
        yield f"it proposes {proposal.relation!s}; propose how content travels: only a person declares independence"
    strange = [uid for uid in ends if not isinstance(uid, str) or uid not in dossier.sources]
    if strange:
        yield f"it names {strange[0]!r}, which is no source that stands; give the uid of one in dossier.sources"
    elif dossier.source.uid not in ends or ends[0] == ends[1]:
        yield "it proposes a link that is not of this source to another; put the uid of dossier.source at one end"
    yield from _of_sentence("measure", proposal.measure, LONGEST_MEASURE)
    if not isinstance(proposal.note, str) or len(proposal.note) > LONGEST_MEASURE or _control(proposal.note):
        yield f"its note is no text of at most {LONGEST_MEASURE:,} characters; keep the passages that show the link"


def uids(given: Any) -> Iterator[str]:
    """Yield the uid of every record in what a checker was given."""
    if isinstance(given, Record):
        yield given.uid
    elif isinstance(given, tuple):
        for item in given:
            yield from uids(item)
    elif isinstance(given, Mapping):
        yield from uids(tuple(given.values()))
    elif attrs.has(type(given)):
        for field in attrs.fields(type(given)):
            yield from uids(getattr(given, field.name))


def _control(text: str) -> str:
    """Return the first control character of a text that no reader should meet, line breaks aside."""
    return next((one for one in text if one != "\n" and unicodedata.category(one) == "Cc"), "")
