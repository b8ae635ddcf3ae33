"""Texts as they come from a page, a mail, a transcript, a caption or a scan; for `quotations`."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable

LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


def _broken(words: str, width: int, chance: random.Random, hyphen: str = "-") -> list[str]:
    """Return lines of a width, with long words broken at their ends."""
    lines, line = [], ""
    for word in words.split():
        room = width - len(line) - 1
        if line and len(word) > room:
            plain = re.fullmatch(r"\w+[.,;]?", word)
            if (
                plain
                and len(word) > 6
                and 3 <= room - 1 <= len(word) - 4
                and word[: room - 1].isalpha()
                and chance.random() < 0.8
            ):
                line += " " + word[: room - 1] + hyphen
                word = word[room - 1 :]
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _paragraphs(text: str) -> list[str]:
    return [one for one in re.split(r"\n\s*\n", text) if one.strip()]


def ligatures(text: str, chance: random.Random) -> str:
    for plain, joined in LIGATURES:
        text = text.replace(plain, joined)
    return re.sub(" ", lambda _: chance.choice([" ", " ", "\u00a0", "\u2009", "  "]), text)


def hyphens(text: str, chance: random.Random) -> str:
    return "\n\n".join("\n".join(_broken(one, chance.choice([38, 60, 72]), chance)) for one in _paragraphs(text))


def soft_hyphens(text: str, chance: random.Random) -> str:
    soft = re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", lambda _: "\u00ad" if chance.random() < 0.3 else "", text)
    return "\n\n".join("\n".join(_broken(one, 66, chance, "\u00ad")) for one in _paragraphs(soft))


def pages(text: str, chance: random.Random) -> str:
    lines = [line for one in _paragraphs(text) for line in (*_broken(one, 70, chance), "")]
    style, size = chance.randrange(4), chance.randint(18, 40)
    printed = []
    for number, start in enumerate(range(0, len(lines), size), start=1):
        body = lines[start : start + size]
        if style == 0:
            printed += [*body, "", str(number), "\fThe Harbour Gazette"]
        elif style == 1:
            printed += [*body, f"Page {number} of 9", "\f"]
        elif style == 2:
            printed += [*body, "", f"HARBOUR COMMISSION, REPORT   {number}", ""]
        else:
            printed += [*body, f"- {number} -\f"]
    return "\n".join(printed)


def columns(text: str, chance: random.Random) -> str:
    width = chance.choice([36, 42, 50])
    lines = [line for one in _paragraphs(text) for line in (*_broken(one, width, chance), "")]
    size, gap = chance.choice([24, 45]), " " * chance.choice([3, 4, 8])
    printed = []
    for start in range(0, len(lines), 2 * size):
        left, right = lines[start : start + size], lines[start + size : start + 2 * size]
        right += [""] * (len(left) - len(right))
        printed += [f"{a:<{width + 1}}{gap}{b}".rstrip() for a, b in zip(left, right, strict=True)]
        printed.append(chance.choice(["", "\f"]))
    return "\n".join(printed)


def notes(text: str, chance: random.Random) -> str:
    counter = iter(range(1, 100_000))
    return re.sub(
        r"(?<=[a-z])[.,](?= )",
        lambda mark: mark[0] + (f"[{next(counter) % 400 + 1}]" if chance.random() < 0.3 else ""),
        text,
    )


def scanned(text: str, chance: random.Random) -> str:
    lines = [textwrap.fill(one, 64) for one in _paragraphs(text)]
    text = "\n\n".join(lines)
    text = re.sub(r"(?<=\w)(?=[.,;:?!](?:\s|\Z))", lambda _: " " if chance.random() < 0.3 else "", text)
    return re.sub(r" ", lambda _: chance.choice([" ", " ", " ", "   ", "\t"]), text)


def transcript(text: str, chance: random.Random) -> str:
    """A court reporter's pages: 25 numbered lines of questions and answers, a head on each."""
    lines = []
    for number, one in enumerate(_paragraphs(text)):
        lines += _broken(f"{'QA'[number % 2]}.  {one}", 58, chance)
    printed = list[str]()
    for page, start in enumerate(range(0, len(lines), 25), start=1):
        printed += (
            [f"                                                     {page + 40}", ""] if chance.random() < 0.5 else []
        )
        printed += [f"{at:>2}    {line}" for at, line in enumerate(lines[start : start + 25], start=1)]
        printed += ["", f"\fHARBOUR REPORTING, INC.   (555) 010-{page:04}"] if chance.random() < 0.5 else [""]
    return "\n".join(printed)


def mail(text: str, chance: random.Random) -> str:
    """A mail in which a text is quoted, once or twice."""
    mark = chance.choice(["> ", ">> ", "> > ", ">"])
    lines = [line for one in _paragraphs(text) for line in (*_broken(one, 66, chance), "")]
    return "On Tuesday, T. Reyes wrote:\n\n" + "\n".join((mark + line).rstrip() for line in lines)


