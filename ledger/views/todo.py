"""What to do next: what open findings lack, by the one thing to do that settles most of them."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import islice
from typing import Any

import attrs

from ..model import Missing, MissingKind, Outcome
from ..store import queries, scratch_database
from ..store.queries import OpenFinding
from .steps import BLANK, BLANKS, FAMILIES, HOW

MOST_TASKS = 11
"""Things to do that are listed unless all are asked for."""

MOST_PROBLEMS = 6
"""Claims of which problems are told."""

AGAIN = 1_024
"""Things lacking that are remembered: findings of a claim come together, and lack the same."""


@attrs.frozen
class TaskStep:
    """One command of factledger, a word at a time; words such as DATE in it are for a person to fill in."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        """The command as it is pasted into a shell."""
        return " ".join(("factledger", *(_shown(word) for word in self.words)))

    @property
    def blanks(self) -> tuple[str, ...]:
        """The words to fill in, in order."""
        return tuple(dict.fromkeys(blank for word in self.words for blank in BLANK.findall(word)))

    def filled(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """Return the command with what was given in place of its blanks."""
        return tuple(BLANK.sub(lambda found: given[found[0]], word) for word in self.words)


@attrs.frozen
class Task:
    """One thing to do: what, by how many commands, and how many findings nothing else holds open then.

    Those that it settles, in so many claims, lack nothing more once what stands before it in the list is done too.
    `steps` are its commands, or the first of them. `_lacking` are the numbers of what these findings lack.
    """

    what: str
    times: int
    steps: tuple[TaskStep, ...]
    settles: int
    claims: int
    _lacking: tuple[int, ...] = attrs.field(repr=False)

    def __str__(self) -> str:
        often = f" ({self.times} times)" if self.times > 1 else ""
        return f"{self.what}{often}"


@attrs.frozen
class ClaimProblems:
    """What was found wrong with a claim ("" is the ledger), and checks that did not run: the gravest, and how many."""

    claim: str
    outcome: Outcome
    reason: str
    count: int


@attrs.frozen
class Todo:
    """What is open: how many findings of each outcome, in how many claims; what to do about it, most useful first.

    `problematic` claims have problems, of which the first are told; `more` tasks are not listed.
    """

    open: Mapping[Outcome, int]
    claims: int
    problems: tuple[ClaimProblems, ...]
    problematic: int
    tasks: tuple[Task, ...]
    more: int = 0


def todo(
    db: Any, claims: Collection[str] | None = None, *, most: int | None = MOST_TASKS, steps: int | None = 1
) -> Todo:
    """Return what is open of a ledger, or of these claims (handles) alone: at most so many tasks, and steps of each.

    A finding is open until what it lacks is there; one that lacks nothing, until a person has decided the claim.
    """
    with closing(Lacking(db, claims)) as lacking:
        tasks = tuple(islice(lacking.tasks(steps), most))
        problems, problematic = lacking.problems(MOST_PROBLEMS)
        return Todo(lacking.open, lacking.claims(), problems, problematic, tasks, lacking.things - len(tasks))


def _needs(one: OpenFinding) -> tuple[Missing, ...]:
    """Return what a finding lacks: where it does not say, or a person has to weigh it, a decision."""
    if one.outcome is Outcome.ERROR or not one.claim:
        return one.missing
    lacking = one.missing or (Missing(MissingKind.REVIEW, one.claim),)
    return tuple(lack for lack in lacking if lack.kind is not MissingKind.REVIEW or not one.decided)


Key = tuple[str, str, str]
"""What makes two steps one task: the kind of what is missing, the record or its kind, and the field."""

SCHEMA = """
CREATE TABLE thing (
  number INTEGER PRIMARY KEY, kind TEXT, apart TEXT, field TEXT, what TEXT, UNIQUE (kind, apart, field)
);
CREATE TABLE step (thing INTEGER, command TEXT, UNIQUE (thing, command));
CREATE TABLE finding (number INTEGER PRIMARY KEY, claim TEXT, checker TEXT, outcome TEXT, reason TEXT, lacks INTEGER);
CREATE INDEX finding_lacks ON finding (lacks, claim);
"""
"""What can be lacking; how it is done; and the open findings, with the number of what they lack together."""


class Lacking:
    """What open findings lack: those that lack just these things together; and how each of these is done.

    Only numbers of it are in memory: a large ledger has more open than that holds.
    """

    def __init__(self, db: Any, claims: Collection[str] | None = None) -> None:
        self._db, self._list = db, scratch_database(SCHEMA)
        self._numbers: dict[frozenset[int], int] = {}
        self._counts = Counter[int]()
        self._known = lru_cache(AGAIN)(self._thing)
        self.open = Counter[Outcome]()
        for one in queries.open_findings(db):
            if claims is None or one.claim in claims:
                self._add(one, _needs(one))
        ranked = self._list.execute("SELECT number FROM thing ORDER BY kind, apart, field")
        self._rank = {number: rank for rank, (number,) in enumerate(ranked)}

    def close(self) -> None:
        self._list.close()

    def _add(self, one: OpenFinding, needs: Sequence[Missing]) -> None:
        if not needs and one.outcome is not Outcome.ERROR:
            return
        self.open[one.outcome] += 1
        lacks = frozenset(self._known(lack, one.claim) for lack in needs)
        number = self._numbers.setdefault(lacks, len(self._numbers)) if lacks else None
        if number is not None:
            self._counts[number] += 1
        row = (one.claim, one.checker, one.outcome, one.reason, number)
        self._list.execute("INSERT INTO finding (claim, checker, outcome, reason, lacks) VALUES (?, ?, ?, ?, ?)", row)

    def _thing(self, lack: Missing, claim: str) -> int:
        key, what, step = _step(lack, queries.kind_of(self._db, lack.record or ""), claim)
        self._list.execute(
            "INSERT INTO thing (kind, apart, field, what) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, apart, field) DO UPDATE SET what = excluded.what",
            (*key, what),
        )
        number = self._number("SELECT number FROM thing WHERE kind = ? AND apart = ? AND field = ?", *key)
        self._list.execute("INSERT OR IGNORE INTO step VALUES (?, ?)", (number, json.dumps(step.words)))
        return number

    @property
    def things(self) -> int:
        """How many things are lacking."""
        return len(self._rank)

    def claims(self) -> int:
        """Return how many claims something is open of."""
        return self._number("SELECT count(DISTINCT claim) FROM finding WHERE claim > ''")

    def problems(self, most: int) -> tuple[tuple[ClaimProblems, ...], int]:
        """Return the gravest problems of at most so many claims that nobody has decided yet, and how many have any."""
        wrong = f"FROM finding WHERE outcome IN ('{Outcome.FAIL}', '{Outcome.ERROR}')"
        found = self._list.execute(
            f"SELECT claim, outcome, reason, count(*), min(number) {wrong} GROUP BY claim ORDER BY 5 LIMIT ?", (most,)
        )
        first = tuple(ClaimProblems(claim, Outcome(outcome), *told) for claim, outcome, *told, _ in found)
        return first, self._number(f"SELECT count(DISTINCT claim) {wrong}")

    def tasks(self, steps: int | None = None) -> Iterator[Task]:
        """Yield what to do, each time that by which most findings lack nothing more, with at most so many steps."""
        done: set[int] = set()
        while len(done) < self.things:
            best = self._most_useful(done)
            done.add(best)
            settled = [number for lacks, number in self._numbers.items() if best in lacks and lacks <= done]
            (what,) = self._list.execute("SELECT what FROM thing WHERE number = ?", (best,)).fetchone()
            yield Task(
                what,
                self._number("SELECT count(*) FROM step WHERE thing = ?", best),
                tuple(islice(self._steps(best), steps)),
                sum(self._counts[number] for number in settled),
                self._number(f"SELECT count(DISTINCT claim) {_OF} AND claim > ''", json.dumps(settled)),
                tuple(settled),
            )

    def settled(self, task: Task) -> Iterator[tuple[str, str, str]]:
        """Yield (claim, checker, reason) of the findings that a task settles."""
        yield from self._list.execute(f"SELECT claim, checker, reason {_OF}", (json.dumps(task._lacking),))

    def _steps(self, thing: int) -> Iterator[TaskStep]:
        found = self._list.execute("SELECT command FROM step WHERE thing = ? ORDER BY rowid", (thing,))
        return (TaskStep(tuple(json.loads(command))) for (command,) in found)

    def _number(self, sql: str, *given: Any) -> int:
        """Return the one number that a query finds."""
        return int(self._list.execute(sql, given).fetchone()[0])

    def _most_useful(self, done: Collection[int]) -> int:
        """Return what settles most findings now; where nothing settles any, what most of them lack."""
        gain, wanted = Counter[int](), Counter[int]()
        for lacks, number in self._numbers.items():
            left = lacks.difference(done)
            wanted.update(dict.fromkeys(left, self._counts[number]))
            if len(left) == 1:
                gain[next(iter(left))] += self._counts[number]
        return min(wanted, key=lambda one: (-gain[one], -wanted[one], self._rank[one]))


_OF = "FROM finding WHERE lacks IN (SELECT value FROM json_each(?))"


def _step(one: Missing, kind: str, claim: str) -> tuple[Key, str, TaskStep]:
    """Return the task that a missing thing belongs to, what that is called, and the command."""
    form = HOW.get((one.kind, kind, one.field)) or HOW[one.kind, "", ""]
    fields = {"id": one.record or "", "claim": claim or one.record or "", "field": one.field}
    fields["words"] = one.field.replace("_", " ")
    step = TaskStep(tuple(word.format_map(fields) for word in form.command))
    apart = "" if kind in FAMILIES else one.record or ""
    return (form.what, apart, one.field if form.generic else ""), form.what.format_map(fields), step


def _shown(word: str) -> str:
    if word == "WHY":
        return '"..."'
    return word if BLANK.search(word) else shlex.quote(word)


def question(blank: str) -> str:
    """Return what to ask a person for a blank of a command."""
    return BLANKS[blank]
