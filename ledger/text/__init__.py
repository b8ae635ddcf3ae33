"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, numbers, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .anchors import Place, State, locate
from .credits import Credit, Manner, credits, name_key
from .difference import Differing, Side, difference
from .normal import Normal, normalise
from .numbers import (
    Agreement,
    Compared,
    Comparison,
    Hedge,
    Located,
    Quantity,
    QuantityKind,
    check_numbers,
    compare_numbers,
    quantities,
)
from .paragraphs import paragraphs
from .quotations import context, find, nearest, quoted
from .reuse import Kind, Reuse, notices, related, reuse
from .sentences import sentence_of, sentences
from .spans import Span
from .wording import Wording, fingerprints, stems, wording

__all__ = [
    "Agreement",
    "Compared",
    "Comparison",
    "Credit",
    "Differing",
    "Hedge",
    "Kind",
    "Located",
    "Manner",
    "Normal",
    "Place",
    "Quantity",
    "QuantityKind",
    "Reuse",
    "Side",
    "Span",
    "State",
    "Wording",
    "check_numbers",
    "compare_numbers",
    "context",
    "credits",
    "difference",
    "find",
    "fingerprints",
    "locate",
    "name_key",
    "nearest",
    "normalise",
    "notices",
    "paragraphs",
    "quantities",
    "quoted",
    "related",
    "reuse",
    "sentence_of",
    "sentences",
    "stems",
    "wording",
]
