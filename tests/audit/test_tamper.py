"""Every way to change a ledger that the design names, and what verify says of each."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3

from ledger import log, store, trust
from ledger.audit import OutsideCheckpoint, Problem, ProblemCode, verify
from ledger.audit import replay as replaying
from ledger.book import Book, keys
from ledger.errors import EnvironmentFault
from ledger.log import Note
from ledger.model import Agent
from ledger.store import bodies, queries, schema
from ledger.store.file import on_scratch

Tamper = Callable[..., Path]

MOMENTS = 60
"""At how many moments of its time a command is stopped."""


def codes(path: Path) -> set[ProblemCode]:
    return {problem.code for problem in verify(path).problems}


def only(path: Path, code: ProblemCode) -> Problem:
    """The one problem of this code."""
    (problem,) = [problem for problem in verify(path).problems if problem.code is code]
    return problem


# -- a sound ledger ----------------------------------------------------------


@pytest.mark.parametrize("name", ["story", "long_story"])
def test_a_ledger_as_written_is_sound(name: str, request: pytest.FixtureRequest) -> None:
    """Nothing is wrong with a ledger that only factledger wrote to, and the report says how much was compared."""
    path = request.getfixturevalue(name)
    report = verify(path)
    assert report.problems == ()
    assert report.sound
    with store.open_ledger(path) as ledger:
        head = queries.head(ledger.db)
    assert (report.size, report.root, report.origin) == (head.size, head.root.hex(), "desk.example")
    assert f"{head.size} entries: number, form, hash, time, kind" in report.covered
    assert f"{head.size} bodies that match their commitments" in report.covered
    assert "1 archived copies, hashed again" in report.covered
    assert len(report.not_established) == 3


# -- the log -----------------------------------------------------------------


def test_an_envelope_edited(story: Path, tamper: Tamper) -> None:
    """An envelope that says another time no longer gives its hash, nor the root."""
    tamper(story, 'UPDATE ledger_entry SET env = replace(env, \'"at":"2\', \'"at":"1\') WHERE seq = 4')
    assert codes(story) >= {ProblemCode.ENTRY_HASH, ProblemCode.HEAD, ProblemCode.TIME}
    assert only(story, ProblemCode.ENTRY_HASH).where == "entry 4"


def test_an_envelope_edited_and_rehashed(long_story: Path, tamper: Tamper) -> None:
    """Making the hash fit moves the fault to the tree, which says within which 256 entries it lies."""
    with store.open_ledger(long_story) as ledger:
        entry = list(queries.entries(ledger.db))[300]
    envelope = entry.envelope.replace(entry.actor, "0" * 32)
    leaf = log.leaf_hash(f"{envelope}\n".encode()).hex()
    tamper(long_story, f"UPDATE ledger_entry SET env = '{envelope}', hash = x'{leaf}' WHERE seq = 300")
    assert codes(long_story) == {ProblemCode.HEAD, ProblemCode.NODE}
    assert "entries 256 to 511" in only(long_story, ProblemCode.NODE).message


def test_a_body_edited(story: Path, tamper: Tamper) -> None:
    """A body that says accepted for refused does not match its commitment; the entry is named."""
    tamper(story, "UPDATE ledger_entry SET body = replace(body, 'refused', 'accepted') WHERE seq = 5", guards=False)
    found = codes(story)
    assert {ProblemCode.BODY_CHANGED, ProblemCode.DEFINITION_MISSING} <= found
    problem = only(story, ProblemCode.BODY_CHANGED)
    assert problem.entry == 5
    assert problem.message == "The body of entry 5 does not match its commitment."
    gone = [problem.message for problem in verify(story).problems if problem.code is ProblemCode.DEFINITION_MISSING]
    assert "The trigger ledger_entry_keep is gone." in gone


def test_a_body_edited_and_committed_to(story: Path, tamper: Tamper) -> None:
    """A new commitment for the edited body changes the envelope, which its hash does not fit."""
    with store.open_ledger(story) as ledger:
        entry = list(queries.entries(ledger.db))[5]
    body = (entry.body or "").replace("refused", "accepted")
    envelope = entry.envelope.replace(entry.commitment, log.commit(entry.salt or b"", body))
    tamper(story, f"UPDATE ledger_entry SET body = '{body}', env = '{envelope}' WHERE seq = 5")
    assert codes(story) >= {ProblemCode.ENTRY_HASH, ProblemCode.HEAD, ProblemCode.ROW_CHANGED}
    assert ProblemCode.BODY_CHANGED not in codes(story)


def test_salt_changed(story: Path, tamper: Tamper) -> None:
    """Another salt, or none, and the body no longer matches."""
    tamper(story, "UPDATE ledger_entry SET salt = zeroblob(16) WHERE seq = 3")
    tamper(story, "UPDATE ledger_entry SET salt = NULL WHERE seq = 4")
    assert codes(story) == {ProblemCode.BODY_CHANGED}


@pytest.mark.parametrize("signature", ["", "— desk.example signed"])
def test_a_signature_added(story: Path, tamper: Tamper, signature: str) -> None:
    """A signature that was not there when the entry was hashed, even an empty one, is seen."""
    tamper(story, f"UPDATE ledger_entry SET sig = '{signature}' WHERE seq = 3")
    assert codes(story) == {ProblemCode.ENTRY_HASH, ProblemCode.HEAD, ProblemCode.SIGNATURE}


def test_an_entry_deleted(story: Path, tamper: Tamper) -> None:
    """An entry gone from within the log leaves a gap with a number."""
    tamper(story, "DELETE FROM ledger_entry WHERE seq IN (6, 7)")
    assert only(story, ProblemCode.ENTRY_MISSING).message == "Entries 6 to 7 are missing."
    assert ProblemCode.HEAD in codes(story)


def test_a_gap_closed_up(story: Path, tamper: Tamper) -> None:
    """Renumbering what follows a deleted entry does not help: envelopes say their own number."""
    tamper(story, "DELETE FROM ledger_entry WHERE seq = 6", "UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 6")
    assert codes(story) >= {ProblemCode.ENTRY_NUMBER, ProblemCode.HEAD}
    assert ProblemCode.ENTRY_MISSING not in codes(story)


def test_entries_swapped(story: Path, tamper: Tamper) -> None:
    """Two entries that changed places say the wrong number both."""
    tamper(
        story,
        "PRAGMA ignore_check_constraints=ON",
        "UPDATE ledger_entry SET seq = -3 WHERE seq = 3",
        "UPDATE ledger_entry SET seq = 3 WHERE seq = 4",
        "UPDATE ledger_entry SET seq = 4 WHERE seq = -3",
    )
    report = verify(story)
    assert [problem.entry for problem in report.problems if problem.code is ProblemCode.ENTRY_NUMBER] == [3, 4]


def test_an_entry_before_the_first(story: Path, tamper: Tamper) -> None:
    """A number below 0 is out of order; nothing after it is taken for the log."""
    tamper(story, "PRAGMA ignore_check_constraints=ON", "UPDATE ledger_entry SET seq = -3 WHERE seq = 3")
    assert codes(story) >= {ProblemCode.ENTRY_ORDER, ProblemCode.NO_ENTRIES}


def test_an_entry_inserted(story: Path, tamper: Tamper) -> None:
    """An entry put at the end by hand is not in the head, nor in the tables."""
    with store.open_ledger(story) as ledger:
        last = list(queries.entries(ledger.db))[-1]
    body = '{"handle":"ferry","text":"The ferry sank."}'
    new = log.seal(
        seq=last.seq + 1, at=last.at, actor=last.actor, kind="claim.add", subject="f" * 32, rid="e" * 32,
        salt=b"0" * 16, body=body,
    )  # fmt: skip
    values = f"{new.seq}, x'{new.leaf.hex()}', '{new.envelope}', NULL, x'{b'0'.hex() * 16}', '{body}'"
    tamper(story, f"INSERT INTO ledger_entry VALUES ({values})")
    assert codes(story) == {ProblemCode.HEAD, ProblemCode.ROW_MISSING}


def test_a_body_removed(story: Path, tamper: Tamper) -> None:
    """A body that is gone without an entry that withholds it is a problem, and is not called a mismatch."""
    tamper(story, "UPDATE ledger_entry SET body = NULL, salt = NULL WHERE seq = 4")
    assert only(story, ProblemCode.BODY_MISSING).entry == 4
    assert ProblemCode.BODY_CHANGED not in codes(story)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"v":1', '"v":2'),
        ('{"actor"', '{ "actor"'),
        ('"kind":"source.add"', '"kind":"source.add","note":"x"'),
        ('"seq":3', '"seq":03'),
        ('"subject":"', '"subject":"Ana '),
    ],
)
def test_an_envelope_of_another_form(story: Path, tamper: Tamper, old: str, new: str) -> None:
    """Extra keys, other versions, blanks and names in an envelope are no canonical envelope."""
    tamper(story, f"UPDATE ledger_entry SET env = replace(env, '{old}', '{new}') WHERE seq = 3")
    assert only(story, ProblemCode.ENVELOPE).entry == 3


def test_text_that_is_not_utf8(story: Path, tamper: Tamper) -> None:
    """Broken text comes out as a problem of its entry or of its row, not as an exception."""
    tamper(
        story,
        "UPDATE ledger_entry SET body = CAST(x'7bff7d' AS TEXT) WHERE seq = 3",
        "UPDATE ledger_entry SET env = CAST(x'7bff7d' AS TEXT) WHERE seq = 4",
        "UPDATE claims SET text = CAST(x'ff' AS TEXT)",
    )
    report = verify(story)
    assert {ProblemCode.TEXT, ProblemCode.BODY_CHANGED, ProblemCode.ENVELOPE} <= {
        problem.code for problem in report.problems
    }
    assert any('The table says "\\xff"' in problem.message for problem in report.problems)


def _rewritten(
    path: Path, tamper: Tamper, *, kind: str = "claim.add", body: str = "{}", seq: int | None = None
) -> None:
    """Append, or put in the place of an entry, one that fits log, head and tree: as a writer without care could."""
    with store.open_ledger(path) as ledger:
        entries = list(queries.entries(ledger.db))
    place = len(entries) if seq is None else seq
    at, actor = entries[-1 if seq is None else seq].at, entries[0].actor
    entry = log.seal(
        seq=place, at=at, actor=actor, kind=kind, subject="f" * 32, rid="e" * 32, salt=b"0" * 16, body=body
    )
    entries[place : place + 1] = [entry]
    frontier: list[bytes] = []
    for each in entries:
        log.push(frontier, each.seq, each.leaf)
    values = f"{place}, x'{entry.leaf.hex()}', '{entry.envelope}', NULL, x'{'30' * 16}', '{body}'"
    root, packed = log.root(frontier).hex(), log.pack(frontier).hex()
    tamper(
        path,
        f"INSERT OR REPLACE INTO ledger_entry VALUES ({values})",
        f"UPDATE ledger_head SET size = {len(entries)}, root = x'{root}', frontier = x'{packed}'",
    )


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("rumour.add", "{}", ProblemCode.KIND_UNKNOWN),
        ("claim.burn", "{}", ProblemCode.KIND_UNKNOWN),
        ("claim.add", "{}", ProblemCode.CANNOT_FOLLOW),
        ("claim.add", "[]", ProblemCode.CANNOT_FOLLOW),
        ("claim.add", "7", ProblemCode.CANNOT_FOLLOW),
        ("claim.add", "not JSON", ProblemCode.CANNOT_FOLLOW),
        ("claim.add", "[" * 50_000, ProblemCode.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"bridge","text":"Mine."}', ProblemCode.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"ferry","text":"\\ud800"}', ProblemCode.CANNOT_FOLLOW),
        ("claim.correct", '{"changes":{"text":"Mine."}}', ProblemCode.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"ferry","text":"Mine.","topic":true}', ProblemCode.CANNOT_FOLLOW),
        ("result.add", '{"handle":"r","subject":"x","run":"y","sets":[1]}', ProblemCode.CANNOT_FOLLOW),
        ("ledger.init", '{"origin":"other.example"}', ProblemCode.OPENING),
    ],
)
def test_entries_that_no_ledger_writes(story: Path, tamper: Tamper, kind: str, body: str, code: ProblemCode) -> None:
    """An entry whose hashes all fit must still be one that can follow those before it."""
    _rewritten(story, tamper, kind=kind, body=body)
    assert codes(story) == {code}


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("agent.add", '{"handle":"x","name":"X"}', "Entry 0 is a agent.add"),
        ("ledger.init", "{}", "no origin or no log key"),
        ("ledger.init", "[]", "no origin or no log key"),
        ("ledger.init", '{"format":9,"log_key":"k","origin":"desk.example"}', "says format 9"),
        ("ledger.init", '{"format":1,"log_key":"k","origin":"desk.example"}', "no Ed25519 key"),
        (
            "ledger.init",
            '{"format":1,"log_key":"desk.example+00000000+AQ==","origin":"desk.example"}',
            "no Ed25519 key",
        ),
        ("ledger.init", '{"format":1,"log_key":"desk.example+00000000+?","origin":"desk.example"}', "no Ed25519 key"),
    ],
)
def test_an_entry_0_that_opens_nothing(story: Path, tamper: Tamper, kind: str, body: str, says: str) -> None:
    """A ledger begins with its origin, a format that is known and a log key of that origin."""
    _rewritten(story, tamper, kind=kind, body=body, seq=0)
    messages = [problem.message for problem in verify(story).problems if problem.code is ProblemCode.OPENING]
    assert any(says in message for message in messages)


# -- the tree ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("UPDATE ledger_head SET size = size + 1", "size"),
        ("UPDATE ledger_head SET root = zeroblob(32)", "root"),
        ("UPDATE ledger_head SET frontier = zeroblob(32)", "frontier"),
        ("DELETE FROM ledger_head", None),
    ],
)
def test_the_head_edited(story: Path, tamper: Tamper, statement: str, field: str | None) -> None:
    """A head that says otherwise than the entries is named with its field."""
    tamper(story, statement)
    assert codes(story) == {ProblemCode.HEAD}
    assert only(story, ProblemCode.HEAD).field == field


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_node SET hash = zeroblob(32) WHERE idx = 1",
        "DELETE FROM ledger_node WHERE idx = 0",
        "INSERT INTO ledger_node VALUES (8, 2, zeroblob(32))",
        "INSERT INTO ledger_node VALUES (16, 0, zeroblob(32))",
        "INSERT INTO ledger_node VALUES (3, 0, zeroblob(32))",
        "INSERT INTO ledger_node VALUES (8, -1, zeroblob(32))",
    ],
)
def test_stored_hashes_edited(long_story: Path, tamper: Tamper, statement: str) -> None:
    """A stored subtree hash that differs, is gone, or is of no entries is a problem."""
    tamper(long_story, statement)
    assert only(long_story, ProblemCode.NODE).table == "ledger_node"
    assert codes(long_story) == {ProblemCode.NODE}


# -- the tables made from the log --------------------------------------------


def test_a_claim_edited(story: Path, tamper: Tamper) -> None:
    """Refused flipped to accepted in a table: the report names table, record, field, entry and both words."""
    tamper(story, "UPDATE claims SET text = replace(text, 'refused', 'accepted')")
    assert codes(story) == {ProblemCode.ROW_CHANGED}
    problem = only(story, ProblemCode.ROW_CHANGED)
    with store.open_ledger(story) as ledger:
        kept = queries.by_handle(ledger.db, "bridge")
    assert kept is not None
    assert (problem.table, problem.record, problem.field, problem.entry) == ("claims", "bridge", "text", kept.last_seq)
    assert problem.where == f"claims, bridge, field text, entry {kept.last_seq}"
    assert problem.message == (
        'The table says "The bridge was accepted a permit in May.", the entries say '
        '"The bridge was refused a permit in May.".'
    )
    assert "factledger rebuild" in problem.hint


@pytest.mark.parametrize(
    ("statement", "table", "field"),
    [
        ("UPDATE claims SET verdict = 'refuted'", "claims", "verdict"),
        ("UPDATE claims SET problems = 0", "claims", "problems"),
        ("UPDATE evidence SET standing = 'current' WHERE id = 'minutes-too'", "evidence", "standing"),
        ("UPDATE sources SET author = NULL WHERE id = 'speech-at-the-harbour'", "sources", "author"),
        ("UPDATE ledger_said SET outcome = 'pass' WHERE checker = 'corroboration'", "ledger_said", "outcome"),
        ("UPDATE ledger_record SET reason = 'None.' WHERE handle = 'bridge'", "ledger_record", "reason"),
        ("UPDATE ledger_naming SET subject = 1 WHERE seq = 5", "ledger_naming", "subject"),
        ("UPDATE captures SET sha256 = 'x'", "captures", "sha256"),
        ("UPDATE agents SET name = 'Marta Quill' WHERE id = 'marta-quell'", "agents", "name"),
        ("UPDATE reviews SET reasons = 'It says so.'", "reviews", "reasons"),
    ],
)
def test_a_cell_edited(story: Path, tamper: Tamper, statement: str, table: str, field: str) -> None:
    """Whichever table is edited, the field is named and so is an entry."""
    tamper(story, statement)
    assert codes(story) == {ProblemCode.ROW_CHANGED}
    problem = verify(story).problems[0]
    assert (problem.table, problem.field) == (table, field)
    assert problem.entry is not None
    assert problem.record


def test_long_texts_are_shown_where_they_differ(story: Path, tamper: Tamper) -> None:
    """Two long values are cut to where they part, so that the message can be read."""
    tamper(story, "UPDATE claims SET text = printf('%.400c', 'x') || 'refused'")
    assert len(only(story, ProblemCode.ROW_CHANGED).message) < 200


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM evidence WHERE id = 'minutes-too'", ProblemCode.ROW_MISSING),
        ("DELETE FROM ledger_finding", ProblemCode.ROW_MISSING),
        ("DELETE FROM ledger_naming WHERE seq = 5", ProblemCode.ROW_MISSING),
        ("INSERT INTO agents VALUES ('x', 'X', 'person', NULL, NULL, 'current', '', '')", ProblemCode.ROW_UNKNOWN),
        ("INSERT INTO ledger_naming VALUES (1, 900, 901)", ProblemCode.ROW_UNKNOWN),
    ],
)
def test_rows_taken_and_added(story: Path, tamper: Tamper, statement: str, code: ProblemCode) -> None:
    """A row that no entry gives, and one that is missing, are told apart."""
    tamper(story, statement)
    assert codes(story) == {code}


def test_many_problems_are_counted(long_story: Path, tamper: Tamper) -> None:
    """Of one kind the first twenty are told and the rest counted; other kinds are still told."""
    tamper(long_story, "UPDATE sources SET title = 'x'", "UPDATE ledger_head SET size = 0")
    problems = verify(long_story).problems
    rows = [problem for problem in problems if problem.code is ProblemCode.ROW_CHANGED]
    assert len(rows) == 21
    assert rows[-1].message == "And 582 more of this kind."
    assert rows[-1].where == "the file"
    assert only(long_story, ProblemCode.HEAD).field == "size"


def test_no_room_to_verify_in(long_story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That the place for temporary files is full says nothing of the ledger: it is no problem of the file."""

    def narrow() -> sqlite3.Connection:
        db = on_scratch()
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
        return db

    monkeypatch.setattr(replaying, "on_scratch", narrow)
    with pytest.raises(EnvironmentFault, match="too little room"):
        verify(long_story)


