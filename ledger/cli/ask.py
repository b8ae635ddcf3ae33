"""A claim entered by question and answer.

Each answer is held to the ledger when it is given; one that cannot stand is asked for again, with what was typed there
to be mended. Enter means unknown, Tab offers what is known, and nothing is written before the last answer.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from textwrap import fill
from typing import TypeVar

import attrs
import click

from .. import dates, desk, rules
from ..book import Book
from ..desk import ClaimDraft, NewAgent
from ..errors import InputError, LedgerError
from ..model import Agent, AgentKind, Basis, Source, Stake, Stance
from ..store import queries
from ..views import words
from .frame import at_terminal, one_line, say

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

WIDTH = 78

KINDS = {AgentKind.PERSON: "a person", AgentKind.ORGANISATION: "an organisation", AgentKind.PROGRAM: "a program"}


def telling(book: Book) -> ClaimDraft:
    """Ask for a claim, step by step; raise click.Abort if the person does not want to record it."""
    if sys.stdin is None:
        raise InputError("There is nobody to ask.", hint='Give the claim: factledger add "what is claimed"')
    say("Enter means unknown, Tab offers what is known. Nothing is written before the last answer; Ctrl-C stops.")
    told = _claim(book)
    told = _place(book, told)
    told = _speaker(book, told)
    told = attrs.evolve(
        told,
        basis=_choose("How do they know?", words.BASIS, Basis.UNKNOWN),
        stake=_choose("What do they stand to gain or lose by it?", words.STAKE, Stake.NOT_ASSESSED),
        occurred=_ask("When did it happen?", "2 May 2025; May 2025; about 1990; 2 May, if no year is given", _date),
    )
    if not _yes(f"Record it in {book.ledger.path.name}?", otherwise=True):
        raise click.Abort
    return told


@contextmanager
def kept_for_later(told: ClaimDraft) -> Iterator[None]:
    """Where recording fails after all, say what was told as one command, so that nobody types it twice."""
    try:
        yield
    except LedgerError:
        say(f"To try again: {as_command(told)}")
        raise


def as_command(told: ClaimDraft) -> str:
    """Return the command that records what was told; only what was answered is in it."""
    given = {one.name: getattr(told, one.name) for one in attrs.fields(ClaimDraft)}
    options = [
        (f"--{name.replace('said_in', 'in').replace('_', '-')}", str(getattr(value, "value", value)))
        for name, value in given.items()
        if name != "text" and value not in (None, (), Basis.UNKNOWN, Stake.NOT_ASSESSED, Stance.SUPPORTS)
    ]
    return shlex.join(["factledger", "add", told.text, *(word for option in options for word in option)])


# -- the questions ----------------------------------------------------------


def _claim(book: Book) -> ClaimDraft:
    def read(answer: str) -> str:
        rules.require_text(answer, "text", "claim text")
        return answer

    text = _ask("What is claimed, in one sentence?", "The harbour will close in June.", read, needed=True) or ""
    for one in desk.matches(book.ledger.db, text, most=3):
        if one.share >= desk.ALIKE:
            say(f"Like it   {one.handle}: {one_line(one.text)} ({one.share:.0%} of the words in common)")
    return ClaimDraft(text=text)


def _place(book: Book, told: ClaimDraft) -> ClaimDraft:
    def seen(answer: str) -> tuple[str, desk.Text | None]:
        return answer, desk.text_seen(book, answer)

    sources = _known(book, Source.KIND)
    files = [path.name for path in sorted(Path().iterdir()) if path.suffix.lower() in (".txt", ".html", ".pdf")]
    example = "article.txt; or the id or title of a source on record"
    found = _ask("Where did you see it?", example, seen, known=files + sources)
    if found is None:
        return told
    place, text = found

    def quoted(answer: str) -> str:
        if text is not None:
            desk.require_quoted(answer, text)
        return answer

    quote = _ask("In which words does it stand there?", "the harbour will close in June", quoted)
    return attrs.evolve(told, seen_in=place, quote=quote)


def _speaker(book: Book, told: ClaimDraft) -> ClaimDraft:
    people = _known(book, Agent.KIND)
    who = _ask(
        "Who says so?",
        "Marta Quell; the port council; or, if nobody is named, two people with knowledge of the contract",
        lambda answer: _person(book, answer),
        known=people,
    )
    quoting = None
    if isinstance(who, _Described):
        why = _ask("Why are they not named?", "they were not allowed to speak of it", _text)
        told = attrs.evolve(told, unnamed=who.words, unnamed_because=why)
    elif who is not None and _yes("Is that name to be kept out of the ledger?", otherwise=False):
        why = _ask("Why is it kept out?", "she would lose her post", _text, needed=True)
        told = attrs.evolve(told, unnamed_because=why)
    elif who is not None:
        quoting = _ask(
            "Whose words do they report, if not their own?",
            "a spokesman reports those of the minister: the minister's name",
            lambda answer: _person(book, answer),
            known=people,
        )
        told = attrs.evolve(told, said_by=who, quoting=None if isinstance(quoting, _Described) else quoting)
    if who is None:
        return told
    example = "speech near Mexico City; or a source on record"
    said_in = _ask("Where did they say it?", example, _text, known=_known(book, Source.KIND))
    return attrs.evolve(told, said_in=said_in)


@attrs.frozen
class _Described:
    """People whom nobody names, in the words that describe them."""

    words: str


def _person(book: Book, answer: str) -> str | NewAgent | _Described:
    """Return who is meant: somebody on record, somebody new, or people who are only described."""
    known = book.look_up(Agent, answer)
    if known is not None:
        return known.handle
    if desk.is_description(answer) and _yes("That names nobody, so no person is recorded. Right?", otherwise=True):
        return _Described(answer)
    similar = book.similar_agent(answer)
    if similar is not None and _yes(f"Do you mean {similar}, who is on record?", otherwise=True):
        return similar
    rules.require_text(answer, "name", "name")
    for doubt in desk.doubts_of_name(book, answer):
        if not at_terminal() or not _yes(f"{doubt} Is it meant so?", otherwise=False):
            raise InputError(doubt, hint="Who is it, then?")
    return NewAgent(answer, _choose(f"What is {answer}?", KINDS, desk.likely_kind(answer)))


def _date(answer: str) -> str:
    read = desk.date_of(answer)
    say(f"          That is {dates.words(dates.parse(read))}.")
    return read


def _text(answer: str) -> str:
    rules.require_text(answer, "title", "answer")
    return answer


def _known(book: Book, kind: str) -> list[str]:
    """Return the ids and the names of a kind of record."""
    found = queries.names(book.ledger.db, kind)
    return sorted({word for pair in found.items() for word in pair if word})


# -- asking -----------------------------------------------------------------


def _ask(
    question: str, example: str, read: Callable[[str], T], *, known: Sequence[str] = (), needed: bool = False
) -> T | None:
    """Return an answer as `read` takes it, None for Enter; what it refuses is asked for again."""
    click.echo(fill(f"{question} (such as: {example})", WIDTH), err=True)
    typed = ""
    while True:
        typed = one_line(_line(typed, known))
        if not typed and not needed:
            return None
        try:
            if typed:
                return read(typed)
            say("          This is needed.")
        except InputError as error:
            if not at_terminal():
                raise
            say(fill(one_line(str(error)), WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10))


def _choose(question: str, meanings: dict[E, str], otherwise: E) -> E:
    """Ask for one of a vocabulary's words, by its number or meaning; Enter takes `otherwise`."""
    listed = ", ".join(f"{number} {meaning}" for number, meaning in enumerate(meanings.values(), 1))
    click.echo(fill(f"{question} ({listed}; Enter: {meanings[otherwise]})", WIDTH), err=True)
    while True:
        answer = one_line(_line("", list(meanings.values())))
        if not answer:
            return otherwise
        for number, (word, meaning) in enumerate(meanings.items(), 1):
            if answer in (str(number), word.value, meaning):
                return word
        say(f"          Answer with a number from 1 to {len(meanings)}, or press Enter.")


def _yes(question: str, *, otherwise: bool) -> bool:
    return click.confirm(fill(question, WIDTH), default=otherwise, err=True)


def _line(typed: str, known: Sequence[str]) -> str:
    """Return a line that a person types; on a terminal `typed` stands there already, and Tab offers what is known."""
    if not (at_terminal() and sys.stdout.isatty()):
        click.echo("> ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        return line
    import readline

    def offered(begun: str, number: int) -> str | None:
        low = begun.casefold()
        fits = [one for one in known if one.casefold().startswith(low)]
        fits = fits or [one for one in known if any(word.startswith(low) for word in one.casefold().split())]
        return [*fits, None][number]

    readline.set_completer_delims("")
    readline.set_completer(offered)
    readline.parse_and_bind("tab: complete")
    readline.set_auto_history(False)
    readline.set_startup_hook(lambda: readline.insert_text(typed))
    try:
        return input("> ")
    finally:
        readline.set_startup_hook(None)
        readline.set_completer(None)
