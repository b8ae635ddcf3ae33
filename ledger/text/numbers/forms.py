"""The plain forms of a sentence in which figures make one another, as patterns over a sentence with its figures masked.

In a masked sentence one character stands for each figure, `figure_of` says for which. In the table below a word in
capitals stands for a part that `_PARTS` spells out; FIRST and LAST, or LISTED, make GIVEN.
"""

from __future__ import annotations

import re

from .computed import ComputationRule

_MASK = 0xE000
MOST_FIGURES = 64
"""Figures of a sentence; one with more is a table, and is not looked at."""

_DROP = "drop|fall|decline|decrease|reduction|cut|loss|dip|plunge|slump"
_FELL = "fell|fallen|falls|dropped|drops|declined|declines|decreased|sank|shrank|plunged|slipped|slumped|off|down"
_LESS = "lower|less|fewer"
DOWNWARD = frozenset(f"{_DROP}|{_FELL}|{_LESS}".split("|"))
"""Words by which a change goes down."""

COMPARED = frozenset(f"{_LESS}|higher|more".split("|"))
"""Words of a change after which "than" gives the figure that it starts from."""

_PARTS = {
    "FIGURE": "[\ue000-\ue03f]",
    "WORD": r"[^\W\d\ue000-\ue03f][\w'’-]*",
    "ABOUT": r"(?:(?:about|around|roughly|approximately|some|nearly|almost|more\ than|over|at\ least|less\ than|under|"
    r"just|only|an?\ estimated|up\ to)\s)*",
    "NOUNS": r"(?:\s(?!(?:to|from|and|or|of|on|in|at|by|with|for|than|while|but|as)\b)WORD){0,3}",
    "WHEN": r"(?:,?\s(?:in|during|for)(?:\s(?!(?:to|from|and|or|basis|terms)\b)WORD){0,3}(?:\sFIGURE)?)?",
    "BREAK": r"(?:,|;|:|\s?\(|\s-|\s?–|\s?—)\s?",
    "THATIS": r"(?:(?:or|that\ is|i\.e\.|which\ is|which\ was|meaning|representing|making|making\ it|marking)\s)?",
    "DROP": f"{_DROP}|rise|increase|gain|growth|jump|climb|surge|hike",
    "FELL": f"{_FELL}|rose|risen|rises|increased|increases|grew|grown|grows|climbed|climbs|jumped|jumps|surged|soared|"
    r"gained|advanced|up",
    "MORE": f"{_LESS}|higher|more",
    "THE": r"(?:the|its|their|all|a\ total\ of)",
    "OF": r"(?:out\s)?of",
    "SHORT": r"(?:(?!(?:and|or|who|that|from|to|in|by|for|at|on|with|against|compared|than|as)\b)WORD\s){0,4}",
    "FIRST": "ABOUT(?P<a>FIGURE)",
    "LAST": "ABOUT(?P<b>FIGURE)",
    "GIVEN": "ABOUT(?P<c>FIGURE)",
    "ENDS": r"from\sFIRST NOUNS WHEN,?\sto\sLAST",
    "BACK": r"to\sLAST NOUNS WHEN,?\sfrom\s(?:year-earlier\s)?FIRST",
    "LISTED": r"(?P<parts>FIGURE NOUNS (?:,\sFIGURE NOUNS){0,4},?\sand\s(?:the\s(?:other|remaining)\s)?FIGURE)",
    "ITEM": r"FIGURE NOUNS (?:\s(?:of|for|in|from|on|by|at|with)(?:\s(?!(?:to|from|and|or)\b)WORD){1,4})?",
    "ITEMS": r"(?P<items>ITEM (?:[,;]\sITEM){0,5},?\sand\sITEM)",
    "ALL": r"(?:a\stotal\sof\sGIVEN|(?P<d>FIGURE)\s(?:in\ all|in\ total|altogether)\b)",
}

