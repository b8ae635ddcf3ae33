"""Dates of languages whose grammar is a table: one engine, and the forms and words of `ledger/text/languages`.

`forms` reads the forms that a table writes, `slots` fills them with its words, `makers` says what each kind of form is
worth, and `reading` goes through a text. What a date is worth once it is read, and the clock of a text, are those of
English.
"""

from __future__ import annotations

from .reading import Grammar, grammar

__all__ = ["Grammar", "grammar"]
