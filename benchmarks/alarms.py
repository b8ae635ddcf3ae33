"""What the checkers that read dates in words say of edited text, and which tenses and distances planted in it they see.

    python benchmarks/alarms.py [--quick] [--data FOLDER] [--missed]

gum-news is the Georgetown University Multilayer corpus (CC BY and kin), a folder whose `xml/` holds GUM_*.xml; the sets
in TimeML are those of `timexes.py`, and two of more news, whose dates are not used:

    silver, silver-held    silver data of TempEval-3 (UzZaman et al. 2013), news of Gigaword: parts 0 to 3, and 4 to 5

Rules were set on all but platinum and silver-held. Every sentence is a claim, and is quoted for it from a source of the
day on which the file says that it was written. The texts were edited and printed: what is found in them is most likely
a false alarm, and each is printed. How often a checker had something to compare is told beside, because one that never
looks raises no alarm either.

    planted tense     a sentence with one date, "on" a day, or "in" or "during" a month or year, and
                      no "will", "would", "could" or "to be": it is then told by a source 400 days before that date
    planted distance  a sentence in which two dates and the time between them agree, made here from a pattern; then the
                      time, or a date, is changed. The patterns are our own, and show no more than that they are read

The floor for tenses: a sentence with a date after its source and a verb in -ed, was or were anywhere: its recall, and
its alarms in the same sound sentences.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import bars
import timexes
from factledger_checkers import ledger_register_checkers
from offices import dated_texts

from ledger import Checker, Finding, Outcome
from ledger.dates import ExpressionKind, expressions, parse
from ledger.testing import Case
from ledger.text import sentences

WORDS = ("date-valid", "gap", "tense")
CHECKERS = {one.name: one for one in ledger_register_checkers({}) if isinstance(one, Checker) and one.name in WORDS}
SETS = (*timexes.SETS, "silver", "silver-held")
_LEAST = {"wikiwars-train": 0.7, "timebank": 0.7, "aquaint": 0.7, "silver": 0.75, "silver-held": 0.7}
"""Histories tell plainly; of the sentences planted in news, one in ten has no past verb to begin with. In the small
size a set has some sixty plants, by which its figure varies."""

UNSEEN = timexes.UNSEEN | {"silver-held"}

_TRUE = ("64 days",)
"""Words in which the edited text does contradict its own dates: 21 November 1948 to 31 January 1949 are 71 days."""

_TOLD = re.compile(r"\b(?:on|in|during)(?: the(?: (?:night|morning|evening) of)?)? $", re.IGNORECASE)
_NOT_TOLD = re.compile(r"\b(?:will|would|could|to be)\b")
BEFORE = 400
"""Days by which a source is put before what it tells of."""


def found(sentence: str, published: str, names: Iterable[str] = WORDS) -> Iterator[tuple[str, Finding]]:
    """Yield what each checker says of a sentence that is claimed and quoted."""
    case = Case(sentence)
    case.evidence(case.source("Text", published=published), quote=sentence, language="en")
    for name in names:
        for finding in case.findings(CHECKERS[name]):
            yield name, finding


def problem(finding: Finding) -> bool:
    seen = finding.outcome in (Outcome.FAIL, Outcome.WARN)
    return seen and not any(words in finding.reason for words in _TRUE)


def texts(options: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the day and the words of every text at hand."""
    if (folder := bars.data(options, "gum-news")) is not None:
        yield from dated_texts(folder)
    for name in SETS:
        if (folder := bars.data(options, name)) is not None:
            for path in sorted(folder.glob("*.tml"))[:: 8 if options.quick else 1]:
                text = timexes.read(path)
                if text.created:
                    yield text.name, text.created, text.text


def plain(sentence: str) -> str:
    return re.sub(r"\s+", " ", sentence).strip()


