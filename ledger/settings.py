"""What a house may set of a checker, as the checker declares it: printed, and held against the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import attrs

Plain = bool | int | str | tuple[str, ...]
"""What a setting may be; in a policy file a tuple is a list."""

KINDS: dict[type, str] = {bool: "true or false", int: "a whole number", str: "a text", tuple: "a list of texts"}


@attrs.frozen
class Setting:
    """A setting of a checker: its name under [checkers.NAME], what holds where a house says nothing, and its meaning.

    Its type is that of the default. `least` and `most` bound a whole number, or how many texts a list has.
    """

    name: str
    default: Plain
    help: str
    least: int | None = None
    most: int | None = None

    @property
    def kind(self) -> str:
        """What may be written, in words: "a whole number from 0 to 365"."""
        word = KINDS[type(self.default)]
        if isinstance(self.default, tuple):
            return f"{word}, {self.least:,} or more" if self.least else word
        bounds = [f"from {self.least:,}"] if self.least is not None else []
        bounds += [f"to {self.most:,}"] if self.most is not None else []
        return " ".join([word, *bounds])

    def takes(self, value: Any) -> bool:
        """Return whether a house may write this."""
        if isinstance(self.default, tuple):
            texts = isinstance(value, (list, tuple)) and all(isinstance(one, str) and one.strip() for one in value)
            return texts and self._within(len(value))
        return type(value) is type(self.default) and (not isinstance(value, int) or self._within(value))

    def _within(self, number: int) -> bool:
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


def unfit(declared: Any) -> str:
    """Return what is wrong with the settings that a checker declares, "" if nothing is; None declares nothing."""
    if declared is None:
        return ""
    if not isinstance(declared, tuple) or not all(isinstance(one, Setting) for one in declared):
        return "does not declare its settings as a tuple of Setting."
    names = [one.name for one in declared]
    for one in declared:
        if not isinstance(one.name, str) or not one.name.isidentifier() or names.count(one.name) > 1:
            return f"declares a setting {one.name!r}: each needs a name of its own, such as days."
        if type(one.default) not in KINDS or not one.takes(one.default):
            return f"declares for its setting {one.name} no default that it would take."
        if not isinstance(one.help, str) or not one.help.strip() or not one.help.isprintable():
            return f"does not say what its setting {one.name} means."
    return ""


def problems(declared: Sequence[Setting], given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, what to do) of each setting that a house writes and the checker does not take."""
    known = {one.name: one for one in declared}
    for name, value in given.items():
        if name in known:
            if not known[name].takes(value):
                yield f"`{name}` is {known[name].kind}.", f"{known[name].help}."
            continue
        near = get_close_matches(name, known, 1)
        there = f"There are: {', '.join(known)}." if known else "It has no settings."
        yield f"There is no setting `{name}`.", f"Did you mean {near[0]}?" if near else there
