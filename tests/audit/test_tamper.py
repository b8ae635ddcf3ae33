"""Every way to change a ledger that the design names, and what verify says of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3

from ledger import log, store
from ledger.audit import Code, Problem, verify
from ledger.store import queries, schema

Tamper = Callable[..., Path]


def codes(path: Path) -> set[Code]:
    return {problem.code for problem in verify(path).problems}


def only(path: Path, code: Code) -> Problem:
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
    assert codes(story) >= {Code.ENTRY_HASH, Code.HEAD, Code.TIME}
    assert only(story, Code.ENTRY_HASH).where == "entry 4"


def test_an_envelope_edited_and_rehashed(long_story: Path, tamper: Tamper) -> None:
    """Making the hash fit moves the fault to the tree, which says within which 256 entries it lies."""
    with store.open_ledger(long_story) as ledger:
        entry = list(queries.entries(ledger.db))[300]
    envelope = entry.envelope.replace(entry.actor, "0" * 32)
    leaf = log.leaf_hash(f"{envelope}\n".encode()).hex()
    tamper(long_story, f"UPDATE ledger_entry SET env = '{envelope}', hash = x'{leaf}' WHERE seq = 300")
    assert codes(long_story) == {Code.HEAD, Code.NODE}
    assert "entries 256 to 511" in only(long_story, Code.NODE).message


def test_a_body_edited(story: Path, tamper: Tamper) -> None:
    """A body that says accepted for refused does not match its commitment; the entry is named."""
    tamper(story, "UPDATE ledger_entry SET body = replace(body, 'refused', 'accepted') WHERE seq = 5", guards=False)
    found = codes(story)
    assert {Code.BODY_CHANGED, Code.DEFINITION_MISSING} <= found
    problem = only(story, Code.BODY_CHANGED)
    assert problem.entry == 5
    assert problem.message == "The body of entry 5 does not match its commitment."
    gone = [problem.message for problem in verify(story).problems if problem.code is Code.DEFINITION_MISSING]
    assert "The trigger ledger_entry_keep is gone." in gone


def test_a_body_edited_and_committed_to(story: Path, tamper: Tamper) -> None:
    """A new commitment for the edited body changes the envelope, which its hash does not fit."""
    with store.open_ledger(story) as ledger:
        entry = list(queries.entries(ledger.db))[5]
    body = (entry.body or "").replace("refused", "accepted")
    envelope = entry.envelope.replace(entry.commitment, log.commit(entry.salt or b"", body))
    tamper(story, f"UPDATE ledger_entry SET body = '{body}', env = '{envelope}' WHERE seq = 5")
    assert codes(story) >= {Code.ENTRY_HASH, Code.HEAD, Code.ROW_CHANGED}
    assert Code.BODY_CHANGED not in codes(story)


def test_salt_changed(story: Path, tamper: Tamper) -> None:
    """Another salt, or none, and the body no longer matches."""
    tamper(story, "UPDATE ledger_entry SET salt = zeroblob(16) WHERE seq = 3")
    tamper(story, "UPDATE ledger_entry SET salt = NULL WHERE seq = 4")
    assert codes(story) == {Code.BODY_CHANGED}


@pytest.mark.parametrize("signature", ["", "— desk.example signed"])
def test_a_signature_added(story: Path, tamper: Tamper, signature: str) -> None:
    """A signature that was not there when the entry was hashed, even an empty one, is seen."""
    tamper(story, f"UPDATE ledger_entry SET sig = '{signature}' WHERE seq = 3")
    assert codes(story) == {Code.ENTRY_HASH, Code.HEAD}


def test_an_entry_deleted(story: Path, tamper: Tamper) -> None:
    """An entry gone from within the log leaves a gap with a number."""
    tamper(story, "DELETE FROM ledger_entry WHERE seq IN (6, 7)")
    assert only(story, Code.ENTRY_MISSING).message == "Entries 6 to 7 are missing."
    assert Code.HEAD in codes(story)


def test_a_gap_closed_up(story: Path, tamper: Tamper) -> None:
    """Renumbering what follows a deleted entry does not help: envelopes say their own number."""
    tamper(story, "DELETE FROM ledger_entry WHERE seq = 6", "UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 6")
    assert codes(story) >= {Code.ENTRY_NUMBER, Code.HEAD}
    assert Code.ENTRY_MISSING not in codes(story)


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
    assert [problem.entry for problem in report.problems if problem.code is Code.ENTRY_NUMBER] == [3, 4]


def test_an_entry_before_the_first(story: Path, tamper: Tamper) -> None:
    """A number below 0 is out of order; nothing after it is taken for the log."""
    tamper(story, "PRAGMA ignore_check_constraints=ON", "UPDATE ledger_entry SET seq = -3 WHERE seq = 3")
    assert codes(story) >= {Code.ENTRY_ORDER, Code.NO_ENTRIES}


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
    assert codes(story) == {Code.HEAD, Code.ROW_MISSING}


def test_a_body_removed(story: Path, tamper: Tamper) -> None:
    """A body that is gone without an entry that withholds it is a problem, and is not called a mismatch."""
    tamper(story, "UPDATE ledger_entry SET body = NULL, salt = NULL WHERE seq = 4")
    assert only(story, Code.BODY_MISSING).entry == 4
    assert Code.BODY_CHANGED not in codes(story)


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
    assert only(story, Code.ENVELOPE).entry == 3


def test_text_that_is_not_utf8(story: Path, tamper: Tamper) -> None:
    """Broken text comes out as a problem of its entry or of its row, not as an exception."""
    tamper(
        story,
        "UPDATE ledger_entry SET body = CAST(x'7bff7d' AS TEXT) WHERE seq = 3",
        "UPDATE ledger_entry SET env = CAST(x'7bff7d' AS TEXT) WHERE seq = 4",
        "UPDATE claims SET text = CAST(x'ff' AS TEXT)",
    )
    report = verify(story)
    assert {Code.TEXT, Code.BODY_CHANGED, Code.ENVELOPE} <= {problem.code for problem in report.problems}
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
        ("rumour.add", "{}", Code.KIND_UNKNOWN),
        ("claim.burn", "{}", Code.KIND_UNKNOWN),
        ("claim.add", "{}", Code.CANNOT_FOLLOW),
        ("claim.add", "[]", Code.CANNOT_FOLLOW),
        ("claim.add", "7", Code.CANNOT_FOLLOW),
        ("claim.add", "not JSON", Code.CANNOT_FOLLOW),
        ("claim.add", "[" * 50_000, Code.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"bridge","text":"Mine."}', Code.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"ferry","text":"\\ud800"}', Code.CANNOT_FOLLOW),
        ("claim.correct", '{"changes":{"text":"Mine."}}', Code.CANNOT_FOLLOW),
        ("claim.add", '{"handle":"ferry","text":"Mine.","topic":true}', Code.CANNOT_FOLLOW),
        ("result.add", '{"handle":"r","subject":"x","run":"y","sets":[1]}', Code.CANNOT_FOLLOW),
        ("ledger.init", '{"origin":"other.example"}', Code.OPENING),
    ],
)
def test_entries_that_no_ledger_writes(story: Path, tamper: Tamper, kind: str, body: str, code: Code) -> None:
    """An entry whose hashes all fit must still be one that can follow those before it."""
    _rewritten(story, tamper, kind=kind, body=body)
    assert codes(story) == {code}


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("agent.add", '{"handle":"x","name":"X"}', "Entry 0 is a agent.add"),
        ("ledger.init", "{}", "no origin or no log key"),
        ("ledger.init", "[]", "no origin or no log key"),
        ("ledger.init", '{"format":2,"log_key":"k","origin":"desk.example"}', "says format 2"),
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
    messages = [problem.message for problem in verify(story).problems if problem.code is Code.OPENING]
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
    assert codes(story) == {Code.HEAD}
    assert only(story, Code.HEAD).field == field


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
    assert only(long_story, Code.NODE).table == "ledger_node"
    assert codes(long_story) == {Code.NODE}


# -- the tables made from the log --------------------------------------------


def test_a_claim_edited(story: Path, tamper: Tamper) -> None:
    """Refused flipped to accepted in a table: the report names table, record, field, entry and both words."""
    tamper(story, "UPDATE claims SET text = replace(text, 'refused', 'accepted')")
    assert codes(story) == {Code.ROW_CHANGED}
    problem = only(story, Code.ROW_CHANGED)
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
        ("UPDATE findings SET outcome = 'pass' WHERE id = 'bridge.corroboration.1'", "findings", "outcome"),
        ("UPDATE ledger_record SET reason = 'None.' WHERE handle = 'bridge'", "ledger_record", "reason"),
        ("UPDATE ledger_mention SET subject = 'x' WHERE seq = 5", "ledger_mention", "subject"),
        ("UPDATE captures SET sha256 = 'x'", "captures", "sha256"),
        ("UPDATE agents SET name = 'Marta Quill' WHERE id = 'marta-quell'", "agents", "name"),
        ("UPDATE reviews SET reasons = 'It says so.'", "reviews", "reasons"),
    ],
)
def test_a_cell_edited(story: Path, tamper: Tamper, statement: str, table: str, field: str) -> None:
    """Whichever table is edited, the field is named and so is an entry."""
    tamper(story, statement)
    assert codes(story) == {Code.ROW_CHANGED}
    problem = verify(story).problems[0]
    assert (problem.table, problem.field) == (table, field)
    assert problem.entry is not None
    assert problem.record


def test_long_texts_are_shown_where_they_differ(story: Path, tamper: Tamper) -> None:
    """Two long values are cut to where they part, so that the message can be read."""
    tamper(story, "UPDATE claims SET text = printf('%.400c', 'x') || 'refused'")
    assert len(only(story, Code.ROW_CHANGED).message) < 200


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM evidence WHERE id = 'minutes-too'", Code.ROW_MISSING),
        ("DELETE FROM findings", Code.ROW_MISSING),
        ("DELETE FROM ledger_mention WHERE seq = 5", Code.ROW_MISSING),
        ("INSERT INTO agents VALUES ('x', 'X', 'person', NULL, NULL, 'current', '', '')", Code.ROW_UNKNOWN),
        ("INSERT INTO ledger_mention VALUES (1, 'x', 'y')", Code.ROW_UNKNOWN),
    ],
)
def test_rows_taken_and_added(story: Path, tamper: Tamper, statement: str, code: Code) -> None:
    """A row that no entry gives, and one that is missing, are told apart."""
    tamper(story, statement)
    assert codes(story) == {code}


def test_many_problems_are_counted(long_story: Path, tamper: Tamper) -> None:
    """Of one kind the first twenty are told and the rest counted; other kinds are still told."""
    tamper(long_story, "UPDATE sources SET title = 'x'", "UPDATE ledger_head SET size = 0")
    problems = verify(long_story).problems
    rows = [problem for problem in problems if problem.code is Code.ROW_CHANGED]
    assert len(rows) == 21
    assert rows[-1].message == "And 582 more of this kind."
    assert rows[-1].where == "the file"
    assert only(long_story, Code.HEAD).field == "size"


# -- what the file defines ---------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DROP TRIGGER claims_au", Code.DEFINITION_MISSING),
        ("DROP INDEX claims_verdict", Code.DEFINITION_MISSING),
        ("DROP TABLE inquiries", Code.DEFINITION_MISSING),
        ("DROP TABLE claims_fts", Code.DEFINITION_MISSING),
        ("CREATE TRIGGER quiet AFTER INSERT ON ledger_entry BEGIN DELETE FROM claims; END", Code.DEFINITION_UNKNOWN),
        ("CREATE TRIGGER claims AFTER UPDATE ON sources BEGIN SELECT 1; END", Code.DEFINITION_UNKNOWN),
        ("CREATE VIEW verdicts AS SELECT 'supported' AS verdict", Code.DEFINITION_UNKNOWN),
        ("CREATE TABLE notes (text)", Code.DEFINITION_UNKNOWN),
        ("CREATE TABLE claims_fts_extra (text)", Code.DEFINITION_UNKNOWN),
        ("CREATE INDEX claims_text ON claims (text)", Code.DEFINITION_UNKNOWN),
        ("ALTER TABLE claims ADD COLUMN mood TEXT", Code.DEFINITION_CHANGED),
    ],
)
def test_definitions(story: Path, tamper: Tamper, statement: str, code: Code) -> None:
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
    assert Code.NO_ENTRIES in codes(story)


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
    assert {Code.DEFINITION_UNKNOWN, Code.UNREADABLE} <= {problem.code for problem in report.problems}
    assert report.size > 0


@pytest.mark.parametrize("table", ["ledger_entry", "claims"])
def test_transform(story: Path, table: str) -> None:
    """sqlite-utils' transform() drops guards and constraints in silence; verify says so."""
    sqlite_utils.Database(sqlite3.connect(story)).table(table).transform(rename={})
    found = codes(story)
    assert found & {Code.DEFINITION_MISSING, Code.DEFINITION_CHANGED}
    assert Code.DEFINITION_MISSING in found


