"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .credits import Credit, Manner, credits, name_key
from .fidelity import Beside, Change, Comparison, Fidelity, Piece, Side, beside, compare
from .normal import Normal, normalise
from .paragraphs import paragraphs
from .quotations import context, find, nearest, quoted
from .reuse import Kind, Reuse, notices, related, reuse
from .sentences import sentence_of, sentences
from .spans import Span
from .speakers import said_by
from .tokens import Token, Tokens
from .wording import Wording, fingerprints, stems, wording

__all__ = [
    "Beside",
    "Change",
    "Comparison",
    "Credit",
    "Fidelity",
    "Kind",
    "Manner",
    "Normal",
    "Piece",
    "Reuse",
    "Side",
    "Span",
    "Token",
    "Tokens",
    "Wording",
    "beside",
    "compare",
    "context",
    "credits",
    "find",
    "fingerprints",
    "name_key",
    "nearest",
    "normalise",
    "notices",
    "paragraphs",
    "quoted",
    "related",
    "reuse",
    "said_by",
    "sentence_of",
    "sentences",
    "stems",
    "wording",
]
