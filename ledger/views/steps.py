"""What to do about each thing that a finding can lack, and the command for it."""

from __future__ import annotations

import re

import attrs

from ..model import MissingKind

BLANKS = {
    "DATE": "On which day? (2025-05-02, or 2025-05, or 2025)",
    "WHY": "How do you know?",
    "FILE": "Which file?",
    "AGENT": "Who was asked?",
    "QUESTION": "What was asked?",
    "SOURCE": "Which source? (its id or title)",
    "CLAIM": "For which claim? (its id)",
    "WORDS": "In which words?",
    "TAG": "In which language? (en, es, pt-BR)",
    "BASIS": "How does it know? (witness, document, told)",
    "YESNO": "Yes or no?",
    "VERDICT": "Which verdict? (supported, refuted, conflicting, not_enough_evidence, not_checkable)",
    "STATE": "What came of it?",
    "GRADE": "Which grade?",
    "RELATION": "How does it stand to it? (quotes, cites, reprints, based_on, independent_of)",
}
"""A word to fill in within a command, and what a person is asked for it."""

BLANK = re.compile(rf"\b(?:{'|'.join(BLANKS)})\b")

FAMILIES = ("claim", "evidence", "inquiry", "link")
"""Kinds of record of which there are many to a claim: what they lack is one task, done once for each."""


@attrs.frozen
class Form:
    """What to do in words, and the command; `{id}` is the record, `{claim}` the claim that a finding is about.

    A `generic` one names its field.
    """

    what: str
    command: tuple[str, ...]
    generic: bool = False


def _correct(what: str, change: str, *, generic: bool = False) -> Form:
    return Form(what, ("correct", "{id}", change, "--because", "WHY"), generic)


def _settle(what: str) -> Form:
    return Form(what, ("settle", "{id}", "STATE", "--because", "WHY"))


FIELD, SETTING = MissingKind.FIELD, MissingKind.SETTING

_WHEN = "Say when it happened, or was said"

HOW: dict[tuple[MissingKind, str, str], Form] = {
    (FIELD, "source", "published"): _correct("Date {id}", "published=DATE"),
    (FIELD, "source", "language"): _correct("Say in which language {id} is", "language=TAG"),
    (FIELD, "capture", "taken_at"): _correct("Say when {id} was taken", "taken_at=DATE"),
    (FIELD, "claim", "occurred"): _correct(_WHEN, "occurred=DATE"),
    (FIELD, "claim", "said"): _correct(_WHEN, "said=DATE"),
    (FIELD, "claim", "text"): _correct("Read the words again, and correct the claim", "text=WORDS"),
    (FIELD, "evidence", "basis"): _correct("Say how the source knows", "basis=BASIS"),
    (FIELD, "evidence", "original"): _correct("Find the original words", "original=WORDS"),
    (FIELD, "evidence", "speaker"): _correct("Say who speaks", "speaker=AGENT"),
    (FIELD, "evidence", "named"): _correct("Say whether it names who says so", "named=YESNO"),
    (FIELD, "evidence", "unnamed_because"): _correct("Say why no name is given", "unnamed_because=WORDS"),
    (FIELD, "evidence", "anchor"): _correct("Quote the words anew, as they stand there", "quote=WORDS"),
    (FIELD, "evidence", "credibility"): Form(
        "Grade what is said again", ("grade", "{id}", "GRADE", "--because", "WHY")
    ),
    (FIELD, "link", "claim"): _correct("Say for which claim it was quoted or cited", "claim=CLAIM"),
    (FIELD, "link", "state"): Form(
        "Confirm or reject the detected link", ("settle", "{id}", "STATE", "--because", "WHY")
    ),
    (FIELD, "inquiry", "state"): Form("Ask again, or close it", ("settle", "{id}", "STATE", "--because", "WHY")),
    (FIELD, "inquiry", "deadline"): _correct("Say by when an answer is due", "deadline=DATE"),
    (FIELD, "", ""): _correct("Say the {words} of {id}", "{field}=WORDS", generic=True),
    (MissingKind.CAPTURE, "", ""): Form("Archive {id}", ("capture", "{id}", "FILE")),
    (MissingKind.EVIDENCE, "source", ""): Form(
        "See or hear {id} itself", ("evidence", "{claim}", "{id}", "--basis", "BASIS")
    ),
    (MissingKind.EVIDENCE, "", ""): Form("Find another source", ("evidence", "{claim}", "SOURCE", "--basis", "BASIS")),
    (MissingKind.INQUIRY, "", ""): Form(
        "Ask those whom it concerns", ("inquiry", "QUESTION", "--claim", "{claim}", "--asked", "AGENT")
    ),
    (MissingKind.LINK, "", ""): Form(
        "Say where {id} has it from", ("link", "{id}", "RELATION", "SOURCE", "--note", "WHY")
    ),
    (MissingKind.REVIEW, "", ""): Form("Weigh it and decide", ("review", "{claim}", "VERDICT", "--because", "WHY")),
    (SETTING, "", ""): Form("Set {field} in the policy", ("policy", "--set", "{field}=FILE"), generic=True),
}
"""By the kind of what is missing, the kind of the record, and the field; one without the last two is for the rest."""
