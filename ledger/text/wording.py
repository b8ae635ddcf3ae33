"""The words of a text as they are compared with another's: the writer's own, folded and numbered.

Words inside quotation marks are left out: two reports may quote one speech without
knowing of each other. So is what is no part of a report: what web pages put around a
text (cookies, newsletters, rights), and paragraphs that only say what some body is
and does. The rules for these know English; what they miss is compared like the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b

from attrs import field, frozen

from .quotations import quoted
from .spans import Span

RUN = 5
"""Words in a run that is taken as a whole. Of two reports of one event, few share any by chance."""

WINDOW = 4
"""Of so many neighbouring runs the least is kept, so that a passage of RUN + WINDOW - 1 words always shows."""

VOCABULARY = 1 << 16
"""Words whose folded form is kept at hand."""

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_FURNITURE = (
    "cookie", "newsletter", "subscribe", "subscription", "sign up", "log in to", "all rights reserved", "copyright",
    "privacy policy", "terms of use", "terms of service", "follow us", "read more", "advertisement", "©",
)  # fmt: skip
_DESCRIBES = re.compile(
    r"\b(?:(?:is|are) (?:an?|the|one of)|runs|operates|provides|publishes|represents|employs|owns|"
    r"founded|established|headquartered|based in|non-?profit)\b"
)
_QUOTES = '"“”„‟«»＂'
_CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December"
).split()
_REPORTS = re.compile(
    rf"\b(?:said|says|told|announced|reported|was|were|had|today|yesterday|tomorrow|tonight|{'|'.join(_CALENDAR)})\b"
)
_STARTS = frozenset(("", ".", "!", "?", "“", '"', ".”", '."'))
_FUNCTION = frozenset(
    """
    a about after again against ago all also am among an and any are as at away be became because become been before
    being below between both but by can could did do does down during each either else even ever every few for from
    had has have having he her here hers him himself his how however i if in into is it its itself just last later
    least less like made make many may me might more most much must my neither never next no nor not now of off often
    on once one only onto or other our out over own per said same say saying says she should since so some still such
    than that the their them then there these they this those though through thus to told too toward towards two under
    until up upon us very was we were what when where whether which while who whom whose why will with within without
    would yet you your according nobody none cannot
    """.split()
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
        """.split()
    )
} | {
    word: str(number)
    for number, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_SMALL = frozenset(map(str, range(13)))
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "ly", "ion")
_STEM = 4


@frozen
class Word:
    """What is compared of a word: its number, its stem's; it says something if it is no name, date or little word."""

    number: int
    stem: int
    says: bool
    names: bool
    counts: bool


@frozen(slots=False)
class Wording:
    """The own words of `text`: what each is, where it stands, and where a run may not cross (`cuts`, by index)."""

    text: str
    words: tuple[Word, ...]
    places: tuple[tuple[int, int], ...]
    cuts: frozenset[int]
    taken_from: Wording | None = field(default=None, repr=False, eq=False)

    @property
    def whole(self) -> Wording:
        """The wording that this one was before anything was taken out: a share is one of that."""
        return self.taken_from or self

    def span(self, start: int, stop: int) -> Span:
        """Return where the words from one index up to another stand."""
        return Span(self.places[start][0], self.places[stop - 1][1])

    @cached_property
    def runs(self) -> tuple[int | None, ...]:
        """The number of the run that begins at each word; None where it would cross a cut or the end."""
        numbers = [word.number for word in self.words]
        runs: list[int | None] = list(map(hash, zip(*(numbers[at:] for at in range(RUN)), strict=False)))
        runs += [None] * (len(numbers) - len(runs))
        for cut in self.cuts:
            runs[max(0, cut - RUN + 1) : cut] = [None] * min(cut, RUN - 1)
        return tuple(runs)

    @cached_property
    def names(self) -> frozenset[int]:
        """Its names and numerals above twelve, by number. Days, months and capitals that begin a sentence are none."""
        text = self.text
        return frozenset(
            word.number
            for word, (start, _) in zip(self.words, self.places, strict=True)
            if word.names and (text[start].isdigit() or text[max(0, start - 2) : start].strip() not in _STARTS)
        )

    def without(self, runs: Collection[int]) -> Wording:
        """Return the wording without the words of these runs: of a notice that many carry, say."""
        gone = {at + step for at, run in enumerate(self.runs) if run in runs for step in range(RUN)}
        if not gone:
            return self
        kept = [at for at in range(len(self.words)) if at not in gone]
        cuts = {new for new, at in enumerate(kept) if new and (at in self.cuts or at - 1 in gone)}
        return Wording(
            self.text,
            tuple(self.words[at] for at in kept),
            tuple(self.places[at] for at in kept),
            frozenset(cuts),
            self.whole,
        )

    @cached_property
    def threes(self) -> tuple[int | None, ...]:
        """The number of the three stems that begin at each word; None where they say nothing or cross a cut."""
        words = self.words
        return tuple(
            hash((one.stem, two.stem, three.stem))
            if (one.says or two.says or three.says) and not self.cuts.intersection((at + 1, at + 2))
            else None
            for at, (one, two, three) in enumerate(zip(words, words[1:], words[2:], strict=False))
        )

    @cached_property
    def traces(self) -> frozenset[int]:
        """Its threes, each once: what is left when a text is rewritten."""
        return frozenset(three for three in self.threes if three is not None)