# -- how bodies lie there ------------------------------------------------------


def _result(path: Path) -> tuple[int, bytes]:
    """The number of the first result, and its body as it lies in the file."""
    db = sqlite3.connect(path)
    seq, body = db.execute("SELECT seq, body FROM ledger_entry WHERE typeof(body) = 'blob' ORDER BY seq").fetchone()
    db.close()
    return seq, body


@pytest.mark.parametrize(
    "other",
    [
        lambda body: body + b"x",
        lambda body: body[:-1],
        lambda body: body[:20] + bytes([body[20] ^ 1]) + body[21:],
        lambda body: b"",
        lambda body: zlib.compress(b"{}"),
        lambda body: zlib.compress(bytes(200_000_000)),
    ],
    ids=["longer", "shorter", "a bit", "nothing", "another", "endless"],
)
def test_a_deflated_body_changed(story: Path, tamper: Tamper, other: Callable[[bytes], bytes]) -> None:
    """A result's body lies there deflated; any other bytes in its place are no body of that entry."""
    seq, body = _result(story)
    tamper(story, f"UPDATE ledger_entry SET body = x'{other(body).hex()}' WHERE seq = {seq}")
    assert only(story, ProblemCode.BODY_CHANGED).entry == seq


def test_a_body_lies_as_text_or_deflated(story: Path, tamper: Tamper) -> None:
    """What is hashed is the text: a result may lie there as text too; deflated bytes that are called text are none."""
    seq, body = _result(story)
    text = bodies.inflated(body).decode().replace("'", "''")
    tamper(story, f"UPDATE ledger_entry SET body = '{text}' WHERE seq = {seq}")
    assert codes(story) == set()
    tamper(story, f"UPDATE ledger_entry SET body = CAST(x'{body.hex()}' AS TEXT) WHERE seq = {seq}")
    assert ProblemCode.BODY_CHANGED in codes(story)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_words SET words = words || ' '",
        "DELETE FROM ledger_words",
        "INSERT INTO ledger_words VALUES (1, '')",
    ],
)
def test_the_words_to_read_results_by(story: Path, tamper: Tamper, statement: str) -> None:
    """Whoever reads the file without factledger needs them: they are held to be those of the format."""
    tamper(story, statement)
    assert codes(story) == {ProblemCode.WORDS}


