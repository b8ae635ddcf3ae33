"""One form for texts that differ only in how they were typed or set.

Typewriters, word processors, web pages and PDF files spell the same words with
different characters: curly or straight quotation marks, four widths of dash, one
ellipsis character or three dots, ligatures, no-break spaces. `normalise` brings
them to one form so that words can be compared exactly, and remembers where each
character stood so that what is found is shown as it was written.

The form is Unicode Normalization Form KC (UAX #15) with these changes:

- superscripts, subscripts, fractions and circled numbers stay as they are, because
  "10²" is not "102" and "1½" is not "11/2";
- quotation marks, primes, backticks and acute accents used as such become `"` and `'`;
- hyphens, en dashes and minus signs become `-`; em dashes and double hyphens become
  ` - `, so that a dash between two words never looks like a hyphen inside one;
- soft hyphens, invisible joiners, marks of direction and selectors of a variant go, and so do the points of Arabic and
  Hebrew, which stand for vowels and are mostly left out, and the stroke that stretches an Arabic word;
- the digits of other scripts become those of ours, and the gershayim of Hebrew quotation marks;
- UTF-8 that was once read as Windows-1252 or Latin-1 ("donâ€™t") becomes the character it was, and so do the control
  characters that Windows-1252 has its quotation marks and dashes at;
- a run of white space, line breaks included, becomes one space.

Case is kept, and so is every word, digit and punctuation mark.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from ..errors import InputError
from .spans import Span

# One character for one, so that offsets hold.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂〝〞״\x93\x94", '"'),
        **dict.fromkeys("‘’‚‛‹›′＇ʹʼ׳`´\x91\x92", "'"),
        **dict.fromkeys("‐‑‒–−﹣－︲\x96", "-"),
        **dict.fromkeys("—―﹘︱\x97", "—"),
        **{chr(ord(zero) + digit): str(digit) for zero in "٠۰०০੦૦௦౦೦൦๐໐၀០" for digit in range(10)},
        "٫": ".",
        "٬": ",",
    }
)


def _either(characters: Iterable[str]) -> str:
    """Return a pattern for one of some characters, composed or not."""
    forms = {form for one in characters for form in (one, unicodedata.normalize("NFD", one))}
    return "(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"


# UTF-8 of Latin letters, of punctuation and of currencies, as Windows-1252 or Latin-1 shows its bytes.
_BYTES = {bytes([byte]).decode("cp1252", errors="ignore") or chr(byte): byte for byte in range(0x80, 0xC0)}
_LATER = _either({*_BYTES, *map(chr, range(0x80, 0xC0))})
_LEADS = "ÂÃÄÅâ\u0302\u0303\u0308\u030a"
_SIGN = _either("€‚„" + "\x80\x82\x84")
_MISREAD = re.compile(f"{_either('ÂÃÄÅ')}{_LATER}|{_either('â')}{_SIGN}{_LATER}")
_TAIL = "\u2064"
"""Stands for the rest of what was read in the place of one character, and is invisible."""
_POINTS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
)
_INVISIBLE = (
    _POINTS + "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_IRREGULAR = re.compile(
    rf"""
      (?P<dash>(?P<before>\s*)(?P<stroke>(?:—|--)[—-]*)(?P<after>\s*))
    | (?P<space>(?!(?<=[!-~])\ (?=[!-~]))\s+)
    | (?P<invisible>[{_INVISIBLE}]+)
    | (?P<rich>[!-~]?[^\x00-\x7f\s—{_INVISIBLE}]+)
    """,
    re.VERBOSE,
)
_KEPT = ("<super>", "<sub>", "<fraction>", "<circle>")


@frozen
class Normal:
    """A text in comparable form, with the way back to the text as it was given.

    `text` is the form to compare; `span` turns offsets in it into offsets in the
    original.
    """

    text: str
    _starts: array[int] = field(repr=False, hash=False)
    _ends: array[int] = field(repr=False, hash=False)

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stood in the original.

        Offsets count code points. A character that was written as part of a longer
        or composed one maps to all of that one; an empty stretch maps to a position.
        Raises `InputError` unless `0 <= start <= end <= len(text)`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise InputError(
                f"The normalised text has no characters {start} to {end}.",
                hint=f"It has {len(self.text)} characters.",
            )
        if start < end:
            return Span(self._starts[start], self._ends[end - 1])
        at = self._starts[start] if start < len(self.text) else max(self._ends[-1:], default=0)
        return Span(at, at)

    def ends_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the same of what is not empty and is there, as two numbers, for who asks of every word."""
        return self._starts[start], self._ends[end - 1]


