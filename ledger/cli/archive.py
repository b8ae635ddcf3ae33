"""Commands about archived copies: capture."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import desk
from ..book import Custody
from ..capture import Reading, read, read_file
from ..desk import Drift, Taken
from ..errors import InputError
from ..model import Agent, Source
from ..text import State
from ..views import words
from .frame import command, one_line, say, writing

BECAME = {
    State.EXACT: "As it was",
    State.MOVED: "Moved",
    State.AMBIGUOUS: "Unclear",
    State.MISSING: "Gone",
}
"""What a person reads of each state of a quotation."""


@command()
@click.argument("source")
@click.argument("file")
@click.option("--made-by", metavar="AGENT", help="Who made what is captured.")
@click.option("--taken-by", metavar="AGENT", help="Who made the copy (default: who enters it).")
@click.option("--taken-from", metavar="WORDS", help="From whom or where it came (default: the file's name).")
@click.option("--taken-at", metavar="DATE", help="When the copy was made (default: now).")
@click.option("--how", metavar="WORDS", help="How it was made, such as 'scanned', 'sent by e-mail'.")
@click.option("--original/--copy", default=None, help="Whether these are the original's own bytes.")
@click.option("--edited/--unedited", default=None, help="Whether anything was changed since.")
@click.option("--note", metavar="WORDS")
def capture(
    source: str,
    file: str,
    made_by: str | None,
    taken_by: str | None,
    taken_from: str | None,
    taken_at: str | None,
    how: str | None,
    original: bool | None,
    edited: bool | None,
    note: str | None,
) -> None:
    """Archive a copy of SOURCE from FILE (- for standard input), and see what became of the words quoted from it.

    Recorded quotations are never moved to the new copy: what is no longer there is told.

    \b
    Example: factledger capture minutes minutes.txt --taken-from "the council's clerk" \\
        --how "sent by e-mail" --copy --unedited
    """
    reading = _read(file)
    with writing() as book:
        custody = Custody(
            made_by=book.find(Agent, made_by) if made_by else None,
            taken_by=book.find(Agent, taken_by) if taken_by else None,
            taken_from=taken_from,
            taken_at=taken_at,
            how=how or ("read from standard input" if file == "-" else "read from a file"),
            original=original,
            edited=edited,
        )
        taken = desk.capture(book, book.find(Source, source), reading, custody, note=note)
        _tell(taken, source)


def _read(file: str) -> Reading:
    if file.startswith(("http://", "https://")):
        raise InputError("Nothing is fetched unless you say so.", where=file, hint="Save the page, and give the file.")
    if file != "-":
        return read_file(Path(file))
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("Nothing comes in on standard input.", where="-", hint="factledger capture ID - < FILE")
    return read(sys.stdin.buffer.read(), where="standard input")


def _tell(taken: Taken, source: str) -> None:
    copy = taken.capture
    if not taken.new:
        say(f"Known     {copy.handle}: the same bytes are the last copy of {source}. Nothing was recorded.")
    else:
        say(f"Archived  {copy.handle}, {words.count(copy.size, 'byte')}, SHA-256 {copy.sha256}")
        if taken.before is not None:
            change = "Other bytes, the same visible text" if taken.same_text else "Its visible text changed"
            say(f"Since     {taken.before.handle}: {change}.")
    for one in taken.drift:
        say(f"{BECAME[one.place.state]:<9} {one.claim}: {_words(one)}")
    if taken.lost:
        say(
            f"{words.count(len(taken.lost), 'quotation')} of the earlier copy cannot be found again for sure. "
            "The records stay as they are: they name the copy they were taken from."
        )
    if not sys.stdout.isatty():
        click.echo(copy.handle)


def _words(one: Drift) -> str:
    exact = one.evidence.anchor.exact if one.evidence.anchor else ""
    quote, place = f"“{one_line(exact)}”", one.place
    if place.state is State.AMBIGUOUS:
        number = len(place.places)
        where = "in one place, but what stood around them is gone" if number == 1 else f"in {number} places"
        return f"{quote}: these words stand {where}; which of them was meant cannot be told"
    if place.state is State.MISSING:
        return f"{quote}; now: “{one_line(one.passage)}”" if one.passage else f"{quote}; nothing like it is there"
    return quote


COMMANDS = (capture,)
