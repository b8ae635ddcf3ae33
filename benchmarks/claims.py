"""Whether two claims that cannot both be so are shown side by side, and others are not: precision and recall.

    python benchmarks/claims.py [--quick]

- Ours: the pairs of tests/checkers/two_values.toml, 200 of our own, of eleven kinds. Every other one was
  read while the rules were made (*seen*); of the rest only the figures were (*unseen*).
- sick: 9,427 pairs of captions, judged by people: contradiction, entailment or neutral (SICK, Marelli and others 2014,
  SemEval-2014 task 1; CC BY-NC-SA 3.0; public in the repository kovvalsky/LangPro). The folder has SICK_train.txt,
  of which some were read, and SICK_test_annotated.txt, of which none was. It has denials and opposites, few numbers.
- checkthat-2020 (see benchmarks/match.py): 10,375 checked claims, for what meeting costs: how many claims meet in the
  largest group, and in how many groups a claim meets others.

A pair counts as shown only where its two claims meet. Beside it: claims in the same words that have other digits, or of
which one says "not", by which an earlier version went.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import bars
from factledger_checkers.two_values.differing import differs
from factledger_checkers.two_values.statement import statement

PAIRS = Path(__file__).parent.parent / "tests" / "checkers" / "two_values.toml"
_WORD = re.compile(r"[^\W\d_]{3,}")
_DENIES = re.compile(r"\b(?:not|no|never|none|nobody)\b|n['’]t\b", re.IGNORECASE)

Pair = tuple[str, str, bool]
"""Two claims, and whether they cannot both be so."""


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    kinds = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    for kind in kinds:
        _measure(f"{kind}, unseen", _own({kind: kinds[kind]}, 1), shown)
    for half, which in enumerate(("seen", "unseen")):
        pairs = _own(kinds, half)
        precision, recall = _measure(f"ours, {which}", pairs, shown)
        _measure(f"ours, {which}, same words", pairs, _same_words)
        bars.hold(f"precision on ours, {which}", precision, least=0.9)
        bars.hold(f"recall on ours, {which}", recall, least=0.6)
    folder = bars.data(options, "sick")
    if folder is not None:
        for name in ("SICK_train.txt", "SICK_test_annotated.txt"):
            pairs = _sick(folder / name)[: 1000 if options.quick else None]
            precision, recall = _measure(name, pairs, shown)
            _measure(f"{name}, same words", pairs, _same_words)
        bars.hold("precision on SICK's test part", precision, least=0.9)
        bars.hold("recall on SICK's test part", recall, least=0.6)
    _meeting(options)
    bars.close()


def shown(one: str, other: str) -> bool:
    """Return whether two claims meet and are shown side by side."""
    mine, theirs = statement(one), statement(other)
    return not set(mine.keys).isdisjoint(theirs.keys) and bool(differs(mine, theirs))


def _same_words(one: str, other: str) -> bool:
    mine, theirs = ({word.lower() for word in _WORD.findall(text)} - {"not"} for text in (one, other))
    digits = [set(re.findall(r"\d+", text)) for text in (one, other)]
    return mine == theirs and (digits[0] != digits[1] or bool(_DENIES.search(one)) != bool(_DENIES.search(other)))


def _measure(name: str, pairs: Sequence[Pair], judge: Callable[[str, str], bool]) -> tuple[float, float]:
    counted = Counter((judge(one, other), apart) for one, other, apart in pairs)
    right, wrong, missed = counted[True, True], counted[True, False], counted[False, True]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    print(
        f"{name}: precision {precision:.3f}, recall {recall:.3f} ({len(pairs)} pairs, {wrong} wrong, {missed} missed)"
    )
    return precision, recall


def _own(kinds: dict[str, dict[str, list[list[str]]]], half: int) -> list[Pair]:
    return [
        (one, other, answer == "apart")
        for lists in kinds.values()
        for answer, pairs in lists.items()
        for one, other in pairs[half::2]
    ]


def _sick(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["sentence_A"], row["sentence_B"], row["entailment_judgment"] == "CONTRADICTION") for row in rows]


def _meeting(options: argparse.Namespace) -> None:
    """Print what meeting costs on ten thousand claims that were not made here, and hold that groups stay small."""
    folder = bars.data(options, "checkthat-2020")
    if folder is None:
        return
    with (folder / "verified_claims.docs.tsv").open(encoding="utf-8", newline="") as file:
        texts = [row[1] for row in list(csv.reader(file, delimiter="\t"))[1:]][: 1000 if options.quick else None]
    started = time.process_time()
    groups = Counter(key for text in texts for key in set(statement(text).keys))
    took = (time.process_time() - started) * 1000 / len(texts)
    met = [size for size in groups.values() if size > 1]
    print(f"{len(texts):,} claims: {took:.1f} ms each; in groups with others {sum(met) / len(texts):.2f} times each")
    bars.hold("claims in the largest group", max(met, default=0), most=100)
    bars.hold("times that a claim meets others", sum(met) / len(texts), most=3.0)


if __name__ == "__main__":
    main()