def raised_notes(text: str, chance: random.Random) -> str:
    """The raised figures of notes, which a reader of the page sets on the line: work.9 We."""
    counter = iter(range(1, 100_000))
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹") if chance.random() < 0.3 else {}
    return re.sub(
        r"(?<=[a-z]{3})(?:[.,](?= )|(?= [a-z]))",
        lambda mark: (
            mark[0]
            + (str(next(counter) % 90 + 1).translate(raised) if chance.random() < (0.4 if mark[0] else 0.02) else "")
        ),
        text,
    )


def heads_inside(text: str, chance: random.Random) -> str:
    """Pages one after the other without a sign of it but their heads and feet."""
    lines = [line for one in _paragraphs(text) for line in _broken(one, 70, chance)]
    size, head = (
        chance.randint(20, 40),
        chance.choice(["The Harbour Gazette", "ANNUAL REPORT OF THE PORT", "T. Reyes: The Quay"]),
    )
    printed = list[str]()
    for number, start in enumerate(range(0, len(lines), size), start=1):
        printed += lines[start : start + size]
        printed += chance.choice([[str(number), head], [f"{number}   {head}"], [f"{head}   {number}"]])
    return "\n".join(printed)


def captions(text: str, chance: random.Random) -> str:
    """The captions of a film, as WebVTT or SubRip."""
    web = chance.random() < 0.5
    printed = ["WEBVTT", ""] if web else []
    lines = [line for one in _paragraphs(text) for line in textwrap.wrap(one, 40)]
    for number, start in enumerate(range(0, len(lines), 2), start=1):
        first, last = (
            f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}{'.' if web else ','}500"
            for at in (start * 3, start * 3 + 5)
        )
        printed += [*([] if web else [str(number)]), f"{first} --> {last}", *lines[start : start + 2], ""]
    return "\n".join(printed)


def clock_lines(text: str, chance: random.Random) -> str:
    """A transcript of a film with the time before each line."""
    form = chance.choice(["[{0:02}:{1:02}] ", "{0}:{1:02} ", "({0:02}:{1:02}) ", "{0}:{1:02}\n"])
    lines = [line for one in _paragraphs(text) for line in textwrap.wrap(one, 50)]
    return "\n".join(form.format(at * 4 // 60, at * 4 % 60) + line for at, line in enumerate(lines))


def mojibake(text: str, chance: random.Random) -> str:
    """UTF-8 that was read as Windows-1252 or as Latin-1."""
    curled = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"([^"\n]*)"', r"“\1”", text)).replace(" - ", " – ")
    wrong = chance.choice(["cp1252", "latin-1"])
    return "".join(one if ord(one) < 128 else _misread(one, wrong) for one in curled)


def _misread(one: str, wrong: str) -> str:
    return "".join(
        bytes([byte]).decode(wrong, errors="replace") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in one.encode()
    )


def windows(text: str, chance: random.Random) -> str:
    """Windows-1252 that was read as Latin-1: its curly marks are control characters."""
    curled = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"([^"\n]*)"', r"“\1”", text)).replace(" - ", " – ")
    return curled.encode("cp1252", errors="ignore").decode("latin-1")


def capitals(text: str, chance: random.Random) -> str:
    return text.upper()


SHAPES = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("i", "l"), ("e", "c"), ("c", "e"), ("h", "b"), ("o", "0"), ("cl", "d"),
    ("a", "o"), ("t", "f"), ("u", "n"), ("n", "u"), ("li", "h"), ("vv", "w"), ("w", "vv"), ("s", "5"), ("g", "q"),
)  # fmt: skip


def scan(share: float) -> Callable[[str, random.Random], str]:
    """Return a reader of print that takes a letter for another in a share of the words."""

    def misread(text: str, chance: random.Random) -> str:
        return re.sub(
            r"[A-Za-z]{3,}", lambda word: _slip(word[0], chance) if chance.random() < share else word[0], text
        )

    return misread


def _slip(word: str, chance: random.Random) -> str:
    for old, new in chance.sample(SHAPES, len(SHAPES)):
        if old in word:
            return word.replace(old, new, 1)
    return word


def spoken(text: str, chance: random.Random) -> str:
    """What a typist of every sound writes down."""
    return re.sub(
        r"(?<=[a-z,]) (?=[a-z])",
        lambda _: chance.choice([" uh, ", " um, ", ", uh, ", " er ", " uh "]) if chance.random() < 0.06 else " ",
        text,
    )


UNSURE = ("scan, 1 word in 100", "scan, 4 words in 100", "spoken")
"""Texts of which no reader can be sure: "probably the same" is the right answer."""

NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, chance: text,
    "ligatures, odd spaces": ligatures,
    "broken words": hyphens,
    "soft hyphens": soft_hyphens,
    "pages with heads": pages,
    "two columns": columns,
    "note marks": notes,
    "scanned, odd gaps": scanned,
    "columns, ligatures": lambda text, chance: columns(ligatures(text, chance), chance),
    "transcript": transcript,
    "mail": mail,
    "raised notes": raised_notes,
    "heads inside": heads_inside,
    "captions": captions,
    "clock before lines": clock_lines,
    "UTF-8 misread": mojibake,
    "Windows misread": windows,
    "capitals": capitals,
    "scan, 1 word in 100": scan(0.01),
    "scan, 4 words in 100": scan(0.04),
    "spoken": spoken,
}
