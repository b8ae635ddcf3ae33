"""Dates read in Spanish, German, French, Italian and Portuguese: how many with the right value, how many plainly wrong.

    python benchmarks/datings.py [--quick] [--data FOLDER] [--misses SET]

Two languages are held to texts that others annotated in TIMEX3, and scored as in `timexes`:

    xtn-timexes   Spanish (github: NGEscribano/XTN-timexes, its folder `datasets`, as timebank-es/train.tsv,
                  timebank-es/test.tsv and meantime-es/test.tsv): the Spanish TimeBank, news of 1998 to 2002, and the
                  Spanish MEANTIME, Wikinews of 2003 to 2011 put into Spanish; for research
    krauts        German (github: JannikStroetgen/KRAUTS, its folder KRAUTS; CC BY-NC 4.0): news of Die Zeit and of
                  Dolomiten

Rules were set on the first file of the one and on Die Zeit. The texts of the others were not read, but their figures
were seen while rules changed, of MEANTIME the pairs of values that differ, and of Dolomiten a count of the kinds of
misses. In half of those pairs ours follows no convention of a choice; why they differ was not looked into. Left out on
both sides are ages, times of day, lengths below a day, and words
for a time without a day ("now"), which one annotator marks and another does not; the part of a day is not asked for.
Where KRAUTS has, beside a length, an empty element with the date that it reaches to, either is right.

The others are held to the PUD treebanks (github: UniversalDependencies/UD_French-PUD and its like, CC BY-SA 3.0;
folders ud-fr, ud-it, ud-pt, as in `sentences`): 200 sentences of news and of Wikipedia, of which 130 have a figure or
a word for a time in English and 70 have none, each the first by the hash of its number. What was annotated stands in
datings.tsv: by us, before the reader of these languages was written, one pair of eyes, and nobody else's; whoever
wrote the forms had so seen the sentences. The day of writing is taken to be that of NEWS for news, none for
Wikipedia. Forms were set on our own sentences; of the misses only the shape of the values was seen, once. Lengths,
ages, times of day, what recurs and dates without a value are not counted.

    span     F1 of expressions that overlap
    value    F1 of those whose value is the same; what is given no value is no answer, and costs recall alone
    wrong    of the days stated where the annotation gives days too, the share that have no day in common with it
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import bars
import timexes
from timexes import Counts, Text, Timex

from ledger.dates import DateExpression, ExpressionKind, Unit, expressions

VALUE, WRONG = 0.75, 0.03
NEWS = "2016-11-06"
LABELS = Path(__file__).parent / "datings.tsv"

KRAUTS = {"Die Zeit": ("KRAUTS_DieZeit",), "Dolomiten": ("KRAUTS_Dolomiten-42", "KRAUTS_Dolomiten-100")}
XTN = {"TimeBank, train": "timebank-es/train", "TimeBank, test": "timebank-es/test", "MEANTIME": "meantime-es/test"}
SET_ON = frozenset(("Die Zeit", "TimeBank, train"))
"""Texts on which rules were set: their figures are no proof, and are held to nothing."""

_GLUED = re.compile(r"[.,:;!?%)\]}»”’]+")
_CLOCK = re.compile(r"T[0-9X:.]|^PT")
_PART_OF_DAY = re.compile(r"(?<=[0-9])T[A-Z]{2}$")
_VAGUE = frozenset(("PAST_REF", "PRESENT_REF", "FUTURE_REF"))


def read_columns(path: Path) -> Iterator[Text]:
    """Yield the texts of a file with a token a line, its annotation beside it."""
    for part in re.split(r"(?m)^\*!-DCTVALUE=", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = part.partition("\n")
        pieces, gold, length = list[str](), list[Timex](), 0
        for line in body.splitlines():
            token, tag, value = (*line.split("\t"), "", "")[:3]
            if not token:
                pieces.append("\n")
                length += 1
                continue
            token = token.replace("_", " ")
            space = "" if _GLUED.fullmatch(token) or not pieces or pieces[-1].endswith(("\n", "(", "“", "«")) else " "
            start = length + len(space)
            pieces.append(space + token)
            length += len(pieces[-1])
            if tag.startswith("B"):
                gold.append(Timex(start, length, value))
            elif tag.startswith("I") and gold:
                gold[-1] = Timex(gold[-1].start, length, gold[-1].value)
        day = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", head)
        yield Text(f"{path.parent.name} {len(gold)}", day[0] if day else "", "".join(pieces), tuple(gold))


def sentences_of(folder: Path) -> dict[str, str]:
    """Return the sentences of a treebank by their numbers."""
    said = dict[str, str]()
    for path in sorted(folder.glob("*.conllu")):
        text = path.read_text(encoding="utf-8")
        said |= dict(re.findall(r"(?m)^# sent_id = (\S+)\n(?:#.*\n)*?# text = (.*?)\s*$", text))
    return said


def read_labels(folder: Path, code: str) -> Iterator[Text]:
    """Yield the sentences of a treebank that are annotated in datings.tsv."""
    said = sentences_of(folder)
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        language, name, labels = line.split("\t")
        if language == code and name in said:
            found = re.findall(r"(\d+)-(\d+) ([^\s;]+)", labels)
            gold = tuple(Timex(int(start), int(end), value) for start, end, value in found)
            yield Text(name, NEWS if name.startswith("n") else "", said[name], gold)


def ours(text: Text, code: str, *, dates_only: bool = False) -> list[Timex]:
    """Return the expressions that our grammar finds, in TIMEX3, or the dates among them in EDTF."""
    found = expressions(text.text, reference=text.created or None, language=code)
    kept = [
        part
        for one in found
        if one.kind not in (ExpressionKind.AGE, ExpressionKind.TIME) and not _is_short(one)
        for part in (one.parts if one.kind is ExpressionKind.RANGE and one.parts else (one,))
    ]
    if not dates_only:
        return [Timex(one.span.start, one.span.end, _value(one), one.assumed) for one in kept]
    dates = [one for one in kept if one.kind in (ExpressionKind.DATE, ExpressionKind.RANGE)]
    return [Timex(one.span.start, one.span.end, str(one.edtf), one.assumed) for one in dates if _says(one)]


def _is_short(one: DateExpression) -> bool:
    return one.length is not None and one.length.unit in (Unit.HOUR, Unit.MINUTE)


def _value(one: DateExpression) -> str:
    """Return a value in TIMEX3; of what counts from an event without a date it is the length, in every language."""
    offset = one.offset
    from_event = one.edtf is None and offset is not None and offset.of is None
    return timexes.timex(one) if not from_event or offset is None else timexes.length(offset.length)


def _says(one: DateExpression) -> bool:
    return one.edtf is not None and not one.edtf.text.startswith("[..")


def kept(text: Text, found: Sequence[Timex]) -> Text:
    """Return a text with what is counted of its annotation, a length that may be read in two ways as we have it."""
    reached: dict[int, set[str]] = {}
    for one in text.gold:
        if one.start == one.end:
            reached.setdefault(one.start, set()).add(one.value)
    gold = []
    for one in text.gold:
        if one.start == one.end or one.value in _VAGUE or _CLOCK.search(one.value):
            continue
        one = attrs.evolve(one, value=_PART_OF_DAY.sub("", one.value))
        dates = reached.get(one.end, set()) if one.value.startswith("P") else set()
        value = next((two.value for two in found if two.start < one.end and one.start < two.end), one.value)
        gold.append(attrs.evolve(one, value=value) if value[:4] in {date[:4] for date in dates} else one)
    return attrs.evolve(text, gold=tuple(gold))


def measure(name: str, label: str, texts: Sequence[Text], code: str, options: object, *, dates_only: bool) -> None:
    """Print the figures of some texts, hold them to the bars, and show what went wrong where rules were set."""
    total, odd = Counts(), []
    for text in texts:
        found = ours(text, code, dates_only=dates_only)
        counts, pairs = timexes.compare(kept(text, found), [one for one in found if one.value not in _VAGUE])
        total += counts
        odd += [(text, *pair) for pair in pairs]
    print(
        f"{name:<12} {label:<16} {len(texts):>3} texts {total.gold:>5} expressions  span F1 {total.span:.3f}  "
        f"value F1 {total.value:.3f}  wrong {total.wrong:.3f} ({total.apart} of {total.days})"
    )
    if label not in SET_ON:
        bars.hold(f"{label}: value F1", total.value, least=VALUE)
        bars.hold(f"{label}: plainly wrong", total.wrong, most=WRONG)
    elif name in getattr(options, "misses", ()):
        for text, gold, found in odd:
            one = gold or found
            around = text.text[max(0, one.start - 50) : one.end + 30].replace("\n", " ")
            print(f"    {text.created} {gold.value if gold else '-'} | {found.value if found else '-'} | "
                  f"{text.text[one.start : one.end]!r} | {around}")  # fmt: skip


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--misses", action="append", default=[], help="print what went wrong where rules were set")
    options = parser.parse_args()
    if (folder := bars.data(options, "xtn-timexes")) is not None:
        for label, file in XTN.items():
            texts = list(read_columns(folder / f"{file}.tsv"))
            measure("xtn-timexes", label, texts, "es", options, dates_only=False)
    if (folder := bars.data(options, "krauts")) is not None:
        for label, parts in KRAUTS.items():
            texts = [timexes.read(path) for part in parts for path in sorted((folder / part).glob("*.tml"))]
            measure("krauts", label, texts, "de", options, dates_only=False)
    for code, label in {"fr": "French PUD", "it": "Italian PUD", "pt": "Portuguese PUD"}.items():
        if (folder := bars.data(options, f"ud-{code}")) is not None:
            measure(f"ud-{code}", label, list(read_labels(folder, code)), code, options, dates_only=True)
    bars.close()


if __name__ == "__main__":
    main()
