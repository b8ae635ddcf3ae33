"""Whether sentences are facts that can be checked or views: the standard reader beside a list of words and "all facts".

    python benchmarks/nature.py [--quick] [--data FOLDER]

Sets, a folder each under --data; those that are not there are said to be NOT MEASURED:

    checkthat-subjectivity  the English sentences of CLEF CheckThat! 2025, task 1 (CC BY-NC-SA 4.0; *_en.tsv): of news,
                            OBJ or SUBJ as their *author* speaks: what is quoted does not count. The words were set on
                            `train` and `dev`; `dev_test` shows them. SUBJ is the nature "opinion" of a claim without
                            a voice but the article's; macro F, the task's own, is the mean of the F of SUBJ and OBJ
    claimbuster             two classes of ClaimBuster (github: utaresearch/claimbuster-spotter, `data/two_class`;
                            Arslan, Hassan, Li and Tremayne 2020): sentences of US debates, worth a check (1) or no
                            fact (0). No word was set on it; `test` shows it. 1 is "factual", of anything in a sentence

The list of words is one of six that anybody would write first. It is spoken English that claimbuster holds, and the
reader is one of written news: the figure says how far its words carry, and a bar holds only what they gain.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import bars
from attrs import frozen
from factledger_reader import StandardReader

from ledger.reader import Article, Nature, SuggestedClaim

GAIN = {"checkthat-subjectivity": 0.05, "claimbuster": 0.05}
"""How far the macro F of the reader has to stand above the better of the two baselines."""


@frozen
class Marked:
    """A sentence, and whether it is a fact by its marks."""

    text: str
    fact: bool


def own_fact(text: str) -> bool:
    """Return whether nothing that the text itself says, and nobody in it, is an opinion for the standard reader."""
    return not any(claim.nature is Nature.OPINION for claim in _claims(text) if not claim.voices)


def some_fact(text: str) -> bool:
    """Return whether anything that the text says is a fact for the standard reader."""
    return any(claim.nature is Nature.FACTUAL for claim in _claims(text))


def _claims(text: str) -> list[SuggestedClaim]:
    found = StandardReader().read(Article(text=text, language="en"))
    return [one for one in found if isinstance(one, SuggestedClaim)]


_WORDS = re.compile(r"\b(?:should|must|think|believe|best|worst)\b|[!?]", re.IGNORECASE)


def plain_words(text: str) -> bool:
    """Return whether a text has none of six words of opinion and no mark of a question or a shout."""
    return _WORDS.search(text) is None


def all_facts(text: str) -> bool:
    """Return that a text is a fact."""
    return True


def checkthat(folder: Path) -> Iterator[Marked]:
    """Yield the sentences of the part that no word was set on."""
    with (folder / "dev_test_en.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Marked(row["sentence"], row["label"] == "OBJ")


def claimbuster(folder: Path) -> Iterator[Marked]:
    """Yield the sentences of the test part."""
    for row in json.loads((folder / "test.json").read_text(encoding="utf-8")):
        yield Marked(row["text"], row["label"] == 1)


def macro(sentences: list[Marked], judge: Callable[[str], bool]) -> tuple[float, float, float]:
    """Return the macro F of a judge, and its precision and recall of what is no fact."""
    told = [(one.fact, judge(one.text)) for one in sentences]
    right, views = told.count((True, True)), told.count((False, False))
    false, missed = told.count((True, False)), told.count((False, True))
    facts_f = 2 * right / max(1, 2 * right + false + missed)
    views_f = 2 * views / max(1, 2 * views + false + missed)
    return (facts_f + views_f) / 2, views / max(1, views + false), views / max(1, views + missed)


SETS = {"checkthat-subjectivity": (checkthat, own_fact), "claimbuster": (claimbuster, some_fact)}


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    print(f"{'':<24}{'':<14}{'sentences':>10}{'macro F':>9}{'P views':>9}{'R views':>9}")
    for name, (read, ours) in SETS.items():
        folder = bars.data(options, name)
        if folder is None:
            continue
        sentences = list(read(folder))[:: 3 if options.quick else 1]
        found = {}
        for label, judge in (("factledger", ours), ("six words", plain_words), ("all facts", all_facts)):
            found[label], precision, recall = macro(sentences, judge)
            print(f"{name:<24}{label:<14}{len(sentences):>10}{found[label]:9.3f}{precision:9.3f}{recall:9.3f}")
        base = max(found["six words"], found["all facts"])
        bars.hold(f"{name}, macro F above the baselines", found["factledger"] - base, least=GAIN[name])
    bars.close()


if __name__ == "__main__":
    main()
