"""Records every write, sync and change of the folder that a scripted run makes, in order.

    python -m torture.recorder FOLDER RECORD [--weakened] [--early]

The run is the project's own code from `book.start` on, its pragmas and statements untouched: only the SQLite
library below it is another one. `apsw` can be given a file system of ours, `pysqlite3` cannot, so in this process a
stand-in for `pysqlite3` is put in place before anything imports it. What Python does to files by itself (renaming a
finished ledger, removing one, syncing a folder) is heard by an audit hook.
"""

from __future__ import annotations

import argparse
import os
import pickle
import stat
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

import apsw

from .disk import UNRECORDED, Acknowledge, Create, Delete, Operation, Rename, Sync, SyncFolder, Truncate, Write

NAME = "recorded"

SYNCS_ITS_FOLDER = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
"""Kinds of file with whose first sync SQLite also syncs the folder, if it made them (os_unix.c, unixSync)."""


class Record:
    """What was done in one folder, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.operations: list[Operation] = []

    def concerns(self, path: object) -> bool:
        """Return whether a path is of a file in the folder that is recorded."""
        if not isinstance(path, (str, os.PathLike)):
            return False
        return Path(path).absolute().parent == self.folder and not str(path).endswith(UNRECORDED)

    def add(self, operation: Operation) -> None:
        self.operations.append(operation)

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        """An audit hook: note what Python is about to do to a file itself."""
        if event == "os.rename" and self.concerns(given[0]) and os.path.exists(given[0]):
            self.add(Rename(Path(given[0]).name, Path(given[1]).name))
        elif event == "os.remove" and self.concerns(given[0]) and os.path.exists(given[0]):
            self.add(Delete(Path(given[0]).name))

    def hear_fsync(self) -> None:
        """Note what Python syncs; of that no audit hook is told."""
        fsync = os.fsync

        def noted(handle: Any) -> None:
            fsync(handle)
            number = handle if isinstance(handle, int) else handle.fileno()
            found = os.fstat(number)
            if stat.S_ISDIR(found.st_mode) and os.path.samestat(found, self.folder.stat()):
                self.add(SyncFolder())
            for file in self.folder.iterdir():
                if self.concerns(file) and os.path.samestat(found, file.stat()):
                    self.add(Sync(file.name))

        os.fsync = noted


class FileSystem(apsw.VFS):
    """SQLite's own, which also notes what is asked of it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if not self.record.concerns(path):
            return apsw.VFSFile("", name, flags)
        is_new = not os.path.exists(path)
        opened = File(self.record, name, flags, Path(path).name, is_new=is_new)
        if is_new:
            self.record.add(Create(Path(path).name))
        return opened

    def xDelete(self, name: str, sync_folder: bool) -> None:
        super().xDelete(name, sync_folder)
        if self.record.concerns(name):
            self.record.add(Delete(Path(name).name))
            if sync_folder:
                self.record.add(SyncFolder())


class File(apsw.VFSFile):
    """A file that notes what is done to it."""

    def __init__(self, record: Record, name: Any, flags: list[int], file: str, *, is_new: bool) -> None:
        self._record, self._file = record, file
        self._syncs_folder = is_new and bool(flags[0] & SYNCS_ITS_FOLDER)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._record.add(Write(self._file, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._record.add(Truncate(self._file, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._record.add(Sync(self._file))
        if self._syncs_folder:
            self._syncs_folder = False
            self._record.add(SyncFolder())


class Connection(apsw.Connection):
    """A connection that opens as `pysqlite3` does."""

    weakened = False
    """Whether the pragma that makes SQLite sync is turned into its opposite: to see that it is seen."""

    def __init__(self, database: object, timeout: float = 5.0, **_: Any) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        super().__init__(str(database), flags=flags, vfs=NAME)
        self.set_busy_timeout(int(timeout * 1000))

    def execute(self, statements: str, *given: Any, **named: Any) -> apsw.Cursor:
        if self.weakened and statements.lower().startswith("pragma synchronous="):
            statements = "PRAGMA synchronous=OFF"
        return super().execute(statements, *given, **named)

    def executescript(self, statements: str) -> apsw.Cursor:
        return self.execute(statements)


def stand_in() -> None:
    """Put a `pysqlite3` made of apsw in place; of the two libraries only one is ever loaded here."""
    module = types.ModuleType("pysqlite3")
    module.connect = module.Connection = Connection
    module.Cursor, module.Row = apsw.Cursor, tuple
    module.Error = module.DatabaseError = apsw.Error
    module.OperationalError = module.NotSupportedError = apsw.SQLError
    module.IntegrityError = apsw.ConstraintError
    module.ProgrammingError = apsw.ConnectionClosedError
    module.SQLITE_OK, module.SQLITE_DENY = apsw.SQLITE_OK, apsw.SQLITE_DENY
    module.complete_statement = apsw.complete
    module.sqlite_version = apsw.sqlite_lib_version()
    module.sqlite_version_info = tuple(map(int, module.sqlite_version.split(".")))
    module.dbapi2 = module
    sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("record", type=Path)
    parser.add_argument("--weakened", action="store_true", help="Run with synchronous=OFF.")
    parser.add_argument("--early", action="store_true", help="Acknowledge before recording.")
    options = parser.parse_args()

    record = Record(options.folder.absolute())
    file_system = FileSystem(record)
    Connection.weakened = options.weakened
    sys.addaudithook(record.hear)
    record.hear_fsync()
    stand_in()
    from .script import play  # only now: it imports the ledger, and with it the stand-in

    with tempfile.TemporaryDirectory() as keys:  # the same run makes the same key, which may be there only once
        os.environ["FACTLEDGER_KEYS"] = keys
        play(record.folder / "ledger.db", lambda subjects: record.add(Acknowledge(subjects)), early=options.early)
    options.record.write_bytes(pickle.dumps(record.operations))
    print(apsw.sqlite_lib_version())
    del file_system


if __name__ == "__main__":
    main()
