"""Which column of a table is which: the names that are read, what they hold, and a desk's own names for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs

from ..errors import InputError
from .lines import FilePosition, did_you_mean, read_text

CLAIM = {
    "text": "what is claimed, in a sentence; this column must be there",
    "id": "the claim's id [made of its words]",
    "claimant": "who claims it: a name, or an id",
    "said": "when they said it (EDTF: 2025-05-02, 2025-05)",
    "occurred": "when it happened (EDTF)",
    "topic": "words that it is sorted under",
    "story": "the story that it belongs to",
    "value_subject": "if the claim is a figure: of whom or what",
    "value_property": "what of it",
    "value_amount": "how much",
    "value_unit": "in which unit",
}
EVIDENCE = {
    "source": "what carries it: a title, or an id; a new one is recorded",
    "seen_in": "where it was found, if elsewhere: a title, or an id",
    "stance": "contradicts, context [supports]",
    "quote": "the exact words, held to the archived text if there is one",
    "at": "where they stand: page 12, or 0:12-0:20",
    "speaker": "whose words they are: a name, or an id",
    "basis": "how they know: witness, document, told [unknown]",
    "stake": "their stake: none_known, interested, participant [not_assessed]",
    "note": "what else is to be said of it",
}
SOURCE = {
    "kind": "what the source is: article, speech, post ... [as its title says]",
    "url": "its address, which tells two sources of one title apart",
    "published": "when it came out (EDTF)",
    "publisher": "which house published it: a name, or an id",
    "author": "who wrote or spoke it: a name, or an id",
    "language": "its language, such as en",
}
COLUMNS: Mapping[str, str] = {**CLAIM, **EVIDENCE, **SOURCE}
"""Every column that is read, and what it holds."""

OF_THE_LEDGER = frozenset(
    """verdict corroboration workflow problems sources independent_shown independent_at_most reports suggested_by
    order_earlier order_later order_least_days order_most_days decided checked added changed""".split()
)
"""What `list --csv` prints besides: it follows from other records, or stands in an entry of its own."""

_SLIP = 0.8
"""How like (0 to 1) a column's name must be to one that is read to pass for a slip of the pen."""


@attrs.frozen
class Columns:
    """A header: the name of each column, "" for one that is left out; each as it is `written`; who was not known."""

    names: tuple[str, ...]
    written: tuple[str, ...]
    left_out: tuple[str, ...]


@attrs.frozen
class ColumnMap:
    """A desk's own words: column -> column that is read ("" leaves it out); for a column that is read, word -> word."""

    columns: Mapping[str, str] = attrs.field(factory=dict)
    words: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)

    def knows(self, name: str) -> bool:
        """Return whether a column of this name is read, or left out on purpose."""
        return _plain(name) in self.columns or _plain(name) in COLUMNS

    def read(self, cells: list[str], place: FilePosition) -> Columns:
        """Return what the columns of a header are; raise InputError for one that stands there twice, or is a slip."""
        names, left_out = [], []
        for cell in cells:
            name = _plain(cell)
            ours = self.columns.get(name, name if name in COLUMNS else "")
            if not ours and name and name not in self.columns:
                left_out.append(cell)
            if ours and ours in names:
                raise place.error(f"The column {ours!r} stands there twice.", "Keep one.")
            names.append(ours)
        for cell in left_out:
            near = get_close_matches(_plain(cell), COLUMNS.keys() - set(names), n=1, cutoff=_SLIP)
            if near and _plain(cell) not in OF_THE_LEDGER:
                hint = f"Did you mean {near[0]}? Else leave it out: --map {cell!r}="
                raise place.error(f"There is no column {cell!r}.", hint)
        if "text" not in names:
            hint = f"Say which column holds the claim, such as: --map {(left_out or ['Claim'])[0]!r}=text"
            raise place.error("The column 'text' is missing.", hint)
        return Columns(tuple(names), tuple(cells), tuple(left_out))

    def word(self, column: str, cell: str) -> str:
        """Return what a desk's own word in a column stands for."""
        return self.words[column].get(cell.casefold(), cell) if column in self.words else cell


def column_map(given: Iterable[str]) -> ColumnMap:
    """Return what `THEIRS=OURS` and files (TOML) say together; raise InputError for a column that is not read."""
    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for one in given:
        theirs, equals, ours = one.rpartition("=")
        if equals:
            columns[_plain(theirs)] = _column(ours, "--map")
            continue
        for key, value in _file(Path(one)).items():
            if isinstance(value, dict):
                own = words.setdefault(_column(key, one), {})
                own |= {theirs.casefold(): _word(word, f"{one} {key}") for theirs, word in value.items()}
            else:
                columns[_plain(key)] = _column(_word(value, f"{one} {key}"), one)
    return ColumnMap(columns, words)


def _file(path: Path) -> dict[str, Any]:
    if path.suffix.lower() != ".toml":
        hint = 'Write --map "Their column"=text, or name a .toml file of such lines.'
        raise InputError(f"{str(path)!r} maps nothing.", where="--map", hint=hint)
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        hint = 'Write lines such as: "Their column" = "text"'
        raise InputError(f"This is not TOML: {error}.", where=str(path), hint=hint) from None


def _column(name: str, where: str) -> str:
    if name and name not in COLUMNS:
        hint = did_you_mean(name, COLUMNS) or f"Columns are: {', '.join(COLUMNS)}."
        raise InputError(f"There is no column {name!r}.", where=where, hint=hint)
    return name


def _word(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{value!r} is no name.", where=where, hint="Write it in quotation marks.")
    return value


def _plain(name: str) -> str:
    return "_".join(name.lower().split())
