"""Credits that a line's form tells: datelines, bylines, a house's name under a text, on whole lines or at their end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..spans import Span
from .forms import Credit, Manner
from .houses import initials_of, is_common_word, is_listed, is_picture_house, name_key
from .names import CAPITAL, Name, names_after

LONGEST_LINE = 140
"""Characters of a line that may be a byline or a name alone."""

LONGEST_PLACE = 90
"""Characters of the place and day before a house's name in a dateline."""

_DASH = r"(?:\.?[ \t]?[-–—]{1,2}|:|\.)"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.|º)?(?:[ \t]+(?:de[ \t]+)?[^\W\d_]{3,10}\.?)?(?:,?[ \t]+(?:de[ \t]+)?\d{4})?"
_PLACE = rf"(?:{CAPITAL}[\w.'’-]*+|{_DAY}|\d{{4}}|de|la|las|los|del|di|da|do|of|the|am|an|der|\([A-Z]{{1,3}}/[A-Z]{{1,3}}\)|\([A-Z][a-z]+\)|\[[^\]\n]{{1,30}}\])"
_WHERE = rf"{_PLACE}(?:[ \t,/–—:]++(?:-[ \t]+)?{_PLACE}){{0,9}}"
_BRACKETED = re.compile(rf"[ \t*]*(?P<where>{_WHERE})?[ \t,.:–—-]{{0,4}}(?:[(\[](?P<who>[^()\[\]\n]{{2,50}})[)\]]|/(?P<slashed>[^/()\[\]\n]{{2,50}})/)[ \t]*(?P<dash>{_DASH})?[ \t]*(?P<rest>\S?)")
_UNBRACKETED = re.compile(rf"[ \t*]*(?P<where>{_WHERE})[ \t]*(?:[,–—:-]|,?[ \t]-)[ \t]*(?P<who>{CAPITAL}[\w. ’'-]{{1,40}}?)[ \t]*(?P<dash>{_DASH})[ \t]+(?P<rest>[{CAPITAL[1:-1]}\"“])")
_FIRST = re.compile(rf"[ \t*]*(?P<where>)(?P<who>{CAPITAL}[\w. ’'-]{{1,40}}?)[ \t]*(?P<dash>[-–—:]{{1,2}})[ \t]+(?P<rest>[{CAPITAL[1:-1]}\"“\d])")

_OPENS = re.compile(
    r"[\s(\[/©*=–—-]*(?P<by>(?:Agência|Agencia|Agence|Redacci[oó]n|By|BY|by|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af|From|FROM|Text|Story)\b:?[ \t]*)?(?:(?:[Ww]ith|[Mm]it|[Aa]vec|[Cc]on)[ \t]+)?"
)
_CLOSES = re.compile(
    rf"(?:[\s,.|•·:–—/=()\[\]*©-]|\d[\w:]*|{CAPITAL}[\w.]*+|\([A-Z]+\)|staff|writers?|reporters?|correspondents?|editor|and|at|on|in|with|inputs|feed|am|pm)*+\Z"
)
_ENDS = re.compile(
    rf"(?:(?<=[.!?”\"»’)…])\s*[(\[/]\s?|(?<=\w)\s+[(\[]\s?|(?<=[.!?”\"»’)…\w])\s+(?:[-–—=]{{1,2}}|\|)\s?|(?<=[.!?”\"»’)…])[-–—]\s?|(?<=[.!?”\"»])\s+(?={CAPITAL}))"
    rf"(?P<who>(?:{CAPITAL}|[a-z]{{3,6}}[)\]/])[^()\[\]\n.!?]{{1,50}}?)[)\]/]?(?:,? {CAPITAL}[a-z]+\.? \d{{1,2}},? \d{{4}})?\.?(?P<desk>(?:\s+[A-Z]{{2,4}}(?![\w])|\s*[a-z]{{2,3}}/)*)\s*\Z"
)
_PARTED = re.compile(r"\s*(?:\Z|[^\w\s]|and\b|staff\b|writer|reporter|feed\b|inputs\b|avec\b|with\b)")
_JOINS = re.compile(r"\s*(?:[,/|•·–—-]|for\b|of\b|with\b|avec\b|and\b).*")
_WITHOUT_SPACES = re.compile(r"[^\s/]+(?: [^\s/]+){0,3}(?:/[^\s/]+(?: [^\s/]+){0,3})+")


