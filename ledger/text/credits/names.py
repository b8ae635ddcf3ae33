"""The names that stand after or before a place of a text, and which of them are news houses'."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from attrs import frozen

from .houses import EXTENSIONS, is_common_word, is_listed, is_picture_house, looks_like_one, name_key
from .words import BETWEEN, CAPITAL, MEDIUM, NAME, OFFICES, ROLES, is_day, is_office, may_be_named

FAR = 120
"""Characters after or before a place in which names are read."""

_NAME = re.compile(NAME)
_WITH_AND = re.compile(rf"(?<=[Tt]he[ \t])(?P<first>{NAME})[ \t]+(?:and|&)[ \t]+(?P<rest>{NAME})")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_OFFICE_INSIDE = re.compile(rf"(?<=\s)(?:{'|'.join(OFFICES)})(?=[\s.])", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\s")
_NEXT_IS_NAMED = re.compile(rf"[ \t]+(?:(?:state|official|public|national)[ \t-]+)?{MEDIUM}[ \t]+(?={CAPITAL})")
_MEDIUM_BEFORE = re.compile(rf"\b(?:{MEDIUM}|media|state TV)[ \t]+\Z")
_MEDIUM_AFTER = re.compile(rf"(?:[ \t]+\({CAPITAL}+\))?,?[ \t]+{MEDIUM}\b")
_THE = re.compile(r"\b[Tt]he[ \t]\Z")
_AN = re.compile(r"\b[Aa]n?[ \t]\Z")
_LAST_ROW = re.compile(
    rf"{NAME}(?:(?:,[ \t]*|/|[ \t]+and[ \t]+){NAME})*(?=(?:[ \t]+\({CAPITAL}+\))?(?:[ \t]+{MEDIUM})?,?[ \t]*\Z)"
)
_OF_A_ROW = re.compile(r"(?<!\w)(?!and[ \t]|&[ \t])[^\s,/](?:(?!,[ \t]|[ \t]and[ \t]|[ \t]&[ \t]|/).)*")
_CLAUSE_ENDS = re.compile(r"[.!?;:()“”\"](?=[\s“\"]|\Z)|\n")
_PICTURES = frozenset("photo photos image images".split())


@frozen
class CreditName:
    """A name and where it starts; of a news house, by list, form or the word beside it; of one that gives a picture."""

    text: str
    start: int
    house: bool
    picture: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def person(self) -> bool:
        """Whether it has the form of a person's name."""
        words = self.text.split()
        return not self.house and 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)


@frozen
class NameReader:
    """What is known of the place in which names are read.

    `known` are names of houses besides those that are listed, as `name_key` gives them. Where it is `strict`, as within
    a sentence, a house's common word takes its article and is not part of a longer name. Where it is `weakly` read,
    names count that trains and banks may have as well.
    """

    known: Collection[str] = ()
    strict: bool = False
    weakly: bool = True

    def knows(self, name: str) -> bool:
        """Return whether a name is a listed house's or one that the caller knows."""
        return is_listed(name) or name_key(name) in self.known


def names_after(text: str, start: int, end: int, reader: NameReader = NameReader()) -> list[CreditName]:
    """Return the names of a row that begins at `start`: "Lena Quist in Orford, AP and Reuters".

    A house's name may be followed by other capitals: "PTI ABC", "CNN Monday".
    """
    found: list[CreditName] = []
    at, end, owner = start, min(end, start + FAR), -1
    while True:
        between = BETWEEN.match(text, at, end)
        first = between.end() if between else at
        match = _of_two_things(text, first, end, reader) or _NAME.match(text, first, end) or _NAME.match(text, at, end)
        if match is None or match[0] in ("The", "A", "An") or (at > start and owner < 0 and not between):
            return found
        name = CreditName(match[0].rstrip("."), match.start(), house=False)
        houses = _houses_in(text, name, start, reader)
        possessive = _POSSESSIVE.match(text, match.end())
        if houses:
            found += houses
        elif not possessive and not _NEXT_IS_NAMED.match(text, match.end()):
            found.append(name if owner < 0 else CreditName(text[owner : name.end], owner, house=False))
        owner, at = (match.start(), possessive.end()) if possessive and not houses else (-1, match.end())
        if match[0].endswith(".") and not _INITIALS.fullmatch(match[0].split()[-1]):
            return found


def names_before(text: str, end: int, reader: NameReader = NameReader()) -> list[CreditName]:
    """Return the houses in the row of names that ends at `end`: "news agencies Interfax and TASS" before "reported"."""
    start = max(0, end - FAR)
    start = max((match.end() for match in _CLAUSE_ENDS.finditer(text, start, end - 1)), default=start)
    match = _LAST_ROW.search(text, start, end)
    if match is None:
        return []
    cue = bool(_MEDIUM_BEFORE.search(text[start : match.start()]) or _MEDIUM_AFTER.match(text, match.end()))
    found: list[CreditName] = []
    for piece in reversed(list(_OF_A_ROW.finditer(match[0]))):
        house = _last_house(piece[0], match.start() + piece.start(), reader, cue=cue and not found)
        if house is None:
            if found and piece[0].startswith(("The ", "the ")) and not reader.knows(found[-1].text):
                begin = match.start() + piece.start()  # *the Ports and Harbours Gazette*
                found[-1] = CreditName(text[begin : found[-1].end], begin, house=True)
            break
        if house.text == "PA" and text[: house.start].endswith(", "):
            return []  # Harrisburg, PA
        found.append(house)
    return found[::-1]


