"""Who says what in news: attributions found, beside the nearest capitalised name to a verb of saying.

    python benchmarks/attribution.py [--quick] [--data FOLDER] [--missed SET] [--false SET]

Sets, a folder each under --data; those that are not there are said to be NOT MEASURED:

    polnear     PolNeAR 1.0 (github: networkdynamics/PolNeAR; Newell, Margolin and Ruths 2018): 1,008 articles of seven
                US houses on the elections of 2016, every attribution marked as source, cue and content, attitudes too
                ("wants", "supports", "is expected"), which this reader does not look for: they cost recall. The rules
                were set on `train`; `dev` and `test`, which are later months, show them
    gum-news    the news of GUM (github: amir-zeldes/gum; Wikinews, CC BY): attributions of its discourse trees, whose
                satellites hold source and cue. What was missed in it was read once, and what the reader
                made of fourteen of its texts: another manner, no held-out set

A found attribution and a marked one belong together if their cues overlap, what is said overlaps, and the sources do
where one is marked; each at most once. In GUM a cue overlaps where the found source or cue stands in the satellite:

    F, P, R     of attributions
    cue         F where the cue (with GUM, the satellite) alone is asked
"""

from __future__ import annotations

import argparse
import random
import re
import time
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bars
from attrs import frozen
from factledger_reader import StandardReader
from factledger_reader.attribution import attributions
from factledger_reader.lexicon import lexicon
from factledger_reader.passages import passages
from offices import read

from ledger.reader import Article, SuggestedClaim
from ledger.text import Span, sentences

SETS = {"polnear-dev": 0.62, "polnear-test": 0.62, "gum-news": 0.69}
PRECISION = {"polnear-dev": 0.88, "polnear-test": 0.88, "gum-news": 0.84}
CUES = {"gum-news": 0.71}
"""Floors of F and P of whole attributions, and of F of cues alone."""

SPEED = 500
"""Characters a second, in thousands, that finding attributions has to do; shown, and held by no bar: a machine's."""

Spans = tuple[Span, ...]


@frozen
class Marked:
    """An attribution that was marked or found: places of who says it, of the words that say so, and of what is said."""

    source: Spans
    cue: Spans
    content: Spans


@frozen
class Document:
    """A text, and the attributions that are marked in it."""

    text: str
    marked: Sequence[Marked]
    satellites: bool = False


Finder = Callable[[str], Sequence[Marked]]


def ours(text: str) -> list[Marked]:
    """Return what the standard reader suggests, a claim's sentences put together by their cue."""
    found: dict[Span, tuple[set[Span], set[Span]]] = defaultdict(lambda: (set(), set()))
    for one in StandardReader().read(Article(text=text, language="en")):
        if isinstance(one, SuggestedClaim) and one.cue is not None:
            voices, contents = found[one.cue]
            voices.update(voice.span for voice in one.voices)
            contents.add(one.content)
    return [Marked(tuple(voices), (cue,), tuple(contents)) for cue, (voices, contents) in sorted(found.items())]


