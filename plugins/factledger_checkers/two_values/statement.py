"""What a claim says, apart by sort: names, numbers, dates, the words for the rest, and whether it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs

from ledger.dates import DateExpression, Edtf, ExpressionKind, expressions
from ledger.text import Quantity, QuantityKind, Span, quantities, read_once, sentences

from .lexicon import HEDGED, LIGHT, LITTLE, MODAL, NEGATORS, PARTIAL, PAST, PRONOUNS, STATES, UNSURE, base, pole
from .names import NameInContext, words_and_names

KEY_WORDS = 3
"""Words, names among them, that two claims have to share to meet; of claims that have no more, two."""

TELLING = 5
"""Words of a claim of which any KEY_WORDS are a key: its names first, then the longest."""

LONGEST = 1000
"""Characters of a claim that are read."""

_INDEFINITE = re.compile(r"\W*(?:an?|some|many|several|it|there|two|three|one|people|police)\b", re.I)
_NOT = re.compile(r"n['’]t$")
_JOINING = frozenset(("and", "or", "nor", "but"))
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_QUANTIFIERS = frozenset("some most many few several half all every".split())
_WHICH_ONE = frozenset({QuantityKind.NAME, QuantityKind.YEAR, QuantityKind.DECADE})
_WAYS = frozenset(("to", "by", "from"))
_PER = re.compile(r"\b(?:an?|per|each|every) (second|minute|hour|day|night|week|month|quarter|year|decade)\b", re.I)
_RANK_BEFORE = ("finished", "came", "ranked")
_RANK_AFTER = re.compile(r"\W*(?:\w+est|most|least|place|in)\b", re.I)


@attrs.frozen
class CountedNumber:
    """A number, and the word for what it counts, "" where none follows or it has a unit.

    `way` is "to", "by" or "from" where that stands before it: to fall to 60 is not to fall by 15. `per` is the time
    that it is for: 20 a day are not 20 a week.
    """

    quantity: Quantity
    of: str
    way: str
    per: str


@attrs.frozen(cache_hash=True)
class Statement:
    """What a claim says.

    `words` are those that say something, each as the word for all that mean the same; of two opposites they have one,
    and `turned` is whether the claim says the other way round, by an opposite or by a denial: `opposed` are the words
    that have an opposite, `denies` tells that there is a denial. `numbered` are names with numbers in them
    ("highway5"), ordinals, years and weekdays that tell one thing from another.

    `open` claims say of a part, of what recurs, or more than one thing: no denial or date of theirs is held against
    another's. `unsure` ones say what may be, or ask. `pronoun` claims leave open whom they speak of; those that are not
    `definite` ("a man was ...") of which.
    """

    words: frozenset[str]
    names: tuple[NameInContext, ...]
    numbers: tuple[CountedNumber, ...]
    numbered: frozenset[str]
    dates: tuple[DateExpression, ...]
    turned: bool
    denies: bool
    opposed: frozenset[str]
    done: frozenset[str]
    open: bool
    unsure: bool
    pronoun: bool
    definite: bool

    @property
    def keys(self) -> Iterator[str]:
        """Yield what claims about the same thing have in common with this one: each some of its most telling words."""
        telling = [name.words[-1] for name in self.names] + sorted(self.words - LIGHT, key=lambda one: (-len(one), one))
        kept = list(dict.fromkeys(telling))[:TELLING]
        for size in (2, KEY_WORDS) if len(kept) <= KEY_WORDS else (KEY_WORDS,):
            for some in combinations(kept, size):
                yield " ".join(sorted((*some, *self.numbered)))


def statement(text: str, said: Edtf | None = None) -> Statement:
    """Return what a text says; `said` is the day that "yesterday" counts from."""
    return _statement(text[:LONGEST], said)


@read_once
def _statement(text: str, said: Edtf | None) -> Statement:
    partial = PARTIAL.search(text) is not None
    text = HEDGED.sub(lambda found: " " * len(found[0]), text)
    dates = [
        one
        for one in expressions(text, reference=said)
        if one.kind in (ExpressionKind.DATE, ExpressionKind.RANGE, ExpressionKind.SET)
    ]
    found = [one for one in quantities(text, "en") if not any(_overlap(one.span, date.span) for date in dates)]
    numbers, which_one = _sorted_out(text, found)
    taken = [*(one.span for one in dates), *(one.span for one in found if not one.loose or one.parts)]
    words, names = words_and_names(text, taken)
    denials = _denials(words)
    meant = [_meant(words, at) for at in range(len(words))]
    opposed = {one for one in meant if one[1] is not None and one[0] != "true"}
    recurring = {one.words.lower() for one in dates if one.kind is ExpressionKind.SET}
    recurring |= {word for word in words if word.rstrip("s") in _WEEKDAYS}
    poles = frozenset(word for word, _ in opposed)
    part = partial or (denials > 0 and not _QUANTIFIERS.isdisjoint(words[:2]))
    return Statement(
        words=frozenset(word for word, _ in meant) - {"", "true"},
        names=tuple(names),
        numbers=numbers,
        numbered=which_one | recurring,
        dates=tuple(one for one in dates if one.kind is not ExpressionKind.SET),
        turned=(sum(opposite is True for _, opposite in opposed) + denials) % 2 == 1,
        denies=denials > 0,
        opposed=poles,
        done=frozenset(
            word for (word, _), written in zip(meant, words, strict=True) if written.endswith("ed") or written in PAST
        )
        - {""},
        open=part or bool(recurring) or len(poles) < len(opposed) or len(sentences(text, "en")) > 1,
        unsure=not MODAL.isdisjoint(words) or UNSURE.search(text) is not None,
        pronoun=not (names or PRONOUNS.isdisjoint(words[:3])) or words[:1] == ["says"],
        definite=_INDEFINITE.match(text) is None,
    )


def _meant(words: Sequence[str], at: int) -> tuple[str, bool | None]:
    """Return the word under which a word is compared, "" for none, and whether it is the opposite of that one."""
    word = words[at]
    if word in LITTLE or word in NEGATORS or word in MODAL or _NOT.search(word):
        return "", None
    found = base(word)
    tells_apart = found in STATES and at + 1 < len(words) and words[at + 1] not in LITTLE
    return (None if tells_apart else pole(found)) or (found, None)


def _denials(words: Sequence[str]) -> int:
    """Return how many words deny the claim; "and not" goes on with a denial that there is, "voted against" is one."""
    found = 0
    for at, word in enumerate(words):
        false = word in ("false", "untrue") and "that" in words[at : at + 3]
        goes_on = found and not _JOINING.isdisjoint(words[max(0, at - 3) : at])
        voted = word == "against" and at > 0 and base(words[at - 1]) == "vote"
        found += (false or voted or word in NEGATORS or _NOT.search(word) is not None) and not goes_on
    return found


def _sorted_out(text: str, found: Sequence[Quantity]) -> tuple[tuple[CountedNumber, ...], frozenset[str]]:
    """Return the numbers that say how much, and those that say which one."""
    numbers, which_one = [], set()
    for one in found:
        ordinal = one.kind is QuantityKind.ORDINAL
        ranks = ordinal and (
            _RANK_AFTER.match(text, one.span.end) is not None
            or text[max(0, one.span.start - 20) : one.span.start].rstrip().endswith(_RANK_BEFORE)
        )
        if one.kind in _WHICH_ONE or (ordinal and not ranks):
            which_one.add(one.key or str(one.low))
        elif ranks or not one.loose or one.parts:
            before = text[max(0, one.span.start - 20) : one.span.start].lower().split()[-2:]
            way = next((word for word in before if word in _WAYS), "")
            per = _PER.search(text, one.span.end)
            numbers.append(CountedNumber(one, "" if one.unit else base(one.noun), way, per[1].lower() if per else ""))
    return tuple(numbers), frozenset(which_one)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
