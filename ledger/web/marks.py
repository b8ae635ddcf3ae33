"""Marks that tell states apart: always a word, with a sign and a colour beside it."""

from __future__ import annotations

import re
from enum import StrEnum

from markupsafe import Markup

from ..model import Corroboration, InquiryState, Outcome, Verdict, Workflow
from ..text import State
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
    State.EXACT: ("good", "✓"),
    State.MOVED: ("plain", "→"),
    State.AMBIGUOUS: ("look", "?"),
    State.MISSING: ("bad", "✕"),
    None: ("open", "○"),
}

_CONTROL = re.compile("([\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069])")
"""C0 and C1 controls that are no white space, and the embeddings, overrides and isolates of the bidirectional
algorithm (UAX #9). The form feed stands between the pages of a PDF."""


def mark(kind: str, sign: str, word: str, code: str = "") -> Markup:
    """Return a mark; the code stays readable on hover."""
    return Markup('<span class="mark {}" title="{}"><span class="sign" aria-hidden="true">{}</span> {}</span>').format(
        kind, code or word, sign, word
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


def state(found: State | None) -> Markup:
    """Return the mark of what became of recorded words."""
    return mark(*STATE[found], str(found or "not looked for"))


def inert(text: str) -> Markup:
    """Return archived text as it may be shown: signs that turn or hide what follows them are themselves shown."""
    return Markup("").join(
        Markup('<span class="control">[U+{:04X}]</span>').format(ord(piece)) if _CONTROL.fullmatch(piece) else piece
        for piece in _CONTROL.split(text)
    )


def date(code: str | None) -> Markup:
    """Return an EDTF date in words, with the code on hover."""
    return titled(words.date(code), code or "no date is recorded")


def instant(text: str | None) -> Markup:
    """Return an instant in words, with the code on hover."""
    return titled(words.instant(text), text or "")


def titled(said: str, code: str | StrEnum) -> Markup:
    return Markup('<span title="{}">{}</span>').format(code, said)
