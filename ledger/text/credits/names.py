"""The names that stand in one place of a text, and what each is: a house, a supplier of pictures, another name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from attrs import frozen

from .houses import EXTENSIONS, is_common_word, is_listed, is_picture_house, looks_like_one, name_key

FAR = 120
"""Characters after or before a cue in which names are read."""

CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞİĪŁŃŇŌŐŘŚŠŞŤŪŮŰŹŻŽΑ-ΩА-ЯЁІЇЄ]"
_LOWER = r"(?:dpa|sda|ritzau|afp|apa|epd|kna|sid)(?:-\w+)?(?!\w)"
_NUMBERED = r"(?:Radio|Channel|TV|France|Canal|Kanal|Rai|BBC|TF)[ \t]\d{1,2}(?!\w)"
_BODY = "(?:Cent(?:er|re)s?|Committee|Office|Institute|Society|Association|Foundation|Campaign|Agency|Organi[sz]ation|Department|Fund|Council|Alliance|Bureau)"
_WORD = rf"(?:{_NUMBERED}|{_BODY}[ \t](?:for|on|against)(?=[ \t]{CAPITAL})|(?:[Bb]ild|Welt|Mail|Scotland|Sun|Independent)[ \t](?:am|on)[ \t](?:Sonntag|Sunday)|(?:People|Lloyd|Jane|Barron|Reader|Women|Men)['’]s(?=[ \t]{CAPITAL})|(?:Poor|Moody)['’]s|(?:[A-Z]\.){{2,}}|{CAPITAL}\.(?=[ \t]{CAPITAL})|{CAPITAL}[\w&+-]*(?:['’](?!s\b)\w+|\.(?=\w)\w+)*|{_LOWER}|al-{CAPITAL}\w+)"
_JOINED = rf"(?:[ \t]+(?:of(?:[ \t]+the)?|de|da|do|del|della|la|van|von|der|&)(?=[ \t]+{CAPITAL}))?[ \t]+{_WORD}"
_ONE = rf"(?:(?<!\w)[Tt]he[ \t]+)?(?<![\w.@])@?{_WORD}(?:{_JOINED}){{0,6}}"

MEDIUM = (
    "(?:news[ -]?agency|news[ -]?agencies|press[ -]?agency|newswire|wire[ -]?service|news[ -]?(?:service|site|website|outlet|"
    "organi[sz]ation|channel|network|portal|magazine)|newspapers?|daily|dailies|weekly|tabloid|magazine|broadcasters?|broadsheet|"
    "radio(?:[ -]station)?|TV[ -](?:channel|station|network)|television(?:[ -](?:channel|station|network))?|journal|"
    "Nachrichtenagentur|Agentur|agence|agencia|agência|agenzia|agencja)"
)
"""What says of a name beside it that it is a house's: the daily Ostby Blad, the Ostby Blad newspaper."""

