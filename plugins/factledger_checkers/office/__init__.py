"""office: a title in the words fits who held the office when they were written.

A table of the presidents and vice presidents of the United States comes with it. A house adds its own as a CSV file,
named under [lists] of a policy: office-holders = "office-holders.csv", with these columns:

    office    the title as it stands before a name: Mayor
    place     of what: Kestrel Bay; after semicolons, as it stands before the title: the United States; U.S.; American
    name      the name; aliases: other ways to write it, with semicolons between
    start     the first day in office: 2031-05-02, or 2031; end: the last day, empty if there is none yet
    checked   the day on which the row was last known to be right; needed where there is no end

A row for an office, name and start that the table has takes that one's place, and brings it up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ledger import Checker, Context, Dossier, Finding, needs

from ..common import MOST_CITED
from ..languages import unread
from ..passages import left_open
from .fit import Judged, judged
from .holders import Holders, read_holders
from .passages import passages

LIST = "office-holders"
COLUMNS = "office, place, name, aliases, start, end and checked"

MOST_FOUND = 10

DATE = 'Once you know when it was written: factledger correct {} reference_date=DATE --because "..."'


class OfficeHeld(Checker):
    """Checks: titles in a claim and its anchored words against a table of who held what office when.
    Why it matters: "former" of the one who is in office says that the words are of another time, or careless.
    Fails on: "former" of a holder, "President" before there was one, "-elect" when none was awaited, by any reading.
    Passes on: a title that fits on the date of the words or of the event. A former holder by the old title can't be
        told: it may be a courtesy, or the words may be older than they are said to be.
    """

    name = "office"
    version = 3
    establishes = (
        "that titles of office in the words fit the table of holders, on the date of the words or of the event"
    )
    does_not_establish = (
        "that the table is right or complete, that the person meant is the one in it, nor what they did in office"
    )
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        holders = _holders(context.policy.lists.get(LIST, ()))
        read = passages(dossier, holders)
        found = _merged(one for passage in read for one in judged(passage, holders))
        wrong = [one for one in found if one.fits is False]
        unknown = [one for one in found if one.fits is None]
        for one in wrong[:MOST_FOUND]:
            yield self.fails(
                one.reason,
                code="not_held",
                cites=one.cites,
                fix="Check the date and the words. Where the source is wrong, do not repeat it.",
            )
        if unknown:
            first = unknown[0]
            more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
            yield self.abstains(
                f"{first.reason.removesuffix('.')}{more}.",
                code="unknown",
                cites=list(dict.fromkeys(uid for one in unknown for uid in one.cites))[:MOST_CITED],
                fix=DATE.format(first.undated.handle) if first.undated else "",
                missing=[needs("published", one.undated) for one in unknown if one.undated],
                details=[one.reason for one in unknown[:MOST_FOUND]] if more else (),
            )
        if holders.faults:
            yield self.abstains(
                holders.faults[0],
                code="bad_list",
                cites=[dossier.claim],
                fix=f"Mend the list; its columns are {COLUMNS}.",
                details=holders.faults[:MOST_FOUND] if len(holders.faults) > 1 else (),
            )
        if wrong or unknown or holders.faults:
            return
        if others := unread(dossier):
            yield left_open(self, others, len(found), "")
        elif not found:
            yield self.not_applicable(
                "It names no holder of an office that the table knows.", code="no_title", cites=[dossier.claim]
            )
        else:
            reason = found[0].reason if len(found) == 1 else f"All {len(found)} titles fit the table of office holders."
            yield self.passes(
                reason,
                code="held",
                cites=list(dict.fromkeys(uid for one in found for uid in one.cites))[:MOST_CITED],
                details=[one.reason for one in found[:MOST_FOUND]] if len(found) > 1 else (),
            )


_read_last: list[tuple[Any, Holders]] = []


def _holders(rows: Iterable[Any]) -> Holders:
    """Return the table, read once for a whole run."""
    if not _read_last or _read_last[0][0] is not rows:
        _read_last[:] = [(rows, read_holders(rows))]
    return _read_last[0][1]


def _merged(found: Iterable[Judged]) -> list[Judged]:
    """Return what was found, once each, with all that it was found in."""
    merged: dict[tuple[bool | None, str], Judged] = {}
    for one in found:
        before = merged.setdefault((one.fits, one.reason), one)
        if before is not one:
            cites = tuple(dict.fromkeys((*before.cites, *one.cites)))[:MOST_CITED]
            merged[one.fits, one.reason] = attrs.evolve(before, cites=cites)
    return list(merged.values())
