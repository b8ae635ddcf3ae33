"""Readers are called apart: whatever a stranger's does, it is a line of the answer, and the others stand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import UnknownRecord
from ledger.reader import Article, SuggestedClaim
from ledger.reading.ask import suggest
from ledger.reading.held import Suggestions

pytestmark = pytest.mark.long

Install = Callable[..., None]

STRANGER = '''
import os, sys, time
from ledger import hookimpl
from ledger.reader import Article, LeftOut, Mention, Nature, Reader, SuggestedAgent, SuggestedClaim
from ledger.text import Span


def claim(start, end, **more):
    span = Span(start, end)
    return SuggestedClaim(span=span, reason="So it reads.", nature=Nature.FACTUAL, **{"content": span, **more})


class Stranger(Reader):
    """Suggests what its code says."""

    name = NAME
    establishes = "what it says"
    does_not_establish = "anything else"
    asks = ASKS

    def read(self, article, options):
        DOES


@hookimpl
def ledger_register_readers():
    return [Stranger()]
'''

TEXT = "The pier moved. Marta Quell said that it was rotten."


def stranger(install: Install, name: str, does: str, *, called: str = "", asks: bool = False) -> None:
    code = STRANGER.replace("NAME", repr(called or name)).replace("ASKS", repr(asks))
    install(name, code.replace("DOES", does.replace("\n", "\n        ")))


def answers(*names: str, limit: float = 10, **options: Any) -> Suggestions:
    return suggest(Article(text=TEXT), names or None, limit=limit, options=options)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test installs is loaded."""
    monkeypatch.setenv("FACTLEDGER_LOAD_PLUGINS", "no:factledger-checkers,no:factledger-reader")


@pytest.mark.long
def test_one_that_breaks_hangs_or_floods_is_a_line_and_the_others_stand(install: Install) -> None:
    """A crash, a hang and a flood end with the call, in the time that was given; what was said before counts."""
    stranger(install, "good", "print('noise')\nyield claim(0, 15)")
    stranger(install, "bad", "yield claim(0, 15)\nos.kill(os.getpid(), 11)")
    stranger(install, "worse", "yield claim(0, 15)\ntime.sleep(600)")
    stranger(install, "worst", "while True:\n    yield claim(0, 15)")
    began = time.monotonic()
    found = answers(limit=4)
    assert time.monotonic() - began < 300
    assert [(one.reader, one.version) for one in found.found if one.reader == "good"] == [("good", "1")]
    faults = {fault.plugin: fault.reason for fault in found.faults}
    assert set(faults) == {"bad", "worse", "worst"}
    assert "signal 11" in faults["bad"]
    assert "longer than 4 seconds" in faults["worse"]
    assert "more than" in faults["worst"] or "longer than" in faults["worst"]


def test_what_does_not_stand_in_the_text_is_dropped_and_said_to_be(install: Install) -> None:
    """Places past the end, names that are nowhere, parts outside of what they are parts of; what stands is kept."""
    stranger(
        install,
        "good",
        "yield claim(0, 15)\n"
        "yield claim(0, 9999)\n"
        "yield claim(3, 3)\n"
        "yield claim(0, 15, dates=(Span(20, 24),))\n"
        "yield claim(16, 52, voices=(Mention(span=Span(16, 27), name='Nobody Atall'),))\n"
        "yield claim(16, 52, voices=(Mention(span=Span(16, 27), name='Marta Quell', role='mayor'),))\n"
        "yield SuggestedAgent(span=Span(16, 27), reason='', name='Marta Quell')\n"
        "yield SuggestedAgent(span=Span(16, 27), reason='Named.', name='marta  quell')\n"
        "yield LeftOut(span=Span(0, 0), reason='I did not read the rest.')",
    )
    found = answers()
    assert [type(one).__name__ for one in found.found] == ["SuggestedClaim", "SuggestedAgent"]
    said = [one.reason for one in found.left_out]
    assert said[0] == "I did not read the rest."
    for words in (
        "52 characters",
        "no words at its place",
        "outside",
        "“Nobody Atall”",
        "“mayor”",
        "its reason is empty",
    ):
        assert any(words in reason for reason in said), words
    assert found.faults == ()