def wording(text: str) -> Wording:
    """Return the own words of a text: those outside quotation marks, of the report itself."""
    words: list[Word] = []
    places: list[tuple[int, int]] = []
    cuts: set[int] = set()
    start = 0
    for left in _left_out(text):
        _take(text, start, left.start, words, places)
        cuts.add(len(words))
        start = left.end
    _take(text, start, len(text), words, places)
    return Wording(text, tuple(words), tuple(places), frozenset(cuts - {0, len(words)}))


def _take(text: str, start: int, end: int, words: list[Word], places: list[tuple[int, int]]) -> None:
    found = list(_WORD.finditer(text, start, end))
    words += [_word(match[0]) for match in found]
    places += [match.span() for match in found]


def _left_out(text: str) -> list[Span]:
    """Return what is not the writer's own, in order, none inside another."""
    found = list(quoted(text)) if any(mark in text for mark in _QUOTES) else []
    if _DESCRIBES.search(text):
        found += [line for line in _lines(text) if _is_description(line.of(text))]
    if _is_furniture(text):
        found += [line for line in _lines(text) if _is_furniture(line.of(text))]
    kept: list[Span] = []
    for span in sorted(found):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(span.end, kept[-1].end))
        else:
            kept.append(span)
    return kept


def _is_description(line: str) -> bool:
    """Return whether a line is no part of the report, but says what some body is and does."""
    return _DESCRIBES.search(line) is not None and _REPORTS.search(line) is None


def _is_furniture(text: str) -> bool:
    lower = text.lower()
    return any(words in lower for words in _FURNITURE)


def _lines(text: str) -> Iterator[Span]:
    offset = 0
    for line in text.splitlines(keepends=True):
        yield Span(offset, offset + len(line))
        offset += len(line)


@lru_cache(VOCABULARY)
def _word(written: str) -> Word:
    folded = written.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.replace("’", "'"))
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    folded = _NUMBERS.get(folded, folded).replace(",", "").removesuffix("'s")
    capital, little = written[0].isupper(), folded in _FUNCTION or folded.endswith("n't")
    says = len(folded) > 2 and not (little or capital or folded.isdigit())
    names = (capital and not little and written not in _CALENDAR) or (folded.isdigit() and folded not in _SMALL)
    return Word(_number(folded), _number(_stem(folded)), says, names, folded.isdigit())


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word.removesuffix(ending)
            break
    word = word.rstrip("ey") if len(word) > _STEM else word
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] else word


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


def stems(text: str, *, numerals: bool = True) -> frozenset[int]:
    """Return the stems of all words of a text that say, name or count something, those it quotes among them."""
    words = (_word(match[0]) for match in _WORD.finditer(text))
    return frozenset(word.stem for word in words if (numerals if word.counts else word.says or word.names))


def fingerprints(words: Wording) -> frozenset[int]:
    """Return numbers by which texts with passages in common are found: signed, of 64 bits.

    Two texts that share RUN + WINDOW - 1 own words in a row have one in common (winnowing: Schleimer,
    Wilkerson and Aiken, 2003). An article of 400 words has some 140.
    """
    runs = [run for run in words.runs if run is not None]
    if len(runs) < WINDOW:
        return frozenset(runs)
    return frozenset(map(min, zip(*(runs[at:] for at in range(WINDOW)), strict=False)))
