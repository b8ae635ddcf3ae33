"""The verbs of a passage, as far as who speaks needs them: their helpers, and the nouns that look like them."""

from __future__ import annotations

from .lexicon import Lexicon
from .passages import TextPassage

Words = tuple[int, int]
"""Words of a passage: the number of the first, and of the one after the last."""

_WENT_ON_TO = frozenset(("on",))


class VerbPhrases:
    """A passage, asked for the verb that stands at a word."""

    def __init__(self, passage: TextPassage, lexicon: Lexicon) -> None:
        self.passage = self._p = passage
        self.lexicon = self._lex = lexicon
        self._low, self._words, self._inside = passage.low, passage.words, passage.inside
        self._end = len(passage)
        self._closing = {end - 1: (first, end) for first, end in passage.quotes}
        self._opening = {first: (first, end) for first, end in passage.quotes}

    def group(self, at: int) -> int:
        """Return the first word of the verb with its helpers: "has also said"."""
        lex, low = self._lex, self._low
        group = at
        while group and not self._inside[group - 1]:
            word = low[group - 1]
            if any(word in lex[kind] for kind in ("auxiliaries", "adverbs", "negations")) or (
                self._words[group - 1].islower() and is_adverb(word, lex)
            ):
                group -= 1
            elif low[group - 1] in self._lex["days"] or (
                word in self._lex["stretches"] and group > 1 and low[group - 2] in ("last", "this")
            ):
                group -= 1 if low[group - 1] in self._lex["days"] else 2
            elif word in _WENT_ON_TO and group > 1 and low[group - 2] in self._lex["went_on"]:
                group -= 2
            elif word == "to" and group > 1 and low[group - 2] in self._lex["went_on"]:
                group -= 1
            else:
                break
        return group

    def is_noun(self, at: int, group: int) -> bool:
        lex, low = self._lex, self._low
        if group < at and any(word in lex["auxiliaries"] for word in low[group:at]):
            return False
        before = low[group - 1] if group else ""
        after = low[at + 1] if at + 1 < self._end else ""
        return (
            before in lex["determiners"]
            or before.endswith(("'s", "’s", "s’", "s'"))
            or before in lex["prepositions"]
            or before in self._lex["adjectives"]
            or after in ("of", "by", "from", "is", "was", "are", "were")
            or (
                group >= 2
                and low[group - 2] in lex["determiners"]
                and before.islower()
                and not before.endswith("s")
                and before not in lex["personal"]
                and before not in lex["bodies"]
                and before not in lex["documents"]
                and self._words[group - 1].islower()
            )
        )

    def is_passive(self, at: int, group: int) -> bool:
        """Return whether a verb tells what is done to its subject: *was said* to be."""
        return not self._low[at].endswith("ing") and bool(self._lex["be"] & set(self._low[group:at]))

    def is_many(self, at: int) -> bool:
        """Return whether a pronoun or people stand before a verb that may be a noun: insiders *claim*."""
        before = self._low[at - 1] if at else ""
        return before in self._lex["pronouns"] or (before in self._lex["personal"] and before.endswith("s"))

    def has_verb(self, content: Words) -> bool:
        """Return whether words hold a helping verb, or a pronoun that does something: a clause."""
        lex = self._lex
        return any(
            self._low[at] in lex["auxiliaries"]
            or self._low[at].endswith(("n't", "n’t"))
            or (self._low[at] in lex["pronouns"] and self._low[at] != "who")
            for at in range(*content)
        )


def is_adverb(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word in small letters is an adverb by its ending: "publicly"."""
    return word.endswith("ly") and len(word) > 4 and word not in lexicon["not_adverbs"]
