"""What a caller can do wrong, and what can be wrong with a ledger file.

    LedgerError                every error of this package; carries a hint: what to do next
    ├── InputError             what was asked for cannot be recorded as given       (exit 2)
    │   ├── InputErrors        several of these, told one by one
    │   ├── UnknownRecord      a handle or name that is not in the ledger
    │   └── ReadOnly           this ledger takes no entries
    ├── DamagedLedger          the file is missing, foreign, cut or inconsistent    (exit 3)
    ├── PluginFailed           code that a plugin brought did not do what it is for (exit 4)
    └── EnvironmentFault       something around the ledger: a lock, a port, a disk  (exit 5)

Problems found *in the data* are findings, and problems found *by verify* are
values of its report; neither is raised.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import UnsupportedOperation
from pathlib import Path


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


class InputErrors(InputError):
    """What cannot be recorded as given, of several things the first `errors` of `count`; says what was `recorded`."""

    def __init__(
        self, errors: Sequence[InputError], *, hint: str = "", count: int | None = None, recorded: str = ""
    ) -> None:
        count = len(errors) if count is None else count
        amiss = "One thing is" if count == 1 else f"{count:,} things are"
        super().__init__(f"{amiss} amiss; {recorded or 'nothing of it was recorded'}.", hint=hint)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(map(str, (*self.errors, super().__str__())))


class UnknownRecord(InputError, LookupError):
    """A handle or name that this ledger does not hold."""


class ReadOnly(InputError):
    """The ledger is an example or a published copy and takes no entries."""


class DamagedLedger(LedgerError):
    """The file is missing, is no ledger, or is not what was written."""

    exit_code = 3


class PluginFailed(LedgerError):
    """Code that a plugin brought raised, or gave what it must not."""

    exit_code = 4


class EnvironmentFault(LedgerError, OSError):
    """The machine around the ledger refused: lock, port, disk or library."""

    exit_code = 5


@contextmanager
def reading_file(path: Path) -> Iterator[None]:
    """Say of a file that somebody named what keeps it from being read: InputError where there is no such file."""
    try:
        yield
    except EnvironmentFault:
        raise
    except FileNotFoundError:
        raise InputError("There is no such file.", where=str(path), hint="Check the name.") from None
    except IsADirectoryError:
        raise InputError("This is a folder.", where=str(path), hint="Name a file in it.") from None
    except UnsupportedOperation:
        raise InputError(
            "This is a pipe, and no file.", where=str(path), hint="Save what comes from it first."
        ) from None
    except OSError as error:
        raise EnvironmentFault(f"Cannot read {path}: {error.strerror}.", hint="Check its permissions.") from None


def unknown(handle: str, handles: Iterable[str]) -> UnknownRecord:
    """Return the error for a handle that is not in the ledger."""
    return UnknownRecord(
        f"There is no record {handle!r}.",
        hint=did_you_mean(handle, dict.fromkeys(handles, "")) or "See: factledger list",
    )


def did_you_mean(name: str, known: Mapping[str, str]) -> str:
    """Return "Did you mean X?" for the handle whose own or whose text is close to a name; empty if none is."""
    words = {word.casefold(): handle for handle, text in known.items() for word in (handle, text) if word}
    close = difflib.get_close_matches(name.casefold(), words, n=1, cutoff=0.6)
    return f"Did you mean {words[close[0]]}?" if close else ""
