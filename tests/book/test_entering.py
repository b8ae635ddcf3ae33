"""Entering records: what each use case takes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from ledger import rules
from ledger.book import Book
from ledger.errors import InputError, UnknownRecord
from ledger.model import (
    Agent,
    AgentKind,
    Anchor,
    Basis,
    Claim,
    Evidence,
    Link,
    Relation,
    Source,
    Stance,
    Value,
)
from ledger.store import queries

Refused = Callable[[str], AbstractContextManager[None]]


@pytest.mark.parametrize(
    ("anchor", "says"),
    [
        (Anchor(""), "quotation: This is empty"),
        (Anchor(" ", fragment="page=1"), "quotation: This is empty"),
        (Anchor("closed", fragment="page 1"), "'page 1' is written otherwise. Write: page=1"),
        (Anchor("closed", fragment="t=12.50"), "Write: t=12.5"),
        (Anchor("closed", fragment="page=0"), "There is no page 0"),
        (Anchor("closed", fragment=""), "This is empty"),
        (Anchor("", fragment="page=1", language="english!"), "no language tag"),
        (Anchor("clo\x1bsed", fragment="page=1"), "control character"),
        (Anchor("clo\u202esed", fragment="page=1"), "control character"),
    ],
)
def test_an_anchor_has_words_or_a_place_in_one_writing(book: Book, anchor: Anchor, says: str) -> None:
    """Words may be empty only beside a place, and a place is entered as it is recorded."""
    claim, source = book.claim("The bridge was closed."), book.source("Minutes")
    with pytest.raises(InputError) as refusal:
        book.evidence(claim, source, anchor=anchor)
    assert says in str(refusal.value)


def test_a_quotation_keeps_the_marks_that_set_a_name_apart_for_its_direction(book: Book) -> None:
    """Programs put them around names; they stand in the source, so nobody could quote across such a name without."""
    claim, source = book.claim("The bridge was closed."), book.source("Post")
    words = "closed by \u2068Ana\u2069 on Monday"
    item = book.evidence(claim, source, anchor=Anchor(words))
    assert item.anchor is not None and item.anchor.exact == words


def test_a_place_without_words_is_entered(book: Book) -> None:
    """It reads as it was entered, and its row has no quotation."""
    claim, source = book.claim("The bridge was closed."), book.source("Film")
    item = book.evidence(claim, source, anchor=Anchor("", fragment="t=12.5,20&xywh=1,2,3,4"))
    assert book.find(Evidence, item.handle) == item
    (row,) = queries.rows(book.ledger.db, "evidence")
    assert (row["quote"], row["fragment"]) == (None, "t=12.5,20&xywh=1,2,3,4")


def test_a_story_is_entered(book: Book) -> None:
    """Each use case returns its record, and the readable tables show handles in place of uids."""
    council = book.agent("Port council", kind=AgentKind.ORGANISATION)
    speaker = book.agent("Marta Quell", part_of=council)
    speech = book.source("Speech at the harbour", author=speaker, published="2031-05-04", language="en")
    minutes = book.source("Minutes of the port council", publisher=council)
    book.link(speech, Relation.QUOTES, minutes)
    claim = book.claim("The bridge was closed in May.", id="bridge", claimant=speaker, occurred="2031-05")
    item = book.evidence(claim, speech, anchor=Anchor("closed in May"), speaker=speaker, basis=Basis.WITNESS)
    asked = book.inquiry("Was the bridge closed?", claim=claim, asked=council, asked_on="2031-05-06")
    assert [entry.kind for entry in queries.entries(book.ledger.db, start=2)] == [
        "agent.add",
        "agent.add",
        "source.add",
        "source.add",
        "link.add",
        "claim.add",
        "evidence.add",
        "inquiry.add",
    ]
    (row,) = queries.rows(book.ledger.db, "evidence")
    assert (row["id"], row["claim"], row["source"], row["speaker"]) == (
        item.handle,
        "bridge",
        "speech-at-the-harbour",
        "marta-quell",
    )
    (row,) = queries.rows(book.ledger.db, "inquiries", id=asked.handle)
    assert (row["state"], row["claim"], row["asked"]) == ("awaiting", "bridge", "port-council")


def test_handles_come_from_the_words(book: Book) -> None:
    """A handle is made of the first words, and numbered where it is taken."""
    assert book.claim("The bridge was closed in May.").handle == "the-bridge-was-closed-in-may"
    assert book.claim("The bridge was closed in May!").handle == "the-bridge-was-closed-in-may-2"
    assert book.claim("→ ≈ ?").handle == rules.unnamed("→ ≈ ?", "claim")
    assert book.agent("José Ibáñez").handle == "jose-ibanez"


def test_evidence_is_seen_in_another_source_or_nowhere(book: Book) -> None:
    """A source that is said to be seen in itself was simply seen."""
    claim, speech = book.claim("The bridge was closed."), book.source("Speech at the harbour")
    assert book.evidence(claim, speech, seen_in=speech).seen_in is None


@pytest.mark.parametrize("handle", ["Bridge", "the bridge", "-bridge", "bridge-", "brücke", "", "a/b", "x" * 81])
def test_ids_that_no_address_could_bear(book: Book, refused: Refused, handle: str) -> None:
    """An id is lower-case letters, digits, hyphens and underscores, not too long."""
    with refused("cannot be an id|characters"):
        book.claim("The bridge was closed.", id=handle)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This is empty"),
        ("  \n", "This is empty"),
        ("\u200b \u00ad", "This is empty"),
        ("x" * 2001, "2,001 characters; at most 2,000"),
        ("The bridge\x00 was closed.", "U\\+0000"),
        ("The \u202eegdirb was closed.", "U\\+202E"),
    ],
    ids=["empty", "blank", "invisible", "too-long", "nul", "reordering"],
)
def test_texts_that_are_refused(book: Book, refused: Refused, text: str, says: str) -> None:
    """A claim has words that show in the order they are stored, and is not a page long."""
    with refused(says):
        book.claim(text)


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("claim", {"occurred": "last May"}, "date"),
        ("claim", {"said": "2031-13"}, "date"),
        ("claim", {"value": Value("ferry", "toll", "four")}, "is no number"),
        ("claim", {"value": Value("", "toll", "4")}, "This is empty"),
        ("claim", {"topic": " "}, "This is empty"),
        ("source", {"published": "5/4/2031"}, "date"),
        ("source", {"language": "English"}, "no language tag"),
        ("source", {"url": "harbour.example/speech"}, "no web address"),
        ("source", {"url": "javascript:alert(1)"}, "no web address"),
        ("source", {"url": "https://harbour.example/a b"}, "no web address"),
        ("source", {"url": "https://[harbour"}, "no web address"),
        ("source", {"url": "https://ann:secret@harbour.example/a"}, "says who logs in"),
    ],
)
def test_fields_that_are_refused(book: Book, refused: Refused, kind: str, fields: dict[str, Any], says: str) -> None:
    """Dates are EDTF, languages BCP 47, addresses whole, amounts numbers."""
    with refused(says):
        getattr(book, kind)("The bridge was closed.", **fields)


def test_an_id_that_is_taken(book: Book, refused: Refused) -> None:
    """Two records cannot share an id, whatever their kinds."""
    book.claim("The bridge was closed.", id="bridge")
    with refused("already taken"):
        book.source("The bridge", id="bridge")
    with refused("already taken"):
        book.claim("The bridge was open.", id="bridge")


def test_a_reference_to_what_is_not_there(book: Book, refused: Refused) -> None:
    """A record that names another which the ledger does not hold, or one of another kind, is refused."""
    claim = book.claim("The bridge was closed.")
    unheard = Source(uid="f" * 32, handle="rumour", title="Rumour")
    with refused("names no source"):
        book.evidence(claim, unheard)
    with refused("names no agent"):
        book.add(Source(uid="e" * 32, handle="speech", title="Speech", author=claim.uid))


def test_a_source_cannot_come_from_itself(book: Book, refused: Refused) -> None:
    """A link joins two sources."""
    speech = book.source("Speech at the harbour")
    with refused("cannot come from itself"):
        book.link(speech, Relation.REPRINTS, speech)


def test_independence_needs_a_reason(book: Book, refused: Refused) -> None:
    """Two sources are declared independent only with a word on how one knows."""
    speech, minutes = book.source("Speech at the harbour"), book.source("Minutes of the port council")
    with refused("declared with a reason"):
        book.link(speech, Relation.INDEPENDENT_OF, minutes)
    link = book.link(speech, Relation.INDEPENDENT_OF, minutes, note="The clerk was not at the harbour.")
    assert isinstance(link, Link)


def test_nobody_asked(book: Book, refused: Refused) -> None:
    """An inquiry says whom it asked or where it searched."""
    with refused("Nobody was asked"):
        book.inquiry("Was the bridge closed?")
    assert book.inquiry("Was it closed?", searched="harbour archive").searched == "harbour archive"


# -- together --------------------------------------------------------------


def test_together_is_one_moment(book: Book) -> None:
    """What is entered together stands in consecutive entries of one instant, and can refer to one another."""
    with book.together():
        speech = book.source("Speech at the harbour")
        claim = book.claim("The bridge was closed.", id="bridge")
        book.evidence(claim, speech, stance=Stance.CONTEXT)
        assert [record.handle for record in book.waiting][:2] == ["speech-at-the-harbour", "bridge"]
        assert queries.head(book.ledger.db).size == 2
    entries = list(queries.entries(book.ledger.db, start=2))
    assert len(entries) == 3
    assert len({entry.at for entry in entries}) == 1
    assert book.waiting == ()


def test_together_is_all_or_nothing(book: Book, refused: Refused) -> None:
    """If the block ends in an error nothing of it was recorded, and the next one starts afresh."""
    with refused("empty"), book.together():
        book.claim("The bridge was closed.", id="bridge")
        with book.together():
            book.claim("The ferry sank.", id="ferry")
        book.claim("")
    assert book.get("bridge") is None
    assert book.claim("The bridge was closed.", id="bridge").handle == "bridge"


def test_any_error_inside_counts(book: Book) -> None:
    """An error that is none of ours also leaves nothing behind."""
    with pytest.raises(KeyboardInterrupt), book.together():
        book.claim("The bridge was closed.")
        raise KeyboardInterrupt
    assert queries.head(book.ledger.db).size == 2


def test_together_with_nothing(book: Book) -> None:
    """An empty block writes nothing."""
    with book.together():
        pass
    assert queries.head(book.ledger.db).size == 2


def test_waiting_ids_are_taken_too(book: Book, refused: Refused) -> None:
    """Within a block two records cannot share an id either, and made-up ids are numbered."""
    with book.together():
        assert book.claim("The ferry sank.").handle == "the-ferry-sank"
        assert book.claim("The ferry sank.").handle == "the-ferry-sank-2"
    with refused("already taken"), book.together():
        book.claim("The bridge was closed.", id="bridge")
        book.claim("The bridge was open.", id="bridge")


# -- finding ---------------------------------------------------------------


def test_finding_by_handle_or_name(book: Book) -> None:
    """A person is found by id or by name, letter case aside."""
    marta = book.agent("Marta Quell")
    assert book.find(Agent, "marta-quell") == marta == book.find(Agent, "MARTA QUELL")
    assert book.look_up(Source, "Marta Quell") is None


def test_a_name_of_several(book: Book, refused: Refused) -> None:
    """A name that two share must be told apart by id."""
    book.agent("Marta Quell")
    book.agent("Marta Quell", id="marta-quell-senior")
    with refused("is the name of several"):
        book.find(Agent, "marta quell")


@pytest.mark.parametrize(
    ("cls", "name", "hint"),
    [
        (Agent, "Marta Quel", "Did you mean marta-quell?"),
        (Claim, "brigde", "Did you mean bridge?"),
        (Source, "Speech at the harbor", "Did you mean speech-at-the-harbour?"),
        (Agent, "Zed", "factledger agent 'Zed'"),
        (Evidence, "bridge", ""),
    ],
)
def test_did_you_mean(book: Book, cls: Any, name: str, hint: str) -> None:
    """A name that is not there brings the likely one, or how to record it."""
    book.agent("Marta Quell")
    book.claim("The bridge was closed.", id="bridge")
    book.source("Speech at the harbour")
    with pytest.raises(UnknownRecord) as caught:
        book.find(cls, name)
    assert hint in caught.value.hint


def test_a_handle_that_is_not_there(book: Book) -> None:
    """Asking for a record by a misspelt id brings the right one."""
    book.claim("The bridge was closed.", id="bridge")
    with pytest.raises(UnknownRecord, match="Did you mean bridge"):
        book.kept("bridg")


def test_a_slip_of_the_pen(book: Book) -> None:
    """A name that differs by a letter from a recorded one is noticed."""
    book.agent("Claudia Sheinbaum")
    assert book.similar_agent("Claudia Scheinbaum") == "Claudia Sheinbaum"
    assert book.similar_agent("Marta Quell") is None


def test_a_ledger_without_entries(book: Book) -> None:
    """A book cannot be opened on a log that nobody began."""
    from ledger import store

    with store.create_file(book.ledger.path.with_name("bare.db")) as bare:
        with pytest.raises(Exception, match="holds no entry") as caught:
            Book(bare)
        assert not isinstance(caught.value, InputError | StopIteration)
