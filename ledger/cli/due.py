"""`capture --due`: visits what the house watches, and says what became of it, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import click

from ..desk.pages import FetchedPage
from ..desk.watching import WatchOutcome, WatchVisit, due, visit
from ..policy import read_policy
from ..store.lock import alone
from ..views import words
from .documents import rendered_page
from .drift import drift_line
from .frame import CLEAN, FINDINGS, SURROUNDINGS, ledger_path, one_line, policy_file, say, terminal, writing

TASK = "due"

HEADS = {
    WatchOutcome.DRIFTED: "Drifted",
    WatchOutcome.GONE: "Gone",
    WatchOutcome.CHANGED: "Changed",
    WatchOutcome.FIRST: "New copy",
    WatchOutcome.UNCHANGED: "Unchanged",
    WatchOutcome.NOT_REACHED: "Unknown",
}
"""What a person reads of each outcome."""


def capture_due(*, robots: bool) -> int:
    """Visit what is due, say what came of it, and return the exit code: 1 where words or a page are gone."""
    from ..capture.fetch import probe

    with alone(ledger_path(), TASK), writing() as book:
        items = list(due(book.ledger, read_policy(policy_file(None))))
        visits = visit(book, items, probe=partial(probe, robots=robots), render=_render(robots))
        found = list(_told(visits))
    for line in summary(found):
        click.echo(line)
    if not found and terminal():
        say("Nothing is due.")
    outcomes = {one.outcome for one in found}
    if outcomes & {WatchOutcome.DRIFTED, WatchOutcome.GONE}:
        return FINDINGS
    return SURROUNDINGS if WatchOutcome.NOT_REACHED in outcomes else CLEAN


def _render(robots: bool) -> Callable[[str], FetchedPage]:
    return partial(rendered_page, robots=robots)


def _told(visits: Iterator[WatchVisit]) -> Iterator[WatchVisit]:
    """Yield visits as they come; say each to a person who waits."""
    for one in visits:
        if terminal():
            say(f"Visited   {one.watched.url}")
        yield one


def summary(found: Sequence[WatchVisit]) -> Iterator[str]:
    """Yield what a person reads of all visits, the gravest first; of what is as it was, the names alone."""
    for outcome in WatchOutcome:
        these = sorted((one for one in found if one.outcome is outcome), key=lambda one: one.watched.source.handle)
        if outcome is WatchOutcome.UNCHANGED and these:
            yield f"{HEADS[outcome]:<10}{', '.join(one.watched.source.handle for one in these)}"
            continue
        for one in these:
            yield from _lines(one)
    if found:
        counts = [(HEADS[kind].lower(), sum(one.outcome is kind for one in found)) for kind in WatchOutcome]
        told = ", ".join(f"{number} {head}" for head, number in counts if number)
        yield f"{words.count(len(found), 'source')} visited: {told}."
    if any(one.outcome is WatchOutcome.DRIFTED for one in found):
        yield "That words are no longer there does not say who changed them, or why. Nothing recorded was changed."


def _lines(one: WatchVisit) -> Iterator[str]:
    head, handle = f"{HEADS[one.outcome]:<10}", one.watched.source.handle
    if one.taken is None:
        yield f"{head}{handle}: {one_line(one.why)}"
        return
    copy, quoted, lost = one.taken.capture.handle, len(one.taken.drift), one.taken.lost
    if lost:
        said = f"{len(lost)} of {words.count(quoted, 'quotation')} cannot be found again for sure"
    elif one.outcome is WatchOutcome.FIRST:
        said = "there was none before"
    else:
        stand = f"what was quoted stands ({words.count(quoted, 'quotation')})" if quoted else "nothing was quoted"
        said = f"its words changed, and {stand}"
    yield f"{head}{handle}: {said}. Copy: {copy}"
    for drift in lost:
        yield f"{'':10}{drift.claim}: {drift_line(drift)}"
