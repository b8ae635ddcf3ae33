"""How well the checkers of time find planted errors, and leave sound ledgers alone.

    python benchmarks/timelines.py [--quick] [--clean 400] [--each 100] [--seed 1]

Ledgers with a true course of events, made from a seed: what happened, who told of it and when, who took it from whom,
what was archived, which claims put events in order. Dates are written as sources write them: exact, a month, a year,
about, uncertain, a day in a month, an interval, a moment in some zone, without a year, not at all; each holds what is
true. In some, one error of one kind is planted. Measured: alarms in sound ledgers (target: none); of each kind, the
share found (target: 95%), in how many the planted record is named (target: all), and in how many the explanation is
minimal: what is named contradicts itself alone, and without any one of its records does not (target: all). The floor
is a comparison of each pair of exact dates that one record joins. A kind whose checker is not installed says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import bars
from factledger_checkers import ledger_register_checkers

from ledger import Finding, Outcome
from ledger.model import Capture, Claim, Evidence, Link, Order, Record, Relation, Source
from ledger.testing import Case

TIME = (
    "date-order", "date-valid", "event-order", "published-before-event", "archived-before-published", "gap", "tense",
    "office",
)  # fmt: skip
CHECKERS = {one.name: one for one in ledger_register_checkers({}) if one.name in TIME}
START = datetime(2024, 3, 1, tzinfo=UTC)
ZONES = (("Z", 0), ("+02:00", 2), ("-05:00", -5))


@attrs.define
class World:
    """A ledger being made: its case, and the true day of each source and event."""

    draw: random.Random
    case: Case
    days: dict[str, int] = attrs.field(factory=dict)
    culprits: set[str] = attrs.field(factory=set)

    def change(self, record: Record, **fields: Any) -> None:
        """Put other fields into a record; it is then among the culprits."""
        current = self.case._records[record.uid]
        self.case._records[record.uid] = attrs.evolve(current, **fields)
        self.culprits.add(record.uid)

    def sources(self) -> list[Source]:
        return [one for one in self.case._records.values() if isinstance(one, Source)]

    def dated(self, record: Record, day: int) -> None:
        """Give a record an exact date; no error by itself."""
        field = "occurred" if isinstance(record, Claim) else "published"
        self.case._records[record.uid] = attrs.evolve(self.case._records[record.uid], **{field: exact(day)})
        self.days[record.uid] = day


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__)
    options.add_argument("--clean", type=int, default=400)
    options.add_argument("--each", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    if given.quick:
        given.clean, given.each = 30, 5
    alarms = [
        (number, name, finding.reason)
        for number in range(given.clean)
        for name, finding in problems(sound(given.seed * 1_000_003 + number).case)
    ]
    print(f"{given.clean} sound ledgers: {len(alarms)} alarms")
    for number, name, reason in alarms[:5]:
        print(f"  ledger {number}, {name}: {reason}")
    print(f"{'planted':24} {'found':>6} {'floor':>6} {'named':>6} {'minimal':>8} {'one finding':>12}")
    least = 1.0
    for kind, (plant, needs) in KINDS.items():
        shown, found = row(kind, plant, needs, given.each, given.seed)
        print(f"{kind:24} {shown}")
        least = min(least, found)
    bars.hold("alarms in sound ledgers", len(alarms), most=0)
    bars.hold("least found of a kind", least, least=0.95)
    bars.close()


def row(kind: str, plant: Callable[[World], None], needs: tuple[str, ...], each: int, seed: int) -> tuple[str, float]:
    """Return the figures of one kind as a line, and the share found."""
    if not any(name in CHECKERS for name in needs):
        return f"not installed: {' or '.join(needs)}", 1.0
    found = named = minimal = single = floor = 0
    for number in range(each):
        world = sound(seed * 7_919 + number, salt=kind)
        plant(world)
        findings = [(name, one) for name, one in problems(world.case) if name in needs]
        floor += bool(naive(world.case))
        found += bool(findings)
        named += any(world.culprits & set(one.cites) for _, one in findings)
        minimal += bool(findings) and all(is_minimal(world.case, name, one) for name, one in findings)
        single += len({one.reason for _, one in problems(world.case)}) == 1
    cells = [f"{share / each:6.0%}" for share in (found, floor)]
    of_found = [f"{share / max(found, 1):.0%}" for share in (named, minimal, single)]
    return f"{' '.join(cells)} {of_found[0]:>6} {of_found[1]:>8} {of_found[2]:>12}", found / each


def problems(case: Case) -> Iterator[tuple[str, Finding]]:
    """Yield what the checkers of time call a problem, on any claim of a case."""
    for name, checker in CHECKERS.items():
        context = case.context(checker)
        for given in case.given(checker):
            for finding in checker.check(given, context):  # type: ignore[attr-defined]
                if finding.outcome is Outcome.FAIL or (name == "tense" and finding.outcome is Outcome.WARN):
                    yield name, finding


def is_minimal(case: Case, name: str, finding: Finding) -> bool:
    """Whether the records a finding names contradict themselves alone, and without any one of them do not."""
    cites = set(finding.cites)
    return fails(muted(case, cites), name) and not any(fails(muted(case, cites - {uid}), name) for uid in cites)


def fails(case: Case, name: str) -> bool:
    return any(found == name for found, _ in problems(case))


def muted(case: Case, keep: Iterable[str]) -> Case:
    """Return a case in which all records but these say nothing: no words, no dates, no orders, no steps."""
    kept, quiet = set(keep), Case(case.claim.text)
    quiet._main = case._main
    quiet._records = {}
    for uid, record in case._records.items():
        if uid in kept or not isinstance(record, (Source, Claim, Link, Evidence, Capture)):
            quiet._records[uid] = record
        elif isinstance(record, Source):
            quiet._records[uid] = attrs.evolve(record, published=None, reference_date=None)
        elif isinstance(record, Claim):
            quiet._records[uid] = attrs.evolve(record, text="It was so.", occurred=None, said=None, order=None)
    return quiet


def naive(case: Case) -> bool:
    """Return whether exact dates of two records that a third joins are in the wrong order: the floor."""
    records = case._records
    pairs = [(records[one.claim], records[one.source]) for one in records.values() if isinstance(one, Evidence)]
    pairs += [(records[one.comes_from], records[one.source]) for one in records.values() if isinstance(one, Link)]
    dates = [[getattr(one, "occurred", None) or getattr(one, "published", None) for one in pair] for pair in pairs]
    return any(one and two and len(one) == len(two) == 10 and "X" not in one + two and two < one for one, two in dates)


# -- a sound ledger -------------------------------------------------------


def sound(seed: int, salt: str = "") -> World:
    """Return a ledger in which nothing is wrong."""
    draw = random.Random(f"{seed} {salt}")
    day = draw.randrange(0, 700)
    case = Case("The bridge was closed.", id="main", occurred=None)
    world = World(draw, case)
    world.days[case.claim.uid] = day
    case._records[case.claim.uid] = attrs.evolve(case.claim, occurred=written(draw, day))
    made: list[Source] = []
    for number in range(draw.randrange(3, 8)):
        behind = draw.sample(made, min(len(made), draw.randrange(0, 3)))
        first = max([day, *(world.days[one.uid] for one in behind)])
        out = first + draw.choice((0, 0, 1, 2, 5, 40))
        source = case.source(f"Paper {number}", published=written(draw, out, hour=6 + number))
        world.days[source.uid] = out
        for one in behind:
            case.link(
                source, draw.choice((Relation.CITES, Relation.QUOTES, Relation.REPLIES_TO, Relation.UPDATES)), one
            )
        made.append(source)
        if draw.random() < 0.5:
            taken = START + timedelta(days=out + draw.choice((0, 0, 1, 30)), hours=draw.randrange(12, 24))
            case.capture(source, "The bridge is shut.", taken_at=f"{taken:%Y-%m-%dT%H:%M:%SZ}")
    for source in draw.sample(made, min(3, len(made))):
        later = [one for one in made if world.days[one.uid] >= world.days[source.uid] and one != source]
        case.evidence(source, seen_in=draw.choice(later) if later and draw.random() < 0.5 else None)
    _claims(world)
    return world


def _claims(world: World) -> None:
    """Add claims about further events, some of which put two of them in order."""
    draw, case = world.draw, world.case
    days = sorted(draw.sample(range(700), 4))
    for name, day in zip(("strike", "vote", "storm", "speech"), days, strict=True):
        claim = case.another_claim(f"There was a {name}.", id=name, occurred=written(draw, day))
        world.days[claim.uid] = day
    names = ["strike", "vote", "storm", "speech"]
    for number in range(draw.randrange(0, 4)):
        first, then = sorted(draw.sample(range(4), 2))
        apart = days[then] - days[first]
        order = Order(
            names[first],
            names[then],
            least_days=draw.randrange(apart + 1) if draw.random() < 0.3 else None,
            most_days=apart + draw.randrange(9) if draw.random() < 0.3 else None,
        )
        case.another_claim(f"The {names[first]} came before the {names[then]}.", id=f"order-{number}", order=order)


def exact(day: int) -> str:
    return f"{START + timedelta(days=day):%Y-%m-%d}"


def written(draw: random.Random, day: int, *, hour: int | None = None) -> str | None:
    """Return a day as somebody might write it, so that what is written holds it; with an hour (UTC) a moment too."""
    text = exact(day)
    near = exact(day + draw.choice((-1, 0, 1)))
    wide = f"{exact(day - draw.randrange(20))}/{exact(day + draw.randrange(20))}"
    either = f"[{','.join(sorted({text, exact(day + draw.randrange(1, 9))}))}]"
    moment = text
    if hour is not None:
        zone, away = draw.choice(ZONES)
        moment = f"{text}T{hour + away:02}:{draw.randrange(60):02}:00{zone}"
    forms = (
        text, text, text, text, text, text, text[:7], text[:4], f"{near}~", f"{text}?", f"{near}%", f"{text[:7]}~",
        f"{text[:8]}XX", wide, either, f"XXXX{text[4:]}", f"XXXX{text[4:]}", f"XXXX{text[4:7]}", None, f"{text}/..",
        "202X", moment, moment,
    )  # fmt: skip
    return draw.choice(forms)


# -- one error ------------------------------------------------------------


def source_before_event(world: World) -> None:
    item = world.draw.choice(world.case.of(Evidence))
    source, day = world.case._records[item.source], world.draw.randrange(30, 700)
    world.dated(world.case.claim, day)
    _free(world, source)
    world.change(source, published=exact(day - world.draw.randrange(1, 30)))


def _free(world: World, *keep: Record) -> None:
    """Leave every other date out, and every copy, so that one error is one error."""
    kept = {one.uid for one in keep} | {world.case.claim.uid}
    for uid, record in list(world.case._records.items()):
        if isinstance(record, Capture):
            del world.case._records[uid]
        elif isinstance(record, Source) and uid not in kept:
            world.case._records[uid] = attrs.evolve(record, published=None)


def _pair(world: World, relation: Relation) -> tuple[Source, Source]:
    """Return a source and another that comes from it, both without a date yet."""
    earlier, later = world.case.source("The first report"), world.case.source("The second report")
    world.case.link(later, relation, earlier)
    world.case.evidence(later)
    return earlier, later


def _undate(world: World) -> None:
    world.case._records[world.case.claim.uid] = attrs.evolve(world.case.claim, occurred=None)


def cited_later(world: World) -> None:
    earlier, later = _pair(world, world.draw.choice((Relation.CITES, Relation.QUOTES, Relation.REPRINTS)))
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(earlier, day)
    world.change(later, published=exact(day - world.draw.randrange(1, 60)))


def reply_before(world: World) -> None:
    earlier, later = _pair(world, Relation.REPLIES_TO)
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(earlier, day)
    world.change(later, published=exact(day - world.draw.randrange(1, 60)))


def seen_before(world: World) -> None:
    carrier, seen = world.case.source("The speech"), world.case.source("The article")
    world.case.evidence(carrier, seen_in=seen)
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(carrier, day)
    world.change(seen, published=exact(day - world.draw.randrange(1, 60)))


def through_undated(world: World) -> None:
    earlier, later = _pair(world, Relation.CITES)
    between = world.case.source("A notice without a date")
    last = world.case.source("The last report")
    world.case.link(between, Relation.CITES, later)
    world.case.link(last, Relation.QUOTES, between)
    world.case.evidence(last)
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(earlier, day)
    world.change(last, published=exact(day - world.draw.randrange(1, 60)))


def month_before(world: World) -> None:
    earlier, later = _pair(world, Relation.CITES)
    _undate(world)
    day = world.draw.randrange(150, 700)
    world.dated(earlier, day)
    world.change(later, published=world.draw.choice((exact(day - 70)[:7], f"{exact(day - 100)[:7]}~")))


def no_room_for_a_day(world: World) -> None:
    earlier, later = _pair(world, Relation.CITES)
    last = world.case.source("The last report")
    world.case.link(last, Relation.CITES, later)
    world.case.evidence(last)
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(earlier, day)
    world.dated(last, day + 100)
    world.change(
        later, published=f"XXXX{exact(day + 100 + world.draw.randrange(20, 200))[4:]}".replace("02-29", "02-28")
    )


def moments_apart(world: World) -> None:
    earlier, later = _pair(world, Relation.CITES)
    _undate(world)
    text = exact(world.draw.randrange(700))
    world.case._records[earlier.uid] = attrs.evolve(earlier, published=f"{text}T12:00:00Z")
    world.change(later, published=f"{text}T{world.draw.randrange(0, 12):02}:30:00Z")


def archived_before(world: World) -> None:
    source = world.case.source("The council's notice")
    world.case.evidence(source)
    _undate(world)
    day = world.draw.randrange(700)
    world.dated(source, day)
    taken = START + timedelta(days=day - world.draw.randrange(2, 60))
    copy = world.case.capture(source, "Shut.", taken_at=f"{taken:%Y-%m-%dT%H:%M:%SZ}")
    world.culprits |= {copy.uid, source.uid}


def _order(world: World, id: str, earlier: str, later: str, **days: int) -> None:
    claim = world.case.another_claim(
        f"The {earlier} came before the {later}.", id=id, order=Order(earlier, later, **days)
    )
    world.culprits.add(claim.uid)


def both_ways(world: World) -> None:
    _order(world, "one-way", "fire", "flood")
    _order(world, "other-way", "flood", " Fire")


def circle(world: World) -> None:
    names = [f"event {number}" for number in range(world.draw.randrange(3, 7))]
    for number, name in enumerate(names):
        _order(world, f"circle-{number}", name, names[(number + 1) % len(names)])


def against_dates(world: World) -> None:
    day = world.draw.randrange(100, 700)
    world.case.another_claim("There was a fire.", id="fire", occurred=exact(day))
    world.case.another_claim("There was a flood.", id="flood", occurred=exact(day - world.draw.randrange(1, 90)))
    _order(world, "wrong", "fire", "flood")


def days_between(world: World) -> None:
    day = world.draw.randrange(100, 700)
    world.case.another_claim("There was a fire.", id="fire", occurred=exact(day))
    world.case.another_claim("There was a flood.", id="flood", occurred=exact(day + 20))
    least = world.draw.random() < 0.5
    _order(world, "wrong", "fire", "flood", **({"least_days": 25} if least else {"most_days": 12}))


def _unreadable(world: World, text: str) -> None:
    world.change(world.case.claim, occurred=text)


def impossible(world: World) -> None:
    _unreadable(world, world.draw.choice(("2031-02-30", "2030-02-29", "2031-04-31", "2031-13-01")))


def reversed_interval(world: World) -> None:
    _unreadable(world, world.draw.choice(("2031-05/2031-02", "2031-05-09/2031-05-02")))


def _worded(world: World, text: str) -> None:
    """Make the claim say this; when its sources came out is no part of the error."""
    _undate(world)
    _free(world)
    current = world.case._records[world.case.claim.uid]
    world.change(attrs.evolve(current), text=text)


def _in_words(day: int) -> str:
    at = START + timedelta(days=day)
    return f"{at.day} {at:%B} {at.year}"


def weekday(world: World) -> None:
    day = world.draw.randrange(700)
    wrong = START + timedelta(days=day + world.draw.randrange(1, 7))
    _worded(world, f"The bridge was closed on {wrong:%A}, {_in_words(day)}.")


def gap(world: World) -> None:
    day, apart = world.draw.randrange(600), world.draw.randrange(4, 60)
    told = apart + world.draw.choice((-1, 1)) * world.draw.randrange(2, max(3, apart // 2))
    text = f"{told} days later, on {_in_words(day + apart)}"
    _worded(world, f"The bridge was closed on {_in_words(day)} and opened {text}.")


def _quoted(world: World, day: int, quote: str) -> None:
    """Let a source of this day be quoted for the claim, which is then undated."""
    _undate(world)
    source = world.case.source("A report", published=exact(day))
    item = world.case.evidence(source, quote=quote, language="en")
    world.culprits |= {source.uid, item.uid}


def tense(world: World) -> None:
    day = world.draw.randrange(600)
    _quoted(world, day, f"The bridge was closed on {_in_words(day + world.draw.randrange(2, 90))}.")


HELD = (
    ("President", "Joe Biden", -1000, 300),
    ("President", "Donald Trump", 340, 700),
    ("Vice President", "JD Vance", 340, 700),
)
"""Office, name, and days of this world on which it is held; a look at the calendar, not at the table."""


def office(world: World) -> None:
    title, name, first, last = world.draw.choice(HELD)
    if world.draw.random() < 0.5 or first < 0:
        day = world.draw.randrange(max(first, 0), last)
        _quoted(world, day, f"Former {title} {name} opened the bridge.")
    else:
        day = world.draw.randrange(0, 300)
        _quoted(world, day, f"The bridge was opened by the current {title.lower()}, {name}.")


KINDS: dict[str, tuple[Callable[[World], None], tuple[str, ...]]] = {
    "source before event": (source_before_event, ("published-before-event",)),
    "cited later": (cited_later, ("date-order",)),
    "reply before": (reply_before, ("date-order",)),
    "seen before it was said": (seen_before, ("date-order",)),
    "through undated sources": (through_undated, ("date-order",)),
    "a month too early": (month_before, ("date-order",)),
    "no room for a day": (no_room_for_a_day, ("date-order",)),
    "moments of one day": (moments_apart, ("date-order",)),
    "archived before": (archived_before, ("archived-before-published",)),
    "both ways": (both_ways, ("event-order",)),
    "a circle": (circle, ("event-order",)),
    "order against dates": (against_dates, ("event-order",)),
    "days between": (days_between, ("event-order",)),
    "impossible date": (impossible, ("date-valid", "date-order")),
    "reversed interval": (reversed_interval, ("date-valid", "date-order")),
    "weekday": (weekday, ("date-valid",)),
    "gap": (gap, ("gap",)),
    "tense": (tense, ("tense",)),
    "office": (office, ("office",)),
}
"""By name: what plants it, and the checkers of which one has to find it."""


if __name__ == "__main__":
    main()
