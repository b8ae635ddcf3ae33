"""What a caller can do wrong, and what can be wrong with a ledger file.

    LedgerError                every error of this package; carries a hint: what to do next
    ├── InputError             what was asked for cannot be recorded as given       (exit 2)
    │   ├── UnknownRecord      a handle or name that is not in the ledger
    │   └── ReadOnly           this ledger takes no entries
    ├── DamagedLedger          the file is missing, foreign, cut or inconsistent    (exit 3)
    └── EnvironmentFault       something around the ledger: a lock, a port, a disk  (exit 5)

Problems found *in the data* are findings, and problems found *by verify* are
values of its report; neither is raised.
"""

from __future__ import annotations


class LedgerError(Exception):
    """Something could not be done; `hint` says what to do about it."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class InputError(LedgerError, ValueError):
    """A value cannot be recorded as given; nothing was written."""


class UnknownRecord(InputError, LookupError):
    """A handle or name that this ledger does not hold."""


class ReadOnly(InputError):
    """The ledger is an example or a published copy and takes no entries."""


class DamagedLedger(LedgerError):
    """The file is missing, is no ledger, or is not what was written."""

    exit_code = 3


class EnvironmentFault(LedgerError, OSError):
    """The machine around the ledger refused: lock, port, disk or library."""

    exit_code = 5
