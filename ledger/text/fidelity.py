"""How faithful a quotation is to the text it is from: word for word, with its changes marked, altered, or not there.

Words, figures and signs are compared exactly, in order; similarity only finds the passage to show beside an altered
quotation, and accepts nothing. What an editor may do with marks is understood: leave out (… or [...]), put in or
replace ([the president]), change an initial ([t]he), point at a slip ([sic]), end with a comma. Then it is read what
the marks, or the cut, keep from the reader: a negation, an exception, a question mark, another passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

import attrs

from .spans import Span
from .tokens import Token, Tokens

MOST_REPLACED = 8
"""Words of the text that one pair of brackets may stand for."""

MOST_LEFT_OUT = 60
"""Words that an ellipsis may pass over: farther apart, they are two passages and not one."""

MOST_PLACES = 200
"""Places of a quotation's first words that are looked at."""

LEAST_ALIKE = 0.5
"""Least share of a quotation's words in the passage that is shown beside it."""

NEGATIONS = frozenset(
    "not no never none neither nor cannot without nothing nobody nowhere hardly barely scarcely".split()
)
DENIALS = frozenset("deny denies denied denying".split())
EXCEPTIONS = frozenset("unless except excepting excluding provided".split())
_LIMITS = NEGATIONS | EXCEPTIONS | {"only"}

_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:…|(?:\.\s?){3,4})\s*[\])]|…\.?|(?:\.[ \u00a0]?){3,4})\s*")
_SIC = re.compile(r"\s*[\[(]\s*sic\s*[.!]?\s*[\])]", re.IGNORECASE)
_INITIAL = re.compile(r"\[(\w)\](?=\w)")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_OUTER = " \t\r\n\"'“”„‟«»‘’‚‹›"
_CLOSERS = " \t\r\n\"'“”»’›)]"


class Fidelity(StrEnum):
    """How a quotation stands to a text."""

    EXACT = "exact"
    MARKED = "marked"
    MISLEADING = "misleading"
    ALTERED = "altered"
    ABSENT = "absent"

    @property
    def faithful(self) -> bool:
        """Whether every word is the text's, or marked as not."""
        return self in (Fidelity.EXACT, Fidelity.MARKED)


@attrs.frozen
class Change:
    """Words of the quotation, and what stands in their place in the text; one of them may be empty."""

    quoted: str
    written: str

    @property
    def kind(self) -> str:
        """What was changed: "negation", "figure", else "words"."""
        words = {token.key for token in Tokens(f"{self.quoted} {self.written}")}
        if any(map(_limits, words)):
            return "negation"
        return "figure" if any(key[0].isdigit() or not key[0].isalpha() for key in words) else "words"


@attrs.frozen
class Comparison:
    """A quotation beside a text.

    `span` is the passage it was compared with, in the text as it was given; None where nothing is like it. `changes`
    are the words that differ and are not marked, `notes` what the marks or the cut keep from a reader, in words.
    `places` counts where the whole of it stands.
    """

    fidelity: Fidelity
    span: Span | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    places: int = 1


@attrs.frozen
class _Part:
    """What stands between two ellipses: rows of words, and the words in the brackets between them."""

    rows: tuple[tuple[str, ...], ...]
    brackets: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> list[str]:
        return [key for row in self.rows for key in row]


@attrs.frozen
class _Hit:
    """Where a part stands: tokens `first` to `end`, and what each pair of brackets stands for."""

    first: int
    end: int
    replaced: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def compare(quote: str, text: str | Tokens) -> Comparison:
    """Return how a quotation stands to a text. Give the text as `Tokens` when comparing many quotations with it."""
    source = text if isinstance(text, Tokens) else Tokens(text)
    literal = _parts(quote, marks=False)
    edited = _parts(quote, marks=True)
    words = [key for part in edited for key in part.words]
    if not words or not source.keys:
        return Comparison(Fidelity.ABSENT)
    for reading in _readings(source, words):
        for parts in (literal, edited):
            chains = list(_chains(parts, reading))
            if chains:
                return _standing(quote, parts, chains, reading)
    if len(edited) > 1:
        apart = [next(_hits(part, source, 0, len(source)), None) for part in edited]
        if all(apart):
            found = [hit for hit in apart if hit]
            span = source.span(min(hit.first for hit in found), max(hit.end for hit in found))
            return Comparison(Fidelity.MISLEADING, span, notes=("its parts stand in another order",))
    return _altered(quote, edited, words, source)


