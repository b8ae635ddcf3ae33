"""Which reports took their text from which: right and wrong, how fast, and beside what others measure.

    python benchmarks/reuse.py [--quick] [--seeds 3] [--cases 70] [--articles 20000]

Reports come from `reporting` (see there), in a world in which no threshold was set. Every two reports of a case are
read side by side. Right is a pair of which one was made from the other; pairs that only come from a third are left
out; wrong is a pair of writers who were there on their own. Of those, the pairs that quote one speech or carry one
notice are counted apart: *merged falsely*. What unrelated sources carry too is taken out first, as a detector does.
Beside it the share of common word triples (Jaccard), and MinHash if datasketch is installed, each at the threshold
that suits it best on these very pairs. Then: reports read a second, and a look-up of one report among many.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import bars
import worlds
from reporting import Case, Source, Teller, easy, exam, hard, page

from ledger import book as use_cases
from ledger.store import memo
from ledger.text import Wording, fingerprints, notices, reuse, wording

FIRST_SEED = 2_000
UNRELATED = 40
"""Reports of other cases that each report is held against to know what is a notice."""

Pair = tuple[Source, Source, str]


def pairs(cases: Sequence[Case]) -> Iterator[Pair]:
    """Yield every two reports of a case with how they hang together: made, apart, or family."""
    for case in cases:
        by = {one.id: one for one in case.sources}
        for a, b in combinations(case.sources, 2):
            if a.id in b.made_from or b.id in a.made_from:
                yield a, b, "made"
            else:
                yield a, b, "family" if _root(a, by) == _root(b, by) else "apart"


def _root(one: Source, by: dict[str, Source]) -> str:
    while one.made_from:
        one = by[one.made_from[0]]
    return one.id


def main() -> None:
    """Measure, and print."""
    options = _options()
    seeds, cases, articles = (1, 12, 300) if options.quick else (options.seeds, options.cases, options.articles)
    for rewrite in (easy, hard):
        ours = _compare(
            rewrite.__name__, [exam(FIRST_SEED + n, worlds.REPORTING, rewrite, cases) for n in range(seeds)]
        )
        bars.hold(f"{rewrite.__name__}: F1", ours[2], least=0.96)
        bars.hold(f"{rewrite.__name__}: merged falsely", ours[3], most=0.05)
    _speed(articles)
    bars.close()


def _compare(name: str, exams: Sequence[Sequence[Case]]) -> tuple[float, float, float, float]:
    """Print how we and others do on these exams; return how we do."""
    found = [pair for cases in exams for pair in pairs(cases) if pair[2] != "family"]
    made = sum(kind == "made" for *_, kind in found)
    print(f"\n{name} rewriter: {made} pairs of which one was made from the other, {len(found) - made} apart")
    print(f"{'':34}{'precision':>10}{'recall':>8}{'F1':>7}{'merged falsely':>16}")
    ours = {}
    for cases in exams:
        ours |= _read(cases)
    scores = _line("factledger", found, lambda a, b: bool(reuse(ours[id(a)], ours[id(b)])))
    triples = {id(one): _triples(one.text) for a, b, _ in found for one in (a, b)}
    jaccard = {(id(a), id(b)): _jaccard(triples[id(a)], triples[id(b)]) for a, b, _ in found}
    _best("common word triples (Jaccard)", found, jaccard)
    try:
        from datasketch import MinHash
    except ModuleNotFoundError:
        print(f"{'MinHash (datasketch)':34}  not measured: datasketch is not installed")
        return scores
    signs = {}
    for which, words in triples.items():
        signs[which] = MinHash(128)
        signs[which].update_batch([" ".join(triple).encode() for triple in words])
    _best("MinHash (datasketch)", found, {(id(a), id(b)): signs[id(a)].jaccard(signs[id(b)]) for a, b, _ in found})
    return scores


def _read(cases: Sequence[Case]) -> dict[int, Wording]:
    """Return the wording of every report without what reports of other cases carry too."""
    drawn = random.Random(7)
    words = {id(one): (case.id, wording(one.text)) for case in cases for one in case.sources}
    clean = {}
    for which, (case, mine) in words.items():
        others = [
            other for home, other in drawn.sample(list(words.values()), min(UNRELATED, len(words))) if home != case
        ]
        clean[which] = mine.without(notices(mine, others))
    return clean


def _triples(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def _best(name: str, found: Sequence[Pair], similar: dict[tuple[int, int], float]) -> None:
    """Print the threshold at which a measure does best on these pairs."""
    at = max(
        (step / 100 for step in range(2, 90, 2)),
        key=lambda at: _scores(found, lambda a, b: similar[id(a), id(b)] >= at)[2],
    )
    _line(f"{name} >= {at:.2f}", found, lambda a, b: similar[id(a), id(b)] >= at)


def _line(
    name: str, found: Sequence[Pair], alike: Callable[[Source, Source], bool]
) -> tuple[float, float, float, float]:
    precision, recall, f1, falsely = scores = _scores(found, alike)
    print(f"{name:34}{precision:10.3f}{recall:8.3f}{f1:7.3f}{falsely:16.3f}")
    return scores


def _scores(found: Sequence[Pair], alike: Callable[[Source, Source], bool]) -> tuple[float, float, float, float]:
    said = [(alike(a, b), kind == "made", _share_words_of_others(a, b)) for a, b, kind in found]
    right = sum(yes and made for yes, made, _ in said)
    precision, recall = right / max(1, sum(yes for yes, *_ in said)), right / sum(made for _, made, _ in said)
    planted = [yes for yes, made, shared in said if shared and not made]
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), statistics.mean(planted)


def _share_words_of_others(a: Source, b: Source) -> bool:
    """Return whether two reports quote the same speech or carry the same notice."""
    return any(line in b.text for line in a.text.split("\n\n") if len(line.split()) > 12) or (
        "“" in a.text and a.text.partition("“")[2].partition("”")[0] in b.text
    )


def _speed(articles: int) -> None:
    texts = list(_articles(articles))
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        with use_cases.start(Path(name) / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
            begin = time.process_time()
            marks = [fingerprints(wording(text)) for text in texts]
            reading = time.process_time() - begin
            memo.keep_marks(ledger, ((f"article-{at}", "1", found) for at, found in enumerate(marks)))
            keeping = time.process_time() - begin - reading
            took = []
            for at in random.Random(7).sample(range(len(texts)), 300):
                begin = time.perf_counter()
                memo.alike(ledger.db, marks[at], 50)
                took.append(1e3 * (time.perf_counter() - begin))
    words = statistics.mean(len(text.split()) for text in texts)
    print(f"\n{len(texts):,} articles of {words:.0f} words, {statistics.mean(map(len, marks)):.0f} fingerprints each")
    print(f"read and fingerprinted   {len(texts) / reading:10,.0f} articles a CPU second")
    print(f"remembered               {len(texts) / keeping:10,.0f} articles a CPU second")
    print(f"looked up among them     {statistics.median(took):10.2f} ms median, {sorted(took)[-4]:.2f} ms at 99%")


def _articles(count: int) -> Iterator[str]:
    """Yield articles of some 400 words, each about happenings of its own."""
    rng = random.Random(3)
    for _ in range(count):
        told = [Teller(rng, worlds.REPORTING).report(rng, at % 3, quoting=False) for at in range(3)]
        yield "\n\n".join(page(said, rng) for said in told)


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cases", type=int, default=70)
    parser.add_argument("--articles", type=int, default=20_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
