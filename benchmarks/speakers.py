"""Who says something, in sentences of five languages beside English: how often found, how often false.

    python benchmarks/speakers.py [--quick] [--data FOLDER]

The PUD treebanks (folders ud-es, ud-fr, ud-de, ud-it, ud-pt; see `datings`): 33 sentences of news in each language,
the same ones, of 60 that have in English a verb of saying or a quotation mark, by the hash of their numbers;
speakers.tsv has who says something in each, by us, before the reader of these languages was written. Of the 60, those
were left out in which only a pronoun or nobody in particular says it, and a block in the middle that was not
annotated. Rules were set on sentences and articles of our own, and mended once after the five false ones that were
left had been looked at. Nobody else has looked at the annotation, and 33 sentences are few.

    precision    of the sentences in which somebody is found, those with whom the annotation overlaps
    recall       of the sentences in which somebody says something, those in which they are found
"""

from __future__ import annotations

from pathlib import Path

import bars
from datings import sentences_of
from factledger_reader.by_table import attributed, said_words

from ledger.text import Span, quoted

LABELS = Path(__file__).parent / "speakers.tsv"
LANGUAGES = "es fr de it pt".split()
PRECISION, RECALL = 0.9, 0.6


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    rows = [line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    for code in LANGUAGES:
        folder, words = bars.data(options, f"ud-{code}"), said_words(code)
        if folder is None or words is None:
            continue
        said = sentences_of(folder)
        right = found = says = 0
        for language, name, place in rows:
            if language != code or name not in said:
                continue
            text = said[name]
            one = attributed(text, Span(0, len(text)), quoted(text, code), words)
            first, last = map(int, place.split("-")) if place else (0, 0)
            says += bool(place)
            found += one is not None
            right += one is not None and one.source.start < last and first < one.source.end
        bars.hold(f"{code}, {found} found: precision", right / max(1, found), least=PRECISION)
        bars.hold(f"{code}, {says} say something: recall", right / max(1, says), least=RECALL)
    bars.close()


if __name__ == "__main__":
    main()
