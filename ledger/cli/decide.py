"""Commands that decide: check, review, correct, supersede, retract, settle."""

from __future__ import annotations

import sys

import click

from .. import checks
from ..errors import InputError
from ..model import Agent, Claim, InquiryState, LinkState, Outcome, Source, Verdict
from ..store import queries
from ..views import words
from .frame import BROKEN, CLEAN, FINDINGS, command, one_line, print_rows, row_options, say, writing

LABEL = {
    Outcome.FAIL: "PROBLEM",
    Outcome.ERROR: "DID NOT RUN",
    Outcome.WARN: "LOOK",
    Outcome.ABSTAIN: "CAN'T TELL",
    Outcome.PASS: "NO PROBLEM",
}
GRAVEST_FIRST = list(words.OUTCOME)
THRESHOLDS = {
    "fail": {Outcome.FAIL},
    "warn": {Outcome.FAIL, Outcome.WARN},
    "abstain": {Outcome.FAIL, Outcome.WARN, Outcome.ABSTAIN},
    "never": set(),
}


@command()
@click.argument("claims", nargs=-1)
@click.option("--fail-on", type=click.Choice(list(THRESHOLDS)), default="fail", show_default=True, help="What exits 1.")
@click.option(
    "--limit", type=click.FloatRange(0.1, 3600), default=checks.LIMIT, show_default=True, help="Seconds a call."
)
@click.option("-v", "--verbose", is_flag=True, help="Say why, and what would settle it.")
@row_options
def check(claims: tuple[str, ...], fail_on: str, limit: float, verbose: bool, form: str | None) -> int:
    """Run the checkers on these claims, or on all, and record what they find.

    Exit codes: 1 if something at or above --fail-on was found, 4 if a checker broke.

    Example: factledger check troop-offer
    """
    with writing() as book:
        handles = [book.find(Claim, claim).handle for claim in dict.fromkeys(claims)] or None
        if handles is None and not queries.rows(book.ledger.db, "claims"):
            raise InputError("There is no claim to check.", hint="Enter one: factledger add")
        outcomes = checks.check(book, handles, limit=limit, report=_progress())
        if form:
            print_rows(_rows(outcomes), form)
        else:
            _tell(outcomes, verbose=verbose, headed=len({subject for subject, *_ in outcomes.found}) > 1)
            undecided = [row["id"] for row in queries.rows(book.ledger.db, "claims", verdict=Verdict.UNCHECKED.value)]
            _next(outcomes, undecided)
    worst = outcomes.worst()
    if Outcome.ERROR in worst:
        return BROKEN
    return FINDINGS if worst & THRESHOLDS[fail_on] else CLEAN


def _progress() -> checks.Report:
    shown = sys.stderr.isatty()

    def report(size: int) -> None:
        if shown:
            click.echo(f"\rChecking ... {size:,} bytes of findings", err=True, nl=False)

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


def _tell(outcomes: checks.Outcomes, *, verbose: bool, headed: bool) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    width = max((len(checker) for _, checker, _ in outcomes.found), default=0)
    subjects = dict.fromkeys(subject for subject, *_ in outcomes.found)
    for number, subject in enumerate(subjects):
        if headed:
            click.echo(("\n" if number else "") + subject)
        found = [(checker, finding) for about, checker, finding in outcomes.found if about == subject]
        for checker, finding in sorted(found, key=lambda pair: GRAVEST_FIRST.index(pair[1].outcome)):
            click.echo(f"{LABEL[finding.outcome]:<12}{checker:<{width}}  {one_line(finding.reason)}")
            if verbose:
                for line in (*finding.details, *([f"To settle it: {finding.fix}"] if finding.fix else [])):
                    click.echo(f"{'':<12}{'':<{width}}  - {one_line(line)}")


def _next(outcomes: checks.Outcomes, undecided: list[str]) -> None:
    checked = {subject for subject, *_ in outcomes.found}
    waiting = [handle for handle in undecided if handle in checked]
    if len(waiting) == 1:
        say(f"Nobody has decided this claim. Next: factledger review {waiting[0]}")
    elif waiting:
        say(f"\n{len(waiting)} claims are not decided. Next: factledger review {waiting[0]}")


@command()
@click.argument("claim")
@click.argument("verdict", required=False, type=click.Choice([v.value for v in Verdict if v is not Verdict.UNCHECKED]))
@click.option("--because", metavar="REASONS", help="Why; readers will see it.")
@click.option("--by", metavar="AGENT", help="Who decides (default: who began the ledger).")
@click.option("--label", metavar="WORDS", help="The house's own words for the verdict.")
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
        if verdict is None or because is None:
            missing = "a verdict" if verdict is None else "reasons"
            raise InputError(
                f"A decision needs {missing}.",
                where=about.handle,
                hint=f'Write: factledger review {about.handle} VERDICT --because "..."; '
                f"VERDICT is one of {', '.join(v.value for v in Verdict if v is not Verdict.UNCHECKED)}.",
            )
        book.review(about, Verdict(verdict), because, reviewer=person, label=label)
        say(f"Decided   {about.handle}: {label or words.VERDICT[Verdict(verdict)]}")


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
