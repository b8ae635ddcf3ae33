"""Marks that tell states apart: always a word, with a sign and a colour beside it."""

from __future__ import annotations

import re
from enum import StrEnum

from markupsafe import Markup

from ..desk import CoverageState
from ..model import Corroboration, InquiryState, Outcome, Verdict, Workflow
from ..text import AnchorState
from ..views import words

OUTCOME = {
    Outcome.FAIL: ("bad", "✕"),
    Outcome.ERROR: ("broken", "⚡"),
    Outcome.WARN: ("look", "!"),
    Outcome.ABSTAIN: ("open", "?"),
    Outcome.PASS: ("good", "✓"),
    Outcome.NOT_APPLICABLE: ("open", "–"),
}

VERDICT = {
    Verdict.UNCHECKED: ("open", "○"),
    Verdict.SUPPORTED: ("good", "✓"),
    Verdict.REFUTED: ("bad", "✕"),
    Verdict.CONFLICTING: ("look", "⇄"),
    Verdict.NOT_ENOUGH_EVIDENCE: ("open", "?"),
    Verdict.NOT_CHECKABLE: ("open", "–"),
}

CORROBORATION = {
    Corroboration.CONTRADICTED: ("bad", "✕"),
    Corroboration.INDEPENDENT: ("good", "✓"),
    Corroboration.SAME_ORIGIN: ("look", "!"),
    Corroboration.INDEPENDENCE_UNKNOWN: ("open", "?"),
    Corroboration.SINGLE_ORIGIN: ("look", "1"),
    Corroboration.NONE: ("bad", "0"),
    Corroboration.NOT_CHECKED: ("open", "○"),
}

WORKFLOW = {
    Workflow.OPEN: ("open", "○"),
    Workflow.DECIDED: ("plain", "●"),
    Workflow.CORRECTED: ("look", "✎"),
    Workflow.SUPERSEDED: ("look", "→"),
    Workflow.RETRACTED: ("bad", "✕"),
}

INQUIRY = {
    InquiryState.AWAITING: ("open", "…"),
    InquiryState.ANSWERED: ("plain", "●"),
    InquiryState.DECLINED: ("look", "–"),
    InquiryState.NO_ANSWER: ("open", "?"),
    InquiryState.NOT_FOUND: ("open", "?"),
}


STATE = {
    AnchorState.EXACT: ("good", "✓"),
    AnchorState.MOVED: ("plain", "→"),
    AnchorState.AMBIGUOUS: ("look", "?"),
    AnchorState.MISSING: ("bad", "✕"),
    None: ("open", "○"),
}

COVERAGE = {
    CoverageState.OPEN: ("open", "○"),
    CoverageState.CHANGED: ("bad", "↻"),
    CoverageState.CLAIMED: ("look", "◔"),
    CoverageState.EVIDENCED: ("look", "◑"),
    CoverageState.DECIDED: ("plain", "●"),
    CoverageState.EXCLUDED: ("open", "–"),
}

_RIGHT_TO_LEFT = re.compile(
    "((?<=“)[^“”]*[\u0590-\u08ff][^“”]*(?=”)|[\u0590-\u08ff](?:[^“”:;()A-Za-z]*[\u0590-\u08ff])?)"
)
"""Words between our quotation marks, whole with their figures; elsewhere from the first such letter to the last."""
_CONTROL = re.compile("([\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069])")
"""C0 and C1 controls that are no white space, and the embeddings, overrides and isolates of the bidirectional
algorithm (UAX #9). The form feed stands between the pages of a PDF."""


def mark(kind: str, sign: str, word: str, code: str = "") -> Markup:
    """Return a mark; the code stays readable on hover."""
    return Markup('<span class="mark {}" title="{}"><span class="sign" aria-hidden="true">{}</span> {}</span>').format(
        kind, code or word, sign, word
    )


def ruling(form: tuple[str, str], word: str) -> Markup:
    """Return a verdict as it stands beside its claim: the sign and the word, large."""
    kind, sign = form
    return Markup('<span class="stamp {}"><span class="sign" aria-hidden="true">{}</span> {}</span>').format(
        kind, sign, word[:1].upper() + word[1:]
    )


def outcome(value: str) -> Markup:
    found = Outcome(value)
    return mark(*OUTCOME[found], words.OUTCOME[found], found)


def verdict(value: str, label: str = "") -> Markup:
    found = Verdict(value)
    return mark(*VERDICT[found], label or words.VERDICT[found], found)


def corroboration(value: str) -> Markup:
    found = Corroboration(value)
    return mark(*CORROBORATION[found], words.CORROBORATION[found], found)


def workflow(value: str) -> Markup:
    found = Workflow(value)
    return mark(*WORKFLOW[found], words.WORKFLOW[found], found)


def inquiry(value: str) -> Markup:
    found = InquiryState(value)
    return mark(*INQUIRY[found], words.INQUIRY[found], found)


def state(found: AnchorState | None) -> Markup:
    """Return the mark of what became of recorded words."""
    return mark(*STATE[found], str(found or "not looked for"))


def coverage(found: CoverageState) -> Markup:
    """Return the mark of how far a sentence or a passage has been checked."""
    return mark(*COVERAGE[found], words.COVERAGE[found], found)


def inert(text: str) -> Markup:
    """Return archived text as it may be shown: signs that turn or hide what follows them are themselves shown."""
    return Markup("").join(
        Markup('<span class="control">[U+{:04X}]</span>').format(ord(piece)) if _CONTROL.fullmatch(piece) else piece
        for piece in _CONTROL.split(text)
    )


def apart(line: str) -> Markup:
    """Return a line of ours in which words that read from right to left are set apart, so that it keeps its order."""
    pieces = _RIGHT_TO_LEFT.split(line)
    return Markup("").join(Markup("<bdi>{}</bdi>").format(one) if at % 2 else one for at, one in enumerate(pieces))


def date(code: str | None) -> Markup:
    """Return an EDTF date in words, with the code on hover."""
    return titled(words.date(code), code or "no date is recorded")


def instant(text: str | None) -> Markup:
    """Return an instant in words, with the code on hover."""
    return titled(words.instant(text), text or "")


def titled(said: str, code: str | StrEnum) -> Markup:
    return Markup('<span title="{}">{}</span>').format(code, said)
