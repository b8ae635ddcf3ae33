"""Whatever is changed in a merged file is found; what its key's own holder changes, by a checkpoint kept elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from ledger import merged
from ledger.audit import OutsideCheckpoint, ProblemCode
from ledger.book import keys
from ledger.errors import DamagedLedger, InputError
from ledger.log import Environment, Note, sign
from ledger.merged import Vouchers
from ledger.merged.heads import checkpoint_of
from ledger.store.merged import MemberHead, open_merged

from .conftest import Newsrooms

PAGE = 4096
"""Bytes of a page of an SQLite file as it is made here."""


def change(path: Path, *statements: str | tuple[str, Sequence[object]]) -> None:
    """Change a file behind its back."""
    db = sqlite3.connect(path, isolation_level=None)
    for one in statements:
        sql, given = (one, ()) if isinstance(one, str) else one
        db.execute(sql, given)
    db.close()


def found(path: Path, **known: object) -> set[str]:
    """Return what `verify` finds: problem codes."""
    report = merged.verify(path, vouchers=Vouchers(**known))  # type: ignore[arg-type]
    assert report.sound is not bool(report.problems)
    return {str(problem.code) for problem in report.problems}


@pytest.fixture(scope="session")
def out_once(newsrooms_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a merged file of three newsrooms, one of which came in twice, with its keys."""
    folder = tmp_path_factory.mktemp("merged")
    shutil.copytree(newsrooms_once, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        newsrooms = Newsrooms(folder)
        merged.merge(newsrooms.out, newsrooms.copies)
        later = newsrooms.publish("tribune", lambda book: book.claim("The ferry was late.", id="late"))
        merged.merge(newsrooms.out, [later])
    return folder


@pytest.fixture
def out(newsrooms: Newsrooms, out_once: Path) -> Path:
    """That file, this test's own."""
    shutil.copytree(out_once / "keys", os.environ["FACTLEDGER_KEYS"], dirs_exist_ok=True)
    return Path(shutil.copy(out_once / newsrooms.out.name, newsrooms.out))


def test_an_untouched_file_is_intact(out: Path) -> None:
    """Each ledger, the heads and the index are what they should be, and what is not known is said."""
    report = merged.verify(out)
    assert (report.problems, report.heads, len(report.members)) == ((), 4, 3)
    assert any("left a ledger out" in line for line in report.not_established)


INDEX = "index-changed"


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE record SET words = 'No bridge was refused.' WHERE id = 'bridge' AND member = 1", {INDEX}),
        ("UPDATE record SET verdict = 'supported' WHERE id = 'bridge' AND member = 0", {INDEX}),
        ("UPDATE record SET standing = 'retracted' WHERE id = 'ferry'", {INDEX}),
        ("DELETE FROM record WHERE id = 'ferry'", {INDEX}),
        ("INSERT INTO record VALUES (1, 'rumour', 'claim', 'It will rain.', 'supported', 'decided')", {INDEX}),
        ("UPDATE alike SET both = both - 1 WHERE claim = 'boat'", {INDEX}),
        ("UPDATE alike SET other_claim = 'late' WHERE claim = 'boat'", {INDEX}),
        ("DELETE FROM alike WHERE claim = 'bridge' AND other = 1", {INDEX}),
        ("INSERT INTO alike VALUES (0, 'boat', 1, 'bridge', 5, 5)", {INDEX}),
        ("UPDATE head SET said = replace(said, 'courier', 'boulder')", {"heads", "member-changed"}),
        ("UPDATE head SET said = 'none' WHERE number = 0", {"heads"}),
        ("DELETE FROM head WHERE number = 3", {"heads", "member-changed"}),
        ("DELETE FROM head WHERE number = 0", {"heads"}),
        ("UPDATE member SET origin = 'zebra.example' WHERE number = 0", {"heads"}),
        ("DELETE FROM member WHERE number = 2", {"heads"}),
        ("UPDATE part SET data = zeroblob(length(data)) WHERE member = 1", {"member-changed", "not-a-ledger"}),
        ("UPDATE part SET data = substr(data, 1, 8192) WHERE member = 1", {"member-changed"}),
        ("DELETE FROM part WHERE member = 0", {"member-changed", "empty-file"}),
        ("INSERT INTO part VALUES (7, 0, x'00')", {"member-changed"}),
        ("INSERT INTO part VALUES (0, 9, x'00')", {"member-changed"}),
        ("UPDATE merged SET name = 'others.example'", {"heads"}),
        ("CREATE TABLE gossip (words TEXT)", {"definition-unknown"}),
        ("CREATE VIEW said AS SELECT words FROM record", {"definition-unknown"}),
        ("DROP INDEX record_kind", {"definition-missing"}),
        ("CREATE TRIGGER late AFTER INSERT ON head BEGIN DELETE FROM record; END", {"definition-unknown"}),
    ],
)
def test_every_kind_of_change_is_named(out: Path, statement: str, codes: set[str]) -> None:
    """One statement in the file: the report is not sound, and says which kind of thing is wrong."""
    change(out, statement)
    assert codes <= found(out)


