"""Commands that decide: review, exclude, correct, supersede, retract, settle, grade."""

from __future__ import annotations

from typing import Any

import click

from .. import checks, desk, wire
from ..book import Book
from ..errors import InputError
from ..model import (
    Agent,
    Anchor,
    Claim,
    Credibility,
    Evidence,
    ExclusionReason,
    InquiryState,
    LinkState,
    Reliability,
    Source,
    Verdict,
)
from ..policy import Policy, read_policy
from ..store import queries
from ..views import words
from .frame import Vocabulary, command, policy_file, say, writing


@command()
@click.argument("claim")
@click.argument("verdict", required=False, type=click.Choice([v.value for v in Verdict if v is not Verdict.UNCHECKED]))
@click.option("--because", metavar="REASONS", help="Why; readers will see it.")
@click.option("--by", metavar="AGENT", help="Who decides (default: who began the ledger).")
@click.option("--label", metavar="WORDS", help="The house's own words; one of its policy says the verdict too.")
@click.option("--second", is_flag=True, help="Sign the verdict that stands, as a second person.")
def review(
    claim: str, verdict: str | None, because: str | None, by: str | None, label: str | None, second: bool
) -> None:
    """Decide a claim: a verdict with reasons, by a person.

    Example: factledger review troop-offer not_enough_evidence --because "Only one participant says so."
    """
    with writing() as book:
        about = book.find(Claim, claim)
        person = book.find(Agent, by) if by else None
        if second:
            made = book.second(about, because or "Agreed.", reviewer=person)
            say(f"Signed    {about.handle}: {words.VERDICT[made.verdict]}")
            return
        policy = read_policy(policy_file(None))
        verdict = _of_label(policy, label, verdict)
        if verdict is None or because is None:
            missing = "a verdict" if verdict is None else "reasons"
            raise InputError(
                f"A decision needs {missing}.",
                where=about.handle,
                hint=f'Write: factledger review {about.handle} VERDICT --because "..."; '
                f"VERDICT is one of {', '.join(v.value for v in Verdict if v is not Verdict.UNCHECKED)}.",
            )
        book.review(about, Verdict(verdict), because, reviewer=person, label=label)
        say(f"Decided   {about.handle}: {_both(label, words.VERDICT[Verdict(verdict)])}")
        if verdict in policy.second:
            say(f"Waits     for a second person: {signing(about.handle)}")


def signing(handle: str) -> str:
    """Return the command by which a second person signs."""
    return f"factledger review {handle} --second --by NAME"


def _both(label: str | None, verdict: str) -> str:
    return f"{label} ({verdict})" if label and label.casefold() != verdict.casefold() else verdict


def _of_label(policy: Policy, label: str | None, verdict: str | None) -> str | None:
    """Return the verdict that a house's label stands for; raise InputError if another is given, or it is unknown."""
    labels = {name.casefold(): meant.value for name, meant in policy.labels.items()}
    meant = labels.get((label or "").casefold())
    if meant is not None and verdict not in (None, meant):
        raise InputError(f"In this house “{label}” means {meant}, not {verdict}.", where="--label", hint="Give one.")
    if label and labels and meant is None:
        hint = f"It has: {', '.join(policy.labels)}."
        raise InputError(f"The house's policy has no label “{label}”.", where="--label", hint=hint)
    return meant or verdict


@command()
@click.argument("article")
@click.argument("passage")
@click.argument("reason", type=Vocabulary(ExclusionReason))
@click.option("--claim", metavar="CLAIM", help="The claim that covers it, where it is covered elsewhere.")
@click.option("--note", metavar="WORDS", help="More on why; needed with “other”.")
def exclude(article: str, passage: str, reason: ExclusionReason, claim: str | None, note: str | None) -> None:
    """Say that a passage of an article needs no claim, and why.

    Example: factledger exclude article "It was a dark day for the harbour." opinion
    """
    with writing() as book:
        source = book.find(Source, article)
        left = book.exclusion(
            source,
            desk.anchor_in(book.ledger, source, passage),
            reason,
            claim=book.find(Claim, claim) if claim else None,
            note=note,
        )
        say(f"Left out  {left.handle}: {words.EXCLUSION[reason]}")


