"""What lets others rely on a ledger: checkpoints, proofs, witnesses, and words kept from publication."""

from . import witness
from .checkpoints import add_cosigned, checkpoint, log_key, read_checkpoint
from .hidden import hidden_words, kept_back, veil, withheld_words
from .proving import Answer, check_sheet, disclose, entries_of, prove, prove_growth
from .publishing import publish, publish_copies
from .redact import Words, only_takes_out
from .tiling import write_tiles
from .timestamps import Authority, stamp, stamps
from .timestamps import require_library as require_timestamps
from .withholding import Withholding, drop, renew, withhold

__all__ = [
    "Answer",
    "Authority",
    "Withholding",
    "Words",
    "add_cosigned",
    "check_sheet",
    "checkpoint",
    "disclose",
    "drop",
    "entries_of",
    "hidden_words",
    "kept_back",
    "log_key",
    "only_takes_out",
    "prove",
    "prove_growth",
    "publish",
    "publish_copies",
    "read_checkpoint",
    "renew",
    "require_timestamps",
    "stamp",
    "stamps",
    "veil",
    "withheld_words",
    "withhold",
    "witness",
    "write_tiles",
]
