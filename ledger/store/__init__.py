"""The SQLite file: schema, appending, projections, named queries. All SQL lives in this folder."""

from .append import Draft, append
from .copy import same_content, write_copy
from .file import Ledger, Role, create_file, fault, faults_told, open_ledger, require_file, require_ours
from .fold import ADD, CORRECT, RETRACT, SETTLE, SUPERSEDE, Kept
from .library import SqliteFacts, sqlite_facts
from .project import INIT, body_of
from .queries import Found, Head
from .replay import as_of, rebuild
from .schema import FORMAT

__all__ = [
    "ADD",
    "CORRECT",
    "FORMAT",
    "INIT",
    "RETRACT",
    "SETTLE",
    "SUPERSEDE",
    "Draft",
    "Found",
    "Head",
    "Kept",
    "Ledger",
    "Role",
    "SqliteFacts",
    "append",
    "as_of",
    "body_of",
    "create_file",
    "fault",
    "faults_told",
    "open_ledger",
    "rebuild",
    "require_file",
    "require_ours",
    "same_content",
    "sqlite_facts",
    "write_copy",
]
