"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations, numbers, credits.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand
from ..renamed import renamed as _renamed

if TYPE_CHECKING:
    from .anchors import AnchorMatch, AnchorState, locate
    from .apart import apart
    from .common import Common, Incomparable, in_common, incomparable
    from .comparing import beside, compare
    from .credits import Credit, Manner, credits, house_key, name_key
    from .fidelity import Comparison, DiffPiece, Fidelity, QuotationContext, Side, WordChange
    from .fragments import Fragment, Region, fragment, page_in, place_words
    from .languages import language
    from .normal import Normal, normalise
    from .numbers import (
        Agreement,
        Compared,
        Computation,
        ComputationRule,
        Direction,
        Hedge,
        Located,
        NumberComparison,
        Quantity,
        QuantityKind,
        check_numbers,
        compare_numbers,
        computations,
        quantities,
    )
    from .once import read_once
    from .pages import has_pages, page_of, pages
    from .paragraphs import paragraphs
    from .passages import notices, related
    from .quotations import context, quoted
    from .reuse import Reuse, ReuseKind, likeness, reuse
    from .sentences import sentence_of, sentences
    from .spans import Span
    from .speakers import said_by
    from .terms import Term, terms
    from .tokens import Token, Tokens
    from .vocabulary import Word
    from .wording import Wording, fingerprints, wording

__all__ = [
    "Agreement",
    "AnchorMatch",
    "AnchorState",
    "Common",
    "Compared",
    "Comparison",
    "Computation",
    "ComputationRule",
    "Credit",
    "DiffPiece",
    "Direction",
    "Fidelity",
    "Fragment",
    "Hedge",
    "Incomparable",
    "Located",
    "Manner",
    "Normal",
    "NumberComparison",
    "Quantity",
    "QuantityKind",
    "QuotationContext",
    "Region",
    "Reuse",
    "ReuseKind",
    "Side",
    "Span",
    "Term",
    "Token",
    "Tokens",
    "Word",
    "WordChange",
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
    "read_once",
    "related",
    "reuse",
    "said_by",
    "sentence_of",
    "sentences",
    "terms",
    "wording",
]

load_on_demand(__name__)

__getattr__ = _renamed(
    __name__,
    {
        "Beside": "QuotationContext",
        "Change": "WordChange",
        "Kind": "ReuseKind",
        "Piece": "DiffPiece",
        "Place": "AnchorMatch",
        "Rule": "ComputationRule",
        "State": "AnchorState",
    },
)
