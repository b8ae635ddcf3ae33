"""The SQLite file: schema, appending, projections, named queries. All SQL lives in this folder."""

from .append import Draft, append
from .checkpoints import checkpoints, keep_checkpoint, present, require_hashed
from .copy import same_content, write_copy, write_twin
from .file import (
    Ledger,
    Role,
    create_file,
    discard,
    fault,
    faults_told,
    open_ledger,
    pragmas,
    require_file,
    require_free,
    require_ours,
    require_whole,
    writer_pragmas,
)
from .fold import ACTS, ADD, CORRECT, RETRACT, REVOKE, SETTLE, STANDINGS, SUPERSEDE, WITHHOLD, Kept
from .library import SqliteFacts, sqlite_facts
from .lock import exclusive, is_held
from .memo import claims, keep_keys
from .project import INIT, body_of
from .queries import Found, Head, all_kept
from .replay import as_of, rebuild
from .restore import CannotFollow, restore
from .rows import digest_of
from .schema import FORMAT
from .steady import steady
from .tree import StoredTree
from .withheld import clear_wal, drop_bodies, withhold, write_published

__all__ = [
    "ACTS",
    "ADD",
    "CORRECT",
    "FORMAT",
    "INIT",
    "RETRACT",
    "REVOKE",
    "SETTLE",
    "STANDINGS",
    "SUPERSEDE",
    "WITHHOLD",
    "CannotFollow",
    "Draft",
    "Found",
    "Head",
    "Kept",
    "Ledger",
    "Role",
    "SqliteFacts",
    "StoredTree",
    "all_kept",
    "append",
    "as_of",
    "body_of",
    "checkpoints",
    "claims",
    "clear_wal",
    "create_file",
    "digest_of",
    "discard",
    "drop_bodies",
    "exclusive",
    "fault",
    "faults_told",
    "is_held",
    "keep_checkpoint",
    "keep_keys",
    "open_ledger",
    "pragmas",
    "present",
    "rebuild",
    "require_file",
    "require_free",
    "require_hashed",
    "require_ours",
    "require_whole",
    "restore",
    "same_content",
    "sqlite_facts",
    "steady",
    "withhold",
    "write_copy",
    "write_published",
    "write_twin",
    "writer_pragmas",
]
