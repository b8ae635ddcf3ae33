"""The file that holds published copies of several ledgers, each whole and unchanged, and an index over them.

    merged      one row: its uid, its name, its verifier key, and the signed checkpoint of its heads
    head        a log of its own: each copy that ever came in, by origin, in canonical JSON
    member      whose copy is in it now: the last head of each origin
    part        the bytes of the copies, in pieces
    record      what they hold, addressed (member, id)
    alike       claims of two members that share most of their words

The last two follow from the parts, and `merged.verify` makes them anew. See docs/adr/0037.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import attrs

from .. import wire
from ..errors import DamagedLedger, InputError, did_you_mean
from ..log import Malformed, Note, VerifierKey
from ..sqlite import sqlite3
from .file import MERGED_ID, connect, fault, require_file
from .paging import ListPage, paged
from .scratch import scratch_database

MERGED_FORMAT = 1
"""The format of merged files that this program writes, in SQLite's user_version."""

CACHE = 4_096
"""Kibibytes of pages that are kept: the bytes of a ledger pass through once."""

PIECE = 1 << 20
"""Bytes of a member that are one row; the last piece of each has fewer."""

TABLES = {
    "merged": """
CREATE TABLE merged (
  id INTEGER PRIMARY KEY CHECK (id = 1), uid TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, note TEXT NOT NULL
) STRICT""",
    "head": "CREATE TABLE head (number INTEGER PRIMARY KEY CHECK (number >= 0), said TEXT NOT NULL) STRICT",
    "member": """
CREATE TABLE member (
  number INTEGER PRIMARY KEY CHECK (number >= 0), origin TEXT NOT NULL UNIQUE, head INTEGER NOT NULL UNIQUE
) STRICT""",
    "part": """
CREATE TABLE part (
  member INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (member, number)
) STRICT""",
    "record": """
CREATE TABLE record (
  member INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, verdict TEXT NOT NULL,
  standing TEXT NOT NULL, PRIMARY KEY (member, id)
) STRICT, WITHOUT ROWID""",
    "record_kind": "CREATE INDEX record_kind ON record (kind)",
    "alike": """
CREATE TABLE alike (
  member INTEGER NOT NULL, claim TEXT NOT NULL, other INTEGER NOT NULL, other_claim TEXT NOT NULL,
  both INTEGER NOT NULL, either INTEGER NOT NULL, PRIMARY KEY (member, claim, other, other_claim)
) STRICT, WITHOUT ROWID""",
    "alike_other": "CREATE INDEX alike_other ON alike (other, other_claim)",
}
"""What the file defines, by name."""

INDEX = {
    "record": ("member", "id", "kind", "words", "verdict", "standing"),
    "alike": ("member", "claim", "other", "other_claim", "both", "either"),
}
"""The tables that follow from the copies: their columns; the rows are in the order of their keys."""

RECORDS = (
    "SELECT id, 'agent', name, '', standing FROM agents",
    "SELECT id, 'claim', text, verdict, workflow FROM claims",
    "SELECT id, 'source', title, '', standing FROM sources",
)
"""What is read of a ledger for the index: id, kind, words, verdict ("" of what has none), standing."""

PAIRS = """alike a
  JOIN record r ON r.member = a.member AND r.id = a.claim JOIN record s ON s.member = a.other AND s.id = a.other_claim
  JOIN member m ON m.number = a.member JOIN member n ON n.number = a.other"""
PAIR = """m.origin AS origin, r.id AS id, r.words AS words, r.verdict AS verdict, r.standing AS standing,
  n.origin AS other_origin, s.id AS other_id, s.words AS other_words, s.verdict AS other_verdict,
  s.standing AS other_standing, a.both AS both, a.either AS either"""
DECIDED = "('supported', 'refuted')"
DIFFER = f"(r.verdict <> s.verdict AND r.verdict IN {DECIDED} AND s.verdict IN {DECIDED})"
"""Whether two members decided a claim each its own way."""


@attrs.frozen
class MemberHead:
    """One copy that came in: whose, how long its log was, its root and the SHA-256 of its file (hex).

    `signed` is how many of its entries a checkpoint by its log key covers, 0 where the copy has none.
    """

    origin: str
    ledger: str
    size: int
    root: str
    sha256: str
    signed: int

    @property
    def said(self) -> str:
        """Its one spelling, which the log of heads hashes."""
        return wire.dumps(attrs.asdict(self))

    @classmethod
    def read(cls, said: str) -> Self:
        """Return the head that a text spells; raises wire.NotCanonical if it spells none."""
        found = wire.structure(wire.loads(said), cls)
        if found.said != said:
            raise wire.NotCanonical("This is no head.")
        return found


@attrs.frozen
class Member:
    """A ledger in a merged file: its number there, and the copy that is in it."""

    number: int
    head: MemberHead


