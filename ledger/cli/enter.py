"""Commands that enter: init, add, agent, source, link, origin, evidence, inquiry, article."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from .. import book as use_cases
from .. import desk
from ..book import keys, ssh_agent
from ..book.sealing import Sealing
from ..desk import ClaimDraft
from ..errors import InputError, reading_file
from ..model import (
    Agent,
    AgentKind,
    Basis,
    Claim,
    InquiryState,
    Order,
    Record,
    Relation,
    Source,
    SourceKind,
    Stake,
    Stance,
)
from ..store import queries
from ..text import Comparison, Fidelity
from ..timeline import out_on
from ..views.words import AGENT
from . import ask
from .article import show_read
from .documents import encoding_option, read_document
from .frame import Vocabulary, command, confirm, ledger_path, one_line, say, writing, yes_option

PLACE_HELP = 'Where in it: "page 12", 0:12-0:20, or xywh=160,120,320,240 for a part of a picture; also without words.'


def recorded(record: Record, what: str = "") -> None:
    """Say which record was made, and that what opens its seals must be kept."""
    hand_over(record)
    say(f"Recorded {record.KIND} {record.handle}{': ' if what else ''}{what}")
    if getattr(record, "seals", ()):
        say(f"Sealed   its words are in your key folder and not in the ledger: keep a copy of {keys.folder()}.")


FOUND = {
    Fidelity.EXACT: "found once",
    Fidelity.MARKED: "found once, with its changes marked",
    Fidelity.STYLED: "found once, in another style",
    Fidelity.MISLEADING: "found once; something is kept back",
    Fidelity.LIKELY: "probably found; some words differ",
}


def say_quote(quoted: Comparison, sentence: int) -> None:
    """Say how the words that are quoted stand to the archived text, and what is to be known of them."""
    say(f"Quote     {FOUND[quoted.fidelity]}, sentence {sentence}")
    for note in quoted.notes:
        say(f"{'Note' if quoted.fidelity.faithful else 'Look':<10}{one_line(note)}")


def hand_over(record: Record) -> None:
    """Give a script the new record's id on stdout; a person has read it already."""
    if not sys.stdout.isatty():
        click.echo(record.handle)


@command()
@click.option("--origin", required=True, metavar="NAME", help="The ledger's name for ever, such as desk.example.org.")
@click.option("--person", metavar="NAME", help="Who begins it (default: your user name).")
@click.option(
    "--ssh-key",
    "public",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Sign with this key of an ssh-agent: its .pub file.",
)
def init(origin: str, person: str | None, public: Path | None) -> None:
    """Start a ledger.

    Its log is signed with a key that is made now and lies in your key folder, or with one that an ssh-agent holds and
    that never lies here, such as one on a token (Ed25519; none that signs as FIDO does).

    Example: factledger -d mine.db init --origin desk.example.org --person "Ana Roa"
    """
    path = ledger_path()
    signs = None
    if public is not None:
        with reading_file(public):
            signs = ssh_agent.public_key(public.read_text("utf-8", "replace"), str(public))
    begun = use_cases.start(path, origin=origin, person=person or getpass.getuser(), public=signs)
    ledger_id = queries.first(begun.ledger.db).subject
    begun.ledger.close()
    say(f"Started   {path}, the ledger {origin}")
    if signs is None:
        say(f"Log key   {keys.folder() / ledger_id}.key")
        say("          Keep a copy of this key apart from the ledger: whoever has both can rewrite its history.")
    else:
        say(f"Log key   that of {public}; whoever signs checkpoints needs an ssh-agent that holds it.")
    say('Next      factledger add "what is claimed" --seen-in article.txt')


