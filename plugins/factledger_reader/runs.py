"""Where the words of a passage are a name: capitals in a row, with the titles and offices before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from .lexicon import Lexicon
from .passages import TextPassage
from .verbs import Words


@frozen
class NameRun:
    """A name where it stands in a passage, with the words before it that say what its bearer is."""

    passage: TextPassage
    run: Words
    role: Words | None

    @property
    def opens(self) -> bool:
        """Whether it is one word that the sentence begins with, which has its capital anyhow."""
        return self.run == (0, 1) and self.role is None

    @property
    def before(self) -> str:
        """The word before it, in small letters."""
        return self.passage.low[self.run[0] - 1] if self.run[0] else ""

    @property
    def after(self) -> list[str]:
        """The two words after it, in small letters."""
        return list(self.passage.low[self.run[1] : self.run[1] + 2])


def name_runs(passage: TextPassage, lexicon: Lexicon) -> Iterator[NameRun]:
    """Yield the names of a passage."""
    words, low, at, length = passage.words, passage.low, 0, len(passage)
    if _is_heading(words):
        return
    while at < length:
        if not _begins(words[at], low[at], lexicon):
            at += 1
            continue
        first, at = at, _run_end(passage, at, lexicon)
        sent = _past_place(passage, first, at, lexicon)
        if sent > first:
            yield NameRun(passage, (sent, at), (low.index("to", max(0, first - 2)) - 1, sent))
            continue
        titles = [place for place in range(first, at) if low[place].strip(".") in lexicon["titles"]]
        if titles[-1:] == [at - 1] and first < at - 1 and low[at - 1] in _SURNAMES and low[first - 1] != "the":
            titles.pop()
        begin = _past_office(passage, titles[-1] + 1, at, lexicon) if titles else first
        if titles and low[titles[-1]].strip(".") in lexicon["alone"]:
            first = titles[-1]
        if begin >= at or (at - begin == 1 and len(words[begin]) < 2):
            continue
        lower = first
        while lower and low[lower - 1] in lexicon["personal"] | _BEFORE_OFFICES and words[lower - 1].islower():
            lower -= 1
        stands_for = set(low[lower:first]) & lexicon["personal"]
        lower = lower if stands_for or titles else first
        yield NameRun(passage, (begin, at), (lower, begin) if lower < begin else None)


def _begins(word: str, low: str, lexicon: Lexicon) -> bool:
    return _capital(word) and not any(
        low in words for words in (lexicon["starts"], lexicon["times"], lexicon["stretches"], _CALENDAR)
    )


def _run_end(passage: TextPassage, at: int, lexicon: Lexicon) -> int:
    words, low, length = passage.words, passage.low, len(passage)
    end = at + 1
    while end < length and not words[end - 1].endswith(("'s", "’s")):
        if _capital(words[end]) and low[end] not in _CALENDAR:
            end += 1
        elif low[end] in lexicon["particles"] and end + 1 < length and _capital(words[end + 1]):
            if low[end] == "of" and end - at > 1 and not _of_something(low[end - 1], lexicon):
                break  # Marta Quell of the Gazette, written "of The Gazette"
            end += 2
        else:
            break
    return end


def _past_place(passage: TextPassage, first: int, end: int, lexicon: Lexicon) -> int:
    """Return where the name begins after the country that somebody is sent to: ambassador to Norway *Quell*."""
    low = passage.low
    to = first - 1 - (low[first - 1 : first] == ["the"])
    if to < 1 or low[to] != "to" or not (low[to - 1] in lexicon["personal"] or low[to - 1] in lexicon["titles"]):
        return first
    after = first + 1 + (low[first] in lexicon["double"])
    return after if after < end else first


def _past_office(passage: TextPassage, at: int, end: int, lexicon: Lexicon) -> int:
    """Return where the name begins after a title and what it is of: minister of foreign affairs *Marta Quell*."""
    if passage.low[at : at + 1] != ["of"]:
        return at
    at += 2
    while at < end and passage.low[at] in lexicon["portfolios"]:
        at += 1
    return at


def _of_something(head: str, lexicon: Lexicon) -> bool:
    """Return whether what a word names is often called after somewhere: the harbour *board* of Norvik."""
    return any(head in lexicon[kind] for kind in ("organisations", "bodies", "titles", "personal"))


def _is_heading(words: Sequence[str]) -> bool:
    """Return whether words are a heading in capitals, which do not tell names there."""
    plain = [word for word in words if word[0].isalpha()]
    return bool(plain) and words[-1] not in '.!?”"' and sum(word[0].isupper() for word in plain) >= 0.6 * len(plain)


def _capital(word: str) -> bool:
    return (word[0].isupper() and word != "I") or bool(_WITH_ARTICLE.match(word))


_WITH_ARTICLE = re.compile("(?:a[dlnrstz]|ash|el|ul|ibn|bint?|abu|d)[-'’][^\\W\\d_a-z]")
"""How a name begins whose first letter is that of an article: al-Amin, el-Haddad, d'Aubigny."""
_SURNAMES = frozenset("king bishop pope dean major prince judge marshal".split())
"""Titles that are surnames as well, behind a given name."""

_CALENDAR = frozenset("january february march april may june july august september october november december".split())
_BEFORE_OFFICES = frozenset("former then deputy campaign acting".split())