@attrs.frozen
class MergedFile:
    """An open merged file. Use it as a context manager."""

    path: Path
    db: sqlite3.Connection
    uid: str
    name: str
    key: VerifierKey
    note: Note

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.close()

    def heads(self) -> list[str]:
        """Return every head that ever came in, as it is spelt, oldest first."""
        return [said for (said,) in self.db.execute("SELECT said FROM head ORDER BY number")]

    def members(self) -> list[Member]:
        """Return the ledgers in it, in the order of their origins; raise DamagedLedger if one has no head."""
        found = self.db.execute(
            "SELECT m.number, h.said FROM member m LEFT JOIN head h ON h.number = m.head ORDER BY m.origin"
        )
        try:
            return [Member(number, MemberHead.read(said or "")) for number, said in found]
        except wire.NotCanonical:
            raise _damaged(self.path, "A head in it is none.") from None

    def member(self, origin: str) -> Member:
        """Return the ledger of this origin; raise InputError if there is none."""
        members = {one.head.origin: one for one in self.members()}
        if origin not in members:
            hint = did_you_mean(origin, dict.fromkeys(members, "")) or f"There are: {', '.join(members)}."
            raise InputError(f"There is no ledger {origin!r} in it.", where=str(self.path), hint=hint)
        return members[origin]

    def pieces(self, number: int) -> Iterator[bytes]:
        """Yield the bytes of a member, a piece at a time."""
        return (
            data for (data,) in self.db.execute("SELECT data FROM part WHERE member = ? ORDER BY number", (number,))
        )

    def take_out(self, member: Member, target: Path) -> None:
        """Write a member's copy to a new file; raise DamagedLedger, and leave no file, if it is not what came in."""
        digest = sha256()
        with target.open("xb") as file:
            for piece in self.pieces(member.number):
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != member.head.sha256:
            target.unlink()
            raise _damaged(self.path, f"The copy of {member.head.origin} in it is not the one that was merged.")

    def records(self, kind: str, *, words: str = "", number: int = 1, each: int | None = None) -> ListPage[Any]:
        """Return a page, or all, of the records of a kind that hold each of these words, letter case aside.

        Rows have origin, id, words, verdict and standing, in the order of origin and id.
        """
        wanted = words.casefold().split()
        self.db.create_function("folded", 1, str.casefold, deterministic=True)
        held = "".join(" AND instr(folded(r.words), ?)" for _ in wanted)
        return paged(
            self.db,
            "m.origin, r.id, r.words, r.verdict, r.standing",
            f"record r JOIN member m ON m.number = r.member WHERE r.kind = ?{held}",
            (kind, *wanted),
            "r.member, r.id",
            number,
            each=each,
        )

    def each_record(self, kind: str) -> Iterator[dict[str, str]]:
        """Yield origin, id, words and verdict of every record of a kind, the last of `records` first."""
        found = self.db.execute(
            "SELECT m.origin, r.id, r.words, r.verdict FROM record r JOIN member m ON m.number = r.member "
            "WHERE r.kind = ? ORDER BY r.member DESC, r.id DESC",
            (kind,),
        )
        return (dict(zip(("origin", "id", "words", "verdict"), row, strict=True)) for row in found)

    def alike(self, number: int = 1, each: int | None = None) -> ListPage[Any]:
        """Return a page, or all, of the pairs of alike claims: first those decided otherwise by two members.

        Rows have of both claims origin, id, words, verdict and standing (of the second as other_origin and so on), and
        how many words are in `both` and in `either`.
        """
        order = f"{DIFFER} DESC, CAST(a.both AS REAL) / a.either DESC, a.member, a.claim, a.other, a.other_claim"
        return paged(self.db, f"{PAIR}, {DIFFER} AS differ", PAIRS, (), order, number, counted="alike", each=each)

    def alike_to(self, origin: str, claim: str) -> list[dict[str, Any]]:
        """Return the claims of other members that are alike to one: origin, id, words, verdict, both, either."""
        there = "m.origin = :origin AND r.id = :claim"
        sql = f"""
SELECT n.origin, s.id, s.words, s.verdict, s.standing, a.both, a.either FROM {PAIRS} WHERE {there} UNION ALL
SELECT m.origin, r.id, r.words, r.verdict, r.standing, a.both, a.either FROM {PAIRS}
WHERE {there.replace("m.", "n.").replace("r.", "s.")} ORDER BY 1, 2"""
        columns = ("origin", "id", "words", "verdict", "standing", "both", "either")
        found = self.db.execute(sql, {"origin": origin, "claim": claim})
        return [dict(zip(columns, row, strict=True)) for row in found]

    def counts(self) -> dict[tuple[int, str], int]:
        """Return (member, kind) -> how many records of it there are."""
        found = self.db.execute("SELECT member, kind, count(*) FROM record GROUP BY 1, 2")
        return {(member, kind): count for member, kind, count in found}


