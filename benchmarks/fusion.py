"""Which of several values is right: truth discovery beside a vote and the algorithms of `truthdiscovery`.

    python benchmarks/fusion.py [--quick] [--data FOLDER] [--sensitivity]

The method and its setting were chosen on Book, Flights, Bluebirds, 45 times of another day of Flights, and worlds of
our own. Nothing was set on the others.

Book         td-book: 33,971 author lists of 1,265 books by 895 sellers (`book.txt`, and `book_silver.txt` as the truth;
             the AbeBooks crawl of Dong, Berti-Equille and Srivastava, VLDB 2009; from totucuong/spectrum, Apache-2.0).
             A list is taken as the set of its surnames, letter case, accents and order aside; a list that is part of
             another backs it by the share that they have in common. Right is a book whose set is the truth's.
Flights      td-flights-raha: four times of day of 100 flights by 38 sites (`dirty.csv`, `clean.csv` as the truth;
             from Li et al., VLDB 2012, as BigDaMa/raha has it, Apache-2.0). A time is its hour, minute and half of day.
Birthplaces  td-birthplaces: where 6,005 people were born, by 7 sites (`claims.csv`, `groundtruths.csv`; Jung, Kim and
             Shim, EDBT 2019; woohwanjung/truthdiscovery, which states no licence). A value is taken as it stands; right
             is the narrowest place on the way to the true one that anybody gave.
Crowds       td-crowd: answers of paid workers to questions (`data` of yuan-li/truth-inference-at-scale, MIT; Li,
             Rubinstein and Cohn, ICML 2019, where each set's origin stands). Answers are taken as they stand.

Worlds of our own come from seeds: sources of unlike care, some of which copy from one another, wrong values that are
each as likely or of which one is popular. One setting throughout; with --sensitivity each of its values is halved and
doubled. Of the things with a known value, those count that anybody speaks of. Ties go to the value with more sources,
then to the one that sorts first, for all: `vote` is the same tie rule alone, `vote, worst tie` the other end of it.

Peer: `pip install --no-deps truthdiscovery`, with numpy, scipy, bidict, imageio and pyyaml. Its CRH takes minutes on
some sets and is left out. The algorithms of a peer give one value for each source and thing: the last in order.
"""

from __future__ import annotations

import csv
import html
import math
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
import bars

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "factledger-fusion"))

from factledger_fusion.discovery import DEFAULT, Tuning, VoteTable, discover

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
    """Measure, print, and hold the bars."""
    options = bars.parser(__doc__)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--sensitivity", action="store_true")
    given = options.parse_args()
    outside = [task for name, read in SETS.items() if (folder := bars.data(given, name)) for task in read(folder)]
    outside = [task for task in outside if not given.quick or len(task.said) < QUICK]
    worlds = [[world(kind, seed) for seed in range(1 if given.quick else given.seeds)] for kind in WORLDS]
    found = {tasks[0].name: compare(tasks) for tasks in [*([task] for task in outside), *worlds]}
    if given.sensitivity:
        for tasks in [*([task] for task in outside), *worlds]:
            shake(tasks)
    print()
    hold([found[task.name] for task in outside])
    bars.close()


def hold(found: Sequence[Mapping[str, float]]) -> None:
    """Hold the bars over all outside sets."""
    if not found:
        return
    ahead = [rights["fusion"] - rights["vote"] for rights in found]
    bars.hold(f"of {len(found)} outside sets, share not below a vote", _share(ahead, 0.0), least=0.75)
    bars.hold("on the worst outside set, fusion less vote", min(ahead), least=-0.02)
    bars.hold("over the outside sets, mean of fusion less vote", statistics.mean(ahead), least=0.02)
    peers = [[right for name, right in rights.items() if name.startswith("truthdiscovery")] for rights in found]
    if all(peers):
        behind = [rights["fusion"] - max(others) for rights, others in zip(found, peers, strict=True)]
        bars.hold("share not below the best of the peer's algorithms - .01", _share(behind, -0.01), least=0.7)


def _share(differences: Sequence[float], least: float) -> float:
    return sum(one >= least for one in differences) / len(differences)


def compare(tasks: Sequence[Task]) -> dict[str, float]:
    """Return the share right of each way, medians over the tasks, and print it with the CPU seconds."""
    known = sum(thing in tasks[0].truth for thing in {thing for _, thing, _ in tasks[0].said})
    print(f"\n{tasks[0].name}: {len(tasks[0].said):,} values given, {known:,} things with a known one")
    found = {}
    for name, way in ways():
        rights, spent = [], []
        for task in tasks:
            begun = time.process_time()
            best = way(task)
            spent.append(time.process_time() - begun)
            rights.append(task.share_right(best))
        found[name] = statistics.median(rights)
        print(f"  {name:<32} {found[name]:.3f} right  {statistics.median(spent):6.2f} s")
    return found


