"""Checking: what is looked at, what was found, and what comes next."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from .. import checks, plugins
from ..catalogue import Catalogue
from ..errors import EnvironmentFault, InputError
from ..exchange import read_marks, sarif_text
from ..model import Claim, Finding, Outcome, Verdict
from ..policy import Policy, read_policy
from ..store import queries
from ..views import words
from .decide import signing
from .frame import (
    BROKEN,
    CLEAN,
    FINDINGS,
    command,
    one_line,
    policy_file,
    print_rows,
    reading,
    row_options,
    say,
    writing,
)

LABEL = {
    Outcome.FAIL: "PROBLEM",
    Outcome.ERROR: "DID NOT RUN",
    Outcome.WARN: "LOOK",
    Outcome.ABSTAIN: "CAN'T TELL",
    Outcome.PASS: "NO PROBLEM",
    Outcome.NOT_APPLICABLE: "NOTHING",
}
GRAVEST_FIRST = list(words.OUTCOME)
NEEDS_SOMEBODY = (Outcome.FAIL, Outcome.ERROR)
THRESHOLDS = {
    "fail": {Outcome.FAIL},
    "warn": {Outcome.FAIL, Outcome.WARN},
    "abstain": {Outcome.FAIL, Outcome.WARN, Outcome.ABSTAIN},
    "never": set(),
}


Item = tuple[str, str, Finding]

MANY = 40
"""Claims in one answer from which on only what needs somebody is printed."""


@command()
@click.argument("claims", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Check every claim again, changed or not.")
@click.option("--explain", is_flag=True, help="Say what would be checked now, and why; check nothing.")
@click.option("--fail-on", type=click.Choice(list(THRESHOLDS)), default="fail", show_default=True, help="What exits 1.")
@click.option("--policy", metavar="FILE", help="The house's rules [default: LEDGER.policy.toml, or factledger's own].")
@click.option(
    "--limit", type=click.FloatRange(0.1, 3600), default=checks.LIMIT, show_default=True, help="Seconds a call."
)
@click.option(
    "--workers", type=click.IntRange(1, 256), help="How many work at once [default: one, or one a processor]."
)
@click.option("--executor", metavar="NAME", help="An executor that a plugin brings, in place of processes here.")
@click.option("--sarif", metavar="FILE", help="Also write the findings as SARIF 2.1.0; - for stdout.")
@click.option("--story", "stories", metavar="FILE", multiple=True, help="With --sarif: name lines of this story file.")
@click.option("-v", "--verbose", is_flag=True, help="Say why, and what would settle it.")
@row_options
def check(
    claims: tuple[str, ...],
    everything: bool,
    explain: bool,
    fail_on: str,
    policy: str | None,
    limit: float,
    workers: int | None,
    executor: str | None,
    sarif: str | None,
    stories: tuple[str, ...],
    verbose: bool,
    form: str | None,
) -> int:
    """Check these claims, or all that something has changed for, and record what is found.

    Without a name, those claims are checked that stand on what was entered or changed since the last run, and those
    whose findings only held for a time; the others need no checking, and --explain says why.

    Exit codes: 1 if something at or above --fail-on is on record, 4 if a checker broke.

    Example: factledger check troop-offer
    """
    if everything and claims:
        raise InputError("--all means every claim.", hint="Name claims, or say --all.")
    if explain:
        return _explain(claims, policy, form)
    with writing() as book:
        checks.require_claims(book.ledger.db)
        handles = [book.find(Claim, claim).handle for claim in dict.fromkeys(claims)] or None
        outcomes = checks.check(
            book,
            handles,
            everything=everything,
            policy=policy_file(policy),
            limit=limit,
            workers=workers,
            executor=_executor(executor),
            report=_progress(),
        )
        if sarif:
            _write_sarif(book.ledger.db, outcomes, sarif, stories)
        if form:
            print_rows(_rows(outcomes), form)
        elif sarif != "-":
            _tell(outcomes, verbose=verbose)
            _summarise(outcomes)
            _next(outcomes, book.ledger.db, read_policy(policy_file(policy)))
        worst = outcomes.worst()
    if Outcome.ERROR in worst:
        return BROKEN
    return FINDINGS if worst & THRESHOLDS[fail_on] else CLEAN


def _executor(name: str | None) -> checks.Executor | None:
    if name is None:
        return None
    there = {one.name: one for one in plugins.load().executors()}
    if name not in there:
        raise InputError(f"No plugin brings an executor {name}.", hint=f"There are: {', '.join(there) or 'none'}.")
    found: checks.Executor = there[name]
    return found


def _explain(claims: tuple[str, ...], policy: str | None, form: str | None) -> int:
    with reading() as ledger:
        plan = checks.explain(ledger, policy=policy_file(policy))
        named = [Catalogue(ledger).find(Claim, claim).handle for claim in dict.fromkeys(claims)] or list(plan.claims)
        since = f"since {plan.since} of {one_line(words.instant(plan.since_at))}" if plan.since else ""
        rows = [
            {
                "claim": handle,
                "checked": "would be" if handle in plan.why else "would not be",
                "why": plan.why.get(handle, f"Nothing that it stands on was entered or changed {since}."),
            }
            for handle in named
        ]
        print_rows(rows, form or "table")
        say(f"{len(plan.claims):,} of {plan.total:,} claims would be checked.")
        if len(plan.claims) < plan.total:
            say(f"Nothing that the others stand on was entered or changed {since}.")
    return CLEAN


def _progress() -> checks.Report:
    shown = sys.stderr.isatty()

    def report(count: int) -> None:
        if shown:
            click.echo(f"\rChecking ... {count:,} calls", err=True, nl=False)

    return report


def _rows(outcomes: checks.Outcomes) -> list[dict[str, object]]:
    return [
        {
            "subject": subject,
            "checker": checker,
            "outcome": finding.outcome.value,
            "code": finding.code,
            "reason": finding.reason,
            "fix": finding.fix,
        }
        for subject, checker, finding in outcomes.found
    ]


def _write_sarif(db: Any, outcomes: checks.Outcomes, target: str, stories: tuple[str, ...]) -> None:
    places = {name: place for story in stories for name, place in read_marks(Path(story)).places.items()}
    text = sarif_text(db, None if outcomes.plan.covers else [checks.LEDGER, *outcomes.plan.claims], places=places)
    if target == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {target}: {error.strerror}.", hint="The findings are recorded.") from None


def _tell(outcomes: checks.Outcomes, *, verbose: bool) -> None:
    """Print findings by subject, gravest first; what passed by name alone, what had nothing to look at not at all.

    Of several claims, what is said of most is said once, at the end.
    """
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    few = len(outcomes.plan.claims) <= MANY
    shown = [item for item in outcomes.found if few or verbose or item[2].outcome in NEEDS_SOMEBODY]
    headed = len({subject for subject, *_ in shown}) > 1
    alike = Counter() if verbose or not headed else Counter((checker, one.reason) for _, checker, one in shown)
    often = {said for said, times in alike.items() if times > max(2, len(outcomes.plan.claims) // 2)}
    told = [checker for _, checker, finding in shown if verbose or not finding.outcome.quiet]
    width = max(map(len, told), default=0)
    for number, (subject, found) in enumerate(groupby(shown, key=lambda item: item[0])):
        if headed:
            click.echo(("\n" if number else "") + subject)
        mine = [(checker, finding) for _, checker, finding in found if (checker, finding.reason) not in often]
        fine = [] if verbose else [checker for checker, finding in mine if finding.outcome is Outcome.PASS]
        for checker, finding in sorted(mine, key=lambda item: GRAVEST_FIRST.index(item[1].outcome)):
            if verbose or not finding.outcome.quiet:
                _line(checker, finding, width, outcomes.idle, verbose=verbose)
        if fine:
            indent, names = " " * 12, ", ".join(dict.fromkeys(fine))
            names = fill(names, 100, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            click.echo(f"{LABEL[Outcome.PASS]:<12}{names.lstrip()}")
    if often:
        click.echo("\nof most claims")
        for _, checker, finding in _same(shown, often):
            _line(checker, finding, width, outcomes.idle, verbose=verbose)


def _same(shown: list[Item], often: set[tuple[str, str]]) -> list[Item]:
    """Return one finding for each thing that is said often, gravest first."""
    first = {(checker, one.reason): (subject, checker, one) for subject, checker, one in reversed(shown)}
    return sorted((first[said] for said in often), key=lambda item: (GRAVEST_FIRST.index(item[2].outcome), item[1]))


def _line(checker: str, finding: Finding, width: int, idle: Mapping[str, str], *, verbose: bool) -> None:
    since = f" ({words.idle(idle[checker])})" if checker in idle else ""
    click.echo(f"{LABEL[finding.outcome]:<12}{checker:<{width}}  {one_line(finding.reason)}{since}")
    if verbose:
        for line in (*finding.details, *([f"To settle it: {finding.fix}"] if finding.fix else [])):
            click.echo(f"{'':<12}{'':<{width}}  - {one_line(line)}")


def _summarise(outcomes: checks.Outcomes) -> None:
    """Say how much was looked at, where not everything was."""
    plan = outcomes.plan
    if outcomes.links:
        first = outcomes.links[0]
        say(f"{words.count(len(outcomes.links), 'link')} detected that nobody declared. See: factledger show {first}")
        say(f"Then: factledger settle {first} confirmed (or rejected) --because ...")
    if not plan.covers:
        return
    rest = plan.total - len(plan.claims)
    if rest:
        say(
            f"{words.count(len(plan.claims), 'claim')} looked at; nothing that the other {rest:,} stand on has changed "
            f"since {words.instant(plan.since_at)}."
        )
    if len(plan.claims) > MANY or not plan.claims:
        counts = outcomes.counts()
        on_record = ", ".join(
            f"{counts[outcome]:,} {LABEL[outcome].lower()}" for outcome in GRAVEST_FIRST if counts.get(outcome)
        )
        say(f"On record: {on_record or 'no finding'}.")


def _next(outcomes: checks.Outcomes, db: Any, policy: Policy) -> None:
    looked_at = set(outcomes.plan.claims)
    undecided = [row["id"] for row in queries.rows(db, "claims", verdict=Verdict.UNCHECKED.value)]
    waiting = [handle for handle in undecided if handle in looked_at]
    if len(waiting) == 1:
        say(f"Nobody has decided this claim. Next: factledger review {waiting[0]}")
    elif waiting:
        say(f"\n{len(waiting):,} claims are not decided. Next: factledger review {waiting[0]}")
    unsigned = [handle for handle in queries.unsigned(db, policy.second) if handle in looked_at]
    if unsigned:
        claims = "1 decided claim waits" if len(unsigned) == 1 else f"{len(unsigned):,} decided claims wait"
        say(f"{claims} for a second person. Next: {signing(unsigned[0])}")


COMMANDS = (check,)
