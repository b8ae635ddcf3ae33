"""Where two wordings differ, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum

from attrs import frozen

from .normal import normalise

MOST = 600
"""Words of either side that are compared; longer ones are shown one after the other."""

_WORD = re.compile(r"\S+\s*")


class Side(StrEnum):
    """Which of two wordings a stretch belongs to."""

    SAME = "same"
    QUOTED = "quoted"
    WRITTEN = "written"


@frozen
class Differing:
    """A stretch that stands in both wordings, or in one of them only; the text is as it was given."""

    side: Side
    text: str


def difference(quote: str, passage: str) -> tuple[Differing, ...]:
    """Return a quotation beside a passage that is like it, in stretches: the same, only quoted, only written.

    Words are the same when they are after `normalise`: how they were typed is no difference. What is the same is
    given as it is written.
    """
    quoted, written = _WORD.findall(quote.strip()), _WORD.findall(passage.strip())
    if len(quoted) > MOST or len(written) > MOST:
        return _stretch(Side.QUOTED, quoted) + _stretch(Side.WRITTEN, written)
    compared = SequenceMatcher(None, [_key(word) for word in quoted], [_key(word) for word in written], autojunk=False)
    found: list[Differing] = []
    for tag, a, b, c, d in compared.get_opcodes():
        if tag == "equal":
            found += _stretch(Side.SAME, written[c:d])
        else:
            found += _stretch(Side.QUOTED, quoted[a:b]) + _stretch(Side.WRITTEN, written[c:d])
    return tuple(found)


def _stretch(side: Side, words: list[str]) -> tuple[Differing, ...]:
    return (Differing(side, "".join(words)),) if words else ()


def _key(word: str) -> str:
    return normalise(word).text.strip()
