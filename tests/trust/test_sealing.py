"""A name that is sealed at entry is never in the ledger, and can be shown to one person later."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, store, trust
from ledger.book import Book, keys, sealing
from ledger.book.sealing import Sealing
from ledger.errors import EnvironmentFault, InputError
from ledger.log.sheet import InclusionSheet, read_sheet
from ledger.model import SEALED, Agent, Anchor, Source
from ledger.store import queries
from ledger.web.serve import application

NAME = "Zoë Kėpler-Strauß"
WHY = "She would lose her post."


@pytest.fixture
def sealed(book: Book) -> Agent:
    """An agent whose name never entered."""
    return book.agent(NAME, seal=Sealing(("name",), WHY))


def shown(book: Book, handle: str) -> InclusionSheet:
    sheet = read_sheet(trust.disclose(book.ledger, handle).text)
    assert isinstance(sheet, InclusionSheet)
    return sheet


def files(path: Path) -> bytes:
    """Every byte of a ledger and of what lies beside it, except the key folder."""
    return b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and "keys" not in file.parts)


def test_the_name_is_nowhere(book: Book, sealed: Agent, traces: Callable[..., list[str]]) -> None:
    """Neither file nor WAL hold the name, nor a handle made of it; readers are told that it is sealed, and why."""
    assert (sealed.name, sealed.handle) == (SEALED, "sealed-agent")
    assert traces(files(book.ledger.path), NAME) == []
    kept = book.kept(sealed.handle)
    assert isinstance(kept.record, Agent)
    assert [(seal.field, seal.because) for seal in kept.record.seals] == [("name", WHY)]
    assert audit.verify(book.ledger.path).sound
    book.claim("The ferry was late.", claimant=sealed)
    book.ledger.close()
    assert traces(files(book.ledger.path), NAME) == []


def test_no_page_shows_it(book: Book, sealed: Agent, traces: Callable[..., list[str]]) -> None:
    """The pages about the sealed agent, and about the claims it makes, do not show the name."""
    claim = book.claim("The ferry was late.", claimant=sealed, id="ferry")
    letter = book.source("A letter", author=sealed, id="a-letter")
    book.evidence(claim, letter, speaker=sealed)
    datasette = application(book.ledger.path)

    async def said() -> str:
        paths = (
            "/",
            "/ledger/agents",
            "/ledger/agents/sealed-agent",
            "/ledger/claims/ferry",
            "/ledger/sources/a-letter",
        )
        answers = [
            await datasette.client.get(path) for path in (*paths, "/ledger/ledger_entry", "/ledger/ledger_record")
        ]
        assert {answer.status_code for answer in answers[: len(paths)]} == {200}
        return "".join(answer.text for answer in answers)

    text = asyncio.run(said())
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()
    assert traces(text, NAME) == []
    assert SEALED in text


def test_opening_it(book: Book, sealed: Agent) -> None:
    """Who holds the seal can show one person the words, with the proof that these were sealed."""
    sheet = shown(book, sealed.handle)
    answer = trust.check_sheet(sheet, trust.log_key(book.ledger))
    assert answer.holds
    assert f"The name sealed there is: {NAME}" in answer.shows
    assert NAME.encode() not in files(book.ledger.path)  # showing it enters nothing


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: one.update(words="Zoe Kepler"),
        lambda one: one.update(words=NAME + " "),
        lambda one: one.update(words=NAME.replace("ë", "e\u0308")),
        lambda one: one.update(salt="00" * 16),
        lambda one: one.update(field="note"),
    ],
    ids=["word", "blank", "composition", "salt", "field"],
)
def test_an_opening_that_was_changed(book: Book, sealed: Agent, edit: Callable[[dict[str, Any]], None]) -> None:
    """Other words, another salt or another field are not what was sealed."""
    said = json.loads(shown(book, sealed.handle).text)
    edit(said["openings"][0])
    answer = trust.check_sheet(read_sheet(json.dumps(said)), trust.log_key(book.ledger))
    assert not answer.holds
    assert "are not those that were sealed" in answer.faults[0]


def test_everything_that_can_be_sealed(book: Book) -> None:
    """Title, address, quotation and notes are kept out as well; the rest of the record enters."""
    letter = book.source(
        "Letter of the pilot", url="https://harbour.example/letters/7", note="By hand.", language="en",
        seal=Sealing(("title", "url", "note"), WHY),
    )  # fmt: skip
    item = book.evidence(
        book.claim("The ferry was late.", id="ferry"),
        letter,
        anchor=Anchor("I was asleep", "said: ", " (sic)", language="en"),
        original="Ich schlief",
        seal=Sealing(("anchor", "original"), WHY),
    )
    assert (letter.title, letter.url, letter.note, letter.language) == (SEALED, SEALED, SEALED, "en")
    assert (item.anchor, item.original) == (Anchor(SEALED, language="en"), SEALED)
    said = files(book.ledger.path)
    for words in ("pilot", "letters/7", "By hand", "asleep", "said:", "(sic)", "schlief"):
        assert words.encode() not in said
    openings = {one.field: one.words for handle in (letter.handle, item.handle) for one in shown(book, handle).openings}
    assert openings == {
        "title": "Letter of the pilot",
        "url": "https://harbour.example/letters/7",
        "note": "By hand.",
        "anchor": "I was asleep",
        "original": "Ich schlief",
    }
    assert audit.verify(book.ledger.path).sound


def test_two_of_the_same_name(book: Book) -> None:
    """Who seals a name twice gives nobody a hint: the commitments differ."""
    seals = [book.agent(NAME, seal=Sealing(("name",), WHY)).seals[0].commitment for _ in range(2)]
    assert seals[0] != seals[1]


def test_what_opens_it_is_its_owner_s(book: Book, sealed: Agent) -> None:
    """Words and salt lie in the key folder, readable by their owner alone."""
    (file,) = keys.folder().glob("*.seals/*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_without_what_opens_it(book: Book, sealed: Agent) -> None:
    """Where the opening was lost, nobody can show the words, and the message says who could."""
    (file,) = keys.folder().glob("*.seals/*.json")
    file.write_text("[{}]", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="does not hold what opens a seal"):
        shown(book, sealed.handle)
    file.unlink()
    with pytest.raises(InputError, match="not on this machine"):
        shown(book, sealed.handle)


def test_what_cannot_be_kept_does_not_enter(book: Book) -> None:
    """If the opening cannot be written down the record does not enter: nobody could ever open it."""
    folder = keys.folder()
    (folder / f"{queries.first(book.ledger.db).subject}.seals").write_text("", encoding="utf-8")
    before = queries.head(book.ledger.db)
    with pytest.raises(EnvironmentFault, match="Cannot keep"):
        book.agent(NAME, seal=Sealing(("name",), WHY))
    assert queries.head(book.ledger.db) == before


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda book: book.agent(NAME, seal=Sealing(("name",), " ")), "empty"),
        (lambda book: book.agent(NAME, seal=Sealing(("kind",), WHY)), "no kind to seal"),
        (lambda book: book.agent(NAME, seal=Sealing(("note",), WHY)), "no note to seal"),
        (lambda book: book.agent(" ", seal=Sealing(("name",), WHY)), "empty"),
        (lambda book: book.source("A letter", url="harbour", seal=Sealing(("url",), WHY)), "no web address"),
    ],
    ids=["reason", "kind", "note", "name", "url"],
)
def test_what_cannot_be_sealed(book: Book, make: Callable[[Book], object], says: str) -> None:
    """Words are tested as if they entered, and there must be some; what is refused leaves no opening behind."""
    with pytest.raises(InputError, match=says):
        make(book)
    assert not list(keys.folder().glob("*.seals/*"))


@pytest.mark.parametrize(
    "note", [NAME, NAME.upper(), "We met Zoe\u0308  Ke\u0307pler-Strauß.", 'She wrote: "no \\ never".']
)
def test_sealed_words_do_not_enter_by_accident(book: Book, sealed: Agent, note: str) -> None:
    """Words that this person sealed are not entered elsewhere, nor put there by a correction."""
    book.agent('wrote: "no \\ never"', seal=Sealing(("name",), WHY))
    letter, before = book.source("A letter"), queries.head(book.ledger.db)
    for again in (book, Book(book.ledger)):
        with pytest.raises(InputError, match="words that are sealed"):
            again.source("Another letter", note=note)
        with pytest.raises(InputError, match="words that are sealed"):
            again.correct(letter.handle, {"note": note}, "The note was left out.")
    assert queries.head(book.ledger.db).size == before.size


def test_a_sealed_field_is_not_corrected(book: Book, sealed: Agent) -> None:
    """New words in the place of a seal would not be what was sealed."""
    with pytest.raises(InputError, match="withheld or sealed is not corrected: name"):
        book.correct(sealed.handle, {"name": "Marta Quell"}, "It was misspelt.")
    book.correct(sealed.handle, {"note": "Heard on Monday."}, "The note was left out.")
    sheet = shown(book, sealed.handle)
    assert [one.entry.act for one in sheet.entries] == ["add", "correct"]
    assert trust.check_sheet(sheet, trust.log_key(book.ledger)).holds


def test_a_sealed_record_in_a_published_copy(book: Book, sealed: Agent, tmp_path: Path) -> None:
    """The seal is published as it is: who was shown the words can hold them to the public log."""
    sheet = shown(book, sealed.handle)
    trust.publish(book.ledger, tmp_path / "public.db")
    assert NAME.encode() not in (tmp_path / "public.db").read_bytes()
    with store.open_ledger(tmp_path / "public.db") as copy:
        (public,) = trust.entries_of(copy.db, sealed.handle)
    assert public == sheet.entries[0].entry


def test_sources_are_the_same_kind_of_record(book: Book) -> None:
    """What can be sealed of a record can be withheld of it, too, so no protection is lost by choosing early."""
    for kind, fields in sealing.FIELDS.items():
        assert set(fields) <= set(trust.withholding.FIELDS[kind]), kind
    assert Source in sealing.FIELDS


def test_the_place_of_sealed_words_is_sealed_with_them(book: Book) -> None:
    """Who is told the page has the words; a place without words has none that could be sealed."""
    letter, claim = book.source("Letter of the pilot"), book.claim("The ferry was late.", id="ferry")
    item = book.evidence(
        claim, letter, anchor=Anchor("I was asleep", fragment="page=31337"), seal=Sealing(("anchor",), WHY)
    )
    assert item.anchor == Anchor(SEALED)
    assert b"31337" not in files(book.ledger.path)
    with pytest.raises(InputError, match="no anchor to seal"):
        book.evidence(claim, letter, anchor=Anchor("", fragment="page=3"), seal=Sealing(("anchor",), WHY))
    assert audit.verify(book.ledger.path).sound
