"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, numbers, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .anchors import Place, State, locate
from .apart import apart
from .common import Common, Incomparable, in_common, incomparable
from .comparing import beside, compare
from .credits import Credit, Manner, credits, house_key, name_key
from .fidelity import Beside, Change, Comparison, Fidelity, Piece, Side
from .fragments import Fragment, Region, fragment, page_in, place_words
from .languages import language
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
from .passages import notices, related
from .quotations import context, quoted
from .reuse import Kind, Reuse, likeness, reuse
from .sentences import sentence_of, sentences
from .spans import Span
from .speakers import said_by
from .terms import Term, terms
from .tokens import Token, Tokens
from .wording import Wording, fingerprints, wording

__all__ = [
    "Agreement",
    "Beside",
    "Change",
    "Common",
    "Compared",
    "Comparison",
    "Computation",
    "Credit",
    "Fidelity",
    "Fragment",
    "Hedge",
    "Incomparable",
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
    "fingerprints",
    "fragment",
    "has_pages",
    "house_key",
    "in_common",
    "incomparable",
    "language",
    "likeness",
    "locate",
    "name_key",
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
    "terms",
    "wording",
]
