"""Whether a post finds the checked claim it repeats: MAP@5 of `factledger match` and of the bare index, and its cost.

    python benchmarks/match.py [--quick]

The set is checkthat-2020: 10,375 claims that Snopes checked, each with its headline, and 1,197 posts that repeat one of
them (CLEF 2020 CheckThat! Lab, task 2, English; Barron-Cedeno and others 2020; "free for general research use"; public
in the repository sshaar/clef2020-factchecking-task2: data/v3.zip and test-input/test-input.zip). The folder has
verified_claims.docs.tsv and, in each of train, dev and test, tweets.queries.tsv and tweet-vclaim-pairs.qrels. Rules
were made on train and dev; the bars are held on test, which no rule was made on.

The claim is a claim's text, its headline the topic. Beside it: SQLite's bm25 asked for the words of the post without
little words, of the text alone and of both, and the share of words in common, by which an earlier version re-ordered.
"""

from __future__ import annotations

import csv
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bars
from sqlite_utils.utils import sqlite3

from ledger import desk
from ledger.store import schema
from ledger.text import terms
from ledger.text.terms import LITTLE

MOST = 5
_WORD = re.compile(r"[^\W_]+")

Ranked = Sequence[str]


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    folder = bars.data(options, "checkthat-2020")
    if folder is not None:
        db = _ledger(folder)
        for part in ("test",) if options.quick else ("train", "dev", "test"):
            figures = _measure(db, folder / part, 60 if options.quick else None)
            print(part, *(f"{name} {score:.3f} in {took:.1f} ms" for name, (score, took) in figures.items()), sep="; ")
        ours, bare, both = (figures[name][0] for name in ("match", "bm25 of the text", "bm25 of both"))
        if not options.quick:
            bars.hold("MAP@5 on test", ours, least=0.89)
        bars.hold("MAP@5 on test over the bare index of the text", ours - bare, least=0.02)
        bars.hold(
            "MAP@5 on test over the bare index of text and topic", ours - both, least=0.0 if options.quick else 0.02
        )
        bars.hold("cost, of the bare index's", figures["match"][1] / figures["bm25 of both"][1], most=3.0)
    bars.close()


def _ledger(folder: Path) -> sqlite3.Connection:
    """Return a ledger's tables with every claim of the set in them."""
    db = sqlite3.connect(":memory:")
    schema.create(db)
    db.executemany(
        "INSERT INTO claims (id, text, topic, verdict, corroboration, workflow, problems, sources, added, changed) "
        "VALUES (?, ?, ?, 'unchecked', '', 'open', 0, 0, '', '')",
        _rows(folder / "verified_claims.docs.tsv"),
    )
    return db


def _measure(db: sqlite3.Connection, folder: Path, most: int | None) -> dict[str, tuple[float, float]]:
    """Return MAP@5 and milliseconds of processor time a query of each way to rank."""
    posts = {row[0]: row[1] for row in _rows(folder / "tweets.queries.tsv")}
    wanted: dict[str, set[str]] = {}
    for post, _, claim, _ in csv.reader((folder / "tweet-vclaim-pairs.qrels").open(encoding="utf-8"), delimiter="\t"):
        wanted.setdefault(post, set()).add(claim)
    chosen = random.Random(1).sample(sorted(wanted), min(most or len(wanted), len(wanted)))
    ways: dict[str, Callable[[str], Ranked]] = {
        "match": lambda post: [one.handle for one in desk.matches(db, post, most=MOST)],
        "bm25 of the text": lambda post: _bare(db, post, "text : "),
        "bm25 of both": lambda post: _bare(db, post, ""),
        "share of words": lambda post: _shared(db, post),
    }
    figures = {}
    for name, rank in ways.items():
        started = time.process_time()
        ranked = {post: rank(posts[post]) for post in chosen}
        took = (time.process_time() - started) * 1000 / len(chosen)
        figures[name] = (_precision(ranked, wanted), took)
    return figures


def _bare(db: sqlite3.Connection, post: str, columns: str, most: int = MOST) -> Ranked:
    words = dict.fromkeys(word for word in _WORD.findall(post) if word.lower() not in LITTLE)
    asked = columns + "(" + " OR ".join(f'"{word}"' for word in words) + ")"
    return [
        id
        for (id,) in db.execute(
            "SELECT claims.id FROM claims_fts JOIN claims ON claims.rowid = claims_fts.rowid WHERE claims_fts MATCH ? "
            "ORDER BY claims_fts.rank LIMIT ?",
            (asked, most),
        )
    ]


def _shared(db: sqlite3.Connection, post: str) -> Ranked:
    mine = {term.key for term in terms(post)}
    texts = {
        id: db.execute("SELECT text FROM claims WHERE id = ?", (id,)).fetchone()[0] for id in _bare(db, post, "", 50)
    }
    share = {}
    for id, text in texts.items():
        theirs = {term.key for term in terms(text)}
        share[id] = len(mine & theirs) / max(1, len(mine | theirs))
    return sorted(share, key=lambda id: -share[id])[:MOST]


def _precision(ranked: Mapping[str, Ranked], wanted: Mapping[str, set[str]]) -> float:
    """Return the mean average precision of the first five."""
    total = 0.0
    for post, claims in ranked.items():
        hits = 0
        for place, claim in enumerate(claims, start=1):
            if claim in wanted[post]:
                hits += 1
                total += hits / place / min(MOST, len(wanted[post]))
    return total / len(ranked)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


if __name__ == "__main__":
    main()
