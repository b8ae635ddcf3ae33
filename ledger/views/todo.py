"""What to do next: what open findings lack, by the one thing to do that settles most of them."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

import attrs

from ..model import Missing, MissingKind, Outcome
from ..store import queries
from ..store.queries import OpenFinding
from .steps import BLANK, BLANKS, FAMILIES, HOW

MOST_TASKS = 11
"""Things to do that are listed unless all are asked for."""


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
    """One thing to do: what, by which commands, and the findings that nothing else holds open then.

    Those of `settles` lack nothing more once what stands before it in the list is done too.
    """

    what: str
    steps: tuple[TaskStep, ...]
    settles: tuple[OpenFinding, ...]

    @property
    def claims(self) -> int:
        """How many claims are concerned."""
        return len({one.claim for one in self.settles if one.claim})

    def __str__(self) -> str:
        often = f" ({len(self.steps)} times)" if len(self.steps) > 1 else ""
        return f"{self.what}{often}"


@attrs.frozen
class Todo:
    """What is open: problems first, as findings; what to do, most useful first; and how much there is of it all."""

    findings: tuple[OpenFinding, ...]
    tasks: tuple[Task, ...]
    more: int = 0
    """Tasks that are not listed."""

    @cached_property
    def problems(self) -> tuple[OpenFinding, ...]:
        """What was found wrong, and the checks that did not run, of claims that nobody has decided yet."""
        return tuple(one for one in self.findings if one.outcome in (Outcome.FAIL, Outcome.ERROR))

    @property
    def claims(self) -> int:
        """How many claims something is open of."""
        return len({one.claim for one in self.findings if one.claim})


def todo(db: Any, claims: Collection[str] | None = None, *, most: int | None = MOST_TASKS) -> Todo:
    """Return what is open of a ledger, or of these claims (handles) alone, with at most so many tasks.

    A finding is open until what it lacks is there; one that lacks nothing, until a person has decided the claim.
    """
    found = [one for one in queries.open_findings(db) if claims is None or one.claim in claims]
    needs = [(one, _needs(one)) for one in found]
    open_ = [(one, needed) for one, needed in needs if needed or one.outcome is Outcome.ERROR]
    lacking = Lacking.of(db, open_)
    tasks = tuple(islice(lacking.tasks(), most))
    return Todo(tuple(one for one, _ in open_), tasks, len(lacking.steps) - len(tasks))


def _needs(one: OpenFinding) -> tuple[Missing, ...]:
    """Return what a finding lacks: where it does not say, or a person has to weigh it, a decision."""
    if one.outcome is Outcome.ERROR or not one.claim:
        return one.missing
    lacking = one.missing or (Missing(MissingKind.REVIEW, one.claim),)
    return tuple(lack for lack in lacking if lack.kind is not MissingKind.REVIEW or not one.decided)


Key = tuple[str, str, str]
"""What makes two steps one task: the kind of what is missing, the record or its kind, and the field."""


@attrs.frozen
class Lacking:
    """What open findings lack: those that lack just these things together; and how each of these is done."""

    findings: dict[frozenset[Key], list[OpenFinding]]
    steps: dict[Key, dict[TaskStep, None]]
    what: dict[Key, str]

    @classmethod
    def of(cls, db: Any, open_: Iterable[tuple[OpenFinding, tuple[Missing, ...]]]) -> Lacking:
        kinds = queries.kinds(db)
        found = cls({}, {}, {})
        for finding, needs in open_:
            told = [_step(one, kinds.get(one.record or "", ""), finding.claim) for one in needs]
            for key, what, step in told:
                found.what[key] = what
                found.steps.setdefault(key, {})[step] = None
            if told:
                found.findings.setdefault(frozenset(key for key, *_ in told), []).append(finding)
        return found

    def tasks(self) -> Iterator[Task]:
        """Yield what to do, each time that by which most findings lack nothing more."""
        done: set[Key] = set()
        while len(done) < len(self.steps):
            best = self._most_useful(done)
            done.add(best)
            settled = [one for keys, found in self.findings.items() if best in keys and keys <= done for one in found]
            yield Task(self.what[best], tuple(self.steps[best]), tuple(settled))

    def _most_useful(self, done: Collection[Key]) -> Key:
        """Return what settles most findings now; where nothing settles any, what most of them lack."""
        gain, wanted = Counter[Key](), Counter[Key]()
        for keys, found in self.findings.items():
            left = keys.difference(done)
            wanted.update(dict.fromkeys(left, len(found)))
            if len(left) == 1:
                gain[next(iter(left))] += len(found)
        return min(wanted, key=lambda key: (-gain[key], -wanted[key], key))


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
