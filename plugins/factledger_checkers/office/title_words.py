"""What stands before and after a title of office in English text: which title it makes, of what place, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

import attrs

from .holders import SUFFIXES, Office, folded, name_parts


class TitleForm(Enum):
    """What a title says of its holder."""

    PLAIN = "plain"
    """Of whoever holds the office; of one who held it, a courtesy, or a sign of older words."""
    CURRENT = "current"
    HOLDING = "holding"
    """"The sitting mayor", "Jo Roe, the mayor of ...,": of the time that the sentence tells of, whichever that is."""
    FORMER = "former"
    THEN = "then"
    ELECT = "elect"


FORMER = frozenset("former ex erstwhile one-time onetime".split())
CURRENT = frozenset("current present".split())
SITTING = frozenset("sitting incumbent serving".split())
ELECT = frozenset(["incoming"])
THEN = frozenset("then then-".split())
ALONGSIDE = frozenset("late first second last elder younger republican democratic democrat longtime great new".split())
ANOTHER = frozenset(
    """
    acting interim future next would-be aspiring deputy vice assistant associate honorary co self-proclaimed fictional
    pretend wannabe possible potential hypothetical prospective senior executive university college company club
    council board bank student class union association team school church corporate regional local no another any not
    its their our your my
    """.split()
)
"""Words before a title that make it another one, or nobody's yet."""

OPENERS = frozenset(
    """
    a after although an and as at because before but by did do does for from had has have he her his how however if in
    is it its like meanwhile nor of on once only or our she since so that the their then these they this those though
    to today tonight under unlike until was we were what when whenever where whether which while who whom whose why
    will with without yesterday yet you mr mrs ms sen senator rep gov monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december dear about against
    between during both even former late current
    """.split()
)
"""Words with a capital that are no part of a name: they open a sentence, or are days and months."""

PARTICLES = frozenset("de del da di du la le van von der den bin ibn al el y e dos das ter ten".split())
ABBREVIATED = frozenset("corp inc co ltd univ assn bros dept intl".split())
"""Words whose full stop ends no sentence: "Acme Corp. President Jo Roe"."""
AFTER_POSSESSIVE = frozenset("birthday day birthplace statue grave tomb memorial museum library house portrait".split())

REACH = 160
"""Characters before and after a title that are looked at."""
MOST_PARTS = 7

_TOKEN = re.compile(r"(?i:ex|then)[-‐–](?=\w)|(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?|[^\W_][\w’'-]*|[^\w\s]")
_WORD = re.compile(r"\s*((?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s*[^\W\d_])|[^\W\d_](?:[\w’'-]*\w)?)(?!\w)(\.?)")
ELECT_AFTER = re.compile(r"[-‐–\s]elect(?!\w)", re.IGNORECASE)
_NEXT = re.compile(r"['’]s?\s+(\w+)")
JOINED = re.compile(r"[-‐–—/’'](?=\w)")
_OF = re.compile(r"\s+of\s+(?=\w)", re.IGNORECASE)
OF_OTHER = re.compile(r"\s+of\s+(?:the\s+)?(?=[^\W\d_])(?=\w*[A-Z])")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SUFFIX = re.compile(rf",?\s+({'|'.join(SUFFIXES)})(?!\w)\.?", re.IGNORECASE)
CLOSES = re.compile(r"\s*(?:,(?!\s+(?:and|or)\b)|[.;)\]—–]|$)")


@attrs.frozen
class Before:
    """What stands before a title: where it begins, what it says of the title, and the tokens before that."""

    start: int
    form: TitleForm
    place: str | None
    article: str
    tokens: tuple[re.Match[str], ...]


