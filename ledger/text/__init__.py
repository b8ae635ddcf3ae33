"""Texts as fact-checkers need them: spans, sentences, comparable forms, quotations.

Every place in a text is a `Span` of 0-based code point offsets into the text
*as it was given*; nothing here changes a text or guesses what it meant.
"""

from __future__ import annotations

from .normal import Normal, normalise
from .paragraphs import paragraphs
from .quotations import context, find, nearest, quoted
from .sentences import sentence_of, sentences
from .spans import Span

__all__ = [
    "Normal",
    "Span",
    "context",
    "find",
    "nearest",
    "normalise",
    "paragraphs",
    "quoted",
    "sentence_of",
    "sentences",
]
