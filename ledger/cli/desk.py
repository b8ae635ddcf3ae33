"""The desk: an article on one side, what is suggested of it on the other; accepted, it is recorded as a whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..book import Book
from ..desk import ALIKE, matches
from ..desk.filing import Filed, OpenArticle, after_filing, file, known_in, on_record, open_article
from ..desk.journal import Journal, path_of
from ..desk.proposals import propose
from ..desk.worklist import PassageState, Worklist
from ..errors import EnvironmentFault
from ..exchange.sketch import write_sketch
from ..model import Exclusion, Inquiry
from ..reading.ask import suggest
from ..store import Ledger, queries
from ..views import words
from .check import check
from .frame import command, confirm_clock, one_line, reading, say, writing
from .signals import exit_code

if TYPE_CHECKING:
    from .terminal.dialogue import DeskRecords


@command()
@click.argument("article")
@click.option("--to-story", metavar="FILE", type=click.Path(path_type=Path), help="Write a story file to edit instead.")
@click.option("--reader", "readers", metavar="NAME", multiple=True, help="Who suggests [default: all that ask nobody].")
@click.option("--language", metavar="TAG", help="The article's language, if the ledger does not know it.")
@click.option("--published", metavar="DATE", help="When it came out, if the ledger does not know it.")
@click.option("--anew", is_flag=True, help="Throw away what was left unfinished.")
@click.pass_context
def desk(
    ctx: click.Context,
    article: str,
    to_story: Path | None,
    readers: tuple[str, ...],
    language: str | None,
    published: str | None,
    anew: bool,
) -> int | None:
    """Turn an article into claims: what is suggested of it is accepted, changed, split or left out, one key each.

    ARTICLE is a file, or a source with an archived copy. Nothing enters the ledger before it is committed, and then all
    of it does or nothing. To leave and go on later, give the same command again.

    Example: factledger desk article.txt
    """
    if to_story is None:
        _require_terminal()
    with reading() as ledger:
        opened = open_article(Book(ledger), article, language=language, published=published)
        if to_story is not None:
            worklist = on_record(ledger, opened.text, _begun(ledger, opened, readers))
            write_sketch(to_story, Book(ledger), worklist, opened, article)
            say(f"Wrote     {to_story}")
            say(f"Next      edit it, then: factledger import {to_story}")
            return None
        confirm_clock(ledger)
        with Journal(path_of(ledger, opened.text.sha256)) as journal:
            kept = None if anew else journal.resume(opened.text.words)
            worklist = kept or _begun(ledger, opened, readers)
            if kept is None:
                journal.begin(worklist)
            worklist = on_record(ledger, opened.text, worklist).in_hand(0).next_open()
            try:
                filed, rest, to_check = _sit(ledger, opened, worklist, journal, resumed=kept is not None)
            except (KeyboardInterrupt, EOFError) as stop:  # EOF: the terminal is gone
                _tell_left(journal, article)
                return exit_code(stop)
            if filed is None:
                _tell_left(journal, article)
                return None
    _tell(filed)
    if rest:
        say(f"Open      {rest} passages, kept for another time: factledger desk {article}")
    if not to_check or not filed.claims:
        return None
    code: int | None = ctx.invoke(check, claims=tuple(claim.handle for claim in filed.claims))
    return code


def _require_terminal() -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise EnvironmentFault(
            "The desk needs a terminal.", hint="Write a story file to edit and import instead: --to-story FILE"
        )


def _begun(ledger: Ledger, opened: OpenArticle, readers: tuple[str, ...]) -> Worklist:
    """Return what readers suggest, with what the ledger knows; say what went wrong with a reader."""
    asides = opened.asides(ledger) or ()
    if asides:
        say(f"Left out  {words.count(len(asides), 'line')} around the article; to quote one: factledger add --seen-in")
    suggested = suggest(opened.to_read(ledger, asides), readers or None)
    for fault in suggested.faults:
        say(f"Reader    {fault.plugin}: {one_line(fault.reason)}")
    for one in suggested.left_out:
        say(f"Not read  {one_line(one.reason)}")
    return known_in(Book(ledger), propose(opened.text.words, suggested.found, opened.text.language, asides))


def _sit(
    ledger: Ledger, opened: OpenArticle, worklist: Worklist, journal: Journal, *, resumed: bool
) -> tuple[Filed | None, int, bool]:
    """Let a person work; return what was filed, how many passages are open, and whether to check."""
    from .terminal.dialogue import Dialogue, Left
    from .terminal.screen import Screen

    filed: list[Filed] = []

    def commit(decided: Worklist) -> None:
        with writing() as book:
            filed.append(file(book, decided, opened))
        rest = after_filing(decided)
        if rest.count(PassageState.OPEN):
            journal.begin(rest)
        else:
            journal.finish()

    dialogue = Dialogue(worklist, journal, _known(ledger), commit)
    dialogue.said = "Going on where the work was left." if resumed else ""
    left = Screen(opened.title, dialogue).run()
    left_open = dialogue.worklist.count(PassageState.OPEN)
    return (filed[0] if filed else None), left_open, left is Left.FILED_TO_CHECK


def _known(ledger: Ledger) -> DeskRecords:
    from .terminal.dialogue import DeskRecords

    def like(text: str) -> tuple[tuple[str, str], ...]:
        found = matches(ledger.db, text, most=3) if text else []
        return tuple((one.handle, one_line(one.text)) for one in found if one.share >= ALIKE)

    return DeskRecords(
        agents=queries.names(ledger.db, "agent"),
        sources=queries.names(ledger.db, "source"),
        claims=lambda handle: bool(queries.rows(ledger.db, "claims", id=handle)),
        like=like,
    )


def _tell_left(journal: Journal, article: str) -> None:
    say(f"Left      Nothing is recorded; the work is kept in {journal.path}")
    say(f"Next      factledger desk {article}")


def _tell(filed: Filed) -> None:
    """Say what was recorded, each claim with its id."""
    for claim in filed.claims:
        say(f"Recorded  {claim.handle}: {one_line(claim.text)}")
    for made in filed.made:
        if isinstance(made, Inquiry):
            say(f"Asked     {made.handle}: {one_line(made.question)}")
    left_out = sum(isinstance(made, Exclusion) for made in filed.made)
    say(f"Left out  {left_out} passages, each with its reason")
    say("Next      factledger check")


COMMANDS = (desk,)
