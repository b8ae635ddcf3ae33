"""What checkers would ask the outside world about each claim: they are called, and what they find is left aside."""

from __future__ import annotations

from functools import partial

from ..dossiers import known_to
from ..job import BATCH
from .context import JobContext

MOST_ASKED = 50
"""Addresses that one checker may ask for about one claim."""


def look_for_questions(context: JobContext) -> None:
    """Say which addresses each checker that says `network` asks for, and about which claims of the job."""
    handles = context.job.lines()
    for start in range(context.before.upto, len(handles), BATCH):
        batch = handles[start : start + BATCH]
        asked: list[list[str]] = []
        for number, (dossier, _) in enumerate(context.dossiers(batch, texts=True)):
            for which, one in enumerate(context.checkers):
                if one.network:
                    given, answers = context.answering(dossier)
                    context.call(which, start + number, one.checker.check, given, partial(known_to, dossier))
                    asked += [[one.name, dossier.claim.handle, address] for address in [*answers.asked][:MOST_ASKED]]
        context.cursor.away()
        context.say({"asks": asked})
        context.say({"upto": start + len(batch), "tally": {}, "called": 0, "seen": ""})