def _schema(path: Path, statement: str) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA writable_schema=ON")
    db.execute(statement)
    db.close()


def test_a_trigger_hidden_behind_a_table(story: Path, tamper: Tamper) -> None:
    """A trigger that bears a table's name and stands before it in the schema is still seen."""
    tamper(story, "CREATE TRIGGER ledger_role AFTER UPDATE ON claims BEGIN SELECT 1; END")
    _schema(story, "UPDATE sqlite_master SET rowid = 9999 WHERE type = 'table' AND name = 'ledger_role'")
    assert only(story, Code.DEFINITION_UNKNOWN).message == "A ledger has no trigger ledger_role."


def test_a_guard_weakened(story: Path) -> None:
    """A guard that bears the right name and does nothing is not the guard."""
    _schema(
        story,
        "UPDATE sqlite_master SET sql = replace(sql, 'RAISE(ABORT, ''ledger_entry is append-only'')', '1') "
        "WHERE name = 'ledger_entry_keep'",
    )
    assert (
        only(story, Code.DEFINITION_CHANGED).message == "The trigger ledger_entry_keep is not defined as in a ledger."
    )


def test_index_pages_swapped(story: Path) -> None:
    """Two indexes that exchanged their pages answer falsely over true rows; SQLite's own check sees it."""
    _schema(
        story,
        "UPDATE sqlite_master SET rootpage = (SELECT sum(rootpage) FROM sqlite_master WHERE name IN "
        "('claims_verdict', 'claims_workflow')) - rootpage WHERE name IN ('claims_verdict', 'claims_workflow')",
    )
    assert Code.STRUCTURE in codes(story)


