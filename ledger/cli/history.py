"""The command `history`: what became of a record entry by entry, or what the world knew when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .. import views
from ..errors import InputError
from ..model import Claim, Source
from ..store import Ledger
from ..views import Row, Timeline, words
from .frame import command, print_rows, reading, row_options, say
from .read import kept_of

LEDGER, WORLD = "ledger", "world"


@command()
@click.argument("record", required=False)
@click.option(
    "--as-of", metavar="POINT", help="After so many entries, or at 2026-11-23: in the time that --time names."
)
@click.option(
    "--time", "clock", type=click.Choice((LEDGER, WORLD)), default=LEDGER, show_default=True,
    help="When it was entered here; or when it happened, was said, published, asked and archived.",
)  # fmt: skip
@click.option("--story", metavar="ID", help="Every claim of a story, in the world's time.")
@row_options
def history(record: str | None, as_of: str | None, clock: str, story: str | None, form: str | None) -> None:
    """Show what happened to a record, entry by entry; nothing is ever overwritten.

    In the world's time it shows a claim, a source's claims, a story or the whole ledger: what happened, was said, came
    out, was asked, archived and decided by then.

    Example: factledger history troop-offer --time world --as-of 2025-05-03
    """
    told = _in_the_world if clock == WORLD else _in_the_ledger
    told(record, story, as_of, form)


def _in_the_ledger(record: str | None, story: str | None, as_of: str | None, form: str | None) -> None:
    if record is None or story is not None:
        raise InputError("The ledger's own history is of one record.", hint="Name it; or add: --time world")
    with reading(as_of) as ledger:
        events = views.history(ledger.db, kept_of(ledger, record).record.uid)
        rows = [
            {
                "entry": event.seq,
                "when": event.when,
                "by": event.actor,
                "what": f"{event.kind} {event.act}",
                "record": event.record,
                "content": event.what,
                "because": event.reason,
            }
            for event in events
        ]
        print_rows(rows, form, widths=(6, 12, 14, 12, 22, 40, 24))


def _in_the_world(record: str | None, story: str | None, as_of: str | None, form: str | None) -> None:
    with reading() as ledger:
        found = views.timeline(ledger.db, _claims(ledger, record, story), upto=as_of)
        print_rows([_line(row) for row in found.rows], form, widths=(22, 10, 44, 24, 32, 12))
        for line in _left_open(found):
            say(line)


def _claims(ledger: Ledger, record: str | None, story: str | None) -> list[str]:
    """Return the handles of the claims that are asked about."""
    if record is None:
        stories = views.stories(ledger.db)
        if story is not None and story not in stories:
            raise InputError(f"No claim is of a story {story!r}.", hint="See: factledger list claims")
        return stories[story] if story else [one for claims in stories.values() for one in claims]
    if story is not None:
        raise InputError("A record and a story were both given.", hint="Give one of them.")
    kept = kept_of(ledger, record)
    if isinstance(kept.record, Claim):
        return [record]
    if isinstance(kept.record, Source):
        return [carried.handle for carried in views.impact(ledger.db, record)]
    raise InputError(
        f"{record} is {words.KIND[kept.record.KIND]}, which has no timeline.", hint="Name a claim or a source."
    )


def _line(row: Row) -> dict[str, Any]:
    moment = row.moment
    return {
        "when": moment.shown,
        "clock": moment.clock.value,
        "what": moment.what,
        "record": moment.handle if moment.table else "",
        "note": row.note,
        "date": moment.when,
    }


def _left_open(found: Timeline) -> list[str]:
    """Return what a reader must know of: what came later, and what no date places."""
    lines = [f"{words.count(found.later, 'moment')} after {found.upto} left out."] if found.later else []
    if found.unplaced:
        count = words.count(found.unplaced, "moment")
        lines.append(
            f"Of {count} without a year or date it cannot be told whether by then."
            if found.upto
            else f"{count} without a year or date: what follows what is known of some, and they come first."
        )
    return lines


COMMANDS: tuple[Callable[..., Any], ...] = (history,)
