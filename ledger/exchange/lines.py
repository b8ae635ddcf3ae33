"""YAML read as plain text with its line numbers: nothing is guessed, and nothing grows.

A loader that guesses would make a date of 2025-05-02, False of `no` (Norwegian)
and 8 of 010. Here every scalar is the text that was written. Anchors, aliases
and tags are refused: in a file of claims they have no use, and an alias can
stand for a billion of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import yaml

from ..capture import plain_text
from ..errors import InputError, reading_file

LARGEST = 10_000_000
"""Bytes of a file that is imported."""

DEEPEST = 8
"""Levels of nesting; a story has five."""

# The controls that `plain_text` lets pass, YAML's other line ends, and what an escape such as "\0" can make.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@attrs.frozen
class FilePosition:
    """A line of a file, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def error(self, message: str, hint: str = "", *, field: str = "") -> InputError:
        """Return the error that something is wrong here, in this field."""
        return InputError(message, hint=hint, where=f"{self} {field}".rstrip())


@attrs.frozen
class Scalar:
    """A text, without the white space around it."""

    text: str
    place: FilePosition


@attrs.frozen
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: FilePosition


@attrs.frozen
class Fields:
    """A mapping of keys to values; `places` says where each key stands."""

    values: dict[str, Node]
    places: dict[str, FilePosition]
    place: FilePosition

    def at(self, key: str) -> FilePosition:
        """Return where a key stands, or else where the mapping begins."""
        return self.places.get(key, self.place)

    def only(self, *keys: str) -> Fields:
        """Return no more than these of the fields."""
        return Fields({key: node for key, node in self.values.items() if key in keys}, self.places, self.place)

    def having(self, **more: Node) -> Fields:
        """Return these fields with some more, as if they had been written here."""
        places = {key: node.place for key, node in more.items()}
        return Fields({**self.values, **more}, {**self.places, **places}, self.place)


