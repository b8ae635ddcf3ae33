"""The command that says what to do next, and goes through it: todo."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import attrs
import click

from .. import views
from ..errors import InputError, LedgerError, unknown
from ..model import Claim, Source
from ..store import Ledger, queries
from ..views import TaskStep, Todo, words
from .frame import CLOCK, command, confirm_clock, ledger_path, one_line, policy_file, reading, say, width
from .signals import exit_code


@command()
@click.argument("of", required=False, metavar="[STORY|ARTICLE|CLAIM]")
@click.option("--all", "everything", is_flag=True, help="List every task, not the most useful ones alone.")
@click.option("--do", "doing", is_flag=True, help="Go through them: answer, or press Enter to leave one for later.")
@click.option("--json", "as_json", is_flag=True, help="All of it, as JSON.")
def todo(of: str | None, everything: bool, doing: bool, as_json: bool) -> int:
    """Say what to do next: what would settle most of what the checks left open, in that order.

    Each line says how many findings are settled once it is done, and those above it, and in how many claims; then the
    command, with words in capitals for you to fill in.

    Example: factledger todo
    """
    if doing and not sys.stdin.isatty():
        raise InputError("--do asks questions, and nobody is there to answer.", hint="Run it in a terminal.")
    with reading() as ledger:
        most = None if everything or doing or as_json else views.MOST_TASKS
        steps = None if doing or as_json else 1
        found = views.todo(ledger.db, None if of is None else _claims(ledger, of), most=most, steps=steps)
        if doing:
            confirm_clock(ledger)
        watch = _watch(ledger) if of is None else Watch()
    if as_json:
        click.echo(json.dumps(_plain(found) | attrs.asdict(watch), ensure_ascii=False, indent=2))
    elif doing:
        return go_through(found)
    else:
        for line in (*_drifted(watch), *lines(found), *_due(watch)):
            click.echo(line)
    return 0


@attrs.frozen
class Watch:
    """Of watched sources: claims whose words their newest copy has no more, and the sources that are due for a copy."""

    drifted: tuple[str, ...] = ()
    due: tuple[str, ...] = ()


def _watch(ledger: Ledger) -> Watch:
    from ..policy import read_policy

    policy = read_policy(policy_file(None))
    if not any(policy.watch.values()):
        return Watch()
    from ..desk.watching import drifted, due

    lost = dict.fromkeys(one.claim for _, one in drifted(ledger, policy))
    return Watch(tuple(lost), tuple(one.source.handle for one in due(ledger, policy)))


def _drifted(watch: Watch) -> Iterator[str]:
    for claim in watch.drifted:
        yield f"{'drifted':>9}  words quoted for {claim} are no longer surely in its source: factledger show {claim}"


def _due(watch: Watch) -> Iterator[str]:
    if watch.due:
        yield f"{'due':>9}  {words.count(len(watch.due), 'watched source')} to look at again: factledger capture --due"


def _claims(ledger: Ledger, name: str) -> set[str]:
    """Return the handles of the claims of a story, an article, or of the one that is named."""
    told = views.stories(ledger.db).get(name)
    if told is not None:
        return set(told)
    kept = queries.by_handle(ledger.db, name)
    if kept is not None and isinstance(kept.record, Source):
        return {carried.handle for carried in views.impact(ledger.db, name)}
    if kept is not None and isinstance(kept.record, Claim):
        return {name}
    if kept is not None:
        raise InputError(f"{name} is no story, article or claim.", hint="See: factledger list claims")
    raise unknown(name, [*views.stories(ledger.db), *queries.names(ledger.db, "source")])


def lines(found: Todo) -> Iterator[str]:
    """Yield the tasks, one a line with its command, as wide as the terminal; and how much is left."""
    if not found.open:
        yield "Nothing is open."
        return
    longest = max(len(str(task)) for task in found.tasks) if found.tasks else 0
    beside = 13 + longest + max((len(str(task.steps[0])) for task in found.tasks), default=0) <= width()
    for task in found.tasks:
        count = f"{task.settles} in {task.claims}"
        if beside:
            yield f"{count:>9}  {task!s:<{longest}}  {task.steps[0]}"
        else:
            yield f"{count:>9}  {task}"
            yield f"{'':>9}  {task.steps[0]}"
    if found.more:
        yield f"{'':>9}  and {words.count(found.more, 'more thing')} to do: factledger todo --all"


def _plain(found: Todo) -> dict[str, object]:
    return {
        "open": sum(found.open.values()),
        "claims": found.claims,
        "tasks": [
            {
                "what": task.what,
                "settles": task.settles,
                "claims": task.claims,
                "commands": [str(step) for step in task.steps],
            }
            for task in found.tasks
        ],
    }


# -- one after the other ---------------------------------------------------


def go_through(found: Todo) -> int:
    """Ask for each step's blanks and run it; what was recorded stays if somebody stops."""
    done = 0
    try:
        for task in found.tasks:
            say(f"\n{task}: settles {words.count(task.settles, 'finding')}")
            for step in task.steps:
                done += _do(step)
    except click.Abort as stop:
        say(f"\nStopped. {_recorded(done)}")
        return exit_code(stop.__context__)
    say(f"\n{_recorded(done)} Next: factledger check")
    return 0


def _recorded(done: int) -> str:
    return f"{words.count(done, 'answer')} recorded." if done else "Nothing was recorded."


def _do(step: TaskStep) -> bool:
    """Ask until the command takes what was said, or Enter leaves it for later; return whether it was done."""
    say(f"  {step}")
    group = click.get_current_context().find_root().command
    while True:
        given: dict[str, str] = {}
        for blank in step.blanks:
            given[blank] = _answer(blank)
            if not given[blank]:
                return False
        try:
            group.main(list(_arguments(step, given)), standalone_mode=False, prog_name="factledger")
            return True
        except (click.ClickException, LedgerError) as error:
            told = error.format_message() if isinstance(error, click.ClickException) else str(error)
            say(f"    {one_line(told)}")


def _answer(blank: str) -> str:
    answer: str = click.prompt(
        f"    {views.question(blank)}", default="", show_default=False, prompt_suffix=" ", err=True
    )
    return answer.strip()


def _arguments(step: TaskStep, given: dict[str, str]) -> tuple[str, ...]:
    return ("--db", str(ledger_path()), CLOCK, *step.filled(given))


COMMANDS = (todo,)