@command()
@click.argument("record")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def correct(record: str, changes: tuple[str, ...], because: str) -> None:
    """Correct a record's fields; what it said before stays readable. FIELD= empties a field.

    The words of evidence are its quote; they are held to the archived text again.

    Example: factledger correct wsj-report published=2025-05-02 --because "The year is on its page."
    """
    fields: dict[str, Any] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise InputError(f"{change!r} is no correction.", where=record, hint="Write FIELD=VALUE.")
        fields[name.replace("-", "_")] = value or None
    with writing() as book:
        quoting = book.kept(record).record
        if fields.get("quote") and isinstance(quoting, Evidence):
            fields["anchor"] = wire.unstructure(_anchor(book, quoting, fields.pop("quote")))
        book.correct(record, fields, because)
        say(f"Corrected {record}. What it said before: factledger history {record}")


def _anchor(book: Book, item: Evidence, words: str) -> Anchor:
    """Return other words in place of those that evidence quotes, in the language that they are in."""
    seen = queries.kept(book.ledger.db, item.seen_in or item.source)
    assert seen is not None and isinstance(seen.record, Source)
    return desk.anchor_in(book.ledger, seen.record, words, language=item.anchor.language if item.anchor else None)


@command()
@click.argument("record")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def retract(record: str, because: str) -> None:
    """Say that a record no longer stands; it stays readable.

    Example: factledger retract wsj-report --because "The paper withdrew it."
    """
    with writing() as book:
        gone = book.retract(record, because)
        more = f"What stood on it: factledger impact {record}" if isinstance(gone, Source) else "It stays readable."
        say(f"Retracted {record}. {more}")


@command()
@click.argument("record")
@click.option("--by", required=True, metavar="RECORD", help="The record that takes its place.")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def supersede(record: str, by: str, because: str) -> None:
    """Say that another record takes this one's place.

    Example: factledger supersede troop-offer --by troop-offer-2 --because "The wording was ambiguous."
    """
    with writing() as book:
        book.supersede(record, by, because)
        say(f"Superseded {record} by {by}.")


STATES = {state.value: state for vocabulary in (LinkState, InquiryState) for state in vocabulary}


@command()
@click.argument("record")
@click.argument("state", type=click.Choice(list(STATES)))
@click.option("--because", required=True, metavar="WHY")
def settle(record: str, state: str, because: str) -> None:
    """Confirm or reject a link, or give an inquiry its outcome.

    Example: factledger settle asked-white-house answered --because "They called back on Monday."
    """
    with writing() as book:
        book.settle(record, STATES[state], because)
        say(f"Settled   {record}: {state}")


def _grade(text: str) -> Reliability | Credibility:
    for scale in (Reliability, Credibility):
        if text.upper() in [one.value for one in scale]:
            return scale(text.upper())
    two = "It takes two steps: first the one, then the other." if len(text) == 2 else "See both scales with -h."
    raise InputError(f"{text!r} is no grade.", where="grade", hint=f"Give a letter, A to F, or a figure, 1 to 6. {two}")


@command()
@click.argument("evidence")
@click.argument("grade")
@click.option("--because", required=True, metavar="WHY", help="Readers will see it.")
def grade(evidence: str, grade: str, because: str) -> None:
    """Grade a piece of evidence on the Admiralty scale, in two steps: its source, then what it says.

    \b
    How reliable is the source, by all it said until now?
        A completely   B usually   C fairly   D not usually   E unreliable   F cannot be judged
    How credible is this one statement, whoever makes it?
        1 confirmed by independent sources   2 probably true   3 possibly true
        4 doubtful   5 improbable            6 cannot be judged

    A reliable source can be wrong: answer the second without looking at the first. 1 is taken only where a check
    shows two sources independent.

    Example: factledger grade troop-offer-by-speech C --because "She was corrected on figures twice this year."
    """
    given = _grade(grade)
    with writing() as book:
        item = book.find(Evidence, evidence)
        graded = checks.grade(book, item, given, because)
        say(f"Graded    {item.handle}: {words.GRADE[given]}")
        if graded.credibility is None:
            say(f"Next, apart from who says it: how credible is it? factledger grade {item.handle} 1 to 6")
        elif graded.reliability is None:
            say(f"Next, apart from what is said: how reliable is the source? factledger grade {item.handle} A to F")


COMMANDS = (review, exclude, correct, supersede, retract, settle, grade)
