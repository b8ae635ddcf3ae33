"""What a proof costs, beside hashing once what the proof is about.

    python benchmarks/proving.py [--entries 1000000] [--proofs 200]

Times one inclusion proof (a random entry in the whole log) and one consistency proof (from a random
size), made from the file and checked, on the clock of the wall; medians and the worst of a hundred. The floor is
what there would be to do without stored hashes: hashing every leaf again. The target is 5 ms a proof.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles

import bars

from ledger import book, store
from ledger.log import proof
from ledger.store import Draft, Ledger, StoredTree, queries

BATCH = 10_000
ACTOR = "0" * 32


def main() -> None:
    """Measure, and print one table."""
    options = _options()
    chance = random.Random(6962)
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        with book.start(Path(name) / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
            _fill(ledger, options.entries)
            head, tree = queries.head(ledger.db), StoredTree(ledger.db)
            print(f"{head.size:,} entries, {options.proofs} proofs of each kind\n")
            print(f"{'milliseconds':34}{'median':>10}{'99 of 100':>12}")
            numbers = [chance.randrange(1, head.size) for _ in range(options.proofs)]
            _print("inclusion, made", [_ms(tree.inclusion, number, head.size) for number in numbers])
            _print("consistency, made", [_ms(tree.consistency, number, head.size) for number in numbers])
            leaves = dict(ledger.db.execute("SELECT seq, hash FROM ledger_entry"))
            paths = [(number, tree.inclusion(number, head.size)) for number in numbers]
            held = sum(proof.includes(leaves[seq], seq, head.size, path, head.root) for seq, path in paths)
            bars.hold("proofs that hold", held / len(paths), least=1)
            checks = [_ms(proof.includes, leaves[seq], seq, head.size, path, head.root) for seq, path in paths]
            _print("inclusion, checked", checks)
            print(f"\n{'floor: hashing every leaf once':34}{_hash_all(ledger):>10,.0f}")
    bars.close()


def _fill(ledger: Ledger, entries: int) -> None:
    body = {"text": "The bridge over the harbour was closed in May. " * 3}
    for start in range(0, entries, BATCH):
        drafts = [Draft(store.INIT, ledger.environment.uid(), body) for _ in range(min(BATCH, entries - start))]
        store.append(ledger, drafts, actor=ACTOR)


def _hash_all(ledger: Ledger) -> float:
    data = [b"\x00" + env.encode() + b"\n" for (env,) in ledger.db.execute("SELECT env FROM ledger_entry")]
    return _ms(lambda: [sha256(one).digest() for one in data])


def _ms(action: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    action(*given)
    return 1e3 * (time.perf_counter() - start)


def _print(what: str, times: list[float]) -> None:
    print(f"{what:34}{median(times):>10.2f}{quantiles(times, n=100)[98]:>12.2f}")


def _options() -> argparse.Namespace:
    parser = bars.parser(__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--proofs", type=int, default=200)
    return bars.sized(parser.parse_args(), entries=20_000, proofs=100)


if __name__ == "__main__":
    main()