@command()
@click.argument("text", required=False)
@click.option("--id", metavar="ID", help="The claim's id (default: made of its words).")
@click.option("--seen-in", metavar="FILE|SOURCE", help="Where you saw it: a .txt file, or a source.")
@click.option("--quote", metavar="WORDS", help="The exact words; they must stand in what you saw.")
@click.option("--at", metavar="PLACE", help=PLACE_HELP)
@click.option("--language", metavar="TAG", help="Language of the quotation, such as en.")
@click.option("--original", metavar="WORDS", help="The words in the language they were spoken, if translated.")
@click.option("--said-by", metavar="AGENT", help="Who said so.")
@click.option("--unnamed", metavar="WORDS", help='Or who, if no name is given: "two people with knowledge of it".')
@click.option("--quoting", metavar="AGENT", help="Whose words they report.")
@click.option("--in", "said_in", metavar="SOURCE", help='What they said it in, such as "speech near Mexico City".')
@click.option("--basis", type=Vocabulary(Basis), default=Basis.UNKNOWN, help="How they know.")
@click.option("--stake", type=Vocabulary(Stake), default=Stake.NOT_ASSESSED, help="What they stand to gain or lose.")
@click.option("--stance", type=Vocabulary(Stance), default=Stance.SUPPORTS, help="Whether it speaks for the claim.")
@click.option("--said", metavar="DATE", help="When it was said (EDTF: 2025-05-02, 2025-05, XXXX-05-02).")
@click.option("--occurred", metavar="DATE", help="When it happened (EDTF).")
@click.option("--after", metavar="EVENT", help="It came after this: a claim's id, or words that name an event.")
@click.option("--before", metavar="EVENT", help="It came before this. With --after: that came before this.")
@click.option("--topic", metavar="WORDS")
@click.option("--story", metavar="ID", help="The story it belongs to.")
@click.option("--unnamed-because", metavar="WHY", help="Why no name is given, or why it is kept out.")
def add(text: str | None, after: str | None, before: str | None, **told: Any) -> None:
    """Record a claim with its source; without TEXT, be asked.

    Who says so makes two claims: that it was said, and that it is so.

    \b
    Example: factledger add "Trump proposed sending the U.S. Army into Mexico" \\
        --id troop-offer --seen-in article.txt --said-by "Claudia Sheinbaum"
    """
    with writing() as book:
        if text is None:
            telling = ask.telling(book)
        else:
            words = (sys.stdin.read() if sys.stdin else "") if text == "-" else text
            telling = ClaimDraft(
                text=words.strip(),
                order=Order(earlier=after, later=before) if after or before else None,
                **told,
            )
        like = [one for one in desk.matches(book.ledger.db, telling.text or "", most=3) if one.share >= desk.ALIKE]
        with ask.kept_for_later(telling) if text is None else nullcontext():
            outcome = desk.tell(book, telling)
        if outcome.archived:
            say(f"Archived  {outcome.archived}")
        for note in outcome.notes:
            say(f"Note      {note}")
        if outcome.sentence and outcome.quoted:
            say_quote(outcome.quoted, outcome.sentence)
        if outcome.saying:
            width = len(outcome.saying.handle)
            say(f"Recorded  {outcome.saying.handle}  that {telling.said_by or telling.unnamed} said it")
            say(f"          {outcome.claim.handle:<{width}}  that it is so")
        else:
            say(f"Recorded  {outcome.claim.handle}")
        for one in like:
            say(f"Like it   {one.handle}: {one_line(one.text)} ({one.share:.0%} of the words in common)")
        for body in [one for one in outcome.made if isinstance(one, Agent) and one.kind is not AgentKind.PERSON]:
            say(f"Recorded  {body.handle}  as {AGENT[body.kind]}: {body.name}")
        for undated in [one for one in outcome.made if isinstance(one, Source) and one.kind is SourceKind.ARTICLE]:
            _say_undated(undated)
        if outcome.unknown:
            say(f"Unknown   {'; '.join(outcome.unknown)}")
        say(f"Next      factledger check {outcome.claim.handle}")
        hand_over(outcome.claim)


def require_no_command(name: str, kind: str) -> None:
    """Raise InputError for the name of a command, which was meant as one."""
    top = click.get_current_context().find_root()
    if isinstance(top.command, click.Group) and name in top.command.list_commands(top):
        meant = f"list {kind}" if name == "list" else name
        raise InputError(f"{name!r} is a command, and no name.", hint=f"Did you mean: factledger {meant}?")


def seal_option(what: str) -> Callable[..., Any]:
    """Return the option that keeps some words of a record out of the ledger."""
    return click.option("--seal", metavar="WHY", help=f"Keep the {what} out of the ledger, and tell readers why.")


def _sealing(because: str | None, *fields: str) -> Sealing | None:
    return None if because is None else Sealing(fields, because)


@command()
@click.argument("name")
@click.option("--id", metavar="ID")
@click.option("--kind", type=Vocabulary(AgentKind), default=AgentKind.PERSON.value, show_default=True)
@click.option("--part-of", metavar="AGENT", help="Its owner or syndicate.")
@click.option("--note", metavar="WORDS")
@seal_option("name")
@yes_option
def agent(
    name: str, id: str | None, kind: AgentKind, part_of: str | None, note: str | None, seal: str | None, yes: bool
) -> None:
    """Record a person, organisation or program.

    Example: factledger agent "The Wall Street Journal" --kind organisation
    """
    require_no_command(name, "agents")
    with writing() as book:
        confirm(desk.doubts_of_name(book, name), yes=yes)
        owner = book.find(Agent, part_of) if part_of else None
        made = book.agent(name, id=id, kind=kind, part_of=owner, note=note, seal=_sealing(seal, "name"))
        recorded(made, made.name)