def test_what_is_no_suggestion_ends_the_call_and_is_said(install: Install) -> None:
    """A reader that gives something else has broken off."""
    stranger(install, "good", "yield claim(0, 15)\nyield {'suggests': 'claim'}")
    found = answers()
    assert len(found.found) == 1
    assert "dict is no suggestion" in found.faults[0].reason


def test_the_same_is_suggested_once_and_all_in_the_order_of_the_text(install: Install) -> None:
    """Twice the same is once; the order is by place, whoever suggests it and when."""
    stranger(install, "good", "yield claim(16, 52)\nyield claim(0, 15)\nyield claim(0, 15)")
    stranger(install, "other", "yield claim(4, 15)")
    found = answers().found
    assert [(one.span.start, one.reader) for one in found] == [(0, "good"), (4, "other"), (16, "good")]


def test_two_readers_of_a_name_are_not_called_in_silence(install: Install) -> None:
    """What two plugins call by one name is a fault of both, and suggests nothing."""
    stranger(install, "good", "yield claim(0, 15)")
    stranger(install, "second", "yield claim(16, 52)", called="good")
    found = answers()
    assert found.found == ()
    assert [(fault.plugin, fault.reason) for fault in found.faults] == [
        ("good", "Its reader good has the name of one from second; neither runs."),
        ("second", "Its reader good has the name of one from good; neither runs."),
    ]


def test_one_that_asks_somebody_is_called_by_name_alone(install: Install) -> None:
    """Nothing is sent anywhere unless a command names the reader; its options reach it."""
    stranger(install, "costly", "yield claim(0, options['until'])", asks=True)
    stranger(install, "good", "yield claim(0, 15)")
    assert {one.reader for one in answers().found} == {"good"}
    named = answers("costly", costly={"until": 15})
    assert [(one.reader, one.span.end) for one in named.found] == [("costly", 15)]


def test_a_name_that_no_reader_has_is_refused(install: Install) -> None:
    """The message says which there are."""
    stranger(install, "good", "yield claim(0, 15)")
    with pytest.raises(UnknownRecord, match="There is no reader 'goood'") as fault:
        answers("goood")
    assert "good" in fault.value.hint


def test_one_that_cannot_be_imported_is_a_line(install: Install) -> None:
    """Its fault names it, and the others are there."""
    install("bad", "raise ValueError('broken')")
    install("worse", "import os; os._exit(3)")
    stranger(install, "good", "yield claim(0, 15)")
    found = answers()
    assert len(found.found) == 1
    assert {fault.plugin for fault in found.faults} == {"bad", "worse"}


def test_the_standard_reader_is_installed_and_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes with factledger, registered as a stranger's is."""
    monkeypatch.delenv("FACTLEDGER_LOAD_PLUGINS")
    found = suggest(Article(text=TEXT, language="en"), ["standard"])
    claims = [one for one in found.found if isinstance(one, SuggestedClaim)]
    assert [one.speaker and one.speaker.name for one in claims] == [None, "Marta Quell"]
    assert (found.left_out, found.faults) == ((), ())


def test_the_reader_of_the_guide_works_as_it_stands_there(install: Install) -> None:
    """The page's example registers, and suggests what it says."""
    page = (Path(__file__).parents[2] / "docs" / "readers.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    install("good", example)
    found = suggest(Article(text="The pier moved! It did not fall."), ["shouted"])
    assert [(one.span.end, one.reason) for one in found.found] == [(15, "It is shouted.")]
    (left_out,) = suggest(Article(text="¡El puerto!", language="es"), ["shouted"]).left_out
    assert left_out.reason == "Not read: the language es."
