"""The words of a text as they are compared with another's: the writer's own, apart from those that it quotes.

Two reports may quote one speech without knowing of each other, so words inside quotation marks are kept apart. What is
no part of the report (`furniture`) is left out of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import or_, xor

from attrs import field, frozen

from .furniture import furniture
from .languages import language, tag_of
from .quotations import quoted
from .spans import Span
from .vocabulary import WORD, Word, word

RUN = 5
"""Words in a run that is taken as a whole. Of two reports of one event, few share any by chance."""

WINDOW = 4
"""Of so many neighbouring runs the least is kept, so that a passage of RUN + WINDOW - 1 words always shows."""

OFTEN = 3
"""A word that stands more often in a text is what the text is about, or a little word: it tells two texts of one
event from nothing."""

REACH = 12
"""Words that tell something keep company with so many of the next ones. Turned, joined and split sentences, and other
words for half of them, leave much of it; it matters little between 8 and 24."""

_QUOTES = '"“”„‟«»＂「『'
_STARTS = frozenset(("", ".", "!", "?", "“", '"', ".”", '."'))


@frozen(slots=False)
class Wording:
    """The own words of `text`: what each is, where it stands, and where a run may not cross (`cuts`, by index).

    `said` is where it quotes somebody.
    """

    text: str
    words: tuple[Word, ...]
    places: tuple[tuple[int, int], ...]
    cuts: frozenset[int]
    said: tuple[Span, ...] = ()
    taken_from: Wording | None = field(default=None, repr=False, eq=False)

    @property
    def whole(self) -> Wording:
        """The wording that this one was before anything was taken out: a share is one of that."""
        return self.taken_from or self

    @cached_property
    def quotes(self) -> Wording:
        """The words that the text has in quotation marks, as a wording of their own."""
        return _of(self.text, self.said)

    @cached_property
    def language(self) -> str | None:
        """The language it is written in, as far as its words show (see `languages.language`)."""
        return language(self.text)

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
    def distinct(self) -> frozenset[int]:
        """Its runs, each once."""
        return frozenset(run for run in self.runs if run is not None)

    @cached_property
    def begins(self) -> Mapping[int, Sequence[int]]:
        """Where each run begins, in order."""
        places: dict[int, Sequence[int]] = {}
        for at, run in enumerate(self.runs):
            if run is not None:
                places[run] = (*places[run], at) if run in places else (at,)
        return places

    @cached_property
    def names(self) -> frozenset[int]:
        """Its names and numerals above twelve, by number. Days, months and capitals that begin a sentence are none."""
        text = self.text
        return frozenset(
            word.number
            for word, (start, _) in zip(self.words, self.places, strict=True)
            if word.names and (text[start].isdigit() or text[max(0, start - 2) : start].strip() not in _STARTS)
        )

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """Its words that say, name or count something, in order; without those that stand there often."""
        words = [word for word in self.words if word.says or word.names or word.counts]
        count = Counter(word.stem for word in words)
        return tuple(word for word in words if count[word.stem] <= OFTEN)

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        """The stems of what it says, names and numbers apart."""
        return frozenset(word.stem for word in self.telling if word.says)

    @cached_property
    def company(self) -> frozenset[int]:
        """Which of its telling words stand near which, whatever their order; two names, or figures, are no company."""
        stems, says = [word.stem for word in self.telling], [word.says for word in self.telling]
        found = set[int]()
        for step in range(1, REACH + 1):
            found.update(compress(map(xor, stems, stems[step:]), map(or_, says, says[step:])))
        return frozenset(found)

    @cached_property
    def traces(self) -> frozenset[int]:
        """Its runs of three stems that say something: what is left of its sentences when some words are changed."""
        words = self.words
        return frozenset(
            hash((one.stem, two.stem, three.stem))
            for at, (one, two, three) in enumerate(zip(words, words[1:], words[2:], strict=False))
            if (one.says or two.says or three.says) and not self.cuts.intersection((at + 1, at + 2))
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
            self.said,
            self.whole,
        )


def wording(text: str) -> Wording:
    """Return the own words of a text: those outside quotation marks, of the report itself."""
    said = quoted(text, tag_of(text)) if any(mark in text for mark in _QUOTES) else ()
    own, start = [], 0
    for left in sorted([*said, *furniture(text)]):
        if left.end > start:
            own.append(Span(start, max(start, left.start)))
            start = left.end
    return _of(text, [*own, Span(start, len(text))], said)


def _of(text: str, spans: Iterable[Span], said: tuple[Span, ...] = ()) -> Wording:
    """Return the words in these parts of a text; no run crosses from one to the next."""
    words: list[Word] = []
    places: list[tuple[int, int]] = []
    cuts: set[int] = set()
    for span in spans:
        cuts.add(len(words))
        found = list(WORD.finditer(text, span.start, span.end))
        words += [word(match[0]) for match in found]
        places += [match.span() for match in found]
    return Wording(text, tuple(words), tuple(places), frozenset(cuts - {0, len(words)}), said)


def fingerprints(words: Wording) -> frozenset[int]:
    """Return numbers by which texts with passages in common are found: signed, of 64 bits.

    Two texts that share RUN + WINDOW - 1 own words in a row have one in common (winnowing: Schleimer,
    Wilkerson and Aiken, 2003). An article of 400 words has some 140.
    """
    runs = [run for run in words.runs if run is not None]
    if len(runs) < WINDOW:
        return frozenset(runs)
    return frozenset(map(min, zip(*(runs[at:] for at in range(WINDOW)), strict=False)))
