"""Copies told from confirmations: an exam of circular reporting, through the whole product.

    python benchmarks/circular.py [--quick] [--data FOLDER] [--seeds 3] [--cases 70] [--exam FILE] [--write FILE]

Each case is a claim with up to a dozen archived reports, of which some were made from others; half of that is
declared. The ledger is filled as a desk would fill it and checked; what it says of each claim is held against what
is true by construction: *exact*, the most independent sources that it does not exclude are as many as there are
origins (*too many*: copies went unseen; *too few*: confirmations were taken for copies); *false pass*, it calls more
sources shown independent than there are origins; *recognised*, truly independent first-hand pairs that are shown
independent. Beside it: our reading of the texts without a ledger, every outlet counted, the declared links alone, and
MinHash (datasketch, if it is installed) in place of our reading.

Four exams. *easy* and *hard*: texts and rewriters of `reporting`, in a world in which the words set no threshold (those
were set in `worlds.TUNING` and on the sets of `pairs.py`; that likeness had to rise from .22 to .25 was seen here).
*outlets*: reports of Fox News, the Huffington Post and the New York Times (`outlets`; folder "basil"), made over by a
rewriter that knows no frames (`rewriting`), once with everyday words and half of the events, once with WordNet's
(folder "wordnet", the `dict` of WordNet 3.1) and the other half: on those nothing was set. They are long, and what is
copied keeps whole stretches: MinHash does badly there, a look for long passages alone does not.

`--exam` takes cases from elsewhere: a JSON list of
{"id", "text", "origins", "evidence": [ids], "pairs": [[id, id]],
 "sources": [{"id", "owner", "text", "day": number or null, "first_hand": bool, "made_from": [ids], "declared": bool}]};
`--write` writes those that were made here in that form.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import attrs
import bars
import outlets
import rewriting
import worlds
from reporting import Case, Source, easy, exam, hard

from ledger import book as use_cases
from ledger import checks
from ledger.capture import PLAIN, Archive, Extraction
from ledger.chain import Chain, Step, independence
from ledger.model import Basis, Relation
from ledger.store import queries
from ledger.text import Common, in_common, wording

FIRST_SEED = 1_000
"""Seeds from here on are reported; those below set thresholds."""

SIMILAR = 0.2
"""Of MinHash: the Jaccard similarity from which two texts count as one."""


@attrs.define
class Score:
    """Counts over the cases of an exam."""

    cases: int = 0
    exact: int = 0
    too_many: int = 0
    passed_falsely: int = 0
    pairs: int = 0
    recognised: int = 0

    def add(self, case: Case, lower: int, upper: int) -> None:
        self.cases += 1
        self.exact += upper == case.origins
        self.too_many += upper > case.origins
        self.passed_falsely += lower > case.origins or (lower > 1 and case.origins == 1)
        if case.pairs:
            self.pairs += 1
            self.recognised += lower >= 2

    def shares(self) -> dict[str, float]:
        """Return each count as a share of the cases, or of those that have pairs."""
        cases = max(1, self.cases)
        return {
            "exact": self.exact / cases,
            "too many": self.too_many / cases,
            "too few": (self.cases - self.exact - self.too_many) / cases,
            "false pass": self.passed_falsely / cases,
            "recognised": self.recognised / max(1, self.pairs),
        }


Solver = Callable[[Sequence[Case]], Iterator[tuple[int, int]]]


def product(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield (at least, at most) for each case, as the ledger says it after `check`."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        with use_cases.start(Path(name) / "ledger.db", origin="exam.example", person="Ana Roa").ledger as ledger:
            book = use_cases.Book(ledger)
            archive = Archive(ledger.archive)
            with book.together():
                for case in cases:
                    _enter(book, archive, case)
            checks.check(book)
            for case in cases:
                (row,) = queries.rows(ledger.db, "claims", id=case.id)
                yield row["independent_shown"], row["independent_at_most"]


def _enter(book: use_cases.Book, archive: Archive, case: Case) -> None:
    made = {}
    for one in case.sources:
        owner = book.agent(one.owner, id=one.owner)
        day = None if one.day is None else (date(2031, 5, 1) + timedelta(one.day)).isoformat()
        made[one.id] = book.source(f"Report {one.id}", id=one.id, publisher=owner, published=day)
        data = one.text.encode()
        archive.put(data)
        reading = Extraction(data, one.text, "text/plain", PLAIN, f"{one.id}.txt")
        book.capture(made[one.id], reading, use_cases.Custody())
    for one in case.sources:
        for model in one.made_from if one.declared else ():
            book.link(made[one.id], Relation.BASED_ON, made[model])
    claim = book.claim(case.text, id=case.id)
    for one in case.sources:
        if one.id in case.evidence:
            book.evidence(claim, made[one.id], basis=Basis.WITNESS if one.first_hand else Basis.UNKNOWN)


def counted(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield as many as there are owners, as who counts outlets does."""
    for case in cases:
        count = len({one.owner for one in case.sources if one.id in case.evidence})
        yield count, count


