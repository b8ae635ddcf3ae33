"""What an editor's marks in a quotation say: left out (…), put in or replaced ([the president]), [sic], [t]he.

A quotation is parts with an ellipsis between them; a part is rows of words with brackets between them. The forms are
those of style guides for the press: "…", "...", ". . .", "[...]", "(…)"; brackets put a word in, or stand for some; one
letter in brackets changes an initial, and some at the end of a word its ending; "[sic]" and "(emphasis added)" stand
for nothing, and so does who said it, where the quotation is interrupted for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from attrs import frozen

from .tokens import Token, Tokens, read

MOST_REPLACED = 8
"""Words of the text that one pair of brackets may stand for."""

MOST_PLACES = 4000
"""Places of a part that are looked at."""

MOST_MARKS = 100
"""Marks that one quotation may have; what has more is not read as one with marks."""

_ANY = re.compile(r"""[\[(…"“”]|\.[ \u00a0]?\.""")
_ELLIPSIS = re.compile(r"[\[(][ \t]{0,3}(?:…|(?:\.[ \u00a0]?){3,4})[ \t]{0,3}[\])]|…\.?|(?:\.[ \u00a0]?){3,4}")
_SIC = re.compile(r"[\[(][ \t]{0,3}sic[ \t.!]{0,3}[\])]", re.IGNORECASE)
_ASIDE = re.compile(
    r"""[\[(]\s* (?: (?:(?:the|my|our|all|author['’]?s)\s)? (?:emphasis|emphases|italics?|bold|underlining|stress) \b
    [^\])]{0,30} ) [\])]""",
    re.IGNORECASE | re.VERBOSE,
)
_SAYING = (
    "said says added adds told tells wrote writes explained noted continued replied answered recalled stated asked"
)
SAYING = frozenset(_SAYING.split())
_INTERRUPTED = re.compile(
    rf"""(?<=[^\s"“”\[(]) ["”] \s*
    (?P<who> [^"“”]{{0,60}}? \b(?:{"|".join(sorted(SAYING))})\b [^"“”]{{0,60}}? )
    \s* ["“] (?=\S)""",
    re.VERBOSE,
)
_WRITER = "\u2060"
"""Begins what stands in the brackets that are put around words of the writer."""

_ENDING = re.compile(r"(?<![\w\]])([^\W\d_]{2,})\[([^\W\d_]{0,4})\](?!\w)")
_GLUED = re.compile(r"\[(\w{2,})\](?=\w)")
_INITIAL = re.compile(r"\[(\w)\](?=\w)")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@frozen
class Part:
    """What stands between two ellipses: rows of words, and what stands in the brackets between them."""

    rows: tuple[tuple[Token, ...], ...]
    brackets: tuple[str, ...] = ()


@frozen
class PartPosition:
    """Where a part stands: of each row, the first token and the one after the last; None of a row without words."""

    rows: tuple[tuple[int, int] | None, ...]

    @property
    def first(self) -> int:
        """Return the first token."""
        return next(row[0] for row in self.rows if row)

    @property
    def end(self) -> int:
        """Return the token after the last."""
        return next(row[1] for row in reversed(self.rows) if row)


def any_in(quote: str) -> bool:
    """Return whether a quotation has anything that may be an editor's mark."""
    return _ANY.search(quote) is not None


def literally(quote: str) -> tuple[Part, ...]:
    """Return a quotation as one part: its brackets and dots are the speaker's own."""
    row = tuple(Tokens(quote).tokens)
    return (Part((row,)),) if row else ()


def parts(quote: str) -> tuple[Part, ...]:
    """Return the parts of a quotation, its marks read as an editor's. Empty where it has no words."""
    if not any_in(quote):
        return literally(quote)
    plain = _INTERRUPTED.sub(rf" [{_WRITER}\g<who>] ", _ASIDE.sub(" ", _SIC.sub(" ", quote)))
    plain = _GLUED.sub(r"\1", _INITIAL.sub(r"\1", plain))
    endings = {(one[1] + one[2]).lower(): one[0] for one in _ENDING.finditer(plain)}
    plain = _ENDING.sub(r"\1\2", plain)
    found = []
    for piece in _ELLIPSIS.split(plain):
        pieces = _BRACKETS.split(piece)
        rows = tuple(tuple(Tokens(one).tokens) for one in pieces[::2])
        if endings:
            rows = tuple(tuple(one._replace(written=endings.get(one.key, one.written)) for one in row) for row in rows)
        if any(rows):
            found.append(Part(rows, tuple(pieces[1::2])))
    return tuple(found) if sum(len(part.rows) for part in found) <= MOST_MARKS else literally(quote)


def asides(quote: str) -> tuple[str, ...]:
    """Return what stands in a quotation and is the writer's: "(emphasis added)", and who said it."""
    said = [" ".join(match["who"].split()).strip(" ,") for match in _INTERRUPTED.finditer(quote)]
    return (*(match[0] for match in _ASIDE.finditer(quote)), *said)


def is_saying(words: Sequence[Token]) -> bool:
    """Return whether words only tell who speaks: "she said", "said Quell"."""
    others = [token for token in words if token.key not in SAYING]
    return len(others) < len(words) <= 4 and all(
        token.key in ("he", "she", "they", "it", "the") or token.written[0].isupper() for token in others
    ) and bool(others)  # fmt: skip


def stem(token: Token) -> str:
    """Return what stands before the ending that is given in brackets, need[ed]; empty where none is."""
    begun, bracket, _ = token.written.partition("[")
    return begun.lower() if bracket else ""


def keys(row: Iterable[Token]) -> tuple[str, ...]:
    """Return what of tokens is compared."""
    return tuple(token.key for token in row)


def flat(quoted: Iterable[Part]) -> tuple[Token, ...]:
    """Return the words of a quotation in a row, without its marks."""
    return tuple(token for part in quoted for row in part.rows for token in row)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in comparable form."""
    return keys(read(text))


def chains(quoted: Sequence[Part], source: Tokens) -> list[tuple[PartPosition, ...]]:
    """Return where the parts of a quotation stand one after the other: the nearest of each, from the last first on."""
    where = [places(part, source) for part in quoted]
    if not all(where):
        return []
    found: list[tuple[PartPosition, ...]] = []
    at = [0] * len(where)
    for first in where[0]:
        chain = [first]
        for number, row in enumerate(where[1:], start=1):
            while at[number] < len(row) and row[at[number]].first < chain[-1].end:
                at[number] += 1
            if at[number] == len(row):
                return found
            chain.append(row[at[number]])
        if found and len(chain) > 1 and found[-1][1:] == tuple(chain[1:]):
            found.pop()
        found.append(tuple(chain))
    return found


def places(part: Part, source: Tokens) -> list[PartPosition]:
    """Return where a part stands: each of its rows word for word, brackets standing for a few words or for none."""
    longest = max(range(len(part.rows)), key=lambda at: len(part.rows[at]))
    rows = [keys(row) for row in part.rows]
    rooms = [0 if one.startswith(_WRITER) else MOST_REPLACED for one in part.brackets]
    found: list[PartPosition] = []
    for first in islice(source.runs(rows[longest]), MOST_PLACES):
        place = _around(rows, rooms, longest, first, source)
        if place is not None:
            found.append(place)
    return found


def _around(
    rows: Sequence[tuple[str, ...]], rooms: Sequence[int], anchor: int, first: int, source: Tokens
) -> PartPosition | None:
    stands: list[tuple[int, int] | None] = [None] * len(rows)
    stands[anchor] = (first, first + len(rows[anchor]))
    end, room = first + len(rows[anchor]), 0
    for at in range(anchor + 1, len(rows)):
        room += rooms[at - 1]
        if rows[at]:
            following = next(source.runs(rows[at], end, end + room + len(rows[at])), None)
            if following is None:
                return None
            stands[at] = (following, following + len(rows[at]))
            end, room = following + len(rows[at]), 0
    start, room = first, 0
    for at in range(anchor - 1, -1, -1):
        room += rooms[at]
        if rows[at]:
            before = source.last_run(rows[at], start - room - len(rows[at]), start)
            if before is None:
                return None
            stands[at] = (before, before + len(rows[at]))
            start, room = before, 0
    return PartPosition(tuple(stands))


def replaced(part: Part, place: PartPosition, source: Tokens) -> list[tuple[str, int, int]]:
    """Return what stands in each pair of brackets, and which tokens of the text it stands for; none at either end."""
    found = []
    end = None
    for at, row in enumerate(place.rows):
        if at:
            start = end if end is not None else place.first
            inside = part.brackets[at - 1].removeprefix(_WRITER)
            found.append((inside, start, row[0] if row and end is not None else start))
        if row:
            end = row[1]
    return found


def gaps(chain: Sequence[PartPosition]) -> list[tuple[int, int]]:
    """Return which tokens of the text each ellipsis passes over."""
    return [(before.end, after.first) for before, after in pairwise(chain)]
