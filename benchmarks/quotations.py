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


# ------------------------------------------------------------------- quotations, made

NEGATION = re.compile(
    r"\b(?:not?|never|none|neither|nor|cannot|without|nothing|nobody|unless|except|only|\w+n['’]t)\b", re.I
)


def quotations(texts: Sequence[str], chance: random.Random, each: int = 6) -> Iterator[Item]:
    """Yield quotations of every kind from each text."""
    for number, text in enumerate(texts):
        plain = [" ".join(span.of(text).split()) for span in sentences(text)]
        plain = [one for one in plain if 8 <= len(one.split()) <= 40 and not re.search(r"[\[\]…\"“”?]|\.\.|\d \d", one)]
        if len(plain) < 4:
            continue
        other = list(sentences(texts[number - 1]))
        for kind, make in FAITHFUL.items():
            for _ in range(each):
                made = make(chance.choice(plain), chance)
                if made:
                    yield Item(number, kind, True, made)
        for kind, make in ALTERED.items():
            for _ in range(each):
                made = make(chance.choice(plain), chance)
                if made and normalise(made).text.lower().strip(" .,") not in normalise(text).text.lower():
                    yield Item(number, kind, False, made)
        if number != 0 or len(texts) > 1:
            for span in chance.sample(other, min(each, len(other))):
                made = " ".join(span.of(texts[number - 1]).split())
                if len(made.split()) > 4 and made not in " ".join(text.split()):
                    yield Item(number, "of another source", False, made)


def _fragment(one: str, chance: random.Random) -> str | None:
    words = one.split()
    size = chance.randint(5, 8)
    start = chance.randint(0, len(words) - size)
    if NEGATION.search(" ".join(words[max(0, start - 5) : start])) or NEGATION.search(
        " ".join(words[start + size :][:2])
    ):
        return None
    return " ".join(words[start : start + size]).strip("(),;:-–— ")


def _ellipsis(one: str, chance: random.Random) -> str | None:
    words = one.split()
    start = chance.randint(2, len(words) - 5)
    end = start + chance.randint(1, min(6, len(words) - start - 2))
    if NEGATION.search(" ".join(words[start:end])):
        return None
    return (
        " ".join(words[:start])
        + chance.choice([" … ", " ... ", "...", " [...] ", " […] ", " . . . ", " (...) "])
        + " ".join(words[end:])
    )


def _bracket(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(1, len(words) - 2)
    instead = chance.choice(["[the mayor]", "[Quell]", "[emphasis added]", "[last May]", "[sic]"])
    if chance.random() < 0.5 or instead in ("[sic]", "[emphasis added]"):
        return " ".join([*words[:at], instead, *words[at:]])
    if NEGATION.search(words[at]) or re.search(r"\d", words[at]):
        return None
    return " ".join([*words[:at], instead, *words[at + 1 :]])


def _digit(one: str, chance: random.Random) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", one)]
    if not digits:
        return None
    at = chance.choice(digits)
    return one[:at] + chance.choice([d for d in "0123456789" if d != one[at]]) + one[at + 1 :]


def _negation(one: str, chance: random.Random) -> str | None:
    verb = re.search(r"\b(?:is|are|was|were|will|can|could|would|has|have|had|did|do|should|must)\b(?! not)", one)
    negated = re.search(r" (?:not|never)\b", one)
    if negated:
        return one[: negated.start()] + one[negated.end() :]
    return one[: verb.end()] + " not" + one[verb.end() :] if verb else None


def _word(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(0, len(words) - 1)
    words[at] = chance.choice(["harbours", "quietly", "Reyes", "between", "remembered"])
    return " ".join(words)


def _dropped(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(1, len(words) - 2)
    return None if not re.search(r"\w", words[at]) else " ".join(words[:at] + words[at + 1 :])


def _swapped(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(0, len(words) - 2)
    if not re.search(r"\w", words[at]) or not re.search(r"\w", words[at + 1]):
        return None
    a, b = words[at].strip(",;:.()").lower(), words[at + 1].strip(",;:.()").lower()
    return None if a == b or not (a and b) else " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _hides(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = next((at for at, word in enumerate(words) if re.fullmatch(r"not|never|\w+n['’]t", word)), 0)
    return None if at < 2 or at > len(words) - 4 else " ".join(words[:at]) + " ... " + " ".join(words[at + 2 :])


def _after_not(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = next((at for at, word in enumerate(words) if word in ("not", "never")), 0)
    return None if not at or at > len(words) - 5 else " ".join(words[at + 1 :])


Maker = Callable[[str, random.Random], str | None]

FAITHFUL: dict[str, Maker] = {
    "whole sentence": lambda one, chance: one,
    "other marks": lambda one, chance: one.replace("’", "'").replace("—", " -- ").replace("–", "-"),
    "final comma": lambda one, chance: one.rstrip(".") + ",",
    "first letter": lambda one, chance: (
        chance.choice([one[0].lower() + one[1:], f"[{one[0].lower()}]{one[1:]}"]) if one[1].isalpha() else None
    ),
    "fragment": _fragment,
    "ellipsis": _ellipsis,
    "brackets": _bracket,
}

ALTERED: dict[str, Maker] = {
    "digit changed": _digit,
    "negation changed": _negation,
    "word replaced": _word,
    "word dropped": _dropped,
    "words swapped": _swapped,
    "ellipsis hides a negation": _hides,
    "begins after a negation": _after_not,
}


# ------------------------------------------------------------------- sources, printed badly

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
}


if __name__ == "__main__":
    main()