def declared_only(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield what follows from the declared links."""
    return (_solved(case, lambda a, b: False) for case in cases)


def readings(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield what follows if every two texts of a case are read side by side, without a ledger."""
    for case in cases:
        words = {one.id: wording(one.text) for one in case.sources}
        yield _solved(case, lambda a, b, words=words: _seen(in_common(words[a.id], words[b.id])))  # type: ignore[misc]


def _seen(common: Common) -> bool | None:
    return True if common.own else (False if common.apart else None)


def minhash(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield what follows if MinHash over word triples says which texts hang together."""
    from datasketch import MinHash

    for case in cases:
        signs = {}
        for one in case.sources:
            words = one.text.lower().split()
            signs[one.id] = MinHash(128)
            signs[one.id].update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        yield _solved(case, lambda a, b, signs=signs: signs[a.id].jaccard(signs[b.id]) >= SIMILAR)  # type: ignore[misc]


def _solved(case: Case, alike: Callable[[Source, Source], bool | None]) -> tuple[int, int]:
    """Return (at least, at most) if that says which texts hang together; None is that it cannot tell."""
    links = [(one.id, model) for one in case.sources if one.declared for model in one.made_from]
    steps = [Step(*link, "based_on") for link in links]
    known = {frozenset(link) for link in links}
    order = sorted(case.sources, key=lambda one: (one.day is None, one.day, one.id))
    apart = set()
    for earlier, later in combinations(order, 2):
        if frozenset((earlier.id, later.id)) in known:
            continue
        together = alike(later, earlier)
        if together:
            steps.append(Step(later.id, earlier.id, "based_on"))
        elif together is False:
            apart.add(frozenset((earlier.id, later.id)))
    found = independence(
        case.evidence,
        Chain(steps),
        owner={one.id: one.owner for one in case.sources},
        first_hand={one.id for one in case.sources if one.first_hand},
        compared=apart,
    )
    return found.lower, found.upper


def main() -> None:
    """Examine, print, and hold what has to be held."""
    options = _options()
    if options.exam:
        _examine(f"the exam in {options.exam}", _read(options.exam))
        return
    seeds, count = (1, 8) if options.quick else (options.seeds, options.cases)
    for rewrite in (easy, hard):
        cases = _several(seeds, lambda seed, how=rewrite: exam(seed, worlds.REPORTING, how, count))  # type: ignore[misc]
        _write(options.write, rewrite.__name__, cases)
        _hold(rewrite.__name__, _examine(f"{rewrite.__name__} rewriter", cases), quick=options.quick)
    for name, cases in _outlets(options, 1 if options.quick else 2, 4 if options.quick else 50):
        _write(options.write, name, cases)
        _hold(name, _examine(f"outlets, {name}", cases), quick=options.quick)
    bars.close()


LEAST = {"easy": 0.94, "hard": 0.92, "everyday": 0.9, "wordnet": 0.75}
"""Exact, of the cases of each exam."""


def _hold(name: str, score: Score, *, quick: bool) -> None:
    """Hold the bars; in the small size one case more may be wrong."""
    bars.hold(f"{name}: exact", score.shares()["exact"], least=LEAST[name] - (1 / score.cases if quick else 0))
    bars.hold(f"{name}: false pass", score.shares()["false pass"], most=0.005)


def _several(seeds: int, make: Callable[[int], Sequence[Case]]) -> list[Case]:
    return [
        attrs.evolve(case, id=f"{case.id}-{seed}", **_renamed(case, seed))  # type: ignore[arg-type]
        for seed in range(FIRST_SEED, FIRST_SEED + seeds)
        for case in make(seed)
    ]


def _outlets(options: argparse.Namespace, seeds: int, count: int) -> Iterator[tuple[str, list[Case]]]:
    """Yield the exams whose first reports were written by outlets, as far as what they need is there."""
    basil = bars.data(options, "basil")
    if basil is None:
        return
    words = rewriting.rewriter(rewriting.everyday(), share=1.0, keep=(0.15, 0.6), thin=0.7)
    yield "everyday", _several(seeds, lambda seed: outlets.exam(seed, basil, words, count, half=0))
    lexicon = bars.data(options, "wordnet")
    if lexicon is not None:
        others = rewriting.rewriter(rewriting.wordnet(lexicon), share=0.8, keep=(0.15, 0.6), thin=0.7)
        yield "wordnet", _several(seeds, lambda seed: outlets.exam(seed, basil, others, count, half=1))


def _write(path: Path | None, name: str, cases: Sequence[Case]) -> None:
    if path:
        target = path.with_name(f"{path.stem}-{name}{path.suffix}")
        target.write_text(json.dumps([attrs.asdict(case) for case in cases], indent=1), encoding="utf-8")


def _renamed(case: Case, seed: int) -> dict[str, object]:
    """Return the parts of a case with names that say the seed, so that no two exams share one."""
    name = {one.id: f"{one.id}-{seed}" for one in case.sources}
    return {
        "sources": tuple(
            attrs.evolve(
                one,
                id=name[one.id],
                owner=f"{one.owner}-{seed}",
                made_from=tuple(name[model] for model in one.made_from),
            )
            for one in case.sources
        ),
        "evidence": tuple(name[one] for one in case.evidence),
        "pairs": tuple((name[a], name[b]) for a, b in case.pairs),
    }


def _read(path: Path) -> list[Case]:
    return [
        Case(
            id=one["id"],
            text=one["text"],
            sources=tuple(Source(**{**made, "made_from": tuple(made["made_from"])}) for made in one["sources"]),
            evidence=tuple(one["evidence"]),
            origins=one["origins"],
            pairs=tuple((a, b) for a, b in one["pairs"]),
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


SOLVERS: dict[str, Solver] = {
    "factledger, entered and checked": product,
    "its reading of the texts alone": readings,
    "outlets counted": counted,
    "declared links alone": declared_only,
    f"MinHash (datasketch) >= {SIMILAR}": minhash,
}


def _examine(name: str, cases: Sequence[Case]) -> Score:
    """Print how each does, and return how the product did."""
    reports = sum(len(case.sources) for case in cases)
    print(f"\n{name}: {len(cases)} claims, {reports} reports")
    print(f"{'':34}" + "".join(f"{what:>11}" for what in Score().shares()) + f"{'seconds':>9}")
    scores = {}
    for what, solve in SOLVERS.items():
        scores[what], begin = Score(), time.perf_counter()
        try:
            for case, (lower, upper) in zip(cases, solve(cases), strict=True):
                scores[what].add(case, lower, upper)
        except ModuleNotFoundError as missing:
            print(f"{what:34}  not measured: {missing.name} is not installed")
            continue
        shares = "".join(f"{share:11.3f}" for share in scores[what].shares().values())
        print(f"{what:34}{shares}{time.perf_counter() - begin:9.1f}")
        sys.stdout.flush()
    return next(iter(scores.values()))


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cases", type=int, default=70)
    parser.add_argument("--exam", type=Path, metavar="FILE")
    parser.add_argument("--write", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
