"""For whom the pages are made: those who read what was found, or the desk that is still at work on it."""

from __future__ import annotations

from enum import StrEnum

from ..errors import InputError
from ..store import Role


class Edition(StrEnum):
    """Readers are shown what was decided and why; the desk also what is to be done, and by which command."""

    READER = "reader"
    DESK = "desk"


def usual(role: Role | None, *, home: bool) -> Edition:
    """Return whose edition answers where nobody chose one: the desk's at home, of a ledger that is worked on.

    `role` is what the file is for, `home` whether the machine that serves asks itself.
    """
    return Edition.DESK if home and role != "published" else Edition.READER


def read_edition(name: str) -> Edition:
    """Return the edition of this name; raise InputError if there is none."""
    try:
        return Edition(name)
    except ValueError:
        known = " and ".join(Edition)
        raise InputError(f"There is no edition {name!r}.", where="--edition", hint=f"There are: {known}.") from None