# -- identity ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("PRAGMA application_id = 1", Code.NOT_A_LEDGER),
        (f"PRAGMA user_version = {schema.FORMAT + 1}", Code.OTHER_FORMAT),
        ("PRAGMA user_version = 0", Code.OTHER_FORMAT),
        ("DELETE FROM ledger_role", Code.ROLE),
    ],
)
def test_identity(story: Path, tamper: Tamper, statement: str, code: Code) -> None:
    """The file says what it is, in which format and in which role."""
    tamper(story, statement)
    assert codes(story) == {code}
    assert not verify(story).sound


# -- what one file cannot show -----------------------------------------------


def test_a_tail_cut_with_care_is_not_seen_and_the_report_says_so(story: Path, tmp_path: Path) -> None:
    """An earlier, whole ledger is sound by itself: only a checkpoint kept elsewhere shows what is missing."""
    with store.open_ledger(story) as ledger:
        entries = list(queries.entries(ledger.db))[:6]
    cut = store.create_file(tmp_path / "cut.db")
    frontier: list[bytes] = []
    for entry in entries:
        cut.db.execute(
            "INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)",
            (entry.seq, entry.leaf, entry.envelope, None, entry.salt, entry.body),
        )
        log.push(frontier, entry.seq, entry.leaf)
    cut.db.execute("UPDATE ledger_head SET size = 6, root = ?, frontier = ?", (log.root(frontier), log.pack(frontier)))
    store.rebuild(cut)
    cut.close()
    report = verify(tmp_path / "cut.db")
    assert report.sound
    assert any("checkpoint" in line and "cut off" in line for line in report.not_established)


def test_the_report_says_nothing_of_truth(story: Path) -> None:
    """A sound ledger may hold false claims; the report says that it did not look."""
    said = " ".join(verify(story).not_established)
    assert "whether claims are true" in said
    assert "full-text search" in said


def test_codes_are_explained() -> None:
    """Every code is kebab-case, says what it means in a sentence and what to do."""
    for code in Code:
        assert code.replace("-", "").isalpha()
        assert code.islower()
        assert code.meaning.endswith(".")
        assert code.hint
        assert json.dumps(code) == f'"{code.value}"'
    assert len({code.meaning for code in Code}) == len(Code)
