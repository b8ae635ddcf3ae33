"""Where the sentences of texts end that were not written here, the marks of notes left in.

    python benchmarks/sentences.py [--failures GENRE|LANGUAGE]

Two treebanks whose annotators marked every sentence (see `treebanks` for their licences): `gum` is a folder with GUM's
CoNLL-U files in `dep`, `ewt` one with those of UD English EWT. The rules were written for news and looked at on GUM's
bio, academic and textbook; errors were also read in five more of GUM's genres and in both files of EWT. Boundary F: an
end that is ours and theirs. A heading and a caption are sentences there, too.

Other languages are held to one treebank each, in a folder `ud-xx` (github: UniversalDependencies; the test parts): PUD,
which are 1,000 sentences of news and of Wikipedia (CC BY-SA 3.0; de es fr it pt ar hi id ko pl ru th tr zh), GSD (ja),
HTB (he), IU (uk) and VTB (vi; CC BY-SA 4.0, HTB and IU CC BY-NC-SA). Their sentences are set in rows of twenty, with a
space between them where the script sets one, and in VTB without the space before a stop; what differs was not read
while the rules were written. Thai is held to none: it has no stops, and its sentences are taken to be its paragraphs.

Beside ours in the same run, in English: an end at every stop, question and exclamation mark before a space, and pysbd
(MIT; pip install pysbd) where it is installed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import bars
import treebanks
from treebanks import Document

from ledger.text import sentences

SIX = "de es fr it pt".split()
"""Languages that are read whole, beside English."""

MARKED = "ar he hi id ja ko pl ru tr uk vi zh".split()
"""Languages of which words, marks, sentences and digits are read."""

SPACELESS = frozenset({"ja", "zh"})

GENRES = "academic bio conversation fiction interview news speech textbook vlog voyage whow".split()

Splitter = Callable[[str], set[int]]
"""Returns the offsets at which the sentences of a text end."""


def ours(text: str) -> set[int]:
    return {span.end for span in sentences(text)}


def stops(text: str) -> set[int]:
    return {match.end() for match in re.finditer(r"[.!?]+[\"'”’)]*(?=\s|\Z)|(?<=\S)(?=\n\n|\Z)", text)}


def pysbd(text: str) -> set[int]:
    import pysbd as peer

    found = peer.Segmenter(language="en", char_span=True).segment(text)
    return {span.start + len(span.sent.rstrip()) for span in found}


def scored(split: Splitter, documents: Sequence[Document]) -> tuple[float, float, float]:
    """Return boundary F, precision and recall."""
    hits = theirs = mine = 0
    for document in documents:
        text, ends = document.laid_out()
        found = split(text)
        hits, theirs, mine = hits + len(found & set(ends)), theirs + len(ends), mine + len(found)
    return 2 * hits / (theirs + mine), hits / mine, hits / theirs


def elsewhere(folder: Path, code: str) -> tuple[float, int, list[str]]:
    """Return boundary F by the table of a language, the number of its sentences, and some of what differs."""
    hits = theirs = mine = 0
    wrong = list[str]()
    for text, ends in treebanks.rows(folder, between="" if code in SPACELESS else " ", spaced=code == "vi"):
        found = {span.end for span in sentences(text, code)}
        hits, theirs, mine = hits + len(found & set(ends)), theirs + len(ends), mine + len(found)
        for at in sorted(found ^ set(ends)):
            kind = "missed" if at in ends else "none  "
            wrong.append(f"{kind} {text[max(0, at - 50) : at]}|{text[at : at + 40]}".replace("\n", "⏎"))
    random.Random(1).shuffle(wrong)
    return 2 * hits / (theirs + mine), theirs, wrong


def failures(documents: Sequence[Document]) -> Iterator[str]:
    """Yield the places where ours and theirs differ, in a fixed random order."""
    found = []
    for document in documents:
        text, ends = document.laid_out()
        for at in sorted(ours(text) ^ set(ends)):
            kind = "missed" if at in ends else "none  "
            found.append(f"{kind} {text[max(0, at - 50) : at]}|{text[at : at + 40]}".replace("\n", "⏎"))
    random.Random(1).shuffle(found)
    yield from found[:60]


def table(name: str, groups: dict[str, list[Document]], splitters: dict[str, Splitter]) -> None:
    print(f"\n{name:<14}{'documents':>10}{'sentences':>10}" + "".join(f"{one:>22}" for one in splitters))
    for group, documents in groups.items():
        row = (scored(split, documents) for split in splitters.values())
        count = sum(len(one.sentences) for one in documents)
        print(
            f"  {group:<12}{len(documents):>10}{count:>10}" + "".join(f"{f:8.4f} P{p:.3f} R{r:.3f}" for f, p, r in row)
        )


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--failures", metavar="GENRE|LANGUAGE")
    options = parser.parse_args()
    splitters: dict[str, Splitter] = {"factledger": ours, "every stop": stops}
    if find_spec("pysbd") and not options.quick:
        splitters["pysbd"] = pysbd
    gum, ewt = bars.data(options, "gum"), bars.data(options, "ewt")
    if gum is not None:
        wanted = [genre for genre in GENRES if not options.quick or genre in ("bio", "interview", "academic")]
        found = list(treebanks.documents(gum / "dep", keep=lambda name: name.split("_")[1] in wanted))
        table("GUM", {genre: [one for one in found if one.genre == genre] for genre in wanted}, splitters)
        bars.hold(f"sentences of GUM, {len(wanted)} genres, boundary F", scored(ours, found)[0], least=0.98)
    if ewt is not None:
        found = list(treebanks.documents(ewt, keep=lambda name: name.startswith("weblog")))
        table("EWT", {"weblog": found}, splitters)
        bars.hold("sentences of EWT, weblogs, boundary F", scored(ours, found)[0], least=0.96)
    for code in (*SIX, *MARKED):
        if (folder := bars.data(options, f"ud-{code}")) is not None:
            score, count, wrong = elsewhere(folder, code)
            bars.hold(f"sentences of {code}, {count}, boundary F", score, least=0.95 if code in SIX else 0.90)
            if options.failures == code:
                print(*wrong[:60], sep="\n")
    if options.failures:
        known = [one for folder in (gum and gum / "dep", ewt) if folder for one in treebanks.documents(folder)]
        print(*failures([one for one in known if one.genre == options.failures]), sep="\n")
    bars.close()


if __name__ == "__main__":
    main()
