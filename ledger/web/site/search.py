"""An index that a browser can search in a folder of files: each search reads a few small ones.

    search/claims/documents/0.json   [[address, text, what else is said of it, mark], ...] of a hundred claims
    search/claims/words/6d61.json    {"march": [4, 17], ...} for words that begin with these two letters (UTF-8, hex)
    search/claims/words.json         ["6d61", ...]: the files that there are of words
    search/claims/facets.json        {"verdict=refuted": [4], ...}

Claims are numbered as they were entered, so that a new one changes few files. Words are told apart as `search.js`
does it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any

import attrs

from ...store import scratch_database

TOGETHER = 100
"""Documents in one file."""

SCHEMA = "CREATE TABLE word (start TEXT, word TEXT, number INTEGER, PRIMARY KEY (start, word, number)) WITHOUT ROWID"
"""In which documents a word is, by its first two letters; facets have none."""

_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
"""A run of letters and digits; where no spaces are written, each sign."""


@attrs.frozen
class Findable:
    """What can be found: where it is, what is shown, the words by which it is found, its facets, and its mark.

    `address` is below the folder of the site; a facet is such as "verdict=refuted".
    """

    address: str
    text: str
    aside: str = ""
    mark: str = ""
    words: str = ""
    facets: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are looked up: without case and accents."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.category(sign).startswith("M")
    )
    return _WORD.findall(unicodedata.normalize("NFC", plain.lower()))


def index(documents: Iterable[Findable]) -> Iterator[tuple[str, bytes]]:
    """Yield (file below the index's folder, its bytes); documents come in the order in which they entered."""
    shown: list[Sequence[str]] = []
    number = -1
    with closing(scratch_database(SCHEMA)) as found:
        for number, document in enumerate(documents):
            shown.append((document.address, document.text, document.aside, document.mark))
            if len(shown) == TOGETHER:
                yield f"documents/{number // TOGETHER}.json", _json(shown)
                shown = []
            words = set(words_of(f"{document.text} {document.words}"))
            found.executemany("INSERT INTO word VALUES (?, ?, ?)", ((word[:2], word, number) for word in words))
            found.executemany("INSERT INTO word VALUES ('', ?, ?)", ((facet, number) for facet in document.facets))
        if shown:
            yield f"documents/{number // TOGETHER}.json", _json(shown)
        starts = [start for (start,) in found.execute("SELECT DISTINCT start FROM word WHERE start > '' ORDER BY 1")]
        for start in starts:
            yield f"words/{start.encode().hex()}.json", _json(_numbers(found, start))
        yield "words.json", _json(sorted(start.encode().hex() for start in starts))
        yield "facets.json", _json(_numbers(found, ""))


def _numbers(found: Any, start: str) -> dict[str, list[int]]:
    """Return each word, or facet, that begins so -> the numbers of its documents."""
    rows = found.execute("SELECT word, number FROM word WHERE start = ? ORDER BY word, number", (start,))
    return {word: [number for _, number in of] for word, of in groupby(rows, itemgetter(0))}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
