"""Where the sentences of texts end that were not written here, the marks of notes left in.

    python benchmarks/sentences.py [--failures GENRE]

Two treebanks whose annotators marked every sentence (see `treebanks` for their licences): `gum` is a folder with GUM's
CoNLL-U files in `dep`, `ewt` one with those of UD English EWT. The rules were written for news and looked at on GUM's
bio, academic and textbook; errors were also read in five more of GUM's genres and in both files of EWT. Boundary F: an
end that is ours and theirs. A heading and a caption are sentences there, too. Beside ours in the same run: an end at
every stop, question and exclamation mark before a space, and pysbd (MIT; pip install pysbd) where it is installed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

import bars
import treebanks
from treebanks import Document

from ledger.text import sentences

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
    parser.add_argument("--failures", metavar="GENRE")
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
    if options.failures:
        known = [one for folder in (gum and gum / "dep", ewt) if folder for one in treebanks.documents(folder)]
        print(*failures([one for one in known if one.genre == options.failures]), sep="\n")
    bars.close()


if __name__ == "__main__":
    main()
