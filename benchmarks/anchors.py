"""What becomes of recorded words when their page is edited: 1,000 edits, and how often an answer is wrong.

    python benchmarks/anchors.py [--quick] [--edits 1000] [--seed 4000]

A page of sentences, many of them look-alikes (the same words in other surroundings), is quoted from and then edited in
one to four ways: paragraphs put in above, sentences taken out, moved or changed by a figure, a "not" or a word, the
quoted one among them; a twin of a passage put in elsewhere, but not beside a neighbour of it. Every sentence keeps a
mark that the reader of the text does not see, so that what truly became of the quoted one is known. *Jumped*: words
were given as the passage that are not the passage. *Kept*: the passage stands unchanged; *found*: and was said to be
there, where it is. A place that is alike all around, for 160 characters, counts as the right one: nobody could tell.

Beside it what others do: the first place where the words stand; the place nearest to where they stood; and the most
similar passage, by rapidfuzz if it is installed (score of 90 and more).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from importlib.util import find_spec

import bars

from ledger import Anchor
from ledger.text import AnchorState, Span, compare, context, locate

SUBJECTS = "the harbour|the bridge|the council|the ferry|the warden|the crane|the quay|the lighthouse".split("|")
VERBS = "was closed|was opened|was inspected|was painted|was moved|was sold|was insured|was repaired".split("|")
ENDS = "in May|in June|for {n} days|after {n} complaints|at a cost of {n} crowns|by {n} workers|on a Monday".split("|")
OPENERS = "That week|According to the log|Later|As planned|To the surprise of many|In the end|Again".split("|")

Sentence = tuple[int, str]
"""A mark that only this exam sees, and what is written."""


def page(draw: random.Random, size: int = 60) -> list[Sentence]:
    """Return a page in which every third sentence has the words of another."""
    made: list[Sentence] = []
    for number in range(size):
        words = last = made[-1][1] if made else ""
        while words == last:  # of two in a row that are alike nobody could say which was taken out
            subject, verb = draw.choice(SUBJECTS), draw.choice(VERBS)
            end = draw.choice(ENDS).format(n=draw.randrange(2, 900))
            words = f"{draw.choice(OPENERS)} {subject} {verb} {end}."
            if made and draw.random() < 1 / 3:
                words = draw.choice(made)[1]
        made.append((number, words))
    return made


def edited(made: list[Sentence], at: int, draw: random.Random) -> tuple[list[Sentence], bool]:
    """Return the page after one to four edits, and whether the quoted sentence is in it unchanged."""
    later, intact = list(made), True
    for _ in range(draw.randrange(1, 5)):
        kind = draw.choice(("above", "drop", "drop ours", "change", "change ours", "move", "twin"))
        where = next((i for i, (mark, _) in enumerate(later) if mark == at), None)
        other = draw.randrange(len(later))
        if kind == "above":
            note = f"A note of {draw.randrange(1900, 2030)} was added by the clerk."
            later.insert(draw.randrange(0, (where or 0) + 1), (-1, note))
        elif kind == "drop" and other != where and len(later) > 5:
            del later[other]
        elif kind == "drop ours" and where is not None:
            del later[where]
            intact = False
        elif kind == "change" and other != where:
            later[other] = (later[other][0], altered(later[other][1], draw))
        elif kind == "change ours" and where is not None:
            later[where] = (at, altered(later[where][1], draw))
            intact = False
        elif kind == "move" and where is not None:
            later.insert(draw.randrange(len(later)), later.pop(where))
        elif kind == "twin":
            later.insert(draw.choice(_apart(later, at)), (-2, made[at][1]))
    return later, intact


def _apart(later: list[Sentence], at: int) -> list[int]:
    """Return where a twin may stand: beside no neighbour of the quoted sentence, where it would be that sentence."""
    close = {at - 1, at, at + 1}
    marks = [-1, *(mark for mark, _ in later), -1]
    return [place for place in range(len(later) + 1) if close.isdisjoint(marks[place : place + 2])] or [0]


def altered(words: str, draw: random.Random) -> str:
    """Return a sentence with a figure, a "not" or a word changed."""
    figures = [one for one in words.split() if one.isdigit()]
    if figures and draw.random() < 0.6:
        return words.replace(figures[0], str(int(figures[0]) + draw.randrange(1, 9)))
    if draw.random() < 0.5:
        return words.replace(" was ", " was not ", 1)
    return words.replace(" was ", " had been ", 1)


def text_of(sentences: list[Sentence]) -> tuple[str, dict[int, int]]:
    """Return a page as it is read, and where each marked sentence begins."""
    pieces, starts, length = [], {}, 0
    for number, (mark, words) in enumerate(sentences):
        starts[mark] = length
        pieces.append(words + ("\n\n" if number % 4 == 3 else " "))
        length += len(pieces[-1])
    return "".join(pieces), starts


def alike(left: str, right: str, a: int, b: int, size: int) -> bool:
    """Return whether two places look the same to somebody who sees 160 characters on either side."""
    return left[max(0, a - 160) : a + size + 160].split() == right[max(0, b - 160) : b + size + 160].split()


Locator = Callable[[Anchor, str, str], int | None]


def ours(anchor: Anchor, before: str, after: str) -> int | None:
    place = locate(anchor, after, before=before)
    return place.span.start if place.span and place.state in (AnchorState.EXACT, AnchorState.MOVED) else None


def first(anchor: Anchor, before: str, after: str) -> int | None:
    at = after.find(anchor.exact)
    return at if at >= 0 else None


def nearest_place(anchor: Anchor, before: str, after: str) -> int | None:
    places = [place.start for place in compare(anchor.exact, after).places]
    return min(places, key=lambda at: abs(at - (anchor.start or 0)), default=None)


def similar(anchor: Anchor, before: str, after: str) -> int | None:
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(anchor.exact, after, score_cutoff=90)
    return found.dest_start if found else None


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=4_000)
    options = parser.parse_args()
    methods: dict[str, Locator] = {"factledger": ours, "first place": first, "nearest place": nearest_place}
    if find_spec("rapidfuzz"):
        methods["rapidfuzz >= 90"] = similar
    else:
        print("rapidfuzz is not installed")
    cases = []
    for number in range(options.edits // (5 if options.quick else 1)):
        draw = random.Random(options.seed + number)
        made = page(draw)
        at = draw.randrange(len(made))
        before, starts = text_of(made)
        words = made[at][1].removesuffix(".")
        span = Span(starts[at], starts[at] + len(words))
        prefix, suffix = context(before, span)
        anchor = Anchor(exact=words, prefix=prefix, suffix=suffix, start=span.start, end=span.end)
        later, intact = edited(made, at, draw)
        after, places = text_of(later)
        cases.append((anchor, before, after, places.get(at) if intact else None))
    kept = sum(true is not None for *_, true in cases)
    print(f"{len(cases):,} edits; the passage stands unchanged after {kept:,} of them")
    figures: dict[str, tuple[int, float]] = {}
    for name, method in methods.items():
        began = time.process_time()
        answers = [method(anchor, before, after) for anchor, before, after, _ in cases]
        spent = time.process_time() - began
        jumped = found = 0
        for answer, (anchor, _, after, true) in zip(answers, cases, strict=True):
            if answer is None:
                continue
            same = true is not None and alike(after, after, answer, true, len(anchor.exact))
            right = true is not None and abs(answer - true) <= 1
            found += right
            jumped += not right and not same
        figures[name] = jumped, found / kept
        print(f"{name:<16} jumped {jumped:>4}   found {found / kept:.3f}   {len(cases) / spent:>9,.0f} a CPU second")
    states = [locate(anchor, after, before=before).state for anchor, before, after, _ in cases]
    gone = [state for state, (*_, true) in zip(states, cases, strict=True) if true is None]
    print("where the passage is gone: " + ", ".join(f"{one} {gone.count(one)}" for one in AnchorState))
    bars.hold("passages that are another", figures["factledger"][0], most=0)
    bars.hold("unchanged passages found", figures["factledger"][1], least=0.6)
    bars.close()


if __name__ == "__main__":
    main()