def shake(tasks: Sequence[Task]) -> None:
    """Print the least and the most that is right when each value of the setting is halved and doubled."""
    print(f"\n{tasks[0].name}")
    for name, value in attrs.asdict(DEFAULT).items():
        rights = []
        for other in {value / 2, min(value * 2, 0.98) if isinstance(value, float) and value < 1 else value * 2}:
            setting = attrs.evolve(DEFAULT, **{name: type(value)(other)})
            rights.append(statistics.median(task.share_right(ours(task, setting)) for task in tasks))
        print(f"  {name + ' halved, doubled':<32} {min(rights):.3f} to {max(rights):.3f} right")


def ours(task: Task, setting: Tuning = DEFAULT) -> Best:
    table = VoteTable(task.said, task.backs)
    return table.best(discover(table, setting))


def ways() -> Iterator[tuple[str, Callable[[Task], Best]]]:
    """Yield what is compared, by name."""
    yield "fusion", ours
    yield "fusion, all taken as independent", lambda task: ours(task, attrs.evolve(DEFAULT, apart=math.inf))
    yield "vote", _vote
    yield "vote, worst tie", _worst_tie
    sys.modules.setdefault("cairo", ModuleType("cairo"))  # the peer draws with it, which nobody here asks for
    try:
        import truthdiscovery as peer
    except ImportError:
        print("  truthdiscovery is not installed: no peer in this run")
        return
    for name in ("MajorityVoting", "TruthFinder", "PooledInvestment", "Investment", "AverageLog", "Sums"):
        yield f"truthdiscovery {name}", lambda task, made=getattr(peer, name): _peer(task, peer, made())  # type: ignore[misc]


def _vote(task: Task) -> Best:
    table = VoteTable(task.said)
    return table.best([float(len(sources)) for sources in table.by_fact])


def _worst_tie(task: Task) -> Best:
    table = VoteTable(task.said)
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


def book(folder: Path) -> list[Task]:
    """Return the Book data."""
    lines = (folder / "book.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    rows = [(seller, _isbn(isbn), surnames(names)) for seller, isbn, _, names in (line.split("\t") for line in lines)]
    silver = [line.split("\t") for line in (folder / "book_silver.txt").read_text(encoding="utf-8").splitlines()]
    truth = {_isbn(row[0]): surnames(row[1]) for row in silver if len(row) > 1}
    return [Task("book", [row for row in rows if row[2] not in NOBODY], truth, _part_of)]


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


def flights(folder: Path) -> list[Task]:
    """Return the Flights data."""
    said, truth = [], {}
    with (folder / "dirty.csv").open(encoding="utf-8") as dirty, (folder / "clean.csv").open(encoding="utf-8") as clean:
        for given, so in zip(csv.DictReader(dirty), csv.DictReader(clean), strict=True):
            for time_of in TIMES:
                thing = f"{given['flight']} {time_of}"
                if given[time_of].strip():
                    said.append((given["src"], thing, _time(given[time_of])))
                if so[time_of].strip():
                    truth[thing] = _time(so[time_of])
    return [Task("flights", said, truth)]


def _time(text: str) -> str:
    found = re.search(r"(\d{1,2}):(\d\d)\s*([ap])", text.lower())
    return f"{int(found[1])}:{found[2]} {found[3]}" if found else text.strip()


def birthplaces(folder: Path) -> list[Task]:
    """Return the Birthplaces data."""
    said = [(row["src"], row["obj"], row["value"]) for row in _rows(folder / "claims.csv")]
    given = {(thing, value) for _, thing, value in said}
    truth = {}
    for row in _rows(folder / "groundtruths.csv"):
        way = row["value"].split(",")  # from the narrowest place to the widest
        truth[row["obj"]] = next((place for place in way if (row["obj"], place) in given), way[0])
    return [Task("birthplaces", said, truth)]


CROWDS = {
    "bluebirds": "SpectralMethodsMeetEM/bluebird",
    "dogs": "SpectralMethodsMeetEM/dog",
    "textual entailment": "SpectralMethodsMeetEM/rte",
    "web pages": "SpectralMethodsMeetEM/web",
    "tweets": "crowd_truth_inference/d_sentiment",
    "faces": "crowd_truth_inference/s4_Face Sentiment Identification",
    "linked names, workers in India": "active-crowd-toolkit/ZenCrowd_in",
    "linked names, workers in the US": "active-crowd-toolkit/ZenCrowd_us",
    "film reviews": "active-crowd-toolkit/SP",
    "film reviews, chosen workers": "active-crowd-toolkit/SP_amt",
    "music genres": "active-crowd-toolkit/MS",
    "tweets on a storm": "active-crowd-toolkit/CF",
    "tweets on a storm, chosen workers": "active-crowd-toolkit/CF_amt",
}


def crowds(folder: Path) -> list[Task]:
    """Return the crowds' answers, a task for each set."""
    return [
        Task(
            name,
            [(row["worker"], row["item"], row["label"]) for row in _rows(folder / path / "label.csv")],
            {row["item"]: row["truth"] for row in _rows(folder / path / "truth.csv")},
        )
        for name, path in CROWDS.items()
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


SETS: Mapping[str, Callable[[Path], list[Task]]] = {
    "td-book": book,
    "td-flights-raha": flights,
    "td-birthplaces": birthplaces,
    "td-crowd": crowds,
}
"""Outside sets: folder -> how it is read."""

QUICK = 10_000
"""The number of values that a set may have to be measured with --quick."""

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
