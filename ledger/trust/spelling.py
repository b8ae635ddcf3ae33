r"""Letters that a text spells with signs, as JSON (`\u00e9`) and HTML (`&eacute;`) do: what it says, and where."""

from __future__ import annotations

import html
import json
import re
from array import array
from collections.abc import Sequence

_SPELT = re.compile(
    r"(?<!\\)\\++(?:u[dD][89abAB][0-9a-fA-F]{2}\\++u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\"/bfnrt])"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
"""A letter that is spelt; JSON within a string of JSON has more backslashes before it."""

_BACKSLASHES = re.compile(r"\\+")


def spelt_out(text: str) -> tuple[str, Sequence[int]]:
    r"""Return what a text says, and where in the text each letter of that begins, and the text ends.

    >>> said, places = spelt_out(r'"Andr\u00e9"')
    >>> said, places[5], places[6]
    ('"André"', 5, 11)
    """
    said, places, at = list[str](), array("Q"), 0
    for spelt in _SPELT.finditer(text):
        letter = _letter(spelt[0])
        if len(letter) == 1:
            said += (text[at : spelt.start()], letter)
            places.extend(range(at, spelt.start() + 1))
            at = spelt.end()
    if not said:
        return text, range(len(text) + 1)
    places.extend(range(at, len(text) + 1))
    return "".join((*said, text[at:])), places


def _letter(spelt: str) -> str:
    if spelt.startswith("&"):
        return html.unescape(spelt)
    return str(json.loads(f'"{_BACKSLASHES.sub(lambda _: chr(92), spelt)}"'))
