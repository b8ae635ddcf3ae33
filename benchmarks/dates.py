"""Dates read from annotated news and interviews: how many, with the right value, how fast, beside dateparser.

    python benchmarks/dates.py [--quick] [--data FOLDER] [--misses]

gum-news is a folder of the Georgetown University Multilayer corpus (CC BY and kin) whose `xml/` holds GUM_news_*.xml
and GUM_interview_*.xml: a word a line, with <date> elements whose attributes give the value in the manner of TEI
(`when`, `from` and `to`, `notBefore` and `notAfter`). The peer is read with `pip install dateparser`.

The text is put together again from its words, and both read the same text. The reference date is the one that the file
itself states, `dateCreated`. A found date and an annotated one belong together if they overlap, each at most once:

    span    they begin and end at the same character, but for "the" or "in" before and "'s" after
    value   they overlap and the value is the same: the first and last day it can mean are those of the
            annotation; `notBefore` and `notAfter` are compared with an interval that has this end and, where the
            annotation gives one end alone, no other. Without a year, month and day are the same.

Conventions of the annotation are followed for both: "late September" is its second half and "the end of the year"
its last day, which our value says by `part`; of "from 2004 to 2009" either end is a date, ours in
`parts`; a season is right within a month at either end. Where dateparser fills in
a day or month that the words do not give, it is asked with the precision of the words (its own `return_time_as_period`
and the period of its parser), so that "July 2003" may be a month. Ours counts where it states a value; an abstention
costs recall alone. Ages, lengths, times of day, "now" and what recurs are no dates and not counted. Annotations
that are no date as written (`when="-2009-03-13"`) stay in, and nobody gets them right.

Files are split by the hash of their names: *held out* ones were looked at by no one who wrote the grammar until its
rules were set. Speed is CPU time over all files, five rounds for ours, the median, and one for dateparser.
"""

from __future__ import annotations

import re
import statistics
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import bars
from attrs import frozen

from ledger.dates import BadDate, DateExpression, Edtf, ExpressionKind, expressions, parse

Bounds = tuple[int | None, int | None]
GENRES = ("news", "interview")
BAR = {"news": 0.74, "interview": 0.55}
ROUNDS = 5
SLACK = 31
"""Days by which the ends of a season may differ."""

_NO_SPACE_BEFORE = re.compile(r"[.,:;!?%)\]}”’]|'s|’s|n't|n’t|'(?:re|ve|ll|d|m)")
_NO_SPACE_AFTER = frozenset("([{“‘$£€")


@frozen
class Date:
    """Where a date stands, and the first and last day it means; without a year, its text."""

    start: int
    end: int
    bounds: Bounds | str | None
    season: bool = False


@frozen
class Text:
    """One annotated text."""

    name: str
    created: str
    text: str
    dates: tuple[Date, ...]

    @property
    def held_out(self) -> bool:
        return sha256(self.name.encode()).digest()[0] % 2 == 0