_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|wrote|writes|asked|announced|claimed|claims|argued|explained|stated|noted"
    r"|warned|insisted|admitted|denied|according to|reported|believes?|thinks?|thought|suggested|confirmed|declared)\b"
)
_PRONOUNS = frozenset(("He", "She", "They"))
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*)(?:\s[A-Z][\w.’'-]*)*|\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")


def nearest_name(text: str) -> list[Marked]:
    """Return, for each verb of saying, the nearest capitalised name in its sentence, and the rest of that as said."""
    found = []
    for sentence in sentences(text):
        words = sentence.of(text)
        for verb in _SAYING.finditer(words):
            names = [
                one
                for one in _NAME.finditer(words)
                if one.start() or len(one[0].split()) > 1 or one[0].lower() in "hesthey"
            ]
            if not names:
                continue
            name = min(names, key=lambda one: max(verb.start() - one.end(), one.start() - verb.end()))
            first, end = min(name.start(), verb.start()), max(name.end(), verb.end())
            content = Span(end, len(words)) if len(words) - end >= first else Span(0, first)
            if content.end > content.start:
                found.append(
                    Marked(*(_moved(sentence, one) for one in (name.span(), verb.span(), (content.start, content.end))))
                )
    return found


def _moved(sentence: Span, place: tuple[int, int]) -> Spans:
    return (Span(sentence.start + place[0], sentence.start + place[1]),)


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def matching(found: Marked, marked: Marked, satellite: bool, *, whole: bool) -> bool:
    """Return whether a found attribution is a marked one."""
    cue = _overlap(found.cue, marked.cue) or (satellite and _overlap(found.source, marked.cue))
    if not whole or not cue:
        return cue
    named = not marked.source or _overlap(found.source, marked.source)
    return named and _overlap(found.content, marked.content)


@frozen
class Score:
    """How many were found, how many are marked, how many of them are the same."""

    hits: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.marked)

    @property
    def f(self) -> float:
        return 2 * self.hits / max(1, self.found + self.marked)


def score(documents: Sequence[Document], finder: Finder, *, whole: bool = True, show: str = "") -> Score:
    """Return how well a finder does; `show` prints what is missed or false ("missed", "false"), in a fixed order."""
    hits = found = marked = 0
    lines = []
    for document in documents:
        mine, used = finder(document.text), set[int]()
        for one in mine:
            number = next(
                (
                    number
                    for number, other in enumerate(document.marked)
                    if number not in used and matching(one, other, document.satellites, whole=whole)
                ),
                None,
            )
            if number is not None:
                used.add(number)
            elif show == "false":
                lines.append(_shown(document.text, one))
        if show == "missed":
            lines += [_shown(document.text, one) for number, one in enumerate(document.marked) if number not in used]
        hits, found, marked = hits + len(used), found + len(mine), marked + len(document.marked)
    random.Random(1).shuffle(lines)
    print(*lines[:60], sep="\n", end="\n" if lines else "")
    return Score(hits, found, marked)


def _shown(text: str, one: Marked) -> str:
    cue = one.cue[0]
    around = text[max(0, cue.start - 90) : cue.start] + "[" + cue.of(text) + "]" + text[cue.end : cue.end + 90]
    return "  " + " ".join(around.split())


# the sets


def polnear(folder: Path, part: str) -> Iterator[Document]:
    """Yield the articles of a part, with the marks of the first of their annotators."""
    for path in sorted(folder.glob(f"data/{part}/text/*.txt")):
        marks = sorted((folder / "data" / part / "attributions").glob(f"{path.stem}*.ann"))
        if marks:
            with path.open(encoding="utf-8", newline="") as file:
                yield Document(file.read(), tuple(_brat(marks[0])))


def _brat(path: Path) -> Iterator[Marked]:
    places: dict[str, list[Span]] = {}
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", name) and " " in rest:
            pieces = rest.partition("\t")[0].partition(" ")[2].split(";")
            places[name] = [Span(int(first), int(end)) for first, end in (piece.split() for piece in pieces)]
        elif re.fullmatch(r"E\d+", name):
            events.append(rest.split())
    for event in events:
        parts: dict[str, list[Span]] = defaultdict(list)
        for argument in event:
            role, _, name = argument.partition(":")
            parts[role.rstrip("0123456789").lower()] += places.get(name, [])
        if parts["cue"] and parts["content"]:
            yield Marked(tuple(parts["source"]), tuple(parts["cue"]), tuple(parts["content"]))


def gum(folder: Path) -> Iterator[Document]:
    """Yield the news of GUM: the units of each tree are found again in the text by their letters."""
    for path in sorted(folder.glob("xml/GUM_news_*.xml")):
        text = read(path).text
        tree = ET.parse(folder / "rst" / f"{path.stem}.rs4").getroot()
        yield Document(text, tuple(_satellites(tree, text)), satellites=True)


def _satellites(tree: ET.Element, text: str) -> Iterator[Marked]:
    offsets = [at for at, letter in enumerate(text) if not letter.isspace()]
    letters, at = "".join(text[offset] for offset in offsets), 0
    places: dict[str, Span] = {}
    for unit in tree.iter("segment"):
        words = re.sub(r"\s+", "", unit.text or "")
        at = letters.index(words, at)
        places[unit.attrib["id"]] = Span(offsets[at], offsets[at + len(words) - 1] + 1)
        at += len(words)
    nodes = {node.attrib["id"]: node for kind in ("segment", "group") for node in tree.iter(kind)}
    below: dict[str, list[str]] = defaultdict(list)
    for name, node in nodes.items():
        if "parent" in node.attrib and not node.attrib.get("relname", "").startswith("attribution"):
            below[node.attrib["parent"]].append(name)

    def region(name: str) -> list[Span]:
        own = [places[name]] if name in places else []
        return own + [span for child in below[name] for span in region(child)]

    for name, node in nodes.items():
        if node.attrib.get("relname", "").startswith("attribution"):
            yield Marked((), tuple(region(name)), tuple(region(node.attrib["parent"])))


def documents(options: argparse.Namespace, name: str) -> list[Document]:
    """Return the documents of a set; none where it is not there."""
    base, _, part = name.partition("-")
    if base == "polnear":
        folder = bars.data(options, "polnear")
        found = [] if folder is None else list(polnear(folder, part))
        return found[:: 3 if options.quick else 1]
    folder = bars.data(options, "gum-news")
    return [] if folder is None else list(gum(folder))


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--missed", metavar="SET", choices=("polnear-train",), help="print some that are not found")
    parser.add_argument("--false", metavar="SET", choices=("polnear-train",), help="print some that are found wrongly")
    options = parser.parse_args()
    for show in ("missed", "false"):
        if getattr(options, show):
            score(documents(options, getattr(options, show)), ours, show=show)
    print(f"{'':<14}{'':<14}{'found':>7}{'marked':>8}{'F':>7}{'P':>7}{'R':>7}{'cue F':>8}")
    for name in SETS:
        known = documents(options, name)
        if not known:
            continue
        for label, finder in (("factledger", ours), ("nearest name", nearest_name)):
            whole, cues = score(known, finder), score(known, finder, whole=False)
            print(
                f"{name:<14}{label:<14}{whole.found:>7}{whole.marked:>8}{whole.f:7.3f}{whole.precision:7.3f}"
                f"{whole.recall:7.3f}{cues.f:8.3f}"
            )
            if finder is ours:
                bars.hold(f"{name}, F", whole.f, least=SETS[name])
                bars.hold(f"{name}, P", whole.precision, least=PRECISION[name])
                if name in CUES:
                    bars.hold(f"{name}, F of cues", cues.f, least=CUES[name])
        letters, began = sum(len(one.text) for one in known), time.process_time()
        words = lexicon("en")
        assert words is not None
        for one in known:
            for paragraph in passages(one.text, "en"):
                for passage in paragraph:
                    attributions(passage, words)
        took = time.process_time() - began
        print(f"{name:<14}attributions of {letters / took / 1000:,.0f} kB/s (wanted {SPEED})")
    bars.close()


if __name__ == "__main__":
    main()