# -- what the file defines ---------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DROP TRIGGER claims_au", ProblemCode.DEFINITION_MISSING),
        ("DROP INDEX claims_verdict", ProblemCode.DEFINITION_MISSING),
        ("DROP TABLE inquiries", ProblemCode.DEFINITION_MISSING),
        ("DROP TABLE claims_fts", ProblemCode.DEFINITION_MISSING),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON ledger_entry BEGIN DELETE FROM claims; END",
            ProblemCode.DEFINITION_UNKNOWN,
        ),
        ("CREATE TRIGGER claims AFTER UPDATE ON sources BEGIN SELECT 1; END", ProblemCode.DEFINITION_UNKNOWN),
        ("CREATE VIEW verdicts AS SELECT 'supported' AS verdict", ProblemCode.DEFINITION_UNKNOWN),
        ("CREATE TABLE notes (text)", ProblemCode.DEFINITION_UNKNOWN),
        ("CREATE TABLE claims_fts_extra (text)", ProblemCode.DEFINITION_UNKNOWN),
        ("CREATE INDEX claims_text ON claims (text)", ProblemCode.DEFINITION_UNKNOWN),
        ("ALTER TABLE claims ADD COLUMN mood TEXT", ProblemCode.DEFINITION_CHANGED),
    ],
)
def test_definitions(story: Path, tamper: Tamper, statement: str, code: ProblemCode) -> None:
    """A table, view, index or trigger too many, too few or otherwise is named."""
    tamper(story, statement)
    assert code in codes(story)
    assert all(problem.table for problem in verify(story).problems)


