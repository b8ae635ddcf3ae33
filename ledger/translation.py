"""The program's own words in another language, where somebody made a catalogue of them; English in all other cases.

A catalogue is a file `XX/LC_MESSAGES/factledger.mo` (GNU gettext) in the folder that FACTLEDGER_LOCALE names, or in
`ledger/locale`, where the template for translators is: `factledger.pot`. Which is taken says LANGUAGE, as elsewhere:
"de:fr" is German, or else French. What is on record is never translated: findings, reasons, decisions stay as entered.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from .errors import EnvironmentFault

OWN = Path(__file__).parent / "locale"
"""Where the template is, and catalogues that come with the program."""

NAME = "factledger"


def say(words: str) -> str:
    """Return words of the program in the language that was asked for; as they are where that has none for them."""
    told = _chosen()[1]
    return words if told is None else told(words)


def language() -> str:
    """Return the tag of the language in which the program speaks: "en" where no other is asked for and there."""
    return _chosen()[0]


@lru_cache
def _chosen() -> tuple[str, Callable[[str], str] | None]:
    """Return the language that is spoken, and what translates into it; gettext is loaded only for a catalogue."""
    for tag in _wanted():
        for folder in (os.environ.get("FACTLEDGER_LOCALE"), OWN):
            path = Path(folder, tag, "LC_MESSAGES", f"{NAME}.mo") if folder else None
            if path is not None and path.is_file():
                return tag.replace("_", "-"), _read(path)
    return "en", None


def _wanted() -> Iterator[str]:
    """Yield the languages that are asked for, each also without its region, up to English, which is there."""
    for asked in os.environ.get("LANGUAGE", "").split(":"):
        tag = asked.partition(".")[0].partition("@")[0]
        if not tag.replace("_", "").replace("-", "").isalnum():
            continue
        base = tag.replace("-", "_").partition("_")[0]
        if base == "en":
            return
        yield from dict.fromkeys((tag, base))


def _read(path: Path) -> Callable[[str], str]:
    from gettext import GNUTranslations
    from struct import error as cut_off

    try:
        with path.open("rb") as file:
            return GNUTranslations(file).gettext
    except (OSError, ValueError, LookupError, TypeError, cut_off) as error:
        raise EnvironmentFault(
            f"The catalogue cannot be read: {error or 'it is damaged'}.",
            where=str(path),
            hint="Make it anew: msgfmt factledger.po -o factledger.mo; or ask for English: LANGUAGE=en",
        ) from None
