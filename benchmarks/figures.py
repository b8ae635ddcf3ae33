"""Whether a claim's numbers stand in its source: what is accepted of the same, reformatted and altered claims.

    python benchmarks/figures.py [--quick] [--data FOLDER] [--seeds 3] [--each 400] [--first-seed 5000]

A claim is a sentence of its source as it is (*same*), with one number written otherwise (*reformatted*), or with one
number changed (*altered*), as `rewordings` does it. Beside it: whether the claim's runs of digits all stand in the
source, and `corroborate` (pip install corroborate). The sentences are

- of generated texts, each held against its whole source. Seeds below 5,000 were used while building;
- of news and interviews that were edited and printed, `gum-news`: the GUM corpus (Georgetown University Multilayer
  corpus, github amir-zeldes/gum; Wikinews and Wikimedia interviews, CC BY). Interviews were used while building;
- of news, `numhg`: the validation parts of NumHG (github ArrowHuang/NumHG, no licence stated), of which fold 1 was used
  while building; there its headlines too, whose number the annotators took from a sentence of the article;
- of other languages, `ud-xx` (see `elsewhere`): as they are, and with one digit or number word changed.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bars
import elsewhere
from offices import read
from rewordings import ALTERED, LATER_ALTERED, LATER_REFORMATTED, REFORMATTED, WORDS

from ledger.text import check_numbers, compare_numbers, sentences

PLACES = "Arden Norvik Tarn Kestrel Holm Vessel Marrow Dunmore Eastry Pellan Quarn Ristow".split()
THINGS = "boats sheds trawlers cranes buses tickets complaints cottages lamps trees permits bicycles".split()

TEMPLATES = [
    "The harbour of {place} counted {n} {things} in the {season} of {year}.",
    "{More} {n} {things} were registered in {place}, the council said on {day} {month}.",
    "In {place}, {share}% of the {things} were older than {w} years.",
    "The bridge at {place} cost ${m} million, and its repair {place2} another ${n}.",
    "Turnout in {place} fell by {share} percentage points to {share2} percent.",
    "A storm moved {n} tonnes of sand over {km} km of the beach at {place}.",
    "{W} of the {things} in {place} burned, and {w} people were hurt.",
    "The port of {place} handled {m} million tonnes of grain, {about} {n} tonnes of it from {place2}.",
    "The council of {place} voted {w}-{small} for {n} new {things}.",
    "The price of {things} in {place} rose from €{small} to €{n}.",
    "The {nth} ferry to {place} carried {n} passengers and {small} cars.",
    "The firm {place} Lines lost £{m} billion in {year} with {n} {things}.",
    "Between {small} and {n} {things} were stolen in {place} at {hour}:{minute}.",
]

Claim = tuple[str, str, str]
"""How it was made, the claim, its source."""

CHANGES = (
    ("reformatted", REFORMATTED),
    ("reformatted", LATER_REFORMATTED),
    ("altered", ALTERED),
    ("altered", LATER_ALTERED),
)

Reader = Callable[[str, str], bool]
"""From a claim and its source to whether the claim's numbers are accepted."""