def test_statistics_are_no_stranger(story: Path, tamper: Tamper) -> None:
    """The planner's statistics that ANALYZE leaves are a cache, as are the shadow tables of full-text search."""
    tamper(story, "ANALYZE", "INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")
    assert verify(story).sound


def test_a_view_in_the_place_of_a_table(story: Path, tamper: Tamper) -> None:
    """A view that answers for the claims table is named, and what it says is not read."""
    tamper(
        story,
        "ALTER TABLE claims RENAME TO claims_true",
        "CREATE VIEW claims AS SELECT * FROM claims_true",
    )
    messages = [problem.message for problem in verify(story).problems]
    assert "The table claims is gone." in messages
    assert "A ledger has no view claims." in messages
    assert "A ledger has no table claims_true." in messages


def test_a_view_in_the_place_of_the_log(story: Path, tamper: Tamper) -> None:
    """A log that is computed is no log."""
    tamper(
        story,
        "ALTER TABLE ledger_entry RENAME TO entries",
        "CREATE VIEW ledger_entry AS SELECT * FROM entries",
        guards=False,
    )
    report = verify(story)
    assert not report.sound
    assert report.size == 0
    assert ProblemCode.NO_ENTRIES in codes(story)


@pytest.mark.parametrize("table", ["ledger_role", "ledger_head", "ledger_node", "ledger_checkpoint"])
def test_a_view_that_never_ends(story: Path, tamper: Tamper, table: str) -> None:
    """A view that would answer for ever in the place of a table is not asked."""
    tamper(
        story,
        f"ALTER TABLE {table} RENAME TO away",
        f"CREATE VIEW {table} AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        "SELECT id, id AS size, id AS root, id AS frontier, id AS role, id AS level, id AS idx, id AS hash FROM n",
        guards=False,
    )
    report = verify(story)
    assert {ProblemCode.DEFINITION_UNKNOWN, ProblemCode.UNREADABLE} <= {problem.code for problem in report.problems}
    assert report.size > 0


