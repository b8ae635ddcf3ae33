"""What it costs to merge several newsrooms' copies, that doing it again adds nothing, and what links between them find.

    python benchmarks/merge.py [--claims 2000] [--ledgers 8] [--quick]

So many ledgers of so many claims are made, published, merged, merged again and verified, each step as a whole command
in a process of its own, of which CPU time (its children's included) and peak memory are printed. Beside it: `verify` of
each copy by itself, which a merge has to do in any case (of one, times the ledgers), and SHA-256 over the copies. Bars
are on ratios. Then one verdict of one copy is changed, and it is merged with another: it is refused by name.

The words are those of outside texts where they are at hand: the sentences of wikiwars-train (16 articles of Wikipedia
on wars; Mazur and Dale 2010, WikiWars; CC BY-SA) and gum-news (texts of the GUM corpus; Zeldes 2017). A claim is the
beginning of one sentence and the end of another, as there are fewer sentences than claims; else they are made here. On
the sentences themselves, dealt out to the ledgers, the links are held to those of comparing each claim with each.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import bars
from costs import FACTLEDGER, command

from ledger import book as use_cases
from ledger import store, trust
from ledger.desk import ALIKE, term_keys
from ledger.sqlite import sqlite3
from ledger.store import Draft, queries
from ledger.store.joining import WordSetJoin
from ledger.store.merged import open_merged
from ledger.text import sentences

TOGETHER = 2_000
"""Entries of one transaction."""


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--claims", type=int, default=2_000, help="of each ledger")
    parser.add_argument("--ledgers", type=int, default=8)
    options = bars.sized(parser.parse_args(), claims=150)
    texts = _texts(options)
    with tempfile.TemporaryDirectory() as name:
        os.environ["FACTLEDGER_KEYS"] = str(Path(name) / "keys")
        _merge(Path(name), texts, options)
    if len(texts) > len(PLACES):
        _links(texts, options)
    bars.close()


def _merge(folder: Path, texts: Sequence[str], options: argparse.Namespace) -> None:
    copies = [_published(folder, number, texts, options.claims) for number in range(options.ledgers)]
    size = sum(copy.stat().st_size for copy in copies)
    out = folder / "all.db"
    alone = command(copies[0], "verify")  # the others are as large, of other words
    first = command(out, "merge", str(out), *map(str, copies))
    before, written = hashlib.sha256(out.read_bytes()).hexdigest(), out.stat().st_mtime_ns
    again = command(out, "merge", str(out), *map(str, copies))
    after = hashlib.sha256(out.read_bytes()).hexdigest()
    verified = command(out, "verify")
    started = time.process_time()
    for copy in copies:
        with copy.open("rb") as file:
            hashlib.file_digest(file, "sha256")
    hashed = max(time.process_time() - started, 1e-3)
    whole = alone.seconds * len(copies)
    print(f"{options.ledgers} ledgers of {options.claims:,} claims, {size / 1e6:.1f} MB of copies")
    print(f"{'':24}{'CPU s':>8}{'MB':>7}")
    for what, cost in (("verify one copy", alone), ("merge", first)):
        print(f"{what:24}{cost.seconds:8.2f}{cost.memory:7.0f}")
    print(f"{'merge again':24}{again.seconds:8.2f}{again.memory:7.0f}\n{'verify the merged file':24}", end="")
    print(f"{verified.seconds:8.2f}{verified.memory:7.0f}\n{'floor: SHA-256 of copies':24}{hashed:8.2f}")
    changed = int(before != after) + int(out.stat().st_mtime_ns != written)
    bars.hold("what a second merge changed in the file", changed, most=0)
    quick = options.quick  # then most of a command is its start
    bars.hold("CPU of a second merge, of the first's", again.seconds / first.seconds, most=0.8 if quick else 0.1)
    bars.hold("CPU of a merge, of verifying each copy", first.seconds / whole, most=1.5)
    bars.hold("CPU of verify, of verifying each copy", verified.seconds / whole, most=1.5)
    bars.hold("peak memory of a merge, of verifying one copy", first.memory / alone.memory, most=1.5)
    bars.hold("peak memory of verify, of verifying one copy", verified.memory / alone.memory, most=1.5)
    bars.hold("size of the merged file, of the copies", out.stat().st_size / size, most=1.25)
    _tampered(folder / "tampered.db", *copies[:2])


def _tampered(out: Path, changed: Path, sound: Path) -> None:
    """Change a word of one copy, and merge it with another."""
    with closing(sqlite3.connect(changed, isolation_level=None)) as db:
        db.execute("UPDATE claims SET verdict = 'refuted' WHERE id = 'claim-7'")
    done = subprocess.run([FACTLEDGER, "merge", out, changed, sound], capture_output=True, text=True)
    refused = next((line for line in done.stderr.splitlines() if line.startswith("REFUSED")), "")
    named = "newsroom-0.example" in refused and done.returncode == 3
    print(refused)
    with open_merged(out) as file:
        origins = [one.head.origin for one in file.members()]
    bars.hold("tampered copies that were merged or not named", int(not named), most=0)
    bars.hold("others that were not merged with it", int(origins != ["newsroom-1.example"]), most=0)


def _published(folder: Path, number: int, texts: Sequence[str], claims: int) -> Path:
    """Make a ledger of so many claims, each with a piece of evidence, and return the copy that it publishes."""
    draw = random.Random(number)
    path, copy = folder / f"desk-{number}.db", folder / f"copy-{number}.db"
    with use_cases.start(path, origin=f"newsroom-{number}.example", person="Ana Roa").ledger as ledger:
        uid, actor, source = ledger.environment.uid, queries.first(ledger.db).actor, ledger.environment.uid()
        drafts = [Draft("source.add", source, {"handle": "minutes", "title": "Minutes of the council"})]
        for place in range(claims):
            claim, handle = uid(), f"claim-{place}"
            text = _mixed(draw.choice(texts), draw.choice(texts))
            drafts.append(Draft("claim.add", claim, {"handle": handle, "text": text}))
            said = {"handle": f"evidence-{place}", "claim": claim, "source": source, "stance": "supports"}
            drafts.append(Draft("evidence.add", uid(), said))
        for start in range(0, len(drafts), TOGETHER):
            store.append(ledger, drafts[start : start + TOGETHER], actor=actor)
        trust.publish(ledger, copy)
    return copy


def _mixed(one: str, other: str) -> str:
    """Return a text of the first half of one sentence and the second half of another."""
    begun, ended = one.split(), other.split()
    return " ".join([*begun[: len(begun) // 2], *ended[len(ended) // 2 :]])[:400]


PLACES = tuple(
    f"The {place} of the {part} district {deed} in May, the council was told."
    for place in ("harbour", "school", "market", "bridge", "theatre")
    for part in ("northern", "southern", "eastern", "western")
    for deed in ("was closed", "cost more than planned", "lost a tenth of its visitors", "was sold")
)
"""What claims are made of where no outside text is at hand."""


def _texts(options: argparse.Namespace) -> Sequence[str]:
    """Return the sentences of outside texts, each once, or ours."""
    found: dict[str, None] = {}
    for name, pattern in (("wikiwars-train", "*.tml"), ("gum-news", "**/*.xml")):
        folder = bars.data(options, name)
        for file in sorted(folder.glob(pattern)) if folder else ():
            plain = " ".join(re.sub(r"<[^>]*>", " ", file.read_text(encoding="utf-8", errors="replace")).split())
            for span in sentences(plain):
                text = plain[span.start : span.end]
                if 30 < len(text) < 400 and len(term_keys(text)) > 3:
                    found[text] = None
    return tuple(found) or PLACES


def _links(texts: Sequence[str], options: argparse.Namespace) -> None:
    """Compare the links between sentences dealt out to the ledgers with those of comparing each with each."""
    some = sorted((hash_of(text) % options.ledgers, text) for text in texts)[:: 8 if options.quick else 1]
    sets = [(owner, term_keys(text)) for owner, text in some]
    started = time.process_time()
    with closing(WordSetJoin()) as join:
        for place, (owner, words) in enumerate(sets):
            join.add(owner, str(place), words)
        ours = {(int(one), int(other)) for _, one, _, other, _, _ in join.pairs(ALIKE)}
    took, started = time.process_time() - started, time.process_time()
    shares = {
        (a, b): len(one & other) / len(one | other)
        for a, (p, one) in enumerate(sets)
        for b, (q, other) in enumerate(sets[a + 1 :], start=a + 1)
        if p != q and 5 * len(one & other) >= 3 * len(one | other)
    }
    slow = time.process_time() - started
    nearest: dict[tuple[int, int], int] = {}
    for a, b in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        nearest.setdefault((a, sets[b][0]), b)
        nearest.setdefault((b, sets[a][0]), a)
    due = {(a, b) for a, b in shares if nearest[a, sets[b][0]] == b or nearest[b, sets[a][0]] == a}
    print(f"{len(sets):,} sentences: {len(ours)} links in {took:.2f} s, {len(due)} by comparing all in {slow:.2f} s")
    bars.hold("links between outside sentences that were lost or made up", len(ours ^ due), most=0)


def hash_of(text: str) -> int:
    """Return a number that a text always has."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


if __name__ == "__main__":
    main()
