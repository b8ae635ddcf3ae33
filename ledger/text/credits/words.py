"""What names look like in running text, and the words around them that tell what is named."""

from __future__ import annotations

import re

from .houses import name_key

CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞİĪŁŃŇŌŐŘŚŠŞŤŪŮŰŹŻŽΑ-ΩА-ЯЁІЇЄ]"

MEDIUM = (
    "(?:news[ -]?agency|news[ -]?agencies|press[ -]?agency|newswire|wire[ -]?service"
    "|news[ -]?(?:service|site|website|outlet|organi[sz]ation|channel|network|portal|magazine)"
    "|newspapers?|daily|dailies|weekly|tabloid|magazine|broadcasters?|broadsheet|journal"
    "|radio(?:[ -]station)?|TV[ -](?:channel|station|network)|television(?:[ -](?:channel|station|network))?"
    "|Nachrichtenagentur|Agentur|agence|agencia|agência|agenzia|agencja)"
)
"""What says of a name beside it that it is a house's: the daily Ostby Blad, the Ostby Blad newspaper."""

ROLE = "(?:staff|writers?|reporters?|correspondents?|journalists?|editors?|producers?)"

WORDS_OF_NAMES = (
    r"(?:Radio|Channel|TV|France|Canal|Kanal|Rai|BBC|TF)[ \t]\d{1,2}(?!\w)",
    r"(?:Cent(?:er|re)s?|Committee|Office|Institute|Society|Association|Foundation|Campaign|Agency|Organi[sz]ation"
    rf"|Department|Fund|Council|Alliance|Bureau)[ \t](?:for|on|against)(?=[ \t]{CAPITAL})",
    r"(?:[Bb]ild|Welt|Mail|Scotland|Sun|Independent)[ \t](?:am|on)[ \t](?:Sonntag|Sunday)",
    rf"(?:People|Lloyd|Jane|Barron|Reader|Women|Men)['’]s(?=[ \t]{CAPITAL})",
    r"(?:Poor|Moody)['’]s",
    r"(?:[A-Z]\.){2,}",
    rf"{CAPITAL}\.(?=[ \t]{CAPITAL})",
    rf"{CAPITAL}[\w&+-]*(?:['’](?!s\b)\w+|\.(?=\w)\w+)*",
    rf"al-{CAPITAL}\w+",
    r"(?:dpa|sda|ats|ritzau|afp|apa|epd|kna|sid)(?:-\w+)?(?!\w)",
)
"""Words that names are made of: in capitals, but for some agencies'; "for" and "on" belong to what they are part of."""

_WORD = f"(?:{'|'.join(WORDS_OF_NAMES)})"
_LINK = rf"(?:[ \t]+(?:of(?:[ \t]+the)?|de|da|do|del|della|la|van|von|der|&)(?=[ \t]+{CAPITAL}))?"
NAME = rf"(?:(?<!\w)[Tt]he[ \t]+)?(?<![\w.@])(?:@\w{{2,30}}|{_WORD}(?:{_LINK}[ \t]+{_WORD}){{0,6}})"

BETWEEN = re.compile(
    rf"(?:[\s,/|&•·=©*–—-]|(?:{MEDIUM}|[Ss]pecial[ ]to|and|und|et|y|e|og|och|i|with|avec|mit|via|from|by|for|of|in|on"
    r"|at|the|l['’]|der|des|den|dem|die|das|von|la|el|files|its|our|an?|local|partner|both|like|including|news|agencies"
    rf"|semi|state|media|official|public|private|national|regional|independent|government|run|owned|{ROLE})\b)+"
)
"""What stands between the names of a row, and before the first."""

ROLES = frozenset("staff writer writers reporter correspondent service desk editor bureau".split())
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
OFFICES = frozenset(
    """mr mrs ms dr prof professor sir lady lord president vice prime minister chancellor senator sen governor gov mayor
    judge justice king queen prince princess general gen colonel captain capt major sergeant sgt lieutenant lt admiral
    rep congressman congresswoman secretary chief director commissioner ambassador pope bishop archbishop
    cardinal""".split()
)
_OF_A_COUNTRY = re.compile(
    r"(?:[Tt]he )?(?:\w+(?:ian|ean|ish|ese|eli|qi|tani|ghan)|German|American|Mexican|Korean|French|Dutch|Greek|Czech"
    r"|US|UK|Swiss|Thai|Welsh|State|Local)"
)


def is_day(word: str) -> bool:
    """Return whether a word is a day's or a month's name."""
    return name_key(word) in _DAYS


def is_office(word: str) -> bool:
    """Return whether a word is an office or a form of address, as it stands before a person's name."""
    return name_key(word) in OFFICES


def may_be_named(name: str) -> bool:
    """Return whether a newspaper may have this name: not so "the Swiss magazine", "a Sunday paper"."""
    return not is_day(name.split()[0]) and _OF_A_COUNTRY.fullmatch(name) is None
