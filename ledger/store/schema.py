"""The tables, and which class each belongs to.

    LOG           the entries: the only truth
    PROJECTIONS   replayed from the entries alone; `verify` compares them row by row
    CACHES, MEMOS can be dropped and made again; `verify` compares the former, and names the latter as not covered

The guards are seat belts against accidents, not evidence: whoever can write
the file can drop them, and `verify` says so when they are gone.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from ..sqlite import sqlite3
from .bodies import WORDS, WORDS_ID

APPLICATION_ID = 0x464C4447
"""Marks the file as a ledger: "FLDG" in SQLite's application_id."""

FORMAT = 3
"""The format that this program writes, in SQLite's user_version and in entry 0; `formats` knows the earlier ones.

Whoever changes a definition below after a release raises it; tests/store/test_formats.py says what else to record.
"""

LOG = {
    "ledger_entry": """
CREATE TABLE ledger_entry (
  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  env TEXT NOT NULL,
  sig TEXT,
  salt BLOB CHECK (length(salt) = 16),
  body ANY
) STRICT""",
    "ledger_words": """
CREATE TABLE ledger_words (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT""",
    "ledger_node": """
CREATE TABLE ledger_node (
  level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID""",
    "ledger_head": """
CREATE TABLE ledger_head (
  id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root BLOB NOT NULL, frontier BLOB NOT NULL
) STRICT""",
    "ledger_checkpoint": """
CREATE TABLE ledger_checkpoint (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT""",
    "ledger_role": """
CREATE TABLE ledger_role (
  id INTEGER PRIMARY KEY CHECK (id = 1), role TEXT NOT NULL CHECK (role IN ('working', 'example', 'published'))
) STRICT""",
}

KEEP_WORDS = "INSERT INTO ledger_words VALUES ({}, '{}')".format(WORDS_ID, WORDS.decode().replace("'", "''"))
"""Puts into the file the words that bodies are deflated against."""

