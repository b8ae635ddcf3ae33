"""How the vocabularies read to a person. Codes stay in the tables; pages and commands use these."""

from __future__ import annotations

from collections.abc import Sequence

from .. import dates
from ..errors import InputError
from ..model import (
    AgentKind,
    Basis,
    Corroboration,
    Credibility,
    InquiryState,
    LinkState,
    Outcome,
    Relation,
    Reliability,
    SourceKind,
    Stake,
    Stance,
    Standing,
    Verdict,
    Workflow,
)

OUTCOME = {
    Outcome.FAIL: "problem",
    Outcome.ERROR: "did not run",
    Outcome.WARN: "look",
    Outcome.ABSTAIN: "can't tell",
    Outcome.PASS: "no problem found",
    Outcome.NOT_APPLICABLE: "nothing of this kind",
}
"""In the order a reader needs them: problems first."""

VERDICT = {
    Verdict.UNCHECKED: "not decided",
    Verdict.SUPPORTED: "supported",
    Verdict.REFUTED: "refuted",
    Verdict.CONFLICTING: "conflicting evidence",
    Verdict.NOT_ENOUGH_EVIDENCE: "not enough evidence",
    Verdict.NOT_CHECKABLE: "cannot be checked",
}

CORROBORATION = {
    Corroboration.CONTRADICTED: "contradicted",
    Corroboration.INDEPENDENT: "independent sources",
    Corroboration.SAME_ORIGIN: "several sources, one origin",
    Corroboration.INDEPENDENCE_UNKNOWN: "independence unknown",
    Corroboration.SINGLE_ORIGIN: "one origin",
    Corroboration.NONE: "no source",
    Corroboration.NOT_CHECKED: "not checked yet",
}

WORKFLOW = {
    Workflow.OPEN: "open",
    Workflow.DECIDED: "decided",
    Workflow.CORRECTED: "corrected",
    Workflow.SUPERSEDED: "superseded",
    Workflow.RETRACTED: "retracted",
}

STANCE = {Stance.SUPPORTS: "for", Stance.CONTRADICTS: "against", Stance.CONTEXT: "context"}

BASIS = {
    Basis.WITNESS: "was there",
    Basis.DOCUMENT: "is or holds the document",
    Basis.TOLD: "was told",
    Basis.UNKNOWN: "how it knows is not stated",
}

STAKE = {
    Stake.NONE_KNOWN: "no stake known",
    Stake.INTERESTED: "has an interest",
    Stake.PARTICIPANT: "took part",
    Stake.NOT_ASSESSED: "stake not assessed",
}

RELIABILITY = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.CANNOT_BE_JUDGED: "reliability cannot be judged",
}

CREDIBILITY = {
    Credibility.CONFIRMED: "confirmed by independent sources",
    Credibility.PROBABLE: "probably true",
    Credibility.POSSIBLE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "credibility cannot be judged",
}

GRADE = {grade: f"{grade.value}, {meaning}" for grade, meaning in (*RELIABILITY.items(), *CREDIBILITY.items())}
"""Both scales of the Admiralty system; F and 6 cannot be judged, each for its own reason."""

RELATION = {
    Relation.QUOTES: "quotes",
    Relation.CITES: "cites",
    Relation.REPRINTS: "reprints",
    Relation.TRANSLATES: "translates",
    Relation.UPDATES: "updates",
    Relation.BASED_ON: "is based on",
    Relation.REPLIES_TO: "answers",
    Relation.INDEPENDENT_OF: "is independent of",
}

LINK_STATE = {
    LinkState.DECLARED: "declared",
    LinkState.DETECTED: "detected, not confirmed",
    LinkState.CONFIRMED: "confirmed",
    LinkState.REJECTED: "rejected",
}

INQUIRY = {
    InquiryState.AWAITING: "waiting for an answer",
    InquiryState.ANSWERED: "answered",
    InquiryState.DECLINED: "declined to answer",
    InquiryState.NO_ANSWER: "no answer",
    InquiryState.NOT_FOUND: "searched, not found",
}

KIND = {
    "agent": "agent",
    "source": "source",
    "capture": "archived copy",
    "link": "link",
    "claim": "claim",
    "evidence": "evidence",
    "inquiry": "inquiry",
    "review": "decision",
    "result": "check results",
    "checker": "checker",
    "run": "run of the checks",
    "ledger": "ledger",
}

SOURCE = {kind: kind.value.replace("_", " ") for kind in SourceKind}
AGENT = {kind: kind.value for kind in AgentKind}
STANDING = {standing: standing.value for standing in Standing}


def date(text: str | None) -> str:
    """Return an EDTF date as a reader says it; a date that cannot be read stays as it is."""
    if text is None:
        return "undated"
    try:
        return dates.words(dates.parse(text))
    except InputError:
        return text


def instant(text: str | None) -> str:
    """Return an RFC 3339 instant as "5 May 2025, 09:00 UTC", in the zone that it was written in."""
    if text is None:
        return ""
    day, _, time = text.partition("T")
    zone = time[-6:] if time[-6:-5] in ("+", "-") else ""
    return f"{date(day)}, {time[:5]} UTC{zone}" if time else date(day)


def idle(at: str) -> str:
    """Return what is said of a finding whose checker had no part in the last run."""
    return f"found {instant(at)}; its checker had no part in the last run"


def some(names: Sequence[str], most: int) -> str:
    """Return "A, B and C", or "A, B and 7 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 claim", "2 claims"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