def _readings(source: Tokens, words: Sequence[str]) -> Iterator[Tokens]:
    """Yield the text as it may have to be read: as it is, with broken compounds in two, down its columns."""
    yield source
    split = source.split_where(words)
    if split is not None:
        yield split
    columns = source.down_the_columns()
    if columns is not None:
        yield columns
        split = columns.split_where(words)
        if split is not None:
            yield split


def _parts(quote: str, *, marks: bool) -> list[_Part]:
    """Return a quotation's parts; without `marks`, its brackets and dots are the speaker's own."""
    if not marks:
        return [_Part((tuple(Tokens(quote).keys),), ())]
    plain = _INITIAL.sub(r"\1", _SIC.sub("", quote.strip(_OUTER)))
    found = []
    for piece in _ELLIPSIS.split(plain):
        pieces = _BRACKETS.split(piece)
        rows = tuple(tuple(Tokens(one).keys) for one in pieces[::2])
        brackets = tuple(tuple(Tokens(one).keys) for one in pieces[1::2])
        if any(rows):
            found.append(_Part(rows, brackets))
    return found


def _chains(parts: Sequence[_Part], source: Tokens) -> Iterator[list[_Hit]]:
    """Yield, from every place of the first part, the parts that follow one another nearest."""
    for number, first in enumerate(_hits(parts[0], source, 0, len(source)) if parts else ()):
        if number == MOST_PLACES:
            return
        chain = [first]
        for part in parts[1:]:
            hit = next(_hits(part, source, chain[-1].end, len(source)), None)
            if hit is None:
                break
            chain.append(hit)
        if len(chain) == len(parts):
            yield chain


def _hits(part: _Part, source: Tokens, start: int, end: int) -> Iterator[_Hit]:
    """Yield where a part stands, brackets aside."""
    opening = next(number for number, row in enumerate(part.rows) if row)
    for first in source.runs(list(part.rows[opening]), start, end):
        at, replaced = first + len(part.rows[opening]), []
        for brackets, row in zip(part.brackets[opening:], part.rows[opening + 1 :], strict=True):
            if not row:
                replaced.append((brackets, ()))
                continue
            following = next(source.runs(list(row), at, min(end, at + MOST_REPLACED + len(row))), None)
            if following is None:
                break
            replaced.append((brackets, tuple(source.keys[at:following])))
            at = following + len(row)
        else:
            yield _Hit(first, at, tuple(replaced))


def _standing(quote: str, parts: Sequence[_Part], chains: Sequence[list[_Hit]], source: Tokens) -> Comparison:
    chain = min(chains, key=lambda hits: (hits[-1].end - hits[0].first, hits[0].first))
    first, end = chain[0].first, chain[-1].end
    span = source.span(first, end)
    changed = tuple(_capitals(quote, parts, chain, source))
    if changed:
        return Comparison(Fidelity.ALTERED, span, changes=changed)
    notes = [*_hidden_by_marks(chain, source), *_cut(quote, source, first, end)]
    marked = len(parts) > 1 or any(part.brackets for part in parts)
    fidelity = Fidelity.MISLEADING if notes else Fidelity.MARKED if marked else Fidelity.EXACT
    return Comparison(fidelity, span, notes=tuple(notes), places=len(chains))


def _capitals(quote: str, parts: Sequence[_Part], chain: Sequence[_Hit], source: Tokens) -> Iterator[Change]:
    """Yield words that small letters make another word of: US and us, WHO and who."""
    if len(parts) > 1 or parts[0].brackets:
        return
    tokens = Tokens(quote)
    for mine, theirs in zip(tokens, source[chain[0].first : chain[0].end], strict=False):
        pair = sorted((mine.written, theirs.written))
        shouted = pair[0].isupper() and pair[1].islower() and 1 < len(pair[0]) <= 4 and "." not in pair[0]
        if shouted and not _shouts(tokens) and not _shouts(source[chain[0].first : chain[0].end]):
            yield Change(mine.written, theirs.written)


def _shouts(tokens: Sequence[Token]) -> bool:
    return sum(token.written.isupper() for token in tokens) > len(tokens) / 2