@command()
@click.argument("title")
@click.option("--id", metavar="ID")
@click.option("--kind", type=Vocabulary(SourceKind), help="Default: what the title names, else a document.")
@click.option("--author", metavar="AGENT", help="Who wrote or spoke it.")
@click.option("--publisher", metavar="AGENT")
@click.option("--published", metavar="DATE", help="EDTF: 2025-05-02, 2025-05, XXXX-05-02 when the year is unknown.")
@click.option(
    "--reference-date", metavar="DATE", help="What “yesterday” in it counts from, if not when it was published."
)
@click.option("--language", metavar="TAG")
@click.option("--url", metavar="URL")
@click.option("--note", metavar="WORDS")
@seal_option("title and address")
@yes_option
def source(
    title: str,
    kind: SourceKind | None,
    author: str | None,
    publisher: str | None,
    seal: str | None,
    yes: bool,
    **more: Any,
) -> None:
    """Record one work or utterance: a report, a speech, a statement, a law.

    Example: factledger source "Reuters report" --kind wire_report --publisher reuters
    """
    require_no_command(title, "sources")
    with writing() as book:
        confirm(desk.doubts_of_day(book, more["published"]), yes=yes)
        made = book.source(
            title,
            kind=kind or desk.kind_of(title, default=SourceKind.DOCUMENT),
            author=book.find(Agent, author) if author else None,
            publisher=book.find(Agent, publisher) if publisher else None,
            seal=_sealing(seal, "title", *(["url"] if more["url"] else [])),
            **more,
        )
        recorded(made, made.title)
        for other in desk.same_page(book, made):
            say(f"Same page {other} has this address. If it is one work, record what it says as that one's.")


@command()
@click.argument("source")
@click.argument("relation", type=Vocabulary(Relation))
@click.argument("earlier")
@click.option("--claim", metavar="CLAIM", help="The claim that it has from there, if it has not everything.")
@click.option("--id", metavar="ID")
@click.option("--note", metavar="WORDS", help="How you know; needed for independent_of.")
def link(source: str, relation: Relation, earlier: str, claim: str | None, id: str | None, note: str | None) -> None:
    """Declare what a source comes from: SOURCE RELATION EARLIER.

    Who quotes or cites somebody may do so for one thing and know another for themselves: say with --claim for which.

    Example: factledger link article cites wsj-report --claim harbour
    """
    with writing() as book:
        carried = book.find(Claim, claim) if claim else None
        later, before = book.find(Source, source), book.find(Source, earlier)
        recorded(book.link(later, relation, before, claim=carried, id=id, note=note))


@command()
@click.argument("name")
@click.argument("sources", nargs=-1, required=True)
@click.option("--claim", metavar="CLAIM", help="The claim that they have from there, if they have not everything.")
@click.option("--kind", type=Vocabulary(SourceKind), help="What it is [default: wire_report].")
def origin(name: str, sources: tuple[str, ...], claim: str | None, kind: SourceKind | None) -> None:
    """Put on record what SOURCES have it from, though nobody here has seen it: a wire, an official, a memo, a study.

    Sources with one origin are one source, however many they are.

    Example: factledger origin Coastwire gazette courier --claim harbour
    """
    with writing() as book:
        found = [book.find(Source, source) for source in dict.fromkeys(sources)]
        made = desk.name_origin(book, name, found, claim=book.find(Claim, claim) if claim else None, kind=kind)
        recorded(made, made.title)
        say(f"From it   {', '.join(source.handle for source in found)}")


