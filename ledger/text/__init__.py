"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, numbers, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .anchors import Place, State, locate
from .apart import apart
from .credits import Credit, Manner, credits, house_key, name_key
from .fidelity import Beside, Change, Comparison, Fidelity, Piece, Side, beside, compare
from .fragments import Fragment, Region, fragment, page_in, place_words
from .normal import Normal, normalise
from .numbers import (
    Agreement,
    Compared,
    Computation,
    Hedge,
    Located,
    NumberComparison,
    Quantity,
    QuantityKind,
    Rule,
    check_numbers,
    compare_numbers,
    computations,
    quantities,
)
from .pages import has_pages, page_of, pages
from .paragraphs import paragraphs
from .quotations import context, find, nearest, quoted
from .reuse import Kind, Reuse, notices, related, reuse
from .sentences import sentence_of, sentences
from .spans import Span
from .speakers import said_by
from .terms import Term, terms
from .tokens import Token, Tokens
from .wording import Wording, fingerprints, stems, wording

__all__ = [
    "Agreement",
    "Beside",
    "Change",
    "Compared",
    "Comparison",
    "Computation",
    "Credit",
    "Fidelity",
    "Fragment",
    "Hedge",
    "Kind",
    "Located",
    "Manner",
    "Normal",
    "NumberComparison",
    "Piece",
    "Place",
    "Quantity",
    "QuantityKind",
    "Region",
    "Reuse",
    "Rule",
    "Side",
    "Span",
    "State",
    "Term",
    "Token",
    "Tokens",
    "Wording",
    "apart",
    "beside",
    "check_numbers",
    "compare",
    "compare_numbers",
    "computations",
    "context",
    "credits",
    "find",
    "fingerprints",
    "fragment",
    "has_pages",
    "house_key",
    "locate",
    "name_key",
    "nearest",
    "normalise",
    "notices",
    "page_in",
    "page_of",
    "pages",
    "paragraphs",
    "place_words",
    "quantities",
    "quoted",
    "related",
    "reuse",
    "said_by",
    "sentence_of",
    "sentences",
    "stems",
    "terms",
    "wording",
]
