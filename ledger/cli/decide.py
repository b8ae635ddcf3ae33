"""Commands that decide: check, review, correct, supersede, retract, settle."""

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
from ..model import Agent, Claim, Finding, InquiryState, LinkState, Outcome, Source, Verdict
from ..policy import Policy, read_policy
from ..store import queries
from ..views import words
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
    """Print findings by subject, gravest first, and what passed by name alone.

    Of several claims, what is said of most is said once, at the end.
    """
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    few = len(outcomes.plan.claims) <= MANY
    shown = [item for item in outcomes.found if few or verbose or item[2].outcome in NEEDS_SOMEBODY]
    headed = len({subject for subject, *_ in shown}) > 1
    alike = Counter() if verbose or not headed else Counter((checker, one.reason) for _, checker, one in shown)
    often = {said for said, times in alike.items() if times > max(2, len(outcomes.plan.claims) // 2)}
    told = [checker for _, checker, finding in shown if verbose or finding.outcome is not Outcome.PASS]
    width = max(map(len, told), default=0)
    for number, (subject, found) in enumerate(groupby(shown, key=lambda item: item[0])):
        if headed:
            click.echo(("\n" if number else "") + subject)
        mine = [(checker, finding) for _, checker, finding in found if (checker, finding.reason) not in often]
        fine = [] if verbose else [checker for checker, finding in mine if finding.outcome is Outcome.PASS]
        for checker, finding in sorted(mine, key=lambda item: GRAVEST_FIRST.index(item[1].outcome)):
            if verbose or finding.outcome is not Outcome.PASS:
                _line(checker, finding, width, outcomes.idle, verbose=verbose)
        if fine:
            names = fill(", ".join(dict.fromkeys(fine)), 100, initial_indent=" " * 12, subsequent_indent=" " * 12)
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
        say(f"{claims} for a second person. Next: {_signing(unsigned[0])}")


def _signing(handle: str) -> str:
    return f"factledger review {handle} --second --by NAME"


@command()
@click.argument("claim")
@click.argument("verdict", required=False, type=click.Choice([v.value for v in Verdict if v is not Verdict.UNCHECKED]))
@click.option("--because", metavar="REASONS", help="Why; readers will see it.")
@click.option("--by", metavar="AGENT", help="Who decides (default: who began the ledger).")
@click.option("--label", metavar="WORDS", help="The house's own words; one of its policy says the verdict too.")
@click.option("--second", is_flag=True, help="Sign the verdict that stands, as a second person.")
def review(
    claim: str, verdict: str | None, because: str | None, by: str | None, label: str | None, second: bool
) -> None:
    """Decide a claim: a verdict with reasons, by a person.

    Example: factledger review troop-offer not_enough_evidence --because "Only one participant says so."
    """
    with writing() as book:
        about = book.find(Claim, claim)
        person = book.find(Agent, by) if by else None
        if second:
            made = book.second(about, because or "Agreed.", reviewer=person)
            say(f"Signed    {about.handle}: {words.VERDICT[made.verdict]}")
            return
        policy = read_policy(policy_file(None))
        verdict = _of_label(policy, label, verdict)
        if verdict is None or because is None:
            missing = "a verdict" if verdict is None else "reasons"
            raise InputError(
                f"A decision needs {missing}.",
                where=about.handle,
                hint=f'Write: factledger review {about.handle} VERDICT --because "..."; '
                f"VERDICT is one of {', '.join(v.value for v in Verdict if v is not Verdict.UNCHECKED)}.",
            )
        book.review(about, Verdict(verdict), because, reviewer=person, label=label)
        say(f"Decided   {about.handle}: {_both(label, words.VERDICT[Verdict(verdict)])}")
        if verdict in policy.second:
            say(f"Waits     for a second person: {_signing(about.handle)}")


def _both(label: str | None, verdict: str) -> str:
    return f"{label} ({verdict})" if label and label.casefold() != verdict.casefold() else verdict


def _of_label(policy: Policy, label: str | None, verdict: str | None) -> str | None:
    """Return the verdict that a house's label stands for; raise InputError if another is given, or it is unknown."""
    labels = {name.casefold(): meant.value for name, meant in policy.labels.items()}
    meant = labels.get((label or "").casefold())
    if meant is not None and verdict not in (None, meant):
        raise InputError(f"In this house “{label}” means {meant}, not {verdict}.", where="--label", hint="Give one.")
    if label and labels and meant is None:
        hint = f"It has: {', '.join(policy.labels)}."
        raise InputError(f"The house's policy has no label “{label}”.", where="--label", hint=hint)
    return meant or verdict


@command()
@click.argument("record")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def correct(record: str, changes: tuple[str, ...], because: str) -> None:
    """Correct a record's fields; what it said before stays readable. FIELD= empties a field.

    Example: factledger correct wsj-report published=2025-05-02 --because "The year is on its page."
    """
    fields: dict[str, str | None] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise InputError(f"{change!r} is no correction.", where=record, hint="Write FIELD=VALUE.")
        fields[name.replace("-", "_")] = value or None
    with writing() as book:
        book.correct(record, fields, because)
        say(f"Corrected {record}. What it said before: factledger history {record}")


@command()
@click.argument("record")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def retract(record: str, because: str) -> None:
    """Say that a record no longer stands; it stays readable.

    Example: factledger retract wsj-report --because "The paper withdrew it."
    """
    with writing() as book:
        gone = book.retract(record, because)
        more = f"What stood on it: factledger impact {record}" if isinstance(gone, Source) else "It stays readable."
        say(f"Retracted {record}. {more}")


@command()
@click.argument("record")
@click.option("--by", required=True, metavar="RECORD", help="The record that takes its place.")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def supersede(record: str, by: str, because: str) -> None:
    """Say that another record takes this one's place.

    Example: factledger supersede troop-offer --by troop-offer-2 --because "The wording was ambiguous."
    """
    with writing() as book:
        book.supersede(record, by, because)
        say(f"Superseded {record} by {by}.")


STATES = {state.value: state for vocabulary in (LinkState, InquiryState) for state in vocabulary}


@command()
@click.argument("record")
@click.argument("state", type=click.Choice(list(STATES)))
@click.option("--because", required=True, metavar="WHY")
def settle(record: str, state: str, because: str) -> None:
    """Confirm or reject a link, or give an inquiry its outcome.

    Example: factledger settle asked-white-house answered --because "They called back on Monday."
    """
    with writing() as book:
        book.settle(record, STATES[state], because)
        say(f"Settled   {record}: {state}")


COMMANDS = (check, review, correct, supersede, retract, settle)
