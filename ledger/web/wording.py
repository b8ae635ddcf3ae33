"""The words of our templates in another language: looked up where they stand, when a template is read.

Templates are written in English and nothing in them is marked. A message is a run of words between tags that part a
page, blocks of the template and comments; in it stand {1}, {2} for what the page fills in there, and the tags that
belong to a sentence, such as <strong>, without their attributes. Where a catalogue is asked for (`ledger.translation`),
each message that it knows takes the place of the English one. It brings words alone: one with other gaps or tags than
the English, or with anything that a template would act upon, is passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from jinja2.ext import Extension

from .. import translation

_INLINE = "a|abbr|b|cite|code|em|i|q|small|span|strong|time"
_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_CLASSES = r"\{% block body_class %\}.*?\{% endblock %\}"
_TAG = rf"</?[A-Za-z!](?:{_JINJA}|[^>{{]|\{{(?![{{%#]))*>"
_PARTS = re.compile(
    rf"(?P<gap>\{{\{{.*?\}}\}})|(?P<inline></?(?P<name>{_INLINE})\b(?:{_JINJA}|[^>{{])*>)"
    rf"|(?P<whole><(?P<raw>script|style)\b.*?</(?P=raw)>|{_CLASSES}|\{{%.*?%\}}|\{{#.*?#\}}|<!--.*?-->|{_TAG})",
    re.DOTALL,
)
_SAID = re.compile(r'(?P<before>\s(?:aria-label|title|alt|placeholder)=")(?P<words>[^"{}<>]*[^\W\d_][^"{}<>]*)(?=")')
_HTML = re.compile(r'(<html lang=")en(?=")')
_MARKS = re.compile(rf"\{{\d+\}}|</?(?:{_INLINE})>")
_ACTS = re.compile(r"\{[{%#]|[%#}]\}|[<>]")
_LETTER = re.compile(r"[^\W\d_]")


class _MessagePart(NamedTuple):
    """A part of a message: from where to where it stands in the template, how it shows, and whether it is words."""

    begin: int
    end: int
    shown: str
    written: str
    plain: bool


class TranslatedTemplates(Extension):
    """Has a page's words looked up in the catalogue that was asked for, when its template is read."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template in the language of the catalogue, if it is one of ours."""
        if name is None or not name.startswith(("factledger-", "row-ledger-")):
            return source
        return _HTML.sub(rf"\g<1>{translation.language()}", translated(source, translation.say))


def messages(source: str) -> Iterator[tuple[int, str]]:
    """Yield the messages of a template, each with the number of the line in which it begins."""
    said: list[str] = []

    def collect(message: str) -> str:
        said.append(message)
        return message

    for begin, _, _ in _replaced(source, collect):
        yield from ((source.count("\n", 0, begin) + 1, message) for message in said)
        said.clear()


def translated(source: str, say: Callable[[str], str]) -> str:
    """Return a template with each message as `say` has it; the same characters where it has nothing else."""
    made, at = [], 0
    for begin, end, put in _replaced(source, say):
        made += [source[at:begin], put]
        at = end
    return "".join((*made, source[at:]))


def _replaced(source: str, say: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a message stands in a template, from its begin to its end, and what is put there."""
    run: list[_MessagePart] = []
    at = gaps = 0
    for part in _PARTS.finditer(source):
        begin, written = part.span()[0], part[0]
        if begin > at:
            run.append(_MessagePart(at, begin, source[at:begin], source[at:begin], True))
        at = part.end()
        if part["gap"]:
            gaps += 1
            run.append(_MessagePart(begin, at, f"{{{gaps}}}", written, False))
        elif part["inline"]:
            run.append(_MessagePart(begin, at, f"<{'/' * (written[1] == '/')}{part['name']}>", written, False))
        else:
            yield from _of_run(run, say)
            run, gaps = [], 0
            yield from _of_attributes(part, say)
    if at < len(source):
        run.append(_MessagePart(at, len(source), source[at:], source[at:], True))
    yield from _of_run(run, say)


def _of_attributes(part: re.Match[str], say: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield what a tag says to those who hear or touch it."""
    if part["raw"] or not part[0].startswith("<"):
        return
    for found in _SAID.finditer(part[0]):
        put = say(found["words"])
        if not _ACTS.search(put) and '"' not in put:
            yield part.start() + found.start("words"), part.start() + found.end("words"), put


def _of_run(run: list[_MessagePart], say: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield the message of a run of words, gaps and tags inside a sentence, if it has any words."""
    while run and (trimmed := _trimmed(run)) is not run:
        run = trimmed
    if not any(piece.plain and _LETTER.search(piece.shown) for piece in run):
        return
    whole = "".join(piece.shown for piece in run)
    before, after = whole[: len(whole) - len(whole.lstrip())], whole[len(whole.rstrip()) :]
    message = " ".join(whole.split())
    put = say(message)
    if put == message or not _fits(put, message):
        yield run[0].begin, run[-1].end, "".join(piece.written for piece in run)
        return
    waiting = defaultdict[str, list[str]](list)
    for piece in reversed(run):
        if not piece.plain:
            waiting[piece.shown].append(piece.written)
    yield run[0].begin, run[-1].end, before + _MARKS.sub(lambda mark: waiting[mark[0]].pop(), put) + after


def _trimmed(run: list[_MessagePart]) -> list[_MessagePart]:
    """Return a run without what belongs to none of its words: blanks, and tags that only open or close it."""
    first, last = run[0], run[-1]
    if not first.shown.strip() or (not first.plain and first.shown.startswith("</")):
        return run[1:]
    if not last.shown.strip() or (not last.plain and re.match(r"<\w", last.shown)):
        return run[:-1]
    around = not (first.plain or last.plain) and last.shown == f"</{first.shown[1:]}"
    if around and first.shown not in [piece.shown for piece in run[1:]]:
        return run[1:-1]
    return run


def _fits(put: str, message: str) -> bool:
    """Return whether a translation has the gaps and tags of the English, and nothing that a template acts upon."""
    marks = Counter(_MARKS.findall(put))
    return marks == Counter(_MARKS.findall(message)) and not _ACTS.search(_MARKS.sub("", put))
