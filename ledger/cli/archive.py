"""Commands about archived copies: capture, link-rot."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from .. import desk
from ..capture import Reading, read, read_file
from ..desk import Drift, Taken
from ..errors import InputError
from ..model import Agent, Source
from ..text import State, place_words
from ..views import words
from .frame import CLEAN, FINDINGS, command, one_line, print_rows, row_options, say, writing
from .frame import reading as reading_ledger

if TYPE_CHECKING:  # these bring the network along, which no other command needs
    from ..desk.pages import Page
    from ..desk.rot import Watched

FIELDS = ("published", "language", "url")
"""What a document says of itself that may be taken over as it is written."""

LOST = ("gone", "soft-404", "changed")
"""What a visit finds that somebody should act on."""

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
@click.option("--fetch", "online", is_flag=True, help="Fetch FILE, a web address; robots.txt is honoured.")
@click.option("--ignore-robots", is_flag=True, help="Fetch even what robots.txt forbids.")
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
    online: bool,
    ignore_robots: bool,
) -> None:
    """Archive a copy of SOURCE from FILE (- for standard input), and see what became of the words quoted from it.

    FILE is a text, a web page, a PDF or a web archive; with --fetch, a web address. Recorded quotations are never
    moved to the new copy: what is no longer there is told.

    \b
    Example: factledger capture minutes minutes.txt --taken-from "the council's clerk" \\
        --how "sent by e-mail" --copy --unedited
    """
    page = _page(file, robots=not ignore_robots) if online else _given(file)
    with writing() as book:
        way = page.custody
        custody = attrs.evolve(
            way,
            made_by=book.find(Agent, made_by) if made_by else None,
            taken_by=book.find(Agent, taken_by) if taken_by else None,
            taken_from=taken_from or way.taken_from,
            taken_at=taken_at or way.taken_at,
            how=how or way.how,
            original=way.original if original is None else original,
            edited=way.edited if edited is None else edited,
        )
        reading = page.reading
        taken = desk.capture(book, book.find(Source, source), reading, custody, note=note)
        _tell(taken, source)
        for line in (
            *(f"Note      {note}" for note in reading.notes),
            *_suggested(reading, taken, book.find(Source, source)),
        ):
            say(line)


def _page(address: str, *, robots: bool) -> Page:
    """Return a page of the web; this is the one place where a command goes online for a copy."""
    from ..capture.fetch import fetch
    from ..desk.pages import page_of

    return page_of(fetch(address, robots=robots))


def _suggested(reading: Reading, taken: Taken, source: Source) -> Iterator[str]:
    """Yield what the document says of itself where the record of the source says nothing: a person may take it over."""
    if not taken.new:
        return
    seen = set[str]()
    for one in reading.suggestions:
        field = "url" if one.field == "address" else one.field
        if field in FIELDS and field not in seen and getattr(source, field) is None:
            seen.add(field)
            given = f"{field}={shlex.quote(one.value)} --because {shlex.quote(one.where)}"
            yield f"Suggests  {field} {one_line(one.value)} ({one.where}). To take it over:"
            yield f"          factledger correct {source.handle} {given}"


def _given(file: str) -> Page:
    from ..desk.pages import page_in

    return page_in(_read(file), how="read from standard input" if file == "-" else "read from a file")


def _read(file: str) -> Reading:
    if file.startswith(("http://", "https://")):
        raise InputError(
            "Nothing is fetched unless you say so.", where=file, hint="Add --fetch, or save the page and give the file."
        )
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
    if one.page is not None and one.evidence.anchor:
        quote += f" now on page {one.page}, not {place_words(one.evidence.anchor.fragment)}"
    if place.state is State.AMBIGUOUS:
        number = len(place.places)
        where = "in one place, but what stood around them is gone" if number == 1 else f"in {number} places"
        return f"{quote}: these words stand {where}; which of them was meant cannot be told"
    if place.state is State.MISSING:
        return f"{quote}; now: “{one_line(one.passage)}”" if one.passage else f"{quote}; nothing like it is there"
    return quote


@command("link-rot")
@click.argument("sources", nargs=-1)
@click.option("--online", is_flag=True, help="Visit the addresses, and record what was found.")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How long a look holds.")
@click.option("--ignore-robots", is_flag=True, help="Visit even what robots.txt forbids.")
@row_options
def link_rot(sources: tuple[str, ...], online: bool, days: int, ignore_robots: bool, form: str | None) -> int:
    """Which addresses are due for a look, and do the sources still stand there?

    Without --online nothing is visited: those that nobody looked at or archived for --days are listed. With it, the
    due ones (or SOURCES) are visited one after the other, and each visit is recorded as a search. What a page says
    now is compared with the newest copy; to archive it: factledger capture SOURCE URL --fetch

    Exit codes: 1 if a source was visited and is no longer there, or says something else.

    Example: factledger link-rot --online
    """
    from ..desk import rot

    if not online:
        with reading_ledger() as ledger:
            rows = [_watched(one) for one in rot.watched(ledger, days=days) if not sources or _named(one, sources)]
        print_rows(rows, form)
        say(f"{sum(row['due'] == 'yes' for row in rows)} due. Nothing was visited: to look, add --online.")
        return CLEAN
    from ..capture.fetch import probe

    with writing() as book:
        for name in sources:
            book.find(Source, name)
        items = [
            one for one in rot.watched(book.ledger, days=days) if _named(one, sources) or (not sources and one.due)
        ]
        rows, worst = [], CLEAN
        for one in rot.look(book, items, probe=partial(probe, robots=not ignore_robots)):
            state, handle, note = one.probe.state.value, one.watched.source.handle, one.record.note or ""
            rows.append({"source": handle, "state": state, "found": note})
            say(f"{state:<12}{handle}: {one_line(note)}")
            if state in LOST:
                worst = FINDINGS
        print_rows(rows, form)
    return worst


def _named(one: Watched, sources: tuple[str, ...]) -> bool:
    return one.source.handle in sources


def _watched(one: Watched) -> dict[str, str]:
    return {
        "source": one.source.handle,
        "address": one.url,
        "looked": words.instant(one.looked) or "never",
        "found": one.found or ("archived" if one.copy else "-"),
        "due": "yes" if one.due else "no",
    }


COMMANDS = (capture, link_rot)
