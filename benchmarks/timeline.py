"""How long the temporal network takes, beside a plain loop over the constraints and beside networkx.

    python benchmarks/timeline.py [--quick] [--repeat 9]

Networks of events with a first and a last day, and orders between them as records give them, sound or with one
date that does not fit, of 10,000 and of 100,000 constraints; one more constraint for a network of 10,000. All in CPU
time, medians. The floor is a loop that looks at each constraint once. The peer, `networkx.negative_edge_cycle`, only
says whether there is a conflict: install it with `pip install networkx`. Targets: 10,000 constraints in 50 ms, one
more in 50 us.
"""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable

import bars

from ledger.dates.network import ORIGIN, Constraint, TemporalNetwork

try:
    import networkx
except ImportError:
    networkx = None


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    repeat = 3 if options.quick else options.repeat
    for size in (10_000,) if options.quick else (10_000, 100_000):
        for kind, constraints in (
            ("sound", network(size)),
            ("one wrong date", [*network(size), Constraint("e0", ORIGIN, 10**6, ("wrong",), "e0 is long past")]),
            ("one circle", circle(size)),
        ):
            report(f"{size:,} constraints, {kind}", constraints, repeat if size < 100_000 else 3)
    one_more(2_000 if options.quick else 20_000)
    twice = ratio(5_000, repeat)
    bars.hold("time for twice as many constraints, of that for half", twice, most=4)
    bars.close()


def network(size: int, seed: int = 1) -> list[Constraint]:
    """Return that many constraints that can hold: each event has two bounds and two orders to later ones."""
    draw = random.Random(seed)
    count = size // 4
    days = [draw.randrange(700_000, 740_000) for _ in range(count)]
    made = []
    for event, day in enumerate(days):
        name = f"e{event}"
        made.append(Constraint(ORIGIN, name, day - draw.randrange(40), (name,), f"{name} is dated"))
        made.append(Constraint(name, ORIGIN, -day - draw.randrange(40), (name,), f"{name} is dated"))
        for other in (draw.randrange(count), draw.randrange(count)):
            first, then = (event, other) if days[event] <= days[other] else (other, event)
            gap = draw.randrange(days[then] - days[first] + 1) if draw.random() < 0.2 else 0
            if draw.random() < 0.1:
                apart = days[then] - days[first] + draw.randrange(40)
                made.append(Constraint(f"e{then}", f"e{first}", -apart, (f"o{len(made)}",), "not longer after"))
            else:
                made.append(Constraint(f"e{first}", f"e{then}", gap, (f"o{len(made)}",), "before"))
    draw.shuffle(made)
    return made


def circle(size: int) -> list[Constraint]:
    """Return as many orders in which the first event of a long chain comes, at the end, after the last."""
    made = [Constraint(f"e{number}", f"e{number + 1}", 1, (f"o{number}",), "before") for number in range(size - 1)]
    made.append(Constraint(f"e{size - 1}", "e0", 1, ("last",), "before"))
    random.Random(2).shuffle(made)
    return made


def report(what: str, constraints: list[Constraint], repeat: int) -> None:
    """Print what one network takes."""
    found = TemporalNetwork(constraints).conflicts(most=1)
    ours = median(lambda: TemporalNetwork(constraints).conflicts(most=1), repeat)
    floor = median(lambda: sum(1 for one in constraints if one.gap > 0 and one.earlier and one.later), repeat)
    tracemalloc.start()
    TemporalNetwork(constraints).conflicts(most=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = f"a conflict of {len(found[0].records):,} records" if found else "no conflict"
    print(f"{what}: {told}")
    print(f"  here {ours * 1e3:8.1f} ms, {peak / 1e6:.0f} MB; a plain loop {floor * 1e3:.2f} ms; {peer(constraints)}")


def peer(constraints: list[Constraint]) -> str:
    """Return what networkx takes to say whether there is a conflict."""
    if networkx is None:
        return "networkx not installed"
    if len(constraints) > 20_000 or all(one.earlier and one.later for one in constraints):
        return "networkx left out: it takes minutes"
    graph = networkx.DiGraph()
    for one in constraints:
        weight = min(-one.gap, graph.get_edge_data(one.earlier, one.later, {"weight": -one.gap})["weight"])
        graph.add_edge(one.earlier, one.later, weight=weight)
    taken = median(lambda: networkx.negative_edge_cycle(graph), 1)
    return f"networkx {taken * 1e3:.0f} ms ({networkx.negative_edge_cycle(graph)})"


def ratio(size: int, repeat: int) -> float:
    """Return how many times longer a network of twice as many constraints takes: linear is 2, quadratic 4."""
    small, large = network(size), network(2 * size)
    taken = [median(lambda made=made: TemporalNetwork(made).conflicts(most=1), repeat) for made in (small, large)]  # type: ignore[misc]
    return taken[1] / taken[0]


def one_more(size: int) -> None:
    """Print what adding takes, constraint by constraint, for the second half of a network."""
    constraints = network(size)
    half = len(constraints) // 2
    grown = TemporalNetwork(constraints[:half])
    grown.add(constraints[half])
    taken = []
    for constraint in constraints[half + 1 :]:
        begun = time.process_time_ns()
        grown.add(constraint)
        taken.append((time.process_time_ns() - begun) / 1e3)
    taken.sort()
    print(
        f"one more in {half:,} to {size:,}: median {statistics.median(taken):.1f} us, "
        f"95% {taken[len(taken) * 95 // 100]:.1f} us, most {taken[-1]:.0f} us"
    )


def median(call: Callable[[], object], repeat: int) -> float:
    """Return the CPU seconds that a call takes."""
    taken = []
    for _ in range(repeat):
        begun = time.process_time()
        call()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
