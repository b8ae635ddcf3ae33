"""Whether a claim's numbers stand in its source: what is accepted of the same, reformatted and altered claims.

    python benchmarks/figures.py [--seeds 3] [--each 400] [--sources FILE.json] [--first-seed 5000]

Sources are generated: texts of sentences of our own with numbers of many kinds, and, with `--sources`, the texts of a
JSON list of strings as well, whose sentences that hold a digit are used. A claim is a sentence of its source as it is
(*same*), with one number written otherwise (*reformatted*), or with one number changed (*altered*: a digit, a scale
word, a unit, percent for points, the direction of a bound, a number word, two numbers exchanged). Each reader is given
the claim and the whole source. Beside it: whether the claim's runs of digits all stand in the source, and
`corroborate` (pip install corroborate). Seeds below 5,000 were used while building; those from 5,000 on were not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ledger.text import check_numbers, sentences

PLACES = "Arden Norvik Tarn Kestrel Holm Vessel Marrow Dunmore Eastry Pellan Quarn Ristow".split()
THINGS = "boats sheds trawlers cranes buses tickets complaints cottages lamps trees permits bicycles".split()
WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
VALUES = {word: at for at, word in enumerate(WORDS, start=2)}

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


def main() -> None:
    """Measure, and print."""
    options = _options()
    claims = [claim for seed in range(options.seeds) for claim in _generated(options.first_seed + seed, options.each)]
    _compare("generated texts", claims)
    if options.sources:
        texts = json.loads(options.sources.read_text(encoding="utf-8"))
        rng = random.Random(options.first_seed)
        _compare(options.sources.name, list(_of_texts(texts, rng)))


def _compare(name: str, claims: Sequence[Claim]) -> None:
    groups = defaultdict(list)
    for kind, claim, source in claims:
        groups[kind.partition(":")[0]].append((claim, source))
        if ":" in kind:
            groups[f"  {kind}"].append((claim, source))
    readers: dict[str, Callable[[str, str], bool] | None] = {"factledger": _ours, "digits": _digits}
    readers["corroborate"] = _corroborate()
    print(f"\n{name}: share accepted\n{'':28}{'claims':>8}" + "".join(f"{reader:>14}" for reader in readers))
    spent: dict[str, float] = defaultdict(float)
    for kind in sorted(groups, key=lambda kind: (kind.strip().partition(":")[0], kind.startswith("  "), kind)):
        line = f"{kind:28}{len(groups[kind]):8}"
        for reader, accepts in readers.items():
            if accepts is None:
                line += f"{'not installed':>14}"
                continue
            begin = time.process_time()
            line += f"{sum(accepts(*one) for one in groups[kind]) / len(groups[kind]):14.3f}"
            spent[reader] += time.process_time() - begin
        print(line)
    read = sum(map(len, groups.values()))
    print("claims a CPU second".ljust(36) + "".join(f"{read / spent[reader]:14,.0f}" for reader in spent))


def _ours(claim: str, source: str) -> bool:
    return all(one.comparison.agrees for one in check_numbers(claim, source))


def _digits(claim: str, source: str) -> bool:
    return all(run in source for run in re.findall(r"[0-9](?:[0-9.,]*[0-9])?", claim))


def _corroborate() -> Callable[[str, str], bool] | None:
    try:
        import corroborate
    except ModuleNotFoundError:
        return None
    return lambda claim, source: bool(corroborate.check_answer("", [source], claim).ok())


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


def _of_texts(texts: Sequence[str], rng: random.Random) -> Iterator[Claim]:
    for text in texts:
        said = [span.of(text) for span in sentences(text)]
        for one in said:
            if re.search(r"[0-9]", one) and len(one.split()) > 5:
                yield from _claims(one, text, rng)


def _claims(said: str, source: str, rng: random.Random) -> Iterator[Claim]:
    yield "same", said, source
    ways = [(name, made) for name, change in REFORMATTED.items() if (made := change(said, rng)) not in (None, said)]
    if ways:
        name, made = rng.choice(ways)
        yield f"reformatted: {name}", str(made), source
    ways = [(name, made) for name, change in ALTERED.items() if (made := change(said, rng)) not in (None, said)]
    if ways:
        name, made = rng.choice(ways)
        yield f"altered: {name}", str(made), source


# -- one number otherwise ------------------------------------------------------

Change = Callable[[str, random.Random], str | None]
_PLAIN = r"(?<![\w.,:/$€£-])"
_END = r"(?![\w%/:-]|[.,][0-9])"


def _one(pattern: str, make: Callable[[re.Match[str], random.Random], str | None]) -> Change:
    """Return a change of one place, drawn from those that fit a pattern."""

    def change(said: str, rng: random.Random) -> str | None:
        places = list(re.finditer(pattern, said))
        if not places:
            return None
        place = rng.choice(places)
        made = make(place, rng)
        return None if made is None else said[: place.start()] + made + said[place.end() :]

    return change


def _in_words(place: re.Match[str], _: random.Random) -> str | None:
    return WORDS[int(place[0]) - 2] if 2 <= int(place[0]) <= 16 else None


def _millions(place: re.Match[str], _: random.Random) -> str | None:
    number = int(place[0].replace(",", ""))
    return f"{number / 1e6:g} million" if number >= 1_000_000 and number % 100_000 == 0 else None


def _zeros(place: re.Match[str], _: random.Random) -> str:
    return f"{round(float(place[1]) * 10) * (100_000 if place[2] == 'million' else 100_000_000):,}"


def _digit(place: re.Match[str], rng: random.Random) -> str:
    digits = [c for c in "0123456789" if c != place[0]]
    return rng.choice(digits[1:] if place[0] != "0" else digits)


def _exchanged(said: str, rng: random.Random) -> str | None:
    places = list(re.finditer(rf"{_PLAIN}[0-9][0-9,]*(?:\.[0-9]+)?{_END}", said))
    if len(places) < 2:
        return None
    one, other = sorted(rng.sample(places, 2), key=lambda place: place.start())
    return said[: one.start()] + other[0] + said[one.end() : other.start()] + one[0] + said[other.end() :]


def _other_bound(place: re.Match[str], _: random.Random) -> str:
    other = {
        "more than": "fewer than", "fewer than": "more than", "less than": "more than", "at least": "at most",
        "at most": "at least", "over": "under", "nearly": "more than",
    }[place[0].lower()]  # fmt: skip
    return other.capitalize() if place[0][0].isupper() else other


def _unit(place: re.Match[str], rng: random.Random) -> str:
    return {"km": "miles", "miles": "km", "tonnes": "kg", "percent": "percentage points", "%": " percentage points",
            "percentage points": "percent", "$": "€", "€": "£", "£": "$"}[place[0]]  # fmt: skip


def _scale(place: re.Match[str], _: random.Random) -> str:
    return "billion" if place[0] == "million" else "million"


_BOUNDS = "[Mm]ore than|[Ff]ewer than|[Ll]ess than|[Aa]t least|[Aa]t most|[Oo]ver|[Nn]early"

REFORMATTED: dict[str, Change] = {
    "in words": _one(
        rf"{_PLAIN}[0-9]{{1,2}}{_END}(?! (?:March|June|October|Jan|Feb|Apr|May|Jul|Aug|Sep|Nov|Dec))", _in_words
    ),
    "in digits": _one(
        rf"\b(?:{'|'.join(WORDS)})\b(?!-)(?! (?:hundred|thousand|million|of\b))", lambda m, _: str(VALUES[m[0]])
    ),
    "in millions": _one(rf"(?<!and ){_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}}){{2}}{_END}", _millions),
    "with zeros": _one(r"(?<![\w.,])([0-9]{1,3}\.[0-9]) (million|billion)\b", _zeros),
    "percent": _one(
        r"%|(?<=[0-9]) per ?cent(?=[ .,])", lambda m, r: "%" if m[0] != "%" else r.choice((" per cent", " percent"))
    ),
    "without commas": _one(rf"{_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}})+{_END}", lambda m, _: m[0].replace(",", "")),
    "with no-break spaces": _one(
        rf"{_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}})+{_END}", lambda m, _: m[0].replace(",", "\u00a0")
    ),
    "US$": _one(r"(?<!\w)\$(?=[0-9])", lambda m, _: "US$"),
    "dollars": _one(r"(?<!\w)\$([0-9.,]*[0-9](?: million| billion)?)", lambda m, _: f"{m[1]} dollars"),
    "euros": _one(
        r"€([0-9.,]*[0-9](?: million| billion)?)", lambda m, r: f"{m[1]} euros" if r.random() < 0.5 else f"EUR {m[1]}"
    ),
    "bn": _one(r"(?<=[0-9]) billion\b", lambda m, _: "bn"),
    "kilometres": _one(r"(?<=[0-9]) km\b", lambda m, _: " kilometres"),
    "other bound words": _one(r"\b[Mm]ore than(?= [0-9$€£])", lambda m, _: "Over" if m[0][0] == "M" else "over"),
    "about": _one(r"\b[Aa]bout(?= [0-9$€£])", lambda m, _: "Roughly" if m[0][0] == "A" else "around"),
}
ALTERED: dict[str, Change] = {
    "digit": _one(r"(?<![A-Za-z\[])[0-9](?!\])", _digit),
    "scale": _one(r"\b(?:million|billion|thousand)\b(?<=[0-9 ].......)", _scale),
    "unit": _one(r"(?<=[0-9] )(?:km|miles|tonnes|percentage points|percent)\b|(?<=[0-9])%|[$€£](?=[0-9])", _unit),
    "bound": _one(rf"\b(?:{_BOUNDS})(?= [0-9$€£])", _other_bound),
    "number word": _one(rf"\b(?:{'|'.join(WORDS)})\b", lambda m, r: r.choice([word for word in WORDS if word != m[0]])),
    "exchanged": _exchanged,
}  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--each", type=int, default=400)
    parser.add_argument("--first-seed", type=int, default=5_000)
    parser.add_argument("--sources", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
