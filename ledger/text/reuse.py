"""Whether one text takes its words, or what it tells and how, from another.

Three looks. *Copied*: passages stand in both word for word, too many or too long for chance. *Quoted*: the one has as
its own words what the other has in quotation marks. *Rewritten*: the words were changed, but what is left of them keeps
the same company, more than with two who report one event on their own.

It says nothing of who took from whom, nor that what two texts share is true. What both quote, what web pages put around
a text, and a last paragraph that both end with and nothing else ("about the company") do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from math import sqrt

from attrs import frozen

from .languages import tag_of
from .passages import FEW_NAMES, CommonPassage, is_paragraph, passages, related
from .sentences import sentences
from .spans import Span
from .wording import RUN, Wording

COPIED_SHARE = 0.15
"""Of the shorter text's own words, in passages of both."""

COPIED_WORDS = 16
"""Own words in a row that nobody writes twice; and in all, the fewest that show copying."""

COPIED_SHORT = 0.6
"""Of a text that is not much longer than that, what shows it."""

TAIL = 0.6
"""Where in a text its end begins: there stands what has nothing to do with the report ("about the company")."""

TAIL_SHARE = 0.3
"""Of the shorter text, what both may have in common at the end and still be no sign of copying."""

MUCH = 0.4
"""Of the shorter text, what is copying whatever the texts name."""

MUCH_WORDS = 40
"""Fewest words of that: forms are short."""

LIKE = 0.25
"""How like long texts of two who write of one event on their own hardly ever are."""

CHANCE = 3.0
"""What chance adds to that, in words: this much by the words of the shorter text."""

FEWEST = 20
"""Own words of a text that is too short to be told as rewritten."""

FORM = 0.3
"""Of the names and numerals of the text that has fewer, those in both, in texts that are not one form filled twice."""

UNSURE = 0.6
"""Of the likeness that shows rewriting, what leaves it open."""

TRACED = 0.18
"""Of the three-word runs of the text that has fewer, by their stems, those in both, which settle what is open."""

UNSURE_WORDS = 9
"""Own words in a row that leave it open whether they were copied."""

ALIKE = 0.5
"""Of what the shorter of two sentences says, what the other says in the same words, to be shown as a passage."""


class ReuseKind(StrEnum):
    """How one text hangs together with another: `UNSURE` is neither shown nor excluded."""

    COPIED = "copied"
    QUOTES = "quotes"
    QUOTED = "quoted"
    REWRITTEN = "rewritten"
    UNSURE = "unsure"
    NONE = "none"


@frozen
class Reuse:
    """How two texts hang together; true if the one is shown to take from the other, or both from a third.

    `share` is between 0 and 1: of the first text's own words those in `passages` (copied, quoted), of what it quotes
    those in them (quotes), or of what it says the words that stand in the second (rewritten, unsure). A passage is
    (span in the first text, span in the second): the longest first, or the sentences most alike.
    """

    kind: ReuseKind
    share: float
    passages: tuple[tuple[Span, Span], ...]

    def __bool__(self) -> bool:
        return self.kind not in (ReuseKind.NONE, ReuseKind.UNSURE)

    @property
    def measure(self) -> str:
        """What was measured, in words: "83% of its own words, in 12 passages"."""
        count = len(self.passages)
        match self.kind:
            case ReuseKind.COPIED:
                return f"{self.share:.0%} of its own words, in {count} {'passage' if count == 1 else 'passages'}"
            case ReuseKind.QUOTES:
                return "it has in quotation marks what the other has as its own words"
            case ReuseKind.QUOTED:
                return "it has as its own words what the other has in quotation marks"
            case ReuseKind.REWRITTEN:
                return f"{self.share:.0%} of its telling words, near one another as there, the rest in other words"
            case ReuseKind.UNSURE:
                return "more in common than two who write on their own have as a rule"
        return "no passage in common"


NOTHING = Reuse(ReuseKind.NONE, 0.0, ())


def reuse(one: Wording, other: Wording) -> Reuse:
    """Return what the first text shares with the second."""
    common = list(passages(one, other))
    if notice := _at_the_end(one, other, common):
        one, other = one.without(notice), other.without(notice)
        common = list(passages(one, other))
    return _copied(one, other, common) or _quoted(one, other) or _rewritten(one, other, common)


