"""Everything that `verify` can find wrong, by a name that stays the same."""

from __future__ import annotations

from enum import StrEnum

RESTORE = "Restore the ledger from a backup, and keep this file: it is evidence."
REBUILD = "The entries are what counts. If they are sound, make the tables anew: factledger rebuild"
TELL = "Nothing in factledger writes this: find out who or what did."


class ProblemCode(StrEnum):
    """A kind of problem; `meaning` says it in a sentence, `hint` what to do."""

    meaning: str
    hint: str

    def __new__(cls, name: str, meaning: str, hint: str) -> ProblemCode:
        member = str.__new__(cls, name)
        member._value_ = name
        member.meaning = meaning
        member.hint = hint
        return member

    # The file
    NO_FILE = "no-file", "There is no file at the path.", "Check the name, or: factledger init --origin NAME"
    EMPTY_FILE = "empty-file", "The file holds no bytes.", RESTORE
    NOT_A_LEDGER = (
        "not-a-ledger",
        "The file does not call itself a ledger, or is no SQLite file.",
        "Is it the right file?",
    )
    OTHER_FORMAT = (
        "other-format",
        "The file is in a format that this version does not know.",
        "Update factledger (pip install -U factledger), and verify again: nothing was verified now.",
    )
    FORMAT_CHANGED = "format-changed", "The file says it is in a format that it is not in.", TELL
    WORDS = "words", "The words that results are deflated against are not those of the format.", TELL
    UNREADABLE = "unreadable", "SQLite cannot read the file, or a part of it.", RESTORE
    STRUCTURE = "structure", "SQLite's own check of pages, indexes and columns finds a fault.", RESTORE
    ROLE = "role", "The file does not say in one row which role it has.", RESTORE

    # What the file defines
    DEFINITION_MISSING = "definition-missing", "A table, index, guard or trigger is gone.", TELL
    DEFINITION_CHANGED = "definition-changed", "A table, index, guard or trigger is defined otherwise.", TELL
    DEFINITION_UNKNOWN = "definition-unknown", "There is a table, view, index or trigger of no ledger.", TELL

    # The log
    NO_ENTRIES = "no-entries", "The log holds no entry.", RESTORE
    ENTRY_MISSING = "entry-missing", "Entries are missing from within the log.", RESTORE
    ENTRY_ORDER = "entry-order", "Entries do not stand in the order of their numbers.", RESTORE
    ENTRY_HASH = "entry-hash", "An entry's envelope or signature is not what its hash was made of.", RESTORE
    ENTRY_NUMBER = "entry-number", "An envelope says another number than the one it stands under.", RESTORE
    ENVELOPE = "envelope", "An envelope is not in the one form that envelopes have.", RESTORE
    BODY_CHANGED = "body-changed", "A body does not match the commitment in its envelope.", RESTORE
    BODY_MISSING = "body-missing", "A body is gone, and no entry says that it was withheld.", RESTORE
    TEXT = "text", "Text in the log is not UTF-8.", RESTORE
    TIME = "time", "An entry says an earlier time than the one before it.", RESTORE
    KIND_UNKNOWN = "kind-unknown", "An entry is of a kind this version does not know.", "Upgrade factledger."
    OPENING = "opening", "Entry 0 does not open a ledger with its origin, format and log key.", RESTORE
    WITHHOLDING = "withholding", "What an entry withholds, or puts in its place, does not fit the log.", RESTORE
    WITHHELD_PRESENT = "withheld-present", "A published copy holds words that were withheld.", "Destroy this copy."
    SIGNATURE = "signature", "What signs an entry was not made by a key of its actor that stood then.", RESTORE
    CANNOT_FOLLOW = "cannot-follow", "An entry cannot follow those before it.", RESTORE

    # The tree
    HEAD = "head", "The stored size, root or frontier is not what the entries give.", RESTORE
    NODE = "node", "A stored hash of the tree is not what the entries give.", RESTORE

    # Checkpoints
    CHECKPOINT_FORM = "checkpoint-form", "What the file keeps as a checkpoint is none.", RESTORE
    CHECKPOINT_SIGNATURE = "checkpoint-signature", "A checkpoint is not signed by the ledger's log key.", RESTORE
    CUT = "cut", "Entries that a checkpoint covers are gone from the end.", RESTORE
    REWRITTEN = "rewritten", "The log is not the one that a checkpoint was made of.", RESTORE
    LOG_KEY = "log-key", "The ledger names another log key than the one that is known.", RESTORE
    WITNESS = "witness", "No checkpoint at hand was signed by the witness that was named.", "Ask the witness for one."
    QUORUM = (
        "quorum",
        "No checkpoint at hand was signed by the witnesses that the policy asks for.",
        "Ask them: factledger checkpoint --witnesses FILE",
    )
    TIMESTAMP = (
        "timestamp",
        "No checkpoint at hand bears a time stamp that the certificate given vouches for.",
        "Ask for one: factledger checkpoint --timestamp URL",
    )

    # The tables made from the log
    ROW_CHANGED = "row-changed", "A table says otherwise than the entries.", REBUILD
    ROW_MISSING = "row-missing", "A table lacks a row that the entries give.", REBUILD
    ROW_UNKNOWN = "row-unknown", "A table has a row that no entry gives.", REBUILD

    # The caches
    CACHE_CHANGED = "cache-changed", "Full-text search finds other words than the rows have.", REBUILD

    # The archive
    COPY_MISSING = (
        "copy-missing",
        "An archived copy that the entries name is not in the archive.",
        "Bring the archive back beside the ledger, or name its place in FACTLEDGER_ARCHIVE; else restore a backup's.",
    )
    COPY_CHANGED = "copy-changed", "An archived copy's bytes are not those that were archived.", RESTORE

    # Several ledgers in one file
    HEADS = (
        "heads",
        "A merged file's heads are not those that its key signed, or that its checkpoint covers.",
        "Merge the newsrooms' own copies into a new file, and keep this one: it is evidence.",
    )
    MEMBER_CHANGED = (
        "member-changed",
        "A ledger in a merged file is not the copy that came in last.",
        "Merge the newsroom's own copy into a new file, and keep this one: it is evidence.",
    )
    INDEX_CHANGED = (
        "index-changed",
        "The index of a merged file says otherwise than the ledgers in it.",
        "Merge the copies into a new file; each can be taken out: factledger extract ORIGIN FILE",
    )