_PART = re.compile("[A-Z]{2,}")
_TABLE = r"""
CHANGE  ENDS NOUNS WHEN BREAK THATIS (?:an?|the)\s(?:WORD\s)?(?P<way>DROP)\sof\sGIVEN
CHANGE  ENDS NOUNS WHEN BREAK THATIS an?\s(?P<c>FIGURE)[\s-](?:WORD\s)?(?P<way>DROP)\b
CHANGE  ENDS NOUNS WHEN BREAK THATIS ABOUT (?P<way>up|down)\s(?:by\s)?GIVEN(?!\sto\b|\sfrom\b)
CHANGE  \b(?P<way>FELL)\s(?:by\s)?GIVEN WHEN,?\s ENDS
CHANGE  \b(?P<way>FELL)\s(?:by\s)?GIVEN WHEN,?\s BACK
CHANGE  \b(?P<way>DROP)\sof\sGIVEN,?\s ENDS
CHANGE  \ban?\sGIVEN[\s-](?P<way>DROP),?\s ENDS
CHANGE  \bto\sLAST NOUNS WHEN BREAK THATIS an?\sGIVEN[\s-](?:WORD\s)?(?P<way>DROP)\s(?:from|over|on)\s(?:the\s)?FIRST
CHANGE  LAST NOUNS WHEN BREAK THATIS (?P<way>up|down|off)\s(?:by\s)?GIVEN,?\s(?:from|over|on)\s SHORT FIRST
CHANGE  LAST NOUNS WHEN BREAK THATIS GIVEN,?\s(?P<way>MORE)\sthan\s(?:the\s)?FIRST
CHANGE  (?P<c>FIGURE)(?:\sin\ssize|\sin\snumber)?,?\s ENDS
SHARE   FIRST NOUNS,?\sOF\s THE?\s?LAST NOUNS BREAK THATIS GIVEN(?!\sof\b)
SHARE   FIRST NOUNS,?\sor\sGIVEN,?\sOF\sTHE\sLAST
SHARE   FIRST NOUNS BREAK THATIS GIVEN\sof\sTHE\s SHORT LAST
SHARE   GIVEN\sof\sTHE\sLAST NOUNS BREAK (?:or|that\ is)\sFIRST
TOTAL   LISTED NOUNS BREAK THATIS ABOUT ALL
TOTAL   \b[Aa]\stotal\sof\sGIVEN NOUNS\s?(?::|\(|-|–|—)\s? LISTED NOUNS\s?[).]
TOTAL   \b[Oo]f\sTHE\sGIVEN NOUNS,\s(?=.*\sand\sthe\s(?:other|remaining)\s) LISTED
TOTAL   (?P<d>FIGURE) NOUNS\s?(?::|\s\(|\s-{1,2}|\s?–|\s?—)\s? ITEMS (?=[.;)]|\s-|\s?–|\s?—|$)
EACH    GIVEN\sfor\s THE?\s?LAST NOUNS BREAK THATIS FIRST(?=[\s).,;]|$)
EACH    LAST NOUNS\s(?:at|for|of)\sFIRST BREAK THATIS (?:for\s)? ABOUT ALL
"""


def _spelt_out(form: str) -> str:
    while _PART.search(form):
        form = _PART.sub(lambda name: f"(?:{_PARTS[name[0]]})", form)
    return form


FORMS = tuple(
    (ComputationRule[rule], re.compile(_spelt_out(form), re.VERBOSE))
    for rule, _, form in (line.partition(" ") for line in _TABLE.strip().splitlines())
)
"""A rule, and a form with its figures named `a`, `b` and `parts`, and `c` or `d` for the one that these make.

`items` are parts that nothing says are all.
"""


def mask(n: int) -> str:
    """Return the character that stands for figure `n` of a sentence, counted from 0."""
    return chr(_MASK + n)


def figure_of(masked: str) -> int | None:
    """Return which figure a character stands for; None where it is a plain one."""
    n = ord(masked) - _MASK
    return n if 0 <= n < MOST_FIGURES else None