_NAME = re.compile(_ONE)
ROLE = "(?:staff|writers?|reporters?|correspondents?|journalists?|editors?|producers?)"
_BETWEEN = re.compile(
    rf"(?:[\s,/|&•·=©*–—-]|(?:{MEDIUM}|and|und|et|y|e|og|och|i|with|avec|mit|via|from|by|for|of|in|on|at|the|l['’]|der|des|den|dem|von|la|el|"
    rf"die|das|files|its|our|an?|local|partner|both|like|including|news|agencies|semi|state|media|official|public|private|national|regional|independent|government|run|owned|{ROLE})\b)+",
)
_POSSESSIVE = re.compile(r"['’]s?\s")
_MEDIUM_NEXT = re.compile(rf"[ \t]+(?:(?:state|official|public|national)[ \t-]+)?{MEDIUM}[ \t]+(?={CAPITAL}|{_LOWER})")
_MEDIUM_BEFORE = re.compile(rf"\b(?:{MEDIUM}|media|state TV)[ \t]+\Z")
_MEDIUM_AFTER = re.compile(rf"(?:[ \t]+\({CAPITAL}+\))?,?[ \t]+{MEDIUM}\b")
_LAST = re.compile(rf"{_ONE}(?:(?:,[ \t]*|/|[ \t]+and[ \t]+){_ONE})*(?=(?:[ \t]+\({CAPITAL}+\))?(?:[ \t]+{MEDIUM})?,?[ \t]*\Z)")
_PIECES = re.compile(r"(?!and[ \t]|&[ \t])[^\s,/](?:(?!,[ \t]|[ \t]and[ \t]|[ \t]&[ \t]|/).)*")
_A = re.compile(r"\b[Aa]n?\s\Z")
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december""".split()
)
_PEOPLES = re.compile(r"\w+(?:ian|ean|ish|ese|eli|qi|tani|ghan)|German|American|Mexican|Korean|French|Dutch|Greek|Czech|Swiss|Thai|Welsh|State|Local")
_ROLES = frozenset("staff writer writers reporter correspondent service desk editor bureau".split())
_OFFICES = frozenset(
    """mr mrs ms dr prof professor sir lady lord president vice prime minister chancellor senator sen governor gov mayor
    judge justice king queen prince princess general gen colonel captain capt major sergeant sgt lieutenant lt admiral
    rep congressman congresswoman secretary chief director commissioner ambassador pope bishop archbishop cardinal""".split()
)


@frozen
class Name:
    """A name and where it starts; `house`: it is a news house's by list, form or the word beside it."""

    text: str
    start: int
    house: bool
    picture: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def person(self) -> bool:
        words = self.text.split()
        return not self.house and 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)


def names_after(text: str, start: int, end: int, *, known: Collection[str] = (), strict: bool = False, weakly: bool = True) -> list[Name]:
    """Return the names of a row that begins at `start`: "Lena Quist in Orford, AP and Reuters".

    A house's name may be followed by other capitals ("PTI ABC", "CNN Monday"). `strict`: as within a sentence, where a
    common word takes its article and is not part of a longer name.
    """
    found: list[Name] = []
    owner: int | None
    at, end, joined, owner = start, min(end, start + FAR), True, None
    while True:
        between = _BETWEEN.match(text, at, end)
        match = _NAME.match(text, between.end() if between else at, end) or _NAME.match(text, at, end)
        if match is None or not (joined or between):
            return found
        before = _MEDIUM_BEFORE.search(text[max(start - 40, 0) : match.start()]) is not None
        next_is_named = _MEDIUM_NEXT.match(text, match.end()) is not None
        after = not next_is_named and _MEDIUM_AFTER.match(text, match.end()) is not None and not _A.search(text, max(0, match.start() - 4), match.start())
        article = text[max(0, match.start() - 4) : match.start()].lower() == "the "
        shift = 4 if article and not match[0].lower().startswith("the ") else 0
        name = Name(match[0].rstrip("."), match.start(), house=False)
        if name.text in ("The", "A", "An"):
            return found
        houses = list(_houses(f"the {name.text}" if shift else name.text, match.start() - shift, known, strict, before or after, weakly))
        possessive = _POSSESSIVE.match(text, match.end())
        if houses or not (possessive or next_is_named):
            found += houses or [name]
        if owner is not None and found and found[-1] == name:
            found[-1] = Name(text[owner : name.end], owner, house=False)
        joined = possessive is not None and not houses
        owner = match.start() if joined else None
        at = possessive.end() if possessive and joined else match.end()
        if match[0].endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+", match[0].split()[-1]):
            return found


def names_before(text: str, end: int, *, known: Collection[str] = (), weakly: bool = False) -> list[Name]:
    """Return the houses in the row of names that ends at `end`: "news agencies Interfax and TASS" before "reported"."""
    start = max(0, end - FAR)
    start += max((match.end() for match in re.finditer(r"[\n.!?;:()“”\"](?=[\s“\"]|\Z)|\n", text[start : end - 1])), default=0)
    match = _LAST.search(text, start, end)
    if match is None:
        return []
    cue = _MEDIUM_BEFORE.search(text[start : match.start()]) is not None or _MEDIUM_AFTER.match(text, match.end()) is not None
    found: list[Name] = []
    for piece in reversed(list(_PIECES.finditer(match[0]))):
        words, begin = piece[0], match.start() + piece.start()
        house = _last_house(words, begin, known, cue and not found, weakly)
        if house is None:
            break
        if len(house.text) < 3 and house.text not in ("AP", "AA", "TT", "CP", "RT", "DW", "FT", "VG"):
            joined = text[max(0, house.start - 2) : house.start]
            if joined == ", ":
                return []
        found.append(house)
    return found[::-1]


