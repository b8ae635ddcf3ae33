"""A claim entered by question and answer. Enter means unknown; nothing is written before the last answer."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TypeVar

import click

from ..book import Book
from ..desk import Telling
from ..errors import InputError
from ..model import Basis, Stake
from ..views import words
from .frame import say

E = TypeVar("E", bound=Enum)


def telling(book: Book) -> Telling:
    """Ask for a claim, step by step; raise click.Abort if the person does not want to record it."""
    if sys.stdin is None:
        raise InputError("There is nobody to ask.", hint='Give the claim: factledger add "what is claimed"')
    say("Enter means unknown. Nothing is written before the last answer.")
    text = ""
    while not text:
        text = _ask("The claim, in one sentence") or ""
    seen_in = _ask("Where did you see it? (a .txt file, or a source)")
    quote = _ask("Exact words") if seen_in else None
    keep_out = click.confirm("Keep the speaker's name out of the ledger?", default=False, err=True)
    unnamed = said_by = quoting = None
    if keep_out:
        while not unnamed:
            unnamed = _ask("Why is it kept out?")
    else:
        said_by = _ask("Who said so?")
        quoting = _ask("Reporting whose words?") if said_by else None
    said_in = _ask('Where did they say it? (such as "speech near Mexico City")') if said_by or unnamed else None
    basis = _choose("How do they know?", words.BASIS, Basis.UNKNOWN)
    stake = _choose("Their stake?", words.STAKE, Stake.NOT_ASSESSED)
    occurred = _ask("When did it happen? (2025-05-02, 2025-05, XXXX-05-02)")
    told = Telling(
        text=text,
        seen_in=seen_in,
        quote=quote,
        said_by=said_by,
        quoting=quoting,
        said_in=said_in,
        basis=basis,
        stake=stake,
        occurred=occurred,
        unnamed_because=unnamed,
    )
    if not click.confirm(f"Record it in {book.ledger.path.name}?", default=True, err=True):
        raise click.Abort
    return told


def _ask(question: str) -> str | None:
    answer = click.prompt(question, default="", show_default=False, err=True)
    return answer.strip() or None


def _choose(question: str, meanings: dict[E, str], unknown: E) -> E:
    """Ask for one of a vocabulary's words, by its number, word or beginning."""
    choices = [word for word in meanings if word is not unknown]
    listed = ", ".join(f"{number} {meanings[word]}" for number, word in enumerate(choices, 1))
    while True:
        answer = _ask(f"{question} ({listed})")
        if answer is None:
            return unknown
        for number, word in enumerate(choices, 1):
            if answer in (str(number), word.value, meanings[word]):
                return word
        say(f"Answer with a number from 1 to {len(choices)}, or Enter for unknown.")
