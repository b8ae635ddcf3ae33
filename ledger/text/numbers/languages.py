"""How languages set figures: their decimal mark, and the words that multiply a figure. One line for each.

Only what is ambiguous asks for the mark: "1.500" is one and a half in English, fifteen hundred in German; "3,9" and
"1.234,5" can be read in one way alone. Where a language is not in the table, what is ambiguous stays unclear.
"""

from __future__ import annotations

import re

from attrs import frozen

from .spelling import SCALES

_TABLE = """
de     ,  Tausend 3 | tausend 3 | Tsd. 3 | Millionen 6 | Million 6 | Mio. 6 | Mio 6 | Milliarden 9 | Milliarde 9 | Mrd. 9 | Mrd 9 | Billionen 12 | Billion 12
de-ch  .  = de
de-li  .  = de
fr     ,  mille 3 | millions 6 | million 6 | milliards 9 | milliard 9 | billions 12 | billion 12
es     ,  mil millones 9 | mil 3 | millones 6 | millón 6 | billones 12 | billón 12
es-mx  .  = es
es-us  .  = es
pt     ,  mil milhões 9 | mil 3 | milhões 6 | milhão 6 | biliões 12 | bilião 12
pt-br  ,  mil 3 | milhões 6 | milhão 6 | bilhões 9 | bilhão 9 | trilhões 12 | trilhão 12
it     ,  mila 3 | milioni 6 | milione 6 | miliardi 9 | miliardo 9
"""  # noqa: E501
"""Tag, decimal mark, and words with the power of ten that each stands for."""


@frozen(eq=False)
class Language:
    """A language's decimal mark ("" where it is not known), the words that multiply, whether its numbers are read."""

    decimal: str
    scales: dict[str, int]
    scale: re.Pattern[str]
    spelt: bool = False


def _language(decimal: str, scales: dict[str, int], *, spelt: bool = False) -> Language:
    names = "|".join(re.escape(name) for name in sorted(scales, key=len, reverse=True)) or "(?!)"
    return Language(decimal, scales, re.compile(rf"[ -]?(?:({names}){'s?' * spelt})(?!\w)", re.IGNORECASE), spelt)


ENGLISH = _language(".", SCALES, spelt=True)
_UNKNOWN = _language("", {})
_LANGUAGES = {"en": ENGLISH}

for _line in _TABLE.strip().splitlines():
    _tag, _mark, _words = _line.split(maxsplit=2)
    if _words.startswith("= "):
        _scales = _LANGUAGES[_words[2:]].scales
    else:
        _pairs = (entry.strip().rpartition(" ") for entry in _words.split("|"))
        _scales = {name.lower(): 10 ** int(power) for name, _, power in _pairs}
    _LANGUAGES[_tag] = _language(_mark, _scales)


def language(tag: str | None) -> Language:
    """Return how the language of a tag ("de", "es-MX") sets figures; no tag is English."""
    wanted = (tag or "en").lower().replace("_", "-")
    return _LANGUAGES.get(wanted) or _LANGUAGES.get(wanted.partition("-")[0], _UNKNOWN)
