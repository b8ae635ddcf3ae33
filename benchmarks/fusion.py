"""Which of several values is right: truth discovery beside a vote and the algorithms of `truthdiscovery`.

    python benchmarks/fusion.py [--book FOLDER] [--flights FOLDER] [--seeds 5] [--sensitivity]

Book: 33,971 author lists of 1,265 books by 895 sellers (`book.txt`, and `book_silver.txt` as the truth; the AbeBooks
crawl of Dong, Berti-Equille and Srivastava, VLDB 2009). A list is taken as the set of its surnames, letter case,
accents and order aside; a list that is part of another backs it by the share that they have in common. Right is a book
whose set is the truth's. Flights: four times of day of 100 flights by 38 sites (`dirty.csv`, `clean.csv` as the truth;
from Li et al., VLDB 2012). Neither is part of this project: name the folders that hold them.

Worlds of our own come from seeds: sources of unlike care, some of which copy from one another, wrong values that are
each as likely or of which one is popular. One setting throughout; with --sensitivity each of its values is halved and
doubled. Ties go to the value with more sources, then to the one that sorts first: `vote` is the same tie rule alone,
`vote, worst tie` the other end of it. Peer: `pip install
--no-deps truthdiscovery`, with numpy, bidict, imageio and pyyaml.
"""

from __future__ import annotations

import argparse
import csv
import html
import random
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "factledger-fusion"))

from factledger_fusion.discovery import (
    DEFAULT,
    Setting,
    Table,
    accu_copy,
    discover,
    pooled_investment,
    pop_accu,
)

Said = tuple[str, str, str]
Best = Mapping[Any, Any]


@attrs.frozen
class Task:
    """Who says what of which thing, and what is so."""

    name: str
    said: Sequence[Said]
    truth: Mapping[str, str]
    backs: Callable[[str, str], float] | None = None

    def share_right(self, best: Best) -> float:
        """Return the share of the things with a known value whose best value is that one."""
        known = [thing for thing in self.truth if thing in best]
        return sum(best[thing] == self.truth[thing] for thing in known) / len(known)


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--book", type=Path)
    options.add_argument("--flights", type=Path)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--sensitivity", action="store_true")
    given = options.parse_args()
    for name, folder, read in (("book", given.book, book), ("flights", given.flights, flights)):
        if folder is None:
            print(f"{name}: not measured; say --{name} FOLDER")
        else:
            compare([read(folder)])
            if given.sensitivity:
                shake([read(folder)])
    for kind in WORLDS:
        made = [world(kind, seed) for seed in range(given.seeds)]
        compare(made)
        if given.sensitivity:
            shake(made)


def compare(tasks: Sequence[Task]) -> None:
    """Print the share right and the CPU seconds of each way, medians over the tasks."""
    print(f"\n{tasks[0].name}: {len(tasks[0].said):,} values given, {len(tasks[0].truth):,} things with a known one")
    for name, way in ways():
        rights, spent = [], []
        for task in tasks:
            begun = time.process_time()
            best = way(task)
            spent.append(time.process_time() - begun)
            rights.append(task.share_right(best))
        print(f"  {name:<32} {statistics.median(rights):.3f} right  {statistics.median(spent):6.2f} s")


def shake(tasks: Sequence[Task]) -> None:
    """Print the least and the most that is right when each value of the setting is halved and doubled."""
    for name, value in attrs.asdict(DEFAULT).items():
        rights = []
        for other in {value / 2, min(value * 2, 0.98) if isinstance(value, float) and value < 1 else value * 2}:
            setting = attrs.evolve(DEFAULT, **{name: type(value)(other)})
            rights.append(statistics.median(task.share_right(ours(task, setting)) for task in tasks))
        print(f"  {name + ' halved, doubled':<32} {min(rights):.3f} to {max(rights):.3f} right")


def ours(task: Task, setting: Setting = DEFAULT) -> Best:
    table = Table(task.said, task.backs)
    return table.best(discover(table, setting))


def ways() -> Iterator[tuple[str, Callable[[Task], Best]]]:
    """Yield what is compared, by name."""
    yield "fusion (the three together)", ours
    for method in (pooled_investment, pop_accu, accu_copy):
        yield f"  {method.__name__} alone", lambda task, method=method: _alone(task, method)  # type: ignore[misc]
    yield "vote", lambda task: _alone(task, lambda table: [float(len(sources)) for sources in table.by_fact])
    yield "vote, worst tie", _worst_tie
    sys.modules.setdefault("cairo", ModuleType("cairo"))  # the peer draws with it, which nobody here asks for
    try:
        import truthdiscovery as peer
    except ImportError:
        print("  truthdiscovery is not installed: no peer in this run")
        return
    for name in ("MajorityVoting", "TruthFinder", "PooledInvestment", "Investment", "AverageLog", "Sums"):
        yield f"truthdiscovery {name}", lambda task, made=getattr(peer, name): _peer(task, peer, made())  # type: ignore[misc]


def _alone(task: Task, method: Callable[[Table], list[float]]) -> Best:
    table = Table(task.said, task.backs)
    return table.best(method(table))


