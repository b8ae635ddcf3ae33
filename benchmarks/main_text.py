"""Which lines of a page are its article: how much of articles is found, and how much that is none of them.

    python benchmarks/main_text.py [--pages 400] [--data FOLDER]

Two sets. The first is made here: paragraphs, and around and between them menus, teasers, notes on cookies, boxes,
comments and captions, in markup drawn by lot; every paragraph has to be found. The second is outside material:

    article-extraction-benchmark   181 real pages with their bodies, by Zyte (scrapinghub), MIT for its code; a folder
                                   html/ of gzipped pages, and ground-truth.json

It is measured as its own evaluate.py does: runs of four words, each page counting alike. Rules and thresholds were set
on the pages with an even hash, and on the test pages of mozilla/readability; the bars are of those with an odd one,
whose texts nobody looked at here. The bodies have no headlines, which are lines of the article here: the line that is
the page's title is set aside. `trafilatura` runs beside it where it is installed; otherwise the figures of others are
those that the set's README states for all 181 pages.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from time import process_time

import bars

from ledger.capture import asides, read
from ledger.text.spans import blanked

STATED = {"trafilatura 2.0.0": 0.958, "readability_js 0.6.0": 0.947, "newspaper4k 0.9.3.1": 0.949, "boilerpipe": 0.860}
"""F1 in the set's README."""


def own(page: bytes) -> str:
    """Return the lines of a page that are read as its article; all where no part can be told."""
    reading = read(page, name="page.html", where="page")
    left = asides(page, reading.extractor, charset=reading.encoding, where="page") or ()
    lines = (line.strip() for line in blanked(reading.text, left).split("\n"))
    return "\n".join(line for line in lines if line and line != reading.title)


def trafilatura(page: bytes) -> str:
    from trafilatura import extract

    return extract(page, include_comments=False) or ""


# -- real pages ----------------------------------------------------------------


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(filter(None, (tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))))


def scores(bodies: dict[str, str], extracted: Callable[[str], str]) -> tuple[float, float, float]:
    """Return precision, recall and F1, each page counting alike."""
    precisions, recalls = [], []
    for page, body in bodies.items():
        true, found = shingles(body), shingles(extracted(page))
        both = (true & found).total()
        if found:
            precisions.append(both / found.total())
        if true:
            recalls.append(both / true.total())
    precision, recall = fmean(precisions), fmean(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)


def outside(folder: Path) -> None:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    held = {page: told["articleBody"] for page, told in sorted(truth.items()) if int(page, 16) % 2}
    pages = {page: gzip.decompress((folder / "html" / f"{page}.html.gz").read_bytes()) for page in held}
    readers = {"factledger": own} | ({"trafilatura": trafilatura} if find_spec("trafilatura") else {})
    found = {name: scores(held, lambda page, by=by: by(pages[page])) for name, by in readers.items()}
    for name, (precision, recall, f1) in found.items():
        print(f"{len(held)} real pages  {name:<12} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    precision, recall, f1 = found["factledger"]
    beside = {"trafilatura": found["trafilatura"][2]} if "trafilatura" in found else {}
    stated = {f"{name} (stated, all pages)": figure for name, figure in STATED.items()}
    bars.hold("real pages: recall", recall, least=0.96)
    bars.hold("real pages: precision", precision, least=0.92)
    bars.hold("real pages: F1", f1, least=0.94, beside=beside or stated)


# -- pages made here -----------------------------------------------------------

WHO = "The port council|A farmer from Arden|Ida Storm|The county|Nobody at the mill|A court in Norvik".split("|")
DOES = "closed the quay|counted 214 ships|denied the report|paid for new lamps|asked for a second vote".split("|")
WHEN = "on Monday after a meeting of nine hours|in the winter of 2029|a day before the strike began".split("|")
ENDS = "as the minutes say|and gave no reason for it|which the mayor had promised|for the third time".split("|")


def sentences(lot: random.Random, fewest: int, most: int) -> str:
    said = (f"{lot.choice(WHO)} {lot.choice(DOES)} {lot.choice(WHEN)}, {lot.choice(ENDS)}." for _ in range(most))
    return f"{lot.randrange(10**6)}: {' '.join(list(said)[: lot.randint(fewest, most)])}"


def furniture(lot: random.Random) -> Iterator[str]:
    """Yield what stands around articles, in an order and a markup drawn by lot."""
    menu = "".join(f"<li><a href=/{at}>Part {at} of the paper</a>" for at in range(lot.randint(4, 40)))
    cards = "".join(
        f"<div><h3><a href=/{at}>Another story, no. {at}</a></h3><a href=/all>More</a><p>{sentences(lot, 1, 1)}</div>"
        for at in range(lot.randint(3, 8))
    )
    comments = "".join(f"<p>{sentences(lot, 1, 2)}</p>" for _ in range(lot.randint(2, 5)))
    parts = (
        f"<{(tag := lot.choice(('nav', 'div')))}><ul>{menu}</ul></{tag}>",
        f"<{(tag := lot.choice(('aside', 'div', 'section')))}>{cards}</{tag}>",
        f"<div class='{lot.choice(('cookie-note', 'consent'))}'><p>{sentences(lot, 1, 2)}</p></div>",
        f"<div id=comments>{comments}</div>",
        f"<footer><p>{sentences(lot, 1, 1)}</p></footer>",
    )
    yield from lot.sample(parts, lot.randint(1, len(parts)))


def made(lot: random.Random) -> tuple[bytes, list[str], list[str]]:
    """Return a page, its paragraphs, and lines that are none."""
    said = [sentences(lot, 1, 4) for _ in range(lot.randint(6, 25))]
    around = list(furniture(lot))
    cut = lot.randint(0, len(around))
    marked = "".join(f"<p>{one}</p>" for one in said)
    inner = lot.choice(("<div>{}</div>", "<section><div>{}</div></section>", "{}")).format(marked)
    tag = lot.choice(("article", "main", "div"))
    page = f"<body>{''.join(around[:cut])}<{tag}><h1>The news</h1>{inner}</{tag}>{''.join(around[cut:])}</body>"
    others = re.findall(r"<p>(\d+: [^<]+)", "".join(around))
    return page.encode(), said, others


def generated(pages: int) -> None:
    lot = random.Random(41)
    lost = kept = paragraphs = others = 0
    began = process_time()
    for _ in range(pages):
        page, said, around = made(lot)
        found = set(own(page).split("\n"))
        paragraphs, others = paragraphs + len(said), others + len(around)
        lost += len(set(said) - found)
        kept += len(set(around) & found)
    spent = process_time() - began
    print(f"{pages} pages made here: {lost} of {paragraphs} paragraphs lost, {kept} of {others} other lines kept")
    print(f"{1000 * spent / pages:.1f} ms of processor time a page, reading it included")
    bars.hold("made pages: paragraphs found", 1 - lost / paragraphs, least=1)
    bars.hold("made pages: other lines kept", kept / others, most=0.1)


def main() -> None:
    """Measure the pages that are made here, and the real ones where they are."""
    parser = bars.parser(__doc__)
    parser.add_argument("--pages", type=int, default=400)
    options = bars.sized(parser.parse_args(), pages=60)
    generated(options.pages)
    if folder := bars.data(options, "article-extraction-benchmark"):
        outside(folder)
    bars.close()


if __name__ == "__main__":
    main()
