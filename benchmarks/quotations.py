"""Quotations held to their sources: which faithful ones are accepted, which altered ones are flagged.

    python benchmarks/quotations.py EXAM [--texts FOLDER] [--seeds 3] [--failures]

EXAM is a folder with `items.jsonl` (source, kind, faithful, quote) and `sources.json` (texts). Beside ours, in the same
run: krokai (pip install krokai), rapidfuzz partial_ratio >= 95 (pip install rapidfuzz) and a search after the same
normalisation. Then the same texts, or those of FOLDER (.txt, or .xml with its tags taken out), are printed badly: with
ligatures, broken words, soft hyphens, pages with running heads, two columns, notes and gaps in the wrong places; and
quotations are made from them anew, faithful and altered. Speed is of CPU time, on a source of 60 kB.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import io
import json
import random
import re
import statistics
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ledger.text import Fidelity, Tokens, compare, find, normalise, sentences

_SCRATCH = tempfile.TemporaryDirectory()

Judge = Callable[[str, str], bool]


@frozen
class Item:
    """A quotation, the number of its source, and whether it is faithful."""

    source: int
    kind: str
    faithful: bool
    quote: str


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exam", type=Path)
    parser.add_argument("--texts", type=Path, help="further texts, for the noisy exam")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--failures", action="store_true", help="print what ours gets wrong")
    options = parser.parse_args()
    texts = json.loads((options.exam / "sources.json").read_text(encoding="utf-8"))
    rows = map(json.loads, (options.exam / "items.jsonl").read_text(encoding="utf-8").splitlines())
    items = [Item(row["source"], row["kind"], row["faithful"], row["quote"]) for row in rows]
    print(f"The exam: {len(items)} quotations of {len(texts)} sources")
    _table(items, texts, _judges(texts), options.failures)
    _differences(items, texts)
    clean = _folder(options.texts) if options.texts else texts
    for name, noise in NOISES.items():
        noisy_items: list[Item] = []
        noisy_texts: list[str] = []
        for seed in range(options.seeds):
            chance = random.Random(f"{name} {seed}")
            made = list(quotations(clean, chance))
            noisy_items += [Item(one.source + len(noisy_texts), one.kind, one.faithful, one.quote) for one in made]
            noisy_texts += [noise(text, chance) for text in clean]
        print(f"\n{name}: {len(noisy_items)} quotations of {len(noisy_texts)} sources")
        judges = _judges(noisy_texts)
        if name != "as it is":
            judges.pop("krokai", None)
            judges.pop("rapidfuzz >= 95", None)
        _table(noisy_items, noisy_texts, judges, options.failures, by_kind=False)
    _speed(texts, items)


def _judges(texts: Sequence[str]) -> dict[str, Judge]:
    tokens = {text: Tokens(text) for text in texts}
    normal = {text: normalise(text) for text in texts}
    judges: dict[str, Judge] = {
        "factledger": lambda quote, text: compare(quote, tokens[text]).fidelity.faithful,
        "normalised search": lambda quote, text: bool(find(quote, normal[text])),
    }
    try:
        from rapidfuzz import fuzz

        judges["rapidfuzz >= 95"] = lambda quote, text: fuzz.partial_ratio(quote, text) >= 95
    except ImportError:
        print("rapidfuzz: not installed")
    try:
        import krokai  # noqa: F401

        judges["krokai"] = _krokai(texts)
    except ImportError:
        print("krokai: not installed")
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
    return lambda quote, text: check(quote, held[text])[0] in CLEAN


def _table(
    items: Sequence[Item], texts: Sequence[str], judges: dict[str, Judge], failures: bool, *, by_kind: bool = True
) -> None:
    verdicts = {}
    for name, judge in judges.items():
        verdicts[name] = [judge(item.quote, texts[item.source]) for item in items]
    kinds = list(dict.fromkeys(item.kind for item in items))
    print(f"{'right, of each kind':34}" + "".join(f"{name:>20}" for name in judges))
    for kind in kinds if by_kind else ():
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
        for item, got in zip(items, verdicts["factledger"], strict=True):
            if got is not item.faithful:
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


def _speed(texts: Sequence[str], items: Sequence[Item]) -> None:
    """Print how many quotations a second are held to a source of 60 kB, faithful or not."""
    text = "\n\n".join(texts)[:60_000]
    quotes = [item.quote for item in items]
    print(f"\nquotations a second on {len(text) // 1000} kB (CPU time, median of 5; preparing the source apart)")
    start = time.process_time()
    prepared = Tokens(text)
    compare("anything at all", prepared)
    print(f"{'preparing the source':34}{(time.process_time() - start) * 1000:20.0f} ms")
    for name, judge in _judges([text]).items():
        sample = quotes if name in ("factledger", "normalised search") else quotes[:60]
        runs = []
        for _ in range(5 if len(sample) > 60 else 2):
            start = time.process_time()
            for quote in sample:
                judge(quote, text)
            runs.append(len(sample) / max(time.process_time() - start, 1e-9))
        print(f"{name:34}{statistics.median(runs):20.0f}")


def _folder(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".xml":
            inner = re.sub(r"(?<=\n)(?!<).*\n", lambda line: line[0].split("\t")[0].rstrip() + " ", text)
            inner = re.sub(r"</?(?:p|head|sp|item|list|caption|figure)\b[^>]*>", "\n\n", inner)
            inner = re.sub(
                r" +([,.;:?!%)\]’])", r"\1", re.sub(r"([($\[]) +", r"\1", re.sub(r"<[^>]+>|\n(?!\n)", "", inner))
            )
            text = re.sub(r" {2,}", " ", re.sub(r"\s*\n\s*\n\s*", "\n\n", html.unescape(inner))).strip()
        if len(text) > 1000:
            found.append(text)
    return found


if __name__ == "__main__":
    main()