Node: TypeAlias = Scalar | Items | Fields


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file; raise InputError, with the line, if it cannot be taken."""
    return shown_text(read_bytes(path), str(path))


def shown_text(data: bytes, file: str) -> str:
    """Return the text that UTF-8 bytes are; raise InputError, with the line, if they are none or do not show."""
    text = plain_text(data, where=file)
    require_shown(text, lambda at: FilePosition(file, text.count("\n", 0, at) + 1))
    return text


def require_shown(text: str, place_of: Callable[[int], FilePosition]) -> None:
    """Raise InputError for the first character that does not show; `place_of` says where an offset of the text is."""
    unseen = _UNSEEN.search(text)
    if unseen:
        raise _shows_not(unseen[0], place_of(unseen.start()))


def read_bytes(path: Path, *, most: int | None = None) -> bytes:
    """Return what stands in a file that is imported; raise InputError if it is missing, empty or too large."""
    most = most or LARGEST
    with reading_file(path):
        size = path.stat().st_size
        if size > most:
            raise InputError(
                f"The file has {size:,} bytes; at most {most:,} are taken.", where=str(path), hint="Split it."
            )
        data = path.read_bytes()
    if not data.strip():
        raise InputError("The file is empty.", where=f"{path}:1", hint="Check that it was saved.")
    return data


def read_yaml(text: str, file: str) -> Node:
    """Return the one document of a YAML text; raise InputError, with the line, if it is none.

    The C loader is ten times faster, but not everywhere. What it does not take, or might take otherwise than
    the Python one does, is left to that: a file reads the same on every machine, down to the errors.
    """
    if yaml.__with_libyaml__ and not _disputed(text):
        with suppress(InputError):
            return _document(_Events(text, file, yaml.CSafeLoader), file)
    return _document(_Events(text, file, yaml.SafeLoader), file)


# Where the two loaders differ: tabs, byte order marks, `? key`, and a question mark inside [ ] or { }.
_ODD = re.compile("[\t\ufeff]|^[-:? ]*[?](?: |$)|[|>][-+0-9]*#", re.MULTILINE)
_FLOW = re.compile(r"(?:^|[-:?] ) *[\[{]", re.MULTILINE)


def _disputed(text: str) -> bool:
    return bool(_ODD.search(text) or ("?" in text and _FLOW.search(text)))


def _document(events: _Events, file: str) -> Node:
    event = events.next()
    if isinstance(event, yaml.DocumentStartEvent):
        node = events.node(events.next(), 0)
        events.next()
        event = events.next()
        if isinstance(event, yaml.StreamEndEvent):
            return node
        raise events.place(event).error("A second document begins here.", "Give each story a file of its own.")
    raise FilePosition(file, 1).error("The file holds nothing but comments.", "Begin with: factledger: story/1")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word most like this one, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


@contextmanager
def placed(fields: Fields, key: str = "") -> Iterator[None]:
    """Give an error its line in the file: that of this key, or of the key that the error names."""
    try:
        yield
    except InputError as error:
        words = error.where.replace("quotation", "quote").split()
        named = next((name for name in fields.values if name.split("_") == words[-len(name.split("_")) :]), "")
        raise fields.at(key or named).error(error.message, error.hint, field=key or named) from None


class _Events:
    """What the parser says, step by step; its complaints become errors of ours."""

    def __init__(self, text: str, file: str, loader: type[Any]) -> None:
        self._text = text
        self._file = file
        self._line = 1
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
        self.next()  # the stream begins

    def next(self) -> Any:
        try:
            event = next(self._events)
        except yaml.MarkedYAMLError as error:
            raise self._not_yaml(error) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            raise FilePosition(self._file, self._line).error(
                "This is not YAML: it holds a character that there is not.", "Look for a backslash."
            ) from None
        self._line = event.end_mark.line + 1
        return event

    def place(self, event: Any) -> FilePosition:
        return FilePosition(self._file, event.start_mark.line + 1)

    def node(self, event: Any, depth: int) -> Node:
        """Return what begins with this event."""
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise place.error("YAML anchors and aliases (& and *) are not read.", "Write it out, or put it in quotes.")
        if event.tag is not None:
            raise place.error("YAML tags (!) are not read.", "Leave it out, or put the text in quotes.")
        if isinstance(event, yaml.ScalarEvent):
            unseen = _UNSEEN.search(event.value)
            if unseen:
                raise _shows_not(unseen[0], place)
            return Scalar(event.value.strip(), place)
        if depth == DEEPEST:
            raise place.error(f"This is nested more than {DEEPEST} deep.", "Check the brackets and the indentation.")
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self.node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)), place)
        return self._fields(place, depth)

    def _fields(self, place: FilePosition, depth: int) -> Fields:
        fields = Fields({}, {}, place)
        for event in self._until(yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise key.place.error("A key must be one word.", "Write: key: value")
            if key.text in fields.values:
                raise key.place.error(
                    f"{key.text!r} was given in line {fields.places[key.text].line} already.", "Keep one of the two."
                )
            fields.values[key.text] = self.node(self.next(), depth + 1)
            fields.places[key.text] = key.place
        return fields

    def _until(self, end: type[Any]) -> Iterator[Any]:
        while not isinstance(event := self.next(), end):
            yield event

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> InputError:
        mark = error.problem_mark or error.context_mark
        place = FilePosition(self._file, mark.line + 1 if mark else 1)
        line = self._text.split("\n")[place.line - 1 :][:1]
        if line and "\t" in line[0][: len(line[0]) - len(line[0].lstrip())]:
            return place.error("A tab stands in the indentation.", "Indent with spaces.")
        said = error.problem or "it cannot be read"
        if error.context and error.context_mark and error.context_mark.line + 1 != place.line:
            said += f", {error.context} that began in line {error.context_mark.line + 1}"
        return place.error(
            f"This is not YAML: {' '.join(said.split())}.",
            "Check the indentation, and quote a text that holds a colon, a # or quotation marks.",
        )


def _shows_not(character: str, place: FilePosition) -> InputError:
    return place.error(f"This holds the control character U+{ord(character):04X}.", "Remove it.")
