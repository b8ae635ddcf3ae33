"""What a proof shows to somebody who has it, a key, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import store, trust
from ledger.book import Book, keys
from ledger.errors import InputError, UnknownRecord
from ledger.log import Checkpoint, Environment
from ledger.log.sheet import ConsistencySheet, InclusionSheet, read_sheet
from ledger.store import queries

WHY = "They were threatened."


def shown(book: Book, *names: str) -> InclusionSheet:
    """The sheet for these records or entries, as it comes out of a file."""
    ledger = book.ledger
    sheet = read_sheet(
        trust.prove(ledger, [entry for name in names for entry in trust.entries_of(ledger.db, name)]).text
    )
    assert isinstance(sheet, InclusionSheet)
    return sheet


def bodies(sheet: InclusionSheet) -> list[str | None]:
    return [one.entry.body for one in sheet.entries]


def test_a_claim(book: Book) -> None:
    """A claim's entry stands in the log, with the words that were recorded."""
    book.claim("The ferry was late.", id="ferry")
    sheet = shown(book, "ferry")
    answer = trust.check_sheet(sheet, trust.log_key(book.ledger))
    assert answer.holds
    assert answer.shows[0].startswith("Entry 2 of 3, claim.add")
    assert "The ferry was late." in (bodies(sheet)[0] or "")
    assert any("no later entry corrects" in line for line in answer.not_shown)


def test_a_corrected_claim(book: Book) -> None:
    """All entries about a record are shown, so that nobody is shown the first words alone."""
    book.claim("The ferry was late.", id="ferry")
    book.claim("The ferry was early.", id="early")
    book.correct("ferry", {"text": "The ferry was on time."}, "We looked again.")
    book.retract("ferry", "There was no ferry.")
    sheet = shown(book, "ferry")
    assert [one.entry.kind for one in sheet.entries] == ["claim.add", "claim.correct", "claim.retract"]
    assert trust.check_sheet(sheet, trust.log_key(book.ledger)).holds


