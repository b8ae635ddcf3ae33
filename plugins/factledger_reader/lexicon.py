"""The words of a language by which articles say who says what; each language is a file beside this one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from attrs import frozen

_ENTRY = re.compile(r"([\w|’'-]+)(?:\(([^)]*)\))?")


@frozen
class Lexicon:
    """Word lists of a language: `verbs` from a form to what it takes, `words` from a list's name to its words."""

    tag: str
    verbs: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    frames: dict[str, tuple[str, ...]]
    particles: dict[str, str]
    inquiries: dict[str, str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.words[name]


@cache
def lexicon(tag: str) -> Lexicon | None:
    """Return the words of a language (its tag without a region); None where there is no file for it."""
    file = files(__package__).joinpath(f"{tag}.toml")
    if not re.fullmatch("[a-z]{2,3}", tag) or not file.is_file():
        return None
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    verbs: dict[str, set[str]] = {}
    for takes, written in read["verbs"].items():
        for form in _forms(" ".join(written.split())):
            verbs.setdefault(form, set()).add(takes)
    frames: dict[str, tuple[str, ...]] = {}
    for word, written in read["frames"].items():
        for form in _forms(" ".join(written.split())):
            frames[form] = (*frames.get(form, ()), word)
    particles = {form: word for word, written in read["particles"].items() for form in _forms(written)}
    for form in frames:
        verbs.setdefault(form, set())
    words = {name: frozenset(written.split()) for name, written in read["words"].items()}
    return Lexicon(
        tag, {form: frozenset(takes) for form, takes in verbs.items()}, words, frames, particles, read["inquiries"]
    )


def _forms(written: str) -> Iterator[str]:
    for verb, irregular in _ENTRY.findall(written):
        verb = verb.partition("|")[0]
        yield verb
        yield from irregular.split() or _regular(verb)


def _regular(verb: str) -> tuple[str, str, str]:
    """Return the forms of a regular English verb."""
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    return f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'}", f"{verb}ed", f"{verb}ing"
