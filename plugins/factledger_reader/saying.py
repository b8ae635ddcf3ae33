"""What an attribution is, and a verb that may make one."""

from __future__ import annotations

from attrs import frozen

from .phrases import Phrases
from .verbs import Words

LEFT = frozenset(("quote-before", "turned-round", "clause-before"))
"""Forms whose words stand before the verb, so that nothing after it is part of them."""

LEAST = 3
"""Words of what is said, where no marks show that it is."""


@frozen
class Attribution:
    """Numbers of words, (first, end) each: who says it, the words that say so, and what is said, in one piece or two.

    `source` is None where nobody is named: "saying that …". `inner` are further voices, the nearest first; `form` is
    the form of the sentence by which it was read.
    """

    source: Words | None
    cue: Words
    content: tuple[Words, ...]
    form: str
    inner: tuple[Words, ...] = ()


@frozen
class Verb:
    """A verb at the word `at`, its helpers from `group` on, what it `takes`, and what was read before it.

    `free` is the first word that no attribution before it has taken, `spoke` whoever spoke in it.
    """

    at: int
    group: int
    word: str
    takes: frozenset[str]
    free: int
    spoke: Words | None

    @property
    def cue(self) -> Words:
        return self.group, self.at + 1

    @property
    def after(self) -> int:
        return self.at + 1

    @property
    def is_participle(self) -> bool:
        """Whether it stands in its form in -ing, without a helper."""
        return self.word.endswith("ing") and self.group == self.at


def length(words: Words | None) -> int:
    """Return how many words there are."""
    return 0 if words is None else words[1] - words[0]


def speaker_before(phrases: Phrases, verb: Verb) -> Words | None:
    """Return who stands before a verb, or who spoke before where the sentence goes on with them; None for nobody."""
    low = phrases.passage.low
    if verb.group == 0:
        return None
    going_on = verb.spoke or phrases.leading(None if verb.is_participle else verb.at)
    if verb.is_participle:
        own = phrases.absolute(verb.at)
        if own is not None:
            return own if phrases.speaks(own, verb.takes) else None
        return going_on
    before = low[verb.group - 1]
    if verb.spoke is not None and before in phrases.lexicon["going_on"]:
        return verb.spoke
    subject = phrases.noun_phrase(verb.group)
    if subject is None:
        return going_on if before in ("and", "but") else None
    return subject if phrases.speaks(subject, verb.takes) else None
