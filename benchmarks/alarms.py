"""What the checkers that read dates in words say of edited text: each problem they see there is printed.

    python benchmarks/alarms.py GUM

GUM is a folder of the Georgetown University Multilayer corpus whose `xml/` holds GUM_*.xml. Every sentence is a claim,
and is quoted for it from a source of the day that the file itself states, `dateCreated`. The texts were edited and
printed: what is found in them is most likely a false alarm. How often a checker had something to compare is told
beside, because one that never looks raises no alarm either.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from factledger_checkers import ledger_register_checkers
from offices import dated_texts

from ledger import Checker, Finding, Outcome
from ledger.testing import Case
from ledger.text import sentences

WORDS = ("date-valid", "gap", "tense")
CHECKERS = [one for one in ledger_register_checkers({}) if isinstance(one, Checker) and one.name in WORDS]


def found(sentence: str, published: str) -> Iterator[tuple[str, Finding]]:
    """Yield what each checker says of a sentence that is claimed and quoted."""
    case = Case(sentence)
    case.evidence(case.source("Text", published=published), quote=sentence, language="en")
    for checker in CHECKERS:
        for finding in case.findings(checker):
            yield checker.name, finding


def main() -> None:
    """Read, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gum", type=Path)
    options = parser.parse_args()
    texts, read, codes = 0, 0, {name: Counter[str]() for name in WORDS}
    for name, created, text in dated_texts(options.gum):
        texts += 1
        for span in sentences(text):
            read += 1
            for checker, finding in found(span.of(text), created):
                codes[checker][f"{finding.outcome} {finding.code}"] += 1
                if finding.outcome in (Outcome.FAIL, Outcome.WARN):
                    print(f"{finding.outcome:5} {checker:11} {name} {created} {finding.reason}")
    print(f"{read:,} sentences of {texts} texts")
    for checker, counts in codes.items():
        alarms = sum(count for code, count in counts.items() if code.startswith(("fail", "warn")))
        shown = ", ".join(f"{code} {count}" for code, count in counts.most_common())
        print(f"{checker:11} {alarms} problems; {shown}")


if __name__ == "__main__":
    main()
