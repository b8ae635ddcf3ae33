"""The names of a claim, apart from its other words: capitals, and at the start of a sentence more than that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from ledger.text import Span

from .lexicon import LITTLE, MODAL, NEGATORS, PRONOUNS, base

NEAR = 6
"""Words away from a name that may say what its bearer is or does."""

SHORT = 3
"""Letters of a word that may stand for it in a name."""

_WORD = re.compile(
    r"(?:(?:co|ex|non|vice|anti|pro|semi|pre|post|sub|self)-)?[^\W\d_]+(?:\.[^\W\d_])*(?:['’][^\W\d_]+)?"
)
_OWNING = re.compile(r"(?:['’]s|s['’])$")
_APOSTROPHE = re.compile("['’]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“\"])\W*$")
_COMMON = re.compile(r"(?:ment|tion|sion|ing|ness|ity|ance|ence|ism|age|ers|ors|ies|s|ly|ed)$")
_TITLES = frozenset("general mayor president minister senator governor judge captain king queen pope professor".split())
_NO_NAMES = LITTLE | NEGATORS | MODAL | PRONOUNS


@attrs.frozen
class NameInContext:
    """A name, in lower case, and the nearest words before and after it that say something, "" where none is near.

    `by` is whether it is who did it: "designed by Mara Quill".
    """

    words: tuple[str, ...]
    before: str
    after: str
    by: bool = False

    def is_among(self, names: Iterable[NameInContext]) -> bool:
        """Whether one of these is this name, longer or shorter: "Roa" is "Ana Roa", "Ariz" is "Arizona"."""
        return any(_is_part(self.words, them.words) or _is_part(them.words, self.words) for them in names)


def words_and_names(text: str, taken: Sequence[Span]) -> tuple[list[str], list[NameInContext]]:
    """Return the words that are no part of a name, in lower case, and the names; what is `taken` is neither."""
    tokens = [
        one
        for one in _WORD.finditer(text)
        if not any(one.start() < span.end and span.start < one.end() for span in taken)
    ]
    is_name = [_is_name(text, tokens, at) for at in range(len(tokens))]
    runs: list[list[int]] = []
    for at, token in enumerate(tokens):
        if is_name[at] and at and is_name[at - 1] and _goes_on(text, tokens[at - 1], token):
            runs[-1].append(at)
        elif is_name[at]:
            runs.append([at])
    words = [token[0].lower() for token in tokens]
    others = [word for word, name in zip(words, is_name, strict=True) if not name]
    said = ["" if name or word in LITTLE else base(word) for word, name in zip(words, is_name, strict=True)]
    return others, [_name(words, said, run) for run in runs]


def _name(words: Sequence[str], said: Sequence[str], run: Sequence[int]) -> NameInContext:
    parts = [_OWNING.sub("", words[at]) or words[at] for at in run]
    before = said[max(0, run[0] - NEAR) : run[0]]
    after = said[run[-1] + 1 : run[-1] + 1 + NEAR]
    return NameInContext(
        tuple(part for part in parts if part not in _TITLES) or tuple(parts),
        next((word for word in reversed(before) if word), ""),
        next((word for word in after if word), ""),
        "by" in words[max(0, run[0] - 2) : run[0]],
    )


def _is_name(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    token = tokens[at]
    word, lower = token[0], token[0].lower()
    if not word[0].isupper() or lower.endswith(("n't", "n’t")) or _APOSTROPHE.split(lower)[0] in _NO_NAMES:
        return False
    if not _SENTENCE_START.search(text[max(0, token.start() - 3) : token.start()]):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    leads = following is not None and following[0][0].isupper() and _goes_on(text, token, following)
    return leads or _OWNING.search(word) is not None or not _COMMON.search(lower)


def _goes_on(text: str, token: re.Match[str], following: re.Match[str]) -> bool:
    """Return whether a name may go on with the next word: "Ana Roa", but not "Arden's Bridge" nor "Roa, Berg"."""
    return text[token.end() : following.start()] == " " and not _OWNING.search(token[0])


def _is_part(words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return all(any(them == word or (len(word) >= SHORT and them.startswith(word)) for them in whole) for word in words)
