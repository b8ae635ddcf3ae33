"""What lets others rely on a ledger: checkpoints, proofs, witnesses, and words kept from publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from . import witness
    from .checkpoints import add_cosigned, checkpoint, log_key, read_checkpoint, signer
    from .hidden import hidden_words, kept_back, veil, withheld_words
    from .proving import ProofCheck, check_sheet, disclose, entries_of, entries_with, prove, prove_growth
    from .publishing import CopiesBeside, enter_publication, publish, publish_copies
    from .redact import Words, only_takes_out
    from .tiling import write_tiles
    from .timestamps import Authority, stamp, stamps
    from .timestamps import require_library as require_timestamps
    from .withholding import Withholding, drop, renew, withhold

__all__ = [
    "Authority",
    "CopiesBeside",
    "ProofCheck",
    "Withholding",
    "Words",
    "add_cosigned",
    "check_sheet",
    "checkpoint",
    "disclose",
    "drop",
    "enter_publication",
    "entries_of",
    "entries_with",
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
    "signer",
    "stamp",
    "stamps",
    "veil",
    "withheld_words",
    "withhold",
    "witness",
    "write_tiles",
]

load_on_demand(__name__)
