"""Checking: what is looked at, what was found, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from .. import checks, plugins, views
from ..book.catalogue import Catalogue
from ..capture.fetch import fetch
from ..checks.executors import PATIENCE
from ..errors import EnvironmentFault, InputError
from ..exchange import read_marks, sarif_text
from ..model import Claim, Finding, Outcome, Verdict, Workflow
from ..partition import Executor
from ..plugins.introduction import survey
from ..policy import Policy, read_policy
from ..store import queries
from ..views import words
from ..views.words import GRAVEST_FIRST, LABEL
from .decide import signing
from .frame import (
    BROKEN,
    CLEAN,
    FINDINGS,
    SURROUNDINGS,
    coloured,
    command,
    one_line,
    policy_file,
    print_rows,
    progress,
    reading,
    row_options,
    say,
    writing,
)
from .thresholds import THRESHOLDS
from .todo import lines

COLOURS = {
    Outcome.FAIL: "red",
    Outcome.ERROR: "red",
    Outcome.WARN: "yellow",
    Outcome.ABSTAIN: "cyan",
    Outcome.PASS: "green",
}
"""On a terminal, beside the word."""


@command()
@click.argument("claims", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Check every claim again, changed or not.")
@click.option(
    "--online",
    is_flag=True,
    help="Also ask the outside world, for the checkers that say whom they ask; archive answers.",
)
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
@click.option("-o", "options", metavar="NAME=VALUE", multiple=True, help="An option of that executor.")
@click.option(
    "--patience",
    type=click.FloatRange(1),
    default=PATIENCE,
    show_default=True,
    help="Seconds in which that executor has to come back with a part of the work.",
)
@click.option("--sarif", metavar="FILE", help="Also write the findings as SARIF 2.1.0; - for stdout.")
@click.option("--story", "stories", metavar="FILE", multiple=True, help="With --sarif: name lines of this story file.")
@click.option("-v", "--verbose", is_flag=True, help="Say why, and what would settle it.")
@row_options
def check(
    claims: tuple[str, ...],
    everything: bool,
    online: bool,
    explain: bool,
    fail_on: str,
    policy: str | None,
    limit: float,
    workers: int | None,
    executor: str | None,
    options: tuple[str, ...],
    patience: float,
    sarif: str | None,
    stories: tuple[str, ...],
    verbose: bool,
    form: str | None,
) -> int:
    """Check these claims, or all that something has changed for, and record what is found.

    Without a name, those claims are checked that stand on what was entered or changed since the last run, and those
    whose findings only held for a time; the others need no checking, and --explain says why.

    Nothing leaves this machine without --online. With it, some checkers ask others about the named claims, or about
    all: `factledger checkers NAME` says what and whom, and `--online --explain` prints the addresses and sends nothing.
    What they answer is archived, and later checks find the same in it, offline.

    Exit codes: 1 if something at or above --fail-on is on record, 4 if a checker broke.

    Example: factledger check troop-offer
    """
    if everything and claims:
        raise InputError("--all means every claim.", hint="Name claims, or say --all.")
    if explain:
        return _explain_online(claims, policy, form) if online else _explain(claims, policy, form)
    outside, told = _executor(executor, options, policy)
    with writing() as book:
        checks.require_claims(book.ledger.db)
        handles = [book.find(Claim, claim).handle for claim in dict.fromkeys(claims)] or None
        with progress("Checking ... {:,} calls") as report:
            outcomes = checks.check(
                book,
                handles,
                everything=everything,
                policy=policy_file(policy),
                limit=limit,
                workers=workers,
                executor=outside,
                options=told,
                patience=patience,
                report=report,
                online=fetch if online else None,
            )
        if sarif:
            _write_sarif(book.ledger.db, outcomes, sarif, stories)
        if form:
            print_rows(_rows(outcomes), form)
        elif sarif != "-":
            each = verbose or claims or 0 < len(outcomes.plan.claims) <= FEWEST
            _tell(outcomes, verbose=verbose) if each else tell_state(book.ledger.db)
            _summarise(outcomes)
            _next(outcomes, book.ledger.db, read_policy(policy_file(policy)))
        _tell_network(outcomes, online=online)
        worst = outcomes.worst()
    for why in dict.fromkeys(why for _, why in outcomes.plan.anew):
        say(f"Code      {why} What it finds was made again.")
    if not outcomes.asked and Outcome.ERROR not in worst:
        say("Error: No checker is here, so nothing was checked. See: factledger plugins")
        return SURROUNDINGS
    if Outcome.ERROR in worst:
        return BROKEN
    return FINDINGS if worst & THRESHOLDS[fail_on] else CLEAN


def _executor(name: str | None, given: tuple[str, ...], policy: str | None) -> tuple[Executor | None, dict[str, str]]:
    """Return the executor of a name, and its options; raise InputError for one that it does not have."""
    if name is None:
        if given:
            raise InputError("-o is an option of an executor.", hint="Name one: --executor NAME")
        return None, {}
    there = survey(policy=policy_file(policy))
    card = there.found["executor"].get(name)
    if card is None:
        known = ", ".join(there.found["executor"]) or "none"
        faults = " ".join(f"{fault.plugin}: {fault.reason}" for fault in there.faults)
        raise InputError(f"No plugin brings an executor {name}.", hint=f"There are: {known}. {faults}".strip())
    options = dict(one.partition("=")[::2] for one in given)
    for option in options:
        if option not in card["options"]:
            known = ", ".join(card["options"]) or "none"
            raise InputError(f"The executor {name} has no option {option}.", hint=f"It has: {known}.")
    (plugin,) = [one.plugin for one in there.introductions if one.plugin.name == card["plugin"]]
    (executor,) = [one.executor for one in plugins.load(these=[plugin]).executors() if one.name == name]
    return executor, options


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


def _explain_online(claims: tuple[str, ...], policy: str | None, form: str | None) -> int:
    """Print whom --online would ask what; nothing is sent."""
    with reading() as ledger:
        named = [Catalogue(ledger).find(Claim, claim).handle for claim in dict.fromkeys(claims)] or None
        network, asked = checks.questions(ledger, named, policy=policy_file(policy))
    rows = [{"address": one.address, "checkers": ", ".join(one.checkers), "claims": len(one.claims)} for one in asked]
    print_rows(rows, form or "table", widths=(70, 24, 6))
    for name, what in network.items():
        say(f"Asks      {name} asks {what}.")
    say(f"{words.count(len(asked), 'address', 'addresses')} would be asked; nothing was sent.")
    if not network:
        say("No checker here asks the outside world.")
    return CLEAN


def _tell_network(outcomes: checks.Outcomes, *, online: bool) -> None:
    """Say who was asked and what came of it, or which checkers were not asked for want of an answer."""
    came = sum(not one.why for one in outcomes.addresses)
    if came:
        say(f"Online    {words.count(came, 'answer')} archived; later checks need no network for them.")
    for one in outcomes.addresses:
        if one.why:
            say(f"{'No answer' if one.sent else 'Not asked'} {one_line(one.address)}: {one_line(one.why)}")
    for name, claims in outcomes.unasked.items():
        about = words.count(len(claims), "claim")
        if online:
            say(f"Not known {name} has no answer about {about}, and says nothing of it.")
        else:
            say(f"Not asked {name}, about {about}: it asks others, and only by factledger check --online")
            say(f"          It asks {outcomes.network[name]}.")
    if online and not outcomes.network:
        say("Online    No checker here asks the outside world, so nobody was asked. See: factledger checkers")


def _rows(outcomes: checks.Outcomes) -> Iterator[dict[str, object]]:
    """Yield a row for each finding: a large ledger has millions."""
    for subject, found in outcomes.by_subject():
        for one in found:
            finding = one.finding
            yield {
                "subject": subject,
                "checker": one.checker,
                "outcome": finding.outcome.value,
                "code": finding.code,
                "reason": finding.reason,
                "fix": finding.fix,
            }


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

    What several checkers say in the same words is one line.
    """
    idle = outcomes.idle
    headed = len(list(islice(outcomes.by_subject(), 2))) > 1
    for number, (subject, found) in enumerate(outcomes.by_subject()):
        if headed:
            click.echo(("\n" if number else "") + subject)
        mine = [(one.checker, one.finding) for one in found]
        shown = [one for one in _folded(mine) if verbose or not one[1].outcome.quiet]
        width = max((len(checker) for checkers, _ in shown for checker in checkers), default=0)
        for checkers, finding in shown:
            _line(checkers, finding, width, idle.get(checkers[0]), verbose=verbose)
        fine = [] if verbose else [checker for checker, finding in mine if finding.outcome is Outcome.PASS]
        if fine:
            indent, names = " " * 12, ", ".join(dict.fromkeys(fine))
            names = fill(names, 100, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            click.echo(f"{LABEL[Outcome.PASS]:<12}{names.lstrip()}")


def _folded(found: Sequence[tuple[str, Finding]]) -> list[tuple[list[str], Finding]]:
    """Return each thing that is said with those who say it, gravest first."""
    said: dict[tuple[Outcome, str], tuple[list[str], Finding]] = {}
    for checker, finding in sorted(found, key=lambda item: GRAVEST_FIRST.index(item[1].outcome)):
        said.setdefault((finding.outcome, finding.reason), ([], finding))[0].append(checker)
    return list(said.values())


FEWEST = 3
"""Claims up to which each finding is told; of more, what is open in the ledger, and what to do about it."""

MOST_TASKS = 4


def tell_state(db: Any) -> None:
    """Print what is wrong, then what to do next, in a dozen lines; how much is open goes to stderr."""
    found = views.todo(db, most=MOST_TASKS)
    width = max((len(one.claim or "the ledger") for one in found.problems), default=0)
    for one in found.problems:
        more = f" (and {words.count(one.count - 1, 'more problem')})" if one.count > 1 else ""
        click.echo(f"{label(one.outcome)}{one.claim or 'the ledger':<{width}}  {one_line(one.reason)}{more}")
    if found.problematic > len(found.problems):
        more = words.count(found.problematic - len(found.problems), "more claim")
        click.echo(f"{'':<12}and problems in {more}: factledger list findings --outcome fail")
    if found.tasks:
        click.echo("\nNext, and how many findings it settles, in how many claims:")
        for line in lines(found):
            click.echo(line)
    told = ", ".join(
        words.counted(outcome, found.open[outcome])
        for outcome in (Outcome.FAIL, *words.LEFT_OPEN)
        if found.open[outcome]
    )
    say(f"Open      {told or 'nothing'}.")


def label(outcome: Outcome) -> str:
    """Return how an outcome heads a line, twelve characters wide."""
    return coloured(f"{LABEL[outcome]:<12}", COLOURS.get(outcome, ""))


def _line(checkers: Sequence[str], finding: Finding, width: int, idle: str | None, *, verbose: bool) -> None:
    """Print what one checker says, or several; of those the first stands before it, and the others behind."""
    since = f" ({words.idle(idle)})" if idle else ""
    also = f" (also {', '.join(checkers[1:])})" if len(checkers) > 1 else ""
    click.echo(f"{label(finding.outcome)}{checkers[0]:<{width}}  {one_line(finding.reason)}{also}{since}")
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


def _next(outcomes: checks.Outcomes, db: Any, policy: Policy) -> None:
    looked_at = set(outcomes.plan.claims)
    undecided = queries.each_row(db, "claims", verdict=Verdict.UNCHECKED.value)
    standing = (row["id"] for row in undecided if row["workflow"] not in (Workflow.SUPERSEDED, Workflow.RETRACTED))
    waiting = [handle for handle in standing if handle in looked_at] if looked_at else []
    if len(waiting) == 1:
        say(f"Nobody has decided this claim. Next: factledger review {waiting[0]}")
    elif waiting:
        say(f"\n{len(waiting):,} claims are not decided. Next: factledger review {waiting[0]}")
    unsigned = [handle for handle in queries.unsigned(db, policy.second) if handle in looked_at]
    if unsigned:
        claims = "1 decided claim waits" if len(unsigned) == 1 else f"{len(unsigned):,} decided claims wait"
        say(f"{claims} for a second person. Next: {signing(unsigned[0])}")


COMMANDS = (check,)