def test_several(book: Book) -> None:
    """Records and entry numbers go into one sheet."""
    book.claim("The ferry was late.", id="ferry")
    sheet = shown(book, "ferry", "0", "ana-roa")
    assert [one.entry.seq for one in sheet.entries] == [2, 0, 1]
    assert trust.check_sheet(sheet, trust.log_key(book.ledger)).holds


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 600])
def test_every_entry_of_a_log(book: Book, size: int) -> None:
    """First, last and middle entries of short and long logs are proven from the few hashes that are stored."""
    with book.together():
        for number in range(size):
            book.claim(f"The ferry was late {number} times.")
    key = trust.log_key(book.ledger)
    last = queries.head(book.ledger.db).size - 1
    for seq in sorted({0, 1, last // 2, last - 1, last}):
        assert trust.check_sheet(shown(book, str(seq)), key).holds


@pytest.mark.parametrize("erase", [False, True], ids=["kept", "erased"])
def test_a_withheld_record(desk: Any, erase: bool) -> None:
    """That the entries are there is shown; no words, not from this file either, and no salt to try words with."""
    done = trust.withhold(desk.book, desk.story.handle, ["name"], WHY, erase=erase)
    sheet = shown(desk.book, *map(str, done.entries))
    assert trust.check_sheet(sheet, trust.log_key(desk.ledger)).holds
    assert set(bodies(sheet)) == {None}
    assert {one.entry.salt for one in sheet.entries} == {None}
    handles = list(queries.handles(desk.ledger.db).values())
    assert desk.left("".join(shown(desk.book, handle).text for handle in handles)) == []


def test_disclosing(desk: Any) -> None:
    """One person can be shown what is withheld, and that it is what was recorded."""
    done = trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    handle = dict(done.renamed)[desk.story.handle]
    sheet = read_sheet(trust.disclose(desk.ledger, handle).text)
    assert trust.check_sheet(sheet, trust.log_key(desk.ledger)).holds
    assert desk.left(sheet.text)
    trust.drop(desk.ledger)
    with pytest.raises(InputError, match="not in this file any more"):
        trust.disclose(desk.ledger, handle)


def test_disclosing_what_is_not_hidden(book: Book) -> None:
    """Of a record that everybody can read, or that is not there, nothing is disclosed."""
    with pytest.raises(InputError, match="Nothing of it is withheld"):
        trust.disclose(book.ledger, "ana-roa")
    with pytest.raises(UnknownRecord, match="ana-roaa"):
        trust.disclose(book.ledger, "ana-roaa")


def test_growth(book: Book) -> None:
    """That a log begins with what it had is shown from any size to any kept checkpoint."""
    sizes = []
    for number in range(5):
        book.claim(f"The ferry was late {number} times.")
        sizes.append(Checkpoint.read(trust.checkpoint(book.ledger).text).size)
    for old in range(1, sizes[-1] + 1):
        for new in [size for size in sizes if size >= old]:
            sheet = read_sheet(trust.prove_growth(book.ledger, old, new).text)
            assert trust.check_sheet(sheet, trust.log_key(book.ledger)).holds


def test_growth_is_signed_when_it_is_asked_for(book: Book) -> None:
    """Without a checkpoint that reaches far enough, the owner signs one."""
    trust.checkpoint(book.ledger)
    book.claim("The ferry was late.")
    sheet = trust.prove_growth(book.ledger, 2)
    assert sheet.checkpoint.size == 3
    assert trust.check_sheet(sheet, trust.log_key(book.ledger)).holds


@pytest.mark.parametrize(("old", "new"), [(0, None), (4, None), (1, 99), (3, 2)])
def test_growth_that_cannot_be_shown(book: Book, old: int, new: int | None) -> None:
    """There is no proof from nothing, from more than there is, or to a checkpoint that nobody signed."""
    trust.checkpoint(book.ledger)
    book.claim("The ferry was late.")
    with pytest.raises(InputError):
        trust.prove_growth(book.ledger, old, new)


def test_growth_from_what_one_kept(book: Book) -> None:
    """A proof must go on from the checkpoint that the reader kept, not from some other."""
    mine = Checkpoint.read(trust.checkpoint(book.ledger).text)
    book.claim("The ferry was late.")
    key, sheet = trust.log_key(book.ledger), trust.prove_growth(book.ledger, mine.size)
    assert trust.check_sheet(sheet, key, earlier=mine).holds
    other = Checkpoint(mine.origin, mine.size, bytes(32))
    assert "goes on from other entries than your checkpoint" in trust.check_sheet(sheet, key, earlier=other).faults[0]
    assert not trust.check_sheet(trust.prove_growth(book.ledger, 1), key, earlier=mine).holds


@pytest.mark.parametrize("seq", ["3", "99999999999999999999", "9" * 5000])
def test_an_entry_that_is_not_there(book: Book, seq: str) -> None:
    """The last entry's number is told to whoever asks for a later one."""
    with pytest.raises(InputError, match="The last is 1"):
        trust.entries_of(book.ledger.db, seq)


# -- what does not hold ------------------------------------------------------


def test_with_the_key_of_another_log(book: Book) -> None:
    """A key of another name, or another key of the same name, does not make a sheet hold."""
    sheet = shown(book, "0")
    for name, says in (("other.example", "the key of other.example"), ("desk.example", "not signed by this key")):
        answer = trust.check_sheet(sheet, keys.make(name, Environment()).verifier)
        assert not answer.holds
        assert says in answer.faults[0]
        assert answer.not_shown == ("Nothing that the file says was shown.",)


@pytest.mark.parametrize(
    "edit",
    [
        lambda said: said["entries"][0].update(body=said["entries"][0]["body"].replace("late", "gone")),
        lambda said: said["entries"][0].update(env=said["entries"][0]["env"].replace('"seq":2', '"seq":1')),
        lambda said: said["entries"][0].update(env=said["entries"][0]["env"].replace("claim.add", "claim.ads")),
        lambda said: said["entries"][0].update(salt="00" * 16),
        lambda said: said["entries"][0].update(sig="— ana AAAAAAAA"),
        lambda said: said["entries"][0]["path"].pop(),
        lambda said: said["entries"][0]["path"].append("00" * 32),
        lambda said: said["entries"][0]["path"].reverse(),
        lambda said: said["entries"].clear(),
        lambda said: said.update(checkpoint=said["checkpoint"].replace("\n4\n", "\n5\n")),
        lambda said: said.update(openings=[{"field": "name", "words": "Marta Quell", "salt": "00" * 16}]),
    ],
)
def test_an_edited_sheet(book: Book, edit: Callable[[dict[str, Any]], object]) -> None:
    """Whatever is changed in a sheet, it does not hold any more."""
    book.claim("The ferry was late.", id="ferry")
    book.claim("The bridge was closed.", id="bridge")
    said = json.loads(shown(book, "ferry").text)
    edit(said)
    assert not trust.check_sheet(read_sheet(json.dumps(said)), trust.log_key(book.ledger)).holds


def test_words_taken_out_of_a_sheet(book: Book) -> None:
    """A body that somebody left out is said to be withheld: the rest still holds, and nothing is made up."""
    book.claim("The ferry was late.", id="ferry")
    said = json.loads(shown(book, "ferry").text)
    said["entries"][0].update(body=None, salt=None)
    answer = trust.check_sheet(read_sheet(json.dumps(said)), trust.log_key(book.ledger))
    assert answer.holds
    assert "its words were withheld" in answer.shows[0]


# -- who proves --------------------------------------------------------------


def test_a_published_copy_proves_without_the_key(desk: Any, tmp_path: Path) -> None:
    """What is in a copy is proven by its newest checkpoint, with no key at hand."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    trust.publish(desk.ledger, tmp_path / "public.db")
    key = trust.log_key(desk.ledger)
    for file in (tmp_path / "keys").glob("*.key"):
        file.unlink()
    with store.open_ledger(tmp_path / "public.db") as copy:
        sheet = trust.prove(copy, trust.entries_of(copy.db, "bridge"))
        assert trust.check_sheet(sheet, key).holds
        assert desk.left(sheet.text) == []
        grown = trust.prove_growth(copy, 2)
        assert isinstance(grown, ConsistencySheet)
        assert trust.check_sheet(grown, key).holds


def test_a_ledger_without_a_checkpoint_and_without_the_key(book: Book) -> None:
    """Nobody but the key holder can sign: the message says so."""
    keys.path_of(queries.first(book.ledger.db).subject).unlink()
    with pytest.raises(InputError, match="keeps no checkpoint") as refused:
        shown(book, "0")
    assert "factledger checkpoint" in refused.value.hint
