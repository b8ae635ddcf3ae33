"""Quotations held to their sources: which faithful ones are accepted, which altered ones are flagged.

    python benchmarks/quotations.py [--seeds 2] [--failures]

Two sets that were not made here. `quote-exam`: 675 items of 27 kinds of Wikinews texts (texts CC BY 2.5, from GUM), in
`items.jsonl` (source, kind, faithful, quote) and `sources.json`. `gum`: the texts of GUM's genres (see `treebanks`),
from which quotations of 29 kinds are made anew (see `misquoting`) and which are printed badly in 21 ways (see
`misprinting`). Five genres were looked at while the rules were written, eight were only counted.

A scan, and a transcript of every sound, leave no reader sure: there "probably the same" is the right answer to a
faithful quotation, and counts as accepting an altered one anywhere. Beside ours, in the same run: krokai (pip install
krokai), rapidfuzz partial_ratio >= 95 (pip install rapidfuzz) and a search after the same normalisation. Speed is of
CPU time, on a source of 60 kB.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bars
import elsewhere
import misprinting
import misquoting
import treebanks
from misquoting import Item

from ledger.text import Fidelity, Tokens, compare, normalise

_SCRATCH = tempfile.TemporaryDirectory()

SEEN = "bio court fiction speech voyage".split()
UNSEEN = "academic conversation essay letter podcast textbook vlog whow".split()

Judge = Callable[[Item, str], bool]
"""Whether a quotation of a text is accepted."""


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="times that each text is printed badly")
    parser.add_argument("--failures", action="store_true", help="print what ours gets wrong")
    options = parser.parse_args()
    exam, gum = bars.data(options, "quote-exam"), bars.data(options, "gum")
    if exam is not None:
        texts = json.loads((exam / "sources.json").read_text(encoding="utf-8"))
        rows = map(json.loads, (exam / "items.jsonl").read_text(encoding="utf-8").splitlines())
        items = [Item(row["source"], row["kind"], row["faithful"], row["quote"]) for row in rows]
        print(f"The exam: {len(items)} quotations of {len(texts)} sources")
        verdicts = _table(items, texts, _judges(texts, peers=not options.quick), options.failures)
        bars.hold("the exam, alarm F1", _f1(items, verdicts), least=0.99)
        _differences(items, texts)
        _speed(texts, items, peers=not options.quick)
    if gum is not None:
        for name, genres in (("looked at", SEEN), ("only counted", UNSEEN)):
            if not (options.quick and name == "looked at"):
                _printed(
                    name, list(_texts(gum, genres[:: 2 if options.quick else 1], 1 if options.quick else 4)), options
                )
    for code in (*elsewhere.SIX, *elsewhere.OTHERS):
        if folder := bars.data(options, f"ud-{code}"):
            _elsewhere(folder, code, options)
    bars.close()


def _elsewhere(folder: Path, code: str, options: argparse.Namespace) -> None:
    """Hold quotations of sentences of another language to twenty of these in a row."""
    chance = random.Random(f"elsewhere {code}")
    said = elsewhere.said(folder, code)[: 200 if options.quick else 1_000]
    rows = [said[at : at + 20] for at in range(0, len(said), 20)]
    texts = ["\n".join(row) for row in rows]
    items = [
        Item(number, kind, faithful, quote)
        for number, row in enumerate(rows)
        for one in row
        for kind, faithful, quote in elsewhere.quotations(one, code, chance)
    ]
    held = [Tokens(text, tag=code) for text in texts]
    # Words that say the same of something else in these twenty are no altered quotation of one.
    got = [compare(item.quote, held[item.source]).fidelity for item in items]
    flagged = [one.faithful or one is Fidelity.MISLEADING for one in got]
    _row_of(code, items, flagged, got)


def _row_of(code: str, items: Sequence[Item], accepted: Sequence[bool], got: Sequence[Fidelity]) -> None:
    kinds = list(dict.fromkeys(item.kind for item in items))
    row = {kind: _share(items, accepted, lambda item, kind=kind: item.kind == kind) for kind in kinds}
    print(
        f"\n{code}: {len(items)} quotations; right: " + ", ".join(f"{kind} {share:.3f}" for kind, share in row.items())
    )
    changed = sum(one.faithful for item, one in zip(items, got, strict=True) if re.search("negation|digit", item.kind))
    bars.hold(f"{code}: quotations, alarm F1", _f1(items, accepted), least=0.97 if code in elsewhere.SIX else 0.95)
    bars.hold(f"{code}: changed digits and negations accepted", changed, most=0)


def _texts(gum: Path, genres: Sequence[str], most: int) -> Iterator[str]:
    for genre in genres:
        found = treebanks.documents(gum / "dep", keep=lambda name, genre=genre: name.split("_")[1] == genre)
        yield from [one.text for one in found if len(one.text) > 2_500][:most]


def _printed(name: str, clean: Sequence[str], options: argparse.Namespace) -> None:
    """Print how quotations of these texts fare, as they are and printed badly, and hold it to the bars."""
    print(f"\n{name}: {len(clean)} texts of other genres")
    every: list[Item] = []
    verdicts: list[bool] = []
    accepted = 0
    for noise, printer in misprinting.NOISES.items():
        plain = noise == "as it is"
        items: list[Item] = []
        texts: list[str] = []
        for seed in range(1 if plain else options.seeds):
            chance = random.Random(f"{noise} {seed}")
            made = misquoting.quotations(clean, chance, (1 if options.quick else 4) if plain else 1)
            items += [Item(one.source + len(texts), one.kind, one.faithful, one.quote) for one in made]
            texts += [printer(text, chance) for text in clean]
        unsure = noise in misprinting.UNSURE
        judges = _judges(texts, peers=plain and not options.quick, unsure=unsure)
        print(f"  {noise}: {len(items)} quotations")
        got = _table(items, texts, judges, options.failures) if plain else _row(items, texts, judges, options.failures)
        every += items
        verdicts += got
        accepted += 0 if unsure else sum(yes and not item.faithful for item, yes in zip(items, got, strict=True))
    print(f"  altogether, {len(every)}: alarm F1 {_f1(every, verdicts):.4f}")
    if name == "only counted":
        bars.hold("other genres, every kind and print, alarm F1", _f1(every, verdicts), least=0.98)
        bars.hold("altered quotations accepted, but of scans and of speech", accepted, most=0)


def _judges(texts: Sequence[str], *, peers: bool, unsure: bool = False) -> dict[str, Judge]:
    tokens = {text: Tokens(text) for text in texts}
    normal = {text: normalise(text).text for text in texts}

    def ours(item: Item, text: str) -> bool:
        grade = compare(item.quote, tokens[text]).fidelity
        return grade.faithful or (grade is Fidelity.LIKELY and (unsure or not item.faithful))

    judges: dict[str, Judge] = {
        "factledger": ours,
        "normalised search": lambda item, text: normalise(item.quote).text.strip(" \"'") in normal[text],
    }
    if peers:
        with contextlib.suppress(ImportError):
            from rapidfuzz import fuzz

            judges["rapidfuzz >= 95"] = lambda item, text: fuzz.partial_ratio(item.quote, text) >= 95
        with contextlib.suppress(ImportError):
            judges["krokai"] = _krokai(texts)
    return judges


def _krokai(texts: Sequence[str]) -> Judge:
    from krokai.corpus import Corpus
    from krokai.verdicts import CLEAN
    from krokai.verify import check

    held = {}
    for text in texts:
        folder = Path(tempfile.mkdtemp(dir=_SCRATCH.name))
        (folder / "source.txt").write_text(text, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            held[text] = Corpus([str(folder)])
    return lambda item, text: check(item.quote, held[text])[0] in CLEAN


def _table(items: Sequence[Item], texts: Sequence[str], judges: dict[str, Judge], failures: bool) -> list[bool]:
    """Print how each judge fares, and return the verdicts of ours."""
    verdicts = {name: [judge(item, texts[item.source]) for item in items] for name, judge in judges.items()}
    kinds = list(dict.fromkeys(item.kind for item in items))
    print(f"{'right, of each kind':34}" + "".join(f"{name:>20}" for name in judges))
    for kind in kinds:
        row = [_share(items, got, lambda item, kind=kind: item.kind == kind) for got in verdicts.values()]
        print(f"  {kind:32}" + "".join(f"{share:20.3f}" for share in row))
    for label, wanted in (("faithful accepted", True), ("altered flagged", False)):
        row = [_share(items, got, lambda item, wanted=wanted: item.faithful is wanted) for got in verdicts.values()]
        print(f"{label:34}" + "".join(f"{share:20.3f}" for share in row))
    print(f"{'alarm F1':34}" + "".join(f"{_f1(items, got):20.3f}" for got in verdicts.values()))
    changed = [at for at, item in enumerate(items) if re.search("negation|digit", item.kind)]
    print(
        f"{f'accepted changes of {len(changed)} digits, negations':34}"
        + "".join(f"{sum(got[at] for at in changed if not items[at].faithful):20}" for got in verdicts.values())
    )
    if failures:
        _failures(items, texts, verdicts["factledger"])
    return verdicts["factledger"]


def _row(items: Sequence[Item], texts: Sequence[str], judges: dict[str, Judge], failures: bool) -> list[bool]:
    """Print how each judge fares, a line each, and return the verdicts of ours."""
    verdicts = {name: [judge(item, texts[item.source]) for item in items] for name, judge in judges.items()}
    for name, got in verdicts.items():
        faithful, altered = (_share(items, got, lambda item, one=one: item.faithful is one) for one in (True, False))
        print(f"    {name:20} faithful {faithful:.3f}  altered flagged {altered:.3f}  F1 {_f1(items, got):.4f}")
    if failures:
        _failures(items, texts, verdicts["factledger"])
    return verdicts["factledger"]


def _failures(items: Sequence[Item], texts: Sequence[str], got: Sequence[bool]) -> None:
    for item, one in zip(items, got, strict=True):
        if one is not item.faithful:
            print(f"  ! {item.kind}: {item.quote!r}: {compare(item.quote, texts[item.source])}")


def _share(items: Sequence[Item], got: Sequence[bool], of: Callable[[Item], bool]) -> float:
    right = [one is item.faithful for item, one in zip(items, got, strict=True) if of(item)]
    return sum(right) / len(right) if right else float("nan")


def _f1(items: Sequence[Item], got: Sequence[bool]) -> float:
    hit = sum(not item.faithful and not one for item, one in zip(items, got, strict=True))
    wrong = sum(one is not item.faithful for item, one in zip(items, got, strict=True))
    return 2 * hit / (2 * hit + wrong) if hit else 0.0


def _differences(items: Sequence[Item], texts: Sequence[str]) -> None:
    tokens = [Tokens(text) for text in texts]
    altered = [one for one in (compare(item.quote, tokens[item.source]) for item in items) if one.span]
    altered = [one for one in altered if one.fidelity is Fidelity.ALTERED]
    print(f"altered with the words that differ: {sum(bool(one.changes) for one in altered)} of {len(altered)}")


def _speed(texts: Sequence[str], items: Sequence[Item], *, peers: bool) -> None:
    """Print how many quotations a second are held to a source of 60 kB, faithful or not."""
    text = "\n\n".join(texts)[:60_000]
    print(f"\nquotations a second on {len(text) // 1000} kB (CPU time, median of 5; preparing the source apart)")
    start = time.process_time()
    prepared = Tokens(text)
    compare("anything at all", prepared)
    print(f"{'preparing the source':34}{(time.process_time() - start) * 1000:20.0f} ms")
    for name, judge in _judges([text], peers=peers).items():
        sample = items if name in ("factledger", "normalised search") else items[:60]
        runs = []
        for _ in range(5 if len(sample) > 60 else 2):
            start = time.process_time()
            for item in sample:
                judge(item, text)
            runs.append(len(sample) / max(time.process_time() - start, 1e-9))
        print(f"{name:34}{statistics.median(runs):20.0f}")


if __name__ == "__main__":
    main()