def _at_the_end(one: Wording, other: Wording, common: Sequence[CommonPassage]) -> set[int]:
    """Return the runs of paragraphs near the end of both, if these are little of the text."""
    late = [each for each in common if each.here >= TAIL * len(one.words) and each.there >= TAIL * len(other.words)]
    if sum(each.length for each in late) >= TAIL_SHARE * min(len(one.words), len(other.words)):
        return set()
    ends = [each for each in late if len(late) == len(common) or is_paragraph(one, each)]
    return {run for each in ends for run in one.runs[each.here : each.here + each.length - RUN + 1] if run is not None}


def likeness(one: Wording, other: Wording) -> float:
    """Return how alike two texts are in what they say and which of it stands together: between 0 and 1.

    The geometric mean of two shares of the text that has less: of its vocabulary, and of the company its words keep.
    """
    return sqrt(_contained(one.vocabulary, other.vocabulary) * _contained(one.company, other.company))


def _contained(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _copied(one: Wording, other: Wording, common: Sequence[CommonPassage]) -> Reuse:
    found = [each for each in common if _tells(one, each)]
    words = sum(each.length for each in found)
    shorter = min(len(one.whole.words), len(other.whole.words))
    longest = max((each.length for each in found), default=0)
    if not found or words < min(COPIED_WORDS, COPIED_SHORT * shorter):
        return NOTHING
    if words < COPIED_SHARE * shorter and longest < COPIED_WORDS:
        return NOTHING
    much = words >= MUCH_WORDS and words >= MUCH * shorter
    if not much and max(_names(one, each) for each in found) < FEW_NAMES and not related(one, other):
        return NOTHING
    ordered = sorted(found, key=lambda each: -each.length)
    return Reuse(ReuseKind.COPIED, words / len(one.whole.words), tuple(each.spans(one, other) for each in ordered))


def _names(one: Wording, passage: CommonPassage) -> int:
    """Return how many names and numerals are in a passage: many make up for the rest, where each goes on to others."""
    words = one.words[passage.here : passage.here + passage.length]
    return len({word.number for word in words} & one.names)


def _tells(one: Wording, passage: CommonPassage) -> bool:
    """Return whether a passage says something besides names, dates and little words."""
    return sum(word.says for word in one.words[passage.here : passage.here + passage.length]) >= 2


def _quoted(one: Wording, other: Wording) -> Reuse:
    """Return what the one has as its own words and the other quotes."""
    for kind, here, there in ((ReuseKind.QUOTED, one, other.quotes), (ReuseKind.QUOTES, one.quotes, other)):
        found = [each for each in passages(here, there) if each.length >= COPIED_WORDS and _tells(here, each)]
        if found:
            words = sum(each.length for each in found)
            ordered = sorted(found, key=lambda each: -each.length)
            return Reuse(kind, words / len(here.whole.words), tuple(each.spans(here, there) for each in ordered))
    return NOTHING


def _rewritten(one: Wording, other: Wording, common: Sequence[CommonPassage]) -> Reuse:
    shorter = min(len(one.words), len(other.words))
    if shorter < FEWEST:
        return NOTHING
    like, least = likeness(one, other), LIKE + CHANCE / shorter
    share = len(one.vocabulary & other.vocabulary) / max(1, len(one.vocabulary))
    traced = _contained(one.traces, other.traces) >= TRACED and like >= UNSURE * least
    if (like >= least or traced) and not _is_form(one, other):
        return Reuse(ReuseKind.REWRITTEN, share, tuple(_alike(one, other)))
    if like >= UNSURE * least or any(each.length >= UNSURE_WORDS and _tells(one, each) for each in common):
        return Reuse(ReuseKind.UNSURE, share, ())
    return NOTHING


def _is_form(one: Wording, other: Wording) -> bool:
    """Return whether both name enough, and hardly anything that the other names."""
    fewer = min(len(one.names), len(other.names))
    return fewer >= FEW_NAMES and len(one.names & other.names) < FORM * fewer


def _alike(one: Wording, other: Wording) -> Iterator[tuple[Span, Span]]:
    """Yield sentences of the one and of the other that share most, each at most once."""
    here, there = _sentences(one), _sentences(other)
    pairs = [(len(a & b) / min(len(a), len(b)), x, y) for x, a in here.items() for y, b in there.items() if a and b]
    left, right = set(here), set(there)
    for alike, x, y in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= ALIKE and x in left and y in right:
            left.remove(x)
            right.remove(y)
            yield x, y


def _sentences(words: Wording) -> dict[Span, frozenset[int]]:
    """Return the sentences of a text with the stems that say something in them."""
    found, at = {}, 0
    for span in sentences(words.text, tag_of(words.text)):
        start = at
        while at < len(words.places) and words.places[at][0] < span.end:
            at += 1
        found[span] = frozenset(word.stem for word in words.words[start:at] if word.says)
    return found
