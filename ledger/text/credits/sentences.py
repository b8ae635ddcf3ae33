"""Credits within a text: who stands beside a cue, and whether it is meant as a credit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from ..spans import Span
from .cues import AFTER_NAMES, BEFORE_NAMES, Asks, Cue, Manner
from .houses import is_common_word, is_listed
from .names import FAR, CreditName, NameReader, names_after, names_before, plain_name
from .words import CAPITAL, MEDIUM, is_day, is_office


@frozen
class Credit:
    """A name as the text has it, the manner, and the span of the words that say so."""

    name: str
    manner: Manner
    span: Span


AHEAD, BEHIND, FURTHEST = 160, 80, 300
"""Characters before a word that a cue needs, and after it, in which it can stand; its reach ends with a line."""

_STEMS = frozenset(stem for cue in (*BEFORE_NAMES, *AFTER_NAMES) for stem in cue.stems)
_SIZES = sorted({len(stem) for stem in _STEMS})
_WORD = re.compile(r"[^\W\d_]{3,}")

_FOLLOWS = re.compile(
    r"\s*\Z|['’]s\b|\s*\n|\s*[^\w\s]|\s+(?:on|in|that|he|she|it|they|we|i|the|a|an|how|of|about|at|this|last|via|by|and"
    r"|for|from|during|after|before|yesterday|today|earlier|later|there|his|her|their|its|when|where|why|what|which|who|if"
    r"|as|but|while|is|was|were|are|had|has|would|will|could|no|not|nobody|some|all|most|many|more|both|only|ahead|here|or"
    r"|with|under|over|one|two|late|early|exclusively|recently|these|those|out|\w+day|\d\S*"
    r"|(?:separate|private|previous|direct|repeated|initial|original|frank|simp|near|earli|main)ly"
    r"|journalists?|reporters?|correspondents?|newspapers?|news|website|TV|podcast|programme|program|show|host|anchor"
    rf"|agency|{MEDIUM})\b|\s+{CAPITAL}"
)
_ENDS_THERE = re.compile(r"\s*(?:\Z|[^\w\s'’&]|\n|for\b|et al|in\b|under\b|on\b)|\s+Editor\b")
_NO_HEARERS = re.compile(
    r"\s+(?:family|headquarters|staff|executives?|employees|board|building|offices?|management|shareholders|bosses"
    r"|chiefs?|viewers|listeners|users|customers|affiliates?)\b"
)
_AN = re.compile(r"\b[Aa]n?\s\Z")
_PERSON = re.compile(rf"(?:{CAPITAL}[\w'’-]+[ \t]+){{1,3}}{CAPITAL}[\w'’-]+\Z")
_THAT = re.compile(r"[^.\n]{0,30}\bthat\b")
_TO_DO = re.compile(r"\s+(?:not\s+)?to\s+[a-z]")
_OWN = re.compile(r"\b(?:its|their)\s+own\b")
_MONEY = re.compile(
    r"\s+(?:\w+day\s+)?(?:an?|its|record|higher|lower|strong|net|quarterly|first|second|third|fourth|full|annual|no|brisk"
    r"|[$€£]?\d)[^,.;\n]*\b(?:revenues?|profits?|loss|losses|earnings|income|deficit|turnover|subscribers|ratings|sales"
    r"|circulation|dividend)\b"
)
_ELSEWHERE = re.compile(rf"\b(?:at|by|of|for|from|in)\s+(?!the\s+(?:year|quarter)){CAPITAL}")
_SPEAKS_OF_ITSELF = re.compile(
    r"\s+(?:in\s+a\s+statement|(?:\w+day\s+)?(?:it|its|he|she|they|their|the\s+company|no)\b)"
)


def credits_within(text: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield the credits that cues tell, cue by cue."""
    places = _places(text)
    for cues, beside in ((BEFORE_NAMES, _following), (AFTER_NAMES, _preceding)):
        for cue in cues:
            for match in _matches(cue, text, places):
                yield from beside(cue, match, text, known)


def _places(text: str) -> Mapping[str, list[int]]:
    """Return where each beginning of a word that cues need stands in a text."""
    places = defaultdict[str, list[int]](list)
    needed: dict[str, tuple[str, ...]] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in needed:
            folded = word.casefold()
            needed[word] = tuple(folded[:size] for size in _SIZES if folded[:size] in _STEMS)
        for stem in needed[word]:
            places[stem].append(match.start())
    return places


