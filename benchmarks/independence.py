"""How long the independence of a claim's sources takes in a large ledger, and whether it is what a peer finds.

    python benchmarks/independence.py [--sources 100000] [--claims 200] [--graphs 500]

A ledger of that many sources, each of which comes from none, one or up to three earlier ones, wherever they stand;
claims on five of them, or on twelve. Measured claim by claim, each for the first time: reading all that it stands on
into a dossier, and `independence` of that, wall time, median and 95%; target: 20 ms at a million sources. Then as
many random graphs without owners in common, on which the upper end has to equal the maximum flow of networkx, with
its time beside ours; small graphs with owners in common, on which it has to equal the best of all choices of trails.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import bars

from ledger import book as use_cases
from ledger import checks, store
from ledger.chain import Chain, Step, independence
from ledger.model import Agent, Basis, Claim, Evidence, Link, Relation, Source
from ledger.store import Draft

TOGETHER = 20_000
OWNERS = 500
COMES_FROM = (0, 0, 0, 0, 1, 1, 1, 1, 2, 3)
"""How many earlier sources a source comes from, each as likely."""


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__)
    options.add_argument("--sources", type=int, default=100_000)
    options.add_argument("--claims", type=int, default=200)
    options.add_argument("--graphs", type=int, default=500)
    given = bars.sized(options.parse_args(), sources=2_000, claims=20, graphs=200)
    in_a_ledger(given.sources, given.claims)
    beside_networkx(given.graphs)
    beside_all_choices(given.graphs)
    bars.close()


def in_a_ledger(sources: int, claims: int) -> None:
    """Print how long claims take in a ledger of so many sources."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.db")
        with use_cases.start(path, origin="many.example", person="Ana Roa").ledger as ledger:
            _fill(ledger, sources, claims)
        print(f"{sources:,} sources in a ledger of {path.stat().st_size / 1e6:,.0f} MB")
        with store.open_ledger(path) as ledger:
            for beginning, number in (("few", 5), ("many", 12)):
                read, solved, behind, found = [], [], [], []
                for which in range(claims):
                    begun = time.perf_counter()
                    ((dossier, _),) = checks.dossiers(ledger.db, [f"{beginning}-{which}"])
                    there = time.perf_counter()
                    found.append(dossier.independence)
                    read.append(1000 * (there - begun))
                    solved.append(1000 * (time.perf_counter() - there))
                    behind.append(len(dossier.sources))
                exact = sum(one.upper == one.upper_at_least for one in found)
                print(
                    f"  {number} sources, {statistics.median(behind):.0f} behind them ({_at_95(behind):.0f} at 95%): "
                    f"reading {statistics.median(read):.1f} ms ({_at_95(read):.1f}), "
                    f"independence {statistics.median(solved):.2f} ms ({_at_95(solved):.2f}); {exact} of {claims} exact"
                )


def _fill(ledger: store.Ledger, sources: int, claims: int) -> None:
    dice, actor = random.Random(1), ""
    waiting: list[Draft] = []
    for draft in _drafts(dice, sources, claims):
        waiting.append(draft)
        actor = actor or draft.subject
        if len(waiting) == TOGETHER:
            store.append(ledger, waiting, actor=actor)
            waiting.clear()
    store.append(ledger, waiting, actor=actor)


def _drafts(dice: random.Random, sources: int, claims: int) -> Iterator[Draft]:
    for number in range(OWNERS):
        yield _draft(Agent(uid=f"owner{number}", handle=f"owner-{number}", name=f"Owner {number}"))
    for number in range(sources):
        owner = f"owner{dice.randrange(OWNERS)}"
        yield _draft(Source(uid=f"s{number}", handle=f"s-{number}", title=f"Source {number}", publisher=owner))
        for earlier in {dice.randrange(number) for _ in range(dice.choice(COMES_FROM)) if number}:
            step = f"{number}-{earlier}"
            yield _draft(
                Link(
                    uid=f"l{step}",
                    handle=f"l-{step}",
                    source=f"s{number}",
                    relation=Relation.CITES,
                    comes_from=f"s{earlier}",
                )
            )
    for beginning, count in (("few", 5), ("many", 12)):
        for number in range(claims):
            claim = f"{beginning}-{number}"
            yield _draft(Claim(uid=claim, handle=claim, text=f"Claim {claim}."))
            for which, source in enumerate(dice.sample(range(sources), count)):
                yield _draft(
                    Evidence(
                        uid=f"e{claim}-{which}",
                        handle=f"e-{claim}-{which}",
                        claim=claim,
                        source=f"s{source}",
                        basis=Basis.DOCUMENT,
                    )
                )


