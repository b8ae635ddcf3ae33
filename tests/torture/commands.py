"""Lets the n-th writing system call of upgrade, publish, withhold, merge and the desk kill its process or fail.

    python -m torture.commands FOLDER --part 0 --parts 2 [--careless]

Unlike `faults`, whatever file it is of. Prints the outcome as one line of JSON. `--careless` publishes only, and looks
for what must be found: a name that was not withheld.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import attrs

from ledger import audit, desk, merged, store, trust
from ledger import book as use_cases
from ledger.book import Book, Custody
from ledger.capture import read_file
from ledger.errors import LedgerError
from ledger.exchange import upgrade_file
from ledger.store import queries

from .faults import BROKEN, ERRORS, FULL, KILL, Outcome, manners, spread
from .promise import goes_on, judge
from .sitting import ARTICLE, STEPS, kept
from .tracing import Ended, Tracer

CALLS = {
    "pwrite64": (KILL, BROKEN, FULL),
    "write": (KILL,),
    "fsync": (KILL, BROKEN, FULL),
    "fdatasync": (KILL, BROKEN, FULL),
    "ftruncate": (KILL, BROKEN),
    "rename": (KILL, BROKEN, FULL),
    "unlink": (KILL,),
    "mkdir": (KILL, FULL),
    "flock": (KILL,),
}
"""System calls that write, and what is done to one of them; a full disk stays full."""

MOST = 12
"""Of one call and fault so many are tried, evenly spread."""

HIDDEN, NEXT = "Tomas Vey", "Marta Quell"
"""Who is withheld before, and who is to be."""

FORMATS = Path(__file__).parents[1] / "formats"


@attrs.frozen
class Victim:
    """A command, and what lies in its folder when it begins."""

    name: str
    command: tuple[str, ...]
    beginning: str


VICTIMS = (
    Victim("publish", ("factledger", "-d", "{}", "publish", "{}.public", "--with-captures"), "story"),
    Victim("withhold", ("factledger", "-d", "{}", "withhold", "marta-quell", "name", "--because", "Asked."), "story"),
    Victim(
        "withhold and erase",
        ("factledger", "-d", "{}", "withhold", "marta-quell", "name", "--because", "Asked.", "--erase"),
        "story",
    ),
    Victim("upgrade", ("factledger", "-d", "{}", "upgrade"), "old"),
    Victim("merge", ("factledger", "merge", "{}.all", "{}.later", "{}.other"), "newsrooms"),
    Victim("desk", ("sitting", "{}"), "article"),
)


@attrs.define
class CommandOutcome(Outcome):
    """Of commands also: `shown` published copies with hidden words."""

    shown: int = 0


def prepare(folder: Path, keys: Path) -> None:
    """Make what the victims begin with: a story with a name withheld, an article, newsrooms, a ledger of format 2.

    `keys` is the key folder of the victims: each begins with its own, since keys remember what they signed.
    """
    for name in ("story", "article", "newsrooms"):
        (folder / name).mkdir(parents=True)
        with use_cases.start(folder / name / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
            if name == "story":
                _story(Book(ledger), folder)
            if name == "newsrooms":
                _newsrooms(Book(ledger), folder / name)
        keys.rename(folder / name / "keys")
    (folder / "article" / "article.txt").write_text(ARTICLE)
    with tarfile.open(FORMATS / "2-2026-11-29.tar.gz") as packed:
        packed.extractall(folder / "old", filter="data")
    for path in (folder / "old").glob("desk.*"):
        path.rename(path.with_name(f"ledger{path.name.removeprefix('desk')}"))


def _story(book: Book, folder: Path) -> None:
    page = folder / "page.txt"
    for number, name in enumerate((HIDDEN, NEXT)):
        page.write_text(f"{name} said that the ferry had been late. " * 40)
        source = book.source(f"Log book {number}", author=book.agent(name), note=f"As {name} has it.")
        desk.capture(book, source, read_file(page), Custody())
        book.evidence(book.claim(f"The ferry was late on day {number}."), source)
    trust.withhold(book, "tomas-vey", ("name",), "She asked.")


def _newsrooms(book: Book, folder: Path) -> None:
    """Merge a copy of a ledger; leave beside it a later one, and one of another newsroom."""
    copies = [folder / f"ledger.db.{name}" for name in ("earlier", "later", "other")]
    for copy in copies[:2]:
        book.claim(f"The ferry was late when the {copy.suffix[1:]} copy was made.")
        trust.publish(book.ledger, copy)
    with use_cases.start(folder / "other.db", origin="other.example", person="Ben Ito").ledger as other:
        Book(other).claim("The ferry was late on the day before.")
        trust.publish(other, copies[2])
    merged.merge(folder / "ledger.db.all", copies[:1])


def try_out(folder: Path, *, part: int, parts: int, careless: bool = False) -> CommandOutcome:
    """Meet one fault of so many, each in a fresh folder; `careless` looks for a name that publishing should show."""
    os.environ["FACTLEDGER_KEYS"] = str(folder / "run" / "keys")
    (folder / "run").mkdir(parents=True)
    prepare(folder / "beginnings", folder / "run" / "keys")
    outcome, tracer = CommandOutcome(), Tracer()
    sizes = {one.beginning: _size(folder / "beginnings" / one.beginning / "ledger.db") for one in VICTIMS}
    number, name = 0, NEXT if careless else HIDDEN
    for victim in VICTIMS[:1] if careless else VICTIMS:
        counts = _run(tracer, victim, folder, tuple(CALLS)).calls
        for call, fault, when in spread(CALLS, counts, MOST):
            number += 1
            if number % parts == part:
                inject = f"{call}:{fault}:when={when}{'+' if fault == FULL else ''}"
                ended = _run(tracer, victim, folder, (call,), inject)
                if ended.reached:
                    _look(victim, ended, folder / "run" / "ledger.db", sizes[victim.beginning], outcome, inject, name)
    tracer.close()
    return outcome


def _run(tracer: Tracer, victim: Victim, folder: Path, calls: tuple[str, ...], fault: str = "") -> Ended:
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(folder / "beginnings" / victim.beginning, run)
    return tracer.run([word.format(run / "ledger.db") for word in victim.command], run, calls, (), fault)


def _look(victim: Victim, ended: Ended, path: Path, size: int, outcome: CommandOutcome, what: str, name: str) -> None:
    outcome.count(ended)
    wrong = [] if victim.name == "merge" and _refused(ended) else list(manners(ended))
    lost = _size(path) < size or (victim.name == "desk" and kept(path) < len(set(ended.said) & set(STEPS)))
    wrong += judge(path, ()).problems
    shown = victim.name == "publish" and _shown(path, name)
    if victim.name == "publish":
        wrong += _published(path)
    if victim.name == "merge":
        wrong += _merged(path)
    if victim.name == "upgrade":
        wrong += _upgraded(path)
    wrong += goes_on(path)
    outcome.lost += lost
    outcome.bad += bool(wrong)
    outcome.shown += shown
    if (lost or wrong or (shown and name == HIDDEN)) and len(outcome.told) < 20:
        said = "; ".join([*wrong, *(["entries or steps are lost"] if lost else []), *(["it shows"] if shown else [])])
        outcome.told.append(f"{victim.name}, {what}: {said} (it ended with {ended.code}: {ended.last})")


def _published(path: Path) -> Iterator[str]:
    """Yield what is wrong with a published copy: it is whole or not there, and another can be made, without remains."""
    copy = path.with_name(path.name + ".public")
    if copy.exists():
        yield from (f"The copy: {problem.message}" for problem in audit.verify(copy).problems)
    try:
        with store.open_ledger(path, write=True) as ledger:
            trust.publish(ledger, path.with_name("again.public"))
    except LedgerError as error:
        yield f"It cannot be published again: {error}"
    yield from (f"{left.name} was left" for left in path.parent.glob("factledger-*"))


def _refused(ended: Ended) -> bool:
    """Return whether a merge named a copy that it could not take; it goes on with the others, and says so last."""
    named = any(line.startswith("REFUSED") for line in ended.complained.splitlines())
    return named and ended.code in ERRORS and "Traceback" not in ended.complained


def _merged(path: Path) -> Iterator[str]:
    """Yield what is wrong with a merged file: it is as it was or whole, the next merge goes on, and nothing is left."""
    out, *copies = (path.with_name(f"{path.name}.{one}") for one in ("all", "later", "other"))
    try:
        yield from (f"The merged file: {problem.message}" for problem in merged.verify(out).problems)
        outcome = merged.merge(out, copies)
        yield from (f"Refused: {refused.fault}" for refused in outcome.refused)
        report = merged.verify(out)
        if not report.sound or (report.heads, len(report.members)) != (3, 2):
            yield "The next merge did not make it whole."
    except LedgerError as error:
        yield f"It cannot be merged again: {error}"
    yield from (f"{left.name} was left" for left in path.parent.glob("factledger-*"))


def _shown(path: Path, name: str) -> bool:
    """Return whether a name stands in any file that is handed on."""
    words = name.encode()
    given = [path.with_name(path.name + ".public"), *path.with_suffix(".db.archive").rglob("*")]
    return any(words in one.read_bytes() for one in given if one.is_file())


def _upgraded(path: Path) -> Iterator[str]:
    """Yield what is wrong after an upgrade: the file is of the old format or of the new one, and can be brought on."""
    try:
        upgrade_file(path)
    except LedgerError as error:
        yield f"It cannot be upgraded any more: {error}"


def _size(path: Path) -> int:
    try:
        with store.open_ledger(path) as ledger:
            return queries.head(ledger.db).size
    except LedgerError:
        return -1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--one-in", type=int, default=1, help="Meet only one fault in so many.")
    parser.add_argument("--careless", action="store_true", help="Look for a name that was not withheld.")
    options = parser.parse_args()
    folder = Path(os.path.abspath(f"{options.folder}-{options.part}"))
    parts = options.parts * options.one_in
    done = try_out(folder, part=options.part, parts=parts, careless=options.careless)
    print(json.dumps(attrs.asdict(done)))


if __name__ == "__main__":
    main()