def test_a_view_of_any_name(story: Path, tamper: Tamper) -> None:
    """A view whose name has quotation marks is named like any other."""
    tamper(story, 'CREATE VIEW "an ""odd"" view" AS SELECT * FROM claims')
    assert 'A ledger has no view an "odd" view.' in [problem.message for problem in verify(story).problems]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # files open when it was stopped
def test_a_stop_is_no_finding(story: Path) -> None:
    """Stopped at any moment, verify ends or is done: a Ctrl-C is never taken for a fault of the file."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    began = time.perf_counter()
    verify(story)
    lasted = time.perf_counter() - began
    try:
        for moment in range(1, MOMENTS):
            with contextlib.suppress(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, lasted * moment / MOMENTS)
                report = verify(story)
                signal.setitimer(signal.ITIMER_REAL, 0)
                assert report.sound, report.problems
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("table", ["ledger_entry", "claims"])
def test_transform(story: Path, table: str) -> None:
    """sqlite-utils' transform() drops guards and constraints in silence; verify says so."""
    sqlite_utils.Database(sqlite3.connect(story)).table(table).transform(rename={})
    found = codes(story)
    assert found & {ProblemCode.DEFINITION_MISSING, ProblemCode.DEFINITION_CHANGED}
    assert ProblemCode.DEFINITION_MISSING in found


def _schema(path: Path, statement: str) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA writable_schema=ON")
    db.execute(statement)
    db.close()


def test_a_trigger_hidden_behind_a_table(story: Path, tamper: Tamper) -> None:
    """A trigger that bears a table's name and stands before it in the schema is still seen."""
    tamper(story, "CREATE TRIGGER ledger_role AFTER UPDATE ON claims BEGIN SELECT 1; END")
    _schema(story, "UPDATE sqlite_master SET rowid = 9999 WHERE type = 'table' AND name = 'ledger_role'")
    assert only(story, ProblemCode.DEFINITION_UNKNOWN).message == "A ledger has no trigger ledger_role."


def test_a_guard_weakened(story: Path) -> None:
    """A guard that bears the right name and does nothing is not the guard."""
    _schema(
        story,
        "UPDATE sqlite_master SET sql = replace(sql, 'RAISE(ABORT, ''ledger_entry is append-only'')', '1') "
        "WHERE name = 'ledger_entry_keep'",
    )
    assert (
        only(story, ProblemCode.DEFINITION_CHANGED).message
        == "The trigger ledger_entry_keep is not defined as in a ledger."
    )


