"""Taking words out of the bodies of entries: a pure step from one body to the one that stands in for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import quote

import attrs

from ..model import WITHHELD, ExclusionReason
from ..rules import SLUG_LENGTH, slug
from ..text.fragments import is_canonical
from .spelling import spelt_out

VOCABULARY = frozenset(
    "kind relation state stance basis stake verdict outcome code checker checkers version plugin media_type extractor "
    "language replaces by commitment field fields suggested_by".split()
)
"""Fields that hold a word of a fixed vocabulary or a name of a program: "witness" there is nobody's name."""

REASONS = frozenset(ExclusionReason)
"""Reasons that are words of a vocabulary; most are told in somebody's own."""

LEAST = 3
"""Letters of the shortest part of a name that is looked for by itself."""

SURE = 8
"""Letters from which several words in a row are the name wherever they stand, even run together."""

BETWEEN = r"(?:[\s_+.-]|%20)"
"""What may stand between two words of a name: in a text, a handle, the name of a file, an address."""

START, END = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word begins and ends; an underscore is no part of it."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""Letters of scripts that write one word after the other without spaces."""


@attrs.frozen
class Words:
    """The words to take out, in whatever case and spacing they stand, and however their letters are spelt."""

    texts: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Return the words; also as they stand in handles, file names and addresses."""
        kept = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
        forms = dict.fromkeys(form for text in kept for spelling in _spellings(text) for form in _forms(spelling))
        longest_first = sorted(forms, key=len, reverse=True)
        return cls(kept, re.compile("|".join(longest_first), re.IGNORECASE))

    def found(self, text: str) -> bool:
        return self.pattern.search(text) is not None or self.pattern.search(spelt_out(text)[0]) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in a text, as (start, end), in order and apart from each other."""
        said, places = spelt_out(text)
        found = [match.span() for match in self.pattern.finditer(text)]
        if said != text:
            found = [(_before_backslashes(text, start), end) for start, end in found]
            found += [(places[match.start()], places[match.end()]) for match in self.pattern.finditer(said)]
        apart = list[tuple[int, int]]()
        for start, end in sorted(found):
            if apart and start < apart[-1][1]:
                start, end = apart[-1][0], max(end, apart.pop()[1])
            apart.append((start, end))
        return apart

    def replaced(self, text: str, by: Callable[[str], str]) -> str:
        """Return a text with what `by` makes of the words in their place."""
        kept, at = list[str](), 0
        for start, end in self.spans(text):
            kept += (text[at:start], by(text[start:end]))
            at = end
        return "".join((*kept, text[at:]))

    def parts(self) -> tuple[str, ...]:
        """Return the single words that by themselves may still give somebody away: not those of a sentence."""
        words = (word for text in self._names() for word in re.findall(r"\w+", text))
        return tuple(dict.fromkeys(word for word in words if len(word) >= LEAST))

    def cut(self, text: str, *, by: int) -> bool:
        """Return whether a text stops within a name, at its end (`by` 1) or before its beginning (-1)."""
        return any(_stops_within(_letters(text)[::by], _letters(name)[::by], by) for name in self._names())

    def _names(self) -> Iterator[str]:
        return (text for text in self.texts if "/" not in text and len(text.split()) <= 5)

    def hinted(self, handle: str) -> bool:
        """Return whether a handle gives the words away, or was cut off within them."""
        begin = re.sub(r"-\d+$", "", handle)
        slugs = [slug(text).split("-") for text in self.texts]
        cut = len(begin) > SLUG_LENGTH // 2 and any(
            begin.endswith("-" + "-".join(words[:number])) for words in slugs for number in range(2, len(words))
        )
        return cut or self.found(handle)


def _before_backslashes(text: str, start: int) -> int:
    r"""Return the same place, or that before the backslashes which would spell another letter: the `\r` of `\rené`."""
    while text[start - 1 : start] == "\\":
        start -= 1
    return start


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def _stops_within(said: list[str], name: list[str], by: int) -> bool:
    """Return whether the last words of a text are the first of a name, the very last perhaps cut short."""
    words = [word.casefold()[::by] for word in name]
    for number in range(1, min(len(said), len(name)) + 1):
        *whole, last = (word.casefold()[::by] for word in said[-number:])
        sure = len(said[-number]) >= LEAST and not said[-number].islower()
        due = words[number - 1]
        if sure and whole == words[: number - 1] and (last == due if number == 1 else due.startswith(last)):
            return True
    return False


