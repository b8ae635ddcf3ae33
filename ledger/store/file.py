"""Opening and creating the SQLite file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal
from urllib.parse import quote

import attrs

from ..errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, ReadOnly
from ..log import EMPTY_ROOT, Environment, SignerKey
from ..sqlite import sqlite3
from . import schema
from .beside import archive_of
from .formats import number_of
from .lock import exclusive, is_held
from .moved import identity, require_in_place, wal_bytes
from .place import require_local
from .scratch import scratch_database

Role = Literal["working", "example", "published"]

HEADER_BYTES = 100
"""What an SQLite file begins with; SQLite takes a shorter file for an empty database."""

INNOCUOUS_SEARCH = (3, 44)
"""SQLite before 3.44 takes full-text tables for unsafe in triggers: a writer there must trust the schema."""

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, by name only: left over from another file it would be taken for its own."""

WRITER = ("synchronous", "secure_delete", "trusted_schema")
"""The settings that a connection has and the file does not keep."""

CACHE = 16_384
"""Kibibytes of pages that a connection keeps; more made nothing quicker that reads or writes the whole."""

MERGED_ID = 0x464C444D
"""Marks a file that holds copies of several ledgers: "FLDM" in SQLite's application_id. See `merged`."""

DAMAGE = (
    "malformed",
    "no such table",
    "no such column",
    "disk image",
    "encrypted",
    "decode",
)
"""What SQLite's messages say when the file itself is at fault."""


def _is_closed(db: sqlite3.Connection) -> bool:
    try:
        _ = db.total_changes
    except sqlite3.ProgrammingError:
        return True
    return False


@attrs.define
class Ledger:
    """An open ledger file. Use it as a context manager, or close it."""

    path: Path
    db: sqlite3.Connection
    role: Role
    environment: Environment = attrs.field(factory=Environment)
    writable: bool = False
    signer: SignerKey | None = None
    """The actor's own key; entries are signed with it while it stands in the ledger."""
    format: int = schema.FORMAT
    """The number of the format that the file is in, whatever is read of it."""
    opened: tuple[int, int] | None = None
    """(device, inode) of the file that was opened for writing."""

    def close(self) -> None:
        """Close it, once. Raises EnvironmentFault if its file was moved, and entries stayed behind in the WAL."""
        if _is_closed(self.db):
            return
        if not self.writable or is_held(self.path):  # a writer at work closes later than we do: no need to wait
            self.db.close()
        else:
            with exclusive(self.path):  # the last to close checkpoints the WAL
                self.db.close()
        if self.writable and wal_bytes(self.path):
            require_in_place(self.path, self.opened)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def id(self) -> str:
        """Its id, which is the subject of entry 0; empty where there is no entry yet."""
        found = self.db.execute("SELECT json_extract(env, '$.subject') FROM ledger_entry WHERE seq = 0").fetchone()
        return str(found[0]) if found else ""

    @property
    def archive(self) -> Path | str:
        """Where its archived bytes are kept: a folder beside it, or the URL in FACTLEDGER_ARCHIVE."""
        return archive_of(self.path, self.id)


def open_file(
    path: Path,
    *,
    write: bool = False,
    current: bool = False,
    environment: Environment | None = None,
    writable: tuple[Role, ...] = ("working",),
) -> Ledger:
    """Open a ledger's file as it lies there, in whatever format unless it has to be the `current` one.

    It is read-only unless `write`. Raises DamagedLedger if there is none, or it is no ledger; ReadOnly if its role is
    not among the `writable`; EnvironmentFault if its format is another.
    """
    require_file(path)
    if not write:
        _take_back(path)
    db = connect(path, "rw" if write else "ro")
    try:
        require_ours(db, path)
        role = _role(db, path)
        number = number_of(db)
        if current and number != schema.FORMAT:
            raise other_format(path, number)
        if write:  # only now: the pragmas change the file
            if role not in writable:
                raise _takes_no_entries(path, role)
            require_local(path)
            require_one_name(path)
            _set_pragmas(db, wal=role == "working")
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes broken text in its messages
        db.close()
        raise fault(error, path) from None
    except LedgerError:
        db.close()
        raise
    opened = identity(path) if write else None
    return Ledger(path, db, role, environment or Environment(), writable=write, format=number, opened=opened)