def read(path: Path) -> Text:
    """Return an annotated text, put together from its words."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    pieces: list[str] = []
    length, glued = 0, True
    dates: list[Date] = []

    def add(words: str | None) -> None:
        nonlocal length, glued
        for line in (words or "").splitlines():
            word = line.split("\t")[0]
            if not word.strip():
                continue
            space = "" if glued or _NO_SPACE_BEFORE.fullmatch(word) or _joined(pieces, word) else " "
            pieces.append(space + word)
            length += len(space) + len(word)
            glued = word in _NO_SPACE_AFTER

    def walk(element: ET.Element) -> None:
        nonlocal length, glued
        start = length
        add(element.text)
        for child in element:
            walk(child)
            add(child.tail)
        if element.tag in ("p", "head", "item", "sp", "figure", "caption"):
            pieces.append("\n\n")
            length += 2
            glued = True
        if element.tag == "date" and element.keys():
            words = "".join(pieces)[start:length]
            first = start + len(words) - len(words.lstrip())
            dates.append(Date(first, length, annotated(element.attrib)))

    walk(root)
    return Text(path.stem, root.get("dateCreated", ""), "".join(pieces), tuple(dates))


def _joined(pieces: Sequence[str], word: str) -> bool:
    """Return whether a word belongs to a hyphen: the corpus splits "42-year-old", and "2 - 1" as well."""
    if not pieces:
        return True
    before = pieces[-1].strip()
    return (word == "-" and before.isalnum()) or before == "-" or (before == "'" and word[:1].isdigit())


def annotated(attributes: dict[str, str]) -> Bounds | str | None:
    """Return the days that an annotation gives."""
    if "when" in attributes:
        return _days(attributes["when"])
    first = attributes.get("from", attributes.get("notBefore"))
    last = attributes.get("to", attributes.get("notAfter"))
    ends = [_days(end) if end else (None, None) for end in (first, last)]
    if any(isinstance(end, str) or end is None for end in ends):
        return f"{first}/{last}".replace("--", "XXXX-")
    return ends[0][0], ends[1][1]  # type: ignore[index,return-value]


def _days(text: str) -> Bounds | str | None:
    try:
        edtf = parse(text.split("T")[0].replace("--", "XXXX-", 1) if text.startswith("--") else text.split("T")[0])
    except BadDate:
        return None
    return (edtf.earliest, edtf.latest) if edtf.year_known else edtf.text


def ours(text: Text) -> list[Date]:
    """Return the dates that our grammar finds."""
    found = expressions(text.text, reference=text.created)
    dates = (
        one
        for one in found
        if one.kind in (ExpressionKind.DATE, ExpressionKind.RANGE) and "names no day" not in one.unknown
    )
    return [
        _date(part)
        for one in dates
        for part in (one.parts if one.kind is ExpressionKind.RANGE and one.parts else (one,))
    ]


def _date(one: DateExpression) -> Date:
    edtf = one.edtf
    if edtf is None:
        return Date(one.span.start, one.span.end, None)
    if not edtf.year_known:
        return Date(one.span.start, one.span.end, edtf.text)
    season = any(point.month is not None and point.month > 20 for point in edtf.points)
    return Date(one.span.start, one.span.end, _season(edtf) if season else _part(edtf, one.part), season)


def _season(edtf: Edtf) -> Bounds:
    number, season = int(edtf.text[:4]), int(edtf.text[5:7])
    first = parse(f"{number}-{ {21: '03', 22: '06', 23: '09', 24: '12'}[season] }").earliest
    return first, first and first + 91


def _part(edtf: Edtf, part: str) -> Bounds:
    """Return the days of a part, by the conventions of the annotation."""
    first, last = edtf.earliest, edtf.latest
    if first is None or last is None or not part:
        return first, last
    if part == "start":
        return first, first
    if part == "end":
        return last, last
    if last - first < 32 and part in ("early", "late"):
        return (first, first + 14) if part == "early" else (first + 14, last)
    return first, last


def theirs() -> Callable[[Text], list[Date]] | None:
    """Return dateparser's search as it is used here; None where it is not installed."""
    try:
        from datetime import datetime

        from dateparser.date import DateDataParser
        from dateparser.search import search_dates
    except ImportError:
        return None

    def search(text: Text) -> list[Date]:
        created = datetime.fromisoformat(f"{text.created}T12:00:00")
        settings = {"RELATIVE_BASE": created, "PREFER_DATES_FROM": "past"}
        parser = DateDataParser(languages=["en"], settings=settings)
        dates, at = [], 0
        for words, day in search_dates(text.text, languages=["en"], settings=settings) or ():
            start = text.text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            period = parser.get_date_data(words).period
            cut = {"year": 4, "month": 7}.get(period, 10)
            dates.append(Date(start, at, _days(day.date().isoformat()[:cut])))
        return dates

    return search


@frozen
class Counts:
    """How many dates are right, of how many found and how many annotated."""

    right: int = 0
    found: int = 0
    annotated: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.annotated + other.annotated)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.annotated) if self.found + self.annotated else 0.0


def compare(text: Text, found: Iterable[Date], *, value: bool) -> tuple[Counts, list[Date], list[Date]]:
    """Return the counts, and what was missed and what was wrong."""
    stated = [one for one in found if one.bounds is not None or not value]
    left = list(text.dates)
    wrong, right = [], 0
    for one in stated:
        match = next((gold for gold in left if _same(text.text, gold, one, value=value)), None)
        if match is None:
            wrong.append(one)
        else:
            left.remove(match)
            right += 1
    return Counts(right, len(stated), len(text.dates)), left, wrong