def test_a_changed_word_in_a_ledger_is_told_with_whose_it_is(out: Path, tmp_path: Path) -> None:
    """A claim that was edited inside a member is named with its origin, and the others are verified all the same."""
    with open_merged(out) as file:
        member = file.member("tribune.example")
        file.take_out(member, tmp_path / "member.db")
    change(tmp_path / "member.db", "UPDATE claims SET text = 'It was granted.' WHERE id = 'bridge'")
    change(
        out,
        ("DELETE FROM part WHERE member = ?", [member.number]),
        ("INSERT INTO part VALUES (?, 0, ?)", [member.number, (tmp_path / "member.db").read_bytes()]),
    )
    report = merged.verify(out)
    told = {(problem.code, problem.where) for problem in report.problems}
    assert (ProblemCode.MEMBER_CHANGED, "tribune.example") in told
    assert any(code is ProblemCode.ROW_CHANGED and "tribune.example, claims, bridge" in where for code, where in told)
    assert {member.origin for member in report.members if member.sound} == {"harbour.example", "courier.example"}


def _put_back(newsrooms: Newsrooms, out: Path) -> None:
    """Put the earlier copy of a newsroom in the place of the later one."""
    with open_merged(out) as file:
        number = file.member("tribune.example").number
    change(
        out,
        ("DELETE FROM part WHERE member = ?", [number]),
        ("INSERT INTO part VALUES (?, 0, ?)", [number, newsrooms.copy("tribune").read_bytes()]),
        "DELETE FROM record WHERE id = 'late'",
    )


def test_an_older_ledger_put_back_is_found(newsrooms: Newsrooms, out: Path) -> None:
    """It is sound by itself; the head that came in last is another."""
    _put_back(newsrooms, out)
    assert found(out) == {"member-changed"}


def _seal(out: Path, *, key: object = None) -> None:
    """Sign the heads that a file has now, with the file's own key or another."""
    with open_merged(out) as file:
        signer = key or keys.held(file.uid)
        said = checkpoint_of(file.name, file.heads())
    change(out, ("UPDATE merged SET note = ?", [str(Note(said.text, (sign(said.text, signer),)))]))  # type: ignore[arg-type]


def _older(newsrooms: Newsrooms, out: Path) -> None:
    _put_back(newsrooms, out)
    change(
        out,
        "DELETE FROM head WHERE number = 3",
        ("UPDATE member SET head = ? WHERE origin = 'tribune.example'", [_number(out, "tribune.example")]),
    )


def _number(out: Path, origin: str) -> int:
    with open_merged(out) as file:
        return next(number for number, said in enumerate(file.heads()) if MemberHead.read(said).origin == origin)


def _without(newsrooms: Newsrooms, out: Path) -> None:
    """Make a file in which one newsroom never was, out of the same copies and with the same name and key."""
    with open_merged(out) as file:
        uid, key, note = file.uid, str(file.key), str(file.note)
    out.unlink()
    (keys.folder() / f"{uid}.checkpoint").unlink()
    kept = [newsrooms.copy("harbour"), newsrooms.copy("courier")]
    merged.merge(out, kept, name=Note.read(note).text.partition("\n")[0])
    change(out, ("UPDATE merged SET uid = ?, key = ?", [uid, key]))


@pytest.mark.parametrize("tamper", [_older, _without])
def test_what_the_holder_of_the_key_does_shows_against_a_checkpoint_kept_elsewhere(
    newsrooms: Newsrooms, out: Path, tamper: Callable[[Newsrooms, Path], None]
) -> None:
    """An older ledger put back, or one cut out, and all signed anew: sound by itself, and found with the note."""
    with open_merged(out) as file:
        kept = OutsideCheckpoint("kept.checkpoint", file.note)
    assert found(out, checkpoints=(kept,)) == set()
    tamper(newsrooms, out)
    _seal(out)
    assert found(out) == set()
    assert found(out, checkpoints=(kept,)) == {"cut"}


def test_another_key_is_found_by_the_one_that_is_known(newsrooms: Newsrooms, out: Path) -> None:
    """Whoever has not the file's key can only sign with another."""
    with open_merged(out) as file:
        known, name = file.key, file.name
    shutil.copy(out, newsrooms.folder / "false.db")
    with open_merged(newsrooms.folder / "false.db") as file:
        false = keys.make(name, Environment())
    change(newsrooms.folder / "false.db", ("UPDATE merged SET key = ?", [str(false.verifier)]))
    _seal(newsrooms.folder / "false.db", key=false)
    assert found(newsrooms.folder / "false.db") == set()
    assert found(newsrooms.folder / "false.db", keys=(known,)) == {"log-key"}
    assert found(out, keys=(known,)) == set()


@pytest.mark.long
def test_a_broken_page_is_reported(out: Path) -> None:
    """Whichever page is overwritten, it is a problem of the report, or one clear error, and never called sound."""
    whole = out.read_bytes()
    for page in range(0, len(whole), PAGE * (len(whole) // PAGE // 10)):
        out.write_bytes(whole[:page] + b"\x5a" * PAGE + whole[page + PAGE :])
        try:
            assert found(out), f"the page at {page}"
        except (DamagedLedger, InputError) as error:
            assert str(out) in str(error)
