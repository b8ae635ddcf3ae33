"""What is known of languages: one table for each, in a file of its own, and by what a text tells its language.

A language is added by adding its file, `xx.toml`; what each field says stands in `LanguageTable`. A text is of the
language that is on record; else of the one that its words tell, which is a guess, and marked as one in the tag itself:
`es-x-guess` (BCP 47, private use).
"""

from __future__ import annotations

from .guess import guessed, has_words_of, is_guess, language, letters, same_language, tag_of
from .table import LanguageTable, NumberWords, SentenceWords, known, table
from .timing import TimeWords

__all__ = [
    "LanguageTable",
    "NumberWords",
    "SentenceWords",
    "TimeWords",
    "guessed",
    "has_words_of",
    "is_guess",
    "known",
    "language",
    "letters",
    "same_language",
    "table",
    "tag_of",
]
