"""The SQLite file: schema, appending, projections, named queries. All SQL lives in this folder."""

from .append import Draft, append
from .beside import archive_of, claim_archive, lock_of
from .checkpoints import checkpoints, keep_checkpoint, newest_checkpoints, present, require_hashed
from .clock import clock_doubt, clock_was_behind
from .copy import same_content, write_copy, write_twin
from .file import (
    Ledger,
    Role,
    create_file,
    discard,
    fault,
    faults_told,
    open_file,
    other_format,
    pragmas,
    require_file,
    require_free,
    require_ours,
    require_whole,
    writer_pragmas,
)
from .fold import ACTS, ADD, CORRECT, RETRACT, REVOKE, SETTLE, STANDINGS, SUPERSEDE, WITHHOLD, StoredRecord
from .formats import Format, format_of, number_of
from .held import known_here, with_hashes
from .library import SqliteFacts, sqlite_facts
from .lock import exclusive, is_held
from .memo import claims, keep_keys
from .past import as_of, size_at, write_as_of
from .project import INIT, OF_THE_FILE, UPGRADE, body_of
from .queries import Head, RecordedFinding, all_kept
from .replay import open_ledger, rebuild, require_current, upgrade
from .restore import CannotFollow, restore
from .rows import digest_of
from .schema import FORMAT
from .scratch import scratch_database, scratch_folder
from .shown import AffectedPages, affected_since
from .steady import steady
from .tree import StoredTree
from .withheld import clear_wal, drop_bodies, withhold, write_published

__all__ = [
    "ACTS",
    "ADD",
    "CORRECT",
    "FORMAT",
    "INIT",
    "OF_THE_FILE",
    "RETRACT",
    "REVOKE",
    "SETTLE",
    "STANDINGS",
    "SUPERSEDE",
    "UPGRADE",
    "WITHHOLD",
    "AffectedPages",
    "CannotFollow",
    "Draft",
    "Format",
    "Head",
    "Ledger",
    "RecordedFinding",
    "Role",
    "SqliteFacts",
    "StoredRecord",
    "StoredTree",
    "affected_since",
    "all_kept",
    "append",
    "archive_of",
    "as_of",
    "body_of",
    "checkpoints",
    "claim_archive",
    "claims",
    "clear_wal",
    "clock_doubt",
    "clock_was_behind",
    "create_file",
    "digest_of",
    "discard",
    "drop_bodies",
    "exclusive",
    "fault",
    "faults_told",
    "format_of",
    "is_held",
    "keep_checkpoint",
    "keep_keys",
    "known_here",
    "lock_of",
    "newest_checkpoints",
    "number_of",
    "open_file",
    "open_ledger",
    "other_format",
    "pragmas",
    "present",
    "rebuild",
    "require_current",
    "require_file",
    "require_free",
    "require_hashed",
    "require_ours",
    "require_whole",
    "restore",
    "same_content",
    "scratch_database",
    "scratch_folder",
    "size_at",
    "sqlite_facts",
    "steady",
    "upgrade",
    "with_hashes",
    "withhold",
    "write_as_of",
    "write_copy",
    "write_published",
    "write_twin",
    "writer_pragmas",
]
