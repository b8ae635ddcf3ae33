"""What the desk shows, as lines of (style, words) for a given width and height; nothing here reads a key or a ledger.

What a colour says, a mark says as well: + recorded when committed, - left out, = on record, > in hand, ? asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import attrs
from prompt_toolkit.utils import get_cwidth

from ...desk.worklist import PassageDraft, PassageState, Voice, Worklist, obstacle
from ...reader import MentionKind, Nature
from ...text import Span
from ...views import words

Line = list[tuple[str, str]]
"""A line of the screen: its pieces, each with the style that it is shown in."""

MARK = {
    PassageState.OPEN: " ",
    PassageState.ACCEPTED: "+",
    PassageState.LEFT_OUT: "-",
    PassageState.ON_RECORD: "=",
}
STYLE = {
    PassageState.OPEN: "",
    PassageState.ACCEPTED: "class:accepted",
    PassageState.LEFT_OUT: "class:left-out",
    PassageState.ON_RECORD: "class:on-record",
}
GUTTER = 4
"""Columns before the article's words, for marks."""

NATURE = {Nature.FACTUAL: "factual", Nature.OPINION: "an opinion", Nature.NOT_CHECKABLE: "not checkable"}


@attrs.frozen
class LedgerNotes:
    """What the ledger knows of the passage in hand: names by id, and claims that are like it, each as a line."""

    names: Mapping[str, str] = attrs.field(factory=dict)
    like: tuple[str, ...] = ()


# -- words in lines --------------------------------------------------------


@lru_cache(maxsize=20_000)
def wrapped(text: str, width: int) -> tuple[tuple[Span, ...], ...]:
    """Return the lines of a text that is at most `width` cells wide: the places of the words of each."""
    lines: list[tuple[Span, ...]] = []
    line: list[Span] = []
    used = 0
    for word in _words(text, width):
        needed = get_cwidth(word.of(text))
        if line and used + 1 + needed > width:
            lines.append(tuple(line))
            line, used = [], 0
        used += needed + bool(line)
        line.append(word)
    return (*lines, tuple(line)) if line else tuple(lines)


def _words(text: str, width: int) -> Iterable[Span]:
    """Yield the words of a text, one that is too wide for a line in pieces."""
    for word in re.finditer(r"\S+", text):
        start, used = word.start(), 0
        for at in range(word.start(), word.end()):
            wide = get_cwidth(text[at])
            if used + wide > width and at > start:
                yield Span(start, at)
                start, used = at, 0
            used += wide
        yield Span(start, word.end())


def paragraph(text: str, width: int, style: str = "", indent: str = "") -> list[Line]:
    """Return a text as lines, each indented."""
    inner = max(width - len(indent), 8)
    return [[("", indent), (style, " ".join(word.of(text) for word in line))] for line in wrapped(text, inner)]


def paragraphs(text: str, width: int) -> list[Line]:
    """Return paragraphs as lines, with an empty one between them."""
    return [line for one in text.split("\n\n") for line in (*paragraph(one, width), [])]


# -- the article -----------------------------------------------------------