def _worst_tie(task: Task) -> Best:
    table = Table(task.said)
    best = {}
    for facts in table.rivals:
        most = max(len(table.by_fact[fact]) for fact in facts)
        tied = [table.facts[fact] for fact in facts if len(table.by_fact[fact]) == most]
        best[tied[0][0]] = next((value for thing, value in tied if value != task.truth.get(str(thing))), tied[0][1])
    return best


def _peer(task: Task, peer: Any, algorithm: Any) -> Best:
    """Return what an algorithm of truthdiscovery believes most; of its ties the value that sorts first."""
    once = {(source, thing): value for source, thing, value in sorted(task.said)}
    result = algorithm.run(peer.Dataset([(source, thing, value) for (source, thing), value in once.items()]))
    return {thing: min(result.get_most_believed_values(thing)) for thing in {thing for _, thing in once}}


# -- the data --------------------------------------------------------------

ROLES = set("jr sr ii iii iv author authors editor editors ed eds edt joint dr mr phd et al etc".split())
BETWEEN = re.compile(r"[;|/&]|\b(?:and|by|edited|with)\b|\(.*?\)|\(.*$|<.*?>", re.IGNORECASE)
RUN_TOGETHER = re.compile(r"(?<=[a-z][a-z])(?=[A-Z][a-z]+,)|(?<=[A-Z]\.)(?=[A-Z][a-z]+,)")
NOBODY = {"", "available", "unknown"}


def book(folder: Path) -> Task:
    """Read the Book data."""
    lines = (folder / "book.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    rows = [(seller, _isbn(isbn), surnames(names)) for seller, isbn, _, names in (line.split("\t") for line in lines)]
    silver = [line.split("\t") for line in (folder / "book_silver.txt").read_text(encoding="utf-8").splitlines()]
    truth = {_isbn(row[0]): surnames(row[1]) for row in silver if len(row) > 1}
    return Task("book", [row for row in rows if row[2] not in NOBODY], truth, _part_of)


def surnames(names: str) -> str:
    """Return the surnames of a list of authors, sorted: "Last, First" or "First Last", however they are divided."""
    plain = unicodedata.normalize("NFKD", html.unescape(html.unescape(names)))
    plain = RUN_TOGETHER.sub(";", "".join(character for character in plain if not unicodedata.combining(character)))
    found = set()
    for part in BETWEEN.split(plain):
        pieces = [words for piece in part.split(",") if (words := _name(piece))]
        if len(pieces) > 1 and not all(len(words) > 1 for words in pieces):
            pieces = pieces[::2]  # surname, first name, surname, first name
        found |= {words[-1] for words in pieces}
    return "|".join(sorted(found))


def _name(text: str) -> list[str]:
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['’-]", "", text)).lower().split()
    return [word for word in words if len(word) > 1 and word not in ROLES]


def _isbn(text: str) -> str:
    return text[3:12] if len(text) == 13 else text[:9]


def _part_of(one: str, other: str) -> float:
    a, b = set(one.split("|")), set(other.split("|"))
    common = len(a & b)
    return common / len(a) * (common / len(b)) ** 0.5


TIMES = ("sched_dep_time", "act_dep_time", "sched_arr_time", "act_arr_time")


def flights(folder: Path) -> Task:
    """Read the Flights data."""
    said, truth = [], {}
    with (folder / "dirty.csv").open(encoding="utf-8") as dirty, (folder / "clean.csv").open(encoding="utf-8") as clean:
        for given, so in zip(csv.DictReader(dirty), csv.DictReader(clean), strict=True):
            for time_of in TIMES:
                thing = f"{given['flight']} {time_of}"
                if given[time_of].strip():
                    said.append((given["src"], thing, _time(given[time_of])))
                if so[time_of].strip():
                    truth[thing] = _time(so[time_of])
    return Task("flights", said, truth)


def _time(text: str) -> str:
    found = re.search(r"(\d{1,2}):(\d\d)\s*([ap])", text.lower())
    return f"{int(found[1])}:{found[2]} {found[3]}" if found else text.strip()


WORLDS = ("careful and careless", "copying", "a popular mistake")


def world(kind: str, seed: int) -> Task:
    """Return a world of 300 things and 30 sources; what is so is never told to anybody."""
    dice = random.Random(f"{kind} {seed}")
    care = [dice.uniform(0.2, 0.9) for _ in range(30)]
    master = {source: dice.randrange(3) for source in range(3, 15)} if kind == "copying" else {}
    care[:3] = [0.3, 0.4, 0.5] if master else care[:3]
    said: dict[tuple[int, int], str] = {}
    for thing in range(300):
        mistake = f"value {dice.randrange(1, 12):02}"
        for source in range(30):
            if dice.random() > 0.25:
                continue
            copied = said.get((master.get(source, -1), thing))
            if copied and dice.random() < 0.9:
                said[source, thing] = copied
            elif dice.random() < care[source]:
                said[source, thing] = "value 00"
            else:
                popular = kind == "a popular mistake" and dice.random() < 0.6
                said[source, thing] = mistake if popular else f"value {dice.randrange(1, 12):02}"
    # the right value must not sort first, or a tie would help
    names = {f"value {number:02}": f"v{dice.random():.9f}" for number in range(12)}
    rows = [(f"source {source}", f"thing {thing}", names[value]) for (source, thing), value in said.items()]
    return Task(f"{kind}, 30 sources", rows, {thing: names["value 00"] for _, thing, _ in rows})


if __name__ == "__main__":
    main()