def _draft(record: Agent | Source | Link | Claim | Evidence) -> Draft:
    return Draft(f"{record.KIND}.add", record.uid, store.body_of(record))


def _at_95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


Graph = tuple[list[str], list[tuple[str, str]]]


def _graph(dice: random.Random, nodes: int) -> Graph:
    """Return sources of a claim, and (later, earlier) steps behind them."""
    names = [f"n{number}" for number in range(nodes)]
    edges = {
        (names[later], names[dice.randrange(later)])
        for later in range(1, nodes)
        for _ in range(dice.choice(COMES_FROM))
    }
    return dice.sample(names[nodes // 2 :], dice.randint(2, max(2, nodes // 5))), sorted(edges)


def beside_networkx(graphs: int) -> None:
    """Print on how many graphs the upper end equals networkx' maximum flow, and the time of both."""
    try:
        import networkx
    except ImportError:
        print("networkx is not installed: no peer in this run")
        return
    dice, same, ours, theirs = random.Random(2), 0, 0.0, 0.0
    for _ in range(graphs):
        sources, edges = _graph(dice, dice.randint(5, 60))
        nodes = {node for edge in edges for node in edge} | set(sources)
        begun = time.process_time()
        chain = Chain(Step(later, earlier, "cites") for later, earlier in edges)
        upper = independence(sources, chain, owner={node: node for node in nodes}, first_hand=nodes).upper
        ours += time.process_time() - begun
        begun = time.process_time()
        flow = networkx.DiGraph()
        for node in nodes:
            flow.add_edge((node, "in"), (node, "out"), capacity=1)
        flow.add_edges_from((((a, "out"), (b, "in")) for a, b in edges), capacity=1)
        flow.add_edges_from((("claim", (source, "in")) for source in sources), capacity=1)
        ends = nodes - {later for later, _ in edges}
        flow.add_edges_from((((end, "out"), "origin") for end in ends), capacity=1)
        most = networkx.maximum_flow_value(flow, "claim", "origin")
        theirs += time.process_time() - begun
        same += most == upper
    print(f"equal to networkx on {same} of {graphs} graphs; {1000 * ours / graphs:.2f} ms a graph, "
          f"networkx {1000 * theirs / graphs:.2f} ms")  # fmt: skip
    bars.hold("graphs on which the upper end is networkx' maximum flow", same / graphs, least=1)


def beside_all_choices(graphs: int) -> None:
    """Print on how many small graphs with owners in common the upper end equals the best of all choices."""
    dice, same = random.Random(3), 0
    for _ in range(graphs):
        sources, edges = _graph(dice, dice.randint(3, 9))
        nodes = sorted({node for edge in edges for node in edge} | set(sources))
        owner = {node: f"owner {dice.randrange(4)}" for node in nodes if dice.random() < 0.7}
        chain = Chain(Step(later, earlier, "cites") for later, earlier in edges)
        same += independence(sources, chain, owner=owner, first_hand=nodes).upper == _best(sources, edges, owner)
    print(f"equal to the best of all choices of trails on {same} of {graphs} small graphs with owners in common")
    bars.hold("small graphs on which the upper end is the best of all choices", same / graphs, least=1)


def _best(sources: Sequence[str], edges: Sequence[tuple[str, str]], owner: dict[str, str]) -> int:
    """Return the most trails of different sources that share no node and no owner, trying all."""
    earlier: dict[str, list[str]] = {}
    for later, before in edges:
        earlier.setdefault(later, []).append(before)

    def trails(node: str) -> Iterator[tuple[str, ...]]:
        if node not in earlier:
            yield (node,)
        for before in earlier.get(node, ()):
            yield from ((node, *rest) for rest in trails(before))

    best = 0
    for chosen in product(*([None, *trails(source)] for source in sources)):
        taken = [trail for trail in chosen if trail]
        nodes = [node for trail in taken for node in trail]
        owners = [one for trail in taken for one in {owner[node] for node in trail if node in owner}]
        if len(taken) > best and len(nodes) == len(set(nodes)) and len(owners) == len(set(owners)):
            best = len(taken)
    return best


if __name__ == "__main__":
    main()