def credits_of_lines(text: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield what datelines, bylines and lines' ends credit."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield from _of_line(line.rstrip(), at, known)
        at += len(line)


def _of_line(line: str, at: int, known: Collection[str]) -> Iterator[Credit]:
    found = [*_dateline(line, known), *_at_end(line, known)]
    if not found and (len(line) <= LONGEST_LINE or line.startswith("By ")):
        found = list(_whole(line, known))
    for credit in found:
        yield Credit(credit.name, credit.manner, Span(credit.span.start + at, credit.span.end + at))


def _dateline(line: str, known: Collection[str]) -> Iterator[Credit]:
    head = line[: LONGEST_PLACE + 60]
    for form in (_BRACKETED, _UNBRACKETED, _FIRST):
        match = form.match(head)
        if match is None:
            continue
        who = match["who"] or match["slashed"]
        names = _houses(who, known, cased=form is not _BRACKETED)
        if form is _BRACKETED and not names:
            names = _unheard(match)
        elif form is _BRACKETED and not _stands(match):
            continue
        elif form is not _BRACKETED and not (names and all(map(is_listed, names)) and not any(map(_person, re.split("[/,]", who))) and _only(who, names)):
            continue
        for name in names:
            yield Credit(name, Manner.DATELINE, Span(match.start(), match.start("rest")))
        if names:
            return


def _stands(match: re.Match[str]) -> bool:
    """Return whether a listed house in brackets opens a report: a place or a dash beside it, and it is not spelled out."""
    where, rest = match["where"] or "", match["rest"]
    if initials_of(re.findall(r"\w+", where), match["who"] or ""):
        return False
    if not where and not match["dash"]:
        return False
    return bool(match["dash"] and rest) or (bool(where) and not rest.islower() and rest != "")


def _unheard(match: re.Match[str]) -> list[str]:
    """Return a name that is no listed house's, where place and dash leave no doubt that a dateline is meant."""
    who, where = (match["who"] or match["slashed"]).strip(), match["where"] or ""
    plain = re.fullmatch(rf"{CAPITAL}[\w&.'’-]*(?: (?:of |de )?{CAPITAL}[\w&.'’-]*){{0,4}}", who)
    sure = bool(re.search(r"\d", where)) or (len(where) > 2 and re.split(r"[, ]", where)[0].isupper()) or (match["dash"] or "").startswith(".")
    if plain is None or not match["dash"] or not sure or not re.match(rf"{CAPITAL}|[\"“]", match["rest"] or "a"):
        return []
    return [who]


def _at_end(line: str, known: Collection[str]) -> Iterator[Credit]:
    tail = line[-120:]
    match = next((one for one in re.finditer(_ENDS, tail)), None)
    if match is None:
        return
    who, shift = match["who"].strip(" )]/"), len(line) - len(tail)
    names = _houses(who, known, cased=not re.search(r"[(\[/]", match[0]))
    spelled = re.findall(r"\w+", tail[: match.start()])
    if not names or not _only(who, names) or initials_of(spelled, who):
        return
    slashed = _WITHOUT_SPACES.fullmatch(who) is not None and any(_person(piece) for piece in who.split("/"))
    bare = re.search(r"[-–—=|/(\[]", match[0][: match.start("who") - match.start()]) is None
    if bare and not slashed and not all(name.isupper() and is_listed(name) for name in names):
        return
    person = slashed or any(_person(piece) for piece in who.split(" - ") if piece not in names)
    person = person or any(map(is_picture_house, names))
    for name in names:
        yield Credit(name, Manner.PHOTO if person else Manner.CREDIT, Span(shift + match.start("who"), len(line)))


def _whole(line: str, known: Collection[str]) -> Iterator[Credit]:
    opens = _OPENS.match(line)
    start, by = (opens.end(), opens["by"] is not None) if opens else (0, False)
    names = names_after(line, start, len(line), known=known)
    houses = [name for name in names if name.house]
    if not houses:
        return
    first, own = names[0], line[start:].strip(" )]/.")
    if by:
        fits = _CLOSES.match(line, names[-1].end) is not None or (first.house and line[first.end : first.end + 2] == ". ")
    else:
        fits = _alone(line, start, names, known)
    if not fits:
        return
    for name in houses:
        yield Credit(name.text, _of_slashes(own, name, by), Span(0, len(line)))


def _alone(line: str, start: int, names: list[Name], known: Collection[str]) -> bool:
    """Return whether a line is a house's name and day, or a person's and a house's, and no headline."""
    first = names[0]
    house = next(name for name in names if name.house)
    listed = (is_listed(house.text) or name_key(house.text) in known) and (not is_common_word(house.text) or house.text[:4].lower() == "the ")
    if not _CLOSES.match(line, names[-1].end) or not _PARTED.match(line, house.end):
        return False
    if first.house:
        return listed or re.search(r"\d", line) is not None
    return first.person and _JOINS.fullmatch(line, first.end, house.start) is not None and house.text != "PA"


def _of_slashes(line: str, house: Name, by: bool) -> Manner:
    """Return the manner of "Lena Quist/AP" and "REUTERS/Lena Quist", as pictures are credited, or of a text's line."""
    pieces = line.split("/")
    slashed = not by and _WITHOUT_SPACES.fullmatch(line) is not None and any(_person(piece) for piece in pieces)
    if house.picture or (slashed and (_person(pieces[0]) or house.text.isupper())):
        return Manner.PHOTO
    if re.fullmatch(rf"\(\s*.+ - {re.escape(house.text)}\s*\)?", f"({line})") and _person(line.split(" - ")[0]):
        return Manner.PHOTO
    return Manner.CREDIT


def _houses(who: str, known: Collection[str], *, cased: bool) -> list[str]:
    """Return the houses in what brackets or dashes set off: "dpa/nor", "NTB-Reuters", "AFP, Reuters"."""
    whole = who.strip(" .©*")
    if is_listed(whole) or (not cased and is_listed(whole.upper())):
        return [whole]
    found = [name.text for name in names_after(whole, 0, len(whole), known=known) if name.house]
    if not found:
        found = [piece for piece in re.split(r"[-/]", whole) if is_listed(piece)]
    return found


def _only(who: str, names: list[str]) -> bool:
    """Return whether nothing but houses, persons and desks' letters stands there."""
    rest = who
    for name in names:
        rest = rest.replace(name, "")
    pieces = [piece.strip() for piece in re.split(r"[/,|]| and | - |-", rest)]
    return all(not piece or _person(piece) or re.fullmatch(r"[A-Z]{1,4}|[a-z]{2,3}", piece) for piece in pieces)


def _person(words: str) -> bool:
    return re.fullmatch(rf"\s*{CAPITAL}[\w.'’-]*(?: {CAPITAL}[\w.'’-]*){{1,3}}\s*", words) is not None and not is_listed(words.strip())
