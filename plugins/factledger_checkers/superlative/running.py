"""Superlatives of running text: those that plainly compare, and not the many that praise, count off or tell of oneself.

A claim that somebody enters says what it says. An article is full of "her first book" and "the best way", which nobody
would check: there a superlative counts where it is of what can be measured, or says with what it compares.
"""

from __future__ import annotations

import re

MEASURED = frozenset(
    """all-time biggest bloodiest busiest cheapest coldest deadliest deepest driest fastest first-ever heaviest highest
    hottest largest longest lowest oldest poorest record record-breaking richest shortest slowest smallest tallest
    warmest wettest youngest""".split()
)
"""First words of superlatives that figures settle."""

WHOLE = ("for the first time", "than ever", "new record", "world record", "no other")
"""What compares as it stands."""

BEFORE = 60
"""Characters before a superlative that are read with it."""

_NOT_MEASURED = re.compile(
    r"[\s-]+(?:achievements?|advantages?|(?:common )?denominators?|bidders?|challenges?|concerns?|court|fears?|form|"
    r"grades?|"
    r"hono[u]?rs?|hopes?|hurdles?|judicial|mistakes?|obstacles?|possible|priorit\w+|problems?|quality|questions?|"
    r"regard|esteem|standards?|supply|surprises?|threats?|worr\w+)\b"
)
"""What is called the highest or biggest and has no size."""

# A word of the same phrase: with a verb another one begins, and so with a comma.
_WORD = r"(?:\s+[\"“”]?(?!(?:was|were|is|are|has|had|have|will|to|would|on)\b)[\w'’&-]+[\"“”]?)"
_GENERAL = (
    "(?:world|globe|planet|earth|history|country|nation|state|city|region|continent|hemisphere|league|industry|century|"
    "decade|generation|modern times|memory)"
)
_WHOSE = r"(?: (?:\d+-year(?:-long)?|the|its|his|her|their|all|any|modern|recorded|recent|living|\w+['’]s|[A-Z]\w+))*"
_IN = rf"\s+(?:in|across|throughout|anywhere in){_WHOSE}"
_YEARS = (
    r"\s+in (?:(?:more than|over|almost|nearly|about|some|at least) )?(?!last|recent|these|those)(?:\d+|[a-z]+) "
    r"(?:years|decades|centuries)\b"
)
_EVER = r"(?<!I)(?<!I['’]ve)(?<!we['’]ve)\s+ever\b|\s+of (?:all|its kind)\b"
_SAYS_WITH_WHAT = re.compile(rf"{_WORD}{{0,6}}(?:{_EVER}|{_IN} {_GENERAL}\b|{_YEARS})|{_WORD}{{0,10}}\s+since\b")
_IN_A_PLACE = re.compile(rf"{_WORD}{{0,6}}{_IN} [A-Z]\w+")
_OF_WHAT = re.compile(rf"\b{_GENERAL}['’]s\s+(?:very\s+)?$")

# "The first woman to lead it", and not "the first meeting set to take place" or "my first letter to her".
_NO_DEED = (
    "set due scheduled expected planned way time chance step attempt able ready likely was is are were be would will"
).split()
_FIRST_TO = re.compile(
    rf"\s+(?:[\w'’-]+\s+){{1,3}}?{''.join(f'(?<!{word} )' for word in _NO_DEED)}to\s+"
    r"(?!(?:an?|the|his|her|its|my|our|their|your)\b)[a-z]"
)
_NOT_SO = re.compile(r"(?:\bnot|\bnor|\bneither|n['’]t|\bhardly)\s(?:[\w'’]+\s){0,2}$")
_MEANT = re.compile(
    r"\b(?:to|will|would|could|might|may|should) (?:help )?[\"“]?\s?"
    r"(?:become|build|create|make|find|develop|launch|provide)\s(?:[\w'’]+\s){0,2}$"
)


_OPINED = re.compile(
    r"\b(?:in (?:my|our|his|her|their) (?:view|opinion|eyes)|(?:I|we) (?:think|believe|feel|find|guess))\b",
    re.IGNORECASE,
)


def compares(text: str, start: int, word: str) -> bool:
    """Return whether the superlative `word` that begins at `start` plainly compares, in a sentence of running text."""
    bare, first = word.lower(), word.split()[0]
    before, after = text[max(0, start - BEFORE) : start], text[start + len(first) :]
    if text.rstrip(" \"”»’')").endswith("?") or _OPINED.search(text):
        return False
    if _NOT_SO.search(before) or _MEANT.search(before):
        return False
    if first.isupper() and not text.isupper():
        return False  # a name: FIRST Global
    if bare.startswith(WHOLE) or (bare == "never" and re.match(r"\s+before\b", after)):
        return True
    if bare == "most wanted":
        return False  # by the police
    if bare.split()[0].removesuffix("-ever") in MEASURED or bare.endswith("-ever"):
        return not _NOT_MEASURED.match(after)
    if _SAYS_WITH_WHAT.match(after) or _OF_WHAT.search(before):
        return True
    if bare.startswith(("first", "sole")):
        return _FIRST_TO.match(after) is not None
    return _IN_A_PLACE.match(after) is not None