def before_title(text: str, floor: int, start: int, offices: tuple[Office, ...]) -> Before | None:
    """Read back from a title; None where the words before it make it another title."""
    tokens = list(_TOKEN.finditer(text, floor, start))
    form, place, article, begin = TitleForm.PLAIN, None, "", start
    while tokens:
        token = tokens[-1]
        gap = text[token.end() : begin]
        if gap.strip():
            break
        adjective = None if place else _adjective(text, tokens, offices)
        word = folded(token[0]).strip("-")
        if adjective is not None:
            place, count = adjective
            begin = tokens[-count].start()
            del tokens[-count:]
            continue
        if word in ANOTHER or _POSSESSIVE.search(token[0]) or (token[0] == "." and _abbreviated(tokens)):
            return None
        if word in ALONGSIDE:
            pass
        elif word in FORMER:
            form = TitleForm.FORMER
        elif word in CURRENT:
            form = TitleForm.CURRENT if form is TitleForm.PLAIN else form
        elif word in SITTING:
            form = TitleForm.HOLDING if form is TitleForm.PLAIN else form
        elif word in THEN:
            form = TitleForm.THEN
        elif word in ELECT:
            form = TitleForm.ELECT
        elif word in ("the", "a", "an"):
            article = word
            tokens.pop()
            break
        elif token[0][:1].isupper() and word.rstrip(".") not in OPENERS and "\n" not in gap:
            return None
        else:
            break
        begin = token.start()
        tokens.pop()
    return Before(begin, form, place, article, tuple(tokens))


def _abbreviated(tokens: Sequence[re.Match[str]]) -> bool:
    return len(tokens) > 1 and folded(tokens[-2][0]) in ABBREVIATED


def _adjective(text: str, tokens: Sequence[re.Match[str]], offices: tuple[Office, ...]) -> tuple[str, int] | None:
    """Return the place that the last tokens name, and how many they are."""
    for count in (3, 2, 1):
        if len(tokens) >= count:
            words = folded(_POSSESSIVE.sub("", text[tokens[-count].start() : tokens[-1].end()]))
            if any(words in office.adjectives for office in offices) and tokens[-count][0][:1].isupper():
                return words, count
    return None


def place_after(text: str, end: int, offices: tuple[Office, ...], place: str | None) -> tuple[str | None, int]:
    """Return the place that "of ..." names, and where it ends; what was known before if there is none."""
    of = _OF.match(text, end)
    if of:
        for known in sorted({known for office in offices for known in office.adjectives}, key=len, reverse=True):
            for article in ("", "the "):
                stop = of.end() + len(article) + len(known)
                if folded(text[of.end() : stop]) == article + known and not text[stop : stop + 1].isalnum():
                    return known, stop
    return place, end


def names_after(text: str, end: int, *, comma: bool) -> Iterator[tuple[tuple[str, ...], int, bool]]:
    """Yield the words of the name that follows, where it ends, and whether it is in the possessive.

    Where it ends in a word such as "Tuesday", or goes on in the next line, that is part of the name first, and then it
    is not. No name goes on after an empty line.
    """
    if comma and text[end : end + 1] == ",":
        end += 1
    if not text[end : end + 1].isspace():
        return
    words: list[tuple[str, int]] = []
    lines: list[int] = []
    at = end
    while len(words) < MOST_PARTS and (found := _WORD.match(text, at, end + REACH)):
        word = found[1]
        gap = text[at : found.start(1)]
        if gap.count("\n") > 1:
            break
        if "\n" in gap and words:
            lines.append(len(words))
        if not (word[0].isupper() or (words and word.lower() in PARTICLES) or (words and word.isdigit())):
            break
        possessive = _POSSESSIVE.search(word)
        words.append((word, found.end(1)))
        at = found.end(1)
        stops = found[2] and folded(word) not in SUFFIXES
        if possessive or stops or not text[at : at + 1].isspace():
            break
    while words and words[-1][0].lower() in PARTICLES:
        words.pop()
    for count in (len(words), *lines[:1]):
        name = words[:count]
        while name:
            yield _named(text, name)
            if folded(name[-1][0]) not in OPENERS:
                break
            name.pop()


def _named(text: str, words: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], int, bool]:
    name, stop = " ".join(word for word, _ in words), words[-1][1]
    possessive = _POSSESSIVE.search(words[-1][0])
    if possessive:
        return name_parts(name[: -len(possessive[0])]), stop - len(possessive[0]), True
    suffix = _SUFFIX.match(text, stop)
    if suffix:
        name, stop = f"{name} {suffix[1]}", suffix.end(1)
    return name_parts(name), stop, False


def next_word(text: str, at: int) -> str:
    found = _NEXT.match(text, at)
    return folded(found[1]) if found else ""