def _hidden_by_marks(chain: Sequence[_Hit], source: Tokens) -> Iterator[str]:
    for before, after in pairwise(chain):
        left_out = after.first - before.end
        if left_out > MOST_LEFT_OUT:
            yield f"an ellipsis passes over {left_out} words: these are two passages"
        hidden = [source[at].written for at in range(before.end, after.first) if _limits(source.keys[at])]
        if hidden:
            yield f"an ellipsis leaves out “{hidden[0]}”"
    for hit in chain:
        for brackets, replaced in hit.replaced:
            if any(map(_limits, replaced)) != any(map(_limits, brackets)) and replaced:
                yield f"brackets stand for “{' '.join(replaced)}”"
            elif not replaced and any(map(_limits, brackets)):
                yield f"brackets put in “{' '.join(brackets)}”"
            elif _figures(replaced) and _figures(brackets) and _figures(replaced) != _figures(brackets):
                yield f"brackets put “{' '.join(brackets)}” in the place of “{' '.join(replaced)}”"


def _cut(quote: str, source: Tokens, first: int, end: int) -> Iterator[str]:
    """Yield what stands just outside the words and turns them round."""
    before = first
    while before > max(0, first - 2) and not _ends_sentence(source.between(before)):
        before -= 1
    ruling = [source[at] for at in range(before, first) if _negates(source.keys[at]) or source.keys[at] in DENIALS]
    if ruling:
        yield f"just before it stands “{ruling[-1].written}”"
    after = source.between(end)
    if end < len(source) and not _ends_sentence(after) and source.keys[end] in EXCEPTIONS:
        yield f"just after it stands “{source[end].written}”"
    asked = after.lstrip(_CLOSERS).startswith("?")
    closing = quote.rstrip(_CLOSERS)[-1:]
    if asked and closing in (".", "!"):
        yield "in the text it is a question"
    elif closing == "?" and not asked and not after.startswith("?"):
        yield "in the text it is no question"


def _ends_sentence(gap: str) -> bool:
    return re.search(r"[.!?…][\"'”’»)\]]*\s|\n\s*\n", gap) is not None


def _altered(quote: str, parts: Sequence[_Part], words: list[str], source: Tokens) -> Comparison:
    """Return the passage most like a quotation, with what differs."""
    tokens = [token for piece in _pieces(quote) for token in Tokens(piece)]
    window = _nearest(words, source)
    if window is None:
        return Comparison(Fidelity.ABSENT)
    low, high = window
    matcher = SequenceMatcher(None, words, source.keys[low:high], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    first, last = low + blocks[0].b, low + blocks[-1].b + blocks[-1].size
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        outside = kind == "insert" and (low + d <= first or low + c >= last)
        if kind != "equal" and not outside:
            # At either end the text goes on: no more of it is set beside the quotation than it has itself.
            c, d = (max(c, d - (b - a)), d) if a == 0 else (c, min(d, c + (b - a))) if b == len(words) else (c, d)
            first, last = min(first, low + c), max(last, low + d)
            changes.append(Change(" ".join(token.written for token in tokens[a:b]), source.written(low + c, low + d)))
    return Comparison(Fidelity.ALTERED, source.span(first, last), tuple(changes))


def _pieces(quote: str) -> list[str]:
    plain = _INITIAL.sub(r"\1", _SIC.sub("", quote.strip(_OUTER)))
    return [one for piece in _ELLIPSIS.split(plain) for one in _BRACKETS.split(piece)[::2]]


def _nearest(words: Sequence[str], source: Tokens) -> tuple[int, int] | None:
    """Return the stretch of the text that has most of these words near one another, by its rarer words."""
    common = max(40, len(source) // 60)
    votes: dict[int, float] = {}
    for at, key in enumerate(words):
        places = source.places.get(key, ())
        if len(places) <= common:
            for place in places:
                votes[(place - at) // 6] = votes.get((place - at) // 6, 0) + 1 / (1 + len(places))
    best: tuple[int, int, int] | None = None
    wanted = {one: words.count(one) for one in words}
    for slot in sorted(votes, key=lambda one: -(votes[one] + votes.get(one + 1, 0)))[:4]:
        low = max(0, slot * 6 - 6)
        high = min(len(source), slot * 6 + len(words) + 12)
        window = source.keys[low:high]
        shared = sum(min(count, window.count(key)) for key, count in wanted.items())
        if best is None or shared > best[0]:
            best = (shared, low, high)
    if best is None or best[0] < max(2, LEAST_ALIKE * len(words)):
        return None
    return best[1:]


def _limits(key: str) -> bool:
    return key in _LIMITS or key.endswith("n't")


def _negates(key: str) -> bool:
    return key in NEGATIONS or key.endswith("n't")


def _figures(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key[0].isdigit()]