def is_merged(path: Path) -> bool:
    """Return whether there is a merged file at the path; of what cannot be read, no."""
    if not path.is_file():
        return False
    try:
        db = connect(path, "ro")
        try:
            return bool(db.execute("PRAGMA application_id").fetchone()[0] == MERGED_ID)
        finally:
            db.close()
    except (sqlite3.Error, DamagedLedger, OSError):
        return False


def open_merged(path: Path) -> MergedFile:
    """Open a merged file, read-only; raise InputError if it is something else, DamagedLedger if it is damaged."""
    require_file(path)
    db = connect(path, "ro")
    try:
        db.execute(f"PRAGMA cache_size=-{CACHE}")
        if db.execute("PRAGMA application_id").fetchone()[0] != MERGED_ID:
            raise InputError("This is no merged file.", where=str(path), hint="Make one: factledger merge OUT COPY...")
        if db.execute("PRAGMA user_version").fetchone()[0] != MERGED_FORMAT:
            raise InputError(
                "This is a merged file of another version of factledger.",
                where=str(path),
                hint="Merge the copies into a new file, or update this program.",
            )
        found = db.execute("SELECT uid, name, key, note FROM merged").fetchone()
        if found is None or not all(isinstance(one, str) for one in found):
            raise _damaged(path, "It does not say what it is called.")
        uid, name, key, note = found
        return MergedFile(path, db, uid, name, VerifierKey.read(key), Note.read(note))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        db.close()
        raise fault(error, path) from None
    except Malformed:
        db.close()
        raise _damaged(path, "Its key or its checkpoint is none.") from None
    except (InputError, DamagedLedger):
        db.close()
        raise


def create_merged(path: Path) -> sqlite3.Connection:
    """Return a new merged file's connection, with its tables and in one transaction; the caller commits and closes.

    It is to be written beside, and to take its place when it is whole: nothing is kept for taking it back.
    """
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    db.execute(f"PRAGMA application_id = {MERGED_ID}")
    db.execute(f"PRAGMA user_version = {MERGED_FORMAT}")
    for sql in TABLES.values():
        db.execute(sql)
    return db


def index_on_scratch() -> sqlite3.Connection:
    """Return a scratch database that has the tables of the index, to make it anew in."""
    db = scratch_database()
    for name, sql in TABLES.items():
        if name.partition("_")[0] in INDEX:
            db.execute(sql)
    return db


def put_merged(db: sqlite3.Connection, uid: str, name: str, key: VerifierKey, note: Note) -> None:
    """Write what the file is called, and the checkpoint of its heads."""
    db.execute("INSERT INTO merged VALUES (1, ?, ?, ?, ?)", (uid, name, str(key), str(note)))


def put_heads(db: sqlite3.Connection, heads: Sequence[str]) -> None:
    """Write the log of heads, and which ledgers are members: the last head of each origin, in the order of origins."""
    db.executemany("INSERT INTO head VALUES (?, ?)", enumerate(heads))
    last = {MemberHead.read(said).origin: number for number, said in enumerate(heads)}
    db.executemany(
        "INSERT INTO member VALUES (?, ?, ?)",
        [(number, origin, last[origin]) for number, origin in enumerate(sorted(last))],
    )


def put_parts(db: sqlite3.Connection, number: int, copy: Path) -> None:
    """Write the bytes of a member."""
    with copy.open("rb") as file:
        pieces = iter(lambda: file.read(PIECE), b"")
        db.executemany("INSERT INTO part VALUES (?, ?, ?)", ((number, place, one) for place, one in enumerate(pieces)))


def put_records(db: sqlite3.Connection, number: int, ledger: sqlite3.Connection) -> None:
    """Write what a member holds, read from its tables."""
    for sql in RECORDS:
        db.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", ((number, *row) for row in ledger.execute(sql)))


def put_alike(db: sqlite3.Connection, pairs: Iterable[tuple[int, str, int, str, int, int]]) -> None:
    """Write pairs of alike claims: member, claim, other member, its claim, words in both, words in either."""
    db.executemany("INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?)", pairs)


def standing_claims(db: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Yield (member, id, text) of every claim that was neither replaced nor retracted, by member and id."""
    return iter(
        db.execute(
            "SELECT member, id, words FROM record WHERE kind = 'claim' AND standing NOT IN ('superseded', 'retracted') "
            "ORDER BY member, id"
        )
    )


def _damaged(path: Path, message: str) -> DamagedLedger:
    hint = "Merge the newsrooms' own copies into a new file, and keep this one: it is evidence."
    return DamagedLedger(message, where=str(path), hint=hint)
