"""How the vocabularies read to a person. Codes stay in the tables; pages and commands use these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import dates
from ..desk import CoverageState, CoverageStep, SecondLook
from ..errors import InputError
from ..model import (
    AgentKind,
    Basis,
    Corroboration,
    Credibility,
    ExclusionReason,
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
from ..reader import Nature
from ..text import sentences
from ..text.breaks import last_break
from ..translation import say

OUTCOME = {
    Outcome.FAIL: "problem",
    Outcome.ERROR: "did not run",
    Outcome.WARN: "look",
    Outcome.ABSTAIN: "can't tell",
    Outcome.PASS: "no problem found",
    Outcome.NOT_APPLICABLE: "nothing of this kind",
}
"""In the order a reader needs them: problems first."""
GRAVEST_FIRST = list(OUTCOME)

LEFT_OPEN = {
    Outcome.ERROR: "did not run",
    Outcome.WARN: "to look at",
    Outcome.ABSTAIN: "that can't be told",
}
"""What is said behind the number of findings that are no problem, and yet leave something open."""

LABEL = {
    Outcome.FAIL: "PROBLEM",
    Outcome.ERROR: "DID NOT RUN",
    Outcome.WARN: "LOOK",
    Outcome.ABSTAIN: "CAN'T TELL",
    Outcome.PASS: "NO PROBLEM",
    Outcome.NOT_APPLICABLE: "NOTHING",
}
"""What a printed line about a finding begins with."""

VERDICT = {
    Verdict.UNCHECKED: "not decided",
    Verdict.SUPPORTED: "supported",
    Verdict.REFUTED: "refuted",
    Verdict.CONFLICTING: "conflicting evidence",
    Verdict.NOT_ENOUGH_EVIDENCE: "not enough evidence",
    Verdict.NOT_CHECKABLE: "cannot be checked",
}

MEANING = {
    Verdict.SUPPORTED: "What is on record bears the claim out.",
    Verdict.REFUTED: "What is on record shows that the claim is wrong.",
    Verdict.CONFLICTING: "Good evidence stands on both sides, and neither outweighs the other.",
    Verdict.NOT_ENOUGH_EVIDENCE: "Somebody looked; what is on record neither bears it out nor refutes it.",
    Verdict.NOT_CHECKABLE: "It cannot be settled by evidence: an opinion, a forecast, or too vague.",
    Verdict.UNCHECKED: "Nobody has decided yet. What the checks found is no verdict.",
}
"""What a verdict says, for whoever meets it for the first time."""

OPEN = {
    Verdict.UNCHECKED: "not decided",
    Verdict.CONFLICTING: "with good evidence on both sides",
    Verdict.NOT_ENOUGH_EVIDENCE: "without enough evidence",
    Verdict.NOT_CHECKABLE: "that cannot be checked",
}
"""What holds claims open that are neither supported nor refuted, after their number."""

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

FOUND = {
    "problems": "something to look at",
    "nothing": "nothing to look at so far",
    "not_checked": "not checked yet",
}
"""What the checks found of a claim, all together."""

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

EXCLUSION = {
    ExclusionReason.OPINION: "an opinion",
    ExclusionReason.COMMON_KNOWLEDGE: "common knowledge",
    ExclusionReason.NOT_CHECKABLE: "cannot be checked",
    ExclusionReason.COVERED_ELSEWHERE: "covered elsewhere",
    ExclusionReason.OTHER: "another reason",
}

KIND = {
    "agent": "agent",
    "source": "source",
    "capture": "archived copy",
    "link": "link",
    "claim": "claim",
    "evidence": "evidence",
    "exclusion": "passage left out",
    "inquiry": "inquiry",
    "review": "decision",
    "result": "check results",
    "checker": "checker",
    "run": "run of the checks",
    "publication": "publication",
    "ledger": "ledger",
}

COVERAGE = {
    CoverageState.OPEN: "no claim",
    CoverageState.CHANGED: "look again",
    CoverageState.CLAIMED: "no evidence yet",
    CoverageState.EVIDENCED: "evidence, not decided",
    CoverageState.DECIDED: "decided",
    CoverageState.EXCLUDED: "needs no claim",
}

NATURE = {
    Nature.FACTUAL: "to check",
    Nature.OPINION: "opinion",
    Nature.NOT_CHECKABLE: "not checkable",
}

STEP = {
    CoverageStep.CLAIM: "a claim rests on words of it",
    CoverageStep.WORDS: "these words stand in the archived copy",
    CoverageStep.EVIDENCE: "something besides the article speaks for or against it",
    CoverageStep.DECISION: "a person has decided it",
}

AGAIN = {
    SecondLook.MISSING: "The words are not in the newest copy.",
    SecondLook.AMBIGUOUS: "Which words of the newest copy are meant cannot be told.",
    SecondLook.SENTENCE: "The words stand there, but their sentence reads otherwise than before.",
    SecondLook.RETRACTED: "The claim was retracted, and the words still stand here.",
    SecondLook.SUPERSEDED: "The claim was replaced by another, and the words still stand here.",
}

SOURCE = {kind: kind.value.replace("_", " ") for kind in SourceKind}
AGENT = {kind: kind.value for kind in AgentKind}
STANDING = {standing: standing.value for standing in Standing}


VOCABULARIES: dict[str, dict[Any, str]] = {
    name: found for name, found in list(globals().items()) if name.isupper() and isinstance(found, dict)
}
"""The words for each vocabulary, by the name of its table here: what a catalogue may have in another language."""

for _vocabulary in VOCABULARIES.values():
    _vocabulary.update({code: say(shown) for code, shown in _vocabulary.items()})

GRADE = {grade: f"{grade.value}, {meaning}" for grade, meaning in (*RELIABILITY.items(), *CREDIBILITY.items())}
"""Both scales of the Admiralty system; F and 6 cannot be judged, each for its own reason."""


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


def day(text: str | None) -> str:
    """Return the day of an RFC 3339 instant as "5 May 2025"."""
    return date(text.partition("T")[0]) if text else ""


def recorded(at: str, *, clock_behind: bool) -> str:
    """Return when an entry was made, and that this is not known where the clock had been set back."""
    return f"{instant(at)}, as the entry before it: the clock had been set back" if clock_behind else instant(at)


def idle(at: str) -> str:
    """Return what is said of a finding whose checker had no part in the last run."""
    return f"found {instant(at)}; its checker had no part in the last run"


def some(names: Sequence[str], most: int) -> str:
    """Return "A, B and C", or "A, B and 7 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


ONE_SENTENCE = 220
"""Characters of a reason that stand beside its verdict."""


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or as much of it as stands beside a verdict."""
    told = text[: 2 * ONE_SENTENCE]
    first = next(iter(sentences(told)), None)
    return cut(told[first.start : first.end] if first else told, ONE_SENTENCE)


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, its end left off between words where it has any."""
    if len(text) <= most:
        return text
    return text[: last_break(text, 0, most - 1)].rstrip(" ,;:.") + "…"


def counted(outcome: Outcome, number: int) -> str:
    """Return "2 problems", "3 to look at": how many findings left something open, and what."""
    return count(number, "problem") if outcome is Outcome.FAIL else f"{number:,} {LEFT_OPEN[outcome]}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 claim", "2 claims"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