def test_index_pages_swapped(story: Path) -> None:
    """Two indexes that exchanged their pages answer falsely over true rows; SQLite's own check sees it."""
    _schema(
        story,
        "UPDATE sqlite_master SET rootpage = (SELECT sum(rootpage) FROM sqlite_master WHERE name IN "
        "('claims_verdict', 'claims_workflow')) - rootpage WHERE name IN ('claims_verdict', 'claims_workflow')",
    )
    assert ProblemCode.STRUCTURE in codes(story)


# -- identity ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("PRAGMA application_id = 1", ProblemCode.NOT_A_LEDGER),
        (f"PRAGMA user_version = {schema.FORMAT + 1}", ProblemCode.FORMAT_CHANGED),
        ("PRAGMA user_version = 0", ProblemCode.FORMAT_CHANGED),
        ("DELETE FROM ledger_role", ProblemCode.ROLE),
    ],
)
def test_identity(story: Path, tamper: Tamper, statement: str, code: ProblemCode) -> None:
    """The file says what it is, in which format and in which role."""
    tamper(story, statement)
    assert codes(story) == {code}
    assert not verify(story).sound


# -- what one file cannot show -----------------------------------------------


@pytest.fixture
def signed(story: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Note:
    """The checkpoint of the whole ledger, kept elsewhere; it is in the file as well."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(made / "keys"))
    with store.open_ledger(story) as ledger:
        forget = queries.first(ledger.db).subject
    (made / "keys" / f"{forget}.checkpoint").unlink(missing_ok=True)
    with store.open_ledger(story, write=True) as ledger:
        return trust.checkpoint(ledger)


def told_again(story: Path, to: Path, change: Callable[[list[log.Entry]], None], *notes: Note) -> Path:
    """A ledger of changed entries in which everything fits, as only the holder of its keys could write it."""
    with store.open_ledger(story) as ledger:
        entries = list(queries.entries(ledger.db))
        role = ledger.role
    change(entries)
    with store.create_file(to, role=role) as made:
        frontier: list[bytes] = []
        for entry in entries:
            made.db.execute(
                "INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)",
                (entry.seq, entry.leaf, entry.envelope, entry.signature, entry.salt, entry.body),
            )
            log.push(
                frontier,
                entry.seq,
                entry.leaf,
                lambda *node: made.db.execute("INSERT INTO ledger_node VALUES (?, ?, ?)", node),
            )
        head = (len(entries), log.root(frontier), log.pack(frontier))
        made.db.execute("UPDATE ledger_head SET size = ?, root = ?, frontier = ?", head)
        for note in notes:
            store.keep_checkpoint(made.db, note)
        store.rebuild(made)
    return to


def said_anew(entry: log.Entry, old: str, new: str) -> log.Entry:
    """An entry with other words, committed to as if they had always been there."""
    body, salt = (entry.body or "").replace(old, new), entry.salt or b""
    assert body != entry.body
    envelope = entry.envelope.replace(entry.commitment, log.commit(salt, body))
    return log.read(entry.seq, envelope, entry.signature, salt, body)


def rewrite(entries: list[log.Entry]) -> None:
    entries[5] = said_anew(entries[5], "refused", "granted")


def cut(entries: list[log.Entry]) -> None:
    del entries[6:]


@pytest.mark.parametrize(
    ("change", "code"), [(cut, ProblemCode.CUT), (rewrite, ProblemCode.REWRITTEN)], ids=["cut", "rewritten"]
)
def test_what_only_a_checkpoint_elsewhere_shows(
    story: Path, tmp_path: Path, signed: Note, change: Callable[[list[log.Entry]], None], code: ProblemCode
) -> None:
    """A tail cut, or a history rewritten, by the key holder is whole by itself: a checkpoint elsewhere shows it."""
    forged = told_again(story, tmp_path / "forged.db", change)
    report = verify(forged)
    assert report.problems == ()
    assert any("cut off the end" in line and "rewrote the history" in line for line in report.not_established)
    (problem,) = verify(forged, checkpoints=[OutsideCheckpoint("at the notary's", signed)]).problems
    assert problem.code is code
    assert "at the notary's" in problem.message


@pytest.mark.parametrize(
    ("change", "code"), [(cut, ProblemCode.CUT), (rewrite, ProblemCode.REWRITTEN)], ids=["cut", "rewritten"]
)
def test_a_checkpoint_that_was_left_in_the_file(
    story: Path, tmp_path: Path, signed: Note, change: Callable[[list[log.Entry]], None], code: ProblemCode
) -> None:
    """Whoever forgets the checkpoints in the file is told on by them."""
    forged = told_again(story, tmp_path / "forged.db", change, signed)
    assert {problem.code for problem in verify(forged).problems} == {code}


def test_a_rewritten_log_under_another_key(story: Path, tmp_path: Path, signed: Note) -> None:
    """Without the log key, entry 0 has to name another: the old checkpoint is not by it, and the known key differs."""
    with store.open_ledger(story) as ledger:
        known = trust.log_key(ledger)
    other = keys.make("desk.example", log.Environment())

    def change(entries: list[log.Entry]) -> None:
        rewrite(entries)
        entries[0] = said_anew(entries[0], str(known), str(other.verifier))

    forged = told_again(story, tmp_path / "forged.db", change)
    assert verify(forged).problems == ()
    by_checkpoint = verify(forged, checkpoints=[OutsideCheckpoint("at the notary's", signed)])
    assert {problem.code for problem in by_checkpoint.problems} == {ProblemCode.CHECKPOINT_SIGNATURE}
    (problem,) = verify(forged, keys=[known]).problems
    assert (problem.code, problem.entry) == (ProblemCode.LOG_KEY, 0)


def test_a_rewritten_log_with_checkpoints_of_nobody(story: Path, tmp_path: Path, signed: Note) -> None:
    """A checkpoint in the file that the log key did not sign is told, whether its root is right or not."""
    stranger = keys.make("desk.example", log.Environment())
    forged = Note(signed.text, (log.sign(signed.text, stranger),))
    path = told_again(story, tmp_path / "forged.db", lambda entries: None, forged)
    assert {problem.code for problem in verify(path).problems} == {ProblemCode.CHECKPOINT_SIGNATURE}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_checkpoint SET note = replace(note, 'desk', 'disk')",
        "UPDATE ledger_checkpoint SET note = substr(note, 1, 40)",
        "UPDATE ledger_checkpoint SET size = size - 1",
        "UPDATE ledger_checkpoint SET note = CAST(x'ff' AS TEXT)",
        "UPDATE ledger_checkpoint SET note = replace(note, char(10), char(13))",
    ],
)
def test_checkpoint_rows_mangled(story: Path, tamper: Tamper, signed: Note, statement: str) -> None:
    """A kept checkpoint that was edited is no checkpoint, or not one of this ledger."""
    tamper(story, statement)
    assert codes(story) <= {ProblemCode.CHECKPOINT_FORM, ProblemCode.CHECKPOINT_SIGNATURE}
    assert codes(story)


def test_a_checkpoint_row_edited_and_taken(story: Path, tamper: Tamper, signed: Note) -> None:
    """A size edited in the note breaks its signature; a row deleted is not missed, and elsewhere it is still there."""
    tamper(story, "UPDATE ledger_checkpoint SET size = 3, note = 'desk.example' || char(10) || '3' || substr(note, 16)")
    assert codes(story) <= {ProblemCode.CHECKPOINT_FORM, ProblemCode.CHECKPOINT_SIGNATURE}
    tamper(story, "DELETE FROM ledger_checkpoint")
    assert verify(story, checkpoints=[OutsideCheckpoint("at the notary's", signed)]).sound


# -- withholding -------------------------------------------------------------


@pytest.fixture
def withheld(story: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger after the speaker's name was withheld; its bodies are still in the file."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(made / "keys"))
    with store.open_ledger(story, write=True) as ledger:
        trust.withhold(Book(ledger), "marta-quell", ["name"], "She was threatened.")
    return story


def test_a_withheld_ledger_is_sound(withheld: Path) -> None:
    """Words withheld, whether still here or erased, are no problem; how many is said."""
    report = verify(withheld)
    assert report.problems == ()
    assert report.withheld > 2
    with store.open_ledger(withheld, write=True) as ledger:
        trust.drop(ledger)
    erased = verify(withheld)
    assert erased.problems == ()
    assert erased.withheld == report.withheld
    assert any("only leaves words out" in line for line in erased.not_established)


def test_a_withheld_body_in_a_published_copy(withheld: Path, tamper: Tamper) -> None:
    """A copy that calls itself published and still holds the words is to be destroyed."""
    tamper(withheld, "UPDATE ledger_role SET role = 'published'")
    assert codes(withheld) == {ProblemCode.WITHHELD_PRESENT}


def test_a_withheld_body_put_back(withheld: Path, tamper: Tamper) -> None:
    """A body that is put back, with words that are not those committed to, is told as such."""
    with store.open_ledger(withheld, write=True) as ledger:
        trust.drop(ledger)
        seq = min(queries.withheld(ledger.db))
    tamper(
        withheld,
        f"""UPDATE ledger_entry SET body = '{{"handle":"x","name":"X"}}', salt = zeroblob(16) WHERE seq = {seq}""",
    )
    assert {ProblemCode.BODY_CHANGED, ProblemCode.WITHHOLDING} & codes(withheld)
    assert only(withheld, ProblemCode.BODY_CHANGED).entry == seq


def test_half_of_a_body_erased(withheld: Path, tamper: Tamper) -> None:
    """Salt and body go together: one without the other is no withheld body."""
    with store.open_ledger(withheld) as ledger:
        first, second = sorted(queries.withheld(ledger.db))[:2]
    tamper(withheld, f"UPDATE ledger_entry SET salt = NULL WHERE seq = {first}")
    assert codes(withheld) == {ProblemCode.BODY_CHANGED}
    tamper(withheld, f"UPDATE ledger_entry SET body = NULL WHERE seq = {second}")
    assert codes(withheld) == {ProblemCode.BODY_CHANGED, ProblemCode.BODY_MISSING}


def test_a_body_erased_that_nothing_withholds(withheld: Path, tamper: Tamper) -> None:
    """Beside withheld bodies, one more that is gone is still missed."""
    with store.open_ledger(withheld) as ledger:
        spared = next(entry.seq for entry in queries.entries(ledger.db) if entry.seq not in queries.withheld(ledger.db))
    tamper(withheld, f"UPDATE ledger_entry SET salt = NULL, body = NULL WHERE seq = {spared}")
    assert only(withheld, ProblemCode.BODY_MISSING).entry == spared


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[withheld]", "Ben Okafor"),
        ("[withheld]", "[withheld] of the port council"),
        ('"name":"[withheld]"', '"kind":"organisation","name":"[withheld]"'),
        ("withheld-agent-", "ben-okafor-"),
    ],
    ids=["other words", "more words", "another field", "another id"],
)
def test_a_stand_in_that_says_something(withheld: Path, tmp_path: Path, old: str, new: str) -> None:
    """A withholding may only take words out: one that puts any in is forged, and is told as that."""
    with store.open_ledger(withheld) as ledger:
        entries = [queries.as_recorded(ledger.db, entry.seq) for entry in queries.entries(ledger.db)]

    def change(read: list[log.Entry]) -> None:
        read[:] = [*entries[:-1], said_anew(entries[-1], old, new)]

    forged = told_again(withheld, tmp_path / "forged.db", change)
    assert ProblemCode.WITHHOLDING in codes(forged)


@pytest.mark.parametrize(
    "body", ["{}", "[]", "7", '{"entries":7}', '{"entries":[{"seq":2}]}', '{"entries":[[]]}', "not JSON"]
)
def test_a_withholding_that_says_nothing(story: Path, tamper: Tamper, body: str) -> None:
    """A withholding entry that does not say what it withholds is a problem, and never an exception."""
    _rewritten(story, tamper, kind="agent.withhold", body=body)
    assert ProblemCode.WITHHOLDING in codes(story)


def test_a_withholding_of_what_comes_later(story: Path, tamper: Tamper) -> None:
    """An entry withholds those before it: not itself, none after it, none under another name."""
    with store.open_ledger(story) as ledger:
        size = queries.head(ledger.db).size
        owner = queries.by_handle(ledger.db, "ana-roa")
    assert owner is not None
    for seq in (1, size, size + 1):
        item = {"body": {"handle": "ana-roa", "name": "[withheld]"}, "rid": "e" * 32, "seq": seq}
        body = {"entries": [item], "fields": ["name"], "reason": "So.", "replaces": owner.rid}
        path = story.with_name(f"forged{seq}.db")
        path.write_bytes(story.read_bytes())
        _rewritten(path, tamper, kind="agent.withhold", body=json.dumps(body))
        assert codes(path) & {ProblemCode.WITHHOLDING, ProblemCode.CANNOT_FOLLOW}, seq


def test_stand_ins_edited(withheld: Path, tamper: Tamper) -> None:
    """The table of stand-ins is made from the log like any other: an edited row is told with its entry."""
    tamper(withheld, "UPDATE ledger_withheld SET body = replace(body, '[withheld]', 'Ben Okafor')")
    assert codes(withheld) == {ProblemCode.ROW_CHANGED}
    assert verify(withheld).problems[0].table == "ledger_withheld"
    tamper(withheld, "DELETE FROM ledger_withheld")
    assert ProblemCode.ROW_MISSING in codes(withheld)


# -- signatures --------------------------------------------------------------


def test_a_signature_taken_off(story: Path, made: Path, tamper: Tamper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature is part of what is hashed: taken off, or put on another entry, the hash says so."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(made / "keys"))
    with store.open_ledger(story, write=True) as ledger:
        book = Book(ledger)
        key = keys.make(book.actor, log.Environment())
        book.key(book.find(Agent, "ana-roa"), key.verifier)
        ledger.signer = key
        book.claim("The ferry was late.")
        book.claim("The ferry was early.")
        last = queries.head(ledger.db).size - 1
    assert "2 signatures of agents" in verify(story).covered
    other = shutil.copy(story, story.with_name("other.db"))
    tamper(story, f"UPDATE ledger_entry SET sig = NULL WHERE seq = {last}")
    assert codes(story) == {ProblemCode.ENTRY_HASH, ProblemCode.HEAD}
    tamper(
        Path(other),
        f"UPDATE ledger_entry SET sig = (SELECT sig FROM ledger_entry WHERE seq = {last}) WHERE seq = {last - 1}",
    )
    assert codes(Path(other)) == {ProblemCode.ENTRY_HASH, ProblemCode.HEAD, ProblemCode.SIGNATURE}
    assert only(Path(other), ProblemCode.SIGNATURE).entry == last - 1


# -- what it does not say ----------------------------------------------------


def test_the_report_says_nothing_of_truth(story: Path) -> None:
    """A sound ledger may hold false claims; the report says that it did not look."""
    said = " ".join(verify(story).not_established)
    assert "whether claims are true" in said
    assert "fingerprints" in said
    assert "keys by which checkers" in said


def test_codes_are_explained() -> None:
    """Every code is kebab-case, says what it means in a sentence and what to do."""
    for code in ProblemCode:
        assert code.replace("-", "").isalpha()
        assert code.islower()
        assert code.meaning.endswith(".")
        assert code.hint
        assert json.dumps(code) == f'"{code.value}"'
    assert len({code.meaning for code in ProblemCode}) == len(ProblemCode)


# -- caches ------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO claims_fts (claims_fts) VALUES ('delete-all')",
        "INSERT INTO claims_fts (claims_fts, rowid, text, topic) SELECT 'delete', rowid, text, topic FROM claims",
        "INSERT INTO claims_fts (rowid, text, topic) SELECT rowid, 'ferry', NULL FROM claims",
        "INSERT INTO sources_fts (rowid, title, note) VALUES (999, 'ferry', NULL)",
        "INSERT INTO evidence_fts (evidence_fts) VALUES ('delete-all')",
    ],
)
def test_what_search_finds(story: Path, tamper: Tamper, statement: str) -> None:
    """A word put into full-text search, or taken out of it, is a problem of the row that it leads to."""
    tamper(story, statement)
    assert codes(story) == {ProblemCode.CACHE_CHANGED}
    assert verify(story).problems[0].record


def test_what_is_remembered_is_named(story: Path, tamper: Tamper) -> None:
    """Fingerprints and keys that a run remembers are not compared: the report says so, and how to be rid of them."""
    tamper(story, "UPDATE ledger_wording SET made = 'x'", "DELETE FROM ledger_mark", "DELETE FROM ledger_key")
    report = verify(story)
    assert report.sound
    assert any("factledger rebuild" in line for line in report.not_established)
    tables = {"ledger_key": "keys", "ledger_wording": "fingerprints", "ledger_mark": "fingerprints"}
    assert tables.keys() == schema.MEMOS.keys()
    for words in tables.values():
        assert any(words in line for line in report.not_established)
