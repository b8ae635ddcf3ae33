"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, numbers, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .anchors import Place, State, locate
from .comparing import beside, compare
from .credits import Credit, Manner, credits, name_key
from .fidelity import Beside, Change, Comparison, Fidelity, Piece, Side
from .fragments import Fragment, Region, fragment, page_in, place_words
from .normal import Normal, normalise
from .numbers import (
    Agreement,
    Compared,
    Hedge,
    Located,
    NumberComparison,
    Quantity,
    QuantityKind,
    check_numbers,
    compare_numbers,
    quantities,
)
from .pages import has_pages, page_of, pages
from .paragraphs import paragraphs
from .quotations import context, quoted
from .reuse import Kind, Reuse, notices, related, reuse
from .sentences import sentence_of, sentences
from .spans import Span
from .speakers import said_by
from .tokens import Token, Tokens
from .wording import Wording, fingerprints, stems, wording

__all__ = [
    "Agreement",
    "Beside",
    "Change",
    "Compared",
    "Comparison",
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
    "Side",
    "Span",
    "State",
    "Token",
    "Tokens",
    "Wording",
    "beside",
    "check_numbers",
    "compare",
    "compare_numbers",
    "context",
    "credits",
    "fingerprints",
    "fragment",
    "has_pages",
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
    "stems",
    "wording",
]
