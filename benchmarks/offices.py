"""Titles in annotated texts held against the table of office holders: what fits, and what planted errors are found.

    python benchmarks/offices.py [--quick] [--data FOLDER] [--all]

gum-news is a folder of the Georgetown University Multilayer corpus (CC BY and kin) whose `xml/` holds GUM_*.xml; the
news in TimeML are those of `timexes.py`. The date of a text is the one that the file itself states. These texts are
edited: a title that does not fit is a false alarm, as long as the date is right, and each is printed; `--all` prints
all that is found.

    planted "former"   before each bare title of one who is in office on the date of the text
    planted date       1,500 days before anybody of that name held the office, for the sentence of each bare title
    re-dated           the sentence without a year of each bare title of one in office, in a source of twenty years
                       later: a title that fits then too would vouch for a wrong date; it may be a courtesy, no more

Of planted errors those found are counted, those of which the checker says that it cannot tell, and those that pass: a
sentence with a year in it may rightly do.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import bars
import timexes
from dates import read
from factledger_checkers.office import OfficeHeld
from factledger_checkers.office.holders import Holders, read_holders
from factledger_checkers.office.title_words import TitleForm
from factledger_checkers.office.titles import Title, titles

from ledger import Finding
from ledger.dates import BadDate, parse
from ledger.testing import Case
from ledger.text import sentences

EARLIER = 1_500
LATER = 20
"""Years by which news is re-dated."""


def found(words: str, text: str, published: str) -> list[Finding]:
    """Return what the checker says of words anchored in a text of this date, if they hold a title."""
    case = Case("It was written.")
    source = case.source("Text", published=published)
    case.capture(source, text)
    case.evidence(source, quote=words)
    return [finding for finding in case.findings(OfficeHeld()) if finding.code != "no_title"]


def dated_texts(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the name, date and text of every file whose date is one."""
    for path in sorted((folder / "xml").glob("GUM_*.xml")):
        text = read(path)
        try:
            if parse(text.created).year_known:
                yield text.name, text.created, text.text
        except BadDate:
            continue


def in_office(title: Title, created: str) -> bool:
    first, last = parse(created).reach
    if title.form is not TitleForm.PLAIN or first is None or last is None:
        return False
    return any(one.holder is not None and one.holder.held((first, last)) for one in title.readings)


def with_former(text: str, holders: Holders, created: str) -> Iterator[str]:
    """Yield the outcome for each bare title of a holder that is made a former one."""
    for title in titles(text, holders):
        if in_office(title, created):
            words = f"former {text[title.start : title.end]}"
            altered = f"{text[: title.start]}{words}{text[title.end :]}"
            yield next((str(finding.outcome) for finding in found(words, altered, created)), "silent")


def too_early(text: str, holders: Holders) -> Iterator[str]:
    """Yield the outcome for each sentence with a bare title, dated before anybody of that name held the office."""
    for span in sentences(text):
        sentence = span.of(text)
        for title in titles(sentence, holders):
            starts = [one.holder.stretches[0].start[0] for one in title.readings if one.holder is not None]
            if title.form is TitleForm.PLAIN and starts:
                day = date.fromordinal(int(min(starts)) - EARLIER).isoformat()
                yield str(found(sentence[title.start : title.end], sentence, day)[0].outcome)


def redated(text: str, holders: Holders, created: str) -> Iterator[str]:
    """Yield the outcome for each sentence with a bare title of one in office, in a source of twenty years later."""
    later = f"{int(created[:4]) + LATER}{created[4:]}"
    for span in sentences(text):
        sentence = span.of(text)
        for title in titles(sentence, holders):
            if in_office(title, created) and not re.search(r"\b(?:19|20)[0-9]{2}\b", sentence):
                yield str(found(sentence[title.start : title.end], sentence, later)[0].outcome)


def texts_of(options: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Yield the name, date and text of every text at hand."""
    if (folder := bars.data(options, "gum-news")) is not None:
        yield from dated_texts(folder)
    for name in ("timebank", "aquaint", "platinum"):
        if (folder := bars.data(options, name)) is not None:
            for path in sorted(folder.glob("*.tml"))[:: 4 if options.quick else 1]:
                one = timexes.read(path)
                if len(one.created) == 10:
                    yield one.name, one.created, one.text


def main() -> None:
    parser = bars.parser(__doc__)
    parser.add_argument("--all", action="store_true", help="print all that is found")
    options = parser.parse_args()
    holders = read_holders()
    texts, as_written, former, early = 0, Counter[str](), Counter[str](), Counter[str]()
    again = Counter[str]()
    for name, created, text in texts_of(options):
        texts += 1
        for span in sentences(text):
            for finding in found(span.of(text), text, created):
                as_written[str(finding.outcome)] += 1
                if options.all or finding.outcome == "fail":
                    print(f"{finding.outcome:8}{name} {created} {finding.reason}")
        former.update(with_former(text, holders, created))
        early.update(too_early(text, holders))
        again.update(redated(text, holders, created))
    kinds = {"sentences as written": as_written, "planted “former”": former, "planted date": early, "re-dated": again}
    for what, counts in kinds.items():
        shown = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
        print(f"{what:22}{sum(counts.values()):5} in {texts} texts: {shown}")
    if texts:
        bars.hold("sentences as written that are called wrong", as_written["fail"], most=0)
        bars.hold("planted “former” found", former["fail"] / max(1, sum(former.values())), least=0.85)
        bars.hold("re-dated news that passes", again["pass"] / max(1, sum(again.values())), most=0)
    bars.close()


if __name__ == "__main__":
    main()