PROJECTIONS = {
    "ledger_record": """
CREATE TABLE ledger_record (
  uid TEXT PRIMARY KEY, kind TEXT NOT NULL, handle TEXT NOT NULL UNIQUE, standing TEXT NOT NULL,
  first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL,
  rid TEXT NOT NULL, commitment TEXT NOT NULL, reason TEXT, superseded_by TEXT, withheld TEXT, body TEXT NOT NULL
) STRICT""",
    "ledger_naming": """
CREATE TABLE ledger_naming (
  seq INTEGER NOT NULL, target INTEGER NOT NULL, subject INTEGER NOT NULL,
  PRIMARY KEY (target, seq)
) STRICT, WITHOUT ROWID""",
    "ledger_withheld": """
CREATE TABLE ledger_withheld (
  seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, by_seq INTEGER NOT NULL, body TEXT NOT NULL
) STRICT""",
    "ledger_said": """
CREATE TABLE ledger_said (
  number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, checker TEXT NOT NULL, version TEXT NOT NULL,
  outcome TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, fix TEXT NOT NULL, missing TEXT NOT NULL,
  details TEXT NOT NULL, measures TEXT NOT NULL, valid_until TEXT
) STRICT""",
    "ledger_result": """
CREATE TABLE ledger_result (
  seq INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs(id), added TEXT NOT NULL, inputs TEXT NOT NULL
) STRICT""",
    "ledger_finding": """
CREATE TABLE ledger_finding (
  subject TEXT NOT NULL, said INTEGER NOT NULL REFERENCES ledger_said(number), number INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES ledger_result(seq), input INTEGER NOT NULL, digest BLOB, cites TEXT,
  PRIMARY KEY (subject, said, number)
) STRICT, WITHOUT ROWID""",
    "agents": """
CREATE TABLE agents (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, part_of TEXT REFERENCES agents(id), note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "sources": """
CREATE TABLE sources (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, author TEXT REFERENCES agents(id),
  publisher TEXT REFERENCES agents(id), published TEXT, reference_date TEXT, language TEXT, url TEXT, note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "captures": """
CREATE TABLE captures (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id), sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  media_type TEXT NOT NULL, text_sha256 TEXT, text_length INTEGER, extractor TEXT, file_name TEXT, taken_at TEXT,
  taken_by TEXT REFERENCES agents(id), taken_from TEXT,
  made_by TEXT REFERENCES agents(id), url TEXT, how TEXT, original INTEGER, edited INTEGER, note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "links": """
CREATE TABLE links (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id), relation TEXT NOT NULL,
  comes_from TEXT NOT NULL REFERENCES sources(id), claim TEXT REFERENCES claims(id), state TEXT NOT NULL,
  measure TEXT, note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "claims": """
CREATE TABLE claims (
  id TEXT PRIMARY KEY, text TEXT NOT NULL, verdict TEXT NOT NULL, corroboration TEXT NOT NULL, workflow TEXT NOT NULL,
  problems INTEGER NOT NULL, sources INTEGER NOT NULL, independent_shown INTEGER, independent_at_most INTEGER,
  topic TEXT, story TEXT, claimant TEXT REFERENCES agents(id), said TEXT, occurred TEXT,
  reports TEXT REFERENCES claims(id), value_subject TEXT, value_property TEXT, value_amount TEXT, value_unit TEXT,
  order_earlier TEXT, order_later TEXT, order_least_days INTEGER, order_most_days INTEGER, suggested_by TEXT,
  decided TEXT, checked TEXT, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "evidence": """
CREATE TABLE evidence (
  id TEXT PRIMARY KEY, claim TEXT NOT NULL REFERENCES claims(id), stance TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES sources(id), seen_in TEXT REFERENCES sources(id), quote TEXT, fragment TEXT,
  original TEXT, speaker TEXT REFERENCES agents(id), quoting TEXT REFERENCES agents(id), basis TEXT NOT NULL,
  stake TEXT NOT NULL, named INTEGER, unnamed_because TEXT, reliability TEXT, credibility TEXT, quote_prefix TEXT,
  quote_suffix TEXT, quote_start INTEGER, quote_end INTEGER, text_sha256 TEXT, language TEXT, note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "exclusions": """
CREATE TABLE exclusions (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id), reason TEXT NOT NULL, quote TEXT, fragment TEXT,
  claim TEXT REFERENCES claims(id), quote_prefix TEXT, quote_suffix TEXT, quote_start INTEGER, quote_end INTEGER,
  text_sha256 TEXT, language TEXT, note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "inquiries": """
CREATE TABLE inquiries (
  id TEXT PRIMARY KEY, question TEXT NOT NULL, state TEXT NOT NULL, claim TEXT REFERENCES claims(id),
  asked_by TEXT REFERENCES agents(id), asked TEXT REFERENCES agents(id), searched TEXT, asked_on TEXT, deadline TEXT,
  seen_in TEXT REFERENCES sources(id), note TEXT,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "reviews": """
CREATE TABLE reviews (
  id TEXT PRIMARY KEY, claim TEXT NOT NULL REFERENCES claims(id), verdict TEXT NOT NULL, label TEXT,
  reasons TEXT NOT NULL, reviewer TEXT REFERENCES agents(id), seconds TEXT REFERENCES reviews(id),
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "keys": """
CREATE TABLE keys (
  id TEXT PRIMARY KEY, agent TEXT NOT NULL REFERENCES agents(id), verifier TEXT NOT NULL,
  standing TEXT NOT NULL, added TEXT NOT NULL, changed TEXT NOT NULL
) STRICT""",
    "checkers": """
CREATE TABLE checkers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, plugin TEXT NOT NULL, establishes TEXT NOT NULL,
  does_not_establish TEXT NOT NULL, about TEXT NOT NULL, scope TEXT NOT NULL, added TEXT NOT NULL
) STRICT""",
    "runs": """
CREATE TABLE runs (
  id TEXT PRIMARY KEY, checkers TEXT NOT NULL, looked_at INTEGER NOT NULL, subjects INTEGER NOT NULL,
  passed INTEGER NOT NULL, warned INTEGER NOT NULL, failed INTEGER NOT NULL, abstained INTEGER NOT NULL,
  not_applicable INTEGER NOT NULL, errors INTEGER NOT NULL,
  options TEXT NOT NULL, policy TEXT NOT NULL, digest TEXT NOT NULL,
  plugins TEXT NOT NULL, covers INTEGER NOT NULL, recorded INTEGER NOT NULL, added TEXT NOT NULL
) STRICT""",
    "publications": """
CREATE TABLE publications (
  id TEXT PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, sha256 TEXT NOT NULL, withheld INTEGER NOT NULL,
  copies INTEGER NOT NULL, kept_back INTEGER NOT NULL, added TEXT NOT NULL
) STRICT""",
}

VIEWS = {
    "ledger_mention": """
CREATE VIEW ledger_mention AS SELECT n.seq, s.uid AS subject, t.uid AS target
FROM ledger_naming n JOIN ledger_record s ON s.first_seq = n.subject JOIN ledger_record t ON t.first_seq = n.target""",
    "findings": """
CREATE VIEW findings AS SELECT
  CAST(f.subject || '.' || s.checker || '.' || f.number AS TEXT) AS id, f.subject, c.id AS claim, s.checker, f.number,
  s.version, s.outcome, s.code, s.reason, s.fix, s.missing, coalesce(f.cites, f.subject) AS cites, s.details,
  s.measures, s.valid_until,
  (SELECT json_extract(inputs, '$[' || f.input || ']') FROM ledger_result WHERE seq = f.seq) AS input,
  (SELECT run FROM ledger_result WHERE seq = f.seq) AS run, f.seq,
  (SELECT added FROM ledger_result WHERE seq = f.seq) AS added
FROM ledger_finding f JOIN ledger_said s ON s.number = f.said LEFT JOIN claims c ON c.id = f.subject""",
}
"""What people read that is put together of other tables. `verify` holds a view to its definition; the tables of the
log, the projections and nothing else are compared."""

GONE = ("ledger_checked",)
"""Readable tables that only earlier formats have."""

MEMOS = {
    "ledger_key": """
CREATE TABLE ledger_key (
  checker TEXT NOT NULL, claim TEXT NOT NULL, made TEXT NOT NULL, keys TEXT NOT NULL, PRIMARY KEY (checker, claim)
) STRICT, WITHOUT ROWID""",
    "ledger_wording": """
CREATE TABLE ledger_wording (number INTEGER PRIMARY KEY, source TEXT UNIQUE, made TEXT NOT NULL) STRICT""",
    "ledger_mark": """
CREATE TABLE ledger_mark (mark INTEGER, wording INTEGER, PRIMARY KEY (mark, wording)) STRICT, WITHOUT ROWID""",
}
"""What a run remembers to save work, emptied by a rebuild: the keys by which group checkers bring claims
together, and fingerprints of the words of sources, by which those that share words are found."""

OFTEN_EMPTY = {
    "captures": ("taken_by", "made_by"),
    "claims": ("claimant", "reports"),
    "evidence": ("speaker", "quoting"),
    "inquiries": ("seen_in", "asked", "asked_by"),
}
"""Columns that name a record or nobody: an index of these holds no row where nobody is named, and is asked for none."""


def _first_word(columns: str) -> str:
    return re.split(r"\W", columns)[0]


INDEXES = {
    f"{table}_{_first_word(column)}": f"CREATE INDEX {table}_{_first_word(column)} ON {table} ({column})"
    for table, columns in {
        "ledger_record": ("kind", "first_seq"),
        "ledger_naming": ("subject", "seq"),
        "sources": ("author", "publisher", "title COLLATE NOCASE"),
        "captures": ("source", "text_sha256"),
        "links": ("source", "comes_from"),
        "agents": ("part_of", "name COLLATE NOCASE"),
        "claims": ("verdict", "corroboration", "workflow", "problems", "topic", "story", "changed"),
        "evidence": ("claim", "source", "seen_in", "text_sha256", "credibility"),
        "exclusions": ("source", "claim", "text_sha256"),
        "inquiries": ("claim", "state"),
        "reviews": ("claim",),
        "ledger_said": ("checker, code", "outcome", "valid_until"),
        "ledger_finding": ("said",),
    }.items()
    for column in columns
} | {
    f"{table}_{column}": f"CREATE INDEX {table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL"
    for table, columns in OFTEN_EMPTY.items()
    for column in columns
}

REPLAYED_BY = ("evidence_claim", "reviews_claim")
"""The indexes without which the axes of a claim would be derived from whole tables."""

GUARDS = {
    "ledger_entry_keep": """
CREATE TRIGGER ledger_entry_keep BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END""",
    "ledger_entry_stay": """
CREATE TRIGGER ledger_entry_stay BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END""",
    # Also closes INSERT OR REPLACE, which deletes without firing a delete trigger.
    "ledger_entry_next": """
CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM ledger_entry)
BEGIN SELECT RAISE(ABORT, 'seq is not the next one'); END""",
    "ledger_checkpoint_keep": """
CREATE TRIGGER ledger_checkpoint_keep BEFORE UPDATE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is append-only'); END""",
    "ledger_checkpoint_stay": """
CREATE TRIGGER ledger_checkpoint_stay BEFORE DELETE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is append-only'); END""",
}

CACHES = {
    "claims_fts": ("claims", ["text", "topic", "story"]),
    "sources_fts": ("sources", ["title", "note"]),
    "evidence_fts": ("evidence", ["quote", "original", "note"]),
}
"""Full-text indexes: name -> (table, columns). They hold on to implicit row ids, which VACUUM keeps
only while no row of these tables is ever deleted: their rows are upserted."""

TOKENIZER = "porter"
"""How full-text search reads words."""


def create(db: sqlite3.Connection) -> None:
    """Make every table, guard and index in an empty database; the caller holds the transaction."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT}")
    for sql in (*LOG.values(), *GUARDS.values()):
        db.execute(sql)
    db.execute(KEEP_WORDS)
    create_projections(db)


def create_projections(db: sqlite3.Connection) -> None:
    """Make the replayable tables, their indexes and the caches over them."""
    for sql in (*PROJECTIONS.values(), *VIEWS.values(), *INDEXES.values(), *MEMOS.values(), *_full_text()):
        db.execute(sql)


def create_replayed(db: sqlite3.Connection) -> None:
    """Make the replayable tables alone, with the indexes that are read while entries are replayed."""
    for sql in (*PROJECTIONS.values(), *VIEWS.values(), *(INDEXES[name] for name in REPLAYED_BY)):
        db.execute(sql)


@cache
def _full_text() -> tuple[str, ...]:
    """Return the SQL of the full-text tables and their triggers as sqlite-utils makes them: Datasette finds no others.

    It is made beside the ledger: within a transaction sqlite-utils takes scripts apart letter by letter.
    """
    from sqlite_utils import Database

    db = sqlite3.connect(":memory:", isolation_level=None)
    for sql in PROJECTIONS.values():
        db.execute(sql)
    wrapped = Database(db, execute_plugins=False)
    for table, columns in CACHES.values():
        wrapped.table(table).enable_fts(columns, create_triggers=True, tokenize=TOKENIZER)
    made = db.execute("SELECT name, type, sql FROM sqlite_master ORDER BY rowid").fetchall()
    db.close()
    return tuple(sql for name, kind, sql in made if name in CACHES or kind == "trigger")


def drop_projections(db: sqlite3.Connection) -> None:
    """Drop what `create_projections` made, and any view or trigger in its way."""
    from sqlite_utils import Database

    wrapped = Database(db, execute_plugins=False)
    for table, _ in CACHES.values():
        wrapped.table(table).disable_fts()
    for name in (*GONE, *VIEWS, *MEMOS, *reversed(PROJECTIONS)):
        kind = db.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        if kind is not None:
            db.execute(f"DROP {kind[0]} {name}")


class Definition(NamedTuple):
    """A table, index, view or trigger: its kind, its name, the table it is of, and its SQL, white space evened out."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def digest(self) -> str:
        """128 bits, in hex, of the SHA-256 of its SQL: by it an earlier format's definition is known again."""
        return sha256(self.sql.encode("utf-8", "replace")).hexdigest()[:32]


SHADOWS = ("data", "idx", "content", "docsize", "config")
"""Tables that SQLite's full-text search keeps for itself (sqlite.org/fts5.html, 9); caches."""

STATISTICS = re.compile(r"sqlite_stat[1-4]|sqlite_sequence")


def is_shadow(one: Definition) -> bool:
    """Return whether SQLite keeps this table for itself, whatever version of it writes it."""
    shadows = {f"{cache}_{suffix}" for cache in CACHES for suffix in SHADOWS}
    return one.kind == "table" and (one.name in shadows or STATISTICS.fullmatch(one.name) is not None)


def definitions(db: sqlite3.Connection) -> set[Definition]:
    """Return all that the file defines; a trigger may bear the name of a table, so no name is a key.

    The indexes that SQLite makes by itself have no SQL.
    """
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return {Definition(_text(kind), _text(name), _text(table), _even(_text(sql))) for kind, name, table, sql in rows}


def expected() -> set[Definition]:
    """Return the definitions that a sound ledger has."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    create(db)
    found = definitions(db)
    db.close()
    return found


def _even(sql: str) -> str:
    return re.sub(r"[ \t\n\f\r]+", " ", sql).strip(" ")  # what SQLite calls white space, and no more


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