def _same(text: str, gold: Date, one: Date, *, value: bool) -> bool:
    if not value:
        return _trimmed(text, gold) == _trimmed(text, one)
    if gold.end <= one.start or one.end <= gold.start or gold.bounds is None:
        return False
    if isinstance(gold.bounds, str) or isinstance(one.bounds, str) or one.bounds is None:
        return gold.bounds == one.bounds
    slack = SLACK if one.season else 0
    return all(
        a == b or (a is not None and b is not None and abs(a - b) <= slack)
        for a, b in zip(gold.bounds, one.bounds, strict=True)
    )


def _trimmed(text: str, date: Date) -> tuple[int, int]:
    words = text[date.start : date.end]
    lead = re.match(r"(?:(?:the|in|on|from|between)\s+)*", words, re.IGNORECASE)
    tail = re.search(r"['’]?s?[\s,.]*$", words) if words.endswith(("'s", "’s", ".", ",")) else None
    return date.start + (lead.end() if lead else 0), date.end - (len(tail[0]) if tail else 0)


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--misses", action="store_true", help="print what went wrong in the development half")
    options = parser.parse_args()
    folder = bars.data(options, "gum-news")
    if folder is None:
        return
    texts = [read(path) for path in sorted((folder / "xml").glob("GUM_*.xml"))]
    readers: list[tuple[str, Callable[[Text], list[Date]]]] = [("ours", ours)]
    if options.quick:
        print("dateparser is left out of the small size: it takes a minute")
    elif (peer := theirs()) is not None:
        readers.append(("dateparser", peer))
    else:
        print("dateparser is not installed")
    for name, reader in readers:
        found = {text.name: reader(text) for text in texts}
        for genre in GENRES:
            for label, part in _parts([text for text in texts if f"_{genre}_" in text.name]):
                scores = [
                    sum((compare(text, found[text.name], value=value)[0] for text in part), Counts())
                    for value in (False, True)
                ]
                print(
                    f"{name:<11} {genre:<10} {label:<12} {len(part):>3} texts {scores[1].annotated:>4} dates  "
                    f"span F1 {scores[0].f1:.3f}  value F1 {scores[1].f1:.3f}  "
                    f"(right {scores[1].right} of {scores[1].found} stated)"
                )
                if name == "ours" and label == "held out":
                    bars.hold(f"{genre}, held out: value F1", scores[1].f1, least=BAR[genre])
        if options.misses and name == "ours":
            _show(texts, found)
    _speed(texts, readers)
    bars.close()


def _parts(texts: Sequence[Text]) -> Iterator[tuple[str, list[Text]]]:
    yield "all", list(texts)
    yield "development", [text for text in texts if not text.held_out]
    yield "held out", [text for text in texts if text.held_out]


def _show(texts: Sequence[Text], found: dict[str, list[Date]]) -> None:
    """Print what went wrong in the development half."""
    for text in texts:
        if not text.held_out:
            _, missed, wrong = compare(text, found[text.name], value=True)
            for label, dates in (("missed", missed), ("wrong", wrong)):
                for one in dates:
                    around = text.text[max(0, one.start - 40) : one.end + 20].replace("\n", " ")
                    print(f"    {text.name} {label}: {text.text[one.start : one.end]!r} {one.bounds} | {around}")


def _speed(texts: Sequence[Text], readers: Sequence[tuple[str, Callable[[Text], list[Date]]]]) -> None:
    size = sum(len(text.text.encode()) for text in texts) / 1000
    rates = []
    for name, reader in readers:
        rounds = []
        for _ in range(ROUNDS if name == "ours" else 1):
            began = time.process_time()
            for text in texts:
                reader(text)
            rounds.append(time.process_time() - began)
        rates.append(size / statistics.median(rounds))
        ratio = f", {rates[0] / rates[-1]:.0f} times slower than ours" if len(rates) > 1 else ""
        print(f"{name:<11} {rates[-1]:>9.1f} kB a CPU second{ratio}")


if __name__ == "__main__":
    main()