def planted(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield sentences of histories that date one thing with its year, and a day well before it."""
    for path in sorted(folder.glob("*.tml")):
        text = timexes.read(path)
        for span in sentences(text.text):
            sentence = plain(span.of(text.text))
            dates = [one for one in expressions(sentence) if one.kind is ExpressionKind.DATE]
            if len(dates) != 1 or not _TOLD.search(sentence[: dates[0].span.start]) or _NOT_TOLD.search(sentence):
                continue
            edtf = dates[0].edtf
            if edtf is not None and edtf.earliest and edtf.earliest > BEFORE and not dates[0].part:
                yield sentence, date.fromordinal(edtf.earliest - BEFORE).isoformat()


PATTERNS = (
    "Ann Lee, born {a:%Y}, died in {b:%Y} at the age of {years}.",
    "Ann Lee was born on {a:%-d %B %Y}. She died on {b:%-d %B %Y}, aged {years}.",
    "The pier was built in {a:%Y} and stood for {years} years until {b:%Y}.",
    "It ran from {a:%Y} to {b:%Y}, a span of {years} years.",
    "The gate opened in {b:%Y}, {years} years after the strike of {a:%Y}.",
    "The bridge closed on {a:%-d %B %Y}. It opened {days} days later, on {c:%-d %B %Y}.",
    "The leak was found {days} days after the release of {a:%-d %B %Y}, on {c:%-d %B %Y}.",
    "On {a:%-d %B %Y} they were told to leave within {days} days, by {c:%-d %B}.",
    "It was shut for {days} days, from {a:%-d %B} to {c:%-d %B %Y}.",
)
"""Sentences in which b is so many years after a, and c so many days."""


def distances(draw: random.Random, each: int) -> Iterator[tuple[str, bool]]:
    """Yield sentences with two dates and the time between, and whether that was changed."""
    for pattern in PATTERNS:
        for number in range(2 * each):
            altered = number % 2 == 1
            years, days, off = draw.randint(12, 60), draw.randint(5, 60), draw.choice((-4, 4, 7, 11))
            a = date(draw.randint(1930, 1960), draw.randint(1, 11), draw.randint(1, 28))
            b = date(a.year + years, a.month, a.day)
            shown = {"years": years + off * altered, "days": days + off * altered}
            yield pattern.format(a=a, b=b, c=a + timedelta(days), **shown), altered


def floor(sentence: str, published: str) -> bool:
    """Return what a reader without grammar would flag: a later date, and a past verb anywhere."""
    last = parse(published).latest or 0
    later = any(one.edtf and one.edtf.earliest and one.edtf.earliest > last + 1 for one in expressions(sentence))
    return later and re.search(r"\b(?:was|were|\w{2,}ed)\b", sentence) is not None


def main() -> None:
    """Read, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--missed", action="store_true", help="print the planted tenses that were not found")
    options = parser.parse_args()
    read, naive, codes = 0, 0, {name: Counter[str]() for name in WORDS}
    for name, created, text in texts(options):
        spans = sentences(text)
        for span in spans[::4] if options.quick else spans:
            sentence = plain(span.of(text))
            read += 1
            naive += floor(sentence, created)
            for checker, finding in found(sentence, created):
                outcome = finding.outcome if problem(finding) or finding.outcome is not Outcome.FAIL else "true"
                codes[checker][f"{outcome} {finding.code}"] += 1
                if problem(finding):
                    print(f"{finding.outcome:5} {checker:11} {name} {created} {finding.reason}")
    print(f"{read:,} sentences")
    if not read:
        return
    for checker, counts in codes.items():
        alarms = sum(count for code, count in counts.items() if code.startswith(("fail", "warn")))
        shown = ", ".join(f"{code} {count}" for code, count in counts.most_common())
        print(f"{checker:11} {alarms} problems; {shown}")
        bars.hold(f"{checker}: problems in 10,000 edited sentences", 10_000 * alarms / max(1, read), most=0)
    for name in SETS:
        if (folder := bars.data(options, name)) is None:
            continue
        plants = list(planted(folder))
        plants = random.Random(1).sample(plants, min(len(plants), 60)) if options.quick else plants
        seen = [any(problem(one) for _, one in found(*plant, ("tense",))) for plant in plants]
        if options.missed and name not in UNSEEN:
            for plant, hit in zip(plants, seen, strict=True):
                if not hit:
                    print("missed", *plant)
        print(f"floor: finds {sum(floor(*plant) for plant in plants)} of {len(plants)}, with {naive} alarms")
        least = _LEAST.get(name, 0.6)
        bars.hold(f"tense: anachronisms planted in {name} found", sum(seen) / max(1, len(plants)), least=least)
    made = list(distances(random.Random(1), 10 if options.quick else 60))
    flagged = [any(problem(one) for _, one in found(sentence, "2025-06-01", ("gap",))) for sentence, _ in made]
    right = sum(hit for hit, (_, altered) in zip(flagged, made, strict=True) if altered)
    alarms = sum(hit for hit, (_, altered) in zip(flagged, made, strict=True) if not altered)
    bars.hold("gap: altered distances of our own patterns found", 2 * right / len(made), least=0.9)
    bars.hold("gap: alarms in the same unaltered", alarms, most=0)
    bars.close()


if __name__ == "__main__":
    main()