def normalise(text: str) -> Normal:
    """Return `text` in comparable form (see the module) with its offset map."""
    plain = _as_written(text).translate(_PLAIN)
    built = _Builder()
    done = 0
    for match in _IRREGULAR.finditer(plain):
        built.copy(plain, done, match.start())
        done = match.end()
        if match["space"]:
            built.space(*match.span())
        elif match["dash"]:
            built.space(*match.span("before"))
            built.add("-", *match.span("stroke"))
            built.space(*match.span("after"))
        elif match["invisible"]:
            built.widen(match.start() + len(match[0]) - len(match[0].lstrip(_TAIL)))
        elif match["rich"]:
            for start, end, folded in _clusters(plain, *match.span()):
                built.add(folded, start, end)
    built.copy(plain, done, len(plain))
    return Normal("".join(built.pieces), built.starts, built.ends)


def _as_written(text: str) -> str:
    """Return a text with the characters that its bytes were, where they were once misread; of the same length."""
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return text
    return _MISREAD.sub(_as_meant, text)


def _as_meant(match: re.Match[str]) -> str:
    """Return the character of which somebody read the bytes, as long as what was read: the rest is invisible."""
    read = match[0]
    meant = bytes(_BYTES.get(one, ord(one)) for one in unicodedata.normalize("NFC", read)).decode(errors="replace")
    return read if "\ufffd" in meant or meant < "\xa0" else meant + _TAIL * (len(read) - len(meant))


class _Builder:
    """The normalised text so far, with the original offsets of each character."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts = array("L")
        self.ends = array("L")

    def copy(self, text: str, start: int, end: int) -> None:
        """Take over `text[start:end]`, which needs no change."""
        if start < end:
            self.pieces.append(text[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def add(self, folded: str, start: int, end: int) -> None:
        """Write `folded` for the original characters from `start` to `end`."""
        for character in folded:
            if character == " ":
                self.space(start, end)
            else:
                self.pieces.append(character)
                self.starts.append(start)
                self.ends.append(end)

    def widen(self, end: int) -> None:
        """Let what was written of the last character of the original reach up to `end`, if it ends before."""
        last = self.ends[-1] if self.ends else end
        for at in range(len(self.ends) - 1, -1, -1):
            if last >= end or self.ends[at] != last:
                break
            self.ends[at] = end

    def space(self, start: int, end: int) -> None:
        """Write one space, or widen the space that was written last."""
        if self.pieces and self.pieces[-1] == " ":
            self.ends[-1] = end
        else:
            self.pieces.append(" ")
            self.starts.append(start)
            self.ends.append(end)


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, folded)` for the smallest pieces that can be folded alone."""
    for at in range(start + 1, end + 1):
        if at == end or not _joins(text[start:at], text[at]):
            yield start, at, _folded(text[start:at])
            start = at


def _joins(before: str, character: str) -> bool:
    """Return whether `character` folds together with `before`: an accent, a jamo."""
    if _is_kept(character):
        return False
    if unicodedata.combining(unicodedata.normalize("NFKD", character)[0]):
        return True
    return _folded(before + character) != _folded(before) + _folded(character)


def _folded(cluster: str) -> str:
    kept = _is_kept(cluster[0])
    return unicodedata.normalize("NFC" if kept else "NFKC", cluster).translate(_PLAIN)


def _is_kept(character: str) -> bool:
    return unicodedata.decomposition(character).startswith(_KEPT)
