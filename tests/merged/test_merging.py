"""Copies of several newsrooms become one file, each whole; what cannot be taken is named, and the rest merged."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import book as books
from ledger import merged, store, trust
from ledger.book import keys
from ledger.errors import DamagedLedger, EnvironmentFault, InputError
from ledger.log import Checkpoint, Environment, VerifierKey
from ledger.merged import Vouchers
from ledger.store.merged import MergedFile, open_merged

from .conftest import BRIDGE, ORIGINS, Newsrooms


def contents(path: Path) -> dict[str, Any]:
    """Return the index of a merged file, and its members' bytes by their hashes."""
    with open_merged(path) as file:
        members = [(one.number, one.head) for one in file.members()]
        rows = {table: file.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall() for table in TABLES}
    return {"members": members, **rows}


TABLES = ("record", "alike")


def reasons(outcome: merged.MergeOutcome) -> dict[str, str]:
    """Return the name of each refused file, and why."""
    return {one.path.name: str(one.fault) for one in outcome.refused}


def taken_out(file: MergedFile, origin: str, target: Path) -> bytes:
    file.take_out(file.member(origin), target)
    return target.read_bytes()


def test_each_copy_is_in_it_whole_and_unchanged(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """What is taken out again is byte for byte what came in."""
    outcome = merged.merge(newsrooms.out, newsrooms.copies)
    assert sorted(head.origin for head in outcome.added) == sorted(ORIGINS.values())
    with open_merged(newsrooms.out) as file:
        for name, origin in ORIGINS.items():
            assert taken_out(file, origin, tmp_path / f"{name}.out") == newsrooms.copy(name).read_bytes()
    assert merged.verify(newsrooms.out).problems == ()


def test_records_are_addressed_by_origin_and_stand_side_by_side(newsrooms: Newsrooms) -> None:
    """One id in three ledgers is three records, each with the verdict of its own ledger."""
    merged.merge(newsrooms.out, newsrooms.copies)
    with open_merged(newsrooms.out) as file:
        found = {(row["origin"], row["id"]): row["verdict"] for row in file.records("claim").items}
    assert {origin: verdict for (origin, id), verdict in found.items() if id == "bridge"} == {
        "harbour.example": "supported",
        "tribune.example": "unchecked",
        "courier.example": "refuted",
    }


def test_claims_of_two_newsrooms_that_share_their_words_are_linked(newsrooms: Newsrooms) -> None:
    """A figure is one word however it is written; those decided each its own way come first."""
    merged.merge(newsrooms.out, newsrooms.copies)
    with open_merged(newsrooms.out) as file:
        pairs = [({row["origin"], row["other_origin"]}, {row["id"], row["other_id"]}) for row in file.alike().items]
        boat = file.alike_to("courier.example", "boat")
    assert pairs[0] == ({"courier.example", "harbour.example"}, {"bridge"})
    assert len(pairs) == 4
    assert [(row["origin"], row["id"], row["both"], row["either"]) for row in boat] == [
        ("tribune.example", "ferry", 5, 6)
    ]


def test_merging_again_adds_nothing(newsrooms: Newsrooms) -> None:
    """The same copies leave the file as it is to the byte, and nobody writes to it."""
    merged.merge(newsrooms.out, newsrooms.copies)
    before, stat = newsrooms.out.read_bytes(), newsrooms.out.stat()
    again = merged.merge(newsrooms.out, [*reversed(newsrooms.copies)])
    assert (again.added, again.newer, again.refused, len(again.unchanged)) == ((), (), (), 3)
    assert newsrooms.out.read_bytes() == before
    assert (newsrooms.out.stat().st_ino, newsrooms.out.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_the_order_of_merging_makes_no_difference(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """All at once, or one after the other from the last: the same ledgers, records and pairs."""
    merged.merge(newsrooms.out, newsrooms.copies)
    for copy in reversed(newsrooms.copies):
        merged.merge(tmp_path / "other.db", [copy])
    assert contents(tmp_path / "other.db") == contents(newsrooms.out)


def test_a_later_copy_takes_the_place_of_the_one_before(newsrooms: Newsrooms) -> None:
    """Its log goes on from what was here; the earlier copy changes nothing afterwards, and its head stays."""
    merged.merge(newsrooms.out, newsrooms.copies)
    later = newsrooms.publish("tribune", lambda book: book.claim("The ferry was late."))
    outcome = merged.merge(newsrooms.out, [later])
    ((before, after),) = outcome.newer
    assert (before.origin, after.size - before.size) == ("tribune.example", 1)
    again = merged.merge(newsrooms.out, [newsrooms.copy("tribune")])
    assert (again.newer, len(again.unchanged)) == ((), 1)
    with open_merged(newsrooms.out) as file:
        assert len(file.heads()) == 4
        assert file.member("tribune.example").head == after
    assert merged.verify(newsrooms.out).problems == ()


def test_two_copies_of_one_newsroom_in_one_merge(newsrooms: Newsrooms) -> None:
    """The later one stays, whichever is named first."""
    later = newsrooms.publish("tribune", lambda book: book.claim("The ferry was late."))
    sizes = set()
    for number, copies in enumerate(([newsrooms.copy("tribune"), later], [later, newsrooms.copy("tribune")])):
        outcome = merged.merge(newsrooms.folder / f"{number}.db", copies)
        assert outcome.refused == ()
        sizes.add(tuple(head.size for head in outcome.members))
    assert len(sizes) == 1


def test_another_history_is_refused(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """A copy that does not go on from the one that is here is named, longer or shorter, and the others are merged."""
    shutil.copy(newsrooms.desk("tribune"), tmp_path / "restored.desk.db")
    merged.merge(newsrooms.out, [newsrooms.publish("tribune", lambda book: book.claim("The ferry was late."))])
    keys.path_of(_id(newsrooms.desk("tribune"))).unlink()  # it would not sign a second history

    def other(book: books.Book) -> None:
        for number in range(3):
            book.claim(f"The ferry was early {number}.")

    longer = newsrooms.publish("restored", other)
    outcome = merged.merge(newsrooms.out, [longer, newsrooms.copy("harbour")])
    assert "does not go on from" in reasons(outcome)[longer.name]
    assert [head.origin for head in outcome.added] == ["harbour.example"]
    merged.merge(tmp_path / "longer.db", [longer])
    assert (
        "does not go on from"
        in reasons(merged.merge(tmp_path / "longer.db", [newsrooms.copy("tribune-later")]))["tribune-later.db"]
    )


def _id(path: Path) -> str:
    with store.open_ledger(path) as ledger:
        return ledger.id


def test_a_damaged_copy_is_refused_by_name_and_the_others_merge(newsrooms: Newsrooms) -> None:
    """One changed word: the copy is not taken, whose it is and what is wrong is said, and two ledgers are merged."""
    db = sqlite3.connect(newsrooms.copy("tribune"))
    db.execute("UPDATE claims SET text = 'The bridge was granted a permit.' WHERE id = 'bridge'")
    db.commit()
    db.close()
    outcome = merged.merge(newsrooms.out, newsrooms.copies)
    (refused,) = outcome.refused
    assert (refused.origin, refused.fault.exit_code) == ("tribune.example", 3)
    assert "bridge" in str(refused.fault)
    assert {head.origin for head in outcome.members} == {"harbour.example", "courier.example"}
    assert merged.verify(newsrooms.out).problems == ()


def test_what_is_no_published_copy_is_refused(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Each in one line: what it is and what to do; with nothing to merge there is no file."""
    (tmp_path / "letter.txt").write_text("Dear editor, " * 20, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    merged.merge(tmp_path / "before.db", [newsrooms.copy("harbour")])
    names = ["letter.txt", "empty.db", "other.db", "gone.db", ".", "tribune.desk.db", "before.db", "all.db"]
    outcome = merged.merge(newsrooms.out, [tmp_path / name for name in names])
    expected = {
        "letter.txt": "no SQLite file",
        "empty.db": "The file is empty",
        "other.db": "but no ledger",
        "gone.db": "no such file",
        tmp_path.name: "This is no file. Name the published copies",
        "tribune.desk.db": "a desk's own ledger",
        "before.db": "a merged file, not a newsroom's own copy. Take the ledgers out of it",
        "all.db": "the file to merge into",
    }
    found = reasons(outcome)
    assert found.keys() == expected.keys()
    for name, words in expected.items():
        assert words in found[name], found[name]
        assert "\n" not in found[name]
    assert outcome.members == ()
    assert not newsrooms.out.exists()


def test_one_origin_is_one_ledger(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """A second ledger that claims an origin is refused, and the first stays."""
    with books.start(tmp_path / "false.desk.db", origin="tribune.example", person="Eve").ledger as ledger:
        trust.publish(ledger, tmp_path / "false.db")
    outcome = merged.merge(newsrooms.out, [*newsrooms.copies, tmp_path / "false.db"])
    assert reasons(outcome).keys() == {"false.db"}
    assert "Another ledger is tribune.example here already" in reasons(outcome)["false.db"]
    assert len(outcome.members) == 3


def test_one_ledger_has_one_origin(tmp_path: Path) -> None:
    """A ledger that comes under two origins is refused the second time, though each copy is sound by itself."""
    copies = []
    for origin in ("one.example", "two.example"):
        path = tmp_path / f"{origin}.desk.db"
        same = Environment(entropy=Random(7).randbytes)
        with books.start(path, origin=origin, person="Eve", environment=same).ledger as ledger:
            trust.publish(ledger, tmp_path / f"{origin}.db")
            copies.append(tmp_path / f"{origin}.db")
            keys.path_of(ledger.id).unlink()
            (keys.folder() / f"{ledger.id}.checkpoint").unlink()
    outcome = merged.merge(tmp_path / "all.db", copies)
    assert "the same ledger is here as one.example" in reasons(outcome)["two.example.db"]
    assert [head.origin for head in outcome.members] == ["one.example"]


def test_withheld_words_are_in_no_byte_of_it(newsrooms: Newsrooms) -> None:
    """Words that were withheld before are not there, and those withheld since are gone with the copy that had them."""
    secret = "Orsolya Vandermeer"

    def name(book: books.Book) -> None:
        book.source(f"Letter of {secret}", id="letter")

    def withhold(book: books.Book) -> None:
        trust.withhold(book, "letter", ["title"], "She was threatened.")

    merged.merge(newsrooms.out, [*newsrooms.copies, newsrooms.publish("harbour", name, to="named")])
    assert secret.encode() in newsrooms.out.read_bytes()
    merged.merge(newsrooms.out, [newsrooms.publish("harbour", withhold, to="withheld")])
    assert secret.encode() not in newsrooms.out.read_bytes()
    assert b"Vandermeer" not in newsrooms.out.read_bytes()
    assert merged.verify(newsrooms.out).problems == ()


def test_a_copy_is_held_to_the_key_that_is_known(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Whoever has a newsroom's key gives it: a ledger that names another is refused, and so is a key of nobody here."""
    with books.start(tmp_path / "false.desk.db", origin="tribune.example", person="Eve").ledger as ledger:
        trust.publish(ledger, tmp_path / "false.db")
    with store.open_ledger(newsrooms.copy("tribune")) as copy:
        key = trust.log_key(copy)
    outcome = merged.merge(newsrooms.out, [tmp_path / "false.db"], vouchers=Vouchers(keys=(key,)))
    assert "names another log key" in reasons(outcome)["false.db"]
    assert merged.merge(newsrooms.out, newsrooms.copies, vouchers=Vouchers(keys=(key,))).refused == ()
    stray = VerifierKey("nobody.example", key.public)
    with pytest.raises(InputError, match=r"no ledger nobody\.example here"):
        merged.merge(newsrooms.out, newsrooms.copies, vouchers=Vouchers(keys=(stray,)))


def test_a_copy_without_a_checkpoint_says_so(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """It is merged, and how many of its entries its key covers is said: none, or those of an earlier checkpoint."""
    keys.path_of(_id(newsrooms.desk("tribune"))).unlink()
    later = newsrooms.publish("tribune", lambda book: book.claim("The ferry was late."))
    (head,) = merged.merge(newsrooms.out, [later]).added
    assert head.signed == head.size - 1


def test_the_checkpoint_is_over_every_head_that_came_in(newsrooms: Newsrooms) -> None:
    """It grows by one for each copy, is signed by the file's own key, and is the one that the file holds."""
    sizes = []
    for copy in newsrooms.copies:
        note = merged.merge(newsrooms.out, [copy], name="facts.example").note
        assert note is not None
        said = Checkpoint.read(note.text)
        sizes.append(said.size)
        with open_merged(newsrooms.out) as file:
            assert (file.name, file.note, said.origin) == ("facts.example", note, "facts.example")
            assert note.signed_by(file.key)
    assert sizes == [1, 2, 3]


def test_only_the_holder_of_its_key_adds_to_it(newsrooms: Newsrooms) -> None:
    """On another machine nothing is written, and what to do is said."""
    merged.merge(newsrooms.out, newsrooms.copies[:1])
    before = newsrooms.out.read_bytes()
    with open_merged(newsrooms.out) as file:
        keys.path_of(file.uid).unlink()
    with pytest.raises(EnvironmentFault, match="is not on this machine"):
        merged.merge(newsrooms.out, newsrooms.copies)
    assert newsrooms.out.read_bytes() == before


def test_an_old_copy_of_the_file_is_not_signed_again(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Going on from an earlier state would be a second history of heads."""
    merged.merge(newsrooms.out, newsrooms.copies[:1])
    shutil.copy(newsrooms.out, tmp_path / "old.db")
    merged.merge(newsrooms.out, newsrooms.copies[1:2])
    os.replace(tmp_path / "old.db", newsrooms.out)
    with pytest.raises(DamagedLedger, match="does not go on from the 2 heads"):
        merged.merge(newsrooms.out, newsrooms.copies[2:])


def test_a_ledger_is_not_merged_into(newsrooms: Newsrooms) -> None:
    """Whoever forgets to name a new file first loses nothing."""
    before = newsrooms.copy("harbour").read_bytes()
    with pytest.raises(InputError, match="is no merged file"):
        merged.merge(newsrooms.copy("harbour"), newsrooms.copies[1:])
    assert newsrooms.copy("harbour").read_bytes() == before


def test_a_damaged_merged_file_is_not_gone_on_from(newsrooms: Newsrooms) -> None:
    """A ledger in it that is not the one that came in is not signed anew; which one it is, is said."""
    merged.merge(newsrooms.out, newsrooms.copies[:2])
    db = sqlite3.connect(newsrooms.out)
    db.execute("UPDATE part SET data = zeroblob(length(data)) WHERE member = 0")
    db.commit()
    db.close()
    before = newsrooms.out.read_bytes()
    with pytest.raises(DamagedLedger, match=r"harbour\.example in it is not the one that was merged"):
        merged.merge(newsrooms.out, newsrooms.copies)
    assert newsrooms.out.read_bytes() == before


def test_nothing_is_left_beside_it(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """The file and its lock are all there is afterwards, also where copies were refused."""
    merged.merge(newsrooms.out, [*newsrooms.copies, newsrooms.desk("harbour")])
    names = {path.name for path in tmp_path.iterdir() if ".desk.db" not in path.name}
    assert names == {"all.db", "all.db.lock", *(f"{name}.db" for name in ORIGINS)}
    with open_merged(newsrooms.out) as file:
        assert BRIDGE in {row["words"] for row in file.records("claim").items}