def is_day(word: str) -> bool:
    """Return whether a word is a day's or a month's name."""
    return name_key(word) in _DAYS


def plain_name(name: str) -> str | None:
    """Return a name without the office before it; None where nothing but days, roles and offices is left."""
    words = name.split()
    if is_listed(name):
        return name
    while words and name_key(words[0]) in _OFFICES:
        words = words[1:]
    if not words or words[0] == "of" or name_key(words[0]) in _DAYS or name_key(words[-1]) in _OFFICES:
        return None
    return " ".join(words)


def _houses(words: str, start: int, known: Collection[str], strict: bool, cue: bool, weakly: bool) -> Iterator[Name]:
    """Yield the house in a row of capitals: the longest listed name that it begins with or holds, or the whole by its form."""
    pieces = list(re.finditer(r"\S+", words))
    for begin in range(1 if strict else len(pieces)):
        for end in range(len(pieces), begin, -1):
            name = words[pieces[begin].start() : pieces[end - 1].end()]
            rest = [name_key(one[0]) for one in pieces[end:]]
            if (begin == 0 or not is_common_word(name)) and _is_named(name, rest, known, strict=strict, cue=cue):
                longer = next((at for at, one in enumerate(rest) if one not in EXTENSIONS and not one.isdigit()), len(rest))
                name = words[pieces[begin].start() : pieces[end - 1 + longer].end()]
                picture = is_picture_house(name) or rest[longer : longer + 1] in (["photo"], ["photos"], ["image"], ["images"])
                yield Name(name, start + pieces[begin].start(), house=True, picture=picture)
                return
    kept = len(pieces)
    while kept > 1 and name_key(pieces[kept - 1][0]) in _DAYS | _ROLES:
        kept -= 1
    name = words[: pieces[kept - 1].end()] if pieces else ""
    if name and (cue and _may_be_named(name) or looks_like_one(name, weakly=weakly)):
        yield Name(name, start, house=True)


def _is_named(name: str, rest: list[str], known: Collection[str], *, strict: bool, cue: bool) -> bool:
    """Return whether it is a listed house's name; where `strict`, a common word has its article and nothing after it."""
    if not is_listed(name) and name_key(name) not in known:
        return False
    if not is_common_word(name):
        return True
    article = name.lower().startswith("the ")
    return (article or cue or not strict) and (not rest or rest[0] in _DAYS)


def _may_be_named(name: str) -> bool:
    """Return whether a newspaper may have this name: not so "the Swiss magazine", "a Sunday paper"."""
    return name_key(name).split()[0] not in _DAYS and _PEOPLES.fullmatch(name.removeprefix("the ").removeprefix("The ")) is None


def _last_house(words: str, start: int, known: Collection[str], cue: bool, weakly: bool) -> Name | None:
    """Return the house that a row of capitals ends with: "As The New York Times"."""
    if words in ("The", "the"):
        return None
    if words.startswith(("A ", "An ")):
        start, words, cue = start + words.index(" ") + 1, words.split(" ", 1)[1], False
    article = words.rfind("The ")
    start, words = (start + article, words[article:]) if article > 0 else (start, words)
    pieces = list(re.finditer(r"\S+", words))
    if not pieces or name_key(words) == "time":
        return None
    listed = is_listed(words) or name_key(words) in known
    if listed and is_common_word(words) and not (cue or words.lower().startswith("the ")):
        return None
    if listed or (cue and _may_be_named(words)) or looks_like_one(words, weakly=weakly):
        return Name(words, start, house=True)
    for piece in pieces[1:]:
        name = words[piece.start() :]
        if is_listed(name) and not is_common_word(name):
            return Name(name, start + piece.start(), house=True)
    return None
