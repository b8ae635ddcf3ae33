"""awaiting: who was asked has answered, or still has time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from ledger import Checker, Context, Dossier, Finding, InputError, Inquiry, InquiryState, Setting, needs
from ledger.dates import parse, why_not_known, words

from .common import RecordNames, by_handle, number, phrase, plain

DAYS = 14
MOST_DAYS = 36_500
MOST_TOLD = 50
BAD_SETTING = needs("checkers.awaiting.days")


@attrs.frozen
class Waiting:
    """An inquiry without an answer: the moment from which it is overdue, or why that cannot be said."""

    inquiry: Inquiry
    due: datetime | None = None
    why: str = ""


class Awaiting(Checker):
    """Checks: whether an answer that is awaited is overdue.
    Why it matters: "did not answer" may only be written of somebody who had the time to.
    Warns on: a deadline that is surely past; without one, a question asked more than `days` ago.
    Passes on: answers, refusals and searches that are on record; a deadline still ahead.
    """

    name = "awaiting"
    version = 2
    establishes = "that no recorded question is left open beyond its time"
    does_not_establish = "that the right people were asked, nor that an answer is true"
    settings = (Setting("days", DAYS, "Days that a question without a deadline may wait", least=0, most=MOST_DAYS),)

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        if not dossier.inquiries:
            fix = f'Ask, and record it: factledger inquiry "..." --claim {dossier.claim.handle} --asked AGENT'
            yield self.abstains(
                "Nobody was asked, as far as recorded.",
                code="not_asked",
                cites=[dossier.claim],
                fix=fix,
                missing=[needs("inquiry", dossier.claim)],
            )
            return
        days = _days(context.options)
        if days is None:
            reason = f"The setting `days` is no whole number up to {MOST_DAYS}."
            yield self.abstains(reason, code="bad_setting", cites=[dossier.claim], missing=[BAD_SETTING])
            return
        pending = sorted((one for one in dossier.inquiries if one.state is InquiryState.AWAITING), key=by_handle)
        waiting = [_waiting(inquiry, days, context.now) for inquiry in pending]
        told = RecordNames(dossier)
        late = [one for one in waiting if one.due is not None and one.due <= context.now]
        ahead = [one for one in waiting if one.due is not None and one.due > context.now]
        unclear = [one for one in waiting if one.due is None]
        until = min((one.due for one in ahead if one.due is not None), default=None)
        if late:
            yield self.warns(
                _late(told, late),
                code="overdue",
                cites=_cited(late),
                fix=f'Ask again, or: factledger settle {late[0].inquiry.handle} no_answer --because "..."',
                missing=[needs("state", one.inquiry) for one in late],
                valid_until=until,
            )
        if unclear:
            reason = f"Whether an answer from {_whom(told, unclear)} is overdue cannot be told: {unclear[0].why}."
            missing = [needs("deadline", one.inquiry) for one in unclear]
            yield self.abstains(reason, code="unclear", cites=_cited(unclear), valid_until=until, missing=missing)
        if until is not None and not late and not unclear:
            last = words(parse((until - timedelta(days=1)).date().isoformat()))
            reason = f"There is time until {last} to answer, for {_whom(told, ahead)}."
            yield self.passes(reason, code="in_time", cites=_cited(ahead), valid_until=until)
        if not waiting:
            yield self.passes("No answer is awaited.", code="none_awaited", cites=[dossier.claim])


def _days(options: Mapping[str, Any]) -> int | None:
    days = options.get("days", DAYS)
    return days if type(days) is int and 0 <= days <= MOST_DAYS else None


def _waiting(inquiry: Inquiry, days: int, now: datetime) -> Waiting:
    """Return by when an inquiry is overdue: the end, in UTC, of the last day that its deadline can mean."""
    written = inquiry.deadline or inquiry.asked_on
    if written is None:
        return Waiting(inquiry, why="neither a deadline nor the day it was asked is recorded")
    what = "the deadline" if inquiry.deadline else "the day it was asked"
    try:
        day = parse(written)
    except InputError:
        return Waiting(inquiry, why=f"{what} cannot be read")
    last = day.reach[1]
    if last is None:
        return Waiting(inquiry, why=why_not_known(day, parse(now.date().isoformat())) or f"{what} is not known")
    grace = 0 if inquiry.deadline else days
    ordinal = min(max(last + 1 + grace, 1), date.max.toordinal())
    return Waiting(inquiry, due=datetime.fromordinal(ordinal).replace(tzinfo=UTC))


def _late(told: RecordNames, late: Sequence[Waiting]) -> str:
    if len(late) > 1:
        return f"{number(len(late))} answers are overdue, from {_whom(told, late)}."
    inquiry = late[0].inquiry
    if inquiry.deadline:
        return f"No answer from {_whom(told, late)}; the deadline was {words(parse(inquiry.deadline))}."
    return f"No answer from {_whom(told, late)}, who was asked on {words(parse(inquiry.asked_on or ''))}."


def _whom(told: RecordNames, waiting: Sequence[Waiting]) -> str:
    """Return who was asked, or where was searched, as one phrase."""
    names = []
    for one in waiting:
        searched = f"the search of “{plain(one.inquiry.searched)}”" if one.inquiry.searched else "somebody not recorded"
        names.append(told.agent(one.inquiry.asked, searched))
    return phrase(list(dict.fromkeys(names)))


def _cited(waiting: Sequence[Waiting]) -> list[Inquiry]:
    return [one.inquiry for one in waiting[:MOST_TOLD]]