def plain_name(name: str) -> str | None:
    """Return a name without the office before it; None where nothing but days and offices is left."""
    words = name.split()
    if is_listed(name):
        return name
    while words and is_office(words[0]):
        words = words[1:]
    if not words or words[0] == "of" or is_day(words[0]) or is_office(words[-1]):
        return None
    return " ".join(words)


def _of_two_things(text: str, start: int, end: int, reader: NameReader) -> re.Match[str] | None:
    """Return the one name with an "and" that stands behind "the": the *Food and Ferry Board*; two houses stay two."""
    match = _WITH_AND.match(text, start, end)
    if match is not None and (office := _OFFICE_INSIDE.search(match["rest"])):
        match = _WITH_AND.match(text, start, match.start("rest") + office.start())
    if match is None or len(match["rest"].split()) < 2 or match["rest"].startswith(("The ", "the ")):
        return None
    first = match["first"]
    a_house = " of " not in first and looks_like_one(f"the Orford {first}", weakly=True)
    return None if a_house or any(reader.knows(name) for name in (first, f"the {first}", match["rest"])) else match


def _houses_in(text: str, name: CreditName, start: int, reader: NameReader) -> list[CreditName]:
    """Return the houses in a name of capitals, its article and the words beside it considered."""
    said_before = _MEDIUM_BEFORE.search(text[max(start - 40, 0) : name.start]) is not None
    said_after = (
        _MEDIUM_AFTER.match(text, name.end) is not None
        and _NEXT_IS_NAMED.match(text, name.end) is None
        and _AN.search(text, max(0, name.start - 4), name.start) is None
    )
    article = _THE.search(text, max(0, name.start - 4), name.start)
    words, begin = (f"the {name.text}", name.start - 4) if article else (name.text, name.start)
    return list(_houses(words, begin, reader, cue=said_before or said_after))


def _houses(words: str, start: int, reader: NameReader, *, cue: bool) -> Iterator[CreditName]:
    """Yield the house in a row of capitals: the longest listed name that it begins with or holds, or by its form."""
    pair = list(re.finditer(r"[^-]+", words))
    if len(pair) > 1 and not is_listed(words) and all(is_listed(one[0]) for one in pair):
        yield from (CreditName(one[0], start + one.start(), house=True) for one in pair)
        return
    pieces = list(re.finditer(r"\S+", words))
    for begin in range(1 if reader.strict else len(pieces)):
        for end in range(len(pieces), begin, -1):
            name = words[pieces[begin].start() : pieces[end - 1].end()]
            rest = [name_key(one[0]) for one in pieces[end:]]
            if (begin == 0 or not is_common_word(name)) and _is_named(name, rest, reader, cue=cue):
                part = next(
                    (at for at, one in enumerate(rest) if one not in EXTENSIONS and not one.isdigit()), len(rest)
                )
                name = words[pieces[begin].start() : pieces[end - 1 + part].end()]
                picture = is_picture_house(name) or not _PICTURES.isdisjoint(rest[part : part + 1])
                yield CreditName(name, start + pieces[begin].start(), house=True, picture=picture)
                return
    while len(pieces) > 1 and (is_day(pieces[-1][0]) or name_key(pieces[-1][0]) in ROLES):
        pieces.pop()
    name = words[: pieces[-1].end()]
    if (cue and may_be_named(name)) or looks_like_one(name, weakly=reader.weakly):
        _, of, house = name.rpartition(" of ")
        name = house if of and looks_like_one(house, weakly=reader.weakly) else name
        yield CreditName(name, start + words.index(name), house=True)


def _is_named(name: str, rest: list[str], reader: NameReader, *, cue: bool) -> bool:
    """Return whether it is a known house's name; a common word has its article, or a cue, and nothing after it."""
    if not reader.knows(name):
        return False
    if not is_common_word(name):
        return True
    article = name.lower().startswith("the ")
    return (article or cue or not reader.strict) and (not rest or is_day(rest[0]))


def _last_house(words: str, start: int, reader: NameReader, *, cue: bool) -> CreditName | None:
    """Return the house that a row of capitals ends with: "As The New York Times"."""
    if words.startswith(("A ", "An ")):
        start, words, cue = start + words.index(" ") + 1, words.split(" ", 1)[1], False
    article = max(0, words.rfind("The "))
    start, words = start + article, words[article:]
    if name_key(words) in ("the", "time"):
        return None
    if reader.knows(words) and is_common_word(words) and not (cue or words.lower().startswith("the ")):
        return None
    if reader.knows(words) or (cue and may_be_named(words)) or looks_like_one(words, weakly=reader.weakly):
        return CreditName(words, start, house=True)
    for piece in re.finditer(r"(?<=\s)\S+", words):
        name = words[piece.start() :]
        if is_listed(name) and not is_common_word(name):
            return CreditName(name, start + piece.start(), house=True)
    return None