@command()
@click.argument("claim")
@click.argument("source")
@click.option("--id", metavar="ID")
@click.option("--stance", type=Vocabulary(Stance), default=Stance.SUPPORTS.value, show_default=True)
@click.option("--seen-in", metavar="SOURCE", help="Where it was found, if not in the source itself.")
@click.option("--quote", metavar="WORDS", help="The exact words; held to the archived text where there is one.")
@click.option("--at", metavar="PLACE", help=PLACE_HELP)
@click.option("--language", metavar="TAG")
@click.option("--original", metavar="WORDS")
@click.option("--speaker", metavar="AGENT")
@click.option("--quoting", metavar="AGENT")
@click.option("--basis", type=Vocabulary(Basis), default=Basis.UNKNOWN.value, show_default=True)
@click.option("--stake", type=Vocabulary(Stake), default=Stake.NOT_ASSESSED.value, show_default=True)
@click.option("--named/--unnamed", default=None, help="Whether the source names who says so.")
@click.option("--unnamed-because", metavar="WHY")
@click.option("--note", metavar="WORDS")
@seal_option("quotation, and where it stands,")
def evidence(
    claim: str,
    source: str,
    quote: str | None,
    at: str | None,
    language: str | None,
    seal: str | None,
    **told: Any,
) -> None:
    """Record what a source says for, against or around a claim.

    Example: factledger evidence troop-offer wsj-report --stance context --seen-in article
    """
    with writing() as book:
        carrier = book.find(Source, source)
        seen_in = book.find(Source, told["seen_in"]) if told["seen_in"] else None
        told |= {
            "seen_in": seen_in,
            "speaker": book.find(Agent, told["speaker"]) if told["speaker"] else None,
            "quoting": book.find(Agent, told["quoting"]) if told["quoting"] else None,
            "anchor": desk.anchor_in(book.ledger, seen_in or carrier, quote, language=language, at=at)
            if quote or at is not None
            else None,
        }
        recorded(book.evidence(book.find(Claim, claim), carrier, seal=_sealing(seal, "anchor"), **told))
        text = desk.text_of(book.ledger, seen_in or carrier) if told["anchor"] and told["anchor"].exact else None
        if text is not None:
            say_quote(desk.compared(text, told["anchor"]), desk.sentence_number(text, told["anchor"]))


@command()
@click.argument("question")
@click.option("--id", metavar="ID")
@click.option("--claim", metavar="CLAIM")
@click.option("--asked", metavar="AGENT", help="Who was asked.")
@click.option("--searched", metavar="WORDS", help="Or where was searched.")
@click.option("--asked-by", metavar="AGENT")
@click.option("--asked-on", metavar="DATE")
@click.option("--deadline", metavar="DATE")
@click.option("--state", type=Vocabulary(InquiryState), default=InquiryState.AWAITING.value, show_default=True)
@click.option("--seen-in", metavar="SOURCE", help="Where it is told that this was asked.")
@click.option("--note", metavar="WORDS")
def inquiry(question: str, **told: Any) -> None:
    """Record who was asked, or where was searched; what was answered is evidence.

    Example: factledger inquiry "Did he raise troops?" --asked white-house --state no_answer
    """
    with writing() as book:
        for name, kind in (("claim", Claim), ("asked", Agent), ("asked_by", Agent), ("seen_in", Source)):
            told[name] = book.find(kind, told[name]) if told[name] else None
        recorded(book.inquiry(question, **told), question)


@command()
@click.argument("file")
@click.option("--id", metavar="ID")
@click.option("--title", metavar="WORDS", help="Default: its headline, or the first line.")
@click.option("--publisher", metavar="AGENT")
@click.option("--author", metavar="AGENT")
@click.option("--published", metavar="DATE")
@click.option("--reference-date", metavar="DATE", help="What “yesterday” in it counts from, if not when it came out.")
@click.option("--url", metavar="URL")
@click.option("--language", metavar="TAG")
@encoding_option
@yes_option
def article(file: str, publisher: str | None, author: str | None, encoding: str | None, yes: bool, **more: Any) -> None:
    """Archive an article (.txt, .html, .docx, .pdf) and read it, as `read` does; into a pipe, number its sentences.

    Example: factledger article article.txt --publisher reuters
    """
    document = read_document(file, encoding=encoding)
    with writing() as book:
        confirm(desk.doubts_of_day(book, more["published"]), yes=yes)
        taken = desk.take_in(
            book,
            document,
            publisher=book.find(Agent, publisher) if publisher else None,
            author=book.find(Agent, author) if author else None,
            **more,
        )
        say(f"{'Archived ' if taken.new else 'Known    '} {Path(file).name}, as {taken.source.handle}")
        for note in document.notes:
            say(f"Note      {note}")
        lines = desk.coverage(book.ledger, taken.source, taken.text).lines
        if sys.stdout.isatty():
            show_read(book.ledger, taken.source)
        else:
            for line in lines:
                click.echo(f"{line.number:>3}  {line.text}")
        say(f"{len(lines)} sentences, {sum(line.quotes for line in lines)} with a quotation.")
        _say_undated(taken.source)
        say(f'Next      factledger add "what is claimed" --seen-in {taken.source.handle} --quote "the exact words"')


def _say_undated(source: Source) -> None:
    """Say what to give for an article without a date, so that "yesterday" in it means a day."""
    if out_on(source) is None:
        say("Undated   A “yesterday” or “May 2” in it would count from no day. Once you know its date:")
        say(f'          factledger correct {source.handle} reference_date=DATE --because "..."')


COMMANDS = (init, add, agent, source, link, origin, evidence, inquiry, article)