def _take_back(path: Path) -> None:
    """Have SQLite take back what a process was in the middle of when it died: who only reads cannot."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size and os.access(path, os.W_OK) and _may_write_beside(path):
        with exclusive(path), faults_told(path), closing(connect(path, "rw")) as db:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def create_file(
    path: Path, *, environment: Environment | None = None, role: Role = "working", wal: bool = True
) -> Ledger:
    """Make an empty ledger file, tables and guards only; raise EnvironmentFault if the path is taken."""
    if path.exists():
        raise EnvironmentFault(f"{path} already exists.", hint="Choose another name; nothing was changed.")
    if not path.parent.is_dir():
        raise EnvironmentFault(f"There is no folder {path.parent}.", hint="Make it first.")
    require_local(path)
    with exclusive(path):
        db = connect(path, "rwc")
        try:
            _set_pragmas(db, wal=wal)
            db.execute("BEGIN IMMEDIATE")
            schema.create(db)
            db.execute("INSERT INTO ledger_head VALUES (1, 0, ?, ?)", (EMPTY_ROOT, b""))
            db.execute("INSERT INTO ledger_role VALUES (1, ?)", (role,))
            db.execute("COMMIT")
        except sqlite3.Error as error:
            db.close()
            raise fault(error, path) from None
    return Ledger(path, db, role, environment or Environment(), writable=True, opened=identity(path))


def require_free(path: Path) -> None:
    """Raise InputError unless a new file can be made at the path."""
    for taken in (path, *(path.with_name(path.name + end) for end in COMPANIONS)):
        if taken.exists():
            raise InputError("This is taken.", where=str(taken), hint="Choose another name; nothing was written.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}.", where=str(path), hint="Make it first.")


def require_whole(path: Path) -> None:
    """Raise EnvironmentFault if the last to close a file could not move its entries out of the WAL.

    SQLite does not say so: a full disk, for one, leaves the WAL where it is.
    """
    if wal_bytes(path):
        raise EnvironmentFault(f"SQLite could not finish {path}.", hint="Nothing was begun. Is the disk full?")


def discard(path: Path) -> None:
    """Remove a file that did not become a ledger, and what lies beside it."""
    for end in ("", ".lock", *COMPANIONS):
        path.with_name(path.name + end).unlink(missing_ok=True)


def in_memory(path: Path) -> sqlite3.Connection:
    """Return an empty ledger database in memory, to replay the entries of `path` into."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(db)
    return db


def on_scratch() -> sqlite3.Connection:
    """Return a scratch database for replaying a whole log: the tables, and no search in them."""
    db = scratch_database()
    schema.create_replayed(db)
    return db


def require_file(path: Path) -> None:
    """Raise DamagedLedger unless there is an SQLite file at the path."""
    start = "Start one: factledger init --origin NAME"
    if not path.exists():
        raise DamagedLedger("There is no ledger here.", where=str(path), hint=start)
    if not path.is_file():
        raise DamagedLedger("This is a folder, not a ledger.", where=str(path), hint=start)
    if not os.access(path, os.R_OK):
        raise EnvironmentFault(f"Cannot read {path}: permission denied.", hint="Check its permissions.")
    # Its size is asked, its bytes are not read: opening and closing the file would drop the locks that
    # other connections of this process hold on it (sqlite.org/howtocorrupt.html, 2.2).
    size = path.stat().st_size
    if size == 0:
        raise DamagedLedger("The file is empty.", where=str(path), hint="Restore it from a backup.")
    if size < HEADER_BYTES:
        raise _no_sqlite(path)


def require_one_name(path: Path) -> None:
    """Raise EnvironmentFault if a file has several names (hard links).

    SQLite keeps a WAL beside each, so that whoever came by another name would not see the newest entries
    (sqlite.org/howtocorrupt.html, 2.5).
    """
    if (names := path.stat().st_nlink) > 1:
        raise EnvironmentFault(
            f"{path} is one of {names} names of the same file (hard links): writing by two of them damages a ledger.",
            hint="Remove the others, or make a copy of its own: factledger backup FILE",
        )


