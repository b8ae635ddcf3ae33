"""Whom the words of an article speak of: names, and what later stands for them.

A surname, an acronym or "the council" is whoever bore the full name before, or first after; a pronoun is whom the
sentence, or the one before, is about, where nothing speaks against it. What is not sure keeps its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from ledger.reader import Mention, MentionKind
from ledger.text import Span

from .lexicon import Lexicon
from .passages import TextPassage
from .phrases import Phrases
from .runs import NameRun, name_runs
from .verbs import Words


@attrs.define
class Name:
    """Somebody or something that an article names: the fullest name, its first place, and all places."""

    name: str
    span: Span
    kind: MentionKind
    role: str = ""
    pronoun: str = ""
    place: bool = False
    spans: list[Span] = attrs.field(factory=list)

    @property
    def may_be_a_person(self) -> bool:
        """Whether "she" or "he" may stand for it: a full name of which nothing says that it is a place or a body."""
        return self.kind is MentionKind.PERSON or (
            self.kind is MentionKind.UNCLEAR and not self.place and " " in self.name
        )


class Names:
    """The names of an article, and whom a phrase of it means."""

    def __init__(self, text: str, passages: Sequence[TextPassage], lexicon: Lexicon) -> None:
        self._text = text
        self._lex = lexicon
        self._names: dict[str, Name] = {}
        self._short: dict[str, list[Name]] = {}
        self._last: list[Name] = []
        self._about: Name | None = None
        found = [one for passage in passages for one in name_runs(passage, lexicon)]
        for one in sorted(found, key=lambda each: (each.opens, each.run[0] - each.run[1])):  # the longest names first
            self._enter(one)
        self.all = sorted(self._names.values(), key=lambda name: name.span.start)
        places = ((span, name) for name in self.all for span in name.spans)
        self._places = sorted(places, key=lambda place: place[0].start)
        for name in self.all:
            name.spans.sort(key=lambda span: span.start)

    def _enter(self, one: NameRun) -> None:
        span = one.passage.place(*one.run)
        written = _plain(span.of(self._text))
        known = self._known(written)
        if known is None and one.opens:
            return
        if known is None:
            known = self._remember(Name(written, span, self._kind(written.split())))
        known.spans.append(span)
        known.span = min(known.span, span) if span.of(self._text) == known.name else known.span
        self._note(known, one, surname=written == known.name.split()[-1] != known.name)

    def _note(self, name: Name, one: NameRun, *, surname: bool) -> None:
        """Learn from where a name stands what bears it: an office, an apposition, a surname alone; a place."""
        if one.role is not None:
            role = one.passage.place(*one.role).of(self._text)
            words = set(role.lower().replace(".", "").split())
            for pronoun in ("he", "she"):
                if not name.pronoun and self._lex[pronoun] & words:
                    name.pronoun = pronoun
            if len(role) > len(name.role) and not words <= _FORMS:
                name.role = role
        if name.kind is not MentionKind.UNCLEAR:
            return
        apposed = one.after[:1] == ["who"] or (one.after[:1] == [","] and one.after[1:] and one.after[1] in _APPOSED)
        if one.role is not None or (not name.place and (surname or (apposed and " " in name.name))):
            name.kind = MentionKind.PERSON
        name.place = name.place or one.before in _WHERE

    def _known(self, written: str) -> Name | None:
        """Return the name that this one is, or is short for, if there is one alone."""
        if written in self._names:
            return self._names[written]
        same = self._short.get(written, ())
        return same[0] if len(same) == 1 else None

    def _remember(self, name: Name) -> Name:
        """Enter a name, and what may stand for it: its last words, its initials."""
        words = name.name.split()
        self._names[name.name] = name
        for short in {*(" ".join(words[at:]) for at in range(1, len(words))), _initials(words)}:
            self._short.setdefault(short, []).append(name)
        return name

    def _kind(self, words: Sequence[str]) -> MentionKind:
        """Return what a name is by its own words."""
        acronym = len(words) == 1 and words[0].isupper() and 1 < len(words[0]) < 6 and "." not in words[0]
        house = {word.lower().strip(".") for word in words} & self._lex["organisations"]
        return MentionKind.ORGANISATION if house or acronym else MentionKind.UNCLEAR

    def names_somebody(self, written: str, *, after: Span) -> bool:
        """Return whether some words are the name of a person or a house that the article names after a place too."""
        known = self._known(written)
        if known is None or known.kind is MentionKind.UNCLEAR:
            return False
        return any(span.start >= after.end for span in known.spans)

    def person(self, written: str) -> str | None:
        """Return the full name of the person for whom some words stand; None where they are nobody's."""
        known = self._known(written)
        return known.name if known is not None and known.kind is MentionKind.PERSON else None

    # whom a phrase means

    def mention(self, phrases: Phrases, run: Words) -> Mention:
        """Return whom a phrase of a passage means, and remember that it was spoken of."""
        passage = phrases.passage
        low, words, lex = passage.low, passage.words, self._lex
        first, end = run
        while first < end - 1 and (
            low[first] in ("the", "a", "an", "while", "but", "as", "by") or not words[first][0].isalnum()
        ):
            first += 1
        span = passage.place(*run)
        if run[1] - run[0] == 1 and low[first] in ("who", "which", "that"):
            return self._antecedent(phrases, first, span)
        if run[1] - run[0] == 1 and low[first] in lex["pronouns"]:
            return self._pronoun(phrases, first, span)
        core_end = next(
            (at for at in range(first + 1, end) if low[at] in (",", "—", "–", "-", "who", "which", "(", "that")), end
        )
        name = self._named(passage, first, core_end) or self._apposed(passage, (first, core_end))
        if name is not None:
            self._last.append(name)
            return Mention(span=span, name=name.name, kind=name.kind, role=name.role)
        return self._described(phrases, (first, core_end), span)

    def _named(self, passage: TextPassage, first: int, end: int) -> Name | None:
        """Return the name that a phrase ends with, if it is the name's own: not that in "a spokesman for Quell"."""
        inside = self._inside(passage.place(first, end))
        if not inside:
            return None
        if len(inside) > 1 and self._is_of(inside[-2][0], inside[-1][0]):
            inside.pop()
            end = passage.word_at(inside[-1][0].end)  # *Marta Quell* of the Gazette
        span, chosen = inside[-1]
        if passage.starts[end - 1] >= span.end:
            return None  # the name only says whose they are: some *Harbour* officials
        at = span.start
        before = passage.low[first : passage.word_at(at)]
        if chosen.role and " ".join(before).endswith(chosen.role.lower()):
            before = before[: -len(chosen.role.split())]  # the ambassador to the United States *Quell*
        if len(before) > 1 and before[-1].strip(".") in _FORMS and before[-2] not in self._lex["prepositions"]:
            return chosen  # the undersecretary for education Mr. *Quell*
        if set(before) & (self._lex["prepositions"] - {"of"}) or (
            "of" in before and before[0] in self._lex["personal"]
        ):
            return None
        if any(word.endswith(("s", "rs")) and word in self._lex["personal"] for word in before):
            return None
        return chosen

    def _is_of(self, one: Span, other: Span) -> bool:
        """Return whether a name says of what the bearer of another is: Marta Quell of *the Gazette*."""
        between = Span(one.end, other.start).of(self._text).lower().split()
        return between[:1] == ["of"] and len(between) < 3

    def _apposed(self, passage: TextPassage, run: Words) -> Name | None:
        """Return the name that follows what its bearer is: the chair of the board (NHB), *Marta Quell*, said."""
        first, comma = run
        if passage.low[comma : comma + 1] == ["("] and ")" in passage.low[comma : comma + 12]:
            comma = passage.low.index(")", comma) + 1
        offices = self._lex["personal"] | self._lex["titles"]
        if (
            passage.low[comma : comma + 1] != [","]
            or not offices & set(passage.low[first:comma])
            or comma + 1 == len(passage)
        ):
            return None
        inside = self._inside(passage.place(comma + 1, len(passage)))
        return inside[0][1] if inside and inside[0][0].start == passage.starts[comma + 1] else None

    def _inside(self, place: Span) -> list[tuple[Span, Name]]:
        """Return the names that stand within a place, in order."""
        at = bisect_left(self._places, place.start, key=lambda pair: pair[0].start)
        found = []
        while at < len(self._places) and self._places[at][0].start < place.end:
            if self._places[at][0].end <= place.end:
                found.append(self._places[at])
            at += 1
        return found

    def _described(self, phrases: Phrases, run: Words, span: Span) -> Mention:
        """Return who is meant by a phrase without a name of its own: "the council", "two officials", "a study"."""
        low, lex = phrases.passage.low, self._lex
        first, end = run
        head_end = next(
            (at for at in range(first + 1, end) if low[at] in lex["prepositions"] or low[at] in ("close", "familiar")),
            end,
        )
        head = low[head_end - 1]
        whole = phrases.passage.place(first, end).of(self._text)
        definite = span.of(self._text)[:4].lower() == "the "
        if definite and head_end == end:
            for name in reversed(self.all):
                last = name.name.split()[-1].lower()
                if name.span.start < span.start and (last == head or head in name.role.lower().split()):
                    self._last.append(name)
                    return Mention(span=span, name=name.name, kind=name.kind, role=name.role)
        if head in lex["documents"] and head not in lex["personal"]:
            return Mention(span=span, name=whole, kind=MentionKind.DOCUMENT, plural=_plural(head))
        if head in lex["bodies"]:
            return Mention(span=span, name=whole, kind=MentionKind.ORGANISATION)
        plural = _plural(head) or low[first] in _MANY
        alone = end - first == 1 and whole[0].isupper() and not plural and not self._is_word(head)
        return Mention(span=span, name=whole, kind=MentionKind.UNCLEAR if alone else MentionKind.UNNAMED, plural=plural)

    def _is_word(self, word: str) -> bool:
        """Return whether a word with which a sentence begins is a common one, so that its capital names nobody."""
        listed = any(word in words for words in self._lex.words.values()) or word.endswith("ing")
        return listed or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._text) is not None

    def _antecedent(self, phrases: Phrases, at: int, span: Span) -> Mention:
        """Return whom "who", "which" or "that" goes back to."""
        passage = phrases.passage
        end = at - 1 if at and passage.low[at - 1] == "," else at
        if passage.low[at] != "who":
            for word in range(end - 1, max(-1, end - 14), -1):
                if passage.low[word] in self._lex["documents"]:
                    return self._document(passage, word, end, span)
        run = phrases.noun_phrase(end) if end else None
        if run is None or run[0] >= at:
            return Mention(span=span, name=span.of(self._text), kind=MentionKind.UNNAMED)
        by = next((word + 1 for word in range(run[1] - 2, run[0], -1) if passage.low[word] == "by"), run[0])
        run = (by, run[1])
        place = passage.place(*run)
        named = self._inside(place)
        if named:
            name = named[-1][1]
            self._last.append(name)
            return Mention(span=span, name=name.name, kind=name.kind, role=name.role)
        found = self._described(phrases, run, place)
        return attrs.evolve(found, span=span)

    def _document(self, passage: TextPassage, at: int, end: int, span: Span) -> Mention:
        """Return the house that a document is of, if it is said: "a report from the Gazette"; else the document."""
        if passage.low[at + 1 : at + 2] and passage.low[at + 1] in ("from", "by", "in", "of"):
            name = self._named(passage, at + 2, end) if at + 2 < end else None
            place = passage.place(at, end)
            inside = self._inside(place)
            name = name or (inside[0][1] if inside else None)
            if name is not None and name.kind is MentionKind.ORGANISATION:
                self._last.append(name)
                return Mention(span=span, name=name.name, kind=name.kind)
        return Mention(span=span, name=passage.words[at], kind=MentionKind.DOCUMENT, plural=_plural(passage.low[at]))

    def _pronoun(self, phrases: Phrases, at: int, span: Span) -> Mention:
        """Return whom a pronoun means: whom the sentence or the one before is about, else who spoke last."""
        word = phrases.passage.low[at]
        written = span.of(self._text)
        person = word in ("he", "she")
        if person or word in ("they", "it"):
            for name in self._candidates(phrases, at):
                if person and name.may_be_a_person and name.pronoun in ("", word):
                    name.pronoun, name.kind = word, MentionKind.PERSON
                    return Mention(span=span, name=name.name, kind=MentionKind.PERSON, role=name.role)
                if not person and name.kind is MentionKind.ORGANISATION:
                    return Mention(span=span, name=name.name, kind=name.kind)
        kind = MentionKind.PERSON if person else MentionKind.UNNAMED
        return Mention(span=span, name=written, kind=kind, plural=word in ("they", "we"))

    def _candidates(self, phrases: Phrases, at: int) -> Iterator[Name]:
        """Yield whom a pronoun may mean, the likeliest first."""
        run = phrases.leading()
        name = self._named(phrases.passage, *run) if run is not None and run[0] != at else None
        yield from (each for each in (name, self._about) if each is not None)
        yield from reversed(self._last[-2:])

    def went_past(self, phrases: Phrases) -> None:
        """Remember a passage that was read, and whom it is about, for the pronouns of the next."""
        run = phrases.leading()
        name = self._named(phrases.passage, *run) if run is not None else None
        if name is None and self._last and run is not None and phrases.passage.low[run[0]] in self._lex["pronouns"]:
            name = self._about
        self._about = name or (self._last[-1] if self._last else None)


_APPOSED = frozenset("a an the who his her its 1 2 3 4 5 6 7 8 9".split())
_WHERE = frozenset("in near outside across toward towards".split())
_FORMS = frozenset("mr mrs ms miss".split())
_MANY = frozenset("some many several most two three four five six seven eight nine ten few both all others".split())


def _plural(head: str) -> bool:
    return (head.endswith("s") and not head.endswith("ss")) or head in ("people", "police", "others")


def _plain(written: str) -> str:
    return written.removesuffix("'s").removesuffix("’s").removesuffix("’").removesuffix("'")


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
