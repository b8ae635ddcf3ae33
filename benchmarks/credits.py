"""Whom texts credit: lines in the forms of more than 43 houses, half of them held out, and texts of other people.

    python benchmarks/credits.py [--quick] [--all]

`credits.tsv` has lines of our own writing in the forms in which houses credit one another, and decoys that look like
them, with the names and manners that are right. The rules were made on the houses of the tuning sets; the others were
written before the rules, and not looked at again but to be counted. The floor is what a list of houses finds alone.

gum-news: news and interviews of the Georgetown University Multilayer corpus (texts of Wikinews, CC BY 2.5; annotations
CC BY 4.0). All that is found there was judged by hand, and the texts were read for what is missing; `credits-gum.tsv`
has the places and names. What is found and not judged counts as wrong, and is printed. Rules were mended on these texts
as well, so they show false alarms and no more.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import bars
from attrs import frozen
from dates import read

from ledger.text import Manner, credits, house_key
from ledger.text.credits.names import names_after

HERE = Path(__file__).parent

Found = dict[str, str]
"""Manners by the names of houses, as these are compared."""


@frozen
class Line:
    """A line with its right answer; of a decoy, none."""

    half: str
    forms_of: str
    text: str
    right: Found


@frozen
class Score:
    """Names that are right, wrong and missed; of the right ones, those whose manner is right too; decoys that speak."""

    right: int
    wrong: int
    missed: int
    manner: int
    decoys: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def lines() -> list[Line]:
    return [Line(row["half"], row["forms of"], row["line"], _answer(row["credits"])) for row in table("credits.tsv")]


def table(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _answer(words: str) -> Found:
    pairs = [one.rpartition(": ") for one in words.split("; ") if one]
    return {house_key(name): manner for name, _, manner in pairs}


def ours(text: str) -> Found:
    return {house_key(credit.name): str(credit.manner) for credit in credits(text)}


def by_list(text: str) -> Found:
    """Return every listed house that a line names, wherever it does: what a list finds without reading the form."""
    names = [name for at in range(len(text)) for name in names_after(text, at, len(text)) if name.house]
    return {house_key(name.text): str(Manner.MENTION) for name in names}


def score(those: Iterable[Line], reader: Callable[[str], Found], *, tell: bool = False) -> Score:
    right = wrong = missed = manner = decoys = 0
    for line in those:
        found = reader(line.text)
        same = found.keys() & line.right.keys()
        right, wrong, missed = right + len(same), wrong + len(found) - len(same), missed + len(line.right) - len(same)
        manner += sum(found[name] == line.right[name] for name in same)
        decoys += line.forms_of == "decoy" and bool(found)
        if tell and found != line.right:
            print(f"  {line.text}\n      right {line.right}, found {found}")
    return Score(right, wrong, missed, manner, decoys)


def told(what: str, result: Score, decoys: int) -> None:
    print(
        f"{what:22}precision {result.precision:.3f}, recall {result.recall:.3f}, of these the manner "
        f"{result.manner / max(1, result.right):.3f}; {result.decoys} of {decoys} decoys speak"
    )


def judged(folder: Path) -> tuple[float, float]:
    """Return precision and recall in texts of other people, from what was judged by hand."""
    answers = {(row["text"], row["start"], row["name"]): row["judged"] for row in table("credits-gum.tsv")}
    found = set()
    for path in sorted((folder / "xml").glob("GUM_*.xml")):
        name = path.stem.removeprefix("GUM_")
        for credit in credits(read(path).text):
            found.add((name, str(credit.span.start), credit.name))
    for one in sorted(found - answers.keys()):
        print(f"  not judged: {one}")
    right = sum(answers.get(one) == "right" for one in found)
    there = sum(judgement != "wrong" for judgement in answers.values())
    return right / max(1, len(found)), right / max(1, there)


def main() -> None:
    """Score, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--all", action="store_true", help="print each line of the tuning half that is read wrongly")
    options = parser.parse_args()
    everything = lines()
    held = {}
    for half in ("tuning", "second tuning", "held-out"):
        those = [line for line in everything if line.half == half]
        decoys = sum(line.forms_of == "decoy" for line in those)
        print(f"{half}: {len(those) - decoys} lines, {decoys} decoys")
        told("  a list of houses", score(those, by_list), decoys)
        held[half] = score(those, ours, tell=options.all and half != "held-out")
        told("  credits", held[half], decoys)
    bars.hold("held-out lines, precision", held["held-out"].precision, least=0.95)
    bars.hold("held-out lines, recall", held["held-out"].recall, least=0.85)
    bars.hold("held-out decoys that speak", held["held-out"].decoys, most=3)
    if folder := bars.data(options, "gum-news"):
        precision, recall = judged(folder)
        bars.hold("GUM news and interviews, precision", precision, least=0.92)
        bars.hold("GUM news and interviews, recall", recall, least=0.92)
    bars.close()


if __name__ == "__main__":
    main()