def article_pane(worklist: Worklist, width: int, height: int, cut: int | None = None) -> list[Line]:
    """Return the part of the article around the passage in hand, which is shown whole if there is room.

    `cut` is where it would be split.
    """
    lines: list[Line] = []
    begins = ends = 0
    for number, passage in enumerate(worklist.passages):
        before = worklist.passages[number - 1] if number else None
        if before and "\n" in worklist.text[before.span.end : passage.span.start].strip(" \t") and lines:
            lines.append([])
        in_hand = number == worklist.at
        if in_hand:
            begins = len(lines)
        lines += _passage_lines(worklist, passage, width, before, in_hand=in_hand, cut=cut if in_hand else None)
        if in_hand:
            ends = len(lines)
    top = min(max(begins - height // 3, ends - height, 0), begins, max(len(lines) - height, 0))
    return lines[top : top + height]


def _passage_lines(
    worklist: Worklist,
    passage: PassageDraft,
    width: int,
    before: PassageDraft | None,
    *,
    in_hand: bool,
    cut: int | None,
) -> list[Line]:
    again = before is not None and before.span.end > passage.span.start  # something else that the sentence says
    span = passage.content if again else passage.span
    text = span.of(worklist.text)
    gutter = f"{'>' if in_hand else ' '}{MARK[passage.state]}{'?' if passage.inquiry else '…' if again else ' '} "
    lines: list[Line] = []
    for number, line in enumerate(wrapped(text, max(width - GUTTER - 1, 8))):
        pieces: Line = [("class:mark" if number == 0 else "", gutter if number == 0 else " " * GUTTER)]
        for at, word in enumerate(line):
            start, end = word.start + span.start, word.end + span.start
            style = _style(passage, in_hand, Span(start, end))
            if cut == start:
                pieces.append(("class:cut", " ¦ " if at else "¦ "))
            elif at:
                pieces.append((style, " "))
            pieces.append((style, word.of(text)))
        lines.append(pieces)
    return lines


def _style(passage: PassageDraft, in_hand: bool, word: Span) -> str:
    said = passage.content.start < word.end and word.start < passage.content.end
    if not in_hand:
        return STYLE[passage.state]
    return "class:in-hand class:asserted" if said else "class:in-hand"


# -- the suggestion --------------------------------------------------------


def passage_pane(worklist: Worklist, notes: LedgerNotes, width: int, height: int) -> list[Line]:
    """Return the passage in hand as it would be recorded: what fits, the most important first."""
    passage = worklist.passage
    lines: list[Line] = [*paragraph(_heading(worklist), width, "class:title"), []]
    if passage.state is PassageState.LEFT_OUT and passage.because:
        why = ", ".join(filter(None, (words.EXCLUSION[passage.because], passage.elsewhere, passage.note)))
        lines += _part("Left out", why, width)
    lines += _part("Question" if passage.inquiry else "Claim", passage.text or "(nothing yet)", width, "class:claim")
    lines += _who(worklist, passage, notes, width)
    if passage.said_in:
        lines += _part("Said in", notes.names.get(passage.said_in, passage.said_in), width)
    if passage.inquiry:
        lines += _part("Answer", words.INQUIRY[passage.inquiry], width)
    else:
        lines += _facts(passage, width)
    for one in notes.like:
        lines += _part("Like it", one, width)
    if passage.reason:
        by = f" ({passage.suggested_by})" if passage.suggested_by else ""
        lines += _part("Why", f"{NATURE[passage.nature]}: {passage.reason}{by}", width, "class:dim")
    bottom = paragraph(enter_does(worklist), width, "class:enter")
    return [*lines[: height - len(bottom) - 1], [], *bottom][:height]


def _heading(worklist: Worklist) -> str:
    return f"Passage {worklist.at + 1} of {len(worklist.passages)}, {STATE[worklist.passage.state]}"


STATE = {
    PassageState.OPEN: "open",
    PassageState.ACCEPTED: "accepted",
    PassageState.LEFT_OUT: "left out",
    PassageState.ON_RECORD: "on record already",
}


def enter_does(worklist: Worklist) -> str:
    """Return what the Enter key does now."""
    passage = worklist.passage
    if not passage.open:
        return (
            "Enter: on to the next open passage" if worklist.count(PassageState.OPEN) else "All is decided: c commits"
        )
    if passage.left_out_as:
        return f"Enter: leave it out ({words.EXCLUSION[passage.left_out_as]}). a: accept it all the same"
    blocked = obstacle(worklist, passage)
    if blocked:
        return blocked
    return "Enter: accept this question" if passage.inquiry else "Enter: accept this claim"


def _part(label: str, text: str, width: int, style: str = "") -> list[Line]:
    return [[("class:label", label)], *paragraph(text, width, style, "  ")]


def _facts(passage: PassageDraft, width: int) -> list[Line]:
    told = [
        ("When", passage.occurred),
        ("They know", words.BASIS[passage.basis] if passage.basis.value != "unknown" else ""),
        ("Their stake", words.STAKE[passage.stake] if passage.stake.value != "not_assessed" else ""),
    ]
    return [line for label, text in told if text for line in _part(label, text, width)]


def _who(worklist: Worklist, passage: PassageDraft, notes: LedgerNotes, width: int) -> list[Line]:
    heard = worklist.heard(passage)
    if not heard:
        return _part("Said by", "the article itself", width)
    label = "Asked" if passage.inquiry else "Said by"
    lines = _part(label, describe(heard[-1], notes.names), width)
    for voice in reversed(heard[:-1]):
        lines += paragraph(f"through {describe(voice, notes.names)}", width, "", "  ")
    return lines


def describe(voice: Voice, names: Mapping[str, str]) -> str:
    """Return who a voice is, and what the ledger knows of them."""
    if voice.kept_out:
        return f"somebody whose name is kept out (here: {voice.shown})"
    if voice.kind is MentionKind.UNNAMED:
        return f"{voice.name} (unnamed)"
    if voice.agent:
        return f"{names.get(voice.agent, voice.agent)} ({'on record' if voice.agent in names else voice.agent})"
    if voice.kind is MentionKind.DOCUMENT:
        return f"{voice.shown} (a document)"
    new = "new" if voice.kind is MentionKind.UNCLEAR else f"new {voice.kind.value}"
    like = f", like {names.get(voice.like, voice.like)}" if voice.like else ""
    return f"{voice.shown} ({', '.join(filter(None, (voice.role, new)))}{like})"


# -- around them -----------------------------------------------------------


def title_line(title: str, worklist: Worklist, width: int) -> Line:
    """Return the head: the article, and how far the work has come."""
    total, left = len(worklist.passages), worklist.count(PassageState.OPEN)
    done = (
        f" {total - left} of {total} decided · {len(worklist.accepted)} accepted · {len(worklist.left_out)} left out "
    )
    room = max(width - get_cwidth(done) - 1, 0)
    shown = " " + " ".join(title.split())
    while get_cwidth(shown) > room:
        shown = shown[:-1]
    return [("class:head", shown + " " * (width - get_cwidth(shown) - get_cwidth(done)) + done)]


KEYS = (
    ("Enter", "as suggested"), ("a", "accept"), ("e", "edit"), ("m", "merge"), ("w", "who"), ("s", "split"),
    ("u", "undo"), ("o", "opinion"), ("n", "not checkable"), ("k", "common knowledge"), ("d", "done elsewhere"),
    ("x", "other reason"), ("t", "when"), ("b", "how known"), ("i", "stake"), ("r", "reopen"), ("↑↓", "move"),
    ("c", "commit"), ("q", "leave"), ("?", "help"),
)  # fmt: skip
"""Each key of the desk, and what it does."""


def key_lines(keys: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Return the foot: keys and what they do, on as many lines as they need."""
    lines: list[Line] = [[]]
    used = 0
    for key, does in keys:
        wide = len(key) + len(does) + 3
        if used and used + wide - 2 > width:
            lines.append([])
            used = 0
        lines[-1] += [("class:key", key), ("class:foot", f" {does}  ")]
        used += wide
    return lines


HELP = """\
One passage of the article is in hand, marked > and shown on the right as it would be recorded. Enter does what is
suggested there; the next open passage follows.

a accepts it as a claim, or as a question that was asked. e writes it otherwise. w says that somebody else says it.
m says that the person, organisation or source is one that the ledger has, wherever the article names it: type a part
of the name. s splits it in two. t says when it happened, b how they know it, i what they stand to gain or lose.

o, n, k, d and x leave it out, with the reason. r takes a decision back, u the last step, whatever it was.

Nothing enters the ledger before c; then all of it does, or nothing. q leaves: the work is kept beside the ledger, and
the same command goes on with it. Ctrl-C does the same at any moment."""