def _spellings(text: str) -> Iterator[str]:
    """Yield a text in the forms in which it may have been written down, its slug unless too little is left of it."""
    for each in dict.fromkeys((text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))):
        yield from (each, each.upper(), each.lower(), each.casefold(), quote(each))
    short = slug(text)
    if len(short) >= SURE or sum(map(str.isalnum, short)) == sum(map(str.isalnum, text)):
        yield short


def _forms(spelling: str) -> Iterator[str]:
    """Yield patterns of a spelling: its words apart, and run together if that can be nothing else."""
    words = [re.escape(word) for word in re.split(rf"{BETWEEN}+", spelling) if word] or [re.escape(spelling)]
    sure = len(spelling) >= SURE
    if len(words) == 1:
        yield words[0] if UNSPACED.search(spelling) else START + words[0] + END
        return
    yield ("" if sure else START) + f"{BETWEEN}+".join(words)  # open at its end: in many languages names take endings
    if sure:
        yield START + "".join(words) + END


@attrs.frozen
class Redaction:
    """How bodies are changed: words, handles given anew (old -> new), and hashes of texts that hold the words."""

    words: Words | None
    handles: dict[str, str]
    digests: Collection[str] = ()

    def of(self, body: dict[str, Any], *, blank: Collection[str] = ()) -> dict[str, Any]:
        """Return what stands in for a body; `blank` are its fields that are withheld as a whole."""
        changed: dict[str, Any] = self._value(body, "")
        for holder in (changed, changed.get("changes", {})):
            for field in blank:
                if holder.get(field) is not None:
                    holder[field] = _blank(holder[field], field)
        return changed

    def _value(self, value: Any, name: str) -> Any:
        if isinstance(value, str):
            return self._text(value, name)
        if isinstance(value, list):
            return [self._value(item, name) for item in value]
        if not isinstance(value, dict):
            return value
        betrays = self._betrays(value)
        if "exact" in value:
            value = self._across(value)
        changed = {key: self._value(item, key) for key, item in value.items()}
        return _without_text(changed) if betrays else changed

    def _text(self, text: str, name: str) -> str:
        if name == "handle":
            return self.handles.get(text, text)
        if name in VOCABULARY or (name == "reason" and text in REASONS) or (name == "fragment" and is_canonical(text)):
            return text
        text = self._derived.sub(WITHHELD, text) if self._derived else text  # a handle goes whole
        return self.words.replaced(text, lambda _: WITHHELD) if self.words else text

    @cached_property
    def _derived(self) -> re.Pattern[str] | None:
        """What a person or program may have written down of the words: a hash, a handle made of them."""
        made = [*self.digests, *(handle for handle in self.handles if "-" in handle)]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, made))})(?![\w-])") if made else None

    def _across(self, anchor: dict[str, Any]) -> dict[str, Any]:
        """Return an anchor without the words that begin in one of its parts and end in the next, or in none of them.

        Of what stands around a quotation so much is kept that it may stop within a name: then that side of it goes.
        """
        names = [name for name in ANCHOR if isinstance(anchor.get(name), str)]
        spans = self.words.spans("".join(anchor[name] for name in names)) if self.words else []
        changed, start = dict(anchor), 0
        for name in names:
            text, end = anchor[name], start + len(anchor[name])
            for first, last in reversed(spans):
                if first < end and last > start and not (start <= first and last <= end):
                    text = text[: max(first - start, 0)] + WITHHELD + text[max(last, start) - start :]
            changed[name], start = text, end
        for name, by in (("prefix", -1), ("suffix", 1)):
            if self.words and name in names and self.words.cut(anchor[name], by=by):
                del changed[name]
        return changed

    def _betrays(self, value: dict[str, Any]) -> bool:
        """Return whether an anchor or a copy says where in a text, or in which text, the words stand."""
        if value.get("text_sha256") in self.digests or value.get("sha256") in self.digests:
            return True
        if "exact" not in value:
            return False
        parts = (value.get("prefix"), value.get("exact"), value.get("suffix"))
        near = "".join(part for part in parts if isinstance(part, str))
        return value.get("text") in self.digests or (self.words is not None and self.words.found(near))