def require_ours(db: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedLedger if a database does not say it is a ledger, InputError if it says that it holds several.

    Asked of SQLite, not read from the file: a live WAL may hold the newest first page.
    """
    application = db.execute("PRAGMA application_id").fetchone()[0]
    if application == MERGED_ID:
        hint = "Name a record in it as ORIGIN/ID, or take a ledger out of it: factledger -d FILE extract ORIGIN COPY"
        raise InputError("This is a merged file, which holds several ledgers.", where=str(path), hint=hint)
    if application != schema.APPLICATION_ID:
        raise DamagedLedger("This is an SQLite file, but no ledger.", where=str(path), hint="Is it the right file?")


def other_format(path: Path, number: int) -> EnvironmentFault:
    """Return what to say of a file in a format that this program does not write, and what to do."""
    told = f"{path} is in format {number}; this program writes {schema.FORMAT}."
    return EnvironmentFault(
        told, hint="Run: factledger upgrade" if number < schema.FORMAT else "Update it: pip install -U factledger"
    )


def _role(db: sqlite3.Connection, path: Path) -> Role:
    found: tuple[Role] | None = db.execute("SELECT role FROM ledger_role WHERE id = 1").fetchone()
    if found is None:
        raise DamagedLedger("The file does not say what role it has.", where=str(path), hint="Run: factledger verify")
    return found[0]


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Turn whatever SQLite complains of inside the block into an error of ours about this file."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault(error, path) from None


def fault(error: Exception, path: Path) -> LedgerError:
    """Return SQLite's complaint as one of ours: damage of the file, or a fault around it."""
    said = str(error)
    if "not a database" in said:
        return _no_sqlite(path)
    if not _may_write_beside(path) and ("unable to open database file" in said or "readonly database" in said):
        return EnvironmentFault(
            "SQLite needs to write beside it, even for reading, and may not in this folder.",
            where=str(path),
            hint=f"Copy {path.name}, with {path.name}-wal if there is one, to a folder of yours.",
        )
    if any(word in said for word in DAMAGE):
        return DamagedLedger(f"The file is damaged ({said}).", where=str(path), hint="Run: factledger verify")
    return EnvironmentFault(f"SQLite could not go on with {path}: {said}.", hint="Nothing was recorded.")


def unfinished(error: Exception, path: Path, *, looked: bool = False) -> EnvironmentFault:
    """Return what to say of a COMMIT that failed; `looked`: the file was opened afresh and does not show it.

    Even then whoever opens the file next may find it, if it was written and only could not be forced to the disk.
    """
    undone = looked and "disk I/O error" not in str(error)
    return EnvironmentFault(
        f"SQLite could not finish writing {path}: {error}.",
        hint="Nothing was recorded." if undone else "Whether it was recorded is not known: look before you go on.",
    )


def _may_write_beside(path: Path) -> bool:
    return os.access(path.resolve().parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _no_sqlite(path: Path) -> DamagedLedger:
    return DamagedLedger("This is no SQLite file.", where=str(path), hint="Is it the right file?")


def _takes_no_entries(path: Path, role: str) -> ReadOnly:
    kind = "the example ledger" if role == "example" else "a published copy"
    return ReadOnly(
        f"This is {kind} and takes no entries.",
        where=str(path),
        hint="Start your own: factledger -d mine.db init --origin NAME (then use -d mine.db, or set FACTLEDGER_DB).",
    )


def connect(path: Path, mode: str) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, isolation_level=None, timeout=30
        )
        db.execute(f"PRAGMA cache_size=-{CACHE}")
        if mode == "ro" or sqlite3.sqlite_version_info >= INNOCUOUS_SEARCH:
            db.execute("PRAGMA trusted_schema=OFF")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise fault(error, path) from None
    return db


def pragmas(ledger: Ledger) -> dict[str, object]:
    """Return the settings that the file keeps."""
    return {"journal_mode": ledger.db.execute("PRAGMA journal_mode").fetchone()[0]}


def writer_pragmas() -> dict[str, object]:
    """Return the settings of a connection that writes, as the library in use takes them."""
    db = connect(Path("writer"), "memory")
    _set_pragmas(db)
    found = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in WRITER}
    db.close()
    return found


def _set_pragmas(db: sqlite3.Connection, *, wal: bool = True) -> None:
    db.execute("PRAGMA synchronous=EXTRA")  # before WAL: EXTRA syncs the folder when the journal goes
    if wal:
        db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA secure_delete=ON")