def _matches(cue: Cue, text: str, places: Mapping[str, list[int]]) -> Iterator[re.Match[str]]:
    """Yield where a cue stands, looking no further than around the words that it needs."""
    if not cue.stems:
        yield from cue.words.finditer(text)
        return
    done = 0
    for place in sorted({place for stem in cue.stems for place in places.get(stem, ())}):
        if cue.first:
            match = cue.words.match(text, place) if place >= done else None
        else:
            match = cue.words.search(text, max(done, place - AHEAD), _end_of_reach(text, place))
        if match:
            done = match.end()
            yield match


def _end_of_reach(text: str, place: int) -> int:
    end = text.find("\n", place + BEHIND)
    return min(end if end >= 0 else len(text), place + FURTHEST)


def _following(cue: Cue, match: re.Match[str], text: str, known: Collection[str]) -> Iterator[Credit]:
    strict = cue.manner in (Manner.MENTION, Manner.INTERVIEW)
    reader = NameReader(known, strict=strict, weakly=not strict or cue.asks is Asks.HEARER)
    names = names_after(text, match.end(), _line_end(text, match.end()), reader)
    for name in _that_count(cue, names):
        if not _is_meant(cue, match[0], text, name, names[-1].end):
            return
        yield _credit(name, cue.manner, match.start(), name.end)


def _is_meant(cue: Cue, words: str, text: str, name: CreditName, end: int) -> bool:
    """Return whether what stands after a name lets it be one that is credited."""
    if cue.asks is Asks.HEARER:
        return _hears(text, name, words)
    if name.house:
        return True
    if cue.manner in (Manner.MENTION, Manner.INTERVIEW):
        an = _AN.search(text, max(0, name.start - 4), name.start)
        return an is None and _FOLLOWS.match(text, name.end) is not None
    return _ENDS_THERE.match(text, end) is not None


def _preceding(cue: Cue, match: re.Match[str], text: str, known: Collection[str]) -> Iterator[Credit]:
    end = match.start()
    if cue.asks is Asks.PERSON:
        before = _PERSON.search(text, max(0, end - FAR), end)
        person = plain_name(before[0]) if before else None
        if person:
            yield Credit(person, cue.manner, Span(end - len(person), match.end()))
        return
    clause = text[match.end() : match.end() + FAR].split(". ")[0]
    if cue.manner is Manner.MENTION and _of_itself(match.groupdict().get("verb") or "", clause):
        return
    weakly = cue.manner is not Manner.MENTION or _THAT.match(clause) is not None
    for name in names_before(text, end, NameReader(known, weakly=weakly)):
        yield _credit(name, cue.manner, name.start, match.end())


def _that_count(cue: Cue, names: list[CreditName]) -> list[CreditName]:
    houses = [name for name in names if name.house]
    if cue.asks is Asks.PERSON:
        return names[:1] if names and names[0].person else []
    if cue.asks is Asks.HEARER:
        return houses[:1] if names and names[0].house else []
    if cue.manner is Manner.MENTION and names and (is_day(names[0].text) or _is_of_an_office(names)):
        return []
    if houses or cue.asks is Asks.HOUSE:
        return houses
    return names[:1]


def _is_of_an_office(names: list[CreditName]) -> bool:
    """Return whether the first of some names is part of what an office is of: *Trade* and Industry Minister Roa."""
    if len(names) < 2 or names[0].house or names[1].start - names[0].end != len(" and "):
        return False
    words = names[1].text.split()
    return not is_office(words[0]) and any(is_office(word) for word in words[1:-1])


def _credit(name: CreditName, manner: Manner, start: int, end: int) -> Credit:
    manner = Manner.PHOTO if name.picture and manner.whole else manner
    return Credit(name.text.lstrip("@"), manner, Span(min(start, name.start), max(end, name.end)))


def _hears(text: str, name: CreditName, told: str) -> bool:
    """Return whether a house is told something: not what it has to do, nor is it part of "the Hill family"."""
    if _TO_DO.match(text, name.end):
        return not told.strip().lower().startswith("t")
    if is_listed(name.text) and not is_common_word(name.text):
        return _NO_HEARERS.match(text, name.end) is None
    return _FOLLOWS.match(text, name.end) is not None


def _of_itself(verb: str, clause: str) -> bool:
    """Return whether a house speaks of its own affairs: "reported a 5% rise in its own revenue"."""
    if _OWN.search(clause):
        return True
    if verb in ("said", "says", "say"):
        return _SPEAKS_OF_ITSELF.match(clause) is not None
    money = _MONEY.match(clause)
    return money is not None and not _ELSEWHERE.search(clause)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + FAR)
    return end if end >= 0 else min(len(text), at + FAR)