def _without_text(value: dict[str, Any]) -> dict[str, Any]:
    """Return an anchor or a copy without what was derived from the text that holds the words."""
    gone = {"text_sha256", "text_length"} if "sha256" in value else {"text", "start", "end", "fragment"}
    left = {key: item for key, item in value.items() if key not in gone}
    if "sha256" in left:
        left["sha256"] = WITHHELD
    return left


def _blank(value: Any, field: str) -> Any:
    if isinstance(value, dict):  # an anchor: nothing of it stays but the language
        return {"exact": WITHHELD} | ({"language": value["language"]} if "language" in value else {})
    return None if field in REFERENCES else WITHHELD


REFERENCES = frozenset({"part_of", "author", "publisher", "speaker", "quoting", "seen_in"})
"""Fields that name another record: withheld, they name none."""


ANCHOR = ("prefix", "exact", "suffix")
"""The parts of a quotation, in the order in which they stand in the text."""


DERIVED = frozenset({"handle", "sha256", "text_sha256", "text", "digest", "cites"})
"""Fields of a body that hold what was made of the words, and none of them."""


def only_takes_out(recorded: Any, stand_in: Any) -> bool:
    """Return whether a stand-in says nothing that was not recorded: words are taken out, none put in."""
    if isinstance(recorded, dict) and isinstance(stand_in, dict):
        return all(key in recorded and only_takes_out(recorded[key], item) for key, item in stand_in.items())
    if isinstance(recorded, list) and isinstance(stand_in, list):
        return len(recorded) == len(stand_in) and all(map(only_takes_out, recorded, stand_in))
    if isinstance(recorded, str) and isinstance(stand_in, str):
        return _leaves(recorded, stand_in.split(WITHHELD)) or is_new_handle(stand_in)
    return stand_in is None or bool(recorded == stand_in and type(recorded) is type(stand_in))


def _leaves(recorded: str, pieces: list[str]) -> bool:
    """Return whether a text is these pieces, in order, with anything between them."""
    first, *between = pieces
    if not between:
        return recorded == first
    last, place = between.pop(), len(first)
    for piece in between:
        place = recorded.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return recorded.startswith(first) and recorded.endswith(last) and place <= len(recorded) - len(last)


def taken_out(recorded: Any, stand_in: Any) -> Iterator[str]:
    """Yield the words that were taken out of a body, as they were recorded; not the handles and hashes made of them."""
    if isinstance(recorded, dict) and isinstance(stand_in, dict):
        parts = ANCHOR if "exact" in recorded else ()
        if parts:  # words may begin in one part and end in the next; a part that went says none
            left = [name for name in parts if name in stand_in]
            before, after = ("".join(one.get(name) or "" for name in left) for one in (recorded, stand_in))
            yield from taken_out(before, re.sub(rf"(?:{re.escape(WITHHELD)})+", WITHHELD, after))
        for key in recorded.keys() & stand_in.keys() - DERIVED.union(parts):
            yield from taken_out(recorded[key], stand_in[key])
    elif isinstance(recorded, list) and isinstance(stand_in, list):
        for one, other in zip(recorded, stand_in, strict=False):
            yield from taken_out(one, other)
    elif isinstance(recorded, str) and isinstance(stand_in, str) and WITHHELD in stand_in:
        first, *pieces = stand_in.split(WITHHELD)
        place = len(first)
        for number, piece in enumerate(pieces, 1):
            last = number == len(pieces)
            end = len(recorded) - len(piece) if last else recorded.find(piece or recorded[place:], place)
            yield recorded[place : max(end, place)]
            place = end + len(piece)


def new_handle(kind: str, uid: str) -> str:
    """Return the handle of a record whose own gave the words away."""
    return f"withheld-{kind}-{uid[:8]}"


def is_new_handle(text: str) -> bool:
    return re.fullmatch(r"withheld-[a-z]+-[0-9a-f]{8}", text) is not None
