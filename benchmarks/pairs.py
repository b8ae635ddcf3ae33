"""Which of two texts by other people was made from the other: seen, or not told from what two write on their own.

    python benchmarks/pairs.py [--quick] [--data FOLDER]

No text here was written or made over by us:

    onestop            189 articles of The Guardian, each rewritten by a teacher for readers who know less English, and
                       that again for beginners (OneStopEnglish, Vajjala and Lucic 2018; CC BY-SA 4.0): copies
    clough-stevenson   answers to five questions, pasted from an encyclopaedia, lightly or heavily changed, or written
                       without it (Clough and Stevenson 2011; as answers.csv: answer, source, 0 to 3): copies, and not
    basil              three outlets on one event, two by two (see `outlets`): not copies, as a rule

    paraphrases        texts of a language model with what another made of them, two such beside each other, and two
                       that were written on one subject (Adversarial Paraphrasing, Cheng et al. 2025, Apache-2.0: its
                       outputs from row 600 on, as pairs.jsonl: kind, made, one, other)

*seen*: said to be made from the other; *open*: not excluded; the rest is called apart, which of copies is the graver
fault. The first three sets were looked at when the thresholds were set, beside `worlds.TUNING` and other rows of the
last; on the rows here nothing was set. Beside it the share of common word triples (Jaccard), at the threshold at which
it takes no more of two who wrote on their own for copies than we do. Five of the articles in onestop lie under another
one's name, and are rightly called apart.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import attrs
import bars
import outlets

from ledger.text import Common, in_common, wording

LEVELS = {"0": "none", "1": "heavy", "2": "light", "3": "cut"}


@attrs.frozen
class Two:
    """Two texts: of which set and kind, and whether one was made from the other, or both from a third."""

    kind: str
    made: bool
    one: str
    other: str


def onestop(folder: Path) -> Iterator[Two]:
    """Yield each article beside what teachers made of it."""
    texts = defaultdict[str, dict[str, str]](dict)
    for path in sorted((folder / "Texts-SeparatedByReadingLevel").rglob("*.txt")):
        name, _, level = path.stem.lower().rpartition("-")
        texts[name][level] = path.read_text(encoding="utf-8-sig", errors="replace")
    for name in sorted(texts):
        for level, what in (("int", "onestop, simpler"), ("ele", "onestop, for beginners")):
            if {"adv", level} <= texts[name].keys():
                yield Two(what, True, texts[name][level], texts[name]["adv"])


def answers(folder: Path) -> Iterator[Two]:
    """Yield each answer beside the encyclopaedia, and those written without it two by two."""
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for source in sorted({row[1] for row in rows}):
        mine = [(answer, level) for answer, of, level in rows if of == source]
        for answer, level in mine:
            yield Two(f"answers, {LEVELS[level]}", level != "0", answer, source)
        for one, other in combinations([answer for answer, level in mine if level == "0"], 2):
            yield Two("answers, two of their own", False, one, other)


def reports(folder: Path) -> Iterator[Two]:
    """Yield what outlets wrote of one event, two by two."""
    for _, told in outlets.events(folder):
        for one, other in combinations(sorted(told), 2):
            yield Two("outlets on one event", False, told[one], told[other])


def paraphrases(folder: Path) -> Iterator[Two]:
    """Yield what language models made of one another's texts."""
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        two = json.loads(line)
        yield Two(f"paraphrases, {two['kind']}", two["made"], two["one"], two["other"])


SETS = {"onestop": onestop, "clough-stevenson": answers, "basil": reports, "paraphrases": paraphrases}


def main() -> None:
    """Compare, print, and hold what has to be held."""
    options = bars.parser(__doc__).parse_args()
    found = list(_all(options))
    if found:
        read = {text: wording(text) for two in found for text in (two.one, two.other)}
        common = [in_common(read[two.one], read[two.other]) for two in found]
        _show(found, common)
        _hold(found, common)
    bars.close()


def _all(options: argparse.Namespace) -> Iterator[Two]:
    for name, pairs in SETS.items():
        folder = bars.data(options, name)
        if folder is not None:
            yield from list(pairs(folder))[:: 12 if options.quick else 1]


def _show(found: Sequence[Two], common: Sequence[Common]) -> None:
    alike = [_jaccard(two.one, two.other) for two in found]
    own = sorted((one for two, one in zip(found, alike, strict=True) if not two.made), reverse=True)
    best = own[sum(bool(one.own) for two, one in zip(found, common, strict=True) if not two.made)] if own else 0.0
    print(f"{'':38}{'pairs':>6}{'seen':>8}{'open':>8}{'apart':>8}{f'triples > {best:.2f}':>18}")
    for kind in dict.fromkeys(two.kind for two in found):
        at = [n for n, two in enumerate(found) if two.kind == kind]
        seen, apart = (sum(how(common[n]) for n in at) / len(at) for how in (_is_seen, _is_apart))
        triples = sum(alike[n] > best for n in at) / len(at)
        print(f"{kind:38}{len(at):6}{seen:8.3f}{max(0.0, 1 - seen - apart):8.3f}{apart:8.3f}{triples:18.3f}")
    ours, theirs = _f1(found, list(map(_is_seen, common))), _f1(found, [one > best for one in alike])
    print(f"{'F1 of all':38}{ours:14.3f}{theirs:34.3f}")


def _hold(found: Sequence[Two], common: Sequence[Common]) -> None:
    people = [(two, one) for two, one in zip(found, common, strict=True) if not two.kind.startswith("paraphrases")]
    made = [one for two, one in people if two.made]
    own = [one for two, one in zip(found, common, strict=True) if not two.made]
    bars.hold("copies by people: seen", sum(map(_is_seen, made)) / len(made), least=0.9)
    bars.hold("copies by people: called apart", sum(map(_is_apart, made)) / len(made), most=0.04)
    bars.hold("two on their own: said to be copies", sum(map(_is_seen, own)) / len(own), most=0.02)


def _is_seen(common: Common) -> bool:
    return bool(common.own)


def _is_apart(common: Common) -> bool:
    return common.apart


def _f1(found: Sequence[Two], said: Sequence[bool]) -> float:
    right = sum(yes and two.made for two, yes in zip(found, said, strict=True))
    return 2 * right / max(1, sum(said) + sum(two.made for two in found))


def _jaccard(one: str, other: str) -> float:
    here, there = _triples(one), _triples(other)
    return len(here & there) / max(1, len(here | there))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


if __name__ == "__main__":
    main()