def main() -> None:
    """Measure, print, and hold the bars."""
    options = _options()
    seeds, each = (1, 60) if options.quick else (options.seeds, options.each)
    claims = [claim for seed in range(seeds) for claim in _generated(options.first_seed + seed, each)]
    _hold("generated texts", _compare("generated texts", claims, _in_source), 0.01, 0.98)
    most = 120 if options.quick else 5_000
    if gum := bars.data(options, "gum-news"):
        for genre, building in (("interview", " (used while building)"), ("news", "")):
            said = [
                one for path in sorted(gum.glob(f"xml/GUM_{genre}_*.xml")) for one in _with_figures(read(path).text)
            ]
            shares = _compare(
                f"GUM {genre}{building}", list(_of_sentences(said, options.first_seed, most)), _in_passage
            )
            _hold(f"GUM {genre}{building}", shares, 0.01, 0.95)
    if numhg := bars.data(options, "numhg"):
        known: set[str] = set()
        for fold, building in ((1, " (used while building)"), (2, "")):
            rows = [row for row in _rows(numhg / f"Dataset/fold-{fold}/val.csv") if row["text"] not in known]
            known |= {row["text"] for row in rows}
            said = [one for row in rows[: most // 5] for one in _with_figures(row["text"])]
            shares = _compare(
                f"NumHG {fold}{building}", list(_of_sentences(said, options.first_seed, most)), _in_passage
            )
            _hold(f"NumHG {fold}{building}", shares, 0.01, 0.95)
    for code in (*elsewhere.SIX, *elsewhere.OTHERS):
        if folder := bars.data(options, f"ud-{code}"):
            _elsewhere(folder, code, options.first_seed, most)
    bars.close()


def _elsewhere(folder: Path, code: str, seed: int, most: int) -> None:
    """Hold sentences of another language to themselves, as they are and altered."""
    rng = random.Random(seed)
    said = elsewhere.with_figures(elsewhere.said(folder, code), code)[:most]

    def accepts(claim: str, source: str) -> bool:
        return compare_numbers(claim, source, code, claim_tag=code).agrees

    same = [accepts(one, one) for one in said]
    kinds = defaultdict[str, list[bool]](list)
    for one in said:
        for kind, other in elsewhere.altered_figures(one, code, rng):
            kinds[kind].append(accepts(other, one))
    every = [one for taken in kinds.values() for one in taken]
    print(
        f"\n{code}: {len(said)} sentences with a number, {len(every)} altered; accepted: "
        + ", ".join(f"{kind} {sum(taken) / len(taken):.4f} of {len(taken)}" for kind, taken in kinds.items())
    )
    bars.hold(f"{code}: altered accepted", sum(every) / len(every), most=0.01)
    bars.hold(f"{code}: same accepted", sum(same) / len(same), least=0.95)


def _hold(name: str, shares: dict[str, float], altered: float, same: float) -> None:
    bars.hold(f"{name}: altered accepted", shares["altered"], most=altered)
    kinds = [share for kind, share in shares.items() if kind.startswith("  altered")]
    print(f"{name}: altered accepted, as the mean of its {len(kinds)} kinds: {sum(kinds) / len(kinds):.4f}")
    bars.hold(f"{name}: same and reformatted accepted", shares["same or reformatted"], least=same)


def _compare(name: str, claims: Sequence[Claim], accepts: Reader) -> dict[str, float]:
    """Print what each reader accepts of each kind of claim, and return the shares that ours does."""
    groups = defaultdict(list)
    for kind, claim, source in claims:
        first = kind.partition(":")[0]
        groups[first].append((claim, source))
        groups["altered" if first == "altered" else "same or reformatted"] += [(claim, source)] * (first != "altered")
        if ":" in kind:
            groups[f"  {kind}"].append((claim, source))
    readers: dict[str, Reader | None] = {"factledger": accepts, "digits": _digits, "corroborate": _corroborate()}
    print(f"\n{name}: share accepted\n{'':36}{'claims':>8}" + "".join(f"{reader:>14}" for reader in readers))
    shares: dict[str, float] = {}
    spent: dict[str, float] = defaultdict(float)
    for kind in sorted(groups, key=lambda kind: (kind.strip().partition(":")[0], kind.startswith("  "), kind)):
        line = f"{kind:36}{len(groups[kind]):8}"
        for reader, accepted in readers.items():
            if accepted is None:
                line += f"{'not installed':>14}"
                continue
            begin = time.process_time()
            share = sum(accepted(*one) for one in groups[kind]) / len(groups[kind])
            spent[reader] += time.process_time() - begin
            line += f"{share:14.3f}"
            if reader == "factledger":
                shares[kind] = share
        print(line)
    passed = sum(map(len, groups.values()))
    print("claims a CPU second".ljust(44) + "".join(f"{passed / spent[reader]:14,.0f}" for reader in spent))
    return shares


def _in_source(claim: str, source: str) -> bool:
    return all(one.comparison.agrees for one in check_numbers(claim, source))


def _in_passage(claim: str, passage: str) -> bool:
    return compare_numbers(claim, passage).agrees


def _digits(claim: str, source: str) -> bool:
    return all(run in source for run in re.findall(r"[0-9](?:[0-9.,]*[0-9])?", claim))


def _corroborate() -> Reader | None:
    try:
        import corroborate
    except ModuleNotFoundError:
        return None
    return lambda claim, source: bool(corroborate.check_answer("", [source], claim).ok())


# -- texts of others ----------------------------------------------------------


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _with_figures(text: str) -> Iterator[str]:
    for span in sentences(text):
        said = span.of(text)
        if 5 < len(said.split()) < 80 and re.search(rf"[0-9]|\b(?:{'|'.join(WORDS)}|doubled|tripled)\b", said):
            yield said


def _of_sentences(said: Sequence[str], seed: int, most: int) -> Iterator[Claim]:
    rng = random.Random(seed)
    for one in said if len(said) <= most else rng.sample(said, most):
        yield from _claims(one, one, rng)


# -- texts of our own ---------------------------------------------------------


def _generated(seed: int, each: int) -> Iterator[Claim]:
    rng = random.Random(seed)
    for _ in range(each):
        said = [_sentence(rng) for _ in range(rng.randrange(6, 14))]
        yield from _claims(rng.choice(said), " ".join(said), rng)


def _sentence(rng: random.Random) -> str:
    place, other = rng.sample(PLACES, 2)
    number = rng.choice((rng.randrange(21, 999), rng.randrange(1_000, 99_999), rng.randrange(12, 99) * 100_000))
    tens = rng.randrange(21, 99)
    return rng.choice(TEMPLATES).format(
        place=place, place2=other, n=f"{number:,}", things=rng.choice(THINGS), year=rng.randrange(1950, 2030),
        season=rng.choice(("spring", "summer", "autumn")),
        share=rng.choice((rng.randrange(2, 40), rng.randrange(21, 400) / 10)),
        share2=rng.randrange(41, 95), m=f"{rng.randrange(11, 99) / 10}", km=rng.randrange(2, 19), w=rng.choice(WORDS),
        W=rng.choice(WORDS).capitalize(), small=rng.randrange(2, 20), day=rng.randrange(1, 29),
        month=rng.choice(("March", "June", "October")), hour=rng.randrange(10, 23), minute=rng.randrange(10, 59),
        More=rng.choice(("More than", "Fewer than", "At least", "About")),
        about=rng.choice(("about", "over", "nearly")),
        nth=f"{tens}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(tens % 10, 'th')}",
    )  # fmt: skip


def _claims(said: str, source: str, rng: random.Random) -> Iterator[Claim]:
    yield "same", said, source
    for name, changes in CHANGES:
        ways = [(way, made) for way, change in changes.items() if (made := change(said, rng)) not in (None, said)]
        if ways:
            way, made = rng.choice(ways)
            yield f"{name}: {way}", str(made), source


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--each", type=int, default=400)
    parser.add_argument("--first-seed", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
