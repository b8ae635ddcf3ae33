"""Commands about archived copies: capture, link-rot."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import attrs
import click

from .. import desk
from ..capture import Extraction
from ..desk import NewCopy
from ..model import Agent, Source
from ..rules import slug
from ..text import AnchorState
from ..views import words
from .documents import encoding_option, fetched_page, read_document, rendered_page
from .drift import drift_line
from .frame import CLEAN, FINDINGS, command, one_line, print_rows, row_options, say, writing
from .frame import reading as reading_ledger

if TYPE_CHECKING:  # these bring the network along, which no other command needs
    from ..book import Book
    from ..desk.pages import FetchedPage
    from ..desk.rot import WatchedSource

FIELDS = ("published", "author", "language", "url")
"""What a document says of itself that may be taken over."""

LOST = ("gone", "soft-404", "changed")
"""What a visit finds that somebody should act on."""

BECAME = {
    AnchorState.EXACT: "As it was",
    AnchorState.MOVED: "Moved",
    AnchorState.AMBIGUOUS: "Unclear",
    AnchorState.MISSING: "Gone",
}
"""What a person reads of each state of a quotation."""


@command()
@click.argument("source", required=False)
@click.argument("file", required=False)
@click.option("--due", is_flag=True, help="Copy again what is due of what the policy watches ([watch]).")
@click.option("--made-by", metavar="AGENT", help="Who made what is captured.")
@click.option("--taken-by", metavar="AGENT", help="Who made the copy (default: who enters it).")
@click.option("--taken-from", metavar="WORDS", help="From whom or where it came (default: the file's name).")
@click.option("--taken-at", metavar="DATE", help="When the copy was made (default: now).")
@click.option("--how", metavar="WORDS", help="How it was made, such as 'scanned', 'sent by e-mail'.")
@click.option("--original/--copy", default=None, help="Whether these are the original's own bytes.")
@click.option("--edited/--unedited", default=None, help="Whether anything was changed since.")
@click.option("--note", metavar="WORDS")
@click.option("--fetch", "online", is_flag=True, help="Fetch FILE, a web address; robots.txt is honoured.")
@click.option("--render", is_flag=True, help="Fetch FILE, a web address, and let Chromium run its scripts.")
@click.option("--ignore-robots", is_flag=True, help="Fetch even what robots.txt forbids.")
@encoding_option
def capture(
    source: str | None,
    file: str | None,
    due: bool,
    made_by: str | None,
    taken_by: str | None,
    taken_from: str | None,
    taken_at: str | None,
    how: str | None,
    original: bool | None,
    edited: bool | None,
    note: str | None,
    online: bool,
    render: bool,
    ignore_robots: bool,
    encoding: str | None,
) -> int:
    """Archive a copy of SOURCE from FILE (- for standard input), and see what became of the words quoted from it.

    FILE is any file: the words of texts, web pages, PDFs, Word and OpenDocument texts, workbooks, mails and JSON are
    read; pictures, recordings and others are kept, and quoted by place. With --fetch, FILE is a web address; with
    --render too, and what its scripts write is archived, with a picture, where a page shows nothing without them.
    Recorded quotations are never moved to the new copy: what is no longer there is told.

    With --due, every source that the policy watches and nobody looked at for so long is visited: what became of the
    words that were quoted is told first. It is made for a timer: two never run at once, and nothing is asked.

    Exit codes of --due: 1 if quoted words or a page are gone, 5 if a page could not be reached, else 0.

    \b
    Example: factledger capture minutes minutes.txt --taken-from "the council's clerk" \\
        --how "sent by e-mail" --copy --unedited
    """
    if due:
        context = click.get_current_context()
        others = [name for name, value in context.params.items() if value not in (None, False)]
        if set(others) - {"due", "ignore_robots"}:
            raise click.UsageError("--due takes its sources from the policy, and no SOURCE, FILE or --fetch.", context)
        from .due import capture_due

        return capture_due(robots=not ignore_robots)
    if source is None or file is None:
        missing = "SOURCE" if source is None else "FILE"
        raise click.UsageError(f"Missing argument '{missing}'.", click.get_current_context())
    fetched = _from_the_web(file, render=render, robots=not ignore_robots) if online or render else None
    with writing() as book:
        of = book.find(Source, source)
        page = fetched or _given(file, encoding, of)
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
        taken = desk.capture(book, of, reading, custody, note=note)
        _tell(taken, source)
        for line in (
            *(f"Note      {note}" for note in reading.notes),
            *_suggested(book, reading, taken, of),
        ):
            say(line)
    return CLEAN


def _suggested(book: Book, reading: Extraction, taken: NewCopy, source: Source) -> Iterator[str]:
    """Yield what the document says of itself where the record of the source says nothing: a person may take it over."""
    if not taken.new:
        return
    seen = set[str]()
    for one in reading.suggestions:
        field = "url" if one.field == "address" else one.field
        if field not in FIELDS or field in seen or getattr(source, field) is not None:
            continue
        seen.add(field)
        value, because = one.value, f"--because {shlex.quote(one_line(one.where))}"
        yield f"Suggests  {field} {one_line(value)} ({one_line(one.where)}). To take it over:"
        if field == "author":
            known = book.look_up(Agent, value)
            if known is None:
                yield f"          factledger agent {shlex.quote(value)}"
            value = known.handle if known else slug(value) or value
        yield f"          factledger correct {source.handle} {field}={shlex.quote(value)} {because}"


def _from_the_web(address: str, *, render: bool, robots: bool) -> FetchedPage:
    return rendered_page(address, robots=robots) if render else fetched_page(address, robots=robots)


def _given(file: str, encoding: str | None, source: Source) -> FetchedPage:
    from ..desk.pages import page_in

    document = read_document(file, encoding=encoding, address=source.url, unread=True)
    return page_in(document, how="read from standard input" if file == "-" else "read from a file")


def _tell(taken: NewCopy, source: str) -> None:
    copy = taken.capture
    if not taken.new:
        say(f"Known     {copy.handle}: the same bytes are the last copy of {source}. Nothing was recorded.")
    else:
        say(f"Archived  {copy.handle}, {words.count(copy.size, 'byte')}, SHA-256 {copy.sha256}")
        if taken.before is not None:
            change = "Other bytes, the same visible text" if taken.same_text else "Its visible text changed"
            if None in (copy.extractor, taken.before.extractor):
                change = "One of the two is not read, so that their words are not compared"
            say(f"Since     {taken.before.handle}: {change}.")
    for one in taken.drift:
        say(f"{BECAME[one.place.state]:<9} {one.claim}: {drift_line(one)}")
    if taken.lost:
        say(
            f"{words.count(len(taken.lost), 'quotation')} of the earlier copy cannot be found again for sure. "
            "The records stay as they are: they name the copy they were taken from."
        )
    if not sys.stdout.isatty():
        click.echo(copy.handle)


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

    def every(source: Source) -> timedelta:
        return timedelta(days=days)

    if not online:
        with reading_ledger() as ledger:
            rows = [_watched(one) for one in rot.watched(ledger, every=every) if not sources or _named(one, sources)]
        print_rows(rows, form)
        say(f"{sum(row['due'] == 'yes' for row in rows)} due. Nothing was visited: to look, add --online.")
        return CLEAN
    from ..capture.fetch import probe

    with writing() as book:
        for name in sources:
            book.find(Source, name)
        items = [
            one for one in rot.watched(book.ledger, every=every) if _named(one, sources) or (not sources and one.due)
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


def _named(one: WatchedSource, sources: tuple[str, ...]) -> bool:
    return one.source.handle in sources


def _watched(one: WatchedSource) -> dict[str, str]:
    return {
        "source": one.source.handle,
        "address": one.url,
        "looked": words.instant(one.looked) or "never",
        "found": one.found or ("archived" if one.copy else "-"),
        "due": "yes" if one.due else "no",
    }


COMMANDS = (capture, link_rot)
